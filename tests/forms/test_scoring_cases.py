"""The cases of both forms that lie above the form: collapse, published index, what a reserve answer leaves out."""

from __future__ import annotations

import numpy as np

from kume_desktop.scoring.index import score_areas
from kume_desktop.scoring.inputs import Areas, Levels, Needs
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.needs import RESERVES, score_needs
from kume_desktop.scoring.results import AreaScore, NeedScore
from tests.forms.books import CLUSTERING, NEEDS
from tests.forms.conversation import instrument
from tests.forms.wanted import CELLS

CODES = tuple(f"g{number}" for number in range(1, 11))


def method(preset: str = "izka2010") -> Method:
    rows = (*instrument(CLUSTERING).indices, *instrument(NEEDS).indices)
    return Method.from_rows(rows, instrument(CLUSTERING).indicators, preset)


def score(levels: list[list[float]], route: str = "firma") -> AreaScore:
    areas = Areas(("a",), ("A",), ("A",), np.array([-1]))
    firms = tuple(f"f{number}" for number in range(len(levels)))
    found = score_areas(
        areas, Levels(route, firms, np.zeros(len(levels), int), CODES, np.array(levels, float)), method()
    )
    return found[0]


def test_that_levels_two_two_and_four_collapse_to_a_mean_of_five_thirds() -> None:
    nothing = [float("nan")] * 9
    indicator = score([[2, *nothing], [2, *nothing], [4, *nothing]]).indicators[0]
    assert indicator.mean is not None
    assert abs(indicator.mean - 5 / 3) < 1e-12
    assert indicator.published == 2


def test_that_an_area_of_ten_threes_is_sixty_seven() -> None:
    area = score([[3.0] * 10])
    assert (area.published_sum, area.published_max, area.published_index) == (20, 30, 67)


def test_that_the_six_published_indices_follow_from_their_sums() -> None:
    wanted = {29: (97, 1), 25: (83, 1), 22: (73, 2), 18: (60, 2), 15: (50, 3), 14: (47, 3)}
    for total, (index, category) in wanted.items():
        base, rest = divmod(total, 10)
        area = score([[float(base + (place < rest)) for place in range(10)]], route="panel")
        assert (area.published_index, area.published_category) == (index, category)


def cells(*firms: list[str]) -> dict[str, NeedScore]:
    """The needs matrix of firms that gave these ten answers."""
    rules = method()
    codes = tuple(cell.code for cell in rules.needs.cells)
    answers = [[int(answer) if answer.isdigit() else 0 for answer in firm] for firm in firms]
    reserve = [[RESERVES.get(answer, 0) for answer in firm] for firm in firms]
    names = tuple(f"f{number}" for number in range(len(firms)))
    needs = Needs(names, np.zeros(len(firms), int), codes, np.array(answers), np.array(reserve))
    return {found.cell: found for found in score_needs(Areas(("a",), ("A",), ("A",), np.array([-1])), needs, rules)[0]}


def test_that_ten_fours_leave_nobody_inadequate() -> None:
    found = cells(["4"] * 10)
    assert list(found) == list(CELLS)
    assert {(cell.mean, cell.inadequate_share, cell.is_need) for cell in found.values()} == {(4.0, 0.0, False)}


def test_that_not_applicable_lowers_n_and_leaves_the_mean() -> None:
    firms = [["2"] * 10, ["4"] * 10]
    without = cells(*firms)["uretim_duran_varlik"]
    third = ["na" if cell == "uretim_duran_varlik" else "3" for cell in CELLS]
    found = cells(*firms, third)
    assert (found["uretim_duran_varlik"].n, found["uretim_duran_varlik"].mean) == (2, without.mean)
    assert found["uretim_duran_varlik"].not_applicable == 1
    assert found["uretim_insan"].n == 3


def test_that_the_rules_of_the_needs_sheet_reach_the_method() -> None:
    needs = method().needs
    assert (needs.need_below, needs.critical_mean, needs.critical_share) == (3.0, 2.6, 0.5)
    assert needs.bands == (1.8, 2.6, 3.4, 4.2)


def test_that_the_optional_preset_has_five_levels_and_the_same_thirds() -> None:
    five = method("bes_duzey")
    assert (five.scale_min, five.scale_max) == (1, 5)
    assert [round(cut, 1) for cut in five.cut_points] == [73.3, 46.7]
    assert [round(cut, 1) for cut in method().cut_points] == [77.8, 55.6]
