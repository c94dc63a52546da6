"""Photographs and files beside an answer, where the study allows them: off until staff switch it on with a purpose.

The bytes lie in the study under their hash, encrypted with it; an entry of the log, sealed, says at which question.
Exports, reports and submissions do not carry them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.instruments.model import Kind
from kume_desktop.problems import Refused, problem
from kume_desktop.services import attachments, recording
from kume_desktop.services.attachments import Attachment
from kume_desktop.services.studies import Study, only_staff
from kume_desktop.services.views import Saved

if TYPE_CHECKING:
    from kume_desktop.services.interviewing import Session
    from kume_desktop.store.reading import Source

PURPOSE = "evidence_purpose"
"""The fact of the study that allows evidence: what it is kept for, '' where it is not allowed."""
REGISTER = "#evidence"
PICTURES = attachments.ENDINGS[Kind.IMAGE]
DOCUMENTS = ("pdf", "docx", "xlsx", "odt", "ods", "txt", "csv")
MOST = 12
"""Files at one question: more belong into one document."""
MAX_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file at a question; `name` is the stored one, `size` None where the bytes are on another computer."""

    path: str
    name: str
    size: int | None
    at: datetime
    by: str

    @property
    def is_picture(self) -> bool:
        """Whether it can be looked at in the window."""
        return self.name.rpartition(".")[2] in PICTURES


def purpose(study: Study) -> str:
    """What evidence is kept for in this study; '' where none may be kept."""
    from kume_desktop.store import reading

    return reading.facts(study.database, study.record.study_id).get(PURPOSE, "")


def allow(study: Study, wanted: str) -> None:
    """Let evidence be kept for a purpose, or (with '') let no more be kept; what is there stays.

    Raises:
        Refused: a person who is not staff.
    """
    from kume_desktop.store import writing
    from kume_desktop.store.events import SubjectKind

    only_staff(study)
    kept = " ".join(wanted.split())
    if kept != purpose(study):
        with study.act(corrects=False) as act:
            writing.set_fact(act, SubjectKind.STUDY, study.record.study_id, PURPOSE, kept)


def read(file: Path) -> Attachment:
    """Read a picture or document. Needs no study: may run beside the window.

    Raises:
        Refused: `interview.file-…`: unreadable, empty, too large, of another kind.
    """
    ending = file.suffix.lower().lstrip(".")
    if ending not in (*PICTURES, *DOCUMENTS):
        kinds = ", ".join((*PICTURES, *DOCUMENTS))
        raise Refused(problem("interview.file-kind", file=file.name, kinds=kinds))
    return attachments.read(Kind.IMAGE if ending in PICTURES else Kind.FILE, file, MAX_BYTES)


def evidence(source: Source, interview_id: str) -> Mapping[str, tuple[Evidence, ...]]:
    """The files of an interview by the path of their question, the oldest first."""
    from kume_desktop.store import attachments as files
    from kume_desktop.store import reading

    found: dict[str, list[Evidence]] = {}
    for where, rows in reading.heads(source, interview_id).items():
        if where.endswith(REGISTER) and rows[0].value:
            path, _at, name = where.removesuffix(REGISTER).rpartition("@")
            found.setdefault(path, []).append(
                Evidence(path, name, files.size(source, name), rows[0].at, rows[0].author)
            )
    return {path: tuple(sorted(held, key=lambda one: (one.at, one.name))) for path, held in found.items()}


def attach(session: Session, path: str, given: Attachment) -> Saved:
    """Keep a file beside an answer; the same file at the same question is kept once."""
    from kume_desktop.store import attachments as files
    from kume_desktop.store.events import EventKind

    refused = _refusal(session, path)
    if refused is not None:
        return Saved(None, (problem(refused),), path)
    held = evidence(session.study.database, session.interview_id).get(path, ())
    if len(held) >= MOST:
        return Saved(None, (problem("evidence.too-many", most=MOST),), path)
    try:
        with session.act() as (act, seen):
            files.put(act, given.content, given.name.partition(".")[2], given.media_type)
            recording.append(act, session.record, EventKind.EVIDENCE, f"{path}@{given.name}", given.name, seen)
    except Refused as refusal:
        return Saved(None, refusal.problems, path)
    session.last_saved = act.at
    return Saved(act.at, (), path)


def _refusal(session: Session, path: str) -> str | None:
    """The code of what speaks against another file at a question."""
    if not purpose(session.study):
        return "evidence.not-allowed"
    if session.is_completed:
        return "interview.completed"
    return None if path in session.interview.tree.spots else "evidence.no-question"


def remove(session: Session, path: str, name: str) -> Saved:
    """Take a file away: its bytes are deleted unless an answer or another question names them too.

    Until the session ends they stay with it: an answer that is taken back may name them again.
    """
    from kume_desktop.store import attachments as files
    from kume_desktop.store.events import EventKind

    if session.is_completed:
        return Saved(None, (problem("interview.completed"),), path)
    if name not in {one.name for one in evidence(session.study.database, session.interview_id).get(path, ())}:
        return Saved(None, (problem("interview.file-missing", file=name),), path)
    held = again(session, name) if attachments.is_here(session.study, name) else None
    try:
        with session.act() as (act, seen):
            recording.append(act, session.record, EventKind.EVIDENCE, f"{path}@{name}", "", seen)
            gone = files.drop(act, name)
    except Refused as refusal:
        return Saved(None, refusal.problems, path)
    if gone and held is not None:
        session.removed[name] = (held.content, held.media_type)
    session.last_saved = act.at
    return Saved(act.at, (), path)


def again(session: Session, name: str) -> Attachment:
    """A file as `attach` takes it, so that removing it can be taken back; Refused where it is not here."""
    content = attachments.content(session.study, name)
    return Attachment(name, content, attachments.media_type(name))
