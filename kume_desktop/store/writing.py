"""The structured events: what a study, an area, a firm, an interview, a visit, a level… is made of, in one place.

Each function appends what belongs together to an act and returns the identifier of the subject. Attributes can be
changed later one by one by `set_fact` with the same names. Answers go straight through `Act.append`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.identity import derived_id, new_id
from kume_desktop.store.records import RatingRecord, VisitRecord
from kume_desktop.store.unit_of_work import Act

CONTACT_FACTS = ("phone", "email", "address", "contact", "note")
"""Attributes by which persons are reached: ciphertext inside the event, whatever the firm is."""
IDENTITY_FACTS = ("name", "tax_number", *CONTACT_FACTS)
"""Attributes that name a natural person: ciphertext inside the event where the firm is one."""


@dataclass(frozen=True, slots=True)
class RatingGiven:
    """A level given for a target; see `records.RatingRecord`."""

    wave_id: str
    target_kind: str
    target_id: str
    indicator: str
    level: int | None
    rater: str
    round: int = 1
    scale: str = ""
    basis: str = "rating"
    suggestion: int | None = None
    reason: str = ""
    evidence: Sequence[tuple[str, str]] = ()
    evidence_kind: str = ""
    settles: tuple[str, ...] = ()
    seen: str = ""
    missing: str = ""
    draft: str = ""
    rubric_version: str = ""
    facts_hash: str = ""
    held_on: str = ""
    members: str = ""

    @property
    def rating_id(self) -> str:
        """The rating that this gives or changes."""
        return derived_id(
            "rating", self.wave_id, self.target_kind, self.target_id, self.indicator, self.basis, self.rater,
            self.round,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetMarked:
    """Where a rater stands with a target; see `records.SheetRecord`."""

    wave_id: str
    target_kind: str
    target_id: str
    rater: str
    state: str
    round: int = 1


@dataclass(frozen=True, slots=True)
class VersionInstalled:
    """An instrument version: the workbook's bytes and `FormSource.to_json()`."""

    instrument_id: str
    version: str
    title_tr: str
    title_en: str
    content_hash: str
    file_hash: str
    workbook: bytes
    source: str


@dataclass(frozen=True, slots=True)
class ResultSaved:
    """A computed result with what it rests on; `payload` is `results_to_json`."""

    wave_id: str
    route: str
    method_id: str
    method_hash: str
    instrument_hashes: Sequence[str]
    inputs_hash: str
    engine_version: str
    payload: str
    seed: int = 0


def create_study(act: Act, study_id: str, name: str, agency: str, *, demonstration: bool = False) -> str:
    """Make the study (its id is the data key's `study_id`)."""
    value = {
        "name": name,
        "agency": agency,
        "agency_id": derived_id("agency", study_id),
        "demonstration": demonstration,
    }
    act.append(EventKind.STUDY_CREATED, SubjectKind.STUDY, study_id, "", value)
    return study_id


def open_wave(act: Act, code: str, name: str, *, wave_id: str | None = None) -> str:
    """Open a survey round; `wave_id` where two computers that open it must mean the same one."""
    wave_id = wave_id or new_id()
    act.append(EventKind.WAVE_OPENED, SubjectKind.WAVE, wave_id, "", {"code": code, "name": name})
    return wave_id


def add_person(act: Act, name: str, wave_id: str, role: str) -> str:
    """Add somebody who works in the study, with a role in a wave."""
    person_id = new_id()
    act.append(EventKind.PERSON_ADDED, SubjectKind.PERSON, person_id, "", {"name": name})
    act.append(EventKind.ROLE_GIVEN, SubjectKind.PERSON, person_id, f"role:{wave_id}", role)
    return person_id


def is_sealed(name: str, *, natural_person: bool) -> bool:
    """Whether an attribute of a unit is ciphertext inside its event."""
    return name in (IDENTITY_FACTS if natural_person else CONTACT_FACTS)


def set_fact(act: Act, kind: SubjectKind, subject_id: str, name: str, value: str, *, personal: bool = False) -> str:
    """Set or change one attribute of a subject; returns the event's id. By what a person is reached is sealed."""
    is_contact = kind is SubjectKind.UNIT and name in CONTACT_FACTS
    return act.append(EventKind.FACT, kind, subject_id, name, value, personal=personal or is_contact)


def add_area(
    act: Act, study_id: str, code: str, ordinal: int, *, name_tr: str = "", name_en: str = "", nace: str = "",
    nace_revision: str = "", frame_n: int | None = None,
) -> str:  # fmt: skip
    """Add an activity area; two computers that add the same code mean the same area."""
    area_id = derived_id("area", study_id, code)
    value = {
        "code": code, "ordinal": ordinal, "name_tr": name_tr, "name_en": name_en, "nace": nace,
        "nace_revision": nace_revision, "frame_n": "" if frame_n is None else str(frame_n),
    }  # fmt: skip
    act.append(EventKind.AREA_ADDED, SubjectKind.AREA, area_id, "", value)
    return area_id


def add_unit(act: Act, attributes: Mapping[str, str], *, kind: str = "firm", natural_person: bool = False) -> str:
    """Add a unit with any of code, name, area (its code), district, nace, size_class, tax_number and others.

    A natural person's identity, and by what anybody is reached, go into facts of their own, encrypted with the unit's
    key.
    """
    unit_id = new_id()
    sealed = {
        name: value for name, value in attributes.items() if value and is_sealed(name, natural_person=natural_person)
    }
    clear = {name: value for name, value in attributes.items() if name not in sealed and value}
    value = {**clear, "kind": kind, "natural_person": natural_person}
    act.append(EventKind.UNIT_ADDED, SubjectKind.UNIT, unit_id, "", value)
    for name, text in sealed.items():
        act.append(EventKind.FACT, SubjectKind.UNIT, unit_id, name, text, personal=True)
    return unit_id


def add_frame(act: Act, wave_id: str, name: str, source: str, rows: Mapping[str, Mapping[str, str]], *,
              personal: bool = True) -> str:  # fmt: skip
    """Keep a list as it was imported: unit id -> header -> cell, immutable; sealed, as nobody says what it holds."""
    frame_id = new_id()
    value = {"wave": wave_id, "name": name, "source": source, "rows": len(rows)}
    act.append(EventKind.FRAME_VERSION_ADDED, SubjectKind.FRAME, frame_id, "", value)
    for unit_id, cells in rows.items():
        where = f"frame:{frame_id}"
        act.append(EventKind.FRAME_ROW_ADDED, SubjectKind.UNIT, unit_id, where, dict(cells), personal=personal)
    return frame_id


def install_instrument(act: Act, installed: VersionInstalled) -> str:
    """Keep an instrument version; the same content has the same version id everywhere."""
    version_id = derived_id("instrument", installed.instrument_id, installed.version, installed.file_hash)
    workbook = act.put_blob(installed.workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    source = act.put_blob(installed.source.encode(), "application/json")
    value = {
        "instrument": installed.instrument_id, "version": installed.version, "title_tr": installed.title_tr,
        "title_en": installed.title_en, "content_hash": installed.content_hash, "file_hash": installed.file_hash,
        "workbook": workbook, "source": source,
    }  # fmt: skip
    act.append(EventKind.INSTRUMENT_INSTALLED, SubjectKind.INSTRUMENT, version_id, "", value)
    return version_id


def assign(act: Act, wave_id: str, unit_id: str, interviewer: str) -> str:
    """Give a unit to an interviewer for a wave."""
    assignment_id = derived_id("assignment", wave_id, unit_id)
    value = {"wave": wave_id, "unit": unit_id, "interviewer": interviewer}
    act.append(EventKind.ASSIGNMENT, SubjectKind.ASSIGNMENT, assignment_id, "", value)
    return assignment_id


def record_visit(
    act: Act, wave_id: str, unit_id: str, outcome: str, *, note: str = "", next_at: datetime | None = None,
    at: datetime | None = None, mode: str = "", is_hard: bool = False, by: str = "",
) -> str:  # fmt: skip
    """Record a contact attempt; the note is encrypted with the unit's key. `by` who made it, if not the author."""
    made = VisitRecord(new_id(), unit_id, wave_id, at or act.at, outcome, next_at, note, by, mode, is_hard)
    return _tell_visit(act, made)


def correct_visit(act: Act, made: VisitRecord, *, before: VisitRecord, is_withdrawn: bool = False) -> str:
    """Say what a contact attempt really was, or take it back; the event names the one before."""
    return _tell_visit(act, made, is_withdrawn=is_withdrawn, had_note=before.note != made.note)


def _tell_visit(act: Act, made: VisitRecord, *, is_withdrawn: bool = False, had_note: bool = False) -> str:
    value = {
        "unit": made.unit_id, "wave": made.wave_id, "at": made.at.isoformat(), "outcome": made.outcome,
        "next_at": made.next_at.isoformat() if made.next_at else None,
    }  # fmt: skip
    more = {"mode": made.mode, "by": made.by, "hard": made.is_hard, "withdrawn": is_withdrawn}
    told = {**value, **{name: said for name, said in more.items() if said}}
    act.append(EventKind.VISIT, SubjectKind.VISIT, made.visit_id, "", told)
    if made.note or had_note:
        act.append(EventKind.NOTE, SubjectKind.VISIT, made.visit_id, "note", made.note, key_of=made.unit_id)
    return made.visit_id


def close_firm(act: Act, wave_id: str, unit_id: str, *, closed: bool = True) -> str:
    """Say that nobody goes to a firm any more in a wave, or that somebody does again; returns the event's id."""
    kind = EventKind.FIRM_CLOSED if closed else EventKind.FIRM_REOPENED
    return _of_firm(act, kind, wave_id, unit_id, {"state": "closed" if closed else ""})


def plan_visit(act: Act, wave_id: str, unit_id: str, day: str, slot: str = "") -> str:
    """Plan to go to a firm on a day (ISO, '' for no more) and in a part of it; returns the event's id."""
    return _of_firm(act, EventKind.VISIT_PLANNED, wave_id, unit_id, {"day": day, "slot": slot})


def ask_conversion(act: Act, wave_id: str, unit_id: str, person: str) -> str:
    """Ask a person ('' for nobody) to talk to a firm that refused; returns the event's id."""
    return _of_firm(act, EventKind.CONVERSION_ASKED, wave_id, unit_id, {"person": person})


def _of_firm(act: Act, kind: EventKind, wave_id: str, unit_id: str, said: Mapping[str, str]) -> str:
    subject = derived_id("assignment", wave_id, unit_id)
    return act.append(kind, SubjectKind.ASSIGNMENT, subject, "", {"wave": wave_id, "unit": unit_id, **said})


def open_interview(
    act: Act, wave_id: str, unit_id: str, version_id: str, interviewer: str, interview_id: str = ""
) -> str:
    """Open an interview of a unit with an instrument version, under an identity that it brings along or a new one."""
    interview_id = interview_id or new_id()
    value = {"unit": unit_id, "wave": wave_id, "instrument_version": version_id, "interviewer": interviewer}
    act.append(EventKind.INTERVIEW_OPENED, SubjectKind.INTERVIEW, interview_id, "", value, version_id)
    return interview_id


def complete_interview(act: Act, interview_id: str, version_id: str) -> str:
    """Say that an interview is complete; returns the event's id."""
    kind = EventKind.INTERVIEW_COMPLETED
    return act.append(kind, SubjectKind.INTERVIEW, interview_id, "", "completed", version_id)


def reopen_interview(act: Act, interview_id: str, version_id: str) -> str:
    """Say that an interview is open again; returns the event's id."""
    return act.append(EventKind.INTERVIEW_REOPENED, SubjectKind.INTERVIEW, interview_id, "", "open", version_id)


def rate(act: Act, given: RatingGiven, *, replaces: RatingRecord | None = None) -> str:
    """Give a level; the same rater in the same round changes it, another rater or round stands beside it.

    `replaces` is the rating as it was: its reason and members go where the new one has none.
    """
    rating_id = given.rating_id
    value = {
        "wave": given.wave_id, "target_kind": given.target_kind, "target": given.target_id,
        "indicator": given.indicator, "rater": given.rater, "round": given.round, "scale": given.scale,
        "level": given.level, "basis": given.basis, "suggestion": given.suggestion,
        "evidence": [list(pair) for pair in given.evidence], "evidence_kind": given.evidence_kind,
        "settles": list(given.settles), "seen": given.seen, "missing": given.missing, "draft": given.draft,
        "rubric_version": given.rubric_version, "facts_hash": given.facts_hash, "held_on": given.held_on,
    }  # fmt: skip
    act.append(EventKind.RATING, SubjectKind.RATING, rating_id, "", value)
    for name in ("reason", "members"):
        text, before = getattr(given, name), getattr(replaces, name, "")
        if text or before:
            act.append(EventKind.NOTE, SubjectKind.RATING, rating_id, name, text, key_of=given.target_id)
    return rating_id


def mark_sheet(act: Act, marked: SheetMarked) -> str:
    """Say where a rater stands with a target."""
    sheet_id = derived_id("sheet", marked.wave_id, marked.target_kind, marked.target_id, marked.rater, marked.round)
    value = {
        "wave": marked.wave_id, "target_kind": marked.target_kind, "target": marked.target_id, "rater": marked.rater,
        "round": marked.round, "state": marked.state,
    }  # fmt: skip
    act.append(EventKind.RATING_SHEET, SubjectKind.RATING, sheet_id, "sheet", value)
    return sheet_id


def save_method(
    act: Act, wave_id: str, number: int, name: str, version: str, method_hash: str, payload: str, *,
    parent: str | None = None, method_id: str | None = None,
) -> str:  # fmt: skip
    """Keep a method version; `payload` is `Method.to_json()`, `number` one more than its parent's in the same wave."""
    method_id = method_id or new_id()
    value = {
        "wave": wave_id, "number": number, "name": name, "version": version, "hash": method_hash, "parent": parent,
        "payload": payload,
    }  # fmt: skip
    act.append(EventKind.METHOD_VERSION, SubjectKind.METHOD, method_id, "", value)
    return method_id


def save_result(act: Act, saved: ResultSaved) -> str:
    """Keep a computed result."""
    result_id = new_id()
    value = {
        "wave": saved.wave_id, "route": saved.route, "method": saved.method_id, "method_hash": saved.method_hash,
        "instrument_hashes": list(saved.instrument_hashes), "inputs_hash": saved.inputs_hash,
        "engine_version": saved.engine_version, "seed": saved.seed,
        "payload": act.put_blob(saved.payload.encode(), "application/json"),
    }  # fmt: skip
    act.append(EventKind.RESULT, SubjectKind.RESULT, result_id, "", value)
    return result_id


def record_consent(
    act: Act, interview_id: str, purpose: str, *, given: bool, how: str, text_hash: str, version: str = ""
) -> str:
    """Record that consent was given or refused, how, and to which version of which text; returns the event's id."""
    value = {"version": version, "given": given, "how": how, "hash": text_hash}
    return act.append(EventKind.CONSENT, SubjectKind.INTERVIEW, interview_id, purpose, value)


def record_notice(act: Act, interview_id: str, version: str, *, how: str, text_hash: str) -> str:
    """Record that the notice was given, how, and which text; returns the event's id."""
    value = {"version": version, "how": how, "hash": text_hash}
    return act.append(EventKind.NOTICE, SubjectKind.INTERVIEW, interview_id, "", value)


def add_notice_version(act: Act, study_id: str, version: str, language: str, text: str, text_hash: str) -> str:
    """Keep a version of the notice's text; returns the event's id."""
    value = {"text": text, "hash": text_hash}
    return act.append(EventKind.NOTICE_VERSION, SubjectKind.STUDY, study_id, f"notice:{version}:{language}", value)


def resolve(act: Act, kind: SubjectKind, subject_id: str, head_path: str, value: str, *, personal: bool = False) -> str:
    """Decide a conflict: `value` holds, and every head that `reading.conflicts` showed is named; the event's id."""
    return act.append(EventKind.CONFLICT_RESOLVED, kind, subject_id, head_path, value, personal=personal)
