"""The colour table: contrasts hold, and nobody else holds a colour."""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette

from kume_desktop.gui import stylesheet, theme
from kume_desktop.gui.theme import Scheme, Tone

GUI = Path(theme.__file__).parent
LITERAL = re.compile(r"#[0-9A-Fa-f]{3,8}\b|\brgba?\(|\bhsla?\(")
NAMED = re.compile(
    r"GlobalColor\.(?!transparent)\w+|QColor\(\s*(?:\d|[\"'])|QColor\.from|(?:color|background|fill)\s*[:=]\s*[\"']?"
    r"(?:red|green|blue|black|white|gray|grey|yellow|orange)\b"
)


def luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2.x."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.x, 1..21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("ink", [Tone.TEXT, Tone.TEXT2, Tone.TEXT3, Tone.ACCENT, Tone.OK, Tone.WARN, Tone.ERR])
@pytest.mark.parametrize("ground", [Tone.SURFACE, Tone.WINDOW, Tone.ACCENT_SOFT])
def test_that_every_text_is_readable_on_every_ground(scheme: Scheme, ink: Tone, ground: Tone):
    assert contrast(theme.colour(ink, scheme), theme.colour(ground, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (Tone.ACCENT_FG, Tone.ACCENT),
        (Tone.ACCENT_FG, Tone.ACCENT_HOVER),
        (Tone.ACCENT_FG, Tone.ACCENT_PRESSED),
        (Tone.OK, Tone.OK_SOFT),
        (Tone.WARN, Tone.WARN_SOFT),
        (Tone.ERR, Tone.ERR_SOFT),
        (Tone.TEXT, Tone.WARN_SOFT),
        (Tone.TEXT, Tone.ERR_SOFT),
        (Tone.TEXT3, Tone.HOVER),
        (Tone.TEXT3, Tone.SUNKEN),
    ],
)
def test_that_pairs_of_fill_and_text_are_readable(scheme: Scheme, ink: Tone, ground: Tone):
    assert contrast(theme.colour(ink, scheme), theme.colour(ground, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("ground", [Tone.SURFACE, Tone.WINDOW, Tone.ACCENT_SOFT])
def test_that_borders_of_controls_are_visible(scheme: Scheme, ground: Tone):
    assert contrast(theme.colour(Tone.LINE_STRONG, scheme), theme.colour(ground, scheme)) >= 3


@pytest.mark.parametrize("scheme", Scheme)
def test_that_numbers_are_readable_on_every_band_share_and_category(scheme: Scheme):
    pairs = [theme.adequacy(band, scheme) for band in range(1, 6)]
    pairs += [theme.sequential(step, scheme) for step in range(1, 6)]
    pairs += [theme.category(number, scheme) for number in range(1, 4)]
    assert all(contrast(ink, fill) >= 4.5 for fill, ink in pairs)


@pytest.mark.parametrize("scheme", Scheme)
def test_that_the_seven_kinds_stand_out_and_differ(scheme: Scheme):
    kinds = [theme.nominal(place, scheme) for place in range(7)]
    assert len({kind.name() for kind in kinds}) == 7
    assert all(contrast(kind, theme.colour(Tone.SURFACE, scheme)) >= 3 for kind in kinds)


def _code_strings(file: Path) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(file.read_text(encoding="utf-8")).readline)
    return [token.string for token in tokens if token.type != tokenize.COMMENT]


def test_that_no_colour_stands_outside_the_table():
    strays = [
        f"{file.relative_to(GUI)}: {text[:60]}"
        for file in sorted(GUI.rglob("*.py"))
        if file.name != "theme.py"
        for text in _code_strings(file)
        if LITERAL.search(text)
    ]
    strays += [
        f"{file.relative_to(GUI)}: {found.group()}"
        for file in sorted(GUI.rglob("*.py"))
        if file.name != "theme.py"
        for found in NAMED.finditer(file.read_text(encoding="utf-8"))
    ]
    assert strays == []


@pytest.mark.parametrize("scheme", Scheme)
def test_that_the_style_sheet_takes_every_colour_from_the_column_in_force(scheme: Scheme):
    theme.wear(theme.Look(scheme=scheme))
    sheet = stylesheet.stylesheet()
    allowed = {theme.code(tone, scheme) for tone in Tone} | {theme.code(Tone.ACCENT, theme.opposite())}
    assert set(LITERAL.findall(sheet)) <= allowed
    assert "$" not in sheet


def test_that_the_palette_agrees_with_the_table_in_the_dark():
    theme.wear(theme.Look(scheme=Scheme.DARK))
    made = theme.palette()
    assert made.color(QPalette.ColorRole.Text) == theme.colour(Tone.TEXT, Scheme.DARK)
    assert made.color(QPalette.ColorRole.PlaceholderText) == theme.colour(Tone.TEXT3, Scheme.DARK)


def test_that_exports_get_the_light_column_whatever_is_in_force():
    theme.wear(theme.Look(scheme=Scheme.DARK))
    assert theme.code(Tone.SURFACE, Scheme.LIGHT) == "#FFFFFF"
    assert theme.adequacy(1, Scheme.LIGHT) != theme.adequacy(1)


def test_that_compact_measures_are_never_larger():
    roomy = theme.metrics()
    theme.wear(theme.Look(density=theme.Density.COMPACT))
    tight = theme.metrics()
    assert (tight.table_row, tight.question_row, tight.rail) < (roomy.table_row, roomy.question_row, roomy.rail)
    assert theme.is_compact()
