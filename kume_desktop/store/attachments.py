"""Files that are answers: their bytes lie in `blob` under their hash, the answer is `<16 digits of it>.<ending>`."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, func, select

from kume_desktop.problems import Refused, problem
from kume_desktop.store.ledger import ATTACHED
from kume_desktop.store.reading import Source
from kume_desktop.store.tables import blob, head
from kume_desktop.store.unit_of_work import Act

DIGITS = 16


def put(act: Act, content: bytes, ending: str, media_type: str) -> str:
    """Keep a file; returns the name that the answer stores."""
    return f"{act.put_blob(content, ATTACHED + media_type)[:DIGITS]}.{ending}"


def size(source: Source, name: str) -> int | None:
    """How many bytes lie behind an answer; None where they are not here."""
    found = source.rows(select(blob.c.size).where(*_named(name)).limit(1))
    return int(found[0].size) if found else None


def content(source: Source, name: str) -> bytes:
    """The bytes behind an answer.

    Raises:
        Refused: `interview.file-missing`: another computer holds them, or they were erased.
    """
    found = source.rows(select(blob.c.content).where(*_named(name)).limit(1))
    if not found:
        raise Refused(problem("interview.file-missing", file=name))
    return bytes(found[0].content)


def _named(name: str) -> tuple[ColumnElement[bool], ...]:
    """The blob whose hash begins with the digits of a name, and none for anything else."""
    digits = name.partition(".")[0]
    whole = digits if len(digits) == DIGITS else "-"
    return blob.c.hash >= whole, blob.c.hash < f"{whole}g"


def drop(act: Act, name: str) -> bool:
    """Delete the bytes behind a name that nothing names any more; True where they were deleted."""
    named = select(func.count()).select_from(head).where(head.c.value == name)
    if act.rows(named)[0][0]:
        return False
    return bool(
        act.rows(delete(blob).where(*_named(name), blob.c.media_type.like(f"{ATTACHED}%")).returning(blob.c.hash))
    )
