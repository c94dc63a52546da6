"""Around the questions: further respondents, evidence files, paper forms, opening again, texts that were left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import (
    attachments,
    evidence,
    fieldwork,
    interviewing,
    paper_entry,
    paper_facts,
    respondents,
    studies,
)
from kume_desktop.services.interviewing import Session
from kume_desktop.services.studies import Study
from kume_desktop.services.views import Saved
from kume_desktop.store import reading, rebuild
from kume_desktop.store.events import EventKind, SubjectKind
from tests.studies import PASSPHRASE

NEEDS, CLUSTERING = "is_ihtiyac", "kumelenme_duzeyi"
OPENING = {"gorusme_bicimi": "1", "aydinlatma_okundu": "1", "katilim": "1", "gorev": "2"}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe"
    "0def46b80000000049454e44ae426082"
)
YESTERDAY = datetime.now().astimezone().date() - timedelta(days=1)


@pytest.fixture
def unit_id(study: Study) -> str:
    return fieldwork.firms(study)[0].unit_id


@pytest.fixture
def session(study: Study, unit_id: str) -> Session:
    return begun(study, unit_id)


def begun(study: Study, unit_id: str) -> Session:
    session = interviewing.open_interview(study, unit_id, NEEDS)
    give(session, **OPENING)
    return session


def give(session: Session, **answers: str) -> None:
    for name, value in answers.items():
        saved = session.answer(session.interview.path_of(name), value)
        assert saved.at is not None, (name, saved.problems)


def codes(saved: Saved) -> list[str]:
    assert saved.at is None
    return [one.code for one in saved.problems]


# --- further respondents ---


def test_that_somebody_who_joins_is_kept_with_a_notice_of_their_own_and_sealed(study: Study, session: Session):
    here = session.interview.path_of("gorev")
    session.go_to(here)
    assert respondents.join(session, "  Satış   sorumlusu ", respondents.READ_OUT).at is not None
    (one,) = respondents.respondents(study.database, session.interview_id)
    assert (one.number, one.who, one.how, one.since, one.is_here) == (2, "Satış sorumlusu", "1", here, True)
    heads = reading.heads(study.database, session.interview_id)
    assert '"how":"1"' in (heads[f"{one.key}#notice"][0].value or "")
    assert "#notice" in heads, "the first respondent keeps a notice of their own"
    assert not any("Satış sorumlusu" in line for line in reading.lines(study.database))


def test_that_who_leaves_stays_in_the_log_with_the_last_question(study: Study, session: Session):
    for who in ("Muhasebeci", "Üretim sorumlusu"):
        assert respondents.join(session, who, respondents.IN_WRITING).at is not None
    last = session.interview.path_of("unvan_dogru")
    assert respondents.leave(session, 2, last).at is not None
    first, second = respondents.respondents(study.database, session.interview_id)
    assert (first.number, first.until, second.number, second.is_here) == (2, last, 3, True)
    assert codes(respondents.leave(session, 2)) == ["respondent.not-here"]
    assert codes(respondents.leave(session, 9)) == ["respondent.not-here"]
    assert rebuild.verify(study.database) == ()


@pytest.mark.parametrize(
    ("who", "how", "code"),
    [
        ("  ", "1", "respondent.no-position"),
        ("Usta", "3", "respondent.no-notice"),
        ("Usta", "", "respondent.no-notice"),
    ],
)
def test_that_nobody_joins_without_position_and_notice(session: Session, who: str, how: str, code: str):
    assert codes(respondents.join(session, who, how)) == [code]
    assert respondents.respondents(session.study.database, session.interview_id) == ()


def test_that_nobody_joins_a_completed_interview_and_erasure_takes_the_position(study: Study, session: Session):
    respondents.join(session, "Usta", "1")
    with study.act() as act:
        act.erase(SubjectKind.INTERVIEW, session.interview_id, "wish")
    assert respondents.respondents(study.database, session.interview_id) == ()


def test_that_two_computers_may_each_keep_a_second_person_and_both_are_seen(study: Study, session: Session):
    respondents.join(session, "Usta", "1")
    value = {"who": "Muhasebeci", "how": "2", "since": "", "until": ""}
    with study.act() as act:  # as another computer's package brings it
        kind, of = EventKind.RESPONDENT, (SubjectKind.INTERVIEW, session.interview_id)
        act.append(kind, *of, "2@ffffffffffff", value, session.record.version_id)
    again = interviewing.open_interview(study, session.record.unit_id, NEEDS)
    first, second = respondents.respondents(study.database, session.interview_id)
    assert {(first.number, first.who), (second.number, second.who)} in (
        {(2, "Usta"), (3, "Muhasebeci")}, {(2, "Muhasebeci"), (3, "Usta")},
    )  # fmt: skip
    assert respondents.leave(again, second.number, "x").at is not None
    told = {one.who: one.is_here for one in respondents.respondents(study.database, session.interview_id)}
    assert told == {first.who: True, second.who: False}
    assert respondents.join(again, "Müdür", "1").at is not None
    assert [one.number for one in respondents.respondents(study.database, session.interview_id)] == [2, 3, 4]


def test_that_a_person_kept_by_number_alone_is_still_read(study: Study, session: Session):
    value = {"who": "Usta", "how": "1", "since": "", "until": ""}
    with study.act() as act:
        of = (SubjectKind.INTERVIEW, session.interview_id)
        act.append(EventKind.RESPONDENT, *of, "2", value, session.record.version_id)
    assert respondents.join(session, "Müdür", "1").at is not None
    found = respondents.respondents(study.database, session.interview_id)
    assert [(one.number, one.who) for one in found] == [(2, "Usta"), (3, "Müdür")]


def test_that_nobody_leaves_an_interview_that_is_completed(study: Study, session: Session):
    respondents.join(session, "Usta", "1")
    session.record = replace(session.record, state="completed")
    assert codes(respondents.leave(session, 2)) == ["interview.completed"]
    assert respondents.respondents(study.database, session.interview_id)[0].is_here


# --- evidence ---


@pytest.fixture
def picture(tmp_path: Path) -> attachments.Attachment:
    file = tmp_path / "belge.png"
    file.write_bytes(PNG)
    return evidence.read(file)


def test_that_evidence_is_off_until_staff_name_a_purpose(study: Study, session: Session, picture):
    question = session.interview.path_of("gorev")
    assert evidence.purpose(study) == ""
    assert codes(evidence.attach(session, question, picture)) == ["evidence.not-allowed"]
    study.role = "interviewer"
    with pytest.raises(Refused, match="only-staff"):
        evidence.allow(study, "belgeler")
    study.role = studies.STAFF
    evidence.allow(study, " belgeler  için ")
    assert evidence.purpose(study) == "belgeler için"
    assert evidence.attach(session, question, picture).at is not None
    evidence.allow(study, "")
    assert codes(evidence.attach(session, question, picture)) == ["evidence.not-allowed"]


def test_that_a_file_is_kept_once_by_its_content_and_leaves_nothing_in_clear(study: Study, session: Session, picture):
    evidence.allow(study, "belgeler")
    question, other = session.interview.path_of("gorev"), session.interview.path_of("katilim")
    for path in (question, question, other):
        assert evidence.attach(session, path, picture).at is not None
    held = evidence.evidence(study.database, session.interview_id)
    assert {path: [one.name for one in files] for path, files in held.items()} == {
        question: [picture.name], other: [picture.name],
    }  # fmt: skip
    (one,) = held[question]
    assert (one.size, one.is_picture, one.by) == (len(PNG), True, study.person)
    assert attachments.content(study, one.name) == PNG
    assert not any(f'"value":"{picture.name}"' in line for line in reading.lines(study.database))
    assert interviewing.open_interview(study, session.record.unit_id, NEEDS).interview.value(question) == "2"


def test_that_removing_deletes_the_bytes_when_nothing_names_them_and_can_be_taken_back(study, session, picture):
    evidence.allow(study, "belgeler")
    question, other = session.interview.path_of("gorev"), session.interview.path_of("katilim")
    for path in (question, other):
        evidence.attach(session, path, picture)
    again = evidence.again(session, picture.name)
    assert evidence.remove(session, question, picture.name).at is not None
    assert attachments.is_here(study, picture.name), "another question still names it"
    assert evidence.remove(session, other, picture.name).at is not None
    assert not attachments.is_here(study, picture.name)
    assert evidence.evidence(study.database, session.interview_id) == {}
    assert evidence.attach(session, question, again).at is not None
    assert attachments.content(study, picture.name) == PNG


def test_that_erasing_an_interview_takes_its_evidence_along(study: Study, session: Session, picture):
    evidence.allow(study, "belgeler")
    evidence.attach(session, session.interview.path_of("gorev"), picture)
    with study.act() as act:
        act.erase(SubjectKind.INTERVIEW, session.interview_id, "wish")
    assert evidence.evidence(study.database, session.interview_id) == {}
    assert not attachments.is_here(study, picture.name)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.exe", b"MZ", "interview.file-kind"),
        ("a", b"x", "interview.file-kind"),
        ("a.png", b"", "interview.file-empty"),
        ("a.pdf", b"x" * (evidence.MAX_BYTES + 1), "interview.file-too-large"),
        ("gone.png", None, "interview.file-unreadable"),
    ],
)
def test_that_files_of_other_kinds_and_sizes_are_refused(tmp_path: Path, name: str, content: bytes | None, code: str):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused) as refused:
        evidence.read(tmp_path / name)
    assert refused.value.problems[0].code == code


def test_that_a_question_takes_no_more_files_than_one_looks_through(study, session, monkeypatch, picture, tmp_path):
    monkeypatch.setattr(evidence, "MOST", 1)
    evidence.allow(study, "belgeler")
    question = session.interview.path_of("gorev")
    assert evidence.attach(session, question, picture).at is not None
    (tmp_path / "b.txt").write_bytes(b"b")
    assert codes(evidence.attach(session, question, evidence.read(tmp_path / "b.txt"))) == ["evidence.too-many"]
    assert codes(evidence.attach(session, "/data/yok", picture)) == ["evidence.no-question"]


# --- paper ---


def test_that_a_paper_form_takes_its_own_day_for_today(study: Study, unit_id: str):
    session = paper_entry.begin(study, unit_id, NEEDS, YESTERDAY, " Ayşe ", "Elif")
    assert session.paper == paper_facts.PaperFacts(YESTERDAY, "Ayşe", "Elif")
    assert session.interview.values[session.interview.path_of("gun")] == YESTERDAY.isoformat()
    assert session.interview.values[session.interview.path_of("baslangic")].startswith(YESTERDAY.isoformat())
    assert session.record.interviewer == "Ayşe"
    give(session, **OPENING)
    study.close()
    with studies.open_study(study.path, PASSPHRASE) as again:
        reopened = interviewing.open_interview(again, unit_id, NEEDS)
        assert reopened.paper == session.paper
        assert reopened.interview.setting.now().date() == YESTERDAY
        (card,) = fieldwork.firm(again, unit_id).interviews
        assert card.paper == YESTERDAY.isoformat()


def test_that_the_visit_of_a_paper_form_lies_on_its_day(study: Study, unit_id: str):
    session = paper_entry.begin(study, unit_id, NEEDS, YESTERDAY, "Ayşe", "Elif")
    give(session, gorusme_bicimi="1", aydinlatma_okundu="1", katilim="3", sonuc="4", ret_nedeni="1")
    assert session.complete().at is not None
    assert [visit.at.astimezone().date() for visit in reading.visits(study.database, unit_id)] == [YESTERDAY]


def test_that_the_second_form_of_the_same_paper_day_takes_over_what_the_first_knows(study: Study, unit_id: str):
    first = paper_entry.begin(study, unit_id, NEEDS, YESTERDAY, "Ayşe", "Elif")
    give(first, **OPENING)
    second = paper_entry.begin(study, unit_id, CLUSTERING, YESTERDAY, "Ayşe", "Elif")
    assert second.interview.value(second.interview.path_of("gorev")) == "2"


def test_that_a_form_asked_today_takes_nothing_over_from_yesterdays_paper(study: Study, unit_id: str):
    give(paper_entry.begin(study, unit_id, NEEDS, YESTERDAY, "Ayşe", "Elif"), **OPENING)
    today = interviewing.open_interview(study, unit_id, CLUSTERING)
    assert today.interview.value(today.interview.path_of("gorev")) == ""


@pytest.mark.parametrize(
    ("day", "asked_by", "typed_by", "wrong"),
    [
        (None, "A", "B", ["paper.no-day"]),
        (date(2999, 1, 1), "A", "B", ["paper.day-to-come"]),
        (YESTERDAY, " ", "B", ["paper.no-asker"]),
        (None, "", "", ["paper.no-day", "paper.no-asker", "paper.no-typist"]),
    ],
)
def test_that_a_paper_form_needs_its_facts(study, unit_id, day, asked_by, typed_by, wrong):
    with pytest.raises(Refused) as refused:
        paper_entry.begin(study, unit_id, NEEDS, day, asked_by, typed_by)
    assert [one.code for one in refused.value.problems] == wrong
    assert reading.interviews(study.database) == ()


def test_that_paper_never_goes_over_an_interview_that_was_begun(study: Study, session: Session):
    with pytest.raises(Refused, match="already-begun"):
        paper_entry.begin(study, session.record.unit_id, NEEDS, YESTERDAY, "Ayşe", "Elif")


# --- opening again, texts that were left ---


def test_that_one_function_says_whether_an_interview_may_be_opened_again(study: Study, unit_id: str, monkeypatch):
    session = interviewing.open_interview(study, unit_id, NEEDS)
    assert codes(session.reopen()) == ["interview.not-completed"]
    give(session, gorusme_bicimi="1", aydinlatma_okundu="1", katilim="3", sonuc="4", ret_nedeni="1")
    assert session.complete().at is not None
    assert interviewing.may_reopen(study, session.record) is None
    study.is_newest_wave, study.role = False, "interviewer"
    assert codes(session.reopen()) == ["wave.earlier-is-read"]
    study.is_newest_wave, study.role = True, studies.STAFF
    assert session.reopen().at is not None
    assert not session.is_completed


def test_that_texts_are_left_with_their_time_and_only_in_their_own_interview(study: Study, session: Session):
    question = session.interview.path_of("ana_urun")
    session.draft(question, "yarım ka")
    session.draft(f"{question}#comment", "bir not")
    again = interviewing.open_interview(study, session.record.unit_id, NEEDS)
    assert again.drafts == {question: "yarım ka", f"{question}#comment": "bir not"}
    assert set(again.draft_times) == set(again.drafts)
    assert all(at.tzinfo is not None for at in again.draft_times.values())
    other = interviewing.open_interview(study, fieldwork.firms(study)[1].unit_id, NEEDS)
    assert other.drafts == {}


def test_that_a_paper_form_of_a_year_that_nobody_means_is_refused(study: Study, unit_id: str) -> None:
    with pytest.raises(Refused) as refused:
        paper_entry.begin(study, unit_id, NEEDS, date.min, "Can", "Elif")
    assert [one.code for one in refused.value.problems] == ["field.far-day"]


def test_that_a_file_that_is_not_there_is_not_taken_away(session: Session) -> None:
    before = list(reading.lines(session.study.database))
    path = session.interview.path_of("gorev")
    assert evidence.remove(session, path, "0123456789abcdef.png").problems[0].code == "interview.file-missing"
    assert list(reading.lines(session.study.database)) == before
