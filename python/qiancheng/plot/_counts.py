"""What the pictures show, as plain numbers: counted here, drawn elsewhere."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

    from qiancheng.tables import TelecomRaw, TelecomReport
    from qiancheng.tables._table import Table

DAY = datetime.timedelta(days=1)


def week_by_hour(calls: Table, by: str) -> tuple[list[list[float]], int]:
    """Count calls, or their minutes, by weekday (Monday first) and hour; and say how many calls are without a time."""
    grid = [[0.0] * 24 for _ in range(7)]
    untimed = 0
    for start, seconds in zip(calls["start_time"].to_list(), calls["use_time"].to_list()):
        if start is None:
            untimed += 1
        else:
            grid[start.weekday()][start.hour] += 1 if by == "count" else (seconds or 0) / 60
    return grid, untimed


class Contact(NamedTuple):
    """A number and what was talked with it."""

    number: str
    out: float
    into: float
    other: float

    @property
    def total(self) -> float:
        """Calls, or minutes, in all directions."""
        return self.out + self.into + self.other


def contacts(document: TelecomRaw | TelecomReport, by: str) -> list[Contact]:
    """Count calls, or their minutes, by the other number; the most talked-to first."""
    if document.kind == "telecom_report":
        found = _reported(document["contact_list"], by)
    else:
        found = _counted(document["calls"], by)
    return sorted(found, key=lambda one: (-one.total, one.number))


def _counted(calls: Table, by: str) -> list[Contact]:
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    columns = (calls[name].to_list() for name in ("peer", "direction", "use_time"))
    for peer, direction, seconds in zip(*columns):
        if peer:
            place = {"out": 0, "in": 1}.get(direction, 2)
            sums[peer][place] += 1 if by == "count" else (seconds or 0) / 60
    return [Contact(peer, *parts) for peer, parts in sums.items()]


def _reported(listed: Table, by: str) -> list[Contact]:
    kind = "cnt" if by == "count" else "len"
    columns = (
        listed[name].to_list()
        for name in ("phone_num", f"call_out_{kind}", f"call_in_{kind}", f"call_{kind}")
    )
    found = []
    for number, out, into, total in zip(*columns):
        known = (out or 0) + (into or 0)
        found.append(Contact(number or "", out or 0, into or 0, max((total or 0) - known, 0)))
    return found


class Month(NamedTuple):
    """A month of a number."""

    first: datetime.date
    out: int
    into: int
    other: int
    bill: float | None
    whole: bool
    """Whether the data covers all of it."""


def months(document: TelecomRaw | TelecomReport) -> list[Month]:
    """Give the months in order, with none left out."""
    return _reported_months(document) if document.kind == "telecom_report" else _counted_months(document)


def _counted_months(document: Any) -> list[Month]:
    calls: Counter[tuple[datetime.date, str | None]] = Counter()
    times = document.calls["start_time"].to_list()
    for start, direction in zip(times, document.calls["direction"].to_list()):
        if start is not None:
            calls[start.date().replace(day=1), direction if direction in ("out", "in") else None] += 1
    bills: dict[datetime.date, float] = {}
    for cycle, total in zip(document.bills["bill_cycle"].to_list(), document.bills["total_amt"].to_list()):
        if cycle is not None and total is not None:
            first = cycle.replace(day=1)
            bills[first] = bills.get(first, 0.0) + float(total)
    known = [start for start in times if start is not None]
    fetched = [time for time in document.basic["update_time"].to_list() if time is not None]
    begin = min(known).date() if known else None
    end = max(fetched or known).date() if known else None
    return [
        Month(
            first,
            calls[first, "out"],
            calls[first, "in"],
            calls[first, None],
            bills.get(first),
            begin is None or end is None or (begin <= first + 2 * DAY and _next(first) <= end),
        )
        for first in _every([*(month for month, _ in calls), *bills])
    ]


def _reported_months(document: Any) -> list[Month]:
    table = document.cell_behavior_months
    names = ("cell_mth", "call_out_cnt", "call_in_cnt", "call_cnt", "total_amount")
    sums: dict[datetime.date, list[float | None]] = {}
    for first, out, into, total, bill in zip(*(table[name].to_list() for name in names)):
        if first is None:
            continue
        parts = sums.setdefault(first, [0, 0, 0, None])
        known = (out or 0) + (into or 0)
        for place, value in enumerate((out or 0, into or 0, max((total or 0) - known, 0))):
            parts[place] = (parts[place] or 0) + value
        # The source writes -1 where it has no bill.
        if bill is not None and bill >= 0:
            parts[3] = (parts[3] or 0.0) + float(bill)
    newest = max(sums, default=None)
    return [
        Month(first, int(out or 0), int(into or 0), int(other or 0), bill, first != newest)
        for first in _every(list(sums))
        for out, into, other, bill in [sums.get(first, [0, 0, 0, None])]
    ]


def _next(first: datetime.date) -> datetime.date:
    return (first + 31 * DAY).replace(day=1)


def _every(found: list[datetime.date]) -> list[datetime.date]:
    """Every month from the first to the last."""
    if not found:
        return []
    first, last, every = min(found), max(found), []
    while first <= last:
        every.append(first)
        first = _next(first)
    return every


class Silence(NamedTuple):
    """Whole days without a call."""

    first: datetime.date
    last: datetime.date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1


def daily(calls: Table) -> dict[datetime.date, int]:
    """Count the calls of every day from the first to the last with one, silent days included."""
    found = Counter(start.date() for start in calls["start_time"].to_list() if start is not None)
    if not found:
        return {}
    first, last = min(found), max(found)
    days = ((first + number * DAY) for number in range((last - first).days + 1))
    return {day: found[day] for day in days}


def silences(days: dict[datetime.date, int], at_least: int) -> list[Silence]:
    """Find the runs of at least so many days without a call."""
    runs: list[Silence] = []
    begun: datetime.date | None = None
    for day, calls in days.items():
        if calls == 0:
            begun = begun or day
        elif begun is not None:
            runs.append(Silence(begun, day - DAY))
            begun = None
    # The last day has a call, so that no run is left open.
    return [run for run in runs if run.days >= at_least]
