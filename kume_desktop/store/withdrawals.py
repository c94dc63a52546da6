"""Contact data that were taken away for good: carried out again wherever an older copy brings them back.

A withdrawal names the keys that were destroyed. It stands in the log of the study, which goes to every computer, and in
the file beside the database (`tombstones`), so that neither an older backup nor another computer's package undoes it.
What is not contact data is appended anew under another key; the lines that hold the old values stay, and open no more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select

from kume_desktop.store import attachments, erasing, reading, tables
from kume_desktop.store.events import EventKind, SubjectKind, plain_path
from kume_desktop.store.identity import new_id

if TYPE_CHECKING:
    from sqlalchemy import Row

    from kume_desktop.store.reading import Source
    from kume_desktop.store.unit_of_work import Act

_PATH, _FRAME = "withdrawn:", "frame:"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Of which unit or interview, which questions, attributes and heads of lists hold the contact data, which keys go.

    `how` says in a code what was the reason. The names and numbers of nobody stand here.
    """

    subject_id: str
    kind: SubjectKind
    how: str
    names: frozenset[str]
    keys: frozenset[str]

    def to_json(self) -> dict[str, Any]:
        """A record that `from_json` reads."""
        return {
            "withdrawn": self.subject_id, "kind": self.kind.value, "how": self.how, "names": sorted(self.names),
            "keys": sorted(self.keys),
        }  # fmt: skip

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Withdrawal:
        """Read what `to_json` wrote; KeyError, ValueError or TypeError where it is none."""
        names, keys = frozenset(map(str, said["names"])), frozenset(map(str, said["keys"]))
        return cls(str(said["withdrawn"]), SubjectKind(said["kind"]), str(said["how"]), names, keys)


@dataclass(frozen=True, slots=True)
class TakenAway:
    """How many contact values were blanked, and how many others kept under a new key."""

    blanked: int
    kept: int


def of_source(source: Source) -> tuple[Withdrawal, ...]:
    """The withdrawals that the log of the study tells."""
    head, path, subject = tables.head, tables.path, tables.subject
    # One after the other: a join would read the heads of every answer whenever a study is opened.
    of_study = [row.no for row in source.rows(select(subject.c.no).where(subject.c.id.in_(select(tables.study.c.id))))]
    rows = source.rows(
        select(head.c.value, path.c.text)
        .join(path, path.c.no == head.c.path)
        .where(head.c.subject.in_(of_study), head.c.value.is_not(None))
        .order_by(path.c.text)
    )
    return tuple(Withdrawal.from_json(json.loads(row.value)) for row in rows if row.text.startswith(_PATH))


def take_away(act: Act, subject: SubjectKind, subject_id: str, names: Iterable[str], how: str) -> TakenAway:
    """Blank the contact data of a unit or an interview for good, and tell it in the log of the study."""
    live = frozenset(row.id for row in act.rows(_live_keys(subject_id)))
    told = Withdrawal(subject_id, subject, how, frozenset(names), live)
    _tell(act, told)
    return _carry_out(act, told)


def settle(act: Act, told: Iterable[Withdrawal]) -> int:
    """Carry out again what this database does not know or has forgotten; how many withdrawals."""
    known = frozenset(of_source(act))
    done = 0
    for one in told:
        if is_settled(act, one, known):
            continue
        if one not in known:
            _tell(act, one)
        _carry_out(act, one)
        done += 1
    return done


def is_settled(source: Source, told: Withdrawal, known: frozenset[Withdrawal]) -> bool:
    """Whether the log tells it and none of its keys can come to life here."""
    key = tables.subject_key
    rows = source.rows(select(key.c.id).where(key.c.id.in_(sorted(told.keys)), key.c.key.is_(None)))
    return told in known and len(rows) == len(told.keys)


def _tell(act: Act, told: Withdrawal) -> None:
    (study,) = act.rows(select(tables.study.c.id))
    value = told.to_json()
    act.append(EventKind.FACT, SubjectKind.STUDY, study.id, f"{_PATH}{told.subject_id}:{new_id()}", value)


def _live_keys(subject_id: str) -> Any:
    key = tables.subject_key
    return select(key.c.id).where(key.c.subject == subject_id, key.c.key.is_not(None))


def _carry_out(act: Act, told: Withdrawal) -> TakenAway:
    found = [row for which in _which(told) for row in act.rows(_heads().where(which))]
    act.destroy_keys(told.subject_id, told.keys)
    blanked = kept = 0
    done: set[str] = set()
    for row in found:
        if row.kind == EventKind.UNIT_ADDED:
            blanked += _blank_made(act, told, row)
        elif row.text.startswith(_FRAME):
            blanked += _write_row(act, told, row)
        elif name_of(row.text) in told.names:
            blanked += _blank(act, row) if row.text not in done else 0
            done.add(row.text)
        elif row.personal:
            _write_anew(act, told, row)
            kept += 1
    if told.kind is SubjectKind.INTERVIEW:
        _forget_typed(act, told)
    return TakenAway(blanked, kept)


def _which(told: Withdrawal) -> tuple[Any, ...]:
    """What the keys seal, of whatever subject, and what the subject itself holds in clear."""
    event, subject = tables.event, tables.subject
    is_clear = and_(event.c.subject_key.is_(None), subject.c.id == told.subject_id)
    return event.c.subject_key.in_(sorted(told.keys)), is_clear


def _heads() -> Any:
    head, event, path, subject = tables.head, tables.event, tables.path, tables.subject
    return (
        select(
            subject.c.kind.label("subject_kind"), subject.c.id.label("subject_id"), path.c.text, event.c.kind,
            event.c.id.label("event_id"), event.c.instrument_version.label("version"), head.c.value, head.c.personal,
        )
        .select_from(event)
        .join(head, and_(head.c.subject == event.c.subject, head.c.path == event.c.path, head.c.event == event.c.no))
        .join(path, path.c.no == event.c.path)
        .join(subject, subject.c.no == event.c.subject)
        .where(head.c.value.is_not(None), head.c.value != "")
        .order_by(event.c.no)
    )  # fmt: skip


def name_of(where: str) -> str:
    """The name of the question or the attribute of a head path."""
    return plain_path(where).partition("@")[0].rpartition("/")[2]


def _blank(act: Act, row: Row[Any]) -> int:
    act.append(EventKind(row.kind), SubjectKind(row.subject_kind), row.subject_id, row.text, "", row.version)
    plain, _mark, register = row.text.partition("#")
    attachments.drop(act, plain.rpartition("@")[2] if register == "evidence" else row.value)
    return 1


def _blank_made(act: Act, told: Withdrawal, row: Row[Any]) -> int:
    """Put nothing in the place of what the record that made a firm says; older programs wrote it there."""
    made = json.loads(row.value)
    held = sorted(name for name in told.names if isinstance(made, dict) and made.get(name))
    for name in held:
        act.append(EventKind.FACT, told.kind, told.subject_id, name, "")
    return len(held)


def _write_anew(act: Act, told: Withdrawal, row: Row[Any], value: str | None = None) -> None:
    act.append(
        EventKind(row.kind), SubjectKind(row.subject_kind), row.subject_id, row.text,
        row.value if value is None else value, row.version, (row.event_id,), personal=True, key_of=told.subject_id,
    )  # fmt: skip


def _write_row(act: Act, told: Withdrawal, row: Row[Any]) -> bool:
    """Keep what a list said, without the cells of the heads that hold contact data; whether there were any."""
    cells = json.loads(row.value)
    left = {head: cell for head, cell in cells.items() if head not in told.names}
    if row.personal or left != cells:
        _write_anew(act, told, row, json.dumps(left, ensure_ascii=False))
    return bool(left != cells)


def _forget_typed(act: Act, told: Withdrawal) -> None:
    """Drop what was typed and what was worked out of the questions."""
    held = {draft.path for draft in reading.drafts(act, told.subject_id)}
    held |= set(reading.state_of(act, told.subject_id))
    erasing.forget_typed(act, told.subject_id, [where for where in held if name_of(where) in told.names])
    act.mark_stale(told.subject_id)
