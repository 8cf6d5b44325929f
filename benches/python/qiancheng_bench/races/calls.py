"""Blocking calls, one at a time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qiancheng_bench import vendor
from qiancheng_bench.clients.libcurl import PyCurl
from qiancheng_bench.clients.ours import Ours
from qiancheng_bench.clients.sessions import Httpx, Niquests, Requests
from qiancheng_bench.clients.standard import BareSocket, HttpClient
from qiancheng_bench.harness import one_by_one
from qiancheng_bench.machine import pinned
from qiancheng_bench.plan import Length
from qiancheng_bench.races.outcome import Figure, Outcome, at_most, cpu, wall

if TYPE_CHECKING:
    from collections.abc import Callable

    from qiancheng_bench.clients import BlockingClient
    from qiancheng_bench.harness import Work
    from qiancheng_bench.races.outcome import Course
    from qiancheng_bench.server import Server

_CLIENTS: dict[str, Callable[[Server], BlockingClient]] = {
    "qiancheng": Ours,
    "pycurl": PyCurl,
    "bare socket": BareSocket,
    "http.client": HttpClient,
    "requests": Requests,
    "httpx": Httpx,
    "niquests": Niquests,
}
_SLOW = {"requests", "httpx", "niquests"}


def run(course: Course) -> list[Outcome]:
    """One call at a time, client and server on one processor."""
    field = course.starters()
    with pinned(course.core):
        for name, client in _CLIENTS.items():
            field.enter(name, partial(_lookups, client, course.beside), part=4 if name in _SLOW else 1)
        tracks = field.race(Length(rounds=31, units=400))
    return [
        Outcome(
            title="One blocking call",
            work="A blacklist lookup over a warm connection, with a warm token; client and server share one processor. "
            "The processor time is the client's alone.",
            figure=Figure.MICROSECONDS,
            tracks=tracks,
            absent=field.absent,
            targets=(
                at_most(0.80, cpu, "pycurl"),
                at_most(0.08, cpu, "requests"),
                at_most(2.70, wall, "bare socket"),
            ),
        )
    ]


def _lookups(make: Callable[[Server], BlockingClient], server: Server) -> tuple[Work, Callable[[], None]]:
    client = make(server)
    person = {"name": vendor.NAME, "id_card": vendor.ID_CARD, "mobile": vendor.MOBILE}

    def lookup() -> None:
        vendor.check_hit(client.search(person))

    lookup()
    return one_by_one(lookup), client.close
