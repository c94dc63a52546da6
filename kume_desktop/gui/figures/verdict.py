"""How sure the category of an area is: its probability, and why the badge is drawn as uncertain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kume_desktop import texts, turkish
from kume_desktop.gui.figures import words
from kume_desktop.scoring.method import FIRM_ROUTE
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore, Results

CERTAIN_FROM = 0.8
"""Below this probability a badge has a dashed outline instead of a fill."""

NEARLY_ALL = 0.995


@dataclass(frozen=True, slots=True)
class Verdict:
    """The computed category of an area; `probability` None where no replicates were made, `doubt` '' where certain.

    `by_route_alone`: nothing speaks against the category but that a panel's score has no probability.
    """

    category: int | None
    probability: float | None
    certain: bool
    doubt: str
    by_route_alone: bool = False

    @property
    def share(self) -> str:
        """%77; > %99 where nearly every choice of firms gives this category; '' without a probability."""
        if self.probability is None:
            return ""
        if self.probability >= NEARLY_ALL:
            return tr(N_("> {share}"), share=texts.percent(0.99))
        return texts.chance(self.probability)


def verdict_of(area: AreaScore, results: Results, method: Method) -> Verdict:
    """The verdict on an area: certain from 0.8 on where both statistics agree on enough indicators."""
    probability = _probability(area, results)
    doubt = _doubt(area, probability, method)
    return Verdict(area.category, probability, not doubt, doubt, area.route != FIRM_ROUTE and not _of_its_own(area))


def _of_its_own(area: AreaScore) -> bool:
    return area.rounding_decides or area.few_indicators


def is_census(area: AreaScore) -> bool:
    """Whether every firm of the list was interviewed."""
    return area.route == FIRM_ROUTE and area.interval.how == "census"


def _probability(area: AreaScore, results: Results) -> float | None:
    found = results.analysis.uncertainty_of(area.code) if results.analysis is not None else None
    if found is None or area.category is None or area.category > len(found.sampling) or is_census(area):
        return None
    return found.sampling[area.category - 1]


def _doubt(area: AreaScore, probability: float | None, method: Method) -> str:
    if area.rounding_decides:
        return words.rounding_decides()
    if area.few_indicators:
        return tr(N_("{scored}/{all} indicators"), scored=area.scored, all=len(method.indicators))
    if area.route != FIRM_ROUTE:
        return _(N_("panel route, no probability"))
    if is_census(area):
        return ""
    if probability is None:
        return _(N_("n < 10, no probability")) if area.interval.reason == "few" else _(N_("probability not computed"))
    return "" if probability >= CERTAIN_FROM else near_the_cut()


def near_the_cut() -> str:
    """What the badge says below the limit."""
    return _(N_("Near the cut – category not certain"))


def by_index(areas: Sequence[AreaScore]) -> tuple[AreaScore, ...]:
    """The areas by their unrounded index, highest first; those that show none last, by name."""

    def key(area: AreaScore) -> tuple[bool, float, str]:
        hidden = area.score is None or words.is_suppressed(area)
        return hidden, 0.0 if hidden else -(area.score or 0.0), turkish.sort_key(words.area_name(area))

    return tuple(sorted(areas, key=key))
