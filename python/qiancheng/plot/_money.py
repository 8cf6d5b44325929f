"""Money: the balance of cards."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qiancheng.plot._style import QUIET, Style, axes_for, bare, nothing

if TYPE_CHECKING:
    import datetime

    from matplotlib.axes import Axes

    from qiancheng.plot._style import Language
    from qiancheng.tables import EbankRaw


def balance(
    document: EbankRaw, *, reveal: bool = False, axes: Axes | None = None, language: Language = None
) -> Axes:
    """Draw the balance of every card after each transaction, as the bank says it. Transactions without one are left out.

    :param document: e-bank raw data.
    :param reveal: whether the last digits of cards are shown.
    :param axes: where to draw; a new figure by default.
    :param language: ``zh`` or ``en``; by default Chinese if there is a font for it.
    """
    style, drawn = Style(language), axes_for(axes, (9.5, 3.6))
    title = style("账户余额", "Balance")
    curves = _balances(document)
    if not curves:
        nothing(drawn, style, style("没有带余额的交易", "no transaction with a balance"))
        return style.finish(drawn, title)
    for number, ((bank, card), points) in enumerate(sorted(curves.items()), start=1):
        ends = card if reveal else "*" * len(card)
        label = " ".join(part for part in (bank, ends) if part) or style(f"卡 {number}", f"card {number}")
        drawn.step(*zip(*points), where="post", linewidth=1.6, label=label)
    drawn.axhline(0, color="#6b7479", linewidth=0.8)
    drawn.set_ylabel(style("元", "yuan"))
    drawn.grid(axis="y", color=QUIET)
    drawn.set_axisbelow(True)
    drawn.legend(frameon=False, fontsize=9)
    bare(drawn, keep=("bottom",))
    figure = drawn.get_figure()
    if figure is not None:
        figure.autofmt_xdate(rotation=0, ha="center")
    return style.finish(drawn, title)


def _balances(document: EbankRaw) -> dict[tuple[str, str], list[tuple[datetime.datetime, float]]]:
    table = document.transactions
    curves: dict[tuple[str, str], list[tuple[datetime.datetime, float]]] = defaultdict(list)
    names = ("bank_name", "card_last4", "trans_time", "balance")
    for bank, card, time, after in zip(*(table[name].to_list() for name in names)):
        if time is not None and after is not None:
            # Beijing's clock, as the axis is without a zone.
            curves[bank or "", card or ""].append((time.replace(tzinfo=None), float(after)))
    for points in curves.values():
        # Transactions of one moment keep their order.
        points.sort(key=lambda point: point[0])
    return curves
