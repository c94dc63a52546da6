"""The contents of the report as a list: check boxes, order, numbers; walked, checked and moved by keys or mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components.labels import announce
from kume_desktop.gui.figures.fitting import height_of
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
INDENT = 12
"""The bar stands so far left of the boxes."""

_BOX, _NUMBERS, _GRIP = 16, 32, 24


@dataclass(frozen=True, slots=True)
class Line:
    """A part of the report, one sheet or several; `required` ones cannot be left out.

    `title` is in the language of the window, `source` the same in English, to be translated for the file.
    """

    key: str
    title: str
    required: bool
    on: bool = True
    source: str = ""


class SheetList(QWidget):
    """`changed`: boxes or order; `walked`: another sheet; `locked`: a person wanted to leave a required sheet out."""

    changed = Signal()
    walked = Signal(str)
    locked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._tops: list[int] = []
        self._at = 0
        self._dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("own_ring", True)
        self.setAccessibleName(_(N_("Contents")))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The sheets in their order."""
        return tuple(self._lines)

    @property
    def current(self) -> Line | None:
        """The sheet that the bar is on."""
        return self._lines[self._at] if self._lines else None

    @property
    def written(self) -> tuple[str, ...]:
        """The keys of the sheets that are written, in their order."""
        return tuple(line.key for line in self._lines if line.on)

    def show_lines(self, lines: Sequence[Line], current: str = "") -> None:
        """Show other sheets; the bar goes to `current`, or stays on its sheet where that is still there."""
        wanted = current or (self.current.key if self.current else "")
        self._lines = list(lines)
        self._at = next((place for place, line in enumerate(self._lines) if line.key == wanted), 0)
        self._measure()

    def number_of(self, key: str) -> str:
        """The number of a part among those that are written, '' for one that is not."""
        return str(self.written.index(key) + 1) if key in self.written else ""

    def top_of_current(self) -> tuple[int, int]:
        """Upper edge and height of the row with the bar."""
        if not self._lines:
            return 0, 0
        return self._tops[self._at], self._tops[self._at + 1] - self._tops[self._at]

    def toggle(self, place: int) -> None:
        """Put a sheet in or leave it out; it keeps its place in the order."""
        line = self._lines[place]
        if line.required:
            self.locked.emit(line.title)
            return
        self._lines[place] = replace(line, on=not line.on)
        self._tell()

    def move_current(self, step: int) -> None:
        """Move the current sheet up (-1) or down (1)."""
        place = self._at + step
        if 0 <= place < len(self._lines):
            self._lines.insert(place, self._lines.pop(self._at))
            self._at = place
            self._measure()
            self._tell()

    def sentence(self) -> str:
        """What a screen reader hears of the current sheet."""
        line = self.current
        if line is None:
            return ""
        state = _(N_("always written")) if line.required else _(N_("on")) if line.on else _(N_("off"))
        number = self.number_of(line.key)
        return (
            f"{tr(N_('part {number}'), number=number)}, {line.title}, {state}" if number else f"{line.title}, {state}"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home, End walk; Space checks; Alt+Up and Alt+Down move."""
        key, last = Qt.Key(event.key()), len(self._lines) - 1
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key, 0)
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_current(step)
        elif step or key in ends:
            self._go(min(last, max(0, ends.get(key, self._at + step))))
        elif key == Qt.Key.Key_Space and self._lines:
            self.toggle(self._at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click goes to a row; on its box it checks, on its grip it begins to move."""
        place, x = self._place_at(event.position().toPoint()), event.position().x()
        if place is None:
            return
        self._go(place)
        self._dragged = x > self.width() - _GRIP - 8
        if x < INDENT + _BOX + 10:
            self.toggle(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row that is held by its grip follows the pointer."""
        place = self._place_at(event.position().toPoint())
        if self._dragged and place is not None and place != self._at:
            self.move_current(1 if place > self._at else -1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the row go."""
        super().mouseReleaseEvent(event)
        self._dragged = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say the row one arrives at."""
        super().focusInEvent(event)
        self.update()
        announce(self, self.sentence())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Draw the bar as one without the focus."""
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: object) -> None:
        """Give long titles the lines they need."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._measure()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(theme.px(300), self._tops[-1] if self._tops else theme.px(32))

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(INDENT, 0, self.width() - INDENT, 1), theme.colour(Tone.LINE))
        for place, line in enumerate(self._lines):
            box = QRectF(0, self._tops[place], self.width(), self._tops[place + 1] - self._tops[place])
            _paint_row(self, painter, line, box, place == self._at)

    def _measure(self) -> None:
        font, least = fonts.font(Role.BODY, fonts.SEMIBOLD), theme.px(32)
        tops = [0]
        for line in self._lines:
            tops.append(tops[-1] + max(least, height_of(line.title, font, int(self.title_width)) + 12))
        self._tops = tops
        self.setFixedHeight(max(tops[-1], least))
        self.update()

    @property
    def title_width(self) -> float:
        """The room for a title."""
        return self.width() - INDENT - _BOX - 12 - theme.px(_NUMBERS) - _GRIP

    def _place_at(self, point: QPoint) -> int | None:
        inside = (place for place in range(len(self._lines)) if self._tops[place] <= point.y() < self._tops[place + 1])
        return next(inside, None)

    def _go(self, place: int) -> None:
        if place != self._at and 0 <= place < len(self._lines):
            self._at = place
            self.walked.emit(self._lines[place].key)
        self.update()
        announce(self, self.sentence())

    def _tell(self) -> None:
        self.update()
        announce(self, self.sentence())
        self.changed.emit()


def _paint_row(sheets: SheetList, painter: QPainter, line: Line, box: QRectF, here: bool) -> None:
    if here:
        painter.fillRect(box, theme.colour(Tone.ACCENT_SOFT))
        bar = theme.colour(Tone.ACCENT if sheets.hasFocus() else Tone.MID)
        painter.fillRect(QRectF(0, box.y(), 3, box.height()), bar)
    painter.fillRect(QRectF(INDENT, box.bottom() - 1, sheets.width() - INDENT, 1), theme.colour(Tone.LINE))
    _paint_box(painter, line, box.center().y())
    left = INDENT + _BOX + 12
    painter.setFont(fonts.font(Role.BODY, fonts.SEMIBOLD if here else None))
    painter.setPen(theme.colour(Tone.TEXT if line.on else Tone.TEXT2))
    painter.drawText(QRectF(left, box.y(), sheets.title_width, box.height()), _LEFT, line.title)
    painter.setFont(fonts.font(Role.SECOND, tabular=True))
    painter.setPen(theme.colour(Tone.TEXT2))
    numbers = theme.px(_NUMBERS)
    place = QRectF(sheets.width() - _GRIP - numbers - 4, box.y(), numbers, box.height())
    painter.drawText(place, _RIGHT, sheets.number_of(line.key))
    _paint_grip(painter, sheets.width(), box.center().y())


def _paint_box(painter: QPainter, line: Line, middle: float) -> None:
    """The check box; a sheet that is always written has a lock in its place."""
    place = QRectF(INDENT, middle - _BOX / 2, _BOX, _BOX)
    corner = QPoint(round(place.x()) + 1, round(place.y()) + 1)
    if line.required:
        icons.paint(painter, corner, "lock", 14, Tone.TEXT2)
        return
    painter.setPen(QPen(theme.colour(Tone.ACCENT if line.on else Tone.LINE_STRONG), 1))
    painter.setBrush(theme.colour(Tone.ACCENT if line.on else Tone.SURFACE))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if line.on:
        icons.paint(painter, corner, "check", 14, Tone.ACCENT_FG)


def _paint_grip(painter: QPainter, right: int, middle: float) -> None:
    """Six dots: here a mouse takes the row."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(Tone.TEXT3))
    left = right - 14
    for row in (-4, 0, 4):
        for column in (0, 5):
            painter.drawRect(QRectF(left + column, middle + row - 1, 2, 2))
