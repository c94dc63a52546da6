"""The names of the sheets: short, unique, allowed by Excel; areas by their code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kume_desktop.problems import N_
from kume_desktop.reports.content import ReportContent
from kume_desktop.texts import tr

LONGEST = 31

FIXED: Mapping[str, str] = {
    "cover": N_("Cover"),
    "executive": N_("Executive page"),
    "scorecard": N_("Scorecard"),
    "index": N_("Index"),
    "headings": N_("Headings"),
    "indicators": N_("Indicators"),
    "levels": N_("Firm levels"),
    "panel": N_("Panel levels"),
    "ratings": N_("Rating record"),
    "matrix": N_("Needs matrix"),
    "cells": N_("Need cells"),
    "expert_needs": N_("Needs, experts"),
    "uncertainty": N_("Uncertainty"),
    "sensitivity": N_("Sensitivity"),
    "outcomes": N_("Choices of method"),
    "left_out": N_("Leaving out"),
    "contributions": N_("Contributions"),
    "differences": N_("Differences"),
    "strengths": N_("Strengths and weaknesses"),
    "next_steps": N_("Next steps"),
    "claims": N_("Statements and documents"),
    "breakdowns": N_("Break-downs"),
    "strata": N_("Response"),
    "coverage": N_("Coverage and weights"),
    "agreement": N_("Agreement of raters"),
    "drift": N_("Raters one by one"),
    "reliability": N_("Reliability"),
    "careless": N_("Careless answers"),
    "policy": N_("Policy suggestions"),
    "decisions": N_("Committee decisions"),
    "changes": N_("Change between waves"),
    "pictures": N_("Pictures"),
    "respondents": N_("Further respondents"),
    "method": N_("Method"),
    "rubrics": N_("Rubrics"),
    "dictionary": N_("Data dictionary"),
    "options": N_("Choices"),
    "log": N_("Change log"),
    "long_texts": N_("Long texts"),
    "columns": N_("Columns"),
    "checks": N_("Checksums"),
}
"""Key -> name of the sheets that do not depend on areas or instruments."""


@dataclass(frozen=True, slots=True)
class SheetNames:
    """The names of all sheets: fixed ones by key, one for each area code, one for each (instrument, repeat)."""

    fixed: Mapping[str, str]
    areas: Mapping[str, str]
    answers: Mapping[tuple[str, str], str]


_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name near `wanted` that Excel takes and no other sheet has; it is added to `taken`.

    >>> taken = set()
    >>> sheet_name("a/b", taken), sheet_name("A/B", taken), len(sheet_name("x" * 40, taken))
    ('a_b', 'A_B 2', 31)
    """
    clean = _FORBIDDEN.sub("_", wanted).strip("' ") or "_"
    name, place = _fitting(clean, LONGEST), 1
    while name.casefold() in taken or name.casefold() == "history":
        place += 1
        name = f"{_fitting(clean, LONGEST - 1 - len(str(place)))} {place}"
    taken.add(name.casefold())
    return name


def _fitting(name: str, most: int) -> str:
    """The beginning of a name that takes at most so many units of Excel (an emoji is two); never half a character."""
    while len(name.encode("utf-16-le", "surrogatepass")) > 2 * most:
        name = name[:-1]
    return name.rstrip("' ") or "_"


def name_sheets(content: ReportContent, lang: str) -> SheetNames:
    """The names of all sheets that a report can have."""
    taken: set[str] = set()

    def own(text: str) -> str:
        return sheet_name(text, taken)

    fixed = {key: own(tr(text, lang)) for key, text in FIXED.items()}
    areas = {area.code: own(area.code) for area in content.areas}
    return SheetNames(fixed, areas, _answers(content, lang, own))


def _answers(content: ReportContent, lang: str, own: Callable[[str], str]) -> dict[tuple[str, str], str]:
    prefix = tr("Answers", lang)
    found: dict[tuple[str, str], str] = {}
    for instrument in content.instruments:
        for table in instrument.tables:
            part = table.repeat.rpartition("/")[2] or instrument.id
            found[instrument.id, table.repeat] = own(f"{prefix} {part}")
    return found
