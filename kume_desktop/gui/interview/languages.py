"""The questions in another language of the form; the window's own language stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal

if TYPE_CHECKING:
    from kume_desktop.gui.interview.guide import Guide
    from kume_desktop.services.interviewing import Session


class Languages(QObject):
    """Turns an interview from language to language; `turned` tells that every text is another one now."""

    turned = Signal()

    def __init__(self, session: Session, guide: Guide, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._guide = session, guide

    @property
    def names(self) -> dict[str, str]:
        """The languages of the form: code -> its own name for itself."""
        codes = self._session.interview.form.instrument.languages
        return {code: QLocale(code).nativeLanguageName() or code for code in codes}

    def turn(self) -> None:
        """Ask on in the form's next language; the answers and what is typed stay."""
        if not self._guide.may_go_on():
            return
        codes, here = list(self.names), self._session.interview.language
        self._session.set_language(codes[(codes.index(here) + 1) % len(codes)] if here in codes else codes[0])
        self._guide.refresh()
        self.turned.emit()
