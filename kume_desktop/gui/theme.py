"""The look: one colour table with a light and a dark column, measures for two densities, and the palette.

No other module holds a colour. Reports and exports ask for `Scheme.LIGHT`, widgets for the scheme in force.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor, QPalette


class Scheme(StrEnum):
    """The two columns of the colour table."""

    LIGHT = "light"
    DARK = "dark"


class Density(StrEnum):
    """Roomy or tight measures."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"


class Tone(StrEnum):
    """The names of the colours; a widget says what a colour means, never which one it is."""

    SURFACE = "surface"
    WINDOW = "window"
    SUNKEN = "sunken"
    TEXT = "text"
    TEXT2 = "text2"
    TEXT3 = "text3"
    ACCENT = "accent"
    ACCENT_FG = "accent_fg"
    ACCENT_HOVER = "accent_hover"
    ACCENT_PRESSED = "accent_pressed"
    ACCENT_SOFT = "accent_soft"
    OK = "ok"
    OK_SOFT = "ok_soft"
    WARN = "warn"
    WARN_SOFT = "warn_soft"
    ERR = "err"
    ERR_SOFT = "err_soft"
    LINE_STRONG = "line_strong"
    MID = "mid"
    LINE = "line"
    HOVER = "hover"
    SHADOW = "shadow"


_TABLE: dict[Tone, tuple[str, str]] = {
    Tone.SURFACE: ("#FFFFFF", "#1D2022"),
    Tone.WINDOW: ("#F5F6F5", "#16181A"),
    Tone.SUNKEN: ("#EFF1F0", "#121415"),
    Tone.TEXT: ("#191C1E", "#ECEEEF"),
    Tone.TEXT2: ("#50565B", "#B4BABF"),
    Tone.TEXT3: ("#646A70", "#9BA2A8"),
    Tone.ACCENT: ("#0B6470", "#73C7D1"),
    Tone.ACCENT_FG: ("#FFFFFF", "#0C1719"),
    Tone.ACCENT_HOVER: ("#09565F", "#8AD3DB"),
    Tone.ACCENT_PRESSED: ("#084B54", "#73C7D1"),
    Tone.ACCENT_SOFT: ("#E3F0F1", "#1C353A"),
    Tone.OK: ("#1B7345", "#6CC796"),
    Tone.OK_SOFT: ("#E6F3EB", "#1B3126"),
    Tone.WARN: ("#875600", "#E2B45C"),
    Tone.WARN_SOFT: ("#FBF1DD", "#372C17"),
    Tone.ERR: ("#B3261E", "#FF938A"),
    Tone.ERR_SOFT: ("#FBE9E7", "#3D2321"),
    Tone.LINE_STRONG: ("#7E8286", "#7F868B"),
    Tone.MID: ("#C6CBC8", "#45494D"),
    Tone.LINE: ("#E2E5E3", "#2F3336"),
    Tone.HOVER: ("#F3F5F4", "#26292C"),
    Tone.SHADOW: ("#2E000000", "#2E000000"),
}

# Fill and text of the adequacy bands 1..5 (orange - grey - blue), light column then dark column.
_ADEQUACY: tuple[tuple[str, str, str, str], ...] = (
    ("#A8480A", "#FFFFFF", "#F2965A", "#15110D"),
    ("#F0B27E", "#191C1E", "#8A5327", "#FFFFFF"),
    ("#ECEDEA", "#191C1E", "#3B3F42", "#FFFFFF"),
    ("#9CC0E4", "#191C1E", "#2D5C8C", "#FFFFFF"),
    ("#24609F", "#FFFFFF", "#7CB6F2", "#0C1520"),
)
# Shares and counts in five steps.
_SEQUENTIAL: tuple[tuple[str, str, str, str], ...] = (
    ("#E3F0F1", "#191C1E", "#1C353A", "#FFFFFF"),
    ("#B5D9DC", "#191C1E", "#28545B", "#FFFFFF"),
    ("#7DB9BF", "#191C1E", "#3A7A83", "#FFFFFF"),
    ("#46959E", "#191C1E", "#55A1AB", "#0C1719"),
    ("#0B6470", "#FFFFFF", "#73C7D1", "#0C1719"),
)
# Categories 1..3: one hue in three strengths.
_CATEGORY: tuple[tuple[str, str, str, str], ...] = (
    ("#0B6470", "#FFFFFF", "#73C7D1", "#0C1719"),
    ("#8CC3C9", "#191C1E", "#36666D", "#ECEEEF"),
    ("#E2E5E3", "#191C1E", "#3B3F42", "#ECEEEF"),
)
# Kinds without an order, to be used in this order, each with a marker shape or a direct label.
_NOMINAL: tuple[tuple[str, str], ...] = (
    ("#1399F0", "#00A0FC"),
    ("#780201", "#CA4A38"),
    ("#1F775B", "#79F8D2"),
    ("#BC80B2", "#AA4FA4"),
    ("#868F28", "#E7C974"),
    ("#5A2B80", "#D9C6FD"),
    ("#223844", "#929292"),
)


@dataclass(frozen=True, slots=True)
class Metrics:
    """The measures of one density in logical pixels."""

    rail: int
    question_row: int
    table_row: int
    list_row: int
    likert_width: int
    likert_gap: int
    section_list: int
    header: int
    side_panel: int
    margin: int


_METRICS = {
    Density.COMFORTABLE: Metrics(208, 56, 36, 44, 84, 8, 252, 80, 354, 32),
    Density.COMPACT: Metrics(56, 46, 32, 40, 68, 6, 196, 48, 354, 16),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What the person sees: colour column, density, text size (1.0, 1.15, 1.3), and whether things may move."""

    scheme: Scheme = Scheme.LIGHT
    density: Density = Density.COMFORTABLE
    scale: float = 1.0
    motion: bool = True


_in_force = [Look()]


def look() -> Look:
    """The look in force."""
    return _in_force[0]


def is_compact() -> bool:
    """Whether the tight density is in force."""
    return look().density is Density.COMPACT


def metrics() -> Metrics:
    """The measures of the density in force."""
    return _METRICS[look().density]


def px(size: float) -> int:
    """A text-bound length after the text size setting, in whole pixels."""
    return round(size * look().scale)


def motion_ms(duration: int = 120) -> int:
    """How long a panel, note or toast moves, in milliseconds; 0 when movement is off."""
    return duration if look().motion else 0


def code(tone: Tone, scheme: Scheme | None = None) -> str:
    """The colour as `#RRGGBB` or `#AARRGGBB`, for style sheets and exports."""
    light, dark = _TABLE[tone]
    return dark if (scheme or look().scheme) is Scheme.DARK else light


def colour(tone: Tone, scheme: Scheme | None = None) -> QColor:
    """The colour for painting."""
    return QColor(code(tone, scheme))


def opposite() -> Scheme:
    """The column that is not in force (the toast stands out by it)."""
    return Scheme.LIGHT if look().scheme is Scheme.DARK else Scheme.DARK


def adequacy(band: int, scheme: Scheme | None = None) -> tuple[QColor, QColor]:
    """Fill and text colour of an adequacy band 1..5."""
    return _pair(_ADEQUACY[band - 1], scheme)


def sequential(step: int, scheme: Scheme | None = None) -> tuple[QColor, QColor]:
    """Fill and text colour of a step 1..5 of a share or count."""
    return _pair(_SEQUENTIAL[step - 1], scheme)


def category(number: int, scheme: Scheme | None = None) -> tuple[QColor, QColor]:
    """Fill and text colour of a category 1..3."""
    return _pair(_CATEGORY[number - 1], scheme)


def nominal(place: int, scheme: Scheme | None = None) -> QColor:
    """The colour of the kind at `place` 0..6."""
    light, dark = _NOMINAL[place]
    return QColor(dark if (scheme or look().scheme) is Scheme.DARK else light)


def _pair(row: tuple[str, str, str, str], scheme: Scheme | None) -> tuple[QColor, QColor]:
    first = 2 if (scheme or look().scheme) is Scheme.DARK else 0
    return QColor(row[first]), QColor(row[first + 1])


def palette() -> QPalette:
    """Qt's palette from the table, so that native dialogs agree with our widgets."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, tone in (
        (roles.Window, Tone.SURFACE),
        (roles.WindowText, Tone.TEXT),
        (roles.Base, Tone.SURFACE),
        (roles.AlternateBase, Tone.WINDOW),
        (roles.Text, Tone.TEXT),
        (roles.Button, Tone.SURFACE),
        (roles.ButtonText, Tone.TEXT),
        (roles.PlaceholderText, Tone.TEXT3),
        (roles.ToolTipBase, Tone.SURFACE),
        (roles.ToolTipText, Tone.TEXT),
        (roles.Highlight, Tone.ACCENT),
        (roles.HighlightedText, Tone.ACCENT_FG),
        (roles.Link, Tone.ACCENT),
        (roles.LinkVisited, Tone.ACCENT),
        (roles.Mid, Tone.MID),
        (roles.Dark, Tone.LINE_STRONG),
        (roles.Light, Tone.LINE),
        (roles.BrightText, Tone.ERR),
    ):
        made.setColor(role, colour(tone))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, colour(Tone.TEXT3))
    return made


def wear(wanted: Look) -> None:
    """Put a look in force for everything that is painted from now on (`dressing.put_on` also dresses Qt)."""
    _in_force[0] = wanted
