"""Interviews as ODK submissions: finished ones to a folder, and those of Collect, Kobo or another computer back in.

A submission keeps its identity: taken twice, it is one interview; `deprecatedID` names the one that it edits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from kume_desktop.problems import Problem, Refused, Where, errors, problem, warning
from kume_desktop.services import (
    attachments,
    interviewing,
    pseudonyms,
    recording,
    releases,
    roles,
    signatures,
    veiling,
    versions,
)
from kume_desktop.services.studies import Progress, Study, no_progress, only_staff, refusing_disk
from kume_desktop.services.veiling import FIRM, Veil
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.interview.form import Form
    from kume_desktop.interview.state import Change, Interview
    from kume_desktop.interview.xml import Document, Submission
    from kume_desktop.store.records import InstrumentRecord, InterviewRecord
    from kume_desktop.store.unit_of_work import Act

FILE = "submission.xml"
WRITING, TAKING = N_("Writing the submissions"), N_("Taking the submissions")
MOST_NAMED = 10
_WITH_PERSONS, _WITHOUT = "submissions with person fields", "submissions"
FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Exported:
    """The files written, each submission in a folder of its own, and what is missing."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file; `interview_id` is '' where nothing was stored, `is_new` where it became a new one."""

    file: Path
    interview_id: str
    is_new: bool
    problems: tuple[Problem, ...]


# --- out ---


def export(
    study: Study,
    folder: Path,
    *,
    instrument_id: str = "",
    personal: bool = False,
    reason: str = "",
    progress: Progress = no_progress,
) -> Exported:
    """Write every completed interview of the wave that counts (of one instrument, or of all) with its files.

    Without `personal` nothing names the firm or a person (`veiling`): the firm has a code that leads a submission back
    to it only where it is taken by this study. With it a `reason` is needed. A table beside them tells the serial
    number of the writing, which the log remembers. Everything that names a sole trader is personal, in whatever
    interview the firm said that it is one.

    Raises:
        Refused: with `personal` a person who is not staff, or no reason; the folder cannot be written; no room.
    """
    from kume_desktop.store import finished, reading

    if personal:
        roles.require(study, roles.Right.PERSONAL)
        if not reason.strip():
            raise Refused(problem("submission.reason-missing"))
    held = [
        one
        for one in reading.interviews(study.database, wave_id=study.wave.wave_id)
        if one.state == "completed" and one.counts and instrument_id in {"", one.instrument_id}
    ]
    release = releases.begin(study, _WITH_PERSONS if personal else _WITHOUT, reason)
    units = {unit.unit_id: unit for unit in reading.units(study.database) if not unit.erased}
    alone = {unit_id for unit_id, unit in units.items() if unit.natural_person}
    alone |= finished.units_that_answered(study.database, recording.LEGAL_FORM, recording.SOLE_TRADER)
    written: list[Path] = []
    problems: list[Problem] = []
    for done, record in enumerate(held, start=1):
        unit = units.get(record.unit_id)
        if unit is not None:
            interview = interviewing.restore(study, record)
            is_alone = record.unit_id in alone
            veil = Veil(unit.code) if personal else veiling.of(study, interview, unit, is_sole_trader=is_alone)
            name = f"{record.instrument_id}_{_plain(veil.name)}_{record.interview_id[-8:]}"
            made, lacking = _write(study, record, interview, folder / name, veil, personal=personal)
            written.extend(made)
            problems.extend(lacking)
        progress(done, len(held), WRITING)
    if written:
        releases.stamp(study, release, folder)
    return Exported(tuple(written), tuple(problems))


def _plain(code: str) -> str:
    """A code that can be part of a file name."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in code)


def _write(
    study: Study,
    record: InterviewRecord,
    interview: Interview,
    folder: Path,
    veil: Veil,
    *,
    personal: bool,
) -> tuple[list[Path], list[Problem]]:
    from kume_desktop.interview import xml

    instance_id, deprecated_id = identity(study, record)
    written: list[Path] = [folder / FILE]
    problems: list[Problem] = []
    with refusing_disk(folder):
        folder.mkdir(parents=True, exist_ok=True)
        text = xml.submission(interview, instance_id, deprecated_id, without=veil.without, instead=veil.instead)
        written[0].write_text(text, encoding="utf-8", newline="")
        for name in xml.attachments(interview) if personal else ():
            try:
                (folder / name).write_bytes(attachments.content(study, name))
                written.append(folder / name)
            except Refused as refusal:
                problems.extend(refusal.problems)
    return written, problems


def identity(study: Study, record: InterviewRecord) -> tuple[str, str]:
    """(instanceID, deprecatedID) of an interview as it was completed last: each completion is a submission."""
    from kume_desktop.store import submissions
    from kume_desktop.store.identity import derived_id

    number = max(1, submissions.completions(study.database, record.interview_id))
    known = {
        json.loads(said).get("completions"): (instance_id, json.loads(said).get("deprecated", ""))
        for instance_id, said in submissions.taken(study.database, record.interview_id)
    }

    def named(at: int) -> str:
        if at in known:
            return known[at][0]
        return f"uuid:{record.interview_id if at == 1 else derived_id('submission', record.interview_id, at)}"

    if number in known:
        return known[number]
    return named(number), named(number - 1) if number > 1 else ""


# --- in ---


def take(study: Study, files: Sequence[Path], progress: Progress = no_progress) -> tuple[Taken, ...]:
    """Take submissions one after the other; attached files are looked for beside them.

    What is wrong with a file stands in its `problems`; of a file with errors nothing is stored.

    Raises:
        Refused: `study.only-staff`.
    """
    from kume_desktop.store import reading

    only_staff(study)
    taken: list[Taken] = []
    firms: dict[str, tuple[str, ...]] = {}
    own: dict[str, str] = {}
    for unit in (one for one in reading.units(study.database) if not one.erased):
        outside = pseudonyms.code_of(study, unit.unit_id)
        own[outside] = unit.code
        for code in (unit.code, outside):
            firms[code] = (*firms.get(code, ()), unit.unit_id)
    for done, file in enumerate(files, start=1):
        try:
            taken.append(_Taking(study, file, firms, own).carry_out())
        except Refused as refusal:
            told = tuple(_placed(one, file) for one in refusal.problems)
            taken.append(Taken(file, "", is_new=False, problems=told))
        progress(done, len(files), TAKING)
    return tuple(taken)


def _placed(one: Problem, file: Path) -> Problem:
    return Problem(one.code, one.params, Where(file=file.name, question=one.where.question), one.severity)


class _Taking:
    """One file on its way in."""

    def __init__(self, study: Study, file: Path, firms: Mapping[str, tuple[str, ...]], own: Mapping[str, str]) -> None:
        from kume_desktop.interview import xml

        self.study, self.file, self.firms = study, file, firms
        self.document: Document = xml.parse(_read(file))
        for element in self.document.root.within(FIRM):
            # A code that this study gave away leads back to the firm.
            element.parts = [own.get(element.text, element.text)]
        self.problems: list[Problem] = []
        self.files: dict[str, attachments.Attachment] = {}

    def carry_out(self) -> Taken:
        """Take it, or say that it was taken before."""
        if not self.document.instance_id:
            raise Refused(problem("submission.no-identity"))
        if self._interview(self.document.instance_id):
            known = warning("submission.already-there", Where(file=self.file.name))
            return Taken(self.file, self._interview(self.document.instance_id), is_new=False, problems=(known,))
        earlier = self._interview(self.document.deprecated_id)
        record, read = self._edited(earlier) if earlier else self._begun()
        self._complete(record, read)
        told = tuple(_placed(one, self.file) for one in self.problems)
        return Taken(self.file, record.interview_id, is_new=not earlier, problems=told)

    def _interview(self, instance_id: str) -> str:
        """The interview that a submission is, '' if it is not here."""
        from kume_desktop.store import reading, submissions

        own = _as_uuid(instance_id)
        known = submissions.interview_of(self.study.database, instance_id) if instance_id else ""
        if not known and own and reading.interviews(self.study.database, interview_id=own):
            return own
        return known

    def _begun(self) -> tuple[InterviewRecord, Submission]:
        from kume_desktop.store import reading, submissions, writing
        from kume_desktop.store.identity import derived_id

        study, document = self.study, self.document
        version = self._version()
        interview_id = _as_uuid(document.instance_id) or derived_id("submission", document.instance_id)
        read = self._fitting(study.form(version.version_id), interview_id, {})
        unit_id = self._unit(study.form(version.version_id), read)
        held = reading.interviews(study.database, unit_id=unit_id, wave_id=study.wave.wave_id)
        if any(one.instrument_id == version.instrument_id and one.counts for one in held):
            self.problems.append(warning("submission.second-interview"))
        who = signatures.person_of(study, self._username(read)) or study.person
        setting = interviewing.setting_of(study, version.version_id, unit_id, interview_id, who)
        interview = read.record.restored(study.form(version.version_id), setting)
        with study.act() as act:
            taken_at = act.at
            act.at = min(taken_at, _opened_at(study.form(version.version_id), read) or taken_at)
            writing.open_interview(act, study.wave.wave_id, unit_id, version.version_id, who, interview_id)
            act.at = taken_at
            (record,) = reading.interviews(act, interview_id=interview_id)
            self._write(act, record, interview, tuple(_changes({}, interview, read)), read)
            submissions.remember(act, interview_id, document.instance_id, document.deprecated_id, 1)
            if document.deprecated_id:
                submissions.remember(act, interview_id, document.deprecated_id, "", 0)
        return record, read

    def _edited(self, interview_id: str) -> tuple[InterviewRecord, Submission]:
        from kume_desktop.store import reading, submissions

        study = self.study
        (record,) = reading.interviews(study.database, interview_id=interview_id)
        stored = interviewing.stored(study, record)
        before = interviewing.restore(study, record)
        session = interviewing.Session(study, record, before)
        if session.contested:
            raise Refused(problem("submission.in-conflict"))
        read = self._fitting(study.form(record.version_id), interview_id, before.kept_rows)
        setting = interviewing.setting_of(
            study, record.version_id, record.unit_id, interview_id, record.interviewer
        )  # fmt: skip
        interview = read.record.restored(study.form(record.version_id), setting)
        values = {**stored.recorded, **stored.answers}
        if session.is_completed:
            self.problems.append(warning("submission.edit-of-completed"))
            again = session.reopen()
            if again.at is None:
                raise Refused(*again.problems)
        number = submissions.completions(study.database, interview_id) + 1
        with study.act() as act:
            self._write(act, record, interview, tuple(_changes(values, interview, read)), read, before)
            document = self.document
            submissions.remember(act, interview_id, document.instance_id, document.deprecated_id, number)
        return record, read

    def _version(self) -> InstrumentRecord:
        held = versions.of(self.study, self.document.form_id)
        if not held:
            raise Refused(problem("submission.no-form", form=self.document.form_id))
        exact = next((one for one in held if one.version == self.document.version), None)
        if exact is None:
            used, version = held[-1].version, self.document.version or "–"
            self.problems.append(warning("submission.version-unknown", version=version, used=used))
        return exact or held[-1]

    def _fitting(self, form: Form, seed: str, rows: Mapping[str, Sequence[str]]) -> Submission:
        """The submission read against the form, its files found; Refused where anything in it does not fit."""
        from kume_desktop.instruments.model import Kind
        from kume_desktop.interview import xml

        for name in xml.read_submission(form, self.document, seed).files:
            beside = self.file.parent / Path(name).name
            if beside.is_file():
                self.files[name] = attachments.read(Kind.FILE, beside)
        named = {name: one.name for name, one in self.files.items()}
        read = xml.read_submission(form, self.document, seed, named, rows)
        if not read.accepted:
            raise Refused(*errors(read.problems))
        self.problems.extend(read.problems)
        return read

    def _unit(self, form: Form, read: Submission) -> str:
        item = form.by_name.get(FIRM)
        path = item.path if item is not None else ""
        said = read.record.answers.get(path) or read.record.recorded.get(path) or read.calculated.get(path, "")
        said = said if item is not None else self._named_by_folder(form)
        found = self.firms.get(said, ()) if said else ()
        if len(found) != 1:
            raise Refused(problem("submission.no-firm", value=said or "–"))
        return found[0]

    def _named_by_folder(self, form: Form) -> str:
        """The firm's code in the name of the folder that `export` makes, for a form that does not ask for it."""
        name = re.fullmatch(rf"{re.escape(form.instrument.id)}_(.+)_[0-9a-f]{{8}}", self.file.parent.name)
        codes = [code for code in self.firms if name is not None and _plain(code) == name.group(1)]
        return codes[0] if len(codes) == 1 else ""

    @staticmethod
    def _username(read: Submission) -> str:
        return next((text for path, text in read.record.recorded.items() if path.endswith("/kullanici")), "")

    def _write(
        self,
        act: Act,
        record: InterviewRecord,
        interview: Interview,
        changes: tuple[Change, ...],
        read: Submission,
        before: Interview | None = None,
    ) -> None:
        """Append what a submission says that is not stored yet, files first."""
        from kume_desktop.interview.state import Outcome, RowChange
        from kume_desktop.store import attachments as kept
        from kume_desktop.store import reading

        for one in self.files.values():
            kept.put(act, one.content, one.name.partition(".")[2], one.media_type)
        stood = before.kept_rows if before is not None else {}
        had = {key: stood.get(key, ()) for key in read.record.rows}
        rows = [
            *(RowChange(key, row, added=False) for key, names in had.items() for row in names
              if row not in read.record.rows[key]),
            *(RowChange(key, row, added=True) for key, names in read.record.rows.items() for row in names
              if row not in had[key]),
        ]  # fmt: skip
        seen = {
            path: tuple(head.event_id for head in heads)
            for path, heads in reading.heads(act, record.interview_id).items()
        }
        outcome = Outcome(interview, changes, (), tuple(rows))
        recording.write_outcome(act, record, outcome, seen)
        recording.write_state(act, record, interview, record.position)

    def _complete(self, record: InterviewRecord, read: Submission) -> None:
        """Complete what was taken, where nothing in it is open."""
        from kume_desktop.store import reading

        (now,) = reading.interviews(self.study.database, interview_id=record.interview_id)
        session = interviewing.Session(self.study, now, interviewing.restore(self.study, now))
        self._compare(session.interview, read)
        saved = session.complete()
        if saved.at is None:
            self.problems.append(warning("submission.left-open", count=len(saved.problems)))
            with self.study.act() as act:
                # Values that the submission withheld or did not ask for are there all the same.
                recording.write_state(act, now, session.interview, now.position)

    def _compare(self, interview: Interview, read: Submission) -> None:
        """Name calculated values that its writer computed differently."""
        marks = {"1": "true", "0": "false"}
        differing = [
            path.rpartition("/")[2]
            for path, text in read.calculated.items()
            if interview.is_relevant(path)
            and interview.tree.spots[path].item.path not in read.document.withheld
            and interview.value(path) not in {text, marks.get(text, text)}
        ]
        if differing:
            more = " …" if len(differing) > MOST_NAMED else ""
            names = ", ".join(differing[:MOST_NAMED]) + more
            self.problems.append(warning("submission.other-values", count=len(differing), names=names))


def _opened_at(form: Form, read: Submission) -> datetime | None:
    """When the interview began, by its question `start`; None where it says none that can be."""
    from kume_desktop.instruments.model import Kind

    asked = (item.path for item in form.items.values() if item.node.kind is Kind.START)
    said = next((text for path in asked if (text := read.record.recorded.get(path, ""))), "")
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found.astimezone() if found.year >= FIRST_YEAR else None


def _read(file: Path) -> bytes:
    from kume_desktop.interview.xml_tree import MAX_BYTES

    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused(problem("form.unreadable", Where(file=file.name))) from error


def _as_uuid(instance_id: str) -> str:
    """The UUID of an identity, '' where it is none."""
    try:
        return str(UUID(instance_id.removeprefix("uuid:")))
    except ValueError:
        return ""


def _changes(stored: Mapping[str, str], interview: Interview, read: Submission) -> Iterator[Change]:
    """What must be written so that the stored values are those of the submission; hidden and withheld ones stay."""
    from kume_desktop.interview.state import Change

    said = {**{path: (text, True) for path, text in read.record.recorded.items()},
            **{path: (text, False) for path, text in read.record.answers.items()}}  # fmt: skip
    closed = read.document.withheld
    for path, (text, noted) in said.items():
        if stored.get(path, "") != text or path not in stored:
            yield Change(path, stored.get(path, ""), text, noted)
    for path, old in stored.items():
        spot = interview.tree.spots.get(path)
        is_blanked = old and path not in said and spot is not None and not spot.item.is_derived
        if is_blanked and interview.is_relevant(path) and spot is not None and spot.item.path not in closed:
            yield Change(path, old, "", recorded=False)
