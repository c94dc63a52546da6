"""Every screen of the form fits: nothing is cut, everything has a name, in both densities and languages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget

from kume_desktop import settings
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.options import ManyOption, OneOption
from kume_desktop.gui.interview.sections import ListEntry
from kume_desktop.gui.window import FRAME, SMALLEST
from tests.gui.interview.conftest import TO_PRODUCTION
from tests.gui.shell.stage import at_rest

CELLS = ("insan", "finansman", "duran_varlik", "bilgi", "iliski")
EVERYTHING = TO_PRODUCTION | {
    "gorev": "96", "unvan_dogru": "2", "acik_riza": "1", "oncelik_1": "uretim_bilgi",
    **{f"uretim_{cell}": "1" for cell in CELLS}, **{f"pazarlama_{cell}": "1" for cell in CELLS},
}  # fmt: skip
WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)


def cut_texts(page: QWidget) -> list[str]:
    """The texts on the page that do not fit into their widget."""
    labels = [label for label in page.findChildren(QLabel) if label.isVisible() and label.text()]
    found = [label.text() for label in labels if _label_is_cut(label)]
    buttons = [button for button in page.findChildren(QAbstractButton) if button.isVisible()]
    return found + [button.text() or button.accessibleName() for button in buttons if _button_is_cut(button)]


def nothing_is_cut(page: QWidget) -> bool:
    """Assert it, so that a failure names the texts."""
    assert at_rest(lambda: cut_texts(page)) == []
    return True


def _label_is_cut(label: QLabel) -> bool:
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width()) or _word_is_cut(label, label.text(), label.width())
    return label.width() < label.sizeHint().width() or label.height() < label.fontMetrics().height()


def _word_is_cut(widget: QWidget, text: str, width: int) -> bool:
    """Whether one word is wider than its place: a line can break at blanks, hyphens and slashes only."""
    metrics = widget.fontMetrics()
    parts = re.split(r"(?<=[-/–])|\s+|(?<=\u00ad)", text)
    return any(metrics.horizontalAdvance(part.replace("\u00ad", "-")) > width for part in parts)


def _button_is_cut(button: QAbstractButton) -> bool:
    if isinstance(button, OneOption | ManyOption):
        box = button.text_box()
        needed = QFontMetrics(fonts.font(Role.BODY, fonts.SEMIBOLD)).boundingRect(
            QRect(0, 0, box.width(), 1000), WRAP, button.text()
        )
        return needed.height() > box.height() or needed.width() > box.width()
    if isinstance(button, ListEntry):
        room = button._text_box(button.width(), button.height()).width()
        return button.height() < button.heightForWidth(button.width()) or _word_is_cut(button, button.words, room)
    if isinstance(button, QPushButton) and button.text():
        return button.fontMetrics().horizontalAdvance(button.text()) > button.width()
    return False


@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1092, 550)])
def test_that_no_text_is_cut_on_any_screen_with_the_largest_text(desktop, qtbot, size):
    desktop.give(**EVERYTHING)
    desktop.window.resize(size)
    desktop.desk.change_settings(replace(desktop.desk.settings, text_scale=settings.TextScale.LARGER))
    body = desktop.body
    body.refresh_list()
    for stop in body.guide.map.stops:
        body.guide._show(stop.screen)
        body.view.focus_first()
        qtbot.waitUntil(lambda: nothing_is_cut(body), timeout=1000)


@pytest.mark.parametrize(
    ("size", "scale"),
    [(QSize(1092, 550), settings.TextScale.NORMAL), (QSize(1366, 768), settings.TextScale.LARGER)],
)
def test_that_the_explanation_leaves_every_question_in_sight_where_there_is_room(desktop, qtbot, size, scale):
    desktop.give(**TO_PRODUCTION)
    desktop.window.resize(size)
    qtbot.waitUntil(lambda: theme.is_compact() == (size.width() < 1200))
    desktop.desk.change_settings(replace(desktop.desk.settings, text_scale=scale))
    qtbot.waitUntil(theme.is_compact)
    desktop.go_to("uretim_insan")
    desktop.press(Qt.Key.Key_F2)
    body, row = desktop.body, desktop.row("uretim_insan")
    panel = body.explanation
    qtbot.waitUntil(panel.isVisible)
    qtbot.waitUntil(lambda: row.mapTo(body, row.rect().topLeft()).x() >= panel.geometry().right())
    qtbot.waitUntil(lambda: nothing_is_cut(body), timeout=1000)
    desktop.press(Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: row.mapTo(body, row.rect().topLeft()).x() < panel.width())


def test_that_the_explanation_stands_beside_fields_in_the_smallest_window_too(desktop, qtbot):
    desktop.window.resize(QSize(1024, 540))
    qtbot.waitUntil(theme.is_compact)
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("kurulus_yili")
    desktop.press(Qt.Key.Key_F2)
    body, row = desktop.body, desktop.row("kurulus_yili")
    qtbot.waitUntil(lambda: row.mapTo(body, row.rect().topLeft()).x() >= body.explanation.geometry().right())
    desktop.go_to("uretim_insan")
    battery = desktop.row("uretim_insan")
    qtbot.waitUntil(lambda: battery.mapTo(body, battery.rect().topLeft()).x() < body.explanation.width())
    qtbot.waitUntil(lambda: nothing_is_cut(body), timeout=1000)


@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1092, 550)])
@pytest.mark.parametrize("language", list(settings.Language))
def test_that_no_text_is_cut_on_any_screen(desktop, qtbot, size, language):
    desktop.give(**EVERYTHING)
    desktop.window.resize(size)
    qtbot.waitUntil(lambda: theme.is_compact() == (size.width() < 1200))
    desktop.desk.change_settings(replace(desktop.desk.settings, language=language))
    body = desktop.body
    body.refresh_list()
    for stop in body.guide.map.stops:
        body.guide._show(stop.screen)
        body.view.focus_first()
        qtbot.waitUntil(lambda: nothing_is_cut(body), timeout=1000)
    assert body.width() >= desktop.window.width() - 60


def test_that_every_control_has_a_name_and_a_likert_button_says_question_digit_and_words(desktop):
    desktop.give(**EVERYTHING)
    body = desktop.body
    body.refresh_list()
    nameless = []
    for stop in body.guide.map.stops:
        body.guide._show(stop.screen)
        for child in body.view.findChildren(QWidget):
            interface = QAccessible.queryAccessibleInterface(child)
            if child.focusPolicy() == Qt.FocusPolicy.NoFocus or interface is None:
                continue
            if not interface.text(QAccessible.Text.Name):
                nameless.append((stop.screen, type(child).__name__))
    assert nameless == []
    desktop.go_to("uretim_bilgi")
    button = desktop.row("uretim_bilgi").input._buttons["2"]
    title = desktop.row("uretim_bilgi").row.title
    assert button.accessibleName() == f"Soru 4.4 {title}: 2, Yetersiz Düzeyde"
    option = desktop.row("uretim_bilgi").input._buttons["dk"]
    assert option.accessibleName().endswith(": 9, Bilmiyor")


def test_that_an_answer_changes_its_row_in_place(desktop):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("uretim_insan")
    rows = desktop.body.view.rows
    inputs = [row.input for row in rows]
    desktop.type("243")
    assert desktop.body.view.rows == rows
    assert [row.input for row in desktop.body.view.rows] == inputs


def test_that_the_battery_stays_under_its_heads_and_fits_the_small_window(desktop, qtbot):
    desktop.give(**TO_PRODUCTION)
    desktop.window.resize(1092, 550)
    qtbot.waitUntil(theme.is_compact)
    desktop.go_to("pazarlama_insan")
    view = desktop.body.view
    qtbot.waitUntil(lambda: view._scroll.y() >= view._head.geometry().bottom() > 40)
    qtbot.waitUntil(lambda: view.rows[-1].y() > 0)
    assert view._scroll.verticalScrollBar().maximum() == 0


def test_that_the_explanation_takes_the_place_of_the_list_and_gives_it_back(desktop, qtbot):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("uretim_insan")
    width = desktop.window.width()
    desktop.press(Qt.Key.Key_F2)
    explanation = desktop.body.explanation
    qtbot.waitUntil(explanation.isVisible)
    said = " ".join(label.text() for label in explanation.findChildren(QLabel))
    assert desktop.row("uretim_insan").row.guidance in said
    assert desktop.window.width() == width
    assert not desktop.body.sections.isVisible()
    desktop.press(Qt.Key.Key_Escape)
    assert not explanation.isVisible()
    assert desktop.body.sections.isVisible()


def test_that_the_window_is_never_larger_than_what_the_scaling_of_the_system_leaves_of_the_screen(desktop, qtbot):
    window = desktop.window
    room = window.screen().availableGeometry()
    assert room.width() < SMALLEST.width(), "the screen of the test is a small one"
    assert window.minimumWidth() <= room.width()
    assert window.minimumHeight() + FRAME <= max(room.height(), SMALLEST.height() + FRAME)
    window.resize(room.width(), SMALLEST.height())
    qtbot.waitUntil(theme.is_compact)
    qtbot.waitUntil(lambda: window.frame.bar.width() == window.width() == room.width())
    bar = window.frame.bar
    assert bar.mapTo(window, bar.rect().bottomLeft()).y() < window.height()


def test_that_a_window_closed_right_after_another_size_builds_no_page_without_a_study(desktop, qtbot):
    window = desktop.window
    window.resize(1024, 540)
    assert window._settle.isActive()
    window.close()
    assert not window._settle.isActive(), "the study is closed now"
