"""One page for a firm: its own profile beside its area, which must be large enough to hide everybody else.

A firm knows its own levels and could take them off the mean of its area. So figures of the area are shown only where at
least ten firms stand behind each of them, and of the others nothing but means.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kume_desktop import texts
from kume_desktop.problems import Refused, problem
from kume_desktop.reports.agreement import levels_of, needs_of
from kume_desktop.reports.content import FirmFacts, ReportContent
from kume_desktop.reports.sheets.told import what_name
from kume_desktop.reports.writing.book import Book
from kume_desktop.reports.writing.cells import Content
from kume_desktop.reports.writing.disk import refusal, to_disk
from kume_desktop.reports.writing.job import Job
from kume_desktop.reports.writing.names import name_sheets
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.styles import ACCENT, CATEGORIES, LINE, TEXT2
from kume_desktop.scoring.index import index_under, scaled_levels
from kume_desktop.scoring.inputs import FloatArray
from kume_desktop.scoring.method import FIRM_ROUTE
from kume_desktop.scoring.results import AreaScore

FEWEST = 10
LAST = 6
_WIDTHS = (44, 11, 12, 12, 9, 9, 10)
_STYLES = ("name", "level", "two", "two", "two", "two", "count")


@dataclass(frozen=True, slots=True)
class _Page:
    """The firm, its area and its own values on the preset's scale and as given (K,)."""

    job: Job
    firm: FirmFacts
    area: AreaScore
    given: FloatArray
    scaled: FloatArray


def write_firm_page(content: ReportContent, unit_id: str, target: Path, lang: str) -> Path:
    """Write the page to `target`.

    Raises:
        Refused: `report.firm-unknown`, `report.firm-not-scored`, `report.firm-area-small` (fewer than ten firms), or
            the disk says no.
    """
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    about = {"title": content.study, "company": content.agency, "comments": content.edition.serial}
    book = Book(temporary, about, lang, values_only=True)
    page = _page(content, unit_id, Job(content, lang, book, name_sheets(content, lang)))
    _write(page, book.sheet(page.job.tr("Firm report")))
    try:
        book.close()
        to_disk(temporary)
        temporary.replace(target)
    except OSError as error:
        raise Refused(refusal(error, target)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return target


def _page(content: ReportContent, unit_id: str, job: Job) -> _Page:
    firm = next((one for one in content.firms if one.unit_id == unit_id), None)
    if firm is None:
        raise Refused(problem("report.firm-unknown"))
    area = next(one for one in content.results.areas if one.code == firm.area)
    levels = levels_of(content, FIRM_ROUTE)
    row = levels.targets.index(firm.code)
    given = levels.levels[row]
    if area.route != FIRM_ROUTE or np.isnan(given).all():
        raise Refused(problem("report.firm-not-scored", firm=firm.code))
    if area.n < FEWEST:
        raise Refused(problem("report.firm-area-small", area=job.area_names[area.code], n=area.n, fewest=FEWEST))
    return _Page(job, firm, area, given, scaled_levels(levels, content.method)[row])


def _write(page: _Page, sheet: Sheet) -> None:
    job = page.job
    sheet.widths(_WIDTHS)
    sheet.raw.hide_gridlines(2)
    job.paper(sheet)
    sheet.raw.set_portrait()
    sheet.raw.fit_to_pages(1, 1)
    day = texts.long_date(job.content.edition.made_at.date(), job.lang)
    sheet.across(0, 0, LAST, page.firm.name, "title")
    sheet.raw.set_row(0, 26)
    where = (job.area_names[page.area.code], job.content.study, job.content.wave, day)
    sheet.across(1, 0, LAST, " · ".join(part for part in where if part), "subtitle")
    if job.content.demonstration:
        sheet.across(2, 0, LAST, job.demonstration_mark, "demo")
    row = _sentences(page, sheet, 3)
    row = _levels(page, sheet, row + 1)
    row = _needs(page, sheet, row + 1)
    sheet.across(row + 1, 0, LAST, job.tr("Of the other firms only means of at least 10 firms are shown."), "subtitle")


def _sentences(page: _Page, sheet: Sheet, row: int) -> int:
    job = page.job
    own = index_under(page.scaled, job.method)
    told = (
        job.tr("Your own index: {score}.", score=job.sentences.number(own)),
        job.tr("Your area: {sentence}", sentence=job.sentences.index(page.area)),
        job.sentences.coverage(page.area),
    )
    for line in (one for one in told if one):
        sheet.across(row, 0, LAST, line, "sentence")
        sheet.grow(row, (line, sum(_WIDTHS)))
        row += 1
    return row


def _levels(page: _Page, sheet: Sheet, top: int) -> int:
    """Own level and mean of the area, indicator by indicator."""
    job = page.job
    sheet.across(top, 0, LAST, job.tr("Levels"), "section")
    heads = (
        job.tr("Indicator"), job.tr("Your level, 1–5"), job.tr("On the scale of the method"),
        job.tr("Mean of the area"), job.tr("95%, lower"), job.tr("95%, upper"), job.tr("Firms"),
    )  # fmt: skip
    sheet.raw.set_row(top + 1, 44)
    job.heads(sheet, heads, _STYLES, top + 1)
    for place, one in enumerate(page.area.indicators):
        own = None if np.isnan(page.given[place]) else float(page.given[place])
        scaled = None if np.isnan(page.scaled[place]) else float(page.scaled[place])
        around: Sequence[Content] = (one.mean, one.interval.low, one.interval.high, one.n)
        cells = [job.indicator_names[one.code], own, scaled, *_enough(page, one.n, around)]
        sheet.row(top + 2 + place, cells, _looks(one.n))
    last = top + 1 + len(page.area.indicators)
    _chart(page, sheet, top + 2, last)
    return last + 18


def _enough(page: _Page, n: int, cells: Sequence[Content]) -> list[Content]:
    """Figures of the area, or why they are not shown."""
    if n >= FEWEST:
        return list(cells)
    return [page.job.tr("fewer than 10 firms"), *[None] * (len(cells) - 1)]


def _looks(n: int) -> tuple[str, ...]:
    return _STYLES if n >= FEWEST else (*_STYLES[:3], "hidden", *_STYLES[4:])


def _chart(page: _Page, sheet: Sheet, first: int, last: int) -> None:
    """Own level and mean of the area side by side."""
    job = page.job
    chart = sheet.book.chart("bar")
    for name, column, fill in ((job.tr("You"), 2, ACCENT), (job.tr("Mean of the area"), 3, CATEGORIES[1][0])):
        chart.add_series({
            "name": name,
            "categories": [sheet.name, first, 0, last, 0],
            "values": [sheet.name, first, column, last, column],
            "fill": {"color": fill},
            "gap": 60,
        })  # fmt: skip
    low, high = job.method.scale_min, job.method.scale_max
    axis = {"num_font": {"size": 8, "color": TEXT2}, "line": {"color": LINE}}
    chart.set_x_axis({"min": low, "max": high, "major_unit": 0.5, "num_format": "0.0", **axis})
    chart.set_y_axis({"reverse": True, **axis})
    chart.set_legend({"position": "top", "font": {"size": 9, "color": TEXT2}})
    told = job.tr("Bars: your level and the mean of the area for each indicator. The numbers stand in the table above.")
    sheet.chart(last + 1, 0, chart, 760, 320, told)


def _needs(page: _Page, sheet: Sheet, top: int) -> int:
    """Own answers on the need cells and the means of the area."""
    job = page.job
    answers = needs_of(job.content)
    if page.firm.code not in answers.firms:
        return top
    sheet.across(top, 0, LAST, job.tr("Needs matrix"), "section")
    heads = (
        job.tr("Resource"), job.tr("Your answer, 1–5"), "", job.tr("Mean of the area"), job.tr("95%, lower"),
        job.tr("95%, upper"), job.tr("Firms"),
    )  # fmt: skip
    job.heads(sheet, heads, _STYLES, top + 1)
    own = dict(zip(answers.cells, answers.answers[answers.firms.index(page.firm.code)], strict=True))
    row = top + 2
    for need in (one for one in job.content.results.needs if one.area == page.area.code):
        around: Sequence[Content] = (need.mean, need.interval.low, need.interval.high, need.n)
        answer = int(own[need.cell]) or None
        sheet.row(row, [what_name(job, need.cell), answer, None, *_enough(page, need.n, around)], _looks(need.n))
        row += 1
    return row
