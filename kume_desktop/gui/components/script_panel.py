"""What the made-up firm of a practice interview says, beside the questions: the words of the section in front first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.scroll import ScrollColumn
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

ROOMY, TIGHT, LOW = 320, 260, 96
"""Width beside the questions, roomy and tight, and height below them."""
BATTERY = 830
"""What a battery needs in width beside the panel."""
_UNBOUND = 16_777_215


class ScriptPanel(QFrame):
    """`follow(route)` brings the words of the section of a question into sight."""

    def __init__(self, practice: Study, instrument_id: str) -> None:
        super().__init__()
        from kume_desktop.services import practice as service

        self.setObjectName("rail")
        self._parts: dict[str, Label] = {}
        self._section = ""
        self.is_below: bool | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 4, 4)
        column.setSpacing(4)
        self._title = Label(_(N_("The firm says")), Role.SECTION)
        column.addWidget(self._title)
        self._scroll = ScrollColumn(margins=(0, 0, 4, 0))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(_(N_("The firm says")))
        self._scroll.column.setSpacing(12)
        said = service.says(practice, instrument_id, texts.language())
        for section, words in said:
            part = Label(words, Role.BODY, Tone.TEXT2, wrap=True)
            self._parts[section] = part
            self._scroll.column.addWidget(part)
        if not said:
            self._scroll.column.addWidget(Label(_(NO_WORDS), Role.BODY, Tone.TEXT2, wrap=True))
        self._scroll.setAccessibleDescription("\n".join(words for _section, words in said))
        self._scroll.column.addStretch(1)
        column.addWidget(self._scroll, 1)
        self.stand(below=False)

    @property
    def width_beside(self) -> int:
        """What the panel takes of the width beside the questions."""
        return theme.px(TIGHT if theme.is_compact() else ROOMY)

    def stand(self, *, below: bool) -> None:
        """Stand beside the questions, or in a few lines below them where the width is theirs."""
        if below is self.is_below:
            return
        self.is_below = below
        self._title.setHidden(below)
        if below:
            self.setMinimumWidth(0)
            self.setMaximumWidth(_UNBOUND)
            self.setFixedHeight(theme.px(LOW))
        else:
            self.setMinimumHeight(0)
            self.setMaximumHeight(_UNBOUND)
            self.setFixedWidth(self.width_beside)
        QTimer.singleShot(0, self, self._reveal)

    @property
    def section(self) -> str:
        """The section whose words stand out now."""
        return self._section

    def follow(self, route: object) -> None:
        """Let the words of the section of the route's question stand out."""
        steps = str(getattr(route, "question", "")).split("/")
        section = next((step.partition("[")[0] for step in steps[1:] if step.partition("[")[0] in self._parts), "")
        if not section or section == self._section:
            return
        self._section = section
        for name, part in self._parts.items():
            part.set_tone(Tone.TEXT if name == section else Tone.TEXT3)
        # Its place is known once the layout has run.
        QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        part = self._parts.get(self._section)
        if part is not None:
            self._scroll.verticalScrollBar().setValue(max(0, self._scroll.position_of(part) - 4))


NO_WORDS = N_("This questionnaire has no words of a firm and no key: answer as you like. The practice is not marked.")
