"""What stands around the demonstration's interviews: list totals, evidence, experts, the committee. All invented."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kume_desktop.services import committee, frame_totals
from kume_desktop.services.demonstration.parameters import LEVELS, AreaParameters, Parameters, quota
from kume_desktop.services.demonstration.plan import SIZE_CLASSES, STAFF, PlannedFirm, PlannedRating

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.writing import RatingGiven

_ZONE = ZoneInfo("Europe/Istanbul")
_AFTER_FIELDWORK = datetime(2026, 11, 9, 10, tzinfo=_ZONE)
_MEETING = date(2026, 11, 12)
_DOCUMENT_OF: Mapping[str, str] = {"g2": "3", "g3": "1", "g4": "2", "g5": "5", "g6": "4", "g7": "4"}
"""Indicator -> the document (code of the question `belge_gorulen`) that proves it."""
_WITHOUT_DOCUMENT = (0.0, 0.65, 0.25, 0.10)
_OTHERS = (0.25, 0.50, 0.15, 0.10)
EXPERTS: Mapping[str, float] = {"u1": -0.2, "u2": 0.3}
"""Two experts with their severity; they rate the needs of two areas."""
_EXPERT_AREAS = ("meyve_sebze", "lojistik")
_EXPERT_REASON = "Sektör toplantıları ve oda kayıtlarına dayanan uzman görüşü. (gösterim)"
DECISION = committee.Decision(
    area="meyve_sebze",
    category=1,
    date=_MEETING,
    members=(
        "Ajans genel sekreteri",
        "Sanayi odası temsilcisi",
        "İhracatçı birliği temsilcisi",
        "Üniversite temsilcisi",
        "Kümelenme uzmanı",
    ),
    votes="4 kabul, 1 ret",
    minutes="2026/4 (gösterim)",
    reason=(
        "Yayın biçimi 1. Kategoridedir, endeks sınırın hemen altındadır; dış pazarda etkinlik ve kalite "
        "belgeleri yüksek bulunmuştur. (gösterim)"
    ),
)


def totals_of(area: AreaParameters, issued: Iterable[PlannedFirm]) -> frame_totals.AreaTotals:
    """The whole list of an area: sizes and districts by quota, staff of the issued firms and of the rest by class."""
    sizes = quota([share / sum(area.frame_sizes) for share in area.frame_sizes], area.frame_n)
    shares = [share / sum(area.districts.values()) for share in area.districts.values()]
    here = list(issued)
    left = [n - sum(firm.size_class == name for firm in here) for name, n in zip(SIZE_CLASSES, sizes, strict=True)]
    staff = float(sum(firm.staff for firm in here))
    staff += sum(max(0, n) * _usual_staff(place) for place, n in enumerate(left))
    return frame_totals.AreaTotals(
        area=area.code,
        frame_n=area.frame_n,
        employment=round(staff),
        size_n=dict(zip(SIZE_CLASSES, sizes, strict=True)),
        district_n=dict(zip(area.districts, quota(shares, area.frame_n), strict=True)),
    )


def _usual_staff(place: int) -> float:
    """The mean head-count of a size class, spread evenly on a logarithmic scale as in the plan."""
    low, high = STAFF[place]
    return (high - low) / math.log(high / low)


def enter_totals(study: Study, figures: Parameters, firms: Sequence[PlannedFirm]) -> None:
    """Enter the list totals of every area."""
    for area in figures.areas:
        frame_totals.enter(study, area.code, totals_of(area, [firm for firm in firms if firm.area == area.code]))


def evidence(firm: PlannedFirm, documents: Iterable[str]) -> dict[str, str]:
    """Indicator -> what its levels rest on: a document where the interviewer saw it, else mostly a statement."""
    chance = random.Random(f"evidence {firm.code}")
    seen = set(documents)
    found: dict[str, str] = {}
    for indicator in firm.levels:
        kinds = _WITHOUT_DOCUMENT if indicator in _DOCUMENT_OF else _OTHERS
        drawn = chance.choices("1234", weights=kinds)[0]
        found[indicator] = "1" if _DOCUMENT_OF.get(indicator) in seen else drawn
    return found


def settled(ratings: Iterable[PlannedRating], given: Mapping[PlannedRating, RatingGiven]) -> dict[str, tuple[str, ...]]:
    """Indicator -> the blind ratings that the agreed one names."""
    found: dict[str, tuple[str, ...]] = {}
    for one in ratings:
        if one.round == 1:
            found[one.indicator] = (*found.get(one.indicator, ()), given[one].rating_id)
    return found


def ask_experts(study: Study, figures: Parameters) -> None:
    """Let the experts rate the need cells of two areas, near what the firms say."""
    from kume_desktop.store import reading, writing

    areas = {area.code: area.area_id for area in reading.areas(study.database)}
    for place, (expert, severity) in enumerate(EXPERTS.items()):
        at = _AFTER_FIELDWORK + timedelta(hours=place)
        chance = random.Random(f"expert {expert}")
        with study.act(author=expert, at=at) as act:
            writing.add_person(act, expert, study.wave.wave_id, "expert")
            for area in figures.areas:
                for cell, shares in area.needs.items() if area.code in _EXPERT_AREAS else ():
                    mean = sum(level * share for level, share in enumerate(shares, start=1)) / sum(shares)
                    level = round(mean + severity + chance.gauss(0, 0.5))
                    given = writing.RatingGiven(
                        wave_id=study.wave.wave_id,
                        target_kind="area",
                        target_id=areas[area.code],
                        indicator=cell,
                        level=min(LEVELS, max(1, level)),
                        rater=expert,
                        scale=f"1-{LEVELS}",
                        basis="expert",
                        reason=_EXPERT_REASON,
                    )
                    writing.rate(act, given)


def let_committee_decide(study: Study) -> None:
    """Keep the committee's decision on one area; its day does not depend on the day of this computer."""
    from kume_desktop.store import reading

    area_id = next(area.area_id for area in reading.areas(study.database) if area.code == DECISION.area)
    with study.act(at=datetime(_MEETING.year, _MEETING.month, _MEETING.day, 16, tzinfo=_ZONE)) as act:
        committee.write(act, area_id, DECISION)
