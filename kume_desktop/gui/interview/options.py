"""A choice as a bordered row with its key cap, and the arrangement of several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components import keycap
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.interview.page_model import ChoiceView
from kume_desktop.texts import N_, tr

LEAST_HEIGHT = 40
PADDING = 12
KEY_ROOM = 32
MARK_ROOM = 30
GAP = 8
COLUMN_WIDTH = 640
TWO_COLUMNS_FROM = 600
FEW = 4
"""So many choices, or choices of so many letters, stand on one line where there is room."""
_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


def _cap(choice: ChoiceView) -> str:
    """The key that is drawn before the label; a figure that is its own key needs none."""
    return keycap.shown(choice.key) if choice.key != choice.label else ""


def _key_room(choice: ChoiceView) -> int:
    """What the key cap takes from the width, with the space behind it."""
    cap = _cap(choice)
    return max(KEY_ROOM, keycap.cap_width(cap) + 12) if cap else 0


def _text_box(option: Option, width: int, height: int) -> QRect:
    left = PADDING + _key_room(option.choice) + _picture_room(option)
    return QRect(left, 0, max(40, width - left - MARK_ROOM - 4), height)


def _picture_room(option: Option) -> int:
    return option.picture.width() + PADDING if option.picture is not None else 0


def _height(option: Option, width: int) -> int:
    needed = _text_height(option.choice.label, _text_box(option, width, 0).width(), fonts.size(Role.BODY))
    return max(LEAST_HEIGHT, needed + 18, option.picture.height() + 12 if option.picture is not None else 0)


def _natural_width(option: Option) -> int:
    text = _text_width(option.choice.label, fonts.size(Role.BODY)) + 10
    return PADDING + _key_room(option.choice) + _picture_room(option) + text + MARK_ROOM


@lru_cache(maxsize=1024)
def _text_width(label: str, _pixels: int) -> int:
    """The width of a label on one line; the same scale stands under many questions, so measures are kept."""
    return QFontMetrics(fonts.font(Role.BODY, fonts.SEMIBOLD)).horizontalAdvance(label)


@lru_cache(maxsize=1024)
def _text_height(label: str, width: int, _pixels: int) -> int:
    metrics = QFontMetrics(fonts.font(Role.BODY, fonts.SEMIBOLD))
    return metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAP, label).height()


def _paint(button: Option, *, square: bool, rank: int = 0) -> None:
    choice = button.choice
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    checked = button.isChecked()
    fill, edge = _colours(button, choice)
    thick = 2.0 if checked else 1.0
    painter.setPen(QPen(theme.colour(edge), thick))
    painter.setBrush(theme.colour(fill))
    inset = thick / 2
    painter.drawRoundedRect(QRectF(button.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)
    middle = button.height() // 2
    if _cap(choice):
        keycap.paint_cap(painter, PADDING, middle, _cap(choice))
    if button.picture is not None:
        left = PADDING + _key_room(choice)
        painter.drawPixmap(left, middle - button.picture.height() // 2, button.picture)
    painter.setFont(fonts.font(Role.BODY, fonts.SEMIBOLD if checked else fonts.REGULAR))
    quiet = (bool(choice.missing) and not checked) or not button.isEnabled()
    painter.setPen(theme.colour(Tone.TEXT2 if quiet else Tone.TEXT))
    painter.drawText(_text_box(button, button.width(), button.height()), _WRAP, choice.label)
    at = QPoint(button.width() - MARK_ROOM, middle - icons.ROW // 2)
    if rank:
        _paint_rank(painter, at, rank)
    else:
        _paint_mark(painter, at, checked, square=square)


def _paint_rank(painter: QPainter, at: QPoint, rank: int) -> None:
    box = QRectF(at.x() - 4, at.y() - 2, icons.ROW + 8, icons.ROW + 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(Tone.ACCENT))
    painter.drawRoundedRect(box, 10, 10)
    painter.setFont(fonts.font(Role.SECOND, fonts.SEMIBOLD, tabular=True))
    painter.setPen(theme.colour(Tone.ACCENT_FG))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(rank))


def _colours(button: QAbstractButton, choice: ChoiceView) -> tuple[Tone, Tone]:
    if button.isChecked():
        return Tone.ACCENT_SOFT, Tone.ACCENT
    if not button.isEnabled():
        return Tone.SUNKEN, Tone.LINE
    if button.underMouse():
        return Tone.HOVER, Tone.LINE_STRONG
    return (Tone.SUNKEN, Tone.LINE) if choice.missing else (Tone.SURFACE, Tone.LINE_STRONG)


def _paint_mark(painter: QPainter, at: QPoint, checked: bool, *, square: bool) -> None:
    if square:
        box = QRectF(at.x(), at.y(), icons.ROW, icons.ROW).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour(Tone.ACCENT if checked else Tone.LINE_STRONG), 1))
        painter.setBrush(theme.colour(Tone.ACCENT if checked else Tone.SURFACE))
        painter.drawRoundedRect(box, 3, 3)
    if checked:
        icons.paint(painter, at, "check", icons.ROW, Tone.ACCENT_FG if square else Tone.ACCENT)


class OneOption(QRadioButton):
    """A choice of which one holds."""

    def __init__(self, choice: ChoiceView, name: str) -> None:
        super().__init__(choice.label)
        self.choice = choice
        self.picture: QPixmap | None = None
        self.setAutoExclusive(False)
        _prepare(self, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses; everything else goes to the row."""
        _press(self, event)

    def text_box(self) -> QRect:
        """Where the label stands."""
        return _text_box(self, self.width(), self.height())

    def hitButton(self, pos: QPoint) -> bool:
        """The whole box can be clicked."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """The width of the label on one line."""
        return QSize(_natural_width(self), LEAST_HEIGHT)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the box, the key cap, the label and the check mark."""
        _paint(self, square=False)


class ManyOption(QCheckBox):
    """A choice of which several may hold."""

    def __init__(self, choice: ChoiceView, name: str) -> None:
        super().__init__(choice.label)
        self.choice = choice
        self.picture: QPixmap | None = None
        _prepare(self, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space toggles; everything else goes to the row."""
        _press(self, event)

    def text_box(self) -> QRect:
        """Where the label stands."""
        return _text_box(self, self.width(), self.height())

    def hitButton(self, pos: QPoint) -> bool:
        """The whole box can be clicked."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """The width of the label on one line."""
        return QSize(_natural_width(self), LEAST_HEIGHT)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the box, the key cap, the label and the square."""
        _paint(self, square=True)


class RankOption(ManyOption):
    """A choice that has a place in an order; `rank` counts from 1, 0 is none yet."""

    rank = 0

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the box, the key cap, the label and the place."""
        _paint(self, square=True, rank=self.rank)


Option = OneOption | ManyOption


def _prepare(button: Option, name: str) -> None:
    button.setAccessibleName(name)
    key = keycap.shown(button.choice.key or "Space")
    button.setToolTip(tr(N_("{choice} (key {key})"), choice=button.choice.label, key=key))
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    button.setAttribute(Qt.WidgetAttribute.WA_Hover)
    button.setProperty("ring_radius", 8)


def _press(button: Option, event: QKeyEvent) -> None:
    if event.key() != Qt.Key.Key_Space:
        event.ignore()
    elif not event.isAutoRepeat():
        button.click()


class Arrangement(StrEnum):
    """How the ordinary choices stand: all on one line, below each other, or in two columns."""

    LINE = "line"
    COLUMN = "column"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class _Plan:
    kind: Arrangement
    boxes: tuple[QRect, ...]
    height: int


class OptionGrid(QWidget):
    """Lays options out for the width there is: short ones on a line, few below each other, many in two columns.

    Reserve answers stand together on the last line.
    """

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__()
        self._options = tuple(options)
        for option in self._options:
            option.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._plans: dict[tuple[int, ...], _Plan] = {}
        self._plan_now: _Plan | None = None

    @property
    def _plan(self) -> _Plan:
        """The arrangement in force; before the first layout, the one of the usual width."""
        return self._plan_now or self._arrange(COLUMN_WIDTH)

    @property
    def arrangement(self) -> Arrangement:
        """How the options stand now."""
        return self._plan.kind

    @property
    def per_column(self) -> int:
        """Ordinary options in the first column."""
        ordinary = sum(not option.choice.missing for option in self._options)
        return (ordinary + 1) // 2 if self._plan.kind is Arrangement.COLUMNS else ordinary

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the arrangement in `width` pixels."""
        return self._arrange(width).height

    def sizeHint(self) -> QSize:
        """The arrangement at the width it has."""
        width = self.width() if self.testAttribute(Qt.WidgetAttribute.WA_WState_Created) else COLUMN_WIDTH
        return QSize(width, self._arrange(width).height)

    def minimumSizeHint(self) -> QSize:
        """Narrow is possible: labels wrap."""
        return QSize(160, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the options."""
        self._plan_now = plan = self._arrange(event.size().width())
        for option, box in zip(self._options, plan.boxes, strict=True):
            option.setGeometry(box)

    def _arrange(self, width: int) -> _Plan:
        """The arrangement in a width; layouts ask many times, so it is kept."""
        key = (width, *(_picture_room(option) for option in self._options))
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._arranged(width)
        return plan

    def _arranged(self, width: int) -> _Plan:
        inner = max(120, width)
        ordinary = [option for option in self._options if not option.choice.missing]
        reserve = [option for option in self._options if option.choice.missing]
        widths = [option.sizeHint().width() for option in self._options]
        boxes: dict[Option, QRect] = {}
        plain = all(option.picture is None for option in ordinary)
        few = plain and (len(ordinary) <= FEW or all(len(option.choice.label) <= FEW for option in ordinary))
        if few and sum(widths) + GAP * len(widths) + 2 * GAP <= inner:
            right = self._on_lines(boxes, ordinary, QPoint(0, 0), inner)
            bottom = self._on_lines(boxes, reserve, QPoint(right.x() + 2 * GAP, 0), inner).y()
            kind = Arrangement.LINE
            bottom = max(bottom, right.y())
        else:
            many = len(ordinary) > 5 and inner >= TWO_COLUMNS_FROM
            kind = Arrangement.COLUMNS if many else Arrangement.COLUMN
            bottom = self._in_columns(boxes, ordinary, inner, 2 if many else 1)
            if reserve:
                indent = 0 if ordinary else 2 * GAP
                start = QPoint(indent, bottom + GAP if ordinary else 0)
                bottom = self._on_lines(boxes, reserve, start, inner, indent).y()
        return _Plan(kind, tuple(boxes[option] for option in self._options), bottom)

    @staticmethod
    def _on_lines(
        boxes: dict[Option, QRect], options: Sequence[Option], start: QPoint, inner: int, indent: int = 0
    ) -> QPoint:
        """Place options one after the other, breaking lines; the right and lower end is returned."""
        left, top = start.x(), start.y()
        for option in options:
            width = min(option.sizeHint().width(), inner - indent)
            if left > indent and left + width > inner:
                left, top = indent, top + LEAST_HEIGHT + GAP
            boxes[option] = QRect(left, top, width, LEAST_HEIGHT)
            left += width + GAP
        return QPoint(left, top + LEAST_HEIGHT if options else start.y())

    @staticmethod
    def _in_columns(boxes: dict[Option, QRect], options: Sequence[Option], inner: int, count: int) -> int:
        """Place options down the columns; the lower end is returned."""
        width = (inner - GAP * (count - 1)) // count if count > 1 else min(inner, COLUMN_WIDTH)
        per = -(-len(options) // count)
        heights = [max(_height(option, width) for option in options[place::per]) for place in range(per)]
        for place, option in enumerate(options):
            column, line = divmod(place, per)
            top = sum(heights[:line]) + GAP * line
            boxes[option] = QRect(column * (width + GAP), top, width, heights[line])
        return sum(heights) + GAP * max(per - 1, 0)
