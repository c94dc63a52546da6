"""The waves of a study: which there are, which one is worked in, and how the next one is opened.

Across waves go on: areas, firms, questionnaires, people with their roles, the interviewer of each firm, the method in
force, and the totals of the areas' lists until others are entered. Each wave has for itself: visits, interviews,
ratings, the drawn sample, method versions, the committee's decisions, results, the reference year.

An earlier wave can be read by everybody; only staff may correct it. Everything that is written says its wave.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from kume_desktop import turkish
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services.studies import STAFF

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import MethodRecord, WaveRecord
    from kume_desktop.store.unit_of_work import Act

BEGINS, REFERENCE_YEAR = "begins", "reference_year"
LONGEST_NAME = 40
FIRST_YEAR, LAST_YEAR = 1990, 2200


@dataclass(frozen=True, slots=True)
class Wave:
    """One survey round; `begins` None where nobody said (the first wave). `rated`: firms and areas with a level."""

    wave_id: str
    name: str
    begins: date | None
    opened_by: str
    opened_at: datetime
    interviews: int
    completed: int
    rated: int
    is_current: bool
    is_newest: bool


@dataclass(frozen=True, slots=True)
class NextWave:
    """What staff type to open a wave: its name, the day it begins, and the year that its questions ask about."""

    name: str
    begins: date
    reference_year: int


def waves(study: Study) -> tuple[Wave, ...]:
    """The waves of a study, the first one first."""
    from kume_desktop.store import reading

    records = reading.waves(study.database)
    return tuple(_wave(study, record, is_newest=record == records[-1]) for record in records)


def _wave(study: Study, record: WaveRecord, *, is_newest: bool) -> Wave:
    from kume_desktop.store import reading

    opened = reading.heads(study.database, record.wave_id)[""][0]
    begins = reading.facts(study.database, record.wave_id).get(BEGINS, "")
    held = [one for one in reading.interviews(study.database, wave_id=record.wave_id) if one.counts]
    return Wave(
        wave_id=record.wave_id,
        name=record.name,
        begins=date.fromisoformat(begins) if begins else None,
        opened_by=opened.author,
        opened_at=opened.at,
        interviews=len(held),
        completed=sum(one.state == "completed" for one in held),
        rated=len(_rated(study, record.wave_id)),
        is_current=record.wave_id == study.wave.wave_id,
        is_newest=is_newest,
    )


def _rated(study: Study, wave_id: str) -> set[str]:
    from kume_desktop.store import reading

    given = reading.ratings(study.database, wave_id)
    return {one.target_id for one in given if one.level is not None and not one.draft}


def switch(study: Study, wave_id: str) -> None:
    """Work in another wave from now on: everything that is read and written is that wave's.

    Raises:
        Refused: the study has no such wave.
    """
    from kume_desktop.store import reading

    known = reading.waves(study.database)
    found = next((one for one in known if one.wave_id == wave_id), None)
    if found is None:
        raise Refused(problem("wave.unknown", wave=wave_id))
    study.wave, study.is_newest_wave = found, found == known[-1]


def follow(study: Study) -> str:
    """Go on in the wave that has come since the study was opened, where the newest one was worked in.

    Returns its name; '' where the wave is the same. In an earlier wave somebody works on purpose and stays there.
    """
    from kume_desktop.store import reading

    known = reading.waves(study.database)
    if study.wave == known[-1]:
        return ""
    if study.is_newest_wave:
        study.wave = known[-1]
        return study.wave.name
    study.is_newest_wave = study.wave.wave_id == known[-1].wave_id
    return ""


def switch_to_named(study: Study, name: str) -> None:
    """Work in the wave of that name, as the command line gives it.

    Raises:
        Refused: the study has none of that name; the sentence lists those it has.
    """
    from kume_desktop.store import reading

    known = reading.waves(study.database)
    found = next((one for one in known if turkish.fold(one.name) == turkish.fold(name.strip())), None)
    if found is None:
        raise Refused(problem("wave.not-named", wave=name.strip(), waves=", ".join(one.name for one in known)))
    switch(study, found.wave_id)


def suggested(study: Study) -> NextWave:
    """What the next wave would usually be: the year after the newest one's, from today on."""
    from kume_desktop.store import reading, wave_facts

    last = reading.waves(study.database)[-1]
    year = wave_facts.carried(study.database, study.record.study_id, last.wave_id).get(REFERENCE_YEAR, "")
    today = datetime.now().astimezone().date()
    following = int(year) + 1 if year.isdecimal() else today.year - 1
    return NextWave(str(following), today, following)


def open_next(study: Study, wanted: NextWave) -> Wave:
    """Open the wave after the newest one and work in it.

    Raises:
        Refused: the person is not staff; no name, one too long or one that another wave has; a day before the newest
            wave began; a year that none can be; nobody was interviewed or rated in the newest wave yet; all at once.
    """
    from kume_desktop.store import reading, wave_facts, writing
    from kume_desktop.store.events import EventKind, SubjectKind
    from kume_desktop.store.identity import derived_id

    wrong = tuple(_wrong(study, wanted))
    if wrong:
        raise Refused(*wrong)
    name, last = wanted.name.strip(), reading.waves(study.database)[-1]
    # The same name after the same wave is the same wave, whichever computer opens it.
    wave_id = derived_id("wave", study.record.study_id, last.wave_id, turkish.fold(name))
    with study.act() as act:
        writing.open_wave(act, name, name, wave_id=wave_id)
        writing.set_fact(act, SubjectKind.WAVE, wave_id, BEGINS, wanted.begins.isoformat())
        year = wave_facts.marked(REFERENCE_YEAR, wave_id, first=False)
        act.append(EventKind.FACT, SubjectKind.STUDY, study.record.study_id, year, str(wanted.reference_year))
        _carry_people(act, last.wave_id, wave_id)
        _carry_method(act, reading.latest_method(act, last.wave_id), wave_id)
    switch(study, wave_id)
    return next(one for one in waves(study) if one.wave_id == wave_id)


def _carry_people(act: Act, last: str, wave_id: str) -> None:
    """Everybody keeps the role, every firm its interviewer."""
    from kume_desktop.store import rating_rows, reading, writing
    from kume_desktop.store.events import EventKind, SubjectKind

    for person in rating_rows.people(act, last):
        act.append(EventKind.ROLE_GIVEN, SubjectKind.PERSON, person.person_id, f"role:{wave_id}", person.role)
    for unit in reading.units(act, last):
        if unit.interviewer:
            writing.assign(act, wave_id, unit.unit_id, unit.interviewer)


def _carry_method(act: Act, kept: MethodRecord | None, wave_id: str) -> None:
    """The method in force goes on under its number; what is published later is the new wave's own."""
    from kume_desktop.store import writing
    from kume_desktop.store.identity import derived_id

    if kept is not None:
        writing.save_method(
            act, wave_id, kept.number, kept.name, kept.version, kept.method_hash, kept.payload,
            parent=kept.method_id, method_id=derived_id("method", wave_id, kept.method_id),
        )  # fmt: skip


def _wrong(study: Study, wanted: NextWave) -> Iterator[Problem]:
    name, known = wanted.name.strip(), waves(study)
    last = known[-1]
    if study.role != STAFF:
        yield problem("wave.only-staff")
    if not name:
        yield problem("wave.no-name")
    if len(name) > LONGEST_NAME:
        yield problem("wave.name-long", most=LONGEST_NAME)
    if name and turkish.fold(name) in {turkish.fold(one.name) for one in known}:
        yield problem("wave.name-taken", wave=name)
    if last.begins is not None and wanted.begins <= last.begins:
        yield problem("wave.begins-before", wave=last.name, begins=last.begins.strftime("%d.%m.%Y"))
    if not FIRST_YEAR <= wanted.reference_year <= LAST_YEAR:
        yield problem("wave.bad-year", first=FIRST_YEAR, last=LAST_YEAR)
    if not (last.completed or last.rated):
        yield problem("wave.nothing-yet", wave=last.name)
