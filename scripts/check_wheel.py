"""Checks a wheel of the Python package before anybody installs it: its tags, size, contents, metadata and symbols.

check_wheel.py WHEEL               a wheel that is released
check_wheel.py --contents WHEEL    one for this machine alone: not its platform and its size"""

from __future__ import annotations

import argparse
import configparser
import email
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

from elftools.elf.elffile import ELFFile
from portable_elf import exported, stripped, system

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "python/qiancheng"
LARGEST = 6_000_000
NATIVE = "qiancheng/_native.abi3.so"
ENTRY_POINTS = {
    "console_scripts": "qiancheng.__main__:main",
    "pytest11": "qiancheng.pytest_plugin",
}


class Wheel:
    """A wheel, opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.archive = zipfile.ZipFile(path)
        self.names = self.archive.namelist()
        self.info = next(
            name.split("/")[0]
            for name in self.names
            if name.endswith(".dist-info/METADATA")
        )

    def text(self, name: str) -> str:
        return self.archive.read(f"{self.info}/{name}").decode()

    def metadata(self) -> Message:
        return email.message_from_string(self.text("METADATA"))


def version() -> str:
    found = re.search(
        r'^\[workspace\.package\]\nversion = "(.+)"',
        (ROOT / "Cargo.toml").read_text(),
        re.MULTILINE,
    )
    if found is None:
        raise SystemExit("Cargo.toml names no version")
    return found.group(1)


def platform(wheel: Wheel) -> Iterator[str]:
    """Whether its name says that it runs on every glibc from 2.17 on, and auditwheel finds that true."""
    *_, python, abi, tags = wheel.path.stem.split("-")
    if (python, abi) != ("cp39", "abi3"):
        yield f"is for {python}-{abi}, not for cp39-abi3"
    if not any(tag.startswith("manylinux_2_17_") for tag in tags.split(".")):
        yield f"is for {tags}, not for manylinux_2_17"
    command = [sys.executable, "-m", "auditwheel", "show", str(wheel.path)]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    consistent = re.search(
        r'consistent with\s+the\s+following\s+platform\s+tag:\s+"(\w+)"', shown
    )
    found = consistent.group(1) if consistent else "nothing"
    if not re.match(r"manylinux_2_(5|12|17)_", found):
        yield f"auditwheel finds it fit for {found}: {' '.join(shown.split())}"


def size(wheel: Wheel) -> Iterator[str]:
    """Whether it is small enough."""
    found = wheel.path.stat().st_size
    native = wheel.archive.getinfo(NATIVE)
    print(
        f"{wheel.path.name}: {found / 1e6:.2f} MB of at most {LARGEST / 1e6:.0f}; "
        f"the native half is {native.compress_size / 1e6:.2f} MB, unpacked {native.file_size / 1e6:.2f}"
    )
    if found > LARGEST:
        yield f"has {found} bytes, more than {LARGEST}"


def contents(wheel: Wheel) -> Iterator[str]:
    """Whether everything of the package is in it, and nothing else."""
    here = {
        f"qiancheng/{path.relative_to(PACKAGE)}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix not in {".pyc", ".so"}
    }
    expected = (
        here
        | {NATIVE}
        | {
            f"{wheel.info}/{name}"
            for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt")
        }
    )
    expected |= {f"{wheel.info}/licenses/LICENSE-{name}" for name in ("APACHE", "MIT")}
    # The bill of what is compiled in.
    found = {
        name
        for name in wheel.names
        if not name.startswith(f"{wheel.info}/sboms/") and not name.endswith("/")
    }
    for name in sorted(expected - found):
        yield f"lacks {name}"
    for name in sorted(found - expected):
        yield f"has {name}, which is not of the package"
    if "qiancheng/py.typed" not in found:
        yield "lacks py.typed, so that its types are nobody's"
    for name in ("LICENSE-APACHE", "LICENSE-MIT"):
        file = f"licenses/{name}"
        if (
            f"{wheel.info}/{file}" in found
            and wheel.text(file) != (ROOT / name).read_text()
        ):
            yield f"has another {name}"


def metadata(wheel: Wheel) -> Iterator[str]:
    """Whether an index and an installer find what they want to know."""
    given = wheel.metadata()
    wanted = {
        "Name": "qiancheng",
        "Version": version(),
        "Requires-Python": ">=3.9",
        "License-Expression": "MIT OR Apache-2.0",
    }
    for name, value in wanted.items():
        if given[name] != value:
            yield f"{name} is {given[name]!r}, not {value!r}"
    for name in ("Summary", "Description-Content-Type", "Classifier", "Keywords"):
        if not given[name]:
            yield f"says no {name}"
    if len(str(given.get_payload())) < 500:
        yield "has no description worth the name"
    for requirement in given.get_all("Requires-Dist", []):
        if "extra ==" not in requirement:
            yield f"requires {requirement}, though nothing is required"
    extras = set(given.get_all("Provides-Extra", []))
    if not extras >= {"pandas", "polars", "notebook"}:
        yield f"has the extras {sorted(extras)} only"
    entries = configparser.ConfigParser(delimiters=("=",))
    entries.read_string(wheel.text("entry_points.txt"))
    for group, object_named in ENTRY_POINTS.items():
        if object_named not in (
            dict(entries[group]).values() if group in entries else ()
        ):
            yield f"lacks an entry point for {object_named} in {group}"


def symbols(wheel: Wheel) -> Iterator[str]:
    """Whether the native half asks for no newer glibc, no other library, and shows Python one function only."""
    native = ELFFile(io.BytesIO(wheel.archive.read(NATIVE)))
    yield from stripped(native)
    yield from system(native)
    if exported(native) != ["PyInit__native"]:
        yield f"exports {exported(native)}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--contents", action="store_true", help="leave platform and size alone"
    )
    parser.add_argument("wheel", type=Path)
    arguments = parser.parse_args()
    wheel = Wheel(arguments.wheel)
    checks = [contents, metadata]
    if not arguments.contents:
        checks += [platform, size, symbols]
    faults = [fault for check in checks for fault in check(wheel)]
    for fault in faults:
        print(f"{wheel.path.name} {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
