"""The score so far of a firm whose interview staff read: never while it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop.services import rating_desk, rating_queue, results

if TYPE_CHECKING:
    from kume_desktop.services.rating_views import LiveScore
    from kume_desktop.services.studies import Study

RATED = "rating"


def so_far(study: Study, unit_id: str) -> LiveScore | None:
    """The score of the levels that count for a firm, with its bounds over the indicators that have none.

    Where raters work blind, what the rubric suggests does not count: the score would tell it before they gave theirs.
    None where the firm has no completed interview with a rubric, and for a rater who has not finished this firm's
    rating: the score would tell the other rater's levels.
    """
    from kume_desktop.store import frames, rating_rows, reading

    method, wave_id = results.method(study), study.wave.wave_id
    rated = {one.instrument_id for one in study.instruments() if study.instrument(one.version_id).indicators}
    held = reading.interviews(study.database, unit_id=unit_id, wave_id=wave_id)
    if not any(one.instrument_id in rated and one.state == "completed" and one.counts for one in held):
        return None
    if unit_id in rating_rows.still_blind(study.database, wave_id, study.person):
        return None
    given = [one for one in results.given_ratings(study) if one.target_kind == "unit" and one.target_id == unit_id]
    blind = rating_queue.settings(study).blind
    bases = tuple(one for one in method.level_source if one == RATED or not blind)
    used = frames.in_force(given, results.FIRM_ROUTE, bases)
    levels = {code: one.level for (_target, code), (one, _evidence) in used.items()}
    return rating_desk.live_score([levels.get(code) for code in method.indicator_codes], method)
