"""Who works in a study on this computer: names, roles, and a passphrase of one's own for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services import roles
from kume_desktop.services.roles import DATA_OFFICER, INTERVIEWER, ROLES, SCORER, STAFF

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

SHORTEST_PASSPHRASE = 8
__all__ = ("DATA_OFFICER", "INTERVIEWER", "ROLES", "SCORER", "SHORTEST_PASSPHRASE", "STAFF", "Person", "add", "people")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a part in the wave; `can_open`: has a passphrase for this file on this computer."""

    name: str
    role: str
    can_open: bool


def people(study: Study) -> tuple[Person, ...]:
    """Everybody with a part in the wave, in Turkish order."""
    from kume_desktop.store import keyfile, rating_rows

    opening = set(keyfile.people(study.path))
    found = rating_rows.people(study.database, study.wave.wave_id)
    return tuple(Person(one.name, one.role, one.name in opening) for one in found)


def add(study: Study, name: str, role: str, passphrase: str) -> None:
    """Give another person a part in the wave (and in those after it) and a passphrase of their own for this file.

    Raises:
        Refused: who asks may not, no name, a name that is there already, an unknown role, a passphrase that opens the
            file for somebody else, no room in the key file; nothing is changed then.
    """
    from kume_desktop.store import keyfile, reading, writing
    from kume_desktop.store.events import EventKind, SubjectKind

    roles.require(study, roles.Right.PEOPLE)
    wanted = name.strip()
    wrong = tuple(_wrong(study, wanted, role, passphrase))
    if wrong:
        raise Refused(*wrong)
    # The key file first: a person in the log without a passphrase could never come in.
    keyfile.add_passphrase(study.path, study.key, passphrase, wanted)
    with study.act() as act:
        person_id = writing.add_person(act, wanted, study.wave.wave_id, role)
        waves = [wave.wave_id for wave in reading.waves(study.database)]
        for later in waves[waves.index(study.wave.wave_id) + 1 :]:
            act.append(EventKind.ROLE_GIVEN, SubjectKind.PERSON, person_id, f"role:{later}", role)


def _wrong(study: Study, name: str, role: str, passphrase: str) -> Iterator[Problem]:
    if not name:
        yield problem("people.no-name")
    if any(one.name == name for one in people(study)):
        yield problem("people.name-taken", name=name)
    if role not in ROLES:
        yield problem("people.role-unknown", role=role)
    least = SHORTEST_PASSPHRASE if not study.record.demonstration else 1
    if not passphrase:
        yield problem("study.passphrase-empty")
    elif len(passphrase) < least:
        yield problem("study.short-passphrase", least=least)
    elif _opens(study, passphrase):
        yield problem("people.passphrase-taken")


def check_free(study: Study, passphrase: str) -> None:
    """Refuse a passphrase that opens the file for somebody already.

    Raises:
        Refused: `people.passphrase-taken`.
    """
    if _opens(study, passphrase):
        raise Refused(problem("people.passphrase-taken"))


def _opens(study: Study, passphrase: str) -> bool:
    """Whether somebody's passphrase is this one: the file would then open in that person's name."""
    from kume_desktop.store import keyfile

    try:
        keyfile.unlock(study.path, passphrase)
    except Refused as refused:
        if refused.problems[0].code == "study.wrong-passphrase":
            return False
        raise
    return True


def role_of(study: Study, name: str) -> str:
    """The role of a person in the newest wave that names one; staff where none does (who made the study is staff)."""
    from kume_desktop.store import rating_rows, reading

    for wave in reversed(reading.waves(study.database)):
        for one in rating_rows.people(study.database, wave.wave_id):
            if one.name == name and one.role in ROLES:
                return one.role
    return STAFF
