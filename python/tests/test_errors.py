"""Errors: one class for each kind, whole after pickling and copying, and caught by what one would catch them by."""

from __future__ import annotations

import copy
import json
import pathlib
import pickle
from typing import Any

import pytest

from qiancheng import _errors
from qiancheng._errors import BY_KIND, Error

DICTIONARIES = json.loads(
    (pathlib.Path(__file__).parents[2] / "spec" / "dictionaries.json").read_text(encoding="utf-8")
)

MEMBERS: dict[str, Any] = {
    "message": "the vendor refused the input",
    "code": 1001,
    "vendor_message": "输入错误",
    "endpoint": "telecom.open_id",
    "field": "/id_card",
    "http_status": 502,
    "attempts": 3,
    "retryable": True,
    "outcome": "Unknown",
}


def test_every_kind_of_the_core_has_a_class_with_its_number() -> None:
    kinds = {kind["name"]: kind["number"] for kind in DICTIONARIES["error_kinds"]}
    assert {name: one.number for name, one in BY_KIND.items()} == kinds
    assert all(one.kind == name and one.advice and one.advice_zh for name, one in BY_KIND.items())


@pytest.mark.parametrize("cls", BY_KIND.values(), ids=BY_KIND)
def test_an_error_of_every_kind_survives_pickling_and_copying(cls: type[Error]) -> None:
    error = cls(kind=cls.kind, **MEMBERS)
    vars(error)["note"] = "added by the caller"
    copies = [pickle.loads(pickle.dumps(error, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
    for one in [*copies, copy.copy(error), copy.deepcopy(error)]:
        assert type(one) is cls
        assert {name: getattr(one, name) for name in MEMBERS} == MEMBERS
        assert vars(one)["note"] == "added by the caller"
        assert str(one) == str(error) and repr(one) == repr(error) and one.args == error.args


@pytest.mark.parametrize("cls", BY_KIND.values(), ids=BY_KIND)
def test_an_error_of_every_kind_is_caught_as_an_error(cls: type[Error]) -> None:
    with pytest.raises(Error) as caught:
        raise cls("what happened")
    assert caught.value.outcome == "NotSent" and not caught.value.retryable


def test_errors_are_caught_as_the_kinds_python_knows() -> None:
    assert issubclass(_errors.InvalidInputError, ValueError)
    assert issubclass(_errors.RequestTimeoutError, TimeoutError)
    assert issubclass(_errors.RequestConnectionError, ConnectionError)


def test_the_text_says_what_where_what_to_do_and_whether_to_try_again() -> None:
    error = _errors.RejectedError(
        "the vendor refused the input",
        endpoint="telecom.open_id",
        code=1001,
        vendor_message="输入错误",
        attempts=1,
    )
    assert str(error) == (
        "Rejected at telecom.open_id: the vendor refused the input (code 1001: 输入错误). "
        "Read `vendor_message`; correct the input. [retryable: no, outcome: NotSent, attempts: 1]"
    )
    assert "(HTTP 502)" in str(_errors.ProtocolError("not JSON", http_status=502))
    assert "(HTTP" not in str(_errors.ProtocolError("not JSON", http_status=200))
    assert repr(error).startswith("RejectedError(message='the vendor refused the input', code=1001, ")


def test_a_kind_that_is_not_the_classs_own_is_refused() -> None:
    with pytest.raises(ValueError, match="of the kind 'Config', not 'Timeout'"):
        _errors.ConfigError("no username", kind="Timeout")
