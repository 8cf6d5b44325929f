"""Calls from asyncio: concurrent, cancelled, from several loops, under other loops, at the end of the process."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import threading
import time
import weakref

import pytest
from people import LATE, LISTED, PERSON

import qiancheng
from qiancheng.sandbox import Sandbox


async def until(what: str, holds: object) -> None:
    """Wait for something that comes about elsewhere."""
    for _ in range(3000):
        if holds():  # type: ignore[operator]
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"in vain: {what}")


def test_calls_run_at_the_same_time(qiancheng_sandbox: Sandbox) -> None:
    async def many() -> list[bool]:
        client = qiancheng_sandbox.async_client()
        answers = await asyncio.gather(
            *(client.blacklist.search(**(LISTED if number % 2 else PERSON)) for number in range(100))
        )
        return [answer.is_in for answer in answers]

    assert asyncio.run(many()) == [number % 2 == 1 for number in range(100)]


def test_errors_are_raised_where_they_are_awaited(qiancheng_sandbox: Sandbox) -> None:
    async def fail() -> None:
        client = qiancheng_sandbox.async_client()
        with pytest.raises(qiancheng.InvalidInputError):
            await client.blacklist.search(**{**PERSON, "mobile": "12"})
        with pytest.raises(TypeError, match="/name"):
            await client.call("blacklist.search", {"name": object()})
        with pytest.raises(qiancheng.SessionError):
            await client.resume("qcs1.x", bytes(32)).poll()
        gathered = await asyncio.gather(
            client.call("blacklist.search", {}),
            client.call("blacklist.search", PERSON),
            return_exceptions=True,
        )
        assert isinstance(gathered[0], qiancheng.InvalidInputError)
        assert not isinstance(gathered[1], BaseException) and gathered[1]["is_in"] is False

    asyncio.run(fail())


@pytest.mark.races
def test_a_cancelled_task_ends_its_call(qiancheng_sandbox: Sandbox) -> None:
    async def cancel() -> None:
        client = qiancheng_sandbox.async_client()
        await client.blacklist.search(**PERSON)
        qiancheng_sandbox.add_faults(LATE)
        task = asyncio.ensure_future(client.blacklist.search(**PERSON))
        await until(
            "the call arrives",
            lambda: (
                sum(entry["endpoint"] == "blacklist.search" for entry in qiancheng_sandbox.journal()) == 2
            ),
        )
        task.cancel()
        began = time.perf_counter()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert time.perf_counter() - began < 1
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(client.blacklist.search(**PERSON), 0.05)
        qiancheng_sandbox.clear_faults()
        assert not (await client.blacklist.search(**PERSON)).is_in

    asyncio.run(cancel())


@pytest.mark.races
def test_one_client_serves_several_loops_in_several_threads(qiancheng_sandbox: Sandbox) -> None:
    client = qiancheng_sandbox.async_client()
    failures: list[BaseException] = []

    async def work() -> None:
        for _ in range(5):
            answers = await asyncio.gather(*(client.blacklist.search(**LISTED) for _ in range(5)))
            assert all(answer.is_in for answer in answers)

    def run() -> None:
        try:
            for _ in range(3):
                asyncio.run(work())
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_a_loop_that_ended_is_not_kept(qiancheng_sandbox: Sandbox) -> None:
    client = qiancheng_sandbox.async_client()
    loop = asyncio.new_event_loop()
    loop.run_until_complete(client.blacklist.search(**PERSON))
    loop.close()
    gone = weakref.ref(loop)
    del loop
    gc.collect()
    assert gone() is None


@pytest.mark.races
def test_a_loop_that_is_closed_with_a_call_under_way(qiancheng_sandbox: Sandbox) -> None:
    client = qiancheng_sandbox.async_client()
    qiancheng_sandbox.add_faults({"fault": {"kind": "latency", "ms": 100}})
    loop = asyncio.new_event_loop()
    task = loop.create_task(client.blacklist.search(**PERSON))
    loop.run_until_complete(asyncio.sleep(0.02))
    task.cancel()
    loop.close()
    qiancheng_sandbox.clear_faults()
    assert asyncio.run(client.blacklist.search(**PERSON)).is_in is False


@pytest.mark.races
def test_under_uvloop(qiancheng_sandbox: Sandbox) -> None:
    uvloop = pytest.importorskip("uvloop")
    client = qiancheng_sandbox.async_client()

    async def work() -> None:
        assert all(
            answer.is_in
            for answer in await asyncio.gather(*(client.blacklist.search(**LISTED) for _ in range(50)))
        )
        with pytest.raises(asyncio.TimeoutError):
            qiancheng_sandbox.add_faults(LATE)
            await asyncio.wait_for(client.blacklist.search(**PERSON), 0.1)

    for _ in range(2):
        loop = uvloop.new_event_loop()
        loop.run_until_complete(work())
        loop.close()
        qiancheng_sandbox.clear_faults()


def test_a_loop_that_watches_no_sockets(qiancheng_sandbox: Sandbox) -> None:
    class Blind(asyncio.SelectorEventLoop):
        def add_reader(self, *_: object) -> None:
            raise NotImplementedError

        def _add_reader(self, fd: object, callback: object, *args: object) -> object:
            return super()._add_reader(fd, callback, *args)  # type: ignore[misc]

    loop = Blind()
    client = qiancheng_sandbox.async_client()
    try:
        assert loop.run_until_complete(client.blacklist.search(**LISTED)).is_in
    finally:
        loop.close()


@pytest.mark.races
@pytest.mark.parametrize("ending", ["pass", "sys.exit(0)", "raise SystemExit(0)", "loop.close()"])
def test_a_process_ends_with_calls_under_way(qiancheng_sandbox: Sandbox, ending: str) -> None:
    qiancheng_sandbox.add_faults(LATE)
    program = f"""
import asyncio, sys, threading
from qiancheng import AsyncClient, Client
settings = {qiancheng_sandbox.settings!r}
person = {PERSON!r}
threading.Thread(target=lambda: Client(**settings).blacklist.search(**person), daemon=True).start()
loop = asyncio.new_event_loop()
client = AsyncClient(**settings)
tasks = [loop.create_task(client.blacklist.search(**person)) for _ in range(3)]
results = Client(**settings).blacklist.search_many([person] * 3)
threading.Thread(target=lambda: next(results), daemon=True).start()
loop.run_until_complete(asyncio.sleep(0.2))
{ending}
"""
    # Several beside each other: an end is quick, and a crash in it a matter of who comes first.
    command = [sys.executable, "-c", program]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(8)
    ]
    for process in started:
        _, stderr = process.communicate(timeout=60)
        assert process.returncode == 0, stderr
        for word in ("Traceback", "Fatal", "panicked"):
            noise = stderr.replace("Task was destroyed but it is pending!", "")
            assert word not in noise, stderr
