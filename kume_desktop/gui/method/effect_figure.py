"""What a draft does to every area: both statistics before and after, and where the index stands between the cuts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.figure import Figure
from kume_desktop.gui.figures.fitting import height_of
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_HEAD, _ROW, _FOOT = 26, 46, 36
_BEFORE, _AFTER, _CHANGE = 58, 62, 66
_NAME_SHARE = 0.34
_TOO_SMALL = 0.05


@dataclass(frozen=True, slots=True)
class EffectLine:
    """An area before and after: index, published form and category; `probability` is that of the new category.

    The geometric what-if stands beside them, with the category that it would give; it is no index of the method.
    """

    name: str
    before: float | None
    after: float | None
    published_before: int | None
    published_after: int | None
    category_before: int | None
    category_after: int | None
    probability: float | None
    published_category_before: int | None = None
    published_category_after: int | None = None
    geometric_before: float | None = None
    geometric_after: float | None = None
    geometric_category: int | None = None

    @property
    def changes_category(self) -> bool:
        """Whether the draft moves the area into another category, by either statistic."""
        return (self.category_before, self.published_category_before) != (
            self.category_after,
            self.published_category_after,
        )

    @property
    def geometric_differs(self) -> bool:
        """Whether the area would stand in another category if its index were a geometric mean."""
        return self.geometric_category != self.category_after


class EffectFigure(Figure):
    """Up and Down walk the areas; a ring is the published version, a dot the draft, a diamond the geometric what-if."""

    line_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__(_(N_("Effect on the areas")), 480)
        self._lines: tuple[EffectLine, ...] = ()
        self._lowest = 0.0
        self._cuts: tuple[float, ...] = ()
        self._old_cuts: tuple[float, ...] = ()
        self._version = ""
        self._rows: list[QRectF] = []
        self._at = 0

    @property
    def lines(self) -> tuple[EffectLine, ...]:
        """The areas in their order."""
        return self._lines

    def show_lines(
        self, lines: Sequence[EffectLine], lowest: float, cuts: Sequence[float], old_cuts: Sequence[float], version: str
    ) -> None:
        """Show the areas on the axis from `lowest` to 100 with the cuts of the draft (and those it replaces)."""
        self._lines = tuple(lines)
        self._lowest, self._cuts, self._old_cuts, self._version = lowest, tuple(cuts), tuple(old_cuts), version
        self._at = min(self._at, max(0, len(self._lines) - 1))
        self.measure()
        self.update()

    def spoken(self) -> str:
        """The area one stands on with all its figures."""
        if not self._lines:
            return self.accessibleName()
        line = self._lines[self._at]
        said = N_(
            "{name}: index {before}, with the draft {after}; published form {old}, with the draft {new}; "
            "as a geometric mean {geometric}"
        )
        return tr(
            said,
            name=line.name,
            before=words.figure(line.before, 1),
            after=words.figure(line.after, 1),
            old=words.figure(line.published_before, 0),
            new=words.figure(line.published_after, 0),
            geometric=words.figure(line.geometric_after, 1),
        )

    def measure(self) -> None:
        """Give long names two lines."""
        top = float(theme.px(_HEAD))
        self._rows = []
        for line in self._lines:
            name = height_of(line.name, fonts.font(Role.BODY, fonts.MEDIUM), int(self._name_width()))
            high = max(theme.px(_ROW), name + theme.px(10))
            self._rows.append(QRectF(0, top, self.width(), high))
            top += high
        self.setFixedHeight(int(top) + theme.px(_FOOT))
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the areas."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and self._lines:
            self._go(max(0, min(len(self._lines) - 1, self._at + step)))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click goes to an area."""
        for place, row in enumerate(self._rows):
            if row.contains(event.position()):
                self._go(place)

    def _go(self, place: int) -> None:
        self._at = place
        self.line_changed.emit(self._lines[place])
        self.say()

    def _name_width(self) -> float:
        return self.width() * _NAME_SHARE - theme.px(8)

    def _columns(self) -> tuple[float, float, float, float]:
        """The left edges of before, after, change, and of the axis."""
        before = self.width() * _NAME_SHARE
        after = before + theme.px(_BEFORE)
        change = after + theme.px(_AFTER)
        return before, after, change, change + theme.px(_CHANGE) + theme.px(14)

    def _x(self, index: float) -> float:
        left = self._columns()[3]
        width = self.width() - left - theme.px(12)
        return left + width * (index - self._lowest) / (100 - self._lowest)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw head, cuts, rows and axis."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, (line, row) in enumerate(zip(self._lines, self._rows, strict=True)):
            self._draw_ground(painter, row, line, is_here=place == self._at and self.hasFocus())
        self._draw_head(painter)
        self._draw_cuts(painter)
        for line, row in zip(self._lines, self._rows, strict=True):
            self._draw_figures(painter, row, line)
            self._draw_marks(painter, row, line)

    def _draw_ground(self, painter: QPainter, row: QRectF, line: EffectLine, *, is_here: bool) -> None:
        if line.changes_category:
            painter.fillRect(row, theme.colour(Tone.WARN_SOFT))
        elif is_here:
            painter.fillRect(row, theme.colour(Tone.ACCENT_SOFT))
        if is_here:
            painter.fillRect(QRectF(0, row.top(), 3, row.height()), theme.colour(Tone.ACCENT))
        painter.fillRect(QRectF(0, row.bottom() - 1, row.width(), 1), theme.colour(Tone.LINE))

    def _draw_head(self, painter: QPainter) -> None:
        painter.setFont(fonts.font(Role.CAPTION))
        painter.setPen(theme.colour(Tone.TEXT2))
        before, after, change, _axis = self._columns()
        high = theme.px(_HEAD)
        version = tr(N_("version {number}"), number=self._version)
        painter.drawText(QRectF(theme.px(8), 0, before, high), _LEFT, _(N_("Activity area")))
        painter.drawText(QRectF(before, 0, theme.px(_BEFORE) - 4, high), _RIGHT, version)
        painter.drawText(QRectF(after, 0, theme.px(_AFTER) - 4, high), _RIGHT, _(N_("draft")))
        painter.drawText(QRectF(change, 0, theme.px(_CHANGE), high), _RIGHT, _(N_("change")))
        edges = [100.0, *self._cuts, self._lowest]
        for number, (upper, lower) in enumerate(pairwise(edges), start=1):
            box = QRectF(self._x(lower), 0, self._x(upper) - self._x(lower), high)
            painter.drawText(box, _CENTRE, tr(N_("Cat. {number}"), number=number))

    def _draw_cuts(self, painter: QPainter) -> None:
        top, bottom = float(theme.px(_HEAD)), float(self.height() - theme.px(_FOOT))
        painter.setFont(fonts.font(Role.CAPTION))
        for cut in self._cuts:
            painter.setPen(QPen(theme.colour(Tone.LINE_STRONG), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(self._x(cut), top), QPointF(self._x(cut), bottom))
        for cut in self._old_cuts:
            if all(abs(cut - new) > 1e-9 for new in self._cuts):
                painter.setPen(QPen(theme.colour(Tone.MID), 1))
                painter.drawLine(QPointF(self._x(cut), top), QPointF(self._x(cut), bottom))
        painter.setPen(theme.colour(Tone.TEXT2))
        for point in (self._lowest, *self._cuts, 100.0):
            box = QRectF(self._x(point) - theme.px(24), bottom, theme.px(48), theme.px(_FOOT))
            box.moveRight(min(box.right(), float(self.width())))
            text = texts.number(point, 0 if point == 100 else 1)
            painter.drawText(box, _CENTRE, text)
        painter.drawText(QRectF(theme.px(8), bottom, self._columns()[2], theme.px(_FOOT)), _LEFT, self._legend())

    def _legend(self) -> str:
        return tr(N_("ring version {number}, dot draft, diamond geometric what-if"), number=self._version)

    def _draw_figures(self, painter: QPainter, row: QRectF, line: EffectLine) -> None:
        before, after, change, _axis = self._columns()
        upper = QRectF(0, row.top(), 0, row.height() * 0.58)
        lower = QRectF(0, row.top() + row.height() * 0.52, 0, row.height() * 0.42)
        painter.setPen(theme.colour(Tone.TEXT))
        painter.setFont(fonts.font(Role.BODY, fonts.MEDIUM))
        painter.drawText(QRectF(theme.px(8), row.top(), self._name_width(), row.height()), _LEFT, line.name)
        columns = (
            (before, _BEFORE - 4, line.before, line.published_before, fonts.REGULAR, Tone.TEXT2),
            (after, _AFTER - 4, line.after, line.published_after, fonts.SEMIBOLD, Tone.TEXT),
        )
        for left, wide, index, published, weight, tone in columns:
            painter.setFont(fonts.font(Role.ROW_TITLE, weight, tabular=True))
            painter.setPen(theme.colour(tone))
            box = QRectF(left, upper.top(), theme.px(wide), upper.height())
            painter.drawText(box, _RIGHT, words.figure(index, 1))
            painter.setFont(fonts.font(Role.CAPTION))
            painter.setPen(theme.colour(Tone.TEXT2))
            box = QRectF(left - theme.px(10), lower.top(), theme.px(wide + 10), lower.height())
            painter.drawText(box, _RIGHT, tr(N_("pub. {index}"), index=words.figure(published, 0)))
        painter.setFont(fonts.font(Role.BODY, tabular=True))
        painter.setPen(theme.colour(Tone.WARN if line.changes_category else Tone.TEXT2))
        painter.drawText(QRectF(change, upper.top(), theme.px(_CHANGE), upper.height()), _RIGHT, _signed(line))
        painter.setFont(fonts.font(Role.CAPTION))
        painter.setPen(theme.colour(Tone.WARN if line.geometric_differs else Tone.TEXT2))
        told = tr(N_("geom. {index}"), index=words.figure(line.geometric_after, 1))
        painter.drawText(QRectF(change, lower.top(), theme.px(_CHANGE), lower.height()), _RIGHT, told)

    def _draw_marks(self, painter: QPainter, row: QRectF, line: EffectLine) -> None:
        middle = row.center().y()
        if line.geometric_after is not None:
            at, half = self._x(max(line.geometric_after, self._lowest)), theme.px(4)
            low = middle + theme.px(13)
            painter.setPen(QPen(theme.colour(Tone.TEXT2), 1.5))
            painter.setBrush(theme.colour(Tone.SURFACE))
            corners = ((at - half, low), (at, low - half), (at + half, low), (at, low + half))
            painter.drawPolygon([QPointF(*corner) for corner in corners])
        if line.before is not None:
            painter.setPen(QPen(theme.colour(Tone.TEXT2), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(self._x(max(line.before, self._lowest)), middle), theme.px(6), theme.px(6))
        if line.after is not None:
            painter.setPen(QPen(theme.colour(Tone.SURFACE), 2))
            painter.setBrush(theme.colour(Tone.ACCENT))
            painter.drawEllipse(QPointF(self._x(max(line.after, self._lowest)), middle), theme.px(6), theme.px(6))


def _signed(line: EffectLine) -> str:
    """The change with its sign, a true minus."""
    if line.before is None or line.after is None:
        return words.NOTHING
    change = line.after - line.before
    if abs(change) < _TOO_SMALL:
        return texts.number(0.0, 1)
    return ("+" if change > 0 else "−") + texts.number(abs(change), 1)
