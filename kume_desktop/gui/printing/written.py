"""What was written: the file, its pages, what begins on which page, and a way to open it.

The pages themselves are looked at in the program that the computer has for PDF files.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.list_row import Cell, ListRow, RowList
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.services import printing
from kume_desktop.texts import N_, _, tr

_MOST_SHOWN = 40


class WrittenPart(QWidget):
    """Hidden until something was written; `opened` carries the file that a person wants to see."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self.told = Label("", Role.SECTION, wrap=True)
        self.where = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self.open = Button(_(N_("Open")), icon="file-text")
        self.folder = Button(_(N_("Show in the folder")))
        self._notes = QVBoxLayout()
        self._rows = QVBoxLayout()
        acts = QHBoxLayout()
        acts.setSpacing(12)
        acts.addWidget(self.open)
        acts.addWidget(self.folder)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.told)
        column.addWidget(self.where)
        column.addLayout(self._notes)
        column.addLayout(acts)
        column.addLayout(self._rows)
        self.open.clicked.connect(self.open_file)
        self.folder.clicked.connect(self.open_folder)
        self.hide()

    def show_written(self, answer: Mapping[str, Any]) -> None:
        """Show what the worker wrote."""
        self.path = Path(str(answer["path"]))
        self.told.setText(tr(N_("{file}: {pages} pages"), file=self.path.name, pages=int(answer["pages"])))
        self.where.setText(str(self.path.parent))
        for filled in (self._notes, self._rows):
            while (item := filled.takeAt(0)) is not None:
                if (gone := item.widget()) is not None:
                    gone.hide()
                    gone.deleteLater()
        for problem in printing.unshown(str(answer.get("lost", "")), bool(answer.get("unshaped"))):
            note = ProblemNote(texts.say(problem))
            self._notes.addWidget(note)
            note.say()
        entries = [(str(title), int(page)) for title, page in answer["contents"]]
        rows = [self._row(title, page) for title, page in entries[:_MOST_SHOWN]]
        self._rows.addWidget(RowList(rows))
        if len(entries) > _MOST_SHOWN:
            more = tr(N_("and {count} more"), count=len(entries) - _MOST_SHOWN)
            self._rows.addWidget(Label(more, Role.SECOND, Tone.TEXT2))
        self.show()

    def _row(self, title: str, page: int) -> ListRow:
        told = tr(N_("page {page}"), page=page)
        row = ListRow([Cell(title, 6, Tone.TEXT), Cell(told, 1, right=True)])
        row.clicked.connect(self.open_file)
        return row

    def open_file(self) -> None:
        """Open the file in the program that the computer has for it."""
        if self.path is not None:
            self.opened.emit(self.path)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path)))

    def open_folder(self) -> None:
        """Open the folder of the file."""
        if self.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path.parent)))
