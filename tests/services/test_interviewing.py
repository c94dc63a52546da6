"""One interview through the service: what is acknowledged is in the file, what is refused is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kume_desktop.services import fieldwork, interviewing, studies
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.interviewing import Session
from kume_desktop.services.studies import Study
from kume_desktop.store import reading
from tests.services import installed
from tests.studies import PASSPHRASE

NEEDS, CLUSTERING = "is_ihtiyac", "kumelenme_duzeyi"


@pytest.fixture
def unit_id(study: Study) -> str:
    return next(row.unit_id for row in fieldwork.firms(study) if row.name == "Şişli Kimya")


@pytest.fixture
def session(study: Study, unit_id: str) -> Session:
    return interviewing.open_interview(study, unit_id, NEEDS)


def path(session: Session, name: str) -> str:
    return session.interview.path_of(name)


def give(session: Session, **answers: str) -> None:
    for name, value in answers.items():
        saved = session.answer(path(session, name), value)
        assert saved.at is not None, (name, saved.problems)


def stored(study: Study, session: Session, name: str) -> list[str | None]:
    heads = reading.heads(study.database, session.interview_id)
    return [row.value for row in heads.get(path(session, name), ())]


def test_that_an_acknowledged_answer_is_in_the_database(study: Study, session: Session) -> None:
    saved = session.answer(path(session, "gorusme_bicimi"), "1")
    assert saved.at is not None
    assert stored(study, session, "gorusme_bicimi") == ["1"]


def test_that_a_refused_answer_is_not_stored_and_the_one_before_stays(study: Study, session: Session) -> None:
    give(session, gorusme_bicimi="1", aydinlatma_okundu="1", katilim="1", alan_uygun="1", kurulus_yili="1998")
    saved = session.answer(path(session, "kurulus_yili"), "1700")
    assert saved.at is None and saved.problems
    assert stored(study, session, "kurulus_yili") == ["1998"]


def test_that_the_stored_state_follows_a_counted_row_that_goes_and_comes_back(
    study: Study, unit_id: str, tmp_path: Path
):
    survey = (
        "| type | name | label | repeat_count |\n| integer | n | Kaç? | |\n| begin repeat | c | C | ${n} |\n"
        "| text | w | W? | |\n| end repeat | | | |"
    )
    installed.install(study, tmp_path, "sayili", survey)
    session = interviewing.open_interview(study, unit_id, "sayili")
    give(session, n="1")
    give(session, w="bir")
    at = path(session, "w")
    for count, kept in (("1", (True, "bir")), ("0", (False, None)), ("1", (True, "bir"))):
        give(session, n=count)
        row = reading.state_of(study.database, session.interview_id)[at]
        assert (row.relevant, row.value) == kept


def test_that_the_same_answer_again_appends_no_event(study: Study, session: Session) -> None:
    give(session, gorusme_bicimi="1")
    before = reading.counts(study.database).events
    assert session.answer(path(session, "gorusme_bicimi"), "1").at is not None
    assert reading.counts(study.database).events == before


def test_that_reopening_returns_to_the_same_question_with_all_answers(study: Study, session: Session) -> None:
    give(session, gorusme_bicimi="1", aydinlatma_okundu="1", katilim="1", gorev="2")
    session.go_to(path(session, "hukuki_yapi"))
    study.close()
    with studies.open_study(study.path, PASSPHRASE) as again:
        reopened = interviewing.open_interview(again, session.record.unit_id, NEEDS)
        assert reopened.interview_id == session.interview_id
        assert reopened.position == path(reopened, "hukuki_yapi")
        assert reopened.interview.value(path(reopened, "gorev")) == "2"


def test_that_undo_takes_answers_back_one_by_one_and_stays_in_the_log(study: Study, session: Session) -> None:
    give(session, gorusme_bicimi="1")
    give(session, gorusme_bicimi="2")
    events = reading.counts(study.database).events
    for expected in ("1", ""):
        undone = session.undo()
        assert undone is not None and undone.at is not None
        assert session.interview.value(path(session, "gorusme_bicimi")) == expected
    assert session.undo() is None
    assert reading.counts(study.database).events == events + 2


def test_that_comments_marks_and_drafts_survive_closing(study: Study, session: Session) -> None:
    question = path(session, "gorusme_bicimi")
    assert session.comment(question, "Muhasebeci de vardı").at is not None
    assert session.mark(question).at is not None
    session.draft(question, "yarım ka")
    again = interviewing.open_interview(study, session.record.unit_id, NEEDS)
    assert again.comments == {question: "Muhasebeci de vardı"}
    assert again.marks == {question}
    assert again.drafts == {question: "yarım ka"}


def test_that_an_answer_replaces_its_draft(study: Study, session: Session) -> None:
    give(session, gorusme_bicimi="1", aydinlatma_okundu="1", katilim="1", alan_uygun="1")
    session.draft(path(session, "ana_urun"), "Boy")
    give(session, ana_urun="Boya")
    again = interviewing.open_interview(study, session.record.unit_id, NEEDS)
    assert again.drafts == {}


def test_that_a_personal_answer_is_ciphertext_inside_its_event(study: Study, session: Session) -> None:
    give(session, gorusme_bicimi="1", aydinlatma_okundu="1", katilim="1", alan_uygun="1", acik_riza="1")
    give(session, yan_ad="Ayşe Kanarya")
    assert stored(study, session, "yan_ad") == ["Ayşe Kanarya"]
    assert not any("Kanarya" in line for line in reading.lines(study.database))


def test_that_a_sole_traders_own_title_is_personal_and_a_companys_is_not(study: Study, session: Session) -> None:
    give(session, gorusme_bicimi="1", aydinlatma_okundu="1", katilim="1", unvan_dogru="2")
    give(session, unvan_saha="Henüz bilinmeyen Kanarya", hukuki_yapi="1")
    give(session, unvan_saha="Şahıs Kanarya")
    assert not any("Kanarya" in line for line in reading.lines(study.database))
    give(session, hukuki_yapi="2", unvan_saha="Limited Kanarya")
    assert any("Limited Kanarya" in line for line in reading.lines(study.database))


def test_that_an_unfinished_interview_is_not_completed_and_says_what_is_open(session: Session) -> None:
    saved = session.complete()
    assert saved.at is None and len(saved.problems) > 3
    assert not session.is_completed


def test_that_a_refusal_can_be_completed_and_closes_the_rest(study: Study, session: Session) -> None:
    give(session, gorusme_bicimi="1", aydinlatma_okundu="1", katilim="3", sonuc="4", ret_nedeni="1")
    assert session.complete().at is not None
    assert session.is_completed
    assert session.reopen().at is not None
    assert not session.is_completed
    assert fieldwork.firm_row(study, session.record.unit_id).state is FirmState.IN_PROGRESS


def test_that_gaps_may_be_left_with_a_reason_that_is_kept(study: Study, session: Session) -> None:
    give(session, gorusme_bicimi="1", aydinlatma_okundu="1", katilim="3", sonuc="4")
    gap = path(session, "ret_nedeni")
    assert session.complete().at is None
    assert session.complete({gap: "Kapıda konuşuldu"}).at is not None
    assert reading.gap_reasons(study.database, session.interview_id) == {gap: "Kapıda konuşuldu"}


def test_that_the_second_form_of_a_visit_knows_the_firm_already(study: Study, session: Session) -> None:
    give(
        session, gorusme_bicimi="1", aydinlatma_okundu="1", katilim="1", gorev="2", unvan_dogru="1", hukuki_yapi="2",
        ana_urun="Boya", alan_uygun="1", kurulus_yili="1998", calisan_sayisi="20",
    )  # fmt: skip
    second = interviewing.open_interview(study, session.record.unit_id, CLUSTERING)
    carried = {name: second.interview.value(path(second, name)) for name in ("gorev", "kurulus_yili", "calisan_sayisi")}
    assert carried == {"gorev": "2", "kurulus_yili": "1998", "calisan_sayisi": "20"}


def test_that_language_switches_in_the_middle_and_keeps_the_answers(session: Session) -> None:
    from kume_desktop.interview import page

    give(session, gorusme_bicimi="1")
    turkish = page.row(session.interview, path(session, "gorusme_bicimi")).title
    session.set_language("en")
    row = page.row(session.interview, path(session, "gorusme_bicimi"))
    assert row.title != turkish and row.display == "Face to face"
