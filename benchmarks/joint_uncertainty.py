"""The joint run, sampling x method, of 50 areas x 60 firms x 10 indicators, against a rebuild in pandas.

Measured: CPU time (all threads) of `joint_run` with 10,000 replicates, and of the rank bands by method. The reference
makes the same three indices (other firms; another method; both), categories, ranges and rank bands as one would in a
notebook, replicate by replicate: weights of the firms and of the pseudo-firm, gaps filled, weighted group means drawn
in, random weights, aggregation. It runs 20 replicates and is scaled to 10,000. A round is one run of each, in turn.
In every fifth area 5 % of the levels are missing.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.coverage import ITEMS, TABLE, method
from benchmarks.measure import Measurement, tell
from kume_desktop.scoring.inputs import FloatArray
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.uncertainty.joint import joint_run
from kume_desktop.scoring.uncertainty.ranks import method_bands
from kume_desktop.scoring.uncertainty.settings import RunSettings

if TYPE_CHECKING:
    import pandas as pd

ROUNDS = 5
AREAS, FIRMS = 50, 60
REPLICATES, FEW = 10_000, 20
FRAME = 150
MISSING = 0.05


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds of CPU time for 10,000 replicates."""
    areas, rules = _areas(), method()
    names = [f"area {place:02d}" for place in range(AREAS)]
    wide = _wide(areas, names)
    ours: list[float] = []
    theirs: list[float] = []
    _joint(names, areas, rules)
    for _ in range(rounds):
        ours.append(_cpu(lambda: _joint(names, areas, rules)))
        theirs.append(_cpu(lambda: _rebuilt(wide, rules)) * REPLICATES / FEW)
    value, reference = median(ours), median(theirs)
    tell(f"  {value:.0f} ms CPU for {REPLICATES} replicates; pandas {reference / REPLICATES:.1f} ms for one")
    tell(f"  {reference / value:.0f} times cheaper per replicate")
    return Measurement("joint-uncertainty", value, "ms CPU", f"pandas, {FEW} replicates, scaled", reference)


def _cpu(act: Callable[[], object]) -> float:
    gc.collect()
    begun = time.process_time()
    act()
    return 1000 * (time.process_time() - begun)


def _areas() -> list[FloatArray]:
    """Levels on the scale 1-3; the areas differ, the indicators of a firm correlate."""
    random = np.random.default_rng(2013)
    values = 0.5 * random.standard_normal((AREAS, 1, 1)) + 0.6 * random.standard_normal((AREAS, FIRMS, 1))
    levels = TABLE[
        1 + np.searchsorted([-1.0, -0.4, 0.4, 1.0], values + 0.8 * random.standard_normal((AREAS, FIRMS, ITEMS)))
    ]
    levels[::5][random.random(levels[::5].shape) < MISSING] = np.nan
    return list(levels)


def _joint(names: list[str], areas: list[FloatArray], rules: Method) -> None:
    found = joint_run(names, areas, rules, [FRAME] * len(names), RunSettings(replicates=REPLICATES))
    method_bands(found.by_method)


def _wide(areas: list[FloatArray], names: list[str]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(np.concatenate(areas), columns=list(method().indicator_codes))
    return frame.assign(area=np.repeat(names, FIRMS)).set_index("area")


def _rebuilt(wide: pd.DataFrame, rules: Method) -> None:
    """The same replicates, one after the other."""
    import pandas as pd

    random = np.random.default_rng(2013)
    names = wide.index.unique()
    left = 1 - FIRMS / FRAME
    found: dict[str, list[pd.Series[float]]] = {"sampling": [], "by_method": [], "joint": []}
    equal = pd.Series(1 / ITEMS, index=wide.columns)
    for _ in range(FEW):
        firms = pd.Series(random.exponential(size=len(wide)), index=wide.index)
        pseudo = pd.DataFrame(left * random.gamma([0.4, 0.2, 0.4], size=(AREAS, 3)), index=names)
        weights = pd.Series(random.dirichlet(np.full(ITEMS, 14.0)), index=wide.columns)
        is_geometric = bool(random.integers(2))
        filled = _filled(wide, int(random.integers(3)))
        plain = filled.groupby(level="area").mean()
        found["sampling"].append(_index(_drawn(wide, firms, pseudo, left), equal, rules, is_geometric=False))
        found["by_method"].append(_index(plain, weights, rules, is_geometric=is_geometric))
        found["joint"].append(_index(_drawn(filled, firms, pseudo, left), weights, rules, is_geometric=is_geometric))
    ends = [-np.inf, *sorted(rules.cut_points), np.inf]
    for name in ("sampling", "joint"):
        scores = pd.concat(found[name], axis=1)
        categories = scores.apply(lambda column: pd.cut(column, ends, right=False, labels=[3, 2, 1]))
        categories.apply(lambda row: row.value_counts(normalize=True), axis=1)
    pd.concat(found["joint"], axis=1).quantile([0.025, 0.975], axis=1)
    pd.concat(found["by_method"], axis=1).rank(ascending=False, method="min").quantile([0.05, 0.95], axis=1)


def _drawn(frame: pd.DataFrame, firms: pd.Series[float], pseudo: pd.DataFrame, left: float) -> pd.DataFrame:
    """Weighted means of every area, drawn in towards the plain ones."""
    sums = frame.mul(firms, axis=0).groupby(level="area").sum().add(pseudo.mul([1, 2, 3]).sum(axis=1), axis=0)
    totals = frame.notna().mul(firms, axis=0).groupby(level="area").sum().add(pseudo.sum(axis=1), axis=0)
    plain = frame.groupby(level="area").mean()
    found: pd.DataFrame = plain + np.sqrt(left * (FIRMS + 1) / (FIRMS - 1)) * (sums / totals - plain)
    return found


def _index(means: pd.DataFrame, weights: pd.Series[float], rules: Method, *, is_geometric: bool) -> pd.Series[float]:
    parts = np.log(means / rules.scale_max) if is_geometric else means / rules.scale_max
    found: pd.Series[float] = (parts * weights).sum(axis=1)
    return 100 * (found.transform(np.exp) if is_geometric else found)


def _filled(drawn: pd.DataFrame, imputation: int) -> pd.DataFrame:
    """Gaps left, filled with the lowest level, or by two-way imputation within the area."""
    if imputation == 0:
        return drawn
    if imputation == 1:
        return drawn.fillna(1.0)
    items = drawn.groupby(level="area").transform("mean")
    overall = drawn.stack().groupby(level="area").mean().reindex(drawn.index)
    expected = items.add(drawn.mean(axis=1), axis=0).sub(overall, axis=0)
    return drawn.where(drawn.notna(), expected)
