"""What a report of a study can hold: the sheets of an edition with their pictures, as the report page lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kume_desktop.reports import contents
from kume_desktop.reports.contents import AUDIT, PUBLICATION

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import Results
    from kume_desktop.services.studies import Study

__all__ = ("AUDIT", "FIGURES", "PUBLICATION", "Part", "chosen", "of_an_area", "parts")

FIGURES: Mapping[str, tuple[str, ...]] = {
    "scorecard": ("scorecard",),
    "uncertainty": ("probabilities", "ranks"),
    "areas": ("profile", "levels"),
    "needs": ("needs", "need-answers"),
    "explanation": ("waterfall",),
}
"""The key of a sheet -> the figures that stand on it."""

_OF_AN_AREA = ("areas", "needs", "explanation", "cells", "breakdowns")
chosen = contents.chosen


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report, one sheet or several; `title` and `what` are English, translated when shown."""

    key: str
    title: str
    what: str
    required: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What decides which parts there are."""

    study: Study
    method: Method
    results: Results


def of_an_area(key: str) -> bool:
    """Whether the preview of a sheet shows one area at a time."""
    return key in _OF_AN_AREA


def parts(study: Study, edition: str, method: Method, results: Results) -> tuple[Part, ...]:
    """The parts of an edition that this study has something for, in their order."""
    known = _Known(study, method, results)
    return tuple(
        Part(kind.key, kind.title, kind.what, edition in kind.required)
        for kind in contents.of_edition(edition)
        if _THERE.get(kind.key, _always)(known)
    )


def _always(_known: _Known) -> bool:
    return True


def _needs(known: _Known) -> bool:
    """A method has cells only where an instrument asks them."""
    return bool(known.method.needs.cells)


def _analysed(known: _Known) -> bool:
    return known.results.analysis is not None


def _changes(known: _Known) -> bool:
    return known.results.analysis is not None and bool(known.results.analysis.changes)


def _response(known: _Known) -> bool:
    return known.results.analysis is not None and bool(known.results.analysis.response)


def _decisions(known: _Known) -> bool:
    from kume_desktop.services import committee

    return bool(committee.decisions(known.study))


def _rated(known: _Known) -> bool:
    from kume_desktop.services import results

    return results.is_rated(known.study)


_THERE: Mapping[str, Callable[[_Known], bool]] = {
    "areas": lambda known: bool(known.results.areas),
    "needs": _needs,
    "cells": _needs,
    "uncertainty": _analysed,
    "sensitivity": _analysed,
    "breakdowns": _analysed,
    "reliability": _analysed,
    "response": _response,
    "changes": _changes,
    "decisions": _decisions,
    "ratings": _rated,
    "answers": lambda known: bool(known.study.instruments()),
    "rubrics": lambda known: bool(known.method.indicators),
}
