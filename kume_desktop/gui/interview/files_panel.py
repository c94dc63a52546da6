"""The files kept as evidence at the current question: seen, added, removed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImageReader, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.beside import Beside
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.attaching import SAVE_COPY, Stored
from kume_desktop.gui.interview.notes import sentence, typed_when
from kume_desktop.gui.interview.side_panel import SidePanel, emptied
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused
from kume_desktop.texts import N_, _, number, tr

if TYPE_CHECKING:
    from kume_desktop.services.evidence import Evidence

PICTURE = 256


class FilesPanel(SidePanel):
    """`chosen(attachment)` carries a file that was read; `unwanted(name)` is to go, `copied(name)` to be saved."""

    chosen = Signal(object)
    copied = Signal(str)
    unwanted = Signal(str)

    def __init__(self, stored: Stored) -> None:
        super().__init__(_(N_("Evidence")))
        self._stored = stored
        self._question = Label("", Role.ROW_TITLE, weight=fonts.SEMIBOLD, wrap=True)
        self._purpose = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self.add = Button(_(N_("Add a file…")), icon="folder-open")
        self.add.clicked.connect(self._ask)
        self._problems, self._files = QVBoxLayout(), QVBoxLayout()
        self._files.setSpacing(8)
        for part in (self._question, self._purpose, self.add):
            self.column.addWidget(part)
        self.column.addLayout(self._problems)
        self.column.addLayout(self._files)
        self.setAcceptDrops(True)
        self._reading = Beside(self)
        self._reading.done.connect(self.chosen)
        self._reading.refused.connect(self.refuse)

    def show_files(self, question: str, purpose: str, files: Sequence[Evidence], *, locked: bool) -> None:
        """Show the files of a question; `purpose` is what the study keeps them for."""
        held = self.holds_focus
        self._question.setText(question)
        said = tr(N_("Kept for: {purpose}. Exports and reports do not carry these files."), purpose=purpose)
        self._purpose.setText(said if purpose else _(N_("This study keeps no evidence files.")))
        self.add.setHidden(locked or not purpose)
        self.refuse(())
        column = emptied(self._files)
        if not files:
            column.addWidget(Label(_(N_("No file at this question yet.")), Role.BODY, Tone.TEXT2, wrap=True))
        for one in files:
            self._show_file(column, one, locked=locked)
        if held:
            self.take_focus()

    def _show_file(self, column: QVBoxLayout, one: Evidence, *, locked: bool) -> None:
        column.addWidget(Rule())
        size = _(N_("not on this computer"))
        if one.size is not None:
            size = tr(N_("{kilobytes} kB"), kilobytes=number(max(1, round(one.size / 1000)), 0))
            if one.is_picture:
                column.addWidget(_preview(self._stored, one.name))
        ending = one.name.rpartition(".")[2]
        column.addWidget(Label(f"{ending} · {size}", Role.BODY, weight=fonts.MEDIUM, wrap=True))
        told = " · ".join(part for part in (typed_when(one.at), one.by) if part)
        column.addWidget(Label(told, Role.SECOND, Tone.TEXT2, wrap=True))
        if one.size is not None:
            save = Button(_(SAVE_COPY), Kind.LINK)
            save.setAccessibleName(f"{save.text()}: {ending}, {size}, {told}")
            save.clicked.connect(partial(self.copied.emit, one.name))
            column.addWidget(save, 0, Qt.AlignmentFlag.AlignLeft)
        if not locked:
            away = Button(_(N_("Remove")), Kind.LINK)
            away.setAccessibleName(f"{away.text()}: {ending}, {size}, {told}")
            away.clicked.connect(partial(self.unwanted.emit, one.name))
            column.addWidget(away, 0, Qt.AlignmentFlag.AlignLeft)

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Say why a file was not kept; none takes the notes away."""
        column = emptied(self._problems)
        for problem in problems:
            note = ProblemNote(sentence(problem), hard=True)
            column.addWidget(note)
            note.say()

    def take_focus(self) -> None:
        """The button that asks for a file."""
        target = self.close_button if self.add.isHidden() else self.add
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _ask(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self.window(), self._question.text(), "")
        if chosen:
            self.take(Path(chosen))

    def take(self, file: Path) -> None:
        """Read a file that a person chose; the window goes on meanwhile."""
        self._reading.start(partial(_read, file))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A single file may be dropped."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile() and not self.add.isHidden():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        event.acceptProposedAction()
        self.take(Path(event.mimeData().urls()[0].toLocalFile()))


def _read(file: Path) -> object:
    from kume_desktop.services import evidence

    return evidence.read(file)


def _preview(stored: Stored, name: str) -> QLabel:
    """A small picture; large ones are decoded small, so that looking at them holds nothing up."""
    shown = QLabel()
    shown.setAccessibleName(_(N_("Preview of the picture")))
    try:
        content = stored(name)
    except Refused:
        return shown
    bytes_of = QByteArray(content)
    buffer = QBuffer(bytes_of)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    side = theme.px(PICTURE)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        shown.setText(_(N_("This picture cannot be shown here.")))
    else:
        shown.setPixmap(QPixmap.fromImage(image))
    return shown
