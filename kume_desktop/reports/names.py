"""The names of the sheets: short, unique, allowed by Excel; areas by their code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kume_desktop.reports.content import ReportContent
from kume_desktop.texts import tr

LONGEST = 31


@dataclass(frozen=True, slots=True)
class FixedNames:
    """The names of the sheets that do not depend on areas or instruments."""

    cover: str
    scorecard: str
    index: str
    headings: str
    indicators: str
    levels: str
    panel: str
    ratings: str
    matrix: str
    cells: str
    method: str
    rubrics: str
    dictionary: str
    options: str


@dataclass(frozen=True, slots=True)
class SheetNames:
    """The names of all sheets: fixed ones, one for each area code, one for each (instrument, repeat)."""

    fixed: FixedNames
    areas: Mapping[str, str]
    answers: Mapping[tuple[str, str], str]


_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name near `wanted` that Excel takes and no other sheet has; it is added to `taken`.

    >>> taken = set()
    >>> sheet_name("a/b", taken), sheet_name("A/B", taken), len(sheet_name("x" * 40, taken))
    ('a_b', 'A_B 2', 31)
    """
    clean = _FORBIDDEN.sub("_", wanted).strip("' ") or "_"
    name, place = clean[:LONGEST], 1
    while name.casefold() in taken or name.casefold() == "history":
        place += 1
        name = f"{clean[: LONGEST - 1 - len(str(place))]} {place}"
    taken.add(name.casefold())
    return name


def name_sheets(content: ReportContent, lang: str) -> SheetNames:
    """The names of all sheets that a report can have."""
    taken: set[str] = set()

    def own(text: str) -> str:
        return sheet_name(text, taken)

    fixed = FixedNames(*(own(text) for text in _fixed(lang)))
    areas = {area.code: own(area.code) for area in content.areas}
    return SheetNames(fixed, areas, _answers(content, lang, own))


def _fixed(lang: str) -> tuple[str, ...]:
    """In the order of the fields of `FixedNames`."""
    return (
        tr("Cover", lang),
        tr("Scorecard", lang),
        tr("Index", lang),
        tr("Headings", lang),
        tr("Indicators", lang),
        tr("Firm levels", lang),
        tr("Panel levels", lang),
        tr("Rating record", lang),
        tr("Needs matrix", lang),
        tr("Need cells", lang),
        tr("Method", lang),
        tr("Rubrics", lang),
        tr("Data dictionary", lang),
        tr("Choices", lang),
    )


def _answers(content: ReportContent, lang: str, own: Callable[[str], str]) -> dict[tuple[str, str], str]:
    prefix = tr("Answers", lang)
    found: dict[tuple[str, str], str] = {}
    for instrument in content.instruments:
        for table in instrument.tables:
            part = table.repeat.rpartition("/")[2] or instrument.id
            found[instrument.id, table.repeat] = own(f"{prefix} {part}")
    return found
