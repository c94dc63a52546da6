"""What must hold for a method, and what differs between two of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING, cast

from kume_desktop.problems import Problem, problem, warning
from kume_desktop.scoring.parts import Change, Words
from kume_desktop.scoring.reading import MISSING_RULES

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method

HIGHEST_RATIO = 0.10
"""Pairwise comparisons with a higher consistency ratio contradict each other (Saaty 1980)."""

Fact = str | float | None


def problems_of(method: Method) -> Iterator[Problem]:
    """The problems of a method, errors and warnings, in the order of its page."""
    yield from _weights(method)
    yield from _basis(method)
    yield from _scale(method)
    yield from _rules(method)
    yield from _needs(method)


def _is_positive(value: float) -> bool:
    return isfinite(value) and value > 0


def _weights(method: Method) -> Iterator[Problem]:
    for code in method.indicator_codes:
        if not _is_positive(method.weights.get(code, 0.0)):
            yield problem("scoring.weight-not-positive", indicator=code)
    for code in sorted(set(method.weights) - set(method.indicator_codes)):
        yield problem("scoring.indicator-unknown", indicator=code)
    headings = {heading.code for heading in method.headings}
    wanted = headings | set(method.heading_weights) if method.heading_weights else set()
    for code in sorted(wanted):
        if code not in headings or not _is_positive(method.heading_weights.get(code, 0.0)):
            yield problem("scoring.heading-weight", heading=code)


def _basis(method: Method) -> Iterator[Problem]:
    match method.weight_source:
        case "budget":
            shares = {expert: cast("Mapping[str, float]", points) for expert, points in method.weight_basis.items()}
            for expert, points in shares.items():
                yield from _points(method, expert, points)
            for code in method.indicator_codes if shares else ():
                if not any(points.get(code, 0.0) for points in shares.values()):
                    yield problem("scoring.weight-not-positive", indicator=code)
        case "ahp":
            compared = {"headings": tuple(heading.code for heading in method.headings)}
            compared |= {heading.code: heading.indicators for heading in method.headings}
            for place, codes in compared.items():
                yield from _comparisons(
                    place, codes, cast("Sequence[Sequence[float]]", method.weight_basis.get(place, ()))
                )
        case "equal" | "entered":
            return
        case other:
            yield problem("scoring.weight-source", source=other)


def _points(method: Method, expert: str, points: Mapping[str, float]) -> Iterator[Problem]:
    """Every expert shares out 100 points, none below 0."""
    known = set(points) <= set(method.indicator_codes)
    if not known or any(not isfinite(p) or p < 0 for p in points.values()) or abs(sum(points.values()) - 100) > 1e-6:
        yield problem("scoring.budget-points", expert=expert, total=round(float(sum(points.values())), 2))


def _comparisons(place: str, codes: Sequence[str], matrix: Sequence[Sequence[float]]) -> Iterator[Problem]:
    """A matrix of pairwise comparisons is square and reciprocal (`a_ij > 0`, `a_ij x a_ji = 1`), and holds together."""
    size = len(codes)
    if len(matrix) != size or any(len(row) != size for row in matrix):
        yield problem("scoring.ahp-size", place=place, size=size)
        return
    clashes = [
        problem("scoring.ahp-not-reciprocal", first=codes[i], second=codes[j])
        for i in range(size)
        for j in range(i, size)
        if not (_is_positive(matrix[i][j]) and _is_positive(matrix[j][i]))
        or abs(matrix[i][j] * matrix[j][i] - 1) > 1e-6
    ]
    yield from clashes
    if not clashes:
        yield from _consistency(place, matrix)


def _consistency(place: str, matrix: Sequence[Sequence[float]]) -> Iterator[Problem]:
    import numpy as np

    from kume_desktop.scoring.weights.ahp import ahp_weights

    ratio = ahp_weights(np.array(matrix, dtype=np.float64))[1]
    if ratio > HIGHEST_RATIO:
        yield warning("scoring.ahp-inconsistent", place=place, ratio=round(float(ratio), 3))


def _scale(method: Method) -> Iterator[Problem]:
    if not method.indicators:
        return
    if method.scale_min >= method.scale_max or method.scale_min < 0:
        yield problem("scoring.scale", low=method.scale_min, high=method.scale_max)
    elif not _is_table(method):
        yield problem("scoring.collapse", low=method.scale_min, high=method.scale_max)
    inside = all(isfinite(cut) and 0 < cut < 1 for cut in method.cuts)
    if not inside or not method.cuts or any(high <= low for high, low in pairwise(method.cuts)):
        yield problem("scoring.cuts-not-falling", preset=method.preset)
    elif method.categories and len(method.categories) != len(method.cuts) + 1:
        yield problem("scoring.cuts-and-categories", cuts=len(method.cuts), categories=len(method.categories))


def _is_table(method: Method) -> bool:
    """Whether every level has a place on the scale and no level a lower one than the level below it."""
    steps = [method.collapse.get(level, 0) for level in range(1, 6)]
    inside = all(method.scale_min <= step <= method.scale_max for step in steps)
    return inside and all(low <= high for low, high in pairwise(steps))


def _rules(method: Method) -> Iterator[Problem]:
    if not 0 <= method.min_scored <= len(method.indicators):
        yield problem("scoring.min-scored", number=method.min_scored, indicators=len(method.indicators))
    if method.missing_rule not in MISSING_RULES:
        yield problem("scoring.missing-rule", rule=method.missing_rule)
    if method.aggregation != "arithmetic":
        yield problem("scoring.aggregation", aggregation=method.aggregation)


def _needs(method: Method) -> Iterator[Problem]:
    limits = method.needs.bands
    if any(low >= high for low, high in pairwise((1.0, *limits, 5.0))):
        yield problem("scoring.bands-not-rising")
    rules = method.needs
    if not (1 <= rules.critical_mean <= 5 and 1 <= rules.need_below <= 5 and 0 < rules.critical_share <= 1):
        yield problem("scoring.need-limits")


def changes_between(old: Method, new: Method) -> tuple[Change, ...]:
    """Every rule and text in which `new` differs from `old`: first in the order of `old`, then what only `new` has.

    What belongs to the questionnaires is left out: need cells with their names, labels of the scale, kinds of evidence.
    """
    before, after = dict(_facts(old)), dict(_facts(new))
    return tuple(
        Change(kind, code, before.get((kind, code)), after.get((kind, code)))
        for kind, code in dict.fromkeys((*before, *after))
        if before.get((kind, code)) != after.get((kind, code))
    )


def _facts(method: Method) -> Iterator[tuple[tuple[str, str], Fact]]:
    """Every rule and text of a method by (kind, code), in the order of its page."""
    yield ("name", ""), _both(method.name)
    # A stored method has its weights in the order of their codes: g1, g10, g2.
    known = [code for code in method.indicator_codes if code in method.weights]
    yield from ((("weight", code), method.weights[code]) for code in dict.fromkeys((*known, *method.weights)))
    yield from ((("heading_weight", code), weight) for code, weight in method.heading_weights.items())
    yield ("weight_source", ""), method.weight_source
    # The consistency ratios follow from the comparisons: they are no rule of their own.
    own = "ratios" if method.weight_source == "ahp" else None
    told = {place: basis for place, basis in method.weight_basis.items() if place != own}
    yield from ((("basis", place), json.dumps(basis, sort_keys=True)) for place, basis in told.items())
    yield from ((("cut", str(place)), cut) for place, cut in enumerate(method.cuts, start=1))
    yield ("min_scored", ""), method.min_scored
    yield ("missing_rule", ""), method.missing_rule
    yield ("aggregation", ""), method.aggregation
    yield ("scale", "min"), method.scale_min
    yield ("scale", "max"), method.scale_max
    yield from ((("collapse", str(level)), step) for level, step in method.collapse.items())
    yield ("decimals", ""), method.decimals
    yield ("level_source", ""), " ".join(method.level_source)
    yield from ((("heading", h.code), f"{_both(h.text)}: {' '.join(h.indicators)}") for h in method.headings)
    yield from ((("indicator", one.code), _both(one.text)) for one in method.indicators)
    yield from _texts(method)


def _texts(method: Method) -> Iterator[tuple[tuple[str, str], Fact]]:
    yield from ((("category", one.code), _both(one.text)) for one in method.categories)
    yield from ((("policy", f"{p.category}.{p.order}"), _both(p.text)) for p in method.policy_texts)
    counted: dict[str, int] = {}
    for idea in method.ideas:
        counted[idea.what] = counted.get(idea.what, 0) + 1
        yield ("idea", f"{idea.what}.{counted[idea.what]}"), _both(idea.text)
    rules = method.needs
    yield ("need", "need_below"), rules.need_below
    yield ("need", "critical_mean"), rules.critical_mean
    yield ("need", "critical_share"), rules.critical_share
    yield from ((("need", f"band_{place}"), limit) for place, limit in enumerate(rules.bands, start=1))


def _both(text: Words) -> str:
    return f"{text.tr} / {text.en}" if text.en else text.tr
