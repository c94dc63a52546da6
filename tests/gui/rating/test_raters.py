"""The raters' page: how the study rates, the draw, agreement and drift in figures or in words."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from kume_desktop.gui.figures.grid import FactGrid
from kume_desktop.gui.rating import agreement
from kume_desktop.gui.rating.raters import RatersPage
from kume_desktop.gui.rating.second_ratings import SettingsLine, drawn_sentence
from kume_desktop.gui.routes import RatersRoute, RatingRoute
from kume_desktop.scoring.analysis import Agreement, RaterDrift
from kume_desktop.scoring.limits import Estimate, Interval
from kume_desktop.services import rating_queue, results
from kume_desktop.services.rating_desk import RatingDesk
from kume_desktop.services.rating_views import Drawn, RatingSettings
from tests.gui.rating.conftest import is_meant_to_show, labels
from tests.gui.shell.stage import press, shown_window, type_text
from tests.services.rating_studies import firm_of, rate_all

NONE = Interval(None, None, 0.95, "few")


def estimate(value: float | None, reason: str = "", low: float | None = None, high: float | None = None) -> Estimate:
    return Estimate(value, Interval(low, high, 0.95, reason if low is None else ""), reason if value is None else "")


def agreed(indicator: str = "", alpha: Estimate | None = None) -> Agreement:
    few = estimate(None, "few")
    return Agreement(indicator, 4, 2, alpha or few, few, few, few, 0.75, 1.0)


def grid(page: RatersPage, name: str) -> FactGrid:
    return next(
        one for one in page.findChildren(FactGrid) if one.accessibleName() == name and is_meant_to_show(one, page)
    )


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (estimate(0.784, low=0.62, high=0.881), "0,78\N{NO-BREAK SPACE}(0,62–0,88)"),
        (estimate(None, "few"), "10 firmadan az"),
        (estimate(None, "no-variation"), "hep aynı düzey"),
        (estimate(1.0, "no-disagreement"), "1,00"),
    ],
)
def test_that_a_coefficient_stands_with_its_interval_or_with_the_reason_why_it_is_not_there(found, said):
    assert agreement.estimate(found) == said


def test_that_each_reason_is_said_once_in_a_whole_sentence():
    found = [agreed(), agreed("g1"), agreed("g2", estimate(1.0, "no-disagreement"))]
    assert agreement.reasons(found) == (
        "10 firmadan az: iki kez puanlanan firma 10’dan az; katsayı henüz bir şey söylemez.",
        "Aralığı olmayan 1 değeri: hiç fark çıkmadı, aralık hesaplanamaz.",
    )


def test_that_every_reason_of_the_kernels_has_its_words():
    """The codes that the docstrings of scoring.raters.report and .agreement name."""
    codes = {"one-rater", "few", "no-variation", "few-complete", "few-pairs", "negative"}
    for code in codes:
        assert agreement.estimate(estimate(None, code)) != "–"
    for code in codes | {"no-disagreement", "unstable"}:
        assert agreement.reasons([agreed(alpha=estimate(None, code))])


def test_that_a_rater_s_difference_has_its_sign_and_interval(qapp):
    drift = RaterDrift("r1", 620, 250, -0.16, Interval(-0.22, -0.09, 0.95, ""), 0.0, None, 3)
    few = RaterDrift("r3", 420, 90, 0.28, NONE, 0.01, 0.02, 0)
    made = agreement.drift_grid([drift, few])
    gap = "\N{NO-BREAK SPACE}"
    minus = "\N{MINUS SIGN}"
    assert made.rows[0].cells[3] == f"{minus}0,16{gap}({minus}0,22{gap}…{gap}{minus}0,09)"
    assert made.rows[0].cells[4:] == ("0,00", "–", "3")
    assert made.rows[1].cells[3] == "+0,28"
    assert agreement.drift_reasons([drift]) == ()
    assert agreement.drift_reasons([drift, few]) == ("Aralığı olmayan fark: ortak firma 10’dan az.",)


def test_that_the_page_says_what_there_is_and_what_is_missing(rated, desk):
    rate_all(RatingDesk(rated), firm_of(rated, "Çınaraltı Konserve"))
    results.compute(rated)
    with shown_window(desk, RatersRoute()) as window:
        page = window.page
        assert isinstance(page, RatersPage)
        drawn = grid(page, "İkinci puanlamalar")
        assert QApplication.focusWidget() is drawn
        assert drawn.rows[0].cells == ("Kimya", "5", "1", "0", "0")
        said = labels(page)
        assert "Puanlayıcıların uyumu" in said and "Puanlayıcı kayması" in said
        assert any("kişi düzey vermiş" in text or "iki kişi gerekir" in text for text in said)


def test_that_second_raters_are_drawn_by_a_key_and_the_table_shows_them(rated, desk):
    rating_queue.change_settings(rated, RatingSettings(share=0.4))
    results.compute(rated)
    with shown_window(desk, RatersRoute()) as window:
        page = window.page
        assert isinstance(page, RatersPage)
        told: list[str] = []
        page.toast.connect(lambda toast: told.append(toast.text))
        press(window, "Ctrl+D")
        assert told == ["2 firma ikinci puanlama için çekildi."]
        assert grid(page, "İkinci puanlamalar").rows[0].cells[3] == "2"
        press(window, "Ctrl+D")
        assert told[-1] == "İstenen paya ulaşıldı; yeni firma çekilmedi."
        press(window, "Alt+R")
        assert isinstance(window.route, RatingRoute)


def test_that_how_the_study_rates_is_changed_at_once_and_nonsense_is_refused(rated, desk):
    results.compute(rated)
    with shown_window(desk, RatersRoute()) as window:
        (line,) = window.page.findChildren(SettingsLine)
        line.share.setFocus()
        line.share.selectAll()
        type_text(line.share, "250")
        press(window, "Return")
        assert rating_queue.settings(rated).share == 0.2
        assert line.share.property("refused") is True
        line.share.selectAll()
        type_text(line.share, "35")
        press(window, "Return")
        line.when.picked.emit("beside")
        assert rating_queue.settings(rated) == RatingSettings(blind=False, share=0.35)
        assert line.share.property("refused") is False


def test_that_own_interviews_among_the_drawn_are_counted():
    drawn = [Drawn("a", "Can", own_interview=True), Drawn("b", "Elif", own_interview=False)]
    assert drawn_sentence(drawn) == "2 firma ikinci puanlama için çekildi; 1 tanesini kendisi görüşen kişi puanlayacak."


def test_that_coefficients_of_a_real_study_stand_in_the_table(qtbot, demonstration):
    from kume_desktop import settings
    from kume_desktop.gui.desk import Desk

    desk = Desk(settings.Settings(motion=False))
    desk.open(demonstration)
    with shown_window(desk, RatersRoute()) as window:
        page = window.page
        assert isinstance(page, RatersPage)
        qtbot.waitUntil(lambda: bool(page.findChildren(FactGrid)))
        table = grid(page, "Puanlayıcıların uyumu")
        assert len(table.rows) == 11 and table.rows[0].cells[0] == "Bütün göstergeler"
        assert all(cell[:2] == "0," and "(" in cell for cell in table.rows[0].cells[2:6])
        drift = grid(page, "Puanlayıcı kayması")
        assert {row.key for row in drift.rows} >= {"r2", "r3"}
