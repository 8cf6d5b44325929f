"""Every race, as short as can be: it runs, everyone's answers are right, and this package is in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qiancheng_bench import report
from qiancheng_bench.__main__ import RACES, run
from qiancheng_bench.harness import AbsentError
from qiancheng_bench.plan import Plan
from qiancheng_bench.server import sandbox_command

_ROOT = Path(__file__).resolve().parents[3]


def tiny(race: str) -> Plan:
    """A round of one unit, with whichever sandbox has been built."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", _ROOT / "target"))
    debug = target / "debug" / "qiancheng"
    plan = Plan(races=(race,), tiny=True, sandbox=debug if debug.is_file() else None)
    try:
        sandbox_command(plan)
    except AbsentError as error:
        pytest.skip(str(error))
    return plan


@pytest.mark.parametrize("race", RACES)
def test_a_race_runs(race: str) -> None:
    outcomes = run(tiny(race))
    assert outcomes
    for outcome in outcomes:
        ours = [track for track in outcome.tracks if track.name.startswith("qiancheng")]
        assert ours, outcome.absent
        for track in outcome.tracks:
            assert [sample.wall > 0 for sample in track.samples] == [True]
    page = report.chapter(outcomes)
    assert all(f"### {outcome.title}" in page for outcome in outcomes)
