"""The few pieces of HTML that everything is shown with. Their colours follow the notebook's, light or dark."""

from __future__ import annotations

import html as standard
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FAINT = "color:inherit;opacity:.62"
_CELL = "padding:.2em .7em;text-align:left;vertical-align:top;white-space:nowrap;border:0"
_LINE = "border-bottom:1px solid rgba(128,128,128,.28)"


def escape(text: object) -> str:
    """Make text that shows as it is, whatever is in it."""
    return standard.escape(str(text), quote=True)


def block(*parts: str) -> str:
    """Put parts below each other."""
    return f'<div style="line-height:1.5;max-width:100%;overflow-x:auto">{"".join(parts)}</div>'


def heading(title: str, note: str = "") -> str:
    """Give a title, and what is to be said beside it."""
    beside = f' <span style="{_FAINT}">{escape(note)}</span>' if note else ""
    return f'<div style="margin:.2em 0 .4em"><b>{escape(title)}</b>{beside}</div>'


def faint(text: str) -> str:
    """Give a remark."""
    return f'<div style="{_FAINT};font-size:.92em;margin:.3em 0">{escape(text)}</div>'


def grid(
    head: Sequence[tuple[str, str]], rows: Iterable[Sequence[object]], numbers: Sequence[bool] = ()
) -> str:
    """Give a table: for each column its name and what hovers over it; for each row its cells as text, None for nothing."""
    right = [*numbers, *[False] * (len(head) - len(numbers))]
    titles = "".join(
        f'<th title="{escape(said)}" style="{_CELL};{_LINE}{_side(number)}">{escape(name)}</th>'
        for (name, said), number in zip(head, right)
    )
    body = "".join(
        f'<tr style="background:none">{"".join(_cell(value, number) for value, number in zip(row, right))}</tr>'
        for row in rows
    )
    return (
        '<table style="border-collapse:collapse;border:0;margin:.2em 0;font-variant-numeric:tabular-nums">'
        f'<thead><tr style="background:none">{titles}</tr></thead><tbody>{body}</tbody></table>'
    )


def _side(number: bool) -> str:
    return ";text-align:right" if number else ""


def _cell(value: object, number: bool) -> str:
    if value is None:
        return f'<td style="{_CELL}{_side(number)};{_FAINT}">–</td>'
    return f'<td style="{_CELL}{_side(number)}">{escape(value)}</td>'


def facts(pairs: Iterable[tuple[str, object]]) -> str:
    """Give names and values, a pair a line; values as text, None for nothing."""
    rows = "".join(
        f'<tr style="background:none"><th style="{_CELL};{_FAINT};font-weight:normal">{escape(name)}</th>{_cell(value, False)}</tr>'
        for name, value in pairs
    )
    return f'<table style="border-collapse:collapse;border:0;margin:.2em 0"><tbody>{rows}</tbody></table>'


def picture(image: bytes, mime: str) -> str:
    """Give a picture, its bytes in the page. Types that a browser could run are not shown."""
    if mime not in ("image/png", "image/jpeg", "image/gif", "image/bmp", "image/webp"):
        return faint(f"a picture of {len(image)} bytes that is not shown ({mime})")
    from base64 import b64encode

    # On white: captchas are drawn for light pages.
    return (
        f'<img alt="captcha" src="data:{mime};base64,{b64encode(image).decode()}" '
        'style="background:#fff;padding:4px;border-radius:3px;min-height:3em;image-rendering:auto">'
    )
