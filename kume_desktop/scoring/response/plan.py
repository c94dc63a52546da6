"""The sample plan of an area: how many firms to ask, in which strata, and the seeded draw with its reserve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

Z = 1.96
DEVIATION = 18.6
"""Standard deviation of a firm's index on 0-100 with ten indicators that correlate .4."""
HALF_WIDTH = 6.0
TAKE_ALL = 50
"""Lists up to this size are taken in full."""
CERTAIN_STAFF = 50
"""Firms with so many staff are taken with certainty; the caller marks their strata."""
FEWEST_COMPLETES = 5
"""Completed interviews that a stratum should expect; below, it is merged with a neighbour before the draw."""
SETTLED = 9


@dataclass(frozen=True, slots=True)
class StratumFrame:
    """A stratum of the list, in order of size: its firms, and whether all of them are taken."""

    name: str
    frame_n: int
    is_certain: bool = False


@dataclass(frozen=True, slots=True)
class PlannedStratum:
    """What is asked of a stratum: `members` are the strata of the list that were merged into it.

    `issue` firms are drawn, `completes` interviews are expected of them. `batches`: sizes of the reserve's release
    batches. `probability` of being issued at the start; `issue / frame_n`.
    """

    members: tuple[str, ...]
    frame_n: int
    is_certain: bool
    issue: int
    completes: float
    batches: tuple[int, ...]

    @property
    def probability(self) -> float:
        """The chance of a firm to be issued before any reserve is released."""
        return self.issue / self.frame_n if self.frame_n else 0.0

    def probability_with(self, batch: int) -> float:
        """The chance of a firm to be issued once the reserve is released up to `batch` (0: none of it).

        >>> PlannedStratum(("1-9",), 40, False, 10, 6.0, (5, 5)).probability_with(2)
        0.5
        """
        return (self.issue + sum(self.batches[:batch])) / self.frame_n if self.frame_n else 0.0


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """The plan of one area.

    `needed`: completed interviews for the half-width, from the formula. `issue` and `completes` are sums over the
    strata; `takes_all` where the whole list is asked. `half_width` is what was wished, `expected_half_width` what the
    expected completes give.
    """

    frame_n: int
    half_width: float
    deviation: float
    eligibility: float
    response: float
    needed: int
    takes_all: bool
    strata: tuple[PlannedStratum, ...]

    @property
    def issue(self) -> int:
        """Firms to be asked at the start."""
        return sum(one.issue for one in self.strata)

    @property
    def completes(self) -> float:
        """Interviews that are expected of them."""
        return sum(one.completes for one in self.strata)

    @property
    def reaches(self) -> bool:
        """Whether as many interviews are expected as are needed; a short list or a low response can forbid it."""
        return round(self.completes, SETTLED) >= self.needed

    @property
    def expected_half_width(self) -> float | None:
        """`1.96 x deviation x sqrt((1 - n/N) / n)` of the expected completes, N the eligible firms; None for none."""
        eligible = self.frame_n * self.eligibility
        if self.completes <= 0:
            return None
        left = max(0.0, 1 - self.completes / eligible)
        return float(Z * self.deviation * np.sqrt(left / self.completes))


def needed_completes(frame_n: int, half_width: float = HALF_WIDTH, deviation: float = DEVIATION) -> int:
    """`n = n0 / (1 + n0 / N)`, `n0 = (1.96 x deviation / half_width)^2`, rounded up: a mean, not a proportion.

    Source: Cochran (1977), Sampling Techniques, 4.5 with the finite-population correction.

    >>> [needed_completes(n) for n in (40, 60, 100, 200, 400)]
    [20, 23, 27, 32, 34]
    """
    if frame_n < 0 or half_width <= 0 or deviation <= 0:
        raise ValueError("a plan needs a list, a half-width and a deviation above 0")
    if frame_n == 0:
        return 0
    n0 = (Z * deviation / half_width) ** 2
    return ceil(round(n0 / (1 + n0 / frame_n), SETTLED))


def plan(
    frame_n: int,
    half_width: float = HALF_WIDTH,
    deviation: float = DEVIATION,
    eligibility: float = 1.0,
    response: float = 1.0,
    strata: Sequence[StratumFrame] = (),
    reserve: float = 0.5,
    batches: int = 2,
) -> SamplePlan:
    """Plan the sample of an area with `frame_n` firms on its list.

    Up to 50 firms: all are taken. Above: strata marked certain are taken in full, the needed completes are spread over
    the others in proportion to their size; strata that could expect fewer than 5 completes are merged with the
    neighbour in the given order that has fewer firms, before anything is drawn. Issued are
    `completes / (eligibility x response)`, rounded up, at most all. The reserve is `reserve` x issue per stratum,
    released in `batches`. Without `strata` the list is one stratum, named ''.
    Raises ValueError for shares outside 0-1 and for strata that do not sum to `frame_n`.

    >>> made = plan(
    ...     100,
    ...     eligibility=0.9,
    ...     response=0.75,
    ...     strata=[StratumFrame("1-9", 70), StratumFrame("10-49", 22), StratumFrame("50+", 8, True)],
    ... )
    >>> made.needed, [(one.members, one.issue, one.batches) for one in made.strata]
    (27, [(('1-9',), 28, (7, 7)), (('10-49',), 9, (3, 2)), (('50+',), 8, ())])
    """
    given = tuple(strata) or (StratumFrame("", frame_n),)
    if not (0 < eligibility <= 1 and 0 < response <= 1 and reserve >= 0 and batches >= 0):
        raise ValueError("eligibility and response lie above 0 and at most at 1")
    if sum(one.frame_n for one in given) != frame_n or any(one.frame_n < 0 for one in given):
        raise ValueError("the strata do not sum to the list")
    needed = needed_completes(frame_n, half_width, deviation)
    rate, takes_all = eligibility * response, frame_n <= TAKE_ALL
    certain = [_taken(one, rate) for one in given if takes_all or one.is_certain]
    rest = () if takes_all else tuple(one for one in given if not one.is_certain)
    sampled = _sampled(rest, needed / frame_n if frame_n else 0.0, rate, reserve, batches)
    order = {one.name: place for place, one in enumerate(given)}
    planned = sorted((*certain, *sampled), key=lambda one: order[one.members[0]])
    return SamplePlan(
        frame_n, half_width, deviation, eligibility, response, needed, takes_all, tuple(p for p in planned if p.frame_n)
    )


def _taken(one: StratumFrame, rate: float) -> PlannedStratum:
    return PlannedStratum((one.name,), one.frame_n, True, one.frame_n, one.frame_n * rate, ())


def _sampled(
    strata: Sequence[StratumFrame], share: float, rate: float, reserve: float, batches: int
) -> list[PlannedStratum]:
    """Merge what is too small, then issue `share` of the firms as completes."""
    cells: list[tuple[tuple[str, ...], int]] = [((one.name,), one.frame_n) for one in strata if one.frame_n]
    while len(cells) > 1:
        place = min(range(len(cells)), key=lambda at: cells[at][1])
        if round(cells[place][1] * share, SETTLED) >= FEWEST_COMPLETES:
            break
        beside = [at for at in (place - 1, place + 1) if 0 <= at < len(cells)]
        low, high = sorted((place, min(beside, key=lambda at: cells[at][1])))
        cells[low : high + 1] = [(cells[low][0] + cells[high][0], cells[low][1] + cells[high][1])]
    return [_planned(names, n, max(n * share, FEWEST_COMPLETES), rate, reserve, batches) for names, n in cells]


def _planned(
    members: tuple[str, ...], frame_n: int, wanted: float, rate: float, reserve: float, batches: int
) -> PlannedStratum:
    issue = min(frame_n, ceil(round(wanted / rate, SETTLED)))
    spare = min(frame_n - issue, ceil(round(issue * reserve, SETTLED))) if batches else 0
    sizes = tuple(spare // batches + (place < spare % batches) for place in range(batches)) if spare else ()
    return PlannedStratum(members, frame_n, False, issue, issue * rate, tuple(size for size in sizes if size))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A firm of the sample: `batch` 0 is issued at once, 1 and more wait in the reserve; `place` is its turn.

    `stratum` is the place of its stratum in the plan. `probability`: its chance to be issued when its batch is; once a
    batch is released, that of the batch holds for every firm of the stratum that was issued until then
    (`PlannedStratum.probability_with`).
    """

    firm: str
    stratum: int
    batch: int
    place: int
    probability: float


def draw(made: SamplePlan, firms: Sequence[tuple[str, str]], seed: int) -> tuple[Drawn, ...]:
    """Draw the sample from `firms`, pairs (id, stratum of the list), by `seed`; the order of `firms` plays no part.

    Within each stratum the firms are put into random order (PCG64): the first are issued, the next wait in the batches
    of the reserve, the rest are not drawn. Any released beginning of that order is a simple random sample.
    Raises ValueError for a firm twice, a stratum that is not planned, or numbers that differ from the plan's.

    >>> made = plan(60, response=0.5, eligibility=1.0)
    >>> sample = draw(made, [(f"F{n}", "") for n in range(60)], seed=7)
    >>> [sum(one.batch == batch for one in sample) for batch in (0, 1, 2)], sample[0].probability
    ([46, 7, 7], 0.7666666666666667)
    """
    place = {name: at for at, one in enumerate(made.strata) for name in one.members}
    unplanned = sorted({stratum for _, stratum in firms} - set(place))
    if unplanned or len({firm for firm, _ in firms}) != len(firms):
        raise ValueError(f"firms twice, or strata that are not planned: {unplanned}")
    generator = np.random.Generator(np.random.PCG64(seed))
    drawn: list[Drawn] = []
    for at, one in enumerate(made.strata):
        own = sorted(firm for firm, stratum in firms if place[stratum] == at)
        if len(own) != one.frame_n:
            raise ValueError(f"{len(own)} firms in a stratum that was planned for {one.frame_n}")
        drawn.extend(_in_turn(one, at, [own[turn] for turn in generator.permutation(len(own))]))
    return tuple(drawn)


def _in_turn(one: PlannedStratum, at: int, firms: Sequence[str]) -> list[Drawn]:
    ends = np.cumsum([one.issue, *one.batches])
    batches = np.searchsorted(ends, np.arange(int(ends[-1])), side="right")
    return [
        Drawn(firms[turn], at, int(batch), turn + 1, one.probability_with(int(batch)))
        for turn, batch in enumerate(batches)
    ]
