"""Areas and levels for the tests of explanations."""

from __future__ import annotations

import numpy as np

from kume_desktop.scoring.index import score_areas, with_intervals
from kume_desktop.scoring.inputs import Areas, Levels
from kume_desktop.scoring.uncertainty.run import uncertainty
from kume_desktop.scoring.uncertainty.settings import RunSettings
from tests.scoring.rules import INDICATORS

QUICK = RunSettings(replicates=100)


def areas_of(*tables, frame_n=-1, route="firma", names=None):
    """Areas `a0`, `a1`... from a table (F, 10) of levels each."""
    codes = tuple(f"a{k}" for k in range(len(tables)))
    areas = Areas(codes, codes, codes, np.full(len(codes), frame_n, dtype=np.int64))
    place = np.repeat(np.arange(len(tables)), [len(table) for table in tables])
    rows = np.vstack([np.array(table, dtype=np.float64).reshape(-1, 10) for table in tables])
    targets = names or tuple(f"F{k:03d}" for k in range(len(rows)))
    return areas, Levels(route, tuple(targets), place.astype(np.int64), INDICATORS, rows)


def scored(method, *tables, frame_n=-1, route="firma"):
    """The scores of those areas with their intervals, and the standard errors by code."""
    areas, levels = areas_of(*tables, frame_n=frame_n, route=route)
    run = uncertainty(areas, levels, method, areas.frame_n, QUICK)
    plain = score_areas(areas, levels, method)
    found = tuple(map(with_intervals, plain, run.intervals, run.indicators))
    return found, dict(zip(areas.codes, run.errors, strict=True))


def random_levels(n, seed=1, gaps=0.0, weights=(1, 1, 1, 1, 1)):
    """Levels 1-5 of n firms drawn with `weights`, some of them missing."""
    random = np.random.default_rng(seed)
    table = random.choice(5, size=(n, 10), p=np.array(weights) / sum(weights)) + 1.0
    table[random.random((n, 10)) < gaps] = np.nan
    return table
