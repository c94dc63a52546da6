"""How far raters agree, how steady the headings are as scales, which answers look careless: values, as description."""

from __future__ import annotations

from collections.abc import Sequence

from kume_desktop import texts
from kume_desktop.problems import N_
from kume_desktop.reports.writing import wording
from kume_desktop.reports.writing.cells import Content
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.table import Col, Table
from kume_desktop.scoring.analysis import Analysis
from kume_desktop.scoring.limits import Estimate
from kume_desktop.scoring.uncertainty import known_gaps

SIGNALS = {
    "longstring": N_("the same answer many times running"),
    "no-variation": N_("all answers are equal"),
    "person-fit": N_("answers run against the other firms"),
}


def cover(job: Job, code: str) -> str:
    """How often intervals of these coefficients held the truth in simulation where that is less than they promise."""
    gap = next(one for one in known_gaps.COEFFICIENT_GAPS if one.code == code)
    return job.tr(
        wording.COVERS[code], low=texts.percent(gap.lowest, job.lang), high=texts.percent(gap.highest, job.lang)
    )


def _estimate(job: Job, key: str, name: str) -> tuple[Col, ...]:
    """The columns of a coefficient: value, limits, reason."""
    return (
        Col(key, name, 10, "three"),
        Col(f"{key}_low", job.tr("95%, lower"), 9, "three"),
        Col(f"{key}_high", job.tr("95%, upper"), 9, "three"),
        Col(f"{key}_reason", job.tr("Note"), 22, "grey-wrap"),
    )


def _told(job: Job, estimate: Estimate) -> list[Content]:
    reason = estimate.reason or (estimate.interval.reason if estimate.interval.low is None else "")
    words = job.word(wording.REASONS, reason) if reason else job.word(wording.INTERVALS, estimate.interval.how)
    return [estimate.value, estimate.interval.low, estimate.interval.high, words]


def _add(job: Job, table: Table, cells: Sequence[Content], n: int, keep: int) -> None:
    """A row that rests on `n` firms; below three the publication edition shows its first `keep` cells alone."""
    shown, styles = job.veil(table.sheet, job.few(n), cells, table.styles, keep)
    table.add(shown, {column.key: style for column, style in zip(table.columns, styles, strict=True)})


def write_agreement(job: Job, sheet: Sheet, analysis: Analysis) -> None:
    """Write how far raters agree in their blind rounds: all indicators together, then one by one."""
    note = job.tr("Blind rounds only, before anything was settled. Description, not a test that must be passed.")
    note = f"{note} {cover(job, known_gaps.AGREEMENT_AT_END)}"
    columns = (
        Col("indicator", job.tr("Code"), 8),
        Col("indicator_name", job.tr("Indicator"), 44),
        Col("units", job.tr("Firms rated twice"), 10, "count"),
        Col("raters", job.tr("Raters"), 8, "count"),
        Col("exact", job.tr("Same level"), 9, "share"),
        Col("within_one", job.tr("Within one level"), 9, "share"),
        *_estimate(job, "alpha", job.tr("Krippendorff's alpha, ordinal")),
        *_estimate(job, "icc_single", "ICC(A,1)"),
        *_estimate(job, "icc_average", "ICC(A,k)"),
        *_estimate(job, "kappa", job.tr("Weighted kappa, quadratic")),
    )
    job.begin(sheet, job.tr("Agreement of raters"), [column.width for column in columns], note)
    table = Table(job, sheet, "agreement", columns, HEAD_ROW, 44)
    for one in analysis.agreement:
        name = job.indicator_names.get(one.indicator, one.indicator) if one.indicator else job.tr("all indicators")
        cells: list[Content] = [one.indicator, name, one.units, one.raters, one.exact, one.within_one]
        for estimate in (one.alpha, one.icc_single, one.icc_average, one.kappa):
            cells += _told(job, estimate)
        _add(job, table, cells, one.units, 2)
    table.end(2)
    job.wide(sheet, 1)


def write_drift(job: Job, sheet: Sheet, analysis: Analysis) -> None:
    """Write each rater against the others and against the suggestions; the audit edition alone names raters."""
    note = job.tr("Severity above 0: higher levels than the others on the same firms. Slope: change per 100 ratings.")
    columns = (
        Col("rater", job.tr("Rater"), 24, "strong"),
        Col("ratings", job.tr("Ratings"), 9, "count"),
        Col("shared", job.tr("Shared with others"), 10, "count"),
        Col("severity", job.tr("Severity"), 10, "two"),
        Col("low", job.tr("95%, lower"), 9, "two"),
        Col("high", job.tr("95%, upper"), 9, "two"),
        Col("reason", job.tr("Note"), 26, "grey-wrap"),
        Col("from_suggestion", job.tr("Against the suggestion"), 12, "two"),
        Col("slope", job.tr("Slope"), 9, "two"),
        Col("own_interviews", job.tr("Ratings of own interviews"), 12, "count"),
    )
    job.begin(sheet, job.tr("Raters one by one"), [column.width for column in columns], note)
    table = Table(job, sheet, "drift", columns, HEAD_ROW, 44)
    for one in analysis.drift:
        reason = job.word(wording.REASONS, one.interval.reason) if one.interval.reason else ""
        table.add((
            one.rater, one.ratings, one.shared, one.severity, one.interval.low, one.interval.high, reason,
            one.from_suggestion, one.slope, one.own_interviews,
        ))  # fmt: skip
    table.end()


def write_scales(job: Job, sheet: Sheet, analysis: Analysis) -> None:
    """Write each heading and each need function as a scale, then the items of each."""
    note = job.tr("Headings that form a whole need not correlate: alpha describes them, it is no test of quality.")
    note = f"{note} {cover(job, known_gaps.ALPHA_AT_END)}"
    columns = (
        Col("scale", job.tr("Scale"), 40, "name"),
        Col("items", job.tr("Items"), 8, "count"),
        Col("n", "n", 7, "count"),
        *_estimate(job, "alpha", "alpha"),
        *_estimate(job, "omega", "omega"),
        *_estimate(job, "spearman_brown", "Spearman-Brown"),
        Col("item_rest", job.tr("Correlation of each item with the rest"), 60, "wrap"),
    )
    job.begin(sheet, job.tr("Reliability"), [column.width for column in columns], note)
    table = Table(job, sheet, "reliability", columns, HEAD_ROW, 44)
    for one in analysis.reliability:
        cells: list[Content] = [_scale_name(job, one.scale), len(one.items), one.n]
        for estimate in (one.alpha, one.omega, one.spearman_brown):
            cells += _told(job, estimate)
        rest = (
            f"{item}: {job.sentences.number(value, 2)}" for item, value in zip(one.items, one.item_rest, strict=True)
        )
        _add(job, table, [*cells, "; ".join(rest)], one.n, 2)
    table.end(1)
    job.wide(sheet, 0)


def _scale_name(job: Job, code: str) -> str:
    names = {heading.code: job.say(heading.text) for heading in job.method.headings}
    names |= {function.code: job.say(function.text) for function in job.method.needs.functions}
    return names.get(code, code)


def write_careless(job: Job, sheet: Sheet, analysis: Analysis) -> None:
    """Write the flags of firms, then what leaving them out would change; nothing was deleted."""
    note = job.tr("Signals say where to look, not whom to leave out. Nothing was deleted.")
    columns = (
        Col("area", job.tr("Area"), 16),
        Col("area_name", job.tr("Name"), 36, "name"),
        Col("firm", job.tr("Firm"), 14),
        Col("signal", job.tr("Signal"), 40),
        Col("value", job.tr("Value"), 10, "two"),
        Col("limit", job.tr("Limit"), 10, "two"),
    )
    job.begin(sheet, job.tr("Careless answers"), [column.width for column in columns], note)
    table = Table(job, sheet, "careless", columns, HEAD_ROW)
    for flag in analysis.careless:
        firm = job.firm_codes.get(flag.firm, flag.firm)
        signal = job.word(SIGNALS, flag.signal)
        table.add((flag.area, job.area_names[flag.area], firm, signal, flag.value, flag.limit))
    row = table.end(2) + 2
    effects = (
        Col("area", job.tr("Area"), 16),
        Col("area_name", job.tr("Name"), 36, "name"),
        Col("flagged", job.tr("Flagged firms"), 14, "count"),
        Col("overall", job.tr("Mean of the need cells"), 40, "two"),
        Col("without", job.tr("Without them"), 10, "two"),
    )
    below = Table(job, sheet, "careless_effect", effects, row)
    for one in analysis.careless_effect:
        below.add((one.area, job.area_names[one.area], one.flagged, one.overall, one.overall_without))
    below.end(first_on_sheet=False)
