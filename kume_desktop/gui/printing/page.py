"""Yazdırma: day list, letter, scripts, cards, paper form and the copy for the firm, as PDF files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.fields import TextField, labelled
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.components.typed_date import as_typed, read_date
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page, Progress, Toast
from kume_desktop.gui.printing.texts_part import TextsPart
from kume_desktop.gui.printing.written import WrittenPart
from kume_desktop.gui.routes import PrintRoute, Route
from kume_desktop.gui.tasks import Task
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk

_LANGUAGES = (("tr", N_("Türkçe")), ("en", N_("English")))
_COLUMN = 620


class PrintPage(Page):
    """The worker writes; what is chosen and typed stays while it does."""

    def __init__(self, desk: Desk, route: PrintRoute) -> None:
        super().__init__(desk)
        from kume_desktop.services import printing

        self._printing = printing
        self._task: Task | None = None
        told = N_("PDF files for the field, also for when the laptop stays outside")
        self.header = PageHeader(_(N_("Printing")), _(told))
        offered = printing.offered(desk.study.role)
        wanted = route.matter if route.matter in offered else offered[0].value
        words = [(one.value, _(printing.NAMES[one])) for one in offered]
        self.matters = Segments(_(N_("What is printed")), words, wanted, in_row=1)
        self.language = Picker(_(N_("Language")))
        self.form = Picker(_(N_("Questionnaire")), theme.px(480))
        self.firms = TextField(_(N_("Firm codes")), route.firms or self._code(route.unit_id))
        self.day = TextField(_(N_("Day")), route.day or as_typed(datetime.now().astimezone().date()))
        self.target = TextField(_(N_("File")), route.target)
        self.choose = Button(_(N_("Choose the place…")), tall=True)
        self.save = Button(_(N_("Save as PDF")), Kind.PRIMARY)
        self.written, self.texts_part = WrittenPart(), TextsPart()
        self._proposed = ""
        self._notes = QVBoxLayout()
        self._offer(route)
        self._lay_out()
        self._connect()
        self._show_matter()

    def _code(self, unit_id: str) -> str:
        from kume_desktop.services import fieldwork

        return fieldwork.firm_row(self.desk.study, unit_id).code if unit_id else ""

    def _offer(self, route: PrintRoute) -> None:
        """Fill the pickers."""
        self.language.set_items([(code, _(name)) for code, name in _LANGUAGES])
        self.language.set_current(route.lang or texts.language())
        is_turkish = texts.language() == "tr"
        forms = [
            (one.instrument_id, (one.title_tr if is_turkish else one.title_en) or one.title_tr or one.instrument_id)
            for one in self.desk.study.instruments()
        ]
        self.form.set_items(forms)
        if forms:
            self.form.set_current(route.instrument_id if route.instrument_id in dict(forms) else forms[0][0])

    def _lay_out(self) -> None:
        self.header.add_tool(self.language)
        self.header.add_tool(self.save)
        margin = theme.metrics().margin - RING_ROOM
        left = ScrollColumn(margins=(margin, 8, 0, 8))
        left.setFixedWidth(theme.px(272))
        left.column.addWidget(self.matters)
        left.column.addStretch(1)
        right = ScrollColumn(theme.px(_COLUMN), margins=(margin, 8, margin, 16))
        right.column.setSpacing(12)
        for widget in self._fields():
            right.column.addWidget(widget)
        right.column.addLayout(self._notes)
        right.column.addWidget(self.written)
        right.column.addWidget(self.texts_part)
        right.column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(0)
        for widget, stretch in ((left, 0), (Rule(upright=True), 0), (right, 1)):
            row.addWidget(widget, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(Rule())
        column.addLayout(row, 1)

    def _fields(self) -> tuple[QWidget, ...]:
        """What is asked for, each under its label."""
        several = _(N_("Several codes with blanks between them. Without one, places for the firm stay blank."))
        self._about = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self._form_field = _at_left(self.form)
        self._firms_field = labelled(_(N_("Firm codes")), self.firms, several)
        self._day_field = labelled(_(N_("Day")), self.day)
        place = labelled(_(N_("File")), self.target, beside=self.choose)
        return self._about, self._form_field, self._firms_field, self._day_field, place

    def _connect(self) -> None:
        self.matters.picked.connect(lambda _key: self._show_matter())
        self.language.picked.connect(lambda _key: self._show_matter())
        self.form.picked.connect(lambda _key: self._propose())
        self.firms.committed.connect(lambda _text: self._propose())
        self.save.clicked.connect(self.print_now)
        self.choose.clicked.connect(self.choose_place)
        self.texts_part.kept.connect(lambda: self.toast.emit(Toast(_(N_("The text is saved.")))))

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Printing"))

    @property
    def matter(self) -> str:
        """What is chosen to be printed."""
        return self.matters.current

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Save, open, choose."""
        return (
            KeyHint("Ctrl+P", _(N_("Save as PDF"))),
            KeyHint("Ctrl+Shift+O", _(N_("Open"))),
            KeyHint("Up Down", _(N_("What is printed"))),
            KeyHint("Alt+F", _(N_("Questionnaire"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Save, open, choose."""
        return (
            Action("print", _(N_("Save as PDF")), self.print_now, "Ctrl+P"),
            Action("open-printed", _(N_("Open the PDF file")), self.written.open_file, "Ctrl+Shift+O"),
            Action("printed-folder", _(N_("Show in the folder")), self.written.open_folder),
            Action("print-place", _(N_("Choose the place…")), self.choose_place, "Ctrl+Shift+S"),
            Action("print-form", _(N_("Choose the questionnaire")), self.form.open_list, "Alt+F"),
            Action("print-language", _(N_("Choose the language")), self.language.open_list, "Alt+L"),
        )

    def here(self, route: Route) -> Route:  # noqa: ARG002 - what is chosen says where one is
        """What is chosen and typed."""
        is_typed = self.target.text() != self._proposed
        return PrintRoute(
            self.matter,
            "",
            self.form.current,
            self.firms.text(),
            self.day.text(),
            self.language.current,
            self.target.text() if is_typed else "",
        )

    def on_shown(self) -> None:
        """Begin with what is printed."""
        self.matters.focus_choice()

    def leave(self) -> None:
        """Nobody waits any more: the worker ends with the page."""
        task, self._task = self._task, None
        if task is not None and task.is_running:
            task.setParent(QApplication.instance())
            for ended in (task.progressed, task.finished, task.refused, task.cancelled):
                ended.disconnect()
            for ended in (task.finished, task.refused, task.cancelled):
                ended.connect(task.deleteLater)
            task.cancel()
        super().leave()

    def cancel(self) -> bool:
        """Esc stops what is written; a file that was there before stays."""
        if self._task is None or not self._task.is_running:
            return False
        self._task.cancel()
        return True

    def _show_matter(self) -> None:
        """Show what the chosen matter asks for."""
        printing, matter = self._printing, self._printing.PrintedMatter(self.matter)
        self._about.setText(_(printing.ABOUT[matter]))
        self._form_field.setHidden(matter not in printing.TAKES_FORM)
        self._firms_field.setHidden(matter not in printing.TAKES_FIRM)
        self._day_field.setHidden(matter is not printing.PrintedMatter.DAY_LIST)
        keys = printing.TEXTS.get(matter, ()) if self.desk.study.role == "staff" else ()
        self.texts_part.show_texts(self.desk.study, keys, self.language.current)
        self._say(())
        self._propose()

    def _propose(self) -> None:
        """A free name beside the study, as long as none was typed."""
        if self.target.text() not in ("", self._proposed):
            return
        place = self._printing.proposed(self.desk.study, self.matter, self.firms.text(), self.form.current)
        self._proposed = str(place)
        self.target.show_text(self._proposed)

    def choose_place(self) -> None:
        """Ask where the file shall be written."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            _(N_("Save as PDF")),
            self.target.text(),
            tr(N_("PDF file ({pattern})"), pattern="*.pdf"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self.target.show_text(chosen)

    def print_now(self) -> None:
        """Let the worker write the file."""
        if self._task is not None and self._task.is_running:
            return
        from kume_desktop.services import worker

        printing = self._printing
        day = read_date(self.day.text())
        if self.matter == printing.PrintedMatter.DAY_LIST and day is None:
            self._say((problem("print.bad-day", day=self.day.text()),))
            self.day.setFocus()
            return
        self._say(())
        place = self.desk.study.path.parent / Path(self.target.text()).expanduser()
        lang = self.language.current
        wanted = printing.Request(printing.PrintedMatter(self.matter), (), self.form.current, day, lang)
        target = place if place.suffix.lower() == ".pdf" else place.with_name(f"{place.name}.pdf")
        codes = self.firms.text().replace(",", " ").split()
        params = printing.params_of(wanted, target, codes)
        self._start(worker.request(self.desk.study, printing.PRINT, **params))

    def _start(self, request: Mapping[str, Any]) -> None:
        self._task = task = Task(request, self)
        task.progressed.connect(self._tell)
        task.finished.connect(self._finished)
        task.refused.connect(self._refused)
        task.cancelled.connect(lambda: self._tell(None))
        self._tell(Progress(0, 0, _(self._printing.WRITING)))
        task.start()

    def _finished(self, answer: Mapping[str, Any]) -> None:
        self._tell(None)
        self.written.show_written(answer)
        self._proposed = self.target.text()
        told = tr(N_("{file} is written."), file=Path(str(answer["path"])).name)
        self.toast.emit(Toast(told, self.written.open_file, _(N_("Open"))))
        self.written.open.setFocus()

    def _refused(self, problems: Sequence[Problem]) -> None:
        self._tell(None)
        self._say(problems)

    def _say(self, problems: Sequence[Problem]) -> None:
        """Show what stands in the way in the place of what stood there before."""
        while (item := self._notes.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for one in problems:
            note = ProblemNote(texts.say(one), hard=one.is_error)
            self._notes.addWidget(note)
            note.say()

    def _tell(self, progress: Progress | None) -> None:
        self.header.set_busy(progress)
        self.busy.emit(progress)


def _at_left(widget: QWidget) -> QWidget:
    """A widget that keeps its own width, at the left of a column."""
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    return held
