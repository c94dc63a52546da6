"""The scorecard: the areas by index, both statistics, category and policy texts, and the native chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.reports.sheets.index import IndexPlace, interval_text, note_text, probability
from kume_desktop.reports.sheets.matrix import AXIS, TITLE_FONT
from kume_desktop.reports.sheets.method import MethodPlace
from kume_desktop.reports.writing.cells import Content, Live, near
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.pictures import place_figure
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.styles import ACCENT, CATEGORIES, LINE, LINE_STRONG, TEXT, TEXT2, WARN, WARN_SOFT
from kume_desktop.reports.writing.table import TableFacts
from kume_desktop.scoring.method import FIRM_ROUTE
from kume_desktop.scoring.results import AreaScore

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

FIRST = HEAD_ROW + 1
NAME, N, WHOLE, SHARE, ROUTE, SCORE, INTERVAL, BADGE, CHANCE, PUBLISHED, PUBLISHED_BADGE, NOTE = range(12)
DECISION, POLICIES = 12, 13
CATEGORY, CUTS = 15, 16
_WIDTHS = (30, 6, 6, 10, 10, 9, 12, 24, 10, 9, 24, 18, 24, 62, 3, 9, 9, 9)
_STYLES = (
    "name", "count", "count", "share", "text", "index", "grey-wrap", "badge", "chance", "published", "badge", "warn",
    "grey-wrap", "wrap",
)  # fmt: skip
_KEYS = (
    "area_name", "n", "eligible_n", "share", "route", "score", "interval", "category_name", "probability",
    "published_index", "published_name", "note", "decision", "policies",
)  # fmt: skip


def write_scorecard(job: Job, sheet: Sheet, method: MethodPlace, index: IndexPlace) -> None:
    """Write the areas in the order of their index; nobody gets a rank number."""
    note = job.tr("Two areas compare only on the same route. Published style: each indicator rounded to a level first.")
    job.begin(sheet, job.tr("Cluster scorecard"), _WIDTHS, note)
    heads = (
        job.tr("Area"), "n", "N", job.tr("Covered firms"), job.tr("Route"), job.tr("Index"), job.tr("95% interval"),
        job.tr("Category"), job.tr("Probability"), job.tr("Published style"), job.tr("Published category"),
        job.tr("Note"), job.tr("Committee decision"), job.tr("Policy texts of the category"),
    )  # fmt: skip
    sheet.raw.set_row(HEAD_ROW, 30)
    job.heads(sheet, heads, _STYLES)
    helpers = (job.tr("Category"), *(f"{job.tr('Cut')} {n + 1}" for n in range(len(method.cut_points))))
    for place, head in enumerate(helpers, start=CATEGORY):
        sheet.text(HEAD_ROW, place, head, "head-code")
    for row, score in enumerate(by_index(job), start=FIRST):
        mark = job.hidden.area(score.code)
        cells, styles = job.veil(sheet, mark, _cells(job, row, score, index, method), _STYLES, N)
        sheet.row(row, cells, styles)
        _helpers(job, sheet, row, score, index, method)
        sheet.raw.set_row(row, 15 * max(3, (job.policies(score.category) or "").count("\n") + 1))
    last = FIRST + len(job.content.areas) - 1
    job.table(sheet, last, len(_STYLES), 1)
    job.register(TableFacts("scorecard", sheet, FIRST, last, _KEYS, heads))
    _badges(sheet, last)
    told = job.tr(
        "Marks: the index and the published-style number of each area; dotted lines: the cuts. The numbers stand in the table above."  # noqa: E501
    )
    sheet.chart(last + 2, 0, scorecard_chart(job, sheet, last), 1560, 420, told)
    after = place_figure(job, sheet, last + 25, 0, "scorecard")
    sheet.raw.print_area(0, 0, after, POLICIES)


def by_index(job: Job) -> list[AreaScore]:
    """The areas from the highest index down; those without one, or with a hidden one, last in study order."""

    def place(area: AreaScore) -> float:
        return -1.0 if area.score is None or job.hidden.area(area.code) else area.score

    return sorted(job.content.results.areas, key=place, reverse=True)


def _cells(job: Job, row: int, score: AreaScore, index: IndexPlace, method: MethodPlace) -> list[Content]:
    area, category = score.code, near(row, CATEGORY)
    whole = score.frame_n if score.eligible_n is None else score.eligible_n
    share = score.n / whole if whole else None
    eligible, frame = index.ref(area, "eligible_n"), index.ref(area, "frame_n")
    name = next(entry.name for entry in job.content.areas if entry.code == area)
    policies = f'IF({category}="","",INDEX({method.policies},{category}))'
    return [
        job.say(name),
        Live(index.ref(area, "n"), score.n),
        Live(f'IF({eligible}<>"",{eligible},IF({frame}="","",{frame}))', whole),
        Live(index.ref(area, "share"), share) if score.route == FIRM_ROUTE else None,
        job.route(score.route),
        Live(index.ref(area, "score"), score.score),
        Live(index.ref(area, "interval"), interval_text(job, score)),
        Live(index.ref(area, "category_name"), job.category(score.category)),
        Live(f'IF({index.ref(area, "probability")}="","",{index.ref(area, "probability")})', probability(job, score)),
        Live(index.ref(area, "published_index"), score.published_index),
        Live(index.ref(area, "published_name"), job.category(score.published_category)),
        Live(index.ref(area, "note"), note_text(job, score)),
        _decision(job, area),
        Live(policies, job.policies(score.category)),
    ]


def _decision(job: Job, area: str) -> str:
    """The committee's category, beside the computed one."""
    found = next((one for one in job.content.decisions if one.area == area and one.in_force), None)
    if found is None:
        return ""
    return f"{job.category(found.category)} ({texts.long_date(found.day, job.lang)})"


def _helpers(job: Job, sheet: Sheet, row: int, score: AreaScore, index: IndexPlace, method: MethodPlace) -> None:
    """Beside the printed area: the number of the category and the cuts that the chart draws."""
    if not job.hidden.area(score.code):
        sheet.live(row, CATEGORY, Live(index.ref(score.code, "category"), score.category), "grey")
    for place, (cut, point) in enumerate(zip(method.cut_points, job.method.cut_points, strict=True), start=CUTS):
        sheet.live(row, place, Live(cut, point), "grey-one")


def _badges(sheet: Sheet, last: int) -> None:
    """Colour the categories; one that rounding would change is drawn as uncertain."""
    note, category = f"${near(FIRST, NOTE)}", f"${near(FIRST, CATEGORY)}"
    area = (FIRST, BADGE, last, BADGE)
    uncertain = {"bg_color": WARN_SOFT, "font_color": WARN, "border": 4, "border_color": LINE_STRONG}
    sheet.colour(area, f'AND({note}<>"",N({category})>0)', uncertain)
    for number, (fill, ink) in enumerate(CATEGORIES, start=1):
        sheet.colour(area, f"{category}={number}", {"bg_color": fill, "font_color": ink})


def scorecard_chart(job: Job, sheet: Sheet, last: int) -> Chart:
    """Index and published style of each area as marks, the cuts as dotted lines."""
    chart = sheet.book.chart("line")
    categories = [sheet.name, FIRST, NAME, last, NAME]
    label = {"value": True, "position": "right", "num_format": "0.0", "font": {"size": 9, "bold": True, "color": TEXT}}
    marks: tuple[tuple[str, int, str, int, str, Mapping[str, object]], ...] = (
        (job.tr("Index (unrounded)"), SCORE, "circle", 11, ACCENT, label),
        (job.tr("Published style"), PUBLISHED, "diamond", 9, LINE_STRONG, {}),
    )
    for name, column, shape, size, fill, labels in marks:
        border = {"color": fill, "width": 1}
        series = {
            "name": name,
            "categories": categories,
            "values": [sheet.name, FIRST, column, last, column],
            "line": {"none": True},
            "marker": {"type": shape, "size": size, "fill": {"color": fill}, "border": border},
        }
        chart.add_series({**series, "data_labels": labels} if labels else series)
    for number in range(1, len(job.method.cuts) + 1):
        column = CUTS + number - 1
        chart.add_series(
            {
                "name": f"{job.tr('Cut')} {number}",
                "categories": categories,
                "values": [sheet.name, FIRST, column, last, column],
                "line": {"color": LINE_STRONG, "width": 1.25, "dash_type": "round_dot"},
                "marker": {"type": "none"},
            }
        )
    lowest = int(job.method.lowest // 10 * 10)
    chart.set_title({"name": job.tr("Index of the areas, with the cuts"), **TITLE_FONT})
    chart.set_y_axis({"min": lowest, "max": 100, "major_unit": 10, "num_format": "0", **AXIS})
    chart.set_x_axis({"num_font": {"size": 9, "color": TEXT2}, "line": {"color": LINE}})
    chart.set_legend({"position": "top", "font": {"size": 9, "color": TEXT2}})
    return chart
