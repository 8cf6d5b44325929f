"""Fixtures for tests of programs that use this package.

``qiancheng_sandbox`` is a sandbox of the test's own, reset when the test begins; ``qiancheng_client`` and
``qiancheng_async_client`` speak to it. The sandbox itself is started once for all tests that ask for it.
"""

from __future__ import annotations

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiancheng import AsyncClient, Client
    from qiancheng.sandbox import Sandbox


@pytest.fixture(scope="session")
def _qiancheng_sandbox_of_all() -> Iterator[Sandbox]:
    from qiancheng.sandbox import Sandbox

    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def qiancheng_sandbox(_qiancheng_sandbox_of_all: Sandbox) -> Iterator[Sandbox]:
    """Give a sandbox with nothing in it."""
    _qiancheng_sandbox_of_all.reset()
    yield _qiancheng_sandbox_of_all
    # Faults and scripts of this test must not meet what still runs of it.
    _qiancheng_sandbox_of_all.reset()


@pytest.fixture
def qiancheng_client(qiancheng_sandbox: Sandbox) -> Iterator[Client]:
    """Give a client of the sandbox."""
    with qiancheng_sandbox.client() as client:
        yield client


@pytest.fixture
def qiancheng_async_client(qiancheng_sandbox: Sandbox) -> AsyncClient:
    """Give an asynchronous client of the sandbox, for whatever loop the test runs on."""
    return qiancheng_sandbox.async_client()
