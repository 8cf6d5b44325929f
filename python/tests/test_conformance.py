"""The conformance suite, replayed through Python: blocking and asynchronous, by ``call`` and by each endpoint's method."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import conformance
import pytest

from qiancheng.sandbox import Sandbox

CASES = conformance.read_cases()
NAMES = [f"{file}-{case['name']}" for file, case in CASES]
WITH_METHODS = [case for _, case in CASES if conformance.has_method(case)]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


def check(sandbox: Sandbox, case: dict[str, Any], **how: bool) -> None:
    differences = conformance.replay(sandbox, case, **how)
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("asynchronous", [False, True], ids=["blocking", "async"])
@pytest.mark.parametrize("case", [case for _, case in CASES], ids=NAMES)
def test_a_case_holds_by_call(sandbox: Sandbox, case: dict[str, Any], asynchronous: bool) -> None:
    check(sandbox, case, asynchronous=asynchronous, by_method=False)


@pytest.mark.parametrize("asynchronous", [False, True], ids=["blocking", "async"])
@pytest.mark.parametrize("case", WITH_METHODS, ids=[case["name"] for case in WITH_METHODS])
def test_a_case_holds_by_method(sandbox: Sandbox, case: dict[str, Any], asynchronous: bool) -> None:
    check(sandbox, case, asynchronous=asynchronous, by_method=True)


def test_no_case_is_left_out() -> None:
    assert len(CASES) >= 631
    endpoints = {case["endpoint"] for case in WITH_METHODS}
    assert endpoints >= set(conformance.endpoints()), set(conformance.endpoints()) - endpoints
