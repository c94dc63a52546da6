"""Whether the study keeps photographs and files beside answers, and what for; for staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop.gui.components.fields import TextField, labelled
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

Keep = Callable[[Callable[[], object]], object]
"""Carries out an act of the page, with its notes and its save state."""


class EvidenceForm(QWidget):
    """One field: a purpose allows evidence, an empty field does not; it commits on leaving."""

    def __init__(self, study: Study, keep: Keep) -> None:
        super().__init__()
        from kume_desktop.services import evidence

        self._study, self._keep = study, keep
        said = N_(
            "Empty: interviewers can add no photographs or files to answers. With a purpose they can; the files stay in"
            " the study, encrypted, and no export or report carries them."
        )
        hint = _(N_("e.g. certificates that prove a level"))
        self.purpose = TextField(_(N_("What evidence files are kept for")), evidence.purpose(study), hint)
        self.purpose.committed.connect(self._allow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(_(said), Role.SECOND, Tone.TEXT2, wrap=True))
        column.addWidget(labelled(self.purpose.accessibleName(), self.purpose))

    def _allow(self, purpose: str) -> None:
        from kume_desktop.services import evidence

        self._keep(lambda: evidence.allow(self._study, purpose))
