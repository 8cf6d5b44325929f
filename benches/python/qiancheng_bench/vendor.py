"""What the vendor's interface looks like from here: the same words for everyone who calls it."""

from __future__ import annotations

import http.client
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiancheng_bench.server import Server

TOKEN_PATH = "/client/authorize/token"
SEARCH_PATH = "/blacklist/search/single"
AUDIT_PATH = "/risk-model/audit/open-id"

#: What every competitor says of itself and asks for.
HEADERS = {"User-Agent": "qiancheng-bench/0.1", "Accept": "application/json", "Accept-Encoding": "gzip"}
FORM_HEADERS = {**HEADERS, "Content-Type": "application/x-www-form-urlencoded"}

#: A made-up person on the list; the check character of the ID number fits.
NAME = "张三"
ID_CARD = "11010119900307109X"
MOBILE = "13800134444"

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class RefusedError(Exception):
    """The vendor said no."""


def opened(envelope: Mapping[str, Any]) -> Any:
    """The `data` of an answer that is a good one."""
    if envelope["code"] != 0:
        raise RefusedError(f"code {envelope['code']}: {envelope.get('msg', '')}")
    return envelope["data"]


def read(status: int, body: bytes) -> Any:
    """The `data` of an answer, from its bytes."""
    if status != 200:
        raise RefusedError(f"HTTP status {status}")
    return opened(json.loads(body))


def person(token: str) -> dict[str, str]:
    """The fields of a lookup."""
    return {"name": NAME, "id_card": ID_CARD, "mobile": MOBILE, "token": token}


def check_hit(is_in: object) -> None:
    """The person above is on the list."""
    if is_in is not True:
        raise RefusedError(f"the person is on the list, but is_in is {is_in!r}")


def token(server: Server) -> str:
    """Fetches a token, once; competitors keep it."""
    connection = http.client.HTTPConnection(*server.address)
    try:
        form = urlencode({"username": server.username, "password": server.password})
        connection.request("POST", TOKEN_PATH, form, FORM_HEADERS)
        answer = connection.getresponse()
        return str(read(answer.status, answer.read())["token"])
    finally:
        connection.close()


@lru_cache(maxsize=4)
def people(count: int) -> list[dict[str, str]]:
    """Rows to look up, all made up; one in a hundred is on the list. Made once: making them is no lookup."""
    return [_row(seq) for seq in range(count)]


def hits(count: int) -> int:
    """How many of so many rows are on the list."""
    return -(-count // 100)


def _row(seq: int) -> dict[str, str]:
    digits = f"110101{1950 + seq % 50}0307{seq % 1000:03}"
    check = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11]
    last = "4444" if seq % 100 == 0 else f"{seq % 4000:04}"
    return {"name": NAME, "id_card": digits + check, "mobile": f"138{seq // 4000:04}{last}"}
