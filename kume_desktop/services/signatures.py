"""Under which code and name a person interviews: the form's interviewer code, and the name that the notice reads out.

Kept for each person in the study itself, so that it travels with it; without an entry both are the person's name.
Interviews keep what they were begun with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kume_desktop import turkish
from kume_desktop.problems import Refused, problem

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

CODE_FACT, SPOKEN_FACT = "interviewer_code", "spoken_name"
LONGEST = 20
NOTICE_PREFIX = "gorusmeci_"
"""Where a form looks the spoken name up in the list `calisma`: this, then the code."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The code that stands in the interview, and the name as the notice says it."""

    code: str
    spoken: str


def signatures(study: Study) -> Mapping[str, Signature]:
    """Everybody with a part in the wave, by name."""
    from kume_desktop.store import rating_rows, reading

    found = {}
    for one in rating_rows.people(study.database, study.wave.wave_id):
        facts = reading.facts(study.database, one.person_id)
        found[one.name] = Signature(facts.get(CODE_FACT) or one.name, facts.get(SPOKEN_FACT) or one.name)
    return found


def of(study: Study, person: str) -> Signature:
    """The signature of one person."""
    return signatures(study).get(person, Signature(person, person))


def person_of(study: Study, code: str) -> str:
    """Whose code this is; the code itself where it is nobody's."""
    return next((name for name, one in signatures(study).items() if one.code == code), code)


def save(study: Study, wanted: Signature) -> None:
    """Interview under another code or name from now on; it is that of the person at the computer.

    Raises:
        Refused: a code with a blank, one that is too long or somebody else's; nothing is stored then.
    """
    from kume_desktop.store import rating_rows
    from kume_desktop.store.events import EventKind, SubjectKind

    code, spoken = wanted.code.strip(), wanted.spoken.strip()
    if code != study.person and (len(code) > LONGEST or len(code.split()) != 1):
        raise Refused(problem("people.code-shape", most=LONGEST))
    others = {turkish.fold(one.code): name for name, one in signatures(study).items() if name != study.person}
    if turkish.fold(code) in others:
        raise Refused(problem("people.code-taken", code=code, name=others[turkish.fold(code)]))
    known = rating_rows.people(study.database, study.wave.wave_id)
    person_id = next((one.person_id for one in known if one.name == study.person), "")
    if not person_id:
        raise Refused(problem("people.no-part", name=study.person))
    before = of(study, study.person)
    with study.act(corrects=False) as act:
        for fact, old, new in ((CODE_FACT, before.code, code), (SPOKEN_FACT, before.spoken, spoken or study.person)):
            if new != old:
                act.append(EventKind.FACT, SubjectKind.PERSON, person_id, fact, new)


def notice_rows(study: Study) -> tuple[Mapping[str, str], ...]:
    """Rows for the list `calisma`: under each code the name that the notice says."""
    return tuple(
        {"ad": f"{NOTICE_PREFIX}{one.code}", "deger": one.spoken}
        for name, one in signatures(study).items()
        if one != Signature(name, name)
    )
