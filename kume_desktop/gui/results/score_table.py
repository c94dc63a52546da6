"""The table of the scorecard: areas by index, each on one axis with the cuts, and the badge of its category."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.badge import badge_width, share_width
from kume_desktop.gui.components.interval import paint_cut, paint_diamond
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.figure import Figure
from kume_desktop.gui.figures.fitting import height_of, width_of
from kume_desktop.gui.figures.verdict import Verdict, by_index, verdict_of
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.results.score_row import LEFT, RIGHT, Columns, Row, below_index, paint_row
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore, Results

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HEAD, _FOOT, _LINE = 28, 28, 18


class ScoreTable(Figure):
    """Up and Down walk the areas and say them aloud, Enter opens one."""

    area_changed = Signal(object)
    area_opened = Signal(object)

    def __init__(self, results: Results, method: Method) -> None:
        super().__init__(_(N_("Cluster scorecard")), 760)
        self._method = method
        self._areas = by_index(results.areas)
        self._verdicts = {area.code: verdict_of(area, results, method) for area in self._areas}
        self._rows: list[QRectF] = []
        self._at = 0
        self.measure()

    @property
    def areas(self) -> tuple[AreaScore, ...]:
        """The areas in the order in which they are shown."""
        return self._areas

    @property
    def current(self) -> AreaScore:
        """The area that the bar is on."""
        return self._areas[self._at]

    def verdict(self, area: AreaScore) -> Verdict:
        """How sure the category of an area is."""
        return self._verdicts[area.code]

    def select(self, code: str) -> None:
        """Put the bar on an area; the first where there is none of this code."""
        self._go(next((place for place, area in enumerate(self._areas) if area.code == code), 0))

    def sentence(self, area: AreaScore) -> str:
        """What a screen reader hears: the area with every figure and its base."""
        name = words.area_name(area)
        if words.is_suppressed(area):
            return f"{name}: {words.suppression()}"
        if area.score is None:
            return f"{name}: {_(N_('This area has no scored firm.'))}"
        verdict, span = self.verdict(area), words.span(area.interval)
        told = (
            tr(N_("index {index}"), index=words.figure(area.score, 1)),
            tr(N_("interval {span}"), span=span) if span else below_index(area),
            words.base(area) if words.whole(area) is None else f"n / N {words.base(area)}",
            words.published(area),
            words.category(self._method, area.category),
            tr(N_("probability {share}"), share=verdict.share) if verdict.share else "",
            verdict.doubt,
        )
        return f"{name}: {', '.join(part for part in told if part)}"

    def spoken(self) -> str:
        """The area with every figure and its base."""
        return self.sentence(self.current)

    def told(self) -> str:
        """Every area."""
        return "\n".join(map(self.sentence, self._areas))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home, End walk; Enter opens."""
        key, last = Qt.Key(event.key()), len(self._areas) - 1
        wanted = {
            Qt.Key.Key_Up: self._at - 1,
            Qt.Key.Key_Down: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(key)
        if wanted is not None:
            self._go(min(last, max(0, wanted)))
        elif key in _ENTER:
            self.area_opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click puts the bar on an area."""
        for place, box in enumerate(self._rows):
            if box.contains(event.position()):
                self._go(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens an area."""
        if any(box.contains(event.position()) for box in self._rows):
            self.area_opened.emit(self.current)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw heads, rows, cuts and axis."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = self._columns()
        self._paint_bar(painter)
        self._paint_heads(painter, columns)
        for area, box in zip(self._areas, self._rows, strict=True):
            row = Row(area, self._verdicts[area.code], box, is_current=area is self.current)
            paint_row(painter, row, columns, self._method)
        self._paint_foot(painter, columns)

    def _go(self, place: int) -> None:
        self._at = place
        self.area_changed.emit(self.current)
        self.say()

    def _columns(self) -> Columns:
        width, gap = max(self.width(), theme.px(760)), theme.px(16 if theme.is_compact() else 24)
        figure = theme.px(64)
        badge = width - self._badge_width() - 8
        name = 8 + min(theme.px(212), (badge - 3 * figure) * 0.34)
        index = name + 2 * figure + 8
        published = index + 12
        label = tr(N_("published {index}"), index=100)
        left = published + max(width_of(label, fonts.font(Role.SECOND)), theme.px(60)) + gap
        return Columns(name, name + figure, index, published, left, badge - gap, badge, self._method.lowest)

    def _badge_width(self) -> int:
        """Room for the widest pill and the widest second line."""
        pills = [badge_width(words.category(self._method, int(badge.code))) for badge in self._method.categories]
        seconds = [12 + share_width(one.share, one.doubt) for one in self._verdicts.values()]
        return max((*pills, *seconds), default=0)

    def measure(self) -> None:
        """Give each name the lines it needs."""
        columns, top = self._columns(), float(theme.px(_HEAD))
        least = theme.px(50 if theme.is_compact() else 58)
        font, self._rows = fonts.font(Role.ROW_TITLE, fonts.SEMIBOLD), []
        for area in self._areas:
            height = max(least, height_of(words.area_name(area), font, int(columns.name) - 14) + 12)
            self._rows.append(QRectF(0, top, self.width(), height))
            top += height
        self.setFixedHeight(int(top) + theme.px(_FOOT) + (len(self._legend(columns)) - 1) * theme.px(_LINE))

    def _paint_bar(self, painter: QPainter) -> None:
        if not self._rows:
            return
        box = self._rows[self._at]
        accent = theme.colour(Tone.ACCENT)
        painter.fillRect(box, theme.colour(Tone.ACCENT_SOFT))
        painter.fillRect(QRectF(0, box.y(), 3, box.height()), accent)
        if self.hasFocus():
            painter.setPen(QPen(accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _paint_heads(self, painter: QPainter, columns: Columns) -> None:
        height = theme.px(_HEAD)
        painter.setFont(fonts.font(Role.CAPTION))
        painter.setPen(theme.colour(Tone.TEXT2))
        painter.drawText(QRectF(12, 0, columns.name, height), LEFT, _(N_("Activity area")))
        painter.drawText(QRectF(columns.name, 0, columns.base - columns.name, height), RIGHT, "n / N")
        painter.drawText(QRectF(columns.base, 0, columns.index - columns.base, height), RIGHT, _(N_("Index")))
        at = QRectF(columns.published, 0, columns.axis_left - columns.published, height)
        painter.drawText(at, LEFT, _(N_("published form")))
        painter.drawText(QRectF(columns.badge, 0, self.width() - columns.badge, height), LEFT, _(N_("Category")))
        edges = (100.0, *self._method.cut_points, self._method.lowest)
        for number, (right, left) in enumerate(pairwise(edges), start=1):
            middle = (columns.x(left) + columns.x(right)) / 2
            painter.drawText(QRectF(middle - 60, 0, 120, height), _CENTRE, words.short_category(number))
        bottom = self._rows[-1].bottom() if self._rows else float(height)
        for box in self._rows:
            painter.fillRect(QRectF(0, box.y(), self.width(), 1), theme.colour(Tone.LINE))
        painter.fillRect(QRectF(0, bottom, self.width(), 1), theme.colour(Tone.LINE))
        for cut in self._method.cut_points:
            paint_cut(painter, columns.x(cut), height, bottom)

    def _legend(self, columns: Columns) -> tuple[tuple[str, ...], ...]:
        """The words of the foot in lines that fit beside the axis; what follows the first word has a diamond."""
        lines = any(area.interval.low is not None for area in self._areas)
        first = _(N_("Line: 95% interval, dotted: cuts")) if lines else _(N_("Dotted lines: cuts"))
        if not any(area.rounding_decides for area in self._areas):
            return ((first,),)
        other, font = _(N_("published form in another category")), fonts.font(Role.CAPTION)
        room = columns.axis_left - 12 - theme.px(20)
        fits = width_of(first, font) + theme.px(40) + width_of(other, font) <= room
        return ((first, other),) if fits else ((first,), ("", other))

    def _paint_foot(self, painter: QPainter, columns: Columns) -> None:
        legend, line = self._legend(columns), theme.px(_LINE)
        top, height = self.height() - theme.px(_FOOT) - (len(legend) - 1) * line, theme.px(_FOOT)
        painter.setFont(fonts.font(Role.CAPTION))
        for place, texts_of_line in enumerate(legend):
            self._paint_legend(painter, texts_of_line, QRectF(12, top + place * line, columns.axis_left, height))
        painter.setPen(theme.colour(Tone.TEXT2))
        for value in (self._method.lowest, *self._method.cut_points, 100.0):
            at = columns.x(value)
            whole = texts.number(value, 0 if value == int(value) else 1)
            painter.drawText(QRectF(at - 30, top, 60, height), _CENTRE, whole)
        if any(one.share for one in self._verdicts.values()):
            room = QRectF(columns.badge, top, self.width() - columns.badge, height)
            painter.drawText(room, LEFT, _(N_("percent: probability of this category")))

    def _paint_legend(self, painter: QPainter, parts: tuple[str, ...], box: QRectF) -> None:
        left = box.x()
        painter.setPen(theme.colour(Tone.TEXT2))
        painter.drawText(box, LEFT, parts[0])
        if parts[0]:
            left += painter.fontMetrics().horizontalAdvance(parts[0]) + theme.px(12)
        if len(parts) > 1:
            paint_diamond(painter, QPointF(left + 5, box.center().y()), 5)
            painter.setPen(theme.colour(Tone.TEXT2))
            painter.drawText(box.adjusted(left - box.x() + 16, 0, 0, 0), LEFT, parts[1])
