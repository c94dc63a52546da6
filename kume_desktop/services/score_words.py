"""The scorecard in lines of text, for the command line: each figure with its base, in the words of the method."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kume_desktop import texts, turkish
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.analysis import Analysis, AreaResponse, AreaUncertainty, RankBand, WaveChange
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore, Results
    from kume_desktop.services.committee import Verdicts

SURE = 0.8
"""Below this probability a category is not certain."""
_SAMPLING_ONLY = N_(
    "This share shows only the uncertainty from the choice of firms; it does not cover differences between raters nor "
    "firms that refused the interview."
)
_SKIPPED: Mapping[str, str] = {
    "panel": N_("does not apply to the route of a panel"),
    "no-firms": N_("the study has no firms"),
    "no-frame": N_("no totals of the list were entered"),
    "no-levels": N_("nothing was scored yet"),
    "no-needs": N_("the needs matrix was not asked"),
    "no-ratings": N_("no person has given levels"),
    "no-expert-ratings": N_("no expert has rated the needs"),
    "no-ideas": N_("the method brings no policy ideas"),
    "one-rater": N_("only one person has given levels"),
    "one-wave": N_("there is no earlier wave"),
    "other-route-then": N_("the earlier wave was scored on another route"),
    "no-area-in-both": N_("no area has an index in both waves"),
    "list-shorter-than-answers": N_("more firms answered than the list holds; N counts as unknown"),
}
_UNLIKE: Mapping[str, str] = {
    "other-method": N_("another method then; both computed by the method of now"),
    "other-rubrics": N_("other rubrics then"),
    "other-indicators": N_("not the same indicators were scored"),
    "not-nearest": N_("a wave without levels lies between"),
}
_PARTS: Mapping[str, str] = {
    "uncertainty": N_("uncertainty"),
    "sensitivity": N_("sensitivity"),
    "left_out": N_("leaving one out"),
    "response": N_("response"),
    "agreement": N_("agreement of raters"),
    "drift": N_("drift of raters"),
    "reliability": N_("reliability"),
    "careless": N_("careless answers"),
    "claims": N_("levels on a statement alone"),
    "groups": N_("break-downs"),
    "changes": N_("change between waves"),
    "suggestions": N_("policy ideas"),
    "expert_needs": N_("the expert's needs matrix"),
    "eligible_n": N_("eligible firms"),
}


def lines(computed: Results, method: Method, verdicts: Sequence[Verdicts]) -> Iterator[str]:
    """Every area with its sentences, then what was not computed and why."""
    decided = {verdict.area: verdict for verdict in verdicts}
    for area in computed.areas:
        yield _head(area)
        yield from (f"  {line}" for line in _area(area, computed.analysis, method, decided.get(area.code)))
    if computed.analysis is not None:
        if any(one.sampling for one in computed.analysis.uncertainty):
            yield _(_SAMPLING_ONLY)
        for part, reason in computed.analysis.skipped:
            yield tr(N_("not computed: {part}: {reason}"), part=part_name(part), reason=skipped_reason(reason))


def part_name(part: str) -> str:
    """The name of a part of the analysis; a part of one area ends in its code."""
    name, _colon, area = part.partition(":")
    named = _(_PARTS[name]) if name in _PARTS else name
    return f"{named} ({area})" if area else named


def skipped_reason(reason: str) -> str:
    """Why a part was not computed, in words."""
    return _(_SKIPPED[reason]) if reason in _SKIPPED else reason


def _head(area: AreaScore) -> str:
    if area.score is None:
        return tr(
            N_("{name}: nobody has scored a firm of this area; n {n}; route {route}"),
            name=area.name_en if texts.language() == "en" and area.name_en else area.name_tr,
            n=area.n,
            route=area.route,
        )
    return tr(
        N_("{name}: index {score}, category {category}; published form {published}; n {n}; route {route}"),
        name=area.name_en if texts.language() == "en" and area.name_en else area.name_tr,
        score=texts.number(area.score),
        published="–" if area.published_index is None else str(area.published_index),
        category="–" if area.category is None else area.category,
        n=area.n,
        route=area.route,
    )


def _area(area: AreaScore, analysis: Analysis | None, method: Method, verdict: Verdicts | None) -> Iterator[str]:
    if area.score is not None:
        yield from _interval(area)
    told = analysis.uncertainty_of(area.code) if analysis is not None else None
    if told is not None and told.sampling:
        yield from _probabilities(told, method)
        yield _bands(told)
    if area.rounding_decides:
        yield _(N_("Rounding changes the category"))
    response = analysis.response_of(area.code) if analysis is not None else None
    if response is not None:
        yield from _response(response)
    for change in analysis.changes if analysis is not None else ():
        if change.area == area.code:
            yield from _change(change)
    if verdict is not None:
        yield from _decision(verdict, method)


def _change(change: WaveChange) -> Iterator[str]:
    """The change since the earlier wave, and what was otherwise then."""
    low, high = change.interval.low, change.interval.high
    limits = "–" if low is None or high is None else f"{_signed(low)} … {_signed(high)}"
    yield tr(
        N_("since wave {earlier}: {change} points (interval {limits}); {paired} firms in both waves"),
        earlier=change.earlier,
        change=_signed(change.change),
        limits=limits,
        paired=change.paired,
    )
    for code in change.unlike:
        yield tr(N_("the waves are not alike: {reason}"), reason=_(_UNLIKE[code]) if code in _UNLIKE else code)


def _signed(points: float) -> str:
    """Points with their sign, also a rise's.

    >>> texts.set_language("en")
    >>> [_signed(points) for points in (1.25, 0.0, -2.0)]
    ['+1.3', '0.0', '−2.0']
    """
    return ("+" if points > 0 else "−" if points < 0 else "") + texts.number(abs(points))


def _interval(area: AreaScore) -> Iterator[str]:
    limits = area.interval
    if limits.reason == "few":
        yield tr(N_("Only {n} firms: the answers are shown one by one, no interval is computed."), n=area.n)
    elif limits.how == "census":
        yield _(
            N_(
                "All firms of the list were interviewed: there is no uncertainty from the choice of firms. "
                "That of the scoring remains."
            )
        )
    elif limits.low is not None and limits.high is not None:
        yield tr(
            N_(
                "Index {score}. Had all firms of the area's list been interviewed, a value between {low} and {high} "
                "would be expected ({confidence} confidence)."
            ),
            score=texts.number(area.score or 0.0),
            low=texts.number(limits.low, 0),
            high=texts.number(limits.high, 0),
            confidence=texts.percent(limits.confidence),
        )


def _probabilities(told: AreaUncertainty, method: Method) -> Iterator[str]:
    for pattern, shares in (
        (N_("choice of firms alone: {shares}"), told.sampling),
        (N_("with weights, aggregation and missing data varied too: {shares}"), told.joint),
    ):
        order = sorted(range(len(shares)), key=lambda place: -shares[place])
        said = [
            f"{category_name(method, place + 1)} {texts.chance(shares[place])}" for place in order if shares[place] > 0
        ]
        yield tr(pattern, shares=", ".join(said))
    if max(told.sampling) < SURE:
        yield _(N_("Near a limit – the category is not certain"))


def category_name(method: Method, number: int) -> str:
    """The full name of a category: 2. Kategori – Gelişmekte olan yoğunlaşma."""
    word = method.category_text(number).say(texts.language())
    name = turkish.title(word) if texts.language() == "tr" else word[:1].upper() + word[1:]
    return tr(N_("Category {number} – {name} concentration"), number=number, name=name)


def _bands(told: AreaUncertainty) -> str:
    return tr(
        N_("place: method band {method}, choice of firms band {sampling}, both together {both}"),
        method=_band(told.by_method),
        sampling=_band(told.by_sampling),
        both=_band(told.by_both),
    )


def _band(band: RankBand | None) -> str:
    if band is None:
        return "–"
    return str(band.low) if band.low == band.high else f"{band.low}–{band.high}"


def _response(told: AreaResponse) -> Iterator[str]:
    if told.one_lower is not None and told.one_higher is not None:
        yield tr(
            N_("if those who did not answer stood one level lower / higher: {lower} / {higher}"),
            lower=texts.number(told.one_lower),
            higher=texts.number(told.one_higher),
        )
    weighted = told.weighted
    if weighted.score is not None and weighted.deff is not None:
        yield tr(
            N_("with weights for non-response: {score} (design effect {deff})"),
            score=texts.number(weighted.score),
            deff=texts.number(weighted.deff, 2),
        )


def _decision(verdict: Verdicts, method: Method) -> Iterator[str]:
    if verdict.in_conflict:
        yield _(N_("the committee's decision: two computers hold different ones"))
    elif verdict.decision is not None:
        yield tr(
            N_("the committee decided on {date}: {category}"),
            date=texts.long_date(verdict.decision.date),
            category=category_name(method, verdict.decision.category),
        )
