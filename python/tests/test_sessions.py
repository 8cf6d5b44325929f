"""Sessions from Python: step by step, with callbacks, saved and resumed, blocking and asynchronous."""

from __future__ import annotations

import asyncio
import copy
import datetime
import io
import pickle
import sys
from typing import Any

import pytest
from people import PERSON

import qiancheng
from qiancheng import Challenge, Client, Expired, Failed, Finished, NeedsInput, Working
from qiancheng.sandbox import Sandbox

KEY = bytes(range(32))
ANSWERS = {
    "sms_captcha": "123456",
    "query_password": "654321",
    "picture_captcha": "8642",
    "dynamic_password": "135790",
    "service_password": "direct",
}


def answer(challenge: Challenge) -> str:
    return ANSWERS[challenge.kind]


def bank(client: Client) -> dict[str, Any]:
    entries = (
        login.entry_id
        for bank in client.ebank.bank_info()
        if not bank.disable
        for login in bank.login_types
        if not login.disable
    )
    return {**PERSON, "entry_id": next(entries), "login_name": "zhangsan"}


def test_a_session_step_by_step(qiancheng_client: Client) -> None:
    session = qiancheng_client.telecom.open(**PERSON, service_password="captcha_then_query")
    assert session.kind == "telecom" and session.status is None and session.open_id not in repr(session)
    left = session.expires_at - datetime.datetime.now(datetime.timezone.utc)
    assert datetime.timedelta(minutes=9) < left <= datetime.timedelta(minutes=10)
    asked = []
    for step in session.steps():
        if isinstance(step, NeedsInput):
            asked.append(step.challenge.kind)
            session.submit(step.challenge, ANSWERS[step.challenge.kind])
        else:
            assert isinstance(step, (Working, Finished)), step
    assert asked == ["sms_captcha", "query_password"]
    assert session.poll() == Finished() and session.status is not None and session.status.code == 43
    assert session.raw_data().raw.startswith(b"{") and session.report().raw.startswith(b"{")


def test_a_wrong_answer_is_asked_again_and_a_superseded_one_is_refused(qiancheng_client: Client) -> None:
    session = qiancheng_client.telecom.open(**PERSON, service_password="x")
    first = next(step for step in session.steps() if isinstance(step, NeedsInput)).challenge
    assert first.attempt == 1 and first.can_resend and first.image is None
    session.submit(first, "000000")
    second = next(step for step in session.steps() if isinstance(step, NeedsInput)).challenge
    assert second.attempt == 2 and second != first
    with pytest.raises(qiancheng.ChallengeError):
        session.submit(first, "123456")
    session.resend(second)
    third = next(step for step in session.steps() if isinstance(step, NeedsInput)).challenge
    session.submit(third.id, "123456")
    assert session.collect().poll() == Finished()


def test_a_picture_comes_as_bytes(qiancheng_client: Client) -> None:
    login = bank(qiancheng_client)
    session = qiancheng_client.ebank.open(**login, password="picture")
    challenge = next(step for step in session.steps() if isinstance(step, NeedsInput)).challenge
    assert challenge.kind == "picture_captcha" and challenge.mime == "image/png"
    assert challenge.image is not None and challenge.image.startswith(b"\x89PNG")
    assert repr(challenge.image) not in repr(challenge) and "bytes" in repr(challenge)
    session.collect(on_challenge=answer)
    assert session.raw_data().raw


def test_steps_are_values() -> None:
    status = qiancheng.Status(21, "需要短信验证码", None, "STATE_CAPTCHA_REQUIRED")
    for step in (Working(2.0, status), Finished(), Failed("late"), Expired()):
        assert pickle.loads(pickle.dumps(step)) == step and copy.deepcopy(step) == step
        assert hash(step) == hash(copy.copy(step)) and step != object()
        with pytest.raises(AttributeError):
            step.anything = 1
    assert Working.__match_args__ == ("poll_after", "status") and str(status) == "21 STATE_CAPTCHA_REQUIRED"
    assert Finished() != Expired()


def test_collecting_with_callbacks(qiancheng_client: Client) -> None:
    seen: list[object] = []
    session = qiancheng_client.telecom.collect(
        **PERSON, service_password="captcha_x2", on_challenge=answer, on_progress=seen.append
    )
    assert seen[-1] == Finished() and session.raw_data()
    with pytest.raises(qiancheng.SessionError, match="failed"):
        qiancheng_client.telecom.collect(**PERSON, service_password="fail")
    with pytest.raises(qiancheng.RejectedError):
        qiancheng_client.telecom.collect(**PERSON, service_password="wrong")


def test_a_captcha_can_be_sent_again_and_given_up(qiancheng_client: Client) -> None:
    asked: list[Challenge] = []

    def hesitant(challenge: Challenge) -> Any:
        asked.append(challenge)
        return qiancheng.RESEND if len(asked) == 1 else "123456"

    qiancheng_client.telecom.collect(**PERSON, service_password="x", on_challenge=hesitant)
    assert len(asked) == 2
    with pytest.raises(qiancheng.CancelledError):
        qiancheng_client.telecom.collect(**PERSON, service_password="x", on_challenge=lambda _: None)
    with pytest.raises(TypeError, match="answered with text, not int"):
        qiancheng_client.telecom.collect(**PERSON, service_password="x", on_challenge=lambda _: 123456)  # type: ignore[arg-type,return-value]


def test_what_a_callback_raises_ends_the_collection_and_not_the_session(qiancheng_client: Client) -> None:
    session = qiancheng_client.telecom.open(**PERSON, service_password="x")
    with pytest.raises(ZeroDivisionError):
        session.collect(on_challenge=lambda _: 1 // 0)  # type: ignore[arg-type,return-value]
    with pytest.raises(ZeroDivisionError):
        session.collect(on_progress=lambda _: 1 // 0)
    assert session.collect(on_challenge=answer).poll() == Finished()


def test_where_nobody_can_be_asked_the_session_goes_along_with_the_error(
    qiancheng_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(qiancheng.CaptchaRequired) as caught:
        qiancheng_client.telecom.collect(**PERSON, service_password="x")
    error = caught.value
    assert error.session is not None and error.challenge is not None
    error.session.submit(error.challenge, "123456")
    assert error.session.collect().poll() == Finished()
    carried = pickle.loads(pickle.dumps(error))
    assert carried.challenge == error.challenge and carried.session is None and carried.args == error.args


def test_whoever_sits_at_the_terminal_is_asked(
    qiancheng_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal("\n123456\n"))
    hidden: list[str] = []

    def getpass(prompt: str) -> str:
        hidden.append(prompt)
        return "654321"

    monkeypatch.setattr("getpass.getpass", getpass)
    qiancheng_client.telecom.collect(**PERSON, service_password="captcha_then_query")
    assert len(hidden) == 1, "passwords are asked for without echo"


def test_a_session_is_saved_and_resumed(qiancheng_sandbox: Sandbox) -> None:
    client = qiancheng_sandbox.client(save_key=KEY)
    session = client.telecom.open(**PERSON, service_password="x")
    step = next(step for step in session.steps() if isinstance(step, NeedsInput))
    saved = session.save()
    assert session.open_id not in saved
    elsewhere = qiancheng_sandbox.client()
    with pytest.raises(qiancheng.ConfigError, match="no key"):
        elsewhere.resume(saved)
    with pytest.raises(qiancheng.SessionError, match="another key"):
        elsewhere.resume(saved, KEY[::-1])
    with pytest.raises(qiancheng.CryptoError, match="32 bytes"):
        elsewhere.resume(saved, b"short")
    resumed = elsewhere.resume(saved, KEY)
    assert resumed.open_id == session.open_id
    resumed.submit(step.challenge, "123456")
    assert resumed.collect().poll() == Finished()
    with pytest.raises(TypeError, match=r"save\(\) it"):
        pickle.dumps(session)


def test_degree_and_both_kinds_of_ebank(qiancheng_client: Client) -> None:
    degree = qiancheng_client.degree.collect(**PERSON, account="zhangsan", password="direct")
    assert degree.raw_data().raw
    later = qiancheng_client.degree.open(**PERSON)
    with pytest.raises(qiancheng.SessionError, match="not logged in"):
        later.poll()
    later.login(account="zhangsan", password="direct")
    assert later.collect().kind == "degree"
    session = qiancheng_client.ebank_v2.open(**PERSON)
    assert session.provider in (1, 2, 3)
    entry = session.banks()[0].login_types[0].entry_id
    session.login(entry_id=entry, login_name="zhangsan", password="dynamic")
    assert session.collect(on_challenge=answer).raw_data().raw
    with pytest.raises(qiancheng.SessionError, match="only telecom"):
        session.report()


def test_a_session_expires_and_is_cancelled(qiancheng_sandbox: Sandbox, qiancheng_client: Client) -> None:
    session = qiancheng_client.telecom.open(**PERSON, service_password="slow_9999")
    assert isinstance(session.poll(), Working)
    session.cancel()
    with pytest.raises(qiancheng.SessionError):
        session.poll()


def test_the_asynchronous_twin(qiancheng_sandbox: Sandbox) -> None:
    async def journey() -> None:
        async with qiancheng_sandbox.async_client(save_key=KEY) as client:
            session = await client.telecom.open(**PERSON, service_password="x")
            async for step in session.steps():
                if isinstance(step, NeedsInput):
                    await session.resend(step.challenge)
                    break
            session = client.resume(session.save())
            step = await session.poll()
            assert isinstance(step, NeedsInput) and step.challenge.attempt >= 1
            await session.submit(step.challenge, "123456")
            await session.collect()
            assert (await session.raw_data()).raw and (await session.report()).raw

            async def slowly(challenge: Challenge) -> str:
                await asyncio.sleep(0)
                return ANSWERS[challenge.kind]

            seen: list[object] = []
            for ask in (answer, slowly):
                await client.telecom.collect(
                    **PERSON, service_password="captcha_x2", on_challenge=ask, on_progress=seen.append
                )
            assert seen.count(Finished()) == 2
            with pytest.raises(ZeroDivisionError):
                await client.telecom.collect(
                    **PERSON,
                    service_password="x",
                    on_challenge=lambda _: 1 // 0,  # type: ignore[arg-type,return-value]
                )
            ebank = await client.ebank_v2.open(**PERSON)
            entry = (await ebank.banks())[0].login_types[0].entry_id
            await ebank.login(entry_id=entry, login_name="zhangsan", password="direct")
            assert (await (await ebank.collect()).raw_data()).raw
            degree = await client.degree.collect(**PERSON, account="a", password="direct")
            assert degree.status is not None

    asyncio.run(journey())


AUDIT = {
    "order_detail": {
        "order_id": 1,
        "amount": 200,
        "loan_term": 30,
        "order_time": datetime.datetime(2026, 1, 2),
    },
    "basic_info": {"user_contact": [{"mobile": "13900139000", "name": "李四"}]},
    "user_proof_materia": [{"url": "https://example.org/1.jpg", "type": 0}],
    "user_mobile_contacts": [{"mobile": "13900139000", "name": "李四"}],
    "telecom_data": {"real_name_status": 1, "bill_list": [], "contact_list": []},
}


def test_an_audit_is_submitted_and_waited_for(qiancheng_sandbox: Sandbox, qiancheng_client: Client) -> None:
    audit = {"name": PERSON["name"], "id_card": PERSON["id_card"], "phone": PERSON["mobile"], "data": AUDIT}
    open_id = qiancheng_client.risk.audit(**audit).open_id
    assert qiancheng_client.risk.wait(open_id).state == 0
    with pytest.raises(qiancheng.ConfigError, match="more than 0"):
        qiancheng_client.risk.wait(open_id, timeout=0)

    async def wait() -> int:
        client = qiancheng_sandbox.async_client()
        return (await client.risk.wait((await client.risk.audit(**audit)).open_id, timeout=60)).state

    assert asyncio.run(wait()) == 0
