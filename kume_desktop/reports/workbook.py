"""The report workbook in its two editions: formulas from index to level and links to the answers, or values only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kume_desktop import texts
from kume_desktop.problems import N_
from kume_desktop.reports.agreement import need_table, require_agreement
from kume_desktop.reports.content import ReportContent, WrittenReport
from kume_desktop.reports.outline import Outline, make_sheets
from kume_desktop.reports.sheets import breakdowns, explanation, policy, reliability, response, sensitivity
from kume_desktop.reports.sheets.answers import AnswerPlace, plan_answers, write_answers
from kume_desktop.reports.sheets.areas import Sources, write_area
from kume_desktop.reports.sheets.cover import Contents, Reconciled, answer_rows, edition_name, write_cover
from kume_desktop.reports.sheets.dictionary import write_choices, write_dictionary, write_rubrics
from kume_desktop.reports.sheets.executive import write_executive
from kume_desktop.reports.sheets.headings import HeadingPlace, write_headings
from kume_desktop.reports.sheets.index import Below, IndexPlace, write_index
from kume_desktop.reports.sheets.indicators import IndicatorPlace, write_indicators
from kume_desktop.reports.sheets.levels import (
    LevelPlace,
    firm_row,
    plan_firm_levels,
    plan_panel_levels,
    write_firm_levels,
    write_panel_levels,
)
from kume_desktop.reports.sheets.log import write_log
from kume_desktop.reports.sheets.matrix import write_matrix
from kume_desktop.reports.sheets.method import MethodPlace, write_method
from kume_desktop.reports.sheets.needs import NeedPlace, write_cells, write_expert_needs
from kume_desktop.reports.sheets.ratings import write_ratings
from kume_desktop.reports.sheets.respondents import write_respondents
from kume_desktop.reports.sheets.scorecard import write_scorecard
from kume_desktop.reports.sheets.uncertainty import write_uncertainty
from kume_desktop.reports.writing.book import Book
from kume_desktop.reports.writing.disk import aside, refusing, to_disk
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.long_texts import LongTexts
from kume_desktop.reports.writing.names import name_sheets
from kume_desktop.reports.writing.pictures import write_pictures
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.speech import DEMONSTRATION
from kume_desktop.reports.writing.structure import write_checks, write_columns
from kume_desktop.scoring.analysis import Analysis
from kume_desktop.scoring.method import FIRM_ROUTE, PANEL_ROUTE

Answers = Mapping[tuple[str, str], AnswerPlace]

_POINTER = N_("whole text: “{sheet}”, row {row}")


def write_workbook(content: ReportContent, target: Path, lang: str) -> WrittenReport:
    """Write the edition that `content.edition` names to `target` in `lang` (`tr` or `en`).

    Written under a temporary name beside `target` and put in its place at the end, so that a failure leaves `target`
    as it was. Raises Refused (`report.*`): results out of date, formula beyond Excel's limits, file open elsewhere,
    folder missing or read-only, disk full.
    """
    require_agreement(content)
    with aside(target) as temporary, refusing(target):
        book = Book(temporary, _properties(content), lang, values_only=content.edition.is_public)
        job = Job(content, lang, book, name_sheets(content, lang))
        rows = fill(job)
        book.close()
        to_disk(temporary)
        temporary.replace(target)
    return WrittenReport(
        path=target,
        rows_in=sum(entry.rows_in for entry in rows),
        rows_out=sum(entry.rows_out for entry in rows),
        sheets=tuple(sheet.name for sheet in book.sheets),
        formulas=book.formulas,
        links=book.links,
        hidden=book.hidden,
    )


def fill(job: Job) -> list[Reconciled]:
    """Write all sheets of a job into its book; returns the rows that went in and came out."""
    job.book.long_texts = LongTexts(job.names.fixed["long_texts"], texts._(_POINTER, job.lang))
    return _Writer(job, make_sheets(job)).write()


@dataclass(frozen=True, slots=True)
class _Core:
    """The places of the sheets that others quote."""

    method: MethodPlace
    levels: Mapping[str, LevelPlace]
    indicators: IndicatorPlace
    headings: HeadingPlace
    index: IndexPlace
    needs: NeedPlace | None
    answers: Answers


class _Writer:
    """Fills the sheets, those first that others point to."""

    def __init__(self, job: Job, outline: Outline) -> None:
        self._job = job
        self._outline = outline

    def write(self) -> list[Reconciled]:
        """Write everything; returns the rows that went in and came out."""
        core = self._core()
        self._results(core)
        self._around(core)
        self._meanings(core)
        rows = self._rows(core)
        self._last(core, rows)
        return rows

    def _core(self) -> _Core:
        job, outline = self._job, self._outline
        method = write_method(job, outline.needed("method"))
        answers = self._answers_planned()
        levels = self._levels(method, answers)
        if outline.answers:
            rows = firm_row(job) if outline.wanted("levels") is not None else {}
            for place in answers.values():
                write_answers(job, place, outline.wanted("levels"), rows)
        indicators = write_indicators(job, outline.needed("indicators"), method, levels)
        headings = write_headings(job, outline.needed("headings"), method, indicators)
        index = write_index(job, outline.needed("index"), Below(method, levels, indicators, headings))
        needs = self._needs(method, answers)
        return _Core(method, levels, indicators, headings, index, needs, answers)

    def _answers_planned(self) -> Answers:
        job, book = self._job, self._job.book
        return {
            (instrument.id, table.repeat): plan_answers(
                job,
                self._outline.answers.get((instrument.id, table.repeat))
                or book.shadow.sheet(job.names.answers[instrument.id, table.repeat]),
                instrument,
                table,
            )
            for instrument in job.content.instruments
            for table in instrument.tables
        }

    def _evidence(self, answers: Answers) -> list[AnswerPlace]:
        """The answers that ratings rest on."""
        rating_forms = {instrument.id for instrument in self._job.content.instruments if instrument.rates}
        return [place for (form, repeat), place in answers.items() if form in rating_forms and not repeat]

    def _levels(self, method: MethodPlace, answers: Answers) -> dict[str, LevelPlace]:
        """Write the sheets of levels; returns the place of those of each route. Other editions only plan them."""
        job, outline = self._job, self._outline
        routes = {area.route for area in job.content.results.areas}
        found: dict[str, LevelPlace] = {}
        if (sheet := outline.wanted("levels")) is not None:
            found[FIRM_ROUTE] = write_firm_levels(job, sheet, method, self._evidence(answers))
        elif FIRM_ROUTE in routes:
            found[FIRM_ROUTE] = plan_firm_levels(job, outline.needed("levels"))
        if (sheet := outline.wanted("panel")) is not None:
            found[PANEL_ROUTE] = write_panel_levels(job, sheet)
        elif PANEL_ROUTE in routes:
            found[PANEL_ROUTE] = plan_panel_levels(job, outline.needed("panel"))
        record, levels = outline.wanted("ratings"), outline.wanted("levels")
        if record is not None and levels is not None:
            write_ratings(job, record, found[FIRM_ROUTE], levels, self._evidence(answers))
        return found

    def _needs(self, method: MethodPlace, answers: Answers) -> NeedPlace | None:
        table = need_table(self._job.content)
        if table is None:
            return None
        place = next(place for place in answers.values() if place.table is table)
        cells = write_cells(self._job, self._outline.needed("cells"), method, place)
        if (sheet := self._outline.wanted("matrix")) is not None:
            write_matrix(self._job, sheet, method, cells)
        return cells

    def _results(self, core: _Core) -> None:
        """The sheets that people read first."""
        job, outline = self._job, self._outline
        if (sheet := outline.wanted("scorecard")) is not None:
            write_scorecard(job, sheet, core.method, core.index)
        if (sheet := outline.wanted("executive")) is not None:
            write_executive(job, sheet, core.index)
        if (sheet := outline.wanted("expert_needs")) is not None:
            write_expert_needs(job, sheet)
        sources = Sources(core.method, core.index, core.indicators, core.headings, core.needs)
        for area in job.content.areas:
            if area.code in outline.areas:
                write_area(job, outline.areas[area.code], area, sources)

    def _around(self, core: _Core) -> None:
        """What stands around the scores."""
        job, analysis = self._job, self._job.analysis
        acts: dict[str, Callable[[Sheet], object]] = {
            "contributions": lambda sheet: explanation.write_contributions(job, sheet, core.index, core.indicators),
            "policy": lambda sheet: policy.write_policy(job, sheet, analysis),
            "decisions": lambda sheet: policy.write_decisions(job, sheet, core.index),
            "breakdowns": lambda sheet: breakdowns.write_breakdowns(job, sheet, self._below(core), analysis),
            "pictures": lambda sheet: write_pictures(job, sheet),
            "respondents": lambda sheet: write_respondents(job, sheet, core.answers),
        }
        if analysis is not None:
            acts |= _analysed(job, core, analysis)
        for key, act in acts.items():
            if (sheet := self._outline.wanted(key)) is not None:
                act(sheet)

    def _below(self, core: _Core) -> breakdowns.Below:
        table = need_table(self._job.content)
        answers = next((place for place in core.answers.values() if place.table is table), None)
        return breakdowns.Below(core.method, core.levels.get(FIRM_ROUTE), answers)

    def _meanings(self, core: _Core) -> None:
        job, outline = self._job, self._outline
        if (sheet := outline.wanted("rubrics")) is not None:
            write_rubrics(job, sheet, core.method)
        if (sheet := outline.wanted("dictionary")) is not None:
            write_dictionary(job, sheet, core.answers)
        if (sheet := outline.wanted("options")) is not None:
            write_choices(job, sheet, core.answers)
        if (sheet := outline.wanted("log")) is not None:
            write_log(job, sheet)

    def _rows(self, core: _Core) -> list[Reconciled]:
        """Answers, firms, ratings, levels: in and out."""
        job, outline, content = self._job, self._outline, self._job.content
        found = answer_rows(job, core.answers)
        if outline.wanted("levels") is not None:
            place, count = core.levels[FIRM_ROUTE], len(content.firms)
            used = sum(row.used and row.level is not None for row in content.ratings)
            found.append(Reconciled(job.tr("firms"), count, count, f"COUNT({place.area})"))
            found.append(Reconciled(job.tr("levels used"), used, used, f"SUM({place.scored})"))
        if (record := outline.wanted("ratings")) is not None:
            count = len(content.ratings)
            codes = record.column(0, HEAD_ROW + 1, HEAD_ROW + max(count, 1))
            found.append(Reconciled(job.tr("ratings"), count, count, f"COUNTA({codes})"))
        if (sheet := outline.wanted("respondents")) is not None:
            count = len(content.respondents)
            cells = sheet.column(0, HEAD_ROW + 1, HEAD_ROW + max(count, 1))
            found.append(Reconciled(job.tr("further respondents"), count, count, f"COUNTA({cells})"))
        if outline.wanted("panel") is not None:
            given = sum(row.level is not None for row in content.panel)
            scored = core.levels[PANEL_ROUTE].scored
            found.append(Reconciled(job.tr("panel levels"), given, given, f"SUM({scored})"))
        return found

    def _last(self, core: _Core, rows: list[Reconciled]) -> None:
        """The sheets that say what all the others hold."""
        job, outline = self._job, self._outline
        long_texts = job.book.long_texts
        if long_texts is not None and not long_texts.is_empty:
            long_texts.write(job, outline.append("long_texts"))
        columns, checks = outline.append("columns"), outline.append("checks")
        cover = outline.needed("cover")
        listed = [Contents(name, text) for name, text in outline.listed()]
        write_cover(job, cover, core.index, rows, listed)
        write_columns(job, columns)
        write_checks(job, checks)
        cover.raw.activate()


def _analysed(job: Job, core: _Core, analysis: Analysis) -> dict[str, Callable[[Sheet], object]]:
    """How each sheet of the analysis is written."""
    index, indicators = core.index, core.indicators
    return {
        "uncertainty": lambda sheet: write_uncertainty(job, sheet, index, analysis),
        "sensitivity": lambda sheet: sensitivity.write_shares(job, sheet, analysis),
        "outcomes": lambda sheet: sensitivity.write_outcomes(job, sheet, index, analysis),
        "left_out": lambda sheet: sensitivity.write_left_out(job, sheet, index, analysis),
        "differences": lambda sheet: explanation.write_differences(job, sheet, index, indicators, analysis),
        "strengths": lambda sheet: explanation.write_strengths(job, sheet, indicators, analysis),
        "next_steps": lambda sheet: explanation.write_next_steps(job, sheet, analysis),
        "claims": lambda sheet: explanation.write_claims(job, sheet, analysis),
        "strata": lambda sheet: response.write_strata(job, sheet, analysis),
        "coverage": lambda sheet: response.write_coverage(job, sheet, core.method, index, indicators, analysis),
        "agreement": lambda sheet: reliability.write_agreement(job, sheet, analysis),
        "drift": lambda sheet: reliability.write_drift(job, sheet, analysis),
        "reliability": lambda sheet: reliability.write_scales(job, sheet, analysis),
        "careless": lambda sheet: reliability.write_careless(job, sheet, analysis),
        "changes": lambda sheet: policy.write_changes(job, sheet, index, analysis),
    }


def _properties(content: ReportContent) -> dict[str, str]:
    """What the file says about itself."""
    mark = f"{DEMONSTRATION.tr} / {DEMONSTRATION.en}" if content.demonstration else ""
    return {
        "title": content.study,
        "subject": edition_name(content),
        "author": "" if content.edition.is_public else content.edition.person,
        "company": content.agency,
        "comments": " · ".join(
            part
            for part in (mark, content.edition.serial, content.results.method_hash, content.results.inputs_hash)
            if part
        ),
    }
