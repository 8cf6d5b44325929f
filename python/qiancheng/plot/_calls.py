"""Calls: when, with whom, and when not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiancheng import _native
from qiancheng._parameters import hinted
from qiancheng.plot import _counts
from qiancheng.plot._style import IN, LINE, OTHER, OUT, QUIET, Style, axes_for, bare, nothing

if TYPE_CHECKING:
    from typing import Literal

    from matplotlib.axes import Axes

    from qiancheng.plot._style import Language
    from qiancheng.tables import TelecomRaw, TelecomReport

    By = Literal["count", "minutes"]

_DAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _measure(by: str) -> None:
    if by not in ("count", "minutes"):
        raise ValueError(f"by must be 'count' or 'minutes', not {by!r}")


@hinted
def calls_heatmap(
    document: TelecomRaw, *, by: By = "count", axes: Axes | None = None, language: Language = None
) -> Axes:
    """Draw when in the week the applicant talks: calls, or their minutes, by weekday and hour, Beijing time.

    :param document: telecom raw data.
    :param by: ``count`` or ``minutes``.
    :param axes: where to draw; a new figure by default.
    :param language: ``zh`` or ``en``; by default Chinese if there is a font for it.
    """
    _measure(by)
    style, drawn = Style(language), axes_for(axes, (9.5, 3.6))
    title = style("通话时段（星期 × 小时）", "Calls by weekday and hour")
    grid, untimed = _counts.week_by_hour(document.calls, by)
    if not any(map(any, grid)):
        nothing(drawn, style, style("没有通话记录", "no calls"))
        return style.finish(drawn, title)
    image = drawn.imshow(grid, aspect="auto", cmap="YlGnBu", vmin=0)
    drawn.set_yticks(range(7), _DAYS_ZH if style.chinese else _DAYS_EN)
    drawn.set_xticks(range(0, 24, 2), [f"{hour:02}" for hour in range(0, 24, 2)])
    # Night, as the features count it: from 23 to 6 o'clock.
    for edge in (5.5, 22.5):
        drawn.axvline(edge, color=LINE, linewidth=1, linestyle=(0, (4, 3)))
    note = style("虚线外为夜间 23:00–06:00", "night, 23:00–06:00, is outside the dashed lines")
    if untimed:
        note += style(f"；{untimed} 条无时间", f"; {untimed} calls without a time")
    drawn.set_xlabel(note, fontsize=9, color="#6b7479")
    bare(drawn, keep=())
    figure = drawn.get_figure()
    if figure is not None:
        label = style("次数", "calls") if by == "count" else style("分钟", "minutes")
        bar = figure.colorbar(image, ax=drawn, pad=0.015, label=label)
        bar.outline.set_visible(False)
    return style.finish(drawn, title)


@hinted
def top_contacts(
    document: TelecomRaw | TelecomReport,
    *,
    n: int = 10,
    by: By = "count",
    reveal: bool = False,
    axes: Axes | None = None,
    language: Language = None,
) -> Axes:
    """Draw whom the applicant talks to most, and who calls whom.

    :param document: telecom raw data or a telecom report.
    :param n: how many numbers.
    :param by: ``count`` or ``minutes``.
    :param reveal: whether the numbers are shown in clear.
    :param axes: where to draw; a new figure by default.
    :param language: ``zh`` or ``en``; by default Chinese if there is a font for it.
    """
    _measure(by)
    style = Style(language)
    found = _counts.contacts(document, by)
    shown = found[:n]
    drawn = axes_for(axes, (8, 0.9 + 0.36 * max(len(shown), 3)))
    title = style(f"联系最多的 {len(shown)} 个号码", f"The {len(shown)} numbers talked to most")
    total = sum(one.total for one in found)
    if not total:
        nothing(drawn, style, style("没有通话记录", "no calls"))
        return style.finish(drawn, style("联系最多的号码", "Numbers talked to most"))
    left = [0.0] * len(shown)
    parts = (
        (style("主叫", "out"), OUT, [one.out for one in shown]),
        (style("被叫", "in"), IN, [one.into for one in shown]),
        (style("方向未知", "unknown"), OTHER, [one.other for one in shown]),
    )
    for label, colour, widths in parts:
        if any(widths):
            drawn.barh(range(len(shown)), widths, left=left, color=colour, label=label, height=0.68)
            left = [before + width for before, width in zip(left, widths)]
    for place, one in enumerate(shown):
        drawn.text(one.total, place, f" {one.total / total:.0%}", va="center", fontsize=9, color="#6b7479")
    drawn.set_yticks(range(len(shown)), [_shown(one.number, reveal) for one in shown])
    drawn.invert_yaxis()
    drawn.margins(x=0.08)
    measure = style("通话次数", "calls") if by == "count" else style("通话分钟", "minutes")
    drawn.set_xlabel(
        measure
        + style(
            "；百分数为占全部通话的比例",
            "; per cent of all calls" if by == "count" else "; per cent of all minutes",
        )
    )
    drawn.legend(frameon=False, loc="lower right")
    bare(drawn, keep=("bottom",))
    return style.finish(drawn, title)


def _shown(number: str, reveal: bool) -> str:
    return number if reveal else _native.mask("mobile", number)


@hinted
def silences(
    document: TelecomRaw, *, at_least: int = 3, axes: Axes | None = None, language: Language = None
) -> Axes:
    """Draw the calls of every day, and mark the runs of whole days without one.

    :param document: telecom raw data.
    :param at_least: the shortest run that is marked, in days.
    :param axes: where to draw; a new figure by default.
    :param language: ``zh`` or ``en``; by default Chinese if there is a font for it.
    """
    if at_least < 1:
        raise ValueError(f"at_least must be 1 or more, not {at_least}")
    style, drawn = Style(language), axes_for(axes, (9.5, 3.2))
    days = _counts.daily(document.calls)
    if not days:
        nothing(drawn, style, style("没有通话记录", "no calls"))
        return style.finish(drawn, style("静默期", "Silence"))
    runs = _counts.silences(days, at_least)
    first = next(iter(days))
    top = max(days.values())
    drawn.bar(range(len(days)), list(days.values()), width=1.0, color=OUT)
    for run in runs:
        start = (run.first - first).days - 0.5
        drawn.axvspan(start, start + run.days, color=LINE, alpha=0.16, linewidth=0)
        words = style(f"{run.days} 天", f"{run.days} d")
        drawn.text(start + run.days / 2, top * 1.03, words, ha="center", fontsize=9, color=LINE)
    starts = [number for number, day in enumerate(days) if day.day == 1]
    drawn.set_xticks(starts, [f"{list(days)[number]:%Y-%m}" for number in starts])
    drawn.set_xlim(-0.5, len(days) - 0.5)
    drawn.set_ylim(0, top * 1.15)
    drawn.set_ylabel(style("每日通话次数", "calls a day"))
    drawn.grid(axis="y", color=QUIET)
    drawn.set_axisbelow(True)
    bare(drawn, keep=("bottom",))
    if runs:
        longest = max(run.days for run in runs)
        title = style(
            f"静默期：{len(runs)} 次不少于 {at_least} 天，最长 {longest} 天",
            f"Silence: {len(runs)} runs of {at_least} days or more, the longest {longest}",
        )
    else:
        title = style(f"没有不少于 {at_least} 天的静默期", f"No silence of {at_least} days or more")
    return style.finish(drawn, title)
