"""What goes wrong with documents and with libraries that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qiancheng._errors import InvalidInputError

if TYPE_CHECKING:
    from types import ModuleType


class DataError(InvalidInputError):
    """A document could not be read: where, and what was expected. It holds no value of the document.

    It is a ``qiancheng.InvalidInputError``, and so a ``ValueError``. With ``partial=True`` such a document gives what
    can be read of it.

    不是 JSON、被截断，或不是这一类数据。
    """

    advice = "Look at the place; partial=True gives what can be read, and counts the rest in `issues`."
    advice_zh = "查看所指位置；partial=True 可读出能读的部分，其余计入 `issues`。"

    reason: str
    """What is wrong: ``syntax``, ``truncated``, ``encoding``, ``unrecognised``, ``refused`` or ``misfit``."""
    offset: int | None
    """The place, in bytes from the beginning of the document."""
    line: int | None
    """The line, from 1."""
    column: int | None
    """The character in the line, from 1."""
    path: str
    """The way to the place, such as ``transactions[0].calls[3].use_time``; empty at the top."""
    expected: str | None
    """What was expected there."""
    found: str | None
    """What stands there: a type or a description, never the value."""

    def __init__(
        self,
        message: str = "",
        *,
        reason: str = "unrecognised",
        offset: int | None = None,
        line: int | None = None,
        column: int | None = None,
        path: str = "",
        expected: str | None = None,
        found: str | None = None,
        **fields: Any,
    ) -> None:
        """Take what the reader says, and the members of every error."""
        fields.setdefault("field", "/source")
        super().__init__(message, **fields)
        self.reason = reason
        self.offset = offset
        self.line = line
        self.column = column
        self.path = path
        self.expected = expected
        self.found = found

    def __str__(self) -> str:
        """Say where and what, and, where there is a place to look at, what to do."""
        return self.message if self.offset is None else f"{self.message}. {self.advice}"


class MissingDependencyError(ImportError):
    """A library that is not required, but needed for what was asked, is not installed, or too old."""

    extra: str
    """The extra of this package that brings it: ``pip install 'qiancheng[extra]'``."""

    def __init__(self, message: str, *, name: str, extra: str) -> None:
        """Take the library's name and the extra that brings it."""
        super().__init__(message, name=name)
        self.extra = extra

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle with the library's name and the extra."""
        return _missing, (self.msg, self.name, self.extra)


def _missing(message: str, name: str, extra: str) -> MissingDependencyError:
    return MissingDependencyError(message, name=name, extra=extra)


def require(name: str, extra: str, at_least: tuple[int, ...] = ()) -> ModuleType:
    """Import a library; if it is not there, or too old, say which extra brings it."""
    import importlib

    remedy = f"pip install 'qiancheng[{extra}]'"
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name.partition(".")[0]:
            raise
        message = f"{name} is needed for this and is not installed: {remedy}"
        raise MissingDependencyError(message, name=name, extra=extra) from None
    if version_of(module) < at_least:
        wanted = ".".join(map(str, at_least))
        message = f"{name} {wanted} or newer is needed for this, {module.__version__} is installed: {remedy}"
        raise MissingDependencyError(message, name=name, extra=extra)
    return module


def version_of(module: ModuleType) -> tuple[int, ...]:
    """Give a library's version as numbers, as far as they are numbers."""
    numbers = []
    for part in str(getattr(module, "__version__", "")).split("."):
        if not part.isdigit():
            break
        numbers.append(int(part))
    return tuple(numbers)
