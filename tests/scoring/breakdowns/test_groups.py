"""Scores by group: the figures of an area of its own, and nothing that tells what fewer than three firms said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.breakdowns.groups import groups
from kume_desktop.scoring.index import score_areas
from kume_desktop.scoring.inputs import Areas, Disposition, Firms, Levels, Needs
from kume_desktop.scoring.method import PANEL_ROUTE
from kume_desktop.scoring.needs import score_needs
from tests.scoring.rules import INDICATORS

AREA = Areas(("a",), ("a",), ("a",), np.array([60], dtype=np.int64))


def firms(sizes, districts=None, nace=None):
    n = len(sizes)
    nothing = np.full(n, np.nan)
    return Firms(
        tuple(f"F{k:03d}" for k in range(n)), ("",) * n, np.zeros(n, dtype=np.int64), tuple(sizes),
        tuple(districts or [""] * n), tuple(nace or [""] * n), ((),) * n, ("",) * n, (Disposition.COMPLETED,) * n,
        nothing, nothing,
    )  # fmt: skip


def levels(table):
    values = np.array(table, dtype=np.float64)
    ids = tuple(f"F{k:03d}" for k in range(len(values)))
    return Levels("firma", ids, np.zeros(len(values), dtype=np.int64), INDICATORS, values)


def needs(method, table):
    answers = np.array(table, dtype=np.int64)
    cells = tuple(cell.code for cell in method.needs.cells)
    ids = tuple(f"F{k:03d}" for k in range(len(answers)))
    return Needs(ids, np.zeros(len(answers), dtype=np.int64), cells, answers, np.zeros_like(answers))


def nobody(method):
    return needs(method, np.zeros((0, 10)))


def random_levels(n, seed=1):
    return np.random.default_rng(seed).integers(1, 6, (n, 10)).astype(float)


def by_what(found, by, group):
    return {score.what: score for score in found if (score.by, score.group) == (by, group)}


def test_that_a_group_has_the_figures_of_an_area_of_its_own(method):
    table = random_levels(24)
    table[3, 4] = np.nan
    sizes = ["mikro"] * 11 + ["orta"] * 13
    found = by_what(groups(AREA, levels(table), nobody(method), firms(sizes), method), "size_class", "mikro")
    (alone,) = score_areas(AREA, levels(table[:11]), method)
    assert found[""].mean == alone.score
    assert [found[one.code].mean for one in alone.indicators] == [one.mean for one in alone.indicators]
    assert (found["g5"].n, found["g6"].n) == (10, 11)
    assert found["g5"].inadequate_share is None


def test_that_need_cells_have_mean_and_share_of_the_group(method):
    answers = np.random.default_rng(2).integers(0, 6, (30, 10))
    sizes = ["kucuk"] * 14 + ["orta"] * 16
    given = needs(method, answers)
    found = by_what(groups(AREA, levels(np.zeros((0, 10))), given, firms(sizes), method), "size_class", "orta")
    alone, _ = score_needs(AREA, needs(method, answers[14:]), method)
    assert [(found[c.cell].n, found[c.cell].mean) for c in alone] == [(c.n, c.mean) for c in alone]
    assert [found[c.cell].inadequate_share for c in alone] == [c.inadequate_share for c in alone]


def test_that_nace_is_broken_down_by_division_however_it_is_written(method):
    nace = ["10.31.02"] * 4 + ["1032"] * 4 + ["28.25"] * 5 + [""] * 5
    found = groups(AREA, levels(random_levels(18)), nobody(method), firms(["x"] * 18, nace=nace), method)
    assert {score.by for score in found} == {"nace"}
    assert [score.group for score in found if score.what == ""] == ["10", "28", ""]
    assert by_what(found, "nace", "10")[""].n == 8


def test_that_a_breakdown_of_one_group_is_left_out(method):
    assert groups(AREA, levels(random_levels(12)), nobody(method), firms(["mikro"] * 12), method) == ()


def test_that_firms_that_nobody_issued_stand_in_the_unknown_group(method):
    found = groups(AREA, levels(random_levels(12)), nobody(method), firms(["mikro"] * 7), method)
    assert [(score.group, score.n) for score in found if score.what == ""] == [("mikro", 7), ("", 5)]


def test_that_few_firms_hide_their_group_and_another_in_every_figure(method):
    sizes = ["mikro"] * 10 + ["kucuk"] * 8 + ["buyuk"] * 2
    found = groups(AREA, levels(random_levels(20)), nobody(method), firms(sizes), method)
    states = {(score.group, score.suppressed) for score in found}
    assert {("buyuk", "few"), ("kucuk", "secondary")} <= states
    assert all(score.suppressed == "few" for score in found if score.group == "buyuk")
    hidden = [score for score in found if score.suppressed]
    assert all((s.n, s.mean, s.inadequate_share, s.indicative) == (None, None, None, False) for s in hidden)


def test_that_the_index_of_a_group_is_hidden_with_any_of_its_indicators(method):
    table = random_levels(26)
    table[:7, 2] = np.nan
    sizes = ["mikro"] * 9 + ["kucuk"] * 9 + ["orta"] * 8
    found = groups(AREA, levels(table), nobody(method), firms(sizes), method)
    mikro = by_what(found, "size_class", "mikro")
    assert (mikro["g3"].suppressed, mikro["g4"].suppressed, mikro[""].suppressed) == ("few", "", "secondary")
    hidden = {score.group for score in found if score.what == "g3" and score.suppressed}
    assert {score.group for score in found if score.what == "" and score.suppressed} == hidden
    assert len(hidden) == 2


def test_that_fewer_than_ten_firms_or_a_wide_interval_are_indicative(method):
    wide = np.array([[1.0] * 10, [5.0] * 10] * 5)
    table = np.vstack([random_levels(30), wide, random_levels(9, seed=4)])
    sizes = ["kucuk"] * 30 + ["mikro"] * 10 + ["orta"] * 9
    found = groups(AREA, levels(table), nobody(method), firms(sizes), method)
    marks = {score.group: score.indicative for score in found if score.what == ""}
    assert marks == {"kucuk": False, "mikro": True, "orta": True}


def test_that_a_panel_is_not_broken_down_but_needs_are(method):
    panel = replace(levels(np.full((1, 10), 2.0)), route=PANEL_ROUTE)
    answers = np.random.default_rng(3).integers(1, 6, (12, 10))
    found = groups(AREA, panel, needs(method, answers), firms(["mikro"] * 6 + ["orta"] * 6), method)
    assert {score.what for score in found} == {cell.code for cell in method.needs.cells}


def test_that_an_area_of_two_firms_shows_nothing(method):
    found = groups(AREA, levels(random_levels(2)), nobody(method), firms(["mikro", "orta"]), method)
    assert {score.suppressed for score in found} == {"few"}


def test_that_the_order_of_the_firms_does_not_matter(method):
    table, sizes = random_levels(25), [["mikro", "kucuk", "orta", "buyuk"][k % 4 if k < 20 else 0] for k in range(25)]
    order = np.random.default_rng(5).permutation(25)
    one = groups(AREA, levels(table), nobody(method), firms(sizes), method)
    given = levels(table)
    turned = replace(given, targets=tuple(given.targets[k] for k in order), levels=given.levels[order])
    assert groups(AREA, turned, nobody(method), firms(sizes), method) == one


def shown_sums(found, table, labels, codes):
    """What the published figures tell as sums over the F x K levels: totals of three firms, shown means, indices."""
    count, width = table.shape
    present = ~np.isnan(table)
    rows = [present * np.eye(width)[k] for k in range(width) if present[:, k].sum() >= 3]
    for score in found:
        members = np.array([label == score.group for label in labels[score.by]])[:, None] & present
        if score.suppressed or not members.any():
            continue
        if score.what:
            rows.append(members * np.eye(width)[codes.index(score.what)])
        else:
            rows.append(members / np.maximum(members.sum(axis=0), 1))
    return np.array([row.reshape(count * width) for row in rows])


patterns = st.integers(6, 12).flatmap(
    lambda n: st.tuples(
        st.lists(st.sampled_from(["mikro", "kucuk", "orta"]), min_size=n, max_size=n),
        st.lists(st.sampled_from(["Bornova", "Konak", "Urla"]), min_size=n, max_size=n),
    )
)


@given(labels=patterns, seed=st.integers(0, 5000), gaps=st.sampled_from([0.0, 0.1, 0.3]))
@settings(max_examples=40, deadline=None)
def test_that_no_hidden_mean_follows_from_indices_indicators_and_totals_together(labels, seed, gaps, method):
    sizes, districts = labels
    random = np.random.default_rng(seed)
    table = random.integers(1, 6, (len(sizes), 10)).astype(float)
    table[random.random(table.shape) < gaps] = np.nan
    found = groups(AREA, levels(table), nobody(method), firms(sizes, districts), method)
    by = {"size_class": sizes, "district": districts}
    rows = shown_sums(found, table, by, INDICATORS)
    rank = np.linalg.matrix_rank(rows)
    for score in found:
        members = np.array([label == score.group for label in by[score.by]])[:, None] & ~np.isnan(table)
        if score.suppressed and score.what and members[:, INDICATORS.index(score.what)].any():
            wanted = (members * np.eye(10)[INDICATORS.index(score.what)]).reshape(-1)
            assert np.linalg.matrix_rank(np.vstack([rows, wanted])) == rank + 1, score


@pytest.mark.parametrize("weights", [None, {f"F{k:03d}": 1 + k % 3 / 10 for k in range(20)}])
def test_that_weights_change_no_figure_only_what_is_hidden(weights, method):
    table, sizes = random_levels(20), ["mikro"] * 9 + ["kucuk"] * 6 + ["orta"] * 4 + ["buyuk"]
    plain = groups(AREA, levels(table), nobody(method), firms(sizes), method)
    found = groups(AREA, levels(table), nobody(method), firms(sizes), method, weights)
    both = [pair for pair in zip(plain, found, strict=True) if not any(score.suppressed for score in pair)]
    assert both
    assert all(one == other for one, other in both)
