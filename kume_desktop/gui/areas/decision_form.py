"""The fields of a committee's decision, and the decisions before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.fields import LongText, TextField, labelled
from kume_desktop.gui.components.form_page import Field, FormFrame
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.components.typed_date import as_typed, read_date
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore
    from kume_desktop.services.committee import Decided, Decision


class DecisionForm(QWidget):
    """`withdraw_asked` when the decision in force is to be taken back."""

    withdraw_asked = Signal()

    def __init__(self, name: str, facts: str, method: Method, score: AreaScore | None) -> None:
        super().__init__()
        self._method, self._score = method, score
        self._stored: tuple[str, ...] = ()
        title, act = _(N_("Committee's decision")), _(N_("Save the decision"))
        self.frame = FormFrame(title, name, act, _(N_("Back")))
        self.frame.column.addWidget(Label(facts, Role.BODY, Tone.TEXT2, wrap=True))
        categories = [(one.code, words.category(method, int(one.code))) for one in method.categories]
        self.category = Segments(_(N_("Category")), categories, in_row=1)
        self.day = TextField(_(N_("Day of the decision")), as_typed(datetime.now().astimezone().date()))
        self.members = LongText(_(N_("Members present")), lines=3)
        self.votes = TextField(_(N_("Votes")), placeholder=_(N_("4 of 5 members")))
        self.minutes = TextField(_(N_("Number of the minutes")), placeholder="2027/3")
        self.reason = LongText(_(N_("Reason")), lines=2)
        self._history = QVBoxLayout()
        self._history.setSpacing(4)
        self._fill()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.frame)
        self._stored = self.typed

    @property
    def typed(self) -> tuple[str, ...]:
        """What stands in the fields: category, day, members, votes, minutes, reason."""
        return (
            self.category.current,
            self.day.text(),
            self.members.toPlainText(),
            self.votes.text(),
            self.minutes.text(),
            self.reason.toPlainText(),
        )

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not stored."""
        return self.typed != self._stored

    def show_typed(self, typed: Sequence[str]) -> None:
        """Put what was typed back into the fields."""
        category, day, members, votes, minutes, why = typed
        if category:
            self.category.choose(category)
        self.day.show_text(day)
        self.members.show_text(members)
        self.votes.show_text(votes)
        self.minutes.show_text(minutes)
        self.reason.show_text(why)

    def show_stored(self, decision: Decision | None, history: Sequence[Decided]) -> None:
        """Show the decision in force in the fields, and every decision below."""
        if decision is not None:
            members = "\n".join(decision.members)
            day = as_typed(decision.date)
            fields = (str(decision.category), day, members, decision.votes, decision.minutes, decision.reason)
            self.show_typed(fields)
        self._stored = self.typed
        self._show_history(decision is not None, history)

    def take_focus(self) -> None:
        """Begin with the category."""
        self.category.focus_choice()

    def decision(self, area: str) -> tuple[Decision | None, tuple[Problem, ...]]:
        """The decision as typed, or why there is none."""
        from kume_desktop.services.committee import Decision

        found, day = [], read_date(self.day.text())
        if not self.category.current:
            found.append(problem("window.missing", field=self.category.accessibleName()))
        if day is None:
            found.append(problem("window.bad-date", text=self.day.text()))
        if found or day is None:
            return None, tuple(found)
        members = tuple(name for line in self.members.toPlainText().splitlines() if (name := line.strip()))
        made = Decision(
            area=area,
            category=int(self.category.current),
            date=day,
            members=members,
            votes=self.votes.text().strip(),
            minutes=self.minutes.text().strip(),
            reason=self.reason.toPlainText().strip(),
        )
        return made, ()

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Tell what is wrong at its field; what was typed stays."""
        self.frame.refuse(problems, self._field_of)

    def _field_of(self, found: Problem) -> Field | None:
        fields: dict[str, Field] = {
            "window.bad-date": self.day,
            "committee.future-date": self.day,
            "committee.no-members": self.members,
            "committee.no-reason": self.reason,
        }
        return fields.get(found.code)

    def _fill(self) -> None:
        column = self.frame.column
        column.addWidget(Label(self.category.accessibleName(), Role.SECOND, Tone.TEXT2))
        column.addWidget(self.category)
        column.addWidget(labelled(self.day.accessibleName(), self.day, _(N_("e.g. 12.01.2027"))))
        column.addWidget(labelled(self.members.accessibleName(), self.members, _(N_("one name in each line"))))
        column.addWidget(labelled(self.votes.accessibleName(), self.votes))
        column.addWidget(labelled(self.minutes.accessibleName(), self.minutes))
        hint = _(N_("Needed where the category is another than that of the index. The computed category stays."))
        column.addWidget(labelled(self.reason.accessibleName(), self.reason, hint))
        column.addLayout(self._history)

    def _show_history(self, in_force: bool, history: Sequence[Decided]) -> None:
        empty(self._history)
        if not history:
            return
        self._history.addWidget(Rule())
        self._history.addWidget(Label(_(N_("Decisions so far")), Role.SECTION))
        for one in reversed(history):
            self._history.addWidget(Label(self._said(one), Role.SECOND, Tone.TEXT2, wrap=True))
        if in_force:
            act = Button(_(N_("Withdraw the decision")), Kind.LINK)
            act.clicked.connect(self.withdraw_asked)
            held = QWidget()
            row = QHBoxLayout(held)
            row.setContentsMargins(4, 4, 4, 4)
            row.addWidget(act)
            row.addStretch(1)
            self._history.addWidget(held)

    def _said(self, one: Decided) -> str:
        """12 Ocak 2027 · 1. Kategori – … · Selin Kaya, 12 Oca 14:02 · geçerli."""
        written = tr(
            N_("written by {author}, {day} {time}"),
            author=one.author,
            day=texts.short_date(one.at.date()),
            time=texts.clock(one.at.astimezone()),
        )
        if one.decision is None:
            what = _(N_("The text was erased.")) if one.is_lost else _(N_("Decision withdrawn"))
            return f"{what} · {written}"
        parts = (
            texts.long_date(one.decision.date),
            words.category(self._method, one.decision.category),
            one.decision.votes,
            tr(N_("minutes {number}"), number=one.decision.minutes) if one.decision.minutes else "",
            one.decision.reason,
            written,
            _(N_("holds now")) if one.in_force else "",
        )
        return " · ".join(part for part in parts if part)
