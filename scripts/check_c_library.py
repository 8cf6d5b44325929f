"""Checks an installed C library before anybody links to it: what it asks of a system, what it shows, how it is hardened.

check_c_library.py PREFIX"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from elftools.elf.elffile import ELFFile
from portable_elf import dynamic, exported, stripped, system

ROOT = Path(__file__).resolve().parent.parent
SYMBOLS = set((ROOT / "bindings/c/abi/symbols.txt").read_text().split())
SONAME = "libqiancheng.so.1"
NODE = "QIANCHENG_1"


def shared(library: ELFFile) -> Iterator[str]:
    yield from system(library)
    yield from stripped(library)
    if dynamic(library, "DT_SONAME", "soname") != [SONAME]:
        yield f"is not named {SONAME}"
    if set(exported(library)) != SYMBOLS:
        yield f"exports other symbols: {sorted(SYMBOLS.symmetric_difference(exported(library)))}"
    nodes = {
        auxiliary.name
        for _, names in library.get_section_by_name(".gnu.version_d").iter_versions()
        for auxiliary in names
    }
    if NODE not in nodes:
        yield f"has the version nodes {sorted(nodes)}, not {NODE}"


def hardening(library: ELFFile) -> Iterator[str]:
    headers = {one["p_type"]: one for one in library.iter_segments()}
    if "PT_GNU_RELRO" not in headers:
        yield "has no segment that is read-only after relocation"
    if "PT_GNU_STACK" not in headers or headers["PT_GNU_STACK"]["p_flags"] & 1:
        yield "wants a stack that can be executed"
    tags = {one.entry.d_tag: one.entry.d_val for one in library.get_section_by_name(".dynamic").iter_tags()}
    flags = tags.get("DT_FLAGS_1", 0)
    if not flags & 0x1:
        yield "binds symbols late (no -z now)"
    if not flags & 0x8:
        yield "can be unloaded (no -z nodelete)"
    if "DT_TEXTREL" in tags:
        yield "has relocations in its text"
    if "DT_RPATH" in tags or "DT_RUNPATH" in tags:
        yield "looks for libraries in a place of its own"


def static(archive: Path) -> Iterator[str]:
    """Two libraries that Rust is in go into one program only if each keeps its own to itself."""
    command = ["nm", "--extern-only", "--defined-only", "--format=just-symbols", str(archive)]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    shown = {line for line in listed if line and not line.endswith(":")}
    if shown != SYMBOLS:
        yield f"shows other symbols: {sorted(SYMBOLS.symmetric_difference(shown))[:10]}"


def main() -> int:
    lib = Path(sys.argv[1]) / "lib"
    path = (lib / "libqiancheng.so").resolve()
    with path.open("rb") as file:
        library = ELFFile(file)
        faults = [f"{path.name} {fault}" for check in (shared, hardening) for fault in check(library)]
    archive = lib / "libqiancheng.a"
    faults += [f"{archive.name} {fault}" for fault in static(archive)]
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB; {archive.name}: {archive.stat().st_size / 1e6:.2f} MB")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
