"""The vendor, played on a port of this machine: every endpoint, synthetic people, faults and a clock.

>>> from qiancheng.sandbox import Sandbox
>>> with Sandbox(seed=7) as sandbox, sandbox.client() as client:
...     _ = sandbox.add_faults({"match": {"endpoint": "blacklist.search"}, "times": 1, "fault": {"kind": "html_502"}})
...     len(sandbox.journal())
0

Give it synthetic people only: it keeps a journal of every request in clear.
"""

from __future__ import annotations

from typing import NamedTuple

from qiancheng import _native
from qiancheng._parameters import hinted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType
    from typing import Any, Literal

    from qiancheng._client import AsyncClient, Client
    from qiancheng._instants import Instant

__all__ = ["Applicant", "Sandbox"]


class Applicant(NamedTuple):
    """A synthetic person. A likeness to anybody is chance."""

    name: str
    """Chinese name."""
    id_card: str
    """ID number, 18 characters with a valid checksum."""
    mobile: str
    """Mobile number, 11 digits; its last digit says how much data there is."""
    defaulted: bool
    """Whether the loan went bad."""


class Sandbox:
    """A sandbox that serves on a thread of its own until it is closed or left."""

    __slots__ = ("__weakref__", "_native")

    @hinted
    def __init__(
        self,
        *,
        listen: str | None = None,
        seed: int | None = None,
        realtime: bool | None = None,
        username: str | None = None,
        password: str | None = None,
        request_delay: int | None = None,
        verdicts: Literal["fixed", "risk"] | None = None,
        as_of: Instant = None,
        journal_entries: int | None = None,
        allow_remote: bool | None = None,
    ) -> None:
        """Start a sandbox, which serves when this returns.

        :param listen: address and port; a free port of this machine by default.
        :param seed: seed of the synthetic data: same seed and applicant, same bytes.
        :param realtime: sessions move with the clock, a step a second, not with each poll.
        :param username: the merchant's account, ``demo`` by default.
        :param password: the merchant's password, ``demo-password`` by default.
        :param request_delay: what e-bank states ask for between polls, in seconds.
        :param verdicts: ``fixed``, the documented rule for audits, or ``risk``, by the applicant's latent risk.
        :param as_of: makes the clock stand still at this instant, and dates the data by it. A datetime or an ISO text
            without an offset is Beijing time, a date is its first instant.
        :param journal_entries: how many requests the journal keeps.
        :param allow_remote: takes an address of ``listen`` that other machines can reach.
        """
        if as_of is not None:
            from qiancheng._instants import microseconds_of, time_of

            as_of = time_of(microseconds_of(as_of, "as_of")).isoformat()
        self._native = _native.NativeSandbox(
            {
                "listen": listen,
                "seed": seed,
                "realtime": realtime,
                "username": username,
                "password": password,
                "request_delay": request_delay,
                "verdicts": verdicts,
                "as_of": as_of,
                "journal_entries": journal_entries,
                "allow_remote": allow_remote,
            }
        )

    @property
    def base_url(self) -> str:
        """Where it listens, without a slash at the end."""
        return self._native.base_url

    @property
    def username(self) -> str:
        """The merchant's account."""
        return self._native.username

    @property
    def password(self) -> str:
        """The merchant's password."""
        return self._native.password

    @property
    def audit_public_key(self) -> str:
        """The public key that audits are encrypted with, PEM."""
        return self._native.audit_public_key

    @property
    def settings(self) -> dict[str, Any]:
        """What a client needs to speak to it: ``Client(**sandbox.settings)``."""
        return {
            "base_url": self.base_url,
            "username": self.username,
            "password": self.password,
            "audit_public_key": self.audit_public_key,
            "poll_interval": 0.05,
        }

    def client(self, **settings: Any) -> Client:
        """Make a client that speaks to it; ``settings`` overrule what that takes."""
        from qiancheng._client import Client

        return Client(**{**self.settings, **settings})

    def async_client(self, **settings: Any) -> AsyncClient:
        """Make an asynchronous client that speaks to it; ``settings`` overrule what that takes."""
        from qiancheng._client import AsyncClient

        return AsyncClient(**{**self.settings, **settings})

    def add_faults(self, rules: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> int:
        """Add a fault rule or a list of them, as for ``POST /__sandbox/faults``; tell how many."""
        return self._native.add_faults(rules)

    def clear_faults(self) -> None:
        """Forget all fault rules."""
        self._native.clear_faults()

    def script(self, script: Mapping[str, Any]) -> int:
        """Queue answers, as for ``POST /__sandbox/script``; tell how many."""
        return self._native.script(script)

    def advance_clock(self, seconds: int) -> None:
        """Put the clock forward."""
        self._native.advance_clock(seconds)

    def revoke_tokens(self) -> int:
        """End every token; tell how many there were."""
        return self._native.revoke_tokens()

    def applicants(self, count: int) -> list[Applicant]:
        """Give the first people of the population that belongs to the seed: the same people every time.

        Whether one defaulted is drawn from the same latent risk that shapes the data, so that a model has something to
        learn.
        """
        return [Applicant(*person) for person in self._native.population(count)]

    def journal(self) -> list[dict[str, Any]]:
        """Every request so far, oldest first."""
        return self._native.journal()

    def reset(self) -> None:
        """Forget sessions, tokens, faults, scripts and the journal, and set the clock back to where it began."""
        self._native.reset()

    def close(self) -> None:
        """Stop serving. May be called again."""
        self._native.close()

    def __enter__(self) -> Sandbox:
        """Return the sandbox itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop serving."""
        self.close()

    def __repr__(self) -> str:
        """Say where it listens."""
        return f"<Sandbox {self.base_url}>"
