"""Raw data and reports as tables and features, for pandas, polars, duckdb, pyarrow, or none of them.

>>> from qiancheng import tables
>>> raw = tables.telecom_raw('{"transactions": [{"calls": [{"use_time": "1,061", "init_type": "主叫"}]}]}')
>>> raw.calls.columns[:6]
['seq', 'start_time', 'use_time', 'call_type', 'init_type', 'direction']
>>> raw.calls[0].use_time, raw.calls[0].direction
(1061, 'out')

Every table is always there, with the same columns of the same types, whatever the document holds. What does not fit its
column is null and counted in the table ``issues``; what has no column is in ``_extra``; the bytes are kept in ``raw``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qiancheng._parameters import hinted
from qiancheng.tables._errors import DataError, MissingDependencyError
from qiancheng.tables._features import FeatureInfo, Features, feature_dictionary, features_frame
from qiancheng.tables._rows import Column, ColumnInfo, Row
from qiancheng.tables._sets import (
    BY_KIND,
    BankList,
    DegreeRaw,
    EbankRaw,
    TableSet,
    TelecomRaw,
    TelecomReport,
    read,
)
from qiancheng.tables._stored import StoredRaw, open_raw, save_raw
from qiancheng.tables._table import Table

if TYPE_CHECKING:
    from typing import Literal

    from qiancheng.tables._source import Source

__all__ = [
    "BankList",
    "Column",
    "ColumnInfo",
    "DataError",
    "DegreeRaw",
    "DictionaryEntry",
    "EbankRaw",
    "FeatureInfo",
    "Features",
    "MissingDependencyError",
    "Row",
    "StoredRaw",
    "Table",
    "TableSet",
    "TelecomRaw",
    "TelecomReport",
    "bank_list",
    "column_dictionary",
    "degree_raw",
    "ebank_raw",
    "feature_dictionary",
    "features_frame",
    "open_raw",
    "save_raw",
    "telecom_raw",
    "telecom_report",
]


@hinted
def telecom_raw(source: Source, *, strict: bool = False, partial: bool = False) -> TelecomRaw:
    """Read telecom raw data (§3.2.1) into the tables ``basic, calls, smses, nets, bills, issues``.

    :param source: an answer of the client, bytes, JSON text, a path, an open file, a parsed object, or a stored raw file;
        the answer's ``data``, or the whole envelope around it. A str is JSON if it begins with ``{`` or ``[`` (or is empty,
        or ``null``), else a path. Empty data (``[]``, ``{}``, ``null``, None) give tables without rows.
    :param strict: raise at the first value that does not fit its column, instead of counting it in ``issues``.
    :param partial: of a document that is broken or of another kind give what can be read, and count the fault in ``issues``.
    :raises DataError: the document is not JSON, cut, or of another kind; it says where, and what was expected.
    """
    return read(TelecomRaw, source, strict=strict, partial=partial)


@hinted
def telecom_report(source: Source, *, strict: bool = False, partial: bool = False) -> TelecomReport:
    """Read a telecom report (§3.2.2): a table for each of its sections, and one for each list in them.

    Rows of lists have a ``parent_seq``, the ``seq`` of the row they belong to. For the parameters see :func:`telecom_raw`.
    """
    return read(TelecomReport, source, strict=strict, partial=partial)


@hinted
def degree_raw(source: Source, *, strict: bool = False, partial: bool = False) -> DegreeRaw:
    """Read degree raw data (§4.2.1) into ``enrolments``, ``qualifications``. For the parameters see :func:`telecom_raw`."""
    return read(DegreeRaw, source, strict=strict, partial=partial)


@hinted
def ebank_raw(
    source: Source,
    *,
    sign: Literal["income_positive", "expense_positive"] = "income_positive",
    strict: bool = False,
    partial: bool = False,
) -> EbankRaw:
    """Read e-bank raw data (§5.2.1, §6.2.1) into ``accounts``, ``cards``, ``bills``, ``transactions``.

    In the tables money in is positive and money out negative, whatever the source does.

    :param sign: which way money goes in the source's amounts: the vendor's own sources write money in as positive, some
        of its providers money out.

    For the other parameters see :func:`telecom_raw`.
    """
    if sign not in ("income_positive", "expense_positive"):
        raise ValueError(f"sign must be 'income_positive' or 'expense_positive', not {sign!r}")
    return read(EbankRaw, source, strict=strict, partial=partial, expense_positive=sign == "expense_positive")


@hinted
def bank_list(source: Source, *, strict: bool = False, partial: bool = False) -> BankList:
    """Read the banks and how one logs in there (§5.1.1, §6.1.2). For the parameters see :func:`telecom_raw`."""
    return read(BankList, source, strict=strict, partial=partial)


class DictionaryEntry(NamedTuple):
    """A column of a table, as the data dictionary has it."""

    kind: str
    """The kind of document, such as ``telecom_raw``."""
    table: str
    """The table's name."""
    table_description: str
    """What a row of the table is."""
    table_description_zh: str
    """The same in Chinese."""
    column: str
    """The column's name."""
    type: str
    """Its type in Arrow, as pyarrow spells it."""
    nullable: bool
    """Whether a row may have no value."""
    unit: str | None
    """Its unit."""
    description: str
    """What it says."""
    description_zh: str
    """The same in Chinese."""
    source: str
    """The path in the document that it comes from; empty if it is computed."""
    personal: bool
    """Whether it holds personal data."""


def column_dictionary() -> list[DictionaryEntry]:
    """Give every column of every table: ``pandas.DataFrame(column_dictionary())`` is the data dictionary."""
    return [
        DictionaryEntry(kind, table.name, table.description, table.description_zh, *column)
        for kind, document in BY_KIND.items()
        for table in read(document, None)
        for column in table.schema
    ]
