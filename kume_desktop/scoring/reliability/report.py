"""Every heading (or need function) as a scale, with the reason where a figure would be meaningless."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kume_desktop.scoring.analysis import Reliability
from kume_desktop.scoring.inputs import FloatArray
from kume_desktop.scoring.limits import Estimate, Interval
from kume_desktop.scoring.parts import Heading
from kume_desktop.scoring.reliability import bootstrap, scale
from kume_desktop.scoring.uncertainty.settings import FEWEST, RunSettings

LOG_FROM = 60
"""Firms from which limits come from a bootstrap of log(1 - alpha) instead of Feldt's (Fisher's, for two items)."""
OMEGA_FROM = 50
"""Firms from which omega has an interval (Padilla & Divers 2013, 2016)."""
OMEGA_REPLICATES = 1000
AGAINST = 0.05
"""One-sided probability below which a negative item-rest correlation is no chance."""


def reliability(
    values: FloatArray, codes: Sequence[str], headings: Sequence[Heading], settings: RunSettings
) -> tuple[Reliability, ...]:
    """Each of `headings` as a scale over all firms of `values` (F, K), columns named by `codes`, NaN where missing.

    Only firms with all items of a scale count (`n`): nothing is imputed. A heading's items that are not among `codes`
    are left out of it. Reasons for no figure: `one-item`; `few`, below 10 firms; `no-variation`, all firms gave the
    same answers; `constant-item`; `reversed-item`, an item runs against the others; `negative`, the items cohere less
    than by chance; `two-items` (alpha, omega: see `spearman_brown`) and `not-two-items`; `heywood`, one factor does
    not fit. An estimate may stand without an interval: `identical` where all items are the same, for omega `few` below
    50 firms and `unstable`.
    """
    return tuple(_scale(values, codes, heading, settings) for heading in headings)


@dataclass(frozen=True, slots=True)
class _Answers:
    """The complete answers to a scale, items in the order of their codes and firms in one that no list decides."""

    items: FloatArray
    settings: RunSettings

    @property
    def n(self) -> int:
        return len(self.items)

    @property
    def k(self) -> int:
        return int(self.items.shape[1])

    def none(self, reason: str) -> Estimate:
        return Estimate(None, self.without(reason), reason)

    def without(self, reason: str) -> Interval:
        return Interval(None, None, self.settings.confidence, reason)

    def within(self, limits: tuple[float, float], how: str) -> Interval:
        return Interval(*limits, self.settings.confidence, "", how)


def _scale(values: FloatArray, codes: Sequence[str], heading: Heading, settings: RunSettings) -> Reliability:
    items = tuple(code for code in heading.indicators if code in codes)
    ordered = sorted(items)
    columns = values[:, [codes.index(code) for code in ordered]].reshape(len(values), len(items))
    complete = columns[~np.isnan(columns).any(axis=1)]
    answers = _Answers(complete[np.lexsort(complete.T)] if items else complete[:0], settings)
    rest = dict(zip(ordered, _item_rest(answers), strict=True))
    refusal = _refusal(answers, tuple(rest.values()))
    return Reliability(
        scale=heading.code,
        items=items,
        n=answers.n,
        alpha=answers.none(refusal or "two-items") if refusal or answers.k == 2 else _alpha(answers),
        omega=answers.none(refusal or "two-items") if refusal or answers.k == 2 else _omega(answers),
        spearman_brown=answers.none(refusal or "not-two-items") if refusal or answers.k != 2 else _two(answers),
        item_rest=tuple(rest[code] for code in items),
    )


def _item_rest(answers: _Answers) -> tuple[float | None, ...]:
    if answers.k < 2 or answers.n < FEWEST:
        return (None,) * answers.k
    return scale.item_rest(answers.items)


def _refusal(answers: _Answers, rest: tuple[float | None, ...]) -> str:
    if answers.k < 2:
        return "one-item"
    if answers.n < FEWEST:
        return "few"
    varies = np.ptp(answers.items, axis=0) > 0
    if not varies.any():
        return "no-variation"
    if not varies.all():
        return "constant-item"
    limit = _negative_limit(answers.n)
    if any(r is not None and r < limit for r in rest):
        return "reversed-item"
    return "" if scale.cronbach_alpha(answers.items) > 0 else "negative"


def _negative_limit(n: int) -> float:
    """The correlation of `n` firms below which chance alone comes in one of twenty samples."""
    from scipy.special import stdtrit

    t = float(stdtrit(n - 2, AGAINST))
    return t / float(np.sqrt(n - 2 + t * t))


def _alpha(answers: _Answers) -> Estimate:
    value = scale.cronbach_alpha(answers.items)
    confidence = answers.settings.confidence
    if value >= 1 - 1e-12:
        return Estimate(1.0, answers.without("identical"))
    if answers.n < LOG_FROM:
        limits = scale.feldt_interval(value, answers.n, answers.k, confidence)
        return Estimate(value, answers.within(limits, "feldt"))
    replicates = bootstrap.alpha_replicates(answers.items, answers.settings)
    limits = bootstrap.log_interval(value, replicates, answers.n, confidence)
    return Estimate(value, answers.within(limits, "log-bootstrap"))


def _omega(answers: _Answers) -> Estimate:
    value = scale.omega(answers.items)
    if np.isnan(value):
        return answers.none("heywood")
    if answers.n < OMEGA_FROM:
        return Estimate(value, answers.without("few"))
    replicates = bootstrap.omega_replicates(answers.items, answers.settings, OMEGA_REPLICATES)
    if np.mean(np.isnan(replicates)) > bootstrap.UNDEFINED_AT_MOST:
        return Estimate(value, answers.without("unstable"))
    limits = bootstrap.log_interval(value, replicates, answers.n, answers.settings.confidence)
    return Estimate(value, answers.within(limits, "log-bootstrap"))


def _two(answers: _Answers) -> Estimate:
    value = scale.spearman_brown(answers.items)
    if value >= 1 - 1e-12:
        return Estimate(1.0, answers.without("identical"))
    confidence = answers.settings.confidence
    if answers.n < LOG_FROM:
        return Estimate(value, answers.within(scale.spearman_brown_interval(answers.items, confidence), "fisher-z"))
    replicates = bootstrap.spearman_brown_replicates(answers.items, answers.settings)
    limits = bootstrap.log_interval(value, replicates, answers.n, confidence)
    return Estimate(value, answers.within(limits, "log-bootstrap"))
