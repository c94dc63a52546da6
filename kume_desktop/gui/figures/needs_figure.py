"""What the drawings of the needs matrix share: the cells of one area, the keys that walk them, what is said of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.badge import hatch_brush
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.figure import Figure
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import NeedScore

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NeedsFigure(Figure):
    """Arrows walk the cells and say them aloud, Enter opens the answers behind one.

    Functions are the rows and resources the columns; `upright` turns that round.
    """

    cell_changed = Signal(object)
    cell_opened = Signal(object)

    def __init__(self, method: Method, least: int, *, upright: bool = False) -> None:
        super().__init__(_(N_("Needs matrix")), least)
        self._method, self._upright = method, upright
        self._functions, self._resources = words.names(method)
        self._cells: dict[tuple[str, str], NeedScore] = {}
        self._at = (0, 0)

    @property
    def current(self) -> NeedScore | None:
        """The cell that the arrows stand on."""
        return self._cells.get(self.key_at(*self._at))

    @property
    def cells(self) -> tuple[NeedScore, ...]:
        """The cells of the area, function by function."""
        every = ((function, resource) for function in self._functions for resource in self._resources)
        return tuple(self._cells[key] for key in every if key in self._cells)

    @property
    def size_in_cells(self) -> tuple[int, int]:
        """Rows and columns."""
        size = (len(self._functions), len(self._resources))
        return (size[1], size[0]) if self._upright else size

    def key_at(self, row: int, column: int) -> tuple[str, str]:
        """Function and resource of a place."""
        places = (column, row) if self._upright else (row, column)
        return list(self._functions)[places[0]], list(self._resources)[places[1]]

    def set_cells(self, needs: Sequence[NeedScore]) -> None:
        """Show the cells of one area; the arrows stay where they stand."""
        self._cells = {(one.function, one.resource): one for one in needs}
        self.measure()
        self.update()
        self.cell_changed.emit(self.current)

    def select(self, function: str, resource: str) -> None:
        """Stand on a cell."""
        place = (list(self._functions).index(function), list(self._resources).index(resource))
        self._at = (place[1], place[0]) if self._upright else place
        self._tell()

    def place_name(self, need: NeedScore) -> str:
        """Üretim, Finansman Kaynağı."""
        return f"{self._functions[need.function]}, {self._resources[need.resource]}"

    def spoken(self) -> str:
        """The cell with every figure and its base."""
        need = self.current
        if need is None:
            return self.accessibleName()
        return f"{self.place_name(need)}: {words.need_sentence(need, self._method)}"

    def told(self) -> str:
        """Every cell."""
        cells = self.cells
        return "\n".join(f"{self.place_name(need)}: {words.need_sentence(need, self._method)}" for need in cells)

    @property
    def same_n(self) -> int | None:
        """The n of every cell, None where they differ."""
        found = {need.n for need in self._cells.values()}
        return found.pop() if len(found) == 1 else None

    def box(self, row: int, column: int) -> QRectF:
        """Where a cell is drawn."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        """Keep the arrows for the cells where the page uses them too."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and event.key() in _STEPS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Home and End go to the ends of the row, Enter opens."""
        key, (rows, columns) = Qt.Key(event.key()), self.size_in_cells
        if key in _STEPS:
            step = _STEPS[key]
            at = (self._at[0] + step[0], self._at[1] + step[1])
            self._at = (min(rows - 1, max(0, at[0])), min(columns - 1, max(0, at[1])))
            self._tell()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._at = (self._at[0], 0 if key == Qt.Key.Key_Home else columns - 1)
            self._tell()
        elif key in _ENTER and self.current is not None:
            self.cell_opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click stands on the cell."""
        found = self._cell_at(event.position())
        if found is not None:
            self._at = found
            self._tell()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the answers behind."""
        if self._cell_at(event.position()) is not None and self.current is not None:
            self.cell_opened.emit(self.current)

    def paint_focus(self, painter: QPainter) -> None:
        """Draw the ring around the cell one stands on."""
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(Tone.TEXT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.box(*self._at).adjusted(-1, -1, 1, 1), 3, 3)

    def _cell_at(self, point: QPointF) -> tuple[int, int] | None:
        rows, columns = self.size_in_cells
        every = ((row, column) for row in range(rows) for column in range(columns))
        return next((place for place in every if self.box(*place).contains(point)), None)

    def _tell(self) -> None:
        self.cell_changed.emit(self.current)
        self.say()


def is_hidden(need: NeedScore | None) -> bool:
    """Whether a cell has nothing to show: nobody answered, or too few did."""
    return need is None or need.mean is None or need.band is None or words.too_few(need)


def paint_hidden(painter: QPainter, box: QRectF, need: NeedScore | None) -> None:
    """A cell that has nothing to show, with the reason on a plain ground."""
    few = need is not None and words.too_few(need)
    text = "n < 3" if few else _(N_("no answer"))
    painter.fillRect(box, hatch_brush())
    painter.setFont(fonts.font(Role.CAPTION))
    wide = painter.fontMetrics().horizontalAdvance(text) + 12
    ground = QRectF(box.center().x() - wide / 2, box.center().y() - theme.px(10), wide, theme.px(20))
    painter.fillRect(ground, theme.colour(Tone.SURFACE))
    painter.setPen(theme.colour(Tone.TEXT2))
    painter.drawText(ground, _CENTRE, text)
