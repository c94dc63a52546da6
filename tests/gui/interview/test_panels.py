"""Beside the questions, by keys alone: the section list, the files kept as evidence, the page of a paper form."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.routes import FieldRoute, InterviewRoute, PaperEntryRoute
from kume_desktop.services import evidence, fieldwork
from kume_desktop.services.views import NewFirm
from tests.gui.interview.conftest import AREA, FORM, TO_PRODUCTION
from tests.services.installed import install

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
SMALL = QSize(1024, 540)
NEW = NewFirm("", AREA.code, "Kemalpaşa", "28.25", "2")


def come_back(desktop) -> None:
    """Leave for the firms and open the interview again, as the next sitting does."""
    desktop.window.go(FieldRoute(desktop.unit_id))
    desktop.window.go(InterviewRoute(desktop.unit_id, FORM))


def test_that_the_section_list_stands_aside_again_once_a_question_was_found(desktop, qtbot):
    desktop.give(**TO_PRODUCTION)
    desktop.window.resize(SMALL)
    qtbot.waitUntil(lambda: theme.is_compact() and desktop.body.sections.isHidden())
    desktop.press(Key.Key_G, CTRL)
    assert desktop.body.sections.isVisible()
    desktop.type("hangi yil kuruldu")
    desktop.press(Key.Key_Return)
    assert desktop.body.sections.isHidden(), "else the answers of a battery have no room"


def test_that_tab_walks_the_files_from_the_top_down_and_never_reaches_an_answer_behind(desktop, tmp_path, qtbot):
    evidence.allow(desktop.study, "belgeler")
    come_back(desktop)
    desktop.go_to("gorusme_bicimi")
    desktop.press(Key.Key_E, CTRL | SHIFT)
    panel = desktop.body.sides.files
    kept = desktop.body.course.extras
    for count, text in enumerate(("bir", "iki"), start=1):
        file = tmp_path / f"{text}.txt"
        file.write_text(text, encoding="utf-8")
        panel.take(file)
        qtbot.waitUntil(lambda wanted=count: sum(map(len, kept.files.values())) == wanted)
    qtbot.waitUntil(lambda: len([one for one in panel.findChildren(Button) if one.isVisible()]) == 5)
    assert panel.add.hasFocus()
    walked = []
    for _turn in range(8):
        desktop.press(Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    saves_and_removes = [one for one in panel.findChildren(Button) if one.isVisible() and one is not panel.add]
    assert walked == [*saves_and_removes, panel.close_button, panel.add, *saves_and_removes[:2]]
    desktop.press(Key.Key_Space)
    assert panel.add.hasFocus(), "the next file is not taken away by the same key"
    assert sum(map(len, kept.files.values())) == 1


def test_that_another_form_than_the_next_one_can_be_typed_from_paper(desktop, tmp_path):
    wanted = "ikinci"
    install(desktop.study, tmp_path, wanted, "| type | name | label |\n| text | t | Metin |")
    other = fieldwork.add_firm(desktop.study, replace(NEW, name="Üçüncü Firma"))
    desktop.desk.tell_changed()
    desktop.window.go(PaperEntryRoute(other, FORM))
    page = desktop.window.page
    page.forms.set_current(wanted)
    assert page.here(page._route).instrument_id == wanted, "what was chosen outlives another look"
    page.day.setText((datetime.now().astimezone().date() - timedelta(days=2)).strftime("%d.%m.%Y"))
    page.asked_by.setText("Ayşe")
    page.begin()
    assert desktop.window.route.instrument_id == wanted
    desktop.window.go(PaperEntryRoute(other, FORM))
    assert [form for form, _title in desktop.window.page.forms._items] == [FORM], "the other one was begun"
