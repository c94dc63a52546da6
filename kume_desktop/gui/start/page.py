"""The start page of an open study: where was I, what is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, roles, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.labels import IconLabel, Label, Rule
from kume_desktop.gui.components.list_row import Cell, ListRow, RowList
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.progress import ProgressBar
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page
from kume_desktop.gui.route_rights import may_open
from kume_desktop.gui.routes import (
    AddFirmRoute,
    ConductRoute,
    DayPlanRoute,
    FieldRoute,
    InterviewRoute,
    PersonalDataRoute,
    PracticeRoute,
    SampleListRoute,
    StartRoute,
)
from kume_desktop.gui.start.due import Due
from kume_desktop.gui.start.parts import Band, TwoColumns, clear, greeting, section, when
from kume_desktop.gui.start.waiting import WaitingWork
from kume_desktop.gui.theme import Tone
from kume_desktop.services import roles as rights
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.roles import Right
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.routes import Route
    from kume_desktop.services.backups import Card
    from kume_desktop.services.views import Appointment, AreaProgress, FirmRow, Resume, StartView

_APPOINTMENTS, _UNDER_WAY = 6, 5
ENOUGH = 10
INTERVIEWER = "interviewer"


class StartPage(Page):
    """Enter at start-up goes on with the interview that was left last."""

    def __init__(self, desk: Desk, route: StartRoute) -> None:  # noqa: ARG002 - every page takes its route
        super().__init__(desk)
        self._now = datetime.now().astimezone()
        self._front: QWidget | None = None
        self._view: StartView | None = None
        self._rows: Sequence[FirmRow] = ()
        self._header = PageHeader(_hello(desk.study.person, self._now.hour))
        self._body = TwoColumns()
        self._waiting = Label(_(N_("The firms are being read.")), Role.BODY, Tone.TEXT2)
        self._body.left.addWidget(self._waiting)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._body, 1)
        desk.held.loaded.connect(self._fill)
        desk.held.progressed.connect(self.busy)
        desk.held.want()
        self._fill()

    def _fill(self) -> None:
        """Show what the firms say, once they are there."""
        from kume_desktop.services import fieldwork

        if self._view is not None or not self.desk.held.is_there:
            return
        rows = self.desk.held.index.rows
        self._rows = (
            [row for row in rows if row.interviewer == self.desk.study.person] if self._is_interviewer else rows
        )
        self._view = fieldwork.start_view(self.desk.study, self._rows)
        self._waiting.hide()
        self._header.set_facts(self._facts(self._view))
        self._left(self._view)
        self._right(self._view)
        self.hints_changed.emit()
        if self.isVisible():
            self.on_shown()

    @property
    def _is_interviewer(self) -> bool:
        head = self.desk.head
        return head is not None and head.role == INTERVIEWER

    @property
    def _asks_firms(self) -> bool:
        """Whether the person works with firms at all; the data officer does not."""
        head = self.desk.head
        return head is not None and rights.role_may(head.role, Right.INTERVIEW)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Start"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Go on, choose, find."""
        first = _(N_("Continue")) if self._view is not None and self._view.resume else _(N_("Open"))
        day = (KeyHint("G", _(N_("Plan of the day"))),) if self._asks_firms else ()
        return (
            KeyHint("Return", first),
            KeyHint("Up Down", _(N_("Choose"))),
            *day,
            KeyHint("Ctrl+K", _(N_("Find or do"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """What is due, for the palette."""
        actions = []
        if self._asks_firms:
            actions = [
                Action("field", _(N_("Show the firms")), partial(self.navigate.emit, FieldRoute())),
                Action("add-firm", _(N_("Add a firm")), partial(self.navigate.emit, AddFirmRoute())),
                Action("day", _(N_("Plan of the day")), partial(self.navigate.emit, DayPlanRoute()), "G"),
            ]
        if self._can_change_person:
            actions.append(Action("person", _(N_("Change the person")), self.desk.lock_asked.emit, icon="lock"))
            if self._view is not None:
                actions.append(Action("backup", _(N_("Back up now")), self.due.back_up, icon="shield-check"))
        if self._view is not None and self._view.resume is not None:
            words = tr(N_("Continue: {firm}"), firm=self._view.resume.firm)
            actions.insert(0, Action("resume", words, partial(self._go_on, self._view.resume)))
        return tuple(actions)

    def on_shown(self) -> None:
        """The primary has the focus."""
        if self._front is not None:
            self._front.setFocus()

    @property
    def _can_change_person(self) -> bool:
        """Whether the study asks each person for a passphrase of their own."""
        head = self.desk.head
        return head is not None and not head.demonstration and not self.desk.is_practising

    def _facts(self, view: StartView) -> str:
        day = self._now.date()
        today = self._today(view)
        date = f"{texts.long_date(day).rsplit(' ', 1)[0]} {texts.weekday(day)}"
        if not today:
            return date
        one, many = N_("{count} appointment today"), N_("{count} appointments today")
        return f"{date} · {tr(one if len(today) == 1 else many, count=len(today))}"

    def _today(self, view: StartView) -> tuple[Appointment, ...]:
        return tuple(a for a in view.appointments if a.at.astimezone().date() == self._now.date())

    def _left(self, view: StartView) -> None:
        left = self._body.left
        if view.unclean_exit:
            left.addWidget(ProblemNote(_(N_("The last session ended unexpectedly; no answer is lost."))))
            left.addSpacing(16)
        self.due = Due(self)
        left.addWidget(self.due)
        left.addSpacing(16)
        self._look_due()
        if not self._asks_firms:
            band = _office(self)
            self._front = band.button
            left.addWidget(band)
            left.addStretch(1)
            return
        if view.resume is not None:
            left.addWidget(self._resume(view.resume))
        elif view.head.firms == 0 or (self._is_interviewer and not self._rows):
            left.addWidget(self._empty(view.head.firms))
            if _sees(self, SampleListRoute()):
                left.addWidget(
                    _link(self, N_("Take a list of firms"), SampleListRoute()), 0, Qt.AlignmentFlag.AlignLeft
                )
            left.addWidget(_link(self, N_("Practise an interview"), PracticeRoute()), 0, Qt.AlignmentFlag.AlignLeft)
        else:
            left.addWidget(self._begin(view))
        left.addWidget(WaitingWork(self, {row.unit_id: row.name for row in self._rows}))
        if view.appointments:
            today = self._today(view)
            title = _(N_("Appointments of today")) if today else _(N_("Next appointments"))
            left.addWidget(section(title))
            rows = [self._appointment(a) for a in (today or view.appointments)[:_APPOINTMENTS]]
            left.addWidget(RowList(rows))
        if self._rows:
            left.addSpacing(8)
            left.addLayout(self._links())
        self._under_way(left)
        self._too_few(left, view)
        left.addStretch(1)

    def _look_due(self) -> None:
        """Made-up firms need no backup; staff alone write what the notice says."""
        may_write = rights.may(self.desk.study, Right.MANAGE)
        self.due.show_all(backup=self._can_change_person, facts=may_write)
        gap = self._body.left.itemAt(self._body.left.indexOf(self.due) + 1)
        spacer = gap.spacerItem() if gap is not None else None
        if spacer is not None:
            spacer.changeSize(0, 0 if self.due.isHidden() else 16)
            self._body.left.invalidate()

    def _under_way(self, left: QVBoxLayout) -> None:
        """The interviews that were begun and wait to be finished."""
        begun = [firm for firm in self._rows if firm.state is FirmState.IN_PROGRESS]
        if not begun:
            return
        left.addWidget(section(_(N_("Interviews under way")), texts.number(len(begun), 0)))
        left.addWidget(RowList([self._firm(firm) for firm in begun[:_UNDER_WAY]]))
        if len(begun) > _UNDER_WAY:
            more = Button(_(N_("Show all interviews under way")), Kind.LINK)
            more.clicked.connect(lambda: self.navigate.emit(FieldRoute(state=FirmState.IN_PROGRESS.value)))
            left.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _firm(self, firm: FirmRow) -> ListRow:
        figures = f"{firm.answered} / {firm.asked}"
        row = ListRow(
            [
                Cell(firm.name, 8, Tone.TEXT, fonts.MEDIUM),
                Cell(firm.district, 5),
                Cell(figures, 3, right=True),
            ],
            icon="circle-dot",
            tone=Tone.ACCENT,
        )
        row.clicked.connect(lambda: self.navigate.emit(FieldRoute(firm.unit_id)))
        return row

    def _too_few(self, left: QVBoxLayout, view: StartView) -> None:
        """Areas whose figures get no interval yet (below 10 completed firms); staff plan by it."""
        few = [area for area in view.progress if area.completed < ENOUGH]
        if self._is_interviewer or not few or not view.head.firms:
            return
        left.addWidget(section(tr(N_("Areas with fewer than {count} completed firms"), count=ENOUGH), str(len(few))))
        rows = []
        for area in few:
            name = area.name_tr if texts.language() == "tr" else area.name_en
            row = ListRow([Cell(name, 13, Tone.TEXT), Cell(_of(area.completed, area.firms), 3, right=True)])
            row.clicked.connect(lambda: self.navigate.emit(FieldRoute()))
            rows.append(row)
        left.addWidget(RowList(rows))

    def _resume(self, resume: Resume) -> Band:
        card = resume.card
        parts = []
        if card.last_section and card.last_question:
            stopped = N_("You stopped at section {section}, question {question}")
            parts.append(tr(stopped, section=card.last_section, question=card.last_question))
        parts.append(tr(N_("{answered} of {asked} questions answered"), answered=card.answered, asked=card.asked))
        if card.last_at is not None:
            parts.append(when(card.last_at.astimezone(), self._now))
        band = Band("play", resume.firm, " · ".join(parts), _(N_("Continue")))
        band.button.clicked.connect(partial(self._go_on, resume))
        self._front = band.button
        return band

    def _go_on(self, resume: Resume) -> None:
        self.navigate.emit(InterviewRoute(resume.unit_id, resume.card.instrument_id))

    def _begin(self, view: StartView) -> Band:
        areas = len({row.area for row in self._rows}) if self._is_interviewer else view.head.areas
        firms = len(self._rows) if self._is_interviewer else view.head.firms
        words = tr(N_("{firms} firms in {areas} areas"), firms=texts.number(firms, 0), areas=areas)
        band = Band("clipboard-list", _(N_("No interview is under way")), words, _(N_("Show the firms")))
        band.button.clicked.connect(lambda: self.navigate.emit(FieldRoute()))
        self._front = band.button
        return band

    def _links(self) -> QHBoxLayout:
        """Where the day goes on: the plan; how interviews were conducted (staff), or an interview to practise with."""
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(_link(self, N_("Plan of the day"), DayPlanRoute()))
        if _sees(self, ConductRoute()):
            row.addWidget(_link(self, N_("Conduct of interviews"), ConductRoute()))
        else:
            row.addWidget(_link(self, N_("Practise an interview"), PracticeRoute()))
        row.addStretch(1)
        return row

    def _empty(self, firms: int) -> EmptyState:
        if firms:
            empty = EmptyState(
                _(N_("No firm is assigned to you yet.")),
                _(N_("Whoever leads the fieldwork assigns firms; all firms can be looked at meanwhile.")),
                _(N_("Show the firms")),
                lambda: self.navigate.emit(FieldRoute()),
            )
        else:
            empty = EmptyState(
                _(N_("The study has no firms yet")),
                _(N_("Add the first firm; the interview is opened from its row.")),
                _(N_("Add a firm")),
                lambda: self.navigate.emit(AddFirmRoute()),
            )
        self._front = empty.button
        return empty

    def refresh(self) -> None:
        """A backup was made: what is due, and when the last one was."""
        if self._view is not None:
            clear(self._body.right)
            self._look_due()
            self._right(self._view)

    def cancel(self) -> bool:
        """Esc stops a backup that is being made."""
        return self._view is not None and self.due.cancel()

    def _appointment(self, appointment: Appointment) -> ListRow:
        at = appointment.at.astimezone()
        today = at.date() == self._now.date()
        clock = texts.clock(at) if today else f"{texts.short_date(at.date())} {texts.clock(at)}"
        row = ListRow(
            [
                Cell(clock, 2 if today else 3, Tone.TEXT, fonts.SEMIBOLD),
                Cell(appointment.firm, 8, Tone.TEXT, fonts.MEDIUM),
                Cell(appointment.district, 4),
                Cell(_(N_("Appointment")), 4, Tone.TEXT, icon="calendar", icon_tone=Tone.ACCENT),
            ]
        )
        row.clicked.connect(lambda: self.navigate.emit(FieldRoute(appointment.unit_id)))
        return row

    def _right(self, view: StartView) -> None:
        right = self._body.right
        areas = tuple(area for area in view.progress if area.firms or not self._is_interviewer)
        if areas:
            done, firms = sum(a.completed for a in areas), sum(a.firms for a in areas)
            title = _(N_("Your share")) if self._is_interviewer else _(N_("Completed firms"))
            right.addWidget(_title(title, _of(done, firms)))
            right.addSpacing(10)
            right.addWidget(_bars(areas))
            right.addSpacing(20)
            right.addWidget(Rule())
            right.addSpacing(18)
        right.addWidget(_title(_(N_("This computer")), ""))
        right.addSpacing(8)
        right.addWidget(_fact("info", _(N_("Signed in")), f"{view.head.person} · {roles.word(view.head.role)}"))
        right.addWidget(_fact("lock", _(N_("The data are encrypted")), _(N_("key open in this session"))))
        right.addWidget(_fact("file-text", _(N_("Study file")), self.desk.study_behind.path.name))
        if self._can_change_person:
            right.addWidget(_backup_fact(self.due.last))
        if self._can_change_person:
            change = Button(_(N_("Change the person")))
            change.clicked.connect(self.desk.lock_asked)
            right.addSpacing(8)
            right.addWidget(change, 0, Qt.AlignmentFlag.AlignLeft)
        right.addStretch(1)


def _sees(page: Page, route: Route) -> bool:
    """Whether the person's role sees a page."""
    return may_open(page.desk.study.role, route)


def _hello(person: str, hour: int) -> str:
    return f"{greeting(hour)} {person.partition(' ')[0]}".strip()


def _of(done: int, whole: int) -> str:
    return f"{texts.number(done, 0)} / {texts.number(whole, 0)}"


def _office(page: Page) -> Band:
    """What the data officer opens: persons and the access log."""
    words = _(N_("Find a person, print or erase what is held, consent withdrawn, the access log, a lost computer."))
    band = Band("shield-check", _(N_("Personal data")), words, _(N_("Open personal data")))
    band.button.clicked.connect(partial(page.navigate.emit, PersonalDataRoute()))
    return band


def _backup_fact(last: Card | None) -> QWidget:
    """When the newest backup was made."""
    made_at = last.made_at if last is not None else None
    made = when(made_at, datetime.now().astimezone()) if made_at is not None else _(N_("none yet"))
    return _fact("shield-check" if made_at is not None else "triangle-alert", _(N_("Last backup")), made)


def _link(page: Page, words: str, route: Route) -> Button:
    link = Button(_(words), Kind.LINK)
    link.clicked.connect(lambda: page.navigate.emit(route))
    return link


def _title(words: str, figures: str) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 6, 0, 0)
    row.addWidget(Label(words, Role.BODY, weight=fonts.SEMIBOLD))
    row.addStretch(1)
    row.addWidget(Label(figures, Role.BODY, weight=fonts.SEMIBOLD, tabular=True))
    return held


def _bars(areas: tuple[AreaProgress, ...]) -> QWidget:
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(12)
    for place, area in enumerate(areas):
        name = area.name_tr if texts.language() == "tr" else area.name_en
        grid.addWidget(Label(name, Role.BODY, Tone.TEXT2, wrap=True), place, 0)
        bar = ProgressBar(area.completed, area.firms, name=name, width=theme.px(60 if theme.is_compact() else 90))
        grid.addWidget(bar, place, 1)
        figures = Label(_of(area.completed, area.firms), Role.BODY, Tone.TEXT2, tabular=True)
        grid.addWidget(figures, place, 2)
    grid.setColumnStretch(0, 1)
    return held


def _fact(icon: str, words: str, detail: str) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 6, 0, 6)
    row.setSpacing(12)
    row.addWidget(IconLabel(icon))
    row.addWidget(Label(words, Role.BODY))
    told = Label(detail, Role.SECOND, Tone.TEXT2, wrap=True)
    told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(told, 1)
    return held
