"""Tables as text. Chinese characters take two columns of a terminal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDEST = 28


def width(text: str) -> int:
    """Say how many columns a text takes."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in text
    )


def table(
    head: Sequence[tuple[str, str]], rows: Sequence[Sequence[str | None]], numbers: Sequence[bool], note: str
) -> str:
    """Lay a table out: names, a line, the rows, and a remark below."""
    cells = [[_cut(name) for name, _ in head]]
    cells += [["–" if value is None else _cut(_plain(value)) for value in row] for row in rows]
    widths = [max(width(row[place]) for row in cells) for place in range(len(head))]
    lines = ["  ".join(_pad(*cell) for cell in zip(row, widths, numbers)).rstrip() for row in cells]
    lines.insert(1, "  ".join("─" * one for one in widths))
    return "\n".join([*lines, note])


def _plain(text: str) -> str:
    """Take out what would move the cursor or change the terminal."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


def _cut(text: str) -> str:
    if width(text) <= _WIDEST:
        return text
    kept = ""
    for one in text:
        if width(kept + one) > _WIDEST - 1:
            break
        kept += one
    return kept + "…"


def _pad(text: str, wide: int, number: bool) -> str:
    space = " " * (wide - width(text))
    return space + text if number else text + space
