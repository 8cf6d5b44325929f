"""The chapter of results: for people, in Markdown."""

from __future__ import annotations

import importlib.metadata
import platform
import time
from typing import TYPE_CHECKING

from qiancheng_bench import machine
from qiancheng_bench.clients.sessions import niquests
from qiancheng_bench.races.outcome import Figure, cpu, wall

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qiancheng_bench.harness import Track
    from qiancheng_bench.races.outcome import Outcome

_LIBRARIES = (
    "qiancheng",
    "pycurl",
    "requests",
    "httpx",
    "niquests",
    "aiohttp",
    "uvloop",
    "pandas",
    "polars",
    "pyarrow",
    "duckdb",
    "orjson",
    "numpy",
    "cryptography",
)


def chapter(outcomes: Iterable[Outcome]) -> str:
    """The whole chapter."""
    return "\n".join(_lines(outcomes)) + "\n"


def _lines(outcomes: Iterable[Outcome]) -> Iterator[str]:
    yield "## From Python"
    yield ""
    yield (
        "The server of the calls is the sandbox. A ratio is qiancheng's time against that row's time for times, and "
        "how many times as fast qiancheng is as that row for the rest."
    )
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield f"| run | {time.strftime('%Y-%m-%d %H:%M UTC', time.gmtime())} |"
    yield f"| machine | {machine.processor()}, {len(machine.cores())} processors, {machine.kernel()} |"
    yield f"| Python | {platform.python_implementation()} {platform.python_version()} |"
    yield f"| libraries | {', '.join(_versions())} |"
    for outcome in outcomes:
        yield ""
        yield f"### {outcome.title}"
        yield ""
        yield outcome.work
        yield ""
        yield from _table(outcome)
        if outcome.absent:
            yield ""
            yield f"Not measured: {'; '.join(outcome.absent)}."
        if outcome.targets:
            by_name = {track.name: track for track in outcome.tracks}
            yield ""
            yield "Targets:"
            yield ""
            for target in outcome.targets:
                yield f"- {target.verdict(by_name)}"


def _table(outcome: Outcome) -> Iterator[str]:
    ours = next((track for track in outcome.tracks if track.name == outcome.ours), None)
    if outcome.figure is Figure.THROUGHPUT:
        yield "| | calls a second | calls a CPU second | ratio | CPU ratio |"
    else:
        unit = outcome.figure.value
        yield f"| | CPU, {unit} | wall, {unit} | CPU ratio | wall ratio |"
    yield "|---|--:|--:|--:|--:|"
    for track in outcome.tracks:
        yield f"| {track.name} | {' | '.join(_figures(outcome.figure, track, ours))} |"


def _figures(figure: Figure, track: Track, ours: Track | None) -> Iterator[str]:
    if figure is Figure.THROUGHPUT:
        for measure in (wall, cpu):
            yield f"{1 / track.median(measure):.0f}"
        for measure in (wall, cpu):
            yield "—" if ours is None else f"{track.ratio(ours, measure):.2f}"
        return
    scale = 1e6 if figure is Figure.MICROSECONDS else 1e3
    for measure in (cpu, wall):
        shown = track.median(measure) * scale
        yield f"{shown:.1f}" if shown >= 10 else f"{shown:.2f}"
    for measure in (cpu, wall):
        yield "—" if ours is None else f"{ours.ratio(track, measure):.2f}"


def _versions() -> Iterator[str]:
    for library in _LIBRARIES:
        try:
            if library == "niquests":
                yield f"niquests {niquests().__version__}"
            else:
                yield f"{library} {importlib.metadata.version(library)}"
        except ImportError:
            yield f"{library} absent"
