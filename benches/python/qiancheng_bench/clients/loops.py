"""Clients for an event loop: `aiohttp`, `httpx`, `niquests`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiancheng_bench import vendor
from qiancheng_bench.clients.sessions import niquests

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiancheng_bench.server import Server


class AioHttp:
    """A session of `aiohttp`."""

    def __init__(self, server: Server, connections: int) -> None:
        """To be made on its loop."""
        import aiohttp

        connector = aiohttp.TCPConnector(limit=connections)
        self._session = aiohttp.ClientSession(server.base_url, connector=connector, headers=vendor.HEADERS)
        self._token = vendor.token(server)

    async def search(self, person: Mapping[str, str]) -> bool:
        """Whether this person is on the list."""
        async with self._session.post(vendor.SEARCH_PATH, data={**person, "token": self._token}) as answer:
            answer.raise_for_status()
            return bool(vendor.opened(await answer.json())["is_in"])

    async def close(self) -> None:
        """Ends the connections."""
        await self._session.close()


class AsyncHttpx:
    """An async client of `httpx`."""

    def __init__(self, server: Server, connections: int) -> None:
        """To be made on its loop."""
        import httpx

        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
        self._client = httpx.AsyncClient(
            base_url=server.base_url, headers=vendor.HEADERS, limits=limits, trust_env=False
        )
        self._token = vendor.token(server)

    async def search(self, person: Mapping[str, str]) -> bool:
        """Whether this person is on the list."""
        answer = await self._client.post(vendor.SEARCH_PATH, data={**person, "token": self._token})
        answer.raise_for_status()
        return bool(vendor.opened(answer.json())["is_in"])

    async def close(self) -> None:
        """Ends the connections."""
        await self._client.aclose()


class AsyncNiquests:
    """An async session of `niquests`."""

    def __init__(self, server: Server, connections: int) -> None:
        """To be made on its loop."""
        self._session = niquests().AsyncSession(pool_maxsize=connections)
        self._session.trust_env = False
        self._session.headers.update(vendor.HEADERS)
        self._url = server.base_url + vendor.SEARCH_PATH
        self._token = vendor.token(server)

    async def search(self, person: Mapping[str, str]) -> bool:
        """Whether this person is on the list."""
        answer = await self._session.post(self._url, data={**person, "token": self._token})
        answer.raise_for_status()
        return bool(vendor.opened(answer.json())["is_in"])

    async def close(self) -> None:
        """Ends the connections."""
        await self._session.close()
