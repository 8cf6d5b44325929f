"""One numeric row per applicant, from the bytes of a document."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from qiancheng_bench import documents
from qiancheng_bench.harness import one_by_one
from qiancheng_bench.plan import Length
from qiancheng_bench.races.outcome import Figure, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from qiancheng_bench.harness import Work
    from qiancheng_bench.races.outcome import Course

_WINDOWS = (7, 30, 90, 180)


def run(course: Course) -> list[Outcome]:
    """Bytes to features: the package's, and a part of them written with pandas."""
    document = documents.full(1)
    field = course.starters()
    rows: dict[str, dict[str, float]] = {"qiancheng": {}, "pandas by hand": {}}

    def checked(name: str, make: Callable[[], Callable[[bytes], dict[str, float]]]) -> Work:
        compute = make()
        rows[name] = compute(document)
        _compare(rows[name], _expected(document))
        return one_by_one(lambda: compute(document))

    field.enter("qiancheng", lambda: checked("qiancheng", _ours))
    field.enter("pandas by hand", lambda: checked("pandas by hand", _by_hand))
    ours, by_hand = rows.values()
    if ours:
        _compare(ours, by_hand)
    return [
        Outcome(
            title="Features",
            work=f"Telecom raw data of {len(document) / 1e6:.1f} MB, bytes → one row of numbers: {len(ours)} features "
            f"of qiancheng; with pandas, {len(by_hand)} of them, written by hand. Where both have one, they agree.",
            figure=Figure.MILLISECONDS,
            tracks=field.race(Length(rounds=11, units=2)),
            absent=field.absent,
        )
    ]


def _ours() -> Callable[[bytes], dict[str, float]]:
    from qiancheng.tables import telecom_raw

    return lambda document: telecom_raw(document).features().to_dict()


def _by_hand() -> Callable[[bytes], dict[str, float]]:
    """What one writes for it: the records as frames, a filter for each window, and groups."""
    import pandas as pd

    def compute(document: bytes) -> dict[str, float]:
        record = json.loads(document)["transactions"][0]
        as_of = pd.Timestamp(record["basic"]["update_time"])
        calls = pd.DataFrame(record["calls"])
        calls["start_time"] = pd.to_datetime(calls["start_time"], format="%Y-%m-%d %H:%M:%S")
        calls["peer"] = calls["other_cell_phone"].str.replace(r"^(?:\+86|0086|86)(?=1\d{10}$)", "", regex=True)
        calls["out"] = calls["init_type"].str.contains("主")
        calls["in"] = calls["init_type"].str.contains("被")
        hour = calls["start_time"].dt.hour
        calls["night"] = (hour >= 23) | (hour < 6)
        calls["day"] = calls["start_time"].dt.normalize()
        row: dict[str, float] = {}
        for days in _WINDOWS:
            within = (calls["start_time"] > as_of - pd.Timedelta(days=days)) & (calls["start_time"] <= as_of)
            window = calls[within]
            count = len(window)
            row[f"call_cnt_{days}d"] = count
            row[f"call_out_cnt_{days}d"] = int(window["out"].sum())
            row[f"call_in_cnt_{days}d"] = int(window["in"].sum())
            row[f"call_seconds_{days}d"] = int(window["use_time"].sum())
            row[f"peer_cnt_{days}d"] = window["peer"].nunique()
            row[f"night_call_cnt_{days}d"] = int(window["night"].sum())
            row[f"night_call_ratio_{days}d"] = row[f"night_call_cnt_{days}d"] / count if count else math.nan
            row[f"active_days_{days}d"] = window["day"].nunique()
        by_peer = window.groupby("peer")
        row["top10_call_ratio_180d"] = by_peer.size().nlargest(10).sum() / count
        seconds = by_peer["use_time"].sum()
        row["top10_seconds_ratio_180d"] = seconds.nlargest(10).sum() / seconds.sum()
        both = by_peer[["out", "in"]].any()
        row["mutual_peer_cnt_180d"] = int((both["out"] & both["in"]).sum())
        row["in_network_months"] = (as_of - pd.Timestamp(record["basic"]["reg_time"])) / pd.Timedelta(days=30)
        bills = pd.DataFrame(record["transactions"])
        month = pd.to_datetime(bills["bill_cycle"]).dt.to_period("M")
        now = as_of.to_period("M")
        six = bills[(month < now) & (month >= now - 6)]
        row["bill_mean_6m"] = pd.to_numeric(six["total_amt"]).mean()
        return row

    return compute


def _expected(document: bytes) -> dict[str, float]:
    """A few of the same by the standard library alone, so that nobody is measured computing something else."""
    calls = json.loads(document)["transactions"][0]["calls"]
    peers = {call["other_cell_phone"].removeprefix("+86") for call in calls}
    seconds = sum(call["use_time"] for call in calls)
    night = sum(not "06" <= call["start_time"][11:13] < "23" for call in calls)
    return {
        "call_cnt_180d": len(calls),
        "call_seconds_180d": seconds,
        "peer_cnt_180d": len(peers),
        "night_call_cnt_180d": night,
        "active_days_180d": len({call["start_time"][:10] for call in calls}),
        "night_call_ratio_180d": night / len(calls),
    }


def _compare(found: dict[str, Any], expected: dict[str, float]) -> None:
    for name, value in expected.items():
        if not math.isclose(found[name], value):
            raise ValueError(f"{name} is {found[name]} instead of {value}")
