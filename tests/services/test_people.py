"""Several people in one study: each comes in with a passphrase of their own and acts in their own name."""

from __future__ import annotations

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import fieldwork, people, studies
from kume_desktop.services.views import NewFirm
from kume_desktop.store import reading
from tests.studies import PASSPHRASE


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


def test_that_the_maker_of_a_study_is_staff(study):
    assert people.people(study) == (people.Person("Elif", "staff", True),)
    assert study.role == "staff"


@pytest.mark.parametrize("role", people.ROLES)
def test_that_another_person_opens_the_study_in_their_own_name_and_role(study, role):
    people.add(study, "  Deniz ", role, "başka bir parola")
    with studies.open_study(study.path, "başka bir parola") as opened:
        assert (opened.person, opened.role) == ("Deniz", role)
        assert opened.head().role == role
        fieldwork.add_firm(opened, NewFirm("Yeni Kimya", "kimya", "Kemalpaşa"))
        last = [one for one in reading.events(opened.database) if one.kind == "unit_added"][-1]
        assert (last.author, last.role) == ("Deniz", role)
    with studies.open_study(study.path, PASSPHRASE) as opened:
        assert (opened.person, opened.role) == ("Elif", "staff")


def test_that_a_passphrase_is_as_long_as_that_of_who_made_the_study(study):
    with pytest.raises(Refused) as refused:
        people.add(study, "Deniz", "scorer", "kısa")
    assert codes(refused) == ["study.short-passphrase"]


def test_that_everything_that_is_wrong_is_said_at_once_and_nothing_changes(study):
    with pytest.raises(Refused) as refused:
        people.add(study, " ", "chief", "")
    assert codes(refused) == ["people.no-name", "people.role-unknown", "study.passphrase-empty"]
    assert len(people.people(study)) == 1


def test_that_a_passphrase_which_opens_the_study_for_somebody_else_is_refused(study):
    with pytest.raises(Refused) as refused:
        people.add(study, "Deniz", "scorer", PASSPHRASE)
    assert codes(refused) == ["people.passphrase-taken"]
    with studies.open_study(study.path, PASSPHRASE) as opened:
        assert opened.person == "Elif"


def test_that_a_name_is_given_once(study):
    with pytest.raises(Refused) as refused:
        people.add(study, "Elif", "scorer", "başka bir parola")
    assert codes(refused) == ["people.name-taken"]
    with pytest.raises(Refused):
        studies.open_study(study.path, "başka bir parola")
