"""Instants: how callers may say them, and how they are given out. What has no offset is Beijing time."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Union

from qiancheng._errors import InvalidInputError

if TYPE_CHECKING:
    from typing import Any

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
"""The zone of all times, without the summer time that China had from 1986 to 1991."""

Instant = Union[datetime.datetime, datetime.date, str, None]
"""An instant: a datetime, a date, or ISO text. What has no offset is Beijing time, a date its first instant."""

_EPOCH = datetime.datetime(1970, 1, 1, 8, tzinfo=BEIJING)
_MICROSECOND = datetime.timedelta(microseconds=1)
_OFFSET_WITHOUT_COLON = re.compile(r"([+-]\d\d)(\d\d)$")


def time_of(microseconds: int) -> datetime.datetime:
    """Give an instant, in microseconds since 1970 in UTC, as a time in Beijing."""
    return _EPOCH + datetime.timedelta(microseconds=microseconds)


def microseconds_of(instant: Any, parameter: str) -> int:
    """Give an instant in microseconds since 1970 in UTC; an error names the parameter that holds it."""
    if isinstance(instant, str):
        instant = _read(instant, parameter)
    elif type(instant).__module__ == "numpy" and hasattr(instant, "astype"):
        instant = instant.astype("datetime64[us]").item()
    if isinstance(instant, datetime.datetime):
        if instant != instant:
            raise _invalid(parameter, "it is not a time (NaT)")
        zoned = instant.replace(tzinfo=BEIJING) if instant.tzinfo is None else instant
        # A pandas Timestamp has nanoseconds, which don't count here.
        to_datetime = getattr(zoned, "to_pydatetime", None)
        zoned = zoned if to_datetime is None else to_datetime(warn=False)
        return (zoned - _EPOCH) // _MICROSECOND
    if isinstance(instant, datetime.date):
        return microseconds_of(datetime.datetime(instant.year, instant.month, instant.day), parameter)
    raise TypeError(f"{parameter} must be a datetime, a date or ISO text, not {type(instant).__name__}")


def _read(text: str, parameter: str) -> datetime.datetime:
    iso = text.strip()
    if iso[-1:] in ("Z", "z"):
        iso = f"{iso[:-1]}+00:00"
    try:
        return datetime.datetime.fromisoformat(
            _OFFSET_WITHOUT_COLON.sub(r"\1:\2", iso) if ":" in iso else iso
        )
    except ValueError:
        raise _invalid(parameter, f"expected a time such as 2018-01-31 12:34:56, not {text[:40]!r}") from None


def _invalid(parameter: str, message: str) -> InvalidInputError:
    return InvalidInputError(f"{parameter}: {message}", field=f"/{parameter}")
