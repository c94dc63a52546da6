"""The analysis around the scores, composed: who answered, how sure the figures are, what lies behind them.

A part that does not apply is empty and named in `Analysis.skipped` with a reason code; nothing is left out silently.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import starmap

import numpy as np

from kume_desktop.scoring.analysis import (
    Agreement,
    Analysis,
    AreaResponse,
    CarelessEffect,
    CarelessFlag,
    GroupScore,
    RaterDrift,
    Reliability,
    WaveChange,
)
from kume_desktop.scoring.breakdowns.groups import groups
from kume_desktop.scoring.explanation.changes import changes
from kume_desktop.scoring.explanation.claims import claims
from kume_desktop.scoring.explanation.differences import differences
from kume_desktop.scoring.explanation.next_level import next_steps
from kume_desktop.scoring.explanation.strengths import strengths
from kume_desktop.scoring.explanation.suggestions import suggestions
from kume_desktop.scoring.index import HIGHEST_LEVEL, columns, score_areas, with_intervals
from kume_desktop.scoring.inputs import Areas, Around, Firms, Frame, IntArray, Levels, Needs
from kume_desktop.scoring.method import FIRM_ROUTE, Heading, Method
from kume_desktop.scoring.needs import score_needs
from kume_desktop.scoring.raters.report import agreement, drift
from kume_desktop.scoring.reliability.careless import careless
from kume_desktop.scoring.reliability.report import reliability
from kume_desktop.scoring.response.firm_weights import firm_weights
from kume_desktop.scoring.response.report import response
from kume_desktop.scoring.results import AreaScore, NeedMargins, NeedScore
from kume_desktop.scoring.uncertainty.intervals import column_intervals
from kume_desktop.scoring.uncertainty.leaving_out import leave_out
from kume_desktop.scoring.uncertainty.run import UncertaintyRun, uncertainty
from kume_desktop.scoring.uncertainty.sensitivity import sensitivity
from kume_desktop.scoring.uncertainty.settings import RunSettings

Steps = Callable[[int, int], None]
STEPS = 6
COEFFICIENT_REPLICATES = 2_000
"""Coefficients of raters and scales are description: fewer replicates than the index has are enough for them."""


def no_steps(done: int, of: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Material:
    """Everything one run takes."""

    areas: Areas
    levels: Levels
    needs: Needs
    method: Method
    around: Around
    settings: RunSettings

    @property
    def coefficients(self) -> RunSettings:
        """The settings of the replicates behind agreement and reliability."""
        return replace(self.settings, replicates=min(self.settings.replicates, COEFFICIENT_REPLICATES))


@dataclass(frozen=True, slots=True)
class Analysed:
    """Scores with their intervals, and the analysis around them; `analysis` None where there is none."""

    areas: tuple[AreaScore, ...]
    needs: tuple[NeedScore, ...]
    margins: tuple[NeedMargins, ...]
    expert_needs: tuple[NeedScore, ...]
    analysis: Analysis | None


@dataclass(slots=True)
class _Skipped:
    """What was not computed, in the order in which it was found."""

    parts: list[tuple[str, str]] = field(default_factory=list)

    def unless(self, reason: str, *parts: str) -> bool:
        """Note `parts` with a reason, where there is one; whether they can be computed."""
        self.parts += [(part, reason) for part in parts if reason]
        return not reason


def _with_level_intervals(areas: Sequence[AreaScore], given: Material, eligible_n: IntArray) -> tuple[AreaScore, ...]:
    """The intervals of the means of the levels 1-5 as given, beside those on the preset's scale."""
    if given.levels.route != FIRM_ROUTE:
        return tuple(areas)
    levels, confidence = columns(given.levels, given.method), given.settings.confidence
    found = []
    for place, area in enumerate(areas):
        n = int(eligible_n[place]) if eligible_n[place] >= 0 else None
        limits = column_intervals(levels[given.levels.area == place], 1, HIGHEST_LEVEL, n, confidence)
        told = tuple(replace(one, interval5=own) for one, own in zip(area.indicators, limits, strict=True))
        found.append(replace(area, indicators=told))
    return tuple(found)


def analyse(given: Material, progress: Steps = no_steps) -> Analysed:
    """Compute scores, intervals and everything around them, in six steps."""
    skipped = _Skipped()
    base = _base(given, skipped)
    progress(1, STEPS)
    run = uncertainty(given.areas, given.levels, given.method, base.eligible_n, given.settings)
    progress(2, STEPS)
    scored = score_areas(given.areas, given.levels, given.method)
    known = (int(n) if n >= 0 else None for n in base.eligible_n)
    areas = tuple(starmap(with_intervals, zip(scored, run.intervals, run.indicators, known, base.basis, strict=True)))
    areas = tuple(starmap(_without_short_list, zip(areas, _answered(given).tolist(), strict=True)))
    areas = _with_level_intervals(areas, given, base.eligible_n)
    confidence = given.settings.confidence
    cells, margins = score_needs(given.areas, given.needs, given.method, base.eligible_n, confidence)
    progress(3, STEPS)
    raters = _raters(given, skipped)
    progress(4, STEPS)
    analysis = _composed(given, areas, cells, run, base, raters, skipped)
    progress(5, STEPS)
    experts = _experts(given)
    progress(6, STEPS)
    return Analysed(areas, cells, margins, experts, analysis)


def uncertain(given: Material) -> UncertaintyRun:
    """The replicates alone, with the same N as `analyse`."""
    eligible_n = _base(given, _Skipped()).eligible_n
    return uncertainty(given.areas, given.levels, given.method, eligible_n, given.settings)


@dataclass(frozen=True, slots=True)
class _Base:
    """What the figures rest on: the response of every area, N (A,) with -1 where unknown, and what it rests on."""

    response: tuple[AreaResponse, ...]
    eligible_n: IntArray
    basis: tuple[str, ...]


def _base(given: Material, skipped: _Skipped) -> _Base:
    """N is that of the response, else of the list; unknown where more firms answered than it counts.

    Such an N is wrong: it corrects no interval and covers nothing, so that no figure is surer than it is.
    """
    answered = _answered(given)
    found = _response(given, answered, skipped)
    listed = [(None if n < 0 else int(n), "frame" if n >= 0 else "") for n in given.areas.frame_n]
    told = [(one.eligible_n, one.eligible_basis) for one in found] or listed
    known = [
        (-1, "") if n is None or n < least else (n, basis) for (n, basis), least in zip(told, answered, strict=True)
    ]
    for code, (n, _basis), stated in zip(given.areas.codes, known, _stated(given), strict=True):
        is_short = n < 0 <= stated
        skipped.unless("list-shorter-than-answers" if is_short else "", f"eligible_n:{code}")
    return _Base(found, np.array([n for n, _ in known], dtype=np.int64), tuple(basis for _, basis in known))


def _without_short_list(area: AreaScore, answered: int) -> AreaScore:
    """The score of an area without a list that holds fewer firms than answered: nothing is a share of it."""
    is_short = area.eligible_n is None and area.frame_n is not None and area.frame_n < answered
    return replace(area, frame_n=None) if is_short else area


def _stated(given: Material) -> IntArray:
    """N (A,) as staff entered it or the list holds it, however many answered; -1 where nobody knows it."""
    frame = given.around.frame
    if frame is None:
        return given.areas.frame_n
    return np.where(frame.eligible_n >= 0, frame.eligible_n, given.areas.frame_n)


def _response(given: Material, answered: IntArray, skipped: _Skipped) -> tuple[AreaResponse, ...]:
    firms, frame = given.around.firms, given.around.frame
    if firms is None or frame is None or not firms.ids:
        skipped.unless("no-firms", "response")
        return ()
    confidence = given.settings.confidence
    return response(given.areas, firms, frame, given.levels, given.method, confidence, answered)


def _answered(given: Material) -> IntArray:
    """Firms with a level or a need answer, per area; a panel's levels are no firm's."""
    count = len(given.areas.codes)
    asked = np.bincount(given.needs.area, minlength=count).astype(np.int64)
    if given.levels.route != FIRM_ROUTE:
        return asked
    return np.maximum(np.bincount(given.levels.area, minlength=count), asked).astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Raters:
    agreement: tuple[Agreement, ...]
    drift: tuple[RaterDrift, ...]


def _raters(given: Material, skipped: _Skipped) -> _Raters:
    ratings = given.around.ratings
    if ratings is None or not len(ratings.level):
        skipped.unless("no-ratings", "agreement", "drift")
        return _Raters((), ())
    reason = "one-rater" if len(ratings.raters) < 2 else ""
    agreed = agreement(ratings, given.coefficients) if skipped.unless(reason, "agreement") else ()
    return _Raters(agreed, drift(ratings, given.settings.confidence))


def _composed(
    given: Material,
    areas: Sequence[AreaScore],
    cells: Sequence[NeedScore],
    run: UncertaintyRun,
    base: _Base,
    raters: _Raters,
    skipped: _Skipped,
) -> Analysis:
    errors = dict(zip(given.areas.codes, run.errors, strict=True))
    stronger = strengths(areas, given.method)
    flags, effects = _careless(given, skipped)
    panel = "" if given.levels.route == FIRM_ROUTE else "panel"
    earlier = given.around.earlier
    changed = (
        changes(given.areas, given.levels, earlier, given.method, base.eligible_n, given.settings.confidence)
        if earlier is not None
        else ()
    )
    skipped.unless(_no_change(given, changed), "changes")
    skipped.unless("" if given.method.ideas else "no-ideas", "suggestions")
    skipped.unless(panel, "uncertainty", "claims")
    is_scored = skipped.unless("" if given.levels.targets else "no-levels", "sensitivity", "left_out")
    experts = given.around.expert_needs
    skipped.unless("no-expert-ratings" if experts is None or not experts.firms else "", "expert_needs")
    return Analysis(
        run=replace(run.facts, coefficient_replicates=given.coefficients.replicates),
        uncertainty=run.areas,
        sensitivity=sensitivity(given.areas, given.levels, given.method) if is_scored else (),
        left_out=leave_out(given.areas, given.levels, given.around.ratings, given.method) if is_scored else (),
        response=base.response,
        agreement=raters.agreement,
        drift=raters.drift,
        reliability=_reliability(given, skipped),
        careless=flags,
        careless_effect=effects,
        differences=differences(areas, errors, given.settings.confidence),
        strengths=stronger,
        next_steps=next_steps(areas, given.method),
        claims=claims(given.areas, given.levels),
        groups=_groups(given, skipped),
        changes=changed,
        suggestions=suggestions(areas, cells, stronger, given.method),
        skipped=tuple(skipped.parts),
    )


def _no_change(given: Material, changed: Sequence[WaveChange]) -> str:
    """Why there is no change since an earlier wave, '' where there is one."""
    earlier = given.around.earlier
    if earlier is None:
        return "one-wave"
    if not earlier.levels.targets:
        return "other-route-then"
    if not given.levels.targets:
        return "no-levels"
    return "" if changed else "no-area-in-both"


def _careless(given: Material, skipped: _Skipped) -> tuple[tuple[CarelessFlag, ...], tuple[CarelessEffect, ...]]:
    if not skipped.unless("" if given.needs.firms else "no-needs", "careless"):
        return (), ()
    return careless(given.areas, given.needs)


def _reliability(given: Material, skipped: _Skipped) -> tuple[Reliability, ...]:
    """The headings as scales of the levels as given, then the functions of the needs matrix; all areas together."""
    rules = given.method.needs
    functions = [
        Heading(each.code, each.text, tuple(cell.code for cell in rules.cells if cell.function == each.code))
        for each in rules.functions
    ]
    found: tuple[Reliability, ...] = ()
    on_firms = given.levels.route == FIRM_ROUTE
    reason = "panel" if not on_firms else "" if given.levels.targets else "no-levels"
    if skipped.unless(reason, "reliability"):
        found = reliability(given.levels.levels, given.levels.indicators, given.method.headings, given.coefficients)
    if given.needs.firms:
        answers = np.where(given.needs.answers > 0, given.needs.answers, np.nan).astype(np.float64)
        found += reliability(answers, given.needs.cells, functions, given.coefficients)
    return found


def _groups(given: Material, skipped: _Skipped) -> tuple[GroupScore, ...]:
    firms = given.around.firms
    if firms is None or not firms.ids:
        skipped.unless("no-firms", "groups")
        return ()
    weights = _weights(given, firms, given.around.frame) if given.around.frame is not None else None
    return groups(given.areas, given.levels, given.needs, firms, given.method, weights)


def _weights(given: Material, firms: Firms, frame: Frame) -> dict[str, float]:
    """Firm -> its weight for non-response: a weighted index beside the plain one could give a hidden group away."""
    at = {firm: place for place, firm in enumerate(firms.ids)}
    found: dict[str, float] = {}
    for place in range(len(given.areas.codes)):
        scored = np.flatnonzero((given.levels.area == place) & ~np.isnan(given.levels.levels).all(axis=1))
        own = [at[firm] for firm in (given.levels.targets[row] for row in scored) if firm in at]
        if own:
            sizes, districts = ([names[row] for row in own] for names in (firms.size_class, firms.district))
            weights = firm_weights(sizes, districts, firms.probability[own], frame, place).weights
            found |= {firms.ids[row]: float(weight) for row, weight in zip(own, weights, strict=True)}
    return found


def _experts(given: Material) -> tuple[NeedScore, ...]:
    """The second route of the needs matrix: what experts said of the cells; they are no sample of a list."""
    asked = given.around.expert_needs
    if asked is None or not len(asked.firms):
        return ()
    return score_needs(given.areas, asked, given.method, None, given.settings.confidence)[0]
