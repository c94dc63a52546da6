"""The two studies that come with the program, as the pages show them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from kume_desktop import texts
from kume_desktop.gui.areas.page import AreaPage
from kume_desktop.gui.figures import words
from kume_desktop.gui.interview.page import InterviewPage
from kume_desktop.gui.results.page import ResultsPage
from kume_desktop.gui.results.scorecard import ScorecardPage
from kume_desktop.gui.routes import InterviewRoute, ResultsRoute, ScorecardRoute
from kume_desktop.services import results
from kume_desktop.services.studies import Study
from tests.gui.results.conftest import Show
from tests.gui.shell.stage import press

pytestmark = pytest.mark.change


def test_that_the_published_scorecard_is_shown_by_the_panel_route(show: Show, scorecard: Study):
    with show(scorecard, ScorecardRoute()) as window:
        page = window.page
        assert isinstance(page, ScorecardPage)
        assert page.table is not None
        rows = [(area.published_index, area.category) for area in page.table.areas]
        assert rows == [(97, 1), (83, 1), (73, 2), (60, 2), (50, 3), (47, 3)]
        assert {words.base(area) for area in page.table.areas} == {"panel"}
        assert not any(area.rounding_decides for area in page.table.areas)
        assert "panel" in page.table.sentence(page.table.current)
        press(page, "Return")
        assert isinstance(window.page, AreaPage)
        said = " ".join(label.text() for label in window.page.findChildren(QLabel))
        assert "Alanın kendisini bir panel puanladı: firma seçilmediği için aralık hesaplanmaz." in said
        assert "Alanın kendisini bir panel puanladı: sayılacak yanıt yok." in said
        assert "panel yolu" in said


def test_that_the_results_of_a_panel_show_its_profile_alone(show: Show, scorecard: Study):
    with show(scorecard, ResultsRoute()) as window:
        shown = window.page
        assert isinstance(shown, ResultsPage)
        assert shown.shown is not None
        assert shown.shown.matrix is None
        assert QApplication.focusWidget() is shown.shown.profile
        assert "1–3" in " ".join(label.text() for label in shown.findChildren(QLabel))
        assert next(hint.key for hint in shown.key_hints()) == "Up Down"


def test_that_the_demonstration_shows_the_figures_of_the_service(show: Show, demonstration: Study):
    computed = results.current(demonstration)
    with show(demonstration, ScorecardRoute("meyve_sebze")) as window:
        page = window.page
        assert isinstance(page, ScorecardPage)
        assert page.table is not None
        assert {area.code: area.score for area in page.table.areas} == {one.code: one.score for one in computed.areas}
        assert [area.published_sum for area in page.table.areas] == [29, 25, 22, 18, 15, 14]
        assert page.table.current.code == "meyve_sebze"
        said = page.table.sentence(page.table.current)
        assert "endeks 76,1" in said
        assert "Yuvarlama kategoriyi değiştiriyor" in said


def test_that_enter_leads_from_a_cell_to_the_answer_in_the_interview(qtbot, show: Show, demonstration: Study):
    with show(demonstration, ResultsRoute("kimya")) as window:
        page = window.page
        assert isinstance(page, ResultsPage)
        assert not page.computing.is_stale
        press(page, "Return")
        assert page.drawer.panel.isVisible()
        qtbot.waitUntil(lambda: page.drawer.panel.table is not None, timeout=30_000)
        table = page.drawer.panel.table
        assert table is not None
        qtbot.waitUntil(lambda: QApplication.focusWidget() is table)
        need = page.shown.matrix.current if page.shown and page.shown.matrix else None
        assert need is not None
        listed = [row for row in table.rows_model.rows if getattr(row, "missing", "") == ""]
        assert len(listed) == need.n
        assert sum(int(getattr(row, "value", "0")) for row in listed) / need.n == pytest.approx(need.mean)
        press(table, "Return")
        assert isinstance(window.page, InterviewPage)
        route = window.route
        assert isinstance(route, InterviewRoute)
        assert route.question.endswith("uretim_insan")
        assert texts.language() == "tr"
