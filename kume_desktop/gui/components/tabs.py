"""Tabs with counts that filter what is below; the current one has an accent bar and a heavier weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: its key, its word, and how many it would show."""

    key: str
    word: str
    count: int


class _TabButton(QPushButton):
    def __init__(self, tab: Tab) -> None:
        super().__init__()
        self.tab = tab
        self.setProperty("tab", True)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(max(40, theme.px(40)))
        self.setAccessibleName(f"{tab.word} {tab.count}")

    def sizeHint(self) -> QSize:
        """Word, gap and count in their widest weight."""
        word = QFontMetrics(fonts.font(Role.BODY, fonts.SEMIBOLD)).horizontalAdvance(self.tab.word)
        count = QFontMetrics(fonts.font(Role.BODY, tabular=True)).horizontalAdvance(texts.number(self.tab.count, 0))
        return QSize(word + 6 + count, 40)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw word, count and bar."""
        painter = QPainter(self)
        current = self.isChecked()
        painter.setFont(fonts.font(Role.BODY, fonts.SEMIBOLD if current else fonts.REGULAR))
        painter.setPen(theme.colour(Tone.TEXT if current or self.underMouse() else Tone.TEXT2))
        painter.drawText(self.rect(), _LEFT, self.tab.word)
        after = painter.fontMetrics().horizontalAdvance(self.tab.word) + 6
        painter.setFont(fonts.font(Role.BODY, tabular=True))
        painter.setPen(theme.colour(Tone.TEXT2))
        painter.drawText(self.rect().adjusted(after, 0, 0, 0), _LEFT, texts.number(self.tab.count, 0))
        if current:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(Tone.ACCENT))
            painter.drawRoundedRect(QRectF(0, self.height() - 3, self.width(), 3), 1.5, 1.5)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right choose the neighbour."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            above = self.parentWidget()
            if isinstance(above, Tabs):
                above.step(self, 1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)


class Tabs(QWidget):
    """Always exactly one chosen; `chosen` carries its key."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: list[_TabButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12 if theme.is_compact() else 16)
        self._row.addStretch(1)
        self._group.buttonClicked.connect(lambda button: self.chosen.emit(button.tab.key))

    def set_tabs(self, tabs: Sequence[Tab], current: str) -> None:
        """Show these tabs; those already there keep the focus."""
        if [button.tab.key for button in self._buttons] != [tab.key for tab in tabs]:
            self._rebuild(tabs)
        for button, tab in zip(self._buttons, tabs, strict=True):
            button.tab = tab
            button.setAccessibleName(f"{tab.word} {tab.count}")
            button.setChecked(tab.key == current)
            button.updateGeometry()
            button.update()

    def take_focus(self) -> None:
        """Put the focus on the chosen tab."""
        chosen = self._group.checkedButton()
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, button: QPushButton, step: int) -> None:
        """Choose the neighbour of a tab."""
        place = next(number for number, one in enumerate(self._buttons) if one is button) + step
        if 0 <= place < len(self._buttons):
            self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
            self._buttons[place].click()

    def _rebuild(self, tabs: Sequence[Tab]) -> None:
        for old in self._buttons:
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        self._buttons = [_TabButton(tab) for tab in tabs]
        for place, button in enumerate(self._buttons):
            self._group.addButton(button)
            self._row.insertWidget(place, button)
