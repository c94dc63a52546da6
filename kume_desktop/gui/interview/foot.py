"""The buttons below the questions: back, a row less, a row more, and on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.interview.rows import number_width
from kume_desktop.interview.page_model import RepeatView
from kume_desktop.texts import N_, _, tr


class _FootButton(Button):
    """A button below the rows: Up and Down belong to the rows."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press as every button does, but leave Up and Down to the screen."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Foot(QHBoxLayout):
    """Back and on are always there; the rows of a repeat can grow and shrink where a person may change them."""

    def __init__(self) -> None:
        super().__init__()
        compact, margin = theme.is_compact(), theme.metrics().margin
        self.back = _FootButton(_(N_("Back")), tall=True)
        self.less = _FootButton(_(N_("Remove this row")), Kind.QUIET, tall=True)
        self.more = _FootButton(_(N_("Another row")), tall=True, icon="plus")
        self.forward = _FootButton("", Kind.PRIMARY, tall=True)
        self.back.setMinimumWidth(100 if compact else 116)
        self.forward.setMinimumWidth(236)
        indent = 0 if compact else number_width()
        self.setContentsMargins(margin + indent, 8 if compact else 12, margin, 12 if compact else 24)
        self.addWidget(self.back)
        self.addWidget(self.less)
        self.addStretch(1)
        self.addWidget(self.more)
        self.addSpacing(8)
        self.addWidget(self.forward)
        self.more.hide()
        self.less.hide()

    @property
    def stops(self) -> tuple[Button, ...]:
        """What Tab visits here, in its order."""
        return tuple(button for button in (self.back, self.less, self.more, self.forward) if not button.isHidden())

    @property
    def has_focus(self) -> bool:
        """Whether one of the buttons has the focus."""
        return QApplication.focusWidget() in self.stops

    def offer_rows(self, repeat: RepeatView | None) -> None:
        """Offer another row at the last one, and to remove the one that is shown."""
        may = repeat is not None and repeat.can_change
        if repeat is not None:
            self.more.setText(_more_words(repeat))
        self.more.setVisible(may and repeat is not None and repeat.position == repeat.count)
        self.less.setVisible(may and repeat is not None and bool(repeat.count))


def _more_words(repeat: RepeatView) -> str:
    title = repeat.title or _(N_("row"))
    return tr(N_("Another one: {title}") if repeat.count else N_("Add the first one: {title}"), title=title)
