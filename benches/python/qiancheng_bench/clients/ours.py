"""This package, as its users have it: keywords in, a typed answer out, everything on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qiancheng_bench.server import Server


class Ours:
    """A blocking client."""

    def __init__(self, server: Server, audit_public_key: str | None = None) -> None:
        """Connects with its first call."""
        from qiancheng import Client

        self.client = Client(
            base_url=server.base_url,
            username=server.username,
            password=server.password,
            audit_public_key=audit_public_key,
        )

    def search(self, person: Mapping[str, str]) -> bool:
        """Whether this person is on the list."""
        answer = self.client.blacklist.search(name=person["name"], id_card=person["id_card"], mobile=person["mobile"])
        return answer.is_in is True

    def close(self) -> None:
        """Ends the connections."""
        self.client.close()


class OursAsync:
    """An async client."""

    def __init__(self, server: Server, connections: int) -> None:  # noqa: ARG002
        """To be made on its loop."""
        from qiancheng import AsyncClient

        self.client = AsyncClient(base_url=server.base_url, username=server.username, password=server.password)

    async def search(self, person: Mapping[str, str]) -> bool:
        """Whether this person is on the list."""
        answer = await self.client.blacklist.search(
            name=person["name"], id_card=person["id_card"], mobile=person["mobile"]
        )
        return answer.is_in is True

    async def close(self) -> None:
        """Ends the connections."""
        await self.client.close()


def search_many(ours: Ours, rows: Iterable[Mapping[str, str]], concurrency: int) -> int:
    """How many of these people are on the list."""
    many = ours.client.blacklist.search_many(rows, concurrency=concurrency)
    return sum(result.get().is_in is True for result in many)
