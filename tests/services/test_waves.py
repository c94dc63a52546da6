"""Waves: the next one is opened and worked in, the earlier one stays as it was, and change reaches every result."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kume_desktop import cli
from kume_desktop.interview import page
from kume_desktop.problems import Refused
from kume_desktop.scoring.results import Results
from kume_desktop.services import (
    committee,
    fieldwork,
    frame_totals,
    interviewing,
    method_versions,
    people,
    reporting,
    results,
    sample_plan,
    score_record,
    studies,
    waves,
    worker,
)
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.studies import Study
from kume_desktop.services.waves import NextWave
from kume_desktop.store import reading, writing
from tests.studies import PASSPHRASE
from tests.wave_studies import FIRMS, JOINED, NEXT, firms_of, rate, two_waves, waves_template

__all__ = ("two_waves", "waves_template")


def go_to(study: Study, name: str) -> None:
    waves.switch_to_named(study, name)


def changes_of(computed: Results) -> tuple[Any, ...]:
    assert computed.analysis is not None
    return computed.analysis.changes


def skipped(computed: Results) -> dict[str, str]:
    assert computed.analysis is not None
    return dict(computed.analysis.skipped)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


def test_that_a_study_begins_with_one_wave_of_its_reference_year(study: Study) -> None:
    (first,) = waves.waves(study)
    assert (first.name, first.opened_by, first.is_current, first.is_newest) == ("2025", "Elif", True, True)
    assert (first.begins, first.interviews, first.completed, first.rated) == (None, 0, 0, 0)
    assert waves.suggested(study).name == "2026" and waves.suggested(study).reference_year == 2026


def test_that_the_next_wave_is_opened_in_the_log_and_worked_in(two_waves: Study) -> None:
    first, second = waves.waves(two_waves)
    assert (second.name, second.begins, second.opened_by) == ("2026", date(2026, 3, 15), "Elif")
    assert second.is_current and second.is_newest and not first.is_current
    assert (first.rated, second.rated) == (FIRMS + 1, FIRMS)
    opened = [one for one in reading.events(two_waves.database, second.wave_id) if one.kind == "wave_opened"]
    assert [(one.author, one.role, one.subject_id) for one in opened] == [("Elif", "staff", second.wave_id)]
    assert two_waves.head().wave == "2026" and two_waves.head().is_newest_wave


def test_that_a_study_opens_in_its_newest_wave_for_everybody(two_waves: Study) -> None:
    go_to(two_waves, "2025")
    people.add(two_waves, "Can", people.INTERVIEWER, "başka bir parola")
    for passphrase in (PASSPHRASE, "başka bir parola"):
        with studies.open_study(two_waves.path, passphrase) as opened:
            assert opened.wave.name == "2026"
            assert opened.role == ("staff" if passphrase == PASSPHRASE else "interviewer")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "  "}, "wave.no-name"),
        ({"name": "2025"}, "wave.name-taken"),
        ({"name": "x" * 41}, "wave.name-long"),
        ({"begins": NEXT.begins}, "wave.begins-before"),
        ({"begins": NEXT.begins - timedelta(days=1)}, "wave.begins-before"),
        ({"reference_year": 26}, "wave.bad-year"),
    ],
)
def test_that_a_wave_that_cannot_be_is_refused_and_nothing_is_written(
    two_waves: Study, change: dict[str, Any], code: str
) -> None:
    before = reading.counts(two_waves.database).events
    with pytest.raises(Refused) as refused:
        waves.open_next(two_waves, replace(NextWave("2027", date(2027, 1, 1), 2027), **change))
    assert codes(refused) == [code]
    assert reading.counts(two_waves.database).events == before and len(waves.waves(two_waves)) == 2


def test_that_a_wave_in_which_nobody_was_interviewed_or_rated_has_no_next_one(study: Study) -> None:
    with pytest.raises(Refused) as refused:
        waves.open_next(study, NEXT)
    assert codes(refused) == ["wave.nothing-yet"]
    rate(study, firms_of(study, "kimya")[0], [3])
    assert waves.open_next(study, NEXT).name == "2026"


def test_that_all_that_is_wrong_with_a_wave_is_said_at_once(study: Study) -> None:
    study.role = people.SCORER
    with pytest.raises(Refused) as refused:
        waves.open_next(study, NextWave("", NEXT.begins, 0))
    assert codes(refused) == ["wave.only-staff", "wave.no-name", "wave.bad-year", "wave.nothing-yet"]


def test_that_only_waves_of_the_study_can_be_gone_to(two_waves: Study) -> None:
    with pytest.raises(Refused) as refused:
        waves.switch(two_waves, "yok")
    assert codes(refused) == ["wave.unknown"]
    with pytest.raises(Refused) as refused:
        go_to(two_waves, "2031")
    assert refused.value.problems[0].params["waves"] == "2025, 2026"
    assert two_waves.wave.name == "2026"


def test_that_people_interviewers_and_the_method_go_on(study: Study) -> None:
    people.add(study, "Can", people.INTERVIEWER, "başka bir parola")
    firm = firms_of(study, "kimya")[0]
    with study.act() as act:
        writing.assign(act, study.wave.wave_id, firm, "Can")
    before = results.method(study)
    method_versions.save_draft(study, before.with_changes(min_scored=7))
    method_versions.publish(study, "en az yedi gösterge")
    rate(study, firm, [3] * 10)
    waves.open_next(study, NEXT)
    assert {one.name: one.role for one in people.people(study)} == {"Can": "interviewer", "Elif": "staff"}
    assert fieldwork.firm_row(study, firm).interviewer == "Can"
    (carried,) = method_versions.versions(study)
    assert (carried.number, carried.method.min_scored, carried.state) == (2, 7, "published")
    method_versions.save_draft(study, carried.method.with_changes(min_scored=6))
    assert method_versions.publish(study, "en az altı gösterge").number == 3
    go_to(study, "2025")
    assert results.method(study).min_scored == 7 and len(method_versions.versions(study)) == 2


def test_that_visits_interviews_and_ratings_begin_anew(two_waves: Study) -> None:
    visited = next(row for row in fieldwork.firms(two_waves) if row.name == "Kimya 0")
    assert visited.visits == 0 and visited.state is FirmState.UNASSIGNED
    assert {row.state for row in fieldwork.firms(two_waves)} == {FirmState.UNASSIGNED}
    go_to(two_waves, "2025")
    visited = fieldwork.firm_row(two_waves, visited.unit_id)
    assert visited.visits == 1 and visited.state is FirmState.NOT_REACHED
    assert len(fieldwork.firm(two_waves, visited.unit_id).visits) == 1


def test_that_an_interview_belongs_to_the_wave_in_which_it_was_begun(two_waves: Study) -> None:
    unit_id = firms_of(two_waves, "lojistik")[0]
    form = "kumelenme_duzeyi"
    session = interviewing.open_interview(two_waves, unit_id, form)
    assert fieldwork.start_view(two_waves).resume is not None
    assert next(one for one in waves.waves(two_waves) if one.is_current).interviews == 1
    go_to(two_waves, "2025")
    assert fieldwork.start_view(two_waves).resume is None
    assert fieldwork.firm(two_waves, unit_id).interviews == ()
    earlier = interviewing.open_interview(two_waves, unit_id, form)
    assert earlier.interview_id != session.interview_id
    assert earlier.record.wave_id == two_waves.wave.wave_id


def test_that_interviews_ask_about_the_year_of_their_wave(two_waves: Study) -> None:
    assert two_waves.facts().reference_year == 2026
    two_waves.save_facts(replace(two_waves.facts(), reference_year=2027, agency="Yeni Ajans"))
    go_to(two_waves, "2025")
    assert (two_waves.facts().reference_year, two_waves.facts().agency) == (2025, "Yeni Ajans")


def test_that_totals_go_on_until_others_are_entered_and_the_earlier_ones_stay(two_waves: Study) -> None:
    assert [one.frame_n for one in frame_totals.totals(two_waves)] == [120, 310]
    assert [area.frame_n for area in two_waves.areas()] == [120, 310]
    frame_totals.enter(two_waves, "lojistik", frame_totals.AreaTotals("lojistik", 90, size_n={"1-9": 60, "10-24": 30}))
    go_to(two_waves, "2025")
    assert [one.frame_n for one in frame_totals.totals(two_waves)] == [96, 310]
    frame_totals.enter(two_waves, "kimya", frame_totals.AreaTotals("kimya", 97))
    assert frame_totals.totals(two_waves)[1].size_n == {}
    go_to(two_waves, "2026")
    chemicals, logistics = frame_totals.totals(two_waves)
    assert chemicals.frame_n == 120 and logistics.size_n == {"1-9": 60, "10-24": 30}
    frame_totals.enter(two_waves, "lojistik", frame_totals.AreaTotals("lojistik"))
    assert frame_totals.totals(two_waves)[1].frame_n is None
    assert [int(n) for n in results.inputs(two_waves).areas.frame_n] == [120, -1]


def test_that_each_wave_draws_its_own_sample_and_is_decided_by_itself(two_waves: Study) -> None:
    frame_totals.enter(two_waves, "kimya", frame_totals.from_list(two_waves, "kimya"))
    drawn = sample_plan.draw(two_waves, "kimya")
    decision = committee.Decision("kimya", 1, date(2026, 6, 1), ("Ayşe Uzman",), reason="saha bilgisi")
    committee.decide(two_waves, decision)
    assert committee.decisions(two_waves) == {"kimya": decision}
    assert len(committee.history(two_waves, "kimya")) == 1
    go_to(two_waves, "2025")
    assert drawn and sample_plan.sample(two_waves, "kimya") == ()
    assert [one.drawn_with for one in sample_plan.plan(two_waves)] == [None, None]
    assert committee.decisions(two_waves) == {} and committee.history(two_waves, "kimya") == ()
    go_to(two_waves, "2026")
    assert sample_plan.sample(two_waves, "kimya") == drawn
    committee.withdraw(two_waves, "kimya")
    assert committee.decisions(two_waves) == {}


@pytest.mark.parametrize("role", [people.INTERVIEWER, people.SCORER])
def test_that_only_staff_correct_an_earlier_wave(two_waves: Study, role: str) -> None:
    unit_id = firms_of(two_waves, "kimya")[0]
    two_waves.role = role
    fieldwork.record_visit(two_waves, unit_id, "10")
    go_to(two_waves, "2025")
    before = reading.counts(two_waves.database).events
    with pytest.raises(Refused) as refused:
        fieldwork.record_visit(two_waves, unit_id, "10")
    assert codes(refused) == ["wave.earlier-is-read"]
    assert reading.counts(two_waves.database).events == before
    assert results.compute(two_waves).areas[0].n == FIRMS
    assert results.latest(two_waves) is not None
    two_waves.role = people.STAFF
    fieldwork.record_visit(two_waves, unit_id, "10")
    assert reading.visits(two_waves.database, unit_id)[-1].wave_id == two_waves.wave.wave_id


def _first_answer(session: interviewing.Session) -> tuple[str, str]:
    """The first question of an interview that a person chooses an answer for, and a choice."""
    interview = session.interview
    spots = (path for path, spot in interview.tree.spots.items() if not spot.item.children)
    found = (page.row(interview, path) for path in spots if interview.is_relevant(path))
    row = next(one for one in found if one.choices and not one.read_only)
    return row.path, row.choices[0].name


def test_that_an_interview_of_an_earlier_wave_can_be_read_and_takes_no_answer(two_waves: Study) -> None:
    unit_id, form = firms_of(two_waves, "kimya")[0], "kumelenme_duzeyi"
    go_to(two_waves, "2025")
    interviewing.open_interview(two_waves, unit_id, form)
    two_waves.role = people.INTERVIEWER
    before = reading.counts(two_waves.database).events
    session = interviewing.open_interview(two_waves, unit_id, form)
    path = session.interview.path_of("gorusmeci_kodu")
    for saved in (session.comment(path, "not"), session.mark(path), session.answer(*_first_answer(session))):
        assert saved.at is None and [one.code for one in saved.problems] == ["wave.earlier-is-read"]
    session.go_to(path)
    session.draft(path, "yarım")
    assert session.comments == {} and reading.drafts(two_waves.database) == ()
    with pytest.raises(Refused):
        interviewing.open_interview(two_waves, firms_of(two_waves, "kimya")[1], form)
    assert reading.counts(two_waves.database).events == before


def test_that_the_change_since_the_earlier_wave_reaches_results_and_json(two_waves: Study) -> None:
    computed = results.compute(two_waves)
    (change,) = changes_of(computed)
    chemicals = computed.areas[0]
    assert (change.area, change.earlier, change.after) == ("kimya", "2025", chemicals.score)
    assert change.change == pytest.approx(change.after - change.before)
    assert (change.paired, change.only_before, change.only_after) == (FIRMS - JOINED, JOINED, JOINED)
    assert change.interval.low < change.change < change.interval.high and change.detectable > 0
    assert change.unlike == ()
    record = json.loads(json.dumps(score_record.as_record(computed)))
    (told,) = record["analysis"]["changes"]
    assert told["change"] == change.change and told["interval"]["low"] == change.interval.low
    go_to(two_waves, "2025")
    first = results.compute(two_waves)
    assert first.areas[0].score == pytest.approx(change.before)
    assert changes_of(first) == () and skipped(first)["changes"] == "one-wave"


def test_that_the_earlier_wave_is_corrected_for_by_its_own_list(two_waves: Study) -> None:
    inputs = results.inputs(two_waves)
    assert inputs.around.earlier is not None
    assert [int(n) for n in inputs.around.earlier.frame_n] == [96, 310]
    assert [int(n) for n in inputs.areas.frame_n] == [120, 310]


def test_that_each_wave_keeps_its_own_results(two_waves: Study) -> None:
    second = results.compute(two_waves)
    go_to(two_waves, "2025")
    assert results.latest(two_waves) is None
    first = results.compute(two_waves)
    assert results.latest(two_waves) == first != second and not results.is_stale(two_waves, first)
    go_to(two_waves, "2026")
    assert results.latest(two_waves) == second and not results.is_stale(two_waves, second)


def test_that_a_correction_of_the_earlier_wave_makes_the_results_of_both_stale(two_waves: Study) -> None:
    second = results.compute(two_waves)
    go_to(two_waves, "2025")
    first = results.compute(two_waves)
    rate(two_waves, firms_of(two_waves, "kimya")[0], [5] * 10, evidence_kind="1")
    assert results.is_stale(two_waves, first)
    go_to(two_waves, "2026")
    assert results.is_stale(two_waves, second)
    second = results.compute(two_waves)
    rate(two_waves, firms_of(two_waves, "kimya")[-1], [1] * 10, evidence_kind="1")
    assert results.is_stale(two_waves, second)
    go_to(two_waves, "2025")
    assert not results.is_stale(two_waves, results.compute(two_waves))


def test_that_another_method_or_other_indicators_are_said_with_the_change(two_waves: Study) -> None:
    method_versions.save_draft(two_waves, results.method(two_waves).with_changes(min_scored=7))
    method_versions.publish(two_waves, "en az yedi gösterge")
    for unit_id in firms_of(two_waves, "kimya"):
        rate(two_waves, unit_id, [None] * 2)
    (change,) = changes_of(results.compute(two_waves, keep=False))
    assert change.unlike == ("other-method", "other-indicators")
    assert (change.only_then, change.only_now) == (("g1", "g2"), ())


def test_that_another_rubric_is_said_with_the_change(two_waves: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    from kume_desktop.services import earlier

    by_wave = {one.wave_id: {one.name} for one in waves.waves(two_waves)}
    monkeypatch.setattr(earlier, "_rubrics", lambda _study, wave_id: by_wave[wave_id])
    (change,) = changes_of(results.compute(two_waves, keep=False))
    assert change.unlike == ("other-rubrics",)


def test_that_a_panel_is_not_compared_with_firms(study: Study) -> None:
    chemicals = next(area.area_id for area in reading.areas(study.database) if area.code == "kimya")
    rate(study, firms_of(study, "kimya")[0], [3] * 10)
    waves.open_next(study, NEXT)
    rate(study, chemicals, [2] * 10)
    assert skipped(results.compute(study, keep=False))["changes"] == "other-route-then"
    waves.open_next(study, NextWave("2027", date(2027, 1, 1), 2027))
    rate(study, chemicals, [3] * 10)
    (change,) = changes_of(results.compute(study, keep=False))
    assert (change.earlier, change.interval.reason, change.paired) == ("2026", "panel", 0)
    assert change.change == pytest.approx(change.after - change.before) and change.change > 0


def test_that_a_wave_without_levels_is_passed_over_and_said(two_waves: Study) -> None:
    third = NextWave("2027", date(2027, 1, 1), 2027)
    waves.open_next(two_waves, third)
    assert skipped(results.compute(two_waves, keep=False))["changes"] == "no-levels"
    session = interviewing.open_interview(two_waves, firms_of(two_waves, "kimya")[0], "kumelenme_duzeyi")
    with two_waves.act() as act:
        writing.complete_interview(act, session.interview_id, session.record.version_id)
    waves.open_next(two_waves, NextWave("2028", date(2028, 1, 1), 2028))
    for unit_id in firms_of(two_waves, "kimya"):
        rate(two_waves, unit_id, [4] * 10)
    (change,) = changes_of(results.compute(two_waves, keep=False))
    assert (change.earlier, change.unlike) == ("2026", ("not-nearest",))


def test_that_the_worker_computes_the_wave_in_which_the_window_works(two_waves: Study) -> None:
    go_to(two_waves, "2025")
    answers = StringIO()
    assert worker.serve(StringIO(json.dumps(worker.request(two_waves, "compute")) + "\n"), answers) == 0
    told = json.loads(answers.getvalue().splitlines()[-1])["result"]
    kept = results.keep(two_waves, told["payload"], told["newest"])
    assert kept.areas[0].score == results.current(two_waves).areas[0].score and changes_of(kept) == ()
    go_to(two_waves, "2026")
    assert results.latest(two_waves) is None


def test_that_two_computers_that_open_the_same_wave_mean_the_same_one(two_waves: Study) -> None:
    from kume_desktop.store.identity import derived_id

    first, second = waves.waves(two_waves)
    assert second.wave_id == derived_id("wave", two_waves.record.study_id, first.wave_id, "2026")


@pytest.mark.parametrize("edition", ["audit", "publication"])
def test_that_the_workbook_shows_the_change_and_follows_from_its_own_answers(
    two_waves: Study, tmp_path: Path, edition: str
) -> None:
    method_versions.save_draft(two_waves, results.method(two_waves).with_changes(min_scored=7))
    method_versions.publish(two_waves, "en az yedi gösterge")
    computed = results.compute(two_waves)
    (change,) = changes_of(computed)
    written = reporting.write_report(two_waves, tmp_path / "dalga.xlsx", "tr", edition=edition, reason="deneme")
    assert reporting.check_report(written.path) == ()
    with closing(load_workbook(written.path, data_only=True)) as book:
        rows = [row for row in book["Dalgalar arası değişim"].iter_rows(values_only=True) if row[0] == "kimya"]
        assert next(row for row in book["Kapak"].iter_rows(values_only=True) if row[0] == "Dalga")[1] == "2026"
    ((_code, _name, earlier, before, after, moved, low, high, _why, paired, then, now, least, _p, unlike),) = (
        row[:15] for row in rows
    )
    assert (earlier, paired, then, now) == ("2025", FIRMS - JOINED, JOINED, JOINED)
    assert (before, after, moved) == pytest.approx((change.before, change.after, change.change))
    assert (low, high, least) == pytest.approx((change.interval.low, change.interval.high, change.detectable))
    assert unlike.startswith("kendi yöntemi başkaydı")
    go_to(two_waves, "2025")
    first = reporting.write_report(two_waves, tmp_path / "ilk.xlsx", "tr", edition=edition, reason="deneme")
    with closing(load_workbook(first.path, read_only=True)) as book:
        assert "Dalgalar arası değişim" not in book.sheetnames
    assert reporting.check_report(first.path) == ()


def test_that_the_command_line_takes_a_wave(
    two_waves: Study, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KUME_PASSPHRASE", PASSPHRASE)
    path = two_waves.path
    two_waves.close()

    def told(*arguments: str) -> tuple[int, str]:
        code = cli.run(cli.parse(["score", str(path), *arguments]))
        out = capsys.readouterr()
        return code, out.out + out.err

    code, newest = told("--json")
    (change,) = json.loads(newest)["analysis"]["changes"]
    assert code == cli.DONE and (change["earlier"], change["area"]) == ("2025", "kimya")
    code, first = told("--json", "--wave", "2025")
    assert code == cli.DONE and json.loads(first)["analysis"]["changes"] == []
    assert (json.loads(first)["wave"], json.loads(newest)["wave"]) == ("2025", "2026")
    assert json.loads(first)["areas"][0]["score"] == pytest.approx(change["before"])
    code, words = told()
    assert "2025 dalgasından bu yana:" in words
    code, refused = told("--wave", "2031")
    assert code == cli.CANNOT and "2031" in refused and "2025, 2026" in refused
