"""What the workbook will hold, in the order of its sheets, for the list on the report page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.instruments.model import Kind
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.services.studies import Study

_FIRST = (
    (N_("Cover"), N_("Provenance, rows in and out, list of sheets")),
    (N_("Scorecard"), N_("Areas with index, category and policy texts; chart")),
    (N_("Index"), N_("Index of each area as a formula, both statistics")),
    (N_("Headings"), N_("Points of the four headings")),
    (N_("Indicators"), N_("Mean and published level of each indicator")),
)
_FIRM_ROUTE = ((N_("Firm levels"), N_("Level of each firm, with a link to its answers")),)
_RATED = ((N_("Rating record"), N_("Every rating with source and evidence")),)
_PANEL_ROUTE = ((N_("Panel levels"), N_("Levels that the panel gave each area")),)
_MATRIX = ((N_("Needs matrix"), N_("Two functions by five resources, for each area; chart")),)
_CELLS = ((N_("Need cells"), N_("Each cell with the formula that counts its answers")),)
_METHOD = ((N_("Method"), N_("Weights, cuts, rounding; whose rule each one is")),)
_RUBRICS = ((N_("Rubrics"), N_("Anchors of the indicators")),)
_LAST = (
    (N_("Data dictionary"), N_("Questions and calculated values")),
    (N_("Choices"), N_("Codes and labels of the answers")),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One sheet, or several of a kind (`sheets` of them): its name in the workbook and what it holds."""

    name: str
    what: str
    sheets: int = 1


def contents_of(study: Study, method: Method, lang: str) -> tuple[Entry, ...]:
    """The sheets of the audit edition in their order, named in the language of the workbook."""
    return tuple(_entries(study, method, lang))


def _entries(study: Study, method: Method, lang: str) -> Iterator[Entry]:
    from kume_desktop.services import results

    route = _FIRM_ROUTE if results.route(study) == results.FIRM_ROUTE else _PANEL_ROUTE
    rated = _RATED if results.is_rated(study) else ()
    needs = bool(results.needs_instrument(study, tuple(cell.code for cell in method.needs.cells)))
    areas = study.areas()
    yield from _named((*_FIRST, *route, *rated, *(_MATRIX if needs else ())), lang)
    yield Entry(
        tr(N_("One sheet for each of {count} areas"), lang, count=len(areas)),
        ", ".join(area.name_tr if texts.language() == "tr" else area.name_en or area.name_tr for area in areas),
        len(areas),
    )
    yield from _named(_CELLS if needs else (), lang)
    for record in study.instruments():
        title = record.title_tr if texts.language() == "tr" else record.title_en
        nodes = study.instrument(record.version_id).nodes()
        repeats = sum(1 for node in nodes if node.kind is Kind.REPEAT)
        what = tr(N_("{form}: codes and labels, a sheet more for each repeat"), form=title)
        yield Entry(f"{_('Answers', lang)} {record.instrument_id}", what, 1 + repeats)
    yield from _named((*_METHOD, *(_RUBRICS if method.indicators else ()), *_LAST), lang)


def _named(pairs: tuple[tuple[str, str], ...], lang: str) -> Iterator[Entry]:
    return (Entry(_(name, lang), _(what)) for name, what in pairs)
