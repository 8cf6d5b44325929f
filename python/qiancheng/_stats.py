"""What a client has done so far."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Stats:
    """A snapshot of a client's counters. It does not change."""

    __slots__ = (
        "attempts",
        "bytes_received",
        "bytes_sent",
        "calls",
        "errors",
        "latency",
        "repeats",
        "tokens_fetched",
    )

    calls: int
    """Calls that ended, well or not."""
    attempts: int
    """Requests that were sent or tried, those for tokens among them."""
    repeats: int
    """Of these, how many repeated an earlier one."""
    tokens_fetched: int
    """Tokens that were fetched."""
    bytes_sent: int
    """Bytes of request bodies."""
    bytes_received: int
    """Bytes of answers, as they came over the wire."""
    errors: dict[str, int]
    """Calls that failed, by the kind of error."""
    latency: list[tuple[int | None, int]]
    """How long calls took: (less than so many microseconds, how many calls); ``None`` for the last, open bucket."""

    def __init__(self, counters: dict[str, Any]) -> None:
        for name in self.__slots__:
            object.__setattr__(self, name, counters[name])

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a snapshot does not change."""
        raise AttributeError("a snapshot does not change")

    def to_dict(self) -> dict[str, Any]:
        """Give the counters as plain Python values."""
        return {name: getattr(self, name) for name in self.__slots__}

    def __eq__(self, other: object) -> bool:
        """Whether the other counts the same."""
        return self.to_dict() == other.to_dict() if isinstance(other, Stats) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the counters."""
        return Stats, (self.to_dict(),)

    def __repr__(self) -> str:
        """Name what has been counted."""
        counted = ", ".join(f"{name}={value}" for name, value in self.to_dict().items() if name != "latency")
        return f"Stats({counted})"
