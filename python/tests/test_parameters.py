"""Parameters: given by name, and a wrong name is answered with the nearest right one."""

from __future__ import annotations

import inspect
import typing
from typing import Any

import pytest

from qiancheng import AsyncClient, Client, _chapters, params, tables
from qiancheng.sandbox import Sandbox


class Recorder:
    """Stands where a client does, and gives back what it is asked to call."""

    def _call(
        self, endpoint: str, parameters: dict[str, Any], answer: type
    ) -> tuple[str, dict[str, Any], type]:
        return endpoint, parameters, answer


TELECOM = _chapters.Telecom(Recorder())  # type: ignore[arg-type]


def refused(**parameters: Any) -> str:
    with pytest.raises(TypeError) as caught:
        TELECOM.get_state(**parameters)
    return str(caught.value)


def test_a_wrong_name_is_answered_with_the_nearest_right_one() -> None:
    assert "'openid'; did you mean 'open_id'?" in refused(openid="1")
    assert "'openid'; did you mean 'open_id'?" in refused(open_id="1", openid="1")
    assert "'zzz'; it takes open_id" in refused(open_id="1", zzz=1)


def test_what_is_missing_is_named() -> None:
    assert "open_id" in refused()


def test_parameters_go_by_name() -> None:
    with pytest.raises(TypeError, match="takes its parameters by name: open_id=…"):
        TELECOM.get_state("f47e9276")  # type: ignore[call-arg]


def test_everything_that_takes_names_says_the_nearest_right_one(qiancheng_client: Client) -> None:
    raw = tables.telecom_raw({})
    session = qiancheng_client.telecom.open(
        name="张三", id_card="110101199003070011", mobile="13800138000", service_password="direct"
    )
    attempts: list[tuple[Any, str, str, str]] = [
        (Client, "Client()", "usrname", "username"),
        (AsyncClient, "AsyncClient()", "time_out", "timeout"),
        (Sandbox, "Sandbox()", "sed", "seed"),
        (qiancheng_client.with_options, "Client.with_options()", "max_retrys", "max_retries"),
        (qiancheng_client.call_many, "Client.call_many()", "concurency", "concurrency"),
        (qiancheng_client.blacklist.search_many, "Blacklist.search_many()", "param", "params"),
        (qiancheng_client.telecom.open, "Telecom.open()", "service_pasword", "service_password"),
        (qiancheng_client.telecom.collect, "Telecom.collect()", "on_chalenge", "on_challenge"),
        (session.collect, "Session.collect()", "on_progres", "on_progress"),
        (tables.telecom_raw, "telecom_raw()", "stict", "strict"),
        (tables.ebank_raw, "ebank_raw()", "sing", "sign"),
        (tables.features_frame, "features_frame()", "id", "ids"),
        (raw.features, "TelecomRaw.features()", "asof", "as_of"),
        (raw.save, "TelecomRaw.save()", "fetched", "fetched_at"),
        (raw.calls.show, "Table.show()", "reveel", "reveal"),
        (raw.plot.top_contacts, "TelecomPlots.top_contacts()", "axis", "axes"),
    ]
    for function, name, wrong, right in attempts:
        with pytest.raises(TypeError) as caught:
            function(**{wrong: None})
        assert str(caught.value) == f"{name} got an unexpected parameter {wrong!r}; did you mean {right!r}?"


def test_the_async_twin_refuses_at_the_call() -> None:
    chapter: Any = _chapters.AsyncTelecom(Recorder())  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="did you mean 'open_id'"):
        chapter.get_state(openid="1")


def test_a_type_error_from_inside_a_call_is_left_as_it_is() -> None:
    class Broken:
        def _call(self, *_: Any) -> None:
            raise TypeError("/open_id: a value of type set cannot be sent")

    with pytest.raises(TypeError, match="of type set"):
        _chapters.Telecom(Broken()).get_state(open_id={1})  # type: ignore[arg-type]


def test_twins_take_the_same_and_say_the_same() -> None:
    own = {
        name: one
        for name, one in vars(_chapters).items()
        if getattr(one, "__module__", "") == _chapters.__name__
    }
    chapters = [name for name in own if f"Async{name}" in own]
    assert len(chapters) == 7
    methods = 0
    for name in chapters:
        sync, twin = getattr(_chapters, name), getattr(_chapters, f"Async{name}")
        for method, function in vars(sync).items():
            if not method.startswith("_"):
                methods += 1
                other = getattr(twin, method)
                assert inspect.signature(function) == inspect.signature(other), (name, method)
                assert function.__doc__ == other.__doc__ and function.__doc__
    assert methods == 30


def test_nested_parameters_say_what_is_required() -> None:
    assert params.TelecomContact.__required_keys__ == {"contact_tel", "contact_name", "contact_type"}
    assert params.RiskApplication.__required_keys__ >= {"order_detail", "basic_info", "telecom_data"}
    assert "zm_data" in params.RiskApplication.__optional_keys__
    assert params.EbankUserInfo.__required_keys__ == {"client_type"}
    order: params.RiskOrderDetail = {
        "order_id": 1,
        "amount": 200,
        "loan_term": 7,
        "order_time": "2026-01-01 00:00:00",
    }
    assert typing.get_type_hints(params.RiskOrderDetail).keys() == order.keys()
