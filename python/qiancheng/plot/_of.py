"""The pictures of a document, as its methods: ``document.plot.monthly()``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiancheng._parameters import hinted
from qiancheng.plot._calls import calls_heatmap, silences, top_contacts
from qiancheng.plot._money import balance
from qiancheng.plot._months import monthly

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from qiancheng.plot._calls import By
    from qiancheng.plot._style import Language
    from qiancheng.tables import EbankRaw, TelecomRaw, TelecomReport


class TelecomPlots:
    """Pictures of telecom raw data. Options are those of the functions of :mod:`qiancheng.plot`."""

    __slots__ = ("_document",)

    def __init__(self, document: TelecomRaw) -> None:
        """Take the document."""
        self._document = document

    @hinted
    def calls_heatmap(self, *, by: By = "count", axes: Axes | None = None, language: Language = None) -> Axes:
        """Draw when in the week the applicant talks; see :func:`qiancheng.plot.calls_heatmap`."""
        return calls_heatmap(self._document, by=by, axes=axes, language=language)

    @hinted
    def monthly(self, *, axes: Axes | None = None, language: Language = None) -> Axes:
        """Draw calls and bills by month; see :func:`qiancheng.plot.monthly`."""
        return monthly(self._document, axes=axes, language=language)

    @hinted
    def top_contacts(
        self,
        *,
        n: int = 10,
        by: By = "count",
        reveal: bool = False,
        axes: Axes | None = None,
        language: Language = None,
    ) -> Axes:
        """Draw whom the applicant talks to most; see :func:`qiancheng.plot.top_contacts`."""
        return top_contacts(self._document, n=n, by=by, reveal=reveal, axes=axes, language=language)

    @hinted
    def silences(self, *, at_least: int = 3, axes: Axes | None = None, language: Language = None) -> Axes:
        """Draw the days without a call; see :func:`qiancheng.plot.silences`."""
        return silences(self._document, at_least=at_least, axes=axes, language=language)


class ReportPlots:
    """Pictures of a telecom report. Options are those of the functions of :mod:`qiancheng.plot`."""

    __slots__ = ("_document",)

    def __init__(self, document: TelecomReport) -> None:
        """Take the document."""
        self._document = document

    @hinted
    def monthly(self, *, axes: Axes | None = None, language: Language = None) -> Axes:
        """Draw calls and bills by month; see :func:`qiancheng.plot.monthly`."""
        return monthly(self._document, axes=axes, language=language)

    @hinted
    def top_contacts(
        self,
        *,
        n: int = 10,
        by: By = "count",
        reveal: bool = False,
        axes: Axes | None = None,
        language: Language = None,
    ) -> Axes:
        """Draw whom the applicant talks to most; see :func:`qiancheng.plot.top_contacts`."""
        return top_contacts(self._document, n=n, by=by, reveal=reveal, axes=axes, language=language)


class EbankPlots:
    """Pictures of e-bank raw data. Options are those of the functions of :mod:`qiancheng.plot`."""

    __slots__ = ("_document",)

    def __init__(self, document: EbankRaw) -> None:
        """Take the document."""
        self._document = document

    @hinted
    def balance(self, *, reveal: bool = False, axes: Axes | None = None, language: Language = None) -> Axes:
        """Draw the balance of every card; see :func:`qiancheng.plot.balance`."""
        return balance(self._document, reveal=reveal, axes=axes, language=language)
