"""Laptops that write without each other's knowledge, and what must follow: an oracle in a few lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import strategies as st
from sqlalchemy import select

from kume_desktop.store import sealing, tables
from kume_desktop.store.device import Device, opening
from kume_desktop.store.engine import Database
from kume_desktop.store.identity import uuid7
from kume_desktop.store.log import Event, Sealed, StreamWriter, Told, box_context, value_text
from kume_desktop.store.projections import PROJECTED
from kume_desktop.store.subject_keys import SubjectKey

UNIT, INTERVIEW, VISIT, WAVE = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
RATING = UUID(int=5)


@dataclass(frozen=True)
class Said:
    """One thing that can be said: kind, subject and path, and whether it is personal (then with whose key)."""

    kind: str
    subject_kind: str
    subject: UUID
    path: str
    value: Any
    key_of: UUID | None = None


def sayings(value: str) -> list[Said]:
    """Everything the scenarios say, with one of a few values."""
    rating = {
        "target_kind": "unit",
        "target": str(UNIT),
        "indicator": "g1",
        "round": 1,
        "level": len(value),
        "rater": "A",
    }
    opened = {"unit": str(UNIT), "wave": str(WAVE)}
    return [
        Said("answer", "interview", INTERVIEW, "/data/q1", value),
        Said("answer", "interview", INTERVIEW, "/data/q2", value),
        Said("answer", "interview", INTERVIEW, "/data/name", value, INTERVIEW),
        Said("comment", "interview", INTERVIEW, "/data/q1#comment", value, INTERVIEW),
        Said("interview_opened", "interview", INTERVIEW, "", opened),
        Said("interview_completed", "interview", INTERVIEW, "#state", "completed" if value == "a" else "open"),
        Said("unit_added", "unit", UNIT, "", {"code": value, "natural_person": True}),
        Said("fact", "unit", UNIT, "name", value, UNIT),
        Said("fact", "unit", UNIT, "district", value),
        Said("visit", "visit", VISIT, "", {"unit": str(UNIT), "wave": str(WAVE), "outcome": value}),
        Said("note", "visit", VISIT, "note#note", value, UNIT),
        Said("rating", "rating", RATING, "", rating),
        Said("wave_opened", "wave", WAVE, "", {"code": value, "name": "dalga"}),
        Said("from_the_future", "interview", INTERVIEW, "/data/q1", value),
    ]


@dataclass
class Laptop:
    """One device: its stream, what it has seen, and how wrong its clock is."""

    clock: timedelta
    seen: dict[UUID, Event] = field(default_factory=dict)
    writer: StreamWriter = field(default_factory=lambda: StreamWriter(uuid4()))
    keys: dict[UUID, SubjectKey] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for told in opening(Device(str(uuid4()), "x"), self.writer.stream, "x", "staff", self.now()):
            self._keep(self.writer.write(told))

    def now(self) -> datetime:
        return datetime.now(UTC) + self.clock

    def say(self, said: Said, *, blind: bool = False) -> Event:
        """Write an event that names the heads this laptop knows (none if `blind`)."""
        named = () if blind else tuple(e.id for e in heads(self.seen.values(), said.subject, said.path))
        identity, sealed = uuid7(), None
        if said.key_of is not None:
            key = self.keys.setdefault(said.key_of, SubjectKey(uuid7(), said.key_of, sealing.new_key()))
            context = box_context(identity, said.subject, said.path)
            sealed = Sealed(key.key_id, sealing.seal(said.value, key.key, context))
        told = Told(
            said.kind, said.subject_kind, said.subject, said.path, None if sealed else said.value, "x", "staff",
            self.now(), named, None, sealed, identity,
        )  # fmt: skip
        return self._keep(self.writer.write(told))

    def learn(self, other: Laptop) -> None:
        self.seen.update(other.seen)

    def _keep(self, event: Event) -> Event:
        self.seen[event.id] = event
        return event


def heads(events: Iterable[Event], subject: UUID, path: str) -> list[Event]:
    """The definition: events of a path that no event of that path names."""
    here = [e for e in events if (e.subject, e.path) == (subject, path) and e.kind != "from_the_future"]
    named = {each for e in here for each in e.supersedes}
    return sorted((e for e in here if e.id not in named), key=lambda e: e.id)


def oracle(events: Iterable[Event], keys: Iterable[SubjectKey], erased: Iterable[UUID] = ()) -> set[tuple[Any, ...]]:
    """(subject, path, event, value) of every head, with the personal values of what was erased gone."""
    everything = list(events)
    gone = set(erased)
    opens = {key.key_id: key for key in keys if key.subject not in gone}
    found = set()
    for subject, path in {(e.subject, e.path) for e in everything}:
        for e in heads(everything, subject, path):
            value = value_text(e.value)
            if e.sealed is not None:
                key = opens.get(e.sealed.key)
                context = box_context(e.id, e.subject, e.path)
                value = sealing.unseal(e.sealed.box, key.key, context) if key else None
            found.add((str(e.subject), e.path, str(e.id), value))
    return found


def stored_heads(database: Database) -> set[tuple[Any, ...]]:
    """The same from the database."""
    h, s, p, e = tables.head, tables.subject, tables.path, tables.event
    statement = (
        select(s.c.id, p.c.text, e.c.id.label("event"), h.c.value)
        .select_from(h)
        .join(s, s.c.no == h.c.subject)
        .join(p, p.c.no == h.c.path)
        .join(e, e.c.no == h.c.event)
    )
    return {tuple(row) for row in database.rows(statement)}


def projection(database: Database) -> dict[str, list[str]]:
    """Everything that follows from the log, in a form that can be compared between databases."""
    found = {table.name: sorted(str(tuple(row)) for row in database.rows(select(table))) for table in PROJECTED}
    contested = select(tables.subject.c.id, tables.path.c.text, tables.head.c.contested).select_from(
        tables.head.join(tables.subject, tables.subject.c.no == tables.head.c.subject).join(
            tables.path, tables.path.c.no == tables.head.c.path
        )
    )
    found["heads"] = sorted(map(str, stored_heads(database)))
    found["contested"] = sorted(str(tuple(row)) for row in database.rows(contested))
    return found


def empty(database: Database) -> Database:
    """Take everything out, so that one database serves many examples."""
    with database.transaction() as (ledger, _):
        for table in reversed(tables.metadata.sorted_tables):
            ledger.run(f"DELETE FROM {table.name}", ())
    database._ledger.undone()
    database._stream = None
    return database


KINDS = len(sayings(""))
SUBJECTS = {str(said.subject) for said in sayings("")}

STEP = st.one_of(
    st.tuples(st.just("say"), st.integers(0, 2), st.integers(0, KINDS - 1), st.sampled_from("ab"), st.booleans()),
    st.tuples(st.just("meet"), st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.just("erase"), st.integers(0, 2), st.sampled_from([UNIT, INTERVIEW])),
)
CLOCKS = st.tuples(*[st.integers(-1800, 1800)] * 3)


class Story:
    """What three laptops wrote: all events in the order of writing, all keys, what was erased."""

    def __init__(self, clocks: tuple[int, ...], steps: list[tuple[Any, ...]]) -> None:
        self.laptops = [Laptop(timedelta(days=days)) for days in clocks]
        self.erased: set[UUID] = set()
        for step in steps:
            self._take(step)
        unordered = {id_: event for laptop in self.laptops for id_, event in laptop.seen.items()}
        self.events: list[Event] = list(unordered.values())
        self.keys = [key for laptop in self.laptops for key in laptop.keys.values()]

    def _take(self, step: tuple[Any, ...]) -> None:
        match step:
            case ("say", who, what, value, blind):
                self.laptops[who].say(sayings(value)[what], blind=blind)
            case ("meet", who, other):
                self.laptops[who].learn(self.laptops[other])
            case ("erase", who, subject):
                kind = "unit" if subject == UNIT else "interview"
                self.laptops[who].say(Said("erased", kind, subject, "#erased", "request"))
                self.erased.add(subject)

    def gone(self) -> set[UUID]:
        """What is erased in the end: a unit's interview with it, once it is known whose it is."""
        opened = any(event.kind == "interview_opened" for event in self.events)
        return self.erased | ({INTERVIEW} if UNIT in self.erased and opened else set())


STORIES = st.builds(Story, CLOCKS, st.lists(STEP, min_size=1, max_size=25))
