"""The machine: which processors a process may use, and what to call it in the results."""

from __future__ import annotations

import os
import platform
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def pinned(core: int) -> Iterator[None]:
    """Keeps this process, with all threads it has and will have, on one processor."""
    before = os.sched_getaffinity(0)
    _keep_to({core})
    try:
        yield
    finally:
        _keep_to(before)


def _keep_to(cores: set[int]) -> None:
    for thread in os.listdir("/proc/self/task"):
        try:
            os.sched_setaffinity(int(thread), cores)
        except ProcessLookupError:
            # It has ended since it was listed.
            continue


def cores() -> list[int]:
    """The processors this process may use."""
    return sorted(os.sched_getaffinity(0))


def processor() -> str:
    """The processor's name, as the kernel gives it."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def kernel() -> str:
    """The kernel's version."""
    return f"{platform.system()} {platform.release()}"
