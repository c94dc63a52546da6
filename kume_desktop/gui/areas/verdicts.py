"""Three verdicts side by side: the index with its interval, the published form, and what the committee decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.badge import CategoryBadge
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import IconLabel, Label, Rule
from kume_desktop.gui.figures import sentences, words
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.areas.portrait import Portrait
    from kume_desktop.services.committee import Decision


class Verdicts(QWidget):
    """`decision_asked` when a person wants to write the committee's decision."""

    decision_asked = Signal()

    def __init__(self, portrait: Portrait) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(theme.px(20))
        row.addWidget(_index(portrait), 36)
        row.addWidget(Rule(upright=True))
        row.addWidget(_published(portrait), 32)
        row.addWidget(Rule(upright=True))
        row.addWidget(self._decided(portrait), 32)

    def _decided(self, portrait: Portrait) -> QWidget:
        held, column = _column(_(N_("Committee's decision")))
        decision = portrait.decision
        if decision is None:
            column.addWidget(Label(_(N_("The committee has not decided yet.")), Role.BODY, Tone.TEXT2, wrap=True))
        else:
            column.addLayout(_with_icon("gavel", words.category(portrait.method, decision.category)))
            column.addWidget(Label(decision_facts(decision), Role.SECOND, Tone.TEXT2, wrap=True))
            for sentence in decision_sentences(decision, portrait):
                column.addWidget(Label(sentence, Role.SECOND, Tone.TEXT2, wrap=True))
        word = N_("Write the decision") if decision is None else N_("Change the decision")
        act = Button(_(word), Kind.LINK)
        act.clicked.connect(self._ask)
        column.addLayout(_left(act))
        column.addStretch(1)
        return held

    def _ask(self) -> None:
        self.decision_asked.emit()


class Swatch(QWidget):
    """A small square in the colour of a category; the word stands beside it."""

    def __init__(self, category: int) -> None:
        super().__init__()
        self._category = category
        self.setFixedSize(12, 20)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the square."""
        painter = QPainter(self)
        painter.setPen(theme.colour(Tone.LINE_STRONG))
        painter.setBrush(theme.category(self._category)[0])
        painter.drawRect(QRectF(1, 5, 10, 10))


def decision_facts(decision: Decision) -> str:
    """12 Ocak 2027 · 5 üyeden 4'ü · tutanak 2027/3."""
    members = tr(N_("{count} members"), count=len(decision.members)) if decision.members else ""
    minutes = tr(N_("minutes {number}"), number=decision.minutes) if decision.minutes else ""
    parts = (texts.long_date(decision.date), members, decision.votes, minutes)
    return " · ".join(part for part in parts if part)


def decision_sentences(decision: Decision, portrait: Portrait) -> tuple[str, ...]:
    """Whether the decision differs from the computed category, and its reason."""
    differs = decision.category != portrait.area.category
    told = _(N_("Another category than that of the index.")) if differs else _(N_("The category of the index."))
    reason = tr(N_("Reason: “{reason}”"), reason=decision.reason) if decision.reason else ""
    return tuple(part for part in (told, reason) if part)


def _index(portrait: Portrait) -> QWidget:
    held, column = _column(_(N_("Index")))
    area, verdict = portrait.area, portrait.verdict
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(Label(words.figure(area.score, 1), Role.FIGURE_LARGE, tabular=True))
    row.addWidget(Label(words.span(area.interval), Role.SECTION, Tone.TEXT2, weight=fonts.MEDIUM, tabular=True))
    row.addStretch(1)
    column.addLayout(row)
    if area.category is not None:
        column.addWidget(
            CategoryBadge(
                words.category(portrait.method, area.category),
                area.category,
                certain=verdict.certain,
                share=verdict.share,
            )
        )
    column.addSpacing(4)
    for sentence in (sentences.estimate(area), words.few_indicators(area, len(portrait.method.indicators))):
        if sentence:
            column.addWidget(Label(sentence, Role.SECOND, Tone.TEXT2, wrap=True))
    column.addStretch(1)
    return held


def _published(portrait: Portrait) -> QWidget:
    held, column = _column(_(N_("Published form")))
    area = portrait.area
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(Label(str(area.published_index), Role.FIGURE, tabular=True))
    fraction = f"{area.published_sum}/{area.published_max}"
    row.addWidget(Label(fraction, Role.SECTION, Tone.TEXT2, weight=fonts.REGULAR, tabular=True))
    row.addStretch(1)
    column.addSpacing(theme.px(12))
    column.addLayout(row)
    if area.published_category is not None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Swatch(area.published_category), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(words.category(portrait.method, area.published_category), Role.BODY, wrap=True), 1)
        column.addLayout(line)
    column.addSpacing(4)
    column.addWidget(Label(words.published_sentence(area), Role.SECOND, Tone.TEXT2, wrap=True))
    column.addStretch(1)
    return held


def _column(caption: str) -> tuple[QWidget, QVBoxLayout]:
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(Label(caption, Role.CAPTION, Tone.TEXT2))
    return held, column


def _with_icon(icon: str, text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, theme.px(10), 0, 4)
    row.setSpacing(8)
    row.addWidget(IconLabel(icon, 20, Tone.TEXT), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(text, Role.SECTION, wrap=True), 1)
    return row


def _left(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(4, 4, 4, 4)
    row.addWidget(widget)
    row.addStretch(1)
    return row
