"""Yedekler: when the last whole backup was made, what is in each of them, and the way to bring one back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.backups.inside import Inside
from kume_desktop.gui.backups.listing import columns, when
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.labels import Label, Rule, breakable
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.table import GAP, RowsModel, Table
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page, Progress, SaveKind, SaveState, Toast
from kume_desktop.gui.routes import BackupsRoute, RescueRoute, Route
from kume_desktop.gui.theme import Tone
from kume_desktop.services import backups
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.tasks import Task
    from kume_desktop.problems import Problem
    from kume_desktop.services.backups import Card, Overview


class BackupsPage(Page):
    """The list of backups, the look inside the one the bar is on, and the two places."""

    def __init__(self, desk: Desk, route: BackupsRoute) -> None:
        super().__init__(desk)
        self._wanted = route.archive
        self._task: Task | None = None
        self._header = PageHeader(_(N_("Backups")))
        self._make = Button(_(N_("Back up now")), Kind.PRIMARY)
        self._make.clicked.connect(self.make)
        self._header.add_tool(self._make)
        self.model: RowsModel[Card] = RowsModel(columns())
        self.table = Table(self.model, _(N_("Backups of the study")))
        self.table.opened.connect(lambda _row: self.look())
        self.inside = Inside()
        self.inside.wanted.connect(self.bring_back)
        self.table.current_row.connect(lambda _row: self.inside.clear())
        self._notes = QVBoxLayout()
        self._second = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        margin = theme.metrics().margin
        how = N_("A backup is made by itself when the study is opened and after each interview.")
        none = EmptyState(_(N_("There is no backup of this study yet.")), _(how), _(N_("Back up now")), self.make)
        none.setContentsMargins(GAP, 0, 0, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(none)
        left = QVBoxLayout()
        left.setContentsMargins(margin - GAP, 8, margin, 12)
        left.setSpacing(8)
        self._notes.setContentsMargins(GAP, 0, 0, 0)
        left.addLayout(self._notes)
        left.addWidget(self._stack, 1)
        left.addLayout(self._places())
        whole = QHBoxLayout()
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(self.inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(Rule())
        column.addLayout(whole, 1)

    def _places(self) -> QVBoxLayout:
        whole, row = QVBoxLayout(), QHBoxLayout()
        whole.setContentsMargins(GAP, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self._second)
        whole.addLayout(row)
        row.setSpacing(12)
        choose = Button(_(N_("Choose a second place…")))
        choose.clicked.connect(self.choose_second)
        self._forget = Button(_(N_("No second place")), Kind.QUIET)
        self._forget.clicked.connect(lambda: self.use_second(""))
        row.addWidget(choose)
        row.addWidget(self._forget)
        row.addStretch(1)
        return whole

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Backups"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Look inside, back up, bring back."""
        return (
            KeyHint("Return", _(N_("Look inside"))),
            KeyHint("Ctrl+B", _(N_("Back up now"))),
            KeyHint("Ctrl+R", _(N_("Bring back…"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """What one can do with backups."""
        return (
            Action("look", _(N_("Look inside")), self.look, "Return", bound=False),
            Action("back-up", _(N_("Back up now")), self.make, "Ctrl+B"),
            Action("bring-back", _(N_("Bring back…")), self.bring_back, "Ctrl+R"),
            Action("second-place", _(N_("Choose a second place…")), self.choose_second, "Ctrl+Shift+B"),
        )

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the bar says where one is
        """The backup the bar is on."""
        chosen = self.selected()
        return BackupsRoute(str(chosen.path) if chosen is not None else self._wanted)

    def on_shown(self) -> None:
        """The list has the focus."""
        (self.table if self.model.rows else self._make).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the list again."""
        self._read()

    def side_panel(self) -> QWidget | None:
        """The look inside."""
        return self.inside if self.inside.isVisible() else None

    def cancel(self) -> bool:
        """Stop a backup that is being made; it leaves nothing behind."""
        if self._task is not None and self._task.is_running:
            self._task.cancel()
            return True
        return False

    def selected(self) -> Card | None:
        """The backup the bar is on."""
        row = self.table.selected()
        return row if isinstance(row, backups.Card) else None

    def _read(self) -> None:
        self._show(backups.overview(self.desk.study))

    def _show(self, found: Overview) -> None:
        kept = self.selected()
        wanted = str(kept.path) if kept is not None else self._wanted
        self.model.set_rows(found.backups)
        self.table.select(lambda card: str(card.path) == wanted)
        self._stack.setCurrentIndex(0 if found.backups else 1)
        self._header.set_facts(_facts(found))
        self._show_notes(found.advice)
        here = tr(N_("Backups lie in {folder}."), folder=breakable(str(found.place)))
        if found.second is None:
            there = _(N_("There is no second place: if this computer is lost, its backups are lost with it."))
        else:
            there = tr(N_("Copies go to {folder}."), folder=breakable(str(found.second)))
        self._second.setText(f"{here} {there}")
        self._forget.setHidden(found.second is None)

    def _show_notes(self, problems: tuple[Problem, ...]) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for problem in problems:
            self._notes.addWidget(ProblemNote(texts.say(problem), hard=problem.is_error))

    def make(self) -> None:
        """Make a backup now, beside the window."""
        from kume_desktop.gui.tasks import Task
        from kume_desktop.services import worker

        if self._task is not None and self._task.is_running:
            return
        task = Task(worker.request(self.desk.study, "backup", reason=backups.ASKED), self)
        task.progressed.connect(self.busy)
        task.finished.connect(self._made)
        task.refused.connect(self._refused)
        task.cancelled.connect(self._ended)
        self._task = task
        self._make.setEnabled(False)
        self.busy.emit(Progress(0, 0, _(N_("Making a backup"))))
        task.start()

    def _ended(self) -> None:
        self._make.setEnabled(True)
        self.busy.emit(None)

    def _made(self, told: Mapping[str, object]) -> None:
        from kume_desktop.gui.tasks import problems_of

        self._ended()
        self._read()
        trouble = problems_of(told.get("problems"))
        if trouble:
            self._show_notes(trouble)
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self.toast.emit(Toast(tr(N_("Backup made: {count} entries"), count=str(told.get("events", "")))))

    def _refused(self, problems: tuple[Problem, ...]) -> None:
        self._ended()
        self._show_notes(problems)

    def look(self) -> None:
        """Read what is in the backup the bar is on; the companion opens it, nothing is changed."""
        from kume_desktop.services import companion

        card = self.selected()
        if card is None or card.problem is not None:
            if card is not None and card.problem is not None:
                self._show_notes((card.problem,))
            return
        self.inside.wait(card)
        question = self.desk.companion.ask(self, companion.BACKUP, archive=str(card.path))
        question.answered.connect(lambda answer: self._look_at(card, companion.backup(answer)))
        question.refused.connect(self._refused)

    def _look_at(self, card: Card, found: backups.Look) -> None:
        now = self.selected()
        if now is not None and now.path == card.path:
            self.inside.show_look(card, found)

    def bring_back(self) -> None:
        """Go to the page that brings a backup back: it closes the study first."""
        card = self.selected()
        if card is not None and card.problem is None:
            self.navigate.emit(RescueRoute(self.desk.study.path, str(card.path)))

    def choose_second(self) -> None:
        """Choose a folder, for example on a stick, that gets a copy of each backup."""
        chosen = QFileDialog.getExistingDirectory(self, _(N_("Second place for backups")))
        if chosen:
            self.use_second(chosen)

    def use_second(self, folder: str) -> None:
        """Use another second place from now on; the toast takes it back."""
        before = self.desk.settings.backup_folder
        if folder == before:
            return
        self._keep_second(folder)
        said = tr(N_("Second place: {folder}"), folder=folder) if folder else _(N_("No second place any more"))
        self.toast.emit(Toast(said, undo=lambda: self._keep_second(before)))

    def _keep_second(self, folder: str) -> None:
        from dataclasses import replace

        self.desk.change_settings(replace(self.desk.settings, backup_folder=folder))


def _facts(found: Overview) -> str:
    if found.last is None or found.last.made_at is None:
        return _(N_("No backup yet"))
    last = tr(N_("Last whole backup {when}"), when=when(found.last.made_at))
    if not found.behind:
        return f"{last} · {_(N_('nothing was written since'))}"
    return f"{last} · {tr(N_('{count} entries were written since'), count=found.behind)}"
