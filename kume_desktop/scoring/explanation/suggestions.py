"""Policy ideas for what is weakest in an area: the method's own rows of the kind `idea`, marked with their origin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kume_desktop.scoring.analysis import Strength, Suggestion
from kume_desktop.scoring.explanation.strengths import WEAKNESS
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.results import AreaScore, NeedScore

CELL, INDICATOR = "cell", "indicator"
MOST = 3
"""That many cells and that many indicators at most get an idea: a long list of weak points is no priority."""
FEWEST_ANSWERS = 3


def suggestions(
    areas: Sequence[AreaScore], needs: Sequence[NeedScore], strengths: Sequence[Strength], method: Method
) -> tuple[Suggestion, ...]:
    """The ideas of every area in order: weakest need cells first, then weakest indicators; at most `MOST` of each.

    A cell counts as weak where it is a need or critical, by rank. An indicator does where it is a `weakness` or is
    published at the lowest level, lowest mean first. A cell that fewer than 3 firms answered gets none.
    """
    return tuple(found for area in areas for found in _of(area, needs, strengths, method))


def _of(
    area: AreaScore, needs: Sequence[NeedScore], strengths: Sequence[Strength], method: Method
) -> Iterator[Suggestion]:
    cells = weak_cells([need for need in needs if need.area == area.code])
    weak = {one.indicator for one in strengths if one.area == area.code and one.kind == WEAKNESS}
    for kind, codes in ((CELL, cells), (INDICATOR, weak_indicators(area, weak, method))):
        for code in codes[:MOST]:
            for idea in method.ideas_for(code):
                yield Suggestion(area.code, kind, code, idea.text.tr, idea.text.en, idea.origin)


def weak_cells(needs: Sequence[NeedScore]) -> list[str]:
    """The codes of the cells of one area that are a need or critical, worst first."""
    weak = [need for need in needs if (need.is_need or need.is_critical) and need.n >= FEWEST_ANSWERS]
    return [need.cell for need in sorted(weak, key=lambda need: need.rank or 0)]


def weak_indicators(area: AreaScore, weaknesses: set[str], method: Method) -> list[str]:
    """The codes of the indicators that are a weakness or published at the lowest level, lowest mean first."""
    found = [
        (one.mean, one.code)
        for one in area.indicators
        if one.mean is not None and (one.code in weaknesses or one.published == method.scale_min)
    ]
    return [code for _, code in sorted(found, key=lambda entry: entry[0])]
