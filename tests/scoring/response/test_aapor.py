"""AAPOR's outcome rates against a worked example and against each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop.scoring.response.aapor import FORMULAS, Cases, outcome_rates, share_eligible

COUNTS = st.integers(0, 500)
CASES = st.builds(Cases, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)


def test_that_the_rates_of_a_published_example_come_out():
    """Twelve cases (I 4, P 2, R 1, NC 1, O 1, UH 1, UO 1, NE 1) as the R package outcomerate documents them."""
    found = outcome_rates(Cases(4, 2, 1, 1, 1, 2, 1))
    assert found.e == 0.9
    published = {
        "RR1": 0.364, "RR2": 0.545, "RR3": 0.370, "RR4": 0.556, "COOP1": 0.500, "REF1": 0.091, "REF2": 0.093,
        "CON1": 0.727, "CON2": 0.741,
    }  # fmt: skip
    named = {name: value for name, value, _ in found.named()}
    assert {name: round(named[name] or 0, 3) for name in published} == published


@given(CASES)
def test_that_no_rate_leaves_its_bounds_and_e_lifts_what_it_is_in(cases: Cases):
    found = outcome_rates(cases)
    values = [value for _, value, _ in found.named() if value is not None]
    assert all(0 <= value <= 1 for value in values)
    for low, high in (
        (found.rr1, found.rr3),
        (found.rr2, found.rr4),
        (found.ref1, found.ref2),
        (found.con1, found.con2),
    ):
        assert low is None or high is None or low <= high
    assert found.rr1 is None or found.rr2 is None or found.rr1 <= found.rr2


@given(CASES, st.sampled_from([0.0, 1.0]))
def test_that_e_at_its_ends_takes_all_or_none_of_the_unknown(cases: Cases, e: float):
    found = outcome_rates(cases, e)
    if e == 1:
        assert (found.rr3, found.ref2, found.con2) == (found.rr1, found.ref1, found.con1)
    elif cases.known_eligible:
        assert found.rr3 == pytest.approx(cases.complete / cases.known_eligible)


def test_that_nothing_known_gives_no_rate_instead_of_a_zero():
    assert share_eligible(Cases(0, 0, 0, 0, 0, 7, 0)) is None
    found = outcome_rates(Cases(0, 0, 0, 0, 0, 0, 3))
    assert {value for name, value, _ in found.named() if name != "e"} == {None}


def test_that_every_rate_has_its_formula():
    assert [name for name, _, _ in outcome_rates(Cases(1, 0, 0, 0, 0, 0, 0)).named()] == list(FORMULAS)
