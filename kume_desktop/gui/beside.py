"""Reading and other short work in a thread beside the window, told back to a page that may be gone by then."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from kume_desktop.problems import Refused


class Beside(QObject):
    """One act in a thread beside the window; `done` carries what it gives, `refused` problems."""

    done = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._wanted: object = None
        _teller().told.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def start(self, act: Callable[[], object]) -> None:
        """Carry out `act`; what an earlier one gives is not wanted any more."""
        self._wanted = run = _Run(act, _teller().told.emit)
        QThreadPool.globalInstance().start(run)

    def _take(self, told: object) -> None:
        run, what = told if isinstance(told, tuple) else (None, None)
        if run is not self._wanted:
            return
        if isinstance(what, Refused):
            self.refused.emit(what.problems)
        else:
            self.done.emit(what)


class _Teller(QObject):
    """What threads tell; it outlives every page, so that a thread never speaks to one that is gone."""

    told = Signal(object)


@cache
def _teller() -> _Teller:
    return _Teller()


class _Run(QRunnable):
    def __init__(self, act: Callable[[], object], tell: Callable[[object], None]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._act, self._tell = act, tell

    def run(self) -> None:
        """Carry out the act."""
        try:
            self._tell((self, self._act()))
        except Refused as refusal:
            self._tell((self, refusal))
