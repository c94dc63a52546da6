"""The scorecard as a painted table: areas by index, each on one axis with the cuts, and the badge of its category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF

from kume_desktop import texts, turkish
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.badge import badge_width, hatch_brush, paint_badge
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.results import words
from kume_desktop.gui.results.figure import Figure
from kume_desktop.gui.results.fitting import height_of, width_of
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_WRAPPED = _LEFT | int(Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HEAD, _FOOT = 28, 28


def by_index(areas: Sequence[AreaScore]) -> tuple[AreaScore, ...]:
    """The areas by their unrounded index, highest first; those that show none last, by name."""

    def key(area: AreaScore) -> tuple[bool, float, str]:
        hidden = area.score is None or words.is_suppressed(area)
        return hidden, 0.0 if hidden else -(area.score or 0.0), turkish.sort_key(words.area_name(area))

    return tuple(sorted(areas, key=key))


def is_certain(area: AreaScore) -> bool:
    """Whether the badge is filled: both statistics agree and enough indicators were scored."""
    return not area.rounding_decides and not area.few_indicators


def doubt(area: AreaScore, method: Method) -> str:
    """Why the badge is not certain, in words; '' where it is."""
    if area.rounding_decides:
        return words.rounding_decides()
    if area.few_indicators:
        return tr(N_("{scored}/{all} indicators"), scored=area.scored, all=len(method.indicators))
    return ""


@dataclass(frozen=True, slots=True)
class Columns:
    """The edges of the columns in pixels."""

    name: float
    base: float
    index: float
    published: float
    axis_left: float
    axis_right: float
    badge: float


class ScoreTable(Figure):
    """Up and Down walk the areas and say them aloud, Enter opens one."""

    area_changed = Signal(object)
    area_opened = Signal(object)

    def __init__(self, areas: Sequence[AreaScore], method: Method) -> None:
        super().__init__(_(N_("Cluster scorecard")), 760)
        self._method = method
        self._areas = by_index(areas)
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
        told = (
            tr(N_("index {index}"), index=words.figure(area.score, 1)),
            words.base(area) if area.frame_n is None else f"n / N {words.base(area)}",
            words.published(area),
            words.category(self._method, area.category),
            doubt(area, self._method),
        )
        return f"{name}: {', '.join(part for part in told if part)}"

    def spoken(self) -> str:
        """The area with every figure and its base."""
        return self.sentence(self.current)

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
            self._paint_names(painter, area, box, columns)
            if not words.is_suppressed(area) and area.score is not None:
                self._paint_figures(painter, area, box, columns)
                self._paint_marks(painter, area, box.center().y(), columns)
            self._paint_badge(painter, area, box, columns)
        self._paint_foot(painter, columns)

    def _go(self, place: int) -> None:
        self._at = place
        self.area_changed.emit(self.current)
        self.say()

    def _columns(self) -> Columns:
        width, gap = max(self.width(), theme.px(760)), theme.px(16 if theme.is_compact() else 24)
        figure = theme.px(64)
        numbers = [int(badge.code) for badge in self._method.categories]
        pill = max((badge_width(words.category(self._method, number)) for number in numbers), default=0)
        badge = width - pill - 8
        name = 8 + min(theme.px(212), (badge - 3 * figure) * 0.34)
        index = name + 2 * figure + 8
        published = index + 12
        label = tr(N_("published {index}"), index=100)
        left = published + max(width_of(label, fonts.font(Role.SECOND)), theme.px(60)) + gap
        return Columns(name, name + figure, index, published, left, badge - gap, badge)

    def measure(self) -> None:
        """Give each name the lines it needs."""
        columns, top = self._columns(), float(theme.px(_HEAD))
        least = theme.px(50 if theme.is_compact() else 58)
        font, self._rows = fonts.font(Role.ROW_TITLE, fonts.SEMIBOLD), []
        for area in self._areas:
            height = max(least, height_of(words.area_name(area), font, int(columns.name) - 14) + 12)
            self._rows.append(QRectF(0, top, self.width(), height))
            top += height
        self.setFixedHeight(int(top) + theme.px(_FOOT))

    def _x(self, value: float, columns: Columns) -> float:
        low = self._method.lowest
        return columns.axis_left + (value - low) / (100 - low) * (columns.axis_right - columns.axis_left)

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
        painter.drawText(QRectF(12, 0, columns.name, height), _LEFT, _(N_("Activity area")))
        painter.drawText(QRectF(columns.name, 0, columns.base - columns.name, height), _RIGHT, "n / N")
        painter.drawText(QRectF(columns.base, 0, columns.index - columns.base, height), _RIGHT, _(N_("Index")))
        at = QRectF(columns.published, 0, columns.axis_left - columns.published, height)
        painter.drawText(at, _LEFT, _(N_("published form")))
        painter.drawText(QRectF(columns.badge, 0, self.width() - columns.badge, height), _LEFT, _(N_("Category")))
        edges = (100.0, *self._method.cut_points, self._method.lowest)
        for number, (right, left) in enumerate(pairwise(edges), start=1):
            middle = (self._x(left, columns) + self._x(right, columns)) / 2
            painter.drawText(QRectF(middle - 60, 0, 120, height), _CENTRE, words.short_category(number))
        bottom = self._rows[-1].bottom() if self._rows else float(height)
        for box in self._rows:
            painter.fillRect(QRectF(0, box.y(), self.width(), 1), theme.colour(Tone.LINE))
        painter.fillRect(QRectF(0, bottom, self.width(), 1), theme.colour(Tone.LINE))
        painter.setPen(QPen(theme.colour(Tone.LINE_STRONG), 1, Qt.PenStyle.DotLine))
        for cut in self._method.cut_points:
            painter.drawLine(QPointF(self._x(cut, columns), height), QPointF(self._x(cut, columns), bottom))

    def _paint_names(self, painter: QPainter, area: AreaScore, box: QRectF, columns: Columns) -> None:
        weight = fonts.SEMIBOLD if area is self.current else None
        painter.setFont(fonts.font(Role.ROW_TITLE, weight))
        painter.setPen(theme.colour(Tone.TEXT))
        painter.drawText(QRectF(12, box.y(), columns.name - 12, box.height()), _WRAPPED, words.area_name(area))
        painter.setFont(fonts.font(Role.BODY, tabular=True))
        painter.setPen(theme.colour(Tone.TEXT2))
        at = QRectF(columns.name - 8, box.y(), columns.base - columns.name + 8, box.height())
        painter.drawText(at, _RIGHT, words.base(area))

    def _paint_figures(self, painter: QPainter, area: AreaScore, box: QRectF, columns: Columns) -> None:
        painter.setFont(fonts.font(Role.FIGURE, tabular=True))
        painter.setPen(theme.colour(Tone.TEXT))
        at = QRectF(columns.base, box.y(), columns.index - columns.base, box.height())
        painter.drawText(at, _RIGHT, words.figure(area.score, 1))
        uncertain = area.rounding_decides
        painter.setFont(fonts.font(Role.SECOND, fonts.SEMIBOLD if uncertain else None, tabular=True))
        painter.setPen(theme.colour(Tone.WARN if uncertain else Tone.TEXT2))
        at = QRectF(columns.published, box.y(), columns.axis_left - columns.published, box.height())
        painter.drawText(at, _LEFT, words.published(area))

    def _paint_marks(self, painter: QPainter, area: AreaScore, middle: float, columns: Columns) -> None:
        ground = theme.colour(Tone.ACCENT_SOFT if area is self.current else Tone.SURFACE)
        if area.rounding_decides and area.published_index is not None:
            exact = 100 * area.published_sum / area.published_max
            paint_diamond(painter, QPointF(self._x(exact, columns), middle))
        painter.setPen(QPen(ground, 2))
        painter.setBrush(theme.colour(Tone.ACCENT))
        painter.drawEllipse(QPointF(self._x(area.score or 0.0, columns), middle), 7, 7)

    def _paint_badge(self, painter: QPainter, area: AreaScore, box: QRectF, columns: Columns) -> None:
        height, middle = max(24, fonts.line_height(Role.CAPTION) + 8), box.center().y()
        if words.is_suppressed(area) or area.category is None:
            few = words.is_suppressed(area)
            self._paint_none(painter, few, QRectF(columns.badge, middle - height / 2, theme.px(56), height))
            return
        text, why = words.category(self._method, area.category), doubt(area, self._method)
        top = middle - (height + theme.px(18)) / 2 if why else middle - height / 2
        pill = QRectF(columns.badge, top, badge_width(text), height)
        paint_badge(painter, pill, text, area.category, certain=is_certain(area))
        if why:
            painter.setFont(fonts.font(Role.CAPTION, fonts.SEMIBOLD))
            painter.setPen(theme.colour(Tone.WARN))
            room = QRectF(columns.badge + 12, pill.bottom() + 1, self.width() - columns.badge - 12, theme.px(18))
            painter.drawText(room, _LEFT, why)

    def _paint_none(self, painter: QPainter, few: bool, pill: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(hatch_brush())
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setFont(fonts.font(Role.SECOND))
        painter.setPen(theme.colour(Tone.TEXT2))
        text = _(N_("n < 3, not shown")) if few else _(N_("no scored firm"))
        painter.drawText(pill.adjusted(pill.width() + 12, 0, theme.px(180), 0), _LEFT, text)

    def _paint_foot(self, painter: QPainter, columns: Columns) -> None:
        top, height = self.height() - theme.px(_FOOT), theme.px(_FOOT)
        painter.setFont(fonts.font(Role.CAPTION))
        painter.setPen(theme.colour(Tone.TEXT2))
        first = _(N_("Dotted lines: cuts"))
        painter.drawText(QRectF(12, top, columns.axis_left, height), _LEFT, first)
        after = 12 + width_of(first + "  ", painter.font()) + 8
        if any(area.rounding_decides for area in self._areas):
            paint_diamond(painter, QPointF(after + 4, top + height / 2), 5)
            painter.setFont(fonts.font(Role.CAPTION))
            painter.setPen(theme.colour(Tone.TEXT2))
            room = QRectF(after + 16, top, columns.axis_left - after, height)
            painter.drawText(room, _LEFT, _(N_("published form in another category")))
        for value in (self._method.lowest, *self._method.cut_points, 100.0):
            at = self._x(value, columns)
            whole = texts.number(value, 0 if value == int(value) else 1)
            painter.drawText(QRectF(at - 30, top, 60, height), _CENTRE, whole)


def paint_diamond(painter: QPainter, at: QPointF, reach: float = 6) -> None:
    """The hollow diamond of the published form."""
    painter.setPen(QPen(theme.colour(Tone.TEXT2), 1.75))
    painter.setBrush(theme.colour(Tone.SURFACE))
    corners = ((0, -reach), (reach, 0), (0, reach), (-reach, 0))
    painter.drawPolygon(QPolygonF([at + QPointF(dx, dy) for dx, dy in corners]))
