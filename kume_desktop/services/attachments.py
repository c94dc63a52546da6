"""Files as answers: pictures, sounds, films and documents, kept inside the study and encrypted with it."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Mapping
from contextlib import ExitStack
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
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""Documents are packed; one with a password is a compound file."""
_BEGINS: Mapping[str, tuple[bytes, ...]] = {
    "jpg": (b"\xff\xd8",), "jpeg": (b"\xff\xd8",), "png": (b"\x89PNG",), "gif": (b"GIF8",), "webp": (b"RIFF",),
    "bmp": (b"BM",), "tif": (b"II", b"MM"), "tiff": (b"II", b"MM"),
    "docx": _PACKED, "xlsx": _PACKED, "odt": _PACKED, "ods": _PACKED,
}  # fmt: skip
"""How files begin whose ending says what they are; a picture or document that does not is none."""
_PDF_HEAD = 1024


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was read and found good; `name` is what the answer will store."""

    name: str
    content: bytes
    media_type: str


def read(kind: Kind, file: Path, most: int | None = None) -> Attachment:
    """Read a file of at most `most` bytes for a question of a kind. Needs no study: may run beside the window.

    Raises:
        Refused: `interview.file-…`: unreadable, empty, over `most`, of another kind or not what its ending says.
    """
    most = most or MAX_BYTES
    ending = file.suffix.lower().lstrip(".")
    allowed = ENDINGS.get(kind, ())
    if (allowed and ending not in allowed) or not (ending.isascii() and ending.isalnum() and len(ending) <= 8):
        kinds = ", ".join(allowed) or "pdf, docx, xlsx, txt"
        raise Refused(problem("interview.file-kind", file=file.name, kinds=kinds))
    try:
        with file.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as error:
        raise Refused(problem("interview.file-unreadable", file=file.name)) from error
    if not content:
        raise Refused(problem("interview.file-empty", file=file.name))
    if len(content) > most:
        raise Refused(problem("interview.file-too-large", file=file.name, megabytes=most // 1_000_000))
    if not _is_what_it_says(ending, content):
        raise Refused(problem("interview.file-disguised", file=file.name, kind=ending))
    name = f"{hashlib.sha256(content).hexdigest()[:16]}.{ending}"
    return Attachment(name, content, media_type(name))


def _is_what_it_says(ending: str, content: bytes) -> bool:
    """Whether content begins as its ending promises; sounds, films and texts have too many beginnings to say."""
    if ending == "pdf":
        return b"%PDF" in content[:_PDF_HEAD]
    return content.startswith(_BEGINS.get(ending, (b"",)))


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


def save_copy(study: Study, name: str, target: Path) -> None:
    """Write the file behind an answer to a place that a person chose, wholly or not at all; the access log says so.

    Raises:
        Refused: `interview.file-missing`: the bytes are on another computer; `interview.file-is-the-study`;
            `study.disk-full`, `study.read-only`: the place does not take them. What was there stays as it was.
    """
    from kume_desktop.services import access_log

    if target.name.startswith(study.path.name) and target.resolve().parent == study.path.resolve().parent:
        raise Refused(problem("interview.file-is-the-study", file=target.name))
    found = content(study, name)
    making = target.with_name(f".{target.name}.part")
    with refusing_disk(target), ExitStack() as undo:
        undo.callback(making.unlink, missing_ok=True)
        making.write_bytes(found)
        making.replace(target)
    access_log.note(study, access_log.Deed.EXPORTED, f"file {name}")
