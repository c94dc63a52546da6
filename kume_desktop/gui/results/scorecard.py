"""Küme Karnesi: the areas by index with their category, and what follows for the selected one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Rule
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.basis_panel import BasisPanel
from kume_desktop.gui.figures.figure_page import FigurePage
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.page import Action, KeyHint, OpenWork, Toast
from kume_desktop.gui.results.area_detail import AreaDetail, Policies, Shown
from kume_desktop.gui.results.policy_editor import EVERY, PolicyEditor
from kume_desktop.gui.results.policy_texts import PolicyTexts
from kume_desktop.gui.results.score_table import ScoreTable
from kume_desktop.gui.routes import AreaRoute, FieldRoute, MethodRoute, ReportRoute, Route, ScorecardRoute
from kume_desktop.problems import Refused
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.scoring.results import AreaScore


class ScorecardPage(FigurePage):
    """The table above, the selected area below; D shows what the figures rest on."""

    def __init__(self, desk: Desk, route: ScorecardRoute) -> None:
        super().__init__(desk, _(N_("Cluster scorecard")))
        self._area = route.area
        self.table: ScoreTable | None = None
        self.editor: PolicyEditor | None = None
        self._policies: Policies = {}
        self.texts = PolicyTexts(desk, self)
        self.texts.changed.connect(self._origins_known)
        self.texts.refused.connect(self.show_problems)
        self.detail = AreaDetail()
        self.detail.basis_asked.connect(self.show_basis)
        self.detail.edit_asked.connect(self.edit_policies)
        self._to_method = Button(_(N_("Method")))
        self._to_method.clicked.connect(lambda: self.navigate.emit(MethodRoute()))
        self.header.add_tool(self._to_method)
        self._to_report = Button(_(N_("To the report")), Kind.PRIMARY)
        self._to_report.clicked.connect(self.go_to_report)
        self.header.add_tool(self._to_report)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.content, 1)
        self.basis = BasisPanel(self)
        self.basis.closed.connect(self._take_focus)
        self.computing.changed.connect(self._changed)
        self._fill()

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Choose, open, basis, report; in the editor save and leave."""
        if self.editor is not None:
            return (KeyHint("Ctrl+Return", _(N_("Save the texts"))), KeyHint("Esc", _(N_("Cancel"))))
        return (
            KeyHint("Up Down", _(N_("Choose an area"))),
            KeyHint("Return", _(N_("Open the area"))),
            KeyHint("D", _(N_("Show the basis"))),
            KeyHint("P", _(N_("Other category"))),
            KeyHint("Y", _(N_("Method"))),
            KeyHint("Ctrl+E", _(N_("To the report"))),
            KeyHint("F5", _(N_("Compute again"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Area, basis, policy texts, report, computing."""
        return (
            Action("area", _(N_("Open the area")), self.open_area, "Return", bound=False),
            Action("basis", _(N_("Show the basis")), self.show_basis, "D"),
            Action("other", _(N_("Policy texts of the other likely category")), self.detail.turn, "P"),
            Action("policies", _(N_("Edit the policy texts")), self.detail.edit, "Ctrl+P"),
            Action("method", _(N_("Open the method")), self._to_method.click, "Y"),
            Action("report", _(N_("To the report")), self.go_to_report, "Ctrl+E"),
            Action("compute", _(N_("Compute again")), self.retry, "F5", bound=False),
        )

    def here(self, route: Route) -> Route:
        """The selected area."""
        return ScorecardRoute(self.table.current.code) if self.table is not None else route

    def side_panel(self) -> QWidget | None:
        """The basis of the figures."""
        return self.basis

    def on_shown(self) -> None:
        """The table has the focus."""
        self.begin()
        self._take_focus()
        self.problem_shown.emit(self._work())

    def cancel(self) -> bool:
        """Esc stops computing, then closes the editor, then the basis."""
        if super().cancel():
            return True
        if self.editor is not None:
            self._leave_editor()
            return True
        if not self.basis.isHidden():
            self.basis.shut()
            return True
        return False

    def next_problem(self) -> bool:
        """F8: the next area whose category is not certain."""
        uncertain = [area.code for area in self._uncertain()]
        if self.table is None or not uncertain:
            return False
        codes = [area.code for area in self.table.areas]
        start = codes.index(self.table.current.code) + 1
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.table.select(next(code for code in (*codes[start:], *codes[:start]) if code in uncertain))
        return True

    def open_area(self) -> None:
        """Show the selected area on its own page."""
        if self.table is not None:
            self.navigate.emit(AreaRoute(self.table.current.code))

    def show_basis(self) -> None:
        """Show what the figures rest on, or close it."""
        if self.figures is None or self.table is None:
            return
        if not self.basis.isHidden():
            self.basis.shut()
            return
        self.basis.show_area(self.table.current, *self.figures)
        self._place_basis()

    def go_to_report(self) -> None:
        """Go to the report page."""
        self.navigate.emit(ReportRoute())

    def edit_policies(self, category: str) -> None:
        """Open the editor of a category's policy texts (`all`: of every category) in the place of the detail."""
        if self.table is None:
            return
        self._drop_editor()
        other = EVERY if category != EVERY else str(self.detail.category or self.table.current.category or 1)
        self.editor = PolicyEditor(category, other, self.texts.of(category))
        self.editor.saved.connect(self._save_policies)
        self.editor.left.connect(self._leave_editor)
        self.editor.other_asked.connect(self.edit_policies)
        self.detail.hide()
        self.body.addWidget(self.editor)
        self.editor.take_focus()
        self.content.reveal(self.editor)
        self.hints_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the panel at the right edge."""
        super().resizeEvent(event)
        self._place_basis()

    def _save_policies(self, category: str, pairs: tuple[tuple[str, str], ...]) -> None:
        from kume_desktop.services import policies

        try:
            policies.edit(self.desk.study, category, pairs)
        except Refused as refused:
            if self.editor is not None:
                self.editor.refuse(refused.problems)
            return
        self._leave_editor()
        self.texts.forget()
        self.computing.read()
        self.desk.tell_changed()
        self._fill()
        self._take_focus()
        self.save_state.emit(self.computing.state)
        self.toast.emit(Toast(_(N_("Policy texts saved as a new version of the method."))))

    def _leave_editor(self) -> None:
        self._drop_editor()
        self.detail.show()
        self._take_focus()
        self.hints_changed.emit()

    def _drop_editor(self) -> None:
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None

    def _changed(self) -> None:
        self.save_state.emit(self.computing.state)
        had_focus = self.table is not None and self.table.hasFocus()
        self._fill()
        if had_focus:
            self._take_focus()
        self.problem_shown.emit(self._work())

    def _fill(self) -> None:
        self._area = self.table.current.code if self.table is not None else self._area
        self.table = None
        self._drop_editor()
        self.basis.hide()
        self.detail.setParent(None)
        self.header.set_facts(self._facts())
        if self.figures is None:
            if self.computing.method is not None:
                self.show_not_computed()
            return
        results, method = self.figures
        if all(area.score is None for area in results.areas):
            self.show_nothing(
                _(N_("The scorecard needs at least one area with levels.")),
                _(N_("Levels come from completed interviews of the level form, or from a panel.")),
                _(N_("To the fieldwork")),
                lambda: self.navigate.emit(FieldRoute()),
            )
            return
        empty(self.body)
        self._policies = self.texts.by_category(method)
        self.texts.ask()
        self.table = ScoreTable(results, method)
        self.table.area_changed.connect(self._area_changed)
        self.table.area_opened.connect(lambda _area: self.open_area())
        self.body.addWidget(self.table)
        self.body.addWidget(Rule())
        self.body.addWidget(self.detail)
        self.detail.show()
        self.table.select(self._area)

    def _origins_known(self) -> None:
        if self.figures is not None and self.table is not None and self.editor is None:
            self._policies = self.texts.by_category(self.figures[1])
            self._area_changed(self.table.current)

    def _area_changed(self, area: AreaScore) -> None:
        if self.figures is None:
            return
        self.detail.show_area(Shown(area, *self.figures, self._policies))
        if not self.basis.isHidden():
            self.basis.show_area(area, *self.figures)

    def _facts(self) -> str:
        """134 / 372 firma · firma yolu · İZKA-2010 (3 düzey), sürüm 1 · hesaplandı 18 Aralık 2026 14:02."""
        if self.figures is None:
            return ""
        results, method = self.figures
        parts = (
            words.all_firms(results),
            words.route(results),
            words.method_name(method),
            words.computed(results, short=theme.is_compact()),
        )
        return " · ".join(parts)

    def _uncertain(self) -> tuple[AreaScore, ...]:
        areas = self.table.areas if self.table is not None else ()
        return tuple(
            area
            for area in areas
            if self.table is not None
            and area.category is not None
            and not words.is_suppressed(area)
            and not self.table.verdict(area).certain
            and not self.table.verdict(area).by_route_alone
        )

    def _work(self) -> OpenWork | None:
        count = len(self._uncertain())
        one, many = N_("{count} category uncertain"), N_("{count} categories uncertain")
        return OpenWork(tr(one if count == 1 else many, count=count)) if count else None

    def _take_focus(self) -> None:
        if self.table is not None:
            self.table.show()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_basis(self) -> None:
        if not self.basis.isHidden():
            self.basis.setGeometry(self.width() - self.basis.width(), 0, self.basis.width(), self.height())
            self.basis.raise_()
