"""The needs matrix of all areas at once: a heat map of means, the shares and counts behind it, and a chart."""

from __future__ import annotations

from collections.abc import Sequence

from kume_desktop.reports.sheets import needs as needs_sheets
from kume_desktop.reports.sheets.method import MethodPlace
from kume_desktop.reports.sheets.needs import INADEQUATE, MEAN, N, NeedPlace, need_rows
from kume_desktop.reports.writing.cells import Live, letter, near
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.pictures import place_figure
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.styles import BANDS, FUNCTIONS, LINE, TEXT2, WARN
from kume_desktop.scoring.method import Cell
from kume_desktop.scoring.results import NeedMargins, NeedScore

FIRST_CELL = 1
CHART_ROWS = 18
ONE_PAGE = 12
"""So many areas fit on one page with their chart."""


def write_matrix(job: Job, sheet: Sheet, method: MethodPlace, cells: NeedPlace) -> None:
    """Write three blocks, one below the other (means, shares inadequate, answers), the legend and the chart."""
    ordered = _ordered(job)
    note = job.tr("Means 1–5; margins are unweighted means of cell means.")
    job.begin(sheet, job.tr("Needs matrix"), (46, *[11.5] * len(ordered), 11, 11, 11), note)
    step = len(job.content.areas) + 4
    blocks = (
        (job.tr("Mean"), MEAN, "heat"),
        (job.tr("Share inadequate"), INADEQUATE, "heat-share"),
        (job.tr("Answers (n)"), N, "heat-count"),
    )
    for place, (title, column, style) in enumerate(blocks):
        _block(job, sheet, HEAD_ROW + place * step, title, column, style, cells)
    _margins(job, sheet, HEAD_ROW)
    legend = HEAD_ROW + len(blocks) * step
    limits = write_legend(job, sheet, legend, FIRST_CELL, method)
    first = HEAD_ROW + 2
    last = FIRST_CELL + len(ordered) - 1
    heat(sheet, (first, FIRST_CELL, first + len(job.content.areas) - 1, last), limits)
    flag(sheet, (first + step, FIRST_CELL, first + step + len(job.content.areas) - 1, last), first, limits)
    sheet.raw.freeze_panes(HEAD_ROW + 2, 1)
    _chart(job, sheet, legend + 4, first, FIRST_CELL + len(ordered))
    row = below = legend + 4 + CHART_ROWS
    for area in job.content.areas:
        for name in ("needs", "need-answers"):
            row = place_figure(job, sheet, row, 0, name, area.code)
    if len(job.content.areas) <= ONE_PAGE and row == below:
        sheet.raw.fit_to_pages(1, 1)


def _ordered(job: Job) -> list[Cell]:
    """The cells function by function, resource by resource."""
    rules = job.method.needs
    by_part = {(cell.function, cell.resource): cell for cell in rules.cells}
    parts = [(function.code, resource.code) for function in rules.functions for resource in rules.resources]
    return [by_part[part] for part in parts if part in by_part]


def _block(job: Job, sheet: Sheet, top: int, title: str, column: int, style: str, cells: NeedPlace) -> None:
    """One figure of all cells: a row an area."""
    ordered, rules = _ordered(job), job.method.needs
    sheet.text(top, 0, title, "section")
    col = FIRST_CELL
    for function in rules.functions:
        width = sum(cell.function == function.code for cell in ordered)
        sheet.across(top, col, col + width - 1, job.say(function.text), "head-centre")
        col += width
    texts = {resource.code: job.say(resource.text) for resource in rules.resources}
    sheet.text(top + 1, 0, job.tr("Area"), "head")
    sheet.raw.set_row(top + 1, 44)
    for place, cell in enumerate(ordered, start=FIRST_CELL):
        sheet.text(top + 1, place, texts[cell.resource], "head-centre")
    for row, area in enumerate(job.content.areas, start=top + 2):
        sheet.text(row, 0, job.say(area.name), "strong")
        values = {need.cell: _value(need, column) for need in need_rows(job, area.code)}
        for place, cell in enumerate(ordered, start=FIRST_CELL):
            shown = Live(cells.ref(area.code, cell.code, column), values[cell.code])
            job.show(sheet, (row, place), shown, style, job.hidden.need(area.code, cell.code))


def _value(need: NeedScore, column: int) -> float | None:
    match column:
        case needs_sheets.MEAN:
            return need.mean
        case needs_sheets.N:
            return need.n
        case _:
            return need.inadequate_share


def _margins(job: Job, sheet: Sheet, top: int) -> None:
    """The means of each function and of all cells, beside the means."""
    rules, ordered = job.method.needs, _ordered(job)
    first = FIRST_CELL + len(ordered)
    heads = [job.tr("Mean, {function}", function=job.say(f.text)) for f in rules.functions]
    for place, head in enumerate((*heads, job.tr("Mean, all")), start=first):
        sheet.text(top + 1, place, head, "head-centre")
    margins = {entry.area: entry for entry in job.content.results.margins}
    for row, area in enumerate(job.content.areas, start=top + 2):
        parts = (*(function.code for function in rules.functions), "")
        cells = margin_cells(job, margins[area.code], row, ordered)
        for place, (part, cell) in enumerate(zip(parts, cells, strict=True), start=first):
            job.show(sheet, (row, place), cell, "margin", job.hidden.margin(area.code, part))


def margin_cells(job: Job, margin: NeedMargins, row: int, ordered: Sequence[Cell]) -> list[Live]:
    """The margins of one row of cell means: per function, then over all; empty where a cell is."""
    found: list[Live] = []
    col = FIRST_CELL
    for function in job.method.needs.functions:
        width = sum(cell.function == function.code for cell in ordered)
        span = f"{near(row, col)}:{near(row, col + width - 1)}"
        found.append(Live(mean_formula(span, width), margin.functions[function.code]))
        col += width
    span = f"{near(row, FIRST_CELL)}:{near(row, col - 1)}"
    return [*found, Live(mean_formula(span, len(ordered)), margin.overall)]


def mean_formula(span: str, cells: int) -> str:
    """The unweighted mean of `cells` cells, empty unless all of them hold a number."""
    return f'IF(COUNT({span})<{cells},"",AVERAGE({span}))'


def write_legend(job: Job, sheet: Sheet, row: int, col: int, method: MethodPlace) -> tuple[str, ...]:
    """Write the bands with their labels and limits; returns the cells with the limits (for `heat`, `flag`)."""
    sheet.text(row, 0, job.tr("Bands"), "grey")
    sheet.raw.set_row(row, 44)
    for place, label in enumerate(job.method.needs.likert):
        sheet.text(row, col + place, job.say(label.text), f"band-{place + 1}")
    for place, limit in enumerate(method.bands):
        sheet.live(row + 1, col + place, Live(limit, job.method.needs.bands[place]), "limit")
    critical = (
        (job.tr("Critical: mean at most"), method.critical_mean, job.method.needs.critical_mean, "limit"),
        (
            job.tr("Critical: share inadequate at least"),
            method.critical_share,
            job.method.needs.critical_share,
            "limit-share",
        ),
    )
    after = col + len(job.method.needs.likert)
    for place, (text, limit, value, style) in enumerate(critical, start=after):
        sheet.text(row, place, text, "limit-text")
        sheet.live(row + 1, place, Live(limit, value), style)
    places = (*range(col, col + len(method.bands)), after, after + 1)
    return tuple(f"${letter(place)}${row + 2}" for place in places)


def heat(sheet: Sheet, area: tuple[int, int, int, int], limits: Sequence[str]) -> None:
    """Colour means by their band; the limits stand on the same sheet, as older spreadsheets need."""
    first = near(area[0], area[1])
    bands = limits[:-2]
    for place, (fill, ink) in enumerate(BANDS):
        inside = f",ROUND({first},9)<=ROUND({bands[place]},9)" if place < len(bands) else ""
        sheet.colour(area, f"AND(ISNUMBER({first}){inside})", {"bg_color": fill, "font_color": ink})


def flag(sheet: Sheet, area: tuple[int, int, int, int], means: int, limits: Sequence[str]) -> None:
    """Make the shares of critical cells stand out; `means` is the row of the first mean above them."""
    share, mean = near(area[0], area[1]), near(means, area[1])
    low = f"ROUND({mean},9)<=ROUND({limits[-2]},9)"
    many = f"ROUND({share},9)>=ROUND({limits[-1]},9)"
    sheet.colour(area, f"AND(ISNUMBER({mean}),OR({low},{many}))", {"bold": True, "font_color": WARN})


def _chart(job: Job, sheet: Sheet, row: int, first: int, column: int) -> None:
    """The means of the two functions, area by area."""
    last = first + len(job.content.areas) - 1
    chart = sheet.book.chart("column")
    for place, function in enumerate(job.method.needs.functions):
        chart.add_series(
            {
                "name": job.say(function.text),
                "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, column + place, last, column + place],
                "fill": {"color": FUNCTIONS[place % len(FUNCTIONS)]},
                "data_labels": {"value": True, "num_format": "0.0", "font": {"size": 8, "color": TEXT2}},
                "gap": 80,
                "overlap": -5,
            }
        )
    chart.set_title({"name": job.tr("Adequacy by function, means 1–5"), **TITLE_FONT})
    chart.set_y_axis({"min": 1, "max": 5, "major_unit": 1, "num_format": "0", **AXIS})
    chart.set_x_axis({"num_font": {"size": 9, "color": TEXT2}, "line": {"color": LINE}})
    chart.set_legend({"position": "top", "font": {"size": 9, "color": TEXT2}})
    told = job.tr(
        "Columns: mean adequacy of the two functions in each area, from 1 to 5. The numbers stand in the table above."
    )
    sheet.chart(row, 0, chart, 1240, 320, told)


TITLE_FONT = {"name_font": {"size": 11, "bold": True, "color": TEXT2}, "overlay": False}
AXIS = {
    "num_font": {"size": 9, "color": TEXT2},
    "line": {"none": True},
    "major_gridlines": {"visible": True, "line": {"color": LINE, "width": 0.75}},
}
