"""Tables as pandas frames, without pyarrow: numpy looks at bytes that the native half wrote.

Text is the one thing that pandas keeps in two ways: as Python objects, each distinct text made once, or, in pandas 3 where
pyarrow is installed, as Arrow's own. The types and the values are the same.
"""

from __future__ import annotations

import decimal
import functools
from typing import TYPE_CHECKING, Any

from qiancheng.tables._errors import require, version_of
from qiancheng.tables._rows import values_of

if TYPE_CHECKING:
    import pandas

    from qiancheng import _native

OLDEST = (2, 0)
"""The oldest pandas that has times in microseconds."""


def frame(native: _native.NativeTable, decimals: str) -> pandas.DataFrame:
    """Make a frame."""
    if decimals not in ("float64", "object"):
        raise ValueError(f"decimals must be 'float64' or 'object', not {decimals!r}")
    make = _maker()
    text_in_arrow = make.text_in_arrow
    columns = {}
    left = []
    for name, kind, values, beside in native.arrays(not text_in_arrow):
        if kind == "decimal" and decimals == "object":
            columns[name] = make.decimals(native, name)
        elif kind == "left":
            columns[name] = None
            left.append(name)
        else:
            columns[name] = getattr(make, kind)(values, beside)
    if left:
        columns.update(make.arrow_texts(native.select(left)))
    made: pandas.DataFrame = make.pandas.DataFrame(
        columns, index=make.pandas.RangeIndex(len(native)), copy=False
    )
    return made


@functools.lru_cache(maxsize=1)
def _maker() -> _Maker:
    return _Maker()


class _Maker:
    """Makes arrays of pandas out of bytes."""

    def __init__(self) -> None:
        self.pandas: Any = require("pandas", "pandas", OLDEST)
        self.numpy: Any = require("numpy", "pandas")
        self.text_type: Any = None
        self.text_in_arrow = False
        self.null_text: Any = None
        if version_of(self.pandas) >= (3,):
            self.null_text = self.numpy.nan
            # What pandas itself makes of text, in the storage that it has at hand.
            self.text_type = self.pandas.StringDtype(na_value=self.numpy.nan)
            self.text_in_arrow = self.text_type.storage == "pyarrow"

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
        times = self.pandas.DatetimeIndex(self._array(values, "datetime64[us]"), copy=False)
        return times.tz_localize("UTC").tz_convert("Asia/Shanghai").array

    def text(self, codes: bytearray, distinct: list[Any]) -> Any:
        distinct.append(self.null_text)
        objects = self.numpy.empty(len(distinct), "object")
        objects[:] = distinct
        texts = objects.take(self._array(codes, "int32"))
        return texts if self.text_type is None else self.pandas.array(texts, dtype=self.text_type)

    def arrow_texts(self, native: _native.NativeTable) -> dict[str, Any]:
        import pyarrow

        table = pyarrow.table(native)
        return {
            name: self.pandas.array(table.column(name), dtype=self.text_type) for name in table.column_names
        }

    def decimals(self, native: _native.NativeTable, name: str) -> Any:
        spelt = next(spelt for each, spelt, *_ in native.fields() if each == name)
        amounts: list[decimal.Decimal | None] = values_of(native.values(name), spelt)
        objects = self.numpy.empty(len(amounts), "object")
        objects[:] = amounts
        return objects
