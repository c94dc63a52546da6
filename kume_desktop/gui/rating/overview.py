"""The list at the right: every indicator with its level, what is missing, and the score so far with its bounds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components.labels import IconLabel, Label, Rule
from kume_desktop.gui.components.scroll import ScrollColumn
from kume_desktop.gui.figures.fitting import height_of
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.rating.asks import Step, Summary
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

WIDTH = 276
NARROW = 228
_TEXT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NUMBER_ROOM, _MARK_ROOM = 28, 52


class _StepRow(QAbstractButton):
    """An indicator; a click goes there. It takes no Tab: Up and Down reach every one from the levels."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._margin = 20 if not theme.is_compact() else 12
        self.is_current = False
        self.show_step(step, current=False)

    def show_step(self, step: Step, *, current: bool) -> None:
        """Show another state of an indicator."""
        self.step, self.is_current = step, current
        flagged = _(N_("differs from the suggestion")) if step.flagged else ""
        said = [f"{step.number} {step.title}", step.mark, step.under, flagged]
        self.setAccessibleName(", ".join(part for part in said if part))
        self._fit(self.width())
        self.update()

    def _room(self, width: int) -> QRect:
        left = self._margin + _NUMBER_ROOM
        return QRect(left, 6, max(40, width - left - _MARK_ROOM), 10_000)

    def _title_font(self) -> QFont:
        return fonts.font(Role.SECOND, fonts.SEMIBOLD if self.is_current else fonts.REGULAR)

    def _fit(self, width: int) -> None:
        room = self._room(width or WIDTH)
        tall = height_of(self.step.title, self._title_font(), room.width())
        if self.step.under:
            tall += height_of(self.step.under, fonts.font(Role.CAPTION, fonts.REGULAR), room.width())
        self.setFixedHeight(max(theme.px(28 if theme.is_compact() else 30), tall + 12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Long names wrap."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit(event.size().width())

    def sizeHint(self) -> QSize:
        """As wide as the panel."""
        return QSize(WIDTH, self.height())

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw number, name, second line, flag and level."""
        painter = QPainter(self)
        if self.is_current:
            painter.fillRect(self.rect(), theme.colour(Tone.ACCENT_SOFT))
            painter.fillRect(0, 0, 3, self.height(), theme.colour(Tone.ACCENT))
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.colour(Tone.HOVER))
        room, step = self._room(self.width()), self.step
        painter.setFont(fonts.font(Role.SECOND, tabular=True))
        painter.setPen(theme.colour(Tone.ACCENT if self.is_current else Tone.TEXT2))
        painter.drawText(QRect(0, 6, room.left() - 10, room.height()), _RIGHT_TOP, step.number)
        title = self._title_font()
        painter.setFont(title)
        painter.setPen(theme.colour(Tone.TEXT))
        painter.drawText(room, _TEXT, step.title)
        if step.under:
            room.translate(0, height_of(step.title, title, room.width()))
            painter.setFont(fonts.font(Role.CAPTION, fonts.REGULAR))
            painter.setPen(theme.colour(Tone.WARN))
            painter.drawText(room, _TEXT, step.under)
        self._paint_mark(painter)

    def _paint_mark(self, painter: QPainter) -> None:
        box = self.rect().adjusted(0, 0, -self._margin, 0)
        painter.setFont(fonts.font(Role.BODY, fonts.SEMIBOLD if self.step.done else fonts.REGULAR, tabular=True))
        tone = Tone.WARN if self.step.draft else Tone.TEXT if self.step.done else Tone.TEXT2
        painter.setPen(theme.colour(Tone.ACCENT if self.is_current and self.step.done else tone))
        painter.drawText(box, _RIGHT, self.step.mark)
        name = "triangle-alert" if self.step.draft else "flag" if self.step.flagged else ""
        if name:
            wide = painter.fontMetrics().horizontalAdvance(self.step.mark)
            at = QPoint(box.right() - wide - 6 - icons.ROW, box.center().y() - icons.ROW // 2)
            icons.paint(painter, at, name, icons.ROW, Tone.WARN)


_RIGHT_TOP = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)


class Overview(QFrame):
    """`picked` carries the code of the indicator that was clicked."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidePanel")
        self.setFixedWidth(NARROW if theme.is_compact() else theme.px(WIDTH))
        self._title = Label("", Role.SECTION)
        self._facts = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self._scroll = ScrollColumn()
        self._scroll.column.setContentsMargins(0, 0, 0, 8)
        self._scroll.column.setSpacing(0)
        self._rows: dict[str, _StepRow] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._foot = QVBoxLayout()
        self._foot.setSpacing(2)
        self._lay_out()

    def _lay_out(self) -> None:
        side = 20 if not theme.is_compact() else 12
        head = QVBoxLayout()
        head.setContentsMargins(side, 12 if theme.is_compact() else 24, side, 8)
        head.setSpacing(2)
        head.addWidget(self._title)
        head.addWidget(self._facts)
        self._foot.setContentsMargins(side, 0, side, 12)
        self._scroll.column.addLayout(self._list)
        self._scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._foot)

    @property
    def words(self) -> dict[str, str]:
        """Code -> what a screen reader says of the indicator."""
        return {code: row.accessibleName() for code, row in self._rows.items()}

    def show_steps(self, steps: Sequence[Step], summary: Summary, current: str) -> None:
        """Show where one stands."""
        self._title.setText(summary.title)
        self._facts.setText(summary.facts)
        if [step.code for step in steps] != list(self._rows):
            self._rebuild(steps)
        for step in steps:
            self._rows[step.code].show_step(step, current=step.code == current)
        if current in self._rows:
            self._scroll.reveal(self._rows[current])
        self._show_foot(summary)

    def _rebuild(self, steps: Sequence[Step]) -> None:
        empty(self._list)
        self._rows, heading = {}, ""
        for step in steps:
            if step.heading != heading:
                heading = step.heading
                self._list.addWidget(_Heading(heading))
            row = self._rows[step.code] = _StepRow(step)
            row.clicked.connect(lambda _checked=False, code=step.code: self.picked.emit(code))
            self._list.addWidget(row)

    def _show_foot(self, summary: Summary) -> None:
        empty(self._foot)
        if summary.score:
            self._foot.addWidget(Rule())
            self._foot.addSpacing(6)
            self._foot.addWidget(Label(summary.score, Role.BODY, weight=fonts.SEMIBOLD, tabular=True, wrap=True))
            self._foot.addWidget(Label(summary.bounds, Role.SECOND, Tone.TEXT2, tabular=True, wrap=True))
        if summary.legend:
            self._foot.addSpacing(6)
            self._foot.addWidget(_Legend(summary.legend))


class _Heading(QWidget):
    def __init__(self, text: str) -> None:
        super().__init__()
        side = 20 if not theme.is_compact() else 12
        column = QVBoxLayout(self)
        column.setContentsMargins(side, 0, side, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addSpacing(4)
        column.addWidget(Label(text, Role.SECOND, Tone.TEXT2, wrap=True))


class _Legend(QWidget):
    def __init__(self, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("flag", tone=Tone.WARN), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(text, Role.SECOND, Tone.TEXT2, wrap=True), 1)
