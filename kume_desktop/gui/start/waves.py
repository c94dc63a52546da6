"""The waves of the study: which there are, how far each one is, and in which one to work."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.list_row import Cell, ListRow, RowList
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page, Toast
from kume_desktop.gui.routes import NextWaveRoute, WavesRoute
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.waves import Wave

_WIDTH = 860
STAFF = "staff"
OPEN_KEY = "Ctrl+N"


class WavesPage(Page):
    """One row a wave, the newest first; Enter works in it. Staff open the next one from here."""

    def __init__(self, desk: Desk, route: WavesRoute) -> None:  # noqa: ARG002 - every page takes its route
        super().__init__(desk)
        from kume_desktop.services import waves

        self._waves = tuple(reversed(waves.waves(desk.study)))
        self._rows = RowList([self._row(one) for one in self._waves])
        margin = theme.metrics().margin - RING_ROOM
        scroll = ScrollColumn(_WIDTH, margins=(margin, 0, margin, 24))
        scroll.column.setSpacing(16)
        self._fill(scroll.column)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(self.title, _(N_("One wave is one survey round of the study."))))
        column.addWidget(scroll, 1)

    def _fill(self, column: QVBoxLayout) -> None:
        column.addWidget(self._rows)
        for told in (
            N_("Every page shows and keeps the wave that you work in. The study opens in its newest wave."),
            N_("An earlier wave stays as it was: everybody can read it, only staff can correct it."),
        ):
            column.addWidget(Label(_(told), Role.SECOND, Tone.TEXT2, wrap=True))
        if self._may_open:
            opened = Button(_(N_("Open the next wave")) + "…", Kind.PRIMARY, tall=True)
            opened.clicked.connect(self.open_next)
            column.addWidget(opened, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    @property
    def _may_open(self) -> bool:
        return self.desk.head is not None and self.desk.head.role == STAFF

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Waves of the study"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Choose, work in it, open the next one."""
        hints = (KeyHint("Up Down", _(N_("Choose"))), KeyHint("Return", _(N_("Work in this wave"))))
        opened = (KeyHint(OPEN_KEY, _(N_("Open the next wave"))),) if self._may_open else ()
        return (*hints, *opened, KeyHint("Esc", _(N_("Back"))))

    def actions_here(self) -> tuple[Action, ...]:
        """Each wave, and the next one for staff."""
        found = [
            Action(f"wave.{one.wave_id}", tr(N_("Work in wave {wave}"), wave=one.name), partial(self.work_in, one))
            for one in self._waves
            if not one.is_current
        ]
        if self._may_open:
            found.append(Action("next-wave", _(N_("Open the next wave")), self.open_next, OPEN_KEY))
        return tuple(found)

    def on_shown(self) -> None:
        """The wave that one works in has the focus."""
        place = next(place for place, one in enumerate(self._waves) if one.is_current)
        self._rows.rows[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def side_panel(self) -> QWidget | None:
        """None here."""
        return None

    def open_next(self) -> None:
        """Go to the page that opens the next wave."""
        self.navigate.emit(NextWaveRoute())

    def work_in(self, wave: Wave) -> None:
        """Work in another wave; in the one that one works in already, nothing happens."""
        if wave.is_current:
            return
        told = N_("You work in wave {wave} now.") if wave.is_newest else N_("You look at the earlier wave {wave} now.")
        self.desk.switch_wave(wave.wave_id)
        self.toast.emit(Toast(tr(told, wave=wave.name)))

    def _row(self, wave: Wave) -> ListRow:
        here = _(N_("you work here")) if wave.is_current else ""
        done = (
            tr(N_("{completed} of {all} interviews complete"), completed=wave.completed, all=wave.interviews)
            if wave.interviews
            else _(N_("no interview yet"))
        )
        row = ListRow(
            [
                Cell(wave.name, 6, Tone.TEXT, fonts.SEMIBOLD),
                Cell(done, 7),
                Cell(tr(N_("{count} rated"), count=wave.rated), 4),
                Cell(here, 4, Tone.ACCENT, fonts.MEDIUM, icon="check" if here else "", icon_tone=Tone.ACCENT),
            ],
            icon="calendar" if wave.is_newest else "history",
            tone=Tone.ACCENT if wave.is_current else Tone.TEXT2,
            second=_opened(wave),
        )
        row.clicked.connect(lambda: self.work_in(wave))
        return row


def _opened(wave: Wave) -> str:
    day = texts.long_date(wave.opened_at.astimezone().date())
    told = tr(N_("opened by {person} on {day}"), person=wave.opened_by, day=day)
    if wave.begins is None:
        return told
    return f"{tr(N_('from {day} on'), day=texts.long_date(wave.begins))} · {told}"
