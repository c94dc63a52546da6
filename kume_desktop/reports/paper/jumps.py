"""Where to go on after a choice: past the questions that are then certainly not asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kume_desktop.instruments.model import Kind
from kume_desktop.interview.form import Item, Rule
from kume_desktop.interview.page_model import ChoiceView
from kume_desktop.reports.paper.conditions import both, paths_of, verdict

if TYPE_CHECKING:
    from kume_desktop.reports.paper.compose import Composer
    from kume_desktop.reports.paper.conditions import Condition


class Jumps:
    """The order of a form's questions, and which of them a choice leaves out."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        sections = composer.form.outline.sections
        self._order = [q for section in sections for q in section.questions if q.node.kind is not Kind.NOTE]
        self._places = {item.path: place for place, item in enumerate(self._order)}
        self._asked: dict[str, Condition] = {}

    def after(self, item: Item, choices: Sequence[ChoiceView]) -> Mapping[str, str]:
        """Choice -> where to go on, for those after which a whole question (more than a follow-up) falls away."""
        place = self._places.get(item.path)
        if place is None or item.repeats:
            return {}
        follows = self._order[place + 1 :]
        first = next((each for each in follows if not self._is_follow_up(each)), None)
        if first is None or item.path not in paths_of(self._condition(first)):
            return {}
        told = ((choice.name, self._target(item, choice.name, follows)) for choice in choices)
        return {name: where for name, where in told if where}

    def _target(self, item: Item, name: str, follows: Sequence[Item]) -> str:
        left_out = False
        for each in follows:
            if verdict(self._condition(each), {item.path: name}) is not False:
                return self._composer.speaker().go_to(self._number(each)) if left_out else ""
            left_out = left_out or not self._is_follow_up(each)
        return self._composer.speaker().go_to("") if left_out else ""

    def _number(self, item: Item) -> str:
        return self._composer.form.outline.numbers.get(item.path, "")

    def _is_follow_up(self, item: Item) -> bool:
        return self._number(item)[-1:].isalpha()

    def _condition(self, item: Item) -> Condition:
        """Who is asked a question, the groups around it counted in."""
        if item.path not in self._asked:
            rules = [self._composer.condition(each, Rule.RELEVANT) for each in _with_groups(item)]
            self._asked[item.path] = both(rules)
        return self._asked[item.path]


def _with_groups(item: Item) -> Iterator[Item]:
    at: Item | None = item
    while at is not None:
        yield at
        at = at.parent
