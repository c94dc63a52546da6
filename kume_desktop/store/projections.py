"""Rows as functions of heads: the tables that lists, frames and reports read.

A row is computed from the heads of its subject alone, so it cannot depend on the order of packages. An attribute has
the value of its own head (`FACT`), else that of the record that made the subject. Where the heads of an attribute
differ, the attribute is empty and the conflict is in the list of conflicts; where two records made one subject (a
level given twice, say), links are kept from the one that sorts first and what is scored is empty.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table

from kume_desktop import turkish
from kume_desktop.store import burying, tables
from kume_desktop.store.dialect import Dialect
from kume_desktop.store.events import UNDECIDED, SubjectKind
from kume_desktop.store.heads import Head, Heads
from kume_desktop.store.ledger import Ledger

Row = tuple[Table, dict[str, Any]]

_CHOICE = (
    "SELECT c.interview FROM interview_choice c JOIN interview i ON i.id = ? AND i.unit = c.unit AND i.wave = c.wave"
    " JOIN instrument_version v ON v.id = i.instrument_version AND v.instrument = c.instrument"
    " WHERE c.unit = ? AND c.state = 'decided'"
)
"""Which of the interviews of a unit was chosen, if this one is among them."""
_CHOSEN = "SELECT i.id FROM interview i JOIN interview_choice c ON c.unit = i.unit WHERE "
_CHOSEN_OF_UNIT, _CHOSEN_OF_VERSION = f"{_CHOSEN} i.unit = ?", f"{_CHOSEN} i.instrument_version = ?"


class Projector:
    """Writes the rows of the ledger's dirty subjects."""

    def __init__(self, connection: Connection, ledger: Ledger) -> None:
        self._connection = connection
        self._ledger = ledger

    def flush(self) -> None:
        """Project every dirty subject; erasures are carried out here, wherever their event came from."""
        while self._ledger.dirty:
            waiting = sorted(self._ledger.dirty, key=lambda each: (each[0], each[1].bytes))
            self._ledger.dirty.clear()
            found = [(kind, subject, self._heads(subject)) for kind, subject in waiting]
            self._write(row for kind, _, heads in found for row in rows_of(kind, heads))
            self._choose(found)
            self._name_streams(heads for kind, _, heads in found if kind == SubjectKind.DEVICE)
            for kind, subject, heads in found:
                burying.carry_out(self._connection, self._ledger, kind, subject, heads.first("#erased"))

    def _write(self, rows: Iterable[Row]) -> None:
        by_table: dict[Table, list[dict[str, Any]]] = {}
        for table, values in rows:
            by_table.setdefault(table, []).append(values)
        for table, many in by_table.items():
            self._connection.execute(self._dialect.upsert(table), many)

    def _choose(self, found: Iterable[tuple[str, UUID, Heads]]) -> None:
        """Let the interviews that were chosen count, whatever arrived first: they, their form or the choice."""
        for kind, subject, heads in found:
            if kind == SubjectKind.INTERVIEW:
                self._mark_counting(subject, heads)
            elif kind == SubjectKind.INSTRUMENT or any(path.endswith("#counts") for path in heads.by_path):
                statement = _CHOSEN_OF_UNIT if kind == SubjectKind.UNIT else _CHOSEN_OF_VERSION
                rows = self._ledger.run(statement, (self._dialect.uuid(subject),)).fetchall()
                interviews = (self._dialect.read_uuid(row[0]) for row in rows)
                self._ledger.dirty.update((SubjectKind.INTERVIEW.value, each) for each in interviews)

    def _mark_counting(self, interview: UUID, heads: Heads) -> None:
        unit = heads.base.get("unit")
        if not unit:
            return
        place, flag = self._dialect.uuid, self._dialect.flag
        for row in self._ledger.run(_CHOICE, (place(interview), place(UUID(unit)))).fetchall():
            counts = row[0] is not None and self._dialect.read_uuid(row[0]) == interview
            self._ledger.run("UPDATE interview SET counts = ? WHERE id = ?", (flag(counts), place(interview)))

    def _name_streams(self, devices: Iterable[Heads]) -> None:
        place, moment = self._dialect.uuid, self._dialect.moment
        for heads in devices:
            for path, (head, *_) in heads.by_path.items():
                if path.startswith("stream:"):
                    self._ledger.run(
                        "UPDATE stream SET device = ?, opened_at = ? WHERE id = ?",
                        (place(UUID(heads.subject)), moment(head.at), place(UUID(path[7:]))),
                    )

    def _heads(self, subject: UUID) -> Heads:
        found = self._ledger.run(
            "SELECT p.text, h.value, e.at, e.author, e.kind, e.id FROM subject s JOIN head h ON h.subject = s.no"
            " JOIN path p ON p.no = h.path JOIN event e ON e.no = h.event"
            " WHERE s.id = ? AND substr(p.text, 1, 1) <> '/'",
            (self._dialect.uuid(subject),),
        ).fetchall()
        read = self._dialect.read_uuid
        found = sorted(found, key=lambda row: (row[0], row[1] or "", read(row[5])))
        by_path: dict[str, list[Head]] = {}
        for path, value, at, author, kind, _ in found:
            by_path.setdefault(path, []).append(Head(value, self._dialect.read_moment(at), author, kind))
        return Heads(subject, by_path)

    @property
    def _dialect(self) -> Dialect:
        return self._ledger.dialect


def rows_of(kind: str, heads: Heads) -> list[Row]:
    """The rows that a subject's heads stand for; none for kinds without a table or before the subject was made."""
    make = _MAKERS.get(kind)
    return make(heads) if make is not None else []


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) and text else None


def _bytes(text: Any) -> bytes | None:
    return base64.b64decode(text) if text else None


def _made(heads: Heads) -> Head | None:
    return heads.first("")


def _study(heads: Heads) -> list[Row]:
    made = _made(heads)
    rows: list[Row] = [(tables.notice_version, _notice(heads, path)) for path in heads.by_path if path[:7] == "notice:"]
    if made is None:
        return rows
    agency = heads.base.get("agency_id")
    study = {
        "id": heads.subject,
        "name": heads.text("name"),
        "demonstration": bool(heads.base.get("demonstration")),
        "agency": agency,
        "created_at": made.at,
    }
    return [*rows, (tables.study, study), (tables.agency, {"id": agency, "name": heads.text("agency")})]


def _notice(heads: Heads, path: str) -> dict[str, Any]:
    said = heads.record(path)
    _, version, language = path.split(":")
    text, text_hash = said.get("text", ""), said.get("hash", "")
    return {"study": heads.subject, "version": version, "language": language, "text": text, "text_hash": text_hash}


def _wave(heads: Heads) -> list[Row]:
    made = _made(heads)
    if made is None:
        return []
    row = {"id": heads.subject, "code": heads.text("code"), "name": heads.text("name"), "opened_at": made.at}
    return [(tables.wave, row)]


def _person(heads: Heads) -> list[Row]:
    rows: list[Row] = [
        (tables.person_role, {"person": heads.subject, "wave": path[5:], "role": heads.text(path)})
        for path in heads.by_path
        if path.startswith("role:")
    ]
    name = heads.text("name")
    if _made(heads) is not None:
        rows.append((tables.person, {"id": heads.subject, "name": name, "sort_name": turkish.sort_key(name)}))
    return rows


def _device(heads: Heads) -> list[Row]:
    """A computer: by its own first words, or because the agency enrolled it before it wrote anything.

    What anybody said of trust stands here for lists; whom one believes is worked out in `device_keys`.
    """
    made, base, trust, told = _made(heads), heads.base, heads.first("#trust"), heads.record("#trust")
    is_computer = made is not None or (trust is not None and told.get("role") != "recovery")
    if not is_computer:
        return []
    is_revoked = heads.is_said("#trust", "state", "revoked")
    row = {
        "id": heads.subject,
        "name": str(told.get("name") or heads.text("name")),
        "signing_key": _bytes(told.get("signing_key") or base.get("signing_key")),
        "encryption_key": _bytes(told.get("encryption_key") or base.get("encryption_key")),
        "enrolled_at": made.at if made else trust.at if trust else None,
        "role": str(told.get("role") or ""),
        "person": str(told.get("person") or ""),
        "state": "revoked" if is_revoked else str(told.get("state") or ""),
        "revoked_at": trust.at if trust and is_revoked else None,
        "compared_by": str(told.get("compared_by") or ""),
    }
    return [(tables.device, row)]


def _area(heads: Heads) -> list[Row]:
    if _made(heads) is None:
        return []
    row = {
        "id": heads.subject,
        "code": heads.text("code"),
        "name_tr": heads.text("name_tr"),
        "name_en": heads.text("name_en"),
        "sort_name": turkish.sort_key(heads.text("name_tr")),
        "nace": heads.text("nace"),
        "nace_revision": heads.text("nace_revision"),
        "frame_n": heads.number("frame_n"),
        "ordinal": heads.number("ordinal") or 0,
    }
    return [(tables.area, row)]


_UNIT_TEXTS = (
    "kind", "code", "name", "area", "district", "nace", "nace_revision", "field_nace", "size_class", "tax_number",
)  # fmt: skip


def _unit(heads: Heads) -> list[Row]:
    rows: list[Row] = [
        (tables.frame_row, {"unit": heads.subject, "frame_version": path[6:], "cells": heads.record(path) or None})
        for path in heads.by_path
        if path.startswith("frame:")
    ]
    rows += [(tables.interview_choice, _choice(heads, path)) for path in heads.by_path if path.endswith("#counts")]
    if _made(heads) is None:
        return rows
    texts = {name: heads.text(name) for name in _UNIT_TEXTS}
    natural = bool(heads.base.get("natural_person"))
    sort = turkish.sort_key(texts["name"])
    return [*rows, (tables.unit, {"id": heads.subject, **texts, "sort_name": sort, "natural_person": natural})]


def _choice(heads: Heads, path: str) -> dict[str, Any]:
    """Which interview counts: 'decided' with an interview or with none, '' where nobody or two people decided."""
    wave, _, instrument = path.removesuffix("#counts").partition(":")
    head = heads.first(path)
    said = None if head is None or heads.contested(path) else head.value
    is_decided = said is not None and said != UNDECIDED
    row = {"unit": heads.subject, "wave": wave, "instrument": instrument}
    return row | {"interview": said if said and is_decided else None, "state": "decided" if is_decided else ""}


def _frame(heads: Heads) -> list[Row]:
    made, base = _made(heads), heads.base
    if made is None:
        return []
    row = {
        "id": heads.subject,
        "wave": base.get("wave"),
        "name": heads.text("name"),
        "source": heads.text("source"),
        "rows": heads.number("rows"),
        "imported_at": made.at,
    }
    return [(tables.frame_version, row)]


_VERSION_TEXTS = ("instrument", "version", "title_tr", "title_en", "content_hash", "file_hash", "workbook", "source")


def _instrument(heads: Heads) -> list[Row]:
    made = _made(heads)
    if made is None:
        return []
    texts = {name: heads.text(name) for name in _VERSION_TEXTS}
    version = {"id": heads.subject, **texts, "installed_at": made.at}
    return [(tables.instrument_version, version), (tables.instrument, {"id": texts["instrument"]})]


def _assignment(heads: Heads) -> list[Row]:
    """A firm in a wave: who has it, whether it was closed, what is planned; any of these alone makes the row."""
    closed, plan, conversion = (_agreed(heads, path) for path in ("#closed", "#plan", "#conversion"))
    said = (heads.base, *(heads.record(path) for path in ("#closed", "#plan", "#conversion")))
    base = next((one for one in said if one.get("unit")), heads.base)
    if _made(heads) is None and not base.get("unit"):
        return []
    head = heads.first("#closed") if closed.get("state") else None
    row = {
        "id": heads.subject,
        "wave": base.get("wave"),
        "unit": base.get("unit"),
        "interviewer": "" if heads.contested("") else heads.text("interviewer"),
        "closed": closed.get("state", ""),
        "closed_at": head.at if head else None,
        "closed_by": head.author if head else "",
        "plan_day": plan.get("day", ""),
        "plan_slot": plan.get("slot", ""),
        "conversion": conversion.get("person", ""),
    }
    return [(tables.assignment, row)]


def _agreed(heads: Heads, path: str) -> Mapping[str, Any]:
    """The structured value of a path; empty where two computers said different things."""
    return {} if heads.contested(path) else heads.record(path)


def _visit(heads: Heads) -> list[Row]:
    made, base = _made(heads), heads.base
    if made is None:
        return []
    row = {
        "id": heads.subject,
        "unit": base.get("unit"),
        "wave": base.get("wave"),
        "at": _moment(base.get("at")) or made.at,
        "outcome": "" if heads.contested("") else heads.text("outcome"),
        "next_at": _moment(base.get("next_at")),
        "note": heads.text("note#note"),
        "by": base.get("by") or made.author,
        "mode": base.get("mode") or "",
        "refusal": "hard" if base.get("hard") else "",
        "state": "withdrawn" if base.get("withdrawn") else "",
    }
    return [(tables.visit, row)]


def _interview(heads: Heads) -> list[Row]:
    rows: list[Row] = [(tables.consent, _consent(heads, path)) for path in heads.by_path if path.endswith("#consent")]
    made, base, state = _made(heads), heads.base, heads.first("#state")
    if made is None:
        return rows
    completed = state is not None and not heads.contested("#state") and state.value == "completed"
    row = {
        "id": heads.subject,
        "unit": base.get("unit"),
        "wave": base.get("wave"),
        "instrument_version": heads.record("version").get("to") or base.get("instrument_version"),
        "interviewer": heads.text("interviewer"),
        "opened_at": made.at,
        "state": "completed" if completed else "open",
        "completed_at": state.at if completed and state is not None else None,
        "counts": heads.text("counts") != "no",
    }
    return [*rows, (tables.interview, row | _review(heads))]


def _review(heads: Heads) -> dict[str, Any]:
    """How the review stands; nothing where two people said different things (that is a conflict)."""
    said, head = _agreed(heads, "#review"), heads.first("#review")
    is_said = head is not None and bool(said)
    return {
        "review": str(said.get("state") or ""),
        "review_reason": str(said.get("reason") or ""),
        "reviewed_by": str(said.get("by") or head.author) if head and is_said else "",
        "reviewed_at": head.at if head and is_said else None,
    }


def _consent(heads: Heads, path: str) -> dict[str, Any]:
    said, head = heads.record(path), heads.first(path)
    return {
        "interview": heads.subject,
        "purpose": path.removesuffix("#consent"),
        "given": None if heads.contested(path) else bool(said.get("given")),
        "how": said.get("how", ""),
        "text_hash": said.get("hash", ""),
        "at": head.at if head else None,
    }


_RATING_CODES = ("evidence_kind", "seen", "missing", "draft", "rubric_version", "facts_hash", "held_on")


def _rating(heads: Heads) -> list[Row]:
    made, base = _made(heads), heads.base
    if made is None:
        return _sheet(heads)
    contested = heads.contested("")
    row = {
        "id": heads.subject,
        "wave": base.get("wave"),
        "target_kind": heads.text("target_kind"),
        "target": base.get("target"),
        "indicator": heads.text("indicator"),
        "rater": heads.text("rater"),
        "round": int(base.get("round") or 0),
        "scale": heads.text("scale"),
        "level": None if contested else base.get("level"),
        "basis": heads.text("basis"),
        "suggestion": base.get("suggestion"),
        "reason": heads.text("reason#note"),
        "evidence": base.get("evidence") or [],
        "contested": contested,
        "at": made.at,
        "settles": base.get("settles") or [],
        "members": heads.text("members#note"),
    }
    return [(tables.rating, row | {name: str(base.get(name) or "") for name in _RATING_CODES})]


def _sheet(heads: Heads) -> list[Row]:
    said, head = heads.record("sheet"), heads.first("sheet")
    if head is None:
        return []
    row = {
        "id": heads.subject,
        "wave": said.get("wave"),
        "target_kind": said.get("target_kind", ""),
        "target": said.get("target"),
        "rater": said.get("rater", ""),
        "round": int(said.get("round") or 0),
        "state": "" if heads.contested("sheet") else said.get("state", ""),
        "at": head.at,
    }
    return [(tables.rating_sheet, row)]


def _method(heads: Heads) -> list[Row]:
    made, base = _made(heads), heads.base
    if made is None:
        return []
    row = {
        "id": heads.subject,
        "wave": base.get("wave"),
        "number": int(base.get("number") or 0),
        "name": heads.text("name"),
        "version": heads.text("version"),
        "method_hash": heads.text("hash"),
        "parent": base.get("parent") or None,
        "payload": heads.text("payload"),
        "author": made.author,
        "at": made.at,
    }
    return [(tables.method_version, row)]


def _result(heads: Heads) -> list[Row]:
    made, base = _made(heads), heads.base
    if made is None:
        return []
    row = {
        "id": heads.subject,
        "wave": base.get("wave"),
        "route": heads.text("route"),
        "method": base.get("method") or None,
        "method_hash": heads.text("method_hash"),
        "instrument_hashes": base.get("instrument_hashes") or [],
        "inputs_hash": heads.text("inputs_hash"),
        "engine_version": heads.text("engine_version"),
        "seed": int(base.get("seed") or 0),
        "payload": heads.text("payload"),
        "at": made.at,
    }
    return [(tables.result, row)]


_MAKERS: Mapping[str, Callable[[Heads], list[Row]]] = {
    SubjectKind.STUDY: _study,
    SubjectKind.WAVE: _wave,
    SubjectKind.PERSON: _person,
    SubjectKind.DEVICE: _device,
    SubjectKind.AREA: _area,
    SubjectKind.UNIT: _unit,
    SubjectKind.FRAME: _frame,
    SubjectKind.INSTRUMENT: _instrument,
    SubjectKind.ASSIGNMENT: _assignment,
    SubjectKind.VISIT: _visit,
    SubjectKind.INTERVIEW: _interview,
    SubjectKind.RATING: _rating,
    SubjectKind.METHOD: _method,
    SubjectKind.RESULT: _result,
}

PROJECTED = (
    tables.study, tables.agency, tables.wave, tables.person, tables.person_role, tables.device, tables.area,
    tables.unit, tables.frame_version, tables.frame_row, tables.instrument, tables.instrument_version,
    tables.assignment, tables.visit, tables.interview, tables.interview_choice, tables.consent, tables.notice_version,
    tables.rating, tables.rating_sheet, tables.method_version, tables.result, tables.tombstone,
)  # fmt: skip
"""The tables that a rebuild empties and fills again."""
