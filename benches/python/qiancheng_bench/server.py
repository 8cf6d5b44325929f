"""The other side: the sandbox, or a server that swallows audits, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qiancheng_bench import machine
from qiancheng_bench.harness import AbsentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qiancheng_bench.plan import Plan

_ROOT = Path(__file__).resolve().parents[3]
#: Few: the sandbox keeps what it was asked, and the bench asks a lot.
_JOURNAL_ENTRIES = 100


@dataclass(frozen=True)
class Server:
    """Where a server is, and whom it knows."""

    base_url: str
    username: str
    password: str
    audit_public_key: str

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        host, _, port = self.base_url.rpartition("/")[2].rpartition(":")
        return host, int(port)


def sandbox_command(plan: Plan) -> Path:
    """The command that plays the vendor: as given, as built beside this, or as installed."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", _ROOT / "target"))
    candidates = [plan.sandbox, target / "release" / "qiancheng", Path(sys.executable).parent / "qiancheng"]
    for candidate in candidates:
        if candidate is not None and candidate.is_file():
            return candidate
    raise AbsentError("no sandbox; build it: cargo build --release -p qiancheng-cli, or give --sandbox FILE")


@contextmanager
def sandbox(plan: Plan, core: int | None = None) -> Iterator[Server]:
    """A sandbox, on one processor if that is wanted."""
    command = [str(sandbox_command(plan)), "sandbox", "--listen", "127.0.0.1:0"]
    with _started([*command, "--journal-entries", str(_JOURNAL_ENTRIES)], core) as server:
        yield server


@contextmanager
def sink(core: int | None, audit_public_key: str) -> Iterator[Server]:
    """A server that takes audits and decrypts none: the sandbox would be at it for far longer than any client."""
    here = Path(__file__).resolve().parents[1]
    with _started([sys.executable, "-m", "qiancheng_bench.sink", audit_public_key], core, here) as server:
        yield server


@contextmanager
def _started(command: Sequence[str], core: int | None, folder: Path | None = None) -> Iterator[Server]:
    with nullcontext() if core is None else machine.pinned(core):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=folder)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"the server did not start: {' '.join(command)}")
        said = json.loads(line)
        yield Server(**{name: said[name] for name in Server.__dataclass_fields__})
    finally:
        process.kill()
        process.wait()
