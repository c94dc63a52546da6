"""The parts of the pages by themselves: panel of answers, basis, detail of an area, list of sheets, places of files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from kume_desktop import texts
from kume_desktop.gui.results.answers_panel import AnswersPanel, Spread
from kume_desktop.gui.results.area_detail import AreaDetail, HeadingLine
from kume_desktop.gui.results.basis_panel import BasisPanel, basis_of
from kume_desktop.gui.results.contents import contents_of
from kume_desktop.gui.results.report import place_of, proposed
from kume_desktop.gui.results.report_parts import ReportForm, Written
from kume_desktop.scoring.method import PANEL_ROUTE, Method
from kume_desktop.services import results
from kume_desktop.services.results import CellAnswer
from kume_desktop.services.studies import Study
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


def test_that_the_detail_lists_headings_with_points_and_policies_to_the_letter(qtbot, method: Method):
    made = scored(method, {"kimya": ROUNDED_UP})
    detail = AreaDetail()
    qtbot.addWidget(detail)
    detail.show_area(area(made, "kimya"), made, method)
    assert [line.accessibleName() for line in detail.findChildren(HeadingLine)] == [
        "Pazarlama Etkinliği: 4,33 / 6", "Yönetim Etkinliği: 5,33 / 6", "Üretim Etkinliği: 6,33 / 9",
        "Kümelenme Kapasitesi: 6,67 / 9",
    ]  # fmt: skip
    said = words_in(detail)
    assert all(text.tr in said for number in (1, 2) for text in method.policies(number))
    assert not any(text.tr in said for text in method.policies(3)[:1])


def test_that_a_certain_area_shows_the_policies_of_its_category_only(qtbot, method: Method):
    made = scored(method, {"kimya": [[1] * 10] * 3})
    detail = AreaDetail()
    qtbot.addWidget(detail)
    detail.show_area(area(made, "kimya"), made, method)
    said = words_in(detail)
    assert "Politika önerileri · 3. Kategori" in said
    assert not any("sayılırsa" in one for one in said)
    with qtbot.waitSignal(detail.basis_asked):
        detail.basis_asked.emit()


def test_that_few_indicators_are_told_in_the_detail(qtbot, method: Method):
    made = scored(method, {"kimya": [[5] * 7 + [None] * 3] * 3})
    detail = AreaDetail()
    qtbot.addWidget(detail)
    detail.show_area(area(made, "kimya"), made, method)
    assert "10 göstergenin 7'si puanlandı; endeks bu 7 göstergeyle hesaplandı." in words_in(detail)


@pytest.mark.parametrize(
    ("lang", "first"), [("tr", ["Kapak", "Karne", "Endeks"]), ("en", ["Cover", "Scorecard", "Index"])]
)
def test_that_sheets_are_named_in_the_language_of_the_workbook(study: Study, lang: str, first: list[str]):
    entries = contents_of(study, results.method(study), lang)
    assert [entry.name for entry in entries][:3] == first
    assert entries[1].what == "Endeks, kategori ve politika önerileriyle alanlar; grafik"
    texts.set_language("en")
    assert contents_of(study, results.method(study), lang)[1].what.startswith("Areas with index")


@pytest.mark.parametrize(
    ("typed", "file"),
    [("rapor", "/a/rapor.xlsx"), ("r.XLSX", "/a/r.XLSX"), ("/b/x.y", "/b/x.y.xlsx"), ("alt/r.xlsx", "/a/alt/r.xlsx")],
)
def test_that_a_typed_place_becomes_a_workbook(typed: str, file: str):
    assert place_of(typed, Path("/a")) == Path(file)


def test_that_the_proposed_place_is_free(tmp_path: Path):
    study = tmp_path / "Çalışma.kume"
    assert proposed(study).name == "Çalışma-rapor.xlsx"
    proposed(study).touch()
    assert proposed(study).name == "Çalışma-rapor-2.xlsx"
    texts.set_language("en")
    assert proposed(study).name == "Çalışma-report.xlsx"


def test_that_a_file_that_will_be_replaced_is_told_while_typing(qtbot, tmp_path: Path):
    form = ReportForm(None, "", str(tmp_path / "rapor.xlsx"))
    qtbot.addWidget(form)
    told = "Bu dosya var; yerine yenisi yazılır."
    assert told not in words_in(form)
    (tmp_path / "rapor.xlsx").touch()
    form.show_target(str(tmp_path / "rapor.xlsx"))
    assert told in words_in(form)


@pytest.mark.parametrize(("rows_out", "told"), [(4894, "satırlar tutuyor"), (4893, "satırlar tutmuyor")])
def test_that_rows_that_do_not_agree_are_told(qtbot, tmp_path: Path, rows_out: int, told: str):
    form = ReportForm(None, "", "")
    bring(qtbot, form)
    answer = {"path": tmp_path / "r.xlsx", "rows_in": 4894, "rows_out": rows_out, "sheets": ["a", "b"], "formulas": 7}
    form.show_written(Written.of(answer))
    assert told in words_in(form)
    assert {"4.894", "r.xlsx · 2 sayfa"} <= set(words_in(form))
