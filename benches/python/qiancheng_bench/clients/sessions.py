"""Blocking clients with a session: `requests`, `httpx`, `niquests`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qiancheng_bench import vendor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from qiancheng_bench.server import Server


def niquests() -> ModuleType:
    """Imports niquests from the folder where it can't overwrite what requests stands on."""
    apart = str(Path(sys.prefix) / "apart")
    if apart not in sys.path:
        sys.path.append(apart)
    import niquests

    module: ModuleType = niquests
    return module


class _Session:
    """What the three have in common: a session with `post`, an answer with `json`."""

    def __init__(self, session: Any, server: Server, token: str | None) -> None:
        self._session = session
        self._session.headers.update(vendor.HEADERS)
        self._url = server.base_url + vendor.SEARCH_PATH
        self._token = token or vendor.token(server)

    def search(self, person: Mapping[str, str]) -> bool:
        """Whether this person is on the list."""
        answer = self._session.post(self._url, data={**person, "token": self._token})
        answer.raise_for_status()
        return bool(vendor.opened(answer.json())["is_in"])

    def close(self) -> None:
        """Ends the connections."""
        self._session.close()


class Requests(_Session):
    """A session of `requests`."""

    def __init__(self, server: Server, token: str | None = None) -> None:
        """Connects with its first call."""
        import requests

        session = requests.Session()
        # Nothing of the environment: looking for proxies there costs every call.
        session.trust_env = False
        super().__init__(session, server, token)


class Httpx(_Session):
    """A client of `httpx`."""

    def __init__(self, server: Server, token: str | None = None) -> None:
        """Connects with its first call."""
        import httpx

        super().__init__(httpx.Client(trust_env=False), server, token)


class Niquests(_Session):
    """A session of `niquests`."""

    def __init__(self, server: Server, token: str | None = None) -> None:
        """Connects with its first call."""
        session = niquests().Session()
        session.trust_env = False
        super().__init__(session, server, token)
