"""Firms and totals of a list for the tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from kume_desktop.scoring.inputs import Disposition, Firms, Frame

SIZES = ("1-9", "10-24", "25-49", "50-249", "250+")
OUTCOMES = {
    "completed": Disposition.COMPLETED,
    "partial": Disposition.PARTIAL,
    "refused": Disposition.REFUSED,
    "not_reached": Disposition.NOT_REACHED,
    "ineligible": Disposition.INELIGIBLE,
    "duplicate": Disposition.DUPLICATE,
    "pending": Disposition.PENDING,
}


def firms(
    rows: Sequence[tuple[int, str, str]],
    district: Sequence[str] = (),
    staff: Sequence[float] = (),
    probability: Sequence[float] = (),
) -> Firms:
    """Firms F000, F001, ... from rows (area number, size class, outcome)."""
    count = len(rows)
    unknown = [np.nan] * count
    return Firms(
        ids=tuple(f"F{place:03d}" for place in range(count)),
        codes=tuple(f"{place:03d}" for place in range(count)),
        area=np.array([area for area, _, _ in rows], dtype=np.int64),
        size_class=tuple(size for _, size, _ in rows),
        district=tuple(district) or ("",) * count,
        nace=("",) * count,
        sources=((),) * count,
        interviewer=("",) * count,
        disposition=tuple(OUTCOMES[outcome] for _, _, outcome in rows),
        staff=np.array(staff or unknown, dtype=np.float64),
        probability=np.array(probability or unknown, dtype=np.float64),
    )


def outcomes(area: int, counts: Mapping[str, int], size: str = "1-9") -> list[tuple[int, str, str]]:
    """Rows of one size class from numbers of outcomes."""
    return [(area, size, outcome) for outcome, number in counts.items() for _ in range(number)]


def frame(
    sizes: Sequence[Mapping[str, int]],
    districts: Sequence[Mapping[str, int]] = (),
    eligible: Sequence[int] = (),
    employment: Sequence[float] = (),
    classes: Sequence[str] = SIZES,
) -> Frame:
    """Totals of every area; an empty mapping: nobody entered any."""
    names = tuple(dict.fromkeys(name for one in districts for name in one))
    unknown = len(sizes)
    return Frame(
        size_classes=tuple(classes),
        size_n=_grid(sizes, tuple(classes)),
        districts=names,
        district_n=_grid(districts or [{}] * unknown, names),
        eligible_n=np.array(eligible or [-1] * unknown, dtype=np.int64),
        employment=np.array(employment or [np.nan] * unknown, dtype=np.float64),
        origin=("entered",) * unknown,
    )


def _grid(rows: Sequence[Mapping[str, int]], names: tuple[str, ...]) -> np.ndarray:
    filled = [[row.get(name, 0 if row else -1) for name in names] for row in rows]
    return np.array(filled, dtype=np.int64).reshape(len(rows), len(names))
