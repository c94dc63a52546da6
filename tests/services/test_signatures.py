"""The interviewer's code and spoken name: in the interviews begun from then on, and in the notice."""

from __future__ import annotations

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import fieldwork, interviewing, people, signatures
from kume_desktop.services.interviewing import Session
from kume_desktop.services.signatures import Signature
from kume_desktop.services.studies import Study


def opened(study: Study, place: int) -> Session:
    return interviewing.open_interview(study, fieldwork.firms(study)[place].unit_id, "is_ihtiyac")


def value(session: Session, name: str) -> str:
    return session.interview.value(session.interview.path_of(name))


def test_that_without_an_entry_code_and_name_are_the_person(study: Study) -> None:
    assert signatures.of(study, "Elif") == Signature("Elif", "Elif")
    assert value(opened(study, 0), "gorusmeci_kodu") == "Elif"


def test_that_interviews_begun_from_now_on_carry_code_and_name_and_older_ones_keep_theirs(study: Study) -> None:
    before = opened(study, 0)
    signatures.save(study, Signature(" G07 ", "Elif Demir"))
    after = opened(study, 1)
    assert (value(after, "gorusmeci_kodu"), value(after, "gorusmeci")) == ("G07", "Elif Demir")
    again = interviewing.open_interview(study, before.record.unit_id, "is_ihtiyac")
    assert value(again, "gorusmeci_kodu") == "Elif"
    assert after.record.interviewer == "Elif"


def test_that_the_notice_says_the_spoken_name(study: Study) -> None:
    signatures.save(study, Signature("G07", "Elif Demir"))
    session = opened(study, 0)
    from kume_desktop.interview import page

    rows = [row for screen in page.screens(session.interview) for row in screen.rows]
    assert any("adına Elif Demir." in row.title for row in rows)


@pytest.mark.parametrize("code", ["G 7", "", "x" * 21])
def test_that_a_code_that_is_not_one_word_is_refused(study: Study, code: str) -> None:
    with pytest.raises(Refused) as refused:
        signatures.save(study, Signature(code, "Elif"))
    assert refused.value.problems[0].code == "people.code-shape"
    assert signatures.of(study, "Elif").code == "Elif"


def test_that_nobody_takes_the_code_of_somebody_else(study: Study) -> None:
    people.add(study, "Deniz", people.INTERVIEWER, "baska bir parola")
    signatures.save(study, Signature("İ7", "Elif"))
    study.person = "Deniz"
    with pytest.raises(Refused) as refused:
        signatures.save(study, Signature("i7", "Deniz"))
    assert refused.value.problems[0].params == {"code": "i7", "name": "Elif"}
    assert signatures.person_of(study, "İ7") == "Elif"
    assert signatures.person_of(study, "yok") == "yok"


def test_that_a_long_name_of_a_person_stays_their_code(study: Study) -> None:
    people.add(study, "Ayşe Gül Karamehmetoğlu", people.INTERVIEWER, "baska bir parola")
    study.person = "Ayşe Gül Karamehmetoğlu"
    signatures.save(study, Signature(study.person, "Ayşe Hanım"))
    assert signatures.of(study, study.person) == Signature(study.person, "Ayşe Hanım")
