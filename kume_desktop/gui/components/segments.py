"""A row of buttons of which exactly one is chosen; the chosen one has a check mark."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QWidget

from kume_desktop.gui import fonts, icons
from kume_desktop.gui.components.buttons import ChoiceButton, ChoiceKind

GAP = 8
_AROUND = 24 + 2 + icons.ROW + 4
"""Padding, frame and check mark of a button."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class _Segment(ChoiceButton):
    """Leaves arrows and Enter to the row; Qt would choose while moving."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer Space only."""
        if Qt.Key(event.key()) in _STEPS or Qt.Key(event.key()) in _ENTER:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Segments(QWidget):
    """`picked` carries the key of the entry a person chose; arrows move, Space and Enter choose."""

    picked = Signal(str)

    def __init__(self, name: str, entries: Sequence[tuple[str, str]], current: str = "", *, in_row: int = 0) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, ChoiceButton] = {}
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        self._in_row = in_row
        self._wide = width = in_row or len(entries)
        for place, (key, label) in enumerate(entries):
            button = _Segment(label, ChoiceKind.ROW, f"{name}: {label}")
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            button.setChecked(key == current)
            button.clicked.connect(lambda _checked=False, chosen=key: self.picked.emit(chosen))
            self._group.addButton(button)
            self._buttons[key] = button
            grid.addWidget(button, place // width, place % width)
        if not in_row:
            grid.setColumnStretch(len(entries), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where a label would be cut, also when it is chosen and bold, the entries stand below each other."""
        super().resizeEvent(event)
        needed = max(self._grid.minimumSize().width(), self._in_row * (self._widest() + GAP) - GAP)
        wide = self._in_row if needed <= event.size().width() else 1
        if not self._in_row or wide == self._wide:
            return
        self._wide = wide
        for place, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, place // wide, place % wide)

    def _widest(self) -> int:
        """What the longest label needs with its check mark."""
        metrics = QFontMetrics(fonts.font(fonts.Role.BODY, fonts.BOLD))
        return max(metrics.horizontalAdvance(each.text()) for each in self._buttons.values()) + _AROUND

    @property
    def current(self) -> str:
        """The key of the chosen entry, '' where none is."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose an entry without telling anybody."""
        self._buttons[key].setChecked(True)

    def focus_choice(self) -> None:
        """Put the focus on the chosen entry, else on the first."""
        button = self._buttons.get(self.current) or next(iter(self._buttons.values()))
        button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the focus, Enter chooses."""
        buttons = list(self._buttons.values())
        focused = next((place for place, button in enumerate(buttons) if button.hasFocus()), None)
        key = Qt.Key(event.key())
        if focused is not None and key in _STEPS and 0 <= focused + _STEPS[key] < len(buttons):
            buttons[focused + _STEPS[key]].setFocus(Qt.FocusReason.TabFocusReason)
        elif focused is not None and key in _ENTER:
            buttons[focused].click()
        else:
            super().keyPressEvent(event)
