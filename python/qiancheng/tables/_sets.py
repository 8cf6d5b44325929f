"""The tables of one document, a class for each kind of document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from qiancheng import _native
from qiancheng._parameters import hinted
from qiancheng.tables._source import bytes_of
from qiancheng.tables._table import Table

if TYPE_CHECKING:
    import os
    from collections.abc import Container, Iterator

    from qiancheng._instants import Instant
    from qiancheng.plot import EbankPlots, ReportPlots, TelecomPlots
    from qiancheng.tables._features import Features
    from qiancheng.tables._source import Source

Set = TypeVar("Set", bound="TableSet")


class TableSet:
    """The tables of one document. They cannot be changed; every table is there, if only with no rows.

    >>> from qiancheng import tables
    >>> document = tables.telecom_raw('{"transactions": [{"calls": [{"use_time": "61", "init_type": "主叫"}]}]}')
    >>> document
    <TelecomRaw: basic 0, calls 1, smses 0, nets 0, bills 0, issues 0>
    >>> document.calls["use_time"].to_list()
    [61]
    """

    kind: ClassVar[str]
    """The kind of document, such as ``telecom_raw``."""

    issues: Table
    """What did not fit, counted by place and kind; never the value."""

    def __init__(self, raw: bytes | _native.RawAnswer, options: dict[str, bool]) -> None:
        """Read a document; the functions of :mod:`qiancheng.tables` do this."""
        self._raw = raw
        self._options = options
        self._native = _native.tables_read(self.kind, raw, **options)

    if not TYPE_CHECKING:
        # A type checker goes by the tables that the classes name, and finds a misspelt one.
        def __getattr__(self, name):
            """Give a table, made on first use."""
            native = None if name.startswith("_") else self._native.table(name)
            if native is None:
                raise AttributeError(f"{type(self).__name__} has no table {name!r}")
            table = Table(native, _Origin(type(self), self._raw, self._options))
            self.__dict__[name] = table
            return table

    @property
    def schema_version(self) -> int:
        """The version of the tables' columns. It goes up when a column changes its name, type or meaning."""
        return self._native.schema_version

    @property
    def names(self) -> tuple[str, ...]:
        """The tables' names; ``issues`` is the last."""
        return tuple(self._native.names)

    @property
    def raw(self) -> bytes:
        """The document, byte for byte."""
        return self._raw if isinstance(self._raw, bytes) else self._raw.data

    @property
    def fault(self) -> Exception | None:
        """Where reading ended early, a :class:`DataError` that was not raised; only with ``partial=True``."""
        return self._native.fault()

    def to_dict(self) -> dict[str, dict[str, list[Any]]]:
        """Give all tables: by name, the columns: by name, their values."""
        return {table.name: table.to_dict() for table in self}

    @hinted
    def save(self, path: str | os.PathLike[str], *, fetched_at: Instant = None) -> None:
        """Store the document in a file from which the tables can be rebuilt; see :func:`save_raw`."""
        from qiancheng.tables._stored import save_raw

        save_raw(path, self, fetched_at=fetched_at)

    def __getitem__(self, name: str) -> Table:
        """Give a table by its name."""
        if name not in self._native.names:
            raise KeyError(name)
        table: Table = getattr(self, name)
        return table

    def __iter__(self) -> Iterator[Table]:
        """Give the tables in order."""
        return (self[name] for name in self._native.names)

    def __len__(self) -> int:
        """Say how many tables there are."""
        return len(self._native.names)

    def __contains__(self, name: object) -> bool:
        """Whether there is a table of this name."""
        return name in self._native.names

    def __dir__(self) -> list[str]:
        """Name the tables, too."""
        return sorted({*super().__dir__(), *self._native.names})

    def __eq__(self, other: object) -> bool:
        """Whether the other is of the same kind and holds the same rows."""
        if not isinstance(other, TableSet):
            return NotImplemented
        return self._native == other._native

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Say how many rows there are, and nothing of what they hold."""
        return f"<{type(self).__name__}: {', '.join(f'{table.name} {len(table)}' for table in self)}>"

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, str]:
        """Show it in a notebook, masked."""
        from qiancheng import _display

        return _display.mimebundle(self, include, exclude)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the document; the tables are read from it again."""
        return type(self), (self.raw, self._options)

    def __copy__(self: Set) -> Set:
        """Give itself: it cannot be changed."""
        return self

    def __deepcopy__(self: Set, memo: object) -> Set:
        """Give itself: it cannot be changed."""
        return self


class _Origin:
    """Where a table comes from, for whoever pickles it."""

    __slots__ = ("document", "options", "raw")

    def __init__(
        self, document: type[TableSet], raw: bytes | _native.RawAnswer, options: dict[str, bool]
    ) -> None:
        self.document = document
        self.raw = raw
        self.options = options

    def __call__(self, name: str) -> Table:
        return self.document(self.raw, self.options)[name]

    def __reduce__(self) -> tuple[Any, ...]:
        raw = self.raw if isinstance(self.raw, bytes) else self.raw.data
        return type(self), (self.document, raw, self.options)


class TelecomRaw(TableSet):
    """The tables of telecom raw data (§3.2.1)."""

    kind = "telecom_raw"

    basic: Table
    """The number and its owner, one row for each record of the document."""
    calls: Table
    """Calls, one row each."""
    smses: Table
    """Short messages, one row each."""
    nets: Table
    """Data sessions, one row each."""
    bills: Table
    """Monthly bills, one row each."""

    @property
    def plot(self) -> TelecomPlots:
        """Pictures of the document, drawn with matplotlib; see :mod:`qiancheng.plot`."""
        from qiancheng.plot import TelecomPlots

        return TelecomPlots(self)

    @hinted
    def features(
        self,
        as_of: Instant = None,
        *,
        report: TelecomReport | Source = None,
    ) -> Features:
        """Compute the applicant's features: one row of numbers.

        :param as_of: the instant that windows count back from. A datetime or an ISO text without an offset is Beijing
            time, a date is its first instant. By default the time of the fetch, as the document says it; never now.
        :param report: the applicant's telecom report, or its tables, for the features that come from there.
        """
        from qiancheng._instants import microseconds_of
        from qiancheng.tables._features import Features

        if report is not None and not isinstance(report, TelecomReport):
            report = read(TelecomReport, report)
        return Features(
            _native.features_telecom(
                self._native,
                None if report is None else report._native,
                None if as_of is None else microseconds_of(as_of, "as_of"),
            )
        )


class TelecomReport(TableSet):
    """The tables of a telecom report (§3.2.2): one for each section, and one for each list in it."""

    kind = "telecom_report"

    report: Table
    """The report itself, one row."""
    cell_behavior: Table
    """The applicant's numbers, one row each."""
    cell_behavior_months: Table
    """Months of a number, one row each; the newest, partial one comes first."""
    contact_list: Table
    """Numbers the applicant talked to, one row each."""
    contact_region: Table
    """Regions the contacts' numbers belong to, one row each."""
    collection_contact: Table
    """People who receive the applicant's parcels, and calls with them, one row each."""
    collection_contact_details: Table
    """Numbers of the people in collection_contact, one row each."""
    main_service: Table
    """Companies the applicant talked to, one row each."""
    main_service_details: Table
    """Months of the companies in main_service, one row each."""
    application_check: Table
    """What the applicant said, checked, one row a statement."""
    application_check_values: Table
    """Items of the lists in application_check, one row each."""
    user_info_check: Table
    """Searches by other lenders, and blacklists around the applicant, one row."""
    user_info_check_values: Table
    """Items of the lists in user_info_check, one row each."""
    behavior_check: Table
    """Checks of behaviour, one row each."""
    person: Table
    """The applicant, in the older generation, one row."""
    data_source: Table
    """Where the data came from, in the older generation, one row a source."""
    deliver_address: Table
    """Addresses that parcels went to, one row each."""
    deliver_address_receivers: Table
    """Who received parcels at an address, one row each."""
    deliver_address_receiver_phones: Table
    """Numbers of receivers, one row each."""
    ebusiness_expense: Table
    """Purchases by month, one row each."""
    ebusiness_expense_categories: Table
    """Kinds of goods bought in a month, one row each."""
    trip_info: Table
    """Trips, one row each."""
    trip_info_values: Table
    """Items of the lists in trip_info, one row each."""
    trip_consume: Table
    """Spending on trips, in the older generation, one row each; its fields are in _extra."""

    @property
    def plot(self) -> ReportPlots:
        """Pictures of the document, drawn with matplotlib; see :mod:`qiancheng.plot`."""
        from qiancheng.plot import ReportPlots

        return ReportPlots(self)


class DegreeRaw(TableSet):
    """The tables of degree raw data (§4.2.1)."""

    kind = "degree_raw"

    enrolments: Table
    """Enrolments (学籍), one row each."""
    qualifications: Table
    """Qualifications (学历), one row each."""


class EbankRaw(TableSet):
    """The tables of e-bank raw data (§5.2.1, §6.2.1)."""

    kind = "ebank_raw"

    accounts: Table
    """Accounts with a bank, one row each."""
    cards: Table
    """Cards, one row each."""
    bills: Table
    """Statements of credit cards, one row each."""
    transactions: Table
    """Transactions, one row each; money in is positive, money out negative."""

    @property
    def plot(self) -> EbankPlots:
        """Pictures of the document, drawn with matplotlib; see :mod:`qiancheng.plot`."""
        from qiancheng.plot import EbankPlots

        return EbankPlots(self)


class BankList(TableSet):
    """The tables of the banks and how one logs in there (§5.1.1, §6.1.2)."""

    kind = "bank_list"

    banks: Table
    """Banks, one row each."""
    logins: Table
    """Ways to log in, one row each."""
    inputs: Table
    """What a way to log in asks for, one row each."""


BY_KIND: dict[str, type[TableSet]] = {
    each.kind: each for each in (TelecomRaw, TelecomReport, DegreeRaw, EbankRaw, BankList)
}
"""The class of each kind of document."""


def read(document: type[Set], source: Source, **options: bool) -> Set:
    """Read a document of a kind from whatever holds it."""
    return document(
        bytes_of(source, document.kind), {name: value for name, value in options.items() if value}
    )
