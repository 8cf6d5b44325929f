"""Client for the 前程征信 (Qiancheng) credit-data API.

>>> from qiancheng.sandbox import Sandbox
>>> with Sandbox() as sandbox, sandbox.client() as client:
...     hit = client.blacklist.search(name="张三", id_card="11010519491231002X", mobile="13800134444")
...     hit.is_in
True

``Client`` waits for its answers, ``AsyncClient`` is awaited; both have the same names. Errors are :class:`Error` and its
kinds. ``qiancheng.sandbox`` plays the vendor on this machine, ``qiancheng.tables`` makes tables of raw data.
"""

from __future__ import annotations

import atexit

from qiancheng import _native
from qiancheng._client import AsyncClient, Client
from qiancheng._errors import (
    AuthError,
    CancelledError,
    ChallengeError,
    CollectingError,
    ConfigError,
    CryptoError,
    Error,
    InvalidInputError,
    PanicError,
    ProtocolError,
    RejectedError,
    RequestConnectionError,
    RequestTimeoutError,
    ServiceUnavailableError,
    SessionError,
    TokenRefusedError,
    UnknownError,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from qiancheng._answer import Answer
    from qiancheng._ask import RESEND, CaptchaRequired
    from qiancheng._many import ManyResult
    from qiancheng._session import AsyncSession, Session
    from qiancheng._stats import Stats
    from qiancheng._steps import Challenge, Expired, Failed, Finished, NeedsInput, Status, Working

__version__: str = _native.VERSION

__all__ = [
    "RESEND",
    "Answer",
    "AsyncClient",
    "AsyncSession",
    "AuthError",
    "CancelledError",
    "CaptchaRequired",
    "Challenge",
    "ChallengeError",
    "Client",
    "CollectingError",
    "ConfigError",
    "CryptoError",
    "Error",
    "Expired",
    "Failed",
    "Finished",
    "InvalidInputError",
    "ManyResult",
    "NeedsInput",
    "PanicError",
    "ProtocolError",
    "RejectedError",
    "RequestConnectionError",
    "RequestTimeoutError",
    "ServiceUnavailableError",
    "Session",
    "SessionError",
    "Stats",
    "Status",
    "TokenRefusedError",
    "UnknownError",
    "Working",
    "__version__",
]

# Loaded when they are first asked for: a program that makes calls needs none of them.
_LAZY = {
    "Answer": "_answer",
    "RESEND": "_ask",
    "CaptchaRequired": "_ask",
    "ManyResult": "_many",
    "AsyncSession": "_session",
    "Session": "_session",
    "Stats": "_stats",
    **dict.fromkeys(
        ("Challenge", "Expired", "Failed", "Finished", "NeedsInput", "Status", "Working"), "_steps"
    ),
}
_MODULES = ("answers", "params", "plot", "sandbox", "states", "tables", "testing")


def __getattr__(name: str) -> Any:
    """Load a name or a module when it is first asked for."""
    from importlib import import_module

    module = _LAZY.get(name)
    if module is not None:
        value = globals()[name] = getattr(import_module(f"qiancheng.{module}"), name)
        return value
    if name in _MODULES:
        try:
            return import_module(f"qiancheng.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"qiancheng.{name}":
                raise
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Name what is loaded later, too."""
    return sorted({*globals(), *__all__, *_MODULES})


# What is under way on the background thread ends before the interpreter does.
atexit.register(_native.shut_down)
