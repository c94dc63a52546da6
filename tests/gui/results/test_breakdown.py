"""What stands under the matrix and at the end of the results page: break-downs, experts, what was not counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from kume_desktop.gui.results.breakdown import Breakdown
from kume_desktop.gui.results.expert_needs import ExpertNeeds
from kume_desktop.gui.results.left_out import MOST, REASONS, LeftOutPart, why
from kume_desktop.gui.results.page import ResultsPage
from kume_desktop.gui.routes import ResultsRoute
from kume_desktop.scoring.analysis import GroupScore
from kume_desktop.scoring.method import Method
from kume_desktop.services import results
from kume_desktop.services.studies import Study
from tests.gui.results.conftest import Show
from tests.gui.results.example import analysis, example
from tests.gui.results.figures import area, kept, results_of, scored
from tests.gui.results.sight import words_on
from tests.gui.shell.stage import press


def words_in(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def test_that_a_break_down_shows_cells_and_indicators_with_suppression(qtbot, method: Method):
    made = example(method)
    part = Breakdown(area(made, "meyve"), made, method, "size_class")
    qtbot.addWidget(part)
    grid = part.grids[0]
    rows = {row.key: row.cells for row in grid.rows}
    assert len(rows) == 21
    assert rows["uretim_insan"] == ("Üretim, İnsan Kaynağı", "2,10 %40", "2,40 %40", "gizli¹", "gizli²")
    assert rows[""][0] == "Endeks"
    assert "² Gizlilik: başka hücrelerden hesaplanabileceği için gösterilmedi." in words_in(part)


def test_that_many_groups_stand_in_several_blocks_in_turkish_order(qtbot, method: Method):
    names = ("Çiğli", "Konak", "Bornova", "Ödemiş", "Urla", "Tire", "Şirinyer", "")
    groups = tuple(GroupScore("meyve", "district", name, "", 5, 60.0, None, "", indicative=True) for name in names)
    made = replace(example(method), analysis=replace(analysis(method), groups=groups))
    part = Breakdown(area(made, "meyve"), made, method, "district")
    qtbot.addWidget(part)
    heads = [head.split("\n")[0] for grid in part.grids for head in grid.heads[1:]]
    assert heads == ["Bornova", "Çiğli", "Konak", "Ödemiş", "Şirinyer", "Tire", "Urla", "bilinmiyor"]
    assert [len(grid.heads) - 1 for grid in part.grids] == [6, 2]
    assert part.grids[0].heads[1] == "Bornova\nn 5"


def test_that_a_break_down_without_groups_says_why(qtbot, method: Method):
    made = example(method)
    bare = results_of(made.areas)
    for found, told in ((made, "Alanın bütün firmaları tek grupta."), (bare, "Henüz hesaplanmadı; F5’e basın.")):
        part = Breakdown(area(found, "kimya"), found, method, "nace")
        qtbot.addWidget(part)
        assert told in words_in(part)


@pytest.mark.parametrize("code", list(REASONS))
def test_that_every_reason_for_not_counting_has_words(code: str):
    assert why(code) != code


def test_that_what_was_not_counted_is_named_with_its_reason(qtbot, method: Method):
    found = [
        {"firm": "F-001", "what": "g3", "reason": "raters-differ"},
        {"firm": "F-002", "what": "kumelenme_duzeyi", "reason": "several-interviews"},
        {"firm": "F-003", "what": "x", "reason": "new-reason"},
    ]
    part = LeftOutPart(found, method, {"F-001": "Şişli Konserve"})
    qtbot.addWidget(part)
    assert part.grid is not None
    assert [row.cells for row in part.grid.rows] == [
        ("Şişli Konserve", "Kalite yönetim sistemi sertifikasyon düzeyi", "puanlayıcılar ayrıldı, henüz uzlaşmadı"),
        ("F-002", "kumelenme_duzeyi", "tamamlanmış birden çok görüşme, seçilen yok"),
        ("F-003", "x", "new-reason"),
    ]


def test_that_a_long_list_says_how_many_more_there_are(qtbot, method: Method):
    found = [{"firm": f"F-{n}", "what": "g1", "reason": "conflict"} for n in range(MOST + 4)]
    part, nothing = LeftOutPart(found, method, {}), LeftOutPart([], method, {})
    for one in (part, nothing):
        qtbot.addWidget(one)
    assert part.grid is not None
    assert len(part.grid.rows) == MOST
    assert "ve 4 tane daha; tam liste denetim baskısında" in words_in(part)
    assert "Tamamlananların hepsi hesapta." in words_in(nothing)


def test_that_experts_stand_beside_the_firms_and_two_firms_stay_hidden(qtbot, method: Method):
    made = example(method)
    own = [replace(one, n=2) if one.cell == "uretim_insan" else one for one in made.needs if one.area == "meyve"]
    expert = tuple(replace(one, mean=3.0, n=4) for one in made.needs if one.area == "meyve")
    part = ExpertNeeds(area(made, "meyve"), replace(made, needs=tuple(own), expert_needs=expert), method)
    qtbot.addWidget(part)
    rows = {row.key: row.cells for row in part.grid.rows}
    assert rows["uretim_finansman"] == ("Üretim, Finansman Kaynağı", "1,76", "37", "3,00", "4", "+1,24")
    assert rows["uretim_insan"] == ("Üretim, İnsan Kaynağı", "n < 3", "2", "3,00", "4", "–")


def test_that_k_breaks_down_and_the_list_of_what_was_not_counted_follows(qtbot, show: Show, study: Study):
    method = results.method(study)
    made = scored(method, {"kimya": [[4] * 10] * 12}, {"kimya": [[2] * 10] * 12})
    groups = tuple(
        GroupScore("kimya", "size_class", size, "uretim_insan", 6, 2.0, 1.0, "", indicative=True)
        for size in ("10-24", "1-9")
    )
    kept(study, replace(made, analysis=replace(made.analysis or analysis(method), groups=groups)))
    with show(study, ResultsRoute("kimya")) as window:
        page = window.page
        assert isinstance(page, ResultsPage)
        assert any(action.key == "K" for action in page.actions_here())
        page.kinds.picked.emit("size_class")
        assert page.shown is not None
        assert page.shown.breakdown is None
        page.kinds.set_current("size_class")
        page.kinds.picked.emit("size_class")
        assert page.shown.breakdown is not None
        assert page.shown.breakdown.grids[0].heads == ("", "1–9\nn 6", "10–24\nn 6")
        qtbot.waitUntil(lambda: "Hesaba katılmayanlar" in words_on(page), timeout=10_000)
        press(page, "Ctrl+PgDown")
        assert page.area is not None
        assert page.area.code == "lojistik"
