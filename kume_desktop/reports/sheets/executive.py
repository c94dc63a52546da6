"""The executive page: one sheet, one print page for each area, everything a committee reads first."""

from __future__ import annotations

from itertools import pairwise

from kume_desktop import texts
from kume_desktop.reports.content import AreaFacts
from kume_desktop.reports.sheets.index import IndexPlace
from kume_desktop.reports.sheets.told import Told, joined
from kume_desktop.reports.writing.cells import Live
from kume_desktop.reports.writing.job import Job
from kume_desktop.reports.writing.sheet import LINE_HEIGHT, Sheet

LAST = 5
SCALE, LEAST_SCALE = 78, 40
"""Per cent: at the first the six columns fill the width of the paper."""
PAGE_HEIGHT = 740
"""Points of an A4 page between its margins."""
_WIDTHS = (18, 18, 18, 18, 18, 24)
_WIDTH = sum(_WIDTHS)
ROOMY = 1.15
"""A wide line of small letters holds more of them than its columns are wide."""


def write_executive(job: Job, sheet: Sheet, index: IndexPlace) -> None:
    """Write the sheet; a page ends after each area."""
    sheet.widths(_WIDTHS)
    sheet.raw.hide_gridlines(2)
    job.paper(sheet)
    sheet.raw.set_portrait()
    row, breaks = 0, []
    if not job.content.areas:
        sheet.across(0, 0, LAST, job.tr("The study has no activity areas yet."), "big-text")
    for area in job.content.areas:
        row = _area(job, sheet, row, area, index)
        breaks.append(row)
    sheet.raw.set_h_pagebreaks(breaks[:-1])
    sheet.raw.set_print_scale(_scale(sheet, [0, *breaks]))
    sheet.raw.print_area(0, 0, max(row - 1, 0), LAST)


def _scale(sheet: Sheet, breaks: list[int]) -> int:
    """The scale at which the longest area fits its page: Excel keeps no page breaks where it fits pages itself."""
    pages = [sum(sheet.height(row) for row in range(first, after)) for first, after in pairwise(breaks)]
    return max(LEAST_SCALE, min(SCALE, int(100 * PAGE_HEIGHT / max(pages, default=1))))


def _area(job: Job, sheet: Sheet, top: int, area: AreaFacts, index: IndexPlace) -> int:
    """The page of one area; returns the first row of the next."""
    row = _head(job, sheet, top, area)
    score = job.scores[area.code]
    mark = job.hidden.area(area.code)
    if mark:
        sheet.across(row, 0, LAST, job.sentences.hidden(mark), "big-text")
        sheet.hidden += 1
        return row + 2
    _figures(job, sheet, row, area.code, index)
    told = Told(job, score)
    blocks = (
        (job.tr("Index"), told.index()),
        (job.tr("Category"), told.category()),
        (job.tr("Committee decision"), told.decision()),
        (job.tr("Change since the earlier wave"), told.change()),
        (job.tr("Response"), told.response()),
        (job.tr("Weakest need cells"), told.weakest()),
        (job.tr("Policy texts of the category"), told.policies()),
        (job.tr("Ideas for the weakest points"), told.ideas()),
        (job.tr("Nearest steps"), told.next_step()),
    )
    row += 3
    for title, lines in blocks:
        if lines:
            row = _block(sheet, row, title, lines)
    return row + 1


def _head(job: Job, sheet: Sheet, top: int, area: AreaFacts) -> int:
    sheet.raw.set_row(top, 26)
    sheet.across(top, 0, LAST, job.say(area.name), "title")
    day = texts.long_date(job.content.edition.made_at.date(), job.lang)
    sheet.across(top + 1, 0, LAST, " · ".join([*job.facts(), day]), "subtitle")
    if not job.content.demonstration:
        return top + 3
    sheet.across(top + 2, 0, LAST, job.demonstration_mark, "demo")
    return top + 4


def _figures(job: Job, sheet: Sheet, row: int, area: str, index: IndexPlace) -> None:
    """The two statistics with their categories, quoted from the sheet of the index."""
    score = job.scores[area]
    parts = (
        (0, 1, job.tr("Index"), Live(index.ref(area, "score"), score.score), "big"),
        (
            2,
            3,
            job.tr("Published style"),
            Live(index.ref(area, "published_index"), score.published_index),
            "big-published",
        ),
        (4, 5, job.tr("Category"), Live(index.ref(area, "category_name"), job.category(score.category)), "big-text"),
    )
    sheet.raw.set_row(row + 1, 34)
    for first, last, head, cell, style in parts:
        sheet.across(row, first, last, head, "head")
        sheet.live_across(row + 1, first, last, cell, style)


def _block(sheet: Sheet, row: int, title: str, lines: list[str]) -> int:
    """A title with its sentences below; returns the row after."""
    sheet.across(row, 0, LAST, title, "section")
    text = joined(lines)
    sheet.across(row + 1, 0, LAST, text, "sentence")
    sheet.grow(row + 1, (text, _WIDTH * ROOMY), least=LINE_HEIGHT + 3)
    return row + 3
