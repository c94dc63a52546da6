"""Letters on paper: Inter embedded, another font for signs that it lacks, paragraph styles, safe markup."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from pathlib import Path

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from kume_desktop import paths

REGULAR, MEDIUM, BOLD, OTHER = "Inter", "Inter-Medium", "Inter-SemiBold", "Other"
INK, GREY, LIGHT, LINE = "#191C1E", "#50565B", "#EFF1F0", "#7E8286"
"""Dark enough for a copier: text, second lines, the ground of a head, lines."""
_CONTROL = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffd]"
)
_FROM_THE_RIGHT = frozenset({"R", "AL"})
_FILES = {REGULAR: "Inter-Regular.ttf", MEDIUM: "Inter-Medium.ttf", BOLD: "Inter-SemiBold.ttf"}


@cache
def register() -> None:
    """Make the fonts known to the writer of PDF files, once."""
    fonts = {name: TTFont(name, str(paths.resources() / "fonts" / file)) for name, file in _FILES.items()}
    other = _other_font()
    if other is not None:
        fonts[OTHER] = TTFont(OTHER, str(other))
    for font in fonts.values():
        pdfmetrics.registerFont(font)
    for name in fonts:
        strong = name if name == OTHER else BOLD
        pdfmetrics.registerFontFamily(name, normal=name, bold=strong, italic=name, boldItalic=strong)


def _other_font() -> Path | None:
    """A font with more scripts, which comes with the library of the figures; None where it does not."""
    from matplotlib import get_data_path

    file = Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    return file if file.is_file() else None


@cache
def _known(name: str) -> frozenset[int]:
    register()
    if name not in pdfmetrics.getRegisteredFontNames():
        return frozenset()
    return frozenset(pdfmetrics.getFont(name).face.charToGlyph)


@cache
def style(name: str) -> ParagraphStyle:
    """A paragraph style by its name; KeyError for an unknown one."""
    register()
    font, size, leading, more = _STYLES[name]
    return ParagraphStyle(name, None, fontName=font, fontSize=size, leading=leading, splitLongWords=1, **(_BASE | more))


_BASE: dict[str, object] = {"textColor": INK, "bulletFontName": BOLD, "bulletFontSize": 8.5}
NUMBER_WIDTH = 34.0
"""Space for the number before a question's text, in points."""
_INDENT: dict[str, object] = {"leftIndent": NUMBER_WIDTH}
_STYLES: dict[str, tuple[str, float, float, dict[str, object]]] = {
    "title": (BOLD, 17, 22, {"spaceAfter": 2}),
    "section": (BOLD, 12.5, 17, {"spaceBefore": 14, "spaceAfter": 4}),
    "group": (MEDIUM, 10, 14, {"spaceBefore": 6, "spaceAfter": 2}),
    "question": (MEDIUM, 10, 14, {**_INDENT, "bulletFontSize": 9.5}),
    "note": (REGULAR, 9.5, 14, {**_INDENT, "spaceAfter": 2}),
    "rule": (BOLD, 8.5, 12, _INDENT),
    "section-rule": (BOLD, 9, 13, {"spaceAfter": 4}),
    "hint": (REGULAR, 8, 11, {**_INDENT, "textColor": GREY}),
    "choice": (REGULAR, 9.5, 13, {}),
    "cell": (MEDIUM, 9, 12, {}),
    "cell-hint": (REGULAR, 7.5, 10, {"textColor": GREY}),
    "head": (MEDIUM, 7.5, 9.5, {"alignment": TA_CENTER}),
    "small": (REGULAR, 8, 11, {"textColor": GREY}),
    "body": (REGULAR, 10.5, 15.5, {"spaceAfter": 6}),
    "strong": (BOLD, 10.5, 15.5, {"spaceAfter": 3}),
    "table": (REGULAR, 9, 12, {}),
    "table-head": (BOLD, 8, 11, {}),
    "card": (MEDIUM, 22, 30, {}),
    "card-title": (BOLD, 15, 20, {"spaceAfter": 10}),
}


def plain(text: str) -> str:
    """A plain text as markup."""
    return fitted(html.escape(text, quote=False).replace("\n", "<br/>"))


def markup(rich: str) -> str:
    """Safe rich text (of `interview.labels.rich`) as markup of the writer of PDF files."""
    return fitted(rich.replace("<br>", "<br/>"))


def bare_signs(text: str) -> str:
    """A text without signs that direct a display, for what is drawn sign by sign."""
    return _CONTROL.sub("", text)


def lost_signs(text: str) -> frozenset[str]:
    """The signs of a text for which no font has a shape: a box stands in their place."""
    if text.isascii():
        return frozenset()
    known = _known(REGULAR) | _known(OTHER)
    return frozenset(sign for sign in _CONTROL.sub("", text) if ord(sign) not in known and not sign.isspace())


def is_unshaped(text: str) -> bool:
    """Whether a text has letters that are written from right to left: they are printed one by one, from the left."""
    return not text.isascii() and any(unicodedata.bidirectional(sign) in _FROM_THE_RIGHT for sign in text)


def fitted(text: str) -> str:
    """Markup with another font around the signs that Inter lacks; signs that direct a display are left out."""
    text = _CONTROL.sub("", text)
    if text.isascii():
        return text
    known = _known(REGULAR)
    if all(ord(sign) in known for sign in text):
        return text
    return _LACKING.sub(_other, text)


_LACKING = re.compile("[^\\x00-\\x7f]+")


def _other(found: re.Match[str]) -> str:
    """A run of signs beyond ASCII: each stretch in the font that has it, a box for what none has."""
    known, more = _known(REGULAR), _known(OTHER)
    told: list[str] = []
    for sign in found[0]:
        if ord(sign) in known or sign.isspace():
            told.append(sign)
        elif ord(sign) in more:
            told.append(f'<font name="{OTHER}">{sign}</font>')
        else:
            told.append("\u25a1" if 0x25A1 in known else "?")
    return "".join(told).replace(f'</font><font name="{OTHER}">', "")
