"""What the page has the worker do, one thing at a time; and what one does with packages that lie in the outbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from kume_desktop.gui.page import Progress, Toast
from kume_desktop.services.packages import work
from kume_desktop.services.packages.outbox import Sent
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.packages.page import PackagesPage
    from kume_desktop.gui.tasks import Task
    from kume_desktop.services.packages.overview import Going

Answer = Mapping[str, object]


class Doing(QObject):
    """The worker of the page."""

    def __init__(self, page: PackagesPage) -> None:
        super().__init__(page)
        self._page = page
        self._task: Task | None = None
        self._verb, self._words = "", ""
        self._is_left = False

    @property
    def is_running(self) -> bool:
        """Whether the worker is at it."""
        return self._task is not None and self._task.is_running

    def run(self, verb: str, done: Callable[[Answer], None], words: str, **params: object) -> None:
        """Let the worker do it, unless it does something already."""
        from kume_desktop.gui.tasks import Task
        from kume_desktop.services import worker

        page = self._page
        if self.is_running:
            page.toast.emit(Toast(tr(N_("Under way: {what}. Esc stops it."), what=self._words)))
            return
        self._verb, self._words = verb, words
        task = self._task = Task(worker.request(page.desk.study, verb, **params), self)
        task.progressed.connect(page.busy)
        task.finished.connect(lambda answer: self._ended(lambda: done(answer)))
        task.refused.connect(lambda problems: self._ended(lambda: page.refused(problems)))
        task.cancelled.connect(lambda: self._ended(self._stopped))
        page.busy.emit(Progress(0, 0, words))
        task.start()

    def stop(self) -> bool:
        """Stop what runs; False where nothing does."""
        if self._task is None or not self.is_running:
            return False
        self._task.cancel()
        return True

    def leave(self) -> None:
        """The page is left: what runs ends with it, so that nothing writes beside an interview; say so."""
        self._is_left = True
        if self.stop() and self._verb != work.EXAMINE:
            told = N_("Stopped, because the page was left: {what}. Packages tells whether it was done before.")
            self._page.toast.emit(Toast(tr(told, what=self._words)))

    def _stopped(self) -> None:
        """What was stopped is done wholly or not at all: the lists are read again."""
        if self._verb != work.EXAMINE:
            told = N_("Stopped: {what}. It is done wholly or not at all; the lists tell.")
            self._page.toast.emit(Toast(tr(told, what=self._words)))
            self._page.refresh()
        self._page.give_up()

    def _ended(self, then: Callable[[], None]) -> None:
        if self._is_left:
            return
        self._page.busy.emit(None)
        then()


class Outbox(QObject):
    """Copying away, showing the folder, deleting what the agency holds."""

    def __init__(self, page: PackagesPage) -> None:
        super().__init__(page)
        self._page = page
        self._asked: tuple[Going, ...] = ()

    def copy(self) -> None:
        """Copy the package the bar is on into a folder that one chooses."""
        page = self._page
        row = page.sent_table.selected() or (page.sent.rows[0] if page.sent.rows else None)
        if not isinstance(row, Sent):
            return
        folder = QFileDialog.getExistingDirectory(page, _(N_("Copy to USB…")))
        if folder:
            words = _(N_("Copying the package"))
            page.worker.run(work.COPY, self._copied, words, package=row.package_id, folder=folder)

    def _copied(self, answer: Answer) -> None:
        files = answer.get("files")
        name = Path(str(files[0])).name if isinstance(files, list) and files else ""
        self._page.toast.emit(Toast(tr(N_("Copied and read back: {file}"), file=name)))
        self._page.refresh()

    def show_folder(self) -> None:
        """Open the folder in which the package the bar is on lies."""
        row = self._page.sent_table.selected()
        if isinstance(row, Sent) and row.files:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(row.files[0].parent)))

    def ask_delete(self) -> None:
        """Say what would go from this laptop, and ask."""
        self._asked, report = self._page.going, self._page.report
        count = len(self._asked)
        if not count:
            return
        report.begin(_(N_("Delete what the agency holds")), tr(N_("{count} completed interviews"), count=count))
        told = N_("A receipt covers every entry. They go from this computer for good and stay at the agency.")
        report.say(_(told))
        report.some([one.firm for one in self._asked])
        button = report.end(tr(N_("Delete {count} interviews from this computer"), count=count), self._delete)
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete(self) -> None:
        # What was told of goes, and nothing that a receipt covers since.
        ids = [one.interview_id for one in self._asked]
        self._page.worker.run(work.DELETE, self._deleted, _(N_("Deleting what the agency holds")), interviews=ids)

    def _deleted(self, answer: Answer) -> None:
        count = answer.get("interviews", 0)
        self._page.report.show_nothing()
        told = N_("{count} interviews were deleted from this computer.")
        self._page.toast.emit(Toast(tr(told, count=str(count))))
        self._page.desk.tell_changed()
        self._page.refresh()
