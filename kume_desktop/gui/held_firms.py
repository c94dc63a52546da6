"""The firms of the open study: read once, in one go where they are few, else piece by piece beside the window.

After a visit one row is read again. What was read last stays in sight until everything is there anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from kume_desktop.gui.firm_index import FirmIndex
from kume_desktop.gui.page import Progress
from kume_desktop.services import firm_table
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.companion import Question
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.views import FirmRow

FEW = 500
"""So many firms are read at once: about 20 ms."""
_MANY, _A_FEW = 500, 3


class HeldFirms(QObject):
    """`loaded` when all rows are others, `renewed` with the id of one firm, `progressed` with Progress or None."""

    loaded = Signal()
    renewed = Signal(str)
    progressed = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._index = FirmIndex()
        self._coming: FirmIndex | None = None
        self._question: Question | None = None
        self.view: object = None
        """How the list was looked at last; it is the list's own."""
        self.is_there = False
        self.is_fresh = False

    @property
    def index(self) -> FirmIndex:
        """What is held; empty before the first reading."""
        return self._index

    @property
    def is_coming(self) -> bool:
        """Whether rows are being read."""
        return self._coming is not None

    def want(self) -> None:
        """See that the rows are there and fresh: at once for few firms, else `loaded` comes later."""
        if self.is_fresh or self.is_coming or self._catch_up():
            return
        head = self._desk.head
        if head is None or head.firms <= FEW:
            self.read_now()
        else:
            self._coming = FirmIndex()
            self._ask(0)

    def read_now(self) -> None:
        """Read all rows here and now."""
        self._drop()
        found = firm_table.table(self._desk.study)
        index = FirmIndex(found.newest)
        index.add(found.rows, found.tax_numbers)
        self._take(index)

    def rows(self) -> tuple[FirmRow, ...]:
        """All rows, fresh: read here and now where they are not."""
        if not self.is_fresh:
            self.read_now()
        return tuple(self._index.rows)

    def renew(self, unit_id: str) -> None:
        """Read one firm again; nothing where the rows are not there yet."""
        from kume_desktop.services import fieldwork

        if not self.is_there:
            return
        if self._index.renew(fieldwork.firm_row(self._desk.study, unit_id)):
            self.renewed.emit(unit_id)
        else:
            self.is_fresh = False

    def _catch_up(self) -> bool:
        """Read again what has changed since, where that is a few firms; whether all is fresh then."""
        from kume_desktop.services import fieldwork, firm_rows

        if not self.is_there:
            return False
        study, index = self._desk.study, self._index
        newest = firm_rows.newest(study)
        changed = firm_rows.changed_since(study, index.newest)
        if changed is None or len(changed) > _A_FEW:
            return False
        if not all(index.renew(fieldwork.firm_row(study, unit_id)) for unit_id in changed):
            return False
        index.newest, self.is_fresh = newest, True
        return True

    def age(self) -> None:
        """Something was stored: what is held is no longer sure."""
        self.is_fresh = False
        self._drop()

    def forget(self) -> None:
        """Another study or wave: nothing is held."""
        self._drop()
        self._index, self.is_there, self.is_fresh, self.view = FirmIndex(), False, False, None

    def _drop(self) -> None:
        if self._question is not None:
            self._question.drop()
        if self._coming is not None:
            self._coming, self._question = None, None
            self.progressed.emit(None)

    def _ask(self, first: int) -> None:
        question = self._desk.companion.ask(self, firm_table.PIECE, first=first, many=_MANY)
        question.answered.connect(self._answered)
        question.refused.connect(self._failed)
        self._question = question

    def _answered(self, answer: Mapping[str, Any]) -> None:
        coming, total = self._coming, int(answer["total"])
        if coming is None:
            return
        coming.newest = int(answer["newest"])
        coming.add(firm_table.rows_of(answer), answer["tax"])
        if len(coming.rows) < total and answer["rows"]:
            self.progressed.emit(Progress(len(coming.rows), total, _(N_("Reading the firms"))))
            self._ask(len(coming.rows))
            return
        self._coming, self._question = None, None
        self.progressed.emit(None)
        self._take(coming)

    def _failed(self, problems: object) -> None:
        self._coming, self._question = None, None
        self.progressed.emit(None)
        self.refused.emit(problems)

    def _take(self, index: FirmIndex) -> None:
        self._index, self.is_there, self.is_fresh = index, True, True
        self.loaded.emit()
