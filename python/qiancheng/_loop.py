"""The way from the background thread, where asynchronous calls run, to the asyncio loop that waits for them."""

from __future__ import annotations

import weakref
from asyncio import AbstractEventLoop, get_running_loop

from qiancheng._native import NativeDelivery

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from qiancheng._native import NativeTask

_deliveries: weakref.WeakKeyDictionary[AbstractEventLoop, NativeDelivery] = weakref.WeakKeyDictionary()
_last: tuple[Callable[[], AbstractEventLoop | None], NativeDelivery | None] = (lambda: None, None)


def _delivery(loop: AbstractEventLoop) -> NativeDelivery:
    """Find what delivers to a loop, or make it."""
    global _last
    known = _deliveries.get(loop)
    if known is None:
        known = _deliveries[loop] = _make(loop)
    _last = (weakref.ref(loop), known)
    return known


def _make(loop: AbstractEventLoop) -> NativeDelivery:
    try:
        made = NativeDelivery()
        loop.add_reader(made.fileno(), made.deliver)
    except (NotImplementedError, OSError):
        # A loop that watches no sockets: proactors.
        to_itself = weakref.ref(loop)

        def call() -> None:
            target = to_itself()
            if target is not None and not target.is_closed():
                target.call_soon_threadsafe(made.deliver)

        made = NativeDelivery(call)
    return made


async def on_loop(start: Callable[..., NativeTask], *arguments: Any) -> Any:
    """Start work on the background thread and wait for its result; a cancelled task ends it."""
    loop = get_running_loop()
    of, delivery = _last
    if of() is not loop or delivery is None:
        delivery = _delivery(loop)
    future = loop.create_future()
    work = start(delivery, future, *arguments)
    try:
        return await future
    except BaseException:
        # A failed call has ended already; a cancelled or abandoned one ends here.
        work.cancel()
        raise
    finally:
        # An error holds this frame, and the future holds the error.
        del future
