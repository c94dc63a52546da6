"""What a run of replicates is made with: enough to make it again."""

from __future__ import annotations

from dataclasses import dataclass

FEWEST = 10
"""Below so many firms there is no interval: the answers themselves are shown."""


LEAST_REPLICATES = 100
"""Fewer cannot say where the outer 2.5 % of them begin."""
LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True)
class RunSettings:
    """Seed and size of the joint run.

    `pseudo_firm`: weight of each of the five constant profiles that are added to the Bayesian bootstrap, before it is
    multiplied by 1 - n/N. `weight_spread`: standard deviation of a random weight over its value in the method, for an
    indicator of average weight. Raises ValueError for fewer than `LEAST_REPLICATES`, for a seed outside
    0..`LARGEST_SEED` and for a confidence outside 0-1.
    """

    seed: int = 2013
    replicates: int = 10_000
    confidence: float = 0.95
    pseudo_firm: float = 0.2
    weight_spread: float = 0.25

    def __post_init__(self) -> None:
        """Refuse what no run can be made with."""
        if self.replicates < LEAST_REPLICATES:
            raise ValueError(f"a run takes at least {LEAST_REPLICATES} replicates, not {self.replicates}")
        if not 0 <= self.seed <= LARGEST_SEED:
            raise ValueError(f"a seed is a whole number from 0 to {LARGEST_SEED}, not {self.seed}")
        if not 0 < self.confidence < 1:
            raise ValueError(f"a confidence lies between 0 and 1, both excluded, not at {self.confidence}")
