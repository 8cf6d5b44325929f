"""Runs what the documents show: every Python block, every shell block of the command's pages, and what they print.

The blocks of a page are one program, run from top to bottom in a process of its own, in an empty directory, against a
sandbox of its own whose account is in the environment. Standard input holds the sandbox's captcha, line after line, for
the blocks that ask a person. A block that is fenced as `text` and directly follows is what the block before it prints,
with `…` for what differs from run to run. The comment `<!-- not run: REASON -->` before a block leaves it out.

Shell blocks run where a page asks for it with `<!-- run the shell blocks -->`.
"""

from __future__ import annotations

import builtins
import contextlib
import dataclasses
import functools
import importlib.metadata
import importlib.util
import io
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CAPTCHAS = "123456\n" * 100
FENCE = re.compile(r"^( *)(```+)(\w*)[^`]*$")
NOT_RUN = re.compile(r"<!-- not run: (.+?) -->")
RUN_SHELL = "<!-- run the shell blocks -->"
# What a reader is told of, but no test can do: each is a decision. A growing number is a smell.
MOST_NOT_RUN = 4
# What tells the blocks of a shell page apart in what they print.
BLOCK_ENDS = "---- a block ends ----"
# Who types it sees the line that says that it is ready; a script has to wait for that.
SANDBOX_STARTS = re.compile(r"^qiancheng sandbox .*&.*\n", re.MULTILINE)
WAITS_FOR_IT = "until (: < /dev/tcp/127.0.0.1/8765) 2>/dev/null; do sleep 0.1; done\n"
# Longest that a page may take.
SECONDS = 120
# How a page's process ends if it shows a library that is not installed.
LIBRARY_MISSING = 77
# A port that the pages name, and that may be taken here.
PORT = "8765"


@dataclasses.dataclass
class Block:
    """A fenced block of a page."""

    language: str
    line: int
    text: str
    prints: str | None = None
    not_run: str | None = None


def documents() -> list[str]:
    """List the pages that may hold blocks, by their names in the repository."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "python").glob("*.md")]
    found += (ROOT / "python/examples").rglob("*.md")
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def blocks(name: str) -> list[Block]:
    """List the fenced blocks of a page, each with what it prints."""
    found: list[Block] = []
    between = ""
    lines = iter(enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), start=1))
    for number, line in lines:
        opening = FENCE.match(line)
        if not opening:
            between += line + "\n"
            continue
        indent, fence, language = opening.groups()
        inside = []
        for _, inner in lines:
            if inner.strip() == fence:
                break
            inside.append(inner.removeprefix(indent))
        text = "".join(line + "\n" for line in inside)
        if language == "text" and found and not between.strip() and found[-1].language in ("python", "sh"):
            found[-1].prints = text
        else:
            reason = NOT_RUN.findall(between)
            found.append(Block(language, number, text, not_run=reason[-1] if reason else None))
        between = ""
    return found


def differs(shown: str, printed: str) -> bool:
    """Tell whether a page shows something else than what was printed."""
    pattern = "".join(".*?" if part == "…" else re.escape(part) for part in re.split("(…)", shown.strip()))
    return not re.fullmatch(
        pattern, "\n".join(line.rstrip() for line in printed.strip().splitlines()), re.DOTALL
    )


def with_language(name: str, language: str) -> list[Block]:
    """List the blocks of a page to run in one language."""
    return [block for block in blocks(name) if block.language == language and not block.not_run]


def pages_with(language: str) -> list[str]:
    """List the pages that hold blocks to run in one language."""
    return [name for name in documents() if with_language(name, language)]


def shell_pages() -> list[str]:
    """List the pages whose shell blocks run."""
    return [name for name in pages_with("sh") if RUN_SHELL in (ROOT / name).read_text(encoding="utf-8")]


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Give the environment of someone with an account, that of a sandbox which nobody else uses."""
    sandbox = importlib.import_module("qiancheng.sandbox")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("QIANCHENG_")}
    with sandbox.Sandbox() as running:
        yield {
            **clean,
            "QIANCHENG_BASE_URL": running.base_url,
            "QIANCHENG_USERNAME": running.username,
            "QIANCHENG_PASSWORD": running.password,
            "QIANCHENG_AUDIT_PUBLIC_KEY": running.audit_public_key,
            "MPLBACKEND": "Agg",
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        }


def run(command: list[str], environment: dict[str, str], folder: Path) -> str:
    """Run a program with everything that it starts, and give what it printed; fail if it does."""
    with subprocess.Popen(
        command,
        env=environment,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        try:
            printed, _ = process.communicate(CAPTCHAS, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            pytest.fail(f"still running after {SECONDS} s:\n{process.communicate()[0]}")
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode == LIBRARY_MISSING:
        pytest.skip(printed.splitlines()[-1])
    assert process.returncode == 0, printed
    return printed


@pytest.mark.parametrize("name", pages_with("python"))
def test_the_python_blocks_of_a_page_run(name: str, environment: dict[str, str], tmp_path: Path) -> None:
    """Each page does what it says, and prints what it shows."""
    run([sys.executable, __file__, name], environment, tmp_path)


def pages_with_tests() -> list[str]:
    """List the pages that show tests for pytest."""
    return [
        name
        for name in pages_with("python")
        if any("\ndef test_" in block.text for block in with_language(name, "python"))
    ]


@pytest.mark.parametrize("name", pages_with_tests())
def test_the_tests_that_a_page_shows_pass(name: str, environment: dict[str, str], tmp_path: Path) -> None:
    """What is shown as a test is one, with the fixtures that are installed with the package."""
    shown = [block.text for block in with_language(name, "python") if "\ndef test_" in block.text]
    (tmp_path / "test_page.py").write_text("".join(shown), encoding="utf-8")
    # From an installed wheel pytest finds them by itself.
    found = [
        each for distribution in importlib.metadata.distributions() for each in distribution.entry_points
    ]
    installed = any(each.group == "pytest11" and each.value.startswith("qiancheng") for each in found)
    plugin = [] if installed else ["-p", "qiancheng.pytest_plugin"]
    printed = run([sys.executable, "-m", "pytest", "-q", *plugin, "test_page.py"], environment, tmp_path)
    assert f"{''.join(shown).count('def test_')} passed" in printed


@pytest.mark.parametrize("name", shell_pages())
def test_the_shell_blocks_of_a_page_run(name: str, environment: dict[str, str], tmp_path: Path) -> None:
    """Each command succeeds, and prints what the page shows."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = tmp_path / "qiancheng"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m qiancheng "$@"\n')
    command.chmod(0o755)
    chosen = with_language(name, "sh")
    # One script, for a block may stand on what an earlier one exported or started.
    script = f"set -e\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\nends() {{ echo '{BLOCK_ENDS}'; }}\n"
    for block in chosen:
        script += SANDBOX_STARTS.sub(r"\g<0>" + WAITS_FOR_IT, block.text) + "ends\n"
    printed = run(["bash", "-c", script.replace(PORT, port)], environment, tmp_path).split(f"{BLOCK_ENDS}\n")
    for block, shown in zip(chosen, printed):
        if block.prints is not None and differs(block.prints.replace(PORT, port), shown):
            pytest.fail(f"{name}:{block.line} shows\n{block.prints}\nand prints\n{shown}")


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy is not installed")
def test_the_python_blocks_are_well_typed(tmp_path: Path) -> None:
    """What the pages show passes `mypy --strict`."""
    for name in pages_with("python"):
        program = "".join(f"# {name}:{block.line}\n{block.text}" for block in with_language(name, "python"))
        (tmp_path / (re.sub(r"\W", "_", name) + ".py")).write_text(program, encoding="utf-8")
    options = [
        "--strict",
        "--no-error-summary",
        "--allow-untyped-decorators",
        "--cache-dir",
        str(tmp_path / "cache"),
    ]
    command = [sys.executable, "-m", "mypy", *options, "--scripts-are-modules"]
    faults = []
    for written in sorted(tmp_path.glob("*.py")):
        checked = subprocess.run(
            [*command, str(written)], capture_output=True, text=True, check=False, cwd=tmp_path
        )
        faults += checked.stdout.splitlines() if checked.returncode else []
    assert not faults, "\n".join(faults)


def test_hardly_any_block_is_left_out() -> None:
    """A block that is not run may lie."""
    left_out = [
        f"{name}:{block.line}: {block.not_run}"
        for name in documents()
        for block in blocks(name)
        if block.not_run
    ]
    assert len(left_out) <= MOST_NOT_RUN, "\n".join(left_out)


def test_a_wrong_page_would_be_noticed() -> None:
    """The comparison is not so lenient that it proves nothing."""
    assert not differs("one …\nthree", "one two  \nthree\n")
    assert differs("one", "two")
    assert differs("one\nthree", "one\ntwo\nthree")
    assert differs("", "something")


def hurry() -> None:
    """Have clients poll without the pauses that the vendor's sessions need."""
    import qiancheng

    for client in (qiancheng.Client, qiancheng.AsyncClient):
        make: Any = client.__init__
        client.__init__ = functools.partialmethod(make, poll_interval=0.02)  # type: ignore[assignment,method-assign]


def typed(prompt: str = "") -> str:
    """Read a line as `input` does, and show it as a terminal would."""
    line = sys.stdin.readline().rstrip("\n")
    print(prompt + line)
    return line


def run_page(name: str) -> int:
    """Run the blocks of a page in this process, and compare what they print."""
    hurry()
    builtins.input = typed  # type: ignore[assignment]
    namespace: dict[str, object] = {"__name__": "__main__"}
    for block in with_language(name, "python"):
        printed = io.StringIO()
        # Empty lines in front, so that a traceback names the line of the page.
        code = compile("\n" * block.line + block.text, str(ROOT / name), "exec")
        try:
            with contextlib.redirect_stdout(printed):
                exec(code, namespace)
        except ImportError as error:
            if error.name is None or error.name.startswith("qiancheng"):
                raise
            print(f"{name}:{block.line}: {error}")
            return LIBRARY_MISSING
        print(printed.getvalue(), end="", flush=True)
        if block.prints is not None and differs(block.prints, printed.getvalue()):
            print(f"{name}:{block.line} shows\n{block.prints}\nand prints\n{printed.getvalue()}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(run_page(sys.argv[1]))
