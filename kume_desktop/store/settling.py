"""Events of other streams, written many at once: their rows, and the heads of their paths.

What `Ledger.add` does for one event this does for a package, in a few statements: which events of a path are heads is
a function of the set of its events, so a path is settled once, whatever the number and order of those that came in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, NamedTuple
from uuid import UUID

from kume_desktop.store.events import TYPED
from kume_desktop.store.ledger import Ledger, is_interpreted, is_journal
from kume_desktop.store.log import Event, value_text

_AT_ONCE = 50
_EVENT = (
    "no", "id", "stream", "seq", "hash", "kind", "subject", "path", "instrument_version", "subject_key", "at",
    "author", "line",
)  # fmt: skip
_HEAD = ("subject", "path", "event", "value", "personal", "contested")
_HEADS_OF = (
    "SELECT h.path, h.event, e.id, h.value, h.contested FROM head h JOIN event e ON e.no = h.event WHERE h.subject = ?"
)
_NAMED = "SELECT s.target, e.subject, e.path FROM superseded s JOIN event e ON e.no = s.by WHERE s.target IN "

Place = tuple[int, int]
"""Numbers of a subject and of a path."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A head that was there already."""

    number: int
    event: UUID
    value: str | None
    contested: bool


class Arrived(NamedTuple):
    """An event that came in, with its number and those of its subject and path."""

    number: int
    subject: int
    path: int
    event: Event


@dataclass(slots=True)
class Spot:
    """A path of a subject: what stood there, what came in, and which events any event there names."""

    standing: list[Standing] = field(default_factory=list)
    arrived: list[Arrived] = field(default_factory=list)
    named: set[UUID] = field(default_factory=set)


def heads_of(spot: Spot) -> tuple[list[Standing], list[Arrived]]:
    """The definition: heads are the events of a path that no event of that path names."""
    stay = [one for one in spot.standing if one.event not in spot.named]
    come = [one for one in spot.arrived if one.event.id not in spot.named]
    return stay, come


def add_all(ledger: Ledger, events: Sequence[Event]) -> None:
    """Write events that are not there yet, and bring the heads of their paths up to date."""
    if not events:
        return
    last = ledger.last("subject")
    arrived = list(_numbered(ledger, events))
    _insert(ledger, "event", _EVENT, _rows(ledger, arrived))
    told = [one for one in arrived if is_interpreted(one.event)]
    alone, spots = _apart(told, last)
    _read_standing(ledger, spots, {subject for subject, _ in spots if subject <= last})
    _read_named(ledger, spots, [one for one in told if one.subject <= last])
    _insert_named(ledger, told)
    _insert(ledger, "head", _HEAD, [*_heads_alone(ledger, alone), *_settle(ledger, spots)])
    changing = (one.event for one in told if one.event.kind not in TYPED)
    ledger.dirty.update((event.subject_kind, event.subject) for event in changing)


def _numbered(ledger: Ledger, events: Sequence[Event]) -> Iterator[Arrived]:
    """Numbers are given in the order in which the events came."""
    known, subject = None, 0
    for number, event in enumerate(events, start=ledger.numbers("event", len(events))):
        if event.subject is not known:
            known, subject = event.subject, ledger.subject_no(event.subject_kind, event.subject)
        yield Arrived(number, subject, ledger.path_no(event.path), event)


def _rows(ledger: Ledger, arrived: Iterable[Arrived]) -> Iterator[tuple[Any, ...]]:
    """The rows of events, as the table has them."""
    uuid, moment = ledger.dialect.uuid, ledger.dialect.moment
    known, stream = None, 0
    for number, subject, path, event in arrived:
        if event.stream is not known:
            known, stream = event.stream, ledger.stream_no(event.stream)
        version, sealed = event.instrument_version, event.sealed
        yield (
            number, uuid(event.id), stream, event.seq, event.hash, event.kind, subject, path,
            None if version is None else uuid(version), None if sealed is None else uuid(sealed.key),
            moment(event.at), event.author, event.line,
        )  # fmt: skip


def _apart(told: Iterable[Arrived], last: int) -> tuple[dict[Place, Arrived], dict[Place, Spot]]:
    """Events that are alone on a path of a subject that is new here, and every other path with all that came in.

    Where an event is alone and names none, it is the head, whatever the definition says of several; most of a package
    is of that kind.
    """
    alone: dict[Place, Arrived] = {}
    spots: dict[Place, Spot] = {}
    for one in told:
        place, named = (one.subject, one.path), one.event.supersedes
        spot = spots.get(place) if spots else None
        if spot is None:
            if one.subject > last and not named and place not in alone:
                alone[place] = one
                continue
            spot = spots[place] = Spot()
            if place in alone:
                spot.arrived.append(alone.pop(place))
        spot.arrived.append(one)
        spot.named.update(named)
    return alone, spots


def _read_standing(ledger: Ledger, spots: Mapping[Place, Spot], subjects: Iterable[int]) -> None:
    """The heads of subjects that were known before."""
    read = ledger.dialect.read_uuid
    for subject in subjects:
        for path, number, event, value, contested in ledger.run(_HEADS_OF, (subject,)).fetchall():
            spot = spots.get((subject, path))
            if spot is not None:
                spot.standing.append(Standing(number, read(event), value, bool(contested)))


def _read_named(ledger: Ledger, spots: Mapping[Place, Spot], told: Sequence[Arrived]) -> None:
    """Which of the events that came in are named by events that were there before them."""
    uuid, read = ledger.dialect.uuid, ledger.dialect.read_uuid
    for begin in range(0, len(told), _AT_ONCE):
        part = tuple(uuid(one.event.id) for one in told[begin : begin + _AT_ONCE])
        for target, subject, path in ledger.run(_NAMED + _places(len(part)), part).fetchall():
            spot = spots.get((subject, path))
            if spot is not None:
                spot.named.add(read(target))


def _insert_named(ledger: Ledger, told: Iterable[Arrived]) -> None:
    uuid = ledger.dialect.uuid
    rows = ((uuid(each), one.number) for one in told for each in one.event.supersedes)
    _insert(ledger, "superseded", ("target", "by"), dict.fromkeys(rows))


def _heads_alone(ledger: Ledger, alone: Mapping[Place, Arrived]) -> Iterator[tuple[Any, ...]]:
    flag, value_of = ledger.dialect.flag, _reader(ledger)
    yes, no = flag(True), flag(False)
    for number, subject, path, event in alone.values():
        yield subject, path, number, value_of(event), no if event.sealed is None else yes, no


def _settle(ledger: Ledger, spots: Mapping[Place, Spot]) -> Iterator[tuple[Any, ...]]:
    """Take away heads that are none any more, mark the contested ones; the rows of new heads."""
    flag, value_of = ledger.dialect.flag, _reader(ledger)
    for (subject, path), spot in spots.items():
        stay, come = heads_of(spot)
        found = [(one.number, value_of(one.event), one.event.sealed is not None) for one in come]
        several = len({one.value for one in stay} | {value for _, value, _ in found}) > 1
        contested = several and not is_journal(spot.arrived[0].event)
        kept = {one.number for one in stay}
        for one in spot.standing:
            if one.number not in kept:
                ledger.run("DELETE FROM head WHERE subject = ? AND path = ? AND event = ?", (subject, path, one.number))
        if any(one.contested != contested for one in stay):
            ledger.run("UPDATE head SET contested = ? WHERE subject = ? AND path = ?", (flag(contested), subject, path))
        for number, value, personal in found:
            yield subject, path, number, value, flag(personal), flag(contested)


def _reader(ledger: Ledger) -> Callable[[Event], str | None]:
    def value_of(event: Event) -> str | None:
        return value_text(event.value) if event.sealed is None else ledger.keys.unseal(event)

    return value_of


def _insert(ledger: Ledger, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows, many a statement."""
    start = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "  # noqa: S608 - names of our own tables
    one, waiting = _places(len(columns)), iter(rows)
    while part := tuple(islice(waiting, _AT_ONCE)):
        ledger.run(start + ", ".join([one] * len(part)), tuple(chain.from_iterable(part)))


def _places(count: int) -> str:
    return f"({', '.join('?' * count)})"
