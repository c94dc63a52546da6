"""Labels by role, icon labels, and dividing lines."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFont, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

_NO_WIDTH = "\u200b"
_BREAKS = re.compile(r"[\\/_.-]|[^\\/_.\s-]{24}")


class Label(QLabel):
    """A text by its role and tone; plain text, so that nothing a person typed is read as markup."""

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        tone: Tone = Tone.TEXT,
        *,
        weight: QFont.Weight | None = None,
        tabular: bool = False,
        wrap: bool = False,
    ) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(fonts.font(role, weight, tabular))
        self.setWordWrap(wrap)
        self.setMinimumHeight(fonts.line_height(role))
        self.set_tone(tone)

    def set_tone(self, tone: Tone) -> None:
        """Give the text another colour of the table."""
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.WindowText, theme.colour(tone))
        self.setPalette(colours)


class IconLabel(QLabel):
    """An icon that says nothing on its own; the word stands beside it."""

    def __init__(self, name: str, size: int = icons.ROW, tone: Tone = Tone.TEXT2) -> None:
        super().__init__()
        self._size = size
        self.setFixedSize(QSize(size, size))
        self.show_icon(name, tone)

    def show_icon(self, name: str, tone: Tone = Tone.TEXT2) -> None:
        """Show another icon, or none for ''."""
        if name:
            self.setPixmap(icons.pixmap(name, self._size, tone))
        else:
            self.clear()


class Rule(QFrame):
    """A one-pixel dividing line."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fixed, grows = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if upright else grows, grows if upright else fixed)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


def breakable(path: str) -> str:
    """A path that a label may wrap behind every separator, dot and hyphen, in a long name behind every 24th sign.

    Qt breaks a line at blanks; a name that is longer than the label would be cut.
    """
    return _BREAKS.sub(lambda found: found.group() + _NO_WIDTH, path)


def announce(source: QWidget, text: str) -> None:
    """Let a screen reader say a change of state (a status label has no fixed name)."""
    if text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, text))
