"""Yeniden sorma: the interviews that were drawn at the left, a few questions to ask again at the right, agreement."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.entry_list import Entry, EntryList
from kume_desktop.gui.components.fields import NumberField, TextField, labelled
from kume_desktop.gui.components.labels import IconLabel, Label, Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.components.waiting import Waiting
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page, Progress, SaveKind, SaveState, Toast
from kume_desktop.gui.review.agreement import AgreementPart, what_is_asked
from kume_desktop.gui.routes import BackChecksRoute, FieldRoute, ReviewRoute, Route
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Refused
from kume_desktop.services import roles
from kume_desktop.services.review import back_checks
from kume_desktop.services.review.back_checks import Again, BackChecks, Drawn
from kume_desktop.services.roles import Right
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kume_desktop.gui.companion import Question
    from kume_desktop.gui.desk import Desk
    from kume_desktop.problems import Problem


class BackChecksPage(Page):
    """Who asks again does not see the first answers before the new ones are stored."""

    def __init__(self, desk: Desk, route: BackChecksRoute) -> None:
        super().__init__(desk)
        self._wanted = route.interview_id
        self._found: BackChecks | None = None
        self._question: Question | None = None
        self._fields: dict[str, TextField | Picker] = {}
        self._undone: list[str] = []
        self._may_manage = roles.may(desk.study, Right.MANAGE)
        self.list = EntryList(_(N_("Interviews to ask again")))
        self.list.chosen.connect(self._show)
        self.share = NumberField(_(N_("Share in percent")))
        self.share.setFixedWidth(theme.px(90))
        self.share.committed.connect(lambda _text: self._save_rules())
        self.approvals = Segments(
            _(N_("Who approves an interview")), [("1", _(N_("One person"))), ("2", _(N_("Two people")))], "1"
        )
        self.approvals.picked.connect(lambda _key: self._save_rules())
        self._notes = QVBoxLayout()
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        self.header = PageHeader(_(N_("Back-checks")))
        review = Button(_(N_("Review")))
        review.clicked.connect(lambda: self.navigate.emit(ReviewRoute()))
        self.header.add_tool(review)
        margin = theme.metrics().margin - RING_ROOM
        self._scroll = ScrollColumn(820, margins=(margin, 8, margin, 16))
        self._scroll.column.setSpacing(10)
        self._body = QVBoxLayout()
        self._body.setSpacing(10)
        self._scroll.column.addLayout(self._notes)
        self._scroll.column.addLayout(self._body)
        self._agreement = AgreementPart()
        self._scroll.column.addLayout(self._agreement)
        if self._may_manage:
            self._scroll.column.addWidget(Rule())
            self._scroll.column.addWidget(Label(_(N_("Rules of the review (own)")), Role.SECTION))
            share = labelled(_(N_("Share of the interviews that is asked again")), self.share, unit="%")
            self._scroll.column.addWidget(share)
            self._scroll.column.addWidget(labelled(_(N_("Who approves an interview")), self.approvals))
        self._scroll.column.addWidget(what_is_asked())
        self._scroll.column.addStretch(1)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.list.setFixedWidth(theme.px(280 if theme.is_compact() else 336))
        row.addWidget(self.list)
        row.addWidget(Rule(upright=True))
        row.addWidget(self._scroll, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(Waiting(_(N_("Reading the interviews"))))
        self._stack.addWidget(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(Rule())
        column.addWidget(self._stack, 1)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Back-checks"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Walk, fill in, store."""
        return (
            KeyHint("J K", _(N_("Next, before"))),
            KeyHint("Tab", _(N_("Next field"))),
            KeyHint("Ctrl+Return", _(N_("Store"))),
            KeyHint("Ctrl+Z", _(N_("Undo"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Draw, store, walk, the firm, the review."""
        return (
            Action("next", _(N_("Next interview")), lambda: self.list.step(1), "J"),
            Action("before", _(N_("Interview before")), lambda: self.list.step(-1), "K"),
            Action("store", _(N_("Store the answers")), self.store, "Ctrl+Return"),
            *((Action("draw", _(N_("Draw interviews")), self.draw, "Ctrl+D"),) if self._may_manage else ()),
            Action("firm", _(N_("Show the firm")), self.show_firm, "Ctrl+F"),
            Action("review", _(N_("Review")), lambda: self.navigate.emit(ReviewRoute()), "Ctrl+R"),
            Action("again", _(N_("Read again")), self.refresh, "F5", bound=False),
        )

    def on_shown(self) -> None:
        """The list has the focus, once there is one."""
        (self.list if self.list.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.list.isVisible():
            self.busy.emit(Progress(0, 0, _(N_("Reading the interviews"))))

    def refresh(self) -> None:
        """Read anew; the content stays in sight."""
        self._read()

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the page knows its own
        """The interview in sight."""
        return BackChecksRoute(self.list.current)

    def leave(self) -> None:
        """Nobody waits for the answer any more."""
        super().leave()
        if self._question is not None:
            self._question.drop()

    def side_panel(self) -> QWidget | None:
        """F6 leads from the list to the questions."""
        return next(iter(self._fields.values()), None)

    def undo(self) -> bool:
        """Take the last stored answers back."""
        if not self._undone:
            return False
        interview_id = self._undone.pop()
        if self._try(lambda: back_checks.keep(self.desk.study, interview_id, {})):
            self._wanted = interview_id
            self._stored()
        return True

    def draw(self) -> None:
        """Draw interviews: the seed is made once and kept."""
        if self._try(lambda: back_checks.draw(self.desk.study)):
            self._stored()

    def store(self) -> None:
        """Store what the firm answered this time."""
        interview_id = self.list.current
        if not interview_id or not self._fields:
            return
        given = {
            path: field.current if isinstance(field, Picker) else field.text() for path, field in self._fields.items()
        }
        if self._try(lambda: back_checks.keep(self.desk.study, interview_id, given)):
            self._undone.append(interview_id)
            self._wanted = interview_id
            self.toast.emit(Toast(_(N_("The answers were stored; now both are shown.")), undo=self.undo))
            self._stored()

    def show_firm(self) -> None:
        """Go to the firm."""
        if (one := self._drawn()) is not None:
            self.navigate.emit(FieldRoute(one.unit_id))

    def _save_rules(self) -> None:
        from kume_desktop.services.review import rules

        study = self.desk.study
        typed = self.share.text().strip().replace("%", "")

        def save() -> None:
            share = int(typed) if typed.isdecimal() else -1
            wanted = replace(rules.rules(study), share=share, approvals=int(self.approvals.current or "1"))
            rules.save_rules(study, wanted)

        if self._try(save):
            self._stored()

    def _stored(self) -> None:
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self.desk.tell_changed()
        self._read()

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except Refused as refused:
            self._refused(refused.problems)
            return False
        self._refused(())
        return True

    def _read(self) -> None:
        if self._question is not None:
            self._question.drop()
        self.busy.emit(Progress(0, 0, _(N_("Reading the interviews"))))
        self._question = self.desk.companion.ask(self, back_checks.BACK_CHECKS)
        self._question.answered.connect(self._take)
        self._question.refused.connect(self._refused)

    def _take(self, answer: Any) -> None:
        self.busy.emit(None)
        self._found = found = back_checks.checks_of(answer)
        is_first = self._stack.currentIndex() == 0
        self._stack.setCurrentIndex(1)
        self.share.show_text(str(found.share))
        self.approvals.choose(str(found.approvals))
        self.header.set_facts(_facts(found))
        wanted, self._wanted = self._wanted or self.list.current, ""
        self.list.set_entries([_entry(one) for one in found.drawn], wanted)
        self._show(self.list.current)
        self._agreement.show_checks(found)
        if is_first:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drawn(self) -> Drawn | None:
        drawn = self._found.drawn if self._found is not None else ()
        return next((one for one in drawn if one.interview_id == self.list.current), None)

    def _show(self, _key: str) -> None:
        _clear(self._body)
        self._fields = {}
        one = self._drawn()
        if one is None:
            self._body.addWidget(self._none())
            return
        self._body.addWidget(Label(one.firm, Role.SECTION, wrap=True))
        if one.at is not None:
            self._compare(one)
            return
        words = tr(
            N_("{name} interviewed. Ask these questions again; the first answers are shown afterwards."),
            name=one.interviewer,
        )
        self._body.addWidget(Label(words, Role.SECOND, Tone.TEXT2, wrap=True))
        for each in one.questions:
            field = _field(each)
            self._fields[each.path] = field
            self._body.addWidget(labelled(f"{each.number} {each.title}".strip(), field))
        store = Button(_(N_("Store the answers")), Kind.PRIMARY, tall=True)
        store.clicked.connect(self.store)
        line = QHBoxLayout()
        line.addWidget(store)
        line.addStretch(1)
        self._body.addLayout(line)

    def _none(self) -> EmptyState:
        found = self._found
        if found is not None and not found.seed and self._may_manage:
            how = _(N_("A share of the completed interviews is drawn by chance; the seed is kept."))
            return EmptyState(_(N_("Nothing was drawn yet.")), how, _(N_("Draw interviews")), self.draw, "Ctrl+D")
        if found is not None and not found.seed:
            how = _(N_("The staff draw a share of the completed interviews at the agency; laptops do not learn which."))
            return EmptyState(_(N_("Nothing was drawn yet.")), how)
        return EmptyState(_(N_("No interview was drawn.")), _(N_("The share of the rules decides how many are.")))

    def _compare(self, one: Drawn) -> None:
        at = one.at.astimezone() if one.at is not None else None
        when = f"{texts.long_date(at.date())} {texts.clock(at)}" if at is not None else ""
        said = tr(N_("{by} asked again on {when}."), by=one.by, when=when)
        self._body.addWidget(Label(said, Role.SECOND, Tone.TEXT2, wrap=True))
        held = QWidget()
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        heads = (_(N_("Question")), _(N_("First answer")), _(N_("Asked again")), "")
        for column, head in enumerate(heads):
            grid.addWidget(Label(head, Role.CAPTION, Tone.TEXT2), 0, column)
        for row, each in enumerate(one.asked, start=1):
            grid.addWidget(Label(f"{each.number} {each.title}".strip(), wrap=True), row, 0)
            grid.addWidget(Label(each.first, weight=fonts.MEDIUM, wrap=True), row, 1)
            grid.addWidget(Label(each.again, weight=fonts.MEDIUM, wrap=True), row, 2)
            grid.addWidget(_mark(each), row, 3)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 2)
        self._body.addWidget(held)

    def _refused(self, problems: Sequence[Problem]) -> None:
        self.busy.emit(None)
        empty(self._notes)
        for one in problems:
            note = ProblemNote(texts.say(one), hard=one.is_error)
            self._notes.addWidget(note)
            note.say()


def _clear(layout: QVBoxLayout) -> None:
    """Take widgets and rows out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        row = item.layout()
        while row is not None and (inner := row.takeAt(0)) is not None:
            if (old := inner.widget()) is not None:
                old.hide()
                old.deleteLater()
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()


def _field(each: Again) -> TextField | Picker:
    name = f"{each.number} {each.title}".strip()
    if each.choices:
        picker = Picker(_(N_("Answer")))
        picker.setAccessibleName(name)
        said = [(code, f"{code} {word}" if code.isdecimal() else word) for code, word in each.choices]
        picker.set_items([("", "–"), *said])
        picker.set_current("")
        return picker
    return TextField(name, placeholder=_(N_("e.g. 12 March 2025"))) if each.kind == "date" else NumberField(name)


def _mark(each: Again) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(IconLabel("check" if each.agrees else "triangle-alert", tone=Tone.OK if each.agrees else Tone.WARN))
    row.addWidget(Label(_(N_("same")) if each.agrees else _(N_("different")), Role.SECOND, Tone.TEXT2))
    return held


def _entry(one: Drawn) -> Entry:
    if one.at is None:
        return Entry(one.interview_id, one.firm, "", one.interviewer, "", _(N_("not asked again yet")))
    agreeing = sum(each.agrees for each in one.asked)
    said = tr(N_("{count} of {total} agree"), count=agreeing, total=len(one.asked))
    tone = Tone.TEXT2 if agreeing == len(one.asked) else Tone.WARN
    return Entry(
        one.interview_id, one.firm, "", one.interviewer, texts.short_date(one.at.astimezone().date()), said, tone
    )


def _facts(found: BackChecks) -> str:
    if not found.seed:
        return tr(N_("{count} interviews could be drawn"), count=found.eligible)
    words = N_("{drawn} of {count} interviews drawn ({share}%), seed {seed}")
    return tr(words, drawn=len(found.drawn), count=found.eligible, share=found.share, seed=found.seed)
