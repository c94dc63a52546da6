"""The left half of the method page: the published version as text, the draft in fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.figures.refilling import refilled
from kume_desktop.gui.figures.section_head import SectionHead, empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.method.budget_form import BudgetForm, first_budget
from kume_desktop.gui.method.pairs_form import PairsForm
from kume_desktop.gui.method.rules_form import CutsForm, FixedRules, MissingForm
from kume_desktop.gui.method.weights_form import WeightsForm
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method

EQUAL, ENTERED, BUDGET, AHP = "equal", "entered", "budget", "ahp"


class Editor(QWidget):
    """`changed` carries the whole draft after every commit."""

    changed = Signal(object)

    def __init__(self, published: Method, draft: Method) -> None:
        super().__init__()
        self._published, self._draft = published, draft
        self._source = draft.weight_source
        self._note = QVBoxLayout()
        self.weights: WeightsForm | None = None
        self._sources: Segments | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._note)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        column.addLayout(self._column)
        self._fill()

    def show_method(self, published: Method, draft: Method) -> None:
        """Show another draft (after undo, a preset, a publication)."""
        self._published, self._draft = published, draft
        self._source = draft.weight_source
        self._fill()

    def take_focus(self) -> None:
        """Go to the first weight, or to the source of the weights where they are not typed in."""
        if self._source in (EQUAL, ENTERED) and self.weights is not None:
            self.weights.first_field.setFocus()
        elif self._sources is not None:
            self._sources.focus_choice()

    def _fill(self) -> None:
        self.refuse("")
        with refilled(self, self._column):
            self._add_parts()

    def _add_parts(self) -> None:
        self._column.addWidget(SectionHead(_(N_("Weights"))))
        entries = [
            (EQUAL, _(N_("Equal"))),
            (ENTERED, _(N_("Typed in"))),
            (BUDGET, _(N_("Budget"))),
            (AHP, _(N_("Pairs (AHP)"))),
        ]
        self._sources = Segments(_(N_("Source of the weights")), entries, self._source, in_row=2)
        self._sources.picked.connect(self._pick_source)
        self._column.addWidget(self._sources)
        self.weights = WeightsForm(self._published, self._draft, editable=self._source in (EQUAL, ENTERED))
        self.weights.changed.connect(self._take_weights)
        self.weights.refused.connect(self.refuse)
        self._column.addWidget(self.weights)
        self._add_basis()
        self._column.addSpacing(8)
        self._column.addWidget(SectionHead(_(N_("Cuts"))))
        self._add(CutsForm(self._published, self._draft))
        self._column.addSpacing(8)
        self._column.addWidget(SectionHead(_(N_("Missing indicator"))))
        self._add(MissingForm(self._draft))
        self._column.addSpacing(8)
        self._column.addWidget(FixedRules(self._draft))

    def _add_basis(self) -> None:
        """Where the weights come from experts, what the experts said."""
        form: PairsForm | BudgetForm
        if self._source == AHP:
            form = PairsForm(self._draft)
        elif self._source == BUDGET:
            form = BudgetForm(self._draft)
        else:
            explained = N_("R in a field goes back to the published weight.")
            self._column.addWidget(Label(_(explained), Role.SECOND, Tone.TEXT2))
            return
        form.changed.connect(self._take_in_place)
        self._column.addWidget(form)

    def _add(self, form: CutsForm | MissingForm) -> None:
        form.changed.connect(self._take)
        form.refused.connect(self.refuse)
        self._column.addWidget(form)

    def _pick_source(self, source: str) -> None:
        from kume_desktop.scoring.weights import sources

        self._source = source
        if source == EQUAL:
            self._take(sources.equal(self._draft))
        elif source == AHP and self._draft.weight_source != AHP:
            self._take(sources.from_pairs(self._draft, sources.unit_matrices(self._draft)).method)
        elif source == ENTERED and self._draft.weight_source not in (EQUAL, ENTERED):
            self._take(sources.entered(self._draft, self._draft.weights))
        elif source == BUDGET and self._draft.weight_source != BUDGET:
            self._take(sources.from_budget(self._draft, first_budget(self._draft.indicator_codes)))
        else:
            self._fill()

    def _take_weights(self, weights: Mapping[str, float]) -> None:
        from kume_desktop.scoring.weights import sources

        self._take_in_place(sources.entered(self._draft, weights))

    def _take_in_place(self, draft: Method) -> None:
        """Keep the fields as they are: the focus is among them."""
        self._draft, self._source = draft, draft.weight_source
        if self.weights is not None:
            self.weights.show_method(draft)
        if self._sources is not None:
            self._sources.choose(draft.weight_source)
        self.changed.emit(draft)

    def _take(self, draft: Method) -> None:
        self._draft = draft
        self.changed.emit(draft)
        self._fill()

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with what was typed; '' takes the note away."""
        empty(self._note)
        if sentence:
            note = ProblemNote(sentence, hard=True)
            self._note.addWidget(note)
            note.say()
