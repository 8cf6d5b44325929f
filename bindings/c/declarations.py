"""Reads the functions that include/qiancheng.h declares: for the tests that call every one of them, and for the ABI."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

HEADER = Path(__file__).resolve().parents[2] / "include" / "qiancheng.h"


class Parameter(NamedTuple):
    """A parameter: its type without spaces around stars, its name, and what the header says of it."""

    type: str
    name: str
    text: str

    @property
    def is_pointer(self) -> bool:
        return self.type.endswith("*") or self.type.endswith("_callback")

    @property
    def handle(self) -> str | None:
        """The handle's type, for one that goes in."""
        found = re.fullmatch(r"(?:const )?(qc_\w+)\*", self.type)
        return found.group(1) if found else None

    @property
    def may_be_null(self) -> bool:
        return "NULL" in self.text


class Function(NamedTuple):
    """A function, and the types of its parameters."""

    returns: str
    name: str
    parameters: tuple[Parameter, ...]

    @property
    def is_fallible(self) -> bool:
        return self.returns == "qc_status"

    @property
    def declaration(self) -> str:
        parameters = ", ".join(f"{one.type} {one.name}" for one in self.parameters)
        return f"{self.returns} {self.name}({parameters or 'void'})"


DECLARATION = re.compile(
    r"^/\*\*\n(?P<text>(?: \*.*\n)*?) \*/\n"
    r"(?P<returns>[a-z][\w ]*?[ *]+)(?P<name>qc_\w+)\((?P<parameters>[^;]*)\);",
    re.MULTILINE,
)


def functions(header: Path = HEADER) -> list[Function]:
    """Give the functions in the header's order. One that cannot be read is an error, not a gap."""
    text = header.read_text(encoding="utf-8")
    found = [read(match) for match in DECLARATION.finditer(text)]
    without_comments = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    names = re.findall(r"^[a-z].*?\b(qc_\w+)\(", without_comments, re.MULTILINE)
    if [one.name for one in found] != names:
        missed = set(names).symmetric_difference(one.name for one in found)
        raise SystemExit(f"{header.name}: cannot read {sorted(missed) or 'its order'}")
    return found


def read(match: re.Match[str]) -> Function:
    texts = said_of_parameters(match["text"])
    parameters = []
    if match["parameters"].strip() != "void":
        for one in match["parameters"].split(","):
            type_, name = re.fullmatch(r"\s*(.*?)(\w+)\s*", one, re.DOTALL).groups()  # type: ignore[union-attr]
            if name not in texts:
                raise SystemExit(f"{match['name']}: nothing is said of its parameter {name}")
            parameters.append(Parameter(plain(type_), name, texts[name]))
        if [one.name for one in parameters] != list(texts):
            raise SystemExit(f"{match['name']}: its comment has other parameters")
    return Function(plain(match["returns"]), match["name"], tuple(parameters))


def plain(type_: str) -> str:
    return re.sub(r"\s*\*\s*", "*", " ".join(type_.replace("struct ", "").split())).strip()


def said_of_parameters(comment: str) -> dict[str, str]:
    """What a comment says of each parameter, which may take more than one line."""
    lines = "\n".join(line[3:] for line in comment.splitlines())
    said = re.findall(r"^@param (\w+) (.*?)(?=^@|\Z)", lines, re.MULTILINE | re.DOTALL)
    return {name: " ".join(text.split()) for name, text in said}
