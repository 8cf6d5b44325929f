"""What a race leaves behind, and what was wanted of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from qiancheng_bench import server
from qiancheng_bench.harness import Field

if TYPE_CHECKING:
    from contextlib import ExitStack

    from qiancheng_bench.harness import Measure, Sample, Track
    from qiancheng_bench.plan import Plan
    from qiancheng_bench.server import Server


class Figure(Enum):
    """How a race's figures are best read."""

    MICROSECONDS = "µs"
    MILLISECONDS = "ms"
    THROUGHPUT = "calls a second"


def cpu(sample: Sample) -> float:
    """Processor time."""
    return sample.cpu


def wall(sample: Sample) -> float:
    """Time on the clock."""
    return sample.wall


@dataclass(frozen=True)
class Target:
    """What this project wants to reach against one of the others."""

    #: Whose figure it is about, and who it is compared with.
    ours: str
    other: str
    bound: float
    measure: Measure
    #: At most the bound's share of the other's time, or at least that many times as fast.
    at_most: bool

    def verdict(self, tracks: dict[str, Track]) -> str:
        """The target in words, and whether it was met."""
        what = "CPU" if self.measure is cpu else "wall time"
        if self.at_most:
            wanted = f"{what} of {self.ours} at most {self.bound:.2f} of {self.other}"
        else:
            wanted = f"{self.ours} at least {self.bound:.1f} times as fast as {self.other} ({what})"
        ours, other = tracks.get(self.ours), tracks.get(self.other)
        if ours is None or other is None or not ours.samples:
            return f"{wanted}: not measured"
        if self.at_most:
            found = ours.ratio(other, self.measure)
            return f"{wanted}: **{found:.2f}**, {'met' if found <= self.bound else 'missed'}"
        found = other.ratio(ours, self.measure)
        return f"{wanted}: **{found:.1f}**, {'met' if found >= self.bound else 'missed'}"


def at_most(bound: float, measure: Measure, other: str, ours: str = "qiancheng") -> Target:
    """At most this share of the other's time."""
    return Target(ours, other, bound, measure, at_most=True)


def at_least(bound: float, measure: Measure, other: str, ours: str = "qiancheng") -> Target:
    """At least so many times as fast as the other."""
    return Target(ours, other, bound, measure, at_most=False)


@dataclass(frozen=True)
class Outcome:
    """A race that has been run."""

    title: str
    #: What everyone did, in a sentence or two.
    work: str
    figure: Figure
    tracks: list[Track]
    absent: list[str] = field(default_factory=list)
    targets: tuple[Target, ...] = ()
    #: What the ratios of the table are about.
    ours: str = "qiancheng"


class Course:
    """Where races are run. A server starts when the first race wants it, and ends with the stack."""

    def __init__(self, plan: Plan, core: int, ending: ExitStack) -> None:
        """A course whose one processor, for races on one, is `core`."""
        self._plan = plan
        self._ending = ending
        self.core = core

    @cached_property
    def beside(self) -> Server:
        """A sandbox on that processor."""
        return self._ending.enter_context(server.sandbox(self._plan, self.core))

    @cached_property
    def apart(self) -> Server:
        """A sandbox on whichever processor is free."""
        return self._ending.enter_context(server.sandbox(self._plan))

    def starters(self) -> Field:
        """Room for contestants."""
        return Field(self._plan)
