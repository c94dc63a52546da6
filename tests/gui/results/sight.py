"""What stands on a page in sight: its words, and texts that have less room than they need."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from kume_desktop.gui.components.labels import Label
from tests.gui.shell.stage import at_rest


def words_on(page: QWidget) -> str:
    """The labels in sight."""
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def buttons_on(page: QWidget) -> list[str]:
    """The words of the buttons in sight."""
    return [button.text() for button in page.findChildren(QPushButton) if button.isVisible() and button.text()]


def cut_texts(page: QWidget) -> list[str]:
    """Labels and buttons in sight that have less room than their words need, once the page has come to rest."""
    page.ensurePolished()
    return at_rest(lambda: _cut(page))


def _cut(page: QWidget) -> list[str]:
    labels = [label for label in page.findChildren(Label) if label.isVisible() and label.text()]
    narrow = [label for label in labels if not label.wordWrap() and label.width() < label.sizeHint().width()]
    low = [label for label in labels if label.wordWrap() and label.height() < label.heightForWidth(label.width())]
    found = [label.text() for label in (*narrow, *low)]
    return found + [
        button.text()
        for button in page.findChildren(QPushButton)
        if button.isVisible() and button.text() and button.width() < button.minimumSizeHint().width()
    ]
