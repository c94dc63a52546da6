"""Paketler: what came and what went, a package looked at before it is taken, a package made and carried away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.exchange.packages.format import SUFFIX
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.labels import Rule
from kume_desktop.gui.components.package_drops import PackageDrops
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.device_routes import DevicesRoute
from kume_desktop.gui.packages.doing import Doing, Outbox
from kume_desktop.gui.packages.introducing import IntroducingAgain
from kume_desktop.gui.packages.listing import ShortTable
from kume_desktop.gui.packages.lists import Lists
from kume_desktop.gui.packages.making import Making
from kume_desktop.gui.packages.report import Report
from kume_desktop.gui.packages.ways import way_on
from kume_desktop.gui.page import Action, KeyHint, Page, Toast
from kume_desktop.gui.routes import PackagesRoute, Route
from kume_desktop.services import roles
from kume_desktop.services.packages import work
from kume_desktop.services.packages.outbox import Sent
from kume_desktop.services.packages.overview import Came, Held, Overview
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.problems import Problem
    from kume_desktop.services.packages.overview import Going
    from kume_desktop.services.packages.reading import Examined


class PackagesPage(Page):
    """Three lists at the left, at the right what the bar is on or the report of a package."""

    def __init__(self, desk: Desk, route: PackagesRoute) -> None:
        super().__init__(desk)
        self._wanted = route.file
        self.worker = Doing(self)
        self._examined: Examined | None = None
        self._file: Path | None = None
        self._overview: Overview | None = None
        PackageDrops(self, self.look, anything=True)
        self._header = PageHeader(_(N_("Packages")))
        self._open = Button(_(N_("Open package…")))
        self._open.clicked.connect(self.choose)
        self._make = Button(_(N_("Prepare package")))
        self._make.clicked.connect(self.prepare)
        self._header.add_tool(self._open)
        self._header.add_tool(self._make)
        self.again = IntroducingAgain(self)
        self.outbox = Outbox(self)
        self.lists = Lists(self.choose, self.again.write, self.outbox.ask_delete)
        self.came, self.sent = self.lists.came, self.lists.sent
        self.came_table, self.sent_table = self.lists.came_table, self.lists.sent_table
        self.held_table = self.lists.held_table
        self.report = Report()
        self.making = Making(self.report)
        self._lay_out()
        self._join()
        self.refresh()

    def _lay_out(self) -> None:
        whole = QHBoxLayout()
        whole.setSpacing(0)
        whole.addWidget(self.lists, 1)
        whole.addWidget(self.report)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addWidget(Rule())
        page.addLayout(whole, 1)

    def _join(self) -> None:
        for table in (self.came_table, self.sent_table, self.held_table):
            table.current_row.connect(lambda _row, shown=table: self._show_row(shown))
        for table in (self.came_table, self.held_table):
            table.opened.connect(lambda _row, shown=table: self._show_row(shown))
        self.sent_table.opened.connect(lambda _row: self.outbox.copy())
        self.report.taken.connect(self.take)
        self.report.given_up.connect(self.give_up)
        self.report.copy_asked.connect(self.outbox.copy)
        self.report.delete_asked.connect(self.outbox.ask_delete)
        self.report.folder_asked.connect(self.outbox.show_folder)
        self.making.wanted.connect(self._make_package)
        self.making.computers_asked.connect(lambda: self.navigate.emit(DevicesRoute()))
        self.making.looked_at.connect(self.making.ask_advice(self.desk.companion, self))

    @property
    def going(self) -> tuple[Going, ...]:
        """Interviews on this laptop that a receipt covers, and that one may delete therefore."""
        return () if self._overview is None else self._overview.going

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Packages"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Open, prepare, copy, take, give up."""
        if self._examined is not None:
            return (KeyHint("Return", _(N_("Take in"))), KeyHint("Esc", _(N_("Cancel"))))
        delete = (KeyHint("Ctrl+Shift+Del", _(N_("Delete"))),) if self.going else ()
        return (
            KeyHint("Ctrl+O", _(N_("Open package…"))),
            KeyHint("Ctrl+Shift+O", _(N_("Prepare package"))),
            KeyHint("Ctrl+U", _(N_("Copy to USB…"))),
            *delete,
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """What one can do with packages."""
        acts = [
            Action("open-package", _(N_("Open package…")), self.choose, "Ctrl+O"),
            Action("prepare-package", _(N_("Prepare package")), self.prepare, "Ctrl+Shift+O"),
            Action("copy-package", _(N_("Copy to USB…")), self.outbox.copy, "Ctrl+U"),
            Action("outbox-folder", _(N_("Show in folder")), self.outbox.show_folder, "Ctrl+Shift+U"),
        ]
        if self._overview is not None and self._overview.keys_lost:
            acts.append(Action("introduce", _(N_("Introduce this computer again")), self.again.write, "Ctrl+J"))
        if self.going:
            acts.append(
                Action("delete", _(N_("Delete what the agency holds…")), self.outbox.ask_delete, "Ctrl+Shift+Del")
            )
        return tuple(acts)

    def here(self, route: Route) -> Route:  # noqa: ARG002 - what is looked at says where one is
        """The package that is looked at."""
        return PackagesRoute(str(self._examined.path) if self._examined is not None else "")

    def leave(self) -> None:
        """What runs ends here."""
        super().leave()
        self.worker.leave()

    def on_shown(self) -> None:
        """The button that opens a package has the focus, or the list where something is."""
        (self.came_table if self.came.rows else self._open).setFocus(Qt.FocusReason.OtherFocusReason)

    def side_panel(self) -> QWidget | None:
        """The report."""
        return self.report

    def cancel(self) -> bool:
        """Stop what runs, or put the report away; else the window goes back."""
        if self.worker.stop():
            return True
        if self._examined is not None or self.making.is_open or self.report.can_close:
            self.give_up()
            return True
        return False

    def refresh(self) -> None:
        """Read the lists again."""
        question = self.desk.companion.ask(self, work.OVERVIEW)
        question.answered.connect(lambda answer: self._show(work.overview_in(answer)))
        question.refused.connect(self.report.show_problems)

    def _show(self, found: Overview) -> None:
        self._overview = found
        self.lists.show_overview(found)
        if self.report.sent is not None:
            self._show_row(self.sent_table)
        self._header.set_facts(_facts(found))
        self.bind_keys()  # what may be deleted, and whether the keys were lost, is known now
        self.hints_changed.emit()
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.look(Path(wanted))

    def _show_row(self, table: ShortTable) -> None:
        """Tell of the row the bar is on, unless a report or a choice stands there."""
        row = table.selected()
        if self._examined is not None or self.making.is_open or row is None:
            return
        if isinstance(row, Sent):
            self.report.show_sent(row)
        elif isinstance(row, Came):
            self.report.show_came(row)
        elif isinstance(row, Held):
            self.report.show_held(row, len(self.going))

    def choose(self) -> None:
        """Ask for a package file."""
        kinds = f"{_(N_('Packages'))} (*{SUFFIX})"
        name, _kind = QFileDialog.getOpenFileName(self, _(N_("Open package…")), "", kinds)
        if name:
            self.look(Path(name))

    def look(self, file: Path) -> None:
        """Read a package beside the window and tell what it would change."""
        self.making.close()
        self._examined, self._file = None, file
        self.worker.run(work.EXAMINE, self._looked, _(N_("Reading the package")), file=str(file))

    def _looked(self, answer: Mapping[str, object]) -> None:
        self._examined = work.examined_in(answer)
        self.report.show_report(self._examined)
        if self.report.primary is not None:
            self.report.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hints_changed.emit()

    def take(self) -> None:
        """Take in the package that is looked at."""
        from kume_desktop.services.packages import reading

        found = self._examined
        if found is None:
            return
        if not found.brings_something:
            self.give_up()
            return
        self.worker.run(work.TAKE, self._taken, _(N_("Taking the package in")), examined=reading.record_of(found))

    def _taken(self, answer: Mapping[str, object]) -> None:
        self._examined = None
        self.report.show_nothing()
        told, wave = _told_taken(answer), self.desk.tell_taken()
        if wave:
            told = f"{told} {tr(N_('Wave {wave} has begun: you work in it now.'), wave=wave)}"
        self.toast.emit(Toast(told))
        self.refresh()

    def give_up(self) -> None:
        """Put the report or the choice away; nothing was stored."""
        self._examined = None
        self.making.close()
        self.report.show_nothing()
        self.hints_changed.emit()
        self.on_shown()

    def prepare(self) -> None:
        """Make a package: on a laptop at once, at the agency one says for whom and what."""
        if self._overview is None:
            return
        self._examined = None
        if self._overview.is_laptop:
            self._make_package(work.INTERVIEWS, "")
        else:
            head = self.desk.head
            may = head is not None and roles.role_may(head.role, roles.Right.DEVICES)
            self.making.open(self._overview.others, may_enrol=may)
        self.hints_changed.emit()

    def _make_package(self, kind: str, device_id: str) -> None:
        self.worker.run(work.MAKE, self._made, _(N_("Making the package")), kind=kind, device=device_id)

    def _made(self, _answer: Mapping[str, object]) -> None:
        self.making.close()
        self.report.show_nothing()
        self.desk.tell_changed()

        def newest(answer: Mapping[str, object]) -> None:
            self._show(work.overview_in(answer))
            self.sent_table.select(lambda row: bool(row.package_id == self.sent.rows[0].package_id))
            self.sent_table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._show_row(self.sent_table)
            # After the buttons that carry it away are there: the toast keeps off them.
            self.toast.emit(Toast(_(N_("The package lies in the outbox. Copy it to a stick with Ctrl U."))))

        self.desk.companion.ask(self, work.OVERVIEW).answered.connect(newest)

    def refused(self, problems: Sequence[Problem]) -> None:
        """Say why nothing was done."""
        self._examined = None
        self.making.close()
        laptop = self._overview is not None and self._overview.is_laptop
        way = way_on(self._file, problems, is_laptop=laptop)
        self.report.show_problems(problems, (way[0], partial(self.navigate.emit, way[1])) if way else None)
        self.hints_changed.emit()
        self.refresh()


def _told_taken(answer: Mapping[str, object]) -> str:
    """What came of it in words; what is zero is not told."""
    new, changed = _number(answer, "interviews_new"), _number(answer, "interviews_changed")
    waiting = _number(answer, "conflicts") + _number(answer, "doubles")
    if new and changed:
        parts = [tr(N_("Taken in: {new} new interviews, {changed} go on."), new=new, changed=changed)]
    elif new:
        parts = [tr(N_("Taken in: {count} new interviews."), count=new)]
    elif changed:
        parts = [tr(N_("Taken in: {count} interviews brought up to date."), count=changed)]
    elif _number(answer, "receipts") and not _number(answer, "new"):
        parts = [_(N_("The receipt of the agency was taken in."))]
    else:
        parts = [tr(N_("Taken in: {count} entries."), count=texts.number(_number(answer, "new"), 0))]
    if waiting:
        parts.append(tr(N_("{conflicts} decisions wait for you."), conflicts=waiting))
    return " ".join(parts)


def _number(answer: Mapping[str, object], name: str) -> int:
    value = answer.get(name, 0)
    return value if isinstance(value, int) else 0


def _facts(found: Overview) -> str:
    parts = [found.computer] if found.is_laptop else []
    if found.is_laptop:
        parts.append(
            tr(N_("{count} entries wait to be sent"), count=texts.number(found.waiting, 0))
            if found.waiting
            else _(N_("everything is in a package"))
        )
    else:
        parts.append(tr(N_("{count} computers"), count=len(found.others)))
    return " · ".join((*parts, _(N_("a dropped file is opened, too"))))
