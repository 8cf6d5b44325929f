"""Rows and columns of a table, for who reads them without a data frame library."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from qiancheng._instants import time_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy
    import pandas

    from qiancheng.tables._table import Table

_FIRST_DAY = datetime.date(1970, 1, 1).toordinal()


class ColumnInfo(NamedTuple):
    """What a column is."""

    name: str
    """Its name."""
    type: str
    """Its type in Arrow, as pyarrow spells it."""
    nullable: bool
    """Whether a row may have no value."""
    unit: str | None
    """Its unit."""
    description: str
    """What it says."""
    description_zh: str
    """The same in Chinese."""
    source: str
    """The path in the document that it comes from; empty if it is computed."""
    personal: bool
    """Whether it holds personal data."""


class Row(Mapping[str, Any]):
    """A row: its values by the columns' names, as items or as attributes.

    It prints with personal data masked; ``dict(row)`` is in clear.
    """

    __slots__ = ("_schema", "_values")

    def __init__(self, schema: tuple[ColumnInfo, ...], values: dict[str, Any]) -> None:
        self._schema = schema
        self._values = values

    def __getitem__(self, name: str) -> Any:
        """Give a value by its column's name."""
        return self._values[name]

    def __getattr__(self, name: str) -> Any:
        """Give a value by its column's name."""
        try:
            return object.__getattribute__(self, "_values")[name]
        except KeyError:
            raise AttributeError(f"the row has no column {name!r}") from None

    def __iter__(self) -> Iterator[str]:
        """Give the columns' names."""
        return iter(self._values)

    def __len__(self) -> int:
        """Say how many columns there are."""
        return len(self._values)

    def __dir__(self) -> list[str]:
        """Name the columns, too."""
        return sorted({*super().__dir__(), *self._values})

    def __repr__(self) -> str:
        """Show the row with personal data masked."""
        shown = (f"{each.name}={self._shown(each)}" for each in self._schema)
        return f"Row({', '.join(shown)})"

    def _shown(self, column: ColumnInfo) -> str:
        value = self._values[column.name]
        return "****" if column.personal and value is not None else repr(value)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle with its columns."""
        return type(self), (self._schema, self._values)


class Column(Sequence[Any]):
    """A column: its values, and what they are. Text, int, float, bool, Decimal, datetime (Beijing), date; None for a null."""

    __slots__ = ("_table", "_values", "info")

    info: ColumnInfo
    """What the column is."""

    def __init__(self, table: Table, info: ColumnInfo) -> None:
        self._table = table
        self._values: list[Any] | None = None
        self.info = info

    @property
    def name(self) -> str:
        """Its name."""
        return self.info.name

    @property
    def type(self) -> str:
        """Its type in Arrow, as pyarrow spells it."""
        return self.info.type

    def to_list(self) -> list[Any]:
        """Give its values as a list of the caller's own."""
        return list(self._read())

    def to_pandas(self) -> pandas.Series[Any]:
        """Give it as a pandas Series, of the type that the table's ``to_pandas()`` has."""
        return self._table.select([self.name]).to_pandas()[self.name]

    def to_numpy(self) -> numpy.ndarray[Any, Any]:
        """Give it as a numpy array; needs pandas."""
        return self.to_pandas().to_numpy()

    def _read(self) -> list[Any]:
        values = self._values
        if values is None:
            values = self._values = values_of(self._table._native.values(self.name), self.type)
        return values

    @overload
    def __getitem__(self, place: int) -> Any: ...
    @overload
    def __getitem__(self, place: slice) -> list[Any]: ...
    def __getitem__(self, place: int | slice) -> Any:
        """Give a value, or the values of a slice."""
        return self._read()[place]

    def __len__(self) -> int:
        """Say how many rows there are."""
        return len(self._table)

    def __iter__(self) -> Iterator[Any]:
        """Give the values."""
        return iter(self._read())

    def __eq__(self, other: object) -> bool:
        """Whether the other has the same name, type and values."""
        if not isinstance(other, Column):
            return NotImplemented
        return self.info == other.info and self._read() == other._read()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Say what it is, and nothing of what it holds."""
        unit = f", {self.info.unit}" if self.info.unit else ""
        return f"<Column {self.name}: {self.type}{unit}, {len(self)} rows>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle with its table."""
        return type(self), (self._table, self.info)


def values_of(values: list[Any], spelt: str) -> list[Any]:
    """Make a column's values of what the native half gives."""
    make = _maker(spelt)
    return values if make is None else [None if value is None else make(value) for value in values]


def _maker(spelt: str) -> Callable[[Any], Any] | None:
    if spelt.startswith("timestamp"):
        return time_of
    if spelt.startswith("date"):
        return _day_of
    if spelt.startswith("decimal"):
        scale = -int(spelt.rpartition(",")[2].strip(" )"))
        return lambda amount: decimal.Decimal(amount).scaleb(scale)
    return None


def _day_of(days: int) -> datetime.date:
    return datetime.date.fromordinal(_FIRST_DAY + days)
