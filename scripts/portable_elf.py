"""What a library that is handed out may ask of the system that it meets: glibc 2.17, and nothing that glibc does not bring."""

from __future__ import annotations

import re
from collections.abc import Iterator

from elftools.elf.elffile import ELFFile

GLIBC = (2, 17)
# Of the glibc that the oldest system has. What else is linked to must be brought along.
LIBRARIES = {
    "ld-linux-x86-64.so.2",
    "ld-linux-aarch64.so.1",
    "libc.so.6",
    "libdl.so.2",
    "libm.so.6",
    "libpthread.so.0",
    "libgcc_s.so.1",
    "librt.so.1",
    "libutil.so.1",
}


def system(library: ELFFile) -> Iterator[str]:
    """What it asks for and may not: another library, a newer glibc, an unwinder that is not the system's."""
    needed = set(dynamic(library, "DT_NEEDED", "needed"))
    if needed - LIBRARIES:
        yield f"links to {sorted(needed - LIBRARIES)}"
    # An unwinder of its own crashes when glibc unwinds one of its threads.
    if "libgcc_s.so.1" not in needed:
        yield "does not unwind with libgcc_s"
    versions = library.get_section_by_name(".gnu.version_r")
    asked = [auxiliary.name for _, names in versions.iter_versions() for auxiliary in names] if versions else []
    for name in asked:
        found = re.fullmatch(r"GLIBC_(\d+)\.(\d+)(?:\.\d+)?", name)
        if found and (int(found[1]), int(found[2])) > GLIBC:
            yield f"needs {name}"


def stripped(library: ELFFile) -> Iterator[str]:
    """Whether what only a debugger reads was left out."""
    for section in (".symtab", ".debug_info"):
        if library.get_section_by_name(section) is not None:
            yield f"has the section {section}: it is not stripped"


def exported(library: ELFFile) -> list[str]:
    """What it shows to programs."""
    return [
        symbol.name
        for symbol in library.get_section_by_name(".dynsym").iter_symbols()
        if symbol["st_shndx"] not in ("SHN_UNDEF", "SHN_ABS") and symbol["st_info"]["bind"] in ("STB_GLOBAL", "STB_WEAK")
    ]


def dynamic(library: ELFFile, tag: str, attribute: str) -> list[str]:
    """The texts of a dynamic entry."""
    return [getattr(one, attribute) for one in library.get_section_by_name(".dynamic").iter_tags(tag)]
