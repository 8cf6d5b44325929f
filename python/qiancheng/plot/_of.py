"""The pictures of a document, as its methods: ``document.plot.monthly()``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiancheng.plot._calls import calls_heatmap, silences, top_contacts
from qiancheng.plot._money import balance
from qiancheng.plot._months import monthly

if TYPE_CHECKING:
    from typing import Any

    from matplotlib.axes import Axes

    from qiancheng.tables import EbankRaw, TelecomRaw, TelecomReport


class TelecomPlots:
    """Pictures of telecom raw data. Options are those of the functions of :mod:`qiancheng.plot`."""

    __slots__ = ("_document",)

    def __init__(self, document: TelecomRaw) -> None:
        """Take the document."""
        self._document = document

    def calls_heatmap(self, **options: Any) -> Axes:
        """Draw when in the week the applicant talks; see :func:`qiancheng.plot.calls_heatmap`."""
        return calls_heatmap(self._document, **options)

    def monthly(self, **options: Any) -> Axes:
        """Draw calls and bills by month; see :func:`qiancheng.plot.monthly`."""
        return monthly(self._document, **options)

    def top_contacts(self, **options: Any) -> Axes:
        """Draw whom the applicant talks to most; see :func:`qiancheng.plot.top_contacts`."""
        return top_contacts(self._document, **options)

    def silences(self, **options: Any) -> Axes:
        """Draw the days without a call; see :func:`qiancheng.plot.silences`."""
        return silences(self._document, **options)


class ReportPlots:
    """Pictures of a telecom report. Options are those of the functions of :mod:`qiancheng.plot`."""

    __slots__ = ("_document",)

    def __init__(self, document: TelecomReport) -> None:
        """Take the document."""
        self._document = document

    def monthly(self, **options: Any) -> Axes:
        """Draw calls and bills by month; see :func:`qiancheng.plot.monthly`."""
        return monthly(self._document, **options)

    def top_contacts(self, **options: Any) -> Axes:
        """Draw whom the applicant talks to most; see :func:`qiancheng.plot.top_contacts`."""
        return top_contacts(self._document, **options)


class EbankPlots:
    """Pictures of e-bank raw data. Options are those of the functions of :mod:`qiancheng.plot`."""

    __slots__ = ("_document",)

    def __init__(self, document: EbankRaw) -> None:
        """Take the document."""
        self._document = document

    def balance(self, **options: Any) -> Axes:
        """Draw the balance of every card; see :func:`qiancheng.plot.balance`."""
        return balance(self._document, **options)
