"""The level profile: dots, rings, and the scale of the route."""

from __future__ import annotations

import pytest

from kume_desktop.gui.results.profile import LevelProfile, lines_of, scale_of
from kume_desktop.scoring.method import FIRM_ROUTE, PANEL_ROUTE, Method
from tests.gui.results.figures import area, scored
from tests.gui.shell.stage import bring, press

FIVES, TWOS = [[5] * 10] * 3, [[2] * 10] * 4


def test_that_the_ring_is_the_unweighted_mean_of_the_areas(method: Method):
    made = scored(method, {"kimya": FIVES, "lojistik": TWOS})
    line = lines_of(area(made, "kimya"), made, method)[0]
    assert (line.mean, line.overall, line.published, line.n) == (5.0, 3.5, 3, 3)


def test_that_names_begin_with_a_turkish_capital_and_keep_their_headings(method: Method):
    made = scored(method, {"kimya": FIVES})
    lines = lines_of(area(made, "kimya"), made, method)
    assert [line.name for line in lines][:2] == ["İç pazarda etkinlik düzeyi", "Dış pazarda etkinlik düzeyi"]
    assert [line.heading for line in lines].count("Üretim Etkinliği") == 3
    assert len(lines) == 10


def test_that_an_indicator_of_two_firms_is_not_shown_and_does_not_move_the_ring(method: Method):
    made = scored(method, {"kimya": [[5] * 10, [5] * 10, [None] + [5] * 9], "lojistik": [[1] * 10] * 2})
    first, second = lines_of(area(made, "kimya"), made, method)[:2]
    assert (first.n, first.mean, first.published) == (2, None, None)
    assert (second.n, second.mean, second.overall) == (3, 5.0, 5.0)


@pytest.mark.parametrize(("route", "scale"), [(FIRM_ROUTE, (1, 5)), (PANEL_ROUTE, (1, 3))])
def test_that_each_route_has_its_own_scale(method: Method, route: str, scale: tuple[int, int]):
    assert scale_of(route, method) == scale


def test_that_one_panel_score_is_shown(method: Method):
    made = scored(method, {"kimya": [[3] * 10]}, route=PANEL_ROUTE)
    line = lines_of(area(made, "kimya"), made, method)[0]
    assert (line.n, line.mean, line.published) == (1, 3.0, 3)


def test_that_up_and_down_walk_the_indicators(qtbot, method: Method):
    made = scored(method, {"kimya": FIVES, "lojistik": TWOS})
    profile = LevelProfile((1, 5), 3)
    profile.resize(1094, 300)
    profile.show_lines(lines_of(area(made, "kimya"), made, method))
    bring(qtbot, profile)
    profile.setFocus()
    walked = []
    profile.line_changed.connect(lambda line: walked.append(line.code))
    for key in ("Down", "Up", "Up", "End", "Home"):
        press(profile, key)
    assert walked == ["g2", "g1", "g1", "g10", "g1"]


def test_that_a_line_is_said_with_every_figure(qtbot, method: Method):
    made = scored(method, {"kimya": FIVES, "lojistik": TWOS})
    profile = LevelProfile((1, 5), 3)
    qtbot.addWidget(profile)
    line = lines_of(area(made, "kimya"), made, method)[0]
    assert profile.sentence(line) == (
        "İç pazarda etkinlik düzeyi: ortalama 5,00, n 3, yayın 3 üzerinden 3, alanların ortalaması 3,50"
    )


def test_that_long_names_get_a_second_line_where_the_room_is_narrow(qtbot, method: Method):
    made = scored(method, {"kimya": FIVES})
    lines = lines_of(area(made, "kimya"), made, method)
    heights = []
    for width in (1094, 640):
        profile = LevelProfile((1, 5), 3)
        qtbot.addWidget(profile)
        profile.resize(width, 300)
        profile.show_lines(lines)
        heights.append(profile.height())
    assert heights[1] > heights[0]
