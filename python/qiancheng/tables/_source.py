"""What tables can be read from, brought to what the reader takes: bytes, or an answer of the client."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any, Union

from qiancheng import _native
from qiancheng.tables._errors import DataError

if TYPE_CHECKING:
    from typing_extensions import TypeAlias

    from qiancheng._answer import Answer
    from qiancheng.tables._sets import TableSet
    from qiancheng.tables._stored import StoredRaw

Source: TypeAlias = Union[
    bytes,
    bytearray,
    memoryview,
    str,
    "os.PathLike[str]",
    IO[bytes],
    IO[str],
    Mapping[str, Any],
    "list[Any]",
    "Answer",
    "_native.RawAnswer",
    "StoredRaw",
    "TableSet",
    None,
]
"""What a document can be read from. See :func:`qiancheng.tables.telecom_raw`."""

_LONGEST_PATH = 4096


STORED = b'{"format":"qiancheng-raw"'
"""What the content of a stored raw file begins with."""


def bytes_of(source: Source, kind: str) -> bytes | _native.RawAnswer:
    """Give the document itself, of the kind that is to be read. What comes as bytes or as an answer is not copied."""
    document = _bytes(source)
    if isinstance(document, bytes) and document.startswith(STORED):
        return _unpacked(document, kind)
    if getattr(source, "kind", kind) != kind:
        raise TypeError(f"source holds {getattr(source, 'kind', None)}, not {kind}")
    return document


def _unpacked(content: bytes, kind: str) -> bytes:
    stored = decode(content)
    if stored.kind != kind:
        raise DataError(
            f"source is a stored raw file that holds {stored.kind}, not {kind}",
            expected=kind,
            found=stored.kind,
        )
    return stored.raw


def decode(content: bytes) -> _native.NativeStored:
    """Read the content of a stored raw file."""
    stored, why = _native.NativeStored.decode(content)
    if stored is None:
        raise DataError(why or "", reason="stored", expected="a stored raw file", found="another file")
    return stored


def _bytes(source: Source) -> bytes | _native.RawAnswer:
    if isinstance(source, (bytes, _native.RawAnswer)):
        return source
    if isinstance(source, str):
        return _text(source)
    if isinstance(source, (bytearray, memoryview)):
        return bytes(source)
    if isinstance(source, os.PathLike):
        return _content(source)
    own = _own(source)
    if own is not None:
        return own
    if source is None or isinstance(source, (Mapping, list, tuple)):
        return _parsed(source)
    read = getattr(source, "read", None)
    if callable(read):
        content = read()
        if isinstance(content, (bytes, str)):
            return content if isinstance(content, bytes) else _encoded(content)
    raise TypeError(
        "source must be bytes, JSON text, a path, an open file, a parsed object, an answer or a stored raw file, "
        f"not {type(source).__name__}"
    )


def _own(source: Any) -> bytes | _native.RawAnswer | None:
    """Whatever of this package holds a document."""
    raw = getattr(source, "_raw", None)
    return raw if isinstance(raw, (bytes, _native.RawAnswer)) else None


def _text(text: str) -> bytes:
    """Text is JSON if it begins as objects, lists and null do, or holds nothing; else it is a path."""
    start = text.lstrip("\ufeff \t\r\n")[:4]
    if start[:1] in ("", "{", "[") or start == "null":
        return _encoded(text)
    if len(text) > _LONGEST_PATH or not text.isprintable():
        raise DataError(
            "expected JSON text (which begins with { or [) or a path, found other text",
            reason="syntax",
            expected="JSON text or a path",
            found="other text",
        )
    return _content(text)


def _content(path: str | os.PathLike[str]) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _encoded(text: str) -> bytes:
    # Half a surrogate pair has no place in UTF-8; the reader says where it stands.
    return text.encode("utf-8", "surrogatepass")


def _parsed(value: Any) -> bytes:
    """What somebody else's JSON reader made of a document, as JSON again."""
    import json

    try:
        return _encoded(json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain))
    except ValueError as error:
        raise DataError(f"source cannot be written as JSON: {error}", expected="JSON values") from None


def _plain(value: Any) -> Any:
    """Give what JSON has no word for, but its readers and people's code make of it."""
    import datetime
    import decimal

    if isinstance(value, decimal.Decimal):
        return str(value)
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    item = getattr(value, "item", None)
    if callable(item):
        # A number of numpy's.
        return item()
    raise TypeError(f"source holds a {type(value).__name__}, which JSON has no word for")
