"""The command that comes with the package: the same as the binary, in Python's process."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import qiancheng

SCRIPT = [str(Path(sys.executable).parent / "qiancheng")]
MODULE = [sys.executable, "-m", "qiancheng"]
# How long a process that does what it should may take on a busy machine.
PATIENCE = 60


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        command,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def last_error(stderr: str) -> Any:
    """Return the JSON object that a failing command leaves on the last line of stderr."""
    return json.loads(stderr.splitlines()[-1])


@pytest.mark.parametrize("command", [SCRIPT, MODULE], ids=["script", "module"])
def test_it_says_its_version(command: list[str]) -> None:
    done = run(*command, "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"qiancheng {qiancheng.__version__}\n"


def test_it_calls_itself_qiancheng_however_it_is_started() -> None:
    assert "Usage: qiancheng " in run(*MODULE, "--help").stdout


def test_wrong_usage_is_exit_code_2_with_json_on_stderr() -> None:
    done = run(*MODULE, "call")
    assert done.returncode == 2
    assert done.stdout == ""
    assert last_error(done.stderr)["kind"] == "InvalidInput"


def test_a_vendor_who_cannot_be_reached_is_exit_code_3() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
    done = run(
        *MODULE,
        "call",
        "auth.token",
        QIANCHENG_BASE_URL=address,
        QIANCHENG_USERNAME="demo",
        QIANCHENG_PASSWORD="demo-password",
    )
    assert done.returncode == 3
    assert last_error(done.stderr)["kind"] == "Connection"


def test_what_it_prints_reaches_a_pipe() -> None:
    params = json.dumps({"name": "张三", "id_card": "11010519491231002X", "mobile": "13800138000"})
    done = run(*MODULE, "call", "blacklist.search", "--sandbox", "--params", params)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["is_in"] is False


def test_arguments_that_are_no_unicode_are_refused_and_not_lost() -> None:
    done = subprocess.run([*MODULE, "call", b"\xff\xfe"], capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_ctrl_c_ends_a_call_that_gets_no_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        environment = {
            **os.environ,
            "QIANCHENG_BASE_URL": f"http://127.0.0.1:{server.getsockname()[1]}",
            "QIANCHENG_USERNAME": "demo",
            "QIANCHENG_PASSWORD": "demo-password",
        }
        command = [*MODULE, "call", "auth.token"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
            # Whoever has connected is in the middle of the call.
            server.settimeout(PATIENCE)
            connection, _ = server.accept()
            with connection:
                process.send_signal(signal.SIGINT)
                _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 4, said
    assert last_error(said)["kind"] == "Cancelled"
    assert "KeyboardInterrupt" not in said


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_sandbox_cleanly(ending: signal.Signals) -> None:
    command = [*SCRIPT, "sandbox", "--listen", "127.0.0.1:0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stderr is not None
        ready = json.loads(process.stdout.readline())
        assert ready["base_url"].startswith("http://127.0.0.1:")
        process.send_signal(ending)
        assert process.wait(PATIENCE) == 0, process.stderr.read()
