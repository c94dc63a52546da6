"""How many high levels rest on a document that was seen, and how many on a statement only ("beyana dayalı")."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kume_desktop.scoring.analysis import Claim
from kume_desktop.scoring.inputs import Areas, Evidence, FloatArray, IntArray, Levels
from kume_desktop.scoring.method import FIRM_ROUTE

HIGH = 4


def claims(areas: Areas, levels: Levels) -> tuple[Claim, ...]:
    """Levels 4 and 5 of every area that has one: all indicators together (code ''), then each indicator that has one.

    Levels that rest on the interviewer's own observation or on an outside source are in `high` and in none of the three
    other counts. Empty on the route `panel` and where nobody says what levels rest on (`levels.evidence` None).
    """
    if levels.route != FIRM_ROUTE or levels.evidence is None:
        return ()
    return tuple(
        claim
        for place, code in enumerate(areas.codes)
        for claim in _of(
            code, levels.indicators, levels.levels[levels.area == place], levels.evidence[levels.area == place]
        )
    )


def _of(area: str, indicators: tuple[str, ...], given: FloatArray, evidence: IntArray) -> Iterator[Claim]:
    high = given >= HIGH
    if not high.any():
        return
    yield _claim(area, "", evidence[high])
    for place, code in enumerate(indicators):
        if high[:, place].any():
            yield _claim(area, code, evidence[high[:, place], place])


def _claim(area: str, indicator: str, evidence: IntArray) -> Claim:
    counted = {kind: int(np.sum(evidence == kind)) for kind in (Evidence.DOCUMENT, Evidence.STATEMENT, Evidence.UNSAID)}
    return Claim(
        area=area,
        indicator=indicator,
        high=len(evidence),
        documented=counted[Evidence.DOCUMENT],
        stated=counted[Evidence.STATEMENT],
        unsaid=counted[Evidence.UNSAID],
    )
