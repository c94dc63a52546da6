"""Scores by group of firms: index, indicators and need cells by size class, district and NACE division."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kume_desktop.scoring.analysis import GroupScore
from kume_desktop.scoring.breakdowns.disclosure import Group, Tables
from kume_desktop.scoring.breakdowns.suppression import SECONDARY, SHOWN, suppress
from kume_desktop.scoring.explanation.contributions import weights_in_force
from kume_desktop.scoring.index import index_under, means, scaled_levels
from kume_desktop.scoring.inputs import Areas, Firms, FloatArray, IntArray, Levels, Needs
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import FIRM_ROUTE, Method
from kume_desktop.scoring.needs import BEST, INADEQUATE
from kume_desktop.scoring.uncertainty.intervals import column_intervals, score_interval

SIZE, DISTRICT, NACE = "size_class", "district", "nace"
INDEX = ""
UNKNOWN = ""
ENOUGH = 10
WIDEST = 15.0
"""A figure from fewer than `ENOUGH` firms, or surer than +- `WIDEST` points of 100 only by luck, is indicative."""


def groups(
    areas: Areas,
    levels: Levels,
    needs: Needs,
    firms: Firms,
    method: Method,
    weights: Mapping[str, float] | None = None,
) -> tuple[GroupScore, ...]:
    """The figures of every group of every area: index, indicators, then need cells, suppressed where they must be.

    Break-downs (`by`): `size_class`, `district`, `nace` (the division, two digits); a firm whose group nobody knows
    stands in the group ''. A break-down of one group only is left out: it repeats the area. `mean` is the index for
    `what` '', else the mean on the preset's scale or of the answers 1-5; None where n = 0. No level is broken down on
    the route `panel`. `weights`: by firm id, where an index with weights for non-response is published as well.

    The index of a group follows from its indicators, so it is shown only where all of them are; and where one of them
    is hidden to protect another group, so is the index. That nobody answered (n = 0) is shown, also of a group whose
    other figures are hidden: `few` always means one or two firms.
    """
    labels = {firm: labels_of(firms, place) for place, firm in enumerate(firms.ids)}
    found: list[GroupScore] = []
    for place, code in enumerate(areas.codes):
        for family in _families(levels, needs, method, place):
            found += _family(code, family, [labels.get(firm, (UNKNOWN,) * 3) for firm in family.firms], weights)
    return tuple(found)


def labels_of(firms: Firms, place: int) -> tuple[str, str, str]:
    """Size class, district and NACE division of one firm, '' where unknown.

    The division is the first two digits of the code, however it is written: 10, 10.3, 10.31.02, 103102.
    """
    return firms.size_class[place], firms.district[place], firms.nace[place].replace(".", "")[:2]


@dataclass(frozen=True, slots=True)
class _Family:
    """Values (F, W) of one area that are broken down together: levels on the preset's scale, or need answers.

    `method` where they make an index. `points`: what one unit of a mean is worth in points of 100.
    """

    firms: tuple[str, ...]
    whats: tuple[str, ...]
    values: FloatArray
    low: float
    high: float
    points: float
    method: Method | None = None


def _families(levels: Levels, needs: Needs, method: Method, place: int) -> Iterator[_Family]:
    rows = np.flatnonzero(levels.area == place)
    if levels.route == FIRM_ROUTE and len(rows):
        scaled = scaled_levels(levels, method)[rows]
        yield _answered(
            _Family(
                tuple(levels.targets[row] for row in rows), method.indicator_codes, scaled,
                float(method.scale_min), float(method.scale_max), 100 / method.scale_max, method,
            )
        )  # fmt: skip
    rows = np.flatnonzero(needs.area == place)
    if len(rows) and needs.cells:
        answers = np.where(needs.answers[rows] > 0, needs.answers[rows], np.nan).astype(np.float64)
        asked = tuple(needs.firms[row] for row in rows)
        yield _answered(_Family(asked, needs.cells, answers, 1.0, float(BEST), 100 / (BEST - 1)))


def _answered(family: _Family) -> _Family:
    """The family without firms that have no value at all."""
    kept = np.flatnonzero((~np.isnan(family.values)).any(axis=1))
    return replace(family, firms=tuple(family.firms[row] for row in kept), values=family.values[kept])


@dataclass(frozen=True, slots=True)
class _Breakdown:
    """The groups of one break-down, '' last, and the group of every firm (F,)."""

    by: str
    names: tuple[str, ...]
    labels: IntArray


def _breakdowns(labels: Sequence[tuple[str, str, str]]) -> tuple[_Breakdown, ...]:
    found = []
    for column, by in enumerate((SIZE, DISTRICT, NACE)):
        own = [label[column] for label in labels]
        names = tuple(sorted(set(own), key=lambda name: (name == UNKNOWN, name)))
        if len(names) > 1:
            found.append(_Breakdown(by, names, np.array([names.index(name) for name in own], dtype=np.int64)))
    return tuple(found)


def _family(
    area: str, family: _Family, labels: Sequence[tuple[str, str, str]], weights: Mapping[str, float] | None
) -> list[GroupScore]:
    breakdowns = _breakdowns(labels)
    if not breakdowns:
        return []
    own = None if weights is None or family.method is None else [weights.get(firm, 1.0) for firm in family.firms]
    hidden = _hidden(family, breakdowns, None if own is None else np.array(own, dtype=np.float64))
    return [
        score
        for table, breakdown in enumerate(breakdowns)
        for place in range(len(breakdown.names))
        for score in _scores(area, family, breakdown, place, [states[table, place] for states in hidden])
    ]


def _hidden(family: _Family, breakdowns: Sequence[_Breakdown], weights: FloatArray | None) -> list[dict[Group, str]]:
    """Per `what` (the whole first, then each column) what is hidden of every group.

    What must be hidden of the whole is hidden of every column too: the same groups protect each other everywhere.
    """
    sizes = tuple(len(breakdown.names) for breakdown in breakdowns)
    labels = tuple(breakdown.labels for breakdown in breakdowns)
    whole = suppress(Tables(labels, sizes, weights=weights))
    forced = [group for group, state in whole.items() if state != SHOWN]
    columns = [_column(family, column, labels, sizes, forced) for column in range(len(family.whats))]
    for group, state in whole.items():
        if state == SHOWN and any(states[group] != SHOWN for states in columns):
            whole[group] = SECONDARY
    return [whole, *columns]


def _column(
    family: _Family, column: int, labels: tuple[IntArray, ...], sizes: tuple[int, ...], forced: Sequence[Group]
) -> dict[Group, str]:
    answered = ~np.isnan(family.values[:, column])
    values = family.values[answered, column]
    inadequate = () if family.method is not None else ((values <= INADEQUATE).astype(np.float64),)
    tables = Tables(tuple(own[answered] for own in labels), sizes, (values, *inadequate), span=family.high - family.low)
    return suppress(tables, forced)


@dataclass(frozen=True, slots=True)
class _Figure:
    """One figure of a group before it is decided whether it is shown; `points`: half its interval in points of 100."""

    what: str
    n: int
    mean: float | None
    share: float | None
    points: float | None


def _scores(
    area: str, family: _Family, breakdown: _Breakdown, place: int, states: Sequence[str]
) -> Iterator[GroupScore]:
    values = family.values[breakdown.labels == place]
    figures = _figures(family, values)
    if family.method is not None:
        yield _shown(area, breakdown, place, _index(family.method, values), states[0])
    for figure, state in zip(figures, states[1:], strict=True):
        yield _shown(area, breakdown, place, figure, state)


def _index(method: Method, values: FloatArray) -> _Figure:
    score = index_under(means(values)[0], method)
    weights = weights_in_force(method, np.asarray((~np.isnan(values)).any(axis=0)))
    interval, _ = score_interval(values, weights, method.scale_min, method.scale_max, None)
    return _Figure(INDEX, len(values), score, None, _half_width(interval, 1.0))


def _figures(family: _Family, values: FloatArray) -> Iterator[_Figure]:
    mean, n = means(values)
    low = (values <= INADEQUATE).sum(axis=0)
    intervals = column_intervals(values, family.low, family.high, None)
    for column, what in enumerate(family.whats):
        count = int(n[column])
        share = None if family.method is not None or not count else float(low[column] / count)
        own = float(mean[column]) if count else None
        yield _Figure(what, count, own, share, _half_width(intervals[column], family.points))


def _half_width(interval: Interval, points: float) -> float | None:
    if interval.low is None or interval.high is None:
        return None
    return points * (interval.high - interval.low) / 2


def _shown(area: str, breakdown: _Breakdown, place: int, figure: _Figure, state: str) -> GroupScore:
    name = breakdown.names[place]
    if state != SHOWN:
        return GroupScore(area, breakdown.by, name, figure.what, None, None, None, state, indicative=False)
    wide = figure.points is not None and figure.points > WIDEST
    return GroupScore(
        area, breakdown.by, name, figure.what, figure.n, figure.mean, figure.share, SHOWN, figure.n < ENOUGH or wide
    )
