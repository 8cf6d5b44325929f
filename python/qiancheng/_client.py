"""The clients: how they are set up, and what they can do beside the endpoints."""

from __future__ import annotations

from qiancheng import _native
from qiancheng._answer import PlainAnswer
from qiancheng._parameters import hinted

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime
    import os
    from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import Any, Literal, TypeVar, Union

    from typing_extensions import Self

    from qiancheng._answer import Answer
    from qiancheng._chapters import (
        AsyncAuth,
        AsyncBlacklist,
        AsyncDegree,
        AsyncEbank,
        AsyncEbankV2,
        AsyncRisk,
        AsyncTelecom,
        Auth,
        Blacklist,
        Degree,
        Ebank,
        EbankV2,
        Risk,
        Telecom,
    )
    from qiancheng._many import ManyResult
    from qiancheng._session import AsyncSession, Session
    from qiancheng._stats import Stats

    Seconds = Union[float, datetime.timedelta]
    Params = Union[Mapping[str, Any], object, None]
    AnAnswer = TypeVar("AnAnswer", bound=Answer)
    Row = TypeVar("Row")

_CHAPTERS = {
    "auth": "Auth",
    "blacklist": "Blacklist",
    "telecom": "Telecom",
    "degree": "Degree",
    "ebank": "Ebank",
    "ebank_v2": "EbankV2",
    "risk": "Risk",
}


class _Closed:
    """Stands where a client's native half was."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("the client is closed")


class _Base:
    """What both clients are set up with."""

    _twin = ""

    @hinted
    def __init__(
        self,
        *,
        username: str | None = None,
        password: str | None = None,
        base_url: str | None = None,
        environment: Literal["production", "test"] | None = None,
        timeout: Seconds | None = None,
        data_timeout: Seconds | None = None,
        connect_timeout: Seconds | None = None,
        read_timeout: Seconds | None = None,
        attempt_timeout: Seconds | None = None,
        max_retries: int | None = None,
        backoff: tuple[Seconds, Seconds] | None = None,
        max_answer_bytes: int | None = None,
        poll_interval: Seconds | None = None,
        validate: bool | None = None,
        wire_format: Literal["form", "json"] | None = None,
        token_hours: int | None = None,
        token_store: str | os.PathLike[str] | None = None,
        audit_public_key: str | bytes | None = None,
        audit_padding: Literal["pkcs1v15", "oaep_sha1", "oaep_sha256", "none"] | None = None,
        audit_encoding: Literal["base64", "base64_url", "hex"] | None = None,
        paths: Mapping[str, str] | None = None,
        proxy: str | Literal[False] | None = None,
        extra_ca_pem: str | bytes | None = None,
        client_certificate_pem: tuple[str | bytes, str] | None = None,
        user_agent: str | None = None,
        allow_plain_http_to_remote_hosts: bool | None = None,
        save_key: bytes | None = None,
    ) -> None:
        """Set a client up. What is not given comes from the environment, else from the defaults. Nothing is sent.

        The environment: ``QIANCHENG_USERNAME``, ``QIANCHENG_PASSWORD``, ``QIANCHENG_BASE_URL``, ``QIANCHENG_ENV``
        (``production`` or ``test``), ``QIANCHENG_AUDIT_PUBLIC_KEY`` (a PEM or a path to one). Times are seconds or
        ``timedelta``.

        :param username: the merchant's account.
        :param password: the merchant's password.
        :param base_url: the vendor's address.
        :param environment: ``production`` or ``test``, in place of an address.
        :param timeout: longest time for one call, everything included; 120 s.
        :param data_timeout: the same for raw data and reports; 300 s.
        :param connect_timeout: longest time to make a connection; 10 s.
        :param read_timeout: longest silence while an answer is awaited or read; 60 s, 300 s for raw data and reports.
        :param attempt_timeout: longest attempt; 60 s, 300 s for raw data and reports.
        :param max_retries: how often a call that is harmless to repeat is sent again; 2.
        :param backoff: limit of the first pause before a repeat, and the longest; 0.2 s and 10 s.
        :param max_answer_bytes: the largest answer that is read; 64 MiB.
        :param poll_interval: pause between polls of a session where the vendor asks for none; 2 s.
        :param validate: whether values are checked before they are sent.
        :param wire_format: ``form`` or ``json``.
        :param token_hours: life of the tokens that are asked for; the vendor's own choice is 24.
        :param token_store: a directory to keep tokens in, shared between processes.
        :param audit_public_key: the vendor's public key for audits, PEM or DER.
        :param audit_padding: how audits are encrypted; ``pkcs1v15``.
        :param audit_encoding: how encrypted audits are written; ``base64``.
        :param paths: other paths, by endpoint: ``{"degree.login": "/degree/collect/login"}``.
        :param proxy: ``http://…``, ``socks5://…``, ``socks5h://…``; ``False`` for none, whatever the environment says.
        :param extra_ca_pem: certificate authorities to trust beside the platform's.
        :param client_certificate_pem: the client's own certificate with its chain, and its key.
        :param user_agent: what stands in ``User-Agent`` behind this library's name.
        :param allow_plain_http_to_remote_hosts: everyone in between can read people's data then; for test networks.
        :param save_key: 32 random bytes, the key that sessions are saved under.
        """
        settings = {name: value for name, value in locals().items() if name not in ("self", "save_key")}
        self._native: Any = _native.NativeClient.from_environment(settings)
        self._save_key = save_key

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Make the object of a chapter when it is first asked for."""
            chapter = _CHAPTERS.get(name)
            if chapter is None:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            from qiancheng import _chapters

            made = self.__dict__[name] = getattr(_chapters, self._twin + chapter)(self)
            return made

    def __dir__(self) -> list[str]:
        """Name the chapters, too."""
        return sorted({*object.__dir__(self), *_CHAPTERS})

    @hinted
    def with_options(
        self,
        *,
        timeout: Seconds | None = None,
        read_timeout: Seconds | None = None,
        attempt_timeout: Seconds | None = None,
        max_retries: int | None = None,
        validate: bool | None = None,
        poll_interval: Seconds | None = None,
    ) -> Self:
        """Give a client with other settings, which shares tokens, connections and counters with this one.

        :param timeout: longest time for one call, everything included, raw data and reports too.
        :param read_timeout: longest silence while an answer is awaited or read.
        :param attempt_timeout: longest attempt.
        :param max_retries: how often a call that is harmless to repeat is sent again.
        :param validate: whether values are checked before they are sent.
        :param poll_interval: pause between polls of a session, in place of what the vendor asks for.
        """
        options = {name: value for name, value in locals().items() if name != "self"}
        other = type(self).__new__(type(self))
        other.__dict__.update({"_native": self._native.with_options(options), "_save_key": self._save_key})
        return other

    def stats(self) -> Stats:
        """Say what this client and those made from it have done so far."""
        from qiancheng._stats import Stats

        return Stats(self._native.stats())

    def _key(self, key: bytes | None) -> bytes:
        key = self._save_key if key is None else key
        if key is None:
            from qiancheng._errors import ConfigError

            raise ConfigError(
                "there is no key to save sessions under: give 32 random bytes, such as secrets.token_bytes(32), "
                "as `key` or as the client's `save_key`"
            )
        return key

    def __repr__(self) -> str:
        """Say where it points."""
        if isinstance(self._native, _Closed):
            return f"<{type(self).__name__} closed>"
        return f"<{type(self).__name__} {self._native.origin}>"

    def __copy__(self) -> Self:
        """Return the client itself: it does not change."""
        return self

    def __deepcopy__(self, memo: object) -> Self:
        """Return the client itself: it does not change."""
        return self

    def __reduce__(self) -> Any:
        """Refuse: the merchant's password would go along."""
        raise TypeError(
            f"a {type(self).__name__} cannot be pickled, for the merchant's password would go along; make one where "
            "it is needed, from the environment"
        )


class Client(_Base):
    """Speaks to the vendor, and waits for the answers.

    It can be shared between threads, and used after a fork. Each chapter of the vendor's document is an attribute:
    ``client.telecom.open_id(…)``.
    """

    auth: Auth
    blacklist: Blacklist
    telecom: Telecom
    degree: Degree
    ebank: Ebank
    ebank_v2: EbankV2
    risk: Risk

    def _call(self, endpoint: str, params: Params, answer: type[AnAnswer]) -> AnAnswer:
        return answer(self._native.call(endpoint, params))

    @hinted
    def call(self, endpoint: str, params: Params = None) -> PlainAnswer:
        """Make a call by the endpoint's id, such as ``telecom.get_state``."""
        return PlainAnswer(self._native.call(endpoint, params))

    @hinted
    def call_path(self, method: Literal["GET", "POST"], path: str, params: Params = None) -> PlainAnswer:
        """Make a call that this library does not know. Nothing is checked, and nothing is sent twice.

        A parameter ``token`` or ``username`` whose value is ``None`` is filled in with the merchant's.
        """
        return PlainAnswer(self._native.call_path(method, path, params))

    @hinted
    def call_many(
        self,
        endpoint: str,
        rows: Iterable[Row],
        *,
        concurrency: int = 32,
        params: Callable[[Row], Params] | None = None,
    ) -> Iterator[ManyResult[Row, PlainAnswer]]:
        """Make a call for each row: so many at a time, results in the rows' order, rows taken only as needed.

        :param endpoint: the endpoint's id.
        :param rows: parameters: dicts, named tuples, data classes; or anything, with ``params``. A pandas DataFrame is
            taken row by row, each a named tuple.
        :param concurrency: how many calls are under way at a time.
        :param params: makes a row's parameters of it.
        """
        from qiancheng._many import call_many

        return call_many(self, endpoint, rows, PlainAnswer, concurrency, params)

    @hinted
    def resume(self, saved: str, key: bytes | None = None) -> Session:
        """Resume a session that was saved with a client of the same host and merchant.

        :param saved: what :meth:`Session.save` gave.
        :param key: the key it was saved under, the client's ``save_key`` by default.
        """
        from qiancheng._session import Session

        return Session(self, self._native.resume(self._key(key), saved))

    def close(self) -> None:
        """Let go of the connections. Calls on other threads and sessions go on to their end."""
        self._native = _Closed()

    def __enter__(self) -> Self:
        """Return the client itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let go of the connections."""
        self.close()


class AsyncClient(_Base):
    """Speaks to the vendor from asyncio: the same names as those of :class:`Client`, to be awaited.

    It can be used from several loops and threads. A task that is cancelled ends its call at once.
    """

    auth: AsyncAuth
    blacklist: AsyncBlacklist
    telecom: AsyncTelecom
    degree: AsyncDegree
    ebank: AsyncEbank
    ebank_v2: AsyncEbankV2
    risk: AsyncRisk

    _twin = "Async"

    async def _call(self, endpoint: str, params: Params, answer: type[AnAnswer]) -> AnAnswer:
        from qiancheng._loop import on_loop

        return answer(await on_loop(self._native.call_async, endpoint, params))

    @hinted
    async def call(self, endpoint: str, params: Params = None) -> PlainAnswer:
        """Make a call by the endpoint's id, such as ``telecom.get_state``."""
        return await self._call(endpoint, params, PlainAnswer)

    @hinted
    async def call_path(
        self, method: Literal["GET", "POST"], path: str, params: Params = None
    ) -> PlainAnswer:
        """Make a call that this library does not know. Nothing is checked, and nothing is sent twice.

        A parameter ``token`` or ``username`` whose value is ``None`` is filled in with the merchant's.
        """
        from qiancheng._loop import on_loop

        return PlainAnswer(await on_loop(self._native.call_path_async, method, path, params))

    @hinted
    def call_many(
        self,
        endpoint: str,
        rows: Iterable[Row] | AsyncIterable[Row],
        *,
        concurrency: int = 32,
        params: Callable[[Row], Params] | None = None,
    ) -> AsyncIterator[ManyResult[Row, PlainAnswer]]:
        """Make a call for each row: so many at a time, results in the rows' order, rows taken only as needed.

        :param endpoint: the endpoint's id.
        :param rows: as for :meth:`Client.call_many`; asynchronous iterables, too.
        :param concurrency: how many calls are under way at a time.
        :param params: makes a row's parameters of it.
        """
        from qiancheng._many import call_many_async

        return call_many_async(self, endpoint, rows, PlainAnswer, concurrency, params)

    @hinted
    def resume(self, saved: str, key: bytes | None = None) -> AsyncSession:
        """Resume a session that was saved with a client of the same host and merchant.

        :param saved: what :meth:`AsyncSession.save` gave.
        :param key: the key it was saved under, the client's ``save_key`` by default.
        """
        from qiancheng._session import AsyncSession

        return AsyncSession(self, self._native.resume(self._key(key), saved))

    async def close(self) -> None:
        """Let go of the connections. Calls of other tasks and sessions go on to their end."""
        self._native = _Closed()

    async def __aenter__(self) -> Self:
        """Return the client itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let go of the connections."""
        await self.close()
