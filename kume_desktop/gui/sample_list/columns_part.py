"""Which column says what: one row a column with its first cells and a picker, and below what the rows become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.fields import NumberField, TextField, labelled
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.scroll import ScrollColumn
from kume_desktop.gui.components.table import GAP
from kume_desktop.gui.components.typed_date import as_typed, read_date
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.sample_list.firms_table import FirmsTable
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.sample_lists.asked import Asked
    from kume_desktop.services.sample_lists.checked import Became
    from kume_desktop.services.sample_lists.outline import LookedSheet, Outline

_LONGEST = 60
_IN_ROW, _ONE_ROW = 3, 1060
_LOW = 330


class ColumnsPart(QWidget):
    """`said` carries what a person changed: `{name of the part of Asked: value}`.

    `date_refused` carries what was typed as the day of the list and is none, `row_refused` what was typed as the row
    of the heads; '' once it is mended.
    """

    said = Signal(object)
    date_refused = Signal(str)
    row_refused = Signal(str)

    def __init__(self, areas: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.sheet = _picker(_(N_("Sheet")), 200)
        self.revision = _picker(_(N_("NACE revision")), 110)
        self.area = _picker(_(N_("Area of firms without one")), 220)
        self.source = TextField(_(N_("Name of the source")), placeholder=_(N_("e.g. chamber of commerce")))
        self.listed_on = TextField(_(N_("Date of the list")), placeholder=_(N_("day.month.year")))
        self.head_row = NumberField(_(N_("Row of the heads")))
        self.head_row.setFixedWidth(theme.px(90))
        self.area.set_items([("", _(N_("none"))), *areas])
        self.fields: dict[str, Picker] = {}
        self._scroll = ScrollColumn(margins=(GAP, 0, GAP, 8))
        self._scroll.column.addStretch(1)
        self._grid_holder: QWidget | None = None
        self.firms = FirmsTable(_(N_("What the first rows become")), dict(areas))
        self._lay_out()
        self.sheet.picked.connect(lambda key: self.said.emit({"sheet": key}))
        self.revision.picked.connect(lambda key: self.said.emit({"revision": key}))
        self.area.picked.connect(lambda key: self.said.emit({"area": key}))
        self.head_row.committed.connect(self._move_head)
        self.source.committed.connect(lambda text: self.said.emit({"source": text.strip()}))
        self.listed_on.committed.connect(self._date)

    def _lay_out(self) -> None:
        self._about = QGridLayout()
        self._about.setContentsMargins(GAP, 0, GAP, 0)
        self._about.setHorizontalSpacing(16)
        self._about.setVerticalSpacing(6)
        self._asked = [
            labelled(word, widget)
            for word, widget in (
                (_(N_("Sheet")), self.sheet),
                (_(N_("Row of the heads")), self.head_row),
                (_(N_("NACE revision")), self.revision),
                (_(N_("Area of firms without one")), self.area),
                (_(N_("Name of the source")), self.source),
                (_(N_("Date of the list")), self.listed_on),
            )
        ]
        self.listed_on.setMinimumWidth(theme.px(130))
        self._place_asked(len(self._asked))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._about)
        column.addWidget(self._scroll, 3)
        title = Label(_(N_("What the first rows become")), Role.SECTION)
        title.setContentsMargins(GAP, 0, GAP, 0)
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(title)
        below.addWidget(self.firms, 1)
        column.addWidget(self._below, 2)

    def _place_asked(self, in_row: int) -> None:
        self._in_row = in_row
        for place, widget in enumerate(self._asked):
            grows = Qt.AlignmentFlag(0) if widget.isAncestorOf(self.source) else Qt.AlignmentFlag.AlignLeft
            self._about.addWidget(widget, place // in_row, place % in_row, grows)
        for place in range(len(self._asked)):
            self._about.setColumnStretch(place, int(place == (in_row - 2 if in_row > _IN_ROW else 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is asked about the whole list stands in two rows where one is too short.

        In a low window the columns come first: what the rows become stands in the last tab too.
        """
        super().resizeEvent(event)
        in_row = len(self._asked) if event.size().width() >= theme.px(_ONE_ROW) else _IN_ROW
        if in_row != self._in_row:
            self._place_asked(in_row)
        self._below.setVisible(event.size().height() >= theme.px(_LOW))

    def show_file(self, outline: Outline, asked: Asked) -> None:
        """Show the sheets and columns of a file, and what was said about them."""
        from kume_desktop.exchange.sample_lists.nace import REVISIONS

        counted = N_("{sheet} ({rows} rows)")
        self.sheet.set_items(
            [
                (one.title, tr(counted, sheet=one.title or outline.file, rows=texts.number(one.rows, 0)))
                for one in outline.sheets
            ]
        )
        self.sheet.set_current(asked.sheet)
        self.revision.set_items([(one, f"Rev. {one}") for one in REVISIONS])
        self.revision.set_current(asked.revision)
        self.area.set_current(asked.area)
        self.head_row.show_text(str(asked.head_row))
        self.source.show_text(asked.source)
        self.listed_on.show_text(as_shown(asked.listed_on))
        self._show_columns(outline.sheet(asked.sheet), asked.fields)

    def show_firms(self, became: Sequence[Became]) -> None:
        """Show what the first rows become."""
        self.firms.show_firms(became)

    def take_focus(self) -> None:
        """The first column that nobody said has the focus."""
        open_ones = [picker for picker in self.fields.values() if not picker.current]
        first = next(iter(open_ones or self.fields.values()), None)
        (first or self.sheet).setFocus()

    def _show_columns(self, sheet: LookedSheet, given: Mapping[str, str]) -> None:
        from kume_desktop.services.sample_lists import preview, words

        samples = preview.samples(sheet)
        items = [("", _(N_("is not read"))), *((field.value, _(word)) for field, word in words.FIELDS.items())]
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        self.fields = {}
        for place, head in enumerate(sheet.heads):
            picker = _picker(tr(N_("What column {head} says"), head=head), 240)
            picker.set_items(items)
            picker.set_current(given.get(head, ""))
            picker.picked.connect(partial(self._pick, head))
            self.fields[head] = picker
            name = Label(head, Role.BODY, weight=fonts.MEDIUM, wrap=True)
            name.setMinimumWidth(theme.px(220))
            cells = Label(
                " · ".join(cell[:_LONGEST] for cell in samples[head]) or "–", Role.SECOND, Tone.TEXT2, wrap=True
            )
            for at, widget in enumerate((name, picker, cells)):
                grid.addWidget(widget, place, at)
        old, self._grid_holder = self._grid_holder, holder
        if old is not None:
            old.hide()
            old.deleteLater()
        self._scroll.column.insertWidget(0, holder)

    def _date(self, text: str) -> None:
        """A day is kept as days are stored; what is no day stays in the field and is not kept."""
        day = read_date(text)
        is_wrong = bool(text.strip()) and day is None
        self.listed_on.set_refused(is_wrong)
        if day is not None:
            self.listed_on.show_text(as_typed(day))
        self.date_refused.emit(text.strip() if is_wrong else "")
        self.said.emit({"listed_on": day.isoformat() if day is not None else ""})

    def _move_head(self, text: str) -> None:
        """Say in which row the heads are; what is no row number changes nothing and is told."""
        is_row = text.strip().isdecimal() and int(text) > 0
        self.head_row.set_refused(not is_row)
        self.row_refused.emit("" if is_row else text.strip())
        if is_row:
            self.said.emit({"head_row": int(text)})

    def _pick(self, head: str, field: str) -> None:
        """Say what a column says; another one that said the same is read no more."""
        given = {name: picker.current for name, picker in self.fields.items() if picker.current}
        for name, picker in self.fields.items():
            if name != head and field and picker.current == field:
                picker.set_current("")
                given.pop(name, None)
        if field:
            given[head] = field
        else:
            given.pop(head, None)
        self.said.emit({"fields": given})


def as_shown(stored: str) -> str:
    """The day of a list as people read it; what is no day as it is."""
    day = read_date(stored)
    return as_typed(day) if day is not None else stored


def _picker(name: str, width: int) -> Picker:
    made = Picker("", theme.px(width))
    made.setAccessibleName(name)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made
