"""Bringing a backup back, and saving a study that does not open: nothing is deleted, everything readable is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from kume_desktop.gui.backups.listing import place, when
from kume_desktop.gui.components.fields import PassphraseField, labelled
from kume_desktop.gui.components.form_page import FormFrame
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import KeyHint, Page, Progress
from kume_desktop.gui.routes import RescueRoute, Route, UnlockRoute
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.tasks import Task
    from kume_desktop.services.backups import Card


class RescuePage(Page):
    """Passphrase, which backup, and the act; afterwards what it did, in numbers."""

    def __init__(self, desk: Desk, route: RescueRoute) -> None:
        super().__init__(desk)
        if desk.has_study and desk.study.path == route.path:
            desk.close()
        self._route = route
        self._task: Task | None = None
        self._done = False
        self._cards: tuple[Card, ...] = ()
        self._form = FormFrame(_(N_("Bring a backup back")), route.path.name, _(N_("Show the backups")), _(N_("Back")))
        self._field = PassphraseField(_(N_("Passphrase")))
        self._field.returnPressed.connect(self.act)
        self._asked = labelled(_(N_("Passphrase")), self._field)
        self._picker = Picker(_(N_("Backup")))
        self._told = Label("", Role.BODY, wrap=True)
        self._told.hide()
        self._picker.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        safe = N_("The backup takes the place of the study. The old file is kept beside it under another name.")
        more = N_("Every entry that can still be read from it is added.")
        self._form.column.addWidget(Label(f"{_(safe)} {_(more)}", Role.BODY, Tone.TEXT2, wrap=True))
        self._form.column.addWidget(self._asked)
        self._form.column.addWidget(self._picker)
        self._form.column.addWidget(self._told)
        self._form.primary.clicked.connect(self.act)
        self._form.back.clicked.connect(lambda: self.navigate.emit(UnlockRoute(self._route.path)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Bring a backup back"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Go on or back."""
        return (KeyHint("Return", self._form.primary.text()), KeyHint("Esc", _(N_("Back"))))

    def on_shown(self) -> None:
        """The passphrase is asked first."""
        self._field.setFocus()

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the page knows its own
        """This page with the backup that was chosen; never the passphrase."""
        return RescueRoute(self._route.path, self._picker.current or self._route.archive)

    def leave(self) -> None:
        """A passphrase that was typed is forgotten."""
        self._field.clear()

    def cancel(self) -> bool:
        """A restoring that has begun is not interrupted; before it, Esc goes back."""
        return self._task is not None and self._task.is_running

    def act(self) -> None:
        """Show the backups, then bring the chosen one back, then open the study."""
        if self._task is not None and self._task.is_running:
            return
        if self._done:
            self.navigate.emit(UnlockRoute(self._route.path))
        elif self._cards:
            self._bring_back()
        else:
            self._show_backups()

    def _show_backups(self) -> None:
        from kume_desktop.services import backups

        try:
            found = tuple(one for one in backups.of_file(self._route.path, self._field.text()) if one.problem is None)
        except Refused as refused:
            self._refuse(refused.problems)
            return
        if not found:
            self._refuse((problem("backup.none", folder=str(self._route.path.parent)),))
            return
        self._form.refuse(())
        self._cards = found
        self._picker.set_items([(str(one.path), _words(one)) for one in found])
        chosen = self._route.archive or str(found[0].path)
        self._picker.set_current(chosen if any(str(one.path) == chosen for one in found) else str(found[0].path))
        self._asked.hide()
        self._picker.show()
        self._form.primary.setText(_(N_("Bring this backup back")))
        # Enter on the picker would open its list, and the bar says that it brings the backup back.
        self._form.primary.setFocus()
        self.hints_changed.emit()

    def _bring_back(self) -> None:
        from kume_desktop.gui.tasks import Task
        from kume_desktop.services import backups

        request = backups.request(self._route.path, self._field.text(), Path(self._picker.current))
        task = Task(request, self)
        task.progressed.connect(self._form.header.set_busy)
        task.finished.connect(self._finished)
        task.refused.connect(self._refuse)
        task.cancelled.connect(lambda: self._refuse(()))
        self._task = task
        self._form.primary.setEnabled(False)
        # Not in the bar: that would offer to stop what must not be stopped half-way.
        self._form.header.set_busy(Progress(0, 0, ""))
        self._told.setText(_(N_("Bringing a backup back")))
        self._told.show()
        task.start()

    def _finished(self, told: Mapping[str, object]) -> None:
        self._done = True
        self._field.clear()
        self._form.header.set_busy(None)
        self._picker.hide()
        self._told.setText("\n".join(_lines(told)))
        self._told.show()
        self._form.refuse(())
        self._form.primary.setEnabled(True)
        self._form.primary.setText(_(N_("Open the study")))
        self._form.primary.setFocus()
        self.hints_changed.emit()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self._form.header.set_busy(None)
        self._told.hide()
        self._form.primary.setEnabled(True)
        self._form.refuse(problems)
        if not self._cards:
            self._field.selectAll()
            self._field.setFocus()


def _words(card: Card) -> str:
    if card.made_at is None:
        return card.path.name
    interviews = tr(N_("{count} interviews"), count=card.interviews)
    return f"{when(card.made_at)} · {interviews} · {place(card)}"


def _lines(told: Mapping[str, object]) -> tuple[str, ...]:
    """What was brought back, what is missing, and where the old file lies."""

    def count(name: str) -> int:
        found = told.get(name)
        return found if isinstance(found, int) else 0

    lines = [
        tr(
            N_("{count} entries came from the backup of {when}."),
            count=count("from_backup"),
            when=when(datetime.fromisoformat(str(told["made_at"]))),
        ),
        tr(N_("{count} newer entries were read from the old file."), count=count("salvaged")),
    ]
    if count("replayed"):
        packed = N_("{count} were read from packages that this computer had made.")
        lines.append(tr(packed, count=count("replayed")))
    if count("interviews"):
        lines.append(tr(N_("They belong to {count} interviews."), count=count("interviews")))
    missing = count("missing") + count("refused")
    if missing:
        lines.append(tr(N_("{count} entries are missing: they stood on damaged places."), count=missing))
    if told.get("aside"):
        lines.append(tr(N_("The old file is kept: {file}"), file=str(told["aside"])))
    return tuple(lines)
