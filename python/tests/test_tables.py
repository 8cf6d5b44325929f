"""Tables: read from whatever holds a document, with the same columns whatever it holds, and masked when printed."""

from __future__ import annotations

import copy
import datetime
import decimal
import io
import json
import pathlib
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from telecom_documents import OWN, document, encoded, record

from qiancheng import _native, tables
from qiancheng._errors import Error
from qiancheng.tables import DataError

BEIJING = datetime.timezone(datetime.timedelta(hours=8))

CALLS = {
    "seq": "int64",
    "start_time": "timestamp[us, tz=Asia/Shanghai]",
    "use_time": "int64",
    "call_type": "string",
    "init_type": "string",
    "direction": "string",
    "other_cell_phone": "string",
    "peer": "string",
    "place": "string",
    "subtotal": "decimal128(18, 2)",
    "cell_phone": "string",
    "update_time": "timestamp[us, tz=Asia/Shanghai]",
    "_extra": "string",
}
BILLS = {
    "seq": "int64",
    "bill_cycle": "date32[day]",
    "total_amt": "decimal128(18, 2)",
    "plan_amt": "decimal128(18, 2)",
    "pay_amt": "decimal128(18, 2)",
    "cell_phone": "string",
    "update_time": "timestamp[us, tz=Asia/Shanghai]",
    "_extra": "string",
}
TABLES = {
    "telecom_raw": ["basic", "calls", "smses", "nets", "bills", "issues"],
    "degree_raw": ["enrolments", "qualifications", "issues"],
    "ebank_raw": ["accounts", "cards", "bills", "transactions", "issues"],
    "bank_list": ["banks", "logins", "inputs", "issues"],
}


def types(table: tables.Table) -> dict[str, str]:
    return {column.name: column.type for column in table.schema}


@pytest.mark.parametrize("source", [document(), b"[]", b"{}", b"null", {}, [], None])
def test_columns_are_the_same_whatever_the_document_holds(source: Any) -> None:
    raw = tables.telecom_raw(source)
    assert types(raw.calls) == CALLS
    assert types(raw.bills) == BILLS
    assert raw.names == tuple(TABLES["telecom_raw"])


@pytest.mark.parametrize("kind", TABLES)
def test_every_table_that_a_class_names_is_there_and_no_other(kind: str) -> None:
    empty = getattr(tables, kind)({})
    assert list(empty.names) == TABLES[kind]
    assert [table.name for table in empty] == TABLES[kind]
    named = {name for each in type(empty).__mro__ for name in getattr(each, "__annotations__", {})} - {"kind"}
    assert named == set(TABLES[kind])


def test_report_tables_are_those_that_its_class_names() -> None:
    report = tables.telecom_report({})
    assert set(report.names) == {*tables.TelecomReport.__annotations__, "issues"}
    assert report.names[-1] == "issues"


def test_values_have_python_types() -> None:
    call = {
        "start_time": "2018-01-31 12:34:56",
        "use_time": "1,061",
        "init_type": "主叫",
        "other_cell_phone": "+8613900139000",
        "subtotal": "0.15",
        "toll": True,
    }
    bill = {"bill_cycle": "2018-01-01 00:00:00", "total_amt": 58}
    raw = tables.telecom_raw({"transactions": [{"calls": [call, {}], "transactions": [bill]}]})
    row, empty = raw.calls
    assert row.start_time == datetime.datetime(2018, 1, 31, 12, 34, 56, tzinfo=BEIJING)
    assert row.start_time.utcoffset() == datetime.timedelta(hours=8)
    assert (row.use_time, row.direction, row.peer) == (1061, "out", "13900139000")
    assert row["subtotal"] == decimal.Decimal("0.15")
    assert str(row["subtotal"]) == "0.15"
    assert json.loads(row["_extra"]) == {"toll": True}
    assert {name: value for name, value in empty.items() if value is not None} == {"seq": 1}
    assert raw.bills["bill_cycle"].to_list() == [datetime.date(2018, 1, 1)]
    assert raw.bills["total_amt"][0] == 58


def sources(folder: pathlib.Path) -> dict[str, Any]:
    raw = document()
    path = folder / "raw.json"
    path.write_bytes(raw)
    envelope = b'{"code": 0, "msg": "", "data": ' + raw + b"}"
    return {
        "bytes": raw,
        "bytearray": bytearray(raw),
        "memoryview": memoryview(raw),
        "text": raw.decode(),
        "text after a mark and blanks": "\ufeff \n" + raw.decode(),
        "path": path,
        "path as text": str(path),
        "open file": io.BytesIO(raw),
        "open text file": io.StringIO(raw.decode()),
        "parsed": json.loads(raw),
        "parsed with decimals": json.loads(raw, parse_float=decimal.Decimal),
        "envelope": envelope,
        "answer as it came": _native.RawAnswer("telecom.raw_data", envelope),
        "tables": tables.telecom_raw(raw),
    }


def test_every_source_gives_the_same_tables(tmp_path: pathlib.Path) -> None:
    for name, source in sources(tmp_path).items():
        assert tables.telecom_raw(source) == tables.telecom_raw(document()), name


def test_a_typed_answer_is_a_source() -> None:
    from qiancheng.answers import TelecomRawDataAnswer

    answer = TelecomRawDataAnswer(
        _native.RawAnswer("telecom.raw_data", b'{"code":0,"data":' + document() + b"}")
    )
    assert tables.telecom_raw(answer) == tables.telecom_raw(document())
    assert pickle.loads(pickle.dumps(tables.telecom_raw(answer))) == tables.telecom_raw(document())


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda one: {"transactions": [one]},
        lambda one: {"members": {"transactions": [one]}},
        lambda one: {"raw_data": {"members": {"transactions": [one]}}},
        lambda one: {"transactions": one},
    ],
)
def test_all_four_wrappings_are_read(wrapped: Any) -> None:
    assert tables.telecom_raw(wrapped(record())) == tables.telecom_raw(document())


@pytest.mark.parametrize("source", [3, 1.5, object(), {1, 2}])
def test_what_is_no_source_is_refused_by_its_type(source: Any) -> None:
    with pytest.raises(TypeError, match=type(source).__name__):
        tables.telecom_raw(source)


def test_a_path_that_leads_nowhere_is_a_missing_file(tmp_path: pathlib.Path) -> None:
    with pytest.raises(FileNotFoundError):
        tables.telecom_raw(str(tmp_path / "missing.json"))
    with pytest.raises(FileNotFoundError):
        tables.telecom_raw(tmp_path / "missing.json")


@pytest.mark.parametrize(
    ("source", "reason", "offset"),
    [
        (b"", "truncated", 0),
        (b'{"transactions": [{"calls": [{"use_time": 6', "truncated", None),
        (b'{"transactions": [{"calls": [x]}]}', "syntax", 29),
        (b'{"transactions": "\xff"}', "encoding", 18),
        (b'{"colour": "red"}', "unrecognised", 11),
        (b'{"code": 1001, "msg": "no"}', "refused", 9),
        ("an essay,\nwhich is no path", "syntax", None),
        ('{"a": "\ud800"}', "encoding", 7),
    ],
)
def test_what_cannot_be_read_says_where_and_what_was_expected(
    source: Any, reason: str, offset: int | None
) -> None:
    with pytest.raises(DataError) as raised:
        tables.telecom_raw(source)
    error = raised.value
    assert isinstance(error, Error)
    assert isinstance(error, ValueError)
    assert error.reason == reason
    assert offset is None or error.offset == offset
    assert error.expected
    assert "expected" in str(error)
    assert error.field == "/source"
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.reason, again.offset, again.path) == (
        str(error),
        reason,
        error.offset,
        error.path,
    )


def test_an_error_holds_no_value_of_the_document() -> None:
    broken = encoded({"transactions": [{"calls": [{"other_cell_phone": OWN, "use_time": "a secret"}]}]})
    with pytest.raises(DataError) as strict:
        tables.telecom_raw(broken, strict=True)
    assert strict.value.path == "transactions[0].calls[0].use_time"
    with pytest.raises(DataError) as cut:
        tables.telecom_raw(broken[:-8])
    for error in (strict.value, cut.value):
        assert OWN not in f"{error} {error!r} {error.__dict__}"
        assert "secret" not in f"{error} {error!r} {error.__dict__}"


def test_partial_gives_what_could_be_read_and_counts_the_fault() -> None:
    whole = document(calls=20)
    cut = whole[: whole.index(b'"smses"') - 100]
    raw = tables.telecom_raw(cut, partial=True)
    assert 15 <= len(raw.calls) < 20
    assert isinstance(raw.fault, DataError)
    assert raw.fault.reason == "truncated"
    assert "truncated" in raw.issues["kind"]
    assert tables.telecom_raw(whole).fault is None
    other = tables.telecom_raw(b'{"colour": "red"}', partial=True)
    assert [len(table) for table in other][:-1] == [0] * 5
    assert len(other.issues) > 0


def test_what_does_not_fit_is_counted_or_with_strict_an_error() -> None:
    source = {"transactions": [{"calls": [{"use_time": "long"}, {"use_time": 5}]}]}
    raw = tables.telecom_raw(source)
    assert raw.calls["use_time"].to_list() == [None, 5]
    assert raw.issues.to_pylist() == [{"path": "calls[].use_time", "kind": "not_a_number", "count": 1}]
    with pytest.raises(DataError) as raised:
        tables.telecom_raw(source, strict=True)
    assert raised.value.reason == "misfit"


def test_the_sign_of_amounts_is_the_caller_s_word() -> None:
    bank = [{"bank_name": "招商银行", "bill_record": [{"trade_money": "-12.50", "card_no": "6225"}]}]
    as_is, turned = (tables.ebank_raw(bank, sign=sign) for sign in ("income_positive", "expense_positive"))
    assert as_is.transactions["amount"].to_list() == [decimal.Decimal("-12.50")]
    assert turned.transactions["amount"].to_list() == [decimal.Decimal("12.50")]
    with pytest.raises(ValueError, match="sign"):
        tables.ebank_raw(bank, sign="both")  # type: ignore[arg-type]


def test_a_table_is_sliced_like_a_list_of_rows() -> None:
    calls = tables.telecom_raw(document()).calls
    rows = calls.to_pylist()
    assert [dict(row) for row in calls] == rows
    assert len(calls) == len(rows) == 60
    for part in (slice(None, 5), slice(10, 20), slice(-3, None), slice(50, 100), slice(5, 2)):
        assert calls[part].to_pylist() == rows[part]
        assert len(calls[part]) == len(rows[part])
    assert calls[10:40][5:9].to_pylist() == rows[15:19]
    assert (dict(calls[0]), dict(calls[-1]), dict(calls[10:12][1])) == (rows[0], rows[-1], rows[11])
    assert calls.head(3).to_pylist() == rows[:3]
    assert calls.tail(3).to_pylist() == rows[-3:]
    assert calls.tail(0).to_pylist() == []
    with pytest.raises(IndexError):
        calls[60]
    with pytest.raises(ValueError, match="step"):
        calls[::2]


def test_columns_are_taken_by_name() -> None:
    calls = tables.telecom_raw(document()).calls
    column = calls["use_time"]
    assert column.to_list() == list(column) == [row.use_time for row in calls]
    assert (column.name, column.type, column.info.unit, len(column)) == ("use_time", "int64", "s", 60)
    assert column[1:3] == column.to_list()[1:3]
    assert calls[["peer", "seq"]].columns == ["peer", "seq"]
    assert calls[["peer", "seq"]].to_dict() == {name: calls.to_dict()[name] for name in ("peer", "seq")}
    with pytest.raises(KeyError, match="colour"):
        calls["colour"]
    with pytest.raises(KeyError, match="colour"):
        calls.select(["colour"])
    with pytest.raises(TypeError):
        calls.select("peer")
    with pytest.raises(AttributeError, match="has no table 'colour'"):
        tables.telecom_raw({}).colour  # type: ignore[attr-defined]  # noqa: B018


def test_equal_documents_give_equal_tables() -> None:
    one, same, other = (tables.telecom_raw(document(seed)) for seed in (1, 1, 2))
    assert one == same
    assert one.calls == same.calls
    assert one != other
    assert one.calls != other.calls
    assert one.calls[:5] == same.calls[:5] != one.calls[:6]
    assert one.calls["peer"] == same.calls["peer"] != other.calls["peer"]
    assert one.calls != 3


def test_pickles_and_copies_are_the_same() -> None:
    raw = tables.telecom_raw(document(), partial=True)
    assert pickle.loads(pickle.dumps(raw)) == raw
    for table in (raw.calls, raw.calls[10:20], raw.calls[10:20][["peer", "seq"]], raw.issues):
        assert pickle.loads(pickle.dumps(table)) == table
    assert pickle.loads(pickle.dumps(raw.calls["peer"])) == raw.calls["peer"]
    assert pickle.loads(pickle.dumps(raw.calls[0])) == raw.calls[0]
    assert copy.copy(raw) is raw
    assert copy.deepcopy(raw.calls) is raw.calls


def test_nothing_prints_personal_data() -> None:
    raw = tables.telecom_raw(document())
    peers = {value for row in raw.calls for value in (row.peer, row.other_cell_phone)}
    column = raw.calls["peer"]
    shown = f"{raw!r} {raw.calls!r} {raw.calls[0]!r} {raw.basic[0]!r} {column!r} {raw.features()!r}"
    for secret in {OWN, "张*", *peers}:
        assert secret not in shown
    assert "use_time=" in shown


def test_raw_is_what_was_read() -> None:
    assert tables.telecom_raw(bytearray(document())).raw == document()
    answer = _native.RawAnswer("telecom.raw_data", b'{"code":0,"data":' + document() + b"}")
    assert tables.telecom_raw(answer).raw == document()


def test_threads_read_documents_at_the_same_time() -> None:
    with ThreadPoolExecutor(4) as threads:
        read = list(threads.map(lambda seed: tables.telecom_raw(document(seed)), range(16)))
    assert read == [tables.telecom_raw(document(seed)) for seed in range(16)]


def test_the_dictionary_has_every_column_in_both_languages() -> None:
    entries = tables.column_dictionary()
    assert {entry.kind for entry in entries} == {*TABLES, "telecom_report"}
    for entry in entries:
        assert entry.description
        assert any(
            "\u4e00" <= character <= "\u9fff"
            for character in entry.description_zh + entry.table_description_zh
        )
    personal = {entry.column for entry in entries if entry.kind == "telecom_raw" and entry.personal}
    assert {"other_cell_phone", "peer", "cell_phone", "idcard", "real_name", "_extra"} <= personal
    assert {entry.column: entry.type for entry in entries if entry.table == "calls"} == CALLS


def test_importing_the_package_imports_no_library() -> None:
    program = (
        "import sys, qiancheng.tables; qiancheng.tables.telecom_raw({}).to_dict();"
        "print(sorted({'numpy', 'pandas', 'polars', 'pyarrow', 'duckdb'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_kinds_of_tables_are_not_taken_for_another() -> None:
    with pytest.raises(TypeError, match="telecom_raw"):
        tables.degree_raw(tables.telecom_raw({}))
