"""What type checkers make of the package, and of code that uses it."""

from __future__ import annotations

import importlib.util
import pathlib
import subprocess
import sys

import pytest

TESTS = pathlib.Path(__file__).parent
PACKAGE = TESTS.parent / "qiancheng"


def checked(*command: str) -> None:
    if importlib.util.find_spec(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed: what type checkers see is not tested here")
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=TESTS.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy_finds_nothing_in_the_package_and_its_uses() -> None:
    checked("mypy", "--strict", str(PACKAGE), str(TESTS / "typing"))


def test_pyright_finds_nothing_in_the_package_and_its_uses() -> None:
    checked("pyright", "--pythonpath", sys.executable, str(PACKAGE), str(TESTS / "typing"))


def test_the_stub_of_the_native_module_is_true() -> None:
    checked("mypy.stubtest", "qiancheng._native")
