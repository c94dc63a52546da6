"""The five parts of the page: each a widget with what it shows and the buttons it has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.fields import NumberField, SearchField, TextField, labelled
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.table import GAP, RowsModel, Table
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.personal_data import rows
from kume_desktop.gui.personal_data.person_panel import PersonPanel
from kume_desktop.gui.personal_data.rows import HitRow
from kume_desktop.gui.theme import Tone
from kume_desktop.services.access_log import Access, BadLine
from kume_desktop.services.personal_data.devices import DeviceRecord
from kume_desktop.services.personal_data.finding import Found
from kume_desktop.services.personal_data.inventory import Line
from kume_desktop.services.personal_data.retention import Due
from kume_desktop.texts import N_, _, tr

_FAULTS = {
    "altered": N_("was altered"),
    "moved": N_("stands at another place"),
    "missing": N_("is missing, or its package is still to come"),
    "unreadable": N_("cannot be read"),
}


class Part(QWidget):
    """A column with the margins of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.metrics().margin - GAP, 4, theme.metrics().margin, 12)
        self.column.setSpacing(8)

    def take_focus(self) -> None:
        """What is worked with first."""

    def say(self, words: str) -> Label:
        """Add a sentence."""
        label = Label(words, Role.SECOND, Tone.TEXT2, wrap=True)
        label.setContentsMargins(GAP, 0, 0, 0)
        self.column.addWidget(label)
        return label

    def acts(self, *buttons: QWidget) -> None:
        """Add a row of buttons."""
        row = QHBoxLayout()
        row.setContentsMargins(GAP, 0, 0, 4)
        row.setSpacing(12)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)


class FindPart(Part):
    """A field, what was found, and the panel of the firm the bar is on."""

    def __init__(self) -> None:
        super().__init__()
        self.search = SearchField(_(N_("Find a person")), _(N_("Name, telephone, e-mail or tax number")))
        self.panel = PersonPanel()
        self.model: RowsModel[HitRow] = RowsModel(rows.hits())
        self.table = Table(self.model, _(N_("Where the person stands")))
        self.table.current_row.connect(self._show_row)
        self.told = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        left = QVBoxLayout()
        left.setContentsMargins(GAP, 4, 0, 0)
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.told)
        left.addWidget(self.table, 1)
        whole = QHBoxLayout()
        whole.setSpacing(12)
        whole.addLayout(left, 1)
        whole.addWidget(self.panel)
        self.column.addLayout(whole, 1)

    def take_focus(self) -> None:
        """The field."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_found(self, found: Sequence[Found]) -> None:
        """Show the places by firm."""
        self.model.set_rows([HitRow(firm, hit) for firm in found for hit in firm.hits])
        places = sum(len(firm.hits) for firm in found)
        said = N_("Found at {places} places of {firms} firms.")
        none = N_("Nothing that is held names this person.")
        self.told.setText(tr(said, places=places, firms=len(found)) if found else _(none))
        self.panel.show_firm(None)
        if found:
            self.table.selectRow(0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_row(self, row: object) -> None:
        firm = row.firm if isinstance(row, HitRow) else None
        if firm != self.panel.firm:
            self.panel.show_firm(firm)


class DuePart(Part):
    """The periods of the purposes, what is past them, and the cleaning of file and backups."""

    period_given = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        own = N_("Months that personal answers are kept, by purpose (origin: Own). Without a number nothing is due.")
        self.say(_(own))
        self._periods = QHBoxLayout()
        self._periods.setContentsMargins(GAP, 0, 0, 0)
        self._periods.setSpacing(16)
        self.fields: dict[str, NumberField] = {}
        self._count = 0
        self.column.addLayout(self._periods)
        self.model: RowsModel[Due] = RowsModel(rows.dues())
        self.table = Table(self.model, _(N_("What is due to be erased")))
        self.told = self.say("")
        self.column.addWidget(self.table, 1)
        self.erase = Button(_(N_("Erase what is due")), Kind.PRIMARY)
        self.clean = Button(_(N_("Clean the file")))
        self.thin = Button(_(N_("Delete the older backups")))
        self.acts(self.erase, self.clean, self.thin)
        self._asking: Button | None = None
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.selectionModel().selectionChanged.connect(lambda *_how: self._tell_chosen())
        self.say(_(N_("Backups made before an erasure hold it until they are thinned out (30 days).")))

    def take_focus(self) -> None:
        """The list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_due(self, found: Sequence[Due], periods: Sequence[tuple[str, int]]) -> None:
        """Show the periods and what is past them."""
        for purpose, months in periods:
            if purpose not in self.fields:
                field = NumberField(tr(N_("{purpose}, months"), purpose=purpose))
                field.committed.connect(lambda text, one=purpose: self.period_given.emit(one, text))
                self.fields[purpose] = field
                self._periods.addWidget(labelled(field.accessibleName(), field))
            self.fields[purpose].show_text(str(months) if months else "")
        self.model.set_rows(found)
        self._count = len(found)
        if found:
            self.table.selectRow(0)
        self._tell_chosen()

    def _tell_chosen(self) -> None:
        """Say how many rows are chosen; what was asked before was asked of others."""
        chosen = len(self.chosen())
        self.ask_again(None)
        said = N_("{count} interviews are due, {chosen} chosen. Shift or Ctrl+A chooses several.")
        self.told.setText(tr(said, count=self._count, chosen=chosen))
        self.erase.setEnabled(chosen > 0)

    def ask_again(self, button: Button | None) -> bool:
        """Ask before what cannot be taken back; True where this button was pressed once already."""
        is_sure, self._asking = button is not None and button is self._asking, button
        many = tr(N_("Yes, erase {count} interviews for good"), count=len(self.chosen()))
        words = {self.erase: _(N_("Erase what is due")), self.thin: _(N_("Delete the older backups"))}
        sure = {self.erase: many, self.thin: _(N_("Yes, delete them for good"))}
        for one, word in words.items():
            one.setText(sure[one] if one is button and not is_sure else word)
        if is_sure:
            self._asking = None
        return is_sure

    @property
    def is_asked_again(self) -> bool:
        """Whether pressing once more erases or deletes."""
        return self._asking is not None

    def chosen(self) -> tuple[Due, ...]:
        """The rows that are chosen, in their order."""
        places = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return tuple(self.model.rows[place] for place in places if place < len(self.model.rows))


class LogPart(Part):
    """Who did what, and whether the log is as it was written."""

    def __init__(self) -> None:
        super().__init__()
        self.check = Button(_(N_("Check the log")))
        self.acts(self.check)
        self.told = self.say(_(N_("Each entry names the one before: nobody can take one out or change it unseen.")))
        self.model: RowsModel[Access] = RowsModel(rows.accesses())
        self.table = Table(self.model, _(N_("Access log")))
        self.column.addWidget(self.table, 1)

    def take_focus(self) -> None:
        """The list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_entries(self, entries: Sequence[Access]) -> None:
        """Show the log."""
        self.model.set_rows(entries)

    def show_verified(self, bad: Sequence[BadLine]) -> None:
        """Say whether the log is whole, or which line is the first that is not."""
        if not bad:
            self.told.setText(_(N_("Every line of the log is as it was written.")))
            return
        line = N_("Line {seq} of stream {stream} {fault}.")
        self.told.setText(
            " ".join(tr(line, seq=one.seq, stream=one.stream_id[-8:], fault=_(_FAULTS[one.fault])) for one in bad)
        )


class InventoryPart(Part):
    """A line for each category, as the registry asks for it; purpose and ground are the agency's to say."""

    line_given = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.as_pdf, self.as_csv = Button(_(N_("Save as PDF"))), Button(_(N_("Save as CSV")))
        self.acts(self.as_pdf, self.as_csv)
        self.model: RowsModel[Line] = RowsModel(rows.lines())
        self.table = Table(self.model, _(N_("Inventory of personal data")))
        self.table.current_row.connect(self._show_row)
        self.column.addWidget(self.table, 1)
        self.purpose = TextField(_(N_("Purpose of this category")))
        self.ground = TextField(_(N_("Legal ground of this category")))
        for field in (self.purpose, self.ground):
            field.committed.connect(lambda _text: self._give())
            self.column.addWidget(labelled(field.accessibleName(), field))
        self.say(
            _(N_("What is emptied goes back to the proposed words (origin: Own). Let the agency's counsel check."))
        )
        self._line: Line | None = None

    def take_focus(self) -> None:
        """The list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show the inventory; the bar stays on its line."""
        key = self._line.key if self._line is not None else ""
        self.model.set_rows(lines)
        self.table.select(lambda line: line.key == key)
        self._show_row(self.table.selected())

    def _show_row(self, row: object) -> None:
        self._line = row if isinstance(row, Line) else None
        self.purpose.show_text(self._line.purpose if self._line is not None else "")
        self.ground.show_text(self._line.ground if self._line is not None else "")

    def _give(self) -> None:
        """Tell what was typed where it says something else."""
        line, said = self._line, (self.purpose.text().strip(), self.ground.text().strip())
        if line is not None and said != (line.purpose, line.ground):
            self.line_given.emit(line.key, *said)


class LostPart(Part):
    """The computers that wrote into the study."""

    def __init__(self) -> None:
        super().__init__()
        said = N_("Choose the computer that was lost. The report says what was on it and what of it arrived here.")
        self.say(_(said))
        self.as_pdf = Button(_(N_("Report the loss as PDF")))
        self.revoke = Button(_(N_("Trust it no longer")))
        self.acts(self.as_pdf, self.revoke)
        self.model: RowsModel[DeviceRecord] = RowsModel(rows.computers())
        self.table = Table(self.model, _(N_("Computers of the study")))
        self.column.addWidget(self.table, 1)

    def show_computers(self, computers: Sequence[DeviceRecord]) -> None:
        """Show the computers, this one last."""
        self.model.set_rows(computers)
        if computers and self.table.selected() is None:
            self.table.selectRow(0)

    def take_focus(self) -> None:
        """The list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.rows and self.table.selected() is None:
            self.table.selectRow(0)

    def chosen(self) -> DeviceRecord | None:
        """The row the bar is on."""
        row = self.table.selected()
        return row if isinstance(row, DeviceRecord) else None
