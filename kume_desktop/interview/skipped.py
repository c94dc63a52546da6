"""Required questions that were passed by: blank ones before the furthest place that the interview has reached."""

from __future__ import annotations

from collections.abc import Callable

from kume_desktop.instruments.model import Kind
from kume_desktop.instruments.reasons import SUFFIX
from kume_desktop.interview.reasons import is_folded
from kume_desktop.interview.state import Interview
from kume_desktop.interview.tree import Spot

Reached = Callable[[str], bool]
"""Whether the interview has been at the question at a path."""


def skipped(interview: Interview, reached: Reached) -> tuple[str, ...]:
    """The concrete paths of required questions without an answer that stand before the last one reached, in order."""
    gaps: list[str] = []
    passed = 0
    for section in interview.form.outline.sections:
        for item in section.questions:
            if item.node.kind is Kind.NOTE or item.node.calculation:
                continue
            for spot in interview.tree.all(item):
                if spot.path in interview.hidden or is_folded(interview, spot):
                    continue
                if reached(spot.path):
                    passed = len(gaps)
                if _is_required(interview, spot) and not _is_answered(interview, spot):
                    gaps.append(spot.path)
    return tuple(gaps[:passed])


def _is_required(interview: Interview, spot: Spot) -> bool:
    """Whether the question, or the reason for its staying blank, must be given."""
    return spot.path in interview.required_now or spot.path + SUFFIX in interview.required_now


def _is_answered(interview: Interview, spot: Spot) -> bool:
    return bool(interview.values.get(spot.path)) or bool(interview.values.get(spot.path + SUFFIX))
