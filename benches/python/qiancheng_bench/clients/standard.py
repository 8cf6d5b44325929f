"""The standard library: `http.client`, and the floor, a bare socket."""

from __future__ import annotations

import http.client
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from qiancheng_bench import vendor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiancheng_bench.server import Server


class HttpClient:
    """`http.client`, one connection."""

    def __init__(self, server: Server) -> None:
        """Connects with its first call."""
        self._token = vendor.token(server)
        self._connection = http.client.HTTPConnection(*server.address)

    def search(self, person: Mapping[str, str]) -> bool:
        """Whether this person is on the list."""
        form = urlencode({**person, "token": self._token})
        self._connection.request("POST", vendor.SEARCH_PATH, form, vendor.FORM_HEADERS)
        answer = self._connection.getresponse()
        return bool(vendor.read(answer.status, answer.read())["is_in"])

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()


class BareSocket:
    """A socket of the standard library, a request written in one piece, an answer read by its length."""

    def __init__(self, server: Server) -> None:
        """Connects."""
        self._token = vendor.token(server)
        self._socket = socket.create_connection(server.address)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        headers = {"Host": "{}:{}".format(*server.address), **vendor.FORM_HEADERS}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._head = f"POST {vendor.SEARCH_PATH} HTTP/1.1\r\n{lines}Content-Length: ".encode()

    def search(self, person: Mapping[str, str]) -> bool:
        """Whether this person is on the list."""
        form = urlencode({**person, "token": self._token}).encode()
        self._socket.sendall(b"%b%d\r\n\r\n%b" % (self._head, len(form), form))
        answer = self._socket.recv(65536)
        while (body_at := answer.find(b"\r\n\r\n") + 4) < 4:
            answer += self._more()
        status, *lines = answer[:body_at].split(b"\r\n")
        fields = (line.partition(b":") for line in lines)
        end = body_at + next(int(value) for name, _, value in fields if name.lower() == b"content-length")
        while len(answer) < end:
            answer += self._more()
        return bool(vendor.read(int(status.split()[1]), answer[body_at:end])["is_in"])

    def _more(self) -> bytes:
        piece = self._socket.recv(65536)
        if not piece:
            raise ConnectionError("the server closed the connection")
        return piece

    def close(self) -> None:
        """Ends the connection."""
        self._socket.close()
