"""The state of a firm or an interview: an icon and a word, colour only on the icon."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter

from kume_desktop.gui import icons
from kume_desktop.gui.theme import Tone
from kume_desktop.services.firm_state import FirmState
from kume_desktop.texts import N_, _


@dataclass(frozen=True, slots=True)
class Face:
    """Icon, colour of the icon, and word (English source) of a state."""

    icon: str
    tone: Tone
    word: str


FACES: dict[FirmState, Face] = {
    FirmState.UNASSIGNED: Face("circle-dashed", Tone.TEXT2, N_("Unassigned")),
    FirmState.WAITING: Face("circle", Tone.TEXT2, N_("Waiting")),
    FirmState.APPOINTED: Face("calendar", Tone.ACCENT, N_("Appointment")),
    FirmState.IN_PROGRESS: Face("circle-dot", Tone.ACCENT, N_("In progress")),
    FirmState.COMPLETED: Face("circle-check", Tone.OK, N_("Completed")),
    FirmState.NOT_REACHED: Face("phone-off", Tone.TEXT2, N_("Not reached")),
    FirmState.NOT_INTERVIEWED: Face("circle-slash", Tone.TEXT2, N_("No interview")),
}


def word(state: FirmState) -> str:
    """The state in the language in force."""
    return _(FACES[state].word)


def paint_state(painter: QPainter, box: QRect, state: FirmState) -> None:
    """Draw icon and word into a table cell, in the painter's font and pen."""
    face = FACES[state]
    icons.paint(painter, QPoint(box.left(), box.center().y() - icons.ROW // 2 + 1), face.icon, icons.ROW, face.tone)
    text = box.adjusted(icons.ROW + 6, 0, 0, 0)
    painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), _(face.word))
