"""How interviews went, read from a real log: times, late changes, paper, thresholds, and for staff alone."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import datetime

import pytest

from kume_desktop.interview.timing import Spell
from kume_desktop.problems import Refused
from kume_desktop.services import conduct, fieldwork, interviewing, people, tracing, worker
from kume_desktop.services.conduct import InterviewConduct
from kume_desktop.services.interviewing import Session
from kume_desktop.services.studies import Study
from kume_desktop.store import reading, writing
from kume_desktop.store.events import SubjectKind

NEEDS = "is_ihtiyac"
ROWS = ("insan", "finansman", "duran_varlik", "bilgi", "iliski")
BEGIN = {
    "gorusme_bicimi": "1", "aydinlatma_okundu": "1", "katilim": "1", "gorev": "1", "unvan_dogru": "1",
    "hukuki_yapi": "2", "ana_urun": "Boya", "alan_uygun": "1", "ilce": "kemalpasa", "kurulus_yili": "1998",
    "calisan_sayisi": "20", "ihracat_var": "1",
}  # fmt: skip
END = {
    "oncelik_1": "uretim_insan", "oncelik_2": "pazarlama_bilgi", "ortak_cozum": "1", "destek_kullanim": "0",
    "acik_riza": "2", "sonuc": "1", "baskasi": "2", "anlama": "3",
}  # fmt: skip
SECOND = 1000


@pytest.fixture
def session(study: Study) -> Session:
    unit_id = next(row.unit_id for row in fieldwork.firms(study) if row.name == "Şişli Kimya")
    return interviewing.open_interview(study, unit_id, NEEDS)


def give(session: Session, answers: dict[str, str]) -> None:
    for name, value in answers.items():
        saved = session.answer(session.interview.path_of(name), value)
        assert saved.at is not None, (name, saved.problems)


def levels(value: str) -> dict[str, str]:
    return {f"{part}_{row}": value for part in ("uretim", "pazarlama") for row in ROWS}


def only(study: Study) -> InterviewConduct:
    (found,) = conduct.conduct(study).interviews
    return found


def kinds(study: Study) -> set[str]:
    return {each.kind for each in only(study).signals}


def path(session: Session, name: str) -> str:
    return session.interview.path_of(name)


def test_that_the_times_of_all_sittings_are_added_up_per_question(study: Study, session: Session) -> None:
    number, product = path(session, "calisan_sayisi"), path(session, "ana_urun")
    tracing.write(session, "s1", 1, [Spell(product, 0, 30 * SECOND, 1), Spell(number, 30, 20 * SECOND, 1)])
    tracing.write(session, "s1", 2, [Spell(number, 50, 10 * SECOND, 1, 60 * SECOND, 240 * SECOND)])
    tracing.write(session, "s2", 1, [Spell(product, 0, 5 * SECOND, 0)])
    found = conduct.question_times(study, session.interview_id)
    assert [(each.seconds, each.away, each.visits) for each in found] == [(35.0, 0.0, 1), (30.0, 300.0, 2)]
    assert found[0].title == "En çok satışını yaptığınız ürün ya da hizmet nedir?"
    assert all(each.number.startswith("3.") for each in found)
    assert only(study).minutes == pytest.approx(65 / 60)
    assert only(study).usual is None


def test_that_a_trace_is_no_answer_and_leaves_the_interview_as_it_was(study: Study, session: Session) -> None:
    give(session, {"gorusme_bicimi": "1"})
    before = reading.counts(study.database).answers
    tracing.write(session, "s1", 1, [Spell(path(session, "katilim"), 0, SECOND, 1)])
    tracing.write(session, "s1", 2, [])
    again = interviewing.open_interview(study, session.record.unit_id, NEEDS)
    assert again.interview.values == session.interview.values
    assert not again.contested
    assert reading.counts(study.database).answers == before


def test_that_ten_equal_answers_are_told_and_reserve_answers_are_not_among_them(study: Study, session: Session) -> None:
    give(session, BEGIN | levels("4"))
    assert kinds(study) == {"all-same"}
    give(session, {"uretim_bilgi": "dk", "pazarlama_insan": "2"})
    assert kinds(study) == set()
    give(session, {"uretim_bilgi": "4", "pazarlama_insan": "4", "pazarlama_iliski": "5"})
    assert [(each.kind, each.value) for each in only(study).signals if each.kind == "run"] == [("run", 9.0)]


def test_that_answers_changed_after_completion_are_counted_by_question(study: Study, session: Session) -> None:
    give(session, BEGIN | levels("5") | {"uretim_insan": "4", "pazarlama_bilgi": "4"} | END)
    assert session.complete().at is not None
    assert "changes" not in kinds(study)
    assert session.reopen().at is not None
    give(session, {"calisan_sayisi": "21", "uretim_bilgi": "4"})
    give(session, {"calisan_sayisi": "22"})
    assert session.complete().at is not None
    assert next(each for each in only(study).signals if each.kind == "changes").value == 2


def test_that_an_interview_typed_from_paper_has_no_times_and_writes_none(study: Study, session: Session) -> None:
    assert tracing.is_live(session)
    tracing.write(session, "s1", 1, [Spell(path(session, "katilim"), 0, 40 * 60 * SECOND, 1)])
    with study.act() as act:
        writing.set_fact(act, SubjectKind.INTERVIEW, session.interview_id, tracing.TYPED_FROM_PAPER, "Deniz")
    assert not tracing.is_live(session)
    assert only(study).on_paper
    assert only(study).minutes is None


def test_that_staff_change_thresholds_and_nonsense_is_refused_by_name(study: Study, session: Session) -> None:
    give(session, BEGIN | levels("5") | {"uretim_insan": "1", "pazarlama_insan": "2"})
    assert "run" not in kinds(study)
    conduct.save_rules(study, replace(conduct.rules(study), run=4))
    assert conduct.rules(study).run == 4
    assert "run" in kinds(study)
    with pytest.raises(Refused) as refused:
        conduct.save_rules(study, replace(conduct.rules(study), run=0, fast=2.0))
    assert [one.params["name"] for one in refused.value.problems] == ["run", "fast"]
    assert conduct.rules(study).run == 4


@pytest.mark.parametrize("role", [people.INTERVIEWER, people.SCORER])
def test_that_nobody_but_staff_is_told_anything(study: Study, session: Session, role: str) -> None:
    study.role = role
    for ask in (
        lambda: conduct.conduct(study),
        lambda: conduct.question_times(study, session.interview_id),
        lambda: conduct.save_rules(study, conduct.rules(study)),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.problems[0].code == "study.only-staff"


def test_that_the_companion_tells_what_the_service_tells(study: Study, session: Session) -> None:
    give(session, BEGIN | levels("4"))
    tracing.write(session, "s1", 1, [Spell(path(session, "katilim"), 0, 9 * SECOND, 1)])
    asked = [
        worker.request(study, conduct.CONDUCT),
        worker.request(study, conduct.CONDUCT_TIMES, interview_id=session.interview_id),
    ]
    answers = io.StringIO()
    worker.serve(io.StringIO("".join(json.dumps(one) + "\n" for one in asked)), answers)
    overview, times = [json.loads(line)["result"] for line in answers.getvalue().splitlines()]
    assert conduct.conduct_of(overview) == conduct.conduct(study)
    assert conduct.times_of(times) == conduct.question_times(study, session.interview_id)


def test_that_interviewers_are_told_with_their_interviews_and_an_area_narrows_them(study: Study) -> None:
    for row in fieldwork.firms(study):
        opened = interviewing.open_interview(study, row.unit_id, NEEDS)
        give(opened, BEGIN | (levels("4") if row.area == "kimya" else levels("5") | {"uretim_insan": "1"}))
    found = conduct.conduct(study)
    (line,) = found.interviewers
    assert (line.name, line.interviews, line.noticed) == ("Elif", 2, 2)
    assert dict(line.signals)["all-same"] == 1
    assert [one.area for one in found.of_area("kimya").interviews] == ["kimya"]


def test_that_the_clock_of_the_day_is_that_of_this_place(study: Study, session: Session) -> None:
    night = datetime(2026, 3, 2, 23, 30).astimezone()
    with study.act(at=night) as act:
        from kume_desktop.store.events import EventKind

        told = {"spells": [[path(session, "katilim"), 0, 5 * SECOND, 1, 0, 0]]}
        act.append(EventKind.TRACE, SubjectKind.INTERVIEW, session.interview_id, "s1:1", told, None, ())
    found = next(each for each in only(study).signals if each.kind == "night")
    assert found.value == pytest.approx(23.5)


def test_that_entries_of_a_later_version_are_left_out(study: Study, session: Session) -> None:
    with study.act() as act:
        from kume_desktop.store.events import EventKind

        for number, told in enumerate(({"spells": "x"}, {"other": 1}, {"spells": [["a", "b"]]})):
            act.append(EventKind.TRACE, SubjectKind.INTERVIEW, session.interview_id, f"s1:{number}", told, None, ())
    assert only(study).minutes is None
