"""How the benchmarks measure and what they print."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median, quantiles

Act = Callable[[], object]
_HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure, its reference from the same run, and both as medians in `unit`.

    `p95` and `p99` of the figure, where its slow cases count as well; `gate`: the ratio that is not to be exceeded.
    """

    name: str
    value: float
    unit: str
    reference: str
    reference_value: float
    p95: float | None = None
    p99: float | None = None
    gate: float | None = None

    def line(self) -> str:
        """The one JSON line of a benchmark; the ratio is `value` over `reference_value`."""
        told = {key: one for key, one in asdict(self).items() if one is not None}
        told |= {key: float(f"{one:.4g}") for key, one in told.items() if isinstance(one, float) and key != "gate"}
        told["ratio"] = float(f"{self.value / self.reference_value:.3g}")
        return json.dumps(told, ensure_ascii=False)


def interleaved(
    ours: Act, reference: Act, rounds: int, warm_up: int = 1, settle: Act | None = None
) -> tuple[float, float]:
    """Median milliseconds of `ours` and `reference`, run in turn so that a busy machine slows both."""
    taken = in_turn(ours, reference, rounds, warm_up, settle)
    return median(taken[0]), median(taken[1])


def in_turn(
    ours: Act, reference: Act, rounds: int, warm_up: int = 1, settle: Act | None = None
) -> tuple[list[float], list[float]]:
    """The milliseconds of each round of `ours` and `reference`, run in turn.

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
    return taken


def percentile(times: list[float], percent: int) -> float:
    """The time that `percent` of a hundred cases do not exceed; of a single case, its own."""
    if len(times) == 1:
        return times[0]
    return quantiles(times, n=_HUNDREDTHS, method="inclusive")[percent - 1]


def milliseconds(act: Act) -> float:
    """How long one act takes; what was left over before is collected first. An act may time itself and return it."""
    gc.collect()
    begun = time.perf_counter()
    told = act()
    return told if isinstance(told, float) else (time.perf_counter() - begun) * 1000


def processor(act: Act) -> float:
    """Milliseconds of this process's processor time that one act takes: hardly more on a busy machine."""
    gc.collect()
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000


def tell(text: str) -> None:
    """Say what is being done; on stderr, so that stdout holds JSON lines alone."""
    print(text, file=sys.stderr, flush=True)
