"""What passed between this computer and others: packages, receipts, what was refused; and how far each stream is here.

These rows are this computer's own bookkeeping, not events. A receipt is the agency's signed statement up to which
entry of each stream it holds everything; only that may be deleted on a laptop.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, select, update

from kume_desktop.store import tables
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.tables import event, stream

if TYPE_CHECKING:
    from kume_desktop.store.ledger import Ledger
    from kume_desktop.store.reading import Source
    from kume_desktop.store.unit_of_work import Act

_TAKEN_HERE = "package:"
IN, OUT = "in", "out"
READY, MOVED, RECEIVED, TAKEN, REFUSED = "ready", "moved", "received", "taken", "refused"
"""States: an outgoing package is ready, was copied away, was received; an incoming one was taken or refused."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which entries of a stream a package brings: from `first` to `last`, `count` of them; the hash of the last."""

    stream: str
    first: int
    last: int
    count: int
    hash: str


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A package that came in or went out. `told` is what is in it, in numbers; `file_hash` '' where it was refused."""

    package_id: str
    kind: str
    direction: str
    part: int
    parts: int
    sender: str
    recipients: tuple[str, ...]
    spans: tuple[Span, ...]
    events: int
    file_hash: str
    state: str
    at: datetime
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """Everything of a stream up to `seq` is held; `hash` is that of the entry `seq`."""

    stream: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The signed word of the computer that writes a stream: its entry `seq` has this hash (hexadecimal)."""

    seq: int
    hash: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """What the agency holds of a device, signed: `signed` is the text that the signature is over."""

    receipt_id: str
    device_id: str
    marks: tuple[Mark, ...]
    signer: str
    signed: str
    signature: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A package that was refused, with the code of the reason and what is known of it."""

    refused_id: str
    package_id: str
    reason: str
    content: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class StreamRow:
    """How much of a stream is here: `whole` its entries without a gap from the first on, `last` the highest number."""

    stream: str
    device_id: str
    whole: int
    last: int
    held: int

    @property
    def missing(self) -> int:
        """Entries that are known to exist and are not here."""
        return self.last - self.held


def keep_package(act: Act, row: PackageRow) -> None:
    """Note a package, or what became of it."""
    spans = [[one.stream, one.first, one.last, one.count, one.hash] for one in row.spans]
    values = {
        "id": row.package_id,
        "kind": row.kind,
        "direction": row.direction,
        "part": row.part,
        "parts": row.parts,
        "sender": row.sender,
        "recipients": list(row.recipients),
        "ranges": {"spans": spans, "told": dict(row.told)},
        "events": row.events,
        "file_hash": row.file_hash,
        "state": row.state,
        "at": row.at,
    }
    act.keep_row(tables.package, values)


def packages(source: Source, direction: str | None = None) -> tuple[PackageRow, ...]:
    """The packages, the newest first."""
    table = tables.package
    statement = select(table).order_by(table.c.at.desc(), table.c.id)
    found = source.rows(statement if direction is None else statement.where(table.c.direction == direction))
    return tuple(_package(row) for row in found)


def package(source: Source, package_id: str) -> PackageRow | None:
    """One package."""
    found = source.rows(select(tables.package).where(tables.package.c.id == package_id))
    return _package(found[0]) if found else None


def _package(row: Any) -> PackageRow:
    ranges = row.ranges or {}
    spans = tuple(Span(*one) for one in ranges.get("spans", ()))
    return PackageRow(
        row.id, row.kind, row.direction, row.part or 1, row.parts or 1, row.sender or "", tuple(row.recipients or ()),
        spans, row.events or 0, row.file_hash, row.state, row.at, ranges.get("told", {}),
    )  # fmt: skip


def keep_receipt(act: Act, row: ReceiptRow) -> None:
    """Keep a receipt that was given or came in; its signature was checked."""
    ranges = {
        "marks": [[one.stream, one.seq, one.hash] for one in row.marks],
        "signer": row.signer,
        "signed": row.signed,
    }
    values = {
        "id": row.receipt_id,
        "device": row.device_id,
        "ranges": ranges,
        "signature": row.signature,
        "at": row.at,
    }
    act.keep_row(tables.receipt, values)


def receipts(source: Source, device_id: str | None = None) -> tuple[ReceiptRow, ...]:
    """The receipts of one device or of all, the newest first; their moments are whole seconds, their ids are finer."""
    table = tables.receipt
    statement = select(table).order_by(table.c.at.desc(), table.c.id.desc())
    found = source.rows(statement if device_id is None else statement.where(table.c.device == device_id))
    return tuple(
        ReceiptRow(
            row.id, row.device, tuple(Mark(*one) for one in row.ranges["marks"]), row.ranges["signer"],
            row.ranges["signed"], row.signature, row.at,
        )
        for row in found
    )  # fmt: skip


def marks(source: Source, device_id: str, without: Collection[str] = ()) -> Mapping[str, Mark]:
    """Stream -> how far a device was received, according to the receipts that fit what is here.

    Of each signer the newest one speaks: a computer that was brought back from a copy says less than it said before,
    and holds no more. Signers of `without` do not count: they were lost, and what they held with them.
    """
    best: dict[str, Mark] = {}
    newest: dict[str, ReceiptRow] = {}
    for one in receipts(source, device_id):
        newest.setdefault(one.signer, one)
    for signer, one in newest.items():
        for mark in one.marks if signer not in without else ():
            if mark.seq > best.get(mark.stream, Mark("", 0, "")).seq and _fits(source, mark):
                best[mark.stream] = mark
    return best


def _fits(source: Source, mark: Mark) -> bool:
    """Whether the entry that a mark names is the one that stands here, or was deleted under an earlier receipt.

    A mark beyond what was written here speaks of a stream that another computer goes on under this one's name.
    """
    here = select(event.c.hash, event.c.seq).join(stream, stream.c.no == event.c.stream)
    later = here.where(stream.c.id == mark.stream, event.c.seq >= mark.seq).order_by(event.c.seq).limit(1)
    found = source.rows(later)
    return bool(found) and (found[0].seq > mark.seq or bytes(found[0].hash).hex() == mark.hash)


def refuse(act: Act, row: RefusedRow) -> None:
    """Keep that a package was refused, and why."""
    values = {
        "id": row.refused_id,
        "package": row.package_id,
        "reason": row.reason,
        "content": row.content,
        "at": row.at,
    }
    act.keep_row(tables.quarantine, values)


def refused(source: Source) -> tuple[RefusedRow, ...]:
    """What was refused, the newest first."""
    table = tables.quarantine
    found = source.rows(select(table).order_by(table.c.at.desc(), table.c.id))
    return tuple(RefusedRow(row.id, row.package, row.reason, bytes(row.content or b""), row.at) for row in found)


def streams(source: Source, device_ids: Collection[str] | None = None) -> tuple[StreamRow, ...]:
    """How much of each stream is here."""
    statement = (
        select(
            stream.c.no, stream.c.id, stream.c.device, func.max(event.c.seq).label("last"), func.count().label("held")
        )
        .join(event, event.c.stream == stream.c.no)
        .group_by(stream.c.no, stream.c.id, stream.c.device)
        .order_by(stream.c.no)
    )  # fmt: skip
    if device_ids is not None:
        statement = statement.where(stream.c.device.in_(list(device_ids)))
    found = source.rows(statement)
    whole = _whole(source, [row.no for row in found if row.held < row.last])
    return tuple(StreamRow(row.id, row.device or "", whole.get(row.no, row.last), row.last, row.held) for row in found)


def _whole(source: Source, streams_with_gaps: Collection[int]) -> Mapping[int, int]:
    """How far these streams go without a gap, 0 where the first entry is missing; only they are read one by one."""
    if not streams_with_gaps:
        return {}
    numbered = (
        select(
            event.c.stream,
            event.c.seq,
            func.row_number().over(partition_by=event.c.stream, order_by=event.c.seq).label("n"),
        )
        .where(event.c.stream.in_(list(streams_with_gaps)))
        .subquery()
    )
    statement = select(numbered.c.stream, func.max(numbered.c.seq).label("whole")).where(numbered.c.seq == numbered.c.n)
    found = {row.stream: row.whole for row in source.rows(statement.group_by(numbered.c.stream))}
    return {number: found.get(number, 0) for number in streams_with_gaps}


def high_water(source: Source, device_id: str) -> tuple[Mark, ...]:
    """How far each stream of a device is held without a gap: what a receipt says."""
    found = []
    for one in streams(source, {device_id}):
        if one.whole:
            statement = (
                select(event.c.hash)
                .join(stream, stream.c.no == event.c.stream)
                .where(stream.c.id == one.stream, event.c.seq == one.whole)
            )
            digest = bytes(source.rows(statement)[0].hash).hex()
            found.append(Mark(one.stream, one.whole, digest))
    return tuple(found)


def checkpoints(source: Source) -> Mapping[str, Checkpoint]:
    """Stream -> the newest signed word of its own computer that came in with a package, for relays."""
    table = stream
    found = source.rows(select(table).where(table.c.checkpoint_seq.is_not(None)))
    return {
        row.id: Checkpoint(row.checkpoint_seq, bytes(row.checkpoint_hash).hex(), bytes(row.checkpoint_signature))
        for row in found
    }


def keep_checkpoints(act: Act, told: Mapping[str, Checkpoint]) -> None:
    """Keep the checkpoints of a package, where they reach further than those that are here."""
    known = checkpoints(act)
    for name, one in told.items():
        if name in known and known[name].seq >= one.seq:
            continue
        values = {
            "checkpoint_seq": one.seq,
            "checkpoint_hash": bytes.fromhex(one.hash),
            "checkpoint_signature": one.signature,
        }
        act.rows(update(stream).where(stream.c.id == name).values(values).returning(stream.c.no))


def told_taken(act: Act, device_id: str, package_id: str) -> None:
    """Say in this computer's own stream that it took a package in: its sender learns of it with the next one."""
    act.append(EventKind.FACT, SubjectKind.DEVICE, device_id, f"{_TAKEN_HERE}{package_id}", "taken")


def taken_by(source: Source) -> Mapping[str, frozenset[str]]:
    """Package -> the computers that said that they took it in."""
    head, path, subject = tables.head, tables.path, tables.subject
    statement = (
        select(path.c.text, subject.c.id)
        .select_from(head)
        .join(path, path.c.no == head.c.path)
        .join(subject, subject.c.no == head.c.subject)
        .where(subject.c.kind == SubjectKind.DEVICE.value, path.c.text.like(f"{_TAKEN_HERE}%"))
    )
    found: dict[str, set[str]] = {}
    for row in source.rows(statement):
        found.setdefault(row.text.removeprefix(_TAKEN_HERE), set()).add(row.id)
    return {package_id: frozenset(devices) for package_id, devices in found.items()}


def begins_whole(source: Source, stream_id: str) -> int:
    """The number from which on nothing of a stream is missing here: what was deleted under a receipt lies before it."""
    before = event.alias()
    follows = select(before.c.no).where(before.c.stream == event.c.stream, before.c.seq == event.c.seq - 1).exists()
    begins = (
        select(func.max(event.c.seq).label("first"))
        .join(stream, stream.c.no == event.c.stream)
        .where(stream.c.id == stream_id, ~follows)
    )
    return source.rows(begins)[0].first or 1


def covered(source: Source, device_id: str, interviews: Iterable[str], without: Collection[str] = ()) -> frozenset[str]:
    """Of these interviews those of which a receipt covers every entry that this device wrote.

    Entries of other devices came from the agency. An interview of which nothing is here is not covered.
    """
    wanted = list(interviews)
    if not wanted:
        return frozenset()
    received = marks(source, device_id, without)
    subject = tables.subject
    statement = (
        select(subject.c.id, stream.c.id.label("stream"), stream.c.device, func.max(event.c.seq).label("last"))
        .select_from(event)
        .join(subject, subject.c.no == event.c.subject)
        .join(stream, stream.c.no == event.c.stream)
        .where(subject.c.id.in_(wanted))
        .group_by(subject.c.id, stream.c.id, stream.c.device)
    )
    rows = source.rows(statement)
    open_ones = {
        row.id
        for row in rows
        if row.device in {None, device_id} and row.last > received.get(row.stream, Mark("", 0, "")).seq
    }
    return frozenset(row.id for row in rows) - open_ones


def delete_received(ledger: Ledger, device_id: UUID, interviews: Collection[UUID], received: Mapping[UUID, int]) -> int:
    """Take interviews out of this file; an entry that no receipt covers stays, whatever was asked for.

    Returns how many entries went. What was told of the firms and the visits stays.
    """
    gone = 0
    for interview in interviews:
        number = ledger.subject_no("interview", interview)
        place = ledger.dialect.uuid
        rows = ledger.run(
            "SELECT e.no, e.seq, st.id, st.device FROM event e JOIN stream st ON st.no = e.stream WHERE e.subject = ?",
            (number,),
        ).fetchall()
        own = place(device_id)
        if any(
            (device is None or device == own) and seq > received.get(ledger.dialect.read_uuid(name), 0)
            for _no, seq, name, device in rows
        ):
            continue
        for table, column in (
            ("head", "subject"), ("state", "subject"), ("interview_state", "subject"), ("draft", "subject"),
            ("position", "subject"),
        ):  # fmt: skip
            ledger.run(f"DELETE FROM {table} WHERE {column} = ?", (number,))  # noqa: S608 - names of our own tables
        for table, column in (("interview", "id"), ("consent", "interview"), ("subject_key", "subject")):
            ledger.run(f"DELETE FROM {table} WHERE {column} = ?", (place(interview),))  # noqa: S608
        ledger.run("DELETE FROM superseded WHERE by IN (SELECT no FROM event WHERE subject = ?)", (number,))
        ledger.run("DELETE FROM event WHERE subject = ?", (number,))
        gone += len(rows)
    ledger.drop_files()
    ledger.keys.forget()
    return gone
