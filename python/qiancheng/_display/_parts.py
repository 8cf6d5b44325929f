"""What is shown of each kind of thing."""

from __future__ import annotations

import datetime
import decimal
import math
from typing import TYPE_CHECKING

from qiancheng import _native
from qiancheng._display import _html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_ROWS = 8
_ITEMS = 10


def html(shown: Any) -> str:
    """Show a thing of this library as HTML."""
    from qiancheng import _answer, _steps

    if isinstance(shown, _steps.Challenge):
        return _challenge(shown)
    if isinstance(shown, _answer.AnswerList):
        return _list(shown)
    if isinstance(shown, _answer.PlainAnswer):
        return _document(shown)
    if isinstance(shown, _answer.Record):
        return _html.block(_html.heading(type(shown).__name__, _origin(shown)), _html.facts(_fields(shown)))
    module = type(shown).__module__
    if module == "qiancheng._session":
        return session(shown)
    if module.startswith("qiancheng.tables"):
        return _of_tables(shown)
    return _html.block(_html.heading(repr(shown)))


def _of_tables(shown: Any) -> str:
    from qiancheng.tables._features import Features
    from qiancheng.tables._sets import TableSet
    from qiancheng.tables._table import Table

    if isinstance(shown, Table):
        return table(shown, _ROWS, False)
    if isinstance(shown, TableSet):
        return _tables(shown)
    if isinstance(shown, Features):
        return _features(shown)
    return _html.block(_html.heading(repr(shown)))


# Answers


def _origin(shown: Any) -> str:
    endpoint = getattr(shown, "endpoint", None)
    return str(endpoint) if endpoint else ""


def _fields(record: Any) -> list[tuple[str, object]]:
    fields = record._fields()
    pairs: list[tuple[str, object]] = []
    for attribute, (name, sensitivity) in record._names.items():
        if fields.get(name) is None:
            pairs.append((attribute, None))
            continue
        value = getattr(record, attribute)
        shown = str(value) if sensitivity == "plain" else _native.mask(sensitivity, str(value))
        if isinstance(value, list):
            shown = f"{len(value)} items"
        pairs.append((attribute, shown))
    unknown = len(fields.keys() - {name for name, _ in record._names.values()})
    if unknown:
        pairs.append(("…", f"{unknown} more, hidden: answer.reveal()"))
    return pairs


def _list(shown: Any) -> str:
    items = shown[:_ITEMS]
    names = list(shown._item._names)
    rows = [[value for _, value in _fields(item)[: len(names)]] for item in items]
    left = len(shown) - len(items)
    return _html.block(
        _html.heading(f"{type(shown).__name__}: {len(shown)} items", _origin(shown)),
        _html.grid([(name, "") for name in names], rows),
        _html.faint(f"{left} more") if left else "",
    )


def _document(shown: Any) -> str:
    reader = {
        "telecom.raw_data": "telecom_raw",
        "telecom.report": "telecom_report",
        "degree.raw_data": "degree_raw",
        "ebank.raw_data": "ebank_raw",
        "ebank_v2.raw_data": "ebank_raw",
    }.get(shown.endpoint)
    advice = f"as tables: qiancheng.tables.{reader}(answer)" if reader else "in clear: answer.reveal()"
    return _html.block(
        _html.heading(type(shown).__name__, f"{shown.endpoint} · {len(shown.raw):,} bytes"),
        _html.faint(advice),
    )


# Sessions


def _challenge(shown: Any) -> str:
    kind = shown.kind.replace("_", " ")
    note = kind + (f" · attempt {shown.attempt}" if shown.attempt > 1 else "")
    image = _html.picture(shown.image, shown.mime or "image/png") if shown.image else ""
    return _html.block(
        _html.heading(shown.prompt_zh, note),
        image,
        _html.faint(f"{shown.prompt}. The session ends at {shown.expires_at:%H:%M:%S}, Beijing time."),
    )


def session(shown: Any, step: Any = None) -> str:
    """Show how a session stands, in one line."""
    status = shown.status
    said = "not polled yet" if status is None else (status.description or str(status))
    if step is not None:
        said = stands(step)
    note = f"{said} · {shown._native.masked_open_id} · until {shown.expires_at:%H:%M:%S}, Beijing time"
    return _html.block(_html.heading(f"{shown.kind} session", note))


def stands(step: Any) -> str:
    """Say in a few words how a session stands, without what the vendor says of the borrower."""
    from qiancheng import _steps

    if isinstance(step, _steps.Working):
        return f"{step.status.description or step.status}"
    if isinstance(step, _steps.NeedsInput):
        return f"{step.challenge.prompt_zh} ({step.challenge.kind.replace('_', ' ')})"
    if isinstance(step, _steps.Failed):
        return "failed"
    return "finished" if isinstance(step, _steps.Finished) else "expired"


# Tables


def cells(
    shown: Any, rows: int, reveal: bool
) -> tuple[list[tuple[str, str]], list[list[str | None]], list[bool], str]:
    """Give a table's head, its first rows as text, which columns are numbers, and a remark."""
    schema = shown.schema
    first = shown[:rows]
    columns = [[_cell(value, info, reveal) for value in first[info.name].to_list()] for info in schema]
    lines = [list(row) for row in zip(*columns)]
    head = [(info.name, _said(info)) for info in schema]
    numbers = [info.type.startswith(("int", "double", "float", "decimal")) for info in schema]
    return head, lines, numbers, _remark(shown, len(lines), reveal, any(info.personal for info in schema))


def _said(info: Any) -> str:
    unit = f" [{info.unit}]" if info.unit else ""
    return f"{info.type}{unit}: {info.description} / {info.description_zh}"


def _remark(shown: Any, rows: int, reveal: bool, personal: bool) -> str:
    total = len(shown)
    said = f"{shown.name}: {total:,} row{'' if total == 1 else 's'}"
    if rows < total:
        said += f", the first {rows} shown"
    if personal and not reveal and rows:
        said += "; personal data masked"
    return said


def table(shown: Any, rows: int, reveal: bool) -> str:
    """Show the first rows of a table."""
    head, lines, numbers, remark = cells(shown, rows, reveal)
    return _html.block(_html.grid(head, lines, numbers), _html.faint(remark))


def _cell(value: object, info: Any, reveal: bool) -> str | None:
    if value is None:
        return None
    if not reveal and info.name == "_extra":
        return "{…}"
    if not reveal and info.personal:
        return _native.mask(_style(info.name), str(value))
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, (float, decimal.Decimal)):
        return f"{value:,.2f}"
    return str(value)


def _style(column: str) -> str:
    """Say how a personal column is masked: what it holds is told by its name."""
    if column == "peer" or "phone" in column or column == "mobile":
        return "mobile"
    if column in ("idcard", "id_card", "id_number"):
        return "id_number"
    if column.endswith("name"):
        return "name"
    return "hidden"


def _tables(shown: Any) -> str:
    rows: list[Sequence[object]] = [
        (each.name, f"{len(each):,}", len(each.columns), f"{each.description} · {each.description_zh}")
        for each in shown
        if len(each) or each.name == "issues"
    ]
    empty = [each.name for each in shown if not len(each) and each.name != "issues"]
    return _html.block(
        _html.heading(type(shown).__name__, f"schema version {shown.schema_version}"),
        _html.grid(
            [("table", ""), ("rows", ""), ("columns", ""), ("one row each", "")],
            rows,
            [False, True, True, False],
        ),
        _html.faint(f"empty: {', '.join(empty)}") if empty else "",
    )


def _features(shown: Any) -> str:
    from qiancheng.tables import feature_dictionary

    said = {info.name: info for info in feature_dictionary()}
    rows = [
        (
            name,
            None if math.isnan(value) else f"{value:,.4g}",
            said[name].description,
            said[name].description_zh,
        )
        for name, value in shown.items()
    ]
    known = sum(1 for row in rows if row[1] is not None)
    as_of = "not known" if shown.as_of is None else f"{shown.as_of:%Y-%m-%d %H:%M}, Beijing time"
    body = _html.grid([("feature", ""), ("value", ""), ("", ""), ("", "")], rows, [False, True, False, False])
    return _html.block(
        _html.heading(f"{len(rows)} features", f"{known} known · as of {as_of}"),
        f"<details><summary>show them</summary>{body}</details>",
    )
