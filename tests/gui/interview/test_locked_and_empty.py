"""A completed interview, the buttons below the rows, searches that find nothing, and what Ctrl+Z takes back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel

from kume_desktop.gui import theme
from kume_desktop.gui.interview.likert import LikertHeads
from kume_desktop.gui.interview.rich_label import RichLabel
from tests.gui.interview.conftest import TO_PRODUCTION

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
AWAY = {"gorusme_bicimi": "1", "aydinlatma_okundu": "1", "katilim": "3", "sonuc": "4", "ret_nedeni": "1"}


@pytest.fixture
def in_production(desktop):
    """The first battery is in front, with one answer."""
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("uretim_insan")
    desktop.type("2")
    return desktop


def key_words(desktop) -> list[str]:
    return [hint.word for hint in desktop.page.key_hints()]


def lock(desktop) -> None:
    desktop.session.record = replace(desktop.session.record, state="completed")
    desktop.go_to("uretim_insan")
    desktop.body.refresh_list()


def test_that_a_completed_interview_says_so_and_names_no_key_that_answers(in_production):
    assert "Yanıtla" in key_words(in_production)
    lock(in_production)
    assert "Yanıtla" not in key_words(in_production)
    told = [label.text() for label in in_production.body.header.findChildren(QLabel)]
    assert any(text.startswith("Tamamlandı; değiştirmek için yeniden açın") for text in told)


def test_that_the_mark_of_a_locked_answer_is_drawn_as_clearly_as_before(in_production):
    mark = in_production.row("uretim_insan").input._buttons["2"].icon()
    drawn = [mark.pixmap(QSize(16, 16), mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)]
    assert drawn[0] == drawn[1]


def test_that_notes_of_a_completed_interview_are_written_row_by_row_and_enter_does_not_leave_it(in_production):
    desktop = in_production
    lock(desktop)
    desktop.body.view.focus_first()
    first, second, *_rest = (row.path for row in desktop.body.view.rows)
    for path, key in ((first, Qt.Key.Key_Up), (second, Qt.Key.Key_Down)):
        desktop.press(key)
        assert desktop.body.view.current == path
        desktop.press(Qt.Key.Key_M, CTRL)
        desktop.enter("Sonradan")
        assert desktop.session.comments[path] == "Sonradan"
        assert desktop.body.view.in_foot, "the focus must not end on what closes the interview"


def test_that_a_completed_interview_is_left_open_again_by_its_button(desktop, qtbot):
    desktop.give(**AWAY)
    assert desktop.session.complete().at is not None
    desktop.go_to("gorusme_bicimi")
    desktop.press(Key.Key_Return, CTRL)
    assert not desktop.session.is_completed
    qtbot.waitUntil(
        lambda: not any("yeniden açın" in label.text() for label in desktop.body.header.findChildren(QLabel))
    )


def test_that_the_button_after_the_last_row_names_its_own_keys_and_up_goes_back_to_the_row(in_production):
    in_production.go_to("uretim_iliski")
    in_production.press(Key.Key_Down)
    assert in_production.body.view.forward.hasFocus()
    assert "Yanıtla" not in key_words(in_production)
    in_production.press(Key.Key_Down)
    assert in_production.body.view.forward.hasFocus()
    in_production.press(Key.Key_Up)
    assert in_production.current == "uretim_iliski"
    assert in_production.body.view.in_foot is False
    assert "Yanıtla" in key_words(in_production)


def test_that_a_note_and_a_mark_are_undone_before_the_answer_given_earlier(in_production):
    path = in_production.path("uretim_insan")
    in_production.go_to("uretim_insan")
    in_production.press(Key.Key_M, CTRL)
    in_production.enter("usta sorunu")
    in_production.press(Key.Key_F9)
    assert (in_production.session.comments, in_production.session.marks) == ({path: "usta sorunu"}, {path})
    in_production.press(Key.Key_Z, CTRL)
    assert (in_production.session.comments, in_production.session.marks) == ({path: "usta sorunu"}, set())
    in_production.press(Key.Key_Z, CTRL)
    assert (in_production.session.comments, in_production.value("uretim_insan")) == ({}, "2")
    in_production.press(Key.Key_Z, CTRL)
    assert in_production.value("uretim_insan") == ""
    assert in_production.stored().comments.get(path, "") == ""


def test_that_a_note_written_over_comes_back(in_production):
    path = in_production.path("uretim_insan")
    for text in ("önce", "sonra"):
        in_production.body.course.comment(path, text)
    in_production.press(Key.Key_Z, CTRL)
    assert in_production.stored().comments == {path: "önce"}


def test_that_a_note_of_an_earlier_sitting_is_left_alone(desktop):
    desktop.session.comment(desktop.path("gorusme_bicimi"), "eski not")
    desktop.press(Key.Key_Z, CTRL)
    assert desktop.session.comments == {desktop.path("gorusme_bicimi"): "eski not"}


def test_that_a_reason_is_undone_before_the_answer_it_explains(desktop):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("ana_urun")
    desktop.press(Key.Key_A, CTRL)
    desktop.enter("abc")
    desktop.go_to("ana_urun")
    desktop.press(Key.Key_F4)
    desktop.enter("adı böyle")
    assert desktop.session.interview.overrides == {desktop.path("ana_urun"): "adı böyle"}
    desktop.body.course.undo()
    assert (dict(desktop.session.interview.overrides), desktop.value("ana_urun")) == ({}, "abc")
    desktop.body.course.undo()
    assert desktop.value("ana_urun") == TO_PRODUCTION["ana_urun"]


def test_that_a_list_without_a_match_says_so_and_keeps_the_text(desktop):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("ilce")
    field = desktop.row("ilce").input
    desktop.enter("xyzq")
    told = [label.text() for label in desktop.row("ilce").findChildren(QLabel) if label.isVisible()]
    assert "Listede “xyzq” yok; kaydedilmedi. Daha az harf yazın; ↓ bütün listeyi açar." in told
    desktop.press(Key.Key_Tab)
    assert field.field.text() == "xyzq"
    desktop.go_to("ilce")
    desktop.press(Key.Key_Escape)
    assert field.field.text() != "xyzq"
    assert not field.is_open


def test_that_a_find_without_a_match_says_so(desktop):
    desktop.press(Key.Key_G, CTRL)
    desktop.type("qqq")
    sections = desktop.body.sections
    told = [label.text() for label in sections.findChildren(QLabel) if label.isVisible()]
    assert "Eşleşen soru yok" in told
    desktop.press(Key.Key_Escape)
    assert sections._nothing.isHidden()


def test_that_the_stem_stands_above_the_heads_where_it_is_tight(in_production, qtbot):
    in_production.window.resize(1024, 540)
    qtbot.waitUntil(lambda: in_production.window.page.body.height() < 540 and theme.is_compact())
    head = in_production.body.view._head
    stem, heads = head.findChild(RichLabel), head.findChild(LikertHeads)
    qtbot.waitUntil(lambda: stem.width() > in_production.body.view.width() * 0.9)
    assert stem.geometry().bottom() <= heads.geometry().top()
