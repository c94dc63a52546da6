"""Files as answers: pictures, sounds, films and documents, kept inside the study and encrypted with it."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.instruments.model import ATTACHMENTS, Kind
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services.interviewing import Session
from kume_desktop.services.studies import refusing_disk
from kume_desktop.services.views import Saved

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

MAX_BYTES = 20_000_000
ENDINGS: Mapping[Kind, tuple[str, ...]] = {
    Kind.IMAGE: ("jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "heic"),
    Kind.AUDIO: ("m4a", "mp3", "wav", "ogg", "oga", "opus", "aac", "flac", "amr", "3gp"),
    Kind.VIDEO: ("mp4", "m4v", "mov", "avi", "mkv", "webm", "3gp", "mpg"),
}
"""What can be chosen; a question for a file takes every kind."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was read and found good; `name` is what the answer will store."""

    name: str
    content: bytes
    media_type: str


def read(kind: Kind, file: Path) -> Attachment:
    """Read a file for a question of a kind. Needs no study: may run beside the window.

    Raises:
        Refused: `interview.file-…`: unreadable, empty, over `MAX_BYTES`, of another kind.
    """
    ending = file.suffix.lower().lstrip(".")
    allowed = ENDINGS.get(kind, ())
    if (allowed and ending not in allowed) or not (ending.isascii() and ending.isalnum() and len(ending) <= 8):
        kinds = ", ".join(allowed) or "pdf, docx, xlsx, txt"
        raise Refused(problem("interview.file-kind", file=file.name, kinds=kinds))
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused(problem("interview.file-unreadable", file=file.name)) from error
    if not content:
        raise Refused(problem("interview.file-empty", file=file.name))
    if len(content) > MAX_BYTES:
        raise Refused(problem("interview.file-too-large", file=file.name, megabytes=MAX_BYTES // 1_000_000))
    name = f"{hashlib.sha256(content).hexdigest()[:16]}.{ending}"
    return Attachment(name, content, media_type(name))


def media_type(name: str) -> str:
    """The media type of a file by its ending."""
    return mimetypes.guess_type(f"a.{name.rpartition('.')[2]}")[0] or "application/octet-stream"


def attach(session: Session, path: str, given: Attachment | Path) -> Saved:
    """Answer a question with a file: the bytes are stored first, then the answer that names them."""
    from kume_desktop.interview import engine
    from kume_desktop.store import attachments

    try:
        spot = session.interview.tree.spots.get(path)
        if spot is None or spot.item.node.kind not in ATTACHMENTS:
            raise Refused(problem("interview.not-asked", question=path))
        ready = read(spot.item.node.kind, given) if isinstance(given, Path) else given
        refused = _refused(session, engine.answer(session.interview, path, ready.name).problems)
        if not refused:
            with session.study.act(wait=False) as act:
                attachments.put(act, ready.content, ready.name.partition(".")[2], ready.media_type)
            return session.answer(path, ready.name)
    except Refused as refusal:
        refused = refusal.problems
    return Saved(None, refused, path)


def _refused(session: Session, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    if session.is_completed:
        return (problem("interview.completed"),)
    return tuple(one for one in problems if one.is_error)


def content(study: Study, name: str) -> bytes:
    """The bytes behind an answer; Refused where they are not on this computer."""
    from kume_desktop.store import attachments

    return attachments.content(study.database, name)


def size(study: Study, name: str) -> int | None:
    """How many bytes lie behind an answer; None where they are not on this computer."""
    from kume_desktop.store import attachments

    return attachments.size(study.database, name)


def is_here(study: Study, name: str) -> bool:
    """Whether the bytes behind an answer are on this computer."""
    return size(study, name) is not None


def save_as(study: Study, name: str, target: Path) -> None:
    """Write the file behind an answer to a place that a person chose; Refused where that cannot be done."""
    found = content(study, name)
    with refusing_disk(target):
        target.write_bytes(found)
