"""Writing down a contact attempt: what came of it, how and when, a note, the next time. Correcting one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, ChoiceButton, ChoiceKind, Kind
from kume_desktop.gui.components.fields import LongText, TextField, labelled
from kume_desktop.gui.components.form_page import Field, FormFrame
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.components.typed_date import as_typed
from kume_desktop.gui.fieldwork import modes, outcomes
from kume_desktop.gui.fieldwork.moments import NINE, read_moment
from kume_desktop.gui.fieldwork.the_firm import the_firm
from kume_desktop.gui.fonts import MEDIUM, Role
from kume_desktop.gui.page import Action, KeyHint, Page, SaveKind, SaveState, Toast
from kume_desktop.gui.routes import DayPlanRoute, FieldRoute, Route, VisitRoute
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.views import Visit
    from kume_desktop.services.visits import Recorded

_PARTS = 8
_DAY_WIDTH = 200
_OF_NEXT = ("study.appointment-without-time", "visit.next-before")


class VisitPage(Page):
    """Nothing is stored before the primary; then back to the firm."""

    def __init__(self, desk: Desk, route: VisitRoute) -> None:
        super().__init__(desk)
        self._route, self._unit = route, route.unit_id
        self._now = datetime.now().astimezone()
        detail, self._nowhere = the_firm(desk.study, route.unit_id)
        self._firm = detail.row.name if detail is not None else ""
        visits = detail.visits if detail is not None else ()
        self._old = next((one for one in visits if one.visit_id == route.visit_id), None)
        self._is_stored = False
        self._found: tuple[Problem, ...] = ()
        self._wrong: dict[int, Field] = {}
        self._make_fields(route)
        act = _(N_("Save the correction")) if self._old else _(N_("Save the attempt"))
        self._form = FormFrame(self._heading(), self._firm, act, _(N_("Back")))
        self._form.primary.clicked.connect(self.save)
        self._form.back.clicked.connect(self._go_back)
        self._fill(self._form.column)
        self._put(route.typed if len(route.typed) == _PARTS else _told(self._old))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)
        self._form.refuse(self._nowhere)

    def _make_fields(self, route: VisitRoute) -> None:
        offered = [*outcomes.OFFERED]
        if self._old is not None and self._old.outcome not in offered:
            offered.insert(0, self._old.outcome)
        self._offered = tuple(offered)
        numbered = [(code, f"{(n + 1) % 10}  {outcomes.word(code)}") for n, code in enumerate(offered)]
        chosen = outcomes.APPOINTMENT if route.appointment else ""
        self.outcome = Segments(_(N_("Outcome")), numbered, chosen, in_row=2)
        self.outcome.picked.connect(lambda _code: self._after_outcome())
        self.hard = ChoiceButton(_(N_("Does not want to be asked ever again")), ChoiceKind.ROW)
        self.mode = Segments(_(N_("How")), [(mode, modes.word(mode)) for mode in modes.OFFERED])
        self.note = LongText(_(N_("Note")), placeholder=_(N_("Who was there, what was said")), lines=2)
        self.when_day = TextField(_(N_("Day of the attempt")), placeholder=_(N_("today")))
        self.when_clock = TextField(_(N_("Time of the attempt")), placeholder=_(N_("now")))
        self.day = TextField(_(N_("Date of the next visit")), placeholder=_(N_("tomorrow, friday, 24.11.")))
        for day in (self.when_day, self.day):
            day.setMinimumWidth(theme.px(_DAY_WIDTH))
        self.clock = TextField(_(N_("Time of the next visit")), placeholder=_(N_("hh:mm")))

    def _fill(self, column: QVBoxLayout) -> None:
        for choice in (self.outcome, self.mode):
            column.addWidget(Label(choice.accessibleName(), Role.SECOND, Tone.TEXT2, weight=MEDIUM))
            column.addWidget(choice)
            if choice is self.outcome:
                column.addWidget(self.hard)
        column.addWidget(labelled(self.note.accessibleName(), self.note))
        nexts = _beside(labelled(_(N_("Next visit: date")), self.day), labelled(_(N_("Time")), self.clock))
        whens = _beside(labelled(_(N_("This attempt: day")), self.when_day), labelled(_(N_("Time")), self.when_clock))
        column.addWidget(nexts)
        column.addWidget(whens)
        if self._old is not None:
            away = Button(_(N_("It never happened: take it back")), Kind.LINK)
            away.clicked.connect(self.withdraw)
            column.addWidget(away)
        self._after_outcome(walk=False)

    def _heading(self) -> str:
        if self._old is None:
            return _(N_("Write an attempt"))
        at = self._old.at.astimezone()
        moment = f"{texts.short_date(at.date())} {texts.clock(at)}"
        return tr(N_("Correct the attempt of {when}"), when=moment)

    @property
    def title(self) -> str:
        """The page's name."""
        return tr(N_("Attempt – {firm}"), firm=self._firm)

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Choose, save or go back."""
        return (
            KeyHint("Ctrl+Return", self._form.primary.text()),
            KeyHint("1–9 0", _(N_("Outcome"))),
            KeyHint("Tab", _(N_("Next field"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Save, and each outcome by its digit."""
        chosen = tuple(
            Action(f"outcome.{code}", outcomes.word(code), partial(self.choose, code), str((place + 1) % 10))
            for place, code in enumerate(self._offered[:10])
        )
        held = (Action("save", self._form.primary.text(), self.save, "Ctrl+Return"), *chosen)
        if self._old is None:
            return held
        return (*held, Action("withdraw", _(N_("It never happened: take it back")), self.withdraw, "Ctrl+Delete"))

    def on_shown(self) -> None:
        """Begin with the outcome; for an appointment, with the date."""
        if self._route.appointment:
            self.day.setFocus()
        else:
            self.outcome.focus_choice()

    def here(self, route: Route) -> Route:
        """This page with what is typed."""
        if not isinstance(route, VisitRoute):
            return route
        return replace(route, typed=self._typed())

    def choose(self, code: str) -> None:
        """Choose an outcome by its digit and go on to what it asks for."""
        self.outcome.choose(code)
        self.outcome.focus_choice()
        self._after_outcome()

    def _after_outcome(self, *, walk: bool = True) -> None:
        refused = self.outcome.current in outcomes.REFUSALS
        if walk:
            self._form.refuse(self._nowhere)
        self.hard.setHidden(not refused)
        if not refused:
            self.hard.setChecked(False)
        if walk and self.outcome.current == outcomes.APPOINTMENT and not self.day.text():
            self.day.setFocus()

    def _typed(self) -> tuple[str, ...]:
        return (
            self.outcome.current, self.mode.current, self.note.toPlainText(), self.when_day.text(),
            self.when_clock.text(), self.day.text(), self.clock.text(), "hard" if self.hard.isChecked() else "",
        )  # fmt: skip

    def _put(self, typed: tuple[str, ...]) -> None:
        if not typed:
            return
        outcome, mode, note, when_day, when_clock, day, clock, hard = typed
        if outcome:
            self.outcome.choose(outcome)
        if mode:
            self.mode.choose(mode)
        self.note.show_text(note)
        fields = (self.when_day, self.when_clock, self.day, self.clock)
        for field, text in zip(fields, (when_day, when_clock, day, clock), strict=True):
            field.show_text(text)
        self._after_outcome(walk=False)
        self.hard.setChecked(bool(hard))

    def save(self) -> None:
        """Store the attempt and go back to the firm."""
        if self._is_stored or self._nowhere:
            return
        self._wrong, self._found = {}, ()
        next_at = self._moment(self.day, self.clock, ahead=True)
        at = self._moment(self.when_day, self.when_clock, ahead=False)
        found: list[Problem] = [*self._found]
        if not self.outcome.current:
            found.insert(0, problem("window.missing", field=self.outcome.accessibleName()))
        if found:
            self._refuse(tuple(found))
            return
        try:
            recorded = self._store(at, next_at)
        except Refused as refused:
            self._refuse(refused.problems)
            return
        self._stored(recorded)

    def _moment(self, day: TextField, clock: TextField, *, ahead: bool) -> datetime | None:
        moment, found = read_moment(day.text(), clock.text(), self._now, ahead=ahead, otherwise=NINE if ahead else None)
        self._found = (*self._found, *found)
        for one in found:
            self._wrong[id(one)] = day if one.code == "window.bad-date" else clock
        return moment

    def _store(self, at: datetime | None, next_at: datetime | None) -> Recorded:
        from kume_desktop.services import visits

        study, note, hard = self.desk.study, self.note.toPlainText().strip(), self.hard.isChecked()
        outcome, mode = self.outcome.current, self.mode.current
        if self._old is None:
            return visits.record(study, self._unit, outcome, note, next_at, at, mode, is_hard=hard)
        said = visits.Correction(
            outcome=outcome, note=note, at=at, next_at=next_at, no_next=next_at is None, mode=mode, is_hard=hard
        )
        return visits.correct(study, self._old.visit_id, said)

    def _stored(self, recorded: Recorded) -> None:
        self._tell_stored()
        words = N_("Correction written: {firm}.") if self._old else N_("Attempt written: {firm}.")
        told = " ".join([tr(words, firm=self._firm), *(texts.say(one) for one in recorded.told)])
        undo = None if self._old else partial(_take_back, self.desk, self._unit, recorded.visit_id)
        self.toast.emit(Toast(told, undo))

    def withdraw(self) -> None:
        """Take back an attempt that never happened."""
        from kume_desktop.services import visits

        if self._old is None or self._is_stored:
            return
        try:
            visits.withdraw(self.desk.study, self._old.visit_id)
        except Refused as refused:
            self._refuse(refused.problems)
            return
        self._tell_stored()
        undo = partial(_bring_back, self.desk, self._unit, self._old.visit_id)
        self.toast.emit(Toast(tr(N_("The attempt was taken back: {firm}."), firm=self._firm), undo))

    def _tell_stored(self) -> None:
        self.desk.tell_firm(self._unit)
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self._is_stored = True
        # The list of firms is built in a turn of its own: storing and building together would hold the window up.
        QTimer.singleShot(0, self, self._go_back)

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self._form.refuse(problems, self._field_of)
        if any(one.code == "window.missing" for one in problems):
            self.outcome.focus_choice()

    def _field_of(self, one: Problem) -> Field | None:
        if id(one) in self._wrong:
            return self._wrong[id(one)]
        if one.code in _OF_NEXT:
            return self.day
        if one.code == "field.far-day":
            return self.when_day if self.when_day.text().strip() else self.day
        return self.when_day if one.code == "visit.in-future" else None

    def _go_back(self) -> None:
        self.navigate.emit(DayPlanRoute(self._route.day) if self._route.day else FieldRoute(self._unit))


def _take_back(desk: Desk, unit_id: str, visit_id: str) -> None:
    from kume_desktop.services import visits

    visits.withdraw(desk.study, visit_id)
    desk.tell_firm(unit_id)


def _bring_back(desk: Desk, unit_id: str, visit_id: str) -> None:
    from kume_desktop.services import visits

    visits.restore(desk.study, visit_id)
    desk.tell_firm(unit_id)


def _told(visit: Visit | None) -> tuple[str, ...]:
    """What the fields show of an attempt that is corrected."""
    if visit is None:
        return ()
    at = visit.at.astimezone()
    coming = visit.next_at.astimezone() if visit.next_at is not None else None
    day, clock = (as_typed(coming.date()), texts.clock(coming)) if coming else ("", "")
    hard = "hard" if visit.is_hard else ""
    return (visit.outcome, visit.mode, visit.note, as_typed(at.date()), texts.clock(at), day, clock, hard)


def _beside(*fields: QWidget) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    for field in fields:
        row.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
    row.addStretch(1)
    return held
