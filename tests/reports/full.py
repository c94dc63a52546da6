"""A larger study made by hand: five areas from plenty to two firms, two raters, outcomes, decisions, versions."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np

from kume_desktop.reports.agreement import areas_of, levels_of, needs_of
from kume_desktop.reports.content import (
    AreaFacts,
    DecisionRow,
    FirmFacts,
    LeftOutRow,
    RatingRow,
    ReportContent,
    VersionRow,
)
from kume_desktop.reports.tables import Answered, instrument_facts
from kume_desktop.scoring.inputs import (
    Around,
    Disposition,
    EarlierWave,
    Evidence,
    Firms,
    Frame,
    Levels,
    Needs,
    Ratings,
)
from kume_desktop.scoring.method import Change, Idea, Method, Named, Words
from kume_desktop.scoring.run import score
from kume_desktop.scoring.uncertainty.settings import RunSettings
from tests.reports.making import CELLS, a_method, facts, need_answers, needs_form, rating_form, without_pictures
from tests.scoring.rules import INDICATORS

SIZES = ("1-9", "10-24", "25-49")
DISTRICTS = ("Çiğli", "Konak")
PEOPLE = {"kimya": 24, "makine": 13, "lojistik": 11, "gida": 2, "tekstil": 0}
"""Area -> firms with levels and answers."""
SETTINGS = RunSettings(replicates=400)


def method() -> Method:
    """The usual rules with kinds of evidence and two ideas."""
    kinds = tuple(Named(str(number), Words(f"kanıt {number}", f"evidence {number}")) for number in range(1, 5))
    ideas = (Idea("g1", Words("iç pazar fikri", "an idea"), "Own"), Idea(CELLS[0], Words("eğitim", "training"), "S"))
    return replace(a_method(), evidence=kinds, ideas=ideas)


def firms() -> tuple[FirmFacts, ...]:
    found = []
    for area, count in PEOPLE.items():
        for n in range(count):
            code = f"{area[:2].upper()}{n + 1:03d}"
            found.append(
                FirmFacts(
                    code, f"Firma {code}", area, DISTRICTS[n % 2], SIZES[n % 3], f"Görüşmeci {n % 2}",
                    nace="" if n == 5 else ("20", "28")[n % 2], unit_id=f"unit-{code}",
                )
            )  # fmt: skip
    return tuple(found)


def ratings(everybody: tuple[FirmFacts, ...]) -> Iterator[RatingRow]:
    """Two blind raters on every fourth firm, settled where they differ; one rater on the others."""
    chance = random.Random(5)
    at = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
    for place, firm in enumerate(everybody):
        for k, code in enumerate(INDICATORS):
            if (firm.code, code) in {("MA002", "g3"), ("LO004", "g10")}:
                continue
            if code == "g9" and firm.area == "lojistik" and firm.code not in {"LO001", "LO002"}:
                continue  # two firms alone: not to be shown, and another indicator with it
            level = min(5, max(1, round(chance.gauss(3.4 - 0.15 * k + (firm.area == "kimya"), 1.1))))
            given = RatingRow(
                firm.code, code, level, True, "rating", "Selin Kaya", "1", str(1 + (place + k) % 3), f"gerekçe {place}",
                3, f"{firm.code}-duzey", at, evidence=("/data/g/ihracat_pay",),
            )  # fmt: skip
            if place % 4:
                yield given
                continue
            second = min(5, max(1, level + chance.choice((-1, 0, 0, 1))))
            yield replace(given, used=False)
            yield replace(given, used=False, level=second, rater="Ozan Er", suggestion=None)
            yield replace(
                given,
                rater="Selin Kaya",
                round="2",
                agreed=True,
                settles=("Selin Kaya 1", "Ozan Er 1"),
                suggestion=None,
            )


def facts_of(method: Method) -> ReportContent:
    everybody = firms()
    chance = random.Random(3)
    asked = [
        Answered(firm.code, f"{firm.code}-ihtiyac", "completed", True, _answers(firm, place, chance))
        for place, firm in enumerate(everybody)
    ]
    rated = [
        Answered(f.code, f"{f.code}-duzey", "completed", True, {"/data/g/ihracat_pay": (str(n),)})
        for n, f in enumerate(everybody)
    ]
    areas = tuple(
        AreaFacts(code, Words(f"Alan {code}", f"Area {code}"), 3 * max(count, 4), "20")
        for code, count in PEOPLE.items()
    )
    return replace(
        facts(False, method),
        areas=areas,
        firms=everybody,
        instruments=(instrument_facts(needs_form(), asked), instrument_facts(rating_form(), rated)),
        ratings=tuple(ratings(everybody)),
        decisions=_decisions(),
        versions=_versions(),
        left_out=(LeftOutRow("MA002", "g3", "raters-differ"), LeftOutRow("kimya", "panel", "other-route")),
    )


def _answers(firm: FirmFacts, place: int, chance: random.Random) -> dict[str, tuple[str, ...]]:
    named = replace(firm, code=f"F{place + 20:03d}")
    found = need_answers(named, chance)
    found["/data/g/gun"] = ("2026-03-11",)
    if firm.area == "makine" and int(firm.code[2:]) > 2:
        found[f"/data/g/{CELLS[4]}"] = ("dk",)
    return found


def _decisions() -> tuple[DecisionRow, ...]:
    at = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)
    members = ("Ayşe Yılmaz", "Mehmet Demir")
    return (
        DecisionRow(
            "kimya", 1, date(2026, 8, 30), members, "oy birliği", "tutanak 4", "=gerekçe", True, "Selin Kaya", at
        ),
        DecisionRow("kimya", 2, date(2026, 7, 1), members, "3-2", "", "", False, "Selin Kaya", at),
    )


def _versions() -> tuple[VersionRow, ...]:
    at = datetime(2026, 2, 1, 8, 0, tzinfo=UTC)
    changes = (Change("weight", "g1", 1.0, 2.5), Change("policy", "1.1", "eski", "yeni"))
    return (
        VersionRow(2, "published", Words("g1 ağırlığı 2,5", "weight of g1 2.5"), "Selin Kaya", at, changes),
        VersionRow(1, "archived", Words("ilk sürüm", "first version"), "", at),
    )


def around(content: ReportContent) -> Around:
    """Outcomes, lists, all ratings, an expert's needs and an earlier wave."""
    numbers = {area.code: place for place, area in enumerate(content.areas)}
    people = content.firms
    outcomes = tuple(
        [Disposition.COMPLETED] * len(people)
        + [Disposition.REFUSED, Disposition.NOT_REACHED, Disposition.INELIGIBLE, Disposition.PENDING] * 3
    )
    extra = tuple(f"silent-{n}" for n in range(12))
    levels = levels_of(content, "firma")
    return Around(
        firms=Firms(
            ids=(*(firm.code for firm in people), *extra),
            codes=(*(firm.code for firm in people), *extra),
            area=np.array([*(numbers[firm.area] for firm in people), *([0, 1, 2] * 4)], dtype=np.int64),
            size_class=(*(firm.size_class for firm in people), *([SIZES[0]] * 12)),
            district=(*(firm.district for firm in people), *([DISTRICTS[0]] * 12)),
            nace=(*(firm.nace for firm in people), *(["20"] * 12)),
            sources=((),) * (len(people) + 12),
            interviewer=("",) * (len(people) + 12),
            disposition=outcomes,
            staff=np.full(len(people) + 12, 12.0),
            probability=np.full(len(people) + 12, np.nan),
        ),
        frame=_frame(content),
        ratings=_ratings(content),
        expert_needs=_experts(content),
        earlier=EarlierWave("2024", _before(levels), np.array([area.frame_n for area in content.areas])),
    )


def _frame(content: ReportContent) -> Frame:
    totals = np.array([area.frame_n for area in content.areas], dtype=np.int64)
    size_n = np.stack([totals - 2 * (totals // 3), totals // 3, totals // 3], axis=1)
    entered = np.array([56, -1, -1, -1, -1], dtype=np.int64)
    return Frame(
        SIZES, size_n, DISTRICTS, np.zeros((5, 2), dtype=np.int64) - 1, entered, totals * 20.0, ("entered",) * 5
    )


def _ratings(content: ReportContent) -> Ratings:
    rows = content.ratings
    targets = tuple(firm.code for firm in content.firms)
    raters = ("Selin Kaya", "Ozan Er")
    kinds = {str(number): number for number in range(5)}
    return Ratings(
        targets, INDICATORS, raters,
        np.array([targets.index(row.firm) for row in rows]),
        np.array([INDICATORS.index(row.indicator) for row in rows]),
        np.array([raters.index(row.rater) for row in rows]), np.array([int(row.round) for row in rows]),
        np.array([row.agreed for row in rows]), np.array([float(row.level or np.nan) for row in rows]),
        np.array([float(row.suggestion) if row.suggestion else np.nan for row in rows]),
        np.array([kinds.get(row.basis, Evidence.UNSAID) for row in rows]), np.zeros(len(rows), dtype=np.bool_),
    )  # fmt: skip


def _experts(content: ReportContent) -> Needs:
    answers = np.array([[1 + (area + cell) % 5 for cell in range(10)] for area in range(3)], dtype=np.int64)
    return Needs(("e1", "e2", "e3"), np.array([0, 1, 2]), CELLS, answers, np.zeros_like(answers))


def _before(levels: Levels) -> Levels:
    """Half of the firms, a level lower."""
    kept = np.arange(0, len(levels.targets), 2)
    lower = np.clip(levels.levels[kept] - 1, 1, 5)
    return Levels(levels.route, tuple(levels.targets[k] for k in kept), levels.area[kept], levels.indicators, lower)


def full_study(method_: Method | None = None) -> ReportContent:
    """The content with results, intervals and analysis."""
    content = facts_of(method_ or method())
    levels = levels_of(content, "firma")
    scored = np.flatnonzero((~np.isnan(levels.levels)).any(axis=1))
    used = {(row.firm, row.indicator): int(row.basis) for row in content.ratings if row.used}
    evidence = np.array([[used.get((t, i), 0) for i in INDICATORS] for t in levels.targets], dtype=np.int64)
    given = Levels(
        "firma", tuple(levels.targets[k] for k in scored), levels.area[scored], levels.indicators,
        levels.levels[scored], evidence[scored],
    )  # fmt: skip
    found = score(
        areas_of(content), given, needs_of(content), content.method, around=around(content), settings=SETTINGS,
        computed_at="2026-12-18T14:02:51+03:00",
    )  # fmt: skip
    return replace(content, results=found)


def as_publication(content: ReportContent) -> ReportContent:
    """The same content for the edition that is published."""
    edition = replace(content.edition, kind="publication")
    return replace(content, edition=edition, parts=without_pictures("publication"))
