"""Which sheets a workbook gets and in which order: the parts that were asked for, and what they cannot do without."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from kume_desktop.problems import N_
from kume_desktop.reports.agreement import need_table
from kume_desktop.reports.contents import chosen
from kume_desktop.reports.redaction import FEWEST
from kume_desktop.reports.writing.job import Job
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.scoring.analysis import Analysis
from kume_desktop.scoring.method import PANEL_ROUTE

PARTS: Mapping[str, tuple[str, ...]] = {
    "cover": ("cover",),
    "executive": ("executive",),
    "scorecard": ("scorecard",),
    "index": ("index",),
    "headings": ("headings",),
    "indicators": ("indicators",),
    "levels": ("levels", "panel"),
    "ratings": ("ratings",),
    "needs": ("matrix", "expert_needs"),
    "areas": ("areas",),
    "cells": ("cells",),
    "uncertainty": ("uncertainty",),
    "sensitivity": ("sensitivity", "outcomes", "left_out"),
    "explanation": ("contributions", "differences", "strengths", "next_steps", "claims"),
    "breakdowns": ("breakdowns",),
    "response": ("strata", "coverage"),
    "reliability": ("agreement", "drift", "reliability", "careless"),
    "policy": ("policy",),
    "decisions": ("decisions",),
    "changes": ("changes",),
    "pictures": ("pictures",),
    "answers": ("answers",),
    "respondents": ("respondents",),
    "method": ("method",),
    "rubrics": ("rubrics",),
    "dictionary": ("dictionary", "options"),
    "log": ("log",),
}
"""Part of the report (`contents.SHEETS`) -> the sheets that belong to it."""

HOLDS: Mapping[str, str] = {
    "executive": N_("one print page for each area"),
    "scorecard": N_("the areas by index, with category, policy texts and chart"),
    "index": N_("both statistics of each area"),
    "headings": N_("points of the headings"),
    "indicators": N_("means, counts and published level of each indicator"),
    "levels": N_("level of each firm on each indicator, with links to the answers"),
    "panel": N_("levels that the panel gave, with reasons"),
    "ratings": N_("every rating as recorded"),
    "matrix": N_("needs matrix of all areas, heat map and chart"),
    "expert_needs": N_("the second route of the needs matrix"),
    "cells": N_("every figure of the needs matrix"),
    "uncertainty": N_("intervals, probabilities, places, seed"),
    "sensitivity": N_("what the choices of method explain"),
    "outcomes": N_("the index under every choice of method"),
    "left_out": N_("without one indicator, firm or rater"),
    "contributions": N_("index points of each indicator"),
    "differences": N_("area against area"),
    "strengths": N_("indicators far from the mean of their area"),
    "next_steps": N_("what would raise a category"),
    "claims": N_("high levels with and without a document"),
    "breakdowns": N_("by size class, district and NACE division"),
    "strata": N_("outcomes of the fieldwork and rates"),
    "coverage": N_("eligible firms, weighted index, what-ifs"),
    "agreement": N_("how far raters agree"),
    "drift": N_("each rater against the others"),
    "reliability": N_("the headings as scales"),
    "careless": N_("signals of careless answers"),
    "policy": N_("texts of the categories, ideas for weak points"),
    "decisions": N_("the committee's categories beside the computed ones"),
    "changes": N_("change since the earlier wave"),
    "pictures": N_("the figures as pictures"),
    "respondents": N_("who joined an interview, how they were told, which questions they heard"),
    "method": N_("scale, weights, cuts and limits that the formulas use"),
    "rubrics": N_("what each level means"),
    "dictionary": N_("what each column means"),
    "options": N_("what each code means"),
    "log": N_("what was changed, decided, left out"),
    "long_texts": N_("texts too long for a cell, whole"),
    "columns": N_("every column by a name that is the same in every language"),
    "checks": N_("checksums for the check of this workbook"),
}
"""What each sheet holds, for the list on the cover."""


@dataclass(slots=True)
class Outline:
    """The sheets of a workbook by key; areas and answers have several."""

    job: Job
    fixed: dict[str, Sheet] = field(default_factory=dict)
    areas: dict[str, Sheet] = field(default_factory=dict)
    answers: dict[tuple[str, str], Sheet] = field(default_factory=dict)

    def wanted(self, key: str) -> Sheet | None:
        """The sheet, None where the workbook does not get it."""
        return self.fixed.get(key)

    def needed(self, key: str) -> Sheet:
        """The sheet, or one that is computed and never written, because others quote it."""
        found = self.fixed.get(key)
        return self.job.book.shadow.sheet(self.job.names.fixed[key]) if found is None else found

    def append(self, key: str) -> Sheet:
        """A further sheet behind all others."""
        made = self.fixed[key] = self.job.book.sheet(self.job.names.fixed[key])
        return made

    def listed(self) -> Iterator[tuple[str, str]]:
        """Name of a sheet and what it holds, in the order of the workbook, without the cover."""
        told = {self.fixed[key].name: self.job.tr(text) for key, text in HOLDS.items() if key in self.fixed}
        told |= {sheet.name: self.job.area_names[code] for code, sheet in self.areas.items()}
        told |= {sheet.name: self.job.tr("answers: codes and labels") for sheet in self.answers.values()}
        return ((sheet.name, told[sheet.name]) for sheet in self.job.book.sheets if sheet.name in told)


def make_sheets(job: Job) -> Outline:
    """Create the sheets of the parts that were asked for, in their order."""
    outline = Outline(job)
    has = _present(job)
    for part in chosen(job.content.edition.kind, job.content.parts):
        for key in PARTS[part]:
            if key == "areas":
                outline.areas |= {code: job.book.sheet(name) for code, name in job.names.areas.items()}
            elif key == "answers":
                outline.answers |= {place: job.book.sheet(name) for place, name in job.names.answers.items()}
            elif has.get(key, True):
                outline.append(key)
    return outline


def _present(job: Job) -> dict[str, bool]:
    """Whether the study has anything for a sheet; a sheet that is not named is always there."""
    content, analysis = job.content, job.analysis
    needs = need_table(content) is not None
    found = {
        "levels": job.on_firm_route or bool(content.ratings),
        "panel": any(area.route == PANEL_ROUTE for area in content.results.areas),
        "ratings": bool(content.ratings),
        "matrix": needs,
        "cells": needs,
        "expert_needs": _has_experts(job),
        "respondents": job.names_persons and bool(content.respondents),
        "rubrics": bool(content.indicators),
        "dictionary": bool(content.instruments),
        "options": bool(content.instruments),
        "decisions": bool(content.decisions),
        "breakdowns": bool(analysis and analysis.groups) if job.is_public else bool(content.firms),
        "drift": bool(analysis and analysis.drift) and not job.is_public,
        "careless": bool(analysis and (analysis.careless or analysis.careless_effect)) and not job.is_public,
        "pictures": bool(job.pictures.names()),
    }
    return found | {key: analysis is not None and bool(rows(analysis)) for key, rows in _ANALYSED.items()}


def _has_experts(job: Job) -> bool:
    """Whether experts rated the needs; the publication edition shows no single expert's view."""
    experts = job.content.results.expert_needs
    return bool(experts) and not (job.is_public and any(0 < need.n < FEWEST for need in experts))


_ANALYSED: Mapping[str, Callable[[Analysis], object]] = {
    "uncertainty": lambda _analysis: True,
    "sensitivity": lambda analysis: analysis.sensitivity,
    "outcomes": lambda analysis: analysis.sensitivity,
    "left_out": lambda analysis: analysis.left_out,
    "differences": lambda analysis: analysis.differences,
    "strengths": lambda analysis: analysis.strengths,
    "next_steps": lambda analysis: analysis.next_steps,
    "claims": lambda analysis: analysis.claims,
    "strata": lambda analysis: analysis.response,
    "coverage": lambda analysis: analysis.response,
    "agreement": lambda analysis: analysis.agreement,
    "reliability": lambda analysis: analysis.reliability,
    "changes": lambda analysis: analysis.changes,
}
"""Sheets of the analysis -> the rows that they would hold."""
