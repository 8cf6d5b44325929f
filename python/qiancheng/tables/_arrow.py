"""Tables as pyarrow Tables.

To read a schema out of the C data interface takes pyarrow several times as long as to take the columns, and holds the
interpreter's lock. What is declared is the same in every document: its schema is read once, and then only columns cross.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qiancheng.tables._errors import require

if TYPE_CHECKING:
    import pyarrow

    from qiancheng import _native

OLDEST = (14,)
"""The oldest pyarrow that speaks the Arrow PyCapsule interface."""


def table(native: _native.NativeTable) -> pyarrow.Table:
    """Make a Table. Nothing is copied."""
    global _last
    made = _last
    if made is None:
        # Two threads may make one each; either will do.
        made = _last = _Maker()
    return made.table(native)


class _Maker:
    """Makes Tables of pyarrow out of columns."""

    def __init__(self) -> None:
        self.pyarrow: Any = require("pyarrow", "arrow", OLDEST)
        # pyarrow's own way for those who know the schema. It is for experts, so it may be gone one day.
        self.take: Any = getattr(self.pyarrow.RecordBatch, "_import_from_c", None)
        self.known: dict[tuple[str, str, bool], Any] = {}

    def table(self, native: _native.NativeTable) -> pyarrow.Table:
        declared = native.declared
        made: pyarrow.Table
        if declared is None or self.take is None:
            made = self.pyarrow.table(native)
            return made
        schema = self.known.get(declared)
        if schema is None:
            schema = self.known[declared] = self.pyarrow.schema(native)
        # Until pyarrow has taken them, the columns belong to their owner.
        address, _owner = native.batch()
        made = self.pyarrow.Table.from_batches([self.take(address, schema)])
        return made


_last: _Maker | None = None
