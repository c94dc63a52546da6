"""The level profile of an area: ten indicators in four headings, a dot on the scale and a ring for all areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.interval import paint_dot, paint_line, paint_ring
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.figure import Figure
from kume_desktop.gui.figures.fitting import height_of
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.scoring.limits import NOT_COMPUTED, Interval
from kume_desktop.scoring.method import FIRM_ROUTE
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore, Results

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_HEAD = 20
_ROW = 26


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator as it is drawn; None where nobody has a level, or where fewer than three firms have one."""

    code: str
    name: str
    heading: str
    n: int
    mean: float | None
    overall: float | None
    published: int | None
    interval: Interval = NOT_COMPUTED


def scale_of(route: str, method: Method) -> tuple[int, int]:
    """The scale that levels are given on: that of the anchors on the firm route, that of the preset for a panel."""
    if route != FIRM_ROUTE:
        return method.scale_min, method.scale_max
    return min(method.collapse, default=1), max(method.collapse, default=5)


def lines_of(area: AreaScore, results: Results, method: Method) -> tuple[Line, ...]:
    """The lines of an area; the ring is the unweighted mean of the areas that have levels and may be shown."""
    shown = [one for one in results.areas if one.n and not words.is_suppressed(one)]
    every = [{score.code: score.mean5 for score in one.indicators} for one in shown]
    own = {score.code: score for score in area.indicators}
    found = []
    for named in method.indicators:
        score = own.get(named.code)
        if score is None:
            continue
        hidden = area.route == FIRM_ROUTE and 0 < score.n < words.FEWEST_SHOWN
        means = [mean for one in every if (mean := one.get(named.code)) is not None]
        found.append(
            Line(
                code=named.code,
                name=words.capital(words.said(named.text)),
                heading=words.said(method.heading_of(named.code).text),
                n=score.n,
                mean=None if hidden else score.mean5,
                overall=fmean(means) if means else None,
                published=None if hidden else score.published,
                interval=NOT_COMPUTED if hidden else score.interval5,
            )
        )
    return tuple(found)


class LevelProfile(Figure):
    """Up and Down walk the indicators and say them aloud."""

    line_changed = Signal(object)

    def __init__(self, scale: tuple[int, int], highest: int) -> None:
        super().__init__(_(N_("Level profile")), 640)
        self._scale, self._highest = scale, highest
        self._lines: tuple[Line, ...] = ()
        self._rows: list[QRectF] = []
        self._at = 0

    @property
    def current(self) -> Line | None:
        """The indicator that the arrows stand on."""
        return self._lines[self._at] if self._lines else None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The indicators in their order."""
        return self._lines

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show the indicators of one area; the arrows stay where they stand."""
        self._lines = tuple(lines)
        self._at = min(self._at, max(0, len(lines) - 1))
        self.measure()
        self.update()

    def sentence(self, line: Line) -> str:
        """What a screen reader hears: the indicator with every figure and its base."""
        if line.mean is None:
            why = words.suppression() if line.n else _(N_("no level"))
            return f"{line.name}: {why}"
        span = words.fine_span(line.interval)
        told = tr(
            N_("{name}: mean {mean}, n {n}, published {published} of {highest}, mean of the areas {overall}"),
            name=line.name,
            mean=texts.number(line.mean, 2),
            n=line.n,
            published=words.NOTHING if line.published is None else line.published,
            highest=self._highest,
            overall=words.figure(line.overall, 2),
        )
        return f"{told}, {tr(N_('interval {span}'), span=span)}" if span else told

    def spoken(self) -> str:
        """The indicator with every figure and its base."""
        return self.sentence(self.current) if self.current is not None else self.accessibleName()

    def told(self) -> str:
        """Every indicator."""
        return "\n".join(map(self.sentence, self._lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk, Home and End go to the ends."""
        last = len(self._lines) - 1
        wanted = {
            Qt.Key.Key_Up: self._at - 1,
            Qt.Key.Key_Down: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if wanted is None or not self._lines:
            super().keyPressEvent(event)
        else:
            self._go(min(last, max(0, wanted)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click stands on the indicator."""
        for place, box in enumerate(self._rows):
            if box.contains(event.position()):
                self._go(place)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the scale, the headings, and a row for each indicator."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() and self._rows:
            box = self._rows[self._at].adjusted(self._columns()[0] - 12, 0, 0, 0)
            painter.fillRect(box, theme.colour(Tone.ACCENT_SOFT))
            painter.fillRect(QRectF(box.x(), box.y(), 3, box.height()), theme.colour(Tone.ACCENT))
        self._paint_heads(painter)
        self._paint_headings(painter)
        for line, box in zip(self._lines, self._rows, strict=True):
            self._paint_line(painter, line, box)

    def _go(self, place: int) -> None:
        self._at = place
        self.line_changed.emit(self._lines[place])
        self.say()

    @property
    def _is_wide(self) -> bool:
        return self.width() > theme.px(940)

    def _columns(self) -> tuple[int, int, int, int]:
        """The left edges of names, of the scale, of the figures, and the width of one figure column."""
        figure = theme.px(64 if self._is_wide else 54)
        names = theme.px(176 if self._is_wide else 126)
        figures = self.width() - 3 * figure
        scale = names + (theme.px(356) if self._is_wide else (figures - names) * 3 // 5)
        return names, scale, figures, figure

    def measure(self) -> None:
        """Give each name the lines it needs."""
        names, scale, _figures, _figure = self._columns()
        top, self._rows = float(theme.px(_HEAD)), []
        for line in self._lines:
            text = height_of(line.name, fonts.font(Role.BODY), scale - names - 24)
            height = max(theme.px(_ROW), text + 8)
            self._rows.append(QRectF(0, top, self.width(), height))
            top += height
        self.setFixedHeight(int(top) + 2)

    def _x(self, value: float) -> float:
        """The place of a value on the scale."""
        _names, scale, figures, _figure = self._columns()
        low, high = self._scale
        left, right = scale + theme.px(14), figures - theme.px(18)
        return left + (value - low) / (high - low) * (right - left)

    def _paint_heads(self, painter: QPainter) -> None:
        height, (_names, _scale, figures, figure) = theme.px(_HEAD), self._columns()
        painter.setFont(fonts.font(Role.CAPTION))
        bottom = self._rows[-1].bottom() if self._rows else float(height)
        for value in range(self._scale[0], self._scale[1] + 1):
            at = self._x(value)
            painter.fillRect(QRectF(at, height, 1, bottom - height), theme.colour(Tone.LINE))
            painter.setPen(theme.colour(Tone.TEXT2))
            painter.drawText(QRectF(at - 20, 0, 40, height - 4), _CENTRE, str(value))
        for place, head in enumerate((_(N_("mean")), "n", _(N_("published")))):
            box = QRectF(figures + (place - 1) * figure, 0, 2 * figure - 4, height - 4)
            painter.drawText(box, _RIGHT, head)

    def _paint_headings(self, painter: QPainter) -> None:
        names = self._columns()[0]
        for place, (line, box) in enumerate(zip(self._lines, self._rows, strict=True)):
            if place and self._lines[place - 1].heading == line.heading:
                continue
            painter.fillRect(QRectF(0, box.y(), self.width(), 1), theme.colour(Tone.LINE))
            painter.setFont(fonts.font(Role.SECOND))
            painter.setPen(theme.colour(Tone.TEXT2))
            rows = zip(self._lines, self._rows, strict=True)
            room = sum(row.height() for other, row in rows if other.heading == line.heading)
            one = height_of(line.heading, painter.font(), names - 16) <= painter.fontMetrics().height() + 2
            painter.drawText(QRectF(0, box.y(), names - 16, box.height() if one else room), _LEFT, line.heading)

    def _paint_line(self, painter: QPainter, line: Line, box: QRectF) -> None:
        names, scale, figures, figure = self._columns()
        painter.setFont(fonts.font(Role.BODY))
        painter.setPen(theme.colour(Tone.TEXT))
        painter.drawText(QRectF(names, box.y(), scale - names - 12, box.height()), _LEFT, line.name)
        self._paint_marks(painter, line, box.center().y())
        published = words.NOTHING if line.published is None else f"{line.published} / {self._highest}"
        mean = "n < 3" if line.mean is None and line.n else words.figure(line.mean, 2)
        columns = ((mean, Tone.TEXT, fonts.SEMIBOLD), (str(line.n), Tone.TEXT2, None), (published, Tone.TEXT2, None))
        for place, (text, tone, weight) in enumerate(columns):
            painter.setFont(fonts.font(Role.BODY, weight, tabular=True))
            painter.setPen(theme.colour(tone))
            painter.drawText(QRectF(figures + place * figure, box.y(), figure - 4, box.height()), _RIGHT, text)

    def _paint_marks(self, painter: QPainter, line: Line, middle: float) -> None:
        ground, limits = theme.colour(Tone.SURFACE), line.interval
        if limits.low is not None and limits.high is not None:
            paint_line(painter, self._x(limits.low), self._x(limits.high), middle)
        if line.overall is not None:
            paint_ring(painter, QPointF(self._x(line.overall), middle), ground)
        if line.mean is not None:
            paint_dot(painter, QPointF(self._x(line.mean), middle), ground, 6)
