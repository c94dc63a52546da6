"""The arrays that scoring takes: frozen, made by `store.frames`, known to nobody above."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


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
    level is then already on the preset's scale 1..3). `evidence`, shape (F, K), says what the level in force rests on:
    an `Evidence` number, 0 where nobody said; None where the caller does not know.
    """

    route: str
    targets: tuple[str, ...]
    area: IntArray
    indicators: tuple[str, ...]
    levels: FloatArray
    evidence: IntArray | None = None


class Evidence:
    """What a rating rests on: the codes of the list `kanit`, as numbers."""

    UNSAID = 0
    DOCUMENT = 1
    STATEMENT = 2
    OBSERVATION = 3
    EXTERNAL = 4


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


class Disposition(StrEnum):
    """The final outcome of a firm that was issued; PENDING where it is not final yet."""

    COMPLETED = "completed"
    PARTIAL = "partial"
    REFUSED = "refused"
    NOT_REACHED = "not_reached"
    INELIGIBLE = "ineligible"  # closed or moved, out of scope
    DUPLICATE = "duplicate"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Firms:
    """Every firm of the study that was issued, U of them, answered or not.

    `ids` are unit ids, as `Levels.targets` and `Needs.firms` name them. `area` (U,) is the index into `Areas`.
    `size_class`, `district`, `nace` are codes or names, '' where unknown; `sources` names the lists a firm stands on.
    `staff` (U,) is the head-count, NaN where unknown. `probability` (U,) is the chance of selection, NaN where unknown.
    """

    ids: tuple[str, ...]
    codes: tuple[str, ...]
    area: IntArray
    size_class: tuple[str, ...]
    district: tuple[str, ...]
    nace: tuple[str, ...]
    sources: tuple[tuple[str, ...], ...]
    interviewer: tuple[str, ...]
    disposition: tuple[Disposition, ...]
    staff: FloatArray
    probability: FloatArray


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of the whole list, per area; -1 or NaN where nobody entered it.

    `size_n` (A, S): firms of the list in each of `size_classes`; `district_n` (A, D) likewise. `eligible_n` (A,) where
    staff entered it. `employment` (A,): staff of all firms of the list. `origin` (A,): `entered`, `list` or ''.
    """

    size_classes: tuple[str, ...]
    size_n: IntArray
    districts: tuple[str, ...]
    district_n: IntArray
    eligible_n: IntArray
    employment: FloatArray
    origin: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ratings:
    """Every level that a person gave to a firm (or to an area), one row each, R rows in time order.

    `target`, `indicator`, `rater` (R,) are places in `targets`, `indicators`, `raters`. `round` (R,): 1 and more are
    the blind rounds of the raters; `is_agreed` (R,) marks levels that were reconciled afterwards. `level` and
    `suggestion` (R,) are NaN where there is none. `evidence` (R,) are `Evidence` numbers. `interviewed` (R,): the
    rater interviewed this firm.
    """

    targets: tuple[str, ...]
    indicators: tuple[str, ...]
    raters: tuple[str, ...]
    target: IntArray
    indicator: IntArray
    rater: IntArray
    round: IntArray
    is_agreed: BoolArray
    level: FloatArray
    suggestion: FloatArray
    evidence: IntArray
    interviewed: BoolArray


@dataclass(frozen=True, slots=True)
class EarlierWave:
    """The levels of an earlier wave, for change between waves; `frame_n` (A,): N then, -1 where unknown.

    `unlike`: codes of what was otherwise then, so that a change may not be one of the areas.
    """

    name: str
    levels: Levels
    frame_n: IntArray
    unlike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What the analysis takes beside levels and needs; None where a caller has nothing to say."""

    firms: Firms | None = None
    frame: Frame | None = None
    ratings: Ratings | None = None
    expert_needs: Needs | None = None
    earlier: EarlierWave | None = None
