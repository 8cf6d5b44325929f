"""The client: how it is set up, what it takes, what it shows, and what becomes of it."""

from __future__ import annotations

import copy
import datetime
import decimal
import pickle
from collections import OrderedDict, namedtuple
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pytest
from people import LISTED, PERSON

import qiancheng
from qiancheng import AsyncClient, Client
from qiancheng.sandbox import Sandbox

AN_HOUR_IN_LONDON = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)


def sent(sandbox: Sandbox, endpoint: str) -> Any:
    return next(entry for entry in reversed(sandbox.journal()) if entry["endpoint"] == endpoint)["params"]


def test_a_call_by_name_by_id_and_by_path(qiancheng_client: Client) -> None:
    assert qiancheng_client.blacklist.search(**LISTED).is_in is True
    assert qiancheng_client.call("blacklist.search", PERSON)["is_in"] is False
    by_path = qiancheng_client.call_path("POST", "/blacklist/search/single", {**PERSON, "token": None})
    assert by_path.to_dict() == {"is_in": False}


def test_the_environment_says_what_is_not_given(
    qiancheng_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QIANCHENG_USERNAME", "demo")
    monkeypatch.setenv("QIANCHENG_PASSWORD", "demo-password")
    monkeypatch.setenv("QIANCHENG_BASE_URL", qiancheng_sandbox.base_url)
    assert Client().blacklist.search(**LISTED).is_in
    with pytest.raises(qiancheng.AuthError):
        Client(password="wrong").blacklist.search(**PERSON)


@pytest.mark.parametrize(
    ("settings", "kind", "words"),
    [
        ({"username": 5}, TypeError, "username must be text, not int"),
        ({"password": b"x"}, TypeError, "password must be text, not bytes"),
        ({"timeout": "1"}, TypeError, "timeout must be seconds or a timedelta, not str"),
        ({"timeout": 0}, qiancheng.ConfigError, "timeout must be more than 0"),
        ({"timeout": float("nan")}, qiancheng.ConfigError, "timeout must be more than 0"),
        ({"timeout": datetime.timedelta(seconds=-1)}, qiancheng.ConfigError, "more than 0"),
        ({"validate": 1}, TypeError, "validate must be True or False, not int"),
        ({"max_retries": -1}, TypeError, "max_retries must be a whole number"),
        ({"environment": "staging"}, qiancheng.ConfigError, "environment must be one of production, test"),
        ({"environment": "test"}, qiancheng.ConfigError, "exclude each other"),
        ({"wire_format": "xml"}, qiancheng.ConfigError, "wire_format must be one of form, json"),
        ({"base_url": "http://credit.example"}, qiancheng.ConfigError, "plain http"),
        ({"proxy": "ftp://x"}, qiancheng.ConfigError, "proxy"),
        ({"paths": {"telecom.nothing": "/x"}}, qiancheng.ConfigError, "telecom.nothing"),
        ({"audit_public_key": "no key"}, qiancheng.Error, "key"),
        ({"no_such_setting": 1}, TypeError, "no_such_setting"),
    ],
)
def test_a_wrong_setting_is_named(
    qiancheng_sandbox: Sandbox, settings: dict[str, Any], kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words):
        Client(**{**qiancheng_sandbox.settings, **settings})


def test_options_make_an_altered_copy(qiancheng_sandbox: Sandbox, qiancheng_client: Client) -> None:
    qiancheng_sandbox.add_faults({"fault": {"kind": "latency", "ms": 600_000}})
    hasty = qiancheng_client.with_options(timeout=0.1, max_retries=0)
    with pytest.raises(qiancheng.RequestTimeoutError) as caught:
        hasty.blacklist.search(**PERSON)
    assert isinstance(caught.value, TimeoutError) and caught.value.outcome == "Unknown"
    qiancheng_sandbox.clear_faults()
    assert not qiancheng_client.blacklist.search(**PERSON).is_in
    assert hasty.stats() == qiancheng_client.stats()
    assert qiancheng_client.stats().errors == {"Timeout": 1}


def test_parameters_are_whatever_reads_like_them(
    qiancheng_sandbox: Sandbox, qiancheng_client: Client
) -> None:
    @dataclass
    class Borrower:
        name: str
        id_card: str
        mobile: str

    Row = namedtuple("Row", "name id_card mobile")
    for params in (
        PERSON,
        OrderedDict(PERSON),
        MappingProxyType(PERSON),
        Borrower(**PERSON),
        Row(**PERSON),
    ):
        assert qiancheng_client.call("blacklist.search", params)["is_in"] is False
        assert {name: sent(qiancheng_sandbox, "blacklist.search")[name] for name in PERSON} == PERSON


def test_times_numbers_and_sequences_cross_as_the_vendor_writes_them(
    qiancheng_sandbox: Sandbox, qiancheng_client: Client
) -> None:
    class Whole:
        def __index__(self) -> int:
            return 7

    given = {
        "aware": AN_HOUR_IN_LONDON,
        "naive": datetime.datetime(2026, 1, 2, 3, 4, 5, 678),
        "day": datetime.date(2026, 1, 2),
        "exact": decimal.Decimal("12.5"),
        "whole": Whole(),
        "large": 2**63,
        "flag": True,
        "nested": ({"a": (1, None)}, range(2)),
    }
    with pytest.raises(qiancheng.Error):  # the sandbox knows no such path, which is not the point
        qiancheng_client.call_path("POST", "/x", given)
    entry = qiancheng_sandbox.journal()[-1]
    assert entry["path"] == "/x"
    params = entry["params"]
    assert params["aware"] == "2026-01-02 11:04:05" and params["naive"] == "2026-01-02 03:04:05"
    assert params["day"] == "2026-01-02" and str(params["exact"]) == "12.5" and str(params["whole"]) == "7"
    assert str(params["large"]) == str(2**63)


@pytest.mark.parametrize(
    ("params", "kind", "words"),
    [
        (5, TypeError, "the parameters must be a dict"),
        ([PERSON], TypeError, "the parameters must be a dict"),
        ({"name": object()}, TypeError, "/name: a value of type object"),
        ({"name": {1, 2}}, TypeError, "/name: a value of type set"),
        ({"name": b"x"}, TypeError, "/name: a value of type bytes"),
        ({"options": {"contacts": [{"x": object()}]}}, TypeError, "/options/contacts/0/x"),
        ({1: 2}, qiancheng.InvalidInputError, "names must be text, not int"),
        ({"name": "\ud800"}, qiancheng.InvalidInputError, "lone surrogate"),
        ({"name": float("nan")}, qiancheng.InvalidInputError, "not finite"),
        ({"name": 2**64}, qiancheng.InvalidInputError, "too large"),
        ({**PERSON, "name": None}, qiancheng.InvalidInputError, "name"),
        ({**PERSON, "nam": "x"}, qiancheng.InvalidInputError, "did you mean name"),
        ({**PERSON, "id_card": "110105194912310021"}, ValueError, "check character"),
    ],
)
def test_a_parameter_that_cannot_be_sent_is_named(
    qiancheng_client: Client, params: Any, kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words):
        qiancheng_client.call("blacklist.search", params)


def test_what_holds_itself_is_refused(qiancheng_client: Client) -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(qiancheng.InvalidInputError, match="holds itself"):
        qiancheng_client.call_path("POST", "/x", {"loop": loop})


def test_a_client_shows_no_secret_and_is_no_cargo(qiancheng_sandbox: Sandbox) -> None:
    for client in (qiancheng_sandbox.client(), qiancheng_sandbox.async_client()):
        assert "demo-password" not in repr(client) and qiancheng_sandbox.base_url in repr(client)
        with pytest.raises(TypeError, match="password would go along"):
            pickle.dumps(client)
        assert copy.copy(client) is client and copy.deepcopy(client) is client
        assert "telecom" in dir(client) and not hasattr(client, "telecon")


def test_a_closed_client_says_so(qiancheng_sandbox: Sandbox) -> None:
    with qiancheng_sandbox.client() as client:
        client.blacklist.search(**PERSON)
    with pytest.raises(RuntimeError, match="the client is closed"):
        client.blacklist.search(**PERSON)
    assert "closed" in repr(client)


def test_a_client_is_typed_by_its_twin() -> None:
    names = {name for name in dir(Client) if not name.startswith("_")}
    assert names == {name for name in dir(AsyncClient) if not name.startswith("_")}


def test_recorded_answers_are_replayed() -> None:
    from qiancheng.testing import AsyncReplayClient, ReplayClient

    refusal = qiancheng.RejectedError("no", code=1001)
    recordings = {"blacklist.search": [{"is_in": True}, refusal], "telecom.get_state": {"state": 43}}
    client = ReplayClient(recordings)
    assert client.blacklist.search(**PERSON).is_in
    with pytest.raises(qiancheng.RejectedError):
        client.blacklist.search(**PERSON)
    with pytest.raises(AssertionError, match="no recorded answer"):
        client.blacklist.search(**PERSON)
    assert client.telecom.get_state(open_id="a").state == 43
    assert [call.endpoint for call in client.calls].count("blacklist.search") == 3
    assert client.calls[0].params == PERSON and PERSON["mobile"] not in repr(client.calls)
    many = ReplayClient(recordings)
    results = list(many.blacklist.search_many([PERSON, PERSON]))
    assert results[0].get().is_in and results[1].error is refusal

    async def asynchronous() -> bool:
        return (await AsyncReplayClient(recordings).blacklist.search(**PERSON)).is_in

    import asyncio

    assert asyncio.run(asynchronous())


def test_what_cannot_be_replayed_names_what_can() -> None:
    import asyncio

    from qiancheng.testing import AsyncReplayClient, ReplayClient

    client, twin = ReplayClient({}), AsyncReplayClient({})
    session: dict[str, Any] = {**PERSON, "service_password": "direct"}
    for attempt in (
        lambda: client.telecom.open(**session),
        lambda: client.resume("", bytes(32)),
        lambda: client.risk.wait(open_id="a"),
        lambda: client.stats(),
        lambda: asyncio.run(twin.telecom.collect(**session)),
    ):
        with pytest.raises(NotImplementedError, match=r"qiancheng\.sandbox\.Sandbox"):
            attempt()
    results = AsyncReplayClient({"blacklist.search": [{"is_in": True}]}).blacklist.search_many([PERSON] * 1)

    async def answers() -> list[bool]:
        return [result.get().is_in async for result in results]

    assert asyncio.run(answers()) == [True]
