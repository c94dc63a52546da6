"""What lies behind an index: contributions, differences between areas, strengths, nearest steps, statements."""

from __future__ import annotations

from collections.abc import Sequence

from kume_desktop.problems import N_
from kume_desktop.reports.sheets.index import IndexPlace
from kume_desktop.reports.sheets.indicators import I_MEAN, I_SHARE, IndicatorPlace
from kume_desktop.reports.writing import wording
from kume_desktop.reports.writing.cells import Content, Live
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.pictures import place_figure
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.structure import find_table
from kume_desktop.reports.writing.table import Col, Table, TableFacts
from kume_desktop.scoring.analysis import Analysis, Claim, Difference
from kume_desktop.scoring.inputs import Evidence

KINDS = {"strength": N_("strength"), "weakness": N_("weakness"), "": N_("neither")}
HIGH = 4


def write_contributions(job: Job, sheet: Sheet, index: IndexPlace, indicators: IndicatorPlace) -> None:
    """Write the index points of each indicator in each area; they add up to the index."""
    note = job.tr("Index points: what each indicator brings into the index of an area. They add up to the index.")
    codes = job.method.indicator_codes
    columns = (
        Col("area", job.tr("Area"), 16),
        Col("area_name", job.tr("Name"), 36, "name"),
        *(Col(f"points:{code}", job.indicator_names[code], 12, "two") for code in codes),
        Col("sum", job.tr("Sum"), 9, "index"),
        Col("score", job.tr("Index"), 9, "index"),
        Col("difference", job.tr("Difference"), 10, "two"),
    )
    job.begin(sheet, job.tr("Contributions"), [column.width for column in columns], note)
    table = Table(job, sheet, "contributions", columns, HEAD_ROW, 68)
    for area in job.content.areas:
        score = job.scores[area.code]
        first, last = table.here(f"points:{codes[0]}"), table.here(f"points:{codes[-1]}")
        known = [one.contribution for one in score.indicators if one.contribution is not None]
        total = sum(known) if known else None
        points: list[Content] = [
            Live(indicators.ref(area.code, one.code, I_SHARE), one.contribution) for one in score.indicators
        ]
        marks = [job.hidden.indicator(area.code, code) for code in codes]
        whole = table.here("score")
        cells: list[Content] = [
            area.code, job.say(area.name),
            *(job.sentences.hidden(mark) if mark else cell for mark, cell in zip(marks, points, strict=True)),
            Live(f'IF(COUNT({first}:{last})=0,"",SUM({first}:{last}))', total),
            Live(index.ref(area.code, "score"), score.score),
            Live(f'IF({whole}="","",ROUND({table.here("sum")}-{whole},9))', _rest(total, score.score)),
        ]  # fmt: skip
        sheet.hidden += sum(bool(mark) for mark in marks)
        styles = {f"points:{code}": "hidden" for code, mark in zip(codes, marks, strict=True) if mark}
        if job.hidden.area(area.code):
            styles |= dict.fromkeys(("sum", "score", "difference"), "hidden")
        table.add(_without_area(job, sheet, cells, area.code), styles)
    row = table.end(2) + 1
    job.wide(sheet, 1)
    for area in job.content.areas:
        row = place_figure(job, sheet, row, 0, "waterfall", area.code)


def _rest(total: float | None, score: float | None) -> float | None:
    return None if total is None or score is None else round(total - score, 9) + 0.0


def _without_area(job: Job, sheet: Sheet, cells: list[Content], area: str) -> list[Content]:
    """Where a whole area is hidden its sum and index are too."""
    mark = job.hidden.area(area)
    if not mark:
        return cells
    sheet.hidden += 3
    return [*cells[:-3], *[job.sentences.hidden(mark)] * 3]


def write_differences(
    job: Job, sheet: Sheet, index: IndexPlace, indicators: IndicatorPlace, analysis: Analysis
) -> None:
    """Write each pair of areas: the difference, its interval, and what each indicator adds to it."""
    note = job.tr(
        "Index of the first area minus index of the second; the points of the indicators add up to the difference."
    )
    codes = job.method.indicator_codes
    columns = (
        Col("first", job.tr("First area"), 30, "name"),
        Col("second", job.tr("Second area"), 30, "name"),
        Col("points", job.tr("Difference"), 11, "points"),
        Col("low", job.tr("95%, lower"), 9, "points"),
        Col("high", job.tr("95%, upper"), 9, "points"),
        Col("certain", job.tr("Certainly different"), 11, "centre"),
        Col("reason", job.tr("Why no interval"), 22, "grey-wrap"),
        *(Col(f"points:{code}", job.indicator_names[code], 12, "points") for code in codes),
        Col("sum", job.tr("Sum"), 9, "points"),
    )
    job.begin(sheet, job.tr("Differences"), [column.width for column in columns], note)
    table = Table(job, sheet, "differences", columns, HEAD_ROW, 68)
    for one in analysis.differences:
        if not (job.hidden.area(one.first) or job.hidden.area(one.second)):
            table.add(*_difference(job, table, one, index, indicators))
    table.end(2)
    job.wide(sheet, 1)


def _difference(
    job: Job, table: Table, one: Difference, index: IndexPlace, indicators: IndicatorPlace
) -> tuple[list[Content], dict[str, str]]:
    low, high, yes = table.here("low"), table.here("high"), job.tr("yes")
    certain = (
        one.interval.low is not None and one.interval.high is not None and one.interval.low * one.interval.high > 0
    )
    parts: list[Content] = []
    styles: dict[str, str] = {}
    for part in one.parts:
        code = part.indicator
        mark = job.hidden.indicator(one.first, code) or job.hidden.indicator(one.second, code)
        if mark:
            parts.append(job.sentences.hidden(mark))
            styles[f"points:{code}"] = "hidden"
            continue
        cells = [f"N({indicators.ref(area, code, I_SHARE)})" for area in (one.first, one.second)]
        parts.append(Live(f"{cells[0]}-{cells[1]}", part.points))
    codes = job.method.indicator_codes
    span = f"{table.here(f'points:{codes[0]}')}:{table.here(f'points:{codes[-1]}')}"
    reason = job.word(wording.REASONS, one.interval.reason) if one.interval.reason else ""
    table.sheet.hidden += len(styles)
    cells_: list[Content] = [
        job.area_names[one.first], job.area_names[one.second],
        Live(f"{index.ref(one.first, 'score')}-{index.ref(one.second, 'score')}", one.points),
        one.interval.low, one.interval.high,
        Live(f'IF(OR({low}="",{high}=""),"",IF({low}*{high}>0,"{yes}",""))', yes if certain else None),
        reason, *parts, Live(f"SUM({span})", sum(part.points for part in one.parts)),
    ]  # fmt: skip
    if styles and job.is_public:
        cells_[-1] = one.points
    return cells_, styles


def write_strengths(job: Job, sheet: Sheet, indicators: IndicatorPlace, analysis: Analysis) -> None:
    """Write how far each indicator lies from the mean of its area, in widths of its own interval."""
    note = job.tr(
        "Distance of an indicator from the mean of its area; a strength or a weakness only beyond half its interval."
    )
    columns = (
        Col("area", job.tr("Area"), 16),
        Col("area_name", job.tr("Name"), 36, "name"),
        Col("indicator", job.tr("Code"), 8),
        Col("indicator_name", job.tr("Indicator"), 44),
        Col("mean", job.tr("Mean, collapsed"), 10, "two"),
        Col("distance", job.tr("Distance from the mean of the area"), 12, "two"),
        Col("widths", job.tr("In half interval widths"), 12, "two"),
        Col("kind", job.tr("Reading"), 14),
    )
    job.begin(sheet, job.tr("Strengths and weaknesses"), [column.width for column in columns], note)
    table = Table(job, sheet, "strengths", columns, HEAD_ROW, 44)
    for one in analysis.strengths:
        mark = job.hidden.indicator(one.area, one.indicator)
        mean = next((i.mean for i in job.scores[one.area].indicators if i.code == one.indicator), None)
        cells = (
            one.area, job.area_names[one.area], one.indicator, job.indicator_names[one.indicator],
            Live(indicators.ref(one.area, one.indicator, I_MEAN), mean), one.distance, one.widths,
            job.word(KINDS, one.kind),
        )  # fmt: skip
        shown, styles = job.veil(sheet, mark, cells, table.styles, 4)
        table.add(shown, {column.key: style for column, style in zip(columns, styles, strict=True)})
    table.end(4)


def write_next_steps(job: Job, sheet: Sheet, analysis: Analysis) -> None:
    """Write what each indicator lacks to its next published level, and what the area would then be."""
    note = job.tr("One step of one indicator at a time, all else unchanged; within an area the nearest steps first.")
    columns = (
        Col("area", job.tr("Area"), 16),
        Col("area_name", job.tr("Name"), 36, "name"),
        Col("indicator", job.tr("Code"), 8),
        Col("indicator_name", job.tr("Indicator"), 44),
        Col("missing", job.tr("The mean lacks"), 10, "two"),
        Col("firms", job.tr("Firms one level higher, at least"), 12, "count"),
        Col("score", job.tr("Index then"), 10, "index"),
        Col("category", job.tr("Category then"), 10, "count"),
        Col("published_index", job.tr("Published index then"), 10, "published"),
        Col("published_category", job.tr("Published category then"), 10, "count"),
        Col("raises", job.tr("Raises a category"), 11, "centre"),
    )
    job.begin(sheet, job.tr("Next steps"), [column.width for column in columns], note)
    table = Table(job, sheet, "next_steps", columns, HEAD_ROW, 44)
    for one in analysis.next_steps:
        now = job.scores[one.area]
        higher = one.category < (now.category or 0) or one.published_category < (now.published_category or 0)
        cells = (
            one.area, job.area_names[one.area], one.indicator, job.indicator_names[one.indicator], one.missing,
            one.firms, one.score, one.category, one.published_index, one.published_category,
            job.tr("yes") if higher else "",
        )  # fmt: skip
        shown, styles = job.veil(sheet, job.hidden.indicator(one.area, one.indicator), cells, table.styles, 4)
        table.add(shown, {column.key: style for column, style in zip(columns, styles, strict=True)})
    table.end(4)


def write_claims(job: Job, sheet: Sheet, analysis: Analysis) -> None:
    """Write how many high levels rest on a document that was seen: counted live on the rating record."""
    note = job.tr("Levels 4 and 5 and what they rest on; without a document they rest on a statement.")
    columns = (
        Col("area_no", job.tr("Area no."), 8, "count"),
        Col("area", job.tr("Area"), 16),
        Col("area_name", job.tr("Name"), 36, "name"),
        Col("indicator", job.tr("Code"), 8),
        Col("indicator_name", job.tr("Indicator"), 44),
        Col("high", job.tr("Levels 4 and 5"), 10, "count"),
        Col("documented", job.tr("Document seen"), 10, "count"),
        Col("stated", job.tr("Statement"), 10, "count"),
        Col("unsaid", job.tr("Not said"), 10, "count"),
        Col("share", job.tr("Share with a document"), 11, "share"),
    )
    job.begin(sheet, job.tr("Statements and documents"), [column.width for column in columns], note)
    table = Table(job, sheet, "claims", columns, HEAD_ROW, 44)
    record = find_table(job, "ratings")
    for one in analysis.claims:
        if job.is_public and (one.indicator or job.hidden.area(one.area) or one.high < HIGH - 1):
            continue  # of the indicators the audit edition tells: their counts are those of single firms
        _claim(job, table, one, record)
    table.end(2)


def _claim(job: Job, table: Table, one: Claim, record: TableFacts | None) -> None:
    high, documented = table.here("high"), table.here("documented")
    share = one.documented / one.high if one.high else None
    table.add((
        job.numbers[one.area], one.area, job.area_names[one.area], one.indicator,
        job.indicator_names[one.indicator] if one.indicator else job.tr("all indicators"),
        *_counts(table, one, record),
        Live(f'IF(N({high})=0,"",{documented}/{high})', share),
    ))  # fmt: skip


def _counts(table: Table, one: Claim, record: TableFacts | None) -> Sequence[Content]:
    values = (one.high, one.documented, one.stated, one.unsaid)
    if record is None:
        return values

    def column(key: str) -> str:
        return record.sheet.column(record.keys.index(key), record.first, max(record.first, record.last))

    scope = f'{column("area_no")},{table.here("area_no")},{column("counts")},1,{column("level")},">={HIGH}"'
    if one.indicator:
        scope += f",{column('indicator')},{table.here('indicator')}"
    kinds = (f",{column('basis')},{kind}" for kind in (Evidence.DOCUMENT, Evidence.STATEMENT, Evidence.UNSAID))
    return [Live(f"COUNTIFS({scope}{kind})", value) for kind, value in zip(("", *kinds), values, strict=True)]
