"""Sessions: a collection with the borrower in the loop, from its opening to its data.

A session is a value, not a thread. ``poll`` makes one round trip and never sleeps; a challenge it gives is answered with
``submit``; ``save`` writes the session down for another process or web request. ``steps`` and ``collect`` stand on top.
"""

from __future__ import annotations

from qiancheng._ask import CaptchaRequired, ask, watcher
from qiancheng._parameters import hinted
from qiancheng._steps import NeedsInput, moment, status_of, step_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime
    from collections.abc import AsyncIterator, Awaitable, Callable, Container, Iterator
    from typing import Any, Literal, Union

    from qiancheng._answer import Document
    from qiancheng._ask import Given
    from qiancheng._client import AsyncClient, Client
    from qiancheng._native import NativeSession
    from qiancheng._steps import Challenge, Status, Step
    from qiancheng.answers import EbankV2BankList

    SessionKind = Literal["telecom", "degree", "ebank", "ebank_v2"]
    OnChallenge = Callable[[Challenge], Given]
    OnChallengeAsync = Callable[[Challenge], Union[Given, Awaitable[Given]]]
    OnProgress = Callable[[Step], object]


class _Base:
    """What both sessions know without asking the vendor."""

    __slots__ = ("__weakref__", "_client", "_native")

    _client: Any
    _native: NativeSession

    @property
    def kind(self) -> SessionKind:
        """What is collected: ``telecom``, ``degree``, ``ebank`` or ``ebank_v2``."""
        return self._native.kind  # type: ignore[return-value]

    @property
    def open_id(self) -> str:
        """The session's key at the vendor. Whoever holds it can ask for the data behind it."""
        return self._native.open_id

    @property
    def expires_at(self) -> datetime.datetime:
        """When the session ends, whatever its state: ten minutes after it was opened."""
        return moment(self._native.expires_at)

    @property
    def status(self) -> Status | None:
        """What the vendor said at the last poll."""
        status = self._native.status
        return None if status is None else status_of(status)

    @property
    def provider(self) -> int | None:
        """Whose licence text the borrower is shown, in e-bank's second version: 1 卡牛, 2 坚果, 3 新颜."""
        return self._native.provider

    def cancel(self) -> None:
        """End the session on this side: nothing more is sent for it."""
        self._native.cancel()

    @hinted
    def save(self, key: bytes | None = None) -> str:
        """Write the session down, encrypted, for :meth:`Client.resume` in another process or web request.

        No password, no captcha and nothing about the borrower is in it.

        :param key: 32 random bytes that stay on your side; the client's ``save_key`` by default.
        """
        return self._native.save(self._client._key(key))

    def __repr__(self) -> str:
        """Say what it is and how it stands; of the ``open_id``, the beginning."""
        status = self.status
        return (
            f"<{type(self).__name__} {self.kind} {self._native.masked_open_id} {status or 'not polled yet'}>"
        )

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> Any:
        """Show it in a notebook, masked."""
        from qiancheng import _display

        return _display.mimebundle(self, include, exclude)

    def __reduce__(self) -> Any:
        """Refuse: a session belongs to its client."""
        raise TypeError(
            "a session belongs to its client and cannot be pickled; save() it, and resume() it elsewhere"
        )

    def _document(self, raw: Any, kind: str) -> Document:
        from qiancheng import answers

        chapter = {"telecom": "Telecom", "degree": "Degree", "ebank": "Ebank", "ebank_v2": "EbankV2"}[
            self.kind
        ]
        made: Document = getattr(answers, f"{chapter}{kind}Answer")(raw)
        return made

    def _required(self, error: CaptchaRequired) -> CaptchaRequired:
        error.session = self
        return error


class Session(_Base):
    """A collection that is under way."""

    __slots__ = ()

    def __init__(self, client: Client, native: NativeSession) -> None:
        """Sessions are opened by a chapter of the client, or resumed by the client."""
        self._client = client
        self._native = native

    def poll(self) -> Step:
        """Ask how the session stands: one round trip, no sleep."""
        return step_of(self._native.poll())

    @hinted
    def submit(self, challenge: Challenge | str, answer: str) -> None:
        """Answer a challenge. One that is superseded, answered or over is refused, and nothing is sent.

        If the answer's fate is unknown (``error.outcome == "Unknown"``), poll: it is never sent again.

        :param challenge: the challenge, or its ``id``.
        :param answer: what the borrower said.
        """
        self._native.submit(_id(challenge), answer)

    @hinted
    def resend(self, challenge: Challenge | str) -> None:
        """Have a challenge sent again, which supersedes it: poll for the new one."""
        self._native.resend(_id(challenge))

    def login(self, **login: Any) -> None:
        """Log in to a session that was opened without a login.

        ``degree`` takes ``account``, ``password`` and ``sync``; ``ebank_v2`` takes ``entry_id``, ``login_name`` and
        ``password``.
        """
        self._native.login(login)

    def banks(self) -> EbankV2BankList:
        """Give the banks of a session of e-bank's second version, to choose a login from."""
        from qiancheng.answers import EbankV2BankList

        return EbankV2BankList(self._native.banks())

    def steps(self) -> Iterator[Step]:
        """Give one step after the other, with the pauses between polls, up to the last."""
        steps = self._native.steps()
        while (step := steps.next()) is not None:
            yield step_of(step)

    @hinted
    def collect(
        self, on_challenge: OnChallenge | None = None, on_progress: OnProgress | None = None
    ) -> Session:
        """Lead the session to its end, and return it with its data ready. One that fails or expires is an error.

        :param on_challenge: takes a challenge and gives its answer: text, ``qiancheng.RESEND`` to have it sent again, or
            ``None`` to give up. By default whoever sits at the terminal or notebook is asked; where nobody does, the
            error is :class:`CaptchaRequired`.
        :param on_progress: sees every step. By default a notebook has a line that follows them, and so has a terminal
            whose user is asked.
        """
        watch = watcher(self, on_challenge is None) if on_progress is None else on_progress
        answer = ask if on_challenge is None else on_challenge
        collection = self._native.collection()
        while (native := collection.step()) is not None:
            step = step_of(native)
            if watch is not None:
                watch(step)
            if isinstance(step, NeedsInput):
                try:
                    given = answer(step.challenge)
                except CaptchaRequired as error:
                    raise self._required(error) from None
                collection.respond(given)
        return self

    def raw_data(self) -> Document:
        """Fetch the raw data of a session that has finished."""
        return self._document(self._native.raw_data(), "RawData")

    def report(self) -> Document:
        """Fetch the report of a telecom session that has finished."""
        return self._document(self._native.report(), "Report")


class AsyncSession(_Base):
    """A collection that is under way, for asyncio."""

    __slots__ = ()

    def __init__(self, client: AsyncClient, native: NativeSession) -> None:
        """Sessions are opened by a chapter of the client, or resumed by the client."""
        self._client = client
        self._native = native

    async def poll(self) -> Step:
        """Ask how the session stands: one round trip, no sleep."""
        return step_of(await _on_loop(self._native.poll_async))

    @hinted
    async def submit(self, challenge: Challenge | str, answer: str) -> None:
        """Answer a challenge; see :meth:`Session.submit`."""
        await _on_loop(self._native.submit_async, _id(challenge), answer)

    @hinted
    async def resend(self, challenge: Challenge | str) -> None:
        """Have a challenge sent again, which supersedes it: poll for the new one."""
        await _on_loop(self._native.resend_async, _id(challenge))

    async def login(self, **login: Any) -> None:
        """Log in to a session that was opened without a login; see :meth:`Session.login`."""
        await _on_loop(self._native.login_async, login)

    async def banks(self) -> EbankV2BankList:
        """Give the banks of a session of e-bank's second version, to choose a login from."""
        from qiancheng.answers import EbankV2BankList

        return EbankV2BankList(await _on_loop(self._native.banks_async))

    async def steps(self) -> AsyncIterator[Step]:
        """Give one step after the other, with the pauses between polls, up to the last."""
        steps = self._native.steps()
        while (step := await _on_loop(steps.next_async)) is not None:
            yield step_of(step)

    @hinted
    async def collect(
        self, on_challenge: OnChallengeAsync | None = None, on_progress: OnProgress | None = None
    ) -> AsyncSession:
        """Lead the session to its end; see :meth:`Session.collect`.

        :param on_challenge: a function or a coroutine function.
        :param on_progress: sees every step; by default as in :meth:`Session.collect`.
        """
        watch = watcher(self, on_challenge is None) if on_progress is None else on_progress
        collection = self._native.collection()
        while (native := await _on_loop(collection.step_async)) is not None:
            step = step_of(native)
            if watch is not None:
                watch(step)
            if isinstance(step, NeedsInput):
                try:
                    given = await _answered(on_challenge, step.challenge)
                except CaptchaRequired as error:
                    raise self._required(error) from None
                await _on_loop(collection.respond_async, given)
        return self

    async def raw_data(self) -> Document:
        """Fetch the raw data of a session that has finished."""
        return self._document(await _on_loop(self._native.raw_data_async), "RawData")

    async def report(self) -> Document:
        """Fetch the report of a telecom session that has finished."""
        return self._document(await _on_loop(self._native.report_async), "Report")


async def _answered(on_challenge: OnChallengeAsync | None, challenge: Challenge) -> Given:
    if on_challenge is None:
        import asyncio

        # Whoever types takes their time; the loop goes on.
        return await asyncio.get_running_loop().run_in_executor(None, ask, challenge)
    given = on_challenge(challenge)
    return await given if hasattr(given, "__await__") else given  # type: ignore[misc]


async def _on_loop(*work: Any) -> Any:
    from qiancheng._loop import on_loop

    return await on_loop(*work)


def _id(challenge: Challenge | str) -> str:
    return challenge if isinstance(challenge, str) else challenge.id
