"""Ölçme araçları: the questionnaires of the study in their versions, and the way to everything done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.table import GAP, Column, RowsModel, Table
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.forms import files
from kume_desktop.gui.forms.notes import show_notes
from kume_desktop.gui.page import Action, KeyHint, OpenWork, Page
from kume_desktop.gui.routes import FormCheckRoute, FormRoute, FormsRoute, Route, SubmissionsRoute
from kume_desktop.gui.theme import Tone
from kume_desktop.services import roles
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.problems import Problem
    from kume_desktop.services.questionnaires import Questionnaire, VersionLine


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of a questionnaire as a row; `place` keeps the order of the study, the newest version first."""

    place: int
    form: Questionnaire
    line: VersionLine


class FormsPage(Page):
    """The list; its counts come from the companion, the rest stands there at once."""

    def __init__(self, desk: Desk, route: FormsRoute) -> None:
        super().__init__(desk)
        self._wanted = route.instrument_id
        self._may_change = roles.may(desk.study, roles.Right.MANAGE)
        self._may_export = roles.may(desk.study, roles.Right.RESULTS)
        self._forms: tuple[Questionnaire, ...] = ()
        self._header = PageHeader(_(N_("Questionnaires")))
        self.model: RowsModel[VersionRow] = RowsModel(_columns())
        self.table = Table(self.model, _(N_("Questionnaires of the study")))
        self.table.opened.connect(lambda _row: self.open())
        self._add = Button(_(N_("Add or renew a questionnaire…")), Kind.PRIMARY)
        self._add.clicked.connect(self.add)
        self._export = Button(_(N_("Submissions…")))
        self._export.clicked.connect(self.submissions)
        self.setAcceptDrops(self._may_change)
        self._notes = QVBoxLayout()
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        margin = theme.metrics().margin
        for tool, is_offered in ((self._export, self._may_export), (self._add, self._may_change)):
            if is_offered:
                self._header.add_tool(tool)
        how = N_("Choose the Excel workbook of a questionnaire: it is checked before anything is stored.")
        nothing = N_("A questionnaire is added by the staff.")
        words = _(N_("The study has no questionnaire yet."))
        none = EmptyState(words, _(nothing))
        if self._may_change:
            none = EmptyState(words, _(how), _(N_("Add or renew a questionnaire…")), self.add, "Ctrl+O")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(none)
        told = N_("A workbook can be dropped here. New interviews take the newest version; begun ones stay in theirs.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(Rule())
        inner = QVBoxLayout()
        inner.setContentsMargins(margin - GAP, 8, margin, 12)
        inner.setSpacing(8)
        self._notes.setContentsMargins(GAP, 0, 0, 0)
        inner.addLayout(self._notes)
        inner.addWidget(self._stack, 1)
        if self._may_change:
            said = Label(_(told), Role.SECOND, Tone.TEXT2, wrap=True)
            said.setIndent(GAP)
            inner.addWidget(said)
        column.addLayout(inner, 1)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Questionnaires"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Open, add, drafts, compare, test."""
        own = (KeyHint("Ctrl+O", _(N_("Add or renew"))), KeyHint("D", _(N_("Drafts")))) if self._may_change else ()
        return (
            KeyHint("Return", _(N_("Open"))),
            *own,
            KeyHint("C", _(N_("Compare"))),
            KeyHint("T", _(N_("Tests"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """What one can do with the questionnaire the bar is on, and with all of them."""
        read = (
            Action("open", _(N_("Open the questionnaire")), self.open, "Return", bound=False),
            Action("compare", _(N_("Compare two versions")), lambda: self.open("compare"), "C"),
            Action("tests", _(N_("Run the form's tests")), lambda: self.open("tests"), "T"),
        )
        change = (
            Action("add-form", _(N_("Add or renew a questionnaire…")), self.add, "Ctrl+O", icon="file-plus"),
            Action("drafts", _(N_("Move drafts to the newest version")), lambda: self.open("drafts"), "D"),
        )
        submissions = Action(
            "submissions", _(N_("Export or import ODK submissions")), self.submissions, "Ctrl+Shift+S"
        )  # fmt: skip
        return (*read, *(change if self._may_change else ()), *((submissions,) if self._may_export else ()))

    def on_shown(self) -> None:
        """The list has the focus."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the bar says where one is
        """The questionnaire the bar is on."""
        chosen = self.selected()
        return FormsRoute(chosen.form.instrument_id if chosen is not None else self._wanted)

    def refresh(self) -> None:
        """Read the list again."""
        self._read()

    def next_problem(self) -> bool:
        """Go to the drafts that are still in an older version (F8)."""
        late = next((one for one in self._forms if one.older_drafts), None)
        if late is None or not self._may_change:
            return False
        self.navigate.emit(FormRoute(late.instrument_id, "drafts"))
        return True

    def selected(self) -> VersionRow | None:
        """The row the bar is on."""
        row = self.table.selected()
        return row if isinstance(row, VersionRow) else None

    def open(self, part: str = "") -> None:
        """Go to the questionnaire the bar is on."""
        row = self.selected()
        if row is not None:
            self.navigate.emit(FormRoute(row.form.instrument_id, part))

    def add(self) -> None:
        """Ask for a workbook and have it checked."""
        chosen = files.ask_form(self, self.desk.study.path.parent)
        if chosen is not None:
            self.navigate.emit(FormCheckRoute(chosen))

    def submissions(self) -> None:
        """Go to the submissions."""
        row = self.selected()
        self.navigate.emit(SubmissionsRoute(row.form.instrument_id if row is not None else ""))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A single workbook may be dropped."""
        if files.dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Have the workbook checked."""
        file = files.dropped(event)
        if file is not None:
            event.acceptProposedAction()
            self.navigate.emit(FormCheckRoute(Path(file)))

    def _read(self) -> None:
        from kume_desktop.services import companion, questionnaires

        if not self._forms:
            self._show(questionnaires.known(self.desk.study))
        question = self.desk.companion.ask(self, companion.OVERVIEW)
        question.answered.connect(lambda answer: self._show(questionnaires.questionnaires(answer)))
        question.refused.connect(self._refuse)

    def _show(self, forms: Sequence[Questionnaire]) -> None:
        chosen = self.selected()
        self._forms = tuple(forms)
        rows = [(form, line) for form in forms for line in form.versions]
        self.model.set_rows([VersionRow(place, form, line) for place, (form, line) in enumerate(rows)])
        self._stack.setCurrentIndex(0 if rows else 1)
        if chosen is not None:
            self.table.select(lambda row: row.line.version_id == chosen.line.version_id)
        else:
            self.table.select(lambda row: row.form.instrument_id == self._wanted)
        older = sum(form.older_drafts for form in forms)
        told = tr(N_("{count} questionnaires · {versions} versions"), count=len(forms), versions=len(rows))
        late = tr(N_("{count} drafts in an older version"), count=older) if older else ""
        self._header.set_facts(" · ".join(part for part in (told, late) if part))
        self.problem_shown.emit(OpenWork(late, "history") if late and self._may_change else None)

    def _refuse(self, problems: Sequence[Problem]) -> None:
        show_notes(self._notes, problems)


def _columns() -> tuple[Column[VersionRow], ...]:
    def by_place(row: VersionRow) -> int:
        return row.place

    return (
        Column("title", _(N_("Questionnaire")), lambda row: row.form.title, by_place, first=True),
        Column("id", _(N_("Form ID")), lambda row: row.form.instrument_id, width=168),
        Column("version", _(N_("Version")), lambda row: row.line.version, by_place, width=84),
        Column("installed", _(N_("Installed")), _installed, lambda row: row.line.installed_at, width=148),
        _counted("questions", _(N_("Questions")), 88),
        _counted("begun", _(N_("Begun")), 84),
        _counted("finished", _(N_("Finished")), 96),
        _counted("drafts", _(N_("Drafts")), 88),
    )


def _counted(name: str, title: str, width: int) -> Column[VersionRow]:
    def number(row: VersionRow) -> int:
        return int(getattr(row.line, name))

    def told(row: VersionRow) -> str:
        return str(number(row)) if row.line.questions >= 0 else "–"

    return Column(name, title, told, number, width, right=True)


def _installed(row: VersionRow) -> str:
    moment = row.line.installed_at.astimezone()
    return f"{texts.short_date(moment)} {moment.year} {texts.clock(moment)}"
