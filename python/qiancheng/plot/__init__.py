"""Pictures of an applicant's data, drawn with matplotlib: ``pip install 'qiancheng[notebook]'``.

Each function draws into ``axes``, or into a new figure of its own, and returns the axes, so that whatever matplotlib can
do with them stays possible. ``document.plot.calls_heatmap()`` is ``plot.calls_heatmap(document)``.

Labels are Chinese where matplotlib finds a font that has the characters, and English elsewhere; ``language`` decides
otherwise. Phone and card numbers are masked unless ``reveal=True``.
"""

from __future__ import annotations

from qiancheng.plot._calls import calls_heatmap, silences, top_contacts
from qiancheng.plot._money import balance
from qiancheng.plot._months import monthly
from qiancheng.plot._of import EbankPlots, ReportPlots, TelecomPlots

__all__ = [
    "EbankPlots",
    "ReportPlots",
    "TelecomPlots",
    "balance",
    "calls_heatmap",
    "monthly",
    "silences",
    "top_contacts",
]
