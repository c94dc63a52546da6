"""A picture with its numbers on the clipboard."""

from __future__ import annotations

import atexit

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

_WITHOUT_CLIPBOARD = frozenset({"offscreen", "minimal", "minimalegl", "eglfs", "linuxfb", "vnc"})


def put(picture: QImage, numbers: str) -> None:
    """Put both on the clipboard: whoever pastes takes what it understands."""
    held = QMimeData()
    held.setImageData(picture)
    held.setText(numbers)
    QGuiApplication.clipboard().setMimeData(held)
    atexit.register(_let_go)


def _let_go() -> None:
    """Where the system has no clipboard, Qt keeps the data until after the end of Python, which it then calls."""
    if QGuiApplication.instance() is not None and QGuiApplication.platformName() in _WITHOUT_CLIPBOARD:
        QGuiApplication.clipboard().clear()
