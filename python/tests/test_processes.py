"""What a process does with the package: forks and spawns, is interrupted, runs threads, and starts quickly."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from people import LATE, LISTED, PERSON, search

import qiancheng
from qiancheng import Client
from qiancheng.sandbox import Sandbox

# Signals, forks and ends of processes come at a moment of their own.
pytestmark = pytest.mark.races

fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
# Newer Pythons warn of every fork of a process with threads, which is what is tested here.
quiet = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
AT_MOST = 1.0
"""Seconds after a signal. It takes a tenth of that; a busy machine is given time."""


def in_child(work: object) -> int:
    """Run something in a forked child; its exit code."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()  # type: ignore[operator]
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run(program: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=timeout, check=False
    )


@fork
@quiet
def test_a_forked_child_uses_its_parents_client(qiancheng_client: Client) -> None:
    import asyncio

    many = qiancheng_client.blacklist.search_many([LISTED] * 4, concurrency=2)
    next(many)

    def work() -> None:
        assert qiancheng_client.blacklist.search(**LISTED).is_in
        assert all(result.get().is_in for result in qiancheng_client.blacklist.search_many([LISTED] * 20))

    assert qiancheng_client.blacklist.search(**LISTED).is_in
    for _ in range(3):
        assert in_child(work) == 0
    assert qiancheng_client.blacklist.search(**LISTED).is_in
    assert sum(1 for _ in many) == 3
    del asyncio


@fork
@quiet
def test_a_forked_child_starts_a_loop_of_its_own(qiancheng_sandbox: Sandbox) -> None:
    import asyncio

    client = qiancheng_sandbox.async_client()

    def work() -> None:
        assert asyncio.run(client.blacklist.search(**LISTED)).is_in

    work()
    assert in_child(work) == 0
    work()


@fork
@quiet
def test_children_are_forked_while_other_threads_call(qiancheng_client: Client) -> None:
    stop = threading.Event()

    def call() -> None:
        while not stop.is_set():
            qiancheng_client.blacklist.search(**PERSON)

    threads = [threading.Thread(target=call) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        codes = [in_child(lambda: qiancheng_client.blacklist.search(**LISTED)) for _ in range(5)]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert codes == [0] * 5


@quiet
@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_every_way_to_start_processes(qiancheng_sandbox: Sandbox, method: str) -> None:
    search(qiancheng_sandbox.settings)
    context = multiprocessing.get_context(method)
    with context.Pool(2) as pool:
        # A pool waits for ever for a child that could not begin.
        found = pool.map_async(search, [qiancheng_sandbox.settings] * 6).get(timeout=60)
    assert found == [True] * 6


@fork
@quiet
def test_a_server_that_forks_its_workers_after_setting_up(qiancheng_client: Client) -> None:
    qiancheng_client.blacklist.search(**PERSON)  # the application is loaded, and has a token and a connection
    ready, tell = os.pipe()
    workers = []
    for _ in range(3):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                answers = [qiancheng_client.blacklist.search(**LISTED).is_in for _ in range(10)]
                os.write(tell, b"+" if all(answers) else b"-")
                code = 0
            finally:
                os._exit(code)
        workers.append(child)
    assert qiancheng_client.blacklist.search(**LISTED).is_in
    assert [os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) for worker in workers] == [0, 0, 0]
    assert os.read(ready, 10) == b"+++"
    os.close(ready)
    os.close(tell)


INTERRUPTED = """
import os, signal, sys, threading, time
import qiancheng
from qiancheng import Client
from qiancheng.sandbox import Sandbox
person = {person!r}
with Sandbox() as sandbox:
    client = sandbox.client(poll_interval=3600.0)
    client.blacklist.search(**person)
    session = client.telecom.open(**person, service_password="slow_9")
    sandbox.add_faults({{"match": {{"endpoint": "blacklist.search"}}, **{late!r}}})
    sent = [0.0]
    def interrupt():
        time.sleep(0.3)
        sent[0] = time.perf_counter()
        os.kill(os.getpid(), signal.SIGINT)
    threading.Thread(target=interrupt).start()
    try:
        {what}
    except KeyboardInterrupt as error:
        took = time.perf_counter() - sent[0]
        print(took, getattr(error.__cause__, "outcome", "none"))
        sandbox.clear_faults()
        assert not client.blacklist.search(**person).is_in, "the client goes on"
"""


@pytest.mark.parametrize(
    ("what", "outcome"),
    [
        ("client.blacklist.search(**person)", "Unknown"),
        ("list(client.blacklist.search_many([person] * 3))", "Unknown"),
        ("list(session.steps())", "NotSent"),
        ("session.collect()", "NotSent"),
    ],
)
def test_ctrl_c_ends_what_waits(what: str, outcome: str) -> None:
    ended = run(INTERRUPTED.format(person=PERSON, late=LATE, what=what))
    assert ended.returncode == 0, ended.stderr
    took, said = ended.stdout.split()
    print(f"{what}: {float(took) * 1000:.0f} ms after the signal")
    assert float(took) < AT_MOST and said == outcome


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no timers here")
def test_the_handler_of_another_signal_runs_and_the_call_goes_on(
    qiancheng_sandbox: Sandbox, qiancheng_client: Client
) -> None:
    seen: list[int] = []
    qiancheng_client.blacklist.search(**PERSON)
    qiancheng_sandbox.add_faults({"times": 1, "fault": {"kind": "latency", "ms": 400}})
    before = signal.signal(signal.SIGALRM, lambda number, _: seen.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        assert qiancheng_client.blacklist.search(**LISTED).is_in
    finally:
        signal.signal(signal.SIGALRM, before)
    assert seen == [signal.SIGALRM]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no timers here")
def test_what_a_signals_handler_raises_ends_the_call(
    qiancheng_sandbox: Sandbox, qiancheng_client: Client
) -> None:
    qiancheng_sandbox.add_faults(LATE)

    def late(number: int, frame: object) -> None:
        raise LookupError("too late")

    before = signal.signal(signal.SIGALRM, late)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        with pytest.raises(LookupError, match="too late") as caught:
            qiancheng_client.blacklist.search(**PERSON)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert isinstance(caught.value.__cause__, qiancheng.CancelledError)


def test_threads_share_a_client_and_the_lock_is_free_while_they_wait(
    qiancheng_sandbox: Sandbox, qiancheng_client: Client
) -> None:
    qiancheng_client.blacklist.search(**PERSON)
    qiancheng_sandbox.add_faults({"fault": {"kind": "latency", "ms": 200}})
    answers: list[bool] = []
    threads = [
        threading.Thread(target=lambda: answers.append(qiancheng_client.blacklist.search(**LISTED).is_in))
        for _ in range(16)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [True] * 16
    assert time.perf_counter() - began < 16 * 0.2, "they waited at the same time"


LOOKED_AT = """
import json, os, sys
before = set(sys.modules)
import qiancheng
print(json.dumps({
    "threads": len(os.listdir("/proc/self/task")),
    "modules": sorted(set(sys.modules) - before),
}))
"""


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="there is no /proc here")
def test_importing_starts_no_thread_and_loads_nothing_heavy() -> None:
    ended = run(LOOKED_AT)
    assert ended.returncode == 0, ended.stderr
    seen = json.loads(ended.stdout)
    assert seen["threads"] == 1
    heavy = {"asyncio", "typing", "dataclasses", "inspect", "logging", "json", "datetime", "pandas", "numpy"}
    assert not heavy & set(seen["modules"]), heavy & set(seen["modules"])
    own = [name for name in seen["modules"] if not name.startswith("qiancheng")]
    assert len(own) <= 12, own


def test_making_a_call_starts_no_thread() -> None:
    program = f"""
import os
from qiancheng.sandbox import Sandbox
with Sandbox() as sandbox, sandbox.client() as client:
    before = len(os.listdir("/proc/self/task"))
    client.blacklist.search(**{PERSON!r})
    print(len(os.listdir("/proc/self/task")) - before)
"""
    if not os.path.isdir("/proc/self/task"):
        pytest.skip("there is no /proc here")
    assert run(program).stdout.strip() == "0"
