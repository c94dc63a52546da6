"""The firms of a study with their own index: what stands behind the areas' indices, firm by firm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kume_desktop.services import results

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study


@dataclass(frozen=True, slots=True)
class FirmScore:
    """A firm that has a level: its index over the indicators that were scored, and how many those are.

    `score` None: it follows from another person's levels, out of sight until one's own rating is finished.
    """

    unit_id: str
    code: str
    firm: str
    district: str
    size_class: str
    scored: int
    score: float | None


def firm_scores(study: Study) -> Mapping[str, tuple[FirmScore, ...]]:
    """By area, the firms that have a level the index counts, in the Turkish order of their names.

    Each index follows the method in force, as that of the area does. Levels of a panel are none of a firm's.
    """
    import numpy as np

    from kume_desktop.scoring.index import index_under, scaled_levels
    from kume_desktop.store import frames, rating_rows, reading

    method, given, wave_id = results.method(study), results.given_ratings(study), study.wave.wave_id
    found: dict[str, list[FirmScore]] = {}
    levels = frames.levels(
        study.database, wave_id, results.FIRM_ROUTE, method.indicator_codes, method.level_source, given
    )
    others = {one.target_id for one in given if one.basis == "rating" and one.rater != study.person}
    hidden = others & rating_rows.still_blind(study.database, wave_id, study.person)
    rows = dict(zip(levels.targets, scaled_levels(levels, method), strict=True))
    for unit in reading.units(study.database):
        row = rows.get(unit.unit_id)
        if row is None or np.isnan(row).all():
            continue
        score = FirmScore(
            unit_id=unit.unit_id,
            code=unit.code,
            firm=unit.name,
            district=unit.district,
            size_class=unit.size_class,
            scored=int(np.count_nonzero(~np.isnan(row))),
            score=None if unit.unit_id in hidden else float(index_under(row, method)),
        )
        found.setdefault(unit.area, []).append(score)
    return {area: tuple(scores) for area, scores in found.items()}
