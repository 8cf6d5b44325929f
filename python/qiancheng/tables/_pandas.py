"""Tables as pandas frames, without pyarrow: numpy looks at bytes that the native half wrote.

Text is the one thing that pandas keeps in two ways: as Python objects, each distinct text made once, or, in pandas 3 where
pyarrow is installed, as Arrow's own. The types and the values are the same.
"""

from __future__ import annotations

import decimal
from typing import TYPE_CHECKING, Any

from qiancheng.tables._errors import require, version_of
from qiancheng.tables._rows import values_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas

    from qiancheng import _native

OLDEST = (2, 0)
"""The oldest pandas that has times in microseconds."""

_MOST_KNOWN = 64


def frame(native: _native.NativeTable, decimals: str) -> pandas.DataFrame:
    """Make a frame."""
    if decimals not in ("float64", "object"):
        raise ValueError(f"decimals must be 'float64' or 'object', not {decimals!r}")
    make = _maker()
    texts = make.arrow_texts(native) if make.text_in_arrow else None
    columns: dict[str, Any] = {}
    times = {}
    for name, kind, values, beside in native.arrays(texts is None):
        if kind == "decimal" and decimals == "object":
            columns[name] = make.decimals(native, name)
        elif texts is not None and kind == "left":
            columns[name] = next(texts)
        elif kind == "time":
            times[name] = values
            columns[name] = None
        else:
            columns[name] = getattr(make, kind)(values, beside)
    columns.update(zip(times, make.times(list(times.values()), len(native))))
    return make.frame(columns, len(native))


def _maker() -> _Maker:
    global _last
    made = _last
    if made is None:
        # Two threads may make one each; either will do.
        made = _last = _Maker()
    return made


class _Maker:
    """Makes arrays of pandas out of bytes."""

    def __init__(self) -> None:
        self.pandas: Any = require("pandas", "pandas", OLDEST)
        self.numpy: Any = require("numpy", "pandas")
        self.utc = self.pandas.DatetimeTZDtype("us", "UTC")
        self.text_type: Any = None
        self.text_in_arrow = False
        self.null_text: Any = None
        newer = version_of(self.pandas) >= (3,)
        if newer:
            self.null_text = self.numpy.nan
            # What pandas itself makes of text, in the storage that it has at hand.
            self.text_type = self.pandas.StringDtype(na_value=self.numpy.nan)
            self.text_in_arrow = self.text_type.storage == "pyarrow"
        # What pandas offers to those that bring finished columns; pandas 2 sorts through a dictionary of them.
        self.from_blocks: Any = None
        # Making an index of names takes as long as making the rest of a frame.
        self.known: dict[tuple[str, ...], Any] = {}
        if newer:
            from pandas.api.internals import create_dataframe_from_blocks

            self.from_blocks = create_dataframe_from_blocks

    def _array(self, values: bytearray, kind: str) -> Any:
        return self.numpy.frombuffer(values, kind) if values else self.numpy.empty(0, kind)

    def integer(self, values: bytearray, nulls: bytearray | None) -> Any:
        numbers = self._array(values, "int64")
        return (
            numbers if nulls is None else self.pandas.arrays.IntegerArray(numbers, self._array(nulls, "bool"))
        )

    def flag(self, values: bytearray, nulls: bytearray) -> Any:
        return self.pandas.arrays.BooleanArray(self._array(values, "bool"), self._array(nulls, "bool"))

    def float(self, values: bytearray, _: None) -> Any:
        return self._array(values, "float64")

    decimal = float

    def date(self, values: bytearray, _: None) -> Any:
        return self._array(values, "datetime64[us]")

    def times(self, columns: list[bytearray], rows: int) -> Iterator[Any]:
        """Make all columns of times at once: how many there are is what costs."""
        together = bytearray().join(columns)
        times = self.pandas.DatetimeIndex(self._array(together, "datetime64[us]"), dtype=self.utc, copy=False)
        array = times.tz_convert("Asia/Shanghai").array
        return (array[place * rows : (place + 1) * rows] for place in range(len(columns)))

    def text(self, codes: bytearray, distinct: list[Any]) -> Any:
        distinct.append(self.null_text)
        objects = self.numpy.empty(len(distinct), "object")
        objects[:] = distinct
        texts = objects.take(self._array(codes, "int32"))
        return texts if self.text_type is None else self.pandas.array(texts, dtype=self.text_type)

    def arrow_texts(self, native: _native.NativeTable) -> Iterator[Any]:
        import pyarrow

        made = self.pandas.arrays.ArrowStringArray
        return (made(column, dtype=self.text_type) for column in pyarrow.table(native.texts()).itercolumns())

    def frame(self, columns: dict[str, Any], rows: int) -> pandas.DataFrame:
        index = self.pandas.RangeIndex(rows)
        frame: pandas.DataFrame
        if self.from_blocks is None:
            frame = self.pandas.DataFrame(columns, index=index, copy=False)
        else:
            blocks = []
            for place, column in enumerate(columns.values()):
                block = column.reshape(1, -1) if isinstance(column, self.numpy.ndarray) else column
                blocks.append((block, self.numpy.array([place])))
            frame = self.from_blocks(blocks, index, self._names(tuple(columns)))
        return frame

    def _names(self, names: tuple[str, ...]) -> Any:
        index = self.known.get(names)
        if index is None:
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            index = self.known[names] = self.pandas.Index(names)
        return index

    def decimals(self, native: _native.NativeTable, name: str) -> Any:
        spelt = next(spelt for each, spelt, *_ in native.fields() if each == name)
        amounts: list[decimal.Decimal | None] = values_of(native.values(name), spelt)
        objects = self.numpy.empty(len(amounts), "object")
        objects[:] = amounts
        return objects


_last: _Maker | None = None
