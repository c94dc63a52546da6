"""A number and why it is blank, as one row of the window and two answers of the study."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kume_desktop.gui.interview.fields import NumberInput
from kume_desktop.interview import page as model
from kume_desktop.store import reading
from tests.gui.interview.conftest import TO_PRODUCTION, Desktop

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
YEAR, WHY = "kurulus_yili", "kurulus_yili_neden"
BEFORE = {name: raw for name, raw in TO_PRODUCTION.items() if name not in {YEAR, "calisan_sayisi"}}


@pytest.fixture
def asked(desktop: Desktop) -> Desktop:
    desktop.give(**BEFORE)
    desktop.go_to(YEAR)
    return desktop


def field(asked: Desktop) -> NumberInput:
    found = asked.row(YEAR).input
    assert isinstance(found, NumberInput)
    return found


def held(asked: Desktop, name: str) -> str:
    return asked.session.interview.values.get(asked.path(name), "")


def test_that_a_number_and_its_reason_are_one_row_with_one_number(asked):
    shown = [row.path.rpartition("/")[2] for row in asked.body.view.rows]
    assert YEAR in shown and WHY not in shown
    numbers = [found.number for found in model.find(asked.session.interview, "")]
    assert len(numbers) == len(set(numbers)), "Ctrl+G lists it once"
    assert not asked.row(YEAR).row.number[-1].isalpha()
    assert asked.row(YEAR).row.required


def test_that_does_not_know_is_one_key_away_and_goes_on(asked):
    events = len(reading.events(asked.study.database))
    asked.press(Key.Key_9, CTRL)
    assert (held(asked, YEAR), held(asked, WHY), asked.current) == ("", "dk", "calisan_sayisi")
    assert asked.stored().interview.value(asked.path(WHY)) == "dk"
    assert len(reading.events(asked.study.database)) == events + 1
    asked.press(Key.Key_Up)
    assert asked.current == YEAR
    assert QApplication.focusWidget().text() == "Bilmiyor"


def test_that_a_nine_begins_a_number(asked):
    asked.type("9")
    assert (held(asked, WHY), field(asked).field.text()) == ("", "9")


def test_that_a_number_takes_the_reason_back_and_one_undo_brings_it_again(asked):
    asked.press(Key.Key_0, CTRL)
    assert held(asked, WHY) == "nr"
    asked.go_to(YEAR)
    asked.type("1998")
    asked.press(Key.Key_Return)
    assert (held(asked, YEAR), held(asked, WHY)) == ("1998", "")
    asked.go_to(YEAR)
    asked.page.undo()
    assert (held(asked, YEAR), held(asked, WHY)) == ("", "nr"), "both answers were one act"
    asked.page.undo()
    assert (held(asked, YEAR), held(asked, WHY)) == ("", "")


def test_that_a_reason_clears_the_number_with_what_is_typed_and_refused(asked):
    asked.type("1066")
    asked.press(Key.Key_Return)
    assert asked.path(YEAR) in asked.body.course.refusals
    asked.press(Key.Key_9, CTRL)
    assert not asked.body.course.refusals
    assert (held(asked, YEAR), held(asked, WHY), field(asked).field.text()) == ("", "dk", "")
    asked.go_to(YEAR)
    asked.press(Key.Key_Return)
    assert (held(asked, YEAR), held(asked, WHY)) == ("", "dk")


def test_that_delete_takes_the_reason_back_and_the_row_is_open_again(asked):
    asked.press(Key.Key_9, CTRL)
    asked.go_to(YEAR)
    asked.press(Key.Key_Delete)
    assert held(asked, WHY) == ""
    assert QApplication.focusWidget() is field(asked).field
    open_ones = [one.path for one in model.open_problems(asked.session.interview)]
    assert asked.path(YEAR) in open_ones and asked.path(WHY) not in open_ones


def test_that_progress_counts_the_pair_once(asked):
    answered, of = model.progress(asked.session.interview)
    asked.press(Key.Key_9, CTRL)
    assert model.progress(asked.session.interview) == (answered + 1, of)
    asked.go_to(YEAR)
    asked.type("1998")
    asked.press(Key.Key_Return)
    assert model.progress(asked.session.interview) == (answered + 1, of)


def test_that_the_place_of_the_reason_leads_to_the_row_of_the_number(asked):
    asked.go_to("gorev")
    asked.body.guide.show_question(asked.path(WHY))
    assert asked.current == YEAR


def test_that_on_the_buttons_digits_and_arrows_work_alone_and_a_figure_begins_the_number(asked):
    asked.press(Key.Key_Tab)
    assert QApplication.focusWidget().text() == "Bilmiyor"
    asked.press(Key.Key_Right)
    assert QApplication.focusWidget().text() == "Yanıt vermek istemedi"
    asked.type("7")
    assert field(asked).field.text() == "7" and field(asked).field.hasFocus()
    asked.press(Key.Key_Tab)
    assert asked.path(YEAR) in asked.body.course.refusals
    asked.press(Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_0)
    assert held(asked, WHY) == "nr"


def test_that_completing_names_the_pair_once(asked):
    asked.press(Key.Key_Return, CTRL)
    listed = [problem.path.rpartition("/")[2] for problem in asked.body.guide.open_problems()]
    assert YEAR in listed and WHY not in listed
