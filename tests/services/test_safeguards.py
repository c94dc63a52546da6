"""What must not happen: a study overwritten, an answer counted that nobody decided, a firm claimed that refused."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import fieldwork, interviewing, reporting, results, studies
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.interviewing import Session
from kume_desktop.services.studies import Study
from kume_desktop.services.views import Area, NewFirm
from kume_desktop.store import device, frames, reading, writing
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.identity import new_id
from kume_desktop.store.log import Told
from tests.studies import PASSPHRASE

NEEDS, CLUSTERING = "is_ihtiyac", "kumelenme_duzeyi"
REFUSED = {"gorusme_bicimi": "1", "aydinlatma_okundu": "1", "katilim": "3", "sonuc": "4", "ret_nedeni": "1"}
STARTED = {
    "gorusme_bicimi": "1", "aydinlatma_okundu": "1", "katilim": "1", "gorev": "2", "unvan_dogru": "1",
    "hukuki_yapi": "2", "ana_urun": "Boya", "alan_uygun": "1", "kurulus_yili": "1998", "calisan_sayisi": "20",
}  # fmt: skip


@pytest.fixture
def unit_id(study: Study) -> str:
    return next(row.unit_id for row in fieldwork.firms(study) if row.area == "kimya")


def opened(study: Study, unit_id: str, answers: dict[str, str], instrument_id: str = NEEDS) -> Session:
    session = interviewing.open_interview(study, unit_id, instrument_id)
    for name, value in answers.items():
        assert session.answer(session.interview.path_of(name), value).at is not None, name
    return session


def answered_elsewhere(study: Study, session: Session, name: str, value: str) -> None:
    """Another computer gives an answer without knowing of ours."""
    writer = device.new_stream()
    other, at = device.Device(new_id(), "öteki"), session.started_at + timedelta(hours=1)
    told = Told(
        EventKind.ANSWER, SubjectKind.INTERVIEW, UUID(session.interview_id), session.interview.path_of(name), value,
        "Can", "interviewer", at, instrument_version=UUID(session.record.version_id),
    )  # fmt: skip
    lines = [writer.write(one).line for one in (*device.opening(other, writer.stream, "Can", "interviewer", at), told)]
    study.database.import_events(lines)


@pytest.mark.parametrize("name", ["deneme.kume", "deneme.kume-key"])
def test_that_a_report_never_overwrites_the_study(study: Study, name: str) -> None:
    target = study.path.with_name(name)
    before = target.read_bytes()[:64]
    with pytest.raises(Refused) as call:
        reporting.write_report(study, target, "tr")
    assert call.value.problems[0].code == "report.not-xlsx"
    assert target.read_bytes()[:64] == before


def test_that_a_workbook_beside_the_study_may_not_bear_its_name(study: Study) -> None:
    with pytest.raises(Refused) as call:
        reporting.write_report(study, study.path.with_name("deneme.kume.xlsx"), "tr")
    assert call.value.problems[0].code == "report.target-is-the-study"


def test_that_answers_of_a_killed_sitting_are_relevant_in_the_report(study: Study, unit_id: str) -> None:
    session = opened(study, unit_id, STARTED)
    rows = {
        row.path.rpartition("/")[2]: row
        for row in frames.answer_rows(study.database, study.wave.wave_id, NEEDS)
        if row.interview_id == session.interview_id
    }
    assert all(rows[name].relevant for name in STARTED)


def test_that_a_contested_answer_is_shown_to_a_person_and_counts_nowhere(study: Study, unit_id: str) -> None:
    session = opened(study, unit_id, STARTED)
    answered_elsewhere(study, session, "calisan_sayisi", "90")
    again = interviewing.open_interview(study, unit_id, NEEDS)
    question = again.interview.path_of("calisan_sayisi")
    assert again.interview.value(question) == ""
    refused = again.answer(question, "50")
    assert refused.at is None and refused.problems[0].code == "interview.in-conflict"
    assert refused.problems[0].params["values"] == "20 / 90"
    assert again.complete().problems[0].code == "interview.in-conflict"
    assert len(reading.conflicts(study.database)) == 1


def test_that_an_answer_does_not_resolve_what_its_writer_never_saw(study: Study, unit_id: str) -> None:
    session = opened(study, unit_id, STARTED)
    answered_elsewhere(study, session, "calisan_sayisi", "90")
    assert session.answer(session.interview.path_of("calisan_sayisi"), "21").at is not None
    conflict = reading.conflicts(study.database)
    assert [{head.value for head in one.heads} for one in conflict] == [{"21", "90"}]


def test_that_a_completed_interview_takes_no_answer_until_it_is_opened_again(study: Study, unit_id: str) -> None:
    session = opened(study, unit_id, REFUSED)
    assert session.complete().at is not None
    question = session.interview.path_of("ret_nedeni")
    assert session.answer(question, "2").problems[0].code == "interview.completed"
    assert session.reopen().at is not None
    assert session.answer(question, "2").at is not None


def test_that_a_reopened_interview_leaves_the_index(study: Study, unit_id: str) -> None:
    session = opened(study, unit_id, {**STARTED, "il_sayisi": "3", "musteri_pay": "1"}, CLUSTERING)
    with study.act() as act:
        from kume_desktop.services import rating

        rating.keep_suggestions(act, study, session.record, session.interview)
        writing.complete_interview(act, session.interview_id, session.record.version_id)
    wave = study.wave.wave_id
    before = frames.levels(study.database, wave, "firma", ["g1", "g7"])
    assert before.levels.tolist() == [[2.0, 2.0]]
    assert session.reopen().problems[0].code == "interview.not-completed", "this sitting does not know yet"
    assert interviewing.open_interview(study, unit_id, CLUSTERING).reopen().at is not None
    assert frames.levels(study.database, wave, "firma", ["g1", "g7"]).targets == ()


def test_that_people_s_levels_of_a_reopened_interview_wait_and_are_named(study: Study, unit_id: str) -> None:
    session = opened(study, unit_id, {**STARTED, "il_sayisi": "3", "musteri_pay": "1"}, CLUSTERING)
    wave = study.wave.wave_id

    def say(kind: EventKind, state: str) -> None:
        from kume_desktop.services import rating

        with study.act() as act:
            record = session.record
            act.append(kind, SubjectKind.INTERVIEW, record.interview_id, "", state, record.version_id)
            keep = rating.keep_suggestions if state == "completed" else rating.withdraw_suggestions
            keep(act, study, record, session.interview)

    say(EventKind.INTERVIEW_COMPLETED, "completed")
    with study.act() as act:
        writing.rate(act, writing.RatingGiven(wave, "unit", unit_id, "g1", 4, "Elif", reason="gezdim"))
    assert frames.levels(study.database, wave, "firma", ["g1"]).levels.tolist() == [[4.0]]
    assert results.left_out(study) == []
    say(EventKind.INTERVIEW_REOPENED, "open")
    assert frames.levels(study.database, wave, "firma", ["g1"]).targets == ()
    assert [(one["what"], one["reason"]) for one in results.left_out(study)] == [(CLUSTERING, "interview-open")]
    say(EventKind.INTERVIEW_COMPLETED, "completed")
    assert frames.levels(study.database, wave, "firma", ["g1"]).levels.tolist() == [[4.0]]


def test_that_a_firm_that_refused_is_not_completed_and_its_outcome_is_a_visit(study: Study, unit_id: str) -> None:
    assert opened(study, unit_id, REFUSED).complete().at is not None
    detail = fieldwork.firm(study, unit_id)
    assert detail.row.state is FirmState.NOT_INTERVIEWED
    assert [visit.outcome for visit in detail.visits] == ["4"]
    assert sum(area.completed for area in fieldwork.start_view(study).progress) == 0


def test_that_two_completed_interviews_of_one_form_are_left_out_and_named(study: Study, unit_id: str) -> None:
    assert opened(study, unit_id, REFUSED).complete().at is not None
    version = next(one for one in study.instruments() if one.instrument_id == NEEDS)
    with study.act() as act:
        twin = writing.open_interview(act, study.wave.wave_id, unit_id, version.version_id, "Can")
        writing.complete_interview(act, twin, version.version_id)
    left = results.left_out(study)
    assert [(one["what"], one["reason"]) for one in left] == [(NEEDS, "several-interviews")]
    content = reporting.gather(study)
    assert not any(row.counts for table in content.instruments[0].tables for row in table.rows)


def test_that_another_day_is_another_visit_with_its_own_notice(study: Study, unit_id: str) -> None:
    opened(study, unit_id, STARTED)
    clustering = next(one for one in study.instruments() if one.instrument_id == CLUSTERING)
    with study.act() as act:
        later = act.at + timedelta(days=2)
        _record, interview = interviewing.begin(study, act, unit_id, clustering.version_id, "Elif", later)
    assert interview.value(interview.path_of("katilim")) == ""


def test_that_notice_and_consent_leave_their_proof(study: Study, unit_id: str) -> None:
    session = opened(study, unit_id, {**STARTED, "acik_riza": "2"})
    consent = reading.consents(study.database, session.interview_id)
    assert [(one.given, one.how) for one in consent] == [(False, "1")] and len(consent[0].text_hash) == 64
    notice = reading.heads(study.database, session.interview_id)["#notice"]
    assert '"how":"1"' in (notice[0].value or "") and '"version":"AYD-2026-1"' in (notice[0].value or "")


def test_that_an_area_code_stands_once(study: Study) -> None:
    with pytest.raises(Refused) as call:
        study.add_areas([Area("kimya", "Başka", "Other", "", "", None)])
    assert call.value.problems[0].code == "study.area-exists"
    assert study.areas()[0].name_tr == "Kimya"


def test_that_a_study_appears_under_its_name_only_when_it_is_whole(tmp_path: Path, study: Study) -> None:
    folder = tmp_path / "yeni"
    folder.mkdir()
    twice = [Area("a", "A", "A", "", "", None)] * 2
    with pytest.raises(Refused):
        studies.create_study(folder / "x.kume", "Yeni", study.facts(), PASSPHRASE, "Elif", twice)
    assert list(folder.iterdir()) == []


def test_that_a_study_that_is_open_elsewhere_is_known_as_such(study: Study) -> None:
    fieldwork.firms(study)
    assert studies.is_open_elsewhere(study.path, PASSPHRASE)
    study.close()
    assert not studies.is_open_elsewhere(study.path, PASSPHRASE)


def test_that_a_natural_persons_firm_is_named_only_in_ciphertext(study: Study) -> None:
    unit = fieldwork.add_firm(study, NewFirm("Ayşe Kanarya Terzi", "kimya", "Konak", tax_number="12345678901"))
    assert fieldwork.firm_row(study, unit).name == "Ayşe Kanarya Terzi"
    assert not any("Kanarya" in line or "12345678901" in line for line in reading.lines(study.database))


def test_that_a_pasted_line_break_of_a_word_processor_becomes_a_line(study: Study, unit_id: str) -> None:
    session = opened(study, unit_id, {"gorusme_bicimi": "1"})
    question = session.interview.path_of("gorusme_bicimi")
    assert session.comment(question, "birinci\x0bikinci\u2028üçüncü").at is not None
    assert session.comments[question] == "birinci\nikinci\nüçüncü"
    refused = session.comment(question, "zil\x07")
    assert refused.at is None and refused.problems[0].code == "study.text-not-storable"
    assert session.answer(question, "2").at is not None


def test_that_an_act_that_failed_leaves_nothing_behind_that_looks_like_a_conflict(study: Study, unit_id: str) -> None:
    session = opened(study, unit_id, REFUSED)
    question = session.interview.path_of("ret_nedeni")
    with studies.open_study(study.path, PASSPHRASE) as other:
        fieldwork.firms(other)
        with other.act():
            for act in (session.complete, session.undo, lambda: session.comment(question, "not")):
                refused = act()
                assert refused is not None and refused.at is None
                assert refused.problems[0].code == "study.busy"
    assert session.answer(question, "2").at is not None
    assert session.comment(question, "not").at is not None
    assert session.complete().at is not None
    assert session.reopen().at is not None
    assert session.answer(question, "3").at is not None
    assert reading.conflicts(study.database) == ()
