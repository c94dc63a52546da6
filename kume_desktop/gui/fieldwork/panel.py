"""The side panel of a firm: what to do next, what the lists said, how far the interviews are, who was there."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.keycap import KeyCap
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import ScrollColumn
from kume_desktop.gui.fieldwork import panel_parts
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem
from kume_desktop.services.firm_state import FirmState
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.views import FirmDetail, InstrumentCard

_REFUSALS, _OF_LISTS = ("4", "5"), "sources."


class Ask(StrEnum):
    """What a person asks of the page through the panel."""

    OPEN = "open"
    ATTEMPT = "attempt"
    APPOINTMENT = "appointment"
    PLAN = "plan"
    ASSIGN = "assign"
    CLOSE = "close"
    CONVERT = "convert"
    CORRECT = "correct"
    PAPER = "paper"
    PRINT = "print"


class FirmPanel(QFrame):
    """Shows one firm. `asked` carries an act and its key: a form, a person, a visit, or ''."""

    asked = Signal(object, str)

    def __init__(self, *, is_staff: bool) -> None:
        super().__init__()
        self.setObjectName("sidePanel")
        self.setFixedWidth(theme.px(theme.metrics().side_panel))
        self._is_staff = is_staff
        self._people: tuple[str, ...] = ()
        self._pickers: dict[Ask, Picker] = {}
        self._notes: QVBoxLayout | None = None
        self._chosen: Label | None = None
        self._count = 1
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(17, 14, 16, 10)
        self._whole.setSpacing(8)

    def set_people(self, people: Sequence[str]) -> None:
        """Who can be given firms."""
        self._people = tuple(people)

    def show_firm(self, detail: FirmDetail | None, instruments: tuple[InstrumentCard, ...]) -> None:
        """Show another firm, or nothing."""
        self._clear()
        if detail is None:
            return
        scroll = ScrollColumn()
        column = scroll.column
        column.setSpacing(0)
        column.setContentsMargins(5, 5, 6, 5)
        panel_parts.head(column, detail.row)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(6)
        column.addLayout(self._notes)
        said_by_lists = [one for one in detail.advice if one.code.startswith(_OF_LISTS)]
        panel_parts.advice(column, [one for one in detail.advice if one not in said_by_lists])
        column.addSpacing(12)
        column.addWidget(panel_parts.facts(detail.row, self._person_pickers(detail)))
        panel_parts.interviews(column, detail.interviews)
        panel_parts.attempts(column, detail.visits, lambda visit_id: self.asked.emit(Ask.CORRECT, visit_id))
        panel_parts.sources(column, detail.sources, said_by_lists)
        column.addStretch(1)
        self._whole.addWidget(scroll, 1)
        self._whole.addWidget(self._acts(detail, instruments))
        self.show_count(self._count)

    def show_count(self, count: int) -> None:
        """Say on how many firms an assignment would act."""
        self._count = count
        if self._chosen is not None:
            self._chosen.setText(tr(N_("{count} firms are chosen; A assigns them all."), count=texts.number(count, 0)))
            self._chosen.setHidden(count < 2)

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Say why an act was not done, above what the panel shows."""
        if self._notes is None:
            return
        while (item := self._notes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._notes.addSpacing(10)
        for problem in problems:
            note = ProblemNote(texts.say(problem), hard=True)
            self._notes.addWidget(note)
            note.say()

    def offer_people(self, ask: Ask) -> None:
        """Open the list of people for an act, where the firm has it."""
        if (picker := self._pickers.get(ask)) is not None:
            picker.setFocus()
            picker.open_list()

    def _clear(self) -> None:
        self._pickers, self._notes, self._chosen = {}, None, None
        while (item := self._whole.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def _person_pickers(self, detail: FirmDetail) -> dict[str, QWidget]:
        """The pickers that stand in the place of a person's name."""
        row, held = detail.row, dict[str, QWidget]()
        nobody = ("", _(N_("nobody")))
        if self._is_staff:
            held["interviewer"] = self._picker(
                Ask.ASSIGN, [nobody, *((one, one) for one in self._people)], row.interviewer
            )
        if row.last_outcome in _REFUSALS and row.state is not FirmState.COMPLETED:
            refused = {visit.by for visit in detail.visits if visit.outcome in _REFUSALS}
            others = [(one, one) for one in self._people if one not in refused or one == row.conversion]
            held["conversion"] = self._picker(Ask.CONVERT, [nobody, *others], row.conversion)
        return held

    def _picker(self, ask: Ask, people: list[tuple[str, str]], current: str) -> Picker:
        made = Picker("", width=theme.px(190))
        made.setFixedHeight(32)
        made.set_items(people)
        made.set_current(current)
        words = _(N_("Interviewer")) if ask is Ask.ASSIGN else _(N_("Asked after the refusal"))
        made.setAccessibleName(f"{words}: {made.text()}")
        made.picked.connect(lambda person: self.asked.emit(ask, person))
        self._pickers[ask] = made
        return made

    def _acts(self, detail: FirmDetail, instruments: tuple[InstrumentCard, ...]) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(8)
        self._chosen = Label("", Role.SECOND, Tone.ACCENT, wrap=True)
        column.addWidget(self._chosen)
        if not detail.row.is_issued:
            words = _(N_("This firm waits in the reserve; nobody goes there before its batch is released."))
            column.addWidget(Label(words, Role.SECOND, Tone.TEXT2, wrap=True))
            return held
        states = {one.instrument_id: one.state for one in detail.interviews}
        left = [card for card in instruments if states.get(card.instrument_id) != "completed"]
        following = min(left, key=lambda card: card.instrument_id not in states, default=None)
        for card in instruments:
            column.addWidget(self._open_button(detail, card, primary=card is following, alone=len(instruments) == 1))
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, ask, key in (
            (N_("Write an attempt"), Ask.ATTEMPT, "Z"),
            (N_("Set an appointment"), Ask.APPOINTMENT, "R"),
        ):
            button = Button(_(words), tall=True)
            button.setToolTip(f"{_(words)} ({key})")
            button.clicked.connect(lambda _checked=False, wanted=ask: self.asked.emit(wanted, ""))
            row.addWidget(button, button.fontMetrics().horizontalAdvance(button.text()))
        column.addLayout(row)
        column.addLayout(self._further(detail))
        return held

    def _further(self, detail: FirmDetail) -> QGridLayout:
        """The rarer acts as links with their keys, two in a row."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        for place, (words, ask, key) in enumerate(_offered(detail)):
            link = Button(_(words), Kind.LINK)
            link.clicked.connect(lambda _checked=False, wanted=ask: self.asked.emit(wanted, ""))
            cell = QHBoxLayout()
            cell.setSpacing(4)
            cell.addWidget(link)
            cell.addWidget(KeyCap(key))
            cell.addStretch(1)
            grid.addLayout(cell, place // 2, place % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _open_button(self, detail: FirmDetail, card: InstrumentCard, *, primary: bool, alone: bool) -> Button:
        title = card.title_tr if texts.language() == "tr" else card.title_en
        state = next((one.state for one in detail.interviews if one.instrument_id == card.instrument_id), "")
        begun = N_("Open: {form}") if state == "completed" else N_("Continue: {form}")
        pattern = begun if state else N_("Begin: {form}")
        words = _(N_("Open the interview")) if alone else tr(pattern, form=title)
        button = Button(words, Kind.PRIMARY if primary else Kind.PLAIN, tall=True)
        button.setToolTip(title)
        button.clicked.connect(lambda: self.asked.emit(Ask.OPEN, card.instrument_id))
        return button

    def paintEvent(self, event: object) -> None:
        """Draw the panel and its left line."""
        super().paintEvent(event)  # type: ignore[arg-type]
        QPainter(self).fillRect(0, 0, 1, self.height(), theme.colour(Tone.LINE))


def _offered(detail: FirmDetail) -> list[tuple[str, Ask, str]]:
    """The rarer acts of a firm: words, act, key."""
    row = detail.row
    found = [(N_("Plan a visit"), Ask.PLAN, "P")]
    if row.is_closed:
        found.append((N_("Open the firm again"), Ask.CLOSE, "K"))
    elif row.state not in (FirmState.COMPLETED, FirmState.IN_PROGRESS):
        found.append((N_("Close the firm"), Ask.CLOSE, "K"))
    return [*found, (N_("Type in from paper"), Ask.PAPER, "E"), (N_("Print"), Ask.PRINT, "Y")]
