"""The ways out of a table: the same content through each, the same types whatever the document holds."""

from __future__ import annotations

import datetime
import decimal
import importlib.util
import subprocess
import sys
from typing import Any

import pytest
from telecom_documents import document

from qiancheng import tables
from qiancheng.tables import MissingDependencyError
from qiancheng.tables._sets import BY_KIND

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
FULL = tables.telecom_raw(document())
EMPTY = tables.telecom_raw({})
REPORT = tables.telecom_report(
    {
        "contact_list": [
            {"phone_num": "13900139000", "call_len": 1.5, "contact_all_day": True},
            {"phone_num": "13900139001", "contact_all_day": False},
            {"phone_num": "13900139002"},
        ]
    }
)
#: Text, whole numbers with and without nulls, floats, booleans, money, times, days; rows and none.
EVERY = [
    *FULL,
    *EMPTY,
    REPORT.contact_list,
    FULL.calls[10:25],
    FULL.calls[5:5],
    FULL.calls[["peer", "use_time"]],
]
NAMES = [f"{table.name}-{len(table)}-{len(table.columns)}" for table in EVERY]

every = pytest.mark.parametrize("table", EVERY, ids=NAMES)


def needs(name: str) -> Any:
    return pytest.importorskip(name, reason=f"{name} is not installed")


def plain(value: Any) -> Any:
    """A value of any library as plain Python has it; times in Beijing."""
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:
        return None
    to_datetime = getattr(value, "to_pydatetime", None)
    value = value if to_datetime is None else to_datetime()
    if isinstance(value, datetime.datetime):
        return value.astimezone(BEIJING) if value.tzinfo else value
    item = getattr(value, "item", None)
    return item() if callable(item) else value


def same(
    table: tables.Table, rows: list[dict[str, Any]], *, floats: bool = False, midnights: bool = False
) -> None:
    """Whether rows of a library are the table's; money may have become a float, a day its midnight."""
    expected = table.to_pylist()
    assert len(rows) == len(expected)
    for row, wanted in zip(rows, expected):
        assert list(row) == list(wanted)
        for name, value in wanted.items():
            found = plain(row[name])
            if floats and isinstance(value, decimal.Decimal):
                value = float(value)
            if midnights and isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
                value = datetime.datetime(value.year, value.month, value.day)
            assert found == value, name
            assert value is None or type(found) is type(value), name


@every
def test_pandas_has_the_same_content(table: tables.Table) -> None:
    needs("pandas")
    frame = table.to_pandas()
    assert list(frame.columns) == table.columns
    rows = [dict(zip(frame.columns, row)) for row in zip(*(list(frame[name]) for name in frame.columns))]
    same(table, rows, floats=True, midnights=True)


@every
def test_polars_has_the_same_content(table: tables.Table) -> None:
    frame = needs("polars").DataFrame(table)
    assert frame.equals(table.to_polars())
    same(table, frame.to_dicts())


@every
def test_arrow_has_the_same_content(table: tables.Table) -> None:
    pyarrow = needs("pyarrow")
    arrow = table.to_arrow()
    assert arrow.equals(pyarrow.table(table))
    arrow.validate(full=True)
    same(table, arrow.to_pylist())
    assert pyarrow.schema(table).equals(arrow.schema, check_metadata=True)
    assert {field.name: str(field.type) for field in arrow.schema} == {
        each.name: each.type for each in table.schema
    }
    assert [field.nullable for field in arrow.schema] == [each.nullable for each in table.schema]


@pytest.mark.parametrize("kind", list(BY_KIND))
def test_arrow_says_the_same_of_a_table_each_time(kind: str) -> None:
    """A table's schema is remembered; it is the table's own, whichever is asked first, and so is what it says."""
    pyarrow = needs("pyarrow")
    for table in (*getattr(tables, kind)({}), *getattr(tables, kind)({})):
        for part in (
            table,
            table.head(0),
            table.select(table.columns[:2]),
            table.select(table.columns[::-1]),
        ):
            assert part.to_arrow().schema.equals(pyarrow.schema(part), check_metadata=True)


def test_arrow_is_the_same_if_pyarrow_takes_no_columns_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    needs("pyarrow")
    from qiancheng.tables import _arrow

    usual = FULL.calls.to_arrow()
    maker = _arrow._Maker()
    maker.take = None
    monkeypatch.setattr(_arrow, "_last", maker)
    assert FULL.calls.to_arrow().equals(usual, check_metadata=True)


@every
def test_duckdb_has_the_same_content(table: tables.Table) -> None:
    duckdb = needs("duckdb")
    needs("pyarrow")
    needs("pytz")
    connection = duckdb.connect()
    relation = table.to_duckdb(connection)
    assert relation.columns == table.columns
    same(table, [dict(zip(relation.columns, row)) for row in relation.fetchall()])
    local = table
    rows = connection.sql("select count(*) from local").fetchall()
    assert local is table
    assert rows == [(len(table),)]


def test_duckdb_reads_a_local_variable() -> None:
    duckdb = needs("duckdb")
    needs("pyarrow")
    calls = FULL.calls
    rows = duckdb.sql(
        "select peer, count(*), sum(use_time) from calls where direction = 'out' group by 1"
    ).fetchall()
    out = [row for row in calls if row.direction == "out"]
    assert {peer for peer, _, _ in rows} == {row.peer for row in out}
    assert sum(count for _, count, _ in rows) == len(out)
    assert sum(seconds or 0 for _, _, seconds in rows) == sum(row.use_time or 0 for row in out)


def pandas_types(text: str) -> dict[str, str]:
    zoned = "datetime64[us, Asia/Shanghai]"
    return {
        "seq": "int64",
        "start_time": zoned,
        "use_time": "Int64",
        **dict.fromkeys(("call_type", "init_type", "direction", "other_cell_phone", "peer", "place"), text),
        "subtotal": "float64",
        "cell_phone": text,
        "update_time": zoned,
        "_extra": text,
    }


@pytest.mark.parametrize("raw", [FULL, EMPTY], ids=["full", "empty"])
def test_pandas_types_never_depend_on_the_document(raw: tables.TelecomRaw) -> None:
    pandas = needs("pandas")
    text = "object" if pandas.__version__.startswith("2.") else "str"
    assert {name: str(kind) for name, kind in raw.calls.to_pandas().dtypes.items()} == pandas_types(text)
    bills = raw.bills.to_pandas().dtypes
    assert (str(bills["bill_cycle"]), str(bills["total_amt"])) == ("datetime64[us]", "float64")
    assert str(raw.bills.to_pandas(decimals="object").dtypes["total_amt"]) == "object"
    contacts = (REPORT if raw is FULL else tables.telecom_report({})).contact_list.to_pandas().dtypes
    assert (str(contacts["contact_all_day"]), str(contacts["call_len"])) == ("boolean", "float64")


def test_pandas_frames_are_the_caller_s_own() -> None:
    needs("pandas")
    frame: Any = FULL.calls.to_pandas()
    before = FULL.calls.to_pylist()
    frame["use_time"] = frame["use_time"] * 2
    frame.loc[0, "seq"] = 99
    frame.loc[1, "peer"] = "changed"
    frame.loc[2, "start_time"] = frame.loc[3, "start_time"]
    frame.loc[4, "subtotal"] = 1e6
    assert FULL.calls.to_pylist() == before
    assert frame.loc[0, "seq"] == 99
    assert str(frame["seq"].dtype) == "int64"


def test_pandas_frames_share_no_places() -> None:
    needs("pandas")
    frame: Any = FULL.calls.to_pandas()
    frame.insert(0, "first", 1)
    del frame["start_time"]
    frame.columns = [name.upper() for name in frame.columns]
    again = FULL.calls.to_pandas()
    assert list(again.columns) == FULL.calls.columns
    assert again["peer"].to_list() == frame["PEER"].to_list()
    assert again["update_time"].to_list() == frame["UPDATE_TIME"].to_list()


def test_pandas_gives_money_to_the_cent_on_request() -> None:
    needs("pandas")
    amounts = FULL.bills.to_pandas(decimals="object")["total_amt"].to_list()
    assert amounts == FULL.bills["total_amt"].to_list()
    assert all(isinstance(amount, decimal.Decimal) for amount in amounts)
    assert FULL.bills.to_pandas(decimals="object")["pay_amt"].to_list() == [None] * 6
    with pytest.raises(ValueError, match="decimals"):
        FULL.bills.to_pandas(decimals="int")  # type: ignore[arg-type]


def test_repeated_text_is_one_object() -> None:
    for values in (FULL.calls["call_type"].to_list(), FULL.calls.to_dict()["call_type"]):
        assert len({id(value) for value in values}) == len(set(values)) < len(values)


def test_columns_go_to_pandas_and_numpy_alone() -> None:
    needs("pandas")
    column = FULL.calls["use_time"]
    assert column.to_pandas().equals(FULL.calls.to_pandas()["use_time"])
    assert len(column.to_numpy()) == 60


@pytest.mark.parametrize("raw", [FULL, EMPTY], ids=["full", "empty"])
def test_polars_types_never_depend_on_the_document(raw: tables.TelecomRaw) -> None:
    polars = needs("polars")
    schema = raw.calls.to_polars().schema
    assert schema["start_time"] == polars.Datetime("us", "Asia/Shanghai")
    assert schema["subtotal"] == polars.Decimal(18, 2)
    assert schema["use_time"] == polars.Int64
    assert schema["peer"] == polars.String
    assert raw.bills.to_polars().schema["bill_cycle"] == polars.Date


def test_pandas_is_the_same_without_pyarrow() -> None:
    """The frame that this process makes with pyarrow is what one without it makes."""
    needs("pandas")
    needs("pyarrow")
    program = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from qiancheng import tables\n"
        f"raw = tables.telecom_raw({document()!r})\n"
        "frames = [table.to_pandas() for table in raw]\n"
        "print([(list(frame.columns), [str(kind) for kind in frame.dtypes],"
        " [list(map(repr, frame[name])) for name in frame.columns]) for frame in frames])\n"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    frames = [table.to_pandas() for table in FULL]
    here = [
        (
            list(frame.columns),
            [str(kind) for kind in frame.dtypes],
            [list(map(repr, frame[name])) for name in frame.columns],
        )
        for frame in frames
    ]
    assert done.stdout.strip() == repr(here)


@pytest.mark.parametrize(
    ("library", "extra", "call"),
    [
        ("pandas", "pandas", "raw.calls.to_pandas()"),
        ("pandas", "pandas", "tables.features_frame([raw])"),
        ("polars", "polars", "raw.calls.to_polars()"),
        ("polars", "polars", "raw.features().to_polars()"),
        ("pyarrow", "arrow", "raw.calls.to_arrow()"),
        ("duckdb", "duckdb", "raw.calls.to_duckdb()"),
    ],
)
def test_a_missing_library_is_an_error_that_names_the_extra(library: str, extra: str, call: str) -> None:
    program = (
        "import importlib.abc, pickle, sys\n"
        "class Missing(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        f"        if name.partition('.')[0] == {library!r}:\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Missing())\n"
        "from qiancheng import tables\n"
        "raw = tables.telecom_raw({})\n"
        "try:\n"
        f"    {call}\n"
        "except tables.MissingDependencyError as error:\n"
        "    again = pickle.loads(pickle.dumps(error))\n"
        "    assert (str(again), again.extra, again.name) == (str(error), error.extra, error.name)\n"
        "    print(isinstance(error, ImportError), error.name, error.extra, error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"True {library} {extra} ")
    assert f"pip install 'qiancheng[{extra}]'" in done.stdout


def test_an_old_library_is_an_error_that_names_both_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    polars = needs("polars")
    monkeypatch.setattr(polars, "__version__", "0.20.31")
    with pytest.raises(MissingDependencyError, match=r"polars 1\.0 or newer is needed for this, 0\.20\.31"):
        FULL.calls.to_polars()


def test_a_stream_can_be_asked_for_again_and_left_unread() -> None:
    calls = FULL.calls
    for _ in range(3):
        assert calls.__arrow_c_stream__() is not None
        assert calls.__arrow_c_schema__() is not None
    if importlib.util.find_spec("pyarrow") is not None:
        pyarrow = needs("pyarrow")
        assert pyarrow.table(calls).equals(pyarrow.table(calls))


def test_arrow_outlives_its_document() -> None:
    needs("pyarrow")
    arrow = tables.telecom_raw(document(5)).calls.to_arrow()
    assert arrow.to_pylist()[0]["seq"] == 0
    assert len(arrow) == 60
