"""Questions that are answered with a file: a picture, a sound, a film, a document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout

from kume_desktop.gui import theme
from kume_desktop.gui.beside import Beside
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.buttons import Kind as Look
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.inputs import CLEAR, ENTER, AnswerInput, question_name
from kume_desktop.gui.theme import Tone
from kume_desktop.instruments.model import Kind
from kume_desktop.interview.page_model import Row
from kume_desktop.problems import Refused
from kume_desktop.texts import N_, _, number, tr

Stored = Callable[[str], bytes]
"""The bytes behind a stored name; Refused where they are not on this computer."""
Copy = Callable[[str], None]
"""Asks for a place and saves a copy of a stored name there."""
SAVE_COPY = N_("Save a copy…")
PICTURE = 160
_ENDINGS = {
    Kind.IMAGE: N_("Pictures ({endings})"),
    Kind.AUDIO: N_("Sounds ({endings})"),
    Kind.VIDEO: N_("Films ({endings})"),
}


class _ChooseButton(Button):
    """A button whose Enter belongs to the row: who has no file goes on; Space asks for one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the row."""
        if event.key() in ENTER:
            event.ignore()
        else:
            super().keyPressEvent(event)


class AttachmentInput(AnswerInput):
    """A button that asks for a file, what is there with its size and, for a picture, how it looks.

    A file can also be dropped here. `attached` carries what was read; the answer follows from it.
    """

    beside = False

    def __init__(self, row: Row, stored: Stored, copy: Copy) -> None:
        super().__init__()
        self._row, self._stored, self._copy, self._kind = row, stored, copy, row.kind
        self._shown: str | None = None
        self.choose = _ChooseButton(_(N_("Choose a file…")), icon="folder-open", tall=True)
        self.save = Button(_(SAVE_COPY), Look.QUIET, tall=True)
        self.remove = Button(_(N_("Remove")), Look.QUIET, tall=True)
        self.choose.setToolTip(_(N_("Choose a file (Space)")))
        self.remove.setToolTip(_(N_("Take the file away (Delete)")))
        self._about = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self._picture = QLabel()
        self._picture.setAccessibleName(_(N_("Preview of the picture")))
        self.save.setToolTip(_(N_("Write this file to a folder, to open it in another program")))
        self._lay_out()
        self.setAcceptDrops(True)
        self.choose.clicked.connect(self._ask)
        self.save.clicked.connect(lambda _checked=False: self._copy(self._row.value))
        self.remove.clicked.connect(lambda _checked=False: self.committed.emit(""))
        self._reading = Beside(self)
        self._reading.done.connect(self._done)
        self._reading.refused.connect(lambda problems: self._done(Refused(*problems)))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.choose)
        line.addWidget(self.save)
        line.addWidget(self.remove)
        line.addWidget(self._about, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self._picture)

    def fits(self, row: Row) -> bool:
        """Whether the question asks for the same kind of file."""
        return row.kind is self._kind

    def show_answer(self, row: Row, shown: str) -> None:
        """Say what is there."""
        self._row = row
        self.choose.setAccessibleName(f"{question_name(row)}: {self.choose.text()}")
        self.choose.setEnabled(not row.read_only)
        self.remove.setVisible(bool(shown) and not row.read_only)
        if shown != self._shown:
            self._shown = shown
            self._show_content(shown)

    def _show_content(self, name: str) -> None:
        self._picture.hide()
        self.save.hide()
        if not name:
            self._about.setText(_(N_("No file yet. A file can also be dropped here.")))
            return
        try:
            content = self._stored(name)
        except Refused:
            self._about.setText(tr(N_("{name}, not on this computer"), name=name))
            return
        self.save.show()
        kilobytes = number(max(1, round(len(content) / 1000)), 0)
        self._about.setText(tr(N_("{name}, {kilobytes} kB"), name=name, kilobytes=kilobytes))
        picture = QPixmap()
        if self._kind is Kind.IMAGE and picture.loadFromData(content):
            side = theme.px(PICTURE)
            fit, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._picture.setPixmap(picture.scaled(side, side, fit, smooth))
            self._picture.show()

    def take_focus(self) -> None:
        """The button that asks for a file."""
        self.choose.setFocus(Qt.FocusReason.TabFocusReason)

    def press(self, event: QKeyEvent) -> bool:
        """Delete takes the file away."""
        if event.key() in CLEAR and self._shown and not self._row.read_only:
            self.committed.emit("")
            return True
        return False

    def _ask(self) -> None:
        title = question_name(self._row)
        chosen, _filter = QFileDialog.getOpenFileName(self.window(), title, "", _filters(self._kind))
        if chosen:
            self.take(Path(chosen))

    def take(self, file: Path) -> None:
        """Read a file that a person chose; the window goes on meanwhile."""
        self.choose.setEnabled(False)
        self._about.setText(tr(N_("{name} is read…"), name=file.name))
        self._reading.start(lambda: _read(self._kind, file))

    def _done(self, what: object) -> None:
        self._shown = None
        self.choose.setEnabled(not self._row.read_only)
        self.attached.emit(what)
        self.show_answer(self._row, self._row.value)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A single file may be dropped."""
        if _dropped(event) is not None and not self._row.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        file = _dropped(event)
        if file is not None:
            event.acceptProposedAction()
            self.take(file)


def _read(kind: Kind, file: Path) -> object:
    from kume_desktop.services import attachments

    return attachments.read(kind, file)


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def _filters(kind: Kind) -> str:
    from kume_desktop.services import attachments

    endings = " ".join(f"*.{ending}" for ending in attachments.ENDINGS.get(kind, ()))
    every = _(N_("All files (*)"))
    return f"{tr(_ENDINGS[kind], endings=endings)};;{every}" if endings else every
