"""Rounds, interleaved: whatever else the machine does meanwhile, it does to all of them.

A round gives every contestant the same amount of work, one after the other, and each round begins with another of
them. A contestant's figure is the median of its rounds; a ratio is the median of the rounds' ratios.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiancheng_bench.plan import Length, Plan

#: Does a number of units of the work.
Work = Callable[[int], None]


class AbsentError(Exception):
    """A contestant that cannot take part here, and why."""


@dataclass(frozen=True)
class Sample:
    """What one unit of the work took."""

    #: Processor time of this process, all threads together, in seconds.
    cpu: float
    #: Time on the clock, in seconds.
    wall: float


Measure = Callable[[Sample], float]


@dataclass
class Track:
    """A contestant's rounds."""

    name: str
    samples: list[Sample] = field(default_factory=list)

    def median(self, measure: Measure) -> float:
        """The middle of the rounds."""
        return median(map(measure, self.samples))

    def ratio(self, other: Track, measure: Measure) -> float:
        """How this one compares with another, round by round."""
        pairs = zip(self.samples, other.samples, strict=True)
        return median(measure(ours) / measure(theirs) for ours, theirs in pairs)


@dataclass(frozen=True)
class Contestant:
    """Somebody who can do a number of units of the work."""

    name: str
    work: Work
    close: Callable[[], None] | None = None
    #: One in so many units is enough of a slow one.
    part: int = 1


def one_by_one(work: Callable[[], object]) -> Work:
    """Work that is done a unit at a time."""

    def run(units: int) -> None:
        for _ in range(units):
            work()

    return run


class Field:
    """Who takes part in a race: those who are invited, and whose means are installed."""

    def __init__(self, plan: Plan) -> None:
        """An empty field."""
        self._plan = plan
        self._contestants: list[Contestant] = []
        self.absent: list[str] = []

    def enter(self, name: str, prepare: Callable[[], Work | tuple[Work, Callable[[], None]]], part: int = 1) -> None:
        """Lets one take part. `prepare` gives its work, and perhaps its end; a slow one does a part of the units."""
        if not self._plan.invites(name):
            return
        try:
            prepared = prepare()
        except (ImportError, AbsentError) as error:
            self.absent.append(f"{name} ({error})")
            print(f"bench: NOT MEASURED: {name}: {error}", file=sys.stderr)
            return
        work, close = prepared if isinstance(prepared, tuple) else (prepared, None)
        self._contestants.append(Contestant(name, work, close, part))

    def race(self, length: Length) -> list[Track]:
        """Lets them run, and sends them home."""
        try:
            return race(self._plan.length(length), self._contestants)
        finally:
            for contestant in self._contestants:
                if contestant.close is not None:
                    contestant.close()


def race(length: Length, contestants: Iterable[Contestant]) -> list[Track]:
    """Lets them run. The first round warms caches and connections and does not count."""
    runners = list(contestants)
    tracks = [Track(runner.name) for runner in runners]
    # What was imported and prepared is nobody's garbage.
    gc.collect()
    gc.freeze()
    try:
        for turn in range(length.rounds + 1):
            for place in range(len(runners)):
                index = (turn + place) % len(runners)
                sample = _timed(runners[index], length.units)
                if turn > 0:
                    tracks[index].samples.append(sample)
    finally:
        gc.unfreeze()
    return tracks


def _timed(runner: Contestant, units: int) -> Sample:
    units = -(-units // runner.part)
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    try:
        runner.work(units)
    except Exception as error:
        error.add_note(f"in the bench, contestant {runner.name}")
        raise
    wall = time.perf_counter() - wall
    cpu = time.process_time() - cpu
    return Sample(cpu / units, wall / units)
