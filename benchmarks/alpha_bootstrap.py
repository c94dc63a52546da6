"""10,000 bootstrap replicates of Cronbach's alpha for 200 firms and 10 items, against a loop over a scalar alpha.

The reference draws 200 rows for every replicate and calls a NumPy function that computes one alpha from them, as most
scripts do. Both make the same number of replicates; that their means and standard deviations agree is
checked first.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Measurement, interleaved, tell

if TYPE_CHECKING:
    from kume_desktop.scoring.inputs import FloatArray

ROUNDS = 7
FIRMS, ITEMS, REPLICATES = 200, 10, 10_000


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds."""
    import numpy as np

    from kume_desktop.scoring.reliability.bootstrap import alpha_replicates
    from kume_desktop.scoring.uncertainty.settings import RunSettings

    items = answers(FIRMS, ITEMS)
    settings = RunSettings(seed=2013, replicates=REPLICATES)
    first, second = alpha_replicates(items, settings), looped(items, REPLICATES)
    tell(f"  mean {np.mean(first):.4f} and {np.mean(second):.4f}, sd {np.std(first):.4f} and {np.std(second):.4f}")
    if abs(np.mean(first) - np.mean(second)) > 0.001 or abs(np.std(first) / np.std(second) - 1) > 0.05:
        raise RuntimeError("the two bootstraps do not agree")
    ours, loop = interleaved(lambda: alpha_replicates(items, settings), lambda: looped(items, REPLICATES), rounds)
    return Measurement("alpha-bootstrap", ours, "ms", "a NumPy loop that calls a scalar alpha", loop)


def answers(firms: int, items: int) -> FloatArray:
    """Answers 1-5 with a common factor, shape (firms, items); always the same."""
    import numpy as np

    generator = np.random.default_rng(2013)
    common = generator.normal(size=(firms, 1))
    return np.clip(np.round(3 + common + generator.normal(size=(firms, items))), 1, 5)


def looped(items: FloatArray, replicates: int) -> FloatArray:
    """One alpha after the other."""
    import numpy as np

    generator = np.random.default_rng(2013)
    n = len(items)
    return np.array([scalar_alpha(items[generator.integers(0, n, n)]) for _ in range(replicates)])


def scalar_alpha(items: FloatArray) -> float:
    """Alpha of (n, k) answers."""
    k = items.shape[1]
    return float(k / (k - 1) * (1 - items.var(axis=0, ddof=1).sum() / items.sum(axis=1).var(ddof=1)))
