"""What leaves a study in a package: lines of the log verbatim, the keys that open them, files, erasures.

A computer of the agency gives a laptop the study itself and what is told of its firms; a laptop gives the agency
everything that it wrote. Keys travel with the events that they open and with no others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from kume_desktop.store.events import EventKind, SubjectKind, head_path
from kume_desktop.store.ledger import ATTACHED
from kume_desktop.store.subject_keys import SubjectKey

if TYPE_CHECKING:
    from kume_desktop.store.engine import Database
    from kume_desktop.store.ledger import Ledger

_AT_ONCE = 400
_COLUMNS = "SELECT e.no, st.id, e.seq, e.hash, e.kind, su.kind, su.id, p.text, e.subject_key, e.line"
_OF_STREAM = (
    " FROM stream st CROSS JOIN event e JOIN subject su ON su.no = e.subject JOIN path p ON p.no = e.path"
    " WHERE e.stream = st.no AND st.id = ? AND e.seq > ?"
)
_OF_SUBJECTS = (
    " FROM subject su CROSS JOIN event e JOIN stream st ON st.no = e.stream JOIN path p ON p.no = e.path"
    " WHERE e.subject = su.no AND "
)
"""Whatever is wanted of the log, it is searched by stream or subject: there is no index of its kinds."""
_ASSIGNED = "SELECT e.line FROM subject su CROSS JOIN event e WHERE e.subject = su.no AND su.kind = ? AND e.kind = ?"
_LAST = 2**62
_VALUE = '"value":"'
_BACK_CHECK = head_path(EventKind.BACK_CHECK, "")
_SEED, _RULES, _WITH_SEED = "back_check_seed", "review_rules", re.compile(r'seed\\": [1-9]')
"""What draws the back-checks: the fact, and the one that held it in studies of before."""
_NAMING = frozenset({EventKind.ANSWER.value, EventKind.EVIDENCE.value, EventKind.CONFLICT_RESOLVED.value})
"""Kinds of events of which the value can be the name of a file."""
_FILE_NAME = re.compile(r"[0-9a-f]{16}\.[A-Za-z0-9]{1,8}")
EVERYBODYS = (
    SubjectKind.STUDY, SubjectKind.WAVE, SubjectKind.PERSON, SubjectKind.DEVICE, SubjectKind.AREA, SubjectKind.FRAME,
    SubjectKind.INSTRUMENT,
)  # fmt: skip
"""What every computer needs to know of, the notes about who did what with the study left out."""

_COURSE = frozenset(
    {
        EventKind.INTERVIEW_OPENED.value,
        EventKind.INTERVIEW_COMPLETED.value,
        EventKind.INTERVIEW_REOPENED.value,
        EventKind.INTERVIEW_MOVED.value,
        EventKind.CONSENT.value,
    }
)
"""What is told of an interview of which some answers are shown and nothing else: no notes, no review."""


class Row(NamedTuple):
    """An event as it leaves."""

    number: int
    stream: UUID
    seq: int
    hash: bytes
    kind: str
    subject_kind: str
    subject: UUID
    path: str
    key: UUID | None
    line: str


@dataclass(frozen=True, slots=True)
class File:
    """A file kept under its hash: a form, an attached answer."""

    digest: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The contents of a package: events in the order of their streams, keys, files."""

    rows: tuple[Row, ...] = ()
    keys: tuple[SubjectKey, ...] = ()
    files: tuple[File, ...] = ()

    def ends(self) -> Mapping[UUID, tuple[int, int, bytes, int]]:
        """Stream -> first and last number, hash of the last, how many."""
        found: dict[UUID, tuple[int, int, bytes, int]] = {}
        for row in self.rows:
            first, _last, _hash, count = found.get(row.stream, (row.seq, 0, b"", 0))
            found[row.stream] = (first, row.seq, row.hash, count + 1)
        return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one laptop gets. Ids of units, interviews…; `but` are streams of its own, which it has.

    `units`: everything about them. `cases`: who has them and nothing else (they were given to somebody else).
    `interviews`: whole ones. `answers`: of earlier waves, the paths that the forms of now show.
    """

    units: frozenset[str]
    cases: frozenset[str] = frozenset()
    interviews: frozenset[str] = frozenset()
    answers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    raters: frozenset[str] = frozenset()
    with_method: bool = False
    but: frozenset[UUID] = frozenset()


def written(database: Database, streams: Mapping[UUID, int]) -> Outgoing:
    """Everything of these streams after a number each: what a laptop sends."""
    with database.transaction() as (ledger, _):
        rows = [row for stream, after in streams.items() for row in _of_stream(ledger, stream, after)]
        return _complete(ledger, rows)


def everything(database: Database, but: Collection[UUID] = ()) -> Outgoing:
    """The whole log without some streams: what another computer of the agency gets."""
    with database.transaction() as (ledger, _):
        streams = [ledger.dialect.read_uuid(row[0]) for row in ledger.run("SELECT id FROM stream", ()).fetchall()]
        rows = [row for stream in streams if stream not in but for row in _of_stream(ledger, stream, 0)]
        return _complete(ledger, rows)


def for_laptop(database: Database, wanted: Wanted) -> Outgoing:
    """The study itself, and what is told of a laptop's firms; nothing that is blind."""
    with database.transaction() as (ledger, _):
        chosen = (row for row in _chosen(ledger, wanted) if row.stream not in wanted.but and not _is_blind(row))
        return _complete(ledger, {row.number: row for row in chosen}.values())


def of_interviews(database: Database, interviews: Iterable[str]) -> Outgoing:
    """Everything about these interviews that is not blind, whoever wrote it: what a return brings back."""
    with database.transaction() as (ledger, _):
        rows = _of_subjects(ledger, [UUID(each) for each in interviews])
        return _complete(ledger, (row for row in rows if not _is_blind(row)))


def assigned(database: Database) -> Mapping[str, frozenset[str]]:
    """Unit -> everybody to whom it was ever given, as the log tells."""
    found: dict[str, set[str]] = {}
    with database.transaction() as (ledger, _):
        for kind, name in ((EventKind.ASSIGNMENT, "interviewer"), (EventKind.CONVERSION_ASKED, "person")):
            for (line,) in ledger.run(_ASSIGNED, (SubjectKind.ASSIGNMENT.value, kind.value)).fetchall():
                value = json.loads(line)["value"] or {}
                if value.get(name):
                    found.setdefault(value["unit"], set()).add(value[name])
    return {unit: frozenset(people) for unit, people in found.items()}


def touched_by(
    database: Database, streams: Iterable[UUID], kind: SubjectKind, upto: Mapping[UUID, int] | None = None
) -> frozenset[str]:
    """The subjects of a kind about which these streams wrote; each up to its number in `upto`, if it stands there."""
    found: set[str] = set()
    with database.transaction() as (ledger, _):
        for stream in streams:
            rows = ledger.run(
                "SELECT DISTINCT su.id FROM event e JOIN subject su ON su.no = e.subject"
                " JOIN stream st ON st.no = e.stream WHERE st.id = ? AND su.kind = ? AND e.seq <= ?",
                (ledger.dialect.uuid(stream), kind.value, (upto or {}).get(stream, _LAST)),
            ).fetchall()
            found |= {str(ledger.dialect.read_uuid(row[0])) for row in rows}
    return frozenset(found)


def _chosen(ledger: Ledger, wanted: Wanted) -> Iterator[Row]:
    for kind in (*EVERYBODYS, *((SubjectKind.METHOD,) if wanted.with_method else ())):
        yield from (row for row in _of_kind(ledger, kind) if row.kind != EventKind.NOTE)
    yield from _of_subjects(ledger, map(UUID, wanted.units))
    named = wanted.units | wanted.cases
    for table in ("visit", "assignment"):
        units = wanted.units if table == "visit" else named
        yield from _of_subjects(ledger, _belonging(ledger, table, "unit", units))
    yield from _of_subjects(ledger, map(UUID, wanted.interviews))
    for row in _of_subjects(ledger, map(UUID, wanted.answers)):
        if row.kind in _COURSE or row.path in wanted.answers[str(row.subject)]:
            yield row
    if wanted.raters:
        yield from _of_subjects(ledger, _belonging(ledger, "rating", "rater", wanted.raters))
        yield from _of_subjects(ledger, _belonging(ledger, "rating_sheet", "rater", wanted.raters))
    erased = "su.id IN (SELECT subject FROM tombstone) AND e.kind = ?"
    yield from _rows(ledger, _OF_SUBJECTS + erased, (EventKind.ERASED.value,))


def _belonging(ledger: Ledger, table: str, column: str, owners: Iterable[str]) -> Iterator[UUID]:
    wanted = [owner if column == "rater" else ledger.dialect.uuid(UUID(owner)) for owner in owners]
    for part in _parts(wanted):
        statement = f"SELECT id FROM {table} WHERE {column} IN ({_marks(part)})"  # noqa: S608 - only places are put in
        for (found,) in ledger.run(statement, tuple(part)).fetchall():
            yield ledger.dialect.read_uuid(found)


def _of_kind(ledger: Ledger, kind: SubjectKind) -> Iterator[Row]:
    return _rows(ledger, f"{_OF_SUBJECTS} su.kind = ?", (kind.value,))


def _of_stream(ledger: Ledger, stream: UUID, after: int) -> Iterator[Row]:
    return _rows(ledger, _OF_STREAM, (ledger.dialect.uuid(stream), after))


def _of_subjects(ledger: Ledger, subjects: Iterable[UUID]) -> Iterator[Row]:
    for part in _parts([ledger.dialect.uuid(each) for each in subjects]):
        yield from _rows(ledger, f"{_OF_SUBJECTS} su.id IN ({_marks(part)})", tuple(part))


def _rows(ledger: Ledger, wanted: str, places: tuple[Any, ...]) -> Iterator[Row]:
    read: dict[Any, UUID] = {}

    def known(place: Any) -> UUID:
        """A UUID that stands in many rows."""
        found = read.get(place)
        if found is None:
            found = read[place] = ledger.dialect.read_uuid(place)
        return found

    for no, stream, seq, digest, kind, subject_kind, subject, path, key, line in ledger.run(
        _COLUMNS + wanted, places
    ).fetchall():
        opens = None if key is None else known(key)
        yield Row(no, known(stream), seq, digest, kind, subject_kind, known(subject), path, opens, line)


def _is_blind(row: Row) -> bool:
    """Whether it tells of a back-check: whose interview it is must not learn that, or what, was or will be asked."""
    if row.subject_kind == SubjectKind.STUDY:
        return row.path == _SEED or (row.path == _RULES and _WITH_SEED.search(row.line) is not None)
    return row.subject_kind == SubjectKind.INTERVIEW and row.path.endswith(_BACK_CHECK)


def _complete(ledger: Ledger, rows: Iterable[Row]) -> Outgoing:
    """The rows in the order of their streams, with their keys and their files."""
    ordered = tuple(sorted(rows, key=lambda row: (row.stream.bytes, row.seq)))
    return Outgoing(ordered, tuple(_keys(ledger, ordered)), tuple(_files(ledger, ordered)))


def _keys(ledger: Ledger, rows: Iterable[Row]) -> Iterator[SubjectKey]:
    place, read = ledger.dialect.uuid, ledger.dialect.read_uuid
    for part in _parts(sorted({place(row.key) for row in rows if row.key is not None})):
        statement = f"SELECT id, subject, key FROM subject_key WHERE key IS NOT NULL AND id IN ({_marks(part)})"  # noqa: S608
        for key_id, subject, key in ledger.run(statement, tuple(part)).fetchall():
            yield SubjectKey(read(key_id), read(subject), bytes(key))


def _files(ledger: Ledger, rows: Iterable[Row]) -> Iterator[File]:
    """The files that these events name: workbooks of forms by their hash, attached answers by its first digits."""
    whole, begun = set[str](), set[str]()
    for row in rows:
        if row.kind == EventKind.INSTRUMENT_INSTALLED:
            value = json.loads(row.line)["value"]
            whole |= {value.get("workbook", ""), value.get("source", "")}
        elif row.kind in _NAMING:
            begun |= set(_names(ledger, row))
    for digest in sorted(whole - {""}):
        yield from _blobs(ledger, "hash = ?", (digest,))
    for digits in sorted(begun):
        yield from _blobs(
            ledger, "hash >= ? AND hash < ? AND media_type LIKE ?", (digits, f"{digits}g", f"{ATTACHED}%")
        )


def _names(ledger: Ledger, row: Row) -> Iterator[str]:
    """The first digits of the file that an answer names."""
    from kume_desktop.store.log import parse, value_text

    if row.key is None and not _may_name(row.line):
        return
    event = parse(row.line)
    value = ledger.keys.unseal(event) if event.sealed is not None else value_text(event.value)
    if value is not None and _FILE_NAME.fullmatch(value):
        yield value[:16]


def _may_name(line: str) -> bool:
    """Whether the value of a line could be the name of a file: looked at before anything is read."""
    begin = line.find(_VALUE) + len(_VALUE)
    return line[begin + 16 : begin + 17] == "."


def _blobs(ledger: Ledger, where: str, places: tuple[Any, ...]) -> Iterator[File]:
    statement = f"SELECT hash, media_type, content FROM blob WHERE {where}"  # noqa: S608 - only places are put in
    for digest, media_type, content in ledger.run(statement, places).fetchall():
        yield File(digest, media_type, bytes(content))


def _parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    every = list(values)
    for begin in range(0, len(every), _AT_ONCE):
        yield every[begin : begin + _AT_ONCE]


def _marks(part: Collection[Any]) -> str:
    return ", ".join("?" * len(part))
