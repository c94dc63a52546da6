"""The three lists of the page: what came, what went, up to where each computer is held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter

from kume_desktop import texts
from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components.table import Column, RowsModel, Table
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.services.packages import work
from kume_desktop.services.packages.outbox import Sent
from kume_desktop.services.packages.overview import Came, Held, Other
from kume_desktop.texts import N_, _, tr

MOST_ROWS = 6
"""A list grows to this height, then it scrolls."""
_KINDS: Mapping[str, str] = {
    work.ASSIGNMENT: N_("firms and questionnaires"),
    work.INTERVIEWS: N_("interviews"),
    work.RETURN: N_("returned interviews"),
    work.RECEIPT: N_("receipt"),
}
_CAME = {
    "taken": (N_("Taken in"), "check", Tone.OK),
    "answered": (N_("Receipt sent"), "check-check", Tone.OK),
    "refused": (N_("Refused"), "circle-alert", Tone.ERR),
}
_SENT = {
    "ready": (N_("Ready"), "circle", Tone.TEXT2),
    "moved": (N_("Copied"), "clock", Tone.TEXT2),
    "received": (N_("The agency has it"), "check-check", Tone.OK),
}
_THERE = N_("Taken in there")


def came_columns() -> tuple[Column[Came], ...]:
    """When, from which computer, what, how large, what became of it."""
    return (
        Column("when", _(N_("Date")), lambda one: when(one.at), lambda one: -one.at.timestamp(), 126),
        Column("computer", _(N_("Computer")), computer, first=True),
        Column("content", _(N_("Content")), content),
        Column("size", _(N_("Size")), size_of, lambda one: one.size, 80, right=True),
        Column("state", _(N_("State")), lambda one: came_state(one)[0], width=152, paint=_paint_came),
    )


def sent_columns() -> tuple[Column[Sent], ...]:
    """When, to whom, what, how large, how far it got."""
    return (
        Column("when", _(N_("Date")), lambda one: when(one.at), lambda one: -one.at.timestamp(), 126),
        Column("computer", _(N_("Computer")), lambda one: ", ".join(one.to), first=True),
        Column("content", _(N_("Content")), sent_content),
        Column("size", _(N_("Size")), lambda one: size(one.size), lambda one: one.size, 80, right=True),
        Column("state", _(N_("State")), lambda one: sent_state(one)[0], width=152, paint=_paint_sent),
    )


def held_columns() -> tuple[Column[Held], ...]:
    """Which computer, what its receipt covers, when it was written."""
    return (
        Column("computer", _(N_("Computer")), lambda one: _named(one.computer, one.person), first=True),
        Column("covers", _(N_("Held safely")), _covers),
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


def computer(one: Came) -> str:
    """The computer, by its name."""
    return one.computer or _(N_("unknown"))


def other_name(one: Other) -> str:
    """A computer as one chooses it."""
    return _named(one.name, one.person)


def _named(name: str, person: str) -> str:
    return f"{name} · {person}" if person and person not in name else name


def kind_word(kind: str) -> str:
    """What a package is, in words."""
    return _(_KINDS[kind]) if kind in _KINDS else kind


def content(one: Came) -> str:
    """What came, in words."""
    if one.state == "refused":
        return one.file
    if one.kind in {work.INTERVIEWS, work.RETURN}:
        return tr(N_("{count} interviews"), count=one.interviews)
    return kind_word(one.kind)


def sent_content(one: Sent) -> str:
    """What went, in words."""
    told = one.told
    if one.kind.value == work.INTERVIEWS:
        return tr(
            N_("{interviews} interviews, {visits} visits"),
            interviews=told.get("interviews", 0),
            visits=told.get("visits", 0),
        )
    if one.kind.value == work.ASSIGNMENT:
        return tr(N_("{firms} firms, {forms} forms"), firms=told.get("firms", 0), forms=told.get("forms", 0))
    if one.kind.value == work.RETURN:
        return tr(N_("{count} returned interviews"), count=told.get("interviews", 0))
    return kind_word(one.kind.value)


def came_state(one: Came) -> tuple[str, str, Tone]:
    """Word, icon and tone."""
    word, icon, tone = _CAME[one.state]
    return _(word), icon, tone


def sent_state(one: Sent) -> tuple[str, str, Tone]:
    """Word, icon and tone."""
    word, icon, tone = _SENT[one.state]
    if one.state == "received" and one.kind.value != work.INTERVIEWS:
        word = _THERE
    return _(word), icon, tone


def _covers(one: Held) -> str:
    return tr(
        N_("{interviews} interviews · {entries} entries"),
        interviews=texts.number(one.interviews, 0),
        entries=texts.number(one.entries, 0),
    )


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
