"""Lets the site show docstrings as they are written: roles of reStructuredText and doctests become Markdown.

Loaded by the site's API reference, which reads the package's sources."""

from __future__ import annotations

import re
from typing import Any

import griffe

ROLE = re.compile(r":(?:class|func|meth|mod|attr|data|exc):`~?\.?([^`]+)`")
RULE = re.compile(r"=+( +=+)+")


def as_markdown(text: str) -> str:
    """The same docstring in Markdown."""
    blocks = ROLE.sub(r"`\1`", text).split("\n\n")
    return "\n\n".join(map(_block, blocks))


def _block(block: str) -> str:
    lines = block.split("\n")
    if lines[0].startswith(">>> "):
        return f"```pycon\n{block}\n```"
    if RULE.fullmatch(lines[0]):
        return _table(lines)
    return block


def _table(lines: list[str]) -> str:
    """A table between rules of equals signs, whose columns the first rule says."""
    columns = [(found.start(), found.end()) for found in re.finditer("=+", lines[0])]
    last = columns[-1][0]
    rows = []
    for line in lines:
        if not RULE.fullmatch(line):
            cells = [line[start:end] for start, end in columns[:-1]] + [line[last:]]
            rows.append("| " + " | ".join(cell.strip() for cell in cells) + " |")
    return "\n".join([rows[0], "|" + "---|" * len(columns), *rows[1:]])


class Docstrings(griffe.Extension):
    """Turns every docstring that is read."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Turn an object's docstring when it has been read."""
        if obj.docstring:
            obj.docstring.value = as_markdown(obj.docstring.value)
