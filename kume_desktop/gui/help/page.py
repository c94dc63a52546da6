"""Yardım: the quick guide, whom to call, practice, all keys, and what the program is made of; with a search."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import paths, texts, turkish
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.fields import SearchField
from kume_desktop.gui.components.keycap import KeyCap, shown
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.help.guide import GUIDE, Line
from kume_desktop.gui.page import Action, KeyHint, Page
from kume_desktop.gui.routes import HelpRoute, PracticeRoute, Route
from kume_desktop.gui.tasks import Task
from kume_desktop.gui.theme import Tone
from kume_desktop.services import about
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.about import Part

GUIDE_PART, KEYS_PART, ABOUT_PART = "guide", "keys", "about"
_WIDTH = 860
_CAPS = 156
"""Room for the key caps in front of a sentence, in logical pixels."""


class HelpPage(Page):
    """One column to read; Ctrl+1, 2, 3 jump, the search field leaves only the lines that hold the words."""

    def __init__(self, desk: Desk, route: HelpRoute) -> None:
        super().__init__(desk)
        self._route = route
        self._task: Task | None = None
        self._lines: list[tuple[str, QWidget]] = []
        self._heads: list[tuple[QWidget, list[QWidget]]] = []
        self._places: dict[str, QWidget] = {}
        self.search = SearchField(_(N_("Search the help")), _(N_("Search the help")))
        self.search.textChanged.connect(self._sift)
        self.search.setFixedWidth(theme.px(280))
        self._none = Label(_(N_("Nothing found. Try fewer letters.")), Role.BODY, Tone.TEXT2)
        self._none.hide()
        margin = theme.metrics().margin - RING_ROOM
        self.reading = ScrollColumn(_WIDTH, margins=(margin, 4, margin, 24))
        self.reading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reading.setAccessibleName(_(N_("Help")))
        self.reading.column.setSpacing(8)
        self.reading.column.addWidget(self._none)
        self._fill()
        self.reading.column.addStretch(1)
        header = PageHeader(_(N_("Help")))
        header.add_tool(self.search)
        if desk.has_study:
            practise = Button(_(N_("Practise an interview")))
            practise.clicked.connect(self.go_to_practice)
            header.add_tool(practise)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(Rule())
        held = QVBoxLayout()
        held.setContentsMargins(0, RING_ROOM, RING_ROOM, RING_ROOM)
        held.addWidget(self.reading)
        column.addLayout(held, 1)
        self.search.setText(route.find)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Help"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Scrolling, searching, the parts."""
        return (
            KeyHint("Up Down", _(N_("Read on"))),
            KeyHint("Ctrl+F", _(N_("Search the help"))),
            KeyHint("Ctrl+1", _(N_("Quick guide"))),
            KeyHint("Ctrl+2", _(N_("All keys"))),
            KeyHint("Ctrl+3", _(N_("About the program"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """The parts, the search, practice."""
        parts = (
            Action("guide", _(N_("Quick guide")), lambda: self.show_part(GUIDE_PART), "Ctrl+1"),
            Action("all-keys", _(N_("All keys")), lambda: self.show_part(KEYS_PART), "Ctrl+2"),
            Action("about", _(N_("About the program")), lambda: self.show_part(ABOUT_PART), "Ctrl+3"),
            Action("search", _(N_("Search the help")), self.search.setFocus, "Ctrl+F"),
        )
        practise = Action("practise", _(N_("Practise an interview")), self.go_to_practice, "Ctrl+P", icon="play")
        return (*parts, practise) if self.desk.has_study else parts

    def on_shown(self) -> None:
        """Begin to read; the versions are asked for meanwhile."""
        self.reading.setFocus()
        if self._route.part:
            QTimer.singleShot(0, self, lambda: self.show_part(self._route.part))
        if self._task is None:
            self._task = Task({"verb": "about", "language": texts.language()}, self)
            self._task.finished.connect(lambda told: self._show_parts(about.parts_of(told)))
            self._task.start()

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the page knows its own
        """This page with what is looked for."""
        return HelpRoute(self._route.part, self.search.text())

    def leave(self) -> None:
        """Nobody waits for the versions any more."""
        super().leave()
        if self._task is not None:
            self._task.cancel()

    def show_part(self, part: str) -> None:
        """Bring a part to the top."""
        head = self._places.get(part)
        if head is not None:
            self.reading.verticalScrollBar().setValue(max(0, self.reading.position_of(head) - 8))
            self.reading.setFocus()

    def go_to_practice(self) -> None:
        """Practise."""
        self.navigate.emit(PracticeRoute())

    def _fill(self) -> None:
        self._head(_(N_("Quick guide")), GUIDE_PART, large=True)
        for chapter in GUIDE:
            self._head(_(chapter.title))
            for line in chapter.lines:
                self._line(line)
        self._head(_(N_("Whom to call")))
        self._say(self._contact())
        self._head(_(N_("All keys")), KEYS_PART, large=True)
        for title, keys in _all_keys():
            self._head(title)
            for key, word in keys:
                self._line(Line(word, (key,)))
        self._head(_(N_("About the program")), ABOUT_PART, large=True)
        log = tr(
            N_("The log says what the program did and where it failed, never what people answered: {folder}"),
            folder=str(about.log_folder()),
        )
        self._say(log)
        self._about = QVBoxLayout()
        self._about.setSpacing(4)
        self.reading.column.addLayout(self._about)

    def _contact(self) -> str:
        facts = self.desk.study_behind.facts() if self.desk.has_study else None
        if facts is None or not (facts.contact or facts.agency):
            return _(N_("Open a study: its contact stands here. Staff write it under Settings, Study and notice."))
        return " · ".join(each for each in (facts.agency, facts.contact) if each)

    def _head(self, words: str, part: str = "", *, large: bool = False) -> None:
        head = Label(words, Role.PAGE_TITLE if large else Role.SECTION)
        head.setContentsMargins(0, 16 if large else 8, 0, 0)
        self.reading.column.addWidget(head)
        self._heads.append((head, []))
        if part:
            self._places[part] = head

    def _line(self, line: Line) -> None:
        words = _(line.words)
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        caps = QWidget()
        caps.setFixedWidth(theme.px(_CAPS))
        grid = QGridLayout(caps)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for place, key in enumerate(line.keys):
            grid.addWidget(KeyCap(key), place // 3, place % 3)
        grid.setColumnStretch(3, 1)
        row.addWidget(caps, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(words, Role.BODY, wrap=True), 1)
        self._keep(f"{words} {' '.join(shown(key) for key in line.keys)}", held)

    def _say(self, words: str) -> None:
        said = Label(words, Role.BODY, wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._keep(words, said)

    def _keep(self, words: str, widget: QWidget) -> None:
        self.reading.column.addWidget(widget)
        self._lines.append((turkish.fold(words), widget))
        self._heads[-1][1].append(widget)

    def _show_parts(self, parts: Sequence[Part]) -> None:
        for one in parts:
            said = " · ".join(each for each in (one.name, one.version, one.licence, one.file) if each and each != "–")
            label = Label(said, Role.SECOND, Tone.TEXT2, wrap=True)
            label.setFont(fonts.font(Role.SECOND))
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._about.addWidget(label)
            self._lines.append((turkish.fold(said), label))
            self._heads[-1][1].append(label)
        self._sift(self.search.text())

    def _sift(self, typed: str) -> None:
        wanted = turkish.fold(typed.strip()).split()
        for words, widget in self._lines:
            widget.setHidden(not all(each in words for each in wanted))
        for place, (head, widgets) in enumerate(self._heads):
            own = [widget for widget in widgets if not widget.isHidden()]
            # A large head has its chapters behind it: it goes only while one looks for something.
            head.setHidden(bool(wanted) and not own if widgets else bool(wanted) and place >= 0)
        self._none.setHidden(any(not widget.isHidden() for _words, widget in self._lines))


def _all_keys() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The keys of every page, as the pages themselves name them."""
    file = paths.resources() / "help" / "keys.json"
    told: list[Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
    return tuple((_(page["title"]), tuple((key, _(word)) for key, word in page["keys"])) for page in told)
