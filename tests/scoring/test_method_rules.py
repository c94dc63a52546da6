"""What must hold for a method, what differs between two, and that methods from before are read as they were."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop.instruments.model import IndexRow, Origin, Place
from kume_desktop.problem_texts import SENTENCES
from kume_desktop.problems import Refused
from kume_desktop.scoring.method import GEOMETRIC, LEAVE_OUT, LOWEST, Change, Idea, Method, Policy, Words
from tests.scoring.rules import HEADINGS, INDICATORS, a_row

HASH_OF_2010 = "3292f4275ff5b76907635ee7e1b186dbbd708e1ebee60b3a4a0b61ad791287fd"
"""Of the rows in `rules`, before methods had missing rules, heading weights and ideas."""
LATER = ("aggregation", "missing_rule", "weight_source", "weight_basis", "heading_weights", "ideas", "published")


def codes(method) -> list[str]:
    found = [problem.code for problem in method.problems()]
    assert all(code in SENTENCES for code in found)
    return found


def test_that_the_hash_of_the_preset_is_what_it_always_was(method):
    assert method.hash == HASH_OF_2010
    assert not set(LATER) & set(json.loads(method.to_json()))


def test_that_a_method_kept_before_the_new_rules_is_read_as_published(method):
    kept = Method.from_json(method.to_json())
    assert (kept, kept.hash) == (method, method.hash)
    assert (kept.published, kept.missing_rule, kept.weight_source, kept.ideas) == (True, LEAVE_OUT, "equal", ())
    unequal = json.loads(method.to_json())
    unequal["weights"]["g1"] = 2.0
    assert Method.from_json(json.dumps(unequal)).weight_source == "entered"


def test_that_every_new_rule_survives_json_and_changes_the_hash(method):
    changed = (
        {"missing_rule": LOWEST},
        {"heading_weights": dict.fromkeys(HEADINGS, 1.0)},
        {"weight_source": "budget", "weight_basis": {"Ayşe": dict.fromkeys(INDICATORS, 10.0)}},
        {"ideas": (Idea("g1", Words("fikir", "idea"), "Own"),)},
    )
    hashes = {method.hash}
    for change in changed:
        draft = method.with_changes(**change)
        assert Method.from_json(draft.to_json()) == draft
        hashes.add(draft.hash)
    assert len(hashes) == 5


def test_that_a_draft_without_a_change_has_the_hash_of_what_it_came_from(method):
    draft = method.with_changes()
    assert (draft.published, draft.hash) == (False, method.hash)
    assert Method.from_json(draft.to_json()).published is False
    whole = draft.with_changes(weights=dict.fromkeys(INDICATORS, 1))
    assert whole.hash == method.hash


def test_that_the_rows_may_name_heading_weights_missing_rule_and_ideas(rows, indicators):
    more = [a_row("heading_weight", "", "izka2010", code, str(k)) for k, code in enumerate(HEADINGS, start=1)]
    more += [a_row("missing_rule", "", "izka2010", LOWEST), a_row("idea", "g1", tr="bir", en="one")]
    more += [a_row("idea", "uretim_insan", tr="iki"), a_row("idea", "g1", tr="üç")]
    method = Method.from_rows([*rows, *more], indicators)
    assert (method.heading_weights, method.missing_rule) == ({"h1": 1, "h2": 2, "h3": 3, "h4": 4}, LOWEST)
    assert [idea.text.tr for idea in method.ideas_for("g1")] == ["bir", "üç"]
    assert method.ideas_for("uretim_insan")[0].origin == "Own"
    assert method.problems() == ()


@pytest.mark.parametrize(
    ("kind", "key", "value", "code"),
    [
        ("heading_weight", "h1", "0", "scoring.heading-weight"),
        ("heading_weight", "h9", "1", "scoring.heading-weight"),
        ("missing_rule", "guess", "", "scoring.missing-rule"),
    ],
)
def test_that_wrong_new_rows_are_refused_with_their_place(kind, key, value, code, rows, indicators):
    row = IndexRow(kind, "", "izka2010", key, value, {}, Origin.OWN, Place("indices", 8))
    with pytest.raises(Refused) as caught:
        Method.from_rows([*rows, row], indicators)
    assert code in [problem.code for problem in caught.value.problems]
    assert any(problem.where.row == 8 for problem in caught.value.problems)


def test_that_effective_weights_are_shares_of_the_index(method):
    assert method.effective_weights == dict.fromkeys(INDICATORS, 0.1)
    heavy = method.with_changes(weights={**method.weights, "g1": 11.0})
    assert heavy.effective_weights["g1"] == pytest.approx(11 / 20)
    averaged = method.with_changes(heading_weights={"h1": 2.0, "h2": 1.0, "h3": 1.0, "h4": 1.0})
    assert averaged.effective_weights["g1"] == pytest.approx(2 / 5 / 2)
    assert averaged.effective_weights["g5"] == pytest.approx(1 / 5 / 3)


def test_that_a_heading_without_levels_leaves_its_weight_to_the_others(method):
    averaged = method.with_changes(heading_weights=dict.fromkeys(HEADINGS, 1.0))
    found = averaged.shares(["g1", "g5", "g6"])
    assert found == pytest.approx({"g1": 1 / 2, "g5": 1 / 4, "g6": 1 / 4})
    assert averaged.shares([]) == method.shares([]) == {}


weights = st.lists(st.floats(0.1, 50), min_size=10, max_size=10)


@given(own=weights, outer=st.lists(st.floats(0.1, 9), min_size=4, max_size=4), factor=st.floats(0.01, 100))
def test_that_effective_weights_sum_to_one_and_know_no_scale(own, outer, factor, method):
    for headings in ({}, dict(zip(HEADINGS, outer, strict=True))):
        plain = method.with_changes(weights=dict(zip(INDICATORS, own, strict=True)), heading_weights=headings)
        scaled = plain.with_changes(
            weights={code: factor * weight for code, weight in plain.weights.items()},
            heading_weights={code: factor * weight for code, weight in headings.items()},
        )
        assert sum(plain.effective_weights.values()) == pytest.approx(1, abs=1e-12)
        assert plain.effective_weights == pytest.approx(scaled.effective_weights)
        assert list(plain.effective_weights) == list(INDICATORS)


def test_that_the_preset_has_no_problem(method):
    assert method.problems() == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"weights": dict.fromkeys(INDICATORS, 0.0)}, "scoring.weight-not-positive"),
        ({"weights": {**dict.fromkeys(INDICATORS, 1.0), "g1": float("nan")}}, "scoring.weight-not-positive"),
        ({"weights": dict.fromkeys(INDICATORS[1:], 1.0)}, "scoring.weight-not-positive"),
        ({"weights": {**dict.fromkeys(INDICATORS, 1.0), "g11": 1.0}}, "scoring.indicator-unknown"),
        ({"heading_weights": {"h1": 1.0}}, "scoring.heading-weight"),
        ({"heading_weights": {**dict.fromkeys(HEADINGS, 1.0), "h9": 1.0}}, "scoring.heading-weight"),
        ({"cuts": (0.3, 0.6)}, "scoring.cuts-not-falling"),
        ({"cuts": (1.0, 0.5)}, "scoring.cuts-not-falling"),
        ({"cuts": ()}, "scoring.cuts-not-falling"),
        ({"cuts": (0.5,)}, "scoring.cuts-and-categories"),
        ({"min_scored": 11}, "scoring.min-scored"),
        ({"min_scored": -1}, "scoring.min-scored"),
        ({"missing_rule": "mean"}, "scoring.missing-rule"),
        ({"aggregation": GEOMETRIC}, "scoring.aggregation"),
        ({"weight_source": "guessed"}, "scoring.weight-source"),
        ({"scale_min": 3}, "scoring.scale"),
        ({"collapse": {1: 1, 2: 3, 3: 2, 4: 3, 5: 3}}, "scoring.collapse"),
        ({"collapse": {1: 1, 2: 1, 3: 2, 4: 3}}, "scoring.collapse"),
        ({"collapse": {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}}, "scoring.collapse"),
    ],
)
def test_that_what_does_not_hold_is_said(changes, code, method):
    assert set(codes(method.with_changes(**changes))) == {code}


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"bands": (1.8, 2.6, 2.6, 4.2)}, "scoring.bands-not-rising"),
        ({"critical_share": 0.0}, "scoring.need-limits"),
        ({"need_below": 7.0}, "scoring.need-limits"),
    ],
)
def test_that_the_limits_of_needs_must_lie_on_their_scales(rules, code, method):
    assert codes(method.with_changes(needs=replace(method.needs, **rules))) == [code]


def test_that_every_expert_shares_out_a_hundred_points(method):
    fair = dict.fromkeys(INDICATORS, 10.0)
    below = {**fair, "g1": -10.0, "g2": 30.0}
    basis = {"Ayşe": fair, "Kaya": {**fair, "g1": 20.0}, "Deniz": below, "Ege": {"g99": 100.0}}
    draft = method.with_changes(weight_source="budget", weight_basis=basis)
    assert [problem.params["expert"] for problem in draft.problems()] == ["Kaya", "Deniz", "Ege"]
    assert set(codes(draft)) == {"scoring.budget-points"}


def matrices(**changed):
    sizes = {"headings": 4} | {code: len(own) for code, own in HEADINGS.items()}
    return {name: [[1.0] * size for _ in range(size)] for name, size in sizes.items()} | changed


def test_that_comparisons_are_square_reciprocal_and_hold_together(method):
    assert codes(method.with_changes(weight_source="ahp", weight_basis=matrices())) == []
    crooked = matrices(h1=[[1, 3], [3, 1]], h2=[[1.0]], h3=[[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]])
    draft = method.with_changes(weight_source="ahp", weight_basis=crooked)
    assert codes(draft) == ["scoring.ahp-not-reciprocal", "scoring.ahp-size", "scoring.ahp-inconsistent"]
    assert [problem.is_error for problem in draft.problems()] == [True, True, False]
    assert draft.problems()[2].params["place"] == "h3"


def test_that_a_comparison_that_nobody_made_is_missed(method):
    without = {name: rows for name, rows in matrices().items() if name != "headings"}
    assert codes(method.with_changes(weight_source="ahp", weight_basis=without)) == ["scoring.ahp-size"]


def test_that_a_study_that_only_asks_needs_has_no_problem(rows):
    asked = {"function", "resource", "cell", "need", "likert"}
    assert Method.from_rows([row for row in rows if row.kind in asked], ()).problems() == ()


def test_that_changes_are_named_with_both_values_in_order(method):
    other = method.with_changes(
        weights={**method.weights, "g9": 1.5, "g10": 1.5},
        weight_source="entered",
        cuts=(0.7, 1 / 3),
        missing_rule=LOWEST,
        heading_weights={"h1": 2.0},
    )
    assert method.describe_changes(other) == (
        Change("weight", "g9", 1.0, 1.5),
        Change("weight", "g10", 1.0, 1.5),
        Change("weight_source", "", "equal", "entered"),
        Change("cut", "1", 2 / 3, 0.7),
        Change("missing_rule", "", LEAVE_OUT, LOWEST),
        Change("heading_weight", "h1", None, 2.0),
    )
    assert len(other.describe_changes(method)) == 6
    assert other.describe_changes(other) == ()


def test_that_a_policy_text_that_changes_is_named_by_category_and_place(method):
    first, *rest = method.policy_texts
    texts = (replace(first, text=Words("yeni", "new")), *rest, Policy("3", 9, Words("ek")))
    other = method.with_changes(policy_texts=texts)
    assert [(c.kind, c.code, c.after) for c in method.describe_changes(other)] == [
        ("policy", f"{first.category}.{first.order}", "yeni / new"),
        ("policy", "3.9", "ek"),
    ]


def test_that_needs_ideas_and_table_are_compared_too(method):
    other = method.with_changes(
        needs=replace(method.needs, critical_share=0.6),
        ideas=(Idea("g1", Words("bir"), "Own"),),
        collapse={**method.collapse, 2: 2},
    )
    assert [(c.kind, c.code) for c in method.describe_changes(other)] == [
        ("collapse", "2"),
        ("need", "critical_share"),
        ("idea", "g1.1"),
    ]


def test_that_the_name_and_the_version_are_no_rule_but_the_name_is_said(method):
    other = method.with_changes(version="7", name=Words("Bizim", "Ours"))
    assert [c.kind for c in method.describe_changes(other)] == ["name"]
