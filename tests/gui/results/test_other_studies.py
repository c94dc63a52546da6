"""Studies that lack something: no needs form, no level form, no form at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.page import Page
from kume_desktop.gui.results.page import ResultsPage
from kume_desktop.gui.routes import AreaRoute, CompareRoute, ResultsRoute, ScorecardRoute
from kume_desktop.services import results, studies
from kume_desktop.services.studies import Study
from tests.gui.results.conftest import Show
from tests.gui.results.figures import kept, scored
from tests.studies import AREAS, FACTS, PASSPHRASE


def words_on(page: Page) -> str:
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def study_with(folder: Path, *forms: str) -> Study:
    return studies.create_study(folder / "eksik.kume", "Eksik", FACTS, PASSPHRASE, "Elif", AREAS, instruments=forms)


@pytest.fixture
def levels_only(tmp_path: Path) -> Iterator[Study]:
    with study_with(tmp_path, "kumelenme_duzeyi") as opened:
        yield opened


@pytest.fixture(params=[(), ("is_ihtiyac",)])
def without_method(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Study]:
    with study_with(tmp_path, *request.param) as opened:
        yield opened


def test_that_levels_are_shown_where_no_form_asks_for_needs(show: Show, levels_only: Study):
    kept(levels_only, scored(results.method(levels_only), {"kimya": [[5] * 10] * 4}))
    with show(levels_only, ResultsRoute("kimya")) as window:
        page = window.page
        assert isinstance(page, ResultsPage)
        assert page.shown is not None
        assert (page.shown.matrix, page.shown.critical, page.next_problem()) == (None, (), False)
        assert QApplication.focusWidget() is page.shown.profile
        said = words_on(page)
        assert "Bu çalışmanın formları ihtiyaç sormuyor." in said
        assert "4 / 58 firma · hesaplandı" in said
        assert "Endeks 100,0" in said


@pytest.mark.parametrize("route", [ResultsRoute(), ScorecardRoute(), AreaRoute(), CompareRoute()])
def test_that_a_study_without_a_method_says_what_to_install(show: Show, without_method: Study, route: ResultsRoute):
    with show(without_method, route) as window:
        notes = [note.text for note in window.page.findChildren(ProblemNote)]
        assert len(notes) == 1
        assert "yöntem" in notes[0]
        window.page.retry()
        assert len(window.page.findChildren(ProblemNote)) == 1
