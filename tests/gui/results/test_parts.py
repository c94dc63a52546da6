"""The parts of the pages by themselves: panel of answers, basis, detail of an area."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from kume_desktop.gui.figures.answers_panel import AnswersPanel, Spread
from kume_desktop.gui.figures.basis_panel import BasisPanel, basis_of
from kume_desktop.scoring.method import PANEL_ROUTE, Method
from kume_desktop.services.results import CellAnswer
from tests.gui.results.example import example
from tests.gui.results.figures import ROUNDED_UP, area, need_of, scored
from tests.gui.shell.stage import bring, press

ANSWERS = (
    CellAnswer("1", "Zeytinli Boya", "2", "Yetersiz Düzeyde", "Inadequate", ""),
    CellAnswer("2", "Çınaraltı Kimya", "97", "Uygulanamaz", "Not applicable", "na"),
    CellAnswer("3", "Ilıca Kimya", "5", "Kesinlikle Yeterli Düzeyde", "Definitely adequate", ""),
    CellAnswer("4", "İğdeli Kimya", "1", "Kesinlikle Yetersiz Düzeyde", "Definitely inadequate", ""),
)


def words_in(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def test_that_the_panel_lists_the_answers_in_turkish_order(qtbot, method: Method):
    panel = AnswersPanel()
    bring(qtbot, panel)
    panel.show_cell("Üretim, İnsan Kaynağı", need_of(), method, ANSWERS)
    assert panel.table is not None
    rows = panel.table.rows_model
    assert [rows.data(rows.index(place, 0)) for place in range(4)] == [
        "Çınaraltı Kimya", "Ilıca Kimya", "İğdeli Kimya", "Zeytinli Boya",
    ]  # fmt: skip
    assert rows.data(rows.index(0, 1)) == "uygulanamaz"


def test_that_answers_sort_by_value_with_the_reserve_answers_last(qtbot, method: Method):
    panel = AnswersPanel()
    bring(qtbot, panel)
    panel.show_cell("Üretim", need_of(), method, ANSWERS)
    assert panel.table is not None
    rows = panel.table.rows_model
    rows.sort(1)
    assert [rows.data(rows.index(place, 1)) for place in range(4)] == ["1", "2", "5", "uygulanamaz"]


def test_that_enter_in_the_panel_tells_which_answer_and_esc_closes_it(qtbot, method: Method):
    panel = AnswersPanel()
    bring(qtbot, panel)
    panel.show_cell("Üretim", need_of(), method, ANSWERS)
    panel.take_focus()
    with qtbot.waitSignal(panel.answer_opened) as opened:
        press(panel, "Return")
    assert opened.args[0].firm == "Çınaraltı Kimya"
    with qtbot.waitSignal(panel.closed):
        press(panel, "Escape")
    assert panel.isHidden()


@pytest.mark.parametrize(("n", "listed"), [(2, False), (3, True)])
def test_that_fewer_than_three_answers_are_not_listed(qtbot, method: Method, n: int, listed: bool):
    panel = AnswersPanel()
    qtbot.addWidget(panel)
    panel.show_cell("Üretim", need_of(n=n), method, ANSWERS)
    assert (panel.table is not None) is listed
    assert ("Gizlilik: 3'ten az firma." in words_in(panel)) is not listed
    assert bool(panel.findChildren(Spread)) is listed


def test_that_the_spread_is_told_in_the_words_of_the_scale(qtbot, method: Method):
    spread = Spread(need_of(counts=(4, 8, 5, 3, 1)), method)
    qtbot.addWidget(spread)
    assert spread.accessibleName().startswith("1 Kesinlikle Yetersiz Düzeyde: 4; 2 Yetersiz Düzeyde: 8; ")


def test_that_the_basis_gives_the_numbers_that_make_the_index(method: Method):
    made = scored(method, {"kimya": ROUNDED_UP})
    facts = dict(basis_of(area(made, "kimya"), made, method))
    assert facts["Firma yolu"] == (
        "Her firmanın düzeyi ölçeğe indirilir (1 → 1, 2 → 1, 3 → 2, 4 → 3, 5 → 3), "
        "sonra alandaki firmaların ortalaması alınır."
    )
    assert facts["Puanlanan gösterge"] == "10 / 10"
    assert facts["Yöntem"] == "İZKA-2010 (3 düzey), sürüm 1"
    assert (facts["Yöntemin özeti"], facts["Girdilerin özeti"]) == (method.hash, made.inputs_hash)


def test_that_the_basis_of_a_panel_speaks_of_no_firm(method: Method):
    made = scored(method, {"kimya": [[3] * 10]}, route=PANEL_ROUTE)
    facts = dict(basis_of(area(made, "kimya"), made, method))
    assert facts["Panel yolu"] == "Panelin alan için verdiği düzeyler, yöntemin ölçeğinde."
    assert "Firma yolu" not in facts


def test_that_the_basis_of_two_firms_keeps_their_figures(qtbot, method: Method):
    made = scored(method, {"kimya": [[5] * 10] * 2})
    assert "Endeks (yuvarlanmamış)" not in dict(basis_of(area(made, "kimya"), made, method))
    page = QWidget()
    qtbot.addWidget(page)
    panel = BasisPanel(page)
    panel.show_area(area(made, "kimya"), made, method)
    assert "100,0" not in " ".join(words_in(panel))


def test_that_a_missing_indicator_leaves_numerator_and_denominator(method: Method):
    made = scored(method, {"kimya": [[5] * 8 + [None, None]] * 3})
    facts = dict(basis_of(area(made, "kimya"), made, method))
    assert facts["Endeks (yuvarlanmamış)"].endswith("/ 24 = 100 × 24,0000 / 24 = 100,0000")
    assert facts["Puanlanan gösterge"] == "8 / 10"


def test_that_the_basis_says_how_the_interval_was_made_and_with_which_seed(method: Method):
    made = example(method)
    facts = dict(basis_of(area(made, "meyve"), made, method))
    assert facts["Endeksin aralığı"] == "ulaşılabilir aralıkta logit-t, %95, sonlu liste düzeltmesiyle"
    assert facts["Olasılıklar"].startswith("10.000 yineleme, tohum 2013;")
    assert "Endeksin aralığı" not in dict(basis_of(area(made, "gelinlik"), made, method))
