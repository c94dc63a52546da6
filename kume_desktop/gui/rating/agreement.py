"""How far the raters agree and how each one drifts: tables, and each coefficient in one plain sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.cover import of_coefficients
from kume_desktop.gui.figures.grid import FactGrid, GridRow
from kume_desktop.scoring.uncertainty import known_gaps
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.analysis import Agreement, RaterDrift
    from kume_desktop.scoring.limits import Estimate, Interval
    from kume_desktop.scoring.method import Method

_SHORT = {
    "one-rater": N_("one rater"),
    "few": N_("under 10 firms"),
    "few-complete": N_("under 10 common firms"),
    "few-pairs": N_("under 10 common firms"),
    "no-variation": N_("always the same level"),
    "negative": N_("below chance"),
}
_SENTENCES = {
    "one-rater": N_("One rater: agreement needs two people who rated the same firm."),
    "few": N_("Under 10 firms: fewer than 10 firms were rated twice; a coefficient would say nothing yet."),
    "few-complete": N_("Under 10 common firms: no set of raters has rated the same 10 firms or more."),
    "few-pairs": N_("Under 10 common firms: no set of raters has rated the same 10 firms or more."),
    "no-variation": N_(
        "Always the same level: where every firm stands at one level, nothing could have shown who agrees."
    ),
    "negative": N_("Below chance: the raters agree less than two people who guess; look at the rubric together."),
    "no-disagreement": N_("A coefficient of 1 without an interval: there was not one difference to draw from."),
    "unstable": N_("A coefficient without an interval: too few firms vary for one."),
}
_TOGETHER = "\N{NO-BREAK SPACE}"
EXPLAINED = (
    N_("Krippendorff's alpha: 1 where raters always agree, 0 where they agree as often as chance; levels far apart "
       "weigh more, firms rated once do not count."),
    N_("ICC(A,1): how much of what differs between levels comes from the firms, not the raters, in one rater's level."),
    N_("ICC(A,k): the same for the mean of all raters of a firm; it is higher, because errors even out."),
    N_("Weighted kappa: agreement of two raters beyond chance; two levels apart count four times as much as one."),
    N_("Same level and within one level: the share of pairs, without regard to chance."),
)  # fmt: skip
DRIFT_EXPLAINED = (
    N_("From the others: own level minus the mean of the others on the same firms; above 0 is milder, below stricter."),
    N_("From the suggestion: own level minus what the rubric suggests, over all own ratings."),
    N_("Change: how the difference from the others moves, per 100 levels given; from 20 shared levels on."),
)


def agreement_grid(found: Sequence[Agreement], method: Method) -> FactGrid:
    """All indicators together, then each one."""
    heads = (
        "", _(N_("firms rated twice")), "alpha", "ICC(A,1)", "ICC(A,k)", _(N_("weighted kappa")),
        _(N_("same level")), _(N_("within one level")),
    )  # fmt: skip
    named = {one.code: words.capital(words.said(one.text)) for one in method.indicators}
    rows = [
        GridRow(
            one.indicator,
            (
                named.get(one.indicator, one.indicator) or _(N_("All indicators")), str(one.units),
                estimate(one.alpha), estimate(one.icc_single), estimate(one.icc_average), estimate(one.kappa),
                _share(one.exact), _share(one.within_one),
            ),
            strong=not one.indicator,
        )
        for one in found
    ]  # fmt: skip
    return FactGrid(_(N_("Agreement of the raters")), heads, rows)


def drift_grid(found: Sequence[RaterDrift]) -> FactGrid:
    """One line a rater."""
    heads = (
        _(N_("Rater")), _(N_("levels given")), _(N_("shared levels")), _(N_("from the others")),
        _(N_("from the suggestion")), _(N_("change per 100 levels")), _(N_("own interviews")),
    )  # fmt: skip
    rows = [
        GridRow(
            one.rater,
            (
                one.rater, str(one.ratings), str(one.shared), _signed_with(one.severity, one.interval),
                _signed(one.from_suggestion), _signed(one.slope), str(one.own_interviews),
            ),
        )
        for one in found
    ]  # fmt: skip
    return FactGrid(_(N_("Drift of the raters")), heads, rows)


def drift_reasons(found: Iterable[RaterDrift]) -> tuple[str, ...]:
    """Why a difference has no interval."""
    few = any(one.severity is not None and one.interval.reason for one in found)
    return (_(N_("A difference without an interval: fewer than 10 firms are shared.")),) if few else ()


def estimate(found: Estimate) -> str:
    """0,78 (0,62–0,88); in two or three words why there is none."""
    if found.value is None:
        return _(_SHORT[found.reason]) if found.reason in _SHORT else words.NOTHING
    span = words.fine_span(found.interval)
    value = texts.number(found.value, 2)
    return f"{value}{_TOGETHER}({span})" if span else value


def reasons(found: Iterable[Agreement]) -> tuple[str, ...]:
    """A sentence for each reason why a coefficient or its interval is missing, then what the intervals do not keep."""
    codes: dict[str, None] = {}
    has_interval = False
    for one in found:
        for each in (one.alpha, one.icc_single, one.icc_average, one.kappa):
            codes.update(dict.fromkeys(code for code in (each.reason, each.interval.reason) if code))
            has_interval = has_interval or each.interval.low is not None
    told = dict.fromkeys(_(_SENTENCES[code]) for code in codes if code in _SENTENCES)
    return (*told, *((of_coefficients(known_gaps.AGREEMENT_AT_END),) if has_interval else ()))


def base(overall: Agreement) -> str:
    """On how many firms and raters it all rests."""
    return tr(
        N_("{firms} firms rated twice or more by {raters} raters, before anything was agreed; intervals at 95 %, firms "
           "drawn anew"),
        firms=overall.units, raters=overall.raters,
    )  # fmt: skip


def _share(share: float | None) -> str:
    return words.NOTHING if share is None else texts.percent(share)


def _signed(value: float | None) -> str:
    if value is None:
        return words.NOTHING
    shown = texts.number(abs(value), 2)
    return shown if value == 0 else f"+{shown}" if value > 0 else f"−{shown}"


def _signed_with(value: float | None, interval: Interval) -> str:
    if value is None or interval.low is None or interval.high is None:
        return _signed(value)
    span = f"({_signed(interval.low)}{_TOGETHER}…{_TOGETHER}{_signed(interval.high)})"
    return f"{_signed(value)}{_TOGETHER}{span}"
