"""What an installation is: where the package comes from, what its import costs, and what it says of itself.

The wheel itself, as a file, is checked by scripts/check_wheel.py before it is installed.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import qiancheng

# Seconds of the processor. An import takes 30 ms at most on a machine with nothing else to do; this one may have a lot,
# and what is installed may be a build for finding faults.
SLOWEST = 0.1

COST = """
import os, sys, time
before = set(sys.modules)
threads = len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else None
started, used = time.perf_counter(), time.process_time()
import qiancheng
took, cost = time.perf_counter() - started, time.process_time() - used
now = len(os.listdir("/proc/self/task")) if threads is not None else None
import json
print(json.dumps({"took": took, "cost": cost, "threads": [threads, now], "modules": sorted(set(sys.modules) - before)}))
"""


def first_import() -> dict[str, Any]:
    """What importing the package costs in a process of its own."""
    run = subprocess.run([sys.executable, "-c", COST], check=True, capture_output=True, text=True)
    report: dict[str, Any] = json.loads(run.stdout)
    return report


def test_the_package_is_the_installed_one() -> None:
    assert "site-packages" in Path(qiancheng.__file__).parts
    native = importlib.util.find_spec("qiancheng._native")
    assert native is not None and native.origin is not None
    assert Path(native.origin).name == "_native.abi3.so"


def test_the_version_is_the_distributions() -> None:
    assert qiancheng.__version__ == importlib.metadata.version("qiancheng")


def test_an_import_is_quick(capsys: pytest.CaptureFixture[str]) -> None:
    first_import()  # Has compiled what is Python, and brought the files into memory.
    imports = [first_import() for _ in range(15)]
    took = statistics.median(one["took"] for one in imports) * 1000
    cost = statistics.median(one["cost"] for one in imports)
    # A number to look at, not only to hold: what is too slow on a quiet machine passes on a busy one.
    with capsys.disabled():
        print(f"\nimport qiancheng: median {took:.1f} ms, {cost * 1000:.1f} ms of the processor")
    assert cost < SLOWEST


def test_an_import_starts_no_thread() -> None:
    before, after = first_import()["threads"]
    assert before == after


def test_an_import_brings_nothing_that_is_not_pythons() -> None:
    brought = {name.partition(".")[0] for name in first_import()["modules"]}
    if sys.version_info >= (3, 10):
        brought -= sys.stdlib_module_names
    assert not brought & {
        "asyncio",
        "IPython",
        "matplotlib",
        "numpy",
        "pandas",
        "polars",
        "pyarrow",
        "pytest",
    }
    if sys.version_info >= (3, 10):
        assert brought == {"qiancheng"}


def test_nothing_is_required() -> None:
    required = importlib.metadata.requires("qiancheng") or []
    assert [requirement for requirement in required if "extra ==" not in requirement] == []
