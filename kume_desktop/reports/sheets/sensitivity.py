"""What other choices would change: the exact factorial over the method, and leaving out one thing after the other."""

from __future__ import annotations

from collections.abc import Callable

from kume_desktop.problems import N_
from kume_desktop.reports.sheets.index import IndexPlace
from kume_desktop.reports.writing import wording
from kume_desktop.reports.writing.cells import Live
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.table import Col, Table
from kume_desktop.scoring.analysis import Analysis, AreaSensitivity, Choice, LeftOut

KINDS = {"indicator": N_("indicator"), "firm": N_("firm"), "rater": N_("rater")}


def write_shares(job: Job, sheet: Sheet, analysis: Analysis) -> None:
    """Write how much each choice of method explains of the variance over all combinations: alone, and in total."""
    note = job.tr(
        "Share of the variance over all combinations of the choices of method; with interactions the total is larger."
    )
    columns = (
        Col("area", job.tr("Area"), 16),
        Col("area_name", job.tr("Name"), 40, "name"),
        Col("factor", job.tr("Choice"), 30),
        Col("first_order", job.tr("Alone"), 10, "share"),
        Col("total", job.tr("With interactions"), 12, "share"),
        Col("lowest", job.tr("Lowest index"), 10, "one"),
        Col("highest", job.tr("Highest index"), 10, "one"),
    )
    job.begin(sheet, job.tr("Sensitivity"), [column.width for column in columns], note)
    table = Table(job, sheet, "sensitivity", columns, HEAD_ROW)
    for one in analysis.sensitivity:
        if job.hidden.any_indicator(one.area) or job.scores[one.area].score is None:
            continue  # the combinations would give single indicators away
        scores = [choice.score for choice in one.choices if choice.score is not None]
        ends = (min(scores, default=None), max(scores, default=None))
        for share in one.shares:
            factor = job.word(wording.FACTORS, share.factor)
            table.add((one.area, job.area_names[one.area], factor, share.first_order, share.total, *ends))
        if not one.shares:
            told = job.tr("no choice moves the index")
            table.add((one.area, job.area_names[one.area], told, None, None, *ends))
    table.end(2)


def write_outcomes(job: Job, sheet: Sheet, index: IndexPlace, analysis: Analysis) -> None:
    """Write the index of each area under each combination of the choices, beside the one in force."""
    note = job.tr("The index of each area under every combination of the discrete choices.")
    columns = (
        Col("area", job.tr("Area"), 16),
        Col("area_name", job.tr("Name"), 36, "name"),
        Col("weights", job.tr("Weights"), 24),
        Col("aggregation", job.tr("Aggregation"), 18),
        Col("missing", job.tr("Missing data"), 28),
        Col("collapse", job.tr("Order of collapsing"), 26),
        Col("score", job.tr("Index"), 10, "index"),
        Col("difference", job.tr("Against the index in force"), 12, "points"),
        Col("category", job.tr("Category"), 10, "count"),
        Col("changes", job.tr("Other category"), 11, "centre"),
    )
    job.begin(sheet, job.tr("Choices of method"), [column.width for column in columns], note)
    table = Table(job, sheet, "outcomes", columns, HEAD_ROW)
    for one in analysis.sensitivity:
        if not job.hidden.any_indicator(one.area) and job.scores[one.area].score is not None:
            for choice in sorted(one.choices, key=_by_distance(job, one)):
                _outcome(job, table, one.area, choice, index)
    table.end(2)


def _by_distance(job: Job, one: AreaSensitivity) -> Callable[[Choice], float]:
    """The choices that move the index most come first."""
    now = job.scores[one.area].score or 0.0
    return lambda choice: -abs((choice.score or now) - now)


def _outcome(job: Job, table: Table, area: str, choice: Choice, index: IndexPlace) -> None:
    now, yes = job.scores[area], job.tr("yes")
    score, category = table.here("score"), table.here("category")
    in_force, own = index.ref(area, "score"), index.ref(area, "category")
    apart = None if choice.score is None or now.score is None else choice.score - now.score
    other = yes if choice.category is not None and choice.category != now.category else None
    rules = (choice.weights, choice.aggregation, choice.missing, choice.collapse)
    table.add((
        area, job.area_names[area], *(job.word(wording.RULES, rule) for rule in rules), choice.score,
        Live(f'IF(OR({score}="",{in_force}=""),"",{score}-{in_force})', apart),
        choice.category,
        Live(f'IF(OR({category}="",{category}={own}),"","{yes}")', other),
    ))  # fmt: skip


def write_left_out(job: Job, sheet: Sheet, index: IndexPlace, analysis: Analysis) -> None:
    """Write each area without one indicator, firm or rater, the largest changes first; no firms or raters for all."""
    note = job.tr("The index without one indicator, firm or rater; within an area the largest changes first.")
    columns = (
        Col("area", job.tr("Area"), 16),
        Col("area_name", job.tr("Name"), 36, "name"),
        Col("kind", job.tr("Left out"), 12),
        Col("what", job.tr("Which"), 44),
        Col("score", job.tr("Index"), 10, "index"),
        Col("change", job.tr("Change"), 10, "points"),
        Col("category", job.tr("Category"), 10, "count"),
        Col("changes", job.tr("Other category"), 11, "centre"),
        Col("published_index", job.tr("Published index"), 10, "published"),
    )
    job.begin(sheet, job.tr("Leaving out"), [column.width for column in columns], note)
    table = Table(job, sheet, "left_out", columns, HEAD_ROW)
    for area in job.content.areas:
        own = [one for one in analysis.left_out if one.area == area.code and _is_shown(job, one)]
        for one in sorted(own, key=lambda one: -abs(one.change or 0.0)):
            _left_out(job, table, one, index)
    table.end(2)


def _is_shown(job: Job, one: LeftOut) -> bool:
    if not job.is_public:
        return True
    return one.kind == "indicator" and not job.hidden.indicator(one.area, one.what)


def _left_out(job: Job, table: Table, one: LeftOut, index: IndexPlace) -> None:
    now, yes = job.scores[one.area], job.tr("yes")
    score, category = table.here("score"), table.here("category")
    in_force, own = index.ref(one.area, "score"), index.ref(one.area, "category")
    apart = None if one.score is None or now.score is None else one.score - now.score
    other = yes if one.category is not None and one.category != now.category else None
    table.add((
        one.area, job.area_names[one.area], job.word(KINDS, one.kind), _name(job, one), one.score,
        Live(f'IF(OR({score}="",{in_force}=""),"",{score}-{in_force})', apart),
        one.category,
        Live(f'IF(OR({category}="",{category}={own}),"","{yes}")', other),
        one.published_index,
    ))  # fmt: skip


def _name(job: Job, one: LeftOut) -> str:
    match one.kind:
        case "indicator":
            return job.indicator_names.get(one.what, one.what)
        case "firm":
            return job.firm_codes.get(one.what, one.what)
        case _:
            return one.what
