"""How often a firm is tried before it is closed, and who talks to one that refused."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui.components.buttons import Button, ChoiceButton, ChoiceKind, Kind
from kume_desktop.gui.components.fields import NumberField, TextField, labelled
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.field_rules.part import Part
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.field_rules import FieldRules


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number of the rules: its name in the record, its words, its unit, and the problem that is about it."""

    name: str
    words: str
    unit: str
    code: str


_FIGURES = (
    _Figure("min_attempts", N_("Attempts before a firm is closed, at least"), N_("attempts"), "field.rule-attempts"),
    _Figure("min_days", N_("On different days, at least"), N_("days"), "field.rule-days"),
    _Figure("min_dayparts", N_("In different parts of the day, at least"), N_("parts"), "field.rule-parts"),
    _Figure(
        "conversion_after_days",
        N_("After a refusal by the competent person, wait"),
        N_("days"),
        "field.rule-conversion",
    ),
    _Figure(
        "conversion_after_days_soft", N_("After a refusal by somebody else, wait"), N_("days"), "field.rule-conversion"
    ),
    _Figure("conversions", N_("A refusal is asked again, at most"), N_("times"), "field.rule-conversion"),
)
_LIMITS = {"conversions": 20, "conversion_after_days": 365, "conversion_after_days_soft": 365}


class RulesPart(Part):
    """One form; what is stored holds from now on, for every computer that gets the data."""

    def __init__(self, desk: Desk, typed: tuple[str, ...]) -> None:
        super().__init__(desk)
        from kume_desktop.services import field_rules

        self._rules = held = field_rules.rules(desk.study)
        self.fields = {one.name: NumberField(_(one.words), str(getattr(held, one.name))) for one in _FIGURES}
        starts = ", ".join(str(hour) for hour in held.daypart_starts)
        self.starts = TextField(_(N_("Hours at which the parts of the day begin")), starts)
        self.other = ChoiceButton(_(N_("Another person asks after a refusal")), ChoiceKind.ROW)
        self.other.setChecked(held.conversion_by_other)
        self._notes: list[ProblemNote] = []
        if len(typed) == len(_FIGURES) + 2:
            for field, text in zip((*self.fields.values(), self.starts), typed, strict=False):
                field.show_text(text)
            self.other.setChecked(typed[-1] == "other")
        self._fill()

    def _fill(self) -> None:
        from kume_desktop.services import field_rules

        origin = tr(
            N_("Origin: {origin}. No source fixes these rules; the study sets them."), origin=_(field_rules.ORIGIN)
        )
        self.column.addWidget(Label(origin, Role.SECOND, Tone.TEXT2, wrap=True))
        for one in _FIGURES:
            if one.name == "conversion_after_days":
                self.column.addWidget(labelled(self.starts.accessibleName(), self.starts))
                self.column.addWidget(self.other)
            self.column.addWidget(labelled(_(one.words), self.fields[one.name], unit=_(one.unit)))
        self._save = Button(_(N_("Save the rules")), Kind.PRIMARY, tall=True)
        self._save.clicked.connect(self.save)
        row = QHBoxLayout()
        row.addWidget(self._save)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Save."""
        return (KeyHint("Ctrl+Return", _(N_("Save the rules"))), KeyHint("Tab", _(N_("Next field"))))

    def actions_here(self) -> tuple[Action, ...]:
        """Save."""
        return (Action("save", _(N_("Save the rules")), self.save, "Ctrl+Return"),)

    def typed(self) -> tuple[str, ...]:
        """The texts of the fields."""
        return (
            *(one.text() for one in self.fields.values()),
            self.starts.text(),
            "other" if self.other.isChecked() else "",
        )

    def take_focus(self) -> None:
        """The first field."""
        self.fields["min_attempts"].setFocus()

    def save(self) -> None:
        """Store the rules; what is wrong stands at its field."""
        for note in self._notes:
            note.hide()
            note.deleteLater()
        self._notes = []
        for field in (*self.fields.values(), self.starts):
            field.set_refused(False)
        wanted = self._wanted()
        if wanted is not None:
            self._store(wanted, self._rules)

    def _store(self, wanted: FieldRules, before: FieldRules) -> None:
        from kume_desktop.services import field_rules

        try:
            field_rules.save_rules(self.desk.study, wanted)
        except Refused as refused:
            for one in refused.problems:
                self._refuse(self._field_of(one.code), one)
            return
        self._rules = wanted
        self.stored.emit(_(N_("The rules are stored and hold from now on.")), partial(_undo, self.desk, before))

    def _wanted(self) -> FieldRules | None:
        from kume_desktop.services.field_rules import FieldRules

        numbers: dict[str, int] = {}
        for name, field in self.fields.items():
            if (number := _whole(field.text())) is None:
                self._refuse(field, problem("window.no-number", text=field.text().strip()))
            else:
                numbers[name] = number
        starts = [_whole(part) for part in self.starts.text().replace(";", ",").split(",")]
        if any(hour is None for hour in starts):
            self._refuse(self.starts, problem("window.no-hours", text=self.starts.text().strip()))
        if self._notes:
            return None
        hours = tuple(hour for hour in starts if hour is not None)
        return FieldRules(**numbers, daypart_starts=hours, conversion_by_other=self.other.isChecked())

    def _field_of(self, code: str) -> TextField:
        """The field that a problem is about; where it is about several, the one whose number is too large."""
        named = [self.fields[one.name] for one in _FIGURES if one.code == code]
        limits = {self.fields[name]: most for name, most in _LIMITS.items()}
        beyond = [field for field in named if field in limits and (_whole(field.text()) or 0) > limits[field]]
        return next(iter([*beyond, *named]), self.starts)

    def _refuse(self, field: TextField, one: Problem) -> None:
        note = ProblemNote(texts.say(one), hard=True)
        holder = field.parentWidget()
        layout = holder.layout() if holder is not None else None
        (layout if isinstance(layout, QVBoxLayout) else self.column).addWidget(note)
        field.set_refused(True)
        if not self._notes:
            field.setFocus()
        self._notes.append(note)
        note.say()


def _undo(desk: Desk, before: FieldRules) -> None:
    from kume_desktop.services import field_rules

    field_rules.save_rules(desk.study, before)
    desk.tell_changed()


def _whole(text: str) -> int | None:
    told = text.strip()
    return int(told) if told.isascii() and told.isdecimal() else None
