"""What the parts of a questionnaire's page have in common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kume_desktop.gui.forms.reading_list import ReadingList
from kume_desktop.gui.page import Action, KeyHint


class Part(QWidget):
    """A part tells the page what it tells the window; it reads nothing before `begin`."""

    progressed = Signal(object)
    refused = Signal(object)
    toast = Signal(object)
    said = Signal(str)
    stored = Signal()

    listing: ReadingList

    def begin(self) -> None:
        """Read what is shown; called whenever the part comes to the front."""

    def take_focus(self) -> None:
        """Put the focus where work goes on."""
        self.listing.take_focus()

    def acts(self) -> tuple[Action, ...]:
        """What one can do here."""
        return ()

    def hints(self) -> tuple[KeyHint, ...]:
        """The keys that work here."""
        return ()

    def undo(self) -> bool:
        """Take the last act back."""
        return False

    def cancel(self) -> bool:
        """Stop what runs."""
        return False

    def let_go(self) -> None:
        """The page goes: nobody waits any more."""
