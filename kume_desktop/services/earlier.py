"""The earlier wave that results are compared with, and why a comparison with it may not be fair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kume_desktop.scoring.inputs import EarlierWave, IntArray
    from kume_desktop.scoring.method import Method
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import WaveRecord

OTHER_METHOD, OTHER_RUBRICS, NOT_NEAREST = "other-method", "other-rubrics", "not-nearest"


def earlier(study: Study, method: Method, way: str) -> EarlierWave | None:
    """The nearest earlier wave in which the areas were scored on the same route, both waves by the method of now.

    Where waves before this one were scored on another route only, the nearest of them stands without a level on this
    one: there is something before, and it cannot be compared. None where no earlier wave has any level.
    """
    from kume_desktop.scoring.inputs import EarlierWave
    from kume_desktop.store import frames, reading

    waves = reading.waves(study.database)
    before = waves[: next(place for place, wave in enumerate(waves) if wave.wave_id == study.wave.wave_id)]
    scored = [wave for wave in reversed(before) if _is_scored(study, wave, method)]
    for wave in scored:
        levels = frames.levels(study.database, wave.wave_id, way, method.indicator_codes, method.level_source)
        if levels.targets:
            unlike = (*_unlike(study, wave, method), *((NOT_NEAREST,) if wave != before[-1] else ()))
            return EarlierWave(wave.name, levels, _frame_n(study, wave), unlike)
    if not scored:
        return None
    levels = frames.levels(study.database, scored[0].wave_id, way, method.indicator_codes, method.level_source)
    return EarlierWave(scored[0].name, levels, _frame_n(study, scored[0]))


def _is_scored(study: Study, wave: WaveRecord, method: Method) -> bool:
    from kume_desktop.store import frames

    given = frames.given_ratings(study.database, wave.wave_id)
    return any(one.level is not None and one.indicator in method.indicator_codes for one in given)


def _frame_n(study: Study, wave: WaveRecord) -> IntArray:
    """N of each area's list as it was in that wave, without those not eligible where staff entered that."""
    import numpy as np

    from kume_desktop.store import frames, frames_study

    eligible_n = frames_study.frame(study.database, wave.wave_id).eligible_n
    return np.where(eligible_n >= 0, eligible_n, frames.areas(study.database, wave.wave_id).frame_n)


def _unlike(study: Study, wave: WaveRecord, method: Method) -> Iterator[str]:
    """What was otherwise in that wave, as codes: its own method, the rubrics by which its levels were given."""
    from kume_desktop.store import reading

    kept = reading.latest_method(study.database, wave.wave_id)
    if kept is not None and kept.method_hash != method.hash:
        yield OTHER_METHOD
    then, now = _rubrics(study, wave.wave_id), _rubrics(study, study.wave.wave_id)
    if then and now and then != now:
        yield OTHER_RUBRICS


def _rubrics(study: Study, wave_id: str) -> set[str]:
    """The rubrics of the forms that the interviews of a wave were held with, in a form that can be compared."""
    from kume_desktop.store import reading

    versions = {one.version_id for one in reading.interviews(study.database, wave_id=wave_id) if one.counts}
    brought = (study.instrument(version_id).indicators for version_id in sorted(versions))
    return {repr(indicators) for indicators in brought if indicators}
