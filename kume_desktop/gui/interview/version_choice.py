"""Two computers moved one interview to different versions of its form: a person says which one holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.notes import typed_when
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.versions import Rival

_MAX_WIDTH = 620


class VersionChoice(QWidget):
    """A sentence, and a button for each version; nothing is chosen beforehand."""

    def __init__(self, firm: str, rivals: Sequence[Rival], choose: Callable[[str], object]) -> None:
        super().__init__()
        margin = theme.metrics().margin
        outer = QHBoxLayout(self)
        inner = QWidget()
        inner.setMaximumWidth(_MAX_WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(margin, 24, margin, 24)
        column.setSpacing(8)
        said = tr(N_("{firm}: the interview stands in two versions of its form."), firm=firm)
        column.addWidget(Label(said, Role.SECTION, wrap=True))
        how = N_(
            "Two computers moved it, not knowing of each other. Choose the version to go on with. What was answered in"
            " the other one is kept in the log; it is not shown here."
        )
        column.addWidget(Label(_(how), Role.BODY, Tone.TEXT2, wrap=True))
        self.buttons: list[Button] = []
        for one in rivals:
            line = QHBoxLayout()
            line.setSpacing(12)
            button = Button(tr(N_("Go on with version {version}"), version=one.number), tall=True)
            button.clicked.connect(partial(_chosen, choose, one.version_id))
            line.addWidget(button)
            who = tr(N_("moved by {person}, {when}"), person=one.moved_by or "–", when=typed_when(one.at))
            line.addWidget(Label(who, Role.SECOND, Tone.TEXT2, wrap=True), 1)
            self.buttons.append(button)
            column.addLayout(line)
        column.addStretch(1)
        outer.addWidget(inner)
        outer.addStretch(1)

    def take_focus(self) -> None:
        """The first version; nothing is chosen by that."""
        self.buttons[0].setFocus()


def _chosen(choose: Callable[[str], object], version_id: str, _checked: bool = False) -> None:
    choose(version_id)
