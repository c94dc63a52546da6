"""How often the intervals of an area held the truth in simulation, said where that is not as often as they promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.scoring.uncertainty import known_gaps
from kume_desktop.texts import N_, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.analysis import AreaUncertainty
    from kume_desktop.scoring.results import AreaScore

FEW_FIRMS = 20
_SENTENCES = {
    known_gaps.HIGH_INDEX: N_(
        "Cover of the interval: at an index of 95 and above it held the truth in {low} to {high} of the simulations, "
        "a little less often than promised."
    ),
    known_gaps.WIDE_MEAN: N_(
        "Cover of the intervals of single indicators: with fewer than 20 firms {low} to {high}; they are wider than "
        "they need be."
    ),
    known_gaps.UNANIMOUS: N_(
        "Where all firms say the same, the cover of the interval depends on what the others would have said: {low} to "
        "{high} in the simulations."
    ),
    known_gaps.WIDE_REPLICATES: N_(
        "With up to 20 firms the probabilities of the categories are cautious if the indicators do not go together: "
        "cover {low} to {high}."
    ),
    known_gaps.JOINT_RANGE: N_(
        "The range over the choices of the method held the truth under the method in force in {low} to {high} of the "
        "simulations."
    ),
    known_gaps.WIDE_PLACES: N_("The bands of places are cautious: cover {low} to {high}."),
    known_gaps.AGREEMENT_AT_END: N_(
        "Where nearly all levels are the highest, the intervals of ICC and kappa held the truth in only {low} to "
        "{high} of the simulations; alpha is the figure to read there."
    ),
    known_gaps.ALPHA_AT_END: N_(
        "Where nearly all answers are the highest, these intervals held the truth in only {low} to {high} of the "
        "simulations."
    ),
}


def codes_of(area: AreaScore, found: AreaUncertainty | None) -> tuple[str, ...]:
    """Which of the known gaps apply to the figures of an area, each once."""
    codes: list[str] = []
    if area.score is not None:
        codes.extend(known_gaps.gaps_of_index(area.interval, area.n, area.score))
    for one in area.indicators:
        codes.extend(known_gaps.gaps_of_mean(one.interval, one.n))
    if found is not None and found.sampling:
        if area.n <= FEW_FIRMS:
            codes.append(known_gaps.WIDE_REPLICATES)
        codes.append(known_gaps.JOINT_RANGE)
    if found is not None and found.by_sampling is not None:
        codes.append(known_gaps.WIDE_PLACES)
    return tuple(dict.fromkeys(codes))


def sentences_of(area: AreaScore, found: AreaUncertainty | None) -> tuple[str, ...]:
    """The known gaps of an area in words, with the covers that were measured."""
    gaps = {gap.code: gap for gap in known_gaps.KNOWN_GAPS}
    return tuple(
        tr(_SENTENCES[code], low=texts.percent(gaps[code].lowest), high=texts.percent(gaps[code].highest))
        for code in codes_of(area, found)
    )


def of_coefficients(code: str) -> str:
    """What the intervals of the coefficients of raters, or of scales, do not keep."""
    gap = next(one for one in known_gaps.COEFFICIENT_GAPS if one.code == code)
    return tr(_SENTENCES[code], low=texts.percent(gap.lowest), high=texts.percent(gap.highest))
