"""The score so far stands beside an interview that is read, never beside one that is asked."""

from __future__ import annotations

import pytest

from kume_desktop import settings
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.figures import live_score
from kume_desktop.gui.interview.page import InterviewPage
from kume_desktop.gui.routes import InterviewRoute
from kume_desktop.services import interview_score
from kume_desktop.services.rating_views import LiveScore
from kume_desktop.services.studies import Study
from kume_desktop.store import reading
from tests.gui.shell.stage import shown_window

pytestmark = pytest.mark.change
FORM = "kumelenme_duzeyi"
SOON = 30_000


def completed(study: Study) -> str:
    """A firm whose completed interview with the rubric counts."""
    held = reading.interviews(study.database, wave_id=study.wave.wave_id)
    return next(one.unit_id for one in held if one.instrument_id == FORM and one.state == "completed" and one.counts)


def desk_of(study: Study, role: str) -> Desk:
    study.role = role
    desk = Desk(settings.Settings(motion=False))
    desk.open(study)
    return desk


def test_that_a_scorer_reads_the_score_beside_a_completed_interview(qtbot, demonstration: Study):
    unit_id = completed(demonstration)
    found = interview_score.so_far(demonstration, unit_id)
    assert found is not None and found.so_far is not None
    with shown_window(desk_of(demonstration, "scorer"), InterviewRoute(unit_id, FORM)) as window:
        page = window.page
        assert isinstance(page, InterviewPage) and page.body is not None
        strip = page.body.score
        qtbot.waitUntil(lambda: strip.words != "", timeout=SOON)
        assert strip.words == f"{live_score.so_far(found)} · {live_score.bounds(found)}"
        page.body.session.reopen()
        page.body.refresh_list()
        assert strip.words == ""
        page._show_score(found)
        assert strip.words == ""


def test_that_interviewers_are_shown_no_score(qtbot, demonstration: Study):
    unit_id = completed(demonstration)
    with shown_window(desk_of(demonstration, "interviewer"), InterviewRoute(unit_id, FORM)) as window:
        page = window.page
        assert isinstance(page, InterviewPage) and page.body is not None
        assert page.body.session.is_completed
        assert not window.desk._companion
        assert page.body.score.words == ""


def test_that_the_bounds_say_where_the_score_can_end():
    half = LiveScore(66.7, 50.0, 83.3, 5, 10)
    assert live_score.so_far(half) == "Şimdiye kadar 66,7"
    assert live_score.bounds(half) == "tümü puanlanınca 50,0 ile 83,3 arasında (5 / 10)"
    assert live_score.so_far(LiveScore(None, 33.3, 100.0, 0, 10)) == "Şimdiye kadar düzey yok"
