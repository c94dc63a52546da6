"""The method as data: read from rows, stored, hashed; every wrong row is said."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kume_desktop.instruments.model import IndexRow, Origin, Place
from kume_desktop.problem_texts import SENTENCES
from kume_desktop.problems import Refused
from kume_desktop.scoring.method import Method, NeedsMethod


def changed(rows, kind, key, value, preset="izka2010"):
    """The rows with the value of one of them replaced."""
    return [
        replace(row, value=value) if (row.kind, row.key) == (kind, key) and row.parent in {"", preset} else row
        for row in rows
    ]


def without(rows, kind, key):
    return [row for row in rows if (row.kind, row.key) != (kind, key)]


def codes(caught) -> list[str]:
    found = [problem.code for problem in caught.value.problems]
    assert all(code in SENTENCES for code in found)
    return found


def test_that_the_rows_give_the_preset_of_2010(method):
    assert method.name.tr == "İZKA-2010 (3 düzey)"
    assert (method.scale_min, method.scale_max, method.decimals, method.min_scored) == (1, 3, 9, 8)
    assert method.collapse == {1: 1, 2: 1, 3: 2, 4: 3, 5: 3}
    assert set(method.weights.values()) == {1.0}
    assert method.cut_points == pytest.approx((77.7777777778, 55.5555555556))
    assert [heading.indicators for heading in method.headings][2] == ("g5", "g6", "g7")
    assert method.level_source == ("rating", "suggestion")


def test_that_a_preset_on_the_scale_of_the_levels_needs_no_table(rows, indicators):
    method = Method.from_rows(rows, indicators, "bes_duzey", version="4")
    assert method.collapse == {level: level for level in range(1, 6)}
    assert method.version == "4"


def test_that_policies_come_in_order_with_the_common_ones_last(method):
    assert [text.tr for text in method.policies(2)] == [
        "öneri 2.1",
        "öneri 2.2",
        "öneri 2.3",
        "öneri 2.4",
        "öneri all.1",
    ]
    assert [text.say("en") for text in method.policies(1)] == ["öneri 1.1", "öneri all.1"]


def test_that_json_gives_the_method_back(method):
    assert Method.from_json(method.to_json()) == method
    assert json.loads(method.to_json())["scale_max"] == 3


def test_that_the_hash_sees_every_rule_but_not_the_version(method):
    assert replace(method, version="2").hash == method.hash
    assert replace(method, weights={**method.weights, "g1": 2.0}).hash != method.hash
    assert replace(method, cuts=(0.7, 0.3)).hash != method.hash
    assert replace(method, needs=replace(method.needs, critical_mean=2.5)).hash != method.hash


def test_that_a_study_that_only_asks_needs_has_a_method_without_an_index(rows):
    asked = {"function", "resource", "cell", "need", "likert"}
    method = Method.from_rows([row for row in rows if row.kind in asked], ())
    assert method.indicators == ()
    assert len(method.needs.cells) == 10


def test_that_a_study_that_only_rates_has_no_need_cells(rows, indicators):
    rated = [row for row in rows if row.kind not in {"cell", "need", "likert", "function", "resource"}]
    assert Method.from_rows(rated, indicators).needs == NeedsMethod()


def test_that_an_unknown_preset_is_refused(rows, indicators):
    with pytest.raises(Refused) as caught:
        Method.from_rows(rows, indicators, "izka1999")
    assert codes(caught) == ["scoring.preset-unknown"]


def test_that_every_missing_row_is_named_at_once(rows, indicators):
    thinned = without(without(without(rows, "weight", "g4"), "cut", "2"), "need", "band_3")
    with pytest.raises(Refused) as caught:
        Method.from_rows(thinned, indicators)
    assert codes(caught) == ["scoring.row-missing"] * 3
    assert {problem.params["key"] for problem in caught.value.problems} == {"g4", "2", "band_3"}


@pytest.mark.parametrize("value", ["", "bir", "1,5", "1/0"])
def test_that_a_value_that_is_no_number_is_refused_with_its_row(value, rows, indicators):
    with pytest.raises(Refused) as caught:
        Method.from_rows(changed(rows, "weight", "g1", value), indicators)
    assert "scoring.value-not-a-number" in codes(caught)
    assert caught.value.problems[0].where.row == 7
    assert caught.value.problems[0].where.sheet == "indices"


def test_that_a_weight_must_be_above_zero(rows, indicators):
    with pytest.raises(Refused) as caught:
        Method.from_rows(changed(rows, "weight", "g1", "0"), indicators)
    assert codes(caught) == ["scoring.weight-not-positive"]


def test_that_a_weight_of_an_unknown_indicator_is_refused(rows, indicators):
    stray = IndexRow("weight", "", "izka2010", "g11", "1", {}, Origin.OWN, Place("indices", 90))
    with pytest.raises(Refused) as caught:
        Method.from_rows([*rows, stray], indicators)
    assert codes(caught) == ["scoring.indicator-unknown"]


@pytest.mark.parametrize(("first", "second"), [("0.3", "0.6"), ("1.2", "0.3"), ("0.5", "0.5"), ("0.5", "0")])
def test_that_cuts_must_fall_inside_the_range(first, second, rows, indicators):
    with pytest.raises(Refused) as caught:
        Method.from_rows(changed(changed(rows, "cut", "1", first), "cut", "2", second), indicators)
    assert codes(caught) == ["scoring.cuts-not-falling"]


def test_that_a_cell_must_name_a_function_and_a_resource(rows, indicators):
    stray = IndexRow("cell", "x_y", "uretim", "talih", "", {}, Origin.OWN, Place("indices", 91))
    with pytest.raises(Refused) as caught:
        Method.from_rows([*rows, stray], indicators)
    assert codes(caught) == ["scoring.cell-unknown-part"]
    assert caught.value.problems[0].params["part"] == "talih"
