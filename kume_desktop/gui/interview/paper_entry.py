"""Typing a paper form: when it was asked, who asked, who types; then the interview opens as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from kume_desktop.gui.components.fields import TextField, labelled
from kume_desktop.gui.components.form_page import Field, FormFrame
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.typed_date import read_date
from kume_desktop.gui.page import Action, KeyHint, Page
from kume_desktop.gui.routes import FieldRoute, InterviewRoute, PaperEntryRoute, Route
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.views import FirmRow


class PaperEntryPage(Page):
    """Nothing is stored before "Begin typing"; an interview that was begun on paper already just opens."""

    def __init__(self, desk: Desk, route: PaperEntryRoute) -> None:
        super().__init__(desk)
        from kume_desktop.services import paper_entry

        self._route = route
        firm = _firm(desk, route.unit_id)
        self._firm = firm.name if firm is not None else ""
        day, asked_by, typed_by = (*route.typed, "", "", "")[:3]
        self.day = TextField(_(N_("Day on the paper form")), day, _(N_("dd.mm.yyyy")))
        self.asked_by = TextField(_(N_("Who asked")), asked_by or (firm.interviewer if firm is not None else ""))
        self.typed_by = TextField(_(N_("Who types")), typed_by or desk.study.person)
        begin = _(N_("Begin typing"))
        self.forms = Picker("")
        self.forms.set_items(paper_entry.forms_left(desk.study, route.unit_id, route.instrument_id))
        self.forms.set_current(route.instrument_id)
        self._form = FormFrame(self._title(), self._firm, begin, _(N_("Back")))
        self._form.primary.clicked.connect(self.begin)
        self._form.back.clicked.connect(self._go_back)
        self._form.column.addWidget(labelled(_(N_("Questionnaire")), self.forms))
        hint = _(N_("The questions take this day for today; the log keeps when each answer was typed."))
        self._form.column.addWidget(labelled(self.day.accessibleName(), self.day, hint))
        self._form.column.addWidget(labelled(self.asked_by.accessibleName(), self.asked_by))
        self._form.column.addWidget(labelled(self.typed_by.accessibleName(), self.typed_by))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)

    @staticmethod
    def _title() -> str:
        return _(N_("Type a paper form"))

    @property
    def title(self) -> str:
        """What is done, and for whom."""
        return tr(N_("Paper form – {firm}"), firm=self._firm)

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Begin or go back."""
        return (
            KeyHint("Ctrl+Return", _(N_("Begin typing"))),
            KeyHint("Tab", _(N_("Next field"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Begin."""
        return (Action("begin", _(N_("Begin typing")), self.begin, "Ctrl+Return"),)

    def on_shown(self) -> None:
        """The day is not known; the names mostly are."""
        self.day.setFocus()

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the page knows its own
        """This page with what was typed."""
        typed = (self.day.text(), self.asked_by.text(), self.typed_by.text())
        return PaperEntryRoute(self._route.unit_id, self.forms.current, typed)

    def begin(self) -> None:
        """Keep the facts and open the interview."""
        from kume_desktop.services import paper_entry

        day = read_date(self.day.text())
        if day is None and self.day.text().strip():
            self._form.refuse((problem("window.bad-date", text=self.day.text().strip()),), self._field_of)
            return
        unit_id, form = self._route.unit_id, self.forms.current
        try:
            paper_entry.begin(self.desk.study, unit_id, form, day, self.asked_by.text(), self.typed_by.text())
        except Refused as refused:
            self._form.refuse(refused.problems, self._field_of)
            return
        self.desk.tell_changed()
        self.navigate.emit(InterviewRoute(unit_id, form))

    def _field_of(self, problem: Problem) -> Field | None:
        fields: dict[str, Field] = {
            "paper.no-day": self.day,
            "paper.day-to-come": self.day,
            "field.far-day": self.day,
            "window.bad-date": self.day,
            "paper.no-asker": self.asked_by,
            "paper.no-typist": self.typed_by,
        }
        return fields.get(problem.code)

    def _go_back(self) -> None:
        self.navigate.emit(FieldRoute(self._route.unit_id))


def _firm(desk: Desk, unit_id: str) -> FirmRow | None:
    """The firm, read by itself: a page for one firm does not wait for all of them."""
    from kume_desktop.services import fieldwork

    try:
        return fieldwork.firm_row(desk.study, unit_id)
    except Refused:
        return None
