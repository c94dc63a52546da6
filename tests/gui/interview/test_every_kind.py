"""A form that has every kind of question, answered in the window by keys, and what the study then holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.interview.attaching import AttachmentInput
from kume_desktop.gui.interview.course import Shown
from kume_desktop.gui.interview.rows import Helpers, QuestionRow
from kume_desktop.gui.interview.sections import ListEntry
from kume_desktop.instruments.model import Kind
from kume_desktop.interview.page_model import Row
from kume_desktop.services import attachments
from kume_desktop.services.interviewing import open_interview
from kume_desktop.xpath.source import Datatype
from tests.gui.interview.conftest import Desktop, at_desk, with_workbook

Key = Qt.Key
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
FORM = "her_tur"
SURVEY = (
    ("type", "name", "label", "required", "relevant", "appearance", "parameters", "choice_filter", "default"),
    ("begin_group", "a", "Yanıtlar", "", "", "field-list", "", "", ""),
    ("rank oncelik", "sira", "Öncelik sırası", "yes", "", "", "", "", ""),
    ("range", "puan", "Kaç verirsiniz?", "", "", "", "start=1 end=10 step=1", "", ""),
    ("range", "fark", "Fark", "", "", "", "start=-10 end=10 step=5", "", ""),
    ("range", "oran", "Oran", "", "", "", "start=0 end=100 step=2.5", "", ""),
    ("acknowledge", "okudum", "Metni okudum", "", "", "", "", "", ""),
    ("date", "ay", "Hangi ay?", "", "", "month-year", "", "", ""),
    ("integer", "ciro", "Ciro", "", "", "thousands-sep", "", "", ""),
    ("text", "gizli", "Gizli", "", "", "masked", "", "", ""),
    ("end_group", "", "", "", "", "", "", "", ""),
    ("begin_group", "b", "Yer ve dosya", "", "", "field-list", "", "", ""),
    ("geopoint", "yer", "Nerede?", "", "", "", "", "", ""),
    ("barcode", "kod", "Kod", "", "", "", "", "", ""),
    ("image", "resim", "Belge resmi", "", "", "", "", "", ""),
    ("file", "belge", "Belge", "", "", "", "", "", ""),
    ("end_group", "", "", "", "", "", "", "", ""),
    ("begin_repeat", "makine", "Makineler", "", "", "", "", "", ""),
    ("text", "ad", "Makinenin adı", "", "", "", "", "", ""),
    ("integer", "yil", "Yılı", "", "", "", "", "", ""),
    ("end_repeat", "", "", "", "", "", "", "", ""),
)
CHOICES = (
    ("list_name", "name", "label"),
    ("oncelik", "pazar", "Pazar"), ("oncelik", "insan", "İnsan kaynağı"), ("oncelik", "para", "Finansman"),
)  # fmt: skip


def workbook(file: Path) -> Path:
    """The form as its author would save it."""
    book = Workbook()
    book.remove(book.active)
    settings_sheet = (("form_id", "form_title", "version", "default_language"), (FORM, "Her tür", "1", "tr"))
    for title, rows in (("survey", SURVEY), ("choices", CHOICES), ("settings", settings_sheet)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file


@pytest.fixture(scope="module")
def with_form(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study with the form in it."""
    folder = tmp_path_factory.mktemp("every")
    return with_workbook(template, folder, workbook(tmp_path_factory.mktemp("forms") / "her_tur.xlsx"))


@pytest.fixture
def every(qtbot, with_form: Path, tmp_path: Path):
    """The interview on the form with every kind, just opened."""
    with at_desk(qtbot, with_form, tmp_path, FORM) as desktop:
        yield desktop


def reopened(every: Desktop):
    """The interview as another start of the program would find it."""
    return open_interview(every.study, every.unit_id, FORM)


def press(every: Desktop, name: str, keys: str, *more: Qt.Key) -> None:
    every.go_to(name)
    every.type(keys)
    for key in more:
        every.press(key)


def test_that_an_order_is_given_by_digits_and_the_last_place_follows_by_itself(every):
    every.go_to("sira")
    every.press(Key.Key_3)
    assert every.value("sira") == "", "an order that is not whole is no answer"
    every.press(Key.Key_1)
    every.press(Key.Key_2)
    assert every.row("sira").input.unsent() is None, "naming the last one too takes nothing back"
    assert every.value("sira") == "para pazar insan"
    assert reopened(every).interview.value(every.path("sira")) == "para pazar insan"


def test_that_places_can_be_given_back_and_moved(every):
    every.go_to("sira")
    every.press(Key.Key_2)
    every.press(Key.Key_Backspace)
    every.press(Key.Key_1)
    every.press(Key.Key_2)
    assert every.value("sira") == "pazar insan para"
    every.press(Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert every.value("sira") == "insan pazar para", "the one with the focus moved up"
    every.press(Key.Key_Delete)
    assert every.value("sira") == ""
    every.page.undo()
    assert every.value("sira") == "insan pazar para"


def test_that_a_short_range_is_answered_by_one_key_and_ten_by_zero(every):
    every.go_to("puan")
    every.press(Key.Key_0)
    assert every.value("puan") == "10"
    every.go_to("puan")
    every.press(Key.Key_7)
    assert every.value("puan") == "7"


def test_that_digits_of_a_range_make_one_number_and_never_reach_the_next_question(every):
    press(every, "puan", "1")
    assert (every.value("puan"), every.current) == ("1", "puan"), "ten may follow"
    every.type("0")
    assert (every.value("puan"), every.value("fark"), every.current) == ("10", "", "fark")
    every.type("-5")
    assert (every.value("fark"), every.current) == ("-5", "oran")
    press(every, "fark", "5")
    assert every.value("fark") == "5"
    press(every, "puan", "4")
    assert (every.value("puan"), every.current) == ("4", "fark"), "nothing longer begins with four"


def test_that_a_long_range_is_typed_and_held_to_its_steps(every):
    press(every, "oran", "12,5", Key.Key_Return)
    assert every.value("oran") == "12.5"
    press(every, "oran", "13", Key.Key_Return)
    assert every.value("oran") == "12.5", "13 is not a step of 2,5"
    assert every.body.course.refusals[every.path("oran")].code == "interview.off-grid"


def test_that_a_tick_a_month_a_grouped_number_and_a_hidden_text_are_stored_as_odk_stores_them(every):
    every.go_to("okudum")
    every.press(Key.Key_Space)
    press(every, "ay", "03.2024", Key.Key_Return)
    press(every, "ciro", "1250000", Key.Key_Return)
    press(every, "gizli", "abc", Key.Key_Return)
    assert [every.value(name) for name in ("okudum", "ay", "ciro", "gizli")] == ["OK", "2024-03-01", "1250000", "abc"]
    assert every.row("ay").row.display == "03.2024"
    assert every.row("ciro").row.display == "1.250.000"


def test_that_a_place_is_typed_and_a_wrong_one_is_refused_at_the_field(every):
    press(every, "yer", "38.4192 27.1287", Key.Key_Return)
    assert every.value("yer") == "38.4192 27.1287 0 0"
    press(every, "yer", "138 27", Key.Key_Return)
    assert every.path("yer") in every.body.course.refusals
    assert every.value("yer") == "38.4192 27.1287 0 0", "what was stored stays"


def test_that_a_form_with_a_title_in_no_language_is_called_by_it(every):
    (form,) = (one for one in every.study.instruments() if one.instrument_id == FORM)
    assert (form.title_tr, form.title_en) == ("Her tür", "Her tür")


def test_that_the_same_answer_typed_another_way_is_shown_as_it_is_stored(every):
    press(every, "ay", "03.2024", Key.Key_Return)
    for typed in ("3/2024", "mart 2024"):
        press(every, "ay", typed, Key.Key_Return)
        assert every.row("ay").input.field.text() == "03.2024", typed
    press(every, "gizli", "abc", Key.Key_Return)
    press(every, "gizli", "  abc ", Key.Key_Return)
    assert every.row("gizli").input.field.text() == "abc"


def test_that_a_month_that_is_none_is_refused_with_how_a_month_is_written(every):
    press(every, "ay", "2024", Key.Key_Return)
    assert every.body.course.refusals[every.path("ay")].code == "interview.not-a-month"
    (note,) = every.row("ay").findChildren(ProblemNote)
    said = " ".join(label.text() for label in note.findChildren(QLabel))
    assert "03.2026 gibi yazın" in said and said.lower().count("kaydedilmedi") == 1, "said once"


def picture() -> bytes:
    image = QImage(12, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data())


def asked_file(every: Desktop, name: str) -> AttachmentInput:
    every.go_to(name)
    found = every.row(name).input
    assert isinstance(found, AttachmentInput)
    return found


def test_that_a_picture_becomes_an_answer_is_shown_and_can_be_taken_away(every, tmp_path, qtbot):
    file = tmp_path / "Belge Ömer.png"
    file.write_bytes(picture())
    asked = asked_file(every, "resim")
    asked.take(file)
    qtbot.waitUntil(lambda: every.value("resim") != "")
    stored = reopened(every).interview.value(every.path("resim"))
    assert attachments.content(every.study, stored) == picture()
    qtbot.waitUntil(lambda: not asked_file(every, "resim")._picture.isHidden())
    every.press(Key.Key_Delete)
    assert every.value("resim") == ""
    every.page.undo()
    assert every.value("resim") == stored


def test_that_the_file_of_an_answer_is_saved_where_a_person_chooses(every, tmp_path, qtbot, monkeypatch):
    file, copy = tmp_path / "Belge.png", tmp_path / "kopya.png"
    file.write_bytes(picture())
    asked = asked_file(every, "resim")
    assert asked.save.isHidden()
    asked.take(file)
    qtbot.waitUntil(lambda: not asked_file(every, "resim").save.isHidden())
    said: list[str] = []
    every.page.toast.connect(lambda toast: said.append(toast.text))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    asked_file(every, "resim").save.click()
    assert said == []
    for place in (copy, tmp_path / "yok" / "kopya.png"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, to=place: (str(to), ""))
        asked_file(every, "resim").save.click()
    assert copy.read_bytes() == picture()
    assert str(copy) in said[0] and "yazılamıyor" in said[1]


def test_that_enter_passes_a_question_for_a_file(every):
    asked_file(every, "resim")
    every.press(Key.Key_Return)
    assert every.current == "belge"


def test_that_a_file_of_another_kind_is_refused_with_its_reason(every, tmp_path, qtbot):
    file = tmp_path / "virus.exe"
    file.write_bytes(b"MZ")
    asked_file(every, "resim").take(file)
    qtbot.waitUntil(lambda: every.path("resim") in every.body.course.refusals)
    assert every.body.course.refusals[every.path("resim")].code == "interview.file-kind"
    assert every.value("resim") == ""


def rows_of(session) -> list[str]:
    interview = session.interview
    repeat = interview.form.by_name["makine"].path
    return [interview.value(f"{repeat}[{row}]/ad") for row in interview.rows(repeat)]


def test_that_rows_come_and_go_by_keys_and_undo_brings_a_row_back_with_its_answers(every, qtbot):
    ctrl = Qt.KeyboardModifier.ControlModifier
    press(every, "ad", "Torna", Key.Key_Return)
    for name in ("Freze", "Pres"):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Plus, ctrl)
        qtbot.waitUntil(lambda: every.body.view.repeat.position == every.body.view.repeat.count)
        every.type(name)
        every.press(Key.Key_Return)
    assert rows_of(every.session) == ["Torna", "Freze", "Pres"]
    every.body.guide.show_row(every.body.view.repeat.repeat + "[" + _second(every) + "]")
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Minus, ctrl)
    assert rows_of(every.session) == ["Torna", "Pres"]
    assert rows_of(reopened(every)) == ["Torna", "Pres"]
    every.page.undo()
    assert rows_of(every.session) == ["Torna", "Freze", "Pres"]
    assert rows_of(reopened(every)) == ["Torna", "Freze", "Pres"]


def _second(every: Desktop) -> str:
    interview = every.session.interview
    return interview.rows(interview.form.by_name["makine"].path)[1]


def test_that_the_last_row_can_go_and_the_empty_group_offers_the_first_one_again(every):
    every.go_to("ad")
    every.body.guide.remove_row()
    repeat = every.body.view.repeat
    assert repeat is not None and repeat.count == 0
    assert every.body.view.foot.more.isVisible() and not every.body.view.foot.less.isVisible()
    every.body.view.foot.more.click()
    assert len(rows_of(every.session)) == 1
    assert every.current == "ad", "the first question of the new row has the focus"


def test_that_a_completed_interview_offers_no_rows_and_takes_no_file(every):
    every.give(sira="para pazar insan")
    assert every.session.complete({}).at is not None
    every.body.guide.refresh()
    every.go_to("ad")
    assert not every.body.view.foot.more.isVisible() and not every.body.view.foot.less.isVisible()
    every.body.guide.add_row()
    assert len(rows_of(every.session)) == 1
    assert not asked_file(every, "resim").choose.isEnabled()


def test_that_the_questions_turn_to_another_language_and_the_answers_stay(desktop):
    desktop.give(gorusme_bicimi="1")
    desktop.go_to("gorusme_bicimi")
    turkish = desktop.row("gorusme_bicimi").row.title
    titles: list[str] = []
    desktop.body.guide.titled.connect(titles.append)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_L, CTRL_SHIFT)
    english = desktop.row("gorusme_bicimi").row.title
    assert english != turkish
    section = desktop.body.guide.map.section(desktop.body.guide.section)
    assert section is not None and titles == [f"{section.number} · {section.title}"]
    assert section.title in [entry.words for entry in desktop.body.sections.findChildren(ListEntry)]
    assert desktop.value("gorusme_bicimi") == "1"
    QTest.keyClick(QApplication.focusWidget(), Key.Key_L, CTRL_SHIFT)
    assert desktop.row("gorusme_bicimi").row.title == turkish


def test_that_a_select_without_choices_says_so_takes_the_focus_and_lets_keys_pass(qtbot):
    row = Row(
        path="/data/q", name="q", number="1.1", kind=Kind.SELECT_ONE, datatype=Datatype.STRING, title="Soru",
        title_rich="Soru", second="", second_rich="", guidance="", required=True, read_only=False, value="eski",
        display="Eski", choices=(), long_list=False, appearance=frozenset(), likert=False, problem=None,
    )  # fmt: skip
    helpers = Helpers(
        lambda row: Shown(row.value), lambda _path, _typed: (), lambda _name: b"", lambda *_: None, bool, str
    )
    asked = QuestionRow(row, Shown("eski"), None, helpers)
    given, steps = [], []
    asked.committed.connect(lambda _path, raw: given.append(raw))
    asked.step.connect(lambda _path, step: steps.append(step))
    qtbot.addWidget(asked)
    with qtbot.waitExposed(asked):
        asked.show()
    asked.activateWindow()
    qtbot.waitUntil(asked.isActiveWindow)
    asked.take_focus()
    assert "seçenek" in QApplication.focusWidget().text()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Delete)
    assert (steps, given) == ([1], [""])
