"""The method in versions: a published one never changes, a draft is none, publishing makes a new one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kume_desktop.problems import Refused
from kume_desktop.scoring.method import Method
from kume_desktop.services import method_versions, policies, results
from kume_desktop.services.studies import Study
from kume_desktop.store import reading


def heavier(method: Method, weight: float = 3.0) -> Method:
    return method.with_changes(weights={**method.weights, "g2": weight}, weight_source="entered")


def refused(call: object, *given: object) -> list[str]:
    with pytest.raises(Refused) as refusal:
        call(*given)  # type: ignore[operator]
    return [one.code for one in refusal.value.problems]


def test_that_a_study_begins_with_one_published_version(scorecard: Study) -> None:
    (first,) = method_versions.versions(scorecard)
    assert (first.number, first.state, first.note, first.changes) == (1, "published", "", ())
    assert first.method == results.method(scorecard) and first.method.published
    assert (first.summary_tr, first.summary_en) == ("ilk sürüm", "first version")
    assert method_versions.draft(scorecard) is None


def test_that_a_draft_is_kept_changes_no_result_and_can_be_dropped(scorecard: Study) -> None:
    computed = results.latest(scorecard)
    assert computed is not None
    method_versions.save_draft(scorecard, heavier(results.method(scorecard)))
    kept = method_versions.draft(scorecard)
    assert kept is not None and kept.weights["g2"] == 3 and not kept.published
    assert results.method(scorecard).weights["g2"] == 1
    assert not results.is_stale(scorecard, computed)
    newest, *_older = method_versions.versions(scorecard)
    assert (newest.state, newest.number, newest.method_id) == ("draft", 2, "")
    method_versions.discard_draft(scorecard)
    assert method_versions.draft(scorecard) is None
    assert [one.state for one in method_versions.versions(scorecard)] == ["published"]


def test_that_publishing_makes_a_new_version_and_leaves_the_old_one_as_it_was(scorecard: Study) -> None:
    before = method_versions.versions(scorecard)[0]
    computed = results.latest(scorecard)
    method_versions.save_draft(scorecard, heavier(before.method))
    made = method_versions.publish(scorecard, "Dış pazar üç katı sayılsın, kurul kararı")
    assert (made.number, made.state, made.author) == (2, "published", scorecard.person)
    assert made.note == "Dış pazar üç katı sayılsın, kurul kararı"
    assert made.method.version == "2" and made.method.weights["g2"] == 3
    assert "g2 ağırlığı: 1 → 3" in made.summary_tr and "weight of g2: 1 → 3" in made.summary_en
    now, old = method_versions.versions(scorecard)
    assert (now, old.state, old.method) == (made, "archived", before.method)
    assert method_versions.draft(scorecard) is None
    assert computed is not None and results.is_stale(scorecard, computed)
    parent = reading.latest_method(scorecard.database, scorecard.wave.wave_id)
    assert parent is not None and parent.number == 2
    assert results.compute(scorecard).method_version == "2"


def test_that_a_note_is_free_text_and_sealed(scorecard: Study) -> None:
    method_versions.save_draft(scorecard, heavier(results.method(scorecard)))
    method_versions.publish(scorecard, "Ayşe Hanım istedi")
    assert "Ayşe Hanım" not in "\n".join(reading.lines(scorecard.database))


def test_that_nothing_is_published_without_draft_note_difference_or_sense(scorecard: Study) -> None:
    method = results.method(scorecard)
    assert refused(method_versions.publish, scorecard, "not") == ["method.no-draft"]
    method_versions.save_draft(scorecard, method)
    assert refused(method_versions.publish, scorecard, " ") == ["method.no-note", "method.unchanged"]
    method_versions.save_draft(scorecard, method.with_changes(cuts=(0.2, 0.6)))
    assert refused(method_versions.publish, scorecard, "not") == ["scoring.cuts-not-falling"]
    assert method_versions.draft(scorecard) is not None
    assert len(reading.methods(scorecard.database, scorecard.wave.wave_id)) == 1


def test_that_the_presets_of_the_forms_are_offered_and_can_be_drafted(scorecard: Study) -> None:
    found = method_versions.presets(scorecard)
    assert [one.preset for one in found] == ["izka2010", "bes_duzey"]
    assert found[0].describe_changes(results.method(scorecard)) == ()
    assert found[1].scale_max == 5


def test_that_the_effect_shows_both_statistics_before_and_after_and_stores_nothing(scorecard: Study) -> None:
    before = reading.counts(scorecard.database).events
    strict = results.method(scorecard).with_changes(cuts=(0.9, 0.5))
    found = {one.area: one for one in method_versions.effect(scorecard, strict)}
    assert reading.counts(scorecard.database).events == before
    fruit = found["meyve_sebze"]
    assert (fruit.published_before, fruit.published_after) == (83, 83)
    assert (fruit.category_before, fruit.category_after, fruit.category_changes) == (1, 2, True)
    assert fruit.probability == ()
    assert not found["iklimlendirme"].category_changes
    assert refused(method_versions.effect, scorecard, strict.with_changes(cuts=())) == ["scoring.cuts-not-falling"]


def test_that_a_changed_policy_text_is_a_version_of_its_own_and_marked_as_ours(scorecard: Study) -> None:
    quoted = policies.texts(scorecard, "2")
    assert len(quoted) == 4 and {one.origin for one in quoted} == {"I"}
    wanted = [(one.tr, one.en) for one in quoted[:3]] + [("Ortak laboratuvar kurulmalı", "A shared laboratory")]
    made = policies.edit(scorecard, "2", wanted)
    assert (made.number, {change.kind for change in made.changes}) == (2, {"policy"})
    found = policies.texts(scorecard, "2")
    assert [(one.tr, one.en) for one in found] == wanted
    assert [one.origin for one in found] == ["I", "I", "I", "Own"]
    assert policies.texts(scorecard, "1") and policies.texts(scorecard, "all")
    assert [one.say("tr") for one in results.method(scorecard).policies(2)][3] == "Ortak laboratuvar kurulmalı"


def test_that_a_draft_keeps_its_rules_and_takes_over_the_new_texts(scorecard: Study) -> None:
    method_versions.save_draft(scorecard, heavier(results.method(scorecard)))
    policies.edit(scorecard, "1", [("Yeni metin", "")], "Metin değişti")
    kept = method_versions.draft(scorecard)
    assert kept is not None and kept.weights["g2"] == 3
    assert next(one.tr for one in kept.policies(1)) == "Yeni metin"
    assert results.method(scorecard).weights["g2"] == 1


def test_that_policy_texts_that_are_none_are_refused(scorecard: Study) -> None:
    assert refused(policies.edit, scorecard, "9", [("Metin", "")]) == ["committee.unknown-category"]
    assert refused(policies.edit, scorecard, "1", [(" ", "Text")]) == ["method.policy-empty"]
    same = [(one.tr, one.en) for one in policies.texts(scorecard, "1")]
    assert refused(policies.edit, scorecard, "1", same) == ["method.unchanged"]


def test_that_every_kind_of_change_can_be_said_in_both_languages(scorecard: Study) -> None:
    from kume_desktop.services import method_words

    method = results.method(scorecard)
    other = replace(
        heavier(method),
        heading_weights={heading.code: 1.0 for heading in method.headings},
        cuts=(0.7, 0.4),
        min_scored=6,
        missing_rule="lowest",
        collapse={**method.collapse, 2: 2},
        level_source=("suggestion", "rating"),
        weight_source="budget",
        weight_basis={"Ayşe": {"g1": 100}},
        policy_texts=method.policy_texts[1:],
    )
    changes = method.describe_changes(other)
    assert {change.kind for change in changes} >= {"weight", "heading_weight", "cut", "collapse", "basis", "policy"}
    for change in changes:
        turkish, english = method_words.say(change, "tr"), method_words.say(change, "en")
        assert turkish and english and "{" not in turkish + english


def test_that_changes_are_said_in_the_order_of_the_page_with_the_decimals_they_need(scorecard: Study) -> None:
    method = results.method(scorecard)
    method_versions.save_draft(scorecard, heavier(method).with_changes(cuts=(0.75, method.cuts[1])))
    drafted = method_versions.versions(scorecard)[0]
    assert "77,778 → 83,333" in drafted.summary_tr, "a cut is said on the scale of the index, as it is shown"
    weights = {**method.weights, "g10": 1.25, "g2": 3.0}
    method_versions.save_draft(scorecard, method.with_changes(weights=weights))
    summary = method_versions.versions(scorecard)[0].summary_tr
    assert summary.index("g2 ağırlığı: 1 → 3") < summary.index("g10 ağırlığı: 1 → 1,25")


def test_that_a_draft_without_a_change_is_no_first_version(scorecard: Study) -> None:
    method_versions.save_draft(scorecard, results.method(scorecard))
    drafted, first = method_versions.versions(scorecard)
    assert (drafted.summary_tr, drafted.summary_en) == ("henüz değişiklik yok", "nothing changed yet")
    assert first.summary_tr == "ilk sürüm"


def test_that_results_are_shown_with_the_version_they_were_computed_with(scorecard: Study) -> None:
    first = results.compute(scorecard)
    method_versions.save_draft(scorecard, heavier(results.method(scorecard)))
    made = method_versions.publish(scorecard, "karar")
    assert method_versions.computed_with(scorecard, first).version == "1"
    second = results.compute(scorecard)
    assert method_versions.computed_with(scorecard, second) == made.method
    unknown = replace(first, method_hash="başka")
    assert method_versions.computed_with(scorecard, unknown) == made.method


def test_that_the_effect_names_the_geometric_index_as_a_what_if(scorecard: Study) -> None:
    import numpy as np

    method = results.method(scorecard)
    heavy = method.with_changes(weights={**method.weights, "g1": 3.0})
    for found, area in zip(method_versions.effect(scorecard, heavy), results.current(scorecard).areas, strict=True):
        if area.score is None or found.after is None:
            assert found.geometric_after is None
            continue
        means = np.array([one.mean for one in area.indicators], dtype=np.float64)
        weights = np.array([heavy.weights[code] for code in heavy.indicator_codes])
        expected = 100 * np.prod((means / 3) ** (weights / weights.sum()))
        assert found.geometric_after == pytest.approx(expected)
        assert found.geometric_after <= found.after + 1e-9
        assert found.geometric_category is not None


def test_that_a_version_from_pairs_keeps_the_consistency_ratios(study: Study) -> None:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.weights import sources

    method = results.method(study)
    matrices = sources.unit_matrices(method)
    matrices["headings"] = sources.with_pair(matrices["headings"], 0, 1, 9)
    compared = sources.from_pairs(method, matrices)
    method_versions.save_draft(study, compared.method)
    made = method_versions.publish(study, "Uzmanlar karşılaştırdı")
    kept = Method.from_json(reading.latest_method(study.database, study.wave.wave_id).payload)
    assert kept.weight_basis["ratios"] == pytest.approx(dict(compared.ratios))
    assert compared.ratios["headings"] > 0.1
    assert not [one for one in made.changes if (one.kind, one.code) == ("basis", "ratios")]
