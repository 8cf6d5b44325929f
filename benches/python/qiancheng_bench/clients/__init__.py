"""Who is compared: each does the same work with its own means, as careful users would, and checks what came back.

Careful means: one session kept alive, the token kept, a form for a body, the HTTP status and the envelope's code looked
at. Blocking clients have `search()` and `close()`, `search` of a row, too; the others the same as coroutines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class BlockingClient(Protocol):
    """A client for one thread."""

    def search(self, person: Mapping[str, str]) -> bool:
        """Whether this person is on the list."""

    def close(self) -> None:
        """Ends the connections."""


class AsyncClient(Protocol):
    """A client for one event loop."""

    async def search(self, person: Mapping[str, str]) -> bool:
        """Whether this person is on the list."""

    async def close(self) -> None:
        """Ends the connections."""
