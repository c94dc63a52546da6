"""The plan of the demonstration study: which firm exists, what level it reaches, what it answers, who asked it when.

By quota and seeded: the area sums are 29, 25, 22, 18, 15, 14 every time. No clock, no database, no form.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import NormalDist
from zoneinfo import ZoneInfo

from kume_desktop.services.demonstration.parameters import LEVELS, AreaParameters, Parameters, quota

SIZE_CLASSES = ("1-9", "10-24", "25-49", "50-249", "250+")
STAFF = ((4, 9), (10, 24), (25, 49), (50, 249), (250, 900))
_ZONE = ZoneInfo("Europe/Istanbul")
_FIRST_DAY = datetime(2026, 9, 21, tzinfo=_ZONE)
_HOLIDAYS = frozenset({(10, 28), (10, 29)})
_WEEKS = 6
_SUNDAY = 6
_VISITS_A_DAY = 4
_OPENS, _HOURS_A_VISIT = 8.5, 2.1
_DIFFERENT_RATINGS = 0.10
_DOUBLE_RATINGS = 0.20
_UNRATED = 9
_NEED_CORRELATION = 0.3
_FIXED_ASSETS_NOT_APPLICABLE = 0.14
_TRADES: Mapping[str, tuple[str, str]] = {
    "iklimlendirme": ("Soğutma", "28.25.01"),
    "meyve_sebze": ("Konserve", "10.39.01"),
    "kimya": ("Kimya", "20.30.11"),
    "arac_ustu": ("Damper", "29.20.02"),
    "lojistik": ("Lojistik", "52.29.02"),
    "gelinlik": ("Abiye", "14.13.07"),
}


@dataclass(frozen=True, slots=True)
class PlannedRating:
    """One level given by one rater; round 1 is blind (one or two raters), round 2 what they agreed on."""

    indicator: str
    rater: str
    round: int
    level: int
    differs: bool


@dataclass(frozen=True, slots=True)
class PlannedFirm:
    """One firm of the sample; levels, needs and ratings only where the interview was completed."""

    number: int
    code: str
    name: str
    area: str
    district: str
    nace: str
    size_class: str
    staff: int
    interviewer: str
    outcome: str
    at: datetime
    minutes: float
    levels: Mapping[str, int]
    needs: Mapping[str, str]
    ratings: tuple[PlannedRating, ...]
    straight_liner: bool
    conflict: bool


def plan(parameters: Parameters) -> tuple[PlannedFirm, ...]:
    """All sampled firms in their order, the same for the same seed."""
    chance = random.Random(parameters.seed)
    firms: list[PlannedFirm] = []
    marked = _marked_firms(parameters, chance)
    for area in parameters.areas:
        firms.extend(_area_firms(parameters, area, len(firms), marked, chance))
    return _some_unrated(_on_days(firms, chance))


def _some_unrated(firms: Sequence[PlannedFirm]) -> tuple[PlannedFirm, ...]:
    """Leave the firms visited last without ratings, so that there is something to rate.

    Only firms rated once and as the rubric suggests: the suggestion then counts, and no figure changes.
    """
    plain = [
        firm
        for firm in firms
        if firm.ratings and not any(one.differs for one in firm.ratings) and len(firm.ratings) == len(firm.levels)
    ]
    waiting = {firm.code for firm in sorted(plain, key=lambda firm: firm.at)[-_UNRATED:]}
    return tuple(replace(firm, ratings=()) if firm.code in waiting else firm for firm in firms)


def _marked_firms(parameters: Parameters, chance: random.Random) -> tuple[set[tuple[str, int]], set[tuple[str, int]]]:
    """Which completed firms answer all ten cells alike, and which have two answers to one question."""
    places = [(area.code, place) for area in parameters.areas for place in range(area.completed)]
    drawn = chance.sample(places, parameters.straight_liners + parameters.conflicts)
    return set(drawn[: parameters.straight_liners]), set(drawn[parameters.straight_liners :])


def _area_firms(
    parameters: Parameters,
    area: AreaParameters,
    before: int,
    marked: tuple[set[tuple[str, int]], set[tuple[str, int]]],
    chance: random.Random,
) -> Iterator[PlannedFirm]:
    n = area.completed
    sizes = _dealt(area.sizes, n, chance)
    levels = _levels(parameters, area, sizes, chance)
    needs = [_needs(parameters, area, place, marked[0], chance) for place in range(n)]
    ratings = _ratings(parameters, levels, chance)
    outcomes = [name for name, count in area.outcomes.items() for _ in range(count)]
    others = _dealt(_left_on_list(area, sizes), len(outcomes) - n, chance)
    districts = _dealt(tuple(area.districts.values()), len(outcomes), chance)
    interviewers = _dealt(tuple(area.interviewers.values()), len(outcomes), chance)
    trade, nace = _TRADES[area.code]
    for place, outcome in enumerate(outcomes):
        size = sizes[place] if place < n else others[place - n]
        number = before + place + 1
        yield PlannedFirm(
            number=number,
            code=f"G{number:03d}",
            name=f"Gösterim {number:03d} {trade}",
            area=area.code,
            district=tuple(area.districts)[districts[place]],
            nace=nace,
            size_class=SIZE_CLASSES[size],
            staff=_staff(size, chance),
            interviewer=tuple(area.interviewers)[interviewers[place]],
            outcome=outcome,
            at=_FIRST_DAY,
            minutes=22.0 * chance.lognormvariate(0.0, 0.22),
            levels=levels[place] if place < n else {},
            needs=needs[place] if place < n else {},
            ratings=ratings[place] if place < n else (),
            straight_liner=(area.code, place) in marked[0],
            conflict=(area.code, place) in marked[1],
        )


def _left_on_list(area: AreaParameters, completed: Sequence[int]) -> list[int]:
    """Firms of the list by size class, less those that were interviewed."""
    listed = quota([share / sum(area.frame_sizes) for share in area.frame_sizes], area.frame_n)
    return [max(0, n - sum(size == place for size in completed)) for place, n in enumerate(listed)]


def _dealt(shares: Sequence[float], n: int, chance: random.Random) -> list[int]:
    """n places drawn by quota and shuffled."""
    total = sum(shares)
    counts = quota([share / total for share in shares], n)
    dealt = [place for place, count in enumerate(counts) for _ in range(count)]
    chance.shuffle(dealt)
    return dealt


def _staff(size: int, chance: random.Random) -> int:
    low, high = STAFF[size]
    return int(low * math.pow(high / low, chance.random()) + 0.5)


def _levels(
    parameters: Parameters, area: AreaParameters, sizes: Sequence[int], chance: random.Random
) -> list[dict[str, int]]:
    """Levels by quota, permuted so that those of one firm go together, and with its size."""
    general = _general_levels(parameters, sizes, chance)
    share = parameters.firm_correlation
    firms: list[dict[str, int]] = [{} for _ in sizes]
    for indicator, shares in area.levels.items():
        latent = [share**0.5 * value + (1 - share) ** 0.5 * chance.gauss(0, 1) for value in general]
        if indicator == "g7":
            for firm, size in zip(firms, sizes, strict=True):
                firm[indicator] = size + 1
            continue
        counts = quota(shares, len(sizes))
        ladder = [level for level, count in enumerate(counts, start=1) for _ in range(count)]
        for level, place in zip(ladder, sorted(range(len(sizes)), key=latent.__getitem__), strict=True):
            firms[place][indicator] = level
    return firms


def _general_levels(parameters: Parameters, sizes: Sequence[int], chance: random.Random) -> list[float]:
    """The general level of each firm, correlated with the rank of its size."""
    ranks = sorted(range(len(sizes)), key=lambda place: (sizes[place], chance.random()))
    normal = NormalDist()
    score = {place: normal.inv_cdf((rank + 0.5) / len(sizes)) for rank, place in enumerate(ranks)}
    share = parameters.size_correlation
    return [share * score[place] + (1 - share**2) ** 0.5 * chance.gauss(0, 1) for place in range(len(sizes))]


def _needs(
    parameters: Parameters, area: AreaParameters, place: int, straight: set[tuple[str, int]], chance: random.Random
) -> dict[str, str]:
    if (area.code, place) in straight:
        return dict.fromkeys(area.needs, "4" if chance.random() < 0.5 else "3")
    firm = chance.gauss(0, 1)
    return {cell: _need(parameters, area.code, cell, shares, firm, chance) for cell, shares in area.needs.items()}


def _need(
    parameters: Parameters, area: str, cell: str, shares: Sequence[float], firm: float, chance: random.Random
) -> str:
    """One answer 1..5 or a reserve answer; the firm's own level shifts it."""
    drawn = chance.random()
    latent = _NEED_CORRELATION**0.5 * firm + (1 - _NEED_CORRELATION) ** 0.5 * chance.gauss(0, 1)
    if drawn < parameters.does_not_know:
        return "dk"
    if drawn < parameters.does_not_know + parameters.no_answer:
        return "nr"
    if area == "lojistik" and cell.endswith("duran_varlik") and drawn > 1 - _FIXED_ASSETS_NOT_APPLICABLE:
        return "na"
    position = NormalDist().cdf(latent) * sum(shares)
    for answer, share in enumerate(shares, start=1):
        position -= share
        if position < 0:
            return str(answer)
    return str(LEVELS)


def _ratings(
    parameters: Parameters, levels: Sequence[Mapping[str, int]], chance: random.Random
) -> list[tuple[PlannedRating, ...]]:
    """First ratings that keep the quota, blind second ones on a fifth of the firms, and what was agreed.

    The first rater writes down what both agreed on. Second ratings are mostly those of one pair, so that there are
    enough firms for coefficients of pairs.
    """
    given = _differing(levels, chance)
    raters = tuple(parameters.raters)
    double = set(chance.sample(range(len(levels)), round(_DOUBLE_RATINGS * len(levels))))
    result: list[tuple[PlannedRating, ...]] = []
    for place, firm in enumerate(given):
        first = raters[place % len(raters)]
        second = raters[0] if first != raters[0] else raters[1]
        ratings = [
            PlannedRating(indicator, first, 1, level, level != levels[place][indicator])
            for indicator, level in firm.items()
        ]
        if place in double:
            ratings += _second_rater(parameters, second, levels[place], chance)
            ratings += [
                PlannedRating(indicator, first, 2, level, level != levels[place][indicator])
                for indicator, level in firm.items()
            ]
        result.append(tuple(ratings))
    return result


def _second_rater(
    parameters: Parameters, rater: str, levels: Mapping[str, int], chance: random.Random
) -> Iterator[PlannedRating]:
    severity = parameters.raters[rater]
    for indicator, level in levels.items():
        noise = 0.0 if indicator == "g7" else severity + chance.gauss(0, 0.35)
        given = min(LEVELS, max(1, round(level + noise)))
        yield PlannedRating(indicator, rater, 1, given, given != level)


def _differing(levels: Sequence[Mapping[str, int]], chance: random.Random) -> list[dict[str, int]]:
    """Swap neighbouring levels between pairs of firms, so that a tenth of the ratings differs and the counts stay."""
    given = [dict(firm) for firm in levels]
    for indicator in levels[0]:
        if indicator == "g7":
            continue
        pairs = [
            (low, high)
            for low in range(len(given))
            for high in range(len(given))
            if given[high][indicator] - given[low][indicator] == 1
        ]
        chance.shuffle(pairs)
        used: set[int] = set()
        for low, high in pairs:
            if len(used) + 2 > round(_DIFFERENT_RATINGS * len(given) * len(levels[0]) / (len(levels[0]) - 1)):
                break
            if used.isdisjoint((low, high)):
                used.update((low, high))
                given[low][indicator], given[high][indicator] = given[high][indicator], given[low][indicator]
    return given


def _on_days(firms: Sequence[PlannedFirm], chance: random.Random) -> tuple[PlannedFirm, ...]:
    """Give each visit a day and an hour: six weeks, no Sunday or holiday, at most four a day within working hours."""
    days = [
        day
        for day in (_FIRST_DAY + timedelta(days=offset) for offset in range(_WEEKS * 7))
        if day.weekday() != _SUNDAY and (day.month, day.day) not in _HOLIDAYS
    ]
    queues: dict[str, list[int]] = {}
    for place, firm in enumerate(firms):
        queues.setdefault(firm.interviewer, []).append(place)
    moments: dict[int, datetime] = {}
    for queue in queues.values():
        chance.shuffle(queue)
        working_days = -(-len(queue) // _VISITS_A_DAY)
        for turn, place in enumerate(queue):
            day = days[turn // _VISITS_A_DAY * len(days) // working_days]
            hour = _OPENS + turn % _VISITS_A_DAY * _HOURS_A_VISIT + chance.random()
            moments[place] = day + timedelta(minutes=round(hour * 60))
    return tuple(replace(firm, at=moments[place]) for place, firm in enumerate(firms))
