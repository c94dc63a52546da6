"""What every page of the window is, and what it tells the window around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from kume_desktop.gui.components.keycap import shown

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.routes import Route


_TIPS_MS = 200
"""How long after keys or buttons changed the tooltips are made to say the keys: nobody hovers that soon."""


class SaveKind(StrEnum):
    """What the left end of the bottom bar says."""

    NONE = "none"
    SAVED = "saved"
    DRAFTED = "drafted"
    SAVING = "saving"
    FAILED = "failed"
    COMPUTED = "computed"
    CHECKING = "checking"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class SaveState:
    """The state of what was typed; `at` only after the commit, `text` is the sentence of a failure."""

    kind: SaveKind = SaveKind.NONE
    at: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What waits on this page, in words ("1 uyarı"), with its icon; a click or F8 goes to the next one."""

    text: str
    icon: str = "triangle-alert"


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key that works here now: portable text (`Ctrl+M`, `Return`, `Up Down`, `1–5`) and the word after it."""

    key: str
    word: str


class Group(StrEnum):
    """The groups of the command palette."""

    PAGES = "pages"
    FIRMS = "firms"
    ACTIONS = "actions"
    QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class Action:
    """Something one can do: palette entry, line of the key list, and shortcut of the page when `bound`.

    `key` is portable text of one key sequence, '' for none. `bound=False` says that the widget itself handles the key.
    """

    name: str
    label: str
    run: Callable[[], object]
    key: str = ""
    bound: bool = True
    group: Group = Group.ACTIONS
    detail: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Long work: `done` of `total` (0 = unknown) and what is being done."""

    done: int
    total: int
    text: str


@dataclass(frozen=True, slots=True)
class Toast:
    """A thing that was done and, with `undo`, can be taken back for 8 seconds."""

    text: str
    undo: Callable[[], object] | None = None
    action: str = ""


class Page(QWidget):
    """A page: built for a route, shown by the window, thrown away when its route is left for good.

    A page never imports another page; it emits `navigate` with a route. Constructors take `(desk, route)`.
    """

    navigate = Signal(object)
    save_state = Signal(object)
    problem_shown = Signal(object)
    hints_changed = Signal()
    toast = Signal(object)
    busy = Signal(object)

    in_interview = False
    """Whether the rail shrinks to icons (and disappears when compact) while this page is shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._shortcuts: list[QShortcut] = []
        self._tips = QTimer(self)
        self._tips.setSingleShot(True)
        self._tips.setInterval(_TIPS_MS)
        self._tips.timeout.connect(self.name_keys)
        self.hints_changed.connect(self._tips.start)

    @property
    def title(self) -> str:
        """The page's name, for the window title and screen readers."""
        return ""

    def key_hints(self) -> tuple[KeyHint, ...]:
        """The keys of what has the focus now; emit `hints_changed` when they change. F1 is added by the window."""
        return ()

    def actions_here(self) -> tuple[Action, ...]:
        """Everything one can do here: feeds palette, key list and the page's shortcuts."""
        return ()

    def find_here(self, text: str) -> tuple[Action, ...]:  # noqa: ARG002 - pages that have something to find use it
        """What the palette offers for a typed text besides pages, firms and actions (questions of an interview)."""
        return ()

    def on_shown(self) -> None:
        """The page has come to the front: put the focus where work goes on."""
        self.setFocus()

    def refresh(self) -> None:
        """Read the data again; the content stays in sight meanwhile."""
        self.update()

    def leave(self) -> None:
        """The page is about to be left or rebuilt: commit or draft what is typed. Never refuses."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            focused.clearFocus()

    def here(self, route: Route) -> Route:
        """The route that leads back to what is shown now (selected firm, current question)."""
        return route

    def side_panel(self) -> QWidget | None:
        """The panel that F6 reaches after the content."""
        return None

    def next_problem(self) -> object:
        """Go to the next open problem (F8)."""
        return False

    def retry(self) -> object:
        """Do again what failed or is out of date (F5)."""
        self.refresh()
        return True

    def undo(self) -> object:
        """Take the last act back (Ctrl+Z outside of text fields)."""
        return False

    def cancel(self) -> bool:
        """Esc: close a panel or stop long work; False lets the window go back."""
        return False

    def bind_keys(self) -> None:
        """Make the shortcuts of the bound actions; the window calls it once after building the page."""
        for shortcut in self._shortcuts:
            shortcut.deleteLater()
        self._shortcuts = [self._shortcut(action) for action in self.actions_here() if action.key and action.bound]
        self._tips.start()

    def name_keys(self) -> None:
        """Let the tooltip of each button say the key of its action; one that says something else stays as it is."""
        keys = {action.label.rstrip("…"): action.key for action in self.actions_here() if action.key}
        for button in self.findChildren(QAbstractButton):
            said = button.text() or button.accessibleName()
            key = keys.get(said.rstrip("…"), "")
            if key and button.toolTip() in {"", said, button.property("key_tip")}:
                tip = f"{said}  {shown(key)}"
                button.setProperty("key_tip", tip)
                button.setToolTip(tip)

    def _shortcut(self, action: Action) -> QShortcut:
        made = QShortcut(QKeySequence(action.key), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(action.run)
        return made
