"""Telecom raw data in the shape of `docs/data-formats.md`, section A, all made up: bytes, as they are answered."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

_OWN = "13800138000"
_FETCHED = datetime(2017, 7, 1, 9, 30)
_MONTHS = 6
_SPAN = timedelta(days=30 * _MONTHS)

#: Rows of calls that one person has: a short file, a usual one, a long one.
CALLS = (400, 1_500, 10_000)


def calls_only(rows: int) -> bytes:
    """A document whose record has so many calls and nothing else."""
    return _document(rows, smses=0, nets=0)


def full(megabytes: int) -> bytes:
    """A document of about so many megabytes: calls, messages, data sessions, bills."""
    return _document(2_300 * megabytes, smses=900 * megabytes, nets=1_500 * megabytes)


def _document(calls: int, smses: int, nets: int) -> bytes:
    record = {
        "token": "0f1e2d3c",
        "version": "1",
        "datasource": "chinamobilebj",
        "basic": {
            "cell_phone": _OWN,
            "idcard": "",
            "real_name": "张三",
            "reg_time": "2012-05-01 00:00:00",
            "update_time": str(_FETCHED),
        },
        "calls": [_call(seq, calls) for seq in range(calls)],
        "smses": [_sms(seq, smses) for seq in range(smses)],
        "nets": [_net(seq, nets) for seq in range(nets)],
        "transactions": [_bill(seq) for seq in range(_MONTHS)] if smses else [],
    }
    return json.dumps({"transactions": [record]}, ensure_ascii=False, separators=(",", ":")).encode()


def _start(seq: int, count: int) -> str:
    """Somewhere in the months before the fetch, to the second, newest last."""
    return str(_FETCHED - timedelta(seconds=(count - seq) * _SPAN.total_seconds() // (count + 1)))


def _call(seq: int, count: int) -> dict[str, Any]:
    return {
        "start_time": _start(seq, count),
        "update_time": str(_FETCHED),
        "use_time": seq * 37 % 900,
        "call_type": "国内长途" if seq % 3 == 0 else "本地通话",
        "init_type": "主叫" if seq % 2 == 0 else "被叫",
        "other_cell_phone": _peer(seq),
        "place": "北京",
        "subtotal": seq % 300 / 100,
        "cell_phone": _OWN,
    }


def _sms(seq: int, count: int) -> dict[str, Any]:
    return {
        "start_time": _start(seq, count),
        "update_time": str(_FETCHED),
        "init_type": "发送" if seq % 4 == 0 else "接收",
        "other_cell_phone": _peer(seq),
        "place": "",
        "subtotal": "0.10" if seq % 4 == 0 else "0.00",
        "cell_phone": _OWN,
    }


def _net(seq: int, count: int) -> dict[str, Any]:
    return {
        "start_time": _start(seq, count),
        "update_time": str(_FETCHED),
        "use_time": seq * 61 % 7200,
        "subflow": seq * 977 % 90_000,
        "subtotal": 0.0,
        "net_type": "4G",
        "place": "北京",
        "cell_phone": _OWN,
    }


def _bill(seq: int) -> dict[str, Any]:
    return {
        "bill_cycle": f"2017-{6 - seq:02}-01 00:00:00",
        "total_amt": f"{58 + seq * 3}.50",
        "plan_amt": "58.00",
        "pay_amt": None,
        "update_time": str(_FETCHED),
        "cell_phone": _OWN,
    }


def _peer(seq: int) -> str:
    """A few hundred numbers, some with a country code before them."""
    number = f"139{seq * seq % 397 * 7919 % 100_000_000:08}"
    return f"+86{number}" if seq % 11 == 0 else number
