"""What a run is to do."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Length:
    """Rounds, and units of work in each."""

    rounds: int
    units: int


@dataclass(frozen=True)
class Plan:
    """Which races, with whom, and for how long."""

    races: tuple[str, ...] = ()
    only: str | None = None
    quick: bool = False
    tiny: bool = False
    write: Path | None = None
    sandbox: Path | None = None

    @classmethod
    def read(cls, arguments: Sequence[str], known: Sequence[str]) -> Plan:
        """Reads the command line; `known` are the races there are."""
        parser = argparse.ArgumentParser(
            prog="qiancheng_bench", description="Measures the Python package side by side with others."
        )
        parser.add_argument("races", nargs="*", metavar="RACE", help=f"any of: {', '.join(known)} (default: all)")
        parser.add_argument("--only", metavar="NAME", help="only contestants whose name contains this")
        parser.add_argument("--quick", action="store_true", help="few, short rounds; nothing is written")
        parser.add_argument("--write", metavar="FILE", type=Path, help="keep the results of a whole run here")
        parser.add_argument(
            "--sandbox",
            metavar="FILE",
            type=Path,
            help="the command qiancheng that plays the vendor, a release build",
        )
        given = parser.parse_args(arguments)
        for race in given.races:
            if race not in known:
                parser.error(f"no race {race!r}; there are: {', '.join(known)}")
        return cls(tuple(given.races), given.only, given.quick, False, given.write, given.sandbox)

    @property
    def is_whole(self) -> bool:
        """Whether everything is measured, so that the results may be kept."""
        return not (self.races or self.only or self.quick or self.tiny)

    def includes(self, race: str) -> bool:
        """Whether this race is run."""
        return not self.races or race in self.races

    def invites(self, contestant: str) -> bool:
        """Whether this contestant takes part."""
        return self.only is None or self.only in contestant

    def length(self, whole: Length) -> Length:
        """How long a race is in this run."""
        if self.tiny:
            return Length(1, 1)
        if self.quick:
            return Length(5, -(-whole.units // 4))
        return whole
