"""Lucide icons, drawn by QtSvg in any colour and size, sharp at every scale, and kept."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap

from kume_desktop import paths
from kume_desktop.gui import theme
from kume_desktop.gui.theme import Tone

ROW = 16
RAIL = 18
CHOICE = 20


@cache
def _source(name: str) -> str:
    text = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', 'stroke-width="1.75"')


@cache
def _drawn(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    drawn = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode())).render(painter)
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def ratio() -> float:
    """The largest device pixel ratio of the screens."""
    return max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)


def pixmap(name: str, size: int = ROW, tone: Tone = Tone.TEXT2, colour: str = "") -> QPixmap:
    """The icon `name` at `size` logical pixels in a tone of the table (or in `colour` taken from the table)."""
    return _drawn(name, size, colour or theme.code(tone), ratio())


def icon(name: str, size: int = ROW, tone: Tone = Tone.TEXT2) -> QIcon:
    """The icon for a button."""
    made = QIcon(pixmap(name, size, tone))
    made.addPixmap(pixmap(name, size, Tone.TEXT3), QIcon.Mode.Disabled)
    return made


def paint(painter: QPainter, at: QPoint, name: str, size: int = ROW, tone: Tone = Tone.TEXT2) -> None:
    """Draw the icon with its upper left corner at `at`."""
    painter.drawPixmap(at, pixmap(name, size, tone))
