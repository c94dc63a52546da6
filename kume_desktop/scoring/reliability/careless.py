"""Signals of answers without care in the needs matrix, and what they do to the means; nothing is deleted.

Such signals are weak: in experiments the longest string and variation within a person are hardly better than chance and
consistency is better, but not good (Curran 2016; Meade & Craig 2012). They say where to look, not whom to leave out.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kume_desktop.scoring.analysis import CarelessEffect, CarelessFlag
from kume_desktop.scoring.index import means
from kume_desktop.scoring.inputs import Areas, BoolArray, FloatArray, IntArray, Needs
from kume_desktop.scoring.uncertainty.settings import FEWEST

LONGEST = 8
"""The same answer so many times running: chance does it to 1 in 700 firms where four answers in ten are alike."""
FEWEST_ANSWERS = 8
"""Answers below which a firm is not judged."""
AGAINST = 0.01
"""How rarely answers given at random run so much against the other firms of the area."""


def careless(areas: Areas, needs: Needs) -> tuple[tuple[CarelessFlag, ...], tuple[CarelessEffect, ...]]:
    """Flags per firm, in the order of `needs`, and their effect on every area, in the order of `areas`.

    A firm with at least 8 answers is looked at. `longstring`: the longest run of one answer in the order of the cells,
    unbroken, is at least 8. `no-variation`: all answers are equal (their standard deviation, IRV, is 0; Dunn et al.
    2018). `person-fit`: the correlation of its answers with the means of the other firms of the area lies below the
    limit that answers at random stay above in 99 of 100 cases (personal biserial, Donlon & Fischer 1968); areas with
    fewer than 10 firms, or whose cells do not differ, have no such signal.
    """
    answers = np.where(needs.answers > 0, needs.answers, np.nan).astype(np.float64)
    flags = tuple(
        CarelessFlag(needs.firms[row], areas.codes[int(needs.area[row])], signal, value, limit)
        for row in range(len(needs.firms))
        for signal, value, limit in _signals(answers, needs.area, row)
    )
    flagged = {flag.firm for flag in flags}
    marked = np.array([firm in flagged for firm in needs.firms], dtype=np.bool_)
    effects = tuple(
        _effect(code, answers[needs.area == place], marked[needs.area == place])
        for place, code in enumerate(areas.codes)
    )
    return flags, effects


def longest_string(answers: FloatArray) -> int:
    """The longest run of one answer in (C,); a missing answer breaks it.

    >>> longest_string(np.array([3.0, 3, np.nan, 3, 4, 4, 4]))
    3
    """
    longest = run = 0
    before = np.nan
    for answer in answers:
        run = run + 1 if answer == before else int(not np.isnan(answer))
        before, longest = answer, max(longest, run)
    return longest


def person_fit(own: FloatArray, others: FloatArray) -> float:
    """The correlation of one firm's answers (C,) with the means of the other firms (n, C); NaN where one is flat.

    >>> round(person_fit(np.array([1.0, 2, 3]), np.array([[2.0, 3, 5], [2, 3, 5]])), 4)
    0.982
    """
    profile, _ = means(others)
    both = ~np.isnan(own) & ~np.isnan(profile)
    x, y = own[both], profile[both]
    if len(x) < 3:
        return float("nan")
    x, y = x - x.mean(), y - y.mean()
    length = float(np.sqrt(np.sum(x**2) * np.sum(y**2)))
    return float(np.sum(x * y)) / length if length > 1e-12 else float("nan")


def fit_limit(cells: int) -> float:
    """The correlation over `cells` answers that unrelated ones stay above in 99 of 100 cases.

    >>> round(fit_limit(10), 3)
    -0.715
    """
    from scipy.special import stdtrit

    t = float(stdtrit(cells - 2, AGAINST))
    return t / float(np.sqrt(cells - 2 + t * t))


def _signals(answers: FloatArray, area: IntArray, row: int) -> Iterator[tuple[str, float, float]]:
    own = answers[row]
    present = own[~np.isnan(own)]
    if len(present) < FEWEST_ANSWERS:
        return
    longest = longest_string(own)
    if longest >= LONGEST:
        yield "longstring", float(longest), float(LONGEST)
    if np.ptp(present) == 0:
        yield "no-variation", 0.0, 0.0
    others = answers[(area == area[row]) & (np.arange(len(area)) != row)]
    others = others[~np.isnan(others).all(axis=1)]
    if len(others) + 1 < FEWEST:
        return
    fit, limit = person_fit(own, others), fit_limit(len(present))
    if fit < limit:
        yield "person-fit", fit, limit


def _effect(area: str, answers: FloatArray, flagged: BoolArray) -> CarelessEffect:
    return CarelessEffect(area, int(flagged.sum()), _overall(answers), _overall(answers[~flagged]))


def _overall(answers: FloatArray) -> float | None:
    """The unweighted mean of the cell means, as in the margins of the needs matrix; None where a cell is empty."""
    mean, _ = means(answers)
    return None if np.isnan(mean).any() or not len(mean) else float(mean.mean())
