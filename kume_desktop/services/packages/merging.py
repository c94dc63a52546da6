"""Merging an opened package into the study: the rehearsal that is undone, and the one that stays."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from kume_desktop.exchange.packages.format import FROM_AGENCY
from kume_desktop.exchange.packages.parties import LAPTOP
from kume_desktop.problems import Refused, problem
from kume_desktop.services import access_log, backups, devices, roles
from kume_desktop.services.packages import allowed, opening, receipts
from kume_desktop.services.studies import Progress, no_progress
from kume_desktop.store.events import TYPED, EventKind, SubjectKind
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.exchange.packages.opening import Opened
    from kume_desktop.services.packages.reading import Examined
    from kume_desktop.services.studies import Study
    from kume_desktop.store.intake import Intake
    from kume_desktop.store.log import Event
    from kume_desktop.store.package_rows import PackageRow, Span
    from kume_desktop.store.records import InterviewRecord
    from kume_desktop.store.unit_of_work import Act

READING, BACKING_UP, TAKING = N_("Reading the package"), N_("Making a backup"), N_("Taking the package in")
_STEPS = 3
_FORKS = frozenset({"study.stream-forked", "study.chain-broken"})
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a package would change; see `reading.Examined`. Conflicts: (firm, path, values)."""

    new: int
    known: int
    interviews_new: int
    interviews_changed: int
    interviews_known: int
    firms: tuple[str, ...]
    visits: int
    erased: int
    conflicts: tuple[tuple[str, str, tuple[str, ...]], ...]
    doubles: tuple[tuple[str, str, tuple[str, ...]], ...]
    lacks: tuple[tuple[str, int], ...]
    is_known: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in: entries, interviews; conflicts and double interviews that wait for a person now."""

    new: int
    known: int
    interviews_new: int
    interviews_changed: int
    conflicts: int
    doubles: int
    receipts: int


class _Undone(Exception):  # noqa: N818 - no error: the way out of a transaction that is not to stay
    """The rehearsal is over."""


def rehearse(study: Study, opened: Opened[Event]) -> Rehearsed:
    """Take a package in, look at what became of the study, and undo it.

    Raises:
        Refused: `package.forked`, `study.chain-broken`, `study.line-unreadable`…
    """
    found: list[Rehearsed] = []
    with suppress(_Undone), study.database.act(study.person, study.role) as act:
        before = _standing(act)
        done = _put(act, study, opened)
        found.append(_compare(act, study, opened, done, before))
        raise _Undone
    return found[0]


def take(study: Study, examined: Examined, progress: Progress = no_progress) -> Taken:
    """Take in a package that was examined, in one transaction, after a backup.

    Raises:
        Refused: `package.changed` where the file is another one by now, `role.may-not`; what `examine` refuses.
    """
    progress(0, _STEPS, READING)
    opened, digest = opening.open_package(study, examined.path)
    if digest != examined.digest:
        raise Refused(problem("package.changed", file=examined.path.name))
    return take_opened(study, opened, examined.path, progress)


def take_opened(study: Study, opened: Opened[Event], path: Path, progress: Progress = no_progress) -> Taken:
    """Take in a package that was opened just now; see `take`."""
    here = devices.this_computer(study)
    if not (here.role == LAPTOP and opened.header.kind in FROM_AGENCY):
        roles.require(study, roles.Right.TAKE)
    progress(1, _STEPS, BACKING_UP)
    backups.before_import(study)
    progress(2, _STEPS, TAKING)
    with keeping_forks(study, opened, path), study.database.act(study.person, study.role) as act:
        before = _standing(act)
        done = _put(act, study, opened)
        found = _compare(act, study, opened, done, before)
        given = receipts.keep(act, study, opened.receipts)
        _note(act, study, opened, found, path)
    _remember_erased(study)
    study.forget_forms()
    return Taken(
        found.new, found.known, found.interviews_new, found.interviews_changed, len(found.conflicts),
        len(found.doubles), given,
    )  # fmt: skip


def _put(act: Act, study: Study, opened: Opened[Event]) -> Intake:
    """Everything of a package into the open transaction; an erasure that anybody knows of holds."""
    from kume_desktop.store import package_rows, tombstones
    from kume_desktop.store.subject_keys import SubjectKey
    from kume_desktop.store.tombstones import Tombstone

    for blob in opened.blobs:
        act.put_blob(blob.content, blob.media_type)
    keys = [SubjectKey(UUID(one.key_id), UUID(one.subject), one.key) for one in opened.keys]
    done = act.take_in(opened.events, keys)
    told = {one.stream: one.checkpoint for one in opened.manifest.ranges if one.checkpoint is not None}
    package_rows.keep_checkpoints(
        act, {name: package_rows.Checkpoint(one.seq, one.hash, one.signature) for name, one in told.items()}
    )
    known = {one.subject_id for one in tombstones.of_source(act)}
    wanted = [
        Tombstone(one.subject, SubjectKind(one.kind), one.reason)
        for one in (opened.tombstones if allowed.may_erase(study, opened.header.sender) else ())
        if one.subject not in known
    ]
    tombstones.apply(act, wanted)
    if opened.blobs and _is_last(act, opened):
        act.drop_files()
    for interview in {event.subject for event in done.new if _changes_state(event)}:
        act.mark_stale(str(interview))
    return done


def _is_last(act: Act, opened: Opened[Event]) -> bool:
    """Whether every other part of the package is here: files and what names them can stand in different ones."""
    from kume_desktop.store import package_rows

    header = opened.header
    others = {_part_id(header.package, one) for one in range(1, header.parts + 1) if one != header.part}
    return others <= {one.package_id for one in package_rows.packages(act, package_rows.IN)}


def _changes_state(event: Event) -> bool:
    return event.subject_kind == SubjectKind.INTERVIEW and (
        event.kind in TYPED or event.kind in {EventKind.CONFLICT_RESOLVED, EventKind.INTERVIEW_OPENED}
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """How the study stood before: conflicts, double interviews, interviews."""

    conflicts: frozenset[Place]
    doubles: frozenset[tuple[str, str, str]]
    interviews: frozenset[str]


def _standing(act: Act) -> _Standing:
    from kume_desktop.store import conflict_rows, reading

    interviews = reading.interviews(act)
    return _Standing(
        frozenset((one.subject_id, one.path) for one in conflict_rows.contested(act)),
        frozenset(_doubles(interviews)),
        frozenset(one.interview_id for one in interviews),
    )


def _doubles(interviews: Iterable[InterviewRecord]) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """(unit, wave, instrument) -> who held them, where two interviews of a firm would count."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for one in interviews:
        if one.counts:
            found.setdefault((one.unit_id, one.wave_id, one.instrument_id), []).append(one.interviewer)
    return {place: tuple(who) for place, who in found.items() if len(who) > 1}


def _compare(act: Act, study: Study, opened: Opened[Event], done: Intake, before: _Standing) -> Rehearsed:
    from kume_desktop.store import conflict_rows, package_rows, reading

    act.flush()
    interviews = {one.interview_id: one for one in reading.interviews(act)}
    units = {unit.unit_id: unit for unit in reading.units(act)}
    spoken, touched = (_subjects(events, SubjectKind.INTERVIEW) for events in (opened.events, done.new))
    fresh = {one for one in touched if one in interviews and one not in before.interviews}
    changed = touched & before.interviews
    firms = _subjects(done.new, SubjectKind.UNIT)
    firms |= {interviews[one].unit_id for one in fresh | changed if one in interviews}
    kinds = Counter(event.kind for event in done.new)

    def name(subject: str) -> str:
        unit = units.get(interviews[subject].unit_id if subject in interviews else subject)
        return "" if unit is None else unit.name or unit.code

    conflicts = [
        (name(one.subject_id), one.path, one.values)
        for one in conflict_rows.contested(act)
        if (one.subject_id, one.path) not in before.conflicts
    ]
    doubles = [
        (name(unit), instrument, who)
        for (unit, wave, instrument), who in _doubles(interviews.values()).items()
        if (unit, wave, instrument) not in before.doubles
    ]
    missing = [(one.device_id or opened.header.sender, one.missing) for one in package_rows.streams(act) if one.missing]
    laptop = devices.this_computer(study).role == LAPTOP
    row = package_rows.package(act, _row_id(opened))
    return Rehearsed(
        new=done.added,
        known=done.known,
        interviews_new=len(fresh),
        interviews_changed=len(changed),
        interviews_known=len(spoken - touched),
        firms=tuple(sorted(name(one) for one in firms if one in units)),
        visits=kinds.get(EventKind.VISIT.value, 0),
        erased=kinds.get(EventKind.ERASED.value, 0),
        conflicts=tuple(conflicts),
        doubles=tuple(doubles),
        lacks=() if laptop else tuple(missing),
        is_known=row is not None and row.direction == package_rows.IN,
    )


def _subjects(events: Iterable[Event], kind: SubjectKind) -> set[str]:
    return set(map(str, {event.subject for event in events if event.subject_kind == kind}))


def _row_id(opened: Opened[Event]) -> str:
    return _part_id(opened.header.package, opened.header.part)


def _part_id(package: str, part: int) -> str:
    from kume_desktop.store.identity import derived_id

    return package if part == 1 else derived_id("part", package, part)


def _note(act: Act, study: Study, opened: Opened[Event], found: Rehearsed, path: Path) -> None:
    """The bookkeeping of a package that was taken, and the entry of the access log."""
    from kume_desktop.store import package_rows

    here = devices.this_computer(study)
    if found.is_known and not found.new:
        return
    package_rows.keep_package(act, _row(opened, found, path, act.at))
    if opened.header.kind in FROM_AGENCY and here.role == LAPTOP and _is_last(act, opened):
        package_rows.told_taken(act, here.device_id, opened.header.package)
    said = json.dumps(
        {"deed": access_log.Deed.IMPORTED, "what": f"package {opened.header.kind}: {found.new}", "reason": ""},
        ensure_ascii=False,
    )
    act.append(EventKind.NOTE, SubjectKind.STUDY, study.record.study_id, access_log.ACCESS, said)


def _row(opened: Opened[Event], found: Rehearsed, path: Path, at: datetime) -> PackageRow:
    from kume_desktop.store import package_rows

    header = opened.header
    spans = tuple(_spans(opened))
    told = {
        "interviews": found.interviews_new + found.interviews_changed + found.interviews_known,
        "new": found.new,
        "conflicts": len(found.conflicts),
        "doubles": len(found.doubles),
        "file": path.name,
        "size": path.stat().st_size,
    }
    return package_rows.PackageRow(
        _row_id(opened), header.kind.value, package_rows.IN, header.part, header.parts, header.sender,
        header.recipients, spans, header.events, hashlib.sha256(path.read_bytes()).hexdigest(), package_rows.TAKEN, at,
        told,
    )  # fmt: skip


def _spans(opened: Opened[Event]) -> Iterator[Span]:
    from kume_desktop.store import package_rows

    ends = {one.last for one in opened.manifest.ranges}
    last = {(str(event.stream), event.seq): event.hash.hex() for event in opened.events if event.seq in ends}
    for one in opened.manifest.ranges:
        yield package_rows.Span(one.stream, one.first, one.last, one.count, last.get((one.stream, one.last), ""))


@contextmanager
def _naming(study: Study, opened: Opened[Event]) -> Iterator[None]:
    """Say of a fork whose computer it is: two computers write under one name, or one was copied."""
    try:
        yield
    except Refused as refusal:
        found = next((one for one in refusal.problems if one.code in _FORKS), None)
        if found is None:
            raise
        sender = devices.trusted(study).get(opened.header.sender)
        name, person = ("", "") if sender is None else (sender.name, sender.person)
        told = problem("package.forked", computer=name, person=person, seq=found.params.get("seq", 0))
        raise Refused(told) from refusal


@contextmanager
def keeping_forks(study: Study, opened: Opened[Event], path: Path) -> Iterator[None]:
    """Keep a package aside that contradicts what its computer wrote before: its entries are nowhere else."""
    try:
        with _naming(study, opened):
            yield
    except Refused as refusal:
        if refusal.problems[0].code == "package.forked":
            keep_aside(study, opened, path)
        raise


def keep_aside(study: Study, opened: Opened[Event], path: Path) -> None:
    """Keep a package of a computer that is trusted but contradicts itself, as it came."""
    from kume_desktop.store import package_rows
    from kume_desktop.store.identity import derived_id

    content = path.read_bytes()
    with study.database.act(study.person, study.role) as act:
        row = package_rows.RefusedRow(
            derived_id("quarantine", hashlib.sha256(content).hexdigest()), opened.header.package, "package.forked",
            content, act.at,
        )  # fmt: skip
        package_rows.refuse(act, row)


def _remember_erased(study: Study) -> None:
    from kume_desktop.store import tombstones

    tombstones.settle(study.database)
