"""Raw data kept in a file, from which the tables can be made again: next year's columns from this year's bytes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from qiancheng import _native
from qiancheng._instants import microseconds_of, time_of
from qiancheng._parameters import hinted
from qiancheng.tables._sets import BY_KIND
from qiancheng.tables._source import bytes_of, decode

if TYPE_CHECKING:
    import datetime

    from qiancheng._instants import Instant
    from qiancheng.tables._source import Source

_BY_ENDPOINT = {
    "telecom.raw_data": "telecom_raw",
    "telecom.report": "telecom_report",
    "degree.raw_data": "degree_raw",
    "ebank.raw_data": "ebank_raw",
    "ebank_v2.raw_data": "ebank_raw",
    "ebank.bank_info": "bank_list",
    "ebank_v2.bank_list": "bank_list",
}
"""The kind of document that an endpoint gives."""


class StoredRaw:
    """A document that was kept: its bytes, of what kind they are, and when they were fetched."""

    __slots__ = ("_native", "_raw")

    def __init__(self, native: _native.NativeStored) -> None:
        """Take the native half; :func:`open_raw` does this."""
        self._native = native
        self._raw: bytes = native.raw

    @property
    def kind(self) -> str:
        """The kind of document, such as ``telecom_raw``."""
        return self._native.kind

    @property
    def raw(self) -> bytes:
        """The document, byte for byte."""
        return self._raw

    @property
    def schema_version(self) -> int:
        """The version of the tables' columns when it was stored; :meth:`tables` has today's."""
        return self._native.schema_version

    @property
    def fetched_at(self) -> datetime.datetime | None:
        """When it was fetched, in Beijing, if that was said."""
        at = self._native.fetched_at
        return None if at is None else time_of(at)

    @property
    def sha256(self) -> str:
        """The checksum of the document and of what is said of it, in hexadecimal."""
        return self._native.sha256

    def tables(self, **options: bool) -> Any:
        """Make the tables, of the class of its kind; the options are those of the function of this kind."""
        from qiancheng import tables

        return getattr(tables, self.kind)(self, **options)

    def __eq__(self, other: object) -> bool:
        """Whether the other holds the same, and says the same of it."""
        if not isinstance(other, StoredRaw):
            return NotImplemented
        return self.sha256 == other.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __repr__(self) -> str:
        """Say what it is, and nothing of what it holds."""
        return f"<StoredRaw {self.kind}: {len(self._raw)} bytes, fetched at {self.fetched_at or 'an unknown time'}>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the document with what is said of it."""
        return _restore, (self.kind, self._raw, self._native.fetched_at)


def _restore(kind: str, raw: bytes, fetched_at: int | None) -> StoredRaw:
    return StoredRaw(_native.NativeStored(kind, raw, fetched_at))


@hinted
def save_raw(
    path: str | os.PathLike[str],
    source: Source,
    *,
    kind: str | None = None,
    fetched_at: Instant = None,
) -> StoredRaw:
    """Store a document in a file, whole or not at all, readable by its owner only, with a checksum.

    :param source: what tables are read from: an answer, tables, bytes, …
    :param kind: the kind of document, such as ``telecom_raw``. Answers and tables know it.
    :param fetched_at: when it was fetched: a datetime or ISO text, in Beijing unless it has an offset.
    """
    kind = kind or getattr(source, "kind", None) or _BY_ENDPOINT.get(getattr(source, "endpoint", ""))
    if kind not in BY_KIND:
        raise ValueError(
            f"kind must be one of {', '.join(BY_KIND)}: what kind of document this is cannot be seen"
        )
    at = None
    if fetched_at is not None:
        at = microseconds_of(fetched_at, "fetched_at")
    elif isinstance(source, StoredRaw):
        at = source._native.fetched_at
    native = _native.NativeStored(kind, bytes_of(source, kind), at)
    native.write(os.fspath(path))
    return StoredRaw(native)


def open_raw(path: str | os.PathLike[str]) -> StoredRaw:
    """Read a stored raw file and check that it is as it was written."""
    with open(path, "rb") as file:
        return StoredRaw(decode(file.read()))
