"""The clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qiancheng._native import NativeClient

if TYPE_CHECKING:
    from qiancheng._native import RawAnswer


class Client:
    """Provisional."""

    def __init__(self, **settings: Any) -> None:
        """Provisional."""
        self._native = NativeClient.from_environment(settings)

    def call(self, endpoint: str, params: Any = None) -> RawAnswer:
        """Provisional."""
        return self._native.call(endpoint, params)

    def call_path(self, method: str, path: str, params: Any = None) -> RawAnswer:
        """Provisional."""
        return self._native.call_path(method, path, params)
