"""Months: calls and bills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiancheng._parameters import hinted
from qiancheng.plot import _counts
from qiancheng.plot._style import IN, LINE, OTHER, OUT, QUIET, Style, axes_for, bare, nothing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from qiancheng.plot._style import Language
    from qiancheng.tables import TelecomRaw, TelecomReport


@hinted
def monthly(
    document: TelecomRaw | TelecomReport, *, axes: Axes | None = None, language: Language = None
) -> Axes:
    """Draw the calls of every month as bars, and the bills as a line. Months that the data covers in part are pale.

    :param document: telecom raw data or a telecom report.
    :param axes: where to draw; a new figure by default.
    :param language: ``zh`` or ``en``; by default Chinese if there is a font for it.
    """
    style, drawn = Style(language), axes_for(axes, (8.5, 3.8))
    title = style("每月通话与话费", "Calls and bills by month")
    months = _counts.months(document)
    if not months:
        nothing(drawn, style, style("没有通话与账单", "no calls and no bills"))
        return style.finish(drawn, title)
    bottom = [0] * len(months)
    parts = (
        (style("主叫", "calls out"), OUT, [month.out for month in months]),
        (style("被叫", "calls in"), IN, [month.into for month in months]),
        (style("方向未知", "unknown direction"), OTHER, [month.other for month in months]),
    )
    for label, colour, heights in parts:
        if any(heights):
            bars = drawn.bar(
                range(len(months)), heights, bottom=bottom, color=colour, label=label, width=0.62
            )
            for bar, month in zip(bars, months):
                bar.set_alpha(1.0 if month.whole else 0.45)
            bottom = [before + height for before, height in zip(bottom, heights)]
    partly = style("\n（不完整）", "\n(in part)")
    drawn.set_xticks(
        range(len(months)), [f"{month.first:%Y-%m}{'' if month.whole else partly}" for month in months]
    )
    drawn.set_ylabel(style("通话次数", "calls"))
    drawn.grid(axis="y", color=QUIET)
    drawn.set_axisbelow(True)
    drawn.margins(y=0.12)
    bare(drawn, keep=("bottom",))
    handles, labels = drawn.get_legend_handles_labels()
    bills = [(place, month.bill) for place, month in enumerate(months) if month.bill is not None]
    if bills:
        money = drawn.twinx()
        label = style("话费（元，右轴）", "bill (yuan, right)")
        (line,) = money.plot(*zip(*bills), color=LINE, marker="o", markersize=5, linewidth=1.8, label=label)
        money.set_ylim(0, max(amount for _, amount in bills) * 1.25 or 1)
        money.set_ylabel(style("元", "yuan"))
        bare(money, keep=())
        handles, labels = [*handles, line], [*labels, label]
    drawn.legend(
        handles,
        labels,
        frameon=False,
        ncols=len(labels),
        loc="upper right",
        bbox_to_anchor=(1, 1.14),
        fontsize=9,
    )
    return style.finish(drawn, title)
