"""A report on some of the areas: everything that belongs to the others is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kume_desktop.problems import Refused, problem
from kume_desktop.reports.content import InstrumentFacts, ReportContent
from kume_desktop.reports.redaction import narrowed
from kume_desktop.scoring.results import Results


def only_areas(content: ReportContent, areas: Iterable[str]) -> ReportContent:
    """The content of some areas, in the order of the study; all of them where none is named.

    The results stay those of the whole study: ranks and replicates know the other areas. Refused for an area that is
    not there.
    """
    wanted = set(areas)
    known = {area.code for area in content.areas}
    if wanted - known:
        raise Refused(problem("study.unknown-area", area=min(wanted - known)))
    if not wanted or wanted == known:
        return content
    firms = tuple(firm for firm in content.firms if firm.area in wanted)
    codes = {firm.code for firm in firms}
    return replace(
        content,
        areas=tuple(area for area in content.areas if area.code in wanted),
        firms=firms,
        instruments=tuple(_form(form, codes) for form in content.instruments),
        ratings=tuple(row for row in content.ratings if row.firm in codes),
        panel=tuple(row for row in content.panel if row.area in wanted),
        results=_results(content.results, frozenset(wanted)),
        decisions=tuple(row for row in content.decisions if row.area in wanted),
        respondents=tuple(row for row in content.respondents if row.firm in codes),
        left_out=tuple(row for row in content.left_out if row.who in codes | wanted),
        areas_in_study=len(content.areas),
    )


def _form(form: InstrumentFacts, firms: set[str]) -> InstrumentFacts:
    tables = tuple(replace(table, rows=tuple(row for row in table.rows if row.firm in firms)) for table in form.tables)
    before, after = (len(found[0].rows) if found else 0 for found in (form.tables, tables))
    return replace(form, tables=tables, interviews_in=form.interviews_in - (before - after))


def _results(results: Results, wanted: frozenset[str]) -> Results:
    return replace(
        results,
        areas=tuple(area for area in results.areas if area.code in wanted),
        needs=tuple(need for need in results.needs if need.area in wanted),
        margins=tuple(margin for margin in results.margins if margin.area in wanted),
        expert_needs=tuple(need for need in results.expert_needs if need.area in wanted),
        analysis=None if results.analysis is None else narrowed(results.analysis, wanted),
    )
