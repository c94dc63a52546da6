"""What is wrong with a page as it stands on the screen: cut texts, nameless controls, small targets, lost focus."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

TARGET, INTERVIEW_TARGET = 32, 40
"""The least height of what is clicked, in pixels that Qt counts (ui rules: 40 in an interview)."""
MOST_TABS = 400
_SLACK = 1
_NARROW = 100


def name_of(widget: QWidget) -> str:
    """What a screen reader says of a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def known_as(widget: QWidget) -> str:
    """A widget in words, for a person who mends it."""
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    above = widget.parentWidget()
    return f"{type(widget).__name__}({(text or name_of(widget))[:60]!r}) in {type(above).__name__}"


def seen(page: QWidget, kind: type[QWidget]) -> Iterator[QWidget]:
    """The widgets of a kind that a person sees; insides of Qt's own compound widgets are left out."""
    for widget in page.findChildren(kind):
        if widget.isVisible() and not widget.objectName().startswith("qt_") and not widget.visibleRegion().isEmpty():
            yield widget


def cut_texts(page: QWidget) -> Iterator[str]:
    """Labels and buttons whose text needs more room than they have, or that stand out of what is around them."""
    for label in seen(page, QLabel):
        if isinstance(label, QLabel) and label.text() and (label.pixmap().isNull()) and _label_is_cut(label):
            yield f"cut: {known_as(label)}"
    for button in seen(page, QAbstractButton):
        if isinstance(button, QAbstractButton) and button.text() and not _is_icon(button) and _button_is_cut(button):
            yield f"cut: {known_as(button)}"
    for widget in (*seen(page, QLabel), *seen(page, QAbstractButton), *seen(page, QLineEdit)):
        if _stands_out(widget, page):
            yield f"stands out: {known_as(widget)}"


def _is_icon(button: QAbstractButton) -> bool:
    """Whether a button shows nothing but its icon: the narrow rail, whose words stand in the tips."""
    above = button.parentWidget()
    return type(above).__name__ == "Rail" and above.width() < _NARROW


def _label_is_cut(label: QLabel) -> bool:
    inner = label.contentsRect()
    if label.wordWrap():
        return label.height() + _SLACK < label.heightForWidth(label.width())
    if label.textFormat() is Qt.TextFormat.RichText or (
        label.textFormat() is Qt.TextFormat.AutoText and "</" in label.text()
    ):
        document = QTextDocument()
        document.setDefaultFont(label.font())
        document.setHtml(label.text())
        return inner.width() + _SLACK < document.idealWidth() - 2 * document.documentMargin()
    metrics = label.fontMetrics()
    lines = label.text().split("\n")
    wide = max(metrics.horizontalAdvance(line) for line in lines)
    return wide > inner.width() + _SLACK or metrics.height() * len(lines) > inner.height() + 2 * _SLACK


def _button_is_cut(button: QAbstractButton) -> bool:
    if button.hasHeightForWidth():
        return button.height() + _SLACK < button.heightForWidth(button.width())
    icon = button.iconSize().width() + 4 if not button.icon().isNull() else 0
    text = button.text()
    said = name_of(button)
    is_elided = text.endswith("…") and said.startswith(text[:-1]) and len(said) > len(text)
    wide = max(button.fontMetrics().horizontalAdvance(line) for line in text.replace("&", "").split("\n"))
    return is_elided or _room(button) + _SLACK < wide + icon


def _room(button: QAbstractButton) -> int:
    """The width for icon and words: of a push button what its paddings leave."""
    if not isinstance(button, QPushButton):
        return button.width()
    option = QStyleOptionButton()
    button.initStyleOption(option)
    return button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button).width()


def _stands_out(widget: QWidget, page: QWidget) -> bool:
    """Whether what is around a widget hides a part of it; what can be scrolled to counts as seen."""
    box = QRect(QPoint(0, 0), widget.size())
    at: QWidget = widget
    while at is not page and at.parentWidget() is not None:
        above = at.parentWidget()
        box = box.translated(at.pos())
        area = above.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is above:
            hidden = area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            inside = box.left() >= -_SLACK and box.right() <= above.width() + _SLACK
            return hidden and not inside and not isinstance(area, QAbstractItemView)
        if not above.rect().adjusted(-2, -2, 2, 2).contains(box):
            return True
        at = above
    return False


def is_stop(widget: QWidget) -> bool:
    """Whether Tab should come to a widget."""
    tabbed = Qt.FocusPolicy.TabFocus.value
    return bool(widget.isVisible() and widget.isEnabled() and widget.focusPolicy().value & tabbed)


def nameless(page: QWidget) -> Iterator[str]:
    """Controls without a name that a screen reader could say."""
    for widget in page.findChildren(QWidget):
        if is_stop(widget) and widget.size().width() > 1 and not name_of(widget) and not _is_frame(widget):
            yield f"nameless: {known_as(widget)}"


def _is_frame(widget: QWidget) -> bool:
    """Scroll areas take the focus only to be scrolled by keys."""
    return isinstance(widget, QScrollArea) and widget.focusProxy() is None


def small(page: QWidget, least: int) -> Iterator[str]:
    """Buttons and fields that are hard to hit."""
    for widget in (*seen(page, QAbstractButton), *seen(page, QLineEdit)):
        wanted = least if isinstance(widget, QAbstractButton) else TARGET
        narrow = widget.width() < TARGET
        if widget.isEnabled() and (widget.height() < wanted or narrow):
            yield f"small {widget.width()}x{widget.height()}: {known_as(widget)}"


def tab_walk(window: QWidget, around: QWidget) -> Iterator[str]:
    """Tab comes to every control in `around` and back to the first, and each can be seen when it has the focus."""
    first = QApplication.focusWidget()
    if first is None:
        yield "focus: nothing has it"
        return
    met: dict[QWidget, None] = {}
    told: set[str] = set()
    for _ in range(MOST_TABS):
        at = QApplication.focusWidget()
        if at is None:
            yield "focus: lost on the way"
            return
        if at in met:
            break
        met[at] = None
        if at.visibleRegion().isEmpty() and known_as(at) not in told:
            told.add(known_as(at))
            yield f"focus unseen: {known_as(at)}"
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        QApplication.sendPostedEvents()
    else:
        yield f"focus: {MOST_TABS} steps without coming back"
        return
    for widget in around.findChildren(QWidget):
        if is_stop(widget) and widget not in met and not _stands_for(widget, met):
            yield f"no way by Tab: {known_as(widget)}"


def _stands_for(widget: QWidget, met: dict[QWidget, None]) -> bool:
    """Whether the focus of a widget is that of another, or Qt leaves it out because another of its group is chosen."""
    proxy = widget.focusProxy()
    if proxy is not None and proxy in met:
        return True
    return _is_frame(widget) or widget.size().isEmpty()
