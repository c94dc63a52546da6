"""The parts of the report page: edition, reason and place at the left, the sheets and the outcome at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.fields import LongText, TextField, labelled
from kume_desktop.gui.components.labels import IconLabel, Label, Rule
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.results.section_head import empty
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.results.contents import Entry
    from kume_desktop.services.views import StudyHead

_ROLES = {"interviewer": N_("Interviewer"), "staff": N_("Expert"), "manager": N_("Field manager")}


@dataclass(frozen=True, slots=True)
class Written:
    """What the worker has written."""

    path: Path
    rows_in: int
    rows_out: int
    sheets: tuple[str, ...]
    formulas: int

    @staticmethod
    def of(answer: Mapping[str, Any]) -> Written:
        """Read the worker's answer."""
        return Written(
            Path(str(answer["path"])),
            int(answer["rows_in"]),
            int(answer["rows_out"]),
            tuple(str(name) for name in answer["sheets"]),
            int(answer["formulas"]),
        )


class EditionBox(QFrame):
    """The edition that is written: all answers and formulas, for those who check the figures."""

    def __init__(self) -> None:
        super().__init__()
        name, what = _(N_("Audit edition")), _(N_("All answers and formulas; asks for a reason"))
        self.setAccessibleName(f"{name}: {what}")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(IconLabel("circle-check", icons.CHOICE, Tone.ACCENT), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Label(name, Role.BODY, weight=fonts.SEMIBOLD))
        column.addWidget(Label(what, Role.SECOND, Tone.TEXT2, wrap=True))
        row.addLayout(column, 1)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the box as chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Tone.ACCENT), 2))
        painter.setBrush(theme.colour(Tone.ACCENT_SOFT))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)


class ReportForm(QFrame):
    """`place_asked` when a person wants to choose the file in a dialog; the others, what to do with the outcome."""

    place_asked = Signal()
    open_asked = Signal()
    folder_asked = Signal()

    def __init__(self, head: StudyHead | None, reason: str, target: str) -> None:
        super().__init__()
        margin = theme.metrics().margin - RING_ROOM
        self.setFixedWidth(theme.px(390) + margin)
        example = _(N_("e.g. the committee checks the figures"))
        self._reason = LongText(_(N_("Reason")), reason, example, lines=2)
        self._target = TextField(_(N_("File")), target)
        self._target.setCursorPosition(0)
        self._target.textChanged.connect(self._look_at_place)
        self._there = Label("", Role.CAPTION, Tone.WARN, wrap=True)
        self._there.hide()
        self._notes = QVBoxLayout()
        self._notes.setSpacing(8)
        self.notes: tuple[ProblemNote, ...] = ()
        self.written: Written | None = None
        self._outcome = QVBoxLayout()
        self._outcome.setSpacing(6)
        self._scroll = scroll = ScrollColumn(margins=(margin, 0, 18, 8))
        scroll.column.setSpacing(12)
        scroll.column.addWidget(Label(_(N_("Edition")), Role.BODY, weight=fonts.SEMIBOLD))
        scroll.column.addWidget(EditionBox())
        scroll.column.addWidget(_facts(head))
        hint = _(N_("Stands on the cover of the workbook, with your name and role."))
        scroll.column.addWidget(labelled(_(N_("Why is this edition written?")), self._reason, hint))
        scroll.column.addWidget(self._place())
        scroll.column.addLayout(self._notes)
        scroll.column.addLayout(self._outcome)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self._look_at_place(target)

    @property
    def reason(self) -> str:
        """Why the edition is written."""
        return self._reason.toPlainText().strip()

    @property
    def target(self) -> str:
        """Where it is written, as typed."""
        return self._target.text().strip()

    def show_target(self, path: str) -> None:
        """Show another place."""
        self._target.show_text(path)
        self._look_at_place(path)

    def take_focus(self) -> None:
        """Put the focus on the reason."""
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse_reason(self) -> None:
        """Mark the reason as missing."""
        self._reason.set_refused(True)
        self.take_focus()

    def show_notes(self, notes: Sequence[ProblemNote]) -> None:
        """Show notes in the place of those before."""
        empty(self._notes)
        self.notes = tuple(notes)
        if not notes:
            self._reason.set_refused(False)
        for note in notes:
            self._notes.addWidget(note)
            note.say()

    def show_written(self, written: Written) -> None:
        """Say what was written, how many rows went in and came out, and offer to open it."""
        self.written = written
        empty(self._outcome)
        self._outcome.addWidget(Rule())
        sheets = tr(N_("{count} sheets"), count=len(written.sheets))
        self._outcome.addWidget(_marked("check", Tone.OK, f"{written.path.name} · {sheets}"))
        self._outcome.addWidget(_counts(written))
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 4, 4, 6)
        row.setSpacing(8)
        for word, signal in ((N_("Open"), self.open_asked), (N_("Show in the folder"), self.folder_asked)):
            button = Button(_(word))
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        self._outcome.addWidget(held)
        QTimer.singleShot(0, held, lambda: self._scroll.reveal(held))

    def paintEvent(self, event: object) -> None:
        """Draw the line at the right."""
        super().paintEvent(event)  # type: ignore[arg-type]
        QPainter(self).fillRect(self.width() - 1, 0, 1, self.height(), theme.colour(Tone.LINE))

    def _place(self) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(labelled(_(N_("File")), self._target))
        column.addWidget(self._there)
        row = QHBoxLayout()
        row.setContentsMargins(0, 2, 0, 0)
        choose = Button(_(N_("Choose the place…")))
        choose.clicked.connect(self.place_asked)
        row.addWidget(choose)
        row.addStretch(1)
        column.addLayout(row)
        return held

    def _look_at_place(self, text: str) -> None:
        """Say before writing that a file of this name will be replaced."""
        path = Path(text.strip()).expanduser() if text.strip() else None
        there = path is not None and path.is_absolute() and path.is_file()
        self._there.setText(_(N_("This file exists and will be replaced.")) if there else "")
        self._there.setVisible(there)
        self._target.setToolTip(text)


class ContentsPane(QFrame):
    """The sheets in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidePanel")
        self._count = Label("", Role.CAPTION, Tone.TEXT2)
        self._list = ScrollColumn()
        self._list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._list.setAccessibleName(_(N_("Contents")))
        self._list.column.setSpacing(0)
        self._list.column.setContentsMargins(0, 0, 8, 0)
        head = QHBoxLayout()
        head.addWidget(Label(_(N_("Contents")), Role.BODY, weight=fonts.SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self._count)
        margin = theme.metrics().margin
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 6, margin, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addWidget(self._list, 1)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """List the sheets."""
        empty(self._list.column)
        held = QWidget()
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, theme.px(36))
        first = 1
        for place, entry in enumerate(entries):
            last = first + entry.sheets - 1
            number = str(first) if first == last else f"{first}–{last}"
            cells = (
                Label(number, Role.SECOND, Tone.TEXT3, tabular=True),
                Label(entry.name, Role.BODY, weight=fonts.MEDIUM, wrap=True),
                Label(entry.what, Role.SECOND, Tone.TEXT2, wrap=True),
            )
            for column, cell in enumerate(cells):
                cell.setContentsMargins(0, 4, 0, 4)
                grid.addWidget(cell, 2 * place, column)
            grid.addWidget(Rule(), 2 * place + 1, 0, 1, 3)
            first = last + 1
        self._count.setText(tr(N_("{count} sheets"), count=first - 1))
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
        self._list.column.addWidget(held)
        self._list.column.addStretch(1)


def _facts(head: StudyHead | None) -> QWidget:
    """Who writes, in which role, and whether persons are named."""
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(6)
    grid.setHorizontalSpacing(16)
    role = _(_ROLES.get(head.role, head.role)) if head is not None else ""
    lines = (
        (_(N_("Written by")), f"{head.person} · {role}" if head is not None else "–"),
        (_(N_("Person fields")), _(N_("off"))),
    )
    for place, (word, value) in enumerate(lines):
        grid.addWidget(Label(word, Role.SECOND, Tone.TEXT2), place, 0)
        grid.addWidget(Label(value, Role.SECOND, weight=fonts.MEDIUM, wrap=True), place, 1)
    grid.setColumnStretch(1, 1)
    return held


def _counts(written: Written) -> QWidget:
    """Rows in, rows out, formulas, and whether the rows agree."""
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(2)
    grid.setHorizontalSpacing(16)
    figures = (
        (_(N_("rows in")), written.rows_in),
        (_(N_("rows out")), written.rows_out),
        (_(N_("formulas")), written.formulas),
    )
    for place, (word, number) in enumerate(figures):
        grid.addWidget(Label(word, Role.SECOND, Tone.TEXT2), place, 0)
        shown = Label(texts.number(number, 0), Role.SECOND, weight=fonts.SEMIBOLD, tabular=True)
        grid.addWidget(shown, place, 1, Qt.AlignmentFlag.AlignRight)
    agree = written.rows_in == written.rows_out
    told = _(N_("the rows agree")) if agree else _(N_("the rows do not agree"))
    mark = _marked("check" if agree else "triangle-alert", Tone.OK if agree else Tone.WARN, told)
    grid.addWidget(mark, 1, 2)
    grid.setColumnStretch(2, 1)
    return held


def _marked(icon: str, tone: Tone, text: str) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconLabel(icon, tone=tone))
    row.addWidget(Label(text, Role.SECOND, wrap=True), 1)
    return held
