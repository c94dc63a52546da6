"""Bootstrap of the coefficients of a scale over firms."""

from __future__ import annotations

import numpy as np

from kume_desktop.scoring.inputs import FloatArray
from kume_desktop.scoring.reliability import scale
from kume_desktop.scoring.reliability.resampling import resampled_sums
from kume_desktop.scoring.uncertainty.settings import RunSettings

UNDEFINED_AT_MOST = 0.25
"""More replicates without an omega than this: no limits. Below, leaving them out costs no cover (simulated)."""
ROUGH, ROUNDS = 1e-6, 200
"""How far a replicate is fitted: limits need no more."""


def alpha_replicates(items: FloatArray, settings: RunSettings) -> FloatArray:
    """Alpha of every replicate of (n, k) answers, resampling firms; shape (replicates,), NaN where nothing varies.

    >>> bool(np.isnan(alpha_replicates(np.ones((12, 3)), RunSettings(replicates=100))).all())
    True
    """
    return scale.alpha_of(resampled_sums(scale.alpha_statistics(items), settings.replicates, settings.seed))


def omega_replicates(items: FloatArray, settings: RunSettings, replicates: int) -> FloatArray:
    """Omega of `replicates` replicates of (n, k) answers; NaN where it cannot be had in one."""
    centred = items - items.mean(axis=0)
    k = items.shape[1]
    products = (centred[:, :, None] * centred[:, None, :]).reshape(len(items), k * k)
    sums = resampled_sums(np.hstack([centred, products]), replicates, settings.seed) / len(items)
    means, squares = sums[:, :k], sums[:, k:].reshape(-1, k, k)
    return scale.omega_of(squares - means[:, :, None] * means[:, None, :], ROUGH, ROUNDS)


def spearman_brown_replicates(items: FloatArray, settings: RunSettings) -> FloatArray:
    """Spearman-Brown of every replicate of two items (n, 2); NaN where one does not vary."""
    x, y = (items - np.round(items.mean(axis=0))).T
    sums = resampled_sums(np.column_stack([x, y, x * x, y * y, x * y]), settings.replicates, settings.seed) / len(items)
    varies = (sums[:, 2] - sums[:, 0] ** 2) * (sums[:, 3] - sums[:, 1] ** 2)
    together = sums[:, 4] - sums[:, 0] * sums[:, 1]
    r = np.divide(together, np.sqrt(np.maximum(varies, 0.0)), out=np.full(len(sums), np.nan), where=varies > 1e-12)
    return np.asarray(np.where(r > -1, 2 * r / np.where(r > -1, 1 + r, 1.0), np.nan))


def log_interval(value: float, replicates: FloatArray, n: int, confidence: float) -> tuple[float, float]:
    """Limits `1 - exp(log(1 - value) -+ t(n - 1) s)`, s the standard deviation of log(1 - replicate).

    On that scale alpha is nearly normal whatever the answers look like (Bonett & Wright 2015; Romano, Kromrey, Owens &
    Scott 2011); replicates of exactly 1 or without a value are left out. Simulated cover from 60 firms, nominal 95 %:
    93-97 % on spread and skewed answers, 90-95 % where nearly all answers are at the top (alpha and Spearman-Brown).
    """
    from scipy.special import stdtrit

    usable = replicates[~np.isnan(replicates) & (replicates < 1)]
    reach = float(stdtrit(n - 1, (1 + confidence) / 2)) * float(np.std(np.log1p(-usable), ddof=1))
    return 1 - (1 - value) * float(np.exp(reach)), 1 - (1 - value) * float(np.exp(-reach))
