"""The policy texts of a category: verbatim with their origin, and those of the other likely category behind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from kume_desktop import texts
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.parts import Part
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.policies import PolicyText

OWN = "Own"


class PolicyPart(Part):
    """`turned` asks for the other category, `edit_asked` for the editor."""

    turned = Signal()
    edit_asked = Signal()

    def __init__(self, shown: int, computed: int, other: int | None, policies: Sequence[PolicyText]) -> None:
        self.category = shown
        is_own = shown == computed
        tools = []
        if other is not None:
            word = N_("If counted as {category}") if is_own else N_("Back to {category}")
            turn = Button(tr(word, category=words.short_category(other if is_own else computed)), Kind.LINK)
            turn.clicked.connect(self._turn)
            tools.append(turn)
        edit = Button(_(N_("Edit")), Kind.LINK)
        edit.setAccessibleName(_(N_("Edit the policy texts")))
        edit.clicked.connect(self._edit)
        title = N_("Policy proposals · {category}") if is_own else N_("If counted as {category}")
        super().__init__(tr(title, category=words.short_category(shown)), *tools, edit)
        if not is_own:
            self.caption.set_tone(Tone.WARN)
        self.points(said(policy) for policy in policies)
        self.column.addWidget(Label(_origin(policies), Role.CAPTION, Tone.TEXT3, wrap=True))
        self.end()

    def _turn(self) -> None:
        self.turned.emit()

    def _edit(self) -> None:
        self.edit_asked.emit()


def said(policy: PolicyText) -> str:
    """A policy text in the language in force, marked where it is the study's own."""
    text = (policy.en or policy.tr) if texts.language() == "en" else policy.tr
    return tr(N_("{text} (wording of this study)"), text=text) if policy.origin == OWN else text


def _origin(policies: Sequence[PolicyText]) -> str:
    if not policies:
        return _(N_("This category has no policy text."))
    if not all(policy.origin for policy in policies):
        return ""
    if all(policy.origin == OWN for policy in policies):
        return _(N_("All of them in the wording of this study."))
    return _(N_("From the strategy of 2013, verbatim; which category they belong to is read from its table."))
