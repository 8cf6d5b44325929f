"""`pycurl`: one handle, kept."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from qiancheng_bench import vendor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiancheng_bench.server import Server


class PyCurl:
    """A handle of `pycurl`."""

    def __init__(self, server: Server, token: str | None = None) -> None:
        """Connects with its first call."""
        import pycurl

        self._token = token or vendor.token(server)
        self._status = pycurl.RESPONSE_CODE
        self._form = pycurl.POSTFIELDS
        self._out = pycurl.WRITEDATA
        handle = pycurl.Curl()
        handle.setopt(pycurl.URL, server.base_url + vendor.SEARCH_PATH)
        handle.setopt(pycurl.HTTPHEADER, ["Accept: application/json", f"Content-Type: {_FORM}"])
        handle.setopt(pycurl.ACCEPT_ENCODING, "gzip")
        handle.setopt(pycurl.USERAGENT, vendor.HEADERS["User-Agent"])
        handle.setopt(pycurl.NOPROXY, "*")
        # Without it libcurl installs a signal handler around every call; programs with threads turn it off.
        handle.setopt(pycurl.NOSIGNAL, 1)
        self._handle = handle

    def search(self, person: Mapping[str, str]) -> bool:
        """Whether this person is on the list."""
        answer = BytesIO()
        handle = self._handle
        handle.setopt(self._form, urlencode({**person, "token": self._token}))
        handle.setopt(self._out, answer)
        handle.perform()
        return bool(vendor.read(handle.getinfo(self._status), answer.getvalue())["is_in"])

    def close(self) -> None:
        """Ends the connection."""
        self._handle.close()


_FORM = vendor.FORM_HEADERS["Content-Type"]
