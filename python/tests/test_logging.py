"""The log: what it says, and that nobody pays for it who does not listen."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys

import pytest
from people import PERSON

import qiancheng
from qiancheng import Client
from qiancheng.sandbox import Sandbox


def test_a_call_says_what_it_does(
    qiancheng_sandbox: Sandbox, qiancheng_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "qiancheng")
    qiancheng_sandbox.add_faults({"times": 1, "fault": {"kind": "html_502"}})
    qiancheng_client.blacklist.search(**PERSON)
    lines = [(record.name, record.levelname, record.getMessage()) for record in caplog.records]
    assert {name for name, _, _ in lines} == {"qiancheng"}
    said = "\n".join(f"{level} {text}" for _, level, text in lines)
    for words in (
        "DEBUG token fetched",
        "attempt 1, HTTP 502",
        "INFO blacklist.search: attempt 1 failed",
        "done in",
    ):
        assert words in said, said


def test_levels_are_heeded(qiancheng_client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "qiancheng")
    qiancheng_client.blacklist.search(**PERSON)
    assert not caplog.records
    with pytest.raises(qiancheng.InvalidInputError):
        qiancheng_client.call("blacklist.search", {})
    assert "failed" in caplog.text
    caplog.clear()
    caplog.set_level(logging.WARNING, "qiancheng")
    with pytest.raises(qiancheng.InvalidInputError):
        qiancheng_client.call("blacklist.search", {})
    assert not caplog.records


def test_asynchronous_calls_are_heard_too(
    qiancheng_sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "qiancheng")
    asyncio.run(qiancheng_sandbox.async_client().blacklist.search(**PERSON))
    assert "blacklist.search: done" in caplog.text


def test_a_program_without_a_log_is_not_given_one() -> None:
    program = f"""
import sys
from qiancheng.sandbox import Sandbox
with Sandbox() as sandbox, sandbox.client() as client:
    client.blacklist.search(**{PERSON!r})
print("logging" in sys.modules)
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert ended.stdout.strip() == "False"
