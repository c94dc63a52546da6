"""One comparison of two indicators or headings on Saaty's scale: nine steps to either side of "equal"."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.labels import announce
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

STEPS = 8
_HEIGHT, _MIDDLE, _DOT = 58, 38, 6.0
_STRENGTHS = (
    N_("equally important"),
    N_("between equal and moderate"),
    N_("moderately more important"),
    N_("between moderate and strong"),
    N_("strongly more important"),
    N_("between strong and very strong"),
    N_("very strongly more important"),
    N_("between very strong and extreme"),
    N_("extremely more important"),
)
_WRAPPED = Qt.TextFlag.TextWordWrap
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | _WRAPPED)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | _WRAPPED)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class PairScale(QWidget):
    """`picked` carries how many times more important the first is (1/9 to 9) once a person moves the mark."""

    picked = Signal(float)

    def __init__(self, first: str, second: str, ratio: float) -> None:
        super().__init__()
        self._first, self._second = first, second
        self._step = step_of(ratio)
        self.setProperty("own_ring", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(_HEIGHT))
        self.setAccessibleName(tr(N_("{first} against {second}"), first=first, second=second))
        self.setAccessibleDescription(self.sentence())

    @property
    def ratio(self) -> float:
        """How many times more important the first is."""
        return ratio_of(self._step)

    def sentence(self) -> str:
        """The comparison in words."""
        strength = _(_STRENGTHS[abs(self._step)])
        if not self._step:
            return strength
        more = self._first if self._step > 0 else self._second
        return tr(N_("{name}: {strength} ({ratio})"), name=more, strength=strength, ratio=abs(self._step) + 1)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme.px(420), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left makes the first more important, Right the second, Home and 0 make them equal."""
        steps = {Qt.Key.Key_Left: self._step + 1, Qt.Key.Key_Right: self._step - 1, Qt.Key.Key_Home: 0, Qt.Key.Key_0: 0}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._move(step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click puts the mark there."""
        left, width = self._axis()
        share = (event.position().x() - left) / width
        self._move(STEPS - round(share * 2 * STEPS))

    def _move(self, step: int) -> None:
        step = max(-STEPS, min(STEPS, step))
        if step == self._step:
            return
        self._step = step
        self.setAccessibleDescription(self.sentence())
        announce(self, self.sentence())
        self.update()
        self.picked.emit(self.ratio)

    def _axis(self) -> tuple[float, float]:
        return theme.px(10), max(1.0, self.width() - 2 * theme.px(10))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw both names, the scale, the mark and its words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.fillRect(self.rect(), theme.colour(Tone.ACCENT_SOFT))
            painter.fillRect(0, 0, 3, self.height(), theme.colour(Tone.ACCENT))
        painter.setFont(fonts.font(Role.SECOND))
        half = self.width() / 2 - theme.px(6)
        for name, box, flags, ahead in (
            (self._first, QRectF(theme.px(10), 0, half - theme.px(10), theme.px(26)), _LEFT, self._step > 0),
            (self._second, QRectF(self.width() - half, 0, half - theme.px(10), theme.px(26)), _RIGHT, self._step < 0),
        ):
            painter.setFont(fonts.font(Role.SECOND, fonts.SEMIBOLD if ahead else fonts.REGULAR))
            painter.setPen(theme.colour(Tone.TEXT if ahead else Tone.TEXT2))
            painter.drawText(box, flags, name)
        self._draw_scale(painter)

    def _draw_scale(self, painter: QPainter) -> None:
        left, width = self._axis()
        middle = theme.px(_MIDDLE)
        painter.setPen(QPen(theme.colour(Tone.LINE_STRONG), 1))
        painter.drawLine(QPointF(left, middle), QPointF(left + width, middle))
        for tick in range(2 * STEPS + 1):
            x = left + width * tick / (2 * STEPS)
            high = theme.px(6 if tick == STEPS else 3)
            painter.drawLine(QPointF(x, middle - high), QPointF(x, middle + high))
        at = QPointF(left + width * (STEPS - self._step) / (2 * STEPS), middle)
        painter.setPen(QPen(theme.colour(Tone.SURFACE), 2))
        painter.setBrush(theme.colour(Tone.ACCENT))
        painter.drawEllipse(at, theme.px(_DOT), theme.px(_DOT))
        painter.setPen(theme.colour(Tone.TEXT2))
        painter.setFont(fonts.font(Role.CAPTION))
        words = _(_STRENGTHS[abs(self._step)])
        box = QRectF(left, middle + theme.px(7), width, theme.px(14))
        painter.drawText(box, _CENTRE, words)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say the comparison one arrives at."""
        super().focusInEvent(event)
        announce(self, self.sentence())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the mark of the focus away."""
        super().focusOutEvent(event)
        self.update()


def step_of(ratio: float) -> int:
    """The step of a ratio: 0 equal, 8 the first is nine times as important, -8 the second.

    >>> [step_of(ratio) for ratio in (1, 3, 9, 1 / 5)]
    [0, 2, 8, -4]
    """
    return round(ratio) - 1 if ratio >= 1 else 1 - round(1 / ratio)


def ratio_of(step: int) -> float:
    """The ratio of a step.

    >>> [ratio_of(step) for step in (0, 2, -4)]
    [1.0, 3.0, 0.2]
    """
    return float(step + 1) if step >= 0 else 1 / (1 - step)
