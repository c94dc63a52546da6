"""What is open, at any time (Shift+F8): each line a link. Completing has a list of its own, with reasons for gaps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import IconLabel, Label, Rule, announce
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.side_panel import emptied
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

_MAX_WIDTH = 760
WAITS = N_("A reviewer waits for your answer")


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A question that is open: where, its number and title, and what is open; `acts` are further links."""

    path: str
    number: str
    title: str
    said: str = ""
    acts: tuple[tuple[str, Callable[[], object]], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """Lines of one kind under their heading."""

    heading: str
    icon: str
    tone: Tone
    lines: tuple[OpenLine, ...] = field(default=())


class OpenList(QWidget):
    """The groups that have lines, and how many required questions are still to come."""

    question_asked = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        margin = theme.metrics().margin
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setMaximumWidth(_MAX_WIDTH + 2 * margin)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(margin, 16, margin, 16)
        self._column.setSpacing(0)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll.setWidget(inner)
        whole.addWidget(scroll, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(margin, 8, margin, 12 if theme.is_compact() else 24)
        self.back = Button(_(N_("Back to the questions")), tall=True)
        self.back.clicked.connect(self.left)
        foot.addWidget(self.back)
        foot.addStretch(1)
        whole.addLayout(foot)
        self._links: list[Button] = []

    def show_groups(self, groups: Sequence[OpenGroup], to_come: int) -> None:
        """Show what is open; `to_come` are required questions that the interview has not reached."""
        column, self._links = emptied(self._column), []
        found = [group for group in groups if group.lines]
        count = sum(len(group.lines) for group in found)
        title = _(N_("Nothing is open up to here."))
        if count:
            title = _(N_("1 thing is open.")) if count == 1 else tr(N_("{count} things are open."), count=count)
        column.addWidget(Label(title, Role.SECTION, wrap=True))
        if to_come:
            said = tr(N_("Required questions still to come: {count}"), count=to_come)
            column.addWidget(Label(said, Role.BODY, Tone.TEXT2, wrap=True))
        for group in found:
            column.addSpacing(16)
            column.addWidget(Label(group.heading, Role.BODY, weight=fonts.SEMIBOLD, wrap=True))
            column.addSpacing(4)
            for line in group.lines:
                column.addWidget(Rule())
                column.addWidget(self._line(group, line))
        announce(self, title)

    def _line(self, group: OpenGroup, line: OpenLine) -> QWidget:
        held = QWidget()
        whole = QVBoxLayout(held)
        whole.setContentsMargins(4, 6, 4, 6)
        whole.setSpacing(2)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(IconLabel(group.icon, tone=group.tone))
        if line.path:
            link = Button(line.number or _(N_("Go there")), Kind.LINK)
            name = f"{line.number} {line.title}".strip()
            link.setAccessibleName(tr(N_("Go to {number}"), number=name))
            link.clicked.connect(partial(self._ask, line.path))
            self._links.append(link)
            top.addWidget(link)
        top.addWidget(Label(line.title, Role.BODY, weight=fonts.MEDIUM, wrap=True), 1)
        for word, run in line.acts:
            act = Button(word, Kind.LINK)
            act.setAccessibleName(f"{word}: {line.title}")
            act.clicked.connect(partial(_run, run))
            self._links.append(act)
            top.addWidget(act)
        whole.addLayout(top)
        if line.said:
            below = QHBoxLayout()
            below.setContentsMargins(24, 0, 0, 0)
            below.addWidget(Label(line.said, Role.SECOND, Tone.TEXT2, wrap=True))
            whole.addLayout(below)
        return held

    def _ask(self, path: str, _checked: bool = False) -> None:
        self.question_asked.emit(path)

    def take_focus(self) -> None:
        """The first link, or the way back."""
        target = self._links[0] if self._links else self.back
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk through the links."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        stops = [*self._links, self.back]
        focus: object = QApplication.focusWidget()
        place = next((at for at, stop in enumerate(stops) if stop is focus), -1)
        if not step or not 0 <= place + step < len(stops):
            super().keyPressEvent(event)
            return
        stops[place + step].setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(stops[place + step], 0, 24)


def _run(run: Callable[[], object], _checked: bool = False) -> None:
    run()
