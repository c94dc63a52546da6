"""One row of the scorecard as it is drawn: name, n / N, index over its interval, published form, axis, badge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.badge import badge_height, badge_width, hatch_brush, paint_badge, paint_share
from kume_desktop.gui.components.interval import paint_diamond, paint_dot, paint_line
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.verdict import Verdict, is_census
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.scoring.method import FIRM_ROUTE
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_WRAPPED = LEFT | int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class Columns:
    """The edges of the columns in pixels, and the attainable range of the axis."""

    name: float
    base: float
    index: float
    published: float
    axis_left: float
    axis_right: float
    badge: float
    lowest: float

    def x(self, value: float) -> float:
        """The place of an index on the axis."""
        share = (value - self.lowest) / (100 - self.lowest)
        return self.axis_left + share * (self.axis_right - self.axis_left)


@dataclass(frozen=True, slots=True)
class Row:
    """An area with its verdict and its place in the table."""

    area: AreaScore
    verdict: Verdict
    box: QRectF
    is_current: bool

    @property
    def is_shown(self) -> bool:
        """Whether the area has figures that may be shown."""
        return self.area.score is not None and not words.is_suppressed(self.area)


def below_index(area: AreaScore) -> str:
    """What stands under the index: 71–80, full count, no interval; '' on the panel route."""
    if area.route != FIRM_ROUTE:
        return ""
    if is_census(area):
        return _(N_("full count"))
    return words.span(area.interval) or _(N_("no interval"))


def paint_row(painter: QPainter, row: Row, columns: Columns, method: Method) -> None:
    """Draw a row without its fill."""
    _paint_names(painter, row, columns)
    if row.is_shown:
        _paint_figures(painter, row, columns)
        _paint_marks(painter, row, columns)
    _paint_badge(painter, row, columns, method)


def _paint_names(painter: QPainter, row: Row, columns: Columns) -> None:
    box = row.box
    painter.setFont(fonts.font(Role.ROW_TITLE, fonts.SEMIBOLD if row.is_current else None))
    painter.setPen(theme.colour(Tone.TEXT))
    painter.drawText(QRectF(12, box.y(), columns.name - 12, box.height()), _WRAPPED, words.area_name(row.area))
    painter.setFont(fonts.font(Role.BODY, tabular=True))
    painter.setPen(theme.colour(Tone.TEXT2))
    at = QRectF(columns.name - 8, box.y(), columns.base - columns.name + 8, box.height())
    painter.drawText(at, RIGHT, words.base(row.area))


def _paint_figures(painter: QPainter, row: Row, columns: Columns) -> None:
    area, box, below = row.area, row.box, below_index(row.area)
    first = QRectF(columns.base, box.y(), columns.index - columns.base, box.height())
    if below:
        first.setHeight(fonts.line_height(Role.FIGURE))
        first.moveTop(box.center().y() - (first.height() + theme.px(18)) / 2)
        painter.setFont(fonts.font(Role.SECOND, tabular=True))
        painter.setPen(theme.colour(Tone.TEXT2))
        second = QRectF(columns.base - theme.px(40), first.bottom() - 2, first.width() + theme.px(40), theme.px(20))
        painter.drawText(second, RIGHT, below)
    painter.setFont(fonts.font(Role.FIGURE, tabular=True))
    painter.setPen(theme.colour(Tone.TEXT))
    painter.drawText(first, RIGHT, words.figure(area.score, 1))
    uncertain = area.rounding_decides
    painter.setFont(fonts.font(Role.SECOND, fonts.SEMIBOLD if uncertain else None, tabular=True))
    painter.setPen(theme.colour(Tone.WARN if uncertain else Tone.TEXT2))
    at = QRectF(columns.published, first.y(), columns.axis_left - columns.published, first.height())
    painter.drawText(at, LEFT, words.published(area))


def _paint_marks(painter: QPainter, row: Row, columns: Columns) -> None:
    area, middle = row.area, row.box.center().y()
    ground = theme.colour(Tone.ACCENT_SOFT if row.is_current else Tone.SURFACE)
    if area.rounding_decides and area.published_index is not None:
        exact = 100 * area.published_sum / area.published_max
        paint_diamond(painter, QPointF(columns.x(exact), middle))
    low, high = area.interval.low, area.interval.high
    if low is not None and high is not None:
        paint_line(painter, columns.x(low), columns.x(high), middle)
    paint_dot(painter, QPointF(columns.x(area.score or 0.0), middle), ground)


def _paint_badge(painter: QPainter, row: Row, columns: Columns, method: Method) -> None:
    area, verdict, height, middle = row.area, row.verdict, badge_height(), row.box.center().y()
    if not row.is_shown or area.category is None:
        few = words.is_suppressed(area)
        _paint_none(painter, few, QRectF(columns.badge, middle - height / 2, theme.px(56), height))
        return
    text, line = words.category(method, area.category), theme.px(18)
    has_second = bool(verdict.share or verdict.doubt)
    top = middle - (height + line) / 2 if has_second else middle - height / 2
    pill = QRectF(columns.badge, top, badge_width(text), height)
    paint_badge(painter, pill, text, area.category, certain=verdict.certain)
    if has_second:
        room = QRectF(columns.badge + 12, pill.bottom() + 1, row.box.right() - columns.badge - 12, line)
        paint_share(painter, room, verdict.share, verdict.doubt)


def _paint_none(painter: QPainter, few: bool, pill: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(hatch_brush())
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setFont(fonts.font(Role.SECOND))
    painter.setPen(theme.colour(Tone.TEXT2))
    text = _(N_("n < 3, not shown")) if few else _(N_("no scored firm"))
    painter.drawText(pill.adjusted(pill.width() + 12, 0, theme.px(180), 0), LEFT, text)
