"""The look inside a backup: which interviews it holds, how far, and what the study has beyond it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.backups.listing import when
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.scroll import ScrollColumn
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.services.backups import Card, HeldInterview, Look
from kume_desktop.texts import N_, _, tr

_MOST = 200
"""So many interviews are named; the rest is counted."""
_STATES = {"completed": N_("completed"), "open": N_("open")}


class Inside(QFrame):
    """The side panel; `wanted` asks for bringing the backup back."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(theme.px(theme.metrics().side_panel))
        self.setObjectName("sidePanel")
        self._scroll = ScrollColumn(margins=(16, 16, 16, 16))
        self._scroll.column.setSpacing(8)
        self._back = Button(_(N_("Bring back…")))
        self._back.setToolTip(tr(N_("Bring back… ({key})"), key="Ctrl R"))
        self._back.clicked.connect(self.wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        self.clear()

    def clear(self) -> None:
        """Say how to look inside."""
        self._empty()
        self._say(_(N_("Look inside a backup")), Role.BODY, weight=fonts.SEMIBOLD)
        self._say(_(N_("Enter shows which interviews it holds. Nothing is changed by looking.")), Role.SECOND)
        self._scroll.column.addStretch(1)

    def wait(self, card: Card) -> None:
        """Say that it is being read."""
        self._empty()
        self._head(card)
        self._say(_(N_("Reading…")), Role.SECOND)
        self._scroll.column.addStretch(1)

    def show_look(self, card: Card, found: Look) -> None:
        """Show what was found."""
        self._empty()
        self._head(card)
        counted = N_("{firms} firms · {interviews} interviews")
        self._say(tr(counted, firms=found.firms, interviews=len(found.interviews)))
        if found.newest_at is not None:
            self._say(tr(N_("Last answer {when}"), when=when(found.newest_at)), Role.SECOND)
        beyond = N_("The study holds {count} entries that this backup does not.")
        told = tr(beyond, count=found.missing) if found.missing else _(N_("It holds everything that the study holds."))
        self._say(told, Role.SECOND)
        self._scroll.column.addWidget(self._back)
        self._back.show()
        self._scroll.column.addWidget(Rule())
        for one in found.interviews[:_MOST]:
            self._say(one.firm, Role.BODY)
            self._say(_line(one), Role.SECOND)
        if len(found.interviews) > _MOST:
            self._say(tr(N_("and {count} more"), count=len(found.interviews) - _MOST), Role.SECOND)
        self._scroll.column.addStretch(1)

    def _head(self, card: Card) -> None:
        if card.made_at is not None:
            self._say(when(card.made_at), Role.BODY, weight=fonts.SEMIBOLD)

    def _say(self, words: str, role: Role = Role.BODY, *, weight: object = None) -> None:
        tone = Tone.TEXT if role is Role.BODY else Tone.TEXT2
        self._scroll.column.addWidget(Label(words, role, tone, weight=weight, wrap=True))  # type: ignore[arg-type]

    def _empty(self) -> None:
        while (item := self._scroll.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is self._back:
                widget.hide()
            elif widget is not None:
                widget.hide()
                widget.deleteLater()


def _line(one: HeldInterview) -> str:
    """Form, who asked, state, answers, when."""
    state = _(_STATES[one.state]) if one.state in _STATES else one.state
    parts = [one.instrument_id, one.interviewer, state, tr(N_("{count} answers"), count=one.answered)]
    if one.last_at is not None:
        parts.append(f"{texts.short_date(one.last_at.date())} {texts.clock(one.last_at)}")
    return " · ".join(part for part in parts if part)
