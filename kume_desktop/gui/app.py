"""The start of the window: Qt, language, fonts, the one running instance, and what happens to a bug."""

from __future__ import annotations

import gc
import importlib
import logging
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QLockFile, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from kume_desktop import application, paths
from kume_desktop.gui import fonts
from kume_desktop.gui.backup_keeper import BackupKeeper
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.failing import Failures
from kume_desktop.gui.idle_lock import IdleLock
from kume_desktop.gui.routes import Route, UnlockRoute, WelcomeRoute
from kume_desktop.gui.space_watch import SpaceWatch
from kume_desktop.gui.warming import Warming
from kume_desktop.gui.window import FIRST, Window
from kume_desktop.services import sittings

_log = logging.getLogger(__name__)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_WARM = (
    "kume_desktop.services.studies",
    "kume_desktop.store.keyfile",
    "kume_desktop.store.engine",
    "kume_desktop.store.reading",
    "kume_desktop.gui.start.page",
    "kume_desktop.gui.fieldwork.page",
)
ALREADY_OPEN = 0
_FRAME = 48
_LOCK_MS = 100


def make_application() -> QApplication:
    """The application object with Fusion and Inter; the one that exists, if there is one."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([sys.argv[0]])
    app.setApplicationName("KumeDesktop")
    app.setStyle("Fusion")
    fonts.load()
    return app


def run(study: Path | None = None, passphrase: str = "", language: str | None = None) -> int:
    """Open the window, on a study and in a language if they are given; the exit code when it is closed."""
    settings = application.begin(language)
    app = make_application()
    qInstallMessageHandler(_log_qt)
    failures = Failures(app)
    failures.begin()
    lock = QLockFile(str(paths.profile() / "window.lock"))
    if not is_alone(lock, study):
        return ALREADY_OPEN
    sittings.begin()
    desk = Desk(settings, is_lent=language is not None)
    Warming(desk)
    keeper = BackupKeeper(desk)
    SpaceWatch(desk)
    window = Window(desk, _first_route(desk, study, passphrase))
    IdleLock(app, window)
    window.interview_left.connect(keeper.interview_left)
    window.painted.connect(lambda: _after_first_picture(window))
    show_window(window)
    code = app.exec()
    failures.end()
    sittings.end()
    lock.unlock()
    return code


def is_alone(lock: QLockFile, study: Path | None) -> bool:
    """Take the lock of the profile; False where another window has it, which is asked to come to the front.

    The lock of a program that was killed on this computer is taken over. One that lives and does not answer, or runs
    on another computer (the profile lies on a share), is a person's to judge, however old it is.
    """
    lock.setStaleLockTime(0)
    if lock.tryLock(_LOCK_MS):
        return True
    from kume_desktop.gui import instance

    if instance.ask_other(study) or not instance.ask_person(lock):
        return False
    lock.removeStaleLockFile()
    lock.tryLock(_LOCK_MS)
    return True


def show_window(window: Window) -> None:
    """Show the window, filling the screen where the screen is hardly larger than the window."""
    room = window.screen().availableGeometry().size()
    if room.width() <= FIRST.width() + _FRAME or room.height() <= FIRST.height() + _FRAME:
        window.showMaximized()
    else:
        window.show()


def _first_route(desk: Desk, study: Path | None, passphrase: str) -> Route | None:
    if study is None:
        return WelcomeRoute()
    if not passphrase:
        return UnlockRoute(study)
    from kume_desktop.problems import Refused
    from kume_desktop.services import studies

    try:
        desk.open(studies.open_study(study, passphrase))
    except Refused:
        return UnlockRoute(study)
    return None


def _after_first_picture(window: Window) -> None:
    """Load what the next click needs, away from the GUI thread, and listen for a second start.

    Garbage is looked for from now on, but not among what the start has loaded.
    """
    gc.freeze()
    gc.enable()
    threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
    from kume_desktop.gui import instance

    instance.Listener(window).asked.connect(lambda path: take_asked(window, path))


def take_asked(window: Window, path: Path) -> None:
    """Go to the study that a second start was given; the one that is open, or asked for already, stays as it is."""
    desk, wanted = window.desk, UnlockRoute(path)
    is_open = desk.has_study and desk.study.path.resolve() == path.resolve()
    if not is_open and window.route != wanted:
        window.go(wanted)


def _warm_up() -> None:
    """Import what opening a study needs; a look for garbage among all of it would hold the window for 80 ms."""
    for name in _WARM:
        importlib.import_module(name)
    gc.freeze()


def _log_qt(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    logging.getLogger("kume_desktop.qt").log(_LEVELS.get(kind, logging.WARNING), "%s", text)
