"""What the page of a list shows: its head, its parts under tabs, its notes; all of it follows from the course."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kume_desktop import texts, turkish
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.table import GAP
from kume_desktop.gui.components.tabs import Tab, Tabs
from kume_desktop.gui.page import Progress
from kume_desktop.gui.sample_list import files, pairs_part
from kume_desktop.gui.sample_list.columns_part import ColumnsPart
from kume_desktop.gui.sample_list.firms_table import FirmsTable
from kume_desktop.gui.sample_list.rows_part import BLANK, LEAVE, RowsPart
from kume_desktop.gui.sample_list.start_part import StartPart
from kume_desktop.problems import problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.sample_list.course import Course

START, COLUMNS, ROWS, PAIRS, DIFFERENCES, FIRMS = "start", "columns", "rows", "pairs", "differences", "firms"
PARTS = (COLUMNS, ROWS, PAIRS, DIFFERENCES, FIRMS)
_NO_NACE = N_("The areas of this study have no NACE codes: choose the area of these firms, or a column that names it.")


class ListBody(QWidget):
    """`part` is the part in front; `say` brings everything up to date with the course.

    `file_dropped` carries a file that was dropped anywhere on it.
    """

    file_dropped = Signal(object)

    def __init__(self, desk: Desk, course: Course, choose: Callable[[], object]) -> None:
        super().__init__()
        from kume_desktop.services.sample_lists import known

        self._desk, self._course = desk, course
        self._checker = known.known(desk.study)
        self.part = START
        self.header = PageHeader(_(N_("Take a list of firms")))
        self.choose = Button(_(N_("Choose the list…")))
        self.choose.clicked.connect(choose)
        self.primary = Button("", Kind.PRIMARY)
        self.tabs = Tabs(_(N_("Parts of the import")))
        self._notes = QVBoxLayout()
        self.start = StartPart(choose)
        self.columns = ColumnsPart(_areas(desk))
        self.rows = RowsPart()
        self.pairs = pairs_part.pairs_part()
        self.differences = pairs_part.differences_part()
        self.firms = FirmsTable(_(N_("What the rows become")), dict(_areas(desk)))
        self.columns.date_refused.connect(self._tell_date)
        self.columns.row_refused.connect(self._tell_row)
        self._stack = QStackedWidget()
        self.setAcceptDrops(True)
        self._lay_out()
        self.show_imports()
        self.say()

    def _lay_out(self) -> None:
        margin = theme.metrics().margin
        self.header.add_tool(self.choose)
        self.header.add_tool(self.primary)
        for widget in self._widgets().values():
            self._stack.addWidget(widget)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(GAP, 0, GAP, 0)
        tabs.addWidget(self.tabs)
        self._notes.setContentsMargins(GAP, 0, GAP, 0)
        self._notes.setSpacing(6)
        inner = QVBoxLayout()
        inner.setContentsMargins(margin - GAP, 4, margin - GAP, 8)
        inner.setSpacing(8)
        inner.addLayout(tabs)
        inner.addLayout(self._notes)
        inner.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(Rule())
        column.addLayout(inner, 1)

    def _widgets(self) -> Mapping[str, QWidget]:
        return {
            START: self.start,
            COLUMNS: self.columns,
            ROWS: self.rows,
            PAIRS: self.pairs,
            DIFFERENCES: self.differences,
            FIRMS: self.firms,
        }

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped anywhere."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell of the file that is dropped."""
        file = files.dropped(event)
        if file is not None:
            self.file_dropped.emit(file)

    def bring(self, part: str) -> None:
        """Bring a part to the front."""
        self.part = part
        self._stack.setCurrentWidget(self._widgets()[part])
        self.say()
        self.take_focus()

    def take_focus(self) -> None:
        """Work goes on in the part in front."""
        part = self._widgets()[self.part]
        if isinstance(part, FirmsTable):
            part.setFocus()
        elif isinstance(part, RowsPart | pairs_part.QuestionsPart) and not part.has_questions:
            self.primary.setFocus()
        elif isinstance(part, StartPart | ColumnsPart | RowsPart | pairs_part.QuestionsPart):
            part.take_focus()

    def answer(self, key: str) -> None:
        """A key that answers something: what it means depends on the part in front."""
        questions = {PAIRS: self.pairs, DIFFERENCES: self.differences}.get(self.part)
        if self.part == ROWS and key in "LB":
            self.rows.decide(LEAVE if key == "L" else BLANK)
        elif self.part == START and key == "Delete":
            self.start.ask_back()
        elif questions is not None and key.isdecimal():
            values = list(questions.buttons)
            if int(key) <= len(values):
                questions.decide(values[int(key) - 1])

    def next_open(self) -> str:
        """The part with the next open question, '' where none is open."""
        course = self._course
        waits = {ROWS: course.open_kinds, PAIRS: course.open_pairs, DIFFERENCES: course.open_differences}
        return next((part for part, count in waits.items() if count), "")

    def show_file(self) -> None:
        """Show the sheets and columns of the file."""
        if self._course.outline is not None:
            self.columns.show_file(self._course.outline, self._course.asked)
            self.preview()
            if not any(area.begins for area in self._checker.areas) and not self._course.asked.area:
                self.note(_(_NO_NACE), is_error=False)

    def preview(self) -> None:
        """Show what the first rows become."""
        from kume_desktop.services.sample_lists import preview

        sheet = self._course.sheet
        if sheet is not None:
            self.columns.show_firms(preview.firms(self._checker, sheet, self._course.asked))

    def show_checked(self) -> None:
        """Show what was found in the rows."""
        checked, asked = self._course.checked, self._course.asked
        if checked is not None:
            self.rows.show_checked(checked, asked.choices)
            self.pairs.show_rows(checked.pairs, checked.pair_count, asked.pairs)
            self.differences.show_rows(checked.differences, checked.difference_count, asked.sides)
            self.firms.show_firms(checked.firms)

    def show_imports(self) -> None:
        """Show the lists that were taken before."""
        from kume_desktop.services.sample_lists import undoing

        self.start.show_imports(undoing.imports(self._desk.study))

    def show_progress(self, progress: object) -> None:
        """Show the thin line of long work, or take it away."""
        self.header.set_busy(progress if isinstance(progress, Progress) else None)

    def note(self, text: str, *, is_error: bool) -> None:
        """Say something above the part in front."""
        note = ProblemNote(text, hard=is_error)
        self._notes.addWidget(note)
        note.say()

    def _tell_date(self, typed: str) -> None:
        self.clear_notes()
        if typed:
            self.note(texts.say(problem("window.bad-date", text=typed)), is_error=True)

    def _tell_row(self, typed: str) -> None:
        self.clear_notes()
        if typed:
            self.note(tr(N_("“{text}” is no row of the sheet. Type a number from 1."), text=typed), is_error=True)

    def clear_notes(self) -> None:
        """Take away what was said."""
        while self._notes.count():
            item = self._notes.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def say(self) -> None:
        """Bring the line of facts, the primary and the tabs up to date."""
        course = self._course
        has_file = course.outline is not None
        self.tabs.setVisible(has_file and self.part != START)
        self.choose.setVisible(has_file)
        self.primary.setVisible(has_file)
        self.primary.setText(self._next_step())
        self.header.set_facts(self._facts())
        self.tabs.set_tabs([Tab(name, word, self._count(name)) for name, word in words_of_parts().items()], self.part)

    def _next_step(self) -> str:
        from kume_desktop.services.sample_lists import words

        course, checked = self._course, self._course.checked
        if checked is not None and course.open_questions:
            return tr(N_("Answer {count} open questions"), count=course.open_questions)
        if checked is None or not course.is_settled:
            return _(N_("Check the rows"))
        return tr(N_("Take {count} firms"), count=words.count(checked.new + checked.known))

    def _facts(self) -> str:
        from kume_desktop.services.sample_lists import words

        course, sheet = self._course, self._course.sheet
        if course.outline is None or sheet is None:
            return _(N_("Lists that chambers and institutions hand out"))
        if course.checked is not None:
            return f"{course.outline.file} · {words.foreseen(course.checked)}"
        said = N_("{rows} rows, head in row {head}")
        return f"{course.outline.file} · {tr(said, rows=words.count(sheet.rows), head=course.asked.head_row)}"

    def _count(self, part: str) -> int:
        checked = self._course.checked
        if part == COLUMNS:
            return len(self._course.asked.fields)
        if checked is None:
            return 0
        counts = {
            ROWS: sum(kind.count for kind in checked.kinds),
            PAIRS: checked.pair_count,
            DIFFERENCES: checked.difference_count,
            FIRMS: checked.read,
        }
        return counts[part]


def words_of_parts() -> Mapping[str, str]:
    """The parts after the file in their order, with their words."""
    return {
        COLUMNS: _(N_("Columns")),
        ROWS: _(N_("Rows to look at")),
        PAIRS: _(N_("Perhaps the same firm")),
        DIFFERENCES: _(N_("Differences")),
        FIRMS: _(N_("Firms")),
    }


def _areas(desk: Desk) -> list[tuple[str, str]]:
    names = [(area.code, area.name_tr if texts.language() == "tr" else area.name_en) for area in desk.study.areas()]
    return sorted(names, key=lambda one: turkish.sort_key(one[1]))
