"""The season calendar: areas by months; Space says whether a month is to be avoided, preferred, or neither."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from kume_desktop import texts
from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components.fields import TextField, labelled
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.field_rules.part import Part
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Refused
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.seasons import Season

AVOID, PREFER, NEITHER = "avoid", "prefer", ""
_NEXT = {NEITHER: AVOID, AVOID: PREFER, PREFER: NEITHER}
_WORDS = {AVOID: N_("avoid"), PREFER: N_("prefer"), NEITHER: N_("no rule")}
_FACES = {AVOID: ("x", Tone.WARN_SOFT, Tone.WARN), PREFER: ("check", Tone.OK_SOFT, Tone.OK)}
_KIND = Qt.ItemDataRole.UserRole
_MONTHS = 12
_ACTS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SeasonGrid(QTableWidget):
    """One row an area, one column a month. `changed` carries the row; arrows walk, Space and Enter change."""

    changed = Signal(int)

    def __init__(self, areas: dict[str, str]) -> None:
        super().__init__(len(areas), _MONTHS)
        self.codes = tuple(areas)
        self.setAccessibleName(_(N_("Season calendar")))
        self.setProperty("own_ring", True)
        self.setItemDelegate(_CellDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalHeaderLabels([month_name(number)[:3] for number in range(1, _MONTHS + 1)])
        self.setVerticalHeaderLabels(list(areas.values()))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        across, upright = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(theme.px(36))
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setDefaultSectionSize(theme.px(44))
        upright.setFixedWidth(theme.px(250))
        upright.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        )
        for head in (across, upright):
            head.setFont(fonts.font(Role.SECOND))
            head.setSectionsClickable(False)
            head.setHighlightSections(False)
        self.cellClicked.connect(self.turn)
        self.setFixedHeight(across.sizeHint().height() + len(areas) * theme.px(44) + 4)

    def put(self, row: int, column: int, kind: str) -> None:
        """Show a month of an area."""
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(row, column, item)
        item.setData(_KIND, kind)
        head = self.verticalHeaderItem(row)
        words = f"{head.text()}, {month_name(column + 1)}: {_(_WORDS[kind])}"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        item.setToolTip(words)

    def kind(self, row: int, column: int) -> str:
        """What holds for a month of an area."""
        item = self.item(row, column)
        return str(item.data(_KIND)) if item is not None else NEITHER

    def months(self, row: int, kind: str) -> frozenset[int]:
        """The months of an area of a kind."""
        return frozenset(column + 1 for column in range(_MONTHS) if self.kind(row, column) == kind)

    def turn(self, row: int, column: int) -> None:
        """Go on to the next kind."""
        self.put(row, column, _NEXT[self.kind(row, column)])
        self.changed.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter change the month."""
        if event.key() in _ACTS and self.currentRow() >= 0:
            self.turn(self.currentRow(), self.currentColumn())
        elif event.key() == Qt.Key.Key_Delete and self.currentRow() >= 0:
            self.put(self.currentRow(), self.currentColumn(), NEITHER)
            self.changed.emit(self.currentRow())
        else:
            super().keyPressEvent(event)


class _CellDelegate(QStyledItemDelegate):
    """A mark on a soft fill: never the colour alone."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        box: QRect = option.rect
        view, kind = self.parent(), str(index.data(_KIND) or "")
        painter.save()
        painter.fillRect(box, theme.colour(Tone.SURFACE))
        inner = box.adjusted(2, 2, -2, -2)
        painter.setPen(theme.colour(Tone.LINE))
        painter.drawRect(inner)
        if kind in _FACES:
            icon, fill, tone = _FACES[kind]
            painter.fillRect(inner, theme.colour(fill))
            icons.paint(painter, inner.center() - _half(), icon, icons.ROW, tone)
        current = isinstance(view, QTableWidget) and view.currentIndex() == index
        if current and isinstance(view, QWidget) and view.hasFocus():
            painter.setPen(QPen(theme.colour(Tone.ACCENT), 2))
            painter.drawRect(inner)
        painter.restore()


def _half() -> QPoint:
    return QPoint(icons.ROW // 2 - 1, icons.ROW // 2 - 1)


class SeasonsPart(Part):
    """Every change is stored at once and can be undone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._areas = self.area_names()
        self.grid = SeasonGrid(self._areas)
        self.note = TextField(_(N_("Why these months of this area are to be avoided")))
        self._note_of = Label("", Role.SECOND, Tone.TEXT2)
        self._read()
        words = _(N_("Months in which the firms of an area are better left alone ({avoid}) or best found ({prefer})."))
        told = words.format(avoid="×", prefer="✓")
        self.column.addWidget(Label(told, Role.BODY, Tone.TEXT2, wrap=True))
        self.column.addWidget(self.grid)
        self.column.addWidget(self._note_of)
        self.column.addWidget(labelled(self.note.accessibleName(), self.note))
        self.column.addStretch(1)
        self.grid.changed.connect(self._store)
        self.grid.currentCellChanged.connect(lambda *_cell: self._show_note())
        self.note.committed.connect(lambda _text: self._store(self.grid.currentRow()))
        if self.grid.rowCount():
            self.grid.setCurrentCell(0, 0)

    def _read(self) -> None:
        from kume_desktop.services import seasons

        held = {(one.area, one.kind): one for one in seasons.seasons(self.desk.study)}
        self._notes = {area: held[area, AVOID].note if (area, AVOID) in held else "" for area in self.grid.codes}
        self._other = {area: held[area, PREFER].note if (area, PREFER) in held else "" for area in self.grid.codes}
        for row, area in enumerate(self.grid.codes):
            for column in range(_MONTHS):
                kinds = [
                    kind for kind in (AVOID, PREFER) if (area, kind) in held and column + 1 in held[area, kind].months
                ]
                self.grid.put(row, column, kinds[0] if kinds else NEITHER)

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Walk and change."""
        return (
            KeyHint("Space", _(N_("Avoid, prefer, no rule"))),
            KeyHint("Left Right", _(N_("Month"))),
            KeyHint("Up Down", _(N_("Area"))),
            KeyHint("Tab", _(N_("Reason"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Change the month."""
        turn = lambda: self.grid.turn(max(0, self.grid.currentRow()), max(0, self.grid.currentColumn()))  # noqa: E731
        return (Action("turn", _(N_("Avoid, prefer, no rule")), turn, "Space", bound=False),)

    def take_focus(self) -> None:
        """The calendar."""
        self.grid.setFocus()

    def _show_note(self) -> None:
        row = self.grid.currentRow()
        if row >= 0:
            self._note_of.setText(self._areas[self.grid.codes[row]])
            self.note.show_text(self._notes[self.grid.codes[row]])
            self.note.setEnabled(bool(self.grid.months(row, AVOID)))

    def _store(self, row: int) -> None:
        from kume_desktop.services import seasons

        if row < 0:
            return
        area = self.grid.codes[row]
        before = tuple(one for one in seasons.seasons(self.desk.study) if one.area == area)
        note = self.note.text().strip() if row == self.grid.currentRow() else self._notes[area]
        kinds = ((AVOID, note), (PREFER, self._other[area]))
        wanted = [
            seasons.Season(area, self.grid.months(row, kind), told, kind)
            for kind, told in kinds
            if self.grid.months(row, kind)
        ]
        try:
            seasons.save(self.desk.study, area, wanted)
        except Refused as refused:
            for one in refused.problems:
                self.column.addWidget(ProblemNote(texts.say(one), hard=True))
            return
        self._notes[area] = note
        self.note.setEnabled(bool(self.grid.months(self.grid.currentRow(), AVOID)))
        words = tr(N_("The calendar is stored: {area}."), area=self._areas[area])
        self.stored.emit(words, partial(self._undo, area, before))

    def _undo(self, area: str, before: tuple[Season, ...]) -> None:
        from kume_desktop.services import seasons

        seasons.save(self.desk.study, area, before)
        self._read()
        self._show_note()


def month_name(number: int) -> str:
    """The name of a month in the language in force."""
    return texts.long_date(date(2026, number, 1)).split(" ")[1]
