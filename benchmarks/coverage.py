"""How often the published 95 % intervals hold the true value, by simulation with fixed seeds.

Finite lists are drawn first, then n of their N firms without replacement; the true value is that of the list. Without
N the true value is that of the answers' distribution. Printed: the cover of every case in per cent, with `!` where it
leaves 93-97. The figure of the benchmark is the share of the cases inside 93-97, against all of them.

A round is 1,000 simulations of an interval and 100 of the replicates (1,000 replicates each).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.measure import Measurement, tell
from kume_desktop.scoring.inputs import BoolArray, FloatArray
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.parts import Heading, Named, NeedsMethod, Words
from kume_desktop.scoring.uncertainty.intervals import column_intervals, score_interval
from kume_desktop.scoring.uncertainty.joint import JointRun, joint_run
from kume_desktop.scoring.uncertainty.ranks import sampling_bands
from kume_desktop.scoring.uncertainty.settings import RunSettings

ROUNDS = 10
SEED = 2013
SIZES = (10, 20, 30, 120)
ITEMS = 10
CORRELATION = 0.4
GAPS = 0.15
INSIDE = (0.93, 0.97)
ANSWERS = {
    "symmetric": (0.10, 0.20, 0.40, 0.20, 0.10),
    "skewed": (0.05, 0.10, 0.20, 0.35, 0.30),
    "ceiling": (0.01, 0.02, 0.07, 0.20, 0.70),
}
PROFILES: dict[str, tuple[tuple[float, ...], float]] = {
    "mid (67)": ((0.15, 0.20, 0.30, 0.20, 0.15), CORRELATION),
    "skewed (83)": ((0.05, 0.10, 0.20, 0.35, 0.30), CORRELATION),
    "high (89)": ((0.02, 0.06, 0.17, 0.35, 0.40), CORRELATION),
    "ceiling (96)": (ANSWERS["ceiling"], CORRELATION),
    "mid, r = 0": ((0.15, 0.20, 0.30, 0.20, 0.15), 0.0),
}
"""Answers to ten indicators with the index they come to, and how the indicators of a firm correlate."""

COLLAPSE = {1: 1, 2: 1, 3: 2, 4: 3, 5: 3}
TABLE = np.array([np.nan, 1, 1, 2, 3, 3])
Lists = tuple[FloatArray, float | None]


@dataclass(frozen=True, slots=True)
class Case:
    """A cover with what it belongs to."""

    what: str
    shape: str
    n: int
    frame: str
    cover: float
    simulations: int

    @property
    def is_inside(self) -> bool:
        """Whether the cover lies in 93-97 %."""
        return INSIDE[0] <= self.cover <= INSIDE[1]


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in per cent of the cases."""
    cases: list[Case] = []
    for part in (_items, _scores, _replicates, _calibration, _ranks):
        found = list(part(rounds))
        _print(found)
        cases += found
    judged = [case for case in cases if case.shape != "unanimous" and not case.what.startswith("places")]
    inside = sum(case.is_inside for case in judged)
    return Measurement("coverage", 100 * inside / len(judged), "%", "cases", 100.0)


def method() -> Method:
    """The three-level preset with ten indicators in four headings."""
    headings = ((1, 2), (3, 4), (5, 6, 7), (8, 9, 10))
    return Method(
        preset="three", name=Words("three"), version="1", scale_min=1, scale_max=3, collapse=COLLAPSE, decimals=9,
        headings=tuple(Heading(f"h{k}", Words(""), tuple(f"g{i}" for i in own)) for k, own in enumerate(headings)),
        indicators=tuple(Named(f"g{k}", Words("")) for k in range(1, ITEMS + 1)),
        weights={f"g{k}": 1.0 for k in range(1, ITEMS + 1)}, cuts=(2 / 3, 1 / 3), min_scored=8, categories=(),
        policy_texts=(), needs=NeedsMethod(), level_source=("rating",), origins={},
    )  # fmt: skip


def _frames(n: int) -> Iterator[tuple[str, int | None]]:
    yield "no N", None
    yield "N = 4 n", 4 * n
    yield "N = 1.33 n", int(np.ceil(1.33 * n))


def _print(cases: list[Case]) -> None:
    rows: dict[tuple[str, str, int], list[Case]] = {}
    for case in cases:
        rows.setdefault((case.what, case.shape, case.n), []).append(case)
    for (what, shape, n), found in rows.items():
        told = "  ".join(
            f"{one.frame}: {100 * one.cover:5.1f}{' ' if one.is_inside else '!'} ({one.simulations})" for one in found
        )
        tell(f"  {what:<28} {shape:<13} n = {n:<4} {told}")


def _items(rounds: int) -> Iterator[Case]:
    """Means of one item: a need cell (1-5) and an indicator (1-3); apart, the cells in which all say the same."""
    for what, highest in (("item 1-5", 5), ("item 1-3", 3)):
        unanimous: dict[tuple[int, str], list[BoolArray]] = {}
        for shape, chances in ANSWERS.items():
            for n in SIZES:
                for frame, size in _frames(n):
                    held, same = _item(np.array(chances), n, size, highest, 1000 * rounds)
                    yield Case(what, shape, n, frame, float(held.mean()), len(held))
                    unanimous.setdefault((n, frame), []).append(held[same])
        for (n, frame), parts in unanimous.items():
            together = np.concatenate(parts)
            if len(together) >= 100:
                yield Case(what, "unanimous", n, frame, float(together.mean()), len(together))


def _item(chances: FloatArray, n: int, size: int | None, highest: int, count: int) -> tuple[BoolArray, BoolArray]:
    """Whether the interval held the true mean, and whether all gave the same answer, (count,) each."""
    random = np.random.default_rng([SEED, n, size or 0, highest])
    answers = random.choice(np.arange(1, 6), p=chances, size=(size or n, count)).astype(np.float64)
    scale = TABLE if highest == 3 else np.arange(6, dtype=np.float64)
    values = scale[answers.astype(np.int64)]
    true = values.mean(axis=0) if size else np.full(count, float(chances @ scale[1:]))
    intervals = column_intervals(values[:n], 1, highest, size)
    low, high = np.array([(one.low, one.high) for one in intervals], dtype=np.float64).T
    return (low <= true + 1e-9) & (true <= high + 1e-9), np.ptp(values[:n], axis=0) == 0


def _lists(
    shape: str, n: int, size: int | None, missing: float, count: int, part: int = 0
) -> tuple[FloatArray, FloatArray]:
    """Levels (count, n, K) of the firms that answered, on the scale 1-3, and the true index (count,) of their lists.

    Levels are missing at random on the whole list: the truth is what would come out if all its firms were asked.
    """
    from scipy.special import ndtri

    chances, correlation = np.array(PROFILES[shape][0]), PROFILES[shape][1]
    random = np.random.default_rng([SEED, n, size or 0, list(PROFILES).index(shape), part])
    firms = random.standard_normal((count, size or n, 1)) * np.sqrt(correlation)
    noise = random.standard_normal((count, size or n, ITEMS)) * np.sqrt(1 - correlation)
    values = TABLE[1 + np.searchsorted(ndtri(np.cumsum(chances)[:-1]), firms + noise)]
    if missing:
        values[random.random(values.shape) < missing] = np.nan
    exact = np.full(count, float(chances @ TABLE[1:]) * 100 / 3)
    return values[:, :n], 100 / 3 * np.nanmean(values, axis=1).mean(axis=1) if size else exact


def _scores(rounds: int) -> Iterator[Case]:
    """The index of ten indicators, whole and with levels missing at random."""
    for what, missing in (("index", 0.0), (f"index, {GAPS:.0%} missing", GAPS)):
        for shape in PROFILES:
            for n in SIZES:
                for frame, size in _frames(n):
                    chunks = enumerate(_chunks(400 * rounds, size or n))
                    found = [_score(shape, n, size, missing, chunk, part) for part, chunk in chunks]
                    held = np.concatenate(found)
                    yield Case(what, shape, n, frame, float(held.mean()), len(held))


def _chunks(count: int, size: int) -> Iterator[int]:
    """Sizes of chunks that hold at most a few million levels."""
    most = max(1, 3_000_000 // (size * ITEMS))
    for begin in range(0, count, most):
        yield min(most, count - begin)


def _score(shape: str, n: int, size: int | None, missing: float, count: int, part: int) -> BoolArray:
    levels, true = _lists(shape, n, size, missing, count, part)
    weights = np.ones(ITEMS)
    held = []
    for own, value in zip(levels, true, strict=True):
        interval, _ = score_interval(own, weights, 1, 3, size)
        held.append(_holds(interval.low, interval.high, float(value)))
    return np.array(held)


def _holds(low: float | None, high: float | None, value: float) -> bool:
    return low is not None and high is not None and low <= value + 1e-9 and value <= high + 1e-9


def _replicates(rounds: int) -> Iterator[Case]:
    """The middle 95 % of the replicates: of other firms alone, and jointly with other methods."""
    pick: dict[str, Callable[[JointRun], FloatArray]] = {
        "replicates, firms": lambda found: np.quantile(found.sampling, [0.025, 0.975], axis=0),
        "replicates, joint": lambda found: found.limits.T,
    }
    for what, missing in (("", 0.0), (f", {GAPS:.0%} missing", GAPS)):
        for shape in PROFILES:
            for n in SIZES:
                for frame, size in _frames(n):
                    levels, true = _lists(shape, n, size, missing, 100 * rounds)
                    found = _joint(levels, size)
                    for name, limits_of in pick.items():
                        low, high = limits_of(found)
                        held = (low <= true + 1e-9) & (true <= high + 1e-9)
                        yield Case(name + what, shape, n, frame, float(held.mean()), len(held))


def _joint(levels: FloatArray, size: int | None) -> JointRun:
    """Replicates of simulated areas (A, n, K), each as an area of its own."""
    names = [f"area {place}" for place in range(len(levels))]
    return joint_run(names, list(levels), method(), [size] * len(names), RunSettings(seed=SEED, replicates=1000))


def _calibration(rounds: int) -> Iterator[Case]:
    """Of areas all over the scale: how often the likeliest category was right, against its stated probability.

    The case is the difference of the two means; told beside it is the calibration within bands of probability.
    """
    for n in SIZES:
        for frame, size in _frames(n):
            stated, right = _categories(n, size, rounds)
            agreement = 0.95 + float(right.mean() - stated.mean())
            yield Case("category, 95 + right - stated", "all indices", n, frame, agreement, len(right))
            ends = (0.0, 0.6, 0.8, 0.95, 1.01)
            told = [
                f"{100 * stated[inside].mean():.0f} -> {100 * right[inside].mean():.0f} ({inside.sum()})"
                for low, high in pairwise(ends)
                for inside in [(stated >= low) & (stated < high)]
                if inside.any()
            ]
            tell(f"  likeliest category, n = {n}, {frame}: stated -> right, %: {'; '.join(told)}")


def _categories(n: int, size: int | None, rounds: int) -> tuple[FloatArray, BoolArray]:
    random = np.random.default_rng([SEED, n, size or 0])
    count, large = 100 * rounds, 4000
    shift = random.uniform(-1.2, 1.2, (count, 1, 1))
    firms = np.sqrt(CORRELATION) * random.standard_normal((count, size or n, 1))
    values = shift + firms + np.sqrt(1 - CORRELATION) * random.standard_normal((count, size or n, ITEMS))
    levels = TABLE[1 + np.searchsorted([-1.0, -0.4, 0.4, 1.0], values)]
    true = 100 / 3 * levels.mean(axis=(1, 2))
    if size is None:
        reference = shift[:, :, 0] + random.standard_normal((1, large))
        true = 100 / 3 * TABLE[1 + np.searchsorted([-1.0, -0.4, 0.4, 1.0], reference)].mean(axis=1)
    category = (true[:, None] < np.array(method().cut_points)).sum(axis=1)
    chances = _joint(levels[:, :n], size).sampling_probability
    return chances.max(axis=1), chances.argmax(axis=1) == category


def _ranks(rounds: int) -> Iterator[Case]:
    """Places of 12 areas with a gap between neighbours; cover of the area with the lowest cover of all."""
    random = np.random.default_rng([SEED, 12])
    for gap in (0.1, 0.5, 2.0, 8.0):
        true = 60 + gap * np.arange(12.0)
        errors = np.full(12, 3.4)
        place = 12 - np.arange(12)
        held = np.zeros(12)
        for estimate in true + errors * random.standard_normal((100 * rounds, 12)):
            for at, band in enumerate(sampling_bands(estimate, errors)):
                held[at] += band is not None and band.low <= place[at] <= band.high
        cover = float(held.min()) / (100 * rounds)
        yield Case("places, firm selection", f"gap {gap}", 30, "worst area", cover, 100 * rounds)
