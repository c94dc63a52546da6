"""Fill columns anew without losing the place of the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from kume_desktop.gui.figures.section_head import empty


@contextmanager
def refilled(root: QWidget, *columns: QVBoxLayout) -> Iterator[None]:
    """Empty columns of `root` to have them filled anew.

    Then the control with the name of the one that had the focus has it again, and Tab comes to the new controls where
    it came to the old ones: Qt puts new ones behind all others of the window.
    """
    focused: object = QApplication.focusWidget()
    had = focused.accessibleName() if isinstance(focused, QWidget) and root.isAncestorOf(focused) else ""
    for column in columns:
        empty(column)
    yield
    for column in columns:
        for place in range(column.count()):
            item = column.itemAt(place)
            filled = item.widget() if item is not None else None
            if filled is not None:
                # Qt would show it at the next turn only, and what is hidden takes no focus.
                filled.show()
    in_order(root)
    if had:
        focus_named(root, had)


def focus_named(root: QWidget, name: str) -> None:
    """Put the focus on the control in sight that has this accessible name, where there is one."""
    for found in root.findChildren(QWidget):
        if found.accessibleName() == name and found.isVisible() and found.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            found.setFocus(Qt.FocusReason.TabFocusReason)
            if isinstance(found, QLineEdit):
                found.selectAll()
            return


def in_order(root: QWidget) -> None:
    """Let Tab come to the controls of `root` right after the one before it."""
    chain = [widget for widget in _after(root) if _takes_tab(widget)]
    outside = [widget for widget in chain if not root.isAncestorOf(widget)]
    ordered = [*outside[-1:], *(widget for widget in chain if root.isAncestorOf(widget))]
    for before, control in pairwise(ordered):
        QWidget.setTabOrder(before, control)


def _after(root: QWidget) -> Iterator[QWidget]:
    """Every widget of the window in the order of Tab, from `root` round to the one before it."""
    at = root.nextInFocusChain()
    while at is not None and at is not root:
        yield at
        at = at.nextInFocusChain()


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not widget.isHidden()
