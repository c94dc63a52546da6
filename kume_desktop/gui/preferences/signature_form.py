"""Under which code and name the person at the computer interviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui.components.fields import TextField, labelled
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Toast
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Refused
from kume_desktop.services import signatures
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.problems import Problem
    from kume_desktop.services.signatures import Signature
    from kume_desktop.services.studies import Study


class SignatureForm(QWidget):
    """Each field commits on leaving; `stored` carries the toast that takes it back, None after that was done."""

    stored = Signal(object)

    def __init__(self, study: Study) -> None:
        super().__init__()
        self._study = study
        self._now = signatures.of(study, study.person)
        self._code = TextField(_(N_("Your interviewer code")), self._now.code)
        self._spoken = TextField(_(N_("Your name as the notice says it")), self._now.spoken)
        self._code.committed.connect(lambda text: self._commit(replace(self._now, code=text.strip())))
        self._spoken.committed.connect(lambda text: self._commit(replace(self._now, spoken=text.strip())))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        told = N_("They stand in the interviews that you begin from now on; those begun before keep theirs.")
        column.addWidget(Label(_(told), Role.SECOND, Tone.TEXT2, wrap=True))
        for field in (self._code, self._spoken):
            column.addWidget(labelled(field.accessibleName(), field))
        self._notes = QVBoxLayout()
        column.addLayout(self._notes)

    def _commit(self, wanted: Signature) -> None:
        before = self._now
        if wanted != before and self._store(wanted):
            told = tr(N_("Interviewer: {code}, {name}"), code=self._now.code, name=self._now.spoken)
            self.stored.emit(Toast(told, undo=lambda: self._take_back(before)))

    def _take_back(self, before: Signature) -> None:
        if self._store(before):
            self.stored.emit(None)

    def _store(self, wanted: Signature) -> bool:
        try:
            signatures.save(self._study, wanted)
        except Refused as refused:
            self._show_problems(refused.problems)
            return False
        self._now = signatures.of(self._study, self._study.person)
        self._code.show_text(self._now.code)
        self._spoken.show_text(self._now.spoken)
        self._show_problems(())
        return True

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        """Say under the fields why nothing was stored; what was typed stays."""
        empty(self._notes)
        self._code.set_refused(bool(problems))
        for problem in problems:
            note = ProblemNote(texts.say(problem), hard=True)
            self._notes.addWidget(note)
            note.say()

    def take_focus(self) -> None:
        """Begin at the code."""
        self._code.setFocus(Qt.FocusReason.OtherFocusReason)
