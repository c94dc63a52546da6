"""The page around the questions: what is always in sight, what is open, who is present, what was left behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTextEdit, QWidget

from kume_desktop import settings
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, ChoiceButton
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.interview import keys
from kume_desktop.gui.interview.elapsed import Elapsed
from kume_desktop.gui.interview.paper_entry import PaperEntryPage
from kume_desktop.gui.interview.version_choice import VersionChoice
from kume_desktop.gui.page import SaveKind
from kume_desktop.gui.routes import FieldRoute, InterviewRoute, PaperEntryRoute
from kume_desktop.gui.window import Window
from kume_desktop.interview.timing import SILENCE_MS
from kume_desktop.services import evidence, fieldwork, paper_facts, respondents, versions
from kume_desktop.services.views import NewFirm
from kume_desktop.store import reading
from tests.gui.interview.conftest import AREA, FORM, TO_PRODUCTION

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
SMALL = QSize(1024, 540)
NEW = NewFirm("", AREA.code, "Kemalpaşa", "28.25", "2")


def words_in(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def link(widget: QWidget, text: str) -> Button:
    """The link that was made last: those before it wait to be deleted."""
    return [button for button in widget.findChildren(Button) if button.text() == text and not button.isHidden()][-1]


def open_list(desktop):
    desktop.press(Key.Key_F8, SHIFT)
    assert desktop.body.content.shows_open
    return desktop.body.content.open_list


def come_back(desktop) -> None:
    """Leave for the firms and open the interview again, as the next sitting does."""
    desktop.window.go(FieldRoute(desktop.unit_id))
    desktop.window.go(InterviewRoute(desktop.unit_id, FORM))


# --- always in sight ---


@pytest.mark.parametrize("language", list(settings.Language))
def test_that_firm_form_progress_and_time_are_in_sight_where_the_section_list_is_not(desktop, qtbot, language):
    desktop.give(**TO_PRODUCTION)
    desktop.window.resize(SMALL)
    qtbot.waitUntil(theme.is_compact)
    desktop.desk.change_settings(replace(desktop.desk.settings, language=language))
    qtbot.waitUntil(lambda: desktop.page.body is not None and desktop.body.sections.isHidden())
    desktop.body.refresh_list()
    facts = desktop.body.header.facts
    form = desktop.session.interview.form.instrument
    for part in ("Gümüşkavak Soğutma", form.title[language.value], desktop.body._standing.words()):
        assert part in facts, facts
    assert "0 min" in facts or "0 dk" in facts


def test_that_the_form_is_named_in_the_tight_density_beside_the_section_list(desktop, qtbot):
    desktop.window.resize(QSize(1092, 550))
    qtbot.waitUntil(theme.is_compact)
    qtbot.waitUntil(lambda: not desktop.body.sections.isHidden())
    assert desktop.session.interview.form.instrument.title["tr"] in desktop.body.header.facts


def test_that_facts_without_room_drop_as_a_whole_and_are_told_by_the_tooltip(desktop):
    header = desktop.body.header
    header.set_facts(["Bir firma", "bir form", "x" * 400])
    assert header.facts == "Bir firma · bir form"
    assert "xxx" in header._facts.toolTip()


def test_that_the_last_save_is_named_when_an_interview_is_opened_again(desktop):
    desktop.give(gorusme_bicimi="1")
    come_back(desktop)
    assert desktop.body.course.recorder.state.kind is SaveKind.SAVED
    assert desktop.window.frame.bar.state.words.startswith("Kaydedildi")


def test_that_elapsed_time_knows_neither_pauses_nor_long_silences_nor_the_wall_clock(qtbot, desktop):
    now = [0]
    watch = Elapsed(60_000, desktop.body, lambda: now[0])
    for step in (50_000, 70_000, SILENCE_MS + 1, 60_000):
        now[0] += step
        watch.touched()
    assert watch.minutes == 4, "the long silence is not counted"
    watch.pause()
    now[0] += 100_000
    watch.resume()
    watch.touched()
    assert watch.minutes == 4


def test_that_the_time_of_earlier_sittings_is_carried_on(desktop):
    desktop.session.earlier_ms = 42 * 60_000
    assert Elapsed(desktop.session.earlier_ms, desktop.body).minutes == 42
    desktop.give(gorusme_bicimi="1")
    come_back(desktop)
    assert desktop.session.earlier_ms >= 0


# --- what is open ---


def test_that_what_is_open_is_one_key_away_and_leads_there(desktop):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("ana_urun")
    desktop.press(Key.Key_A, CTRL)
    desktop.enter("abc")
    desktop.go_to("hukuki_yapi")
    desktop.press(Key.Key_F9)
    shown = open_list(desktop)
    said = words_in(shown)
    assert "Uyarılar ve artık uymayan yanıtlar" in said and "Sonra bakılacak" not in said
    assert desktop.row("hukuki_yapi").row.title in said
    first = QApplication.focusWidget()
    assert isinstance(first, Button) and first.accessibleName()
    desktop.press(Key.Key_Down)
    assert QApplication.focusWidget() is not first
    desktop.press(Key.Key_Up)
    assert QApplication.focusWidget() is first
    desktop.press(Key.Key_Return)
    assert desktop.current == "ana_urun"


def test_that_required_questions_passed_by_are_counted_and_listed_but_not_those_to_come(desktop):
    desktop.give(gorusme_bicimi="1", aydinlatma_okundu="1", katilim="1")
    desktop.go_to("hukuki_yapi")
    desktop.body.refresh_list()
    missed = {path.rpartition("/")[2] for path in desktop.body.guide.work.skipped()}
    assert "gorev" in missed and "kurulus_yili" not in missed
    desktop.go_to("ihracat_var")
    assert "kurulus_yili" in {path.rpartition("/")[2] for path in desktop.body.guide.work.skipped()}
    desktop.go_to("hukuki_yapi")
    missed = {path.rpartition("/")[2] for path in desktop.body.guide.work.skipped()}
    desktop.body.refresh_list()
    assert f"{len(missed)} soru atlandı" in desktop.window.frame.bar._work.text()
    said = words_in(open_list(desktop))
    assert "Atlanan zorunlu sorular" in said and "Sırası gelecek zorunlu soru" in said
    desktop.press(Key.Key_Escape)
    desktop.page.next_problem()
    assert desktop.current in missed


def test_that_the_list_says_so_where_nothing_is_open_and_its_key_goes_back(desktop):
    desktop.go_to("gorusme_bicimi")
    assert "Buraya kadar açık bir şey yok." in words_in(open_list(desktop))
    desktop.press(Key.Key_F8, SHIFT)
    assert desktop.body.content.shows_screen
    assert desktop.current == "gorusme_bicimi"


def test_that_enter_never_leaves_the_interview_from_any_of_its_parts(desktop, qtbot):
    desktop.give(**TO_PRODUCTION)
    for opening in ((Key.Key_F8, SHIFT), (Key.Key_Return, CTRL), (Key.Key_F3, Qt.KeyboardModifier.NoModifier)):
        desktop.go_to("ana_urun")
        desktop.press(*opening)
        for _turn in range(3):
            desktop.press(Key.Key_Return)
            assert desktop.page.body is not None
            assert isinstance(desktop.window.route, InterviewRoute)


# --- texts that were left ---


def test_that_text_is_kept_while_one_types_on_without_a_pause(desktop, qtbot):
    desktop.give(**{**TO_PRODUCTION, "ana_urun": ""})
    desktop.go_to("ana_urun")
    keeper, path = desktop.body.course._keeper, desktop.path("ana_urun")
    desktop.type("S")
    due = keeper._timer.remainingTime()
    desktop.type("o")
    assert keeper._timer.remainingTime() <= due, "the next key does not put it off"
    qtbot.waitUntil(lambda: [one.text for one in reading.drafts(desktop.study.database) if one.path == path] == ["So"])
    assert desktop.window.frame.bar.state.words.startswith("Taslak saklandı")
    desktop.press(Key.Key_Return)
    assert desktop.window.frame.bar.state.words.startswith("Kaydedildi")
    assert reading.drafts(desktop.study.database) == ()


def test_that_nothing_is_offered_after_a_text_was_taken_back_by_hand(desktop, qtbot):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("ana_urun")
    desktop.press(Key.Key_End)
    desktop.type("x")
    qtbot.waitUntil(lambda: bool(reading.drafts(desktop.study.database)))
    desktop.press(Key.Key_Backspace)
    desktop.press(Key.Key_Return)
    come_back(desktop)
    assert desktop.body.course.extras.left == ()


def test_that_left_texts_are_told_once_with_time_and_question_and_never_applied(desktop, qtbot):
    path = desktop.path("ana_urun")
    desktop.give(**{**TO_PRODUCTION, "ana_urun": ""})
    desktop.session.draft(path, "yarım ka")
    desktop.session.draft(f"{path}#comment", "bir not")
    desktop.session.draft("/data/eski_soru", "eski sürümün metni")
    come_back(desktop)
    assert "3 metin kaydedilmeden kaldı" in words_in(desktop.window.frame.toast)
    assert desktop.value("ana_urun") == ""
    desktop.body.refresh_list()
    assert "3 metin kaydedilmedi" in desktop.window.frame.bar._work.text()
    shown = open_list(desktop)
    said = words_in(shown)
    assert "yarım ka" in said and "bir not" in said
    assert "Bu soru şimdi sorulmuyor." in said
    link(shown, "Kopyala").click()
    assert QApplication.clipboard().text() == "eski sürümün metni"
    for button in shown.findChildren(Button):
        if button.text() == "Sil" and "eski_soru" in button.accessibleName():
            button.click()
    assert len(desktop.body.course.extras.left) == 2
    desktop.go_to("ana_urun")
    row = desktop.row("ana_urun")
    link(row, "Geri getir").click()
    assert desktop.value("ana_urun") == "yarım ka"
    link(desktop.row("ana_urun"), "Yazmayı sürdür").click()
    assert row.editor is not None and row.editor.text == "bir not"
    row.editor.take_focus()
    desktop.press(Key.Key_Return)
    assert desktop.session.comments[path] == "bir not"
    come_back(desktop)
    assert desktop.body.course.extras.left == ()


def test_that_a_note_given_up_with_escape_is_not_offered_again(desktop, qtbot):
    desktop.go_to("gorusme_bicimi")
    desktop.press(Key.Key_M, CTRL)
    desktop.type("yarim")
    qtbot.waitUntil(lambda: bool(reading.drafts(desktop.study.database)))
    desktop.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: not reading.drafts(desktop.study.database))


def test_that_a_note_survives_going_to_another_page(desktop, qtbot):
    desktop.go_to("gorusme_bicimi")
    desktop.press(Key.Key_M, CTRL)
    desktop.type("yarim not")
    desktop.go_to("katilim") if desktop.session.interview.is_relevant(desktop.path("katilim")) else desktop.press(
        Key.Key_PageDown
    )
    come_back(desktop)
    assert [(one.register, one.text) for one in desktop.body.course.extras.left] == [("#comment", "yarim not")]


def test_that_reasons_typed_for_gaps_are_there_again_and_gone_after_completing(desktop, qtbot):
    desktop.give(gorusme_bicimi="1", aydinlatma_okundu="1", katilim="3")
    desktop.press(Key.Key_Return, CTRL)
    completion = desktop.body.content.completion
    reasons = [line.reason for line in completion._lines if line.reason is not None]
    reasons[0].setFocus()
    desktop.type("sormadim")
    qtbot.waitUntil(lambda: bool(reading.drafts(desktop.study.database)))
    come_back(desktop)
    desktop.press(Key.Key_Return, CTRL)
    completion = desktop.body.content.completion
    assert next(iter(completion.reasons.values())) == "sormadim"
    for line in completion._lines:
        if line.reason is not None and not line.reason.text():
            line.reason.setText("belli degil")
    completion.complete.click()
    qtbot.waitUntil(lambda: isinstance(desktop.window.route, FieldRoute))
    qtbot.waitUntil(lambda: not reading.drafts(desktop.study.database))


# --- who is present ---


def test_that_a_second_person_joins_by_keys_and_is_seen_in_the_head(desktop, qtbot):
    desktop.give(**TO_PRODUCTION)
    desktop.go_to("ana_urun")
    desktop.press(Key.Key_F3)
    panel = desktop.body.sides.people
    assert panel.who.hasFocus()
    assert [hint.key for hint in desktop.page.key_hints()][-1] == "Esc"
    desktop.type("Muhasebeci")
    desktop.press(Key.Key_Return)
    desktop.press(Key.Key_Space)
    assert panel.join_button.hasFocus()
    desktop.press(Key.Key_Return)
    (one,) = respondents.respondents(desktop.study.database, desktop.session.interview_id)
    assert (one.who, one.how, one.since) == ("Muhasebeci", "1", desktop.path("ana_urun"))
    header = desktop.body.header
    qtbot.waitUntil(lambda: "1 kişi daha" in header.facts or "1 kişi daha" in header._facts.toolTip())
    assert "Muhasebeci" in words_in(panel)
    assert panel.who.hasFocus() and not panel.who.text() and not panel.how.current, "the next one needs a notice too"
    desktop.press(Key.Key_Escape)
    assert desktop.row("ana_urun").input.field.hasFocus()
    desktop.press(Key.Key_F3)
    link(panel, "Ayrıldı").click()
    assert not respondents.respondents(desktop.study.database, desktop.session.interview_id)[0].is_here


def test_that_a_digit_says_how_the_notice_was_given_to_who_joined(desktop):
    desktop.press(Key.Key_F3)
    panel = desktop.body.sides.people
    desktop.type("Vardiya 2 ustası")
    assert panel.how.current == "", "digits in the field are text"
    desktop.press(Key.Key_Return)
    desktop.type("2")
    assert panel.how.current == "2" and panel.join_button.hasFocus()
    desktop.press(Key.Key_Return)
    (one,) = respondents.respondents(desktop.study.database, desktop.session.interview_id)
    assert (one.who, one.how) == ("Vardiya 2 ustası", "2")


def test_that_joining_without_position_or_notice_is_refused_at_the_panel(desktop, qtbot):
    desktop.press(Key.Key_F3)
    panel = desktop.body.sides.people
    panel.join_button.click()
    qtbot.waitUntil(lambda: len([note for note in panel.findChildren(ProblemNote) if note.isVisible()]) == 1)
    assert panel.who.property("refused")
    assert respondents.respondents(desktop.study.database, desktop.session.interview_id) == ()


# --- evidence ---


def test_that_evidence_is_offered_only_where_the_study_allows_it(desktop, tmp_path, qtbot):
    assert "files" not in {action.name for action in desktop.page.actions_here()}
    evidence.allow(desktop.study, "belgeler")
    come_back(desktop)
    assert "files" in {action.name for action in desktop.page.actions_here()}
    desktop.go_to("gorusme_bicimi")
    desktop.press(Key.Key_E, CTRL | SHIFT)
    panel = desktop.body.sides.files
    assert panel.isVisible() and "belgeler" in words_in(panel)
    file = tmp_path / "not.txt"
    file.write_text("x", encoding="utf-8")
    panel.take(file)
    qtbot.waitUntil(lambda: bool(desktop.body.course.extras.files))
    qtbot.waitUntil(lambda: "Kanıt olarak 1 dosya saklı" in words_in(desktop.row("gorusme_bicimi")))
    panel.take(tmp_path / "yok.png")
    qtbot.waitUntil(lambda: any(not note.isHidden() for note in panel.findChildren(ProblemNote)))
    link(panel, "Kaldır").click()
    assert not desktop.body.course.extras.files
    desktop.window.frame.toast.take_back()
    assert desktop.body.course.extras.files


# --- paper ---


def test_that_a_paper_form_is_begun_from_its_page_and_marked_in_the_interview(desktop, qtbot):
    other = fieldwork.add_firm(desktop.study, replace(NEW, name="İkinci Firma"))
    desktop.desk.tell_changed()
    desktop.window.go(PaperEntryRoute(other, FORM))
    page = desktop.window.page
    assert isinstance(page, PaperEntryPage)
    offered = dict(page.forms._items)
    assert set(offered) == {one.instrument_id for one in desktop.study.instruments()} and page.forms.current == FORM
    desktop.press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(page._form.shown_problems) == 2)
    page.day.setText("31.02.2026")
    page.asked_by.setText("Ayşe")
    page.begin()
    qtbot.waitUntil(lambda: "31.02.2026" in "".join(page._form.shown_problems))
    day = datetime.now().astimezone().date() - timedelta(days=2)
    page.day.setText((day + timedelta(days=9)).strftime("%d.%m.%Y"))
    page.begin()
    qtbot.waitUntil(lambda: "henüz gelmedi" in "".join(page._form.shown_problems))
    page.day.setText(day.strftime("%d.%m.%Y"))
    assert page.here(page._route).typed[0] == day.strftime("%d.%m.%Y")
    desktop.press(Key.Key_Return, CTRL)
    assert isinstance(desktop.window.route, InterviewRoute)
    assert desktop.session.paper == paper_facts.PaperFacts(day, "Ayşe", desktop.study.person)
    assert "Kâğıttan giriş" in words_in(desktop.body.header)
    assert " dk" not in desktop.body.header.facts


# --- two versions ---


def test_that_a_person_chooses_where_two_computers_moved_an_interview_apart(desktop, monkeypatch):
    desktop.give(gorusme_bicimi="1")
    at = datetime.now().astimezone()
    here = desktop.session.record.version_id
    rivals = (versions.Rival(here, "1", "Ayşe", at), versions.Rival("other", "2", "", at))
    chosen = []
    monkeypatch.setattr(versions, "rivals", lambda *_: () if chosen else rivals)
    monkeypatch.setattr(versions, "choose", lambda _study, _interview, version: chosen.append(version))
    monkeypatch.setattr("kume_desktop.gui.interview.page._rivals", lambda _session: versions.rivals(None, None))
    come_back(desktop)
    choice = desktop.page.choice
    assert isinstance(choice, VersionChoice) and desktop.page.body is None
    assert choice.buttons[0].hasFocus() and "Ayşe" in words_in(choice)
    desktop.press(Key.Key_Tab)
    desktop.press(Key.Key_Return)
    assert chosen == ["other"]
    assert desktop.page.body is not None


# --- keys, names, order of Tab ---


def test_that_ctrl_k_and_f1_name_every_act_of_the_page_and_no_key_stands_twice(desktop):
    acts = desktop.page.actions_here()
    names = {action.name for action in acts}
    assert {"next", "previous", "comment", "jump", "explain", "reason", "mark", "open", "people", "complete"} <= names
    used = [action.key for action in acts if action.key]
    assert len(used) == len(set(used))
    assert {"Ctrl+K", "F1", "F6", "F8", "F5", "Ctrl+Z", "Esc"}.isdisjoint(used)
    assert all(action.label for action in acts)


def test_that_the_key_line_is_right_in_each_state(desktop):
    desktop.go_to("gorusme_bicimi")
    assert "Return" in [hint.key for hint in keys.hints(desktop.body)]
    open_list(desktop)
    assert [hint.key for hint in keys.hints(desktop.body)] == ["Up Down", "Return", "Esc"]
    desktop.press(Key.Key_Escape)
    desktop.press(Key.Key_Return, CTRL)
    assert [hint.key for hint in keys.hints(desktop.body)] == ["Tab", "Ctrl+Return", "Esc"]
    desktop.press(Key.Key_Escape)
    desktop.press(Key.Key_F3)
    assert [hint.key for hint in keys.hints(desktop.body)] == ["Tab", "F6", "Esc"]
    assert "F6" in [hint.key for hint in desktop.window.frame.bar._hints._hints], "the bar was told"
    desktop.press(Key.Key_Escape)
    assert "F6" not in [hint.key for hint in desktop.window.frame.bar._hints._hints]


def test_that_every_field_and_button_of_the_panels_has_a_name_and_tab_visits_them(desktop):
    evidence.allow(desktop.study, "belgeler")
    come_back(desktop)
    desktop.go_to("gorusme_bicimi")
    plain = Qt.KeyboardModifier.NoModifier
    for key, modifier, side in ((Key.Key_F3, plain, "people"), (Key.Key_E, CTRL | SHIFT, "files")):
        desktop.press(key, modifier)
        panel = getattr(desktop.body.sides, side)
        stops = [
            one
            for one in panel.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisibleTo(panel) and one.isEnabled()
        ]
        assert stops
        for stop in stops:
            text = stop.text() if isinstance(stop, Button) else ""
            assert stop.accessibleName() or text, stop
        fields = panel.findChildren(QLineEdit) + panel.findChildren(QTextEdit)
        assert all(field.accessibleName() for field in fields)
        seen = {QApplication.focusWidget()}
        for _turn in range(30):
            desktop.press(Key.Key_Tab)
            seen.add(QApplication.focusWidget())
        chosen_by_arrows = {stop for stop in stops if isinstance(stop, ChoiceButton)}
        assert set(stops) - chosen_by_arrows <= seen, side
        assert not chosen_by_arrows or chosen_by_arrows & seen
        desktop.press(Key.Key_Escape)
        if desktop.body.sides.open:
            desktop.body.sides.close()


def test_that_panels_move_only_where_motion_is_on_and_the_page_is_tight(desktop, qtbot):
    desktop.press(Key.Key_F3)
    assert desktop.body.sides._sliding is None
    desktop.press(Key.Key_Escape)
    desktop.window.resize(QSize(1092, 550))
    qtbot.waitUntil(theme.is_compact)
    desktop.desk.change_settings(replace(desktop.desk.settings, motion=True))
    qtbot.waitUntil(lambda: theme.look().motion)
    desktop.press(Key.Key_F3)
    sliding = desktop.body.sides._sliding
    assert sliding is not None and sliding.duration() == 120
    qtbot.waitUntil(lambda: desktop.body.sides.people.geometry().right() <= desktop.body.width())
    assert isinstance(desktop.window, Window)
