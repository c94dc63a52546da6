"""Review, conflicts, back-checks, progress, roles: worked by keys in the real window, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kume_desktop import settings
from kume_desktop.gui import fonts
from kume_desktop.gui.companion import Companion
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.waiting import Waiting
from kume_desktop.gui.conflicts.page import ConflictsPage
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.interview.page import InterviewPage
from kume_desktop.gui.progress.page import Part, ProgressPage
from kume_desktop.gui.review.back_checks import BackChecksPage
from kume_desktop.gui.review.page import ReviewPage
from kume_desktop.gui.review.roles_page import RolesPage
from kume_desktop.gui.routes import (
    BackChecksRoute,
    ConflictsRoute,
    InterviewRoute,
    ProgressRoute,
    ReviewRoute,
    RolesRoute,
    Route,
)
from kume_desktop.gui.window import Window
from kume_desktop.services import conflicts, people, studies
from kume_desktop.services.review import acts, queries
from kume_desktop.services.review.inbox import Tab
from kume_desktop.services.review.reading import Sieve
from kume_desktop.services.review.states import Stand, Step
from kume_desktop.store import reading
from tests.gui.shell.stage import shown_window, type_text
from tests.review.elsewhere import elsewhere
from tests.studies import PASSPHRASE, copied

pytest_plugins = ["tests.services.interviewed"]
SELIN = "selin parolası"


@pytest.fixture(scope="module")
def reviewed(answered_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study with a completed interview and a conflict, and a second person who reviews."""
    path = copied(answered_template, tmp_path_factory.mktemp("reviewed"))
    with studies.open_study(path, PASSPHRASE) as study:
        people.add(study, "Selin", "staff", SELIN)
        record = reading.interviews(study.database)[0]
        where = study.form(record.version_id).by_name["calisan_sayisi"].path
        elsewhere(study, record, where, "64")
    return path


@pytest.fixture
def shown(reviewed: Path, tmp_path: Path, qtbot) -> Iterator[object]:
    """Opens the window for Selin (or another passphrase) at a route."""
    fonts.load()
    path = copied(reviewed, tmp_path)
    opened: list[object] = []

    def show(route: Route, *, language: str = "tr", passphrase: str = SELIN, size: QSize | None = None) -> Window:
        chosen = replace(settings.Settings(), motion=False, language=settings.Language(language))
        desk = Desk(chosen)
        desk.open(studies.open_study(path, passphrase))
        stage = shown_window(desk, route, size or QSize(1366, 768))
        opened.append((stage, desk))
        return stage.__enter__()

    yield show
    for stage, desk in opened:
        stage.__exit__(None, None, None)
        desk.close()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def review_page(window: Window, qtbot) -> ReviewPage:
    page = window.page
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: page.pane.case is not None, timeout=60_000)
    return page


def settled(study: studies.Study) -> None:
    """Decide the conflict: nothing is approved before."""
    (open_one,) = conflicts.conflicts(study)
    conflicts.decide(study, open_one.key, "64", "asked by telephone")


def standing(window: Window) -> Stand:
    study = window.desk.study
    return acts.standing(study, reading.interviews(study.database)[0].interview_id).stand


@pytest.mark.parametrize("language", ["tr", "en"])
def test_that_an_interview_is_approved_and_taken_back_by_keys(shown, qtbot, language) -> None:
    window = shown(ReviewRoute(), language=language)
    page = review_page(window, qtbot)
    assert page.list.hasFocus()
    press(Qt.Key.Key_O)
    assert standing(window) is Stand.FINISHED  # two of its values stand against each other
    settled(window.desk.study)
    press(Qt.Key.Key_O)
    assert standing(window) is Stand.APPROVED
    assert len(page._found.of(Tab.APPROVED)) == 1
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert standing(window) is Stand.FINISHED
    qtbot.waitUntil(lambda: page.list.entries != ())


def test_that_the_lines_are_read_and_shown_in_turns_of_their_own(shown, qtbot) -> None:
    page = review_page(shown(ReviewRoute()), qtbot)
    assert page._found.lines
    page._take({"lines": [], "needed": 1})
    assert page._found.lines, "the turn in which the answer came only parses it"
    qtbot.waitUntil(lambda: page.list.entries == ())


@pytest.mark.parametrize("route", [ReviewRoute(), ConflictsRoute(), BackChecksRoute()], ids=str)
def test_that_a_page_that_is_read_for_the_first_time_says_what_is_happening(shown, qtbot, monkeypatch, route) -> None:
    monkeypatch.setattr(Companion, "_next", lambda _self: None)  # it is slow
    window = shown(route)
    (waiting,) = window.page.findChildren(Waiting)
    assert waiting.isVisible() and not waiting.words.isVisible(), "what is quick flashes no words"
    qtbot.waitUntil(waiting.words.isVisible)
    assert waiting.words.text()


def test_that_a_question_is_asked_at_an_answer_and_the_interview_returned_with_it(shown, qtbot) -> None:
    window = shown(ReviewRoute())
    page = review_page(window, qtbot)
    press(Qt.Key.Key_I)
    assert standing(window) is Stand.FINISHED
    page.pane.answers.setFocus()
    path = page.pane.answers.current.path
    press(Qt.Key.Key_C)
    assert page.pane.question.hasFocus()
    type_text(page.pane.question, "Ekim bordrosu mu?")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.pane.case.open_questions == 1, timeout=30_000)
    study = window.desk.study
    record = reading.interviews(study.database)[0]
    assert queries.queries(study.database, record.interview_id)[path].text == "Ekim bordrosu mu?"
    press(Qt.Key.Key_I)
    assert standing(window) is Stand.RETURNED


def test_that_an_exclusion_asks_for_its_reason_and_can_be_taken_back(shown, qtbot) -> None:
    window = shown(ReviewRoute())
    page = review_page(window, qtbot)
    press(Qt.Key.Key_X)
    qtbot.waitUntil(page.pane.reasons.isVisible)
    page.pane.reasons.set_current("not-held")
    page.pane.exclusion.setFocus()
    press(Qt.Key.Key_Return)
    assert standing(window) is Stand.EXCLUDED
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert standing(window) is Stand.FINISHED


def test_that_what_is_looked_for_sifts_the_questions(shown, qtbot) -> None:
    page = review_page(shown(ReviewRoute()), qtbot)
    everything = len(page.pane.case.lines)
    assert any(Sieve.WARNED in one.sieves for one in page.pane.case.lines)
    press(Qt.Key.Key_A)
    assert sum(not isinstance(row, str) for row in page.pane.answers.rows) == everything
    press(Qt.Key.Key_W)
    assert 0 < sum(not isinstance(row, str) for row in page.pane.answers.rows) < everything


def test_that_what_is_being_written_is_there_again_after_the_page_was_built_anew(shown, qtbot) -> None:
    window = shown(ReviewRoute())
    page = review_page(window, qtbot)
    page.pane.answers.setFocus()
    press(Qt.Key.Key_C)
    type_text(page.pane.question, "Kimden")
    route = page.here(ReviewRoute())
    window.go(route)
    again = review_page(window, qtbot)
    qtbot.waitUntil(lambda: again.pane.question.text() == "Kimden", timeout=30_000)


@pytest.mark.parametrize("language", ["tr", "en"])
def test_that_a_conflict_is_settled_with_its_reason_by_keys_and_undone(shown, qtbot, language) -> None:
    window = shown(ConflictsRoute(), language=language)
    page = window.page
    assert isinstance(page, ConflictsPage)
    qtbot.waitUntil(lambda: page.pane.case is not None, timeout=60_000)
    assert not any(card.isChecked() for card in page.pane.cards.cards)
    press(Qt.Key.Key_2)
    assert page.pane.cards.cards[1].isChecked()
    assert page.pane.reason.hasFocus()
    press(Qt.Key.Key_Return)
    assert len(conflicts.conflicts(window.desk.study)) == 1
    type_text(page.pane.reason, "Bordro görüldü")
    press(Qt.Key.Key_Return)
    assert conflicts.conflicts(window.desk.study) == ()
    assert page.undo()
    assert len(conflicts.conflicts(window.desk.study)) == 1


def test_that_another_value_is_typed_and_refused_in_words_where_the_question_says_no(shown, qtbot) -> None:
    window = shown(ConflictsRoute())
    page = window.page
    qtbot.waitUntil(lambda: page.pane.case is not None, timeout=60_000)
    press(Qt.Key.Key_3)
    assert page.pane.value.hasFocus()
    type_text(page.pane.value, "-5")
    page.pane.reason.setFocus()
    type_text(page.pane.reason, "Firma aradı")
    press(Qt.Key.Key_Return)
    assert len(conflicts.conflicts(window.desk.study)) == 1
    page.pane.value.setFocus()
    page.pane.value.selectAll()
    type_text(page.pane.value, "25")
    page.pane.reason.setFocus()
    press(Qt.Key.Key_Return)
    assert conflicts.conflicts(window.desk.study) == ()


def test_that_the_interview_leads_to_its_conflict(shown, qtbot) -> None:
    window = shown(ReviewRoute())
    record = reading.interviews(window.desk.study.database)[0]
    path = window.desk.study.form(record.version_id).by_name["calisan_sayisi"].path
    window.go(InterviewRoute(record.unit_id, record.instrument_id, path))
    page = window.page
    assert isinstance(page, InterviewPage)
    page.body.decision_asked.emit(path)
    assert isinstance(window.page, ConflictsPage)
    qtbot.waitUntil(lambda: window.page.pane.case is not None, timeout=60_000)
    assert window.page.pane.case.conflict.key.endswith(path)


def test_that_the_interviewer_answers_the_reviewer_at_the_questioned_answer(shown, qtbot) -> None:
    window = shown(ReviewRoute())
    study = window.desk.study
    record = reading.interviews(study.database)[0]
    path = study.form(record.version_id).by_name["ana_urun"].path
    queries.ask(study, record, path, "Hangi boya?")
    acts.take(study, record.interview_id, Step.RETURN)
    window.go(InterviewRoute(record.unit_id, record.instrument_id))
    page = window.page
    assert isinstance(page, InterviewPage)
    assert page.body.view.current == path
    page.body.guide.finish()
    assert page.body.content.shows_completion
    assert any("Hangi boya?" in one.text() for one in page.body.content.completion.findChildren(Label))
    page.body.content.completion.question_asked.emit(path)
    assert page.body.view.current == path
    page.body.notebook.reply(path)
    type_text(QApplication.focusWidget(), "Sanayi boyası")
    press(Qt.Key.Key_Return)
    assert page.body.guide.work.unanswered() == ()
    assert queries.queries(study.database, record.interview_id)[path].reply == "Sanayi boyası"


def test_that_the_progress_page_shows_every_computer_and_walks_over_the_days(shown, qtbot) -> None:
    window = shown(ProgressRoute())
    page = window.page
    assert isinstance(page, ProgressPage)
    qtbot.waitUntil(lambda: page._found is not None, timeout=60_000)
    names = {row.name for row in page.tables[Part.COMPUTERS].rows_model.rows}
    assert "Bilgisayar 11" in names
    assert sum(row.completed for row in page._found.computers) == 1
    page.show_chart()
    assert page.chart.hasFocus()
    press(Qt.Key.Key_Home)
    assert page.chart.place == 0
    for part in Part:
        page.show_part(part)
        assert page.tables[part].rows_model.rows


def test_that_drawn_interviews_are_asked_again_without_showing_the_first_answers(shown, qtbot) -> None:
    window = shown(BackChecksRoute())
    page = window.page
    assert isinstance(page, BackChecksPage)
    qtbot.waitUntil(lambda: page._found is not None, timeout=60_000)
    page.share.setText("100")
    page.share.committed.emit("100")
    page.draw()
    qtbot.waitUntil(lambda: bool(page._fields), timeout=60_000)
    assert not any(each.first for each in page._found.drawn[0].questions)
    for each in page._found.drawn[0].questions:
        field = page._fields[each.path]
        if each.choices:
            field.set_current(each.choices[0][0])
        else:
            field.setText("1")
    page.store()
    qtbot.waitUntil(lambda: bool(page._found.drawn[0].asked), timeout=60_000)
    assert page.undo()
    qtbot.waitUntil(lambda: not page._found.drawn[0].asked, timeout=60_000)


@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1024, 540)])
def test_that_the_table_of_roles_has_a_line_for_every_right(shown, size) -> None:
    from kume_desktop.services.roles import Right

    page = shown(RolesRoute(), size=size).page
    assert isinstance(page, RolesPage)
    assert len(page.table.rows_model.rows) == len(Right)
