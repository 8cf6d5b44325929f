#!/usr/bin/env python3
"""Compiles every block of C and C++ in the pages, and compares those that are said to be from an example with it.

A block is a file of its own if it includes something; else what is in it are functions, or statements if the comment
`<!-- statements -->` stands before it, for which these are there: `client`, `options`, `session`, `answer`, `error`.
`<!-- from FILE -->` before a block: it is in that file as it is; `<!-- the whole of FILE -->`: it is all of it.

check_documents.py C-COMPILER C++-COMPILER INCLUDE-DIRECTORY
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror", "-fsyntax-only"]
BLOCK = re.compile(r"(?:<!-- (?P<note>[^\n]+?) -->\n)?^```(?P<language>c|cpp)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
FROM = re.compile(r"(from|the whole of) (\S+)")

C_HEAD = "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <qiancheng.h>\n"
C_UNUSED = ["-Wno-unused-function", "-Wno-unused-parameter", "-Wno-unused-variable"]
CPP_HEAD = "#include <chrono>\n#include <cstdio>\n#include <iostream>\n#include <string>\n#include <thread>\n#include <qiancheng.hpp>\n"
C_STATEMENTS = (
    "void block(qc_client *client, qc_options *options, qc_session *session, qc_answer *answer, qc_error *error);\n"
    "void block(qc_client *client, qc_options *options, qc_session *session, qc_answer *answer, qc_error *error)\n{{\n{}}}\n"
)
CPP_STATEMENTS = (
    "void block(const qiancheng::Client& client, qiancheng::Options& options, const qiancheng::Session& session);\n"
    "void block(const qiancheng::Client& client, qiancheng::Options& options, const qiancheng::Session& session) {{\n{}}}\n"
)


def compiled(language: str, note: str, text: str) -> str:
    """What the compiler says of a block."""
    compilers = {"c": [sys.argv[1], "-std=c99", "-xc"], "cpp": [sys.argv[2], "-std=c++11", "-xc++"]}
    command = [*compilers[language], *STRICT, "-I", sys.argv[3]]
    if note == "without exceptions":
        command.append("-fno-exceptions")
    if "#include" not in text:
        if note in ("statements", "without exceptions"):
            text = (C_STATEMENTS if language == "c" else CPP_STATEMENTS).format(text)
        text = (C_HEAD if language == "c" else CPP_HEAD) + text
        command += C_UNUSED
    return subprocess.run([*command, "-"], input=text.encode(), stderr=subprocess.PIPE, check=False).stderr.decode()


def faults(page: Path) -> Iterator[str]:
    """What is wrong with a page."""
    text = page.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        where = f"{page.relative_to(ROOT)}:{text.count(chr(10), 0, block.start('text'))}"
        origin = FROM.fullmatch(block["note"] or "")
        if origin:
            shown, there = block["text"], (ROOT / origin[2]).read_text(encoding="utf-8")
            if shown != there if origin[1] == "the whole of" else shown not in there:
                yield f"{where}: this is not what {origin[2]} has"
        else:
            said = compiled(block["language"], block["note"] or "", block["text"])
            if said:
                yield f"{where}:\n{said}"


def main() -> int:
    """Checks all pages; the status for the shell."""
    count = sum(len(BLOCK.findall(page.read_text(encoding="utf-8"))) for page in PAGES)
    found = [fault for page in PAGES for fault in faults(page)]
    print("\n".join(found) or f"{count} blocks of C and C++ are what they say they are")
    # A pattern that finds nothing would find nothing wrong.
    return 1 if found or count < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
