"""Inter in four weights and the roles of text."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from kume_desktop import paths
from kume_desktop.gui import theme

FAMILIES = ("Inter", "Segoe UI", "Noto Sans", "DejaVu Sans")
_FILES = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf")
_loaded: list[int] = []

REGULAR = QFont.Weight.Normal
MEDIUM = QFont.Weight.Medium
SEMIBOLD = QFont.Weight.DemiBold
BOLD = QFont.Weight.Bold


class Role(StrEnum):
    """What a text is for; size, line height and weight follow from it."""

    PAGE_TITLE = "page_title"
    SECTION = "section"
    ROW_TITLE = "row_title"
    BODY = "body"
    SECOND = "second"
    CAPTION = "caption"
    FIGURE = "figure"
    FIGURE_CELL = "figure_cell"
    FIGURE_LARGE = "figure_large"


_ROLES: dict[Role, tuple[int, int, QFont.Weight]] = {
    Role.PAGE_TITLE: (22, 28, SEMIBOLD),
    Role.SECTION: (16, 23, SEMIBOLD),
    Role.ROW_TITLE: (15, 20, MEDIUM),
    Role.BODY: (14, 20, REGULAR),
    Role.SECOND: (13, 20, REGULAR),
    Role.CAPTION: (12, 16, MEDIUM),
    Role.FIGURE: (22, 28, SEMIBOLD),
    Role.FIGURE_CELL: (20, 26, SEMIBOLD),
    Role.FIGURE_LARGE: (32, 40, SEMIBOLD),
}


def load() -> None:
    """Register the four weights once; without the files the fallbacks are used."""
    if _loaded:
        return
    folder = paths.resources() / "fonts"
    _loaded.extend(QFontDatabase.addApplicationFont(str(folder / name)) for name in _FILES)


def size(role: Role) -> int:
    """The size of a role in pixels, after the text size setting."""
    return theme.px(_ROLES[role][0])


def line_height(role: Role) -> int:
    """The line height of a role in pixels, after the text size setting."""
    return theme.px(_ROLES[role][1])


def font(role: Role, weight: QFont.Weight | None = None, tabular: bool = False) -> QFont:
    """The font of a role; `tabular` gives digits of one width for columns."""
    return QFont(_made(role, weight, tabular, size(role)))


@lru_cache(maxsize=256)
def _made(role: Role, weight: QFont.Weight | None, tabular: bool, pixels: int) -> QFont:
    made = QFont(list(FAMILIES))
    made.setPixelSize(pixels)
    made.setWeight(weight or _ROLES[role][2])
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if role is Role.PAGE_TITLE:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.2)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made
