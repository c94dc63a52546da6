"""Parts that the pages of this room share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import IconLabel, Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem
from kume_desktop.texts import N_, _, tr


class Band(QFrame):
    """The strip in front: icon, what it is, where one was, and the primary button."""

    def __init__(self, icon: str, title: str, second: str, act: str) -> None:
        super().__init__()
        self.setObjectName("band")
        self.button = Button(act, Kind.PRIMARY, tall=True)
        self.button.setMinimumWidth(112)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 14, 16, 14)
        row.setSpacing(14)
        row.addWidget(IconLabel(icon, 20, Tone.ACCENT))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(title, Role.SECTION, wrap=True))
        words.addWidget(Label(second, Role.SECOND, Tone.TEXT2, wrap=True))
        row.addLayout(words, 1)
        row.addWidget(self.button)


class TwoColumns(ScrollColumn):
    """Work at the left, the state of things at the right; one column when narrow."""

    def __init__(self) -> None:
        margin = theme.metrics().margin - RING_ROOM
        super().__init__(margins=(margin, 8, margin, 16))
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for side in (self.left, self.right):
            side.setContentsMargins(0, 0, 0, 0)
            side.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(24 if theme.is_compact() else 66)
        row.addLayout(self.left, 662)
        row.addLayout(self.right, 366)
        self.column.addLayout(row)
        self.column.addStretch(1)


def section(title: str, count: str = "") -> QWidget:
    """The title of a section, with a count behind it."""
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 24, 0, 10)
    row.setSpacing(10)
    row.addWidget(Label(title, Role.BODY, weight=fonts.SEMIBOLD))
    if count:
        row.addWidget(Label(count, Role.BODY, Tone.TEXT2))
    row.addStretch(1)
    return held


def notes(problems: Sequence[Problem]) -> tuple[ProblemNote, ...]:
    """A note for each problem."""
    return tuple(ProblemNote(texts.say(problem), hard=problem.is_error) for problem in problems)


def clear(column: QVBoxLayout) -> None:
    """Take everything out of a column."""
    while (item := column.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def when(moment: datetime, now: datetime) -> str:
    """A moment as people say it: 17:42, today's; yesterday; a weekday within six days; else the date."""
    days = (now.date() - moment.date()).days
    clock = texts.clock(moment)
    if days == 0:
        return tr(N_("today {time}"), time=clock)
    if days == 1:
        return tr(N_("yesterday {time}"), time=clock)
    if 1 < days < 7:
        return f"{texts.weekday(moment.date())} {clock}"
    return f"{texts.short_date(moment.date())} {clock}"


def greeting(hour: int) -> str:
    """The greeting of an hour 0-23."""
    if 5 <= hour < 12:
        return _(N_("Good morning"))
    return _(N_("Good day")) if 12 <= hour < 18 else _(N_("Good evening"))
