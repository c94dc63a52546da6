"""What stands around the pages: rail, content, bottom bar, and the panels above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.bottom_bar import BottomBar
from kume_desktop.gui.components.toast import ToastBox
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.page import KeyHint, Page, SaveKind, SaveState
from kume_desktop.gui.routes import InterviewRoute, Route, WavesRoute, WelcomeRoute
from kume_desktop.gui.shell.rail import Rail, RailMode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kume_desktop.gui.components.script_panel import ScriptPanel
    from kume_desktop.gui.page import Action
    from kume_desktop.gui.shell.command_palette import CommandPalette
    from kume_desktop.gui.shell.key_list import KeyList
    from kume_desktop.gui.shell.overlay import Overlay


def rail_mode(*, in_interview: bool, hidden: bool) -> RailMode:
    """Words, icons, or nothing; `hidden` is the setting for the interview."""
    if in_interview:
        return RailMode.HIDDEN if theme.is_compact() or hidden else RailMode.ICONS
    return RailMode.ICONS if theme.is_compact() else RailMode.WIDE


class Frame(QWidget):
    """Made anew whenever language or look change; `wanted` carries the route that the rail or the page asks for."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, source: Callable[[str], Iterable[Action]]) -> None:
        super().__init__()
        self.setObjectName("content")
        self._desk = desk
        self._page: Page | None = None
        self._route: Route = WelcomeRoute()
        self.saved = SaveState()
        self.mode = rail_mode(in_interview=False, hidden=False)
        self.pages = QStackedWidget()
        self.toast = ToastBox(self.pages)
        self._source = source
        self._palette: CommandPalette | None = None
        self.keys: KeyList | None = None
        self.bar = BottomBar()
        self.bar.show_mark(bool(desk.head and desk.head.demonstration), practice=bool(desk.head and desk.head.practice))
        self.bar.show_wave(desk.head.wave if desk.head and not desk.head.is_newest_wave else "")
        self._tell_alarms()
        desk.alarms_changed.connect(self._tell_alarms)
        self.bar.problem_clicked.connect(self._next_problem)
        self.bar.retry_clicked.connect(self._retry)
        self.bar.cancel_clicked.connect(self._cancel)
        self.rail = self._make_rail()
        self._upper = QHBoxLayout()
        self._upper.setSpacing(0)
        self._upper.addWidget(self.rail)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(0)
        self._middle.addWidget(self.pages, 1)
        self._upper.addLayout(self._middle, 1)
        self._script: ScriptPanel | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._upper, 1)
        column.addWidget(self.bar)

    def _make_rail(self) -> Rail:
        rail = Rail(self._desk.head, self.mode)
        rail.chosen.connect(self.wanted)
        rail.find_clicked.connect(self.open_palette)
        rail.study_clicked.connect(lambda: self.wanted.emit(WelcomeRoute()))
        rail.wave_clicked.connect(lambda: self.wanted.emit(WavesRoute()))
        return rail

    def _tell_alarms(self) -> None:
        self.bar.show_alarms(self._desk.alarms)

    def set_rail(self, mode: RailMode) -> None:
        """Put a rail of another width or with other counts in the place of the one before."""
        old, self.mode = self.rail, mode
        self.rail = self._make_rail()
        self._upper.replaceWidget(old, self.rail)
        old.hide()
        old.deleteLater()
        self.rail.show_route(self._route)

    def show_page(self, page: Page, route: Route) -> None:
        """Put a page in front and listen to what it tells."""
        self._page, self._route = page, route
        page.navigate.connect(self.wanted)
        page.save_state.connect(self.tell_state)
        page.problem_shown.connect(self.bar.show_work)
        page.hints_changed.connect(self.tell_hints)
        page.busy.connect(self.bar.show_progress)
        mode = rail_mode(in_interview=page.in_interview, hidden=self._desk.settings.hide_rail)
        if mode is not self.mode:
            self.set_rail(mode)
        self.rail.show_route(route)
        self._show_script(page, route)
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self.toast.place()
        self.toast.raise_()
        self.bar.show_state(self.saved)
        self.bar.show_work(None)
        self.bar.show_progress(None)
        self.tell_hints()

    def _show_script(self, page: Page, route: Route) -> None:
        """While one practises, what the made-up firm says stands beside its interview."""
        if self._script is not None:
            self._script.hide()
            self._script.deleteLater()
            self._script = None
        if self._desk.is_practising and isinstance(route, InterviewRoute):
            from kume_desktop.gui.components.script_panel import ScriptPanel

            self._script = ScriptPanel(self._desk.study, route.instrument_id)
            self._middle.addWidget(self._script)
            self._place_script()
            follow = self._script.follow
            page.hints_changed.connect(lambda: follow(page.here(route)))

    def _place_script(self) -> None:
        """Beside the questions, or below them where a battery needs the width."""
        if self._script is None:
            return
        from kume_desktop.gui.components.script_panel import BATTERY

        below = self.width() < self._script.width_beside + BATTERY
        way = QBoxLayout.Direction
        self._middle.setDirection(way.TopToBottom if below else way.LeftToRight)
        self._script.stand(below=below)

    def put_away(self, page: Page) -> None:
        """Take a page out of the frame."""
        self._page = None
        self.pages.removeWidget(page)
        page.hide()
        page.deleteLater()

    def tell_state(self, state: SaveState) -> None:
        """Say whether what was typed is stored; the last commit is remembered for the next page."""
        if state.kind is SaveKind.SAVED:
            self.saved = state
        self.bar.show_state(state)

    def tell_hints(self) -> None:
        """Name the keys of what has the focus now."""
        if self._page is not None:
            self.bar.show_hints(self._page.key_hints())

    @property
    def palette_box(self) -> CommandPalette:
        """The command palette, made when it is first asked for: the start does without."""
        from kume_desktop.gui.shell.command_palette import CommandPalette

        if self._palette is None:
            self._palette = CommandPalette(self, self._source)
        return self._palette

    def open_palette(self) -> None:
        """Ask what to find or do."""
        self.palette_box.ask()

    def open_keys(self, everywhere: tuple[KeyHint, ...]) -> None:
        """List the keys of the page and those that work everywhere; a second time closes the list."""
        from kume_desktop.gui.shell.key_list import KeyList

        page = self._page
        if self.keys is not None:
            self.keys.shut()
        elif page is not None:
            here = [*page.key_hints()]
            known = {hint.key for hint in here}
            here += [KeyHint(a.key, a.label) for a in page.actions_here() if a.key and a.key not in known]
            self.keys = KeyList(self, page.title, here, everywhere)
            self.keys.closed.connect(self._keys_closed)
            self.keys.read()

    def open_overlay(self) -> Overlay | None:
        """The panel that lies above the page now."""
        panels: tuple[Overlay | None, ...] = (self._palette, self.keys)
        return next((panel for panel in panels if panel is not None and not panel.isHidden()), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the panels in their places."""
        super().resizeEvent(event)
        self.toast.place()
        self._place_script()
        if self._palette is not None:
            self._palette.place()

    def _keys_closed(self) -> None:
        if self.keys is not None:
            self.keys.deleteLater()
        self.keys = None

    def _next_problem(self) -> None:
        if self._page is not None:
            self._page.next_problem()

    def _retry(self) -> None:
        if self._page is not None:
            self._page.retry()

    def _cancel(self) -> None:
        if self._page is not None:
            self._page.cancel()
