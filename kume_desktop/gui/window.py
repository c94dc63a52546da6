"""The window: shows the page of a route, goes back, and builds everything anew when language or look change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from kume_desktop import texts
from kume_desktop.gui import building, commands, dressing, theme
from kume_desktop.gui.components.package_drops import PackageDrops
from kume_desktop.gui.components.ring import FocusRing
from kume_desktop.gui.device_routes import FirstPackageRoute
from kume_desktop.gui.page import Action, Page, SaveState, Toast
from kume_desktop.gui.routes import PackagesRoute, PracticeRoute, Route, StartRoute, UnlockRoute, WelcomeRoute, anew
from kume_desktop.gui.shell.frame import Frame
from kume_desktop.gui.shell.keys import WindowKeys
from kume_desktop.gui.shell.looks import look_for

if TYPE_CHECKING:
    from pathlib import Path

    from kume_desktop.gui.desk import Desk

SMALLEST = QSize(1024, 540)
FIRST = QSize(1366, 768)
FRAME = 32
"""What a system's title bar takes from the height."""
_HISTORY = 50
_SETTLE_MS = 150


class Window(QMainWindow):
    """One window for one study; `painted` comes once, after the first picture."""

    painted = Signal()
    interview_left = Signal()

    def __init__(self, desk: Desk, first: Route | None = None, size: QSize | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.setMinimumSize(_smallest())
        self.resize(size or _first_size())
        self.ring = FocusRing(self)
        self._history: list[Route] = []
        self._page: Page | None = None
        self._was_painted = False
        self._locked_at: tuple[Path, str, Route] | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._look_again)
        self.frame = self._put_on()
        self.keys = WindowKeys(self)
        PackageDrops(self, self._take_dropped)
        desk.study_changed.connect(self._study_changed)
        desk.wave_changed.connect(self._wave_changed)
        desk.wave_came.connect(self._wave_came)
        desk.data_changed.connect(self._data_changed)
        desk.look_changed.connect(self._look_again)
        desk.lock_asked.connect(self.lock)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._look_again)
        self._route: Route = first or self._home()
        self._show(self._route)

    @property
    def route(self) -> Route:
        """The route that leads back to what is in front."""
        return self._page.here(self._route) if self._page is not None else self._route

    @property
    def page(self) -> Page:
        """The page in front."""
        if self._page is None:
            raise LookupError("no page is in front while the window is being built")
        return self._page

    def go(self, route: Route) -> None:
        """Leave the page in front and show the page of `route`."""
        if building.needs_study(route) and not self.desk.has_study:
            route = WelcomeRoute()
        elif self.desk.is_practising and not building.while_practising(route):
            route = PracticeRoute()
        self._history = [*self._history, self.route][-_HISTORY:]
        self._show(route)

    def _take_dropped(self, file: Path) -> None:
        """A package without an open study can only be the first one of a study."""
        self.go(PackagesRoute(str(file)) if self.desk.has_study else FirstPackageRoute(file))

    def back(self) -> None:
        """Go to where one came from; at the first page, to the start page."""
        route = self._history.pop() if self._history else self._home()
        if route != self.route:
            self._show(route)

    @property
    def can_lock(self) -> bool:
        """Whether a study is open that asks for a passphrase of its person."""
        head = self.desk.head
        return head is not None and not head.demonstration and not self.desk.is_practising

    def lock(self) -> None:
        """Close the study until its person opens it again; the place is kept, what was typed is stored as it is.

        The demonstration and practice have no secret: nothing happens there.
        """
        head = self.desk.head
        if head is None or not self.can_lock:
            return
        route, path = self.route, self.desk.study.path
        self._put_away()
        self.desk.close()
        self._locked_at = (path, head.person, route)
        self._history = []
        self.frame = self._put_on()
        self._show(UnlockRoute(path))

    def _unlocked_at(self) -> Route:
        """Where the person was who opens the study again; the start page for anybody else."""
        locked, self._locked_at = self._locked_at, None
        head = self.desk.head
        if locked is not None and head is not None and locked[:2] == (self.desk.study.path, head.person):
            return locked[2]
        return self._home()

    def _home(self) -> Route:
        if self.desk.is_practising:
            return PracticeRoute()
        return StartRoute() if self.desk.has_study else WelcomeRoute()

    def _show(self, route: Route) -> None:
        self._put_away()
        page = building.build(self.desk, route)
        self._route, self._page = route, page
        self.frame.show_page(page, route)
        page.toast.connect(self.tell_toast)
        page.bind_keys()
        self.keys.yield_to(page)
        name = self.desk.head.name if self.desk.head else "Küme Desktop"
        self.setWindowTitle(f"{page.title} – {name}")
        page.on_shown()

    def tell_toast(self, toast: Toast) -> None:
        """Tell what was done, in the frame that is there now (a change of the look makes another one)."""
        self.frame.toast.tell(toast)

    def _put_away(self) -> None:
        old, self._page = self._page, None
        if old is not None:
            old.leave()
            if old.in_interview:
                self.interview_left.emit()
            self.ring.let_go()
            self.frame.put_away(old)

    def _put_on(self, saved: SaveState | None = None) -> Frame:
        """Put language and look in force and make the frame anew."""
        settings = self.desk.settings
        texts.set_language(settings.language)
        commands.speak(settings.language)
        app = QApplication.instance()
        wanted = look_for(settings, self.size())
        if isinstance(app, QApplication) and (wanted != theme.look() or not app.styleSheet()):
            dressing.put_on(app, wanted)
        frame = Frame(self.desk, self._offered)
        frame.saved = saved or SaveState()
        frame.wanted.connect(self.go)
        self.setCentralWidget(frame)
        frame.show()
        return frame

    def _offered(self, typed: str) -> tuple[Action, ...]:
        return commands.offered(self, typed)

    def _rebuild(self, route: Route, saved: SaveState) -> None:
        from kume_desktop.gui.figures.refilling import focus_named

        focused: object = QApplication.focusWidget()
        inside = isinstance(focused, QWidget) and self._page is not None and self._page.isAncestorOf(focused)
        name = focused.accessibleName() if isinstance(focused, QWidget) and inside else ""
        self._put_away()
        self.frame = self._put_on(saved)
        self._show(route)
        if name:
            focus_named(self.page, name)

    def _look_again(self) -> None:
        """Build frame and page anew at the same place if language or look are to be others."""
        settings = self.desk.settings
        same_look = look_for(settings, self.size()) == theme.look()
        if not same_look or texts.language() != settings.language:
            self._rebuild(self.route, self.frame.saved)

    def _study_changed(self) -> None:
        self._history = []
        self._rebuild(self._unlocked_at() if self.desk.has_study else self._home(), SaveState())

    def _wave_came(self) -> None:
        """Stay where one is: the way back leads into the wave before, where the same firm has another interview."""
        self._history = []

    def _wave_changed(self) -> None:
        """Go on at the page one came from, as it is in the other wave; an interview there is another one."""
        came_from = self._history[-1] if self._history else self._home()
        self._history = []
        self._rebuild(anew(came_from) or self._home(), SaveState())

    def _data_changed(self) -> None:
        self.frame.set_rail(self.frame.mode)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Ctrl+Z bubble up to here from whatever has the focus and did not need them."""
        if event.key() == Qt.Key.Key_Escape:
            self.keys.escape()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.keys.undo()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size may mean another density; wait until the size rests."""
        super().resizeEvent(event)
        if self._was_painted:
            self._settle.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the first picture is there."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything is stored already: close without a question."""
        self._settle.stop()
        self._put_away()
        self.desk.close()
        super().closeEvent(event)


def _smallest() -> QSize:
    """The smallest size, less where system scaling leaves less: else the bar with the keys would lie off the screen."""
    room = QGuiApplication.primaryScreen().availableGeometry().size()
    return SMALLEST.boundedTo(QSize(room.width(), room.height() - FRAME))


def _first_size() -> QSize:
    """As much of the screen as there is, 1366 x 768 at most to begin with."""
    screen: object = QGuiApplication.primaryScreen()
    room = QGuiApplication.primaryScreen().availableGeometry().size() if screen is not None else FIRST
    return room.boundedTo(FIRST).expandedTo(SMALLEST)
