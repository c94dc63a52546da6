"""How sure an index is: intervals, probabilities of the categories, rank bands, and how the replicates were made."""

from __future__ import annotations

from kume_desktop.reports.sheets.index import IndexPlace, how_text
from kume_desktop.reports.writing import wording
from kume_desktop.reports.writing.cells import Content, Live
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.pictures import place_figure
from kume_desktop.reports.writing.sentences import SURE
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.table import Col, Table
from kume_desktop.scoring.analysis import Analysis, AreaUncertainty, RankBand
from kume_desktop.scoring.results import AreaScore

_SHOWN = 3


def write_uncertainty(job: Job, sheet: Sheet, index: IndexPlace, analysis: Analysis) -> None:
    """Write one row an area: values of the replicates beside live quotations of the index."""
    columns = _columns(job)
    note = job.sentences.only_sampling()
    job.begin(sheet, job.tr("Uncertainty"), [column.width for column in columns], note)
    table = Table(job, sheet, "uncertainty", columns, HEAD_ROW, 58)
    for area in job.content.areas:
        score = job.scores[area.code]
        cells = [area.code, job.say(area.name), job.route(score.route), *_row(job, score, index, analysis, table)]
        shown, styles = job.veil(sheet, job.hidden.area(area.code), cells, table.styles, _SHOWN)
        table.add(shown, {column.key: style for column, style in zip(columns, styles, strict=True)})
    row = table.end(2) + 1
    job.wide(sheet, 1)
    row = _run(job, sheet, row, analysis)
    for name in ("ranks", "probabilities"):
        row = place_figure(job, sheet, row + 1, 0, name)


def _columns(job: Job) -> tuple[Col, ...]:
    numbers = [category.code for category in job.method.categories]
    names = [job.category(int(number)) or "" for number in numbers]
    sampling = job.tr("choice of firms")
    joint = job.tr("choice of firms and method")
    return (
        Col("area", job.tr("Area"), 14),
        Col("area_name", job.tr("Name"), 34, "name"),
        Col("route", job.tr("Route"), 11),
        Col("score", job.tr("Index"), 9, "index"),
        Col("n", "n", 6, "count"),
        Col("eligible_n", job.tr("N, eligible"), 9, "count"),
        Col("standard_error", job.tr("Standard error"), 10, "two"),
        Col("low", job.tr("95%, lower"), 9, "one"),
        Col("high", job.tr("95%, upper"), 9, "one"),
        Col("how", job.tr("Kind of interval"), 20, "grey-wrap"),
        *(
            Col(f"sampling:{number}", f"{name}: {sampling}", 14, "chance")
            for number, name in zip(numbers, names, strict=True)
        ),
        Col("sure", job.tr("Badge"), 20, "warn"),
        *(
            Col(f"joint:{number}", f"{name}: {joint}", 14, "chance")
            for number, name in zip(numbers, names, strict=True)
        ),
        Col("joint_low", job.tr("Joint range, lower"), 10, "one"),
        Col("joint_high", job.tr("Joint range, upper"), 10, "one"),
        Col("by_method", job.tr("Places, method band"), 11, "centre"),
        Col("by_sampling", job.tr("Places, band of the choice of firms"), 11, "centre"),
        Col("by_both", job.tr("Places, both together"), 11, "centre"),
        Col("reason", job.tr("Why there are none"), 26, "grey-wrap"),
    )


def _row(job: Job, score: AreaScore, index: IndexPlace, analysis: Analysis, table: Table) -> list[Content]:
    found, code = analysis.uncertainty_of(score.code), score.code
    count = len(job.method.categories)
    eligible = index.ref(code, "eligible_n")
    known: list[Content] = [
        Live(index.ref(code, "score"), score.score),
        Live(index.ref(code, "n"), score.n),
        Live(f'IF({eligible}="","",{eligible})', score.eligible_n),
        None if found is None else found.standard_error,
        score.interval.low,
        score.interval.high,
        how_text(job, score),
    ]
    if found is None:
        reason = next((why for part, why in analysis.skipped if part == "uncertainty"), "not-computed")
        return [*known, *[None] * (2 * count + 6), job.word(wording.REASONS, reason)]
    sampling: list[Content] = [*found.sampling] if found.sampling else [None] * count
    joint: list[Content] = [*found.joint] if found.joint else [None] * count
    limits: list[Content] = [found.joint_interval.low, found.joint_interval.high]
    bands: list[Content] = [_band(found.by_method), _band(found.by_sampling), _band(found.by_both)]
    reason = job.word(wording.REASONS, found.reason) if found.reason else ""
    return [*known, *sampling, _badge(job, found, table), *joint, *limits, *bands, reason]


def _badge(job: Job, found: AreaUncertainty, table: Table) -> Content:
    """Certain or not, by the largest probability."""
    if not found.sampling:
        return ""
    close = job.tr("Close to a cut – the category is not certain")
    keys = [f"sampling:{category.code}" for category in job.method.categories]
    span = f"{table.here(keys[0])}:{table.here(keys[-1])}"
    return Live(f'IF(MAX({span})<{SURE},"{close}","")', close if max(found.sampling) < SURE else None)


def _band(band: RankBand | None) -> str:
    return "" if band is None else f"{band.low}–{band.high}"


def _run(job: Job, sheet: Sheet, row: int, analysis: Analysis) -> int:
    """How the replicates were made, below the table; returns the row after."""
    run = analysis.run
    said = job.sentences
    facts = (
        (job.tr("Seed"), str(run.seed)),
        (job.tr("Number of replicates"), said.number(run.replicates, 0)),
        (job.tr("Replicates of the coefficients"), said.number(run.coefficient_replicates, 0)),
        (job.tr("Confidence"), said.number(run.confidence, 2)),
        (job.tr("Weights varied"), job.word(wording.RULES, run.weights)),
        (job.tr("Aggregation varied"), ", ".join(job.word(wording.RULES, one) for one in run.aggregations)),
        (job.tr("Missing data varied"), ", ".join(job.word(wording.RULES, one) for one in run.imputations)),
        (job.tr("Weight of each constant profile of the pseudo-firm"), said.number(run.pseudo_firm, 2)),
    )
    sheet.across(row, 0, 9, job.tr("Replicates"), "section")
    for place, (name, told) in enumerate(facts, start=row + 1):
        sheet.across(place, 0, 1, name, "grey")
        sheet.across(place, 2, 9, told, "text")
    return row + 1 + len(facts)
