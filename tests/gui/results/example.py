"""Results made by hand: six areas as on the drawings, with everything that stands around their scores."""

from __future__ import annotations

from datetime import UTC, datetime

from kume_desktop.scoring.analysis import (
    Analysis,
    AreaResponse,
    AreaSensitivity,
    AreaUncertainty,
    CarelessEffect,
    CarelessFlag,
    Choice,
    Claim,
    Difference,
    GroupScore,
    LeftOut,
    NextStep,
    Part,
    RankBand,
    Reliability,
    RunFacts,
    Share,
    StratumResponse,
    Strength,
    Suggestion,
    WaveChange,
    WeightedScore,
)
from kume_desktop.scoring.limits import NOT_COMPUTED, Estimate, Interval
from kume_desktop.scoring.method import FIRM_ROUTE, Method
from kume_desktop.scoring.results import AreaScore, HeadingScore, IndicatorScore, NeedMargins, NeedScore, Results

AREAS = (
    ("hava", "Endüstriyel Havalandırma, İklimlendirme ve Soğutma", "HVAC", 34, 38, 90.3, (86.1, 94.2), 97, (1, 0, 0)),
    ("meyve", "İşlenmiş Meyve - Sebze", "Processed fruit", 37, 41, 76.1, (70.7, 80.1), 83, (0.23, 0.77, 0)),
    ("kimya", "Kimya", "Chemicals", 24, 35, 71.4, (65.9, 76.3), 73, (0.006, 0.994, 0)),
    ("arac", "Araç Üstü Ekipman", "Vehicle bodies", 26, 30, 61.8, (57.2, 66.6), 60, (0, 0.993, 0.007)),
    ("lojistik", "Lojistik", "Logistics", 18, 36, 57.2, (49.4, 65.8), 57, (0, 0.64, 0.36)),
    ("gelinlik", "Gelinlik ve Abiye Kıyafet", "Bridal wear", 7, 34, 47.1, None, 47, ()),
)  # fmt: skip
"""Code, names, n, eligible N, index, interval, published form, probabilities of categories 1 to 3."""
MEANS = (2.54, 2.62, 2.72, 2.51, 1.83, 2.51, 2.54, 1.44, 2.11, 2.00)
NEEDS = ((2.41, 1.76, 3.22, 3.05, 3.68), (2.11, 2.49, 2.89, 2.62, 4.32))
FEW = Interval(None, None, 0.95, "few")


def limits(low: float, high: float) -> Interval:
    """An interval."""
    return Interval(low, high, 0.95, "", "logit-t", corrected=True)


def _category(index: float) -> int:
    return 1 + (index < 700 / 9) + (index < 500 / 9)


def _indicators(method: Method, n: int, shift: float) -> tuple[IndicatorScore, ...]:
    found = []
    for place, (code, mean) in enumerate(zip(method.indicator_codes, MEANS, strict=True)):
        own = min(2.95, max(1.05, mean + shift))
        high = round(n * 0.6)
        found.append(
            IndicatorScore(
                code=code,
                n=n - place % 3,
                mean5=own * 2 - 1,
                mean=own,
                published=int(own + 0.5),
                counts=(n - high - 2, 1, 1, high // 2, high - high // 2),
                deviation=1.1,
                interval=limits(max(1.0, own - 0.2), min(3.0, own + 0.18)) if n >= 10 else FEW,
                contribution=own * 10 / 3,
                interval5=limits(own * 2 - 1.4, own * 2 - 0.7) if n >= 10 else FEW,
            )
        )
    return tuple(found)


def _headings(method: Method, indicators: tuple[IndicatorScore, ...]) -> tuple[HeadingScore, ...]:
    means = {one.code: one.mean or 0.0 for one in indicators}
    return tuple(
        HeadingScore(
            heading.code, sum(means[code] for code in heading.indicators), 3.0 * len(heading.indicators),
            100 * sum(means[code] for code in heading.indicators) / 3 / len(heading.indicators),
        )
        for heading in method.headings
    )  # fmt: skip


def area_scores(method: Method) -> tuple[AreaScore, ...]:
    """The six areas."""
    found = []
    for code, name_tr, name_en, n, whole, index, ends, published, _chances in AREAS:
        indicators = _indicators(method, n, (index - 76.1) * 0.03)
        found.append(
            AreaScore(
                code=code, name_tr=name_tr, name_en=name_en, route=FIRM_ROUTE, n=n, frame_n=whole + 4, scored=10,
                score=index, category=_category(index), published_index=published,
                published_category=_category(published), published_sum=round(published * 0.3), published_max=30,
                few_indicators=False, interval=limits(*ends) if ends else FEW, indicators=indicators,
                headings=_headings(method, indicators), eligible_n=whole, eligible_basis="estimated",
            )
        )  # fmt: skip
    return tuple(found)


def need_scores(method: Method) -> tuple[NeedScore, ...]:
    """The ten cells of each area."""
    found = []
    for place, (code, _tr, _en, n, *_rest) in enumerate(AREAS):
        for cell_place, cell in enumerate(method.needs.cells):
            mean = min(4.9, NEEDS[cell_place // 5][cell_place % 5] + 0.1 * (place - 1))
            share = max(0.05, min(0.9, (4.6 - mean) / 3.4))
            low = round(n * share)
            counts = (low // 2, low - low // 2, max(0, n - low - 6), 4, 2)
            found.append(
                NeedScore(
                    area=code, function=cell.function, resource=cell.resource, cell=cell.code, n=n, mean=mean,
                    inadequate_share=share, adequate_share=6 / n, gap=5 - mean, need_index=25 * (5 - mean),
                    counts=counts, not_applicable=1, does_not_know=0, declined=0, in_conflict=0, rank=cell_place + 1,
                    band=1 + sum(mean > limit for limit in method.needs.bands), is_need=mean < 3,
                    is_critical=mean <= 2.6, deviation=1.0,
                    interval=limits(mean - 0.3, mean + 0.3) if n >= 10 else FEW,
                    median=round(mean), dominance=0.4, order_changes=cell_place == 2, need_sure=mean < 2.7,
                    critical_sure=mean < 2.3,
                )
            )  # fmt: skip
    return tuple(found)


def _margins(needs: tuple[NeedScore, ...], method: Method) -> tuple[NeedMargins, ...]:
    found = []
    for code, *_rest in AREAS:
        own = [need for need in needs if need.area == code]
        functions = {f.code: sum(n.mean or 0 for n in own if n.function == f.code) / 5 for f in method.needs.functions}
        resources = {r.code: sum(n.mean or 0 for n in own if n.resource == r.code) / 2 for r in method.needs.resources}
        found.append(NeedMargins(code, dict(functions), dict(resources), sum(n.mean or 0 for n in own) / 10))
    return tuple(found)


def _uncertainty() -> tuple[AreaUncertainty, ...]:
    bands = {"hava": (1, 1), "meyve": (2, 3), "kimya": (2, 4), "arac": (3, 5), "lojistik": (4, 6)}
    found = []
    for code, _tr, _en, _n, _whole, _index, ends, _published, chances in AREAS:
        if ends is None:
            found.append(AreaUncertainty(code, None, (), (), FEW, None, None, None, "few"))
            continue
        low, high = bands[code]
        joint = tuple(0.9 * chance + (0.1 if chance == min(chances) else 0.0) for chance in chances)
        whole = sum(joint)
        found.append(
            AreaUncertainty(
                code, (ends[1] - ends[0]) / 4.1, tuple(map(float, chances)), tuple(one / whole for one in joint),
                limits(ends[0] - 2, ends[1] + 2), RankBand(low, low), RankBand(low, high), RankBand(low, high),
            )
        )  # fmt: skip
    return tuple(found)


def _response(code: str, n: int, whole: int, index: float) -> AreaResponse:
    strata = tuple(
        StratumResponse(size, 20 - 4 * place, 14 - 3 * place, 9 - 2 * place, 1, 2, 1, 1, 0, 0)
        for place, size in enumerate(("1-9", "10-24", "25-49", "50-249"))
    )
    total = StratumResponse("", whole + 4, n + 6, n, 1, 2, 2, 1, 0, 0)
    weighted = WeightedScore(
        "post-stratified", index - 1.2, limits(index - 6, index + 5), _category(index), round(index), 1.12, n / 1.12,
        ("25-49 + 50-249",), 1, 0,
    )  # fmt: skip
    return AreaResponse(
        code, strata, total, whole, "estimated", n / whole, 0.96, n / (n + 5), 0.95, 0.9, 0.05, weighted,
        index - 2.8, index + 1.9,
    )  # fmt: skip


def _around_one_area(method: Method) -> dict[str, tuple[object, ...]]:
    """The parts that are made for one area: the one whose category rounding changes."""
    codes = method.indicator_codes
    left = [
        LeftOut("meyve", "indicator", codes[7], 79.8, 3.7, 1, 85),
        LeftOut("meyve", "indicator", codes[2], 74.5, -1.6, 2, 81),
        LeftOut("meyve", "firm", "f-high", 75.2, -0.9, 2, 83),
        LeftOut("meyve", "firm", "f-low", 76.9, 0.8, 2, 83),
        LeftOut("meyve", "rater", "Selin Kaya", 77.2, 1.1, 2, 83),
    ]
    choices = tuple(
        Choice(weights, aggregation, "leave_out", "before", score, _category(score))
        for weights, aggregation, score in (
            ("method", "arithmetic", 76.1), ("method", "geometric", 74.0), ("equal", "arithmetic", 76.1),
        )
    )  # fmt: skip
    none = Estimate(None, NOT_COMPUTED, "two-items")
    return {
        "left_out": tuple(left),
        "sensitivity": (
            AreaSensitivity("meyve", choices, (Share("aggregation", 0.81, 0.86), Share("missing", 0.14, 0.19))),
        ),
        "strengths": (
            Strength("meyve", codes[2], 0.44, 2.2, "strength"), Strength("meyve", codes[7], -0.84, -4.2, "weakness"),
            Strength("meyve", codes[8], -0.17, -0.9, ""),
        ),
        "next_steps": (
            NextStep("meyve", codes[7], 0.06, 3, 76.4, 2, 87, 1), NextStep("meyve", codes[8], 0.39, 15, 77.9, 1, 87, 1),
        ),
        "claims": (Claim("meyve", "", 214, 151, 52, 11), Claim("meyve", codes[2], 31, 29, 2, 0)),
        "reliability": (
            Reliability("h1", codes[:2], 37, none, none, Estimate(0.71, limits(0.44, 0.85)), (0.55, 0.55)),
            Reliability(
                "h3", codes[4:7], 35, Estimate(0.66, limits(0.4, 0.82)), Estimate(0.68, NOT_COMPUTED), none,
                (0.4, 0.5, None),
            ),
        ),
        "careless": (CarelessFlag("f-low", "meyve", "longstring", 10, 8),),
        "careless_effect": (CarelessEffect("meyve", 1, 2.85, 2.87),),
        "groups": tuple(_groups(method)),
        "changes": (WaveChange("meyve", "2023", 71.0, 76.1, 5.1, limits(1.2, 9.0), 20, 10, 17, 3.9, 0.03),),
        "suggestions": (
            Suggestion("meyve", "cell", "uretim_finansman", "Ortak makine yatırımına kredi garantisi", "Loans", "Own"),
            Suggestion("meyve", "indicator", codes[7], "Üniversite ile ortak test laboratuvarı", "A laboratory", "Own"),
        ),
    }  # fmt: skip


def _groups(method: Method) -> list[GroupScore]:
    found = []
    for place, (size, n, hidden) in enumerate(
        (("1-9", 12, ""), ("10-24", 14, ""), ("25-49", 2, "few"), ("50-249", 9, "secondary"))
    ):
        for what in ("", *method.indicator_codes, *(cell.code for cell in method.needs.cells)):
            mean = (70.0 + 4 * place) if not what else 2.1 + 0.3 * place
            shown = None if hidden else mean
            found.append(
                GroupScore("meyve", "size_class", size, what, None if hidden else n, shown,
                           None if hidden else 0.4, hidden, indicative=n < 10)
            )  # fmt: skip
    return found


def _differences(method: Method) -> tuple[Difference, ...]:
    found = []
    for first in AREAS:
        for second in AREAS[AREAS.index(first) + 1 :]:
            points = first[5] - second[5]
            parts = tuple(
                Part(code, points / 10 + (0.8 if place % 2 else -0.8))
                for place, code in enumerate(method.indicator_codes)
            )
            found.append(Difference(first[0], second[0], points, limits(points - 5, points + 5), parts))
    return tuple(found)


def analysis(method: Method) -> Analysis:
    """Everything around the scores."""
    parts = _around_one_area(method)
    return Analysis(
        run=RunFacts(2013, 10_000, 0.95, "dirichlet", ("arithmetic", "geometric"), ("leave_out", "two-way"), 0.2),
        uncertainty=_uncertainty(),
        response=tuple(_response(code, n, whole, index) for code, _tr, _en, n, whole, index, *_rest in AREAS),
        agreement=(),
        drift=(),
        differences=_differences(method),
        skipped=(("agreement", "one-rater"), ("drift", "one-rater")),
        **parts,  # type: ignore[arg-type]
    )


def example(method: Method) -> Results:
    """The six areas with their analysis, computed on 18 December 2026 at 11:02:51 UTC."""
    needs = need_scores(method)
    return Results(
        route=FIRM_ROUTE,
        areas=area_scores(method),
        needs=needs,
        margins=_margins(needs, method),
        method_name=method.name.tr,
        method_version="2",
        method_hash=method.hash,
        inputs_hash="b" * 64,
        engine_version="2",
        instrument_hashes=("a" * 64,),
        computed_at=datetime(2026, 12, 18, 11, 2, 51, tzinfo=UTC).isoformat(),
        demonstration=False,
        analysis=analysis(method),
    )
