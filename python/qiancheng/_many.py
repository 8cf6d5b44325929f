"""Calls in numbers: so many at a time, results in the rows' order, an error for a row instead of an end for all."""

from __future__ import annotations

from collections import deque

from qiancheng._errors import Error, InvalidInputError
from qiancheng._parameters import hinted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
    from typing import Any, ClassVar, Generic, TypeVar

    from qiancheng._answer import Answer
    from qiancheng._client import AsyncClient, Client, Params
    from qiancheng._native import NativeWindow
    from qiancheng.answers import BlacklistHitAnswer

    Row = TypeVar("Row")
    AnAnswer = TypeVar("AnAnswer", bound=Answer)
    Waiting = tuple[int, Row, "Error | None"]
else:
    Row = AnAnswer = None
    Generic = {(None, None): object}


class ManyResult(Generic[Row, AnAnswer]):
    """What became of one row: an answer or an error.

    >>> for result in client.blacklist.search_many(rows):  # doctest: +SKIP
    ...     if result.error:
    ...         print(result.index, result.error)
    ...     elif result.answer.is_in:
    ...         print(result.row["name"], "is listed")
    """

    __slots__ = ("answer", "error", "index", "row")
    __match_args__: ClassVar[tuple[str, ...]] = ("answer", "error")

    index: int
    """The row's place, from 0."""
    row: Row
    """The row itself, as it was given."""
    answer: AnAnswer | None
    """The answer; none if there is an error."""
    error: Error | None
    """What went wrong with this row, if anything did."""

    def __init__(self, index: int, row: Row, answer: AnAnswer | None, error: Error | None) -> None:
        self.index = index
        self.row = row
        self.answer = answer
        self.error = error

    @property
    def ok(self) -> bool:
        """Whether there is an answer."""
        return self.error is None

    def get(self) -> AnAnswer:
        """Give the answer, or raise the error."""
        if self.error is not None:
            raise self.error
        assert self.answer is not None
        return self.answer

    def __repr__(self) -> str:
        """Show what became of the row, and not the row: it is about a person."""
        return f"ManyResult({self.index}, {self.answer if self.error is None else self.error!r})"


class ManySearches:
    """Searches of the blacklist in numbers."""

    __slots__ = ()

    _client: Client

    @hinted
    def search_many(
        self,
        rows: Iterable[Row],
        *,
        concurrency: int = 32,
        params: Callable[[Row], Params] | None = None,
    ) -> Iterator[ManyResult[Row, BlacklistHitAnswer]]:
        """Search for each row: so many at a time, results in the rows' order, rows taken only as needed.

        A row that fails gives a result with an error, and the others go on.

        :param rows: dicts with ``name``, ``id_card`` and ``mobile``, or named tuples, or data classes; or anything, with
            ``params``. A pandas DataFrame is taken row by row, each a named tuple.
        :param concurrency: how many searches are under way at a time.
        :param params: makes a row's parameters of it.
        """
        from qiancheng.answers import BlacklistHitAnswer

        return call_many(self._client, "blacklist.search", rows, BlacklistHitAnswer, concurrency, params)


class AsyncManySearches:
    """Searches of the blacklist in numbers."""

    __slots__ = ()

    _client: AsyncClient

    @hinted
    def search_many(
        self,
        rows: Iterable[Row] | AsyncIterable[Row],
        *,
        concurrency: int = 32,
        params: Callable[[Row], Params] | None = None,
    ) -> AsyncIterator[ManyResult[Row, BlacklistHitAnswer]]:
        """Search for each row: so many at a time, results in the rows' order, rows taken only as needed.

        A row that fails gives a result with an error, and the others go on.

        :param rows: as for :meth:`ManySearches.search_many`; asynchronous iterables, too.
        :param concurrency: how many searches are under way at a time.
        :param params: makes a row's parameters of it.
        """
        from qiancheng.answers import BlacklistHitAnswer

        return call_many_async(
            self._client, "blacklist.search", rows, BlacklistHitAnswer, concurrency, params
        )


def call_many(
    client: Client,
    endpoint: str,
    rows: Iterable[Row],
    answer: type[AnAnswer],
    concurrency: int,
    params: Callable[[Row], Params] | None,
) -> Iterator[ManyResult[Row, AnAnswer]]:
    """Make a call for each row."""
    limit = _limit(concurrency)
    window = client._native.window(endpoint, limit)
    return _results(window, iter(_rows(rows)), answer, limit, params)


def _results(
    window: NativeWindow,
    rows: Iterator[Row],
    answer: type[AnAnswer],
    limit: int,
    params: Callable[[Row], Params] | None,
) -> Iterator[ManyResult[Row, AnAnswer]]:
    waiting: deque[Waiting[Row]] = deque()
    count = 0
    more = True
    broken: Exception | None = None
    # New calls are put in several at a time: waking the thread that makes them costs more than making one.
    low = limit - limit // 4 - 1
    while True:
        got = window.take() if waiting and waiting[0][2] is None else None
        if more and (got is None or len(waiting) <= low):
            while len(waiting) < limit:
                try:
                    row = next(rows)
                except StopIteration:
                    more = False
                    break
                except Exception as failure:
                    # What is under way is handed out first: it may have been paid for.
                    more, broken = False, failure
                    break
                waiting.append((count, row, _push(window, row, params)))
                count += 1
        if not waiting:
            break
        index, row, error = waiting.popleft()
        if error is None and got is None:
            got = window.wait()
        yield _result(index, row, error, got, answer)
    if broken is not None:
        raise broken


def call_many_async(
    client: AsyncClient,
    endpoint: str,
    rows: Iterable[Row] | AsyncIterable[Row],
    answer: type[AnAnswer],
    concurrency: int,
    params: Callable[[Row], Params] | None,
) -> AsyncIterator[ManyResult[Row, AnAnswer]]:
    """Make a call for each row."""
    limit = _limit(concurrency)
    source: Any = rows if hasattr(rows, "__aiter__") else _as_async(_rows(rows))
    return _results_async(client._native.window(endpoint, limit), source.__aiter__(), answer, limit, params)


async def _as_async(rows: Iterable[Row]) -> AsyncIterator[Row]:
    for row in rows:
        yield row


async def _results_async(
    window: NativeWindow,
    rows: AsyncIterator[Row],
    answer: type[AnAnswer],
    limit: int,
    params: Callable[[Row], Params] | None,
) -> AsyncIterator[ManyResult[Row, AnAnswer]]:
    from qiancheng._loop import on_loop

    waiting: deque[Waiting[Row]] = deque()
    count = 0
    more = True
    broken: Exception | None = None
    low = limit - limit // 4 - 1
    while True:
        got = window.take() if waiting and waiting[0][2] is None else None
        if more and (got is None or len(waiting) <= low):
            while len(waiting) < limit:
                try:
                    row = await rows.__anext__()
                except StopAsyncIteration:
                    more = False
                    break
                except Exception as failure:
                    more, broken = False, failure
                    break
                waiting.append((count, row, _push(window, row, params)))
                count += 1
        if not waiting:
            break
        index, row, error = waiting[0]
        if error is None and got is None:
            got = window.take()
            if got is None:
                await on_loop(window.when_ready)
                got = window.take()
        waiting.popleft()
        yield _result(index, row, error, got, answer)
    if broken is not None:
        raise broken


def _limit(concurrency: int) -> int:
    if concurrency < 1:
        raise InvalidInputError("concurrency must be at least 1", field="/concurrency")
    return concurrency


def _rows(rows: Any) -> Any:
    """Take a DataFrame row by row: iterating over one gives its columns."""
    return rows.itertuples(index=False) if hasattr(rows, "itertuples") else rows


def _push(window: NativeWindow, row: Row, params: Callable[[Row], Params] | None) -> Error | None:
    """Start a row's call; an error if there is nothing to call with."""
    try:
        window.push(row if params is None else params(row))
    except Error as error:
        return error
    except Exception as error:
        # The message of a stranger's error may hold anything.
        made = InvalidInputError(
            str(error)
            if params is None
            else f"the row's parameters could not be made: {type(error).__name__}"
        )
        made.__cause__ = error
        return made
    return None


def _result(
    index: int, row: Row, error: Error | None, got: Any, answer: type[AnAnswer]
) -> ManyResult[Row, AnAnswer]:
    if error is None:
        if not isinstance(got, Error):
            return ManyResult(index, row, answer(got), None)
        error = got
    return ManyResult(index, row, None, error)
