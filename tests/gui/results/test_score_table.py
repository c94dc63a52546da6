"""The scorecard: order, intervals, badges, doubts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.figures.verdict import by_index, verdict_of
from kume_desktop.gui.results.score_row import below_index
from kume_desktop.gui.results.score_table import ScoreTable
from kume_desktop.scoring.analysis import AreaUncertainty
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import PANEL_ROUTE, Method
from kume_desktop.scoring.results import AreaScore, Results
from tests.gui.results.example import analysis, example, limits
from tests.gui.results.figures import results_of, score_of
from tests.gui.shell.stage import bring, press

LIMITS = limits(70.7, 80.1)
HIGH = score_of(
    code="hava", name_tr="Endüstriyel Havalandırma, İklimlendirme ve Soğutma", score=85.0, category=1, interval=LIMITS
)
FRUIT = score_of(interval=LIMITS)
CERTAIN = score_of(code="kesin", published_category=2, interval=LIMITS)
FEW = score_of(code="az", name_tr="Az", score=60.0, published_category=2, scored=7, few_indicators=True)
TWO = score_of(code="iki", name_tr="İki Firma", n=2, score=99.0, category=1)
NONE = score_of(code="hic", name_tr="Hiç", n=0, scored=0, score=None, category=None, published_category=None)


def inks(widget: QWidget) -> set[str]:
    picture = widget.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


def of(method: Method, *areas: AreaScore, chance: float = 0.9) -> Results:
    """Results with these areas, each in its category with this probability."""
    found = tuple(
        AreaUncertainty(
            area.code, 2.3, tuple(chance if place == area.category else (1 - chance) / 2 for place in (1, 2, 3)), (),
            LIMITS, None, None, None,
        )
        for area in areas
    )  # fmt: skip
    return results_of(areas, replace(analysis(method), uncertainty=found))


def test_that_areas_stand_by_index_and_what_is_not_shown_stands_last():
    order = [area.code for area in by_index([NONE, TWO, FEW, FRUIT, HIGH])]
    assert order == ["hava", "meyve", "az", "hic", "iki"]


@pytest.mark.parametrize(("chance", "certain", "share"), [(0.8, True, "%80"), (0.7999, False, "%79,9")])
def test_that_a_badge_is_certain_from_eight_in_ten_on(method: Method, chance: float, certain: bool, share: str):
    verdict = verdict_of(CERTAIN, of(method, CERTAIN, chance=chance), method)
    assert verdict.certain is certain
    assert verdict.doubt == ("" if certain else "Sınıra yakın – kategori kesin değil")
    assert verdict.share == share


def test_that_statistics_that_disagree_make_a_badge_uncertain_whatever_the_probability(method: Method):
    verdict = verdict_of(FRUIT, of(method, FRUIT, chance=0.99), method)
    assert (verdict.certain, verdict.doubt) == (False, "Yuvarlama kategoriyi değiştiriyor")


def test_that_few_indicators_and_few_firms_make_a_badge_uncertain(method: Method):
    made = of(method, FEW, chance=0.99)
    assert verdict_of(FEW, made, method).doubt == "7/10 gösterge"
    seven = score_of(n=7, published_category=2, interval=Interval(None, None, 0.95, "few"))
    verdict = verdict_of(seven, results_of([seven]), method)
    assert (verdict.certain, verdict.share, verdict.doubt) == (False, "", "n < 10, olasılık hesaplanmaz")


def test_that_nearly_every_choice_is_not_called_every_choice(method: Method):
    assert verdict_of(CERTAIN, of(method, CERTAIN, chance=1.0), method).share == "> %99"


def test_that_a_category_of_a_panel_is_no_certain_one_and_one_of_a_census_is(method: Method):
    panel = replace(CERTAIN, route=PANEL_ROUTE, interval=Interval(None, None, 0.95, "panel"))
    census = replace(CERTAIN, n=58, interval=Interval(76.06, 76.06, 0.95, "", "census"))
    by_census, by_panel = (verdict_of(area, of(method, area), method) for area in (census, panel))
    assert (by_census.certain, by_census.doubt) == (True, "")
    assert (by_panel.certain, by_panel.doubt) == (False, "panel yolu, olasılık hesaplanmaz")
    assert by_panel.by_route_alone
    rounded = replace(panel, published_category=1, published_index=83)
    assert not verdict_of(rounded, of(method, rounded), method).by_route_alone
    assert (below_index(panel), below_index(census), below_index(CERTAIN)) == ("", "tam sayım", "71–80")
    assert below_index(score_of(interval=Interval(None, None, 0.95, "few"))) == "aralık yok"


def test_that_a_row_is_said_with_every_figure(qtbot, method: Method):
    table = ScoreTable(of(method, FRUIT, TWO, NONE, chance=0.77), method)
    qtbot.addWidget(table)
    assert table.sentence(FRUIT) == (
        "İşlenmiş Meyve - Sebze: endeks 76,1, aralık 71–80, n / N 22 / 58, yayın 83, 2. Kategori – Gelişmekte olan "
        "yoğunlaşma, olasılık %77, Yuvarlama kategoriyi değiştiriyor"
    )
    assert table.sentence(TWO) == "İki Firma: Gizlilik: 3'ten az firma."
    assert table.sentence(NONE) == "Hiç: Bu alanda puanlanmış firma yok."


def test_that_the_keys_walk_the_areas_and_enter_opens_one(qtbot, method: Method):
    table = ScoreTable(of(method, FRUIT, HIGH, FEW), method)
    table.resize(1094, 400)
    bring(qtbot, table)
    table.setFocus()
    walked = []
    table.area_changed.connect(lambda area: walked.append(area.code))
    for key in ("Down", "Down", "Down", "Up", "Home", "End"):
        press(table, key)
    assert walked == ["meyve", "az", "az", "meyve", "hava", "az"]
    with qtbot.waitSignal(table.area_opened) as opened:
        press(table, "Return")
    assert opened.args[0].code == "az"


def test_that_a_certain_badge_is_filled_and_an_uncertain_one_is_not(qtbot, method: Method):
    fill = theme.category(2)[0].name()
    certain, uncertain = (ScoreTable(of(method, CERTAIN, chance=chance), method) for chance in (0.9, 0.7))
    for table in (certain, uncertain):
        qtbot.addWidget(table)
        table.resize(1094, table.height())
    assert fill in inks(certain)
    assert fill not in inks(uncertain)
    assert theme.code(theme.Tone.WARN).lower() in inks(uncertain)


def accent_at_the_right(table: ScoreTable) -> int:
    """The accent pixels of the second row, right of the names."""
    picture, accent = table.grab().toImage(), theme.code(theme.Tone.ACCENT).lower()
    down = range(picture.height() // 2, picture.height() - 30)
    return sum(picture.pixelColor(x, y).name() == accent for x in range(560, 1094) for y in down)


def test_that_an_area_of_two_firms_has_neither_dot_nor_badge(qtbot, method: Method):
    found = []
    for second in (replace(HIGH, code="zzz", score=84.0), TWO):
        table = ScoreTable(of(method, HIGH, second), method)
        qtbot.addWidget(table)
        table.resize(1094, table.height())
        found.append(accent_at_the_right(table))
    assert found[0] > 100
    assert found[1] == 0


def test_that_an_interval_is_a_line_with_caps_and_goes_where_there_is_none(qtbot, method: Method):
    bare = replace(FRUIT, interval=Interval(None, None, 0.95, "few"))
    tables = [ScoreTable(of(method, HIGH, second), method) for second in (FRUIT, bare)]
    for table in tables:
        qtbot.addWidget(table)
        table.resize(1094, table.height())
    assert accent_at_the_right(tables[0]) > accent_at_the_right(tables[1]) + 50


@pytest.mark.parametrize("width", [760, 900, 1094])
def test_that_the_longest_name_gets_the_lines_it_needs(qtbot, method: Method, width: int):
    short, long = (ScoreTable(of(method, area), method) for area in (CERTAIN, HIGH))
    for table in (short, long):
        qtbot.addWidget(table)
        table.resize(width, table.height())
    assert long.height() > short.height() or width == 1094


def test_that_the_example_stands_in_its_order_with_its_doubts(qtbot, method: Method):
    table = ScoreTable(example(method), method)
    qtbot.addWidget(table)
    assert [table.verdict(area).doubt for area in table.areas] == [
        "", "Yuvarlama kategoriyi değiştiriyor", "", "", "Sınıra yakın – kategori kesin değil",
        "n < 10, olasılık hesaplanmaz",
    ]  # fmt: skip
