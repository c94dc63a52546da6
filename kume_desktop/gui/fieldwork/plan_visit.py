"""Planning to go to a firm: the day as people type it, and the part of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.fields import TextField, labelled
from kume_desktop.gui.components.form_page import Field, FormFrame
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.components.typed_date import as_typed
from kume_desktop.gui.fieldwork.moments import read_day
from kume_desktop.gui.fieldwork.the_firm import the_firm
from kume_desktop.gui.fonts import MEDIUM, Role
from kume_desktop.gui.page import Action, KeyHint, Page, SaveKind, SaveState, Toast
from kume_desktop.gui.routes import DayPlanRoute, FieldRoute, PlanVisitRoute, Route
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk

_ANY = "any"


class PlanVisitPage(Page):
    """Nothing is stored before the primary; then back to the firm."""

    def __init__(self, desk: Desk, route: PlanVisitRoute) -> None:
        super().__init__(desk)
        from kume_desktop.services import field_rules

        self._unit, self._came_from = route.unit_id, route.day
        detail, self._nowhere = the_firm(desk.study, route.unit_id)
        row = detail.row if detail is not None else None
        self._firm, self._planned = (row.name, row.plan_day) if row is not None else ("", "")
        slot = row.plan_slot if row is not None else ""
        day = as_typed(date.fromisoformat(self._planned)) if self._planned else ""
        typed = route.typed or (day, slot or _ANY)
        parts = field_rules.rules(desk.study).dayparts()
        slots = [(str(n), f"{begin:02d}–{end:02d}") for n, (begin, end) in enumerate(parts)]
        self.day = TextField(_(N_("Day")), typed[0], placeholder=_(N_("tomorrow, friday, 24.11.")))
        known = {key for key, _label in slots}
        chosen = typed[1] if typed[1] in known else _ANY
        self.slot = Segments(_(N_("Part of the day")), [(_ANY, _(N_("any"))), *slots], chosen)
        self._form = FormFrame(_(N_("Plan a visit")), self._firm, _(N_("Save the plan")), _(N_("Back")))
        self._form.primary.clicked.connect(self.save)
        self._form.back.clicked.connect(self._go_back)
        self._fill(self._form.column)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)
        self._form.refuse(self._nowhere)

    def _fill(self, column: QVBoxLayout) -> None:
        hint = _(N_("The plan of the day shows the firm on this day; an appointment with the firm is written with R."))
        column.addWidget(labelled(self.day.accessibleName(), self.day, hint))
        column.addWidget(Label(self.slot.accessibleName(), Role.SECOND, Tone.TEXT2, weight=MEDIUM))
        column.addWidget(self.slot)
        if self._planned:
            away = Button(_(N_("Take the plan back")), Kind.LINK)
            away.clicked.connect(self.take_back)
            column.addWidget(away)

    @property
    def title(self) -> str:
        """The page's name."""
        return tr(N_("Plan – {firm}"), firm=self._firm)

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Save or go back."""
        return (
            KeyHint("Ctrl+Return", _(N_("Save the plan"))),
            KeyHint("Tab", _(N_("Next field"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Save, and take back what was planned."""
        save = Action("save", _(N_("Save the plan")), self.save, "Ctrl+Return")
        if not self._planned:
            return (save,)
        return (save, Action("take-back", _(N_("Take the plan back")), self.take_back, "Ctrl+Delete"))

    def on_shown(self) -> None:
        """Begin with the day."""
        self.day.setFocus()
        self.day.selectAll()

    def here(self, route: Route) -> Route:
        """This page with what is typed."""
        if not isinstance(route, PlanVisitRoute):
            return route
        return replace(route, typed=(self.day.text(), self.slot.current))

    def save(self) -> None:
        """Store the plan and go back to the firm."""
        typed = self.day.text().strip()
        day = read_day(typed, datetime.now().astimezone().date())
        if day is None:
            missing = problem("window.missing", field=self.day.accessibleName())
            self._form.refuse([problem("window.bad-date", text=typed) if typed else missing], self._field_of)
            return
        self._plan(day, None if self.slot.current == _ANY else int(self.slot.current))

    def take_back(self) -> None:
        """Go there on no day."""
        self._plan(None, None)

    def _plan(self, day: date | None, slot: int | None) -> None:
        from kume_desktop.services import visits

        if self._nowhere:
            return
        try:
            told = visits.plan(self.desk.study, self._unit, day, slot)
        except Refused as refused:
            self._form.refuse(refused.problems, self._field_of)
            return
        self.desk.tell_firm(self._unit)
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        QTimer.singleShot(0, self, self._go_back)
        pattern = N_("{firm} is planned for {day}.") if day else N_("{firm} is planned for no day now.")
        words = tr(pattern, firm=self._firm, day=texts.short_date(day) if day else "")
        self.toast.emit(Toast(" ".join([words, *(texts.say(one) for one in told)])))

    def _field_of(self, _problem: Problem) -> Field | None:
        return self.day

    def _go_back(self) -> None:
        self.navigate.emit(DayPlanRoute(self._came_from) if self._came_from else FieldRoute(self._unit))
