"""Refused values, warnings, notes, undo, coming back: what a person types is never lost and never called stored."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from kume_desktop import settings
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.problem_note import ProblemNote, ReasonFlag
from kume_desktop.gui.interview.opened import open_work, standing_of
from kume_desktop.gui.page import SaveKind
from kume_desktop.gui.routes import FieldRoute, InterviewRoute
from kume_desktop.services import studies
from tests.gui.interview.conftest import PASSPHRASE, TO_PRODUCTION

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
CELLS = ("insan", "finansman", "duran_varlik", "bilgi", "iliski")


def notes_of(desktop, name: str, kind: type) -> list:
    return [note for note in desktop.row(name).findChildren(kind) if note.isVisible()]


def note_of(desktop, name: str, kind: type):
    """The note under a row, once the layout has shown it."""
    desktop.qtbot.waitUntil(lambda: len(notes_of(desktop, name, kind)) == 1)
    return notes_of(desktop, name, kind)[0]


def test_that_a_refused_value_stays_in_its_field_is_not_stored_and_counts_as_open(desktop, qtbot):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("kurulus_yili")
    desktop.type("1700")
    desktop.press(Key.Key_Return)
    field = desktop.row("kurulus_yili").input.field
    assert field.hasFocus()
    assert field.text() == "1700"
    assert desktop.value("kurulus_yili") == "1998"
    standing = standing_of(desktop.body.course, desktop.body.guide.map.sections)
    assert open_work(standing).text == "1 kaydedilmedi"
    note = note_of(desktop, "kurulus_yili", ProblemNote)
    assert note.objectName() == "noteHard"
    desktop.press(Key.Key_Return)
    assert desktop.current != "kurulus_yili", "leaving is allowed"
    desktop.window.page.next_problem()
    assert desktop.current == "kurulus_yili"
    desktop.press(Key.Key_A, CTRL)
    desktop.enter("1999")
    assert desktop.value("kurulus_yili") == "1999"
    assert not notes_of(desktop, "kurulus_yili", ProblemNote)


def test_that_tab_stays_once_at_a_refused_value_and_leaves_when_pressed_again(desktop):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("calisan_sayisi")
    desktop.type("999999")
    desktop.press(Key.Key_Tab)
    assert desktop.row("calisan_sayisi").input.field.hasFocus()
    desktop.press(Key.Key_Tab)
    assert QApplication.focusWidget().text() == "Bilmiyor", "behind the field stands why there may be no number"
    desktop.press(Key.Key_Tab)
    assert desktop.current != "calisan_sayisi"
    assert desktop.row("calisan_sayisi").input.field.text() == "999999"


def test_that_a_refused_choice_stays_marked_with_its_note(desktop):
    desktop.give(gorusme_bicimi="1")
    desktop.go_to("aydinlatma_okundu")
    desktop.type("3")
    assert desktop.current == "aydinlatma_okundu"
    assert desktop.value("aydinlatma_okundu") == ""
    assert note_of(desktop, "aydinlatma_okundu", ProblemNote)
    desktop.type("2")
    assert desktop.value("aydinlatma_okundu") == "2"


def test_that_none_stands_alone_and_the_refusal_is_told_at_the_question(desktop):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("destek_kullanim")
    keys = {choice.name: choice.key for choice in desktop.row("destek_kullanim").row.choices}
    desktop.type(keys["1"] + keys["0"])
    assert desktop.value("destek_kullanim") == "1"
    assert note_of(desktop, "destek_kullanim", ProblemNote)
    desktop.type(keys["1"])
    assert desktop.value("destek_kullanim") == "0"


def test_that_the_reason_for_a_warning_is_kept_and_the_note_shrinks(desktop):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("ana_urun")
    desktop.press(Key.Key_A, CTRL)
    desktop.enter("abc")
    assert desktop.value("ana_urun") == "abc"
    desktop.go_to("ana_urun")
    assert note_of(desktop, "ana_urun", ProblemNote).objectName() == "noteSoft"
    desktop.press(Key.Key_F4)
    desktop.enter("Ürünün adı gerçekten böyle")
    assert desktop.row("ana_urun").input.field.hasFocus()
    assert not notes_of(desktop, "ana_urun", ProblemNote)
    assert note_of(desktop, "ana_urun", ReasonFlag)
    kept = desktop.stored().interview.warnings[desktop.path("ana_urun")]
    assert kept == "Ürünün adı gerçekten böyle"


def test_that_ten_equal_answers_warn_and_the_link_leads_to_another_of_them(desktop):
    desktop.give(**TO_PRODUCTION)
    desktop.give(**{f"uretim_{cell}": "4" for cell in CELLS}, **{f"pazarlama_{cell}": "4" for cell in CELLS[:-1]})
    desktop.go_to("pazarlama_iliski")
    desktop.type("4")
    note = note_of(desktop, "pazarlama_iliski", ProblemNote)
    link = next(button for button in note.findChildren(Button) if "git" in button.text())
    link.click()
    assert desktop.current.startswith("uretim_")


def test_that_undo_takes_answers_back_across_pages_with_the_focus_there(desktop):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("uretim_insan")
    desktop.type("2")
    desktop.type("4")
    desktop.press(Key.Key_PageDown)
    desktop.press(Key.Key_Z, CTRL)
    assert desktop.current == "uretim_finansman"
    assert desktop.value("uretim_finansman") == ""
    desktop.press(Key.Key_Z, CTRL)
    assert desktop.current == "uretim_insan"
    assert desktop.value("uretim_insan") == ""


def test_that_undo_in_a_field_takes_typing_back_before_answers(desktop):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("ana_urun")
    desktop.type(" ve servis")
    desktop.press(Key.Key_Z, CTRL)
    assert desktop.row("ana_urun").input.field.toPlainText().startswith("Sanayi")
    assert desktop.value("ana_urun") == "Sanayi tipi soğutma"


def test_that_a_note_can_be_written_on_any_question_and_is_shown_again(desktop):
    desktop.go_to("gorusme_bicimi")
    desktop.press(Key.Key_M, CTRL)
    desktop.enter("Bağlantı iki kez koptu")
    assert desktop.stored().comments == {desktop.path("gorusme_bicimi"): "Bağlantı iki kez koptu"}
    assert desktop.current == "gorusme_bicimi"
    assert QApplication.focusWidget() is not None
    desktop.press(Key.Key_F9)
    assert desktop.stored().marks == {desktop.path("gorusme_bicimi")}


def test_that_escape_closes_the_editor_first_and_then_leaves_without_a_question(desktop, qtbot):
    desktop.go_to("gorusme_bicimi")
    desktop.press(Key.Key_M, CTRL)
    desktop.type("yarım")
    desktop.press(Key.Key_Escape)
    assert desktop.row("gorusme_bicimi").editor is None
    assert desktop.session.comments == {}
    desktop.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: isinstance(desktop.window.route, FieldRoute))


def test_that_a_crash_loses_nothing_and_reopening_returns_to_the_same_question(desktop, qtbot, tmp_path):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("uretim_insan")
    desktop.type("24")
    here = desktop.path("uretim_duran_varlik")
    qtbot.waitUntil(lambda: desktop.session.position == here)
    # The program dies: nothing is closed; another process opens the same file.
    with studies.open_study(tmp_path / "a.kume", PASSPHRASE) as again:
        from kume_desktop.services.interviewing import open_interview

        found = open_interview(again, desktop.unit_id, "is_ihtiyac")
        assert found.position == here
        assert found.interview.value(desktop.path("uretim_finansman")) == "4"


def test_that_typed_text_that_was_never_committed_is_offered_again(desktop, qtbot):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("uretim_acil")
    desktop.type("Kalıp usta")
    path = desktop.path("uretim_acil")
    qtbot.waitUntil(lambda: desktop.session.drafts.get(path) == "Kalıp usta")
    again = desktop.stored()
    assert again.drafts[path] == "Kalıp usta"
    assert again.interview.value(path) == ""


def test_that_a_draft_stands_at_its_question_and_can_be_brought_back(desktop, qtbot):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("uretim_acil")
    desktop.type("Kalıp ustası yok")
    path = desktop.path("uretim_acil")
    qtbot.waitUntil(lambda: desktop.session.drafts.get(path) == "Kalıp ustası yok")
    # A crash: the page is gone before anything was committed; the window comes up again at the same place.
    desktop.body.course._closed = True
    desktop.window.go(desktop.window.route)
    assert desktop.current == "uretim_acil"
    buttons = desktop.row("uretim_acil").findChildren(Button)
    next(button for button in buttons if button.text() == "Geri getir").click()
    assert desktop.value("uretim_acil") == "Kalıp ustası yok"
    assert desktop.session.drafts == {}


def test_that_leaving_commits_the_field_and_coming_back_finds_the_question(desktop, qtbot):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("uretim_acil")
    desktop.type("Kalıp ustası")
    desktop.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: isinstance(desktop.window.route, FieldRoute))
    desktop.window.back()
    assert desktop.current == "uretim_acil"
    assert desktop.value("uretim_acil") == "Kalıp ustası"


def test_that_page_keys_work_from_a_text_field_and_commit_it_first(desktop):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("uretim_acil")
    desktop.type("Kalıp ustası")
    desktop.press(Key.Key_PageDown)
    assert desktop.current == "pazarlama_insan"
    assert desktop.value("uretim_acil") == "Kalıp ustası"
    desktop.press(Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desktop.current == "uretim_acil"
    desktop.press(Key.Key_Backspace)
    assert desktop.current == "uretim_acil", "Backspace belongs to the text"
    desktop.press(Key.Key_Return, CTRL)
    assert desktop.body.content.currentWidget() is desktop.body.content.completion
    assert desktop.value("uretim_acil") == "Kalıp ustas"
    desktop.press(Key.Key_Escape)
    assert desktop.current == "uretim_acil"


def test_that_an_interview_that_cannot_be_opened_says_why_and_leads_back(desktop):
    desktop.window.go(InterviewRoute(desktop.unit_id, "no_such_form"))
    assert desktop.page.body is None
    words = " ".join(label.text() for label in desktop.page.findChildren(QLabel))
    assert "Görüşme açılamadı" in words
    desktop.press(Key.Key_Escape)
    assert desktop.page.body is not None


def test_that_a_completed_interview_can_be_read_and_is_opened_again_on_demand(desktop, qtbot):
    desktop.give(gorusme_bicimi="1", aydinlatma_okundu="1", katilim="3", sonuc="4", ret_nedeni="1")
    desktop.press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: isinstance(desktop.window.route, FieldRoute))
    desktop.window.back()
    assert desktop.session.is_completed
    assert not any(row.takes_focus for row in desktop.body.view.rows)
    desktop.body.guide.finish()
    assert not desktop.session.is_completed
    desktop.go_to("gorusme_bicimi")
    desktop.type("2")
    assert desktop.value("gorusme_bicimi") == "2"


def test_that_the_setting_to_wait_for_enter_keeps_the_focus_at_the_answer(desktop):
    desktop.desk.change_settings(replace(desktop.desk.settings, wait_for_enter=True))
    desktop.window.go(desktop.window.route)
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("uretim_insan")
    desktop.type("2")
    assert desktop.current == "uretim_insan"
    desktop.press(Key.Key_Return)
    assert desktop.current == "uretim_finansman"


def test_that_a_language_switch_keeps_the_question(desktop):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("uretim_insan")
    desktop.type("2")
    title = desktop.row("uretim_finansman").row.title
    desktop.desk.change_settings(replace(desktop.desk.settings, language=settings.Language.ENGLISH))
    assert desktop.current == "uretim_finansman"
    assert desktop.row("uretim_finansman").row.title != title
    assert desktop.value("uretim_insan") == "2"
    assert desktop.body.view.back.text() == "Back"


def test_that_jumping_finds_a_question_by_a_folded_word(desktop):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("gorusme_bicimi")
    desktop.press(Key.Key_G, CTRL)
    desktop.type("hangi yil kuruldu")
    desktop.press(Key.Key_Return)
    assert desktop.current == "kurulus_yili"
    assert desktop.row("kurulus_yili").input.field.hasFocus()


def test_that_completing_lists_what_is_open_and_takes_reasons_for_gaps(desktop, qtbot):
    desktop.give(gorusme_bicimi="1", aydinlatma_okundu="1", katilim="3")
    desktop.press(Key.Key_Return, CTRL)
    completion = desktop.body.content.completion
    numbers = [line.problem.number for line in completion._lines]
    assert numbers
    completion._lines[0].link.click()
    assert desktop.current == "sonuc"
    desktop.press(Key.Key_Return, CTRL)
    for line in completion._lines:
        line.reason.setFocus()
        desktop.enter("Firma kapıyı açmadı")
    desktop.press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: isinstance(desktop.window.route, FieldRoute))
    assert desktop.stored().is_completed


def test_that_a_busy_study_is_retried_by_timer_and_a_full_one_waits_for_f5(desktop, qtbot, monkeypatch):
    from kume_desktop.problems import problem
    from kume_desktop.services.views import Saved

    desktop.give(**TO_PRODUCTION)
    desktop.go_to("uretim_insan")
    trouble = ["study.busy"]
    real = desktop.session.answer

    def answer(path: str, raw: str) -> Saved:
        return Saved(None, (problem(trouble[0]),), path) if trouble else real(path, raw)

    monkeypatch.setattr(desktop.session, "answer", answer)
    recorder = desktop.body.course.recorder
    desktop.type("2")
    qtbot.waitUntil(lambda: recorder.state.kind is SaveKind.SAVING)
    assert desktop.current == "uretim_insan"
    trouble.clear()
    qtbot.waitUntil(lambda: desktop.value("uretim_insan") == "2")
    assert recorder.state.kind is SaveKind.SAVED
    trouble.append("study.disk-full")
    desktop.go_to("uretim_finansman")
    desktop.type("5")
    assert recorder.state.kind is SaveKind.FAILED
    assert desktop.current == "uretim_finansman"
    assert desktop.row("uretim_finansman").input._buttons["5"].isChecked()
    desktop.press(Key.Key_PageDown)
    assert desktop.current == "uretim_finansman", "answering goes on only when it is mended"
    trouble.clear()
    desktop.press(Key.Key_F5)
    assert desktop.value("uretim_finansman") == "5"
    assert recorder.state.kind is SaveKind.SAVED


def test_that_what_stands_in_the_way_of_completing_is_told_on_the_page(desktop, monkeypatch):
    from kume_desktop.problems import problem
    from kume_desktop.services.views import Saved

    desktop.give(gorusme_bicimi="1", aydinlatma_okundu="1", katilim="3", sonuc="4", ret_nedeni="1")
    conflict = problem("interview.in-conflict", values="2 / 4")
    monkeypatch.setattr(desktop.session, "complete", lambda _reasons: Saved(None, (conflict,)))
    desktop.press(Key.Key_Return, CTRL)
    completion = desktop.body.content.completion
    assert desktop.body.content.currentWidget() is completion
    assert any("2 / 4" in label.text() for label in completion.findChildren(QLabel))
