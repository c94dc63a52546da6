"""The arrays that scoring takes: frozen, made by `store.frames`, known to nobody above."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Areas:
    """The activity areas in study order; arrays have shape (A,). `frame_n` is N, -1 where nobody entered it."""

    codes: tuple[str, ...]
    names_tr: tuple[str, ...]
    names_en: tuple[str, ...]
    frame_n: IntArray


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels 1..5 of F targets on K indicators, shape (F, K); NaN where nobody scored.

    `area` is the index into `Areas`, shape (F,). On the route `firma` a target is a firm, on `panel` an area (its
    level is then already on the preset's scale 1..3).
    """

    route: str
    targets: tuple[str, ...]
    area: IntArray
    indicators: tuple[str, ...]
    levels: FloatArray


@dataclass(frozen=True, slots=True)
class Needs:
    """Answers 1..5 of F firms on C need cells, shape (F, C); 0 where there is none.

    `reserve` has shape (F, C): 0 answered or not asked, 1 not applicable, 2 does not know, 3 declined, 4 in conflict.
    """

    firms: tuple[str, ...]
    area: IntArray
    cells: tuple[str, ...]
    answers: IntArray
    reserve: IntArray
