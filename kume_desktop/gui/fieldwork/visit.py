"""Writing down a contact attempt: what came of it, a note, the next time."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui.components.fields import LongText, TextField, labelled
from kume_desktop.gui.components.form_page import FormFrame
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.fieldwork import outcomes
from kume_desktop.gui.fonts import MEDIUM, Role
from kume_desktop.gui.page import Action, KeyHint, Page, SaveKind, SaveState, Toast
from kume_desktop.gui.routes import FieldRoute, Route, VisitRoute
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk


class VisitPage(Page):
    """Nothing is stored before "Ziyareti kaydet"; then back to the firm."""

    def __init__(self, desk: Desk, route: VisitRoute) -> None:
        super().__init__(desk)
        self._unit = route.unit_id
        self._firm = next((firm.name for firm in desk.firms() if firm.unit_id == route.unit_id), "")
        entries = [(code, outcomes.word(code)) for code in outcomes.OFFERED]
        chosen = outcomes.APPOINTMENT if route.appointment else ""
        self.outcome = Segments(_(N_("Outcome")), entries, chosen, in_row=2)
        self.note = LongText(_(N_("Note")), placeholder=_(N_("Who was there, what was said")), lines=2)
        self.day = TextField(_(N_("Date of the next visit")), placeholder=_(N_("dd.mm.yyyy")))
        self.clock = TextField(_(N_("Time of the next visit")), placeholder=_(N_("hh:mm")))
        self._route = route
        self._form = FormFrame(_(N_("Write a visit")), self._firm, _(N_("Save the visit")), _(N_("Back")))
        self._form.primary.clicked.connect(self.save)
        self._form.back.clicked.connect(self._go_back)
        self._fill(self._form.column)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)

    def _fill(self, column: QVBoxLayout) -> None:
        column.addWidget(Label(self.outcome.accessibleName(), Role.SECOND, Tone.TEXT2, weight=MEDIUM))
        column.addWidget(self.outcome)
        column.addWidget(labelled(self.note.accessibleName(), self.note))
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(labelled(_(N_("Next visit: date")), self.day))
        row.addWidget(labelled(_(N_("Time")), self.clock))
        row.addStretch(1)
        column.addWidget(held)

    @property
    def title(self) -> str:
        """The page's name."""
        return tr(N_("Visit – {firm}"), firm=self._firm)

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Save or go back."""
        return (
            KeyHint("Ctrl+Return", _(N_("Save the visit"))),
            KeyHint("Space", _(N_("Choose"))),
            KeyHint("Tab", _(N_("Next field"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Save, and each outcome."""
        chosen = tuple(
            Action(f"outcome.{code}", outcomes.word(code), partial(self.outcome.choose, code))
            for code in outcomes.OFFERED
        )
        return (Action("save", _(N_("Save the visit")), self.save, "Ctrl+Return"), *chosen)

    def on_shown(self) -> None:
        """Begin with the outcome; for an appointment, with the date."""
        if self._route.appointment:
            self.day.setFocus()
        else:
            self.outcome.focus_choice()

    def here(self, route: Route) -> Route:
        """This page."""
        return route

    def save(self) -> None:
        """Store the visit and go back to the firm."""
        from kume_desktop.services import fieldwork

        next_at, found = read_moment(self.day.text(), self.clock.text())
        if not self.outcome.current:
            found = (problem("window.missing", field=self.outcome.accessibleName()), *found)
        codes = {one.code for one in found}
        self.day.set_refused("window.bad-date" in codes)
        self.clock.set_refused("window.bad-time" in codes)
        if found:
            self._form.refuse(found)
            return
        try:
            fieldwork.record_visit(
                self.desk.study, self._unit, self.outcome.current, self.note.toPlainText().strip(), next_at
            )
        except Refused as refused:
            self._form.refuse(refused.problems)
            return
        self.desk.tell_changed()
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self._go_back()
        self.toast.emit(Toast(tr(N_("Visit written: {firm}."), firm=self._firm)))

    def _go_back(self) -> None:
        self.navigate.emit(FieldRoute(self._unit))


def read_moment(day: str, clock: str) -> tuple[datetime | None, tuple[Problem, ...]]:
    """The moment that "23.11.2026" and "14:30" mean, in local time; None where both are empty. A day alone is 09:00.

    >>> read_moment("31.02.2026", "")[1][0].code
    'window.bad-date'
    """
    day, clock = day.strip(), clock.strip()
    if not day and not clock:
        return None, ()
    found: list[Problem] = []
    on, at = _day(day), _clock(clock or "09:00")
    if on is None:
        found.append(problem("window.bad-date", text=day))
    if at is None:
        found.append(problem("window.bad-time", text=clock))
    if on is None or at is None:
        return None, tuple(found)
    return datetime.combine(on, at).astimezone(), ()


def _day(text: str) -> date | None:
    parts = text.replace("/", ".").replace("-", ".").split(".")
    try:
        if len(parts[0]) == 4:
            return date(*(int(part) for part in parts))
        numbers = [int(part) for part in parts]
        return date(numbers[2], numbers[1], numbers[0])
    except (ValueError, TypeError, IndexError):
        return None


def _clock(text: str) -> time | None:
    hours, _colon, minutes = text.replace(".", ":").partition(":")
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        return None
