"""Versions of an instrument in a study: what differs, installing another one, moving drafts to it and back.

New interviews take the newest version; one that was begun stays in its version until a person moves it. A move is shown
before it is made (`preview`), is one unit of work, and can be undone: the log keeps everything that was answered.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services import forms, installing, interviewing, recording
from kume_desktop.services.studies import Progress, Study, no_progress, only_staff
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.instruments.differences import Comparison, Pair
    from kume_desktop.instruments.model import Instrument
    from kume_desktop.interview.moving import Move
    from kume_desktop.store.events import EventKind
    from kume_desktop.store.records import HeadRow, InstrumentRecord, InterviewRecord
    from kume_desktop.store.unit_of_work import Act

VERSION = interviewing.VERSION
MOVING = N_("Moving drafts")
Seen = recording.Seen


@dataclass(frozen=True, slots=True)
class DraftMoved:
    """What became of one draft: `move`, or the problems why it stays where it is."""

    interview_id: str
    move: Move | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Rival:
    """One of the versions that computers moved an interview to, not knowing of each other."""

    version_id: str
    number: str
    moved_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of all drafts of a version, in numbers for people: questions are counted over all drafts."""

    drafts: tuple[DraftMoved, ...]

    @property
    def moved(self) -> int:
        """Drafts that go on in the newer version."""
        return sum(one.move is not None for one in self.drafts)

    def count(self, what: str) -> int:
        """How many paths of the moved drafts are in a list of `Move` (`asked`, `failing`, `retired`, `hidden`)."""
        return sum(len(getattr(one.move, what)) for one in self.drafts if one.move is not None)


# --- versions ---


def compare_files(old: Path, new: Path) -> Comparison:
    """What differs between two workbooks; Refused where one cannot be read."""
    from kume_desktop.instruments.differences import compare

    return compare(read_workbook(old), read_workbook(new))


def read_workbook(file: Path) -> Instrument:
    """The instrument of a workbook; slow, Refused where it cannot be read."""
    from kume_desktop.instruments.compile import convert_cached
    from kume_desktop.instruments.load import load

    return load(convert_cached(file.name, forms.read_file(file), forms.attached(file)))


def compare_installed(study: Study, old_version: str, new_version: str) -> Comparison:
    """What differs between two versions of a study."""
    from kume_desktop.instruments.differences import compare

    return compare(study.instrument(old_version), study.instrument(new_version))


def of(study: Study, instrument_id: str) -> tuple[InstrumentRecord, ...]:
    """The versions of an instrument in a study, the oldest first."""
    return tuple(one for one in study.all_instruments() if one.instrument_id == instrument_id)


def install(study: Study, prepared: installing.Prepared) -> str:
    """Install a workbook that `installing.prepare` has read (slow, not on the window's thread); the version's id.

    Interviews begun from now on take it; drafts stay in their version until they are moved.

    Raises:
        Refused: a person who is not staff; the same questions are installed already, or others under the same number.
    """
    from kume_desktop.store import reading

    only_staff(study)
    instrument = prepared.instrument
    refused = refusal(study, prepared)
    if refused is not None:
        raise Refused(refused)
    with study.act() as act:
        version_id = installing.install(act, prepared)
        if not reading.methods(act, study.wave.wave_id):
            installing.seed_method(act, study.wave.wave_id, [instrument])
    study.forget_forms()
    return version_id


def refusal(study: Study, prepared: installing.Prepared) -> Problem | None:
    """Why a workbook cannot be installed: its questions or its version number are there already; None if it can."""
    instrument = prepared.instrument
    for one in of(study, instrument.id):
        if one.content_hash == prepared.source.content_hash:
            return problem("versions.installed", instrument=one.instrument_id, version=one.version)
        if one.version == instrument.version:
            return problem("versions.same-number", instrument=one.instrument_id, version=one.version)
    return None


def drafts(study: Study, version_id: str) -> tuple[InterviewRecord, ...]:
    """The unfinished interviews of this wave in a version."""
    from kume_desktop.store import reading

    held = reading.interviews(study.database, wave_id=study.wave.wave_id)
    return tuple(one for one in held if one.version_id == version_id and one.state != "completed")


# --- moving ---


def preview(study: Study, interview_id: str, version_id: str, accepted: Collection[str] = ()) -> Move:
    """What a draft would be in another version; nothing is written.

    `accepted`: newer names of the renames by similar words that a person says are right; others are not followed.

    Raises:
        Refused: it is completed, in that version already, of another instrument, or in conflict.
    """
    return _planned(study, interview_id, version_id, accepted)[1]


def move(study: Study, interview_id: str, version_id: str, accepted: Collection[str] = ()) -> Move:
    """Move a draft to another version; Refused as `preview`. An open session of it must be opened anew."""
    record, planned, pairs = _planned(study, interview_id, version_id, accepted)
    return _write(study, record, version_id, planned, _guessed(pairs))


def move_all(
    study: Study,
    old_version: str,
    new_version: str,
    accepted: Collection[str] = (),
    progress: Progress = no_progress,
    *,
    dry: bool = False,
) -> Summary:
    """Move every draft of a version (or, `dry`, look at it only): each on its own, those that cannot be moved stay."""
    act = preview if dry else move
    return Summary(tuple(_each(study, drafts(study, old_version), act, new_version, accepted, progress)))


def _each(
    study: Study,
    records: tuple[InterviewRecord, ...],
    act: Callable[[Study, str, str, Collection[str]], Move],
    new_version: str,
    accepted: Collection[str],
    progress: Progress,
) -> Iterator[DraftMoved]:
    for done, record in enumerate(records, start=1):
        try:
            yield DraftMoved(record.interview_id, act(study, record.interview_id, new_version, accepted))
        except Refused as refusal:
            yield DraftMoved(record.interview_id, None, refusal.problems)
        progress(done, len(records), MOVING)


def undo(study: Study, interview_id: str) -> Move:
    """Bring a draft back into the version that it was moved from; what was answered since goes along where it fits.

    Raises:
        Refused: it was not moved, or as `preview`.
    """
    from kume_desktop.interview import moving

    record, heads = _draft(study, interview_id)
    said = _last_move(heads)
    if said is None or said["to"] != record.version_id:
        raise Refused(problem("versions.not-moved"))
    older = said["from"]
    kept = {path: heads[f"{path}#kept"][0].value or "" for path in said["kept"] if f"{path}#kept" in heads}
    pairs = _pairs(compare_installed(study, older, record.version_id).pairs, said["guessed"])
    planned = moving.undo(
        interviewing.restore(study, record),
        interviewing.stored(study, record),
        study.form(older),
        interviewing.setting_for(study, record, older),
        {pair.old.path: pair.new.path for pair in pairs},
        kept,
    )
    return _write(study, record, older, planned, ())


def moved_from(study: Study, interview_id: str) -> str | None:
    """The version that `undo` would bring a draft back to; None where it was never moved."""
    from kume_desktop.store import reading

    said = _last_move(reading.heads(study.database, interview_id))
    return None if said is None else str(said["from"])


def rivals(study: Study, interview_id: str) -> tuple[Rival, ...]:
    """The versions between which a person has to choose; none where it is plain which one holds."""
    from kume_desktop.store import reading

    rows = reading.heads(study.database, interview_id).get(VERSION, ())
    numbers = {one.version_id: one.version for one in study.all_instruments()}
    found: dict[str, Rival] = {}
    for row in rows:
        to = str(json.loads(row.value)["to"]) if row.value else ""
        if to in numbers:
            found.setdefault(to, Rival(to, numbers[to], row.author, row.at))
    return tuple(found.values()) if len(found) > 1 else ()


def choose(study: Study, interview_id: str, version_id: str) -> None:
    """Let one of `rivals` hold: the log keeps the others, what was answered there is kept and not shown.

    Raises:
        Refused: it is none of them.
    """
    from kume_desktop.store import reading, writing
    from kume_desktop.store.events import SubjectKind

    rows = reading.heads(study.database, interview_id).get(VERSION, ())
    value = next((row.value for row in rows if row.value and json.loads(row.value)["to"] == version_id), None)
    if value is None or not rivals(study, interview_id):
        raise Refused(problem("versions.not-moved"))
    with study.act() as act:
        writing.resolve(act, SubjectKind.INTERVIEW, interview_id, VERSION, value)
    (record,) = reading.interviews(study.database, interview_id=interview_id)
    interview = interviewing.restore(study, record)
    with study.act() as act:
        recording.write_state(act, record, interview, record.position)


def late_answers(study: Study, interview_id: str) -> Mapping[str, str]:
    """Older path -> answer that another computer gave there, not knowing that the draft had been moved.

    They are kept and not shown by the version that the draft is in now; a person gives them again or not.
    """
    from kume_desktop.store import reading

    heads = reading.heads(study.database, interview_id)
    said = _last_move(heads)
    if said is None:
        return {}
    seen: Mapping[str, str] = said["seen"]
    return {
        path: rows[-1].value or ""
        for path in said["paths"]
        if (rows := heads.get(path, ())) and rows[-1].event_id != seen.get(path) and not _is_own(said, path)
    }


def _is_own(said: Mapping[str, Any], path: str) -> bool:
    """Whether the version that the draft is in has this path itself, so that answers there are shown."""
    return path in said["paths"].values()


def _planned(
    study: Study, interview_id: str, version_id: str, accepted: Collection[str]
) -> tuple[InterviewRecord, Move, tuple[Pair, ...]]:
    from kume_desktop.interview import moving

    record, _heads = _draft(study, interview_id)
    target = next((one for one in study.all_instruments() if one.version_id == version_id), None)
    if target is None or target.instrument_id != record.instrument_id:
        raise Refused(problem("versions.other-instrument"))
    if record.version_id == version_id:
        raise Refused(problem("versions.already-there", version=target.version))
    pairs = _pairs(compare_installed(study, record.version_id, version_id).pairs, accepted)
    planned = moving.preview(
        interviewing.restore(study, record),
        interviewing.stored(study, record),
        study.form(version_id),
        interviewing.setting_for(study, record, version_id),
        {pair.old.path: pair.new.path for pair in pairs},
    )
    return record, planned, pairs


def _draft(study: Study, interview_id: str) -> tuple[InterviewRecord, Mapping[str, tuple[HeadRow, ...]]]:
    from kume_desktop.store import reading

    (record,) = reading.interviews(study.database, interview_id=interview_id)
    if record.state == "completed":
        raise Refused(problem("versions.completed"))
    heads = reading.heads(study.database, interview_id)
    if any(len({row.value for row in rows}) > 1 for rows in heads.values()):
        raise Refused(problem("versions.in-conflict"))
    return record, heads


def _last_move(heads: Mapping[str, tuple[HeadRow, ...]]) -> Mapping[str, Any] | None:
    found = heads.get(VERSION)
    said: Mapping[str, Any] | None = json.loads(found[0].value) if found and found[0].value else None
    return said


def _pairs(pairs: tuple[Pair, ...], accepted: Collection[str]) -> tuple[Pair, ...]:
    from kume_desktop.instruments.differences import Sureness

    return tuple(one for one in pairs if one.sureness is not Sureness.SIMILAR or one.new.name in accepted)


def _guessed(pairs: tuple[Pair, ...]) -> tuple[str, ...]:
    from kume_desktop.instruments.differences import Sureness

    return tuple(one.new.name for one in pairs if one.sureness is Sureness.SIMILAR)


# --- writing ---


def _write(study: Study, record: InterviewRecord, version_id: str, planned: Move, guessed: tuple[str, ...]) -> Move:
    """Append the move and everything it changes in one unit of work."""
    from kume_desktop.store import reading
    from kume_desktop.store.events import EventKind

    heads = reading.heads(study.database, record.interview_id)
    seen: Seen = {path: tuple(row.event_id for row in rows) for path, rows in heads.items()}
    there = replace(record, version_id=version_id)
    said = {
        "from": record.version_id, "to": version_id, "paths": dict(planned.paths), "kept": sorted(planned.kept),
        "guessed": list(guessed), "seen": {path: heads[path][-1].event_id for path in planned.paths if path in heads},
    }  # fmt: skip
    with study.act() as act:
        recording.append_value(act, there, EventKind.INTERVIEW_MOVED, VERSION, said, seen)
        for path, value in planned.kept.items():
            personal = _is_personal(planned, heads, path)
            recording.append(act, there, EventKind.KEPT, path, value, seen, personal=personal)
        for change in planned.changes:
            kind = EventKind.RECORDED if change.recorded else EventKind.ANSWER
            personal = _is_personal(planned, heads, change.path)
            recording.append(act, there, kind, change.path, change.new, seen, personal=personal)
        recording.write_rows(act, there, planned.rows, seen)
        for override in planned.overrides:
            recording.append(act, there, EventKind.OVERRIDE, override.path, override.reason, seen)
        _write_notes(act, there, planned, heads, seen)
        _move_typed(act, record.interview_id, planned)
        position = _position(planned, record.position)
        recording.write_state(act, there, planned.after, position)
        act.save_position(record.interview_id, position)
    return planned


def _is_personal(planned: Move, heads: Mapping[str, tuple[HeadRow, ...]], path: str) -> bool:
    """Whether a value is personal in either version, or was written as personal, in whatever version that was."""
    older = next((old for old, new in planned.paths.items() if new == path), path)
    if any(row.personal for each in (path, older, f"{path}#kept") for row in heads.get(each, ())):
        return True
    return recording.is_personal(planned.after, path) or recording.is_personal(planned.before, older)


def _write_notes(
    act: Act, record: InterviewRecord, planned: Move, heads: Mapping[str, tuple[HeadRow, ...]], seen: Seen
) -> None:
    """Comments, marks and reasons for gaps go along with their questions."""
    from kume_desktop.store.events import EventKind

    registers: dict[str, EventKind] = {
        "#comment": EventKind.COMMENT, "#flag": EventKind.FLAG, "#gap": EventKind.GAP_REASON,
    }  # fmt: skip
    for path, rows in heads.items():
        older, mark, register = path.partition("#")
        newer, kind = planned.paths.get(older, ""), registers.get(mark + register)
        if newer and kind is not None and rows[0].value:
            recording.append(act, record, kind, newer, rows[0].value, seen)


def _move_typed(act: Act, interview_id: str, planned: Move) -> None:
    """Texts that were typed and not stored go along with their questions too."""
    from kume_desktop.store import reading

    for draft in reading.drafts(act, interview_id):
        older, mark, register = draft.path.partition("#")
        newer = planned.paths.get(older, older)
        if newer != older:
            act.clear_draft(interview_id, draft.path)
            act.save_draft(interview_id, newer + mark + register, draft.text)


def _position(planned: Move, position: str) -> str:
    from kume_desktop.interview import page

    there = planned.paths.get(position, position)
    return there if planned.after.is_relevant(there) else page.first_open(planned.after)
