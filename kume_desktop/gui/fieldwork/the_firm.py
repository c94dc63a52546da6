"""The firm that a page is about, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop.problems import Problem, Refused, problem

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.services.views import FirmDetail


def the_firm(study: Study, unit_id: str) -> tuple[FirmDetail | None, tuple[Problem, ...]]:
    """The firm of a route; None with the problems where there is none, or where it waits in the reserve."""
    from kume_desktop.services import fieldwork

    if not unit_id:
        return None, (problem("study.unit-missing"),)
    try:
        return fieldwork.firm(study, unit_id), ()
    except Refused as refused:
        return None, refused.problems
