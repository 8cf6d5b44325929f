"""An audit, from its fields to the vendor's `open_id`: 200 KB, encrypted with RSA, as base64 in JSON, compressed."""

from __future__ import annotations

import base64
import gzip
import http.client
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from qiancheng_bench import server, vendor
from qiancheng_bench.clients.ours import Ours
from qiancheng_bench.harness import AbsentError, one_by_one
from qiancheng_bench.machine import pinned
from qiancheng_bench.plan import Length
from qiancheng_bench.races.outcome import Figure, Outcome, at_least, cpu

if TYPE_CHECKING:
    from collections.abc import Callable

    from qiancheng_bench.harness import Work
    from qiancheng_bench.races.outcome import Course
    from qiancheng_bench.server import Server

_PHONE = "13800138000"
#: What PKCS#1 v1.5 takes of every block.
_PADDING_BYTES = 11
_CONTACTS = 3_800
#: Of the audit that the sandbox decrypts, which takes it a millisecond and more a block.
_FEW_CONTACTS = 20


def run(course: Course) -> list[Outcome]:
    """The same audit, client and server on one processor."""
    data = _data(_CONTACTS)
    size = len(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())
    field = course.starters()
    with pinned(course.core), server.sink(course.core, course.beside.audit_public_key) as sink:
        field.enter("qiancheng", partial(_ours, course.beside, sink))
        for level in (3, 6, 9):
            name = f"cryptography, gzip level {level}"
            field.enter(name, partial(_cryptography, course.beside, sink, level))
        tracks = field.race(Length(rounds=11, units=3))
    return [
        Outcome(
            title="An audit",
            work=f"`client.risk.audit(…)` with {size / 1e3:.0f} KB of fields as Python objects: JSON → RSA-2048, "
            "PKCS#1 v1.5, block by block → base64 → JSON → gzip → POST over a warm connection. The others are "
            "`cryptography` with the standard library's json, base64, gzip (whose default is level 9) and "
            "http.client. The server is on the same processor and decrypts nothing; the sandbox has decrypted a "
            "short audit of each before.",
            figure=Figure.MILLISECONDS,
            tracks=tracks,
            absent=field.absent,
            targets=tuple(at_least(1, cpu, f"cryptography, gzip level {level}") for level in (3, 6, 9)),
        )
    ]


def _ours(sandbox: Server, sink: Server) -> tuple[Work, Callable[[], None]]:
    def audits(where: Server, data: dict[str, Any]) -> tuple[Callable[[], None], Callable[[], None]]:
        client = Ours(where, audit_public_key=where.audit_public_key)

        def audit() -> None:
            answer = client.client.risk.audit(name=vendor.NAME, phone=_PHONE, id_card=vendor.ID_CARD, data=data)
            _check(answer.open_id)

        return audit, client.close

    return _proven(audits, sandbox, sink)


def _cryptography(sandbox: Server, sink: Server, level: int) -> tuple[Work, Callable[[], None]]:
    try:
        from cryptography.hazmat.primitives.asymmetric import padding, rsa
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
    except ImportError as error:
        raise AbsentError(str(error)) from None
    key = load_pem_public_key(sandbox.audit_public_key.encode())
    assert isinstance(key, rsa.RSAPublicKey)
    block, pkcs1 = key.key_size // 8 - _PADDING_BYTES, padding.PKCS1v15()
    headers = {**vendor.HEADERS, "Content-Type": "application/json", "Content-Encoding": "gzip"}

    def audits(where: Server, data: dict[str, Any]) -> tuple[Callable[[], None], Callable[[], None]]:
        token = vendor.token(where)
        connection = http.client.HTTPConnection(*where.address)

        def audit() -> None:
            clear = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
            blocks = [key.encrypt(clear[at : at + block], pkcs1) for at in range(0, len(clear), block)]
            body = {
                "name": vendor.NAME,
                "phone": int(_PHONE),
                "id_card": vendor.ID_CARD,
                "token": token,
                "data": base64.b64encode(b"".join(blocks)).decode(),
            }
            compressed = gzip.compress(json.dumps(body).encode(), level)
            connection.request("POST", vendor.AUDIT_PATH, compressed, headers)
            answer = connection.getresponse()
            _check(vendor.read(answer.status, answer.read())["open_id"])

        return audit, connection.close

    return _proven(audits, sandbox, sink)


def _proven(
    audits: Callable[[Server, dict[str, Any]], tuple[Callable[[], None], Callable[[], None]]],
    sandbox: Server,
    sink: Server,
) -> tuple[Work, Callable[[], None]]:
    """Lets the sandbox decrypt one; the rest goes to the server that doesn't."""
    audit, close = audits(sandbox, _data(_FEW_CONTACTS))
    try:
        audit()
    finally:
        close()
    audit, close = audits(sink, _data(_CONTACTS))
    return one_by_one(audit), close


def _check(open_id: object) -> None:
    if not (isinstance(open_id, str) and open_id):
        raise vendor.RefusedError(f"no open_id: {open_id!r}")


def _data(count: int) -> dict[str, Any]:
    """An audit whose bulk is the phone's address book, all made up."""
    contacts = [{"mobile": f"138{seq * 7919 % 100_000_000:08}", "name": f"联系人{seq}"} for seq in range(count)]
    return {
        "order_detail": {"order_id": 20260101, "amount": 100_000, "loan_term": 14, "order_time": "2026-01-01 10:00:00"},
        "basic_info": {
            "user_contact": [{"mobile": "13800138001", "moblie": "13800138001", "name": "李四", "relation": 3}]
        },
        "user_proof_materia": [{"url": "https://example.com/1.jpg", "type": 1}],
        "user_mobile_contacts": contacts,
        "telecom_data": {
            "real_name_status": 1,
            "bill_list": [{"month": "2025-12", "amount": "58.00"}],
            "contact_list": [
                {"phone": "13800138001", "last_contact_date": "2025-12-30", "talk_seconds": "60", "talk_cnt": "2"}
            ],
        },
    }
