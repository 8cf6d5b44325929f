"""A server that reads requests whole, answers from what it has ready, and looks at nothing: `python -m … KEY`."""

from __future__ import annotations

import json
import socket
import sys
import threading

_ANSWERS = {
    b"/client/authorize/token": b'{"code":0,"msg":"","data":{"token":"5f0c1b7a9e3d4c2f8a6b1d0e7c9f3a25"}}',
    b"/risk-model/audit/open-id": b'{"code":0,"msg":"","data":{"open_id":"audit-0001"}}',
}


def serve(connection: socket.socket) -> None:
    """Answers one connection until its other end closes it."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection, connection.makefile("rb") as reader:
        while request_line := reader.readline():
            length = 0
            while line := reader.readline().strip():
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            reader.read(length)
            answer = _ANSWERS[request_line.split()[1]]
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(answer)
            connection.sendall(head + answer)


def main() -> None:
    """Serves until it is killed."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    said = {"base_url": f"http://127.0.0.1:{port}", "username": "demo", "password": "demo-password"}
    print(json.dumps({**said, "audit_public_key": sys.argv[1]}), flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()
