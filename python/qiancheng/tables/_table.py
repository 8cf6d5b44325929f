"""A table, and the ways out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from qiancheng._parameters import hinted
from qiancheng.tables._errors import require
from qiancheng.tables._rows import Column, ColumnInfo, Row, values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence
    from typing import Literal

    import duckdb
    import pandas
    import polars
    import pyarrow

    from qiancheng import _native
    from qiancheng._display import Shown


class Table:
    """A table: named columns of fixed types, whatever the document holds. It cannot be changed.

    It speaks the Arrow PyCapsule interface, so that polars, pyarrow, duckdb and others take it as it is, without a copy:
    ``polars.DataFrame(table)``, ``pyarrow.table(table)``, ``duckdb.sql("select peer, count(*) from calls group by 1")``
    over a local variable ``calls``.
    """

    __slots__ = ("__weakref__", "_native", "_origin", "_range", "_schema")

    def __init__(
        self,
        native: _native.NativeTable,
        origin: Callable[[str], Table],
        rows: tuple[int, int] | None = None,
    ) -> None:
        """Take the native half; the tables of a document are made by it."""
        self._native = native
        self._origin = origin
        self._range = rows or (0, len(native))
        self._schema: tuple[ColumnInfo, ...] | None = None

    @property
    def name(self) -> str:
        """The table's name, such as ``calls``."""
        return self._native.name

    @property
    def columns(self) -> list[str]:
        """The columns' names in order."""
        return self._native.columns

    @property
    def schema(self) -> tuple[ColumnInfo, ...]:
        """What the columns are: name, type, unit, description in English and Chinese, place in the document."""
        if self._schema is None:
            self._schema = tuple(_info(*field) for field in self._native.fields())
        return self._schema

    @property
    def description(self) -> str:
        """What a row of the table is."""
        return self._native.metadata().get("description", "")

    @property
    def description_zh(self) -> str:
        """The same in Chinese."""
        return self._native.metadata().get("description_zh", "")

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Export the rows through the Arrow PyCapsule interface. Nothing is copied."""
        return self._native.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """Export the schema through the Arrow PyCapsule interface."""
        return self._native.__arrow_c_schema__()

    @hinted
    def to_pandas(self, *, decimals: Literal["float64", "object"] = "float64") -> pandas.DataFrame:
        """Give the table as a pandas DataFrame; needs pandas 2 or newer, and nothing else.

        The types are the same whatever the document holds and whether or not pyarrow is installed:

        =============  =====================================================================================
        Arrow          pandas
        =============  =====================================================================================
        string         ``str`` (pandas 3), ``object`` with None for a null (pandas 2)
        int64          ``Int64``, or ``int64`` where there are no nulls by declaration, as in ``seq``
        double         ``float64``
        bool           ``boolean``
        decimal128     ``float64``; with ``decimals="object"`` Decimal objects, to the cent
        timestamp      ``datetime64[us, Asia/Shanghai]``
        date32         ``datetime64[us]``, at midnight
        =============  =====================================================================================
        """
        from qiancheng.tables._pandas import frame

        return frame(self._native, decimals)

    def to_polars(self) -> polars.DataFrame:
        """Give the table as a polars DataFrame; needs polars 1 or newer, and nothing else."""
        frame: polars.DataFrame = require("polars", "polars", (1, 0)).DataFrame(self)
        return frame

    def to_arrow(self) -> pyarrow.Table:
        """Give the table as a pyarrow Table, without a copy; needs pyarrow 14 or newer."""
        from qiancheng.tables._arrow import table

        return table(self._native)

    def to_duckdb(self, connection: duckdb.DuckDBPyConnection | None = None) -> duckdb.DuckDBPyRelation:
        """Give the table as a duckdb relation, of a connection or of duckdb's default one; needs duckdb and pyarrow."""
        library = require("duckdb", "duckdb", (1, 0))
        return (connection or library).from_arrow(self.to_arrow())

    def to_dict(self) -> dict[str, list[Any]]:
        """Give the columns as lists, by name: str, int, float, bool, Decimal, datetime in Beijing, date; None for a null."""
        return {name: self[name].to_list() for name in self.columns}

    def to_pylist(self) -> list[dict[str, Any]]:
        """Give the rows as dictionaries."""
        columns = self.to_dict()
        return [dict(zip(columns, values)) for values in zip(*columns.values())]

    @hinted
    def show(self, rows: int = 10, *, reveal: bool = False) -> Shown:
        """Show the first rows: as text at a terminal, as a table in a notebook; personal data masked unless revealed.

        >>> from qiancheng import tables
        >>> tables.telecom_raw('{"calls": [{"other_cell_phone": "13800138000", "use_time": 61}]}').calls[
        ...     ["use_time", "peer"]
        ... ].show()
        use_time  peer
        ────────  ───────────
              61  138****8000
        calls: 1 row; personal data masked
        """
        from qiancheng._display import show_table

        return show_table(self, rows, reveal)

    def head(self, rows: int = 5) -> Table:
        """Give the first rows."""
        return self[:rows]

    def tail(self, rows: int = 5) -> Table:
        """Give the last rows."""
        return self[max(len(self) - rows, 0) :] if rows >= 0 else self[-rows:]

    def select(self, columns: Sequence[str]) -> Table:
        """Give some of the columns, in the order given. They are not copied."""
        if isinstance(columns, str):
            raise TypeError("columns must be a list of names, not one name")
        return Table(self._native.select(list(columns)), self._origin, self._range)

    @overload
    def __getitem__(self, what: str) -> Column: ...
    @overload
    def __getitem__(self, what: int) -> Row: ...
    @overload
    def __getitem__(self, what: slice | list[str]) -> Table: ...
    def __getitem__(self, what: str | int | slice | list[str]) -> Column | Row | Table:
        """Give a column by its name, a row by its place, the rows of a slice, or some columns by a list of names."""
        if isinstance(what, str):
            for info in self.schema:
                if info.name == what:
                    return Column(self, info)
            raise KeyError(what)
        if isinstance(what, slice):
            return self._slice(what)
        if isinstance(what, list):
            return self.select(what)
        rows = len(self)
        if not -rows <= what < rows:
            raise IndexError(f"{self.name} has {rows} rows")
        start = what % rows
        return next(iter(self._slice(slice(start, start + 1))))

    def _slice(self, what: slice) -> Table:
        start, stop, step = what.indices(len(self))
        if step != 1:
            raise ValueError("rows can be taken one after the other only: the step must be 1")
        stop = max(start, stop)
        begin = self._range[0]
        return Table(self._native.slice(start, stop), self._origin, (begin + start, begin + stop))

    def __iter__(self) -> Iterator[Row]:
        """Give the rows."""
        schema = self.schema
        names = [info.name for info in schema]
        columns = [values_of(self._native.values(info.name), info.type) for info in schema]
        return (Row(schema, dict(zip(names, values))) for values in zip(*columns))

    def __len__(self) -> int:
        """Say how many rows there are."""
        return len(self._native)

    def __eq__(self, other: object) -> bool:
        """Whether the other has the same columns and rows."""
        if not isinstance(other, Table):
            return NotImplemented
        return self._native == other._native

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Say what the table is, and nothing of what it holds."""
        return (
            f"<Table {self.name}: {len(self)} rows × {len(self.columns)} columns ({', '.join(self.columns)})>"
        )

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, str]:
        """Show it in a notebook, masked."""
        from qiancheng import _display

        return _display.mimebundle(self, include, exclude)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the document that the table comes from; the table is read from it again."""
        return _restore, (self._origin, self.name, self._range, self.columns)

    def __copy__(self) -> Table:
        """Give itself: it cannot be changed."""
        return self

    def __deepcopy__(self, memo: object) -> Table:
        """Give itself: it cannot be changed."""
        return self


def _restore(origin: Callable[[str], Table], name: str, rows: tuple[int, int], columns: list[str]) -> Table:
    table = origin(name)[slice(*rows)]
    return table if table.columns == columns else table.select(columns)


def _info(name: str, spelt: str, nullable: bool, said: dict[str, str]) -> ColumnInfo:
    return ColumnInfo(
        name=name,
        type=spelt,
        nullable=nullable,
        unit=said.get("unit"),
        description=said.get("description", ""),
        description_zh=said.get("description_zh", ""),
        source=said.get("source", ""),
        personal=said.get("personal") == "true",
    )
