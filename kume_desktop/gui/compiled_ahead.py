"""The forms of a study, compiled beside the window before a page reads interviews in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kume_desktop.gui.beside import Beside

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk


class CompiledAhead(QObject):
    """Compiles these versions (or the newest of each form) in a thread and gives them to the study; then it is `ready`.

    Who is quicker compiles one as always.
    """

    ready = Signal()

    def __init__(self, desk: Desk, versions: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        from kume_desktop.services import compiled

        self._desk = desk
        self._compiling = Beside(self)
        self._compiling.done.connect(self._keep)
        self._compiling.refused.connect(self.ready)
        self._compiling.start(compiled.Ahead(desk.study, versions).compile)

    def _keep(self, ahead: object) -> None:
        from kume_desktop.services import compiled

        if isinstance(ahead, compiled.Ahead) and self._desk.has_study:
            ahead.keep(self._desk.study)
        self.ready.emit()


def are_compiled(desk: Desk) -> bool:
    """Whether the newest version of each form of the study is compiled."""
    study = desk.study
    return all(study.has_form(one.version_id) for one in study.instruments())
