"""What differs between two versions, by what it touches, with what it means for answers already given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kume_desktop import texts
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.table import Column
from kume_desktop.gui.forms.reading_list import EVERY, ReadingList, Sieve
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.instruments.differences import Difference

_GRAVITIES = {
    "answers": N_("Answers that are affected"),
    "asked": N_("Asked anew"),
    "rules": N_("Rules and weights"),
    "words": N_("Words"),
    "layout": N_("Order and look"),
}


class DifferencesList(ReadingList):
    """The gravest difference first; a tab for each kind of thing that a difference touches."""

    def __init__(self, how: str = "") -> None:
        same = _(N_("Both versions ask the same questions in the same words."))
        words = N_("Nothing to compare yet.") if how else N_("No differences.")
        nothing = EmptyState(_(words), how or same)
        sieves = (
            Sieve(EVERY, _(N_("All")), lambda _one: True),
            *(Sieve(key, _(word), _touching(key)) for key, word in _GRAVITIES.items()),
        )
        super().__init__(_columns(), _(N_("Differences")), sieves, _detail, nothing)


def _touching(gravity: str) -> Callable[[Any], bool]:
    return lambda one: one.gravity == gravity


def _columns() -> tuple[Column[Difference], ...]:
    return (
        Column("touches", _(N_("Touches")), lambda one: _(_GRAVITIES[one.gravity]), lambda one: one.weight, width=204),
        Column("question", _(N_("Question")), lambda one: one.question or "–", width=132),
        Column("what", _(N_("Difference")), _bare, first=True),
        Column("means", _(N_("For answers already given")), lambda one: texts.say(one.meaning)),
    )


def _bare(one: Difference) -> str:
    from dataclasses import replace

    from kume_desktop.problems import Where

    return texts.say(replace(one.sentence, where=Where()))


def _detail(one: Difference) -> tuple[str, ...]:
    place = texts.say(one.sentence).removesuffix(_bare(one)).rstrip(": ")
    return (_bare(one), texts.say(one.meaning), place)
