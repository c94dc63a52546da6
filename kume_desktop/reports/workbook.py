"""The audit edition of the report workbook: formulas from index to level, links to the answers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kume_desktop.problems import Refused
from kume_desktop.reports.agreement import need_table, require_agreement
from kume_desktop.reports.answer_sheets import AnswerPlace, plan_answers, write_answers
from kume_desktop.reports.area_sheets import Sources, write_area
from kume_desktop.reports.content import ReportContent, WrittenReport
from kume_desktop.reports.cover_sheet import Contents, Reconciled, answer_rows, write_cover
from kume_desktop.reports.dictionary_sheets import write_choices, write_dictionary, write_rubrics
from kume_desktop.reports.disk import refusal, to_disk
from kume_desktop.reports.index_sheet import IndexPlace, write_index
from kume_desktop.reports.indicator_sheets import HeadingPlace, IndicatorPlace, write_headings, write_indicators
from kume_desktop.reports.job import DEMONSTRATION, HEAD_ROW, Job
from kume_desktop.reports.level_sheets import LevelPlace, firm_row, write_firm_levels, write_panel_levels, write_ratings
from kume_desktop.reports.matrix_sheet import write_matrix
from kume_desktop.reports.method_sheet import MethodPlace, write_method
from kume_desktop.reports.names import name_sheets
from kume_desktop.reports.needs_sheets import NeedPlace, write_cells
from kume_desktop.reports.scorecard_sheet import write_scorecard
from kume_desktop.reports.sheet import Book, Sheet
from kume_desktop.scoring.method import FIRM_ROUTE, PANEL_ROUTE


def write_audit_workbook(content: ReportContent, target: Path, lang: str) -> WrittenReport:
    """Write the audit edition to `target` in `lang` (`tr` or `en`).

    Written under a temporary name beside `target` and put in its place at the end, so that a failure leaves `target`
    as it was. Raises Refused (`report.*`): results out of date, text or formula beyond Excel's limits, file open
    elsewhere, folder missing or read-only, disk full.
    """
    require_agreement(content)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        book = Book(temporary, _properties(content))
        rows = _write(Job(content, lang, book, name_sheets(content, lang)))
        book.close()
        to_disk(temporary)
        temporary.replace(target)
    except OSError as error:
        raise Refused(refusal(error, target)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return WrittenReport(
        path=target,
        rows_in=sum(entry.rows_in for entry in rows),
        rows_out=sum(entry.rows_out for entry in rows),
        sheets=tuple(sheet.name for sheet in book.sheets),
        formulas=book.formulas,
        links=book.links,
    )


@dataclass(frozen=True, slots=True)
class _Sheets:
    """The sheets of a workbook in their order; None where the study has nothing for one."""

    cover: Sheet
    scorecard: Sheet
    index: Sheet
    headings: Sheet
    indicators: Sheet
    levels: Sheet | None
    panel: Sheet | None
    ratings: Sheet | None
    matrix: Sheet | None
    areas: Mapping[str, Sheet]
    cells: Sheet | None
    answers: Mapping[tuple[str, str], Sheet]
    method: Sheet
    rubrics: Sheet | None
    dictionary: Sheet | None
    options: Sheet | None


def _sheets(job: Job) -> _Sheets:
    """Create the sheets, in the order in which they are shown."""
    content, names = job.content, job.names.fixed
    firms = job.on_firm_route or bool(content.ratings)
    panel = any(area.route == PANEL_ROUTE for area in content.results.areas)
    needs = need_table(content) is not None

    def made(wanted: bool, name: str) -> Sheet | None:
        return job.book.sheet(name) if wanted else None

    return _Sheets(
        cover=job.book.sheet(names.cover),
        scorecard=job.book.sheet(names.scorecard),
        index=job.book.sheet(names.index),
        headings=job.book.sheet(names.headings),
        indicators=job.book.sheet(names.indicators),
        levels=made(firms, names.levels),
        panel=made(panel, names.panel),
        ratings=made(bool(content.ratings), names.ratings),
        matrix=made(needs, names.matrix),
        areas={code: job.book.sheet(name) for code, name in job.names.areas.items()},
        cells=made(needs, names.cells),
        answers={key: job.book.sheet(name) for key, name in job.names.answers.items()},
        method=job.book.sheet(names.method),
        rubrics=made(bool(content.indicators), names.rubrics),
        dictionary=made(bool(content.instruments), names.dictionary),
        options=made(bool(content.instruments), names.options),
    )


def _write(job: Job) -> list[Reconciled]:
    """Fill the sheets, those first that others point to."""
    sheets = _sheets(job)
    method = write_method(job, sheets.method)
    answers = _plans(job, sheets)
    levels = _levels(job, sheets, method, answers)
    _answers(job, sheets, answers)
    index, indicators, headings = _index(job, sheets, method, levels)
    write_scorecard(job, sheets.scorecard, method, index)
    needs = _needs(job, sheets, method, answers)
    sources = Sources(method, index, indicators, headings, needs)
    for area in job.content.areas:
        write_area(job, sheets.areas[area.code], area, sources)
    _meanings(job, sheets, method, answers)
    rows = [*answer_rows(job, answers), *_rows(job, sheets, levels)]
    write_cover(job, sheets.cover, index, rows, _contents(job, sheets))
    sheets.cover.raw.activate()
    return rows


def _plans(job: Job, sheets: _Sheets) -> dict[tuple[str, str], AnswerPlace]:
    return {
        (instrument.id, table.repeat): plan_answers(job, sheets.answers[instrument.id, table.repeat], instrument, table)
        for instrument in job.content.instruments
        for table in instrument.tables
    }


def _levels(
    job: Job, sheets: _Sheets, method: MethodPlace, answers: Mapping[tuple[str, str], AnswerPlace]
) -> dict[str, LevelPlace]:
    """Write the sheets of levels; returns the place of those of each route."""
    rating_forms = {instrument.id for instrument in job.content.instruments if instrument.rates}
    evidence = [place for (form, repeat), place in answers.items() if form in rating_forms and not repeat]
    found: dict[str, LevelPlace] = {}
    if sheets.levels is not None:
        found[FIRM_ROUTE] = write_firm_levels(job, sheets.levels, method, evidence)
    if sheets.panel is not None:
        found[PANEL_ROUTE] = write_panel_levels(job, sheets.panel)
    if sheets.ratings is not None and sheets.levels is not None:
        write_ratings(job, sheets.ratings, found[FIRM_ROUTE], sheets.levels)
    return found


def _answers(job: Job, sheets: _Sheets, answers: Mapping[tuple[str, str], AnswerPlace]) -> None:
    rows = firm_row(job) if sheets.levels is not None else {}
    for place in answers.values():
        write_answers(job, place, sheets.levels, rows)


def _index(
    job: Job, sheets: _Sheets, method: MethodPlace, levels: Mapping[str, LevelPlace]
) -> tuple[IndexPlace, IndicatorPlace, HeadingPlace]:
    indicators = write_indicators(job, sheets.indicators, method, levels)
    headings = write_headings(job, sheets.headings, indicators)
    return write_index(job, sheets.index, method, levels, indicators, headings), indicators, headings


def _needs(
    job: Job, sheets: _Sheets, method: MethodPlace, answers: Mapping[tuple[str, str], AnswerPlace]
) -> NeedPlace | None:
    table = need_table(job.content)
    if table is None or sheets.cells is None or sheets.matrix is None:
        return None
    place = next(place for place in answers.values() if place.table is table)
    cells = write_cells(job, sheets.cells, method, place)
    write_matrix(job, sheets.matrix, method, cells)
    return cells


def _meanings(job: Job, sheets: _Sheets, method: MethodPlace, answers: Mapping[tuple[str, str], AnswerPlace]) -> None:
    if sheets.rubrics is not None:
        write_rubrics(job, sheets.rubrics, method)
    if sheets.dictionary is not None and sheets.options is not None:
        write_dictionary(job, sheets.dictionary, answers)
        write_choices(job, sheets.options, answers)


def _rows(job: Job, sheets: _Sheets, levels: Mapping[str, LevelPlace]) -> list[Reconciled]:
    """Firms, ratings, levels: in and out."""
    content, found = job.content, []
    if sheets.levels is not None:
        place, count = levels[FIRM_ROUTE], len(content.firms)
        used = sum(row.used and row.level is not None for row in content.ratings)
        found.append(Reconciled(job.tr("firms"), count, count, f"COUNT({place.area})"))
        found.append(Reconciled(job.tr("levels used"), used, used, f"SUM({place.scored})"))
    if sheets.ratings is not None:
        count = len(content.ratings)
        codes = sheets.ratings.column(0, HEAD_ROW + 1, HEAD_ROW + max(count, 1))
        found.append(Reconciled(job.tr("ratings"), count, count, f"COUNTA({codes})"))
    if sheets.panel is not None:
        given = sum(row.level is not None for row in content.panel)
        found.append(Reconciled(job.tr("panel levels"), given, given, f"SUM({levels[PANEL_ROUTE].scored})"))
    return found


def _contents(job: Job, sheets: _Sheets) -> list[Contents]:
    """The table of contents: the sheets that exist, with what they hold."""
    texts = (
        (sheets.scorecard, job.tr("the areas by index, with category, policy texts and chart")),
        (sheets.index, job.tr("both statistics of each area")),
        (sheets.headings, job.tr("points of the headings")),
        (sheets.indicators, job.tr("means of the indicators, area by area")),
        (sheets.levels, job.tr("the levels of each firm, linked to its answers")),
        (sheets.panel, job.tr("the levels that a panel gave the areas")),
        (sheets.ratings, job.tr("every rating with rater, evidence and reason")),
        (sheets.matrix, job.tr("two functions by five resources, all areas")),
        *((sheet, job.tr("one area on one page")) for sheet in sheets.areas.values()),
        (sheets.cells, job.tr("all figures of the needs matrix")),
        *((sheet, job.tr("answers: codes and labels")) for sheet in sheets.answers.values()),
        (sheets.method, job.tr("scale, weights, cuts and limits that the formulas use")),
        (sheets.rubrics, job.tr("what each level means")),
        (sheets.dictionary, job.tr("what each column means")),
        (sheets.options, job.tr("what each code means")),
    )
    return [Contents(sheet.name, text) for sheet, text in texts if sheet is not None]


def _properties(content: ReportContent) -> dict[str, str]:
    """What the file says about itself."""
    mark = f"{DEMONSTRATION.tr} / {DEMONSTRATION.en}" if content.demonstration else ""
    return {
        "title": content.study,
        "subject": "Denetim baskısı / Audit edition",
        "author": content.edition.person,
        "company": content.agency,
        "comments": " · ".join(
            part for part in (mark, content.results.method_hash, content.results.inputs_hash) if part
        ),
    }
