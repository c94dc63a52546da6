"""What the tests of the fieldwork look at."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.window import Window


def names(window: Window) -> list[str]:
    """The firms in sight, from above."""
    return [firm.name for firm in window.page.firms.model.rows]


def words(widget: QWidget) -> set[str]:
    """What the labels in sight say."""
    return {label.text() for label in widget.findChildren(Label) if label.isVisible()}


def notes(widget: QWidget) -> list[str]:
    """What the notes say that are not taken away."""
    return [note.text for note in widget.findChildren(ProblemNote) if not note.isHidden()]


def choose(text: str) -> None:
    """Take the entry of the open list of a picker by its words."""
    from PySide6.QtWidgets import QListWidget

    popup = QApplication.activePopupWidget()
    assert popup is not None
    found = popup.findChild(QListWidget)
    assert isinstance(found, QListWidget)
    entries = {found.item(place).text(): found.item(place) for place in range(found.count())}
    found.setCurrentItem(entries[text])
    found.itemClicked.emit(entries[text])
