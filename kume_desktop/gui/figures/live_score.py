"""The score so far in words: what stands until now, and between which values it can end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.rating_views import LiveScore


def so_far(score: LiveScore) -> str:
    """Şimdiye kadar 66,7."""
    if score.so_far is None:
        return _(N_("So far: no level"))
    return tr(N_("So far {score}"), score=texts.number(score.so_far))


def bounds(score: LiveScore) -> str:
    """Where the score can end: between 50,0 and 83,3."""
    if score.rated == score.total:
        return tr(N_("all {all} indicators are rated"), all=score.total)
    return tr(
        N_("between {low} and {high} when all are rated ({rated} / {all})"),
        low=texts.number(score.low),
        high=texts.number(score.high),
        rated=score.rated,
        all=score.total,
    )
