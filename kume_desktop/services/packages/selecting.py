"""Who gets what: the firms of a person, the interviews that go back, what was answered in the wave before."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from kume_desktop.exchange.packages.parties import AGENCY
from kume_desktop.services import earlier_answers, firm_rows, people
from kume_desktop.services.packages import receipts
from kume_desktop.services.review import grounds
from kume_desktop.services.review.states import Stand
from kume_desktop.store.events import SubjectKind
from kume_desktop.store.outgoing import Outgoing, Wanted

if TYPE_CHECKING:
    from kume_desktop.exchange.packages.parties import Trusted
    from kume_desktop.instruments.model import Personal
    from kume_desktop.services.studies import Study

RETURNED = "returned"
"""What the review says last of an interview that a reviewer sent back, until another step is taken."""


def for_computer(study: Study, device_id: str, other: Trusted) -> Outgoing:
    """What a computer gets in an assignment."""
    from kume_desktop.store import outgoing

    own = _streams(study, device_id)
    if other.role == AGENCY:
        return outgoing.everything(study.database, own)
    return outgoing.for_laptop(study.database, wanted(study, device_id, other))


def wanted(study: Study, device_id: str, other: Trusted) -> Wanted:
    """What a laptop gets: its person's firms, those that came out of the reserve included, and no others."""
    from kume_desktop.store import outgoing, reading

    streams = _streams(study, device_id)
    now = _firms_of(study, other.person)
    ever = {unit for unit, who in outgoing.assigned(study.database).items() if other.person in who}
    made_there = outgoing.touched_by(study.database, streams, SubjectKind.UNIT)
    others = {one.unit_id for one in reading.units(study.database, study.wave.wave_id) if one.interviewer} - now
    every = reading.interviews(study.database, wave_id=study.wave.wave_id)
    held = [one for one in every if one.unit_id in now | ever | made_there]
    role = people.role_of(study, other.person)
    return Wanted(
        units=frozenset(now | (made_there - others)),
        cases=frozenset((ever | (made_there & others)) - now),
        interviews=frozenset(one.interview_id for one in held if one.interviewer == other.person),
        answers=_shown_answers(study, now),
        raters=frozenset() if role == people.INTERVIEWER else frozenset({other.person}),
        with_method=role != people.INTERVIEWER,
        but=frozenset(streams),
    )


def _firms_of(study: Study, person: str) -> set[str]:
    """The firms that a person has in the wave, and those whose refusal they are asked to turn; none that waits."""
    from kume_desktop.store import field_rows, reading

    source, wave_id = study.database, study.wave.wave_id
    released = field_rows.released(source, wave_id)
    batches = field_rows.batches(source, wave_id)
    asked = {unit for unit, case in field_rows.cases(source, wave_id).items() if case.conversion == person}
    tried = set(field_rows.tried(source, wave_id)) | {
        one.unit_id for one in reading.interviews(source, wave_id=wave_id)
    }
    return {
        unit.unit_id
        for unit in reading.units(source, wave_id)
        if (unit.interviewer == person or unit.unit_id in asked)
        and firm_rows.is_issued(unit.area, batches.get(unit.unit_id), released, was_there=unit.unit_id in tried)
    }


def _shown_answers(study: Study, units: set[str]) -> dict[str, frozenset[str]]:
    """Interview of an earlier wave -> the paths that the forms of now show to the interviewer."""
    from kume_desktop.store import reading

    shown = _shown_paths(study)
    if not shown:
        return {}
    before = {wave.wave_id for wave in reading.waves(study.database)} - {study.wave.wave_id}
    return {
        one.interview_id: earlier_answers.may_leave(study, one, shown[one.instrument_id])
        for one in reading.interviews(study.database)
        if one.wave_id in before and one.unit_id in units and one.instrument_id in shown and one.counts
    }


def _shown_paths(study: Study) -> dict[str, dict[str, Personal]]:
    """Instrument -> the paths of which its newest form shows what was answered before, and how personal each is."""
    found: dict[str, dict[str, Personal]] = {}
    for record in study.instruments():
        items = study.form(record.version_id).items
        paths = {path: item.node.personal for path, item in items.items() if item.node.earlier}
        if paths:
            found[record.instrument_id] = paths
    return found


def own_work(study: Study, device_id: str) -> Outgoing:
    """Everything that this computer wrote after what the agency gave a receipt for."""
    from kume_desktop.store import outgoing, package_rows

    received = receipts.received(study, study.database, device_id)
    after = {}
    for stream in _streams(study, device_id):
        # What was deleted under a receipt is not sent again, whatever a later receipt says: a package has no holes.
        whole = package_rows.begins_whole(study.database, str(stream)) - 1
        after[stream] = max(whole, received[str(stream)].seq if str(stream) in received else 0)
    return outgoing.written(study.database, after)


def returned_to(study: Study, device_id: str, other: Trusted) -> frozenset[str]:
    """The interviews that go back to a laptop: returned and not answered yet, and held by its person or on it."""
    from kume_desktop.store import outgoing, reading

    there = outgoing.touched_by(study.database, _streams(study, device_id), SubjectKind.INTERVIEW)
    return frozenset(
        one.interview_id
        for one in reading.interviews(study.database)
        if one.review == RETURNED
        and (one.interviewer == other.person or one.interview_id in there)
        and grounds.stand(study, one) is Stand.RETURNED
    )


def interviews_of(study: Study, interview_ids: frozenset[str]) -> Outgoing:
    """Whole interviews, whoever wrote in them."""
    from kume_desktop.store import outgoing

    return outgoing.of_interviews(study.database, interview_ids)


def _streams(study: Study, device_id: str) -> tuple[UUID, ...]:
    from kume_desktop.store import person_rows

    return tuple(UUID(each) for each in person_rows.devices_of(study.database).get(device_id, ()))
