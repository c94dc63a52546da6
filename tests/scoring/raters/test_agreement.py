"""Coefficients of agreement: published examples, slow implementations, and what must hold for any table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.raters.agreement import (
    icc,
    krippendorff_alpha,
    of_average,
    pair_shares,
    weighted_kappa,
)
from tests.scoring.raters.tables import KRIPPENDORFF, SHROUT_FLEISS, slow_alpha, slow_icc, slow_kappa

METRICS = ("nominal", "ordinal", "interval")
nan = float("nan")
grids = st.lists(
    st.lists(st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, nan]), min_size=3, max_size=3), min_size=2, max_size=14
).map(np.array)
complete = st.lists(st.lists(st.integers(1, 5).map(float), min_size=3, max_size=3), min_size=3, max_size=14).map(
    np.array
)
anyone = settings(max_examples=60, deadline=None)


@pytest.mark.parametrize(("metric", "published"), list(zip(METRICS, (0.743, 0.815, 0.849), strict=True)))
def test_that_alpha_of_four_observers_is_the_published_one(metric, published):
    assert krippendorff_alpha(KRIPPENDORFF, metric) == pytest.approx(published, abs=5e-4)
    assert krippendorff_alpha(KRIPPENDORFF, metric) == pytest.approx(slow_alpha(KRIPPENDORFF, metric), abs=1e-9)


def test_that_alpha_of_two_observers_is_the_published_one():
    """Krippendorff (2011), sections A and B."""
    binary = np.array([[0.0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]).T
    letters = np.array([[ord(a), ord(b)] for a, b in zip("aabbdcccedda", "babbbccceddd", strict=True)])
    assert krippendorff_alpha(binary, "nominal") == pytest.approx(0.095, abs=5e-4)
    assert krippendorff_alpha(letters.astype(np.float64), "nominal") == pytest.approx(0.692, abs=5e-4)


def test_that_alpha_with_many_gaps_is_the_published_one():
    """Three coders and fifteen units, two of them rated by one coder alone or by nobody."""
    rows = [
        [nan, nan, nan, nan, nan, 3, 4, 1, 2, 1, 1, 3, 3, nan, 3],
        [1, nan, 2, 1, 3, 3, 4, 3, nan, nan, nan, nan, nan, nan, nan],
        [nan, nan, 2, 1, 3, 4, 4, nan, 2, 1, 1, 3, 3, nan, 4],
    ]
    table = np.array(rows).T
    assert krippendorff_alpha(table, "nominal") == pytest.approx(0.691, abs=5e-4)
    assert krippendorff_alpha(table, "interval") == pytest.approx(0.811, abs=5e-4)


def test_that_icc_is_that_of_shrout_and_fleiss():
    single, average = icc(SHROUT_FLEISS)
    assert (round(single, 2), round(average, 2)) == (0.29, 0.62)
    assert (single, average) == pytest.approx(slow_icc(SHROUT_FLEISS), abs=1e-12)
    assert of_average(single, 4) == pytest.approx(average, abs=1e-12)


@given(table=grids, metric=st.sampled_from(METRICS))
@anyone
def test_that_alpha_equals_the_slow_one(table, metric):
    value = krippendorff_alpha(table, metric)
    present = [row[~np.isnan(row)] for row in table]
    pairable = np.concatenate([[], *(row for row in present if len(row) > 1)])
    if len(np.unique(pairable)) < 2:
        assert np.isnan(value)
    else:
        assert value == pytest.approx(slow_alpha(table, metric), abs=1e-9)


@given(table=complete)
@anyone
def test_that_icc_and_kappa_equal_the_slow_ones(table):
    assume(len(np.unique(table)) > 1)
    found, slow = icc(table), slow_icc(table)
    for value, expected in zip(found, slow, strict=True):
        if np.isnan(value):
            assert not np.isfinite(expected) or slow[0] <= 0, "undefined only where raters agree less than by chance"
        else:
            assert value == pytest.approx(expected, rel=1e-9, abs=1e-9)
    pairs = table[:, :2]
    if len(np.unique(pairs)) > 1:
        assert weighted_kappa(pairs) == pytest.approx(slow_kappa(pairs), abs=1e-9)


@given(table=grids, metric=st.sampled_from(METRICS), data=st.data())
@anyone
def test_that_no_order_of_units_or_raters_changes_alpha(table, metric, data):
    units = data.draw(st.permutations(range(len(table))))
    raters = data.draw(st.permutations(range(3)))
    shuffled = table[np.ix_(units, raters)]
    assert krippendorff_alpha(shuffled, metric) == pytest.approx(
        krippendorff_alpha(table, metric), abs=1e-12, nan_ok=True
    )


@given(table=grids, metric=st.sampled_from(METRICS))
@anyone
def test_that_reversing_the_scale_changes_no_alpha(table, metric):
    reverse = 6 - table
    np.testing.assert_array_equal(6 - reverse, table)
    assert krippendorff_alpha(reverse, metric) == pytest.approx(
        krippendorff_alpha(table, metric), abs=1e-12, nan_ok=True
    )


@given(table=complete, factor=st.sampled_from([0.01, 3.0, 1000.0]))
@anyone
def test_that_the_unit_of_the_scale_changes_nothing(table, factor):
    scaled = factor * table + 7
    for metric in METRICS:
        expected = krippendorff_alpha(table, metric)
        assert krippendorff_alpha(scaled, metric) == pytest.approx(expected, abs=1e-9, nan_ok=True)
    assert icc(scaled) == pytest.approx(icc(table), rel=1e-6, abs=1e-6, nan_ok=True)
    assert weighted_kappa(6 - table[:, :2]) == pytest.approx(weighted_kappa(table[:, :2]), abs=1e-9, nan_ok=True)


def test_that_units_with_one_rating_and_silent_raters_count_for_nothing():
    lonely = np.full((3, 4), nan)
    lonely[:, 0] = [1, 5, 5]
    more = np.column_stack([np.vstack([KRIPPENDORFF, lonely]), np.full(15, nan)])
    for metric in METRICS:
        assert krippendorff_alpha(more, metric) == krippendorff_alpha(KRIPPENDORFF, metric)


@pytest.mark.parametrize("table", [np.full((4, 3), 3.0), np.full((1, 1), 2.0), np.zeros((0, 2)), np.full((5, 2), nan)])
def test_that_alpha_of_levels_that_do_not_vary_is_undefined(table):
    assert all(np.isnan(krippendorff_alpha(table, metric)) for metric in METRICS)


@pytest.mark.parametrize("table", [np.full((4, 3), 3.0), np.ones((1, 3)), np.array([[1.0], [2.0]])])
def test_that_icc_of_nothing_that_varies_is_undefined(table):
    assert np.isnan(icc(table)).all()


def test_that_kappa_is_undefined_without_pairs_and_without_variation():
    assert np.isnan(weighted_kappa(np.zeros((0, 2))))
    assert np.isnan(weighted_kappa(np.full((6, 2), 4.0)))
    assert weighted_kappa(np.array([[1.0, 5], [5, 1]])) == pytest.approx(-1)
    assert weighted_kappa(np.array([[2.0, 2], [2, 2], [5, 5]])) == 1


def test_that_gaps_are_no_levels_for_icc_and_kappa():
    with pytest.raises(ValueError, match="complete"):
        icc(np.array([[1.0, nan], [2, 2]]))
    with pytest.raises(ValueError, match="complete"):
        weighted_kappa(np.array([[1.0, nan]]))


def test_that_pairs_are_counted_within_units_only():
    table = np.array([[1.0, 1, 2], [4, 2, nan], [5, nan, nan]])
    assert pair_shares(table) == (1 / 4, 3 / 4)
    assert pair_shares(table[2:]) is None
