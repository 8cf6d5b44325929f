"""Calls in numbers: in order, lazy, bounded, an error for a row instead of an end for all."""

from __future__ import annotations

import asyncio
from collections import namedtuple
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from people import LATE, LISTED, PERSON

import qiancheng
from qiancheng import Client
from qiancheng.sandbox import Sandbox


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Every third is on the list, every seventh is no person at all."""
    for number in range(count):
        mobile = "12" if number % 7 == 0 else "13800134444" if number % 3 == 0 else "13800138001"
        yield {**PERSON, "mobile": mobile}


def check(results: list[Any], count: int) -> None:
    assert [result.index for result in results] == list(range(count))
    for number, (result, row) in enumerate(zip(results, rows(count))):
        assert result.row == row
        if number % 7 == 0:
            assert result.error.field == "/mobile" and not result.ok
            with pytest.raises(qiancheng.InvalidInputError):
                result.get()
        else:
            assert result.ok and result.error is None
            assert result.get() is result.answer and result.answer.is_in is (number % 3 == 0)


@pytest.mark.parametrize("concurrency", [1, 2, 8, 200])
def test_results_come_in_the_rows_order(qiancheng_client: Client, concurrency: int) -> None:
    check(list(qiancheng_client.blacklist.search_many(rows(100), concurrency=concurrency)), 100)


@pytest.mark.parametrize("concurrency", [1, 8, 200])
def test_the_same_for_asyncio(qiancheng_sandbox: Sandbox, concurrency: int) -> None:
    async def trickling() -> AsyncIterator[dict[str, Any]]:
        for row in rows(60):
            await asyncio.sleep(0)
            yield row

    async def search() -> None:
        async with qiancheng_sandbox.async_client() as client:
            for source in (rows(60), trickling()):
                results = client.blacklist.search_many(source, concurrency=concurrency)
                check([result async for result in results], 60)

    asyncio.run(search())


def test_rows_are_taken_as_there_is_room(qiancheng_client: Client) -> None:
    taken = 0

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal taken
        while True:
            taken += 1
            yield PERSON

    results = qiancheng_client.blacklist.search_many(counted(), concurrency=8)
    assert taken == 0
    for number in range(50):
        next(results).get()
        assert taken <= number + 1 + 8
    results.close()  # type: ignore[attr-defined]
    assert taken <= 58


def test_rows_that_cannot_be_read_are_errors_of_their_own(qiancheng_client: Client) -> None:
    Row = namedtuple("Row", "name id_card mobile")
    mixed = [Row(**LISTED), object(), {**PERSON, "name": {1}}, LISTED]
    results = list(qiancheng_client.blacklist.search_many(mixed, concurrency=2))
    assert [result.ok for result in results] == [True, False, False, True]
    assert isinstance(results[1].error, qiancheng.InvalidInputError)


def test_a_row_can_be_anything_that_parameters_are_made_of(qiancheng_client: Client) -> None:
    def of(line: str) -> dict[str, str]:
        name, id_card, mobile = line.split(",")
        return {"name": name, "id_card": id_card, "mobile": mobile}

    lines = [",".join(LISTED.values()), "a secret line", ",".join(PERSON.values())]
    results = list(qiancheng_client.blacklist.search_many(lines, params=of))
    assert [result.row for result in results] == lines
    assert results[0].get().is_in and not results[2].get().is_in
    assert isinstance(results[1].error, qiancheng.InvalidInputError)
    assert "secret" not in str(results[1].error) and "secret" not in repr(results[1])


def test_rows_that_break_off_lose_no_answer(qiancheng_sandbox: Sandbox, qiancheng_client: Client) -> None:
    def breaking() -> Iterator[dict[str, Any]]:
        yield from [PERSON] * 5
        raise OSError("the disk is gone")

    results = qiancheng_client.blacklist.search_many(breaking(), concurrency=3)
    for _ in range(5):
        assert next(results).ok
    with pytest.raises(OSError, match="the disk is gone"):
        next(results)
    assert (
        len([entry for entry in qiancheng_sandbox.journal() if entry["endpoint"] == "blacklist.search"]) == 5
    )


def test_a_data_frame_is_taken_row_by_row(qiancheng_client: Client) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([LISTED, PERSON])
    hits = [result.get().is_in for result in qiancheng_client.blacklist.search_many(frame)]
    assert hits == [True, False]


@pytest.mark.parametrize("concurrency", [0, -1])
def test_no_concurrency_is_refused_at_once(qiancheng_client: Client, concurrency: int) -> None:
    with pytest.raises(qiancheng.InvalidInputError, match="at least 1"):
        qiancheng_client.blacklist.search_many([], concurrency=concurrency)


def test_any_endpoint_can_be_called_in_numbers(qiancheng_client: Client) -> None:
    opened = qiancheng_client.telecom.open(**PERSON, service_password="direct")
    results = list(qiancheng_client.call_many("telecom.get_state", [{"open_id": opened.open_id}] * 3))
    assert all("state" in result.get() for result in results)
    assert list(qiancheng_client.call_many("telecom.get_state", [])) == []


def test_an_abandoned_search_ends(qiancheng_sandbox: Sandbox) -> None:
    async def abandon() -> None:
        client = qiancheng_sandbox.async_client()
        async for result in client.blacklist.search_many(rows(1000), concurrency=4):
            if result.index == 3:
                break
        qiancheng_sandbox.add_faults(LATE)
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(
                client.blacklist.search_many(rows(9)).__anext__(), 0.2
            )  # the first row fails
            await asyncio.wait_for(client.blacklist.search_many([PERSON]).__anext__(), 0.2)

    asyncio.run(abandon())
