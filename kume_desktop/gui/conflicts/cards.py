"""The candidates of a conflict side by side: equal boxes in the order of import, nothing chosen on arrival."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components.keycap import KeyCap
from kume_desktop.gui.components.labels import IconLabel, Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.services.conflict_cases import Candidate, Kind
from kume_desktop.texts import N_, _, tr

_NARROW = 640


class Card(QAbstractButton):
    """One candidate: key, value, who, computer, when, what the writer had seen there, the note."""

    def __init__(self, number: int, one: Candidate, kind: Kind) -> None:
        super().__init__()
        self.setCheckable(True)
        self.candidate = one
        self._mark = IconLabel("circle", icons.CHOICE, Tone.LINE_STRONG)
        self.setProperty("ring_radius", 8)
        lines = _lines(one, kind)
        told = ", ".join((one.text, one.label, one.person, *lines))
        self.setAccessibleName(tr(N_("Choice {number}: {words}"), number=number, words=told))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(KeyCap(str(number)))
        head.addStretch(1)
        head.addWidget(self._mark)
        column.addLayout(head)
        value = QHBoxLayout()
        value.setSpacing(10)
        is_figure = len(one.text) <= 12
        shown = Label(one.text or "–", Role.FIGURE_LARGE if is_figure else Role.SECTION, weight=fonts.SEMIBOLD)
        shown.setWordWrap(not is_figure)
        value.addWidget(shown, 0 if is_figure else 1, Qt.AlignmentFlag.AlignBaseline)
        if one.label:
            value.addWidget(Label(one.label, Role.BODY, Tone.TEXT2, wrap=True), 1, Qt.AlignmentFlag.AlignBaseline)
        elif is_figure:
            value.addStretch(1)
        column.addLayout(value)
        column.addWidget(Label(one.person or _(N_("nobody")), Role.BODY, weight=fonts.SEMIBOLD, wrap=True))
        for line in lines:
            column.addWidget(Label(line, Role.SECOND, Tone.TEXT2, wrap=True))
        column.addStretch(1)
        self.toggled.connect(self._show_mark)

    def _show_mark(self, checked: bool) -> None:
        self._mark.show_icon("circle-check" if checked else "circle", Tone.ACCENT if checked else Tone.LINE_STRONG)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its lines need."""
        held = self.layout()
        return held.sizeHint() if held is not None else super().sizeHint()

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the box."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if self.isChecked() else 1
        inset = width / 2
        painter.setPen(QPen(theme.colour(Tone.ACCENT if self.isChecked() else Tone.LINE_STRONG), width))
        painter.setBrush(theme.colour(Tone.ACCENT_SOFT if self.isChecked() else Tone.SURFACE))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)


def _lines(one: Candidate, kind: Kind) -> tuple[str, ...]:
    at = one.at.astimezone()
    when = f"{texts.long_date(at.date())} {texts.clock(at)}"
    where = tr(N_("Computer {name}"), name=one.computer) if one.computer else ""
    if kind is Kind.DOUBLE:
        warned = tr(N_("{count} warnings"), count=one.detail[1]) if one.detail else ""
        answered = _(N_("answered of asked"))
        return tuple(part for part in (answered, f"{where} · {when}".strip(" ·"), warned) if part)
    if one.before is None:
        knew = _(N_("first answer here, wrote without seeing the other"))
    else:
        knew = tr(N_("replaced {value}, wrote without seeing the other"), value=one.before)
    note = f"“{one.note}”" if one.note else _(N_("No note"))
    return tuple(part for part in (f"{where} · {when}".strip(" ·"), knew, note) if part)


class Cards(QWidget):
    """`chosen` carries the number of the candidate that was chosen."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self.cards: list[Card] = []

    def show_candidates(self, found: Sequence[Candidate], kind: Kind) -> None:
        """Show other candidates, none of them chosen."""
        for card in self.cards:
            self._group.removeButton(card)
            card.hide()
            card.deleteLater()
        self.cards = [Card(number, one, kind) for number, one in enumerate(found, start=1)]
        for number, card in enumerate(self.cards, start=1):
            self._group.addButton(card, number)
        self._place()

    def choose(self, number: int) -> None:
        """Choose a card; 0 chooses none."""
        self._group.setExclusive(number > 0)
        for place, card in enumerate(self.cards, start=1):
            card.setChecked(place == number)
        self._group.setExclusive(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards stand under each other where there is no room beside each other."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        across = 1 if self.width() < theme.px(_NARROW) and len(self.cards) > 1 and self.width() > 100 else 2
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // across, place % across)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
