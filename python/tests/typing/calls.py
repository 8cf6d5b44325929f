"""What a type checker knows of calls and their answers. Checked, never run."""

from __future__ import annotations

from typing import Any

from typing_extensions import assert_type

from qiancheng import AsyncClient, Client
from qiancheng.answers import (
    AcceptedAnswer,
    BlacklistHit,
    BlacklistHitAnswer,
    BlacklistHitList,
    EbankBank,
    EbankBankList,
    EbankLoginType,
    OpenedAnswer,
    TelecomRawDataAnswer,
    TelecomStateAnswer,
)
from qiancheng.states import AuditState, TelecomState


def blocking(client: Client, open_id: str) -> None:
    hit = client.blacklist.search(name="张三", id_card="110101199003070011", mobile="13800138000")
    assert_type(hit, BlacklistHitAnswer)
    assert_type(hit.is_in, bool)
    assert_type(hit.raw, bytes)
    assert_type(hit["score"], Any)

    hits = client.blacklist.search_v2(
        name="张三", id_card="110101199003070011", mobile="13800138000", ip="192.0.2.1"
    )
    assert_type(hits, BlacklistHitList)
    assert_type(hits[0], BlacklistHit)
    assert_type([one.is_in for one in hits], list[bool])

    banks = client.ebank.bank_info()
    assert_type(banks, EbankBankList)
    assert_type(banks[0], EbankBank)
    assert_type(banks[:2], list[EbankBank])
    assert_type(banks[0].login_types, list[EbankLoginType])
    assert_type(banks[0].login_types[0].entry_id, "str | None")

    state = client.telecom.get_state(open_id=open_id)
    assert_type(state, TelecomStateAnswer)
    assert_type(state.state, TelecomState)
    assert_type(state.message, "str | None")
    if state.state == TelecomState.CAPTCHA_REQUIRED:
        assert_type(client.telecom.captcha(open_id=open_id, captcha="123456"), AcceptedAnswer)

    assert_type(client.telecom.raw_data(open_id=open_id), TelecomRawDataAnswer)
    assert_type(client.risk.result(open_id=open_id).state, AuditState)
    assert_type(client.auth.token(hours=24).token, str)


async def asynchronous(client: AsyncClient, open_id: str) -> None:
    assert_type(await client.telecom.get_state(open_id=open_id), TelecomStateAnswer)
    opened = await client.degree.open_id(name="张三", id_card="110101199003070011", mobile="13800138000")
    assert_type(opened, OpenedAnswer)
    assert_type(opened.open_id, str)


def refused(client: Client, open_id: str) -> None:
    client.telecom.get_state(openid=open_id)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    client.telecom.get_state(open_id=1)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    client.telecom.captcha(open_id=open_id)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
