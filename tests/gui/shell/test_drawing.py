"""Fonts, icons, key caps and the parts that paint themselves."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontInfo, QFontMetrics, QPainter, QPixmap, QRawFont
from PySide6.QtWidgets import QWidget

from kume_desktop import paths
from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components import badge, bottom_bar, keycap, progress, state_chip
from kume_desktop.gui.components.buttons import Button, ChoiceButton, ChoiceKind, IconButton, Kind
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import KeyHint, OpenWork, Progress, SaveKind, SaveState
from kume_desktop.gui.theme import Tone
from kume_desktop.services.firm_state import FirmState
from tests.gui.shell.stage import bring, press

GUI = Path(theme.__file__).parent
DRAWS = {"IconLabel", "IconButton", "pixmap", "icon", "show_icon"}


def drawn(widget: QWidget) -> set[str]:
    """The colours of a widget's picture."""
    picture = widget.grab().toImage()
    return {picture.pixelColor(x, y).name().upper() for x in range(picture.width()) for y in range(picture.height())}


@pytest.mark.parametrize("weight", [fonts.REGULAR, fonts.MEDIUM, fonts.SEMIBOLD, fonts.BOLD])
def test_that_inter_comes_in_the_four_weights(weight: fonts.QFont.Weight):
    info = QFontInfo(fonts.font(Role.BODY, weight))
    assert (info.family(), info.weight()) == ("Inter", weight.value)


def test_that_the_font_has_every_letter_the_screen_needs():
    inter = QRawFont(str(paths.resources() / "fonts" / "Inter-Regular.ttf"), 14)
    assert [sign for sign in "çğıöşüÇĞİÖŞÜâîû–’“”…·≤≥×↵←→↑↓◇◆₺%✓" if not inter.supportsCharacter(ord(sign))] == []


def test_that_digits_of_a_column_have_one_width():
    metrics = QFontMetrics(fonts.font(Role.BODY, tabular=True))
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8080")


def test_that_the_text_size_setting_scales_every_role_and_nothing_is_below_twelve():
    assert min(fonts.size(role) for role in Role) == 12
    before = {role: fonts.size(role) for role in Role}
    theme.wear(theme.Look(scale=1.3))
    assert all(fonts.size(role) == round(size * 1.3) for role, size in before.items())


def _icon_names() -> set[str]:
    """Every text constant in the window's code that is written like an icon's name and used as one."""
    found = set()
    for file in GUI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in DRAWS:
                found |= {arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant) and arg.value}
    return found


def test_that_every_icon_is_among_the_files():
    names = _icon_names() | {face.icon for face in state_chip.FACES.values()}
    missing = [name for name in sorted(names) if not (paths.resources() / "icons" / f"{name}.svg").exists()]
    assert (missing, "house" in names or len(names) > 5) == ([], True)


def test_that_fonts_and_icons_come_with_their_licences():
    assert "SIL OPEN FONT LICENSE" in (paths.resources() / "fonts" / "OFL.txt").read_text(encoding="utf-8").upper()
    assert "ISC" in (paths.resources() / "icons" / "LICENSE").read_text(encoding="utf-8")


def test_that_an_icon_is_drawn_in_the_tone_it_is_asked_for():
    picture = icons.pixmap("circle", 24, Tone.ERR).toImage()
    inked = [
        picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    ]  # fmt: skip
    assert {colour.name().upper() for colour in inked} == {theme.code(Tone.ERR)}


def test_that_an_icon_is_drawn_once():
    assert icons.pixmap("check").cacheKey() == icons.pixmap("check").cacheKey()


@pytest.mark.parametrize(
    ("key", "read"),
    [
        ("Ctrl+K", "Ctrl K"),
        ("Return", "↵"),
        ("Ctrl++", "Ctrl +"),
        ("+", "+"),
        ("Alt+Left", "Alt ←"),
        ("Up Down", "↑ ↓"),
        ("1–5", "1–5"),
        ("Space", "Boşluk"),
    ],
)
def test_that_keys_are_shown_as_people_read_them(key: str, read: str):
    assert keycap.shown(key) == read


def test_that_hints_drop_from_the_right_and_f1_stays(qtbot):
    bar = bottom_bar.BottomBar()
    qtbot.addWidget(bar)
    bar.show_hints([KeyHint("Return", "Görüşmeyi aç"), KeyHint("Z", "Ziyaret yaz"), KeyHint("R", "Randevu ver")])
    strip = bar.findChild(bottom_bar.HintStrip)
    assert strip is not None
    strip.resize(900, 32)
    assert [hint.key for hint in strip.in_sight()] == ["Return", "Z", "R", "F1"]
    strip.resize(260, 32)
    assert [hint.key for hint in strip.in_sight()] == ["Return", "F1"]
    strip.resize(60, 32)
    assert [hint.key for hint in strip.in_sight()] == ["F1"]


def test_that_the_save_state_is_said_in_words(qtbot):
    from datetime import datetime

    bar = bottom_bar.BottomBar()
    qtbot.addWidget(bar)
    at = datetime.now().astimezone().replace(hour=11, minute=21, second=4)
    bar.show_state(SaveState(SaveKind.SAVED, at))
    assert bar.state.words == "Kaydedildi 11:21:04"
    bar.show_state(SaveState(SaveKind.SAVED, at.replace(year=2025, month=11, day=23)))
    assert bar.state.words == "Kaydedildi 23 Kas 11:21:04"
    bar.show_state(SaveState(SaveKind.SAVING))
    assert bar.state.words == "Kaydediliyor…"
    bar.show_state(SaveState(SaveKind.COMPUTED, at))
    assert bar.state.words == "Hesaplandı 11:21:04"
    bar.show_state(SaveState(SaveKind.STALE, at))
    assert bar.state.words == "Veri değişti, sonuçlar 11:21’den"


def test_that_a_failure_colours_the_bar_until_it_is_mended(qtbot):
    bar = bottom_bar.BottomBar()
    qtbot.addWidget(bar)
    bar.resize(900, 32)
    bar.show_state(SaveState(SaveKind.FAILED, text="Kaydedilemedi: disk dolu."))
    assert bar.state.words == "Kaydedilemedi: disk dolu."
    assert theme.code(Tone.ERR_SOFT) in drawn(bar)
    with qtbot.waitSignal(bar.retry_clicked):
        bar.state.act_clicked.emit()
    bar.show_state(SaveState())
    assert theme.code(Tone.ERR_SOFT) not in drawn(bar)


def test_that_the_bar_shows_what_waits_and_long_work(qtbot):
    bar = bottom_bar.BottomBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.show_work(OpenWork("2 uyarı"))
    bar.show_progress(Progress(3, 6, "Hesaplanıyor"))
    texts = {child.text() for child in bar.findChildren(QWidget) if hasattr(child, "text") and child.isVisible()}
    assert {"2 uyarı", "Hesaplanıyor: 3 / 6", "Durdur"} <= texts
    bar.show_work(None)
    bar.show_progress(None)
    texts = {child.text() for child in bar.findChildren(QWidget) if hasattr(child, "text") and child.isVisible()}
    assert not {"2 uyarı", "Durdur"} & texts


@pytest.mark.parametrize("key", ["Return", "Space"])
def test_that_enter_and_space_press_a_button(qtbot, key: str):
    button = Button("Çöz", Kind.PRIMARY)
    bring(qtbot, button)
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        press(button, key)


def test_that_a_primary_button_wears_the_accent(qtbot):
    button = Button("Çöz", Kind.PRIMARY)
    qtbot.addWidget(button)
    button.resize(120, 36)
    assert theme.code(Tone.ACCENT) in drawn(button)


def test_that_a_checked_answer_has_a_mark_besides_its_colour(qtbot):
    button = ChoiceButton("3", ChoiceKind.LIKERT, "Soru 3.4: 3")
    qtbot.addWidget(button)
    assert button.icon().isNull()
    button.setChecked(True)
    assert not button.icon().isNull()
    assert theme.code(Tone.ACCENT) in drawn(button)
    assert (button.width(), button.height()) == (84, 40)


def test_that_an_icon_alone_has_a_name_and_a_tooltip(qtbot):
    button = IconButton("x", "Kapat")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Kapat", "Kapat")


def _painted(width: int, height: int, paint) -> set[str]:
    canvas = QPixmap(width, height)
    canvas.fill(theme.colour(Tone.SURFACE))
    painter = QPainter(canvas)
    paint(painter)
    painter.end()
    picture = canvas.toImage()
    return {picture.pixelColor(x, y).name().upper() for x in range(width) for y in range(height)}


def test_that_an_uncertain_badge_has_no_fill():
    box = QRectF(0, 0, 180, 24)
    fill = theme.category(1)[0].name().upper()
    certain = _painted(180, 24, lambda p: badge.paint_badge(p, box, "1. Kategori", 1, certain=True))
    unsure = _painted(180, 24, lambda p: badge.paint_badge(p, box, "1. Kategori", 1, certain=False))
    assert (fill in certain, fill in unsure) == (True, False)


def test_that_a_bar_without_progress_has_no_accent():
    empty = _painted(100, 6, lambda p: progress.paint_bar(p, QRectF(0, 0, 100, 6), 0.0))
    half = _painted(100, 6, lambda p: progress.paint_bar(p, QRectF(0, 0, 100, 6), 0.5))
    assert (theme.code(Tone.ACCENT) in empty, theme.code(Tone.ACCENT) in half) == (False, True)


def test_that_a_progress_bar_says_its_figures():
    assert progress.ProgressBar(5, 9, name="Kimya").accessibleName() == "Kimya 5 / 9"
    assert progress.ProgressBar(0, 0).share == 0


@pytest.mark.parametrize("state", FirmState)
def test_that_every_state_has_a_word_and_an_icon(state: FirmState):
    assert state_chip.word(state)
    canvas = _painted(160, 36, lambda p: state_chip.paint_state(p, QRect(4, 0, 150, 36), state))
    assert len(canvas) > 3


def test_that_the_hatch_is_not_a_fill():
    assert badge.hatch_brush().style() == Qt.BrushStyle.BDiagPattern
