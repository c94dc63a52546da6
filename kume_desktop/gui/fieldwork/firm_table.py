"""The table of firms: several rows can be chosen, for acts on all of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from kume_desktop.gui.components.table import Table
from kume_desktop.gui.fieldwork.firms_model import FirmsModel
from kume_desktop.gui.theme import Tone
from kume_desktop.services.views import FirmRow
from kume_desktop.texts import N_, _

_Index = QModelIndex | QPersistentModelIndex
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class FirmTable(Table):
    """`chosen_changed` when other rows are chosen; the bar is on one of them."""

    chosen_changed = Signal()

    def __init__(self, model: FirmsModel) -> None:
        super().__init__(model, _(N_("Firms of the study")))
        self._model = model
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def chosen_rows(self) -> list[int]:
        """The chosen rows from above, at least the one the bar is on."""
        parts = self.selectionModel().selection().toList()
        found = {row for part in parts for row in range(part.top(), part.bottom() + 1)}
        current = self.currentIndex().row()
        return sorted(found) or ([current] if current >= 0 else [])

    def chosen(self) -> list[FirmRow]:
        """The chosen firms from above."""
        return self._model.firms_at(self.chosen_rows())

    def bring(self, row: int) -> None:
        """Move the bar to a row and choose it alone."""
        index = self._model.index(row, 0)
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, how)

    def fill_of(self, row: int, current: bool) -> Tone:
        """The fill of a row: chosen, under the mouse, or plain."""
        if self.selectionModel().isRowSelected(row, QModelIndex()):
            return Tone.ACCENT_SOFT
        return super().fill_of(row, current)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that other rows are chosen."""
        super().selectionChanged(selected, deselected)
        self.viewport().update()
        self.chosen_changed.emit()

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+A for the rows, whatever the page has on its keys."""
        wanted = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.SelectAll)
        if wanted and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Space adds or takes away a row, Shift with Home and End stretches to the ends; the rest as any table."""
        key, held = Qt.Key(event.key()), event.modifiers()
        if key == Qt.Key.Key_Space and held & Qt.KeyboardModifier.ControlModifier:
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flags.Toggle | flags.Rows)
        elif key in _ENDS and held & Qt.KeyboardModifier.ShiftModifier:
            self._stretch(_ENDS[key])
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters find the next firm whose name begins with them."""
        found = self._model.find(search, self.currentIndex().row())
        if found >= 0:
            self.bring(found)

    def _stretch(self, end: int) -> None:
        """Choose from the bar to the first or the last row."""
        last, here = self._model.rowCount() - 1, self.currentIndex().row()
        if here < 0:
            return
        above, below = (here, last) if end else (0, here)
        part = QItemSelection(self._model.index(above, 0), self._model.index(below, self._model.columnCount() - 1))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(part, flags.ClearAndSelect | flags.Rows)
