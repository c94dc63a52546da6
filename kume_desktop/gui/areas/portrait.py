"""One area with everything that its page shows: scores, method, analysis, the committee's decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Protocol, TypeVar

from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.verdict import Verdict, verdict_of

if TYPE_CHECKING:
    from kume_desktop.scoring.analysis import Analysis, AreaResponse, AreaUncertainty
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore, NeedScore, Results
    from kume_desktop.services.committee import Decision


class OfArea(Protocol):
    """Anything that belongs to one area."""

    @property
    def area(self) -> str:
        """The code of the area."""
        ...


T = TypeVar("T", bound=OfArea)


@dataclass(frozen=True, slots=True)
class Portrait:
    """What the parts of the page take."""

    area: AreaScore
    results: Results
    method: Method
    decision: Decision | None = None

    @property
    def name(self) -> str:
        """The area's name in the language in force."""
        return words.area_name(self.area)

    @property
    def is_shown(self) -> bool:
        """Whether the area has figures that may be shown."""
        return self.area.score is not None and not words.is_suppressed(self.area)

    @property
    def verdict(self) -> Verdict:
        """How sure the category is."""
        return verdict_of(self.area, self.results, self.method)

    @property
    def analysis(self) -> Analysis | None:
        """Everything around the scores; None where an older program computed them."""
        return self.results.analysis

    @property
    def uncertainty(self) -> AreaUncertainty | None:
        """What the replicates say of the area."""
        return self.analysis.uncertainty_of(self.area.code) if self.analysis is not None else None

    @property
    def response(self) -> AreaResponse | None:
        """Who answered."""
        return self.analysis.response_of(self.area.code) if self.analysis is not None else None

    @property
    def needs(self) -> tuple[NeedScore, ...]:
        """The need cells of the area."""
        return self.own(self.results.needs)

    def own(self, found: Iterable[T]) -> tuple[T, ...]:
        """Those of `found` that belong to the area."""
        return tuple(one for one in found if one.area == self.area.code)

    def skipped(self, part: str) -> str:
        """The reason code why a part was not computed for this area, '' where it was."""
        if self.analysis is None:
            return "not-computed"
        wanted = (f"{part}:{self.area.code}", part)
        return next((reason for name, reason in self.analysis.skipped if name in wanted), "")

    def overall(self, indicator: str) -> float | None:
        """The mean of an indicator over the areas that may be shown, on the preset's scale."""
        shown = [one for one in self.results.areas if one.n and not words.is_suppressed(one)]
        found = [score.mean for area in shown for score in area.indicators if score.code == indicator]
        known = [mean for mean in found if mean is not None]
        return fmean(known) if known else None

    def indicator_name(self, code: str) -> str:
        """The name of an indicator in the language in force."""
        named = next((one for one in self.method.indicators if one.code == code), None)
        return words.capital(words.said(named.text)) if named is not None else code
