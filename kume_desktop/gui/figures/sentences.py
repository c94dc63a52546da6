"""What is said about an index and its uncertainty: whole sentences, each figure with its base."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.suffixes import of_percent, of_percent_object, possessed, possessed_place
from kume_desktop.scoring.hundredths import of_hundred
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.analysis import AreaResponse, AreaUncertainty, RankBand
    from kume_desktop.scoring.limits import Interval
    from kume_desktop.scoring.results import AreaScore


def estimate(area: AreaScore) -> str:
    """The index with its interval, or why there is none."""
    if area.score is None:
        return _(N_("This area has no scored firm."))
    interval = area.interval
    if interval.how == "census":
        return words.census_sentence()
    if interval.low is None or interval.high is None:
        return no_interval(interval.reason, area.n)
    low, high = words.ends(interval)
    return tr(
        N_(
            "Index {score}. If all firms on the area's list had been interviewed, the value would be expected to lie "
            "between {low} and {high} ({confidence} confidence)."
        ),
        score=words.figure(area.score, 1),
        low=low,
        high=high,
        confidence=texts.percent(interval.confidence),
    )


def no_interval(reason: str, n: int) -> str:
    """Why an index has no interval; '' for a reason that needs no sentence."""
    match reason:
        case "few":
            return tr(N_("Only {n} firms: single answers are shown, no interval is computed."), n=n)
        case "nobody":
            return _(N_("This area has no scored firm."))
        case "panel":
            return _(N_("A panel has scored the area itself: no firms were chosen, so there is no interval."))
        case "not-computed":
            return _(N_("The interval has not been computed yet; press F5."))
        case _:
            return ""


def sampling(found: AreaUncertainty | None) -> tuple[str, ...]:
    """What other firms would have given, always with what the share leaves out; nothing without replicates."""
    if found is None or not found.sampling:
        return ()
    told = tr(
        N_("Had other firms been chosen by the same method, {parts} of about 100 choices would have come out."),
        parts=_parts(found.sampling),
    )
    return told, caveat()


def caveat() -> str:
    """What follows every probability of a category."""
    return _(
        N_(
            "This share shows only the uncertainty from the choice of firms; it does not cover the difference between "
            "raters or the firms that did not agree to an interview."
        )
    )


def joint(found: AreaUncertainty | None) -> str:
    """What comes out when the choices of the method are varied too; '' without replicates."""
    if found is None or not found.joint:
        return ""
    return tr(
        N_(
            "When weights, aggregation rule and the treatment of missing data are varied along with the choice of "
            "firms: {parts} of 100 results."
        ),
        parts=_parts(found.joint),
    )


def joint_range(interval: Interval) -> str:
    """Where at least 95 of 100 results of the joint run lie; '' without one."""
    if interval.low is None or interval.high is None:
        return ""
    low, high = words.ends(interval)
    return tr(
        N_("The index then lies between {low} and {high} (at least {confidence} of the results)."),
        low=low,
        high=high,
        confidence=of_percent(interval.confidence),
    )


def _parts(probabilities: Sequence[float]) -> str:
    """77'sinde 2. Kategori, 23'ünde 1. Kategori: of 100, the likeliest first."""
    told = [
        tr(N_("{part} {category}"), part=possessed_place(count), category=words.short_category(place + 1))
        for place, count in sorted(enumerate(of_hundred(probabilities)), key=lambda one: -one[1])
        if count
    ]
    return ", ".join(told)


def place_sentence(band: RankBand | None) -> str:
    """Which places the data allow; '' without replicates."""
    if band is None:
        return ""
    if band.low == band.high:
        return tr(N_("Its place is {place}; the data leave no other."), place=band.low)
    return tr(
        N_("Its place lies between {low} and {high}; the data cannot tell it more precisely."),
        low=band.low,
        high=band.high,
    )


def bands(found: AreaUncertainty | None) -> tuple[tuple[str, str], ...]:
    """The three named bands of places: (name, 1–3)."""
    if found is None:
        return ()
    named = (
        (_(N_("method band")), found.by_method),
        (_(N_("sampling band")), found.by_sampling),
        (_(N_("both together")), found.by_both),
    )
    return tuple((name, span_of(band)) for name, band in named if band is not None)


def span_of(band: RankBand) -> str:
    """1–3, or 2 where there is one place only."""
    return str(band.low) if band.low == band.high else f"{band.low}–{band.high}"


def employment(response: AreaResponse | None) -> str:
    """How many of the staff on the list the firms employ; '' where nobody knows."""
    if response is None or response.employment_share is None:
        return ""
    part = of_percent_object(response.employment_share)
    return tr(N_("These firms employ {part} of the staff on the list."), part=part)


def non_response(response: AreaResponse | None) -> str:
    """What the index would be if those who did not answer stood one level lower; '' where it is not known."""
    if response is None or response.one_lower is None:
        return ""
    return tr(
        N_("Had those who did not answer stood one level lower on every indicator, the index would be {index}."),
        index=texts.number(response.one_lower, 1),
    )


def one_higher(response: AreaResponse | None) -> str:
    """What the index would be if those who did not answer stood one level higher; '' where it is not known."""
    if response is None or response.one_higher is None:
        return ""
    return tr(N_("One level higher: {index}."), index=texts.number(response.one_higher, 1))


def agreed(eligible: int, completed: int, rate: float) -> str:
    """How many of the eligible firms that were reached agreed to an interview."""
    return tr(
        N_("{part} of the {eligible} eligible firms that were reached agreed to an interview (response rate {rate})."),
        part=possessed(completed),
        eligible=eligible,
        rate=texts.percent(rate),
    )
