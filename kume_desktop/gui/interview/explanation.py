"""The panel that explains the current question: hint, explanation, the words of the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kume_desktop import turkish
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import IconButton
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.choices import numbered
from kume_desktop.gui.interview.rich_label import RichLabel
from kume_desktop.gui.theme import Tone
from kume_desktop.interview.page_model import ChoiceView, Row, RubricView
from kume_desktop.texts import N_, _

Rubrics = Callable[[str], Sequence[RubricView]]
"""The indicators that the answer at a path counts for."""
WIDTH = 288
_MOST_CHOICES = 12


class Explanation(QFrame):
    """Beside the page, or over it in the tight density."""

    closed = Signal()

    def __init__(self, rubrics: Rubrics = lambda _path: ()) -> None:
        super().__init__()
        self._rubrics = rubrics
        self.is_of_battery = False
        self.setObjectName("sidePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.px(WIDTH))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 8, 12)
        top = QHBoxLayout()
        top.addWidget(Label(_(N_("Explanation")), Role.SECTION), 1)
        self.close_button = IconButton("x", _(N_("Close the explanation (Esc)")))
        self.close_button.clicked.connect(self.closed)
        top.addWidget(self.close_button)
        whole.addLayout(top)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
        scroll.setWidget(inner)
        whole.addWidget(scroll, 1)

    def explain(self, row: Row, stem: str) -> None:
        """Show what the form says about a question; `stem` is the text that stands above its battery."""
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.is_of_battery = row.likert
        title = RichLabel(Role.ROW_TITLE)
        title.show_text(f"{row.number}&nbsp;&nbsp;{row.title_rich}")
        self._column.addWidget(title)
        if stem:
            self._add(_(N_("Read out first")), stem)
        if row.second:
            self._add(_(N_("For the interviewer")), row.second)
        if row.guidance:
            self._add(_(N_("On request")), row.guidance)
        if 0 < len(row.choices) <= _MOST_CHOICES:
            keyed = numbered(row.choices) if any(choice.key for choice in row.choices) else row.choices
            self._add(_(N_("Answers")), "\n".join(_choice_line(choice) for choice in keyed))
        for rubric in self._rubrics(row.path):
            self._add_rubric(rubric)
        must = N_("This question has to be answered.") if row.required else N_("This question may stay empty.")
        self._column.addWidget(Label(_(must), Role.SECOND, Tone.TEXT2, wrap=True))
        self._column.addStretch(1)

    def _add_rubric(self, rubric: RubricView) -> None:
        """What the levels of an indicator mean and what is asked to see; never which level an answer would give."""
        self._add(_(N_("Counts for the indicator")), turkish.title(rubric.text))
        for level, anchor in rubric.levels:
            self._column.addWidget(Label(f"{level}   {anchor}", Role.SECOND, Tone.TEXT2, wrap=True))
        if rubric.evidence:
            self._add(_(N_("Evidence to ask for")), rubric.evidence)

    def _add(self, head: str, text: str) -> None:
        self._column.addWidget(Label(head, Role.CAPTION, Tone.TEXT3, weight=fonts.MEDIUM))
        self._column.addWidget(Label(text, Role.BODY, wrap=True))


def _choice_line(choice: ChoiceView) -> str:
    return f"{choice.key}   {choice.label}" if choice.key else choice.label
