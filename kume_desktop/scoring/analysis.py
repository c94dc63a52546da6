"""What the analysis around the scores returns: each figure with its base, or the reason why there is none.

`Interval` and `Estimate` carry a reason code instead of numbers where a figure would be meaningless. Areas are named
by code, indicators by code, firms by unit id.
"""

from __future__ import annotations

from dataclasses import dataclass

from kume_desktop.scoring.limits import Estimate, Interval


@dataclass(frozen=True, slots=True)
class RunFacts:
    """How the replicates were made: enough to make them again.

    `coefficient_replicates`: of the intervals of agreement and reliability.
    """

    seed: int
    replicates: int
    confidence: float
    weights: str  # how weights were varied, a code
    aggregations: tuple[str, ...]
    imputations: tuple[str, ...]
    pseudo_firm: float
    coefficient_replicates: int = 0


# --- uncertainty ---


@dataclass(frozen=True, slots=True)
class RankBand:
    """The places an area can have, 1 is the highest index; `low` <= `high`."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class AreaUncertainty:
    """What the replicates say of one area.

    `sampling` and `joint` are the probabilities of categories 1.. (sum 1): from the choice of firms alone, and with
    weights, aggregation and missing data varied too. `joint_interval` is the hull of the 2.5-97.5 % range of the joint
    run and the area's sampling interval: it holds at least 95 % of the results, and never less than the sampling
    interval does. Bands: `by_method` (5-95 % over the choices), `by_sampling` (pairwise confidence sets), `by_both`.
    `reason` where the area has too few firms for replicates (then tuples are empty and bands None).
    """

    area: str
    standard_error: float | None
    sampling: tuple[float, ...]
    joint: tuple[float, ...]
    joint_interval: Interval
    by_method: RankBand | None
    by_sampling: RankBand | None
    by_both: RankBand | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One combination of the discrete choices of the exact factorial, and the score of the area under it."""

    weights: str
    aggregation: str
    missing: str
    collapse: str
    score: float | None
    category: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the variance over the choices a factor explains: alone, and with all its interactions."""

    factor: str
    first_order: float
    total: float


@dataclass(frozen=True, slots=True)
class AreaSensitivity:
    """The exact factorial of one area; `shares` is empty where nothing moves the score."""

    area: str
    choices: tuple[Choice, ...]
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The score of an area without one indicator, firm or rater (`kind`); `change` against the score in force."""

    area: str
    kind: str
    what: str
    score: float | None
    change: float | None
    category: int | None
    published_index: int | None


# --- response ---


@dataclass(frozen=True, slots=True)
class StratumResponse:
    """The fieldwork of one stratum (size class) of an area; `frame_n` None where nobody entered it."""

    stratum: str
    frame_n: int | None
    issued: int
    completed: int
    partial: int
    refused: int
    not_reached: int
    ineligible: int
    duplicate: int
    pending: int


@dataclass(frozen=True, slots=True)
class WeightedScore:
    """The score with weights for non-response beside the unweighted one.

    `how`: `post-stratified`, `raked` or "" with a `reason`. `deff` = 1 + cv^2 (Kish), `n_eff` = n / deff.
    `collapsed` names strata that were merged because they held too few firms; `trimmed` counts weights that were cut.
    """

    how: str
    score: float | None
    interval: Interval
    category: int | None
    published_index: int | None
    deff: float | None
    n_eff: float | None
    collapsed: tuple[str, ...]
    trimmed: int
    iterations: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AreaResponse:
    """Who answered in an area and what that means for its index.

    `eligible_n` with its `eligible_basis` (`entered`, `estimated`, `frame`, ''). Rates are AAPOR-style shares:
    `response_rate` completed / eligible, `contact_rate`, `cooperation_rate`, `refusal_rate`; None where nobody was
    issued. `employment_share`: staff of the firms that answered of all staff on the list. `one_lower`, `one_higher`:
    the index if every eligible firm that did not answer stood one level lower or higher on every indicator.
    `staff_unknown`: firms that answered whose head-count nobody knows; they are missing from `employment_share`.
    `employment_state`: why that share must not be published, `few` or `dominated`; '' where it may.
    """

    area: str
    strata: tuple[StratumResponse, ...]
    total: StratumResponse
    eligible_n: int | None
    eligible_basis: str
    covered_share: float | None
    employment_share: float | None
    response_rate: float | None
    contact_rate: float | None
    cooperation_rate: float | None
    refusal_rate: float | None
    weighted: WeightedScore
    one_lower: float | None
    one_higher: float | None
    staff_unknown: int = 0
    employment_state: str = ""


# --- raters and reliability ---


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far raters agree on an indicator ('' for all of them): firms rated twice or more, and the coefficients."""

    indicator: str
    units: int
    raters: int
    alpha: Estimate  # Krippendorff, ordinal
    icc_single: Estimate  # ICC(A,1)
    icc_average: Estimate  # ICC(A,k)
    kappa: Estimate  # quadratic weights; pairs
    exact: float | None  # share of pairs with the same level
    within_one: float | None
    icc_raters: tuple[str, ...] = ()  # who rated every row that the ICC rests on
    icc_rows: int = 0
    kappa_pairs: int = 0  # pairs of raters whose kappas were averaged


@dataclass(frozen=True, slots=True)
class RaterDrift:
    """One rater against the others on firms that several rated, and against the rubric's suggestion.

    `severity` > 0: higher levels than the others. `slope`: change of that difference from the rater's first to the
    last rating, per 100 ratings, None below 20 shared levels.
    """

    rater: str
    ratings: int
    shared: int
    severity: float | None
    interval: Interval
    from_suggestion: float | None
    slope: float | None
    own_interviews: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """One heading (or need function) as a scale: description, never a gate.

    `items` by code. `alpha` with Feldt's interval below n = 60, of log(1 - alpha) above; `omega` for three or more
    items, `spearman_brown` for two. `item_rest` per item, None where it is constant.
    """

    scale: str
    items: tuple[str, ...]
    n: int
    alpha: Estimate
    omega: Estimate
    spearman_brown: Estimate
    item_rest: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class CarelessFlag:
    """A signal that answers were given without care: `signal` is `longstring`, `no-variation` or `person-fit`."""

    firm: str
    area: str
    signal: str
    value: float
    limit: float


@dataclass(frozen=True, slots=True)
class CarelessEffect:
    """Mean of the need cells of an area with all firms and without the flagged ones; nothing is deleted."""

    area: str
    flagged: int
    overall: float | None
    overall_without: float | None


# --- explanation ---


@dataclass(frozen=True, slots=True)
class Part:
    """What one indicator adds to a difference, in index points."""

    indicator: str
    points: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Score of `first` minus score of `second`, in points, exactly the sum of its parts."""

    first: str
    second: str
    points: float
    interval: Interval
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Strength:
    """How far an indicator lies from the mean of its area: `distance` in levels, `widths` in half interval widths.

    `kind`: `strength`, `weakness` or '' where the distance is within one half width.
    """

    area: str
    indicator: str
    distance: float
    widths: float | None
    kind: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """One firm-level step that raises an indicator to the next published level.

    `missing`: how much the mean lacks to be rounded up; `firms`: at least so many firms must rise one level on the
    preset's scale. Index and category (unrounded and published) after that step.
    """

    area: str
    indicator: str
    missing: float
    firms: int
    score: float
    category: int
    published_index: int
    published_category: int


@dataclass(frozen=True, slots=True)
class Claim:
    """Levels 4 and 5 of an area (indicator '' = all) and how many rest on a document that was seen."""

    area: str
    indicator: str
    high: int
    documented: int
    stated: int
    unsaid: int


@dataclass(frozen=True, slots=True)
class GroupScore:
    """A score or a need cell in one group (size class, district, NACE) of an area.

    `suppressed`: '' shown, `few` n < 3, `secondary` could be worked out from other cells; numbers are None then.
    `what` is '' for the index, else the code of the indicator or cell. `indicative`: n < 10.
    """

    area: str
    by: str
    group: str
    what: str
    n: int | None
    mean: float | None
    inadequate_share: float | None
    suppressed: str
    indicative: bool


@dataclass(frozen=True, slots=True)
class WaveChange:
    """Change of an area since the earlier wave: paired on the firms of both, independent on the rest.

    Both waves by the method of now. `unlike`: codes of what was otherwise then, so that the change may not be one of
    the area: `other-method`, `other-rubrics`, `not-nearest` (waves between have no levels), `other-indicators` (those
    in `only_then` were scored then alone, those in `only_now` now alone).
    """

    area: str
    earlier: str
    before: float
    after: float
    change: float
    interval: Interval
    paired: int
    only_before: int
    only_after: int
    detectable: float | None
    holm_p: float | None
    unlike: tuple[str, ...] = ()
    only_then: tuple[str, ...] = ()
    only_now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A policy idea for the weakest cells and indicators of an area: `what` is the code, `kind` `cell`/`indicator`."""

    area: str
    kind: str
    what: str
    text_tr: str
    text_en: str
    origin: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything around the scores, computed in one run; a part that does not apply is empty and says so in `skipped`.

    `skipped`: (part, reason code) for every part that was not computed.
    """

    run: RunFacts
    uncertainty: tuple[AreaUncertainty, ...]
    sensitivity: tuple[AreaSensitivity, ...]
    left_out: tuple[LeftOut, ...]
    response: tuple[AreaResponse, ...]
    agreement: tuple[Agreement, ...]
    drift: tuple[RaterDrift, ...]
    reliability: tuple[Reliability, ...]
    careless: tuple[CarelessFlag, ...]
    careless_effect: tuple[CarelessEffect, ...]
    differences: tuple[Difference, ...]
    strengths: tuple[Strength, ...]
    next_steps: tuple[NextStep, ...]
    claims: tuple[Claim, ...]
    groups: tuple[GroupScore, ...]
    changes: tuple[WaveChange, ...]
    suggestions: tuple[Suggestion, ...]
    skipped: tuple[tuple[str, str], ...]

    def uncertainty_of(self, area: str) -> AreaUncertainty | None:
        """The replicates' view of an area; None on a route without replicates."""
        return next((one for one in self.uncertainty if one.area == area), None)

    def response_of(self, area: str) -> AreaResponse | None:
        """Who answered in an area."""
        return next((one for one in self.response if one.area == area), None)
