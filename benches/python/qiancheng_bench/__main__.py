"""The command line, and the order of the races."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from qiancheng_bench import machine, report
from qiancheng_bench.plan import Plan
from qiancheng_bench.races import audit, calls, features, flight, tables
from qiancheng_bench.races.outcome import Course

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qiancheng_bench.races.outcome import Outcome

RACES: dict[str, Callable[[Course], list[Outcome]]] = {
    "calls": calls.run,
    "coroutines": flight.coroutines,
    "rows": flight.rows,
    "tables": tables.calls,
    "threads": tables.threads,
    "whole": tables.whole,
    "features": features.run,
    "audit": audit.run,
}


def run(plan: Plan) -> list[Outcome]:
    """Runs the races that the plan names."""
    outcomes = []
    with ExitStack() as ending:
        course = Course(plan, machine.cores()[0], ending)
        for name, race in RACES.items():
            if plan.includes(name):
                outcomes.extend(race(course))
    return outcomes


def main(arguments: Sequence[str]) -> None:
    """Measures, prints, and keeps what a whole run found."""
    plan = Plan.read(arguments, tuple(RACES))
    page = report.chapter(run(plan))
    sys.stdout.write(page)
    if plan.write is not None and plan.is_whole:
        plan.write.parent.mkdir(parents=True, exist_ok=True)
        plan.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
