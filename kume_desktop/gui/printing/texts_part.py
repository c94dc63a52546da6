"""The texts of letters and scripts, as staff edit them; others read them in what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.fields import LongText, labelled
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Refused
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.field_texts import FieldText
    from kume_desktop.services.studies import Study

_LINES = 4


class TextEntry(QWidget):
    """One text with its origin; leaving the field keeps it, a refusal stands below it."""

    kept = Signal()

    def __init__(self, study: Study, told: FieldText, name: str) -> None:
        super().__init__()
        self._study, self._told = study, told
        self.field = LongText(name, told.text, lines=_LINES if len(told.text) > 90 else 1)
        self.back = Button(_(N_("Back to the project's own words")), Kind.LINK)
        self.origin = Label("", Role.CAPTION, Tone.TEXT3)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(labelled(name, self.field))
        self._column.addWidget(self.origin)
        self._column.addWidget(self.back)
        self._note: ProblemNote | None = None
        self.field.committed.connect(self._keep)
        self.back.clicked.connect(self._revert)
        self._show_origin()

    def _keep(self, wanted: str) -> None:
        from kume_desktop.services import field_texts

        self._forget_note()
        try:
            field_texts.save(self._study, self._told.key, self._told.lang, wanted)
        except Refused as refusal:
            self._note = ProblemNote(texts.say(refusal.problems[0]), hard=True)
            self._column.addWidget(self._note)
            self._note.say()
            self.field.set_refused(True)
            return
        found = field_texts.texts_of(self._study, self._told.lang)
        self._told = next(one for one in found if one.key == self._told.key)
        if not wanted.strip():
            self.field.show_text(self._told.text)
        self._show_origin()
        self.kept.emit()

    def _revert(self) -> None:
        self.field.show_text(self._told.default)
        self._keep("")

    def _show_origin(self) -> None:
        is_own = self._told.origin == "study"
        self.origin.setText(_(N_("Words of this study")) if is_own else _(N_("Origin: Own (the project's words)")))
        self.back.setHidden(not is_own)

    def _forget_note(self) -> None:
        self.field.set_refused(False)
        if self._note is not None:
            self._note.hide()
            self._note.deleteLater()
            self._note = None


class TextsPart(QWidget):
    """The texts of one kind of printed matter in one language."""

    kept = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[TextEntry] = []
        self._places = Label("", Role.CAPTION, Tone.TEXT3, wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(Label(_(N_("Texts")), Role.SECTION))
        self._column.addWidget(self._places)

    def show_texts(self, study: Study, keys: Sequence[str], lang: str) -> None:
        """Show these texts in the place of those before."""
        from kume_desktop.services import field_texts

        for entry in self.entries:
            entry.hide()
            entry.deleteLater()
        found = {one.key: one for one in field_texts.texts_of(study, lang)}
        self.entries = [TextEntry(study, found[key], _(field_texts.NAMES[key])) for key in keys]
        for entry in self.entries:
            entry.kept.connect(self.kept)
            self._column.addWidget(entry)
        told = ", ".join(f"{{{place}}} {_(meaning)}" for place, meaning in field_texts.PLACES.items())
        self._places.setText(tr(N_("Places that are filled when printing: {places}"), places=told))
        self.setHidden(not keys)
