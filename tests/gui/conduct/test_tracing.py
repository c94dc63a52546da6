"""The sitting is measured while one interviews by keys: screen by screen, beside the answers, never instead of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kume_desktop.gui.interview.page import InterviewPage
from kume_desktop.gui.routes import FieldRoute, InterviewRoute
from kume_desktop.gui.window import Window
from kume_desktop.services import conduct, fieldwork, interviewing, tracing
from kume_desktop.store import reading, traces, writing
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.traces import Trace
from tests.gui.help.house import Stage

pytest_plugins = ["tests.gui.help.house"]
FORM = "is_ihtiyac"


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def opened(stage: Stage, **how: str) -> Window:
    window = stage.show(**how)  # type: ignore[arg-type]
    window.go(InterviewRoute(fieldwork.firms(window.desk.study)[0].unit_id, FORM))
    return window


def kept(window: Window) -> tuple[Trace, ...]:
    study = window.desk.study
    return next(iter(traces.traces(study.database, study.wave.wave_id).values()), ())


def names(window: Window) -> list[str]:
    return [spell[0].rpartition("/")[2] for each in kept(window) for spell in each.spells]


def test_that_a_screen_that_was_left_is_written_without_waiting_for_the_end(stage: Stage, qtbot) -> None:
    window = opened(stage)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(kept(window)))
    assert "gorusme_bicimi" in names(window)
    window.go(FieldRoute())
    assert {each.sitting for each in kept(window)} == {kept(window)[0].sitting}
    assert [each.number for each in kept(window)] == list(range(1, len(kept(window)) + 1))
    assert "aydinlatma_okundu" in names(window)


def test_that_an_answer_is_one_commit_and_the_trace_another(stage: Stage) -> None:
    window = opened(stage)
    before = reading.counts(window.desk.study.database).events
    press(Qt.Key.Key_1)
    events = reading.events(window.desk.study.database)[before - reading.counts(window.desk.study.database).events :]
    assert {each.kind for each in events} == {EventKind.ANSWER.value}


def test_that_a_sitting_without_a_question_writes_nothing_and_going_on_is_another_sitting(stage: Stage) -> None:
    window = opened(stage)
    unit_id = fieldwork.firms(window.desk.study)[0].unit_id
    press(Qt.Key.Key_1)
    window.go(FieldRoute())
    window.go(InterviewRoute(unit_id, FORM))
    window.go(FieldRoute())
    assert len({each.sitting for each in kept(window)}) == 2


def test_that_a_killed_window_loses_the_screen_in_front_and_nothing_else(stage: Stage, qtbot) -> None:
    window = opened(stage)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(kept(window)))
    press(Qt.Key.Key_1)
    study = window.desk.study
    again = interviewing.open_interview(study, fieldwork.firms(study)[0].unit_id, FORM)
    assert again.interview.value(again.interview.path_of("aydinlatma_okundu")) == "1"
    assert len(kept(window)) == 1


def test_that_typing_from_paper_writes_no_times(stage: Stage) -> None:
    window = stage.show()
    study = window.desk.study
    unit_id = fieldwork.firms(study)[0].unit_id
    session = interviewing.open_interview(study, unit_id, FORM)
    with study.act() as act:
        writing.set_fact(act, SubjectKind.INTERVIEW, session.interview_id, tracing.TYPED_FROM_PAPER, "Deniz")
    window.go(InterviewRoute(unit_id, FORM))
    press(Qt.Key.Key_1)
    window.go(FieldRoute())
    assert kept(window) == ()
    assert conduct.conduct(study).interviews[0].on_paper


def test_that_times_wait_while_the_study_is_busy(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    from kume_desktop.problems import Refused, problem

    window = opened(stage)
    page = window.page
    assert isinstance(page, InterviewPage) and page.body is not None
    press(Qt.Key.Key_1)

    def busy(*_what: object) -> None:
        raise Refused(problem("study.busy"))

    with monkeypatch.context() as patch:
        patch.setattr(tracing, "write", busy)
        page.body.tracer.keep()
        assert kept(window) == ()
    page.body.tracer.keep()
    assert names(window).count("gorusme_bicimi") == 1


def test_that_the_interviewer_is_shown_nothing_of_it(stage: Stage) -> None:
    window = opened(stage, passphrase="deniz parolası")
    assert window.desk.head is not None and window.desk.head.role == "interviewer"
    words = [action.label for action in window._offered("")]
    assert "Görüşmelerin gidişi" not in words
