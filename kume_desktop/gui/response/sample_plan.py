"""The sample plan: how many firms to ask in every area, the seeded draw, and the reserve."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.figures.refilling import refilled
from kume_desktop.gui.figures.section_head import SectionHead, empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page, SaveKind, SaveState, Toast
from kume_desktop.gui.response.area_plan import AreaPlanPart
from kume_desktop.gui.response.plan_settings import PlanSettingsForm
from kume_desktop.gui.routes import FieldRoute, FieldRulesRoute, ResponseRoute, Route, SamplePlanRoute
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.sample_plan import PlanSettings


class SamplePlanPage(Page):
    """The settings above, one part an area below; the settings are kept as soon as a field is left."""

    def __init__(self, desk: Desk, route: SamplePlanRoute) -> None:  # noqa: ARG002 - every page takes its route
        super().__init__(desk)
        from kume_desktop.services import sample_plan

        self._before: list[PlanSettings] = []
        self._settings = sample_plan.settings(desk.study)
        self._notes = QVBoxLayout()
        self._form = QVBoxLayout()
        self._areas = QVBoxLayout()
        margin = theme.metrics().margin - RING_ROOM
        scroll = ScrollColumn(960, margins=(margin, 0, margin, 24))
        scroll.column.setSpacing(8)
        scroll.column.addLayout(self._notes)
        scroll.column.addLayout(self._form)
        scroll.column.addLayout(self._areas)
        scroll.column.addStretch(1)
        facts = _(N_("The interval is that of an index from 0 to 100, 95 % confidence."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(_(N_("Sample plan")), facts))
        column.addWidget(scroll, 1)
        self._show_form()
        # The settings can be read while the plan is made.
        QTimer.singleShot(0, self, self._show_areas)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Sample plan"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Fields, totals, firms."""
        return (
            KeyHint("Tab", _(N_("Next field"))),
            KeyHint("Ctrl+L", _(N_("Totals of the list"))),
            KeyHint("Ctrl+O", _(N_("To the fieldwork"))),
            KeyHint("Ctrl+Z", _(N_("Undo"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Where the totals are entered and where the firms are."""
        return (
            Action("totals", _(N_("Totals of the list")), lambda: self.navigate.emit(ResponseRoute()), "Ctrl+L"),
            Action("firms", _(N_("To the fieldwork")), lambda: self.navigate.emit(FieldRoute()), "Ctrl+O"),
            Action("undo", _(N_("Take the last change back")), self.undo, "Ctrl+Z", bound=False),
        )

    def on_shown(self) -> None:
        """Begin at the first setting."""
        self.setFocus()
        self.focusNextChild()

    def here(self, route: Route) -> Route:
        """This page."""
        return route

    def undo(self) -> bool:
        """Plan as before the last change."""
        if not self._before:
            return False
        self._settings = self._before.pop()
        self._try(self._save)
        self._show_form()
        return True

    def _show_form(self) -> None:
        with refilled(self, self._form):
            self._form.addWidget(SectionHead(_(N_("What the plan is made for"))))
            form = PlanSettingsForm(self._settings)
            form.changed.connect(self._change)
            self._form.addWidget(form)

    def _change(self, wanted: PlanSettings) -> None:
        before, self._settings = self._settings, wanted
        if self._try(self._save):
            self._before.append(before)
        else:
            self._settings = before

    def _save(self) -> None:
        from kume_desktop.services import sample_plan

        sample_plan.save_settings(self.desk.study, self._settings)

    def _show_areas(self) -> None:
        with refilled(self, self._areas):
            self._add_areas()

    def _add_areas(self) -> None:
        from kume_desktop.services import sample_plan

        names = {one.code: _name(one.name_tr, one.name_en) for one in self.desk.study.areas()}
        plans, drawn = sample_plan.plan(self.desk.study, self._settings), sample_plan.samples(self.desk.study)
        for one in plans:
            part = AreaPlanPart(names[one.area], one, drawn[one.area])
            part.draw_wanted.connect(self._draw)
            part.release_wanted.connect(lambda _area: self._release())
            self._areas.addWidget(part)
        if not plans:
            nothing = _(N_("The study has no activity areas yet; they are added in the settings."))
            self._areas.addWidget(Label(nothing, Role.BODY, Tone.TEXT2, wrap=True))

    def _draw(self, area: str) -> None:
        from kume_desktop.services import sample_plan

        if self._try(lambda: sample_plan.draw(self.desk.study, area, self._settings)):
            self.toast.emit(Toast(_(N_("The sample was drawn; seed and chances are kept with every firm."))))

    def _release(self) -> None:
        """The reserve stands with the rules of the field: a release asks for its reason there."""
        self.navigate.emit(FieldRulesRoute("reserve"))

    def _try(self, act: Callable[[], object]) -> bool:
        """Do it, show the plan again; what the study refuses is said on top."""
        problems: tuple[Problem, ...] = ()
        try:
            act()
        except Refused as refused:
            problems = refused.problems
        empty(self._notes)
        for one in problems:
            note = ProblemNote(texts.say(one), hard=one.is_error)
            self._notes.addWidget(note)
            note.say()
        if problems:
            return False
        self.desk.tell_changed()
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self._show_areas()
        return True


def _name(turkish: str, english: str) -> str:
    return english if texts.language() == "en" and english else turkish
