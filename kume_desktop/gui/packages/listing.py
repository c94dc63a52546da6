"""The three lists of the page: what came, what went, up to where each computer is held."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter

from kume_desktop import texts
from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components.table import Column, RowsModel, Table
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.services.packages import wording
from kume_desktop.services.packages.outbox import Sent
from kume_desktop.services.packages.overview import ANSWERED, REFUSED, TAKEN, Came, Held, Other
from kume_desktop.texts import N_, _, tr

MOST_ROWS = 6
"""A list grows to this height, then it scrolls."""
COVERS = 290
_CAME = {TAKEN: ("check", Tone.OK), ANSWERED: ("check-check", Tone.OK), REFUSED: ("circle-alert", Tone.ERR)}
_SENT = {"ready": ("circle", Tone.TEXT2), "moved": ("clock", Tone.TEXT2), "received": ("check-check", Tone.OK)}


def came_columns() -> tuple[Column[Came], ...]:
    """When, from which computer, what, how large, what became of it."""
    return (
        Column("when", _(N_("Date")), lambda one: when(one.at), lambda one: -one.at.timestamp(), 126),
        Column("computer", _(N_("Computer")), wording.computer, first=True),
        Column("content", _(N_("Content")), wording.content),
        Column("size", _(N_("Size")), size_of, lambda one: one.size, 80, right=True),
        Column("state", _(N_("State")), lambda one: came_state(one)[0], width=152, paint=_paint_came),
    )


def sent_columns() -> tuple[Column[Sent], ...]:
    """When, to whom, what, how large, how far it got."""
    return (
        Column("when", _(N_("Date")), lambda one: when(one.at), lambda one: -one.at.timestamp(), 126),
        Column("computer", _(N_("Computer")), lambda one: ", ".join(one.to), first=True),
        Column("content", _(N_("Content")), wording.sent_content),
        Column("size", _(N_("Size")), lambda one: size(one.size), lambda one: one.size, 80, right=True),
        Column("state", _(N_("State")), lambda one: sent_state(one)[0], width=152, paint=_paint_sent),
    )


def held_columns() -> tuple[Column[Held], ...]:
    """Which computer, what its receipt covers, when it was written."""
    return (
        Column("computer", _(N_("Computer")), held_name, first=True),
        Column("covers", _(N_("Held safely")), wording.covers, width=COVERS),
        Column("when", _(N_("Date")), lambda one: when(one.at), lambda one: -one.at.timestamp(), 126),
    )


def when(moment: datetime) -> str:
    """Day and time in short: 22 Kas 16:48."""
    return f"{texts.short_date(moment.date())} {texts.clock(moment)}"


def size(count: int) -> str:
    """In megabytes, small ones in kilobytes."""
    if count < 1_000_000:
        return tr(N_("{size} kB"), size=texts.number(max(1, round(count / 1000)), 0))
    return tr(N_("{size} MB"), size=texts.number(count / 1_000_000, 1))


def size_of(one: Came) -> str:
    """Of a package that came; unknown where it was refused."""
    return size(one.size) if one.size else "–"


def other_name(one: Other) -> str:
    """A computer as one chooses it."""
    return _named(one.name, one.person)


def held_name(one: Held) -> str:
    """Whose receipt it is."""
    return _named(one.computer, one.person)


def _named(name: str, person: str) -> str:
    return f"{name} · {person}" if person and person not in name else name


def came_state(one: Came) -> tuple[str, str, Tone]:
    """Word, icon and tone."""
    return wording.came_state(one), *_CAME[one.state]


def sent_state(one: Sent) -> tuple[str, str, Tone]:
    """Word, icon and tone."""
    return wording.sent_state(one), *_SENT[one.state]


def _paint_came(painter: QPainter, box: QRect, one: Came) -> None:
    _paint(painter, box, came_state(one))


def _paint_sent(painter: QPainter, box: QRect, one: Sent) -> None:
    _paint(painter, box, sent_state(one))


def _paint(painter: QPainter, box: QRect, state: tuple[str, str, Tone]) -> None:
    word, icon, tone = state
    icons.paint(painter, QPoint(box.left(), box.center().y() - 7), icon, icons.ROW, tone)
    painter.setFont(fonts.font(Role.BODY))
    painter.setPen(theme.colour(Tone.TEXT if tone is Tone.OK else tone))
    room = box.adjusted(22, 0, 0, 0)
    text = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)


class ShortTable(Table):
    """A table as high as its rows, up to `MOST_ROWS`."""

    def __init__(self, model: RowsModel[Any], name: str) -> None:
        super().__init__(model, name)
        model.modelReset.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        rows = max(1, min(MOST_ROWS, len(self.rows_model.rows)))
        height = self.horizontalHeader().height() + rows * self.verticalHeader().defaultSectionSize() + 2
        self.setFixedHeight(height)
