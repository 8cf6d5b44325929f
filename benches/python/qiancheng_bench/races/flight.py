"""32 calls in flight: from coroutines, and over a list of rows."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from qiancheng_bench import vendor
from qiancheng_bench.clients import ours
from qiancheng_bench.clients.libcurl import PyCurl
from qiancheng_bench.clients.loops import AioHttp, AsyncHttpx, AsyncNiquests
from qiancheng_bench.clients.sessions import Niquests, Requests
from qiancheng_bench.plan import Length
from qiancheng_bench.races.outcome import Figure, Outcome, at_least, wall

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator

    from qiancheng_bench.clients import AsyncClient, BlockingClient
    from qiancheng_bench.harness import Work
    from qiancheng_bench.races.outcome import Course
    from qiancheng_bench.server import Server

_NewLoop = Callable[[], asyncio.AbstractEventLoop]

IN_FLIGHT = 32
#: A tenth of a second for each of them, or more: for the first hundredth, the kernel may keep both threads of a client,
#: or a client and its server, on one processor, whatever they do.
_LENGTH = Length(rounds=15, units=12_800)


def coroutines(course: Course) -> list[Outcome]:
    """The same lookup, again and again, from 32 tasks of one event loop."""
    field = course.starters()
    server = course.apart
    plain, fast = asyncio.new_event_loop, _uvloop
    contestants: list[tuple[str, Callable[[Server, int], AsyncClient], _NewLoop, int]] = [
        ("qiancheng", ours.OursAsync, plain, 2),
        ("aiohttp", AioHttp, plain, 8),
        ("httpx", AsyncHttpx, plain, 80),
        ("niquests", AsyncNiquests, plain, 40),
        ("qiancheng on uvloop", ours.OursAsync, fast, 2),
        ("aiohttp on uvloop", AioHttp, fast, 8),
    ]
    for name, client, loop, part in contestants:
        field.enter(name, partial(_same_person, server, client, loop), part)
    return [
        Outcome(
            title=f"{IN_FLIGHT} coroutines",
            work=f"The same lookup from {IN_FLIGHT} tasks of one event loop, with answers as objects; the server is on "
            "whichever processor is free.",
            figure=Figure.THROUGHPUT,
            tracks=field.race(_LENGTH),
            absent=field.absent,
            targets=(
                at_least(2, wall, "aiohttp"),
                at_least(2, wall, "aiohttp on uvloop", "qiancheng on uvloop"),
            ),
        )
    ]


def rows(course: Course) -> list[Outcome]:
    """A list of people to look up, 32 at a time, answers in the order of the rows."""
    field = course.starters()
    server = course.apart
    field.enter("qiancheng", partial(_search_many, server))
    field.enter("aiohttp", partial(_people, server, AioHttp, asyncio.new_event_loop), part=8)
    field.enter("aiohttp on uvloop", partial(_people, server, AioHttp, _uvloop), part=8)
    field.enter("pycurl, 32 threads", partial(_people_on_threads, server, PyCurl), part=8)
    field.enter("requests, 32 threads", partial(_people_on_threads, server, Requests), part=40)
    field.enter("niquests, 32 threads", partial(_people_on_threads, server, Niquests), part=40)
    return [
        Outcome(
            title=f"A list of people, {IN_FLIGHT} at a time",
            work=f"`client.blacklist.search_many(rows, concurrency={IN_FLIGHT})` beside what one writes for it: "
            f"{IN_FLIGHT} tasks of one event loop that share the rows, or a pool of {IN_FLIGHT} threads with a session "
            "each. Answers come in the order of the rows and are counted.",
            figure=Figure.THROUGHPUT,
            tracks=field.race(_LENGTH),
            absent=field.absent,
            targets=(at_least(6, wall, "aiohttp"), at_least(25, wall, "requests, 32 threads")),
        )
    ]


def _uvloop() -> asyncio.AbstractEventLoop:
    import uvloop

    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


class _Loop:
    """An event loop of one's own, with a client on it."""

    def __init__(
        self,
        server: Server,
        client: Callable[[Server, int], AsyncClient],
        loop: _NewLoop,
    ) -> None:
        async def made() -> AsyncClient:
            return client(server, IN_FLIGHT)

        self._runner = asyncio.Runner(loop_factory=loop)
        try:
            self.client = self._runner.run(made())
        except ImportError:
            self._runner.close()
            raise

    def tasks(self, task: Callable[[], Awaitable[None]]) -> None:
        """Runs as many tasks as may be in flight."""

        async def all_of_them() -> None:
            await asyncio.gather(*(task() for _ in range(IN_FLIGHT)))

        self._runner.run(all_of_them())

    def close(self) -> None:
        """Ends the client, then the loop."""
        self._runner.run(self.client.close())
        self._runner.close()


def _same_person(
    server: Server, client: Callable[[Server, int], AsyncClient], new_loop: _NewLoop
) -> tuple[Work, Callable[[], None]]:
    loop = _Loop(server, client, new_loop)
    search = loop.client.search
    person = {"name": vendor.NAME, "id_card": vendor.ID_CARD, "mobile": vendor.MOBILE}

    def work(units: int) -> None:
        share = -(-units // IN_FLIGHT)

        async def task() -> None:
            for _ in range(share):
                vendor.check_hit(await search(person))

        loop.tasks(task)

    return work, loop.close


def _search_many(server: Server) -> tuple[Work, Callable[[], None]]:
    client = ours.Ours(server)

    def work(units: int) -> None:
        _check(ours.search_many(client, iter(vendor.people(units)), IN_FLIGHT), units)

    work(IN_FLIGHT)
    return work, client.close


def _people(
    server: Server, client: Callable[[Server, int], AsyncClient], new_loop: _NewLoop
) -> tuple[Work, Callable[[], None]]:
    loop = _Loop(server, client, new_loop)
    search = loop.client.search

    def work(units: int) -> None:
        answers: list[bool] = [False] * units
        waiting = iter(enumerate(vendor.people(units)))

        async def task() -> None:
            for place, row in waiting:
                answers[place] = await search(row)

        loop.tasks(task)
        _check(sum(answers), units)

    return work, loop.close


def _people_on_threads(
    server: Server, client: Callable[[Server, str], BlockingClient]
) -> tuple[Work, Callable[[], None]]:
    token = vendor.token(server)
    # A library that is missing is to be missed here, not in a thread.
    client(server, token).close()
    threads = ThreadPoolExecutor(IN_FLIGHT)
    own = threading.local()
    clients: list[BlockingClient] = []

    def search(row: dict[str, str]) -> bool:
        if not hasattr(own, "client"):
            own.client = client(server, token)
            clients.append(own.client)
        found: bool = own.client.search(row)
        return found

    def work(units: int) -> None:
        answers: Iterator[bool] = threads.map(search, vendor.people(units))
        _check(sum(answers), units)

    def close() -> None:
        threads.shutdown()
        for one in clients:
            one.close()

    return work, close


def _check(found: int, units: int) -> None:
    if found != vendor.hits(units):
        raise vendor.RefusedError(f"{found} people on the list instead of {vendor.hits(units)}")
