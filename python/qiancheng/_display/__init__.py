"""How things look in a notebook and at a terminal: masked, escaped, and without anything from the network.

Nothing here is imported before something is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiancheng._display import _html, _parts

if TYPE_CHECKING:
    from collections.abc import Container
    from typing import Any

__all__ = ["Shown", "mimebundle", "show_table"]


def mimebundle(
    shown: object, include: Container[str] | None = None, exclude: Container[str] | None = None
) -> dict[str, str]:
    """Give what a notebook shows of a thing: its ``repr`` and HTML, both masked."""
    bundle = {"text/plain": repr(shown), "text/html": _parts.html(shown)}
    return {
        kind: text
        for kind, text in bundle.items()
        if (include is None or kind in include) and (exclude is None or kind not in exclude)
    }


class Shown:
    """A table as it is to be seen: text at a terminal, HTML in a notebook."""

    __slots__ = ("_reveal", "_rows", "_table")

    def __init__(self, table: Any, rows: int, reveal: bool) -> None:
        """Take what is shown of which table."""
        self._table = table
        self._rows = rows
        self._reveal = reveal

    def __repr__(self) -> str:
        """Show the rows as text, in columns."""
        from qiancheng._display import _text

        return _text.table(*_parts.cells(self._table, self._rows, self._reveal))

    def _repr_html_(self) -> str:
        return _parts.table(self._table, self._rows, self._reveal)


def show_table(table: Any, rows: int, reveal: bool) -> Shown:
    """Make what :meth:`qiancheng.tables.Table.show` gives."""
    if rows < 0:
        raise ValueError(f"rows must be 0 or more, not {rows}")
    return Shown(table, rows, reveal)


escape = _html.escape
