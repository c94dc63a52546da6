"""One window per profile: a second start hands its file to the first and ends."""

from __future__ import annotations

import hashlib
import platform
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QMessageBox, QWidget

from kume_desktop import paths
from kume_desktop.texts import N_, _, tr

_WAIT_MS = 500


def _name() -> str:
    digest = hashlib.sha256(str(paths.profile()).encode()).hexdigest()[:16]
    return f"kume-desktop-{digest}"


def ask_other(study: Path | None) -> bool:
    """Ask the running window to come to the front, with `study`; False where nobody answers."""
    socket = QLocalSocket()
    socket.connectToServer(_name())
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write((str(study.resolve()) if study else "").encode() + b"\n")
    socket.waitForBytesWritten(_WAIT_MS)
    socket.disconnectFromServer()
    return True


def ask_person(lock: QLockFile) -> bool:
    """Ask whether to open a second window beside one that cannot be reached."""
    box = QMessageBox()
    box.setWindowTitle("Küme Desktop")
    box.setText(tr(N_("The program is open already, on the computer {computer}."), computer=holder(lock)))
    said = N_(
        "It does not answer. Open it here only if it is not in use there: what both save is kept, but they get in each "
        "other's way."
    )
    box.setInformativeText(_(said))
    anyway = box.addButton(_(N_("Open it here")), QMessageBox.ButtonRole.AcceptRole)
    stop = box.addButton(_(N_("Do not open")), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stop)
    box.setEscapeButton(stop)
    box.exec()
    return box.clickedButton() is anyway


def holder(lock: QLockFile) -> str:
    """The computer that a lock names, this one where it names none."""
    lines = Path(lock.fileName()).read_text(encoding="utf-8", errors="replace").splitlines()
    return lines[2] if len(lines) > 2 and lines[2] else platform.node()


class Listener(QObject):
    """Brings the window to the front when a second start asks; `asked` carries the study file it was given."""

    asked = Signal(Path)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._hear)
        QLocalServer.removeServer(_name())
        self._server.listen(_name())

    def _hear(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(lambda: self._take(socket))
        socket.disconnected.connect(socket.deleteLater)

    def _take(self, socket: QLocalSocket) -> None:
        told = bytes(socket.readLine().data()).decode(errors="replace").strip()
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.raise_()
        self._window.activateWindow()
        if told:
            self.asked.emit(Path(told))
