"""A package that is dropped anywhere on the window opens on the page of packages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class PackageDrops(QObject):
    """Watches a window for files that are dropped where no page takes them; `take` gets the package.

    `anything`: also files that are none, so that one can say so.
    """

    def __init__(self, window: QWidget, take: Callable[[Path], None], *, anything: bool = False) -> None:
        super().__init__(window)
        self._take, self._anything = take, anything
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a package, leave everything else to the window."""
        if event.type() in {QEvent.Type.DragEnter, QEvent.Type.Drop}:
            file = dropped(event, anything=self._anything) if isinstance(event, QDropEvent) else None
            if file is not None and isinstance(event, QDropEvent):
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self._take(file)
                return True
        return super().eventFilter(watched, event)


def dropped(event: QDropEvent, *, anything: bool) -> Path | None:
    """The one file that is dragged if it is a package; with `anything` whatever it is."""
    urls = event.mimeData().urls()
    file = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    from kume_desktop.exchange.packages.format import SUFFIX

    return file if file is not None and (anything or file.name.endswith(SUFFIX)) else None
