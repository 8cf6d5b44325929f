"""Synthetic telecom raw data for the tests of the tables."""

from __future__ import annotations

import datetime
import json
import random
from typing import Any

FETCHED = datetime.datetime(2018, 2, 1, 9, 30)
OWN = "13800138000"


def record(seed: int = 1, calls: int = 60, days: int = 170) -> dict[str, Any]:
    """One applicant's record, in the vendor's own way: numbers now as text and now as numbers, and gaps."""
    dice = random.Random(seed)
    peers = [f"139{dice.randrange(10**8):08}" for _ in range(12)]
    return {
        "token": f"token-{seed}",
        "version": "1",
        "datasource": "chinaunicom",
        "basic": {
            "cell_phone": OWN,
            "idcard": "1101********0011",
            "real_name": "张*",
            "reg_time": "2012-05-01 00:00:00",
            "update_time": str(FETCHED),
        },
        "calls": [_call(dice, peers, days) for _ in range(calls)],
        "smses": [_sms(dice, peers, days) for _ in range(calls // 4)],
        "nets": [_net(dice, days) for _ in range(calls // 5)],
        "transactions": [_bill(dice, month) for month in range(6)],
    }


def document(seed: int = 1, calls: int = 60, days: int = 170) -> bytes:
    """A whole document, as an answer's ``data``."""
    return encoded({"transactions": [record(seed, calls, days)]})


def encoded(value: Any) -> bytes:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False).encode()


def _start(dice: random.Random, days: int) -> str:
    return str(FETCHED - datetime.timedelta(seconds=dice.randrange(days * 86_400)))


def _call(dice: random.Random, peers: list[str], days: int) -> dict[str, Any]:
    seconds = dice.randrange(900)
    return {
        "start_time": _start(dice, days),
        "update_time": str(FETCHED),
        "use_time": dice.choice([seconds, str(seconds), None]),
        "call_type": dice.choice(["本地通话", "国内长途"]),
        "init_type": dice.choice(["主叫", "被叫", "未知", None]),
        "other_cell_phone": dice.choice(["", "+86", "86"]) + dice.choice(peers),
        "place": dice.choice(["北京", "𠮷林", ""]),
        "subtotal": dice.choice([0.15, "0.30", None]),
        "cell_phone": OWN,
        **({"toll": True} if dice.random() < 0.1 else {}),
    }


def _sms(dice: random.Random, peers: list[str], days: int) -> dict[str, Any]:
    return {
        "start_time": _start(dice, days),
        "update_time": str(FETCHED),
        "init_type": dice.choice(["发送", "接收"]),
        "other_cell_phone": dice.choice(peers),
        "place": "",
        "subtotal": "0.10",
        "cell_phone": OWN,
    }


def _net(dice: random.Random, days: int) -> dict[str, Any]:
    return {
        "start_time": _start(dice, days),
        "update_time": str(FETCHED),
        "use_time": str(dice.randrange(3600)),
        "subflow": dice.choice([dice.random() * 1000, None]),
        "subtotal": 0,
        "net_type": "4G",
        "place": "北京",
        "cell_phone": OWN,
    }


def _bill(dice: random.Random, month: int) -> dict[str, Any]:
    year, number = divmod(2017 * 12 + 8 + month, 12)
    return {
        "bill_cycle": f"{year}-{number + 1:02}-01 00:00:00",
        "total_amt": round(dice.uniform(30, 90), 2),
        "plan_amt": "36.00",
        "pay_amt": None,
        "cell_phone": OWN,
        "update_time": str(FETCHED),
    }
