"""Worded buttons, icon buttons, and the checkable buttons that answer a question."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QToolButton

from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

_ICON_GAP = 4
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Kind(StrEnum):
    """How much a button stands out; a page has at most one primary."""

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"
    LINK = "link"
    WARN_LINK = "warn_link"
    BAR = "bar"


_ICON_TONE = {
    Kind.PRIMARY: Tone.ACCENT_FG,
    Kind.PLAIN: Tone.TEXT2,
    Kind.QUIET: Tone.TEXT2,
    Kind.LINK: Tone.ACCENT,
    Kind.WARN_LINK: Tone.WARN,
    Kind.BAR: Tone.TEXT2,
}


class Button(QPushButton):
    """A button that names its act; Enter and Space press it. `tall` is 40 high, else 36 (links 32)."""

    def __init__(self, text: str, kind: Kind = Kind.PLAIN, *, icon: str = "", tall: bool = False) -> None:
        super().__init__(text)
        self.setProperty("kind", kind.value)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        link = kind in (Kind.LINK, Kind.WARN_LINK)
        self._role = Role.SECOND if link else Role.BODY
        self._weight = fonts.SEMIBOLD if kind is Kind.PRIMARY or link else fonts.REGULAR
        self.setFont(fonts.font(self._role, self._weight))
        self.setFixedHeight(32 if link else 40 if tall else 36)
        if icon:
            self.setIcon(icons.icon(icon, icons.ROW, _ICON_TONE[kind]))
            self.setIconSize(QSize(icons.ROW, icons.ROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words that do not fit go nearer to the edges; where that is not enough, they are written a step smaller."""
        super().resizeEvent(event)
        if self._role is not Role.BODY or not self._lacks_room():
            return
        if not self.property("tight"):
            self.setProperty("tight", True)
            self.style().unpolish(self)
            self.style().polish(self)
        if self._lacks_room():
            self._role = Role.SECOND
            self.setFont(fonts.font(Role.SECOND, self._weight))

    def _lacks_room(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self._room()

    def _room(self) -> int:
        """The width between the paddings, less the icon's."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self).width()
        return inside - (0 if self.icon().isNull() else self.iconSize().width() + _ICON_GAP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button as Space does."""
        if event.key() in _ENTER and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


class IconButton(QToolButton):
    """An icon alone (only the collapsed rail and close): always with a tooltip and an accessible name."""

    def __init__(self, icon: str, name: str, size: int = icons.ROW, tone: Tone = Tone.TEXT2) -> None:
        super().__init__()
        self.setIcon(icons.icon(icon, size, tone))
        self.setIconSize(QSize(size, size))
        self.setFixedSize(32, 32)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button as Space does."""
        if event.key() in _ENTER and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


class ChoiceKind(StrEnum):
    """The shapes of an answer button."""

    LIKERT = "likert"
    RESERVE = "reserve"
    ROW = "row"


class ChoiceButton(QPushButton):
    """A checkable answer button: checked is accent fill, bold text and a check mark, never colour alone.

    LIKERT is one digit (84 x 40, compact 68 x 40), RESERVE the flat 8, 9, 0 (56 x 40), ROW a full-width choice.
    """

    def __init__(self, text: str, kind: ChoiceKind = ChoiceKind.LIKERT, name: str = "") -> None:
        super().__init__(text)
        self._kind = kind
        self.setProperty("choice", kind.value)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name or text)
        self.setIconSize(QSize(icons.ROW, icons.ROW))
        self.setMinimumHeight(40)
        if kind is not ChoiceKind.ROW:
            self.setFixedSize(theme.metrics().likert_width if kind is ChoiceKind.LIKERT else 56, 40)
        self.toggled.connect(self._mark)
        self._mark(False)

    def _mark(self, checked: bool) -> None:
        role = Role.ROW_TITLE if self._kind is ChoiceKind.LIKERT else Role.BODY
        plain = fonts.MEDIUM if self._kind is ChoiceKind.LIKERT else fonts.REGULAR
        self.setFont(fonts.font(role, fonts.BOLD if checked else plain))
        self.setIcon(_check_mark() if checked else QIcon())


def _check_mark() -> QIcon:
    """The mark on the accent fill; a locked answer keeps its fill, so its mark keeps its tone."""
    drawn = icons.pixmap("check", icons.ROW, Tone.ACCENT_FG)
    made = QIcon(drawn)
    made.addPixmap(drawn, QIcon.Mode.Disabled)
    return made
