"""The parts of the area page by themselves: each says its figures with their base, or why it has none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from kume_desktop.gui.areas import change, explanations, robustness, scales
from kume_desktop.gui.areas.axis import IndexAxis
from kume_desktop.gui.areas.firms import FirmsPart
from kume_desktop.gui.areas.indicators import IndicatorTable, lines_of
from kume_desktop.gui.areas.needs_strip import NeedsStrip
from kume_desktop.gui.areas.portrait import Portrait
from kume_desktop.gui.areas.respondents import response_section, rows_of, said_of
from kume_desktop.gui.figures.grid import FactGrid, GridRow
from kume_desktop.scoring.limits import NOT_COMPUTED, Interval
from kume_desktop.scoring.method import PANEL_ROUTE, Method
from kume_desktop.services.firm_scores import FirmScore
from tests.gui.results.example import example
from tests.gui.results.figures import area
from tests.gui.shell.stage import bring, press


def words_in(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def rows_in(widget: QWidget) -> list[tuple[str, ...]]:
    return [row.cells for grid in widget.findChildren(FactGrid) for row in grid.rows]


def nothing(_what: object = None) -> None:
    """Nobody opens anything."""


@pytest.fixture
def portrait(method: Method) -> Portrait:
    made = example(method)
    return Portrait(area(made, "meyve"), made, method)


@pytest.fixture
def few(method: Method) -> Portrait:
    made = example(method)
    return Portrait(area(made, "gelinlik"), made, method)


def test_that_the_indicators_sum_to_the_index_in_their_columns(portrait: Portrait):
    lines = lines_of(portrait)
    assert [line.number for line in lines] == list(range(1, 11))
    assert sum(line.contribution or 0 for line in lines) == pytest.approx(100 * 22.82 / 30)
    assert [line.published for line in lines] == [3, 3, 3, 3, 2, 3, 3, 1, 2, 2]


def test_that_an_indicator_is_said_with_every_figure(qtbot, portrait: Portrait):
    table = IndicatorTable(portrait)
    bring(qtbot, table)
    table.setFocus()
    press(table, "Down")
    assert table.spoken() == (
        "2 Dış pazarda etkinlik düzeyi: ortalama 2,62, aralık 2,42–2,80, n 36, yayın 3, katkı 8,7 puan, "
        "alanların ortalaması 2,34"
    )
    with qtbot.waitSignal(table.line_opened) as opened:
        press(table, "Return")
    assert opened.args[0].code == "g2"


def test_that_an_indicator_of_two_firms_shows_no_figure(qtbot, portrait: Portrait):
    first = replace(portrait.area.indicators[0], n=2)
    hidden = replace(portrait, area=replace(portrait.area, indicators=(first, *portrait.area.indicators[1:])))
    table = IndicatorTable(hidden)
    qtbot.addWidget(table)
    assert (table.lines[0].mean, table.lines[0].interval) == (None, NOT_COMPUTED)
    assert table.sentence(table.lines[0]) == "1 İç pazarda etkinlik düzeyi: Gizlilik: 3'ten az firma."


def test_that_the_axis_says_its_points(qtbot, portrait: Portrait):
    axis = IndexAxis(portrait)
    bring(qtbot, axis)
    axis.setFocus()
    said = [axis.spoken()]
    for _time in range(5):
        press(axis, "Down")
        said.append(axis.spoken())
    assert said == [
        "endeks 76,1", "aralık 71–80", "yayın 83", "1. Kategori ≥ 77,8", "2. Kategori ≥ 55,6", "2. Kategori ≥ 55,6",
    ]  # fmt: skip


def test_that_the_needs_stand_upright_and_walk_as_drawn(qtbot, portrait: Portrait):
    strip = NeedsStrip(portrait.method)
    strip.resize(360, strip.height())
    strip.set_cells(portrait.needs)
    bring(qtbot, strip)
    strip.setFocus()
    assert strip.size_in_cells == (5, 2)
    walked = []
    for key in ("Right", "Down", "Left"):
        press(strip, key)
        walked.append(strip.current.cell if strip.current else "")
    assert walked == ["pazarlama_insan", "pazarlama_finansman", "uretim_finansman"]
    assert strip.box(1, 0).top() > strip.box(0, 0).top()
    strip.select("pazarlama", "bilgi")
    assert strip.current is not None
    assert strip.current.cell == "pazarlama_bilgi"


def test_that_coverage_has_three_words_with_their_bases(portrait: Portrait):
    assert rows_of(portrait) == (
        ("Kapsanan firma payı", "37 / 41", "%90"),
        ("Kapsanan istihdam payı", "", "%96"),
        ("Yanıt oranı", "37 / 42", "%88"),
    )
    assert said_of(portrait) == (
        "N, kapalı, kapsam dışı ya da mükerrer çıkanların payı düşülmüş listedir.",
        "Yanıt vermeyenler her göstergede bir düzey düşük olsaydı endeks 73,3 olurdu. Bir düzey yüksek olsaydı: 78,0.",
    )


def test_that_the_weighted_index_stands_beside_the_unweighted(qtbot, portrait: Portrait):
    section = response_section(portrait, nothing)
    qtbot.addWidget(section)
    told = words_in(section)
    assert "Yanıtlamama ağırlıklarıyla endeks 74,9 (70–81), 2. Kategori; ağırlıksız 76,1." in told
    assert "Tasarım etkisi 1,12; 37 firma, ağırlıksız 33,0 firma kadar bilgi veriyor." in told
    assert "Ulaşılan uygun 42 firmadan 37'si görüşmeyi kabul etti (yanıt oranı %88)." in told


def test_that_a_panel_has_no_response(qtbot, portrait: Portrait):
    panel = replace(portrait, area=replace(portrait.area, route=PANEL_ROUTE))
    section = response_section(panel, nothing)
    qtbot.addWidget(section)
    assert "Alanın kendisini bir panel puanladı: sayılacak yanıt yok." in words_in(section)


def test_that_strengths_are_told_from_what_cannot_be_told_apart(qtbot, portrait: Portrait):
    section = explanations.strengths(portrait, nothing)
    qtbot.addWidget(section)
    assert rows_in(section) == [
        ("Kalite yönetim sistemi sertifikasyon düzeyi", "güçlü", "+0,44", "+2,2"),
        ("Üniversite ve AR-GE kuruluşları ile ilişki düzeyi", "zayıf", "−0,84", "−4,2"),
    ]
    assert "1 gösterge alanın ortalamasından ayırt edilemiyor." in words_in(section)


def test_that_a_step_that_changes_a_category_stands_out(qtbot, portrait: Portrait):
    section = explanations.next_steps(portrait, nothing)
    qtbot.addWidget(section)
    rows = section.findChildren(FactGrid)[0].rows
    assert rows[1].cells == (
        "Sektörel örgütlenme düzeyi", "0,39", "15", "77,9", "1. Kategori", "87", "1. Kategori",
    )  # fmt: skip
    assert [row.strong for row in rows] == [False, True]


def test_that_only_the_extremes_of_leaving_out_are_shown(qtbot, portrait: Portrait):
    section = robustness.leaving_out(portrait, {"f-high": "Şişli Konserve", "f-low": "Iğdır Meyve"}, nothing)
    qtbot.addWidget(section)
    assert [row[:3] for row in rows_in(section)] == [
        ("gösterge: Üniversite ve AR-GE kuruluşları ile ilişki düzeyi", "79,8", "+3,7"),
        ("gösterge: Kalite yönetim sistemi sertifikasyon düzeyi", "74,5", "−1,6"),
        ("firma: Iğdır Meyve", "76,9", "+0,8"),
        ("firma: Şişli Konserve", "75,2", "−0,9"),
        ("puanlayıcı: Selin Kaya", "77,2", "+1,1"),
    ]


def test_that_places_are_three_named_bands(qtbot, portrait: Portrait):
    section = robustness.places(portrait)
    qtbot.addWidget(section)
    assert rows_in(section) == [("Yöntem bandı", "2"), ("Firma seçimi bandı", "2–3"), ("İkisi birlikte", "2–3")]
    assert "Sırası 2 ile 3 arasında; verilerle daha kesin söylenemez." in words_in(section)


def test_that_the_choices_say_their_range_and_shares(qtbot, portrait: Portrait):
    section = robustness.sensitivity(portrait)
    qtbot.addWidget(section)
    assert "3 bileşimde endeks 74,0 ile 76,1 arasında." in words_in(section)
    assert rows_in(section) == [("Toplama kuralı", "%81", "%86"), ("Eksik veri", "%14", "%19")]


def test_that_claims_are_counted_beside_documents(qtbot, portrait: Portrait):
    section = explanations.claims(portrait, nothing)
    qtbot.addWidget(section)
    told = words_in(section)
    assert "4. ve 5. düzeyde 214 puan var; belgeye dayanan 151 (%71), beyana dayalı 52." in told
    assert rows_in(section) == [("Kalite yönetim sistemi sertifikasyon düzeyi", "31", "29", "2", "0")]


def test_that_hidden_groups_say_which_reason_hides_them(qtbot, portrait: Portrait):
    section = explanations.by_size(portrait, nothing)
    qtbot.addWidget(section)
    rows = rows_in(section)
    assert rows[0] == ("n", "12", "14", "–", "–")
    assert rows[1] == ("Endeks", "70,0", "74,0", "gizli¹", "gizli²")
    told = words_in(section)
    assert "¹ Gizlilik: 3'ten az firma." in told
    assert "² Gizlilik: başka hücrelerden hesaplanabileceği için gösterilmedi." in told


def test_that_scales_are_described_with_the_coefficient_they_can_have(qtbot, portrait: Portrait):
    section = scales.reliability(portrait)
    qtbot.addWidget(section)
    assert rows_in(section) == [
        ("Pazarlama Etkinliği (2 gösterge)", "37", "Spearman-Brown 0,71", "0,44–0,85", "0,55  0,55"),
        ("Üretim Etkinliği (3 gösterge)", "35", "alfa 0,66 · omega 0,68", "0,40–0,82", "0,40  0,50  –"),
    ]


def test_that_careless_answers_are_a_signal_with_its_effect(qtbot, portrait: Portrait):
    asked: list[str] = []
    section = scales.careless(portrait, {"f-low": "Iğdır Meyve"}, asked.append)
    bring(qtbot, section)
    assert "On ihtiyaç hücresinin ortalaması 2,85; bu 1 firma olmadan 2,87." in words_in(section)
    grid = section.findChildren(FactGrid)[0]
    assert grid.rows[0].cells == ("Iğdır Meyve", "art arda çok sayıda aynı yanıt", "10", "8")
    grid.setFocus()
    press(grid, "Return")
    assert asked == ["f-low"]


def test_that_the_change_since_the_earlier_wave_says_its_firms(qtbot, portrait: Portrait):
    section = change.changes(portrait)
    qtbot.addWidget(section)
    assert words_in(section)[1:] == [
        "2023: 71,0, şimdi 76,1; değişim +5,1 puan.",
        "Değişimin aralığı: +1,2 … +9,0 puan. Bu değişim yalnız firma seçimiyle açıklanamaz.",
        "İki dalgada da 20 firma, yalnız öncekinde 10, yalnız bu dalgada 17.",
        "3,9 puanın altındaki bir değişim pek görülemezdi.",
    ]


def changed(portrait: Portrait, **more: object) -> Portrait:
    """The portrait with another change since the earlier wave."""
    analysis = portrait.analysis
    assert analysis is not None
    other = replace(analysis.changes[0], **more)  # type: ignore[arg-type]
    return replace(portrait, results=replace(portrait.results, analysis=replace(analysis, changes=(other,))))


def test_that_a_comparison_that_is_not_fair_says_why(qtbot, portrait: Portrait):
    unlike = ("other-method", "other-rubrics", "other-indicators")
    section = change.changes(changed(portrait, unlike=unlike, only_then=("g1",)))
    qtbot.addWidget(section)
    method_said, rubrics, indicators = words_in(section)[5:]
    assert method_said.startswith("Önceki dalganın kendi yöntemi başkaydı")
    assert rubrics.startswith("Puanlama anahtarı başka")
    first = portrait.indicator_name("g1")
    assert indicators == f"Yalnız önceki dalgada puanlanan: {first}. İki endeks aynı göstergelere dayanmıyor."


def test_that_a_change_from_two_firms_or_of_another_area_is_not_shown(qtbot, portrait: Portrait):
    for other, said in (
        (changed(portrait, paired=1, only_before=1), "Gizlilik: 3'ten az firma."),
        (changed(portrait, area="baska"), "Alanın iki dalgadan birinde endeksi yok."),
    ):
        section = change.changes(other)
        qtbot.addWidget(section)
        assert words_in(section)[1:] == [said]


def test_that_a_panel_s_change_names_no_firms(qtbot, portrait: Portrait):
    panel = Interval(None, None, 0.95, "panel")
    section = change.changes(changed(portrait, interval=panel, paired=0, only_before=0, only_after=0, detectable=None))
    qtbot.addWidget(section)
    assert len(words_in(section)) == 3 and not any("İki dalgada da" in text for text in words_in(section))


def test_that_what_is_missing_says_why(qtbot, few: Portrait):
    for section in (
        explanations.strengths(few, nothing), explanations.next_steps(few, nothing), explanations.claims(few, nothing),
        explanations.by_size(few, nothing), change.changes(few), robustness.places(few),
        robustness.sensitivity(few), robustness.leaving_out(few, {}, nothing), scales.careless(few, {}, nothing),
    ):  # fmt: skip
        qtbot.addWidget(section)
        told = [text for text in words_in(section) if text.endswith(".")]
        assert told
        assert not any("(" in text for text in told)


def test_that_results_without_analysis_say_that_they_are_to_be_computed_again(qtbot, portrait: Portrait):
    bare = replace(portrait, results=replace(portrait.results, analysis=None))
    for section in (explanations.claims(bare, nothing), robustness.places(bare), scales.reliability(bare)):
        qtbot.addWidget(section)
        assert "Henüz hesaplanmadı; F5’e basın." in words_in(section)


FIRMS = [FirmScore(f"u{n}", f"F{n}", f"Firma {n:02}", "Konak", "10-24", 10, 50.0 + n) for n in range(12)]


def test_that_the_firms_open_their_rating_and_sort_by_index(qtbot):
    part = FirmsPart(10)
    bring(qtbot, part)
    part.show_firms(FIRMS)
    assert part.table is not None
    part.table.rows_model.sort(4)
    assert part.table.rows_model.rows[0] == FIRMS[0]
    part.table.select(lambda row: row.unit_id == "u3")
    with qtbot.waitSignal(part.opened) as opened:
        part.table.opened.emit(FIRMS[3])
    assert opened.args[0].unit_id == "u3"


def test_that_under_ten_firms_no_page_is_offered_and_the_reason_stands_there(qtbot):
    part = FirmsPart(10)
    qtbot.addWidget(part)
    part.show_firms(FIRMS[:9])
    assert any("10 firma gerekir, 9 firma var" in text for text in words_in(part))


def test_that_a_grid_gives_every_cell_the_room_it_needs(qtbot):
    long = "Üniversite ve AR-GE kuruluşları ile ilişki düzeyi"
    rows = [GridRow("a", (long, "1,60 %100", "2. Kategori")), GridRow("b", ("b", "1", "3. Kategori"))]
    wide, narrow = (FactGrid("Deneme", ("ad", "en az firma", "kategorisi"), rows) for _time in range(2))
    for grid, width in ((wide, 900), (narrow, 330)):
        qtbot.addWidget(grid)
        grid.resize(width, grid.height())
        grid.measure()
    assert narrow.height() > wide.height()
    assert wide.sentence(rows[0]) == f"{long}: en az firma 1,60 %100, kategorisi 2. Kategori"
