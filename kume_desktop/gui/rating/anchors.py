"""The levels one can give, each a row of the full width with its digit, its anchor and its band."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components import keycap
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.rating.asks import Choice
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_PADDING, _KEY_ROOM, _MARK_ROOM, _GAP = 16, 36, 36, 16
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class AnchorRow(QAbstractButton):
    """One level: key cap, anchor, "öneri" where the rubric suggests it, band, and a circle that shows the choice."""

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self.choice = choice
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring_radius", 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_choice(choice, checked=False)

    def show_choice(self, choice: Choice, *, checked: bool) -> None:
        """Show the same level in another state."""
        self.choice = choice
        self.setChecked(checked)
        said = [choice.answer, choice.text, choice.band, self._suggested()]
        self.setAccessibleName(", ".join(part for part in said if part))
        self._fit(self.width())
        self.update()

    def _suggested(self) -> str:
        return _(N_("suggestion")) if self.choice.is_suggested else ""

    def _band_width(self) -> int:
        metrics = QFontMetrics(fonts.font(Role.BODY))
        words = [_(N_("Low")), _(N_("Middle")), _(N_("High"))]
        return max(map(metrics.horizontalAdvance, words)) + _GAP if self.choice.band else 0

    def _hint_width(self) -> int:
        if not self.choice.is_suggested:
            return 0
        return QFontMetrics(fonts.font(Role.BODY)).horizontalAdvance(self._suggested()) + icons.ROW + 6 + _GAP

    def _text_box(self, width: int, height: int) -> QRect:
        left = _PADDING + _KEY_ROOM
        right = _PADDING + _MARK_ROOM + self._band_width() + self._hint_width()
        return QRect(left, 0, max(40, width - left - right), height)

    def _text_font(self) -> QFont:
        return fonts.font(Role.BODY, fonts.SEMIBOLD if self.isChecked() else fonts.REGULAR)

    def _fit(self, width: int) -> None:
        box = self._text_box(width or 560, 10_000)
        needed = QFontMetrics(fonts.font(Role.BODY, fonts.SEMIBOLD)).boundingRect(box, _LEFT, self.choice.text).height()
        least = theme.px(40 if theme.is_compact() else 48)
        self.setFixedHeight(max(least, needed + 12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a long anchor the lines it needs."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit(event.size().width())

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(560, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses; everything else goes to the rows and to the page."""
        if event.key() != Qt.Key.Key_Space:
            event.ignore()
        elif not event.isAutoRepeat():
            self.click()

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the box and what stands in it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, edge, thick = self._colours()
        painter.setPen(QPen(theme.colour(edge), thick))
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2), 8, 8)
        keycap.paint_cap(painter, _PADDING, self.height() // 2, self.choice.answer)
        painter.setFont(self._text_font())
        painter.setPen(theme.colour(Tone.TEXT if self.isEnabled() or self.isChecked() else Tone.TEXT2))
        painter.drawText(self._text_box(self.width(), self.height()), _LEFT, self.choice.text)
        self._paint_right(painter)

    def _paint_right(self, painter: QPainter) -> None:
        right, middle = self.width() - _PADDING, self.height() // 2
        checked = self.isChecked()
        at = QPoint(right - icons.CHOICE, middle - icons.CHOICE // 2)
        name, tone = ("circle-check", Tone.ACCENT) if checked else ("circle", Tone.LINE_STRONG)
        icons.paint(painter, at, name, icons.CHOICE, tone)
        right -= _MARK_ROOM
        painter.setFont(fonts.font(Role.BODY))
        painter.setPen(theme.colour(Tone.TEXT2))
        painter.drawText(QRect(0, 0, right, self.height()), _RIGHT, self.choice.band)
        if self.choice.is_suggested:
            right -= self._band_width()
            painter.drawText(QRect(0, 0, right, self.height()), _RIGHT, self._suggested())
            wide = painter.fontMetrics().horizontalAdvance(self._suggested())
            icons.paint(painter, QPoint(right - wide - 6 - icons.ROW, middle - icons.ROW // 2), "lightbulb")

    def _colours(self) -> tuple[Tone, Tone, float]:
        if self.isChecked():
            return Tone.ACCENT_SOFT, Tone.ACCENT, 2.0
        if not self.isEnabled():
            return Tone.SUNKEN, Tone.LINE, 1.0
        return (Tone.HOVER if self.underMouse() else Tone.SURFACE), Tone.LINE_STRONG, 1.0


class Anchors(QWidget):
    """The rows under each other; `chosen` carries the answer a person pressed, also when it was chosen before.

    One row takes the Tab key: the chosen one, else the first. Left and Right move among them; Up and Down ask for
    another indicator (`stepped`).
    """

    chosen = Signal(str)
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[AnchorRow, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5 if not theme.is_compact() else 4)

    @property
    def rows(self) -> tuple[AnchorRow, ...]:
        """The rows, the lowest level first."""
        return self._rows

    def show_choices(self, choices: Sequence[Choice], answer: str, *, enabled: bool) -> None:
        """Show these levels, with the one that was given."""
        if [row.choice.answer for row in self._rows] != [choice.answer for choice in choices]:
            self._rebuild(choices)
        for row, choice in zip(self._rows, choices, strict=True):
            row.show_choice(choice, checked=choice.answer == answer)
            row.setEnabled(enabled)
        for row in self._rows:
            own_turn = row is self.current()
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if own_turn else Qt.FocusPolicy.ClickFocus)

    def current(self) -> AnchorRow | None:
        """The row that takes the Tab key."""
        return next((row for row in self._rows if row.isChecked()), self._rows[0] if self._rows else None)

    def take_focus(self) -> None:
        """The ring shows where a digit would land."""
        row = self.current()
        if row is not None:
            row.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows: Left and Right among the levels, Up and Down to another indicator."""
        key = Qt.Key(event.key())
        focused = next((place for place, row in enumerate(self._rows) if row.hasFocus()), None)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif focused is not None and key in _STEPS and 0 <= focused + _STEPS[key] < len(self._rows):
            self._rows[focused + _STEPS[key]].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _rebuild(self, choices: Sequence[Choice]) -> None:
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = tuple(AnchorRow(choice) for choice in choices)
        for row in self._rows:
            row.clicked.connect(lambda _checked=False, pressed=row: self._press(pressed))
            self._column.addWidget(row)

    def _press(self, pressed: AnchorRow) -> None:
        """A second click leaves the level chosen."""
        pressed.setChecked(not pressed.isChecked())
        self.chosen.emit(pressed.choice.answer)
