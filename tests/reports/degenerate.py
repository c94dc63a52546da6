"""Studies at the edge of what can be: no area, one firm, nobody rated, one rater, everybody of one opinion."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from kume_desktop.reports.agreement import areas_of, levels_of, needs_of
from kume_desktop.reports.content import AreaFacts, FirmFacts, RatingRow, ReportContent
from kume_desktop.reports.tables import Answered, instrument_facts
from kume_desktop.scoring.inputs import Around, Disposition, Firms, Frame, Levels, Ratings
from kume_desktop.scoring.method import Words
from kume_desktop.scoring.run import score
from kume_desktop.scoring.uncertainty.settings import RunSettings
from tests.reports.full import DISTRICTS, SIZES, method
from tests.reports.making import CELLS, facts, need_answers, needs_form, rating_form, without_pictures
from tests.scoring.rules import INDICATORS

SETTINGS = RunSettings(replicates=100)


@dataclass(frozen=True)
class Shape:
    """`people`: area -> firms; `level` and `answer`: what everybody says, None where they differ."""

    people: Mapping[str, int]
    raters: tuple[str, ...] = ("Selin Kaya", "Ozan Er")
    is_rated: bool = True
    is_asked: bool = True
    level: int | None = None
    answer: str = ""


SHAPES: Mapping[str, Shape] = {
    "no area": Shape({}),
    "one area without firms": Shape({"kimya": 0}),
    "one area with one firm": Shape({"kimya": 1}),
    "two areas with two firms each": Shape({"kimya": 2, "makine": 2}),
    "two areas with one firm each": Shape({"kimya": 1, "makine": 1}),
    "an empty area beside a full one": Shape({"kimya": 14, "tekstil": 0}),
    "nobody rated": Shape({"kimya": 12, "makine": 2}, is_rated=False),
    "nobody asked": Shape({"kimya": 12, "makine": 2}, is_asked=False),
    "one firm and nobody rated": Shape({"kimya": 1}, is_rated=False),
    "one rater": Shape({"kimya": 12, "makine": 4}, raters=("Selin Kaya",)),
    "all unanimous": Shape({"kimya": 12, "makine": 11}, level=3, answer="2"),
    "all at the end of the scale": Shape({"kimya": 12, "makine": 3}, level=5, answer="1"),
}


def study_of(shape: Shape) -> ReportContent:
    """The content of a study of this shape, with its results and analysis."""
    content = _without_results(shape)
    levels = levels_of(content, "firma")
    scored = np.flatnonzero((~np.isnan(levels.levels)).any(axis=1))
    given = Levels(
        "firma", tuple(levels.targets[k] for k in scored), levels.area[scored], levels.indicators, levels.levels[scored]
    )
    found = score(
        areas_of(content), given, needs_of(content), content.method, around=_around(shape, content), settings=SETTINGS,
        computed_at="2026-12-18T14:02:51+03:00",
    )  # fmt: skip
    return replace(content, results=found)


def _without_results(shape: Shape) -> ReportContent:
    firms = tuple(_firms(shape))
    chance = random.Random(8)
    asked = [
        Answered(firm.code, f"{firm.code}-ihtiyac", "completed", True, _answers(shape, firm, chance))
        for firm in (firms if shape.is_asked else ())
    ]
    areas = (
        AreaFacts(code, Words(f"Alan {code}", f"Area {code}"), 3 * count or None)
        for code, count in shape.people.items()
    )
    return replace(
        facts(False, method()),
        areas=tuple(areas),
        firms=firms,
        instruments=(instrument_facts(needs_form(), asked), instrument_facts(rating_form(), [])),
        ratings=tuple(_ratings(shape, firms)),
    )


def _firms(shape: Shape) -> Iterator[FirmFacts]:
    for area, count in shape.people.items():
        for n in range(count):
            code = f"{area[:2].upper()}{n + 1:03d}"
            yield FirmFacts(
                code, f"Firma {code}", area, DISTRICTS[n % 2], SIZES[n % 3], "Görüşmeci 1", nace=("20", "28")[n % 2],
                unit_id=code,
            )  # fmt: skip


def _answers(shape: Shape, firm: FirmFacts, chance: random.Random) -> dict[str, tuple[str, ...]]:
    named = replace(firm, code=f"F{int(firm.code[2:]):03d}")
    found = need_answers(named, chance)
    if shape.answer:
        found |= {f"/data/g/{cell}": (shape.answer,) for cell in CELLS}
    return found


def _ratings(shape: Shape, firms: tuple[FirmFacts, ...]) -> Iterator[RatingRow]:
    """The first rater's level holds; the others' stand beside it."""
    chance = random.Random(5)
    for firm in firms if shape.is_rated else ():
        for code in INDICATORS:
            for place, rater in enumerate(shape.raters):
                level = chance.randint(1, 5) if shape.level is None else shape.level
                yield RatingRow(firm.code, code, level, not place, "rating", rater, "1", "1")


def _around(shape: Shape, content: ReportContent) -> Around:
    areas = [area.code for area in content.areas]
    people = content.firms
    codes = tuple(firm.code for firm in people)
    done = Disposition.COMPLETED if shape.is_asked else Disposition.PENDING
    firms = Firms(
        codes, codes, np.array([areas.index(firm.area) for firm in people], dtype=np.int64),
        tuple(firm.size_class for firm in people), tuple(firm.district for firm in people),
        tuple(firm.nace for firm in people), ((),) * len(people), ("",) * len(people), (done,) * len(people),
        np.full(len(people), 12.0), np.full(len(people), np.nan),
    )  # fmt: skip
    nothing = np.full((len(areas), 0), -1, dtype=np.int64)
    totals = np.array([3 * count for count in shape.people.values()], dtype=np.int64)
    frame = Frame((), nothing, (), nothing, totals, totals * 20.0, ("entered",) * len(areas))
    return Around(firms, frame, _given(content))


def _given(content: ReportContent) -> Ratings:
    rows = content.ratings
    targets = tuple(firm.code for firm in content.firms)
    raters = tuple(dict.fromkeys(row.rater for row in rows))
    return Ratings(
        targets, INDICATORS, raters,
        np.array([targets.index(row.firm) for row in rows], dtype=np.int64),
        np.array([INDICATORS.index(row.indicator) for row in rows], dtype=np.int64),
        np.array([raters.index(row.rater) for row in rows], dtype=np.int64),
        np.ones(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=np.bool_),
        np.array([row.level for row in rows], dtype=np.float64), np.full(len(rows), np.nan),
        np.ones(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=np.bool_),
    )  # fmt: skip


def edition_of(content: ReportContent, kind: str) -> ReportContent:
    """The content for one of the two editions, all its sheets but the pictures."""
    return replace(content, edition=replace(content.edition, kind=kind), parts=without_pictures(kind))
