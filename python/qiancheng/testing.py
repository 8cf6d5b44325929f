"""Clients that replay recorded answers, for tests that are to know every byte.

>>> from qiancheng.testing import ReplayClient
>>> client = ReplayClient({"blacklist.search": [{"is_in": True}, {"is_in": False}]})
>>> client.blacklist.search(name="张三", id_card="11010519491231002X", mobile="13800138000").is_in
True
>>> client.calls[0].endpoint
'blacklist.search'

Nothing is sent and nothing is checked; sessions need more of a vendor than a list of answers: take
:class:`qiancheng.sandbox.Sandbox` for these, and where the checks matter.
"""

from __future__ import annotations

import json
from collections import deque

from qiancheng._client import AsyncClient, Client
from qiancheng._errors import Error
from qiancheng._native import RawAnswer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from qiancheng._answer import Answer, PlainAnswer

__all__ = ["AsyncReplayClient", "Call", "ReplayClient"]


class Call:
    """A call that was made of a replaying client."""

    __slots__ = ("endpoint", "params")

    endpoint: str
    """The endpoint's id, or the path of a call by path."""
    params: Any
    """The parameters, as they were given."""

    def __init__(self, endpoint: str, params: Any) -> None:
        self.endpoint = endpoint
        self.params = params

    def __repr__(self) -> str:
        """Name the endpoint; the parameters are about people."""
        return f"Call({self.endpoint!r})"


class _Vendor:
    """Plays a client's native half."""

    origin = "replay"

    def __init__(self, recordings: Mapping[str, Any]) -> None:
        self.calls: list[Call] = []
        self._answers = {
            endpoint: deque(answers if isinstance(answers, list) else [answers])
            for endpoint, answers in recordings.items()
        }

    def call(self, endpoint: str, params: Any = None) -> RawAnswer:
        self.calls.append(Call(endpoint, params))
        waiting = self._answers.get(endpoint)
        if not waiting:
            raise AssertionError(f"there is no recorded answer for call {len(self.calls)}, of {endpoint}")
        recording = waiting.popleft()
        if isinstance(recording, Error):
            raise recording
        body = getattr(recording, "body", None)
        if body is None:
            body = json.dumps({"code": 0, "msg": "", "data": recording}, ensure_ascii=False).encode()
        return RawAnswer(endpoint, body)

    def call_path(self, method: str, path: str, params: Any = None) -> RawAnswer:
        return self.call(path, params)

    def window(self, endpoint: str, concurrency: int) -> _Window:
        return _Window(self, endpoint)

    def with_options(self, options: dict[str, Any]) -> _Vendor:
        return self

    def _is_for_a_sandbox(self, *_: object) -> Any:
        raise NotImplementedError(
            "a replaying client makes calls, and has no sessions, no verdicts to wait for and no counters: take a "
            "qiancheng.sandbox.Sandbox for these"
        )

    open = open_async = resume = wait_for_verdict = wait_for_verdict_async = stats = _is_for_a_sandbox


class _Window:
    """Plays calls in numbers, one after the other."""

    def __init__(self, vendor: _Vendor, endpoint: str) -> None:
        self._vendor = vendor
        self._endpoint = endpoint
        self._results: deque[RawAnswer | Error] = deque()

    def push(self, params: Any) -> None:
        try:
            self._results.append(self._vendor.call(self._endpoint, params))
        except Error as error:
            self._results.append(error)

    def take(self) -> RawAnswer | Error | None:
        return self._results.popleft() if self._results else None

    wait = take


class ReplayClient(Client):
    """A client that answers from recordings, by endpoint: each answer once, in order.

    A recording is the ``data`` of an answer as plain Python values, an :class:`Answer` that was kept, or an
    :class:`Error` to be raised. Several of one endpoint come in a list; data that is itself a list comes in a list too.
    """

    def __init__(self, recordings: Mapping[str, Any]) -> None:
        self._native = _Vendor(recordings)
        self._save_key = None

    @property
    def calls(self) -> list[Call]:
        """Every call so far, the oldest first."""
        calls: list[Call] = self._native.calls
        return calls


class AsyncReplayClient(AsyncClient):
    """The same as :class:`ReplayClient`, to be awaited."""

    def __init__(self, recordings: Mapping[str, Any]) -> None:
        self._native = _Vendor(recordings)
        self._save_key = None

    async def _call(self, endpoint: str, params: Any, answer: type[Answer]) -> Any:
        return answer(self._native.call(endpoint, params))

    async def call_path(self, method: Any, path: str, params: Any = None) -> PlainAnswer:
        """Answer from the recordings of the path."""
        from qiancheng._answer import PlainAnswer

        return PlainAnswer(self._native.call_path(method, path, params))

    @property
    def calls(self) -> list[Call]:
        """Every call so far, the oldest first."""
        calls: list[Call] = self._native.calls
        return calls
