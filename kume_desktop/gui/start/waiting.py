"""What others wait for: interviews to review and conflicts (staff), interviews that came back with questions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.list_row import Cell, ListRow, RowList
from kume_desktop.gui.routes import ConflictsRoute, FieldRoute, InterviewRoute, ProgressRoute, ReviewRoute
from kume_desktop.gui.start.parts import section
from kume_desktop.gui.theme import Tone
from kume_desktop.services import roles
from kume_desktop.services.review import waiting
from kume_desktop.services.roles import Right
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.page import Page
    from kume_desktop.gui.routes import Route
    from kume_desktop.services.review.waiting import Returned, Work

_MOST = 5
_REVIEW = (N_("1 interview waits for review"), N_("{count} interviews wait for review"))
_CONFLICTS = (N_("1 conflict waits for a decision"), N_("{count} conflicts wait for a decision"))


class WaitingWork(QWidget):
    """Asks the companion; nothing is shown until there is something to do. `names`: firm -> its name."""

    def __init__(self, page: Page, names: Mapping[str, str]) -> None:
        super().__init__(page)
        self._page, self._names = page, names
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()
        page.desk.companion.ask(self, waiting.WAITING).answered.connect(self._answered)

    def _answered(self, answer: Mapping[str, Any]) -> None:
        self.show_work(waiting.work_of(answer))

    def show_work(self, work: Work) -> None:
        """Show what waits, each with the way to it."""
        if not (work.review or work.conflicts or work.returned):
            return
        if work.review or work.conflicts:
            self._show_office(work)
        if work.returned:
            self._show_returned(work.returned)
        self.show()

    def _show_office(self, work: Work) -> None:
        self._column.addWidget(section(_(N_("Waiting for you"))))
        lines = (
            (work.review, _REVIEW, "inbox", ReviewRoute()),
            (work.conflicts, _CONFLICTS, "git-compare", ConflictsRoute()),
        )
        rows = [self._line(_counted(words, count), icon, route) for count, words, icon, route in lines if count]
        self._column.addWidget(RowList(rows))
        if roles.may(self._page.desk.study, Right.PROGRESS):
            more = Button(_(N_("Progress of the computers")), Kind.LINK)
            more.clicked.connect(partial(self._page.navigate.emit, ProgressRoute()))
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_returned(self, returned: tuple[Returned, ...]) -> None:
        self._column.addWidget(section(_(N_("Returned to you with questions")), texts.number(len(returned), 0)))
        rows = [
            self._line(
                self._names.get(one.unit_id, ""), "message-square", InterviewRoute(one.unit_id, one.instrument_id)
            )
            for one in returned[:_MOST]
        ]
        self._column.addWidget(RowList(rows))
        if len(returned) > _MOST:
            more = Button(_(N_("Show the firms")), Kind.LINK)
            more.clicked.connect(partial(self._page.navigate.emit, FieldRoute()))
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _line(self, words: str, icon: str, route: Route) -> ListRow:
        row = ListRow([Cell(words, 16, Tone.TEXT, fonts.MEDIUM)], icon=icon, tone=Tone.ACCENT)
        row.clicked.connect(lambda: self._page.navigate.emit(route))
        return row


def _counted(words: tuple[str, str], count: int) -> str:
    one, many = words
    return _(one) if count == 1 else tr(many, count=texts.number(count, 0))
