"""The facts of the study that the notice says, and the activity areas."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui.components.area_lines import AREA_EXAMPLE, read_areas
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.fields import LongText, NumberField, TextField, labelled
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Refused
from kume_desktop.services.views import Area, StudyFacts
from kume_desktop.texts import N_, _, tr

_YEAR_DIGITS = 4
_NO_YEAR = N_("A year has four digits, e.g. 2025. The year before stays.")


class FactsForm(QWidget):
    """Each field commits on leaving; `changed` carries all facts."""

    changed = Signal(object)

    def __init__(self, facts: StudyFacts) -> None:
        super().__init__()
        self._facts = facts
        self._fields: dict[str, TextField | LongText] = {
            "agency": TextField(_(N_("Agency")), facts.agency),
            "reference_year": NumberField(_(N_("Reference year")), str(facts.reference_year)),
            "legal_ground": LongText(_(N_("Legal ground")), facts.legal_ground),
            "recipients": LongText(_(N_("Who receives the data")), facts.recipients),
            "retention": TextField(_(N_("How long they are kept")), facts.retention),
            "contact": TextField(_(N_("Contact for questions")), facts.contact),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for name, field in self._fields.items():
            column.addWidget(labelled(field.accessibleName(), field))
            field.committed.connect(lambda text, name=name: self._commit(name, text))
            if name == "reference_year":
                self._wrong_year = ProblemNote(_(_NO_YEAR), hard=True)
                self._wrong_year.hide()
                column.addWidget(self._wrong_year)

    def _commit(self, name: str, text: str) -> None:
        field = self._fields[name]
        if name == "reference_year":
            is_year = text.strip().isdecimal() and len(text.strip()) == _YEAR_DIGITS
            field.set_refused(not is_year)
            self._wrong_year.setHidden(is_year)
            if not is_year:
                self._wrong_year.say()
                return
        value: str | int = int(text) if name == "reference_year" else text.strip()
        self._facts = replace(self._facts, **{name: value})  # type: ignore[arg-type]
        self.changed.emit(self._facts)


class AreaAdder(QWidget):
    """The areas of the study, and lines that add more; `wanted` carries the areas read."""

    wanted = Signal(object)

    def __init__(self, areas: tuple[Area, ...], typed: str = "") -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._known = QVBoxLayout()
        self._known.setSpacing(8)
        self._column.addLayout(self._known)
        explained = _(N_("One area a line: code; Turkish name; English name; NACE; number of firms in the frame."))
        self._column.addWidget(Label(explained, Role.SECOND, Tone.TEXT2, wrap=True))
        self._lines = LongText(_(N_("New activity areas")), placeholder=_(AREA_EXAMPLE), lines=2)
        self._lines.show_text(typed)
        self._column.addWidget(self._lines)
        self._note: ProblemNote | None = None
        add = Button(_(N_("Add the areas")))
        add.clicked.connect(self._add)
        row = QHBoxLayout()
        row.addWidget(add)
        row.addStretch(1)
        self._column.addLayout(row)
        self._list(areas)

    def _list(self, areas: tuple[Area, ...]) -> None:
        empty(self._known)
        for area in areas:
            self._known.addWidget(Label(_line(area), Role.BODY, wrap=True))

    def show_areas(self, areas: tuple[Area, ...]) -> None:
        """Show the areas there are now; the field is empty for others."""
        self._list(areas)
        self._lines.show_text("")
        self._lines.setFocus()

    @property
    def typed(self) -> str:
        """The lines in the field."""
        return self._lines.toPlainText()

    def _add(self) -> None:
        if self._note is not None:
            self._note.hide()
            self._note.deleteLater()
            self._note = None
        try:
            areas = read_areas(self._lines.toPlainText())
        except Refused as refused:
            said = " ".join(texts.say(problem) for problem in refused.problems)
            self._note = ProblemNote(said, hard=True)
            self._column.addWidget(self._note)
            self._note.say()
            return
        if areas:
            self.wanted.emit(areas)


def _line(area: Area) -> str:
    name = area.name_tr if texts.language() == "tr" else area.name_en
    parts = [name, area.code, area.nace]
    if area.frame_n is not None:
        parts.append(tr(N_("{count} firms in the frame"), count=area.frame_n))
    return " · ".join(part for part in parts if part)
