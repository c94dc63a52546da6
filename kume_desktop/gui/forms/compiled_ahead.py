"""The versions of a questionnaire, compiled beside the window before a draft is moved between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kume_desktop.gui.beside import Beside

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk


class CompiledAhead(QObject):
    """Compiles these versions in a thread and gives them to the study; who is quicker compiles one as always."""

    def __init__(self, desk: Desk, versions: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        from kume_desktop.services import compiled

        self._desk = desk
        self._compiling = Beside(self)
        self._compiling.done.connect(self._keep)
        self._compiling.start(compiled.Ahead(desk.study, versions).compile)

    def _keep(self, ahead: object) -> None:
        from kume_desktop.services import compiled

        if isinstance(ahead, compiled.Ahead) and self._desk.has_study:
            ahead.keep(self._desk.study)
