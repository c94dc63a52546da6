"""Inter for figures: registered once, measured in points, wrapped to a width.

The font is known to Matplotlib under a name of our own, so that another Inter on the computer changes no figure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.textpath import text_to_path

from kume_desktop import paths

FAMILY, FALLBACK = "Kume Inter", "Kume fallback"
"""The fallback has the letters of alphabets that our Inter leaves out; its files come with Matplotlib."""

LEADING = 1.35
NEAR = 1.0
"""Letters beside a blank stand at most this much nearer or further than alone, in sizes of the letters."""


class Weight(IntEnum):
    """The four weights of the house."""

    REGULAR = 400
    MEDIUM = 500
    SEMIBOLD = 600
    BOLD = 700


_FILES = {
    Weight.REGULAR: "Inter-Regular.ttf",
    Weight.MEDIUM: "Inter-Medium.ttf",
    Weight.SEMIBOLD: "Inter-SemiBold.ttf",
    Weight.BOLD: "Inter-Bold.ttf",
}


@dataclass(frozen=True, slots=True)
class Style:
    """Size in points and weight of a text."""

    size: float
    weight: Weight = Weight.REGULAR

    @property
    def leading(self) -> float:
        """From one baseline to the next, in points."""
        return self.size * LEADING

    @property
    def rise(self) -> float:
        """From the middle of a capital letter down to its baseline."""
        return self.size * 0.36


TITLE = Style(14, Weight.SEMIBOLD)
BODY = Style(9.5)
STRONG = Style(9.5, Weight.SEMIBOLD)
SECOND = Style(9)
SECOND_STRONG = Style(9, Weight.SEMIBOLD)
CAPTION = Style(8.4)
CAPTION_STRONG = Style(8.4, Weight.SEMIBOLD)
NUMBER = Style(12, Weight.SEMIBOLD)


@cache
def _register() -> None:
    """Make our files known under our own names, each with its weight."""
    theirs = Path(mpl.get_data_path()) / "fonts" / "ttf"
    for weight, file in _FILES.items():
        _add(FAMILY, weight, paths.resources() / "fonts" / file)
        _add(FALLBACK, weight, theirs / ("DejaVuSans-Bold.ttf" if weight > Weight.MEDIUM else "DejaVuSans.ttf"))


def _add(family: str, weight: Weight, file: Path) -> None:
    fontManager.addfont(str(file))
    entry = fontManager.ttflist.pop()
    fontManager.ttflist.append(replace(entry, name=family, weight=int(weight)))


def font_for(text: str, style: Style, scale: float = 1.0) -> FontProperties:
    """The font of a text, enlarged by `scale`: ours alone where it has every letter, which is drawn more quickly."""
    return font(style, scale, has_fallback=not _letters(style.weight).issuperset(text))


@cache
def font(style: Style, scale: float = 1.0, *, has_fallback: bool = True) -> FontProperties:
    """The font of a style, enlarged by `scale`."""
    _register()
    family = [FAMILY, FALLBACK] if has_fallback else [FAMILY]
    return FontProperties(family=family, size=style.size * scale, weight=int(style.weight))


@cache
def _letters(weight: Weight) -> frozenset[str]:
    """The letters that our font has in a weight."""
    return frozenset(map(chr, get_font(str(paths.resources() / "fonts" / _FILES[weight])).get_charmap()))


@cache
def width_of(text: str, style: Style) -> float:
    """The width of one line of text in points.

    >>> width_of("İzmir", BODY) < width_of("İzmir", STRONG)
    True
    """
    width, _height, _descent = text_to_path.get_text_width_height_descent(text, font_for(text, style), ismath=False)
    return float(width)


@cache
def wrapped(text: str, width: float, style: Style) -> tuple[str, ...]:
    """The lines of a text, none wider than `width` points; a word that is longer is broken, nothing is left out.

    >>> wrapped("Endüstriyel Havalandırma, İklimlendirme ve Soğutma", 150, STRONG)
    ('Endüstriyel Havalandırma,', 'İklimlendirme ve Soğutma')
    """
    lines: list[str] = []
    about, blank = 0.0, width_of(" ", style)
    for word in text.split():
        own = width_of(word, style)
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _fits(longer, about + blank + own, width, style):
            lines[-1], about = longer, about + blank + own
        else:
            lines.extend(_broken(word, width, style))
            about = width_of(lines[-1], style)
    return tuple(lines) or ("",)


def _fits(line: str, about: float, width: float, style: Style) -> bool:
    """Whether a line fits; it is measured only where the sum of its words does not decide."""
    doubt = NEAR * style.size
    return about < width - doubt or (about <= width + doubt and width_of(line, style) <= width)


def _broken(word: str, width: float, style: Style) -> list[str]:
    """A word in pieces that fit."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, style) > width:
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces
