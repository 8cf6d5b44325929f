"""People who do not exist, for all tests."""

from __future__ import annotations

from typing import Any

from qiancheng import Client

PERSON: dict[str, Any] = {"name": "张三", "id_card": "11010519491231002X", "mobile": "13800138001"}
LISTED: dict[str, Any] = {**PERSON, "mobile": "13800134444"}
LATE: dict[str, Any] = {"fault": {"kind": "latency", "ms": 600_000}}
"""A fault: the answer comes when nobody waits for it any more."""


def search(settings: dict[str, Any]) -> bool:
    """Search with a client of one's own: here, so that spawned processes find it by its name."""
    with Client(**settings) as client:
        return client.blacklist.search(**LISTED).is_in
