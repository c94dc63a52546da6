"""The left side of the report page: edition, contents, person fields, and the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.fields import LongText, TextField
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.reporting.edition import EditionChoice, PersonFields
from kume_desktop.gui.reporting.sheet_list import INDENT, SheetList
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.routes import ReportRoute
    from kume_desktop.services.views import StudyHead


class ReportForm(QFrame):
    """`place_asked` when a person wants to choose the file in a dialog."""

    place_asked = Signal()

    def __init__(self, head: StudyHead | None, route: ReportRoute, target: str) -> None:
        super().__init__()
        self.setFixedWidth(theme.px(300 if theme.is_compact() else 369))
        self.edition = EditionChoice(head, route.edition, route.reason, route.personal, route.persons)
        self.sheets = SheetList()
        self.persons = PersonFields()
        self.persons.asked.connect(self._name_persons)
        self._count = Label("", Role.CAPTION, Tone.TEXT2)
        self._target = TextField(_(N_("File")), target)
        self._target.textChanged.connect(self._look_at_place)
        self._there = Label("", Role.CAPTION, Tone.WARN, wrap=True)
        self.notes: tuple[ProblemNote, ...] = ()
        self._notes = QVBoxLayout()
        self._notes.setSpacing(6)
        self._scroll = ScrollColumn()
        self._lay_out()
        self._look_at_place(target)
        self.show_persons()
        self.edition.picked.connect(lambda _edition: self.show_persons())
        self.sheets.walked.connect(lambda _key: self._reveal())
        self.sheets.changed.connect(self._tell)
        self.sheets.locked.connect(self._say_locked)

    def _lay_out(self) -> None:
        compact, margin = theme.is_compact(), theme.metrics().margin - RING_ROOM
        inner, first = self._scroll.column, QVBoxLayout()
        first.setContentsMargins(INDENT, 4 if compact else 12, 0, 0)
        first.setSpacing(4 if compact else 8)
        first.addWidget(Label(_(N_("Edition")), Role.BODY, weight=fonts.SEMIBOLD))
        first.addWidget(self.edition)
        first.addLayout(self._notes)
        head = QHBoxLayout()
        head.setContentsMargins(INDENT, 8 if compact else 16, 0, 4)
        head.addWidget(Label(_(N_("Contents")), Role.BODY, weight=fonts.SEMIBOLD), 1)
        head.addWidget(self._count)
        inner.setSpacing(0)
        inner.addLayout(first)
        inner.addLayout(head)
        inner.addWidget(self.sheets)
        foot = QVBoxLayout()
        foot.setContentsMargins(INDENT if compact else RING_ROOM + INDENT, 8 if compact else 0, RING_ROOM, 10)
        foot.setSpacing(4)
        foot.addWidget(self.persons)
        foot.addWidget(_line(self._target, self._choose()))
        foot.addWidget(self._there)
        column = QVBoxLayout(self)
        column.setContentsMargins(margin - INDENT, 0, 18, 0)
        column.setSpacing(4)
        column.addWidget(self._scroll, 1)
        (inner if compact else column).addLayout(foot)
        inner.addStretch(1)

    def _choose(self) -> Button:
        choose = Button(_(N_("Choose the place…")), tall=True)
        choose.clicked.connect(self.place_asked)
        return choose

    @property
    def target(self) -> str:
        """Where the workbook is written, as typed."""
        return self._target.text().strip()

    def show_target(self, path: str) -> None:
        """Show another place."""
        self._target.show_text(path)
        self._look_at_place(path)

    def show_persons(self) -> None:
        """Say whether person fields are written; only the audit edition may."""
        self.persons.show_state(self.edition.personal, self.edition.is_audit)

    def missing(self) -> tuple[Problem, ...]:
        """What must be written down before the workbook can be."""
        edition = self.edition
        if edition.is_audit and not edition.reason.toPlainText().strip():
            return (problem("window.report-reason-missing"),)
        if edition.personal and not edition.why_persons.toPlainText().strip():
            return (problem("window.report-persons-reason-missing"),)
        return () if self.target else (problem("window.missing", field=_(N_("File"))),)

    def refuse(self, missing: Problem) -> None:
        """Mark the field that a problem is about and put the focus there."""
        fields: dict[str, LongText] = {
            "window.report-reason-missing": self.edition.reason,
            "window.report-persons-reason-missing": self.edition.why_persons,
        }
        field = fields.get(missing.code, self._target)
        field.set_refused(True)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_notes(self, notes: Sequence[ProblemNote]) -> None:
        """Show notes in the place of those before."""
        empty(self._notes)
        self.notes = tuple(notes)
        for field in (self.edition.reason, self.edition.why_persons, self._target):
            field.set_refused(False)
        for note in notes:
            self._notes.addWidget(note)
            note.say()
        if notes:
            self._scroll.verticalScrollBar().setValue(0)

    def take_focus(self) -> None:
        """Put the focus where work goes on: on the contents, or on a reason that is still missing."""
        edition = self.edition
        missing = edition.is_audit and not edition.reason.toPlainText().strip()
        (edition.reason if missing else self.sheets).setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._reveal)

    def paintEvent(self, event: object) -> None:
        """Draw the line at the right."""
        super().paintEvent(event)  # type: ignore[arg-type]
        QPainter(self).fillRect(self.width() - 1, 0, 1, self.height(), theme.colour(Tone.LINE))

    def tell_count(self) -> None:
        """Say how many of the sheets are written."""
        on, every = len(self.sheets.written), len(self.sheets.lines)
        self._count.setText(tr(N_("{on} / {all} parts"), on=on, all=every))

    def _say_locked(self, sheet: str) -> None:
        note = tr(N_("“{sheet}” is always written: the other sheets rest on it."), sheet=sheet)
        self.show_notes([ProblemNote(note)])

    def _tell(self) -> None:
        self.tell_count()
        self._reveal()

    def _reveal(self) -> None:
        """Keep the current row of the contents in sight."""
        top, height = self.sheets.top_of_current()
        self._scroll.ensureVisible(0, self._scroll.position_of(self.sheets) + top + height // 2, 0, height)

    def _name_persons(self, wanted: bool) -> None:
        self.edition.name_persons(wanted)
        self.show_persons()

    def _look_at_place(self, text: str) -> None:
        """Say before writing that a file of this name will be replaced."""
        path = Path(text.strip()).expanduser() if text.strip() else None
        there = path is not None and path.is_absolute() and path.is_file()
        self._there.setText(_(N_("This file exists and will be replaced.")) if there else "")
        self._there.setHidden(not there)
        self._target.setToolTip(text)


def _line(*widgets: QWidget) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 4, 0, 4)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    return held
