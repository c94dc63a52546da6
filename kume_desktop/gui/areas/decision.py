"""The committee's own category of an area: written beside the computed one, never instead of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui.areas.decision_form import DecisionForm
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.figures import words
from kume_desktop.gui.page import Action, KeyHint, Page, SaveKind, SaveState, Toast
from kume_desktop.gui.routes import AreaRoute, DecisionRoute, Route, ScorecardRoute
from kume_desktop.problems import Refused
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore


class DecisionPage(Page):
    """One form; what is wrong is told at its field, earlier decisions stand below."""

    def __init__(self, desk: Desk, route: DecisionRoute) -> None:
        super().__init__(desk)
        self._area = route.area
        self.form: DecisionForm | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        method, score = self._read()
        if method is None:
            how = _(N_("Decisions rest on the categories of the method."))
            empty = EmptyState(_(N_("This study has no method yet.")), how)
            empty.setContentsMargins(32, 0, 32, 0)
            column.addWidget(empty)
            return
        self.form = DecisionForm(self._area_name(), _facts(score, method), method, score)
        self.form.frame.primary.clicked.connect(self.save)
        self.form.frame.back.clicked.connect(self.go_to_area)
        self.form.withdraw_asked.connect(self.withdraw)
        column.addWidget(self.form)
        self._show_stored()
        if route.typed:
            self.form.show_typed(route.typed)

    @property
    def title(self) -> str:
        """The page's name."""
        return tr(N_("Committee's decision: {area}"), area=self._area_name())

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Save or go back."""
        return (
            KeyHint("Ctrl+Return", _(N_("Save the decision"))),
            KeyHint("Tab", _(N_("Next field"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Save, withdraw, area."""
        return (
            Action("save", _(N_("Save the decision")), self.save, "Ctrl+Return"),
            Action("withdraw", _(N_("Withdraw the decision")), self.withdraw),
            Action("area", _(N_("Open the area")), self.go_to_area),
        )

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the page knows its own place
        """The area, with what was typed and not stored."""
        if self.form is None or not self.form.is_changed:
            return DecisionRoute(self._area)
        return DecisionRoute(self._area, self.form.typed)

    def on_shown(self) -> None:
        """Begin with the category."""
        if self.form is not None:
            self.form.take_focus()

    def save(self) -> None:
        """Store the decision and go to the area."""
        from kume_desktop.services import committee

        if self.form is None:
            return
        decision, problems = self.form.decision(self._area)
        if decision is None:
            self.form.refuse(problems)
            return
        try:
            committee.decide(self.desk.study, decision)
        except Refused as refused:
            self.form.refuse(refused.problems)
            return
        self._tell(_(N_("The committee's decision is stored.")))
        self.go_to_area()

    def withdraw(self) -> None:
        """Take the decision in force back; it stays in the history."""
        from kume_desktop.services import committee

        if self.form is None or self._area not in committee.decisions(self.desk.study):
            return
        committee.withdraw(self.desk.study, self._area)
        self._show_stored()
        self._tell(_(N_("The decision was withdrawn; it stays in the list below.")))

    def go_to_area(self) -> None:
        """Go to the page of the area."""
        self.navigate.emit(AreaRoute(self._area) if self._area else ScorecardRoute())

    def _tell(self, text: str) -> None:
        self.desk.tell_changed()
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self.toast.emit(Toast(text))

    def _show_stored(self) -> None:
        from kume_desktop.services import committee

        if self.form is not None:
            study = self.desk.study
            self.form.show_stored(committee.decisions(study).get(self._area), committee.history(study, self._area))

    def _read(self) -> tuple[Method | None, AreaScore | None]:
        from kume_desktop.services import results

        try:
            method = results.method(self.desk.study)
        except Refused:
            return None, None
        kept = results.latest(self.desk.study)
        areas = kept.areas if kept is not None else ()
        return method, next((one for one in areas if one.code == self._area), None)

    def _area_name(self) -> str:
        area = next((one for one in self.desk.study.areas() if one.code == self._area), None)
        if area is None:
            return self._area
        return area.name_en if texts.language() == "en" and area.name_en else area.name_tr


def _facts(score: AreaScore | None, method: Method) -> str:
    """endeks 76,1 · 71–80 · 2. Kategori – … · yayın 83."""
    if score is None or score.score is None or words.is_suppressed(score):
        return _(N_("The index has not been computed yet."))
    parts = (
        tr(N_("index {index}"), index=words.figure(score.score, 1)),
        words.span(score.interval),
        words.category(method, score.category),
        words.published(score),
    )
    return " · ".join(part for part in parts if part)
