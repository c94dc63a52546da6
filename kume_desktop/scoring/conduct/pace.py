"""How long questions usually take in this study, and how an interview stands to that: medians, no means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Times = Mapping[str, float]
"""Question -> its active time; any unit, the same throughout."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The middle half of `n` values (quartiles by linear interpolation) and their median."""

    low: float
    median: float
    high: float
    n: int

    def times(self, factor: float) -> Usual:
        """The same in another unit."""
        return Usual(self.low * factor, self.median * factor, self.high * factor, self.n)


def usual(values: Sequence[float], fewest: int) -> Usual | None:
    """What is usual among `values`; None where there are fewer than `fewest`.

    >>> usual([1, 2, 3, 4, 5], 5)
    Usual(low=2.0, median=3.0, high=4.0, n=5)
    >>> usual([1, 2], 3) is None
    True
    """
    if len(values) < max(1, fewest):
        return None
    low, median, high = np.quantile(np.asarray(values, dtype=np.float64), [0.25, 0.5, 0.75])
    return Usual(float(low), float(median), float(high), len(values))


def medians(interviews: Sequence[Times], fewest: int) -> dict[str, Usual]:
    """What is usual for each question that at least `fewest` of the interviews were asked; the others are left out."""
    by_question: dict[str, list[float]] = {}
    for times in interviews:
        for question, time in times.items():
            by_question.setdefault(question, []).append(time)
    found = {question: usual(times, fewest) for question, times in by_question.items()}
    return {question: each for question, each in found.items() if each is not None}


def expected(times: Times, known: Mapping[str, Usual]) -> tuple[float, float]:
    """What these questions took, and what their medians add up to; questions without a median count in neither.

    >>> expected({"a": 3.0, "b": 9.0}, {"a": Usual(1, 2, 3, 10)})
    (3.0, 2)
    """
    compared = [question for question in times if question in known]
    return sum(times[each] for each in compared), sum(known[each].median for each in compared)


def paces(interviews: Sequence[Times], known: Mapping[str, Usual]) -> list[float | None]:
    """Each interview's time as a share of what its own questions usually take: 1 is usual, 0.5 half as long.

    Skips make no interview fast: only the questions that were asked are compared. None where none can be.
    """
    found = (expected(times, known) for times in interviews)
    return [took / awaited if awaited > 0 else None for took, awaited in found]


def usual_duration(
    times: Times, known: Mapping[str, Usual], all_paces: Sequence[float | None], fewest: int
) -> Usual | None:
    """The range in which the same questions usually lie, in the unit of `times`: the middle half of all paces."""
    among = usual([pace for pace in all_paces if pace is not None], fewest)
    _took, awaited = expected(times, known)
    return among.times(awaited) if among is not None and awaited > 0 else None


def short_questions(times: Times, known: Mapping[str, Usual], share: float) -> tuple[int, int]:
    """How many questions took less than `share` of their median, and of how many that can be said.

    >>> short_questions({"a": 0.5, "b": 4.0}, {"a": Usual(1, 2, 3, 10), "b": Usual(1, 2, 3, 10)}, 0.33)
    (1, 2)
    """
    compared = [question for question in times if question in known]
    return sum(times[each] < share * known[each].median for each in compared), len(compared)
