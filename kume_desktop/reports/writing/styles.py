"""The looks of the workbook: the light column of the colour table, one name for each kind of cell."""

from __future__ import annotations

from collections.abc import Mapping

WHITE, WINDOW, SUNKEN = "#FFFFFF", "#F5F6F5", "#EFF1F0"
TEXT, TEXT2, TEXT3 = "#191C1E", "#50565B", "#646A70"
ACCENT, ACCENT_SOFT = "#0B6470", "#E3F0F1"
WARN, WARN_SOFT = "#875600", "#FBF1DD"
LINE, LINE_STRONG = "#E2E5E3", "#7E8286"

BANDS = (
    ("#A8480A", "#FFFFFF"),
    ("#F0B27E", TEXT),
    ("#ECEDEA", TEXT),
    ("#9CC0E4", TEXT),
    ("#24609F", "#FFFFFF"),
)
"""Fill and text of the five bands of adequacy, 1-1.80 first."""

CATEGORIES = (("#0B6470", "#FFFFFF"), ("#8CC3C9", TEXT), ("#E2E5E3", TEXT))
"""Fill and text of the categories, 1 first."""

FUNCTIONS = ("#0B6470", "#7DB9BF")
"""Fills of the two functions in charts."""

Properties = Mapping[str, object]

ROW_HEIGHT = 15
"""Points of a row that nobody made higher."""

_BASE: Properties = {"font_name": "Calibri", "font_size": 10, "font_color": TEXT, "valign": "vcenter"}
_RULED: Properties = {"bottom": 1, "bottom_color": LINE}
_RIGHT: Properties = {"align": "right", "indent": 1}
_HEAD: Properties = {
    "bold": True, "font_color": TEXT2, "text_wrap": True, "bottom": 1, "bottom_color": LINE_STRONG, "bg_color": WINDOW,
    "valign": "bottom",
}  # fmt: skip
_LINK: Properties = {"font_color": ACCENT, "underline": 1}

_OWN: Mapping[str, Properties] = {
    "plain": {},
    "title": {"font_size": 16, "bold": True},
    "subtitle": {"font_color": TEXT2},
    "demo": {"bold": True, "font_color": WARN, "bg_color": WARN_SOFT},
    "section": {"font_size": 12, "bold": True, "bottom": 1, "bottom_color": LINE_STRONG},
    "head": _HEAD,
    "head-right": {**_HEAD, **_RIGHT},
    "head-centre": {**_HEAD, "align": "center"},
    "head-code": {"font_color": TEXT3, "font_size": 8, "bg_color": WINDOW},
    "text": _RULED,
    "strong": {**_RULED, "bold": True},
    "name": {**_RULED, "bold": True, "text_wrap": True},
    "name-plain": {**_RULED, "text_wrap": True},
    "wrap": {**_RULED, "text_wrap": True},
    "centre": {**_RULED, "align": "center"},
    "grey": {**_RULED, "font_color": TEXT3},
    "grey-wrap": {**_RULED, "font_color": TEXT3, "text_wrap": True},
    "withheld": {**_RULED, "font_color": TEXT3, "italic": True},
    "warn": {**_RULED, "font_color": WARN, "text_wrap": True},
    "conflict": {**_RULED, "font_color": WARN, "bg_color": WARN_SOFT},
    "count": {**_RULED, **_RIGHT, "num_format": "0"},
    "number": {**_RULED, **_RIGHT, "num_format": "General"},
    "date": {**_RULED, **_RIGHT, "num_format": "yyyy-mm-dd"},
    "moment": {**_RULED, **_RIGHT, "num_format": "yyyy-mm-dd hh:mm"},
    "one": {**_RULED, **_RIGHT, "num_format": "0.0"},
    "two": {**_RULED, **_RIGHT, "num_format": "0.00"},
    "three": {**_RULED, **_RIGHT, "num_format": "0.000"},
    "points": {**_RULED, **_RIGHT, "num_format": "+0.0;-0.0;0.0"},
    "share": {**_RULED, **_RIGHT, "num_format": "0%"},
    "chance": {**_RULED, **_RIGHT, "num_format": "[<0.795]0%;[<0.8]0.00%;0%"},
    "fine-share": {**_RULED, **_RIGHT, "num_format": "0.0%"},
    "hidden": {**_RULED, "font_color": TEXT3, "font_size": 8, "italic": True, "text_wrap": True, "align": "center"},
    "machine": {"font_name": "Consolas", "font_size": 8, "font_color": TEXT3},
    "sentence": {"text_wrap": True, "valign": "top"},
    "index": {**_RULED, **_RIGHT, "num_format": "0.0", "bold": True},
    "published": {**_RULED, **_RIGHT, "num_format": "0", "bold": True},
    "badge": {**_RULED, "text_wrap": True, "align": "left", "indent": 1},
    "level": {**_RULED, "align": "center", "num_format": "0"},
    "level-link": {**_RULED, **_LINK, "align": "center", "num_format": "0"},
    "scaled": {**_RULED, "align": "center", "num_format": "0", "font_color": TEXT3},
    "link": {**_RULED, **_LINK},
    "heat": {"align": "center", "num_format": "0.00", "border": 1, "border_color": WHITE},
    "heat-share": {"align": "center", "num_format": "0%", "border": 1, "border_color": WHITE, "font_color": TEXT2},
    "heat-count": {"align": "center", "num_format": "0", "border": 1, "border_color": WHITE, "font_color": TEXT3},
    "heat-mark": {"align": "center", "font_color": WARN, "bold": True, "border": 1, "border_color": WHITE},
    "grey-one": {**_RULED, "font_color": TEXT3, "num_format": "0.0"},
    "margin": {"align": "center", "num_format": "0.00", "font_color": TEXT2},
    "limit": {"align": "center", "num_format": '"≤ "0.00', "font_color": TEXT3},
    "limit-share": {"align": "center", "num_format": '"≥ "0%', "font_color": TEXT3},
    "limit-text": {"align": "center", "font_color": WARN, "font_size": 8, "text_wrap": True},
    "big": {"num_format": "0.0", "font_size": 22, "bold": True, "align": "left"},
    "big-published": {"num_format": "0", "font_size": 22, "font_color": TEXT2, "align": "left"},
    "big-text": {"font_size": 12, "bold": True, "text_wrap": True, "align": "left"},
    "rule": {**_RULED, **_RIGHT, "num_format": "General", "bg_color": ACCENT_SOFT},
    "rule-fine": {**_RULED, **_RIGHT, "num_format": "0.0000", "bg_color": ACCENT_SOFT},
}

_BAND_STYLES: Mapping[str, Properties] = {
    f"band-{number}": {
        "bg_color": fill, "font_color": ink, "font_size": 8, "align": "center", "text_wrap": True, "border": 1,
        "border_color": WHITE,
    }
    for number, (fill, ink) in enumerate(BANDS, start=1)
}  # fmt: skip

STYLES: Mapping[str, Properties] = {name: {**_BASE, **own} for name, own in {**_OWN, **_BAND_STYLES}.items()}

_TURKISH = {
    "0%": "%0",
    "0.0%": "%0.0",
    '"≥ "0%': '"≥ "%0',
    "yyyy-mm-dd": "dd.mm.yyyy",
    "yyyy-mm-dd hh:mm": "dd.mm.yyyy hh:mm",
}
"""Formats that a language writes otherwise; the decimal sign is the spreadsheet's own business."""


def styles(lang: str) -> Mapping[str, Properties]:
    """The looks with numbers and days as `lang` writes them: %57 and 18.12.2026 in Turkish."""
    if lang != "tr":
        return STYLES
    return {name: {**own, **_number_format(own)} for name, own in STYLES.items()}


def _number_format(own: Properties) -> Properties:
    written = _TURKISH.get(str(own.get("num_format", "")))
    return {"num_format": written} if written else {}
