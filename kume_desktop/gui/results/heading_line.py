"""A heading of the method with the points of an area: a bar and the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.progress import paint_bar
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.fitting import width_of
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

if TYPE_CHECKING:
    from kume_desktop.scoring.results import HeadingScore

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class HeadingLine(QWidget):
    """A heading with its points as a bar and in figures."""

    def __init__(self, name: str, score: HeadingScore) -> None:
        super().__init__()
        self._name, self._score = name, score
        self._figures = points(score)
        self.setAccessibleName(f"{name}: {self._figures}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(26))

    def sizeHint(self) -> QSize:
        """Name, bar and figures."""
        return QSize(theme.px(260), self.height())

    def minimumSizeHint(self) -> QSize:
        """The words must fit, the bar may shrink."""
        name = width_of(self._name, fonts.font(Role.SECOND))
        return QSize(name + theme.px(30) + self._wide + 24, self.height())

    @property
    def _wide(self) -> int:
        return width_of("88,88 / 88", fonts.font(Role.SECOND, tabular=True)) + 4

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw name, bar and figures."""
        painter, height = QPainter(self), self.height()
        painter.setFont(fonts.font(Role.SECOND))
        painter.setPen(theme.colour(Tone.TEXT))
        name = max(theme.px(136), width_of(self._name, painter.font())) + 12
        painter.drawText(QRectF(0, 0, name, height), _LEFT, self._name)
        painter.setFont(fonts.font(Role.SECOND, tabular=True))
        painter.setPen(theme.colour(Tone.TEXT2))
        painter.drawText(QRectF(self.width() - self._wide, 0, self._wide, height), _RIGHT, self._figures)
        room = self.width() - self._wide - name - 8
        if room > 8 and self._score.points is not None and self._score.maximum:
            paint_bar(painter, QRectF(name, height / 2 - 3, room, 6), self._score.points / self._score.maximum)


def points(score: HeadingScore) -> str:
    """5,16 / 6."""
    highest = texts.number(score.maximum, 0 if score.maximum == int(score.maximum) else 2)
    return f"{words.figure(score.points, 2)} / {highest}"
