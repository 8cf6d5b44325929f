"""What the tests share."""

from __future__ import annotations

import pytest

pytest_plugins = ["qiancheng.pytest_plugin"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take how often to run what may hold once by luck."""
    parser.addoption(
        "--rounds",
        type=int,
        default=1,
        help="how often to run the tests marked `races`; with `-m races`, only these",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test marked `races` in as many rounds as are asked for."""
    rounds: int = metafunc.config.getoption("--rounds")
    if rounds > 1 and metafunc.definition.get_closest_marker("races"):
        metafunc.fixturenames.append("round_of_it")
        metafunc.parametrize("round_of_it", range(1, rounds + 1), ids=lambda number: f"round {number}")
