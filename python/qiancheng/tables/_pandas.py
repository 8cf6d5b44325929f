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
    for name, kind, values, beside in native.arrays(texts is None):
        if kind == "decimal" and decimals == "object":
            columns[name] = make.decimals(native, name)
        elif texts is not None and kind == "left":
            columns[name] = next(texts)
        else:
            columns[name] = getattr(make, kind)(values, beside)
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
        self.time_type = self.pandas.DatetimeTZDtype("us", "Asia/Shanghai")
        # An array of numpy's that can be seen as one of pandas; in pandas 2.0 the view mistakes microseconds.
        self.seen: Any = None
        self.text_type: Any = None
        self.text_in_arrow = False
        self.null_text: Any = None
        newer = version_of(self.pandas) >= (3,)
        if newer:
            self.null_text = self.numpy.nan
            # What pandas itself makes of text, in the storage that it has at hand.
            self.text_type = self.pandas.StringDtype(na_value=self.numpy.nan)
            self.text_in_arrow = self.text_type.storage == "pyarrow"
            self.seen = self.pandas.arrays.NumpyExtensionArray
        # What pandas offers to those that bring finished columns; pandas 2 sorts through a dictionary of them.
        self.from_blocks: Any = None
        # Making an index of names takes as long as making the rest of a frame.
        self.known: dict[tuple[str, ...], tuple[Any, list[Any]]] = {}
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

    def time(self, values: bytearray, _: None) -> Any:
        times = self._array(values, "datetime64[us]")
        if self.seen is None:
            utc = self.pandas.DatetimeTZDtype("us", "UTC")
            return self.pandas.DatetimeIndex(times, dtype=utc, copy=False).tz_convert(self.time_type.tz).array
        # A view takes the numbers for instants as they are; whatever else makes times looks at them first, which takes
        # longer than the rest of the column.
        return self.seen(times).view(self.time_type)

    def text(self, codes: bytearray, distinct: list[Any]) -> Any:
        distinct.append(self.null_text)
        objects = self.numpy.empty(len(distinct), "object")
        objects[:] = distinct
        texts = objects.take(self._array(codes, "int32"))
        return texts if self.text_type is None else self.pandas.array(texts, dtype=self.text_type)

    def arrow_texts(self, native: _native.NativeTable) -> Iterator[Any]:
        from qiancheng.tables import _arrow

        made = self.pandas.arrays.ArrowStringArray
        columns = _arrow.table(native.texts()).itercolumns()
        return (made(column, dtype=self.text_type) for column in columns)

    def frame(self, columns: dict[str, Any], rows: int) -> pandas.DataFrame:
        index = self.pandas.RangeIndex.from_range(range(rows))
        frame: pandas.DataFrame
        if self.from_blocks is None:
            frame = self.pandas.DataFrame(columns, index=index, copy=False)
        else:
            names, places = self._names(tuple(columns))
            plain = self.numpy.ndarray
            blocks = [
                (column.reshape(1, -1) if isinstance(column, plain) else column, place)
                for column, place in zip(columns.values(), places)
            ]
            frame = self.from_blocks(blocks, index, names)
        return frame

    def _names(self, names: tuple[str, ...]) -> tuple[Any, list[Any]]:
        """Give an index of the names, and for each of them an array of its place."""
        known = self.known.get(names)
        if known is None:
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            places = [self.numpy.array([place]) for place in range(len(names))]
            known = self.known[names] = self.pandas.Index(names), places
        return known

    def decimals(self, native: _native.NativeTable, name: str) -> Any:
        spelt = next(spelt for each, spelt, *_ in native.fields() if each == name)
        amounts: list[decimal.Decimal | None] = values_of(native.values(name), spelt)
        objects = self.numpy.empty(len(amounts), "object")
        objects[:] = amounts
        return objects


_last: _Maker | None = None
