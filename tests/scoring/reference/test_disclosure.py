"""An attacker who knows in which groups every firm stands works out what the break-downs do not show, by fractions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest

from kume_desktop.scoring.analysis import GroupScore
from kume_desktop.scoring.breakdowns.groups import groups
from kume_desktop.scoring.index import scaled_levels
from kume_desktop.scoring.inputs import Firms, Levels, Needs
from tests.scoring.response.firms import firms as issued

Vector = list[Fraction]
BY = ("size_class", "district", "nace")


class Known:
    """Sums over firms that are known, reduced so that whatever follows from them can be seen."""

    def __init__(self, sums: Sequence[Sequence[int]]) -> None:
        self.rows: list[tuple[int, Vector]] = []
        for one in sums:
            rest = self.left([Fraction(v) for v in one])
            lead = next((at for at, v in enumerate(rest) if v), None)
            if lead is not None:
                own = [v / rest[lead] for v in rest]
                self.rows = [(at, [a - row[lead] * b for a, b in zip(row, own, strict=True)]) for at, row in self.rows]
                self.rows.append((lead, own))

    def left(self, sums: Vector) -> Vector:
        """What is not known of a sum; all 0 where it is known."""
        for lead, row in self.rows:
            much = sums[lead]
            sums = [a - much * b for a, b in zip(sums, row, strict=True)]
        return sums

    def told(self, size: int) -> list[tuple[int, ...]]:
        """Every firm, and every two firms, whose value or weighted sum follows."""
        rests = [self.left([Fraction(at == firm) for at in range(size)]) for firm in range(size)]
        single = [(firm,) for firm, rest in enumerate(rests) if not any(rest)]
        open_ = [firm for firm in range(size) if (firm,) not in single]
        return [*single, *((a, b) for a, b in combinations(open_, 2) if _are_parallel(rests[a], rests[b]))]


def _are_parallel(a: Vector, b: Vector) -> bool:
    lead = next(at for at, v in enumerate(a) if v)
    return bool(b[lead]) and all(x * b[lead] == y * a[lead] for x, y in zip(a, b, strict=True))


def a_study(seed: int, method, levels, needs) -> tuple[Levels, Needs, Firms, dict[str, float] | None]:
    """A small area with gaps, one to four groups in each break-down, and in a third of the studies weights."""
    random = np.random.default_rng(seed)
    n = int(random.integers(3, 15))
    given = random.integers(1, 6, (n, 10)).astype(float)
    given[random.random((n, 10)) < random.choice([0.0, 0.2, 0.5])] = np.nan
    asked = np.where(random.random((n, 10)) < 0.2, 0, random.integers(1, 6, (n, 10)))
    labels = [random.integers(0, random.integers(1, 5), n) for _ in BY]
    firms = replace(
        issued([(0, f"s{place}", "completed") for place in labels[0]], [f"d{place}" for place in labels[1]]),
        nace=tuple(f"1{place}.20" for place in labels[2]),
    )
    own = dict(zip(firms.ids, random.choice([0.5, 1.0, 2.0], n).tolist(), strict=True)) if seed % 3 == 0 else None
    return levels([(0, row) for row in given]), needs([(0, row.tolist()) for row in asked]), firms, own


def figures(given: Levels, asked: Needs, method) -> Iterator[tuple[str, np.ndarray]]:
    yield from zip(given.indicators, scaled_levels(given, method).T, strict=True)
    yield from zip(asked.cells, np.where(asked.answers > 0, asked.answers, np.nan).T, strict=True)


def groups_of(firms: Firms) -> dict[str, list[str]]:
    return {"size_class": list(firms.size_class), "district": list(firms.district), "nace": [n[:2] for n in firms.nace]}


@pytest.mark.parametrize("seed", range(60))
def test_that_no_firm_and_no_two_firms_follow_from_totals_and_shown_groups(seed, method, areas, levels, needs):
    given, asked, firms, own = a_study(seed, method, levels, needs)
    found = groups(areas("a"), given, asked, firms, method, own)
    member = groups_of(firms)
    for what, values in figures(given, asked, method):
        there = np.flatnonzero(~np.isnan(values))
        if len(there) < 3:
            continue
        shown = [one for one in found if one.what == what and not one.suppressed and one.n]
        sums = [[int(member[one.by][firm] == one.group) for firm in there] for one in shown]
        for one, row in zip(shown, sums, strict=True):
            assert one.n == sum(row)
            assert one.mean == pytest.approx(values[there][np.array(row, dtype=bool)].mean(), abs=1e-12)
        assert Known([[1] * len(there), *sums]).told(len(there)) == []


@pytest.mark.parametrize("seed", range(60))
def test_that_an_index_is_shown_only_where_all_of_its_indicators_are(seed, method, areas, levels, needs):
    given, asked, firms, own = a_study(seed, method, levels, needs)
    found = groups(areas("a"), given, asked, firms, method, own)
    state = {(one.by, one.group, one.what): one.suppressed for one in found}
    for one in found:
        if one.what == "" and not one.suppressed:
            assert {state[one.by, one.group, code] for code in given.indicators} == {""}
        if one.suppressed:
            assert (one.n, one.mean, one.inadequate_share) == (None, None, None)


@pytest.mark.parametrize("seed", range(60))
def test_that_the_numbers_of_hidden_groups_of_one_table_stay_in_doubt(seed, method, areas, levels, needs):
    """`few` means 1 or 2 firms, `secondary` at least 3: where anything is shown, more than one solution is left."""
    given, asked, firms, own = a_study(seed, method, levels, needs)
    found = groups(areas("a"), given, asked, firms, method, own)
    for (what, values), by in product(figures(given, asked, method), BY):
        there = np.flatnonzero(~np.isnan(values))
        table = [one for one in found if one.by == by and one.what == what]
        hidden = [one for one in table if one.suppressed]
        shown = [one for one in table if one.n]
        left = len(there) - sum(one.n or 0 for one in shown)
        if len(there) >= 3 and hidden and shown and left:
            assert len(_ways(hidden, left)) > 1


def ends(values: np.ndarray, together: set[int]) -> bool:
    """Whether all of some firms stand at one end of what the published distribution and the share of 1-2 allow."""
    own = {float(values[firm]) for firm in together}
    if len(own) != 1 or len(set(values.tolist())) == 1:
        return False
    (value,) = own
    alike = [v for v in values.tolist() if (v <= 2) == (value <= 2)]
    return value in {values.min(), values.max()} or (values.max() > 3 and value in {min(alike), max(alike)})


def fixed(values: np.ndarray, sums: Sequence[Sequence[int]]) -> set[int]:
    """The firms whose value follows because three or more of them, in a known sum, stand together at an end."""
    known: set[int] = set()
    for _ in values:
        for row in sums:
            whole = {firm for firm, is_in in enumerate(row) if is_in}
            if ends(values, whole) and len(whole) >= 3:
                known |= whole
            elif len(whole - known) >= 3 and ends(values, whole - known):
                known |= whole - known
    return known


@pytest.mark.parametrize("seed", range(120))
def test_that_firms_at_an_end_of_the_scale_do_not_give_others_away(seed, method, areas, levels, needs):
    """The attacker writes in what unanimous groups tell and subtracts again; so for the share of inadequate support."""
    given, asked, firms, own = a_study(seed, method, levels, needs)
    random = np.random.default_rng(seed)
    at_end = [place for place, size in enumerate(firms.size_class) if size == "s0"]
    given.levels[at_end] = random.choice([1.0, 5.0], 10)
    asked.answers[at_end] = random.choice([1, 2, 3, 5], 10)
    found = groups(areas("a"), given, asked, firms, method, own)
    member = groups_of(firms)
    for what, values in figures(given, asked, method):
        there = np.flatnonzero(~np.isnan(values))
        shown = [one for one in found if one.what == what and not one.suppressed and one.n]
        sums = [[int(member[one.by][firm] == one.group) for firm in there] for one in shown]
        rests = [[int(not any(row[at] for one, row in zip(shown, sums, strict=True) if one.by == by)) for at in
                  range(len(there))] for by in BY if any(one.by == by for one in shown)]  # fmt: skip
        kinds = [values[there]] if what in given.indicators else [values[there], 1.0 + 4 * (values[there] <= 2)]
        for seen in kinds if len(there) >= 3 else ():
            sure = fixed(seen, [*sums, *rests])
            units = [[int(at == firm) for at in range(len(there))] for firm in sorted(sure)]
            told = Known([[1] * len(there), *sums, *units]).told(len(there))
            assert [one for one in told if not set(one) & sure] == [], (what, sorted(sure))


def test_that_a_unanimous_group_does_not_leave_two_firms_of_a_district(method, areas, levels, needs):
    """Size 1-9 says 5.0 of six firms; three of the five of Konak are among them, and the other two sum to 6."""
    sizes = ["1-9"] * 6 + ["10-49"] * 6
    districts = ["Konak"] * 3 + ["Bornova"] * 3 + ["Konak"] * 2 + ["Bornova"] * 4
    values = [5] * 6 + [2, 4, 3, 3, 2, 4]
    firms = issued([(0, size, "completed") for size in sizes], districts)
    answers = needs([(0, [value] * 10) for value in values])
    found = groups(areas("a"), levels([]), answers, replace(firms, ids=answers.firms), method)
    shown = {one.group for one in found if one.what == answers.cells[0] and not one.suppressed}
    assert shown and not {"1-9", "Konak"} <= shown and not {"1-9", "Bornova"} <= shown


def _ways(hidden: Sequence[GroupScore], left: int) -> set[tuple[int, ...]]:
    choices = [range(1, 3) if one.suppressed == "few" else range(3, left + 1) for one in hidden]
    return {way for way in product(*choices) if sum(way) == left}


def test_that_many_firms_in_many_groups_are_searched_in_full(method, areas, levels, needs):
    random = np.random.default_rng(1)
    given = levels([(0, row) for row in random.integers(1, 6, (400, 10)).tolist()])
    rows = [(0, f"s{place}", "completed") for place in random.integers(0, 5, 400)]
    districts = [f"d{place}" for place in random.zipf(1.6, 400) % 30]
    firms = replace(issued(rows, districts), nace=tuple(f"{10 + place}" for place in random.zipf(1.8, 400) % 24))
    firms = replace(firms, ids=given.targets)
    found = groups(areas("a"), given, needs([]), firms, method)
    index = [one for one in found if one.what == ""]
    assert {one.by for one in index} == set(BY) and {one.suppressed for one in index} >= {"", "few"}
    for by in BY:
        hidden = [one for one in index if one.by == by and one.suppressed]
        assert len(hidden) != 1
