"""Who answered, by stratum, and what the silence of the others could mean: rates by live formulas."""

from __future__ import annotations

from collections.abc import Sequence

from kume_desktop.reports.sheets.index import IndexPlace
from kume_desktop.reports.sheets.indicators import I_AREA, I_FORCE, I_HIGHER, I_LOWER, I_SHARE, IndicatorPlace
from kume_desktop.reports.sheets.method import MethodPlace
from kume_desktop.reports.writing import wording
from kume_desktop.reports.writing.cells import Content, Live
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.table import Col, Table
from kume_desktop.scoring.analysis import Analysis, AreaResponse, StratumResponse
from kume_desktop.scoring.method import FIRM_ROUTE


def write_strata(job: Job, sheet: Sheet, analysis: Analysis) -> None:
    """Write the outcomes of the fieldwork: one row for each stratum of each area, then the area as a whole."""
    note = job.tr(
        "Outcomes of the firms that were sent into the field. Rates are AAPOR's minimum rates (RR1, CON1, COOP1, REF1)."
    )
    if job.is_public:
        note = f"{note} {job.tr('The strata stand in the audit edition.')}"
    columns = (
        Col("area", job.tr("Area"), 16),
        Col("area_name", job.tr("Name"), 36, "name"),
        Col("stratum", job.tr("Size class"), 14),
        Col("frame_n", job.tr("N, list"), 9, "count"),
        Col("issued", job.tr("Issued"), 9, "count"),
        Col("completed", job.tr("Completed"), 10, "count"),
        Col("partial", job.tr("Partial"), 9, "count"),
        Col("refused", job.tr("Refused"), 9, "count"),
        Col("not_reached", job.tr("Not reached"), 9, "count"),
        Col("pending", job.tr("Pending"), 9, "count"),
        Col("ineligible", job.tr("Out of scope"), 10, "count"),
        Col("duplicate", job.tr("Duplicate"), 10, "count"),
        Col("response", job.tr("Response rate"), 10, "fine-share"),
        Col("contact", job.tr("Contact rate"), 10, "fine-share"),
        Col("cooperation", job.tr("Cooperation rate"), 11, "fine-share"),
        Col("refusal", job.tr("Refusal rate"), 10, "fine-share"),
    )
    job.begin(sheet, job.tr("Response"), [column.width for column in columns], note)
    table = Table(job, sheet, "strata", columns, HEAD_ROW)
    for one in analysis.response:
        for stratum in () if job.is_public else one.strata:
            name = stratum.stratum or job.tr("unknown")
            table.add([one.area, job.area_names[one.area], name, *_outcomes(table, stratum)])
        cells = [one.area, job.area_names[one.area], job.tr("whole area"), *_outcomes(table, one.total)]
        shown, styles = job.veil(sheet, job.response_mark(one), cells, table.styles, 3)
        table.add(shown, {column.key: style for column, style in zip(columns, styles, strict=True)})
    table.end(3)


def _outcomes(table: Table, one: StratumResponse) -> list[Content]:
    reached = one.completed + one.partial + one.refused
    everybody = reached + one.not_reached + one.pending
    here = table.here
    asked = "+".join(here(key) for key in ("completed", "partial", "refused"))
    all_of_them = f"{asked}+{here('not_reached')}+{here('pending')}"
    rates = (
        (here("completed"), all_of_them, one.completed, everybody),
        (f"({asked})", all_of_them, reached, everybody),
        (here("completed"), asked, one.completed, reached),
        (here("refused"), all_of_them, one.refused, everybody),
    )
    return [
        one.frame_n, one.issued, one.completed, one.partial, one.refused, one.not_reached, one.pending, one.ineligible,
        one.duplicate,
        *(
            Live(f'IF(({below})=0,"",{above}/({below}))', part / whole if whole else None)
            for above, below, part, whole in rates
        ),
    ]  # fmt: skip


def write_coverage(
    job: Job, sheet: Sheet, method: MethodPlace, index: IndexPlace, indicators: IndicatorPlace, analysis: Analysis
) -> None:
    """Write one row an area: eligible N, covered shares, the weighted index beside the unweighted one, what-ifs."""
    note = job.tr(
        "Weighted and unweighted index stand side by side; the last columns say what the silence of the others could mean."  # noqa: E501
    )
    columns = (
        Col("area", job.tr("Area"), 16),
        Col("area_name", job.tr("Name"), 36, "name"),
        Col("frame_n", job.tr("N, list"), 8, "count"),
        Col("eligible_n", job.tr("N, eligible"), 9, "count"),
        Col("basis", job.tr("Eligible N is"), 12),
        Col("n", "n", 7, "count"),
        Col("covered", job.tr("Covered firms"), 10, "fine-share"),
        Col("employment", job.tr("Covered employment"), 12, "fine-share"),
        Col("score", job.tr("Index, unweighted"), 11, "index"),
        Col("weighted", job.tr("Index, weighted"), 11, "index"),
        Col("difference", job.tr("Difference"), 10, "points"),
        Col("low", job.tr("95%, lower"), 9, "one"),
        Col("high", job.tr("95%, upper"), 9, "one"),
        Col("category", job.tr("Category, weighted"), 10, "count"),
        Col("published_index", job.tr("Published index, weighted"), 11, "published"),
        Col("how", job.tr("How weighted"), 30, "grey-wrap"),
        Col("deff", job.tr("Design effect"), 9, "two"),
        Col("n_eff", job.tr("Effective n"), 9, "one"),
        Col("trimmed", job.tr("Weights cut"), 9, "count"),
        Col("one_lower", job.tr("Index if the others were one level lower"), 13, "one"),
        Col("one_higher", job.tr("Index if the others were one level higher"), 13, "one"),
    )
    job.begin(sheet, job.tr("Coverage and weights"), [column.width for column in columns], note)
    table = Table(job, sheet, "coverage", columns, HEAD_ROW, 68)
    for one in analysis.response:
        cells = _coverage(job, table, one, index)
        cells += _what_ifs(job, table, one, method, indicators)
        shown, styles = job.veil(sheet, job.response_mark(one), cells, table.styles, 2)
        looks = {column.key: style for column, style in zip(columns, styles, strict=True)}
        if job.hides_employment(one) and not job.response_mark(one):
            shown[table.at["employment"]], looks["employment"] = (
                job.tr("Confidentiality: one or two firms make up most of the total."),
                "hidden",
            )
            sheet.hidden += 1
        table.add(shown, looks)
    table.end(2)
    job.wide(sheet, 1)


def _coverage(job: Job, table: Table, one: AreaResponse, index: IndexPlace) -> list[Content]:
    score, weighted = job.scores[one.area], one.weighted
    here = table.here
    eligible, frame = index.ref(one.area, "eligible_n"), index.ref(one.area, "frame_n")
    covered = one.total.completed / one.eligible_n if one.eligible_n else None
    apart = None if weighted.score is None or score.score is None else weighted.score - score.score
    n_eff = None if weighted.n_eff is None else weighted.n_eff
    return [
        one.area,
        job.area_names[one.area],
        Live(f'IF({frame}="","",{frame})', score.frame_n),
        Live(f'IF({eligible}="","",{eligible})', score.eligible_n) if score.route == FIRM_ROUTE else one.eligible_n,
        job.word(wording.BASES, one.eligible_basis),
        one.total.completed,
        Live(f'IF(N({here("eligible_n")})=0,"",{here("n")}/{here("eligible_n")})', covered),
        one.employment_share,
        Live(index.ref(one.area, "score"), score.score),
        weighted.score,
        Live(f'IF(OR({here("weighted")}="",{here("score")}=""),"",{here("weighted")}-{here("score")})', apart),
        weighted.interval.low,
        weighted.interval.high,
        weighted.category,
        weighted.published_index,
        _how(job, one),
        weighted.deff,
        n_eff,
        weighted.trimmed if weighted.how else None,
    ]


def _how(job: Job, one: AreaResponse) -> str:
    """How the weights were made, what was merged, or why there are none."""
    weighted = one.weighted
    match weighted.how:
        case "post-stratified":
            told = job.tr("post-stratified by size class")
        case "raked":
            told = job.tr("raked by size class and district")
        case _:
            told = ""
    merged = job.tr("merged: {groups}", groups=", ".join(weighted.collapsed)) if weighted.collapsed else ""
    reason = job.word(wording.REASONS, weighted.reason) if weighted.reason else ""
    return "; ".join(part for part in (told, merged, reason) if part)


def _what_ifs(
    job: Job, table: Table, one: AreaResponse, method: MethodPlace, indicators: IndicatorPlace
) -> Sequence[Content]:
    """The index if every eligible firm without a level stood one level beside; plain arithmetic on the indicators."""
    if job.scores[one.area].route != FIRM_ROUTE or one.one_lower is None:
        return one.one_lower, one.one_higher
    area = f"{indicators.column(I_AREA)},{job.numbers[one.area]}"
    highest = f"({method.scale_max}*SUMIFS({indicators.column(I_FORCE)},{area}))"
    n = f"{job.scores[one.area].n}"
    share = f"MIN(1,{n}/{table.here('eligible_n')})"
    own = f"SUMIFS({indicators.column(I_SHARE)},{area})"
    return [
        Live(f"{share}*{own}+(1-{share})*100*SUMIFS({indicators.column(column)},{area})/{highest}", value)
        for column, value in ((I_LOWER, one.one_lower), (I_HIGHER, one.one_higher))
    ]
