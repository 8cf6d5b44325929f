"""How the pictures look: the language of their labels, the font that has it, colours, and the axes to draw into."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from qiancheng.tables._errors import require

if TYPE_CHECKING:
    from typing import Any, Literal, Optional

    from matplotlib.axes import Axes

    Language = Optional[Literal["zh", "en"]]

OUT = "#1f6f8b"
IN = "#e0a458"
OTHER = "#9aa5ab"
LINE = "#b23a48"
QUIET = "#e9ecee"

# Fonts with simplified Chinese, as they are called on Linux, Windows and macOS; the best first.
_CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Noto Sans CJK JP",
    "Noto Sans CJK TC",
    "Noto Serif CJK SC",
    "SimSun",
    "STHeiti",
    "Heiti TC",
    "Arial Unicode MS",
    "Droid Sans Fallback",
    "AR PL UMing CN",
    "AR PL UKai CN",
)


@lru_cache(maxsize=1)
def chinese_font() -> str | None:
    """Find a font with Chinese characters that matplotlib knows."""
    require("matplotlib", "notebook")
    from matplotlib import font_manager

    known = {entry.name for entry in font_manager.fontManager.ttflist}
    return next((name for name in _CHINESE_FONTS if name in known), None)


class Style:
    """The language of one picture, and the font for it."""

    def __init__(self, language: Language) -> None:
        """Take the language asked for, or the one that can be read."""
        font = chinese_font()
        if language not in (None, "zh", "en"):
            raise ValueError(f"language must be 'zh' or 'en', not {language!r}")
        self.chinese = language == "zh" if language is not None else font is not None
        self._fonts = [font, "DejaVu Sans"] if font is not None else ["DejaVu Sans"]

    def __call__(self, zh: str, en: str) -> str:
        """Choose a label."""
        return zh if self.chinese else en

    def finish(self, axes: Axes, title: str) -> Axes:
        """Give the axes their title, and every text its font: matplotlib's own has no Chinese."""
        from matplotlib.text import Text

        axes.set_title(title, loc="left", fontsize=12, fontweight="bold", pad=12)
        figure = axes.get_figure()
        if figure is not None:
            for text in figure.findobj(Text):
                text.set_fontfamily(self._fonts)
        return axes


def axes_for(axes: Axes | None, size: tuple[float, float]) -> Axes:
    """Give the axes to draw into: the caller's, or those of a new figure."""
    if axes is not None:
        return axes
    pyplot: Any = require("matplotlib.pyplot", "notebook")
    made: Axes = pyplot.subplots(figsize=size, layout="constrained")[1]
    return made


def bare(axes: Axes, *, keep: tuple[str, ...] = ("left", "bottom")) -> None:
    """Take the frame off, but for the sides that carry a scale."""
    for side, spine in axes.spines.items():
        spine.set_visible(side in keep)
    axes.tick_params(length=0)


def nothing(axes: Axes, style: Style, what: str) -> None:
    """Say in the picture that there is nothing to draw."""
    axes.set_axis_off()
    axes.text(0.5, 0.5, what, ha="center", va="center", transform=axes.transAxes, color="#6b7479")
