"""The heat map: numbers, keys, and what it keeps to itself."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from kume_desktop.gui import dressing, theme
from kume_desktop.gui.results.matrix import NeedsMatrix
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import Method
from tests.gui.results.figures import need_of, scored
from tests.gui.shell.stage import bring, press

LOW_AND_HIGH = [[1, 2, 3, 4, 5, 5, 4, 3, 2, 1]] * 4
UNEVEN = [*LOW_AND_HIGH, [0, 2, 3, 4, 5, 5, 4, 3, 2, 1]]


def shown(method: Method, answers: list[list[int]], width: int = 1094) -> NeedsMatrix:
    made = scored(method, {}, {"kimya": answers})
    matrix = NeedsMatrix(method)
    matrix.resize(width, matrix.height())
    margins = next(one for one in made.margins if one.area == "kimya")
    matrix.show_area([need for need in made.needs if need.area == "kimya"], margins)
    return matrix


def colours(widget: QWidget) -> set[str]:
    picture = widget.grab().toImage()
    across, down = range(0, picture.width(), 3), range(0, picture.height(), 3)
    return {picture.pixelColor(x, y).name() for x in across for y in down}


def test_that_the_arrows_walk_the_cells_and_stop_at_the_edges(qtbot, method: Method):
    matrix = shown(method, LOW_AND_HIGH)
    bring(qtbot, matrix)
    matrix.setFocus()
    walked = []
    matrix.cell_changed.connect(lambda need: walked.append(need.cell))
    for key in ("Right", "Down", "Down", "Left", "Left", "Up", "End", "Home"):
        press(matrix, key)
    assert walked == [
        "uretim_finansman", "pazarlama_finansman", "pazarlama_finansman", "pazarlama_insan", "pazarlama_insan",
        "uretim_insan", "uretim_iliski", "uretim_insan",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["Return", "Enter"])
def test_that_enter_opens_the_cell(qtbot, method: Method, key: str):
    matrix = shown(method, LOW_AND_HIGH)
    bring(qtbot, matrix)
    matrix.setFocus()
    matrix.select("pazarlama", "bilgi")
    with qtbot.waitSignal(matrix.cell_opened) as opened:
        press(matrix, key)
    assert opened.args[0].cell == "pazarlama_bilgi"


@pytest.mark.parametrize("scheme", list(theme.Scheme))
def test_that_every_band_wears_its_colour_in_both_themes(qtbot, qapp, method: Method, scheme: theme.Scheme):
    dressing.put_on(qapp, theme.Look(scheme=scheme, motion=False))
    matrix = shown(method, LOW_AND_HIGH)
    qtbot.addWidget(matrix)
    assert {theme.adequacy(band)[0].name() for band in range(1, 6)} <= colours(matrix)


def test_that_n_stands_in_the_cells_only_where_it_differs(qtbot, method: Method):
    even, uneven = shown(method, LOW_AND_HIGH), shown(method, UNEVEN)
    qtbot.addWidget(even)
    qtbot.addWidget(uneven)
    first = [matrix.lines(matrix.cells[2], 300)[-1] for matrix in (even, uneven)]
    assert (even.same_n, uneven.same_n) == (4, None)
    assert ["n 5" in one for one in first] == [False, True]


def test_that_figures_go_under_each_other_where_the_cell_is_narrow(qtbot, method: Method):
    wide, narrow = shown(method, UNEVEN), shown(method, UNEVEN, 660)
    qtbot.addWidget(wide)
    qtbot.addWidget(narrow)
    need = wide.cells[0]
    assert len(narrow.lines(need, 60)) > len(wide.lines(need, 300))
    assert narrow.height() > wide.height()


def test_that_a_cell_prints_its_interval_and_how_sure_it_is_critical(qtbot, method: Method):
    matrix = shown(method, LOW_AND_HIGH)
    qtbot.addWidget(matrix)
    cell = need_of(interval=Interval(2.02, 2.81, 0.95, ""), is_critical=True, critical_sure=False)
    assert matrix.lines(cell, 90) == ("2,02–2,81", "%58 yetersiz", "olası")


def test_that_every_answer_colours_its_share_of_the_bar_in_its_cell(qtbot, method: Method):
    matrix = shown(method, [[3] * 10, [3] * 10, [1] + [3] * 9, [5] + [3] * 9])
    qtbot.addWidget(matrix)
    box = matrix.box(0, 0)
    picture = matrix.grab(box.toRect()).toImage()
    inks = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert {theme.adequacy(answer)[0].name() for answer in (1, 3, 5)} <= inks


def test_that_cells_of_one_or_two_firms_show_no_colour_and_no_margin_gives_them_away(qtbot, method: Method):
    answers = [[1] + [3] * 9, [1] + [3] * 9, [0] + [3] * 9]
    matrix = shown(method, answers)
    qtbot.addWidget(matrix)
    assert matrix.cells[0].n == 2
    assert theme.adequacy(1)[0].name() not in {
        matrix.grab().toImage().pixelColor(x, 60).name() for x in range(matrix.width() // 8, matrix.width() // 4)
    }
    assert matrix.margin(2.6, function="uretim") == matrix.margin(2.6, resource="insan") == matrix.margin(2.6) == "–"
    assert matrix.margin(3.0, function="pazarlama") == matrix.margin(3.0, resource="bilgi") == "3,00"


def test_that_no_head_is_cut_at_any_width(qtbot, method: Method):
    for width in (640, 740, 960, 1094):
        matrix = shown(method, LOW_AND_HIGH, width)
        qtbot.addWidget(matrix)
        assert matrix.height() >= matrix.minimumSizeHint().height()
        assert matrix.minimumSizeHint().width() <= 640
