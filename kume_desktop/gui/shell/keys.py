"""The keys that work on every page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from kume_desktop.gui.page import KeyHint, Page
from kume_desktop.gui.routes import HelpRoute, SettingsRoute, WavesRoute
from kume_desktop.gui.shell.places import HELP_KEY, LOCK_KEY, SETTINGS_KEY, WAVES_KEY
from kume_desktop.gui.shell.rail import RailMode
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.window import Window


def everywhere() -> tuple[KeyHint, ...]:
    """The keys that work on every page, for the key list."""
    return (
        KeyHint("Ctrl+K", _(N_("Find or do"))),
        KeyHint("F1", _(N_("Keys"))),
        KeyHint("F5", _(N_("Try again, compute again"))),
        KeyHint("F6", _(N_("Rail, content, panel"))),
        KeyHint("F8", _(N_("Next open problem"))),
        KeyHint("Ctrl+Z", _(N_("Undo"))),
        KeyHint("Alt+Left", _(N_("Back"))),
        KeyHint("Esc", _(N_("Close or back"))),
        KeyHint("Alt+1–9", _(N_("Pages of the rail"))),
        KeyHint(WAVES_KEY, _(N_("Waves of the study"))),
        KeyHint(HELP_KEY, _(N_("Help"))),
        KeyHint(SETTINGS_KEY, _(N_("Settings"))),
        KeyHint(LOCK_KEY, _(N_("Lock"))),
    )


class WindowKeys:
    """The shortcuts of a window; a key that the page in front binds belongs to the page."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._shortcuts: dict[str, QShortcut] = {}
        for key, run in self._all().items():
            self._shortcuts[key] = QShortcut(QKeySequence(key), window)
            self._shortcuts[key].activated.connect(run)

    def _all(self) -> dict[str, Callable[[], object]]:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+K": self.palette,
            "F1": self.key_list,
            "F5": self.retry,
            "F6": self.next_area,
            "F8": self.next_problem,
            "Ctrl+Z": self.undo,
            "Alt+Left": self._window.back,
            WAVES_KEY: partial(self._window.go, WavesRoute()),
            HELP_KEY: partial(self._window.go, HelpRoute()),
            SETTINGS_KEY: partial(self._window.go, SettingsRoute()),
            LOCK_KEY: self._window.lock,
        }
        return keys | {f"Alt+{number}": partial(self.place, number) for number in range(1, 10)}

    def yield_to(self, page: Page) -> None:
        """Leave the keys that a page binds to the page."""
        taken = {action.key for action in page.actions_here() if action.bound}
        for key, shortcut in self._shortcuts.items():
            shortcut.setEnabled(key not in taken)

    def palette(self) -> None:
        """Ctrl+K: open the command palette."""
        self._window.frame.open_palette()

    def key_list(self) -> None:
        """F1: list all keys."""
        self._window.frame.open_keys(everywhere())

    def retry(self) -> None:
        """F5: do again what failed or is out of date."""
        self._window.page.retry()

    def next_problem(self) -> None:
        """F8: go to the next open problem."""
        self._window.page.next_problem()

    def undo(self) -> None:
        """Ctrl+Z: take back what the toast tells, else the page's last act."""
        toast = self._window.frame.toast
        if toast.can_undo:
            toast.take_back()
        else:
            self._window.page.undo()

    def place(self, number: int) -> None:
        """Alt+1..9: the page with this number in the rail."""
        items = self._window.frame.rail.items[:-2]
        if number <= len(items):
            self._window.go(items[number - 1].place.route)

    def next_area(self) -> None:
        """F6: rail, content, panel, and round again."""
        frame, page = self._window.frame, self._window.page
        focused, panel = QApplication.focusWidget(), page.side_panel()
        if focused is not None and frame.rail.isAncestorOf(focused):
            page.on_shown()
        elif panel is not None and panel.isVisible() and (focused is None or not panel.isAncestorOf(focused)):
            (first_focus(panel) or panel).setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif frame.rail.isVisible():
            frame.rail.take_focus()
        else:
            page.on_shown()

    def escape(self) -> None:
        """Esc: close what lies above, stop work, bring the rail, or go back."""
        frame = self._window.frame
        overlay = frame.open_overlay()
        if overlay is not None:
            overlay.shut()
        elif self._window.page.cancel():
            return
        elif frame.mode is RailMode.HIDDEN:
            frame.set_rail(RailMode.ICONS)
            frame.rail.take_focus()
        else:
            self._window.back()


def first_focus(panel: QWidget) -> QWidget | None:
    """The first widget of a panel that takes the focus by Tab."""
    for child in panel.findChildren(QWidget):
        if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return child
    return None
