"""The side panel of a need cell: its sentence, how the answers spread, and the answers themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import IconButton
from kume_desktop.gui.components.labels import Label, announce
from kume_desktop.gui.components.table import Column, RowsModel, Table
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import NeedScore
    from kume_desktop.services.results import CellAnswer

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_RESERVE = {"na": N_("not applicable"), "dk": N_("does not know"), "nr": N_("declined")}


class AnswersPanel(QFrame):
    """`answer_opened` carries the answer that a person chose, `closed` that the panel was shut."""

    answer_opened = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidePanel")
        self.setFixedWidth(theme.px(theme.metrics().side_panel))
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(17, 18, 16, 12)
        self._whole.setSpacing(12)
        self.table: Table | None = None
        self.hide()

    def show_cell(self, place: str, need: NeedScore, method: Method, answers: Sequence[CellAnswer] | None) -> None:
        """Show a cell; under three firms no answer is shown. `answers` None: they are still being read."""
        empty(self._whole)
        self.table = None
        self._whole.addWidget(self._head(place))
        sentence = words.need_sentence(need, method)
        self._whole.addWidget(Label(sentence, Role.SECOND, Tone.TEXT2, wrap=True))
        if words.too_few(need) or not (answers or answers is None):
            self._whole.addStretch(1)
        elif answers is None:
            self._whole.addWidget(Spread(need, method))
            self._whole.addWidget(Label(_(N_("Reading the answers")), Role.SECOND, Tone.TEXT2))
            self._whole.addStretch(1)
        else:
            self._whole.addWidget(Spread(need, method))
            self.table = self._table(answers)
            self._whole.addWidget(self.table, 1)
        self.show()
        announce(self, f"{place}: {sentence}")

    def shut(self) -> None:
        """Close the panel."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def take_focus(self) -> None:
        """Put the focus on the answers."""
        if self.table is not None:
            self.table.show()
            self.table.select(lambda _row: True)
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: object) -> None:
        """Draw the panel and its left line."""
        super().paintEvent(event)  # type: ignore[arg-type]
        QPainter(self).fillRect(0, 0, 1, self.height(), theme.colour(Tone.LINE))

    def _head(self, place: str) -> QWidget:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(place, Role.SECTION, wrap=True), 1)
        close = IconButton("x", _(N_("Close (Esc)")))
        close.clicked.connect(self.shut)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return held

    def _table(self, answers: Sequence[CellAnswer]) -> Table:
        model: RowsModel[CellAnswer] = RowsModel(
            (
                Column("firm", _(N_("Firm")), lambda row: row.firm, first=True),
                Column("value", _(N_("Given answer")), _value, sort=_order, width=116, right=True, tone=Tone.TEXT),
            )
        )
        model.set_rows(answers)
        table = Table(model, _(N_("The answers behind")))
        table.opened.connect(self.answer_opened)
        return table


class Spread(QWidget):
    """How many firms gave each answer of the scale, in the words of the scale."""

    def __init__(self, need: NeedScore, method: Method) -> None:
        super().__init__()
        self._counts = need.counts
        self._labels = [f"{one.code} {words.said(one.text)}" for one in method.needs.likert]
        pairs = zip(self._labels, self._counts, strict=True)
        self.setAccessibleName("; ".join(f"{label}: {count}" for label, count in pairs))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(len(self._counts) * self._row)

    @property
    def _row(self) -> int:
        return theme.px(36)

    def sizeHint(self) -> QSize:
        """As wide as the panel."""
        return QSize(theme.px(300), self.height())

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw a bar for each answer, its words above it and its count at the right."""
        painter = QPainter(self)
        most = max((*self._counts, 1))
        for place, (label, count) in enumerate(zip(self._labels, self._counts, strict=True)):
            top, room = place * self._row, self.width() - theme.px(32)
            painter.setFont(fonts.font(Role.CAPTION))
            painter.setPen(theme.colour(Tone.TEXT2))
            painter.drawText(QRectF(0, top, room, theme.px(18)), _LEFT, label)
            bar = QRectF(0, top + theme.px(20), max(2.0, room * count / most), theme.px(8))
            painter.fillRect(bar, theme.adequacy(place + 1)[0])
            painter.setFont(fonts.font(Role.SECOND, fonts.SEMIBOLD, tabular=True))
            painter.setPen(theme.colour(Tone.TEXT))
            painter.drawText(QRectF(room, top + theme.px(14), self.width() - room, theme.px(20)), _RIGHT, str(count))


def label(answer: CellAnswer) -> str:
    """The words of an answer in the language in force."""
    return answer.label_tr if texts.language() == "tr" else answer.label_en


def _value(answer: CellAnswer) -> str:
    return _(_RESERVE[answer.missing]) if answer.missing else answer.value


def _order(answer: CellAnswer) -> tuple[bool, int, str]:
    number = int(answer.value) if answer.value.isdigit() else 0
    return bool(answer.missing), number, answer.firm
