"""The side panel of a firm: what the list said, how far the interviews are, who was there, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import IconLabel, Label, Rule
from kume_desktop.gui.components.progress import ProgressBar
from kume_desktop.gui.components.scroll import ScrollColumn
from kume_desktop.gui.fieldwork import outcomes
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.views import FirmDetail, InstrumentCard, InterviewCard, Visit


class FirmPanel(QFrame):
    """Shows one firm; the buttons tell which act a person wants."""

    interview_asked = Signal(str)
    visit_asked = Signal()
    appointment_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidePanel")
        self.setFixedWidth(theme.px(theme.metrics().side_panel))
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(17, 18, 16, 12)
        self._whole.setSpacing(12)

    def show_firm(self, detail: FirmDetail | None, instruments: tuple[InstrumentCard, ...]) -> None:
        """Show another firm, or nothing."""
        while (item := self._whole.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if detail is None:
            return
        scroll = ScrollColumn()
        scroll.column.setSpacing(0)
        scroll.column.setContentsMargins(5, 5, 6, 5)
        self._head(scroll.column, detail)
        self._interviews(scroll.column, detail)
        self._visits(scroll.column, detail.visits)
        scroll.column.addStretch(1)
        self._whole.addWidget(scroll, 1)
        self._whole.addWidget(self._acts(detail, instruments))

    def _head(self, column: QVBoxLayout, detail: FirmDetail) -> None:
        row = detail.row
        area = row.area_name_tr if texts.language() == "tr" else row.area_name_en
        column.addWidget(Label(row.name, Role.SECTION, wrap=True))
        belongs = " · ".join(part for part in (area, row.district) if part)
        column.addWidget(Label(belongs, Role.SECOND, Tone.TEXT2, wrap=True))
        column.addSpacing(20)
        same = _(N_("same")) if row.field_nace == row.frame_nace else ""
        field = f"{row.field_nace} · {same}" if row.field_nace and same else row.field_nace
        facts = (
            (_(N_("Frame NACE")), row.frame_nace),
            (_(N_("NACE found")), field),
            (_(N_("Employees")), row.size_class),
            (_(N_("Interviewer")), row.interviewer),
            (_(N_("Code")), row.code),
        )
        held = QWidget()
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, theme.px(96))
        for place, (word, value) in enumerate(facts):
            grid.addWidget(Label(word, Role.SECOND, Tone.TEXT2), place, 0)
            grid.addWidget(Label(value or "–", Role.SECOND, wrap=True), place, 1)
        grid.setColumnStretch(1, 1)
        column.addWidget(held)

    def _interviews(self, column: QVBoxLayout, detail: FirmDetail) -> None:
        for card in detail.interviews:
            _divide(column)
            column.addWidget(_between(_title_of(card), f"{card.answered} / {card.asked}"))
            column.addSpacing(8)
            column.addWidget(ProgressBar(card.answered, card.asked, name=_title_of(card)))
            column.addSpacing(8)
            place = _place_of(card)
            if place:
                column.addWidget(Label(place, Role.SECOND, Tone.TEXT2, wrap=True))
            if card.warnings:
                one, many = N_("{count} warning"), N_("{count} warnings")
                words = tr(one if card.warnings == 1 else many, count=card.warnings)
                column.addWidget(_marked("triangle-alert", words))

    def _visits(self, column: QVBoxLayout, visits: tuple[Visit, ...]) -> None:
        _divide(column)
        column.addWidget(Label(_(N_("Visits")), Role.SECOND, weight=fonts.SEMIBOLD))
        column.addSpacing(6)
        if not visits:
            column.addWidget(Label(_(N_("Nobody has been there yet.")), Role.SECOND, Tone.TEXT2))
        for visit in visits:
            column.addWidget(_visit(visit))
            column.addSpacing(6)

    def _acts(self, detail: FirmDetail, instruments: tuple[InstrumentCard, ...]) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(8)
        states = {one.instrument_id: one.state for one in detail.interviews}
        left = [card for card in instruments if states.get(card.instrument_id) != "completed"]
        following = min(left, key=lambda card: card.instrument_id not in states, default=None)
        for card in instruments:
            column.addWidget(self._open_button(detail, card, primary=card is following, alone=len(instruments) == 1))
        row = QHBoxLayout()
        row.setSpacing(8)
        acts = ((N_("Write a visit"), self.visit_asked), (N_("Give an appointment"), self.appointment_asked))
        for words, signal in acts:
            button = Button(_(words), tall=True)
            button.clicked.connect(signal)
            row.addWidget(button, 1)
        column.addLayout(row)
        return held

    def _open_button(self, detail: FirmDetail, card: InstrumentCard, *, primary: bool, alone: bool) -> Button:
        title = card.title_tr if texts.language() == "tr" else card.title_en
        state = next((one.state for one in detail.interviews if one.instrument_id == card.instrument_id), "")
        begun = N_("Open: {form}") if state == "completed" else N_("Continue: {form}")
        pattern = begun if state else N_("Begin: {form}")
        words = _(N_("Open the interview")) if alone else tr(pattern, form=title)
        button = Button(words, Kind.PRIMARY if primary else Kind.PLAIN, tall=True)
        button.setToolTip(title)
        button.clicked.connect(lambda: self.interview_asked.emit(card.instrument_id))
        return button

    def paintEvent(self, event: object) -> None:
        """Draw the panel and its left line."""
        super().paintEvent(event)  # type: ignore[arg-type]
        QPainter(self).fillRect(0, 0, 1, self.height(), theme.colour(Tone.LINE))


def _title_of(card: InterviewCard) -> str:
    return card.instrument_title_tr if texts.language() == "tr" else card.instrument_title_en


def _place_of(card: InterviewCard) -> str:
    if card.last_at is None:
        return ""
    at = card.last_at.astimezone()
    moment = f"{texts.short_date(at.date())} {texts.clock(at)}"
    if card.state == "completed":
        return tr(N_("completed {when}"), when=moment)
    if not card.last_question:
        return moment
    pattern = N_("Section {section}, question {question} · {when}")
    return tr(pattern, section=card.last_section, question=card.last_question, when=moment)


def _divide(column: QVBoxLayout) -> None:
    column.addSpacing(16)
    column.addWidget(Rule())
    column.addSpacing(14)


def _between(left: str, right: str) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(Label(left, Role.SECOND, weight=fonts.SEMIBOLD, wrap=True), 1)
    row.addWidget(Label(right, Role.SECOND, weight=fonts.SEMIBOLD, tabular=True))
    return held


def _marked(icon: str, text: str) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 2, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconLabel(icon, tone=Tone.WARN))
    row.addWidget(Label(text, Role.SECOND), 1)
    return held


def _visit(visit: Visit) -> QWidget:
    at = visit.at.astimezone()
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(0)
    grid.setColumnMinimumWidth(0, theme.px(80))
    moment = f"{texts.short_date(at.date())} {texts.clock(at)}"
    grid.addWidget(Label(moment, Role.CAPTION, Tone.TEXT2, weight=fonts.REGULAR, tabular=True), 0, 0)
    grid.addWidget(Label(outcomes.word(visit.outcome), Role.SECOND, weight=fonts.MEDIUM, wrap=True), 0, 1)
    lines = [visit.note] if visit.note else []
    if visit.next_at is not None:
        next_at = visit.next_at.astimezone()
        lines.insert(0, f"{texts.short_date(next_at.date())} {texts.clock(next_at)}")
    if lines:
        grid.addWidget(Label(" · ".join(lines), Role.SECOND, Tone.TEXT2, wrap=True), 1, 1)
    grid.setColumnStretch(1, 1)
    return held
