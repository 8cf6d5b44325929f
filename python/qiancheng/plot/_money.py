"""Money: the balance of cards."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qiancheng._parameters import hinted
from qiancheng.plot._style import QUIET, Style, axes_for, bare, nothing

if TYPE_CHECKING:
    import datetime

    from matplotlib.axes import Axes

    from qiancheng.plot._style import Language
    from qiancheng.tables import EbankRaw

    Card = tuple[str, str, str]
    """Its bank, its last digits, and whether it is a credit (1) or debit card (2); empty where it is not known."""


@hinted
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
    for label, points in zip(_labels(list(curves), reveal, style), curves.values()):
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


def _labels(cards: list[Card], reveal: bool, style: Style) -> list[str]:
    """Name each card so that it can be told from the others, masked or not."""
    kinds = {"1": style("信用卡", "credit"), "2": style("借记卡", "debit")}
    labels: list[str] = []
    for number, (bank, card, kind) in enumerate(cards, start=1):
        ends = card if reveal else "*" * len(card)
        parts = [part for part in (bank, kinds.get(kind, ""), ends) if part]
        label = " ".join(parts) or style(f"卡 {number}", f"card {number}")
        same = sum(one == label or one.startswith(f"{label} (") for one in labels)
        labels.append(f"{label} ({same + 1})" if same else label)
    return labels


def _balances(document: EbankRaw) -> dict[Card, list[tuple[datetime.datetime, float]]]:
    table = document.transactions
    curves: dict[Card, list[tuple[datetime.datetime, float]]] = defaultdict(list)
    names = ("bank_name", "card_last4", "card_type", "trans_time", "balance")
    for bank, card, kind, time, after in zip(*(table[name].to_list() for name in names)):
        if time is not None and after is not None:
            # Beijing's clock, as the axis is without a zone.
            curves[bank or "", card or "", kind or ""].append((time.replace(tzinfo=None), float(after)))
    for points in curves.values():
        # Transactions of one moment keep their order.
        points.sort(key=lambda point: point[0])
    return dict(sorted(curves.items()))
