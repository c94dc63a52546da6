"""Two areas side by side: exact parts, both ways round."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from kume_desktop.gui.areas.compare import ComparePage, difference_of, difference_sentences, turned
from kume_desktop.gui.areas.pair_profile import PairProfile
from kume_desktop.gui.areas.portrait import Portrait
from kume_desktop.gui.areas.waterfall import Waterfall, falls
from kume_desktop.gui.routes import AreaRoute, CompareRoute
from kume_desktop.gui.window import Window
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import Method
from kume_desktop.services.studies import Study
from tests.gui.results.conftest import Show
from tests.gui.results.example import example, limits
from tests.gui.results.figures import area
from tests.gui.results.sight import words_on
from tests.gui.shell.stage import bring, press


def portraits(method: Method, *codes: str) -> list[Portrait]:
    made = example(method)
    return [Portrait(area(made, code), made, method) for code in codes]


def page_of(window: Window) -> ComparePage:
    assert isinstance(window.page, ComparePage)
    return window.page


def test_that_the_parts_lead_exactly_from_one_index_to_the_other():
    lines = falls("Meyve", 76.1, "Kimya", 71.4, [("a", -1.3), ("b", 4.0), ("c", 2.0)])
    assert [line.name for line in lines] == ["Kimya", "b", "c", "a", "Meyve"]
    assert [line.start for line in lines[1:4]] == pytest.approx([71.4, 75.4, 77.4])
    assert lines[3].end == pytest.approx(76.1)
    assert [line.figure for line in lines] == ["71,4", "+4,0", "+2,0", "−1,3", "76,1"]


def test_that_the_waterfall_is_walked_and_said(qtbot):
    waterfall = Waterfall(falls("Meyve", 76.1, "Kimya", 71.4, [("AR-GE", 4.7)]))
    waterfall.resize(900, waterfall.height())
    bring(qtbot, waterfall)
    waterfall.setFocus()
    said = [waterfall.spoken()]
    for key in ("Down", "Down", "Down"):
        press(waterfall, key)
        said.append(waterfall.spoken())
    assert said == ["Kimya: endeks 71,4", "AR-GE: +4,7 puan", "Meyve: endeks 76,1", "Meyve: endeks 76,1"]


def test_that_a_difference_is_the_same_from_the_other_side(method: Method):
    first, second = portraits(method, "meyve", "kimya")
    one, other = difference_of(first, second), difference_of(second, first)
    assert one is not None
    assert other is not None
    assert (other.points, other.interval.low, other.interval.high) == (
        -one.points, -(one.interval.high or 0), -(one.interval.low or 0),
    )  # fmt: skip
    assert [part.points for part in other.parts] == [-part.points for part in one.parts]
    assert turned(other) == one
    assert sum(part.points for part in one.parts) == pytest.approx(one.points)


def test_that_a_difference_says_whether_the_choice_of_firms_can_explain_it(method: Method):
    first, second = portraits(method, "meyve", "kimya")
    found = difference_of(first, second)
    assert found is not None
    assert difference_sentences(found) == (
        "Fark: +4,7 puan. Aralık −0,3 … +9,7 puan (%95).", "Bu fark yalnız firma seçiminden de gelebilir.",
    )  # fmt: skip
    sure = replace(found, interval=limits(0.2, 9.2))
    assert difference_sentences(sure)[1] == "Bu fark yalnız firma seçimiyle açıklanamaz."
    bare = replace(found, interval=Interval(None, None, 0.95, "few"))
    assert difference_sentences(bare)[1] == "10’dan az firma: aralık ve olasılık hesaplanmaz."


def test_that_both_profiles_are_said_with_their_difference(qtbot, method: Method):
    profile = PairProfile(*portraits(method, "meyve", "kimya"))
    qtbot.addWidget(profile)
    assert profile.sentence(profile.pairs[0]) == (
        "İç pazarda etkinlik düzeyi: İşlenmiş Meyve - Sebze 2,54, Kimya 2,40, fark +0,14"
    )


@pytest.mark.usefixtures("made")
def test_that_the_keys_swap_the_areas_and_open_the_first(show: Show, example_study: Study):
    with show(example_study, CompareRoute("meyve", "kimya")) as window:
        page = page_of(window)
        assert QApplication.focusWidget() is page.waterfall
        assert "Fark: +4,7 puan." in words_on(page)
        press(page, "X")
        assert "Fark: −4,7 puan." in words_on(page)
        assert page.here(CompareRoute()) == CompareRoute("kimya", "meyve")
        assert [picker.current for picker in page.pickers] == ["kimya", "meyve"]
        press(page, "Return")
        assert window.route == AreaRoute("kimya")


@pytest.mark.usefixtures("made")
def test_that_an_area_is_never_beside_itself(show: Show, example_study: Study):
    with show(example_study, CompareRoute("meyve", "kimya")) as window:
        page = page_of(window)
        page.pickers[0].picked.emit("kimya")
        assert page.here(CompareRoute()) == CompareRoute("kimya", "meyve")
        page.pickers[1].picked.emit("arac")
        assert page.here(CompareRoute()) == CompareRoute("kimya", "arac")


@pytest.mark.usefixtures("made")
def test_that_an_empty_route_shows_the_two_highest_areas(show: Show, example_study: Study):
    with show(example_study, CompareRoute()) as window:
        assert page_of(window).here(CompareRoute()) == CompareRoute("hava", "meyve")


@pytest.mark.usefixtures("made")
def test_that_needs_and_waves_stand_side_by_side(show: Show, example_study: Study):
    with show(example_study, CompareRoute("meyve", "kimya")) as window:
        said = words_on(window.page)
        assert "İhtiyaçlar yan yana" in said
        assert "2023: 71,0, şimdi 76,1; değişim +5,1 puan." in said
        assert "20 firma" in said
