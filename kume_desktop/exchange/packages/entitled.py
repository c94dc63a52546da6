"""What a sender may send: its own streams, those of others as far as these signed for them, and trust from the agency.

Inside the study a laptop is trusted with its own work and nothing else. It can hand on what another computer wrote, but
only whole and as that computer signed it; a computer of the agency may send any part of any stream, and is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Protocol
from uuid import UUID

from kume_desktop.exchange.packages.format import FROM_AGENCY, Manifest, Range
from kume_desktop.exchange.packages.parties import AGENCY, LAPTOP, Trusted, check_checkpoint
from kume_desktop.exchange.packages.strict import Malformed

_OPENED, _TRUSTED, _CREATED = "stream_opened", "device_trusted", "study_created"
_STREAM = "stream:"
_STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class NotEntitled(Exception):  # noqa: N818 - an answer about a file, turned into a refusal at the edge of the room
    """The file is whole and signed, and its sender may not say what stands in it; `args[0]` says what."""


class Entry(Protocol):
    """What is asked of an event that was read; `store.log.Event` is one."""

    @property
    def stream(self) -> UUID:
        """The stream it belongs to."""

    @property
    def seq(self) -> int:
        """Its number there."""

    @property
    def prev(self) -> str:
        """The hash of the one before (hexadecimal)."""

    @property
    def hash(self) -> bytes:
        """Its own."""

    @property
    def kind(self) -> str:
        """What happened."""

    @property
    def subject_kind(self) -> str:
        """To what kind of thing."""

    @property
    def subject(self) -> UUID:
        """To which one."""

    @property
    def path(self) -> str:
        """Which question or attribute."""

    @property
    def role(self) -> str:
        """The role of who did it."""


def check_kind(manifest: Manifest, sender: Trusted) -> None:
    """Assignments, returned interviews and receipts come from the agency.

    Raises:
        NotEntitled.
    """
    if manifest.kind in FROM_AGENCY and sender.role != AGENCY:
        raise NotEntitled("kind")


def check_entitled(
    manifest: Manifest, entries: Iterable[Entry], trusted: Mapping[str, Trusted], owners: Mapping[str, str]
) -> None:
    """Compare the events with the ranges and the ranges with what their sender may send.

    Raises:
        Malformed: the events are not those of the manifest. NotEntitled.
    """
    by_stream: dict[str, list[Entry]] = {}
    for stream_id, run in groupby(entries, attrgetter("stream")):
        by_stream.setdefault(str(stream_id), []).extend(run)
    ranges = {each.stream: each for each in manifest.ranges}
    if len(ranges) != len(manifest.ranges) or ranges.keys() != by_stream.keys():
        raise Malformed("ranges")
    is_agency = trusted[manifest.sender].role == AGENCY
    for stream, found in by_stream.items():
        told = ranges[stream]
        if owners.get(stream, told.device) != told.device:
            raise NotEntitled("stream")
        _check_events(told, found)
        _check_said(told, found, trusted)
        if not is_agency:
            _check_signed(manifest.study, told, found[-1], trusted)


def _check_events(told: Range, found: list[Entry]) -> None:
    """The events are as many as told, in order, and each follows the one before where that one is here."""
    if (told.first, told.last, told.count) != (found[0].seq, found[-1].seq, len(found)):
        raise Malformed("range")
    for before, entry in pairwise(found):
        if entry.seq <= before.seq:
            raise Malformed("order")
        if entry.seq == before.seq + 1 and entry.prev != before.hash.hex():
            raise Malformed("chain")
    if (checkpoint := told.checkpoint) is not None:
        named = (entry for entry in found if entry.seq == checkpoint.seq)
        if any(entry.hash.hex() != checkpoint.hash for entry in named):
            raise Malformed("checkpoint")


def _check_said(told: Range, found: list[Entry], trusted: Mapping[str, Trusted]) -> None:
    """A stream names its own computer, a laptop trusts nobody and makes no study, and no mark steers a reader."""
    owner = trusted.get(told.device)
    is_laptop = owner is not None and owner.role == LAPTOP
    for entry in found:
        if is_laptop and entry.kind in {_TRUSTED, _CREATED}:
            raise NotEntitled("trust")
        if entry.kind == _OPENED and (str(entry.subject), entry.path) != (told.device, _STREAM + told.stream):
            raise NotEntitled("stream")
        said = entry.path + entry.kind + entry.role + entry.subject_kind
        if not said.isascii() and _STEERING.search(said):
            raise Malformed("steering")


def _check_signed(study: str, told: Range, last: Entry, trusted: Mapping[str, Trusted]) -> None:
    """A laptop sends a stream whole, up to where the stream's computer signed it."""
    owner, checkpoint = trusted.get(told.device), told.checkpoint
    if owner is None or not owner.is_enrolled:
        raise NotEntitled("unknown")
    if checkpoint is None or told.count != told.last - told.first + 1:
        raise NotEntitled("unsigned")
    if (checkpoint.seq, checkpoint.hash) != (last.seq, last.hash.hex()):
        raise NotEntitled("unsigned")
    if not check_checkpoint(study, told.stream, checkpoint, owner.verify_key):
        raise NotEntitled("unsigned")
