"""What a person sees when the program itself fails: what is safe, what to do, the details behind a button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from kume_desktop import logs
from kume_desktop.services import crash_reports
from kume_desktop.services.crash_reports import Where
from kume_desktop.texts import N_, _, tr

_open: list[QMessageBox] = []


def details(error: BaseException) -> str:
    """The report of the failure: without the text of the exception, which may hold an answer."""
    return crash_reports.text_of(error, Where.WINDOW)


def show(error: BaseException) -> None:
    """Tell the failure without stopping the program; one at a time, whatever fails meanwhile stands in the log."""
    if _open:
        return
    app = QApplication.instance()
    window = app.activeWindow() if isinstance(app, QApplication) else None
    box = QMessageBox(window)
    box.setWindowTitle("Küme Desktop")
    box.setText(_(N_("This act did not work. What the bar below shows as saved is saved.")))
    box.setInformativeText(
        tr(N_("Go on, or close and open the program again. The log is in {folder}."), folder=str(logs.folder()))
    )
    box.setDetailedText(details(error))
    copy = box.addButton(_(N_("Copy")), QMessageBox.ButtonRole.ActionRole)
    copy.clicked.connect(lambda: QApplication.clipboard().setText(details(error)))
    go_on = box.addButton(_(N_("Go on")), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(go_on)
    box.setEscapeButton(go_on)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _open[:] = [box]
    box.finished.connect(lambda _result: _open.clear())
    box.open()
