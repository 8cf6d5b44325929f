"""Tells how a collection goes to whoever sits before it: one line that changes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from qiancheng._display import _parts

if TYPE_CHECKING:
    from typing import Any


class InNotebook:
    """One output that is updated in place."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._handle: Any = None

    def __call__(self, step: Any) -> None:
        from IPython.display import display

        bundle = {"text/plain": _line(self._session, step), "text/html": _parts.session(self._session, step)}
        if self._handle is None:
            self._handle = display(bundle, raw=True, display_id=True)
        else:
            self._handle.update(bundle, raw=True)


class AtTerminal:
    """A line for each step that says something new; a question that is asked next stands below it."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._said = ""

    def __call__(self, step: Any) -> None:
        line = _line(self._session, step)
        if line != self._said:
            print(line, file=sys.stderr, flush=True)
            self._said = line


def _line(session: Any, step: Any) -> str:
    return f"{session.kind}: {_parts.stands(step)}"
