"""What became of each file: written, taken, known, or refused and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from kume_desktop import texts
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.table import Column
from kume_desktop.gui.forms.reading_list import EVERY, ReadingList, Sieve, paint_word
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.problems import Problem
    from kume_desktop.services.submissions import Taken

REFUSED, NEW, KNOWN, WRITTEN = "refused", "new", "known", "written"
_FACES = {
    REFUSED: ("circle-alert", Tone.ERR, N_("Not taken")),
    NEW: ("circle-check", Tone.OK, N_("Taken")),
    KNOWN: ("check-check", Tone.TEXT2, N_("Known or changed")),
    WRITTEN: ("circle-check", Tone.OK, N_("Written")),
}
_ORDER = tuple(_FACES)


@dataclass(frozen=True, slots=True)
class TakenLine:
    """A file and what became of it."""

    state: str
    file: str
    sentences: tuple[str, ...]

    @staticmethod
    def taken(one: Taken) -> TakenLine:
        """A submission that came in, or did not."""
        state = REFUSED if not one.interview_id else NEW if one.is_new else KNOWN
        name = f"{one.file.parent.name}/{one.file.name}"
        return TakenLine(state, name, tuple(map(texts.say, one.problems)))

    @staticmethod
    def written(file: Path) -> TakenLine:
        """A file that was written."""
        return TakenLine(WRITTEN, f"{file.parent.name}/{file.name}", ())

    @staticmethod
    def lacking(problem: Problem) -> TakenLine:
        """A file that could not be written."""
        return TakenLine(REFUSED, problem.where.file or "–", (texts.say(problem),))


class TakenList(ReadingList):
    """Files with problems come first."""

    def __init__(self) -> None:
        how = N_("Files that are written or taken stand here, each with what there is to say about it.")
        nothing = EmptyState(_(N_("No submissions yet.")), _(how))
        sieves = (
            Sieve(EVERY, _(N_("All")), lambda _one: True),
            *(Sieve(key, _(word), _in_state(key)) for key, (_icon, _tone, word) in _FACES.items()),
        )
        super().__init__(_columns(), _(N_("Submissions")), sieves, _detail, nothing)


def _in_state(state: str) -> Callable[[Any], bool]:
    return lambda one: one.state == state


def _columns() -> tuple[Column[TakenLine], ...]:
    return (
        Column("state", _(N_("State")), _said, lambda one: _ORDER.index(one.state), 180, paint=_paint),
        Column("file", _(N_("File")), lambda one: one.file, first=True),
        Column("said", _(N_("What there is to say")), lambda one: " ".join(one.sentences) or "–"),
    )


def _said(one: TakenLine) -> str:
    return _(_FACES[one.state][2])


def _detail(one: TakenLine) -> tuple[str, ...]:
    return (f"{_said(one)}: {one.file}", *one.sentences)


def _paint(painter: QPainter, box: QRect, one: TakenLine) -> None:
    icon, tone, word = _FACES[one.state]
    paint_word(icon, tone, _(word))(painter, box)
