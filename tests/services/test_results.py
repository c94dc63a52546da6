"""Results as a service: everything the run takes is read, everything it gives is kept and printed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

import pytest

from kume_desktop.scoring import run
from kume_desktop.scoring.inputs import Evidence
from kume_desktop.services import committee, method_versions, results, score_record, worker
from kume_desktop.services.studies import Study
from kume_desktop.store import reading, writing

INDICATORS = [f"g{number}" for number in range(1, 11)]


def firm(study: Study, area: str) -> str:
    return next(unit.unit_id for unit in reading.units(study.database) if unit.area == area)


def rate(study: Study, target: str, levels: Iterable[int | None], rater: str = "Elif", **more: object) -> list[str]:
    kind = "area" if any(area.area_id == target for area in reading.areas(study.database)) else "unit"
    with study.act() as act:
        return [
            writing.rate(
                act,
                writing.RatingGiven(study.wave.wave_id, kind, target, indicator, level, rater, **more),  # type: ignore[arg-type]
            )
            for indicator, level in zip(INDICATORS, levels, strict=False)
        ]


def test_that_a_study_without_any_level_computes_and_says_what_is_missing(study: Study) -> None:
    computed = results.compute(study)
    assert computed.analysis is not None
    skipped = dict(computed.analysis.skipped)
    assert skipped["sensitivity"] == "no-levels" and skipped["agreement"] == "no-ratings"
    assert skipped["changes"] == "one-wave" and skipped["careless"] == "no-needs"
    assert [one.reason for one in computed.analysis.uncertainty] == ["nobody", "nobody"]
    assert [one.total.issued for one in computed.analysis.response] == [1, 1]


def test_that_results_are_kept_with_their_seed_and_come_back_as_they_were(study: Study) -> None:
    rate(study, firm(study, "kimya"), [3] * 10)
    computed = results.compute(study)
    assert results.latest(study) == computed == results.current(study)
    assert not results.is_stale(study, computed)
    kept = reading.latest_result(study.database, study.wave.wave_id)
    assert kept is not None and computed.analysis is not None
    assert kept.seed == computed.analysis.run.seed != 0


def test_that_what_the_analysis_rests_on_makes_results_stale(study: Study) -> None:
    from kume_desktop.services import fieldwork

    unit = firm(study, "kimya")
    rate(study, unit, [3] * 10)
    computed = results.compute(study)
    fieldwork.record_visit(study, firm(study, "lojistik"), "4")
    assert results.is_stale(study, computed)
    computed = results.compute(study)
    rate(study, unit, [3] * 10, evidence_kind="1")
    assert results.is_stale(study, computed)


def test_that_an_older_program_s_results_are_stale(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "ENGINE_VERSION", "0")
    old = results.compute(study, keep=False)
    monkeypatch.undo()
    assert results.is_stale(study, old)


def test_that_nothing_is_read_twice_before_the_next_event(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    rate(study, firm(study, "kimya"), [3] * 10)
    computed = results.compute(study)
    with study.act() as act:
        writing.add_person(act, "Zeynep", study.wave.wave_id, "staff")
    assert not results.is_stale(study, computed)
    reads: list[Study] = []
    monkeypatch.setattr(results, "inputs", reads.append)
    assert not results.is_stale(study, computed) and results.current(study) == computed and reads == []
    monkeypatch.undo()
    rate(study, firm(study, "kimya"), [4] * 10)
    fresh = results.current(study)
    assert fresh != computed and results.current(study) is fresh


def test_that_the_steps_of_a_run_are_told_and_end_at_all_of_them(study: Study) -> None:
    told: list[tuple[int, int]] = []
    results.compute(study, lambda done, total, _text: told.append((done, total)), keep=False)
    assert told[0] == (0, results.STEPS) and told[-1] == (results.STEPS, results.STEPS)
    assert told == sorted(told) and len(told) > 5


def test_that_the_record_prints_the_whole_analysis_as_json(scorecard: Study) -> None:
    decision = committee.Decision("kimya", 2, datetime.now().astimezone().date(), ("Ayşe Uzman",), reason="Ayşe istedi")
    committee.decide(scorecard, decision)
    computed = results.current(scorecard)
    text = json.dumps(score_record.as_record(computed, committee.verdicts(scorecard, computed)), ensure_ascii=False)
    record = json.loads(text)
    assert "Ayşe" not in text
    chemicals = next(area for area in record["areas"] if area["code"] == "kimya")
    assert chemicals["decision"]["category"] == 2 and not chemicals["decision"]["differs"]
    assert chemicals["decision"]["members"] == 1
    assert {"interval", "eligible_n", "eligible_basis", "rounding_decides"} <= set(chemicals)
    assert {"run", "uncertainty", "sensitivity", "left_out", "differences", "next_steps"} <= set(record["analysis"])
    assert {"part": "claims", "reason": "panel"} in record["analysis"]["skipped"]


def test_that_the_levels_behind_an_indicator_are_those_it_counts(study: Study) -> None:
    unit = firm(study, "kimya")
    rate(study, unit, [2] * 10, basis="suggestion", rater="rubric")
    blind = rate(study, unit, [5], evidence_kind="2")
    blind += rate(study, unit, [3], rater="Mehmet", evidence_kind="1")
    rate(study, unit, [4], rater="Elif", round=2, settles=tuple(blind), reason="Uzlaşıldı")
    (behind,) = results.evidence_behind(study, "kimya", "g1")
    assert (behind.unit_id, behind.level, behind.collapsed, behind.rater) == (unit, 4, 3, "Elif")
    assert (behind.evidence, behind.reason, behind.suggestion) == ("1", "Uzlaşıldı", 2)
    (suggested,) = results.evidence_behind(study, "kimya", "g2")
    assert (suggested.level, suggested.collapsed, suggested.rater, suggested.evidence) == (2, 1, "", "")
    assert results.evidence_behind(study, "lojistik", "g1") == ()
    computed = results.compute(study, keep=False)
    assert computed.areas[0].indicators[0].mean == 3
    given = results.inputs(study)
    assert given.levels.evidence is not None and given.levels.evidence[0, 0] == Evidence.DOCUMENT


def test_that_a_blind_rater_sees_nothing_of_another_s_levels_before_the_own_sheet_is_final(study: Study) -> None:
    from kume_desktop.services.firm_scores import firm_scores

    unit, wave = firm(study, "kimya"), study.wave.wave_id
    rate(study, unit, [5] * 10, rater="Elif Başka", reason="Atölyede gördüm")

    def mark(state: str, turn: int) -> None:
        with study.act() as act:
            writing.mark_sheet(act, writing.SheetMarked(wave, "unit", unit, study.person, state, turn))

    mark("drawn", 0)
    (behind,) = results.evidence_behind(study, "kimya", "g1")
    assert (behind.unit_id, behind.level, behind.rater, behind.reason) == (unit, None, "", "")
    (score,) = firm_scores(study)["kimya"]
    assert (score.scored, score.score) == (10, None)
    rate(study, unit, [5] * 10, rater=study.person)
    mark("final", 1)
    (behind,) = results.evidence_behind(study, "kimya", "g1")
    assert behind.level == 5
    assert firm_scores(study)["kimya"][0].score == pytest.approx(100)


def test_that_figures_outrun_by_a_new_level_are_not_kept_as_fresh(study: Study) -> None:
    unit = firm(study, "kimya")
    rate(study, unit, [3] * 10)
    newest = results.newest_event(study)
    payload = run.results_to_json(results.compute(study, keep=False))
    rate(study, unit, [5] * 10)
    outrun = results.keep(study, payload, newest)
    assert results.latest(study) is None and results.is_stale(study, outrun)
    newest = results.newest_event(study)
    payload = run.results_to_json(results.compute(study, keep=False))
    with study.act() as act:
        writing.add_person(act, "Zeynep", study.wave.wave_id, "staff")
    kept = results.keep(study, payload, newest)
    assert results.latest(study) == kept and not results.is_stale(study, kept)


def test_that_raters_are_numbers_in_the_record(study: Study) -> None:
    unit = firm(study, "kimya")
    rate(study, unit, [2, 3] * 5, rater="Zeynep Uzman")
    rate(study, unit, [3, 3] * 5, rater="Elif Uzman")
    record = score_record.as_record(results.compute(study, keep=False))
    assert [one["rater"] for one in record["analysis"]["drift"]] == ["R1", "R2"]
    assert "Uzman" not in json.dumps(record, ensure_ascii=False)


def test_that_levels_that_do_not_count_are_named_with_their_reason(study: Study) -> None:
    unit = firm(study, "kimya")
    area = next(one.area_id for one in reading.areas(study.database) if one.code == "lojistik")
    rate(study, unit, [2] * 10, basis="suggestion", rater="rubric")
    rate(study, unit, [None], missing="na", reason="yalnız ihracat")
    rate(study, unit, [1, 3])
    rate(study, unit, [2, 5], rater="Mehmet")
    rate(study, area, [3])
    with study.act() as act:
        writing.rate(act, writing.RatingGiven(study.wave.wave_id, "unit", unit, "g99", 3, "Elif"))
        writing.add_unit(act, {"code": "X1", "name": "Hiçbir yerde", "area": "yok"})
    reasons = {(entry["what"], entry["reason"]) for entry in results.left_out(study)}
    assert reasons == {
        ("g1", "raters-differ"), ("g2", "raters-differ"), ("panel", "other-route"), ("g99", "unknown-indicator"),
        ("yok", "unknown-area"),
    }  # fmt: skip


def test_that_experts_needs_are_a_route_of_their_own(study: Study) -> None:
    area = next(one.area_id for one in reading.areas(study.database) if one.code == "lojistik")
    with study.act() as act:
        for expert, level in (("u1", 2), ("u2", 3)):
            given = writing.RatingGiven(study.wave.wave_id, "area", area, "uretim_insan", level, expert, basis="expert")
            writing.rate(act, given)
    computed = results.compute(study)
    cell = next(one for one in computed.expert_needs if (one.area, one.cell) == ("lojistik", "uretim_insan"))
    assert (cell.n, cell.mean) == (2, 2.5)
    own = next(one for one in computed.needs if (one.area, one.cell) == ("lojistik", "uretim_insan"))
    assert own.n == 0
    assert results.route(study) == "firma" and not results.is_rated(study)
    assert results.left_out(study) == []
    assert all(one.n == 0 for one in computed.areas)


def test_that_an_earlier_wave_gives_the_change(study: Study) -> None:
    unit = firm(study, "kimya")
    rate(study, unit, [1] * 10)
    with study.act() as act:
        writing.open_wave(act, "2027", "2027")
    study.wave = reading.waves(study.database)[1]
    with study.act() as act:
        kept = reading.methods(act, reading.waves(act)[0].wave_id)[0]
        writing.save_method(
            act, study.wave.wave_id, 1, kept.name, kept.version, kept.method_hash, kept.payload
        )  # fmt: skip
    rate(study, unit, [5] * 10)
    computed = results.compute(study, keep=False)
    assert computed.analysis is not None
    (change,) = computed.analysis.changes
    assert (change.area, change.paired, change.only_before, change.only_after) == ("kimya", 1, 0, 0)
    assert change.change == pytest.approx(200 / 3) and change.interval.reason == "few"
    assert "changes" not in dict(computed.analysis.skipped)


def test_that_the_worker_previews_a_method_and_stores_nothing(scorecard: Study) -> None:
    import io

    strict = results.method(scorecard).with_changes(cuts=(0.9, 0.5))
    asked = worker.request(scorecard, "preview", method=strict.to_json())
    before = reading.counts(scorecard.database).events
    answers = io.StringIO()
    assert worker.serve(io.StringIO(json.dumps(asked) + "\n"), answers) == 0
    told = json.loads(answers.getvalue().splitlines()[-1])["result"]["effects"]
    found = {one.area: one for one in method_versions.effects_of(told)}
    assert found["meyve_sebze"].category_changes and found["meyve_sebze"].category_after == 2
    assert found == {one.area: one for one in method_versions.effect(scorecard, strict)}
    assert reading.counts(scorecard.database).events == before
