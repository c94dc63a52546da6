"""Practice in the real window: in, through an interview by keys, the result, and out again; the study untouched."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kume_desktop.gui import theme
from kume_desktop.gui.components.script_panel import ScriptPanel
from kume_desktop.gui.interview.page import InterviewPage
from kume_desktop.gui.practice.page import PracticePage
from kume_desktop.gui.routes import FieldRoute, HelpRoute, PracticeRoute, ResultsRoute, StartRoute
from kume_desktop.gui.window import Window
from kume_desktop.services import practice, practice_keys
from kume_desktop.store import reading
from tests.gui.help.house import Stage

pytest_plugins = ["tests.gui.help.house"]
WAIT = 60_000


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def gone_in(stage: Stage, qtbot: QtBot) -> Window:
    """Into practice by its key, as a person does."""
    window = stage.show(PracticeRoute())
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.desk.is_practising, timeout=WAIT)
    return window


def inside(stage: Stage, **how: object) -> Window:
    """In practice, without the worker."""
    window = stage.show(PracticeRoute(), **how)  # type: ignore[arg-type]
    practice.make(window.desk.study)
    window.desk.practise(practice.open_practice(window.desk.study))
    return window


def body_of(window: Window):
    assert isinstance(window.page, InterviewPage) and window.page.body is not None
    return window.page.body


def fill(window: Window, **other: str) -> None:
    """Enter what the firm said, as an earlier sitting did, and complete by key."""
    body = body_of(window)
    key = practice_keys.bundled("is_ihtiyac")
    assert key is not None
    for name, value in ({one.name: one.values[0] for one in key.answers if one.values[0]} | other).items():
        path = body.session.interview.path_of(name)
        assert body.session.answer(path, value).at is not None, name
    for path, reason in body.session.interview.warnings.items():
        assert reason or body.session.override(path, "firma söyledi").at is not None
    body.refresh_list()
    body.guide.show_question(body.session.interview.path_of("anlama"))


def test_that_one_goes_in_interviews_and_comes_out_by_keys_alone(stage: Stage, qtbot: QtBot) -> None:
    window = gone_in(stage, qtbot)
    study = window.desk.study_behind
    before = reading.lines(study.database)
    assert isinstance(window.page, PracticePage)
    press(Qt.Key.Key_Return)
    fill(window, calisan_sayisi="42")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(window.page, PracticePage))
    qtbot.waitUntil(lambda: "Girilen: 42 · Doğrusu: 38" in said(window.page))
    assert "Firma kendini düzeltti" in said(window.page)
    assert "35/36 (%97) · geçti (geçme notu %80)" in said(window.page)
    press(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert not window.desk.is_practising
    assert window.desk.study is study
    assert reading.lines(study.database) == before


def test_that_practice_is_marked_on_every_page_and_the_real_pages_are_away(stage: Stage, qtbot: QtBot) -> None:
    window = inside(stage)
    for route in (FieldRoute(), ResultsRoute(), StartRoute()):
        window.go(route)
        assert isinstance(window.page, PracticePage)
    assert [item.place.route for item in window.frame.rail.items[:1]] == [PracticeRoute()]
    labels = {action.label for action in window._offered("")}
    assert not labels & {"Saha", "Sonuçlar", "Görüşmelerin gidişi"}
    assert "ALIŞTIRMA" in said(window.frame.bar)
    press(Qt.Key.Key_Return)
    assert isinstance(window.page, InterviewPage)
    assert "ALIŞTIRMA" in said(window.frame.bar)
    window.go(HelpRoute())
    assert "ALIŞTIRMA" in said(window.frame.bar)


@pytest.mark.parametrize(
    ("language", "first", "firm"),
    [("tr", "(Firmaya gittiniz", "üretimin başındayım"), ("en", "(You went", "I head the production")],
)
def test_that_the_firm_speaks_beside_its_questions(
    stage: Stage, qtbot: QtBot, language: str, first: str, firm: str
) -> None:
    window = inside(stage, language=language, size=QSize(1092, 550))
    press(Qt.Key.Key_Return)
    panel = window.frame.findChild(ScriptPanel)
    assert panel is not None
    qtbot.waitUntil(lambda: first in said(panel))
    body = body_of(window)
    for name, value in {"gorusme_bicimi": "1", "aydinlatma_okundu": "1", "katilim": "1"}.items():
        assert body.session.answer(body.session.interview.path_of(name), value).at is not None
    body.refresh_list()
    body.guide.show_question(body.session.interview.path_of("gorev"))
    qtbot.waitUntil(lambda: panel.section == "c_firma")
    assert firm in said(panel)


def test_that_the_firm_speaks_below_a_battery_that_needs_the_width(stage: Stage, qtbot: QtBot) -> None:
    window = inside(stage, size=QSize(1024, 540))
    press(Qt.Key.Key_Return)
    panel = window.frame.findChild(ScriptPanel)
    assert panel is not None
    page = window.page
    qtbot.waitUntil(lambda: panel.is_below and panel.width() == page.width() == window.width())
    assert panel.mapTo(window, QPoint(0, 0)).y() >= page.mapTo(window, page.rect().bottomLeft()).y()
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: not theme.is_compact())
    qtbot.waitUntil(lambda: not window.frame.findChild(ScriptPanel).is_below)


def test_that_leaving_in_the_middle_keeps_the_attempt_and_it_goes_on(stage: Stage, qtbot: QtBot) -> None:
    window = inside(stage)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_1)
    unit = body_of(window).session.record.unit_id
    press(Qt.Key.Key_Escape)
    assert isinstance(window.page, PracticePage)
    press(Qt.Key.Key_Return)
    body = body_of(window)
    assert body.session.record.unit_id == unit
    assert body.session.interview.value(body.session.interview.path_of("gorusme_bicimi")) == "1"


def test_that_closing_the_window_while_practising_closes_both(stage: Stage, qtbot: QtBot) -> None:
    window = inside(stage)
    window.close()
    assert not window.desk.has_study and not window.desk.is_practising


def test_that_an_interviewer_sees_neither_pass_mark_nor_keys(stage: Stage, qtbot: QtBot) -> None:
    window = inside(stage, passphrase="deniz parolası")
    assert "Geçme notu" not in said(window.page)
    assert "Bu yanıtları anahtar yap" not in said(window.page)


def test_that_staff_change_the_pass_mark_and_take_it_back(stage: Stage, qtbot: QtBot) -> None:
    window = inside(stage)
    page = window.page
    assert isinstance(page, PracticePage) and page._key is not None
    page._key._mark.setFocus()
    page._key._mark.selectAll()
    QTest.keyClicks(page._key._mark, "95")
    press(Qt.Key.Key_Return)
    assert practice.pass_mark(window.desk.study_behind) == practice.pass_mark(window.desk.study) == 95
    window.keys.undo()
    assert practice.pass_mark(window.desk.study_behind) == practice.pass_mark(window.desk.study) == 80
