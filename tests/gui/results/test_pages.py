"""The pages in the window: real studies, keys only."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from kume_desktop import settings
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.page import SaveKind
from kume_desktop.gui.results.page import ResultsPage
from kume_desktop.gui.results.scorecard import ScorecardPage
from kume_desktop.gui.routes import AreaRoute, ReportRoute, ResultsRoute, ScorecardRoute
from kume_desktop.gui.tasks import Task
from kume_desktop.gui.window import Window
from kume_desktop.services import fieldwork, results
from kume_desktop.services.studies import Study
from kume_desktop.services.views import NewFirm
from tests.gui.results.conftest import Show
from tests.gui.results.figures import ROUNDED_UP, kept, scored
from tests.gui.results.sight import buttons_on, cut_texts, words_on
from tests.gui.shell.stage import LAPTOP_125, WIDE, press

NEEDS = {"kimya": [[1, 2, 3, 4, 5, 5, 4, 3, 2, 1]] * 4, "lojistik": [[2] * 10] * 2}
SOON = 30_000


@pytest.fixture
def made(study: Study) -> Study:
    """A study that keeps results: Kimya, where rounding changes the category, and Lojistik with two firms.

    They are not those of its answers, and something was stored after them: they hold no longer.
    """
    method = results.method(study)
    kept(study, scored(method, {"kimya": ROUNDED_UP, "lojistik": [[1] * 10] * 2}, NEEDS))
    fieldwork.add_firm(study, NewFirm("Çınaraltı Kimya", "kimya", "Bergama", "20.14"))
    return study


def results_page(window: Window) -> ResultsPage:
    assert isinstance(window.page, ResultsPage)
    return window.page


def scorecard_page(window: Window) -> ScorecardPage:
    assert isinstance(window.page, ScorecardPage)
    return window.page


@pytest.mark.parametrize("route", [ResultsRoute("kimya"), ScorecardRoute("kimya")])
@pytest.mark.parametrize("size", [WIDE, LAPTOP_125, QSize(1024, 540)])
@pytest.mark.parametrize("language", list(settings.Language))
def test_that_nothing_is_cut(show: Show, made: Study, route: ResultsRoute, size: QSize, language: settings.Language):
    with show(made, route, size, language=language) as window:
        assert cut_texts(window.page) == []


@pytest.mark.parametrize("route", [ResultsRoute("kimya"), ScorecardRoute("kimya")])
@pytest.mark.parametrize("scale", [settings.TextScale.LARGE, settings.TextScale.LARGER])
def test_that_nothing_is_cut_in_larger_letters(show: Show, made: Study, route: ResultsRoute, scale: settings.TextScale):
    with show(made, route, scale=scale) as window:
        assert cut_texts(window.page) == []


def test_that_page_down_scrolls_to_what_is_below(show: Show, made: Study):
    with show(made, ResultsRoute("kimya"), LAPTOP_125) as window:
        bar = results_page(window).content.verticalScrollBar()
        assert (bar.value(), bar.maximum() > 0) == (0, True)
        press(window.page, "PgDown")
        assert bar.value() > 0


@pytest.mark.parametrize("route", [ResultsRoute("kimya"), ScorecardRoute("kimya")])
@pytest.mark.parametrize("scheme", [settings.Theme.LIGHT, settings.Theme.DARK])
def test_that_a_page_has_one_primary_and_a_name_for_everything(
    show: Show, made: Study, route: ResultsRoute, scheme: settings.Theme
):
    with show(made, route, scheme=scheme) as window:
        buttons = window.page.findChildren(QPushButton)
        assert sum(button.isVisible() and button.property("kind") == "primary" for button in buttons) == 1
        reached = [w for w in window.page.findChildren(QWidget) if w.focusPolicy().value and w.isVisible()]
        named = [w.accessibleName() or (w.text() if isinstance(w, QPushButton) else "") for w in reached]
        assert len(named) > 1
        assert all(named)


def test_that_the_area_of_the_route_is_shown_with_the_focus_in_the_matrix(show: Show, made: Study):
    with show(made, ResultsRoute("kimya")) as window:
        page = results_page(window)
        assert page.shown is not None
        assert QApplication.focusWidget() is page.shown.matrix
        said = words_on(page)
        assert "3 / 96 firma" not in said
        assert "3 / 58 firma · her hücrede n = 4 · hesaplandı 18 Aralık 2026" in said
        assert "Endeks 75,6" in said
        assert "yayın 83 (25/30)" in said


def test_that_the_sentence_follows_the_arrows(show: Show, made: Study):
    with show(made, ResultsRoute("kimya")) as window:
        page = results_page(window)
        press(page, "Right")
        assert page.shown is not None
        assert page.shown.sentence.text() == (
            "Üretim, Finansman Kaynağı: Ortalama 2,0 ('Yetersiz Düzeyde'); firmaların %100'ü yetersiz, %0'ı yeterli "
            "dedi (n = 4). Olası kritik ihtiyaç."
        )


def test_that_f8_goes_round_the_critical_needs(show: Show, made: Study):
    with show(made, ResultsRoute("kimya")) as window:
        page = results_page(window)
        assert page.shown is not None
        assert page.shown.matrix is not None
        walked = []
        for _time in range(5):
            press(page, "F8")
            need = page.shown.matrix.current
            walked.append(need.cell if need else "")
        assert walked == [
            "uretim_finansman", "pazarlama_bilgi", "pazarlama_iliski", "uretim_insan", "uretim_finansman",
        ]  # fmt: skip


def test_that_another_area_keeps_the_cell_and_says_why_two_firms_are_not_shown(show: Show, made: Study):
    with show(made, ResultsRoute("kimya")) as window:
        page = results_page(window)
        press(page, "Down")
        press(page, "Ctrl+PgDown")
        assert page.area is not None
        assert page.area.code == "lojistik"
        assert page.shown is not None
        assert page.shown.place == ("pazarlama", "insan")
        assert page.shown.profile is None
        assert words_on(page).count("Gizlilik: 3'ten az firma.") == 2
        assert page.here(ResultsRoute()) == ResultsRoute("lojistik")


def test_that_enter_on_a_cell_of_two_firms_lists_no_answer(show: Show, made: Study):
    with show(made, ResultsRoute("lojistik")) as window:
        page = results_page(window)
        press(page, "Return")
        assert page.drawer.panel.isVisible()
        assert page.drawer.panel.table is None
        press(page, "Escape")
        assert page.drawer.panel.isHidden()
        assert isinstance(window.page, ResultsPage)


def test_that_figures_that_no_longer_hold_are_marked_and_f5_computes_anew(qtbot, show: Show, made: Study):
    with show(made, ResultsRoute("kimya")) as window:
        page = results_page(window)
        qtbot.waitUntil(lambda: page.computing.is_stale, timeout=SOON)
        assert page.computing.state.kind is SaveKind.STALE
        assert window.frame.bar.state.words.startswith("Veri değişti")
        press(page, "F5")
        assert page.computing.is_running
        qtbot.waitUntil(lambda: not page.computing.is_stale, timeout=SOON)
        assert page.computing.state.kind is SaveKind.COMPUTED
        qtbot.waitUntil(lambda: "Bu alanda tamamlanmış görüşme yok." in words_on(page), timeout=SOON)
        assert "0 / 96 firma · hesaplandı" in words_on(page)
        kept_now = results.latest(made)
        assert kept_now is not None
        assert not results.is_stale(made, kept_now)


def test_that_esc_stops_computing_and_keeps_the_figures(qtbot, show: Show, made: Study):
    with show(made, ResultsRoute("kimya")) as window:
        page = results_page(window)
        before = results.latest(made)
        page.retry()
        assert page.computing.is_running
        press(page, "Escape")
        qtbot.waitUntil(lambda: not page.computing.is_running, timeout=SOON)
        assert isinstance(window.page, ResultsPage)
        assert results.latest(made) == before
        assert "Endeks 75,6" in words_on(page)


def test_that_a_page_left_while_computing_leaves_the_study_as_it_was(qtbot, show: Show, made: Study):
    with show(made, ResultsRoute("kimya")) as window:
        before = results.latest(made)
        page = results_page(window)
        page.retry()
        task = page.findChildren(Task)[0]
        with qtbot.waitSignal(task.destroyed, timeout=SOON):
            window.go(ScorecardRoute())
        assert results.latest(made) == before
        assert "endeks 75,6" in words_on(window.page)


def test_that_an_empty_study_is_computed_by_itself_and_says_what_is_missing(qtbot, show: Show, study: Study):
    with show(study, ResultsRoute()) as window:
        page = results_page(window)
        qtbot.waitUntil(lambda: page.figures is not None, timeout=SOON)
        qtbot.waitUntil(lambda: "Bu alanda tamamlanmış görüşme yok." in words_on(page), timeout=SOON)
        empty = page.findChildren(EmptyState)[-1]
        assert empty.button is not None
        assert empty.button.text() == "Saha’ya git"
        window.go(ScorecardRoute())
        assert "Karne için en az bir alanda puanlama gerekir." in words_on(window.page)


def test_that_the_scorecard_shows_the_selected_area_and_its_other_category(show: Show, made: Study):
    with show(made, ScorecardRoute("kimya")) as window:
        page = scorecard_page(window)
        said = words_on(page)
        assert "endeks 75,6 · en yakın kesme noktası 77,8 (uzaklık 2,2) · yayın 83 (25/30) · firma yolu" in said
        assert "Politika önerileri · 2. Kategori" in said
        assert "İşbirliğini geliştirmeye yönelik programlar geliştirilmeli" in said
        assert "1. Kategori sayılırsa" in buttons_on(page)
        press(page, "P")
        assert "İhtiyaç belirlemeye, planlamaya ve desteklemeye yönelik programlar geliştirilmeli" in words_on(page)
        assert "2. Kategori metinlerine dön" in buttons_on(page)
        press(page, "Down")
        assert "1. Kategori sayılırsa" not in buttons_on(page)
        assert "Gizlilik: 3'ten az firma." in words_on(page)
        assert page.here(ScorecardRoute()) == ScorecardRoute("lojistik")


def test_that_d_shows_the_basis_and_esc_closes_it(show: Show, made: Study):
    with show(made, ScorecardRoute("kimya")) as window:
        page = scorecard_page(window)
        press(page, "D")
        facts = dict(page.basis.facts)
        latest = results.latest(made)
        assert latest is not None
        assert facts["Endeks (yuvarlanmamış)"] == "100 × ortalamaların toplamı / 30 = 100 × 22,6667 / 30 = 75,5556"
        assert facts["Yayın biçimi"].startswith("100 × yuvarlanmış ortalamaların toplamı / 30 = 100 × 25 / 30 = 83")
        assert facts["Girdilerin özeti"] == latest.inputs_hash
        assert facts["Formların özetleri"] == "a" * 64
        assert facts["Kesme noktaları"] == "1. Kategori ≥ 77,8 · 2. Kategori ≥ 55,6"
        press(page, "Escape")
        assert page.basis.isHidden()
        assert isinstance(window.page, ScorecardPage)


def test_that_enter_opens_the_page_of_the_area_and_ctrl_e_the_report(show: Show, made: Study):
    with show(made, ScorecardRoute("kimya")) as window:
        press(window.page, "Return")
        assert window.route == AreaRoute("kimya")
        press(window.page, "Ctrl+E")
        assert isinstance(window.route, ReportRoute)


@pytest.mark.parametrize("route", [ResultsRoute("kimya"), ScorecardRoute("kimya")])
def test_that_every_key_of_a_page_means_one_thing(show: Show, made: Study, route: ResultsRoute):
    with show(made, route) as window:
        keys = [action.key for action in window.page.actions_here() if action.key]
        assert len(keys) == len(set(keys))
        assert not {"Ctrl+K", "F1", "F6", "F8", "Ctrl+Z"} & {a.key for a in window.page.actions_here() if a.bound}
        assert all(hint.word for hint in window.page.key_hints())


def test_that_the_picker_offers_the_areas_and_shows_the_one_picked(show: Show, made: Study):
    with show(made, ResultsRoute("kimya")) as window:
        page = results_page(window)
        assert page.picker.text() == "Alan: Kimya"
        page.picker.picked.emit("lojistik")
        assert page.picker.text() == "Alan: Lojistik"
        assert page.area is not None
        assert page.area.code == "lojistik"


def test_that_the_panel_lies_over_the_figures_in_a_small_window(show: Show, made: Study):
    with show(made, ResultsRoute("kimya"), LAPTOP_125) as window:
        page = results_page(window)
        width = page.content.width()
        press(page, "Return")
        assert page.drawer.panel.isVisible()
        assert page.content.width() == width
        assert page.drawer.panel.geometry().right() == page.width() - 1


def test_that_the_panel_follows_the_arrows_and_ctrl_dot_shuts_it(show: Show, made: Study):
    with show(made, ResultsRoute("kimya")) as window:
        page = results_page(window)
        press(page, "Return")
        assert page.shown is not None
        page.shown.take_focus()
        press(page, "Right")
        heads = [label.text() for label in page.drawer.panel.findChildren(Label)]
        assert "Üretim, Finansman Kaynağı" in heads
        press(page, "Ctrl+.")
        assert page.drawer.panel.isHidden()
        assert QApplication.focusWidget() is page.shown.matrix


def test_that_a_study_that_went_away_is_told_and_the_figures_stay(qtbot, show: Show, made: Study):
    with show(made, ResultsRoute("kimya")) as window:
        page = results_page(window)
        elsewhere = made.path.rename(made.path.with_suffix(".away"))
        press(page, "F5")
        qtbot.waitUntil(lambda: bool(page.findChildren(ProblemNote)) and not page.computing.is_running, timeout=SOON)
        elsewhere.rename(made.path)
        assert "Endeks 75,6" in words_on(page)


def test_that_f8_on_the_scorecard_goes_to_the_uncertain_area(show: Show, made: Study):
    with show(made, ScorecardRoute("lojistik")) as window:
        page = scorecard_page(window)
        assert page.table is not None
        assert page.table.current.code == "lojistik"
        press(page, "F8")
        assert page.table.current.code == "kimya"


def test_that_tab_leads_from_the_matrix_to_the_profile_and_the_hints_follow(show: Show, made: Study):
    with show(made, ResultsRoute("kimya")) as window:
        page = results_page(window)
        assert page.shown is not None
        assert page.key_hints()[0].word == "Hücre"
        press(page, "Tab")
        press(page, "Down")
        assert QApplication.focusWidget() is page.shown.profile
        assert page.key_hints()[0].word == "Gösterge"
