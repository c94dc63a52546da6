"""Any two versions of a questionnaire side by side, or a version and a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.table import GAP
from kume_desktop.gui.forms import files
from kume_desktop.gui.forms.differences_list import DifferencesList
from kume_desktop.gui.forms.part import Part
from kume_desktop.gui.page import Action, KeyHint, Progress
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.companion import Question
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.routes import FormRoute
    from kume_desktop.services.questionnaires import VersionLine

FILE = "file"


class ComparePart(Part):
    """The two newest versions at first; with one version it waits for a workbook."""

    def __init__(self, desk: Desk, route: FormRoute) -> None:
        super().__init__()
        from kume_desktop.services import questionnaires

        self._desk = desk
        self._held = questionnaires.versions_of(desk.study, route.instrument_id)
        self.file = route.file
        self._question: Question | None = None
        self.old = Picker(_(N_("Earlier")), theme.px(300))
        self.new = Picker(_(N_("Later")), theme.px(300))
        self.choose = Button(_(N_("Choose a workbook…")))
        self.listing = DifferencesList()
        self._offer(route)
        self._lay_out()
        self.old.picked.connect(lambda _key: self.compare())
        self.new.picked.connect(self._pick)
        self.choose.clicked.connect(self.choose_file)

    def _lay_out(self) -> None:
        how = N_("Only one version is installed. Choose a workbook to see what it would change.")
        words = _(N_("Nothing to compare yet."))
        self._alone = alone = EmptyState(words, _(how), _(N_("Choose a workbook…")), self.choose_file, "Ctrl+O")
        alone.setContentsMargins(GAP, 0, GAP, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.listing)
        self._stack.addWidget(alone)
        self._sides = QWidget()
        row = QHBoxLayout(self._sides)
        row.setContentsMargins(GAP, 4, 0, 4)
        row.setSpacing(8)
        for tool in (self.old, self.new, self.choose):
            row.addWidget(tool)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._sides)
        column.addWidget(self._stack, 1)

    def _offer(self, route: FormRoute) -> None:
        versions = [(one.version_id, _told(one)) for one in self._held]
        self.old.set_items(versions)
        self._offer_new()
        newest, second = (*(key for key, _word in versions), "", "")[:2]
        self.old.set_current(route.old or second or newest)
        self.new.set_current(FILE if self.file else route.new or newest)

    def _offer_new(self) -> None:
        versions = [(one.version_id, _told(one)) for one in self._held]
        self.new.set_items([*versions, *([(FILE, Path(self.file).name)] if self.file else [])])

    @property
    def sides(self) -> tuple[str, str]:
        """The versions that are compared; `file` is the workbook."""
        return self.old.current, self.new.current

    def begin(self) -> None:
        """Compare what is chosen."""
        self.compare()

    def acts(self) -> tuple[Action, ...]:
        """Choose both sides."""
        return (
            Action("earlier", _(N_("Choose the earlier version")), self.old.open_list, "Alt+E"),
            Action("later", _(N_("Choose the later version")), self.new.open_list, "Alt+L"),
            Action("compare-file", _(N_("Compare with a workbook…")), self.choose_file, "Ctrl+O"),
        )

    def hints(self) -> tuple[KeyHint, ...]:
        """Both sides, a workbook."""
        return (
            KeyHint("Alt+E", _(N_("Earlier"))),
            KeyHint("Alt+L", _(N_("Later"))),
            KeyHint("Ctrl+O", _(N_("Workbook"))),
        )

    def take_focus(self) -> None:
        """The differences have the focus; with one version the way to a workbook."""
        if self._stack.currentWidget() is self._alone and self._alone.button is not None:
            self._alone.button.setFocus()
        else:
            self.listing.take_focus()

    def choose_file(self) -> None:
        """Compare the newest version with a workbook."""
        near = Path(self.file).parent if self.file else self._desk.study.path.parent
        chosen = files.ask_form(self, near)
        if chosen is not None:
            self.show_file(chosen)

    def show_file(self, file: Path) -> None:
        """Compare the newest version with this workbook."""
        self.file = str(file)
        self._offer_new()
        self.new.set_current(FILE)
        if self._held:
            self.old.set_current(self._held[0].version_id)
        self.compare()

    def compare(self) -> None:
        """Ask the companion what differs between the two sides."""
        from kume_desktop.services import companion

        self.let_go()
        self.refused.emit(())
        old, new = self.sides
        if old == new or not old:
            alone = len(self._held) == 1
            self._stack.setCurrentIndex(1 if alone else 0)
            self._sides.setHidden(alone)
            self.listing.show_rows(())
            self.said.emit("" if alone else _(N_("Both sides are the same version.")))
            return
        self._sides.show()
        later = {"file": self.file} if new == FILE else {"version": new}
        self.progressed.emit(Progress(0, 0, _(N_("Comparing the versions"))))
        question = self._desk.companion.ask(self, companion.DIFFERENCES, old={"version": old}, new=later)
        question.answered.connect(self._show)
        question.refused.connect(self._refuse)
        self._question = question

    def let_go(self) -> None:
        """Nobody waits for an answer any more."""
        if self._question is not None:
            self._question.drop()
            self.progressed.emit(None)
        self._question = None

    def cancel(self) -> bool:
        """Stop waiting for the comparison."""
        is_waiting = self._question is not None
        self.let_go()
        return is_waiting

    def _pick(self, _key: str) -> None:
        self.compare()

    def _show(self, answer: Mapping[str, Any]) -> None:
        from kume_desktop.services import questionnaires

        self._question = None
        self.progressed.emit(None)
        found = questionnaires.compared(answer)
        self._stack.setCurrentIndex(0)
        self.listing.show_rows(found.differences)
        told = N_("{count} differences between version {old} and version {new}")
        self.said.emit(tr(told, count=len(found.differences), old=found.old_version, new=found.new_version))

    def _refuse(self, problems: object) -> None:
        self._question = None
        self.progressed.emit(None)
        self.listing.show_rows(())
        self.refused.emit(problems)


def _told(one: VersionLine) -> str:
    moment = one.installed_at.astimezone()
    return tr(N_("version {version}, {day}"), version=one.version, day=f"{texts.short_date(moment)} {moment.year}")
