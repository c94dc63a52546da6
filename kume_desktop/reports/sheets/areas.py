"""One sheet an area, to be read downward: index, indicators, headings, needs, policy texts."""

from __future__ import annotations

from dataclasses import dataclass

from kume_desktop.reports.content import AreaFacts
from kume_desktop.reports.sheets.headings import H_MAXIMUM, H_POINTS, H_SCORE, HeadingPlace
from kume_desktop.reports.sheets.index import IndexPlace, note_text
from kume_desktop.reports.sheets.indicators import I_GIVEN, I_MEAN, I_N, I_PUBLISHED, I_SHARE, IndicatorPlace
from kume_desktop.reports.sheets.matrix import AXIS, TITLE_FONT, flag, heat, mean_formula, write_legend
from kume_desktop.reports.sheets.method import MethodPlace
from kume_desktop.reports.sheets.needs import CRITICAL, INADEQUATE, MEAN, NEED, N, NeedPlace, need_rows
from kume_desktop.reports.sheets.told import Told
from kume_desktop.reports.writing.cells import Content, Live, literal, near
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.pictures import place_figure
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.styles import ACCENT, FUNCTIONS, LINE, TEXT2
from kume_desktop.scoring.method import FIRM_ROUTE, Named
from kume_desktop.scoring.results import AreaScore, NeedScore

LABEL, FIRST, LAST, CHARTS = 1, 2, 7, 9
_WIDTHS = (7, 40, 12, 12, 12, 12, 12, 24, 2, 10, 10, 10, 10, 10, 10)


@dataclass(frozen=True, slots=True)
class Sources:
    """The sheets that an area sheet quotes; no needs where the study asks none."""

    method: MethodPlace
    index: IndexPlace
    indicators: IndicatorPlace
    headings: HeadingPlace
    needs: NeedPlace | None


def write_area(job: Job, sheet: Sheet, area: AreaFacts, sources: Sources) -> None:
    """Write the sheet of one area."""
    score = job.scores[area.code]
    note = " · ".join(part for part in (area.code, area.nace and f"NACE {area.nace}", job.route(score.route)) if part)
    job.begin(sheet, job.say(area.name), _WIDTHS, note)
    mark = job.hidden.area(area.code)
    if mark:
        sheet.across(HEAD_ROW, 0, LAST, job.sentences.hidden(mark), "big-text")
        sheet.hidden += 1
        return
    told = Told(job, score)
    _strip(job, sheet, score, sources.index)
    row = _sentences(sheet, HEAD_ROW + 3, [*told.index(), *told.category(), *told.response()])
    row = _indicators(job, sheet, row + 1, area.code, score, sources.indicators)
    row = _headings(job, sheet, row + 1, area.code, score, sources.headings)
    if sources.needs is not None:
        row = _needs(job, sheet, row + 1, area.code, sources.needs, sources.method)
    row = _blocks(job, sheet, row + 1, told)
    row = _policies(job, sheet, row, score, sources)
    for name in ("profile", "levels"):
        row = place_figure(job, sheet, row + 1, 0, name, area.code)
    sheet.raw.fit_to_pages(1, 0)


def _sentences(sheet: Sheet, row: int, lines: list[str]) -> int:
    """What is said of the area, a sentence a row; returns the row after."""
    for line in lines:
        sheet.across(row, 0, LAST, line, "sentence")
        sheet.grow(row, (line, sum(_WIDTHS[: LAST + 1])))
        row += 1
    return row


def _blocks(job: Job, sheet: Sheet, row: int, told: Told) -> int:
    """Decision, nearest steps, ideas: each a title with its sentences; returns the row after."""
    blocks = (
        (job.tr("Committee decision"), told.decision()),
        (job.tr("Nearest steps"), told.next_step()),
        (job.tr("Ideas for the weakest points"), told.ideas()),
    )
    for title, lines in blocks:
        if lines:
            _section(sheet, row, title)
            row = _sentences(sheet, row + 1, lines) + 1
    return row


def _strip(job: Job, sheet: Sheet, score: AreaScore, index: IndexPlace) -> None:
    """The figures of the area in one row."""
    area, top = score.code, HEAD_ROW
    firms = score.route == FIRM_ROUTE
    route = Live(index.ref(area, "route"), job.route(score.route))
    base = Live(_base_formula(area, index), _base(score)) if firms else route
    published = Live(index.ref(area, "published_index"), score.published_index)
    parts = (
        (0, 1, job.tr("Index"), Live(index.ref(area, "score"), score.score), "big"),
        (2, 3, job.tr("Published style"), published, "big-published"),
        (4, 6, job.tr("Category"), Live(index.ref(area, "category_name"), job.category(score.category)), "big-text"),
        (7, 7, "n / N" if firms else job.tr("Route"), base, "big-text"),
    )
    sheet.raw.set_row(top + 1, 34)
    for first, last, head, cell, style in parts:
        sheet.across(top, first, last, head, "head")
        sheet.live_across(top + 1, first, last, cell, style)
    sheet.live_across(top + 2, 0, LAST, Live(index.ref(area, "note"), note_text(job, score)), "warn")


def _base(score: AreaScore) -> str:
    whole = score.frame_n if score.eligible_n is None else score.eligible_n
    return f"{score.n} / {'–' if whole is None else whole}"


def _base_formula(area: str, index: IndexPlace) -> str:
    eligible, frame = index.ref(area, "eligible_n"), index.ref(area, "frame_n")
    return f'{index.ref(area, "n")}&" / "&IF({eligible}<>"",{eligible},IF({frame}="","–",{frame}))'


def _section(sheet: Sheet, row: int, title: str) -> None:
    for col in range(LAST + 1):
        sheet.text(row, col, title if col == 0 else "", "section")


def _indicators(job: Job, sheet: Sheet, top: int, area: str, score: AreaScore, place: IndicatorPlace) -> int:
    """The ten indicators with what each brings into the index; returns the row after."""
    _section(sheet, top, job.tr("Indicators"))
    heads = (
        "", job.tr("Indicator"), "n", job.tr("Mean, as given"), job.tr("Mean, collapsed"), job.tr("Published style"),
        job.tr("Index points"), job.tr("Heading"),
    )  # fmt: skip
    styles = ("grey", "text", "count", "two", "two", "published", "one", "grey")
    sheet.raw.set_row(top + 1, 44)
    job.heads(sheet, heads, styles, top + 1)
    for row, entry in enumerate(score.indicators, start=top + 2):
        cells: list[Content] = [
            entry.code, job.indicator_names[entry.code],
            Live(place.ref(area, entry.code, I_N), entry.n),
            Live(place.ref(area, entry.code, I_GIVEN), entry.mean5),
            Live(place.ref(area, entry.code, I_MEAN), entry.mean),
            Live(place.ref(area, entry.code, I_PUBLISHED), entry.published),
            Live(place.ref(area, entry.code, I_SHARE), entry.contribution),
            job.say(job.method.heading_of(entry.code).text),
        ]  # fmt: skip
        shown, looks = job.veil(sheet, job.hidden.indicator(area, entry.code), cells, styles, 2)
        sheet.row(row, shown, looks)
    last = top + 1 + len(score.indicators)
    _profile(job, sheet, top + 2, last)
    return last + 1


def _profile(job: Job, sheet: Sheet, first: int, last: int) -> None:
    """The collapsed means of the indicators as bars."""
    chart = sheet.book.chart("bar")
    column = FIRST + 2
    chart.add_series(
        {
            "name": job.tr("Mean, collapsed"),
            "categories": [sheet.name, first, LABEL, last, LABEL],
            "values": [sheet.name, first, column, last, column],
            "fill": {"color": ACCENT},
            "data_labels": {"value": True, "num_format": "0.00", "font": {"size": 8, "color": TEXT2}},
            "gap": 60,
        }
    )
    low, high = job.method.scale_min, job.method.scale_max
    chart.set_title({"name": job.tr("Profile of the indicators, {low}–{high}", low=low, high=high), **TITLE_FONT})
    chart.set_x_axis({"min": low, "max": high, "major_unit": 0.5, "num_format": "0.0", **AXIS})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8, "color": TEXT2}, "line": {"color": LINE}})
    chart.set_legend({"none": True})
    told = job.tr("Bars: the collapsed mean of each indicator. The numbers stand in the table beside.")
    sheet.chart(HEAD_ROW, CHARTS, chart, 620, 400, told)


def _headings(job: Job, sheet: Sheet, top: int, area: str, score: AreaScore, place: HeadingPlace) -> int:
    _section(sheet, top, job.tr("Headings"))
    heads = ("", job.tr("Heading"), job.tr("Points"), job.tr("Highest points"), job.tr("Heading score"))
    styles = ("grey", "text", "two", "two", "one")
    sheet.raw.set_row(top + 1, 30)
    job.heads(sheet, heads, styles, top + 1)
    row = top + 2
    for heading, result in zip(job.method.headings, score.headings, strict=True):
        source = place.rows[area, heading.code]
        cells: list[Content] = [
            heading.code, job.say(heading.text),
            Live(place.sheet.ref(source, H_POINTS), result.points),
            Live(place.sheet.ref(source, H_MAXIMUM), result.maximum),
            Live(place.sheet.ref(source, H_SCORE), result.score),
        ]  # fmt: skip
        shown, looks = job.veil(sheet, job.hidden.heading(area, heading.code), cells, styles, 2)
        sheet.row(row, shown, looks)
        row += 1
    return row


def _needs(job: Job, sheet: Sheet, top: int, area: str, place: NeedPlace, method: MethodPlace) -> int:
    """The matrix of the area: means as a heat map, shares, counts and marks below each."""
    _section(sheet, top, job.tr("Needs matrix"))
    rules = job.method.needs
    sheet.raw.set_row(top + 1, 44)
    heads = ["", job.tr("Function"), *(job.say(resource.text) for resource in rules.resources), job.tr("Mean")]
    job.heads(sheet, heads, ["text", "text", *["heat"] * len(rules.resources), "heat"], top + 1)
    needs = need_rows(job, area)
    row, mean_rows = top + 2, []
    for function in rules.functions:
        mean_rows.append(row)
        row = _function(job, sheet, row, function, [n for n in needs if n.function == function.code], place)
    margin = next(entry for entry in job.content.results.margins if entry.area == area)
    sheet.text(row, LABEL, job.tr("Mean of the functions"), "grey")
    for col, resource in enumerate(rules.resources, start=FIRST):
        span = ",".join(near(mean_row, col) for mean_row in mean_rows)
        mean = Live(mean_formula(span, len(mean_rows)), margin.resources[resource.code])
        job.show(sheet, (row, col), mean, "margin", job.hidden.margin(area, resource.code))
    everything = ",".join(f"{near(r, FIRST)}:{near(r, FIRST + len(rules.resources) - 1)}" for r in mean_rows)
    overall = mean_formula(everything, len(rules.resources) * len(mean_rows))
    whole = (row, FIRST + len(rules.resources))
    job.show(sheet, whole, Live(overall, margin.overall), "margin", job.hidden.margin(area, ""))
    limits = write_legend(job, sheet, row + 2, LABEL, method)
    for mean_row in mean_rows:
        last = FIRST + len(rules.resources) - 1
        heat(sheet, (mean_row, FIRST, mean_row, last), limits)
        flag(sheet, (mean_row + 1, FIRST, mean_row + 1, last), mean_row, limits)
    _needs_chart(job, sheet, top, mean_rows)
    return row + 4


def _function(job: Job, sheet: Sheet, row: int, function: Named, needs: list[NeedScore], place: NeedPlace) -> int:
    """Four rows of one function: mean, share inadequate, n, mark; returns the row after."""
    sheet.text(row, LABEL, job.say(function.text), "strong")
    labels = (job.tr("share inadequate"), "n", job.tr("mark"))
    for place_below, label in enumerate(labels, start=1):
        sheet.text(row + place_below, LABEL, label, "grey")
    for col, need in enumerate(needs, start=FIRST):
        key = (need.area, need.cell)
        mark = job.hidden.need(*key)
        if mark:
            job.show(sheet, (row, col), None, "heat", mark)
            continue
        sheet.live(row, col, Live(place.ref(*key, MEAN), need.mean), "heat")
        sheet.live(row + 1, col, Live(place.ref(*key, INADEQUATE), need.inadequate_share), "heat-share")
        sheet.live(row + 2, col, Live(place.ref(*key, N), need.n), "heat-count")
        sheet.live(row + 3, col, _mark(job, need, place), "heat-mark")
    span = f"{near(row, FIRST)}:{near(row, FIRST + len(needs) - 1)}"
    margin = next(entry for entry in job.content.results.margins if entry.area == needs[0].area)
    mean = Live(mean_formula(span, len(needs)), margin.functions[function.code])
    job.show(sheet, (row, FIRST + len(needs)), mean, "margin", job.hidden.margin(needs[0].area, function.code))
    return row + 4


def _mark(job: Job, need: NeedScore, place: NeedPlace) -> Live:
    critical, wanted = job.tr("critical"), job.tr("need")
    value = critical if need.is_critical else wanted if need.is_need else None
    yes = literal(job.tr("yes"))
    is_critical, is_need = place.ref(need.area, need.cell, CRITICAL), place.ref(need.area, need.cell, NEED)
    return Live(f'IF({is_critical}={yes},{literal(critical)},IF({is_need}={yes},{literal(wanted)},""))', value)


def _needs_chart(job: Job, sheet: Sheet, top: int, rows: list[int]) -> None:
    """The cell means as columns, one colour a function."""
    chart = sheet.book.chart("column")
    last = FIRST + len(job.method.needs.resources) - 1
    for place, row in enumerate(rows):
        chart.add_series(
            {
                "name": [sheet.name, row, LABEL],
                "categories": [sheet.name, top + 1, FIRST, top + 1, last],
                "values": [sheet.name, row, FIRST, row, last],
                "fill": {"color": FUNCTIONS[place % len(FUNCTIONS)]},
                "data_labels": {"value": True, "num_format": "0.0", "font": {"size": 8, "color": TEXT2}},
                "gap": 80,
                "overlap": -5,
            }
        )
    chart.set_title({"name": job.tr("Adequacy of the resources, means 1–5"), **TITLE_FONT})
    chart.set_y_axis({"min": 1, "max": 5, "major_unit": 1, "num_format": "0", **AXIS})
    chart.set_x_axis({"num_font": {"size": 8, "color": TEXT2}, "line": {"color": LINE}})
    chart.set_legend({"position": "top", "font": {"size": 9, "color": TEXT2}})
    told = job.tr("Columns: the mean adequacy of each resource, by function. The numbers stand in the table beside.")
    sheet.chart(top, CHARTS, chart, 620, 330, told)


def _policies(job: Job, sheet: Sheet, top: int, score: AreaScore, sources: Sources) -> int:
    """The policy texts of the category; returns the row after."""
    _section(sheet, top, job.tr("Policy texts of the category"))
    category = sources.index.ref(score.code, "category")
    formula = f'IF({category}="","",INDEX({sources.method.policies},{category}))'
    text = job.policies(score.category)
    sheet.raw.set_row(top + 1, 15 * ((text or "").count("\n") + 2))
    sheet.live_across(top + 1, 0, LAST, Live(formula, text), "wrap")
    return top + 2
