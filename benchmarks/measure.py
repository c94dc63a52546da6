"""How the benchmarks measure and what they print."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure, its reference from the same run, and both as medians in `unit`."""

    name: str
    value: float
    unit: str
    reference: str
    reference_value: float

    def line(self) -> str:
        """The one JSON line of a benchmark; the ratio is `value` over `reference_value`."""
        told = asdict(self) | {"ratio": float(f"{self.value / self.reference_value:.3g}")}
        told |= {"value": float(f"{self.value:.4g}"), "reference_value": float(f"{self.reference_value:.4g}")}
        return json.dumps(told, ensure_ascii=False)


def interleaved(
    ours: Act, reference: Act, rounds: int, warm_up: int = 1, settle: Act | None = None
) -> tuple[float, float]:
    """Median milliseconds of `ours` and `reference`, run in turn so that a busy machine slows both.

    `settle` runs before each act, untimed: what one act put off must not be charged to the other.
    """
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(warm_up + rounds):
        for act, times in zip((ours, reference), taken, strict=True):
            if settle is not None:
                settle()
            spent = milliseconds(act)
            if number >= warm_up:
                times.append(spent)
    return median(taken[0]), median(taken[1])


def milliseconds(act: Act) -> float:
    """How long one act takes; what was left over before is collected first."""
    gc.collect()
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def tell(text: str) -> None:
    """Say what is being done; on stderr, so that stdout holds JSON lines alone."""
    print(text, file=sys.stderr, flush=True)
