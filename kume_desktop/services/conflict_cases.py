"""What waits for a decision, and everything about it that helps to decide; `services.conflicts` decides."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kume_desktop.problems import Refused, problem
from kume_desktop.services import roles
from kume_desktop.services.review import queries
from kume_desktop.services.review.wording import Wording
from kume_desktop.services.roles import Right

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.conflict_rows import Contested, Entry
    from kume_desktop.store.records import InterviewRecord, UnitRecord

CONFLICTS, CONFLICT = "conflicts", "conflict"
COUNTS, REVIEW = "#counts", "#review"
_APART = (queries.QUERY, queries.REPLY, REVIEW, COUNTS, "#trace", "#backcheck", "#erased", "#trust")
"""Registers in which several values are none to decide on here: they stand beside each other, or have a page."""


class Kind(StrEnum):
    """What is to be decided: an answer, which of two interviews counts, a level, or a fact of anything else."""

    ANSWER = "answer"
    DOUBLE = "double"
    LEVEL = "level"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A line of the list. `key` names it; `values` are the candidates in a few words, in the order of import."""

    key: str
    kind: Kind
    firm: str
    unit_id: str
    number: str
    title: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the values: as stored and in words, who gave it on which computer, and what the writer had seen there.

    `event` is its entry (of a double interview: the interview). `before` is what it took the place of, None where it
    was the first; `note` the comment at the question, `detail` what else helps to decide.
    """

    event: str
    raw: str
    text: str
    label: str
    person: str
    role: str
    computer: str
    at: datetime
    before: str | None
    note: str = ""
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """An entry of the history of the place, the oldest first; `decision`: somebody decided a conflict."""

    at: datetime
    person: str
    computer: str
    text: str
    unaware_of: str = ""
    decision: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """Everything about a conflict that is needed to decide it; `choices` are the other answers the question offers."""

    conflict: OpenConflict
    section: str
    candidates: tuple[Candidate, ...]
    choices: tuple[tuple[str, str], ...]
    history: tuple[Past, ...]
    can_write: bool
    can_return: bool
    interviewer: str = ""


def conflicts(study: Study) -> tuple[OpenConflict, ...]:
    """Everything that waits for a decision, by firm in Turkish order, then by question.

    Raises:
        Refused: this person may not decide.
    """
    roles.require(study, Right.DECIDE)
    return tuple(_Reading(study).lines())


def count(study: Study) -> int:
    """How many decisions wait; 0 for who may not decide. Nothing is put into words for that."""
    if not roles.may(study, Right.DECIDE):
        return 0
    return sum(1 for _ in _contested(study)) + sum(1 for _ in _several(study))


def case(study: Study, key: str) -> Case:
    """What is needed to decide a conflict.

    Raises:
        Refused: this person may not decide, or somebody has decided meanwhile.
    """
    roles.require(study, Right.DECIDE)
    read = _Reading(study)
    found = read.line_of(key)
    if found is None:
        raise Refused(problem("conflict.gone"))
    return read.case(found)


def _contested(study: Study) -> Iterator[Contested]:
    """The places with several values, those left out that have a page of their own."""
    from kume_desktop.store import conflict_rows

    return (one for one in conflict_rows.contested(study.database) if not one.path.endswith(_APART))


def _several(study: Study) -> Iterator[tuple[str, str]]:
    """The firms of which two interviews on one form would count, each with that form."""
    from kume_desktop.store import review_rows

    for one in review_rows.withheld(study.database, study.wave.wave_id):
        if one.reason == "several-interviews":
            yield one.unit_id, one.instrument_id


def _key(subject_kind: str, subject_id: str, path: str) -> str:
    return f"{subject_kind}|{subject_id}|{path}"


class _Reading:
    """What the store holds of conflicts, read once; questions are worded by their forms."""

    def __init__(self, study: Study) -> None:
        from kume_desktop.store import reading

        self._study, self._source = study, study.database
        self._words = Wording(study)
        self._units = {one.unit_id: one for one in reading.units(study.database, study.wave.wave_id)}
        self._interviews = {one.interview_id: one for one in reading.interviews(study.database)}
        self._order = {unit_id: place for place, unit_id in enumerate(self._units)}

    def lines(self) -> list[OpenConflict]:
        """Everything to decide, by firm and question."""
        found = [*map(self._line, _contested(self._study)), *self._doubles()]
        return sorted(found, key=lambda one: (self._order.get(one.unit_id, len(self._order)), _place(one.number)))

    def line_of(self, key: str) -> OpenConflict | None:
        """One conflict, without reading the others; None where somebody has decided it."""
        from kume_desktop.store import conflict_rows

        _subject_kind, subject_id, path = key.split("|", 2)
        if path.endswith(COUNTS):
            return next((one for one in self._doubles() if one.key == key), None)
        found = conflict_rows.contested(self._source, subject_id, path)
        return self._line(found[0]) if found else None

    def case(self, line: OpenConflict) -> Case:
        """Everything about a conflict."""
        return self.double(line) if line.kind is Kind.DOUBLE else self.place(line)

    def _line(self, one: Contested) -> OpenConflict:
        key, record = _key(one.subject_kind, one.subject_id, one.path), self._interviews.get(one.subject_id)
        values = one.values
        if record is not None and one.path.startswith("/"):
            asked = self._words.asked(record.version_id, one.path)
            said = [self._said(record, one.path, value) for value in values]
            return OpenConflict(
                key, Kind.ANSWER, self._name(record.unit_id), record.unit_id, asked.number, asked.title, tuple(said)
            )  # fmt: skip
        unit_id = record.unit_id if record is not None else self._unit_of(one, values)
        kind = Kind.LEVEL if one.subject_kind == "rating" else Kind.FACT
        title = _indicator(values) or one.path.partition("#")[0] or one.path.strip("#") or one.subject_kind
        said = [_short(value) for value in values]
        return OpenConflict(key, kind, self._name(unit_id), unit_id, "", title, tuple(said))

    def _said(self, record: InterviewRecord, path: str, value: str) -> str:
        if "#" in path or not value:
            return value or "–"
        return self._words.given(record.version_id, path, value).line

    def _unit_of(self, one: Contested, values: tuple[str, ...]) -> str:
        if one.subject_id in self._units:
            return one.subject_id
        told = next((_record(value) for value in values if value.startswith("{")), {})
        return next((str(told[name]) for name in ("unit", "target") if told.get(name) in self._units), "")

    def _doubles(self) -> Iterator[OpenConflict]:
        wave_id = self._study.wave.wave_id
        forms = {one.instrument_id: one for one in self._study.instruments()}
        for unit_id, instrument_id in _several(self._study):
            form = forms[instrument_id]
            said = tuple(record.interviewer for record in self._counting.get((unit_id, instrument_id), ()))
            key = _key("unit", unit_id, f"{wave_id}:{instrument_id}{COUNTS}")
            yield OpenConflict(
                key, Kind.DOUBLE, self._name(unit_id), unit_id, "", _title(form.title_tr, form.title_en), said
            )  # fmt: skip

    @cached_property
    def _counting(self) -> Mapping[tuple[str, str], list[InterviewRecord]]:
        """The completed interviews of the wave that would count, by firm and form."""
        from kume_desktop.store import review_rows

        wave_id = self._study.wave.wave_id
        out = review_rows.excluded(self._source, wave_id)
        found: dict[tuple[str, str], list[InterviewRecord]] = {}
        for one in self._interviews.values():
            is_candidate = one.wave_id == wave_id and one.state == "completed" and one.counts
            if is_candidate and one.interview_id not in out:
                found.setdefault((one.unit_id, one.instrument_id), []).append(one)
        return found

    def _name(self, unit_id: str) -> str:
        unit: UnitRecord | None = self._units.get(unit_id)
        return (unit.name or unit.code) if unit is not None else ""

    def place(self, line: OpenConflict) -> Case:
        """The case of two values of one place."""
        from kume_desktop.store import conflict_rows, reading

        _subject_kind, subject_id, path = line.key.split("|", 2)
        entries = conflict_rows.entries(self._source, subject_id, path)
        record = self._interviews.get(subject_id)
        comments = reading.comments(self._source, subject_id) if record is not None else {}
        by_id = {one.event_id: one for one in entries}
        heads = [one for one in entries if one.is_head]
        can_write = line.kind is Kind.ANSWER and "#" not in path
        return Case(
            conflict=line,
            section=self._words.asked(record.version_id, path).section if record and can_write else "",
            candidates=tuple(
                self._candidate(record, path, _origin(one, by_id), by_id, comments.get(path, ""), one.event_id)
                for one in _distinct(heads)
            ),
            choices=self._words.choices(record.version_id, path) if record and can_write else (),
            history=tuple(self._past(record, path, one, by_id) for one in entries),
            can_write=can_write,
            can_return=can_write and record is not None and roles.may(self._study, Right.REVIEW),
            interviewer=record.interviewer if record is not None else "",
        )

    def _candidate(
        self,
        record: InterviewRecord | None,
        path: str,
        one: Entry,
        by_id: Mapping[str, Entry],
        note: str,
        event_id: str,
    ) -> Candidate:
        given = self._given(record, path, one.value)
        seen = [by_id[event].value for event in one.saw if event in by_id]
        before = " / ".join(_short(value or "") for value in seen) if seen else None
        return Candidate(
            event_id, one.value or "", given[0], given[1], one.author, one.role, one.computer, one.at, before, note
        )  # fmt: skip

    def _given(self, record: InterviewRecord | None, path: str, value: str | None) -> tuple[str, str]:
        if record is not None and path.startswith("/") and "#" not in path and value:
            given = self._words.given(record.version_id, path, value)
            return given.text, given.label
        return _short(value or ""), ""

    def _past(self, record: InterviewRecord | None, path: str, one: Entry, by_id: Mapping[str, Entry]) -> Past:
        others = [each for each in by_id.values() if each.is_head and each.value != one.value and one.is_head]
        unaware = next((each for each in others if each.at < one.at and each.event_id not in one.saw), None)
        text = " ".join(self._given(record, path, one.value)).strip() or "–"
        unseen = " ".join(self._given(record, path, unaware.value)).strip() if unaware is not None else ""
        return Past(one.at, one.author, one.computer, text, unseen, one.kind == "conflict_resolved")

    def double(self, line: OpenConflict) -> Case:
        """The case of two interviews of one firm."""
        from kume_desktop.store import conflict_rows

        _unit, unit_id, path = line.key.split("|", 2)
        instrument_id = path.removesuffix(COUNTS).partition(":")[2]
        found = []
        for one in self._counting.get((unit_id, instrument_id), ()):
            opened = conflict_rows.entries(self._source, one.interview_id, "")
            ended = one.completed_at or one.opened_at
            share = f"{one.summary.answered}/{one.summary.asked}"
            found.append(
                Candidate(
                    one.interview_id, one.interview_id, share, "", one.interviewer, "", opened[0].computer, ended, None,
                    detail=(one.opened_at.isoformat(), str(one.summary.warnings)),
                )
            )  # fmt: skip
        return Case(line, "", tuple(found), (), (), can_write=False, can_return=False)


def _distinct(heads: list[Entry]) -> list[Entry]:
    """One head of each value, the one that arrived first."""
    found: dict[str | None, Entry] = {}
    for one in heads:
        found.setdefault(one.value, one)
    return list(found.values())


def _origin(one: Entry, by_id: Mapping[str, Entry]) -> Entry:
    """Where a value comes from: a decision that was taken back stated the values again."""
    if one.kind != "conflict_resolved":
        return one
    told = (each for each in by_id.values() if each.kind != "conflict_resolved" and each.value == one.value)
    return next(told, one)


def _place(number: str) -> tuple[int, int, str]:
    section, _dot, rest = number.partition(".")
    digits = rest.rstrip("abcdefghijklmnopqrstuvwxyz")
    whole = section.isdecimal() and digits.isdecimal()
    return (int(section), int(digits), rest) if whole else (10_000, 0, number)


def _record(value: str) -> Mapping[str, Any]:
    try:
        told = json.loads(value)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _short(value: str) -> str:
    """A value in a few words; of a structured one what differs between people: the level, else its parts."""
    told = _record(value) if value.startswith("{") else {}
    if "level" in told:
        return "–" if told["level"] is None else str(told["level"])
    if told:
        return ", ".join(str(each) for each in told.values() if isinstance(each, str | int) and str(each)[:8] != "")[
            :80
        ]
    return value or "–"


def _indicator(values: tuple[str, ...]) -> str:
    return next((str(_record(value).get("indicator", "")) for value in values if value.startswith("{")), "")


def _title(tr: str, en: str) -> str:
    from kume_desktop import texts

    return (en if texts.language() == "en" else "") or tr


def _answer_list(study: Study, asked: Mapping[str, Any]) -> dict[str, Any]:
    """All lines, and with them the case that is shown first: `key`, or the first of all."""
    roles.require(study, Right.DECIDE)
    read = _Reading(study)
    lines = read.lines()
    shown = next((one for one in lines if one.key == asked.get("conflict", "")), lines[0] if lines else None)
    told = {
        "conflicts": [[one.key, one.kind, one.firm, one.unit_id, one.number, one.title, one.values] for one in lines]
    }
    return told | {"case": _told(read.case(shown)) if shown is not None else None}


def _told(one: Case) -> Any:
    return json.loads(json.dumps(asdict(one), default=str))


def conflicts_of(answer: Mapping[str, Any]) -> tuple[OpenConflict, ...]:
    """Read the answer to `CONFLICTS`."""
    return tuple(
        OpenConflict(key, Kind(kind), firm, unit_id, number, title, tuple(values))
        for key, kind, firm, unit_id, number, title, values in answer["conflicts"]
    )


def _line_of(told: Mapping[str, Any]) -> OpenConflict:
    return OpenConflict(**{**told, "kind": Kind(told["kind"]), "values": tuple(told["values"])})


def _answer_case(study: Study, asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"case": _told(case(study, asked["conflict"]))}


def case_of(answer: Mapping[str, Any]) -> Case:
    """Read the answer to `CONFLICT`."""
    told = answer["case"]
    return Case(
        conflict=_line_of(told["conflict"]),
        section=told["section"],
        candidates=tuple(
            Candidate(**{**one, "at": _moment(one["at"]), "detail": tuple(one["detail"])}) for one in told["candidates"]
        ),
        choices=tuple((name, word) for name, word in told["choices"]),
        history=tuple(Past(**{**one, "at": _moment(one["at"])}) for one in told["history"]),
        can_write=told["can_write"],
        can_return=told["can_return"],
        interviewer=told["interviewer"],
    )


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told)


VERBS = {CONFLICTS: _answer_list, CONFLICT: _answer_case}
"""What the companion answers."""
