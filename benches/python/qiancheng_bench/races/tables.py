"""Telecom raw data, from bytes to tables."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from qiancheng_bench import documents, readers
from qiancheng_bench.harness import one_by_one
from qiancheng_bench.plan import Length
from qiancheng_bench.races.outcome import Figure, Outcome, at_least, wall

if TYPE_CHECKING:
    from collections.abc import Callable

    from qiancheng_bench.harness import Work
    from qiancheng_bench.races.outcome import Course

_SLOW = {"json + DataFrame, converted", "json_normalize", "duckdb read_json"}
_NOTE = (
    "qiancheng's columns have their final types (times, decimals, seconds), and `direction` and `peer` beside them; "
    "the others leave text as text, but for the row that says otherwise."
)


def calls(course: Course) -> list[Outcome]:
    """The calls of a document, to Arrow, pandas and polars."""
    return [_calls(course, rows) for rows in documents.CALLS]


def _calls(course: Course, rows: int) -> Outcome:
    document = documents.calls_only(rows)
    field = course.starters()
    contestants: dict[str, Callable[[], readers.Reader]] = {
        "qiancheng": readers.ours_arrow,
        "qiancheng to pandas": readers.ours_pandas,
        "qiancheng to polars": readers.ours_polars,
        "json + DataFrame": readers.json_pandas,
        "json + DataFrame, converted": readers.converted,
        "json_normalize": readers.json_normalize,
        "orjson + DataFrame": readers.orjson_pandas,
        "json + polars": readers.json_polars,
        "orjson + polars": readers.orjson_polars,
        "polars.read_json": readers.polars_read_json,
        "pyarrow.json": readers.pyarrow_json,
        "duckdb read_json": readers.duckdb_read_json,
    }
    for name, reader in contestants.items():
        field.enter(name, partial(_reading, reader, document, rows), part=4 if name in _SLOW else 1)
    return Outcome(
        title=f"Tables: {rows:,} calls",
        work=f"{_size(document)} of telecom raw data, bytes → calls as a table: Arrow, or what the name says. {_NOTE}",
        figure=Figure.MILLISECONDS,
        tracks=field.race(Length(rounds=15, units=max(4, 16_000 // rows))),
        absent=field.absent,
        targets=(
            at_least(8, wall, "json + DataFrame"),
            at_least(15, wall, "json_normalize"),
            at_least(4, wall, "json + DataFrame", "qiancheng to pandas"),
            at_least(6, wall, "json + DataFrame", "qiancheng to polars"),
        ),
    )


def threads(course: Course) -> list[Outcome]:
    """Many documents, on one thread and on two.

    A round takes a tenth of a second: for the first hundredth, the kernel may keep both threads on one processor,
    whatever they do.
    """
    rows, count = 1_500, 320
    document = documents.calls_only(rows)
    field = course.starters()
    for name, reader, part in (("qiancheng", readers.ours_arrow, 1), ("json + DataFrame", readers.json_pandas, 10)):
        for workers in (1, 2):
            title = f"{name}, {'one thread' if workers == 1 else 'two threads'}"
            field.enter(title, partial(_on_threads, reader, document, rows, workers), part)
    return [
        Outcome(
            title="Tables: two threads",
            work=f"{count} documents of {rows:,} calls, bytes → a table of calls, each thread its share. "
            "Milliseconds are for one document.",
            figure=Figure.MILLISECONDS,
            tracks=field.race(Length(rounds=21, units=count)),
            absent=field.absent,
            targets=(at_least(1.7, wall, "qiancheng, one thread", "qiancheng, two threads"),),
            ours="qiancheng, two threads",
        )
    ]


def whole(course: Course) -> list[Outcome]:
    """All tables of a whole document."""
    return [_whole(course, megabytes) for megabytes in (1, 5)]


def _whole(course: Course, megabytes: int) -> Outcome:
    document = documents.full(megabytes)
    record = json.loads(document)["transactions"][0]
    sizes = [len(record[name]) for name in readers.ARRAYS]
    field = course.starters()
    field.enter("qiancheng", lambda: _all_of_ours(document, sizes))
    field.enter("json + DataFrame", lambda: _all_frames(json.loads, document, sizes))
    field.enter("orjson + DataFrame", lambda: _all_frames(_orjson(), document, sizes))
    return Outcome(
        title=f"Tables: a whole document of {_size(document)}",
        work=f"Telecom raw data with {sizes[0]:,} calls, {sizes[1]:,} messages, {sizes[2]:,} data sessions and "
        f"{sizes[3]} bills, bytes → all of its tables in Arrow (qiancheng) or pandas (the others). {_NOTE}",
        figure=Figure.MILLISECONDS,
        tracks=field.race(Length(rounds=11, units=max(1, 4 // megabytes))),
        absent=field.absent,
    )


def _size(document: bytes) -> str:
    megabytes = len(document) / 1e6
    return f"{megabytes:.1f} MB" if megabytes >= 1 else f"{len(document) / 1e3:.0f} KB"


def _reading(make: Callable[[], readers.Reader], document: bytes, rows: int) -> Work:
    reader = make()
    return one_by_one(lambda: _check(reader(document), rows))


def _on_threads(
    make: Callable[[], readers.Reader], document: bytes, rows: int, workers: int
) -> tuple[Work, Callable[[], None]]:
    reader = make()
    threads = ThreadPoolExecutor(workers)

    def share(units: int) -> None:
        for _ in range(units):
            _check(reader(document), rows)

    def work(units: int) -> None:
        # Given out one by one, documents would keep a third thread busy, which has a processor of its own beside one
        # thread and none beside two.
        list(threads.map(share, (len(range(first, units, workers)) for first in range(workers))))

    return work, threads.shutdown


def _all_of_ours(document: bytes, sizes: list[int]) -> Work:
    from qiancheng.tables import telecom_raw

    def read() -> None:
        tables = telecom_raw(document)
        arrays = (tables.calls, tables.smses, tables.nets, tables.bills)
        for table, rows in zip(arrays, sizes, strict=True):
            _check(table.to_arrow(), rows)
        _check(tables.basic.to_arrow(), 1)

    return one_by_one(read)


def _all_frames(loads: Callable[[bytes], Any], document: bytes, sizes: list[int]) -> Work:
    import pandas as pd

    def read() -> None:
        record = loads(document)["transactions"][0]
        for name, rows in zip(readers.ARRAYS, sizes, strict=True):
            _check(pd.DataFrame(record[name]), rows)
        _check(pd.DataFrame([record["basic"]]), 1)

    return one_by_one(read)


def _orjson() -> Callable[[bytes], Any]:
    import orjson

    loads: Callable[[bytes], Any] = orjson.loads
    return loads


def _check(table: Any, rows: int) -> None:
    if len(table) != rows:
        raise ValueError(f"{len(table)} rows instead of {rows}")
