"""What type checkers make of code that uses the package: each file of `typing` says what it expects."""

from __future__ import annotations

import importlib.util
import pathlib
import subprocess
import sys

import pytest

TESTS = pathlib.Path(__file__).parent


def checked(*command: str) -> None:
    if importlib.util.find_spec(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed: what type checkers see is not tested here")
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=TESTS, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy_knows_calls_answers_parameters_and_errors() -> None:
    # What it makes of the package itself is checked where everything that the package may use is installed.
    checked("mypy", "--strict", "--follow-imports=silent", "typing")


def test_pyright_knows_calls_answers_parameters_and_errors() -> None:
    checked("pyright", "--pythonpath", sys.executable, "typing")
