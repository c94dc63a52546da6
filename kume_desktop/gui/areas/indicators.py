"""The ten indicators of an area on the preset's scale: interval, rounding lines, mean of the areas, contribution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.interval import paint_cut, paint_dot, paint_line, paint_ring
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.figure import Figure
from kume_desktop.gui.figures.fitting import height_of, width_of
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.scoring.limits import NOT_COMPUTED, Interval
from kume_desktop.scoring.method import FIRM_ROUTE
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.areas.portrait import Portrait

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HEAD, _ROW, _FOOT, _NUMBER = 20, 24, 32, 28


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator as it is drawn; None where nobody has a level, or where fewer than three firms have one."""

    code: str
    number: int
    name: str
    heading: str
    n: int
    mean: float | None
    interval: Interval
    overall: float | None
    published: int | None
    contribution: float | None


def lines_of(portrait: Portrait) -> tuple[Line, ...]:
    """The indicators of the area in the method's order."""
    own = {score.code: score for score in portrait.area.indicators}
    found = []
    for number, named in enumerate(portrait.method.indicators, start=1):
        score = own.get(named.code)
        if score is None:
            continue
        hidden = portrait.area.route == FIRM_ROUTE and 0 < score.n < words.FEWEST_SHOWN
        found.append(
            Line(
                code=named.code,
                number=number,
                name=words.capital(words.said(named.text)),
                heading=portrait.method.heading_of(named.code).code,
                n=score.n,
                mean=None if hidden else score.mean,
                interval=NOT_COMPUTED if hidden else score.interval,
                overall=portrait.overall(named.code),
                published=None if hidden else score.published,
                contribution=None if hidden else score.contribution,
            )
        )
    return tuple(found)


class IndicatorTable(Figure):
    """Up and Down walk the indicators and say them aloud, Enter asks for the levels behind one."""

    line_changed = Signal(object)
    line_opened = Signal(object)

    def __init__(self, portrait: Portrait) -> None:
        super().__init__(_(N_("Indicators")), 420)
        self._portrait = portrait
        self._scale = (portrait.method.scale_min, portrait.method.scale_max)
        self.lines = lines_of(portrait)
        self._rows: list[QRectF] = []
        self._at = 0
        self.measure()

    @property
    def current(self) -> Line:
        """The indicator that the arrows stand on."""
        return self.lines[self._at]

    def select(self, code: str) -> None:
        """Stand on an indicator."""
        self._go(next((place for place, line in enumerate(self.lines) if line.code == code), 0))

    def sentence(self, line: Line) -> str:
        """What a screen reader hears: the indicator with every figure and its base."""
        name = f"{line.number} {line.name}"
        if line.mean is None:
            return f"{name}: {words.suppression() if line.n else _(N_('no level'))}"
        span = words.fine_span(line.interval)
        told = (
            tr(N_("mean {mean}"), mean=texts.number(line.mean, 2)),
            tr(N_("interval {span}"), span=span) if span else "",
            f"n {line.n}",
            tr(N_("published {index}"), index=words.NOTHING if line.published is None else line.published),
            tr(N_("contribution {points} points"), points=words.figure(line.contribution, 1)),
            tr(N_("mean of the areas {mean}"), mean=words.figure(line.overall, 2)),
        )
        return f"{name}: {', '.join(part for part in told if part)}"

    def spoken(self) -> str:
        """The indicator with every figure and its base."""
        return self.sentence(self.current) if self.lines else self.accessibleName()

    def told(self) -> str:
        """Every indicator."""
        return "\n".join(map(self.sentence, self.lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home, End walk; Enter opens."""
        key, last = Qt.Key(event.key()), len(self.lines) - 1
        wanted = {
            Qt.Key.Key_Up: self._at - 1,
            Qt.Key.Key_Down: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(key)
        if wanted is not None and self.lines:
            self._go(min(last, max(0, wanted)))
        elif key in _ENTER and self.lines:
            self.line_opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click stands on the indicator."""
        for place, box in enumerate(self._rows):
            if box.contains(event.position()):
                self._go(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click asks for the levels behind."""
        if any(box.contains(event.position()) for box in self._rows):
            self.line_opened.emit(self.current)

    def measure(self) -> None:
        """Give each name the lines it needs."""
        plot, _figures, _figure = self._columns()
        top, self._rows = float(theme.px(_HEAD)), []
        for line in self.lines:
            text = height_of(line.name, fonts.font(Role.SECOND), int(plot) - theme.px(_NUMBER) - 8)
            height = max(theme.px(_ROW), text + 6)
            self._rows.append(QRectF(0, top, self.width(), height))
            top += height
        self.setFixedHeight(int(top) + theme.px(_FOOT))

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw heads, rounding lines, a row for each indicator, and the sum."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() and self._rows:
            box = self._rows[self._at]
            painter.fillRect(box, theme.colour(Tone.ACCENT_SOFT))
            painter.fillRect(QRectF(0, box.y(), 3, box.height()), theme.colour(Tone.ACCENT))
        self._paint_heads(painter)
        for place, (line, box) in enumerate(zip(self.lines, self._rows, strict=True)):
            if place and self.lines[place - 1].heading != line.heading:
                painter.fillRect(QRectF(0, box.y(), self.width(), 1), theme.colour(Tone.LINE))
            self._paint_line(painter, line, box)
        self._paint_sum(painter)

    def _columns(self) -> tuple[float, float, float]:
        """The left edges of the plot and of the figures, and the width of one figure column."""
        figure = theme.px(48)
        figures = self.width() - 4 * figure
        widest = max((width_of(line.name, fonts.font(Role.SECOND)) for line in self.lines), default=0)
        plot = min(theme.px(_NUMBER) + widest + 12, figures - theme.px(140))
        return max(plot, theme.px(120)), figures, figure

    def _x(self, value: float) -> float:
        """The place of a value on the scale."""
        plot, figures, _figure = self._columns()
        low, high = self._scale
        left, right = plot + theme.px(12), figures - theme.px(6)
        return left + (value - low) / (high - low) * (right - left)

    def _paint_heads(self, painter: QPainter) -> None:
        height, (_plot, figures, figure) = theme.px(_HEAD), self._columns()
        low, high = self._scale
        bottom = self._rows[-1].bottom() if self._rows else float(height)
        for level in range(low, high):
            paint_cut(painter, self._x(level + 0.5), height, bottom)
        painter.setFont(fonts.font(Role.CAPTION))
        painter.setPen(theme.colour(Tone.TEXT2))
        for level in range(low, high + 1):
            painter.drawText(QRectF(self._x(level) - 20, 0, 40, height - 2), _CENTRE, str(level))
        heads = (_(N_("mean")), "n", _(N_("published")), _(N_("points")))
        for place, head in enumerate(heads):
            right = figures + (place + 1) * figure
            painter.drawText(QRectF(right - 2 * figure, 0, 2 * figure, height - 2), _RIGHT, head)

    def _paint_line(self, painter: QPainter, line: Line, box: QRectF) -> None:
        plot, number = self._columns()[0], theme.px(_NUMBER)
        painter.setFont(fonts.font(Role.SECOND, tabular=True))
        painter.setPen(theme.colour(Tone.TEXT2))
        painter.drawText(QRectF(0, box.y(), number - 10, box.height()), _RIGHT, str(line.number))
        painter.setFont(fonts.font(Role.SECOND))
        painter.setPen(theme.colour(Tone.TEXT))
        painter.drawText(QRectF(number, box.y(), plot - number - 4, box.height()), _LEFT, line.name)
        self._paint_marks(painter, line, box)
        mean = "n < 3" if line.mean is None and line.n else words.figure(line.mean, 2)
        published = words.NOTHING if line.published is None else str(line.published)
        self._paint_figures(painter, box, (mean, str(line.n), published, words.figure(line.contribution, 1)))

    def _paint_figures(self, painter: QPainter, box: QRectF, figures: Sequence[str], *, strong: bool = False) -> None:
        _plot, left, figure = self._columns()
        for place, text in enumerate(figures):
            weight = fonts.SEMIBOLD if not place or (strong and place == len(figures) - 1) else None
            painter.setFont(self._figure_font(weight))
            painter.setPen(theme.colour(Tone.TEXT if weight else Tone.TEXT2))
            painter.drawText(QRectF(left + (place - 1) * figure, box.y(), 2 * figure, box.height()), _RIGHT, text)

    def _figure_font(self, weight: QFont.Weight | None) -> QFont:
        return fonts.font(Role.SECOND, weight, tabular=True)

    def _paint_marks(self, painter: QPainter, line: Line, box: QRectF) -> None:
        is_current = self.hasFocus() and line is self.current
        ground, middle = theme.colour(Tone.ACCENT_SOFT if is_current else Tone.SURFACE), box.center().y()
        if line.interval.low is not None and line.interval.high is not None:
            paint_line(painter, self._x(line.interval.low), self._x(line.interval.high), middle)
        if line.overall is not None:
            paint_ring(painter, QPointF(self._x(line.overall), middle), ground, 4.5)
        if line.mean is not None:
            paint_dot(painter, QPointF(self._x(line.mean), middle), ground, 6)

    def _paint_sum(self, painter: QPainter) -> None:
        area, (plot, figures, _figure) = self._portrait.area, self._columns()
        box = QRectF(0, self.height() - theme.px(_FOOT), self.width(), theme.px(_FOOT) - 2)
        painter.fillRect(QRectF(0, box.y(), self.width(), 1), theme.colour(Tone.LINE))
        painter.setFont(fonts.font(Role.SECOND, fonts.MEDIUM))
        painter.setPen(theme.colour(Tone.TEXT))
        painter.drawText(QRectF(theme.px(_NUMBER), box.y(), plot, box.height()), _LEFT, _(N_("Sum")))
        points = sum(heading.points or 0.0 for heading in area.headings)
        highest = sum(heading.maximum for heading in area.headings)
        whole = texts.number(highest, 0 if highest == int(highest) else 2)
        painter.setFont(fonts.font(Role.CAPTION, tabular=True))
        painter.setPen(theme.colour(Tone.TEXT2))
        formula = f"100 × {texts.number(points, 2)} / {whole}"
        painter.drawText(QRectF(plot, box.y(), figures - plot, box.height()), _CENTRE, formula)
        shown = (texts.number(points, 2), "", str(area.published_sum), words.figure(area.score, 1))
        self._paint_figures(painter, box, shown, strong=True)

    def _go(self, place: int) -> None:
        self._at = place
        self.line_changed.emit(self.lines[place])
        self.say()
