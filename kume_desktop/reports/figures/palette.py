"""The colours of figures: the light column of the window's colour table, whatever theme the window wears."""

from __future__ import annotations

SURFACE, WINDOW, SUNKEN = "#FFFFFF", "#F5F6F5", "#EFF1F0"
TEXT, TEXT2, TEXT3 = "#191C1E", "#50565B", "#646A70"
ACCENT, ACCENT_FG, ACCENT_SOFT = "#0B6470", "#FFFFFF", "#E3F0F1"
WARN, WARN_SOFT = "#875600", "#FBF1DD"
LINE_STRONG, MID, LINE = "#7E8286", "#C6CBC8", "#E2E5E3"

Pair = tuple[str, str]
"""Fill and the colour of text on it."""

ADEQUACY: tuple[Pair, ...] = (
    ("#A8480A", "#FFFFFF"),
    ("#F0B27E", "#191C1E"),
    ("#ECEDEA", "#191C1E"),
    ("#9CC0E4", "#191C1E"),
    ("#24609F", "#FFFFFF"),
)
"""The bands of adequacy 1..5, orange - grey - blue: told apart in protanopia, deuteranopia and tritanopia."""

SEQUENTIAL: tuple[Pair, ...] = (
    ("#E3F0F1", "#191C1E"),
    ("#B5D9DC", "#191C1E"),
    ("#7DB9BF", "#191C1E"),
    ("#46959E", "#191C1E"),
    ("#0B6470", "#FFFFFF"),
)
"""Shares and ordered levels in five steps."""

CATEGORIES: tuple[Pair, ...] = (("#0B6470", "#FFFFFF"), ("#8CC3C9", "#191C1E"), ("#E2E5E3", "#191C1E"))
"""Categories 1..3: one hue in three strengths."""

MORE, LESS = "#24609F", "#A8480A"
"""Points above and below: the ends of the adequacy scale, always with a sign."""
