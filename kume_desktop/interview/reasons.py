"""A number and the reason why it is blank as one question: see `instruments.reasons`."""

from __future__ import annotations

from dataclasses import replace

from kume_desktop.instruments.reasons import NUMBERS, SUFFIX, is_reason
from kume_desktop.interview import engine
from kume_desktop.interview.choices import option
from kume_desktop.interview.state import Change, Interview, Outcome
from kume_desktop.interview.view import ground_of
from kume_desktop.problems import problem


def reason_of(interview: Interview, path: str) -> str:
    """The concrete path of the reason of a number, '' where it has none."""
    spot = interview.tree.spots.get(path)
    if spot is None or spot.item.node.kind not in NUMBERS:
        return ""
    beside = interview.form.items.get(spot.item.path + SUFFIX)
    return path + SUFFIX if beside is not None and is_reason(beside.node, interview.form.instrument) else ""


def missing(interview: Interview, path: str) -> str:
    """Why a number is blank: `dk`, `nr`, `na`, or '' where it is answered, open, or has no reason beside it."""
    reason = reason_of(interview, path)
    chosen = interview.value(reason) if reason and not interview.value(path) else ""
    if not chosen:
        return ""
    spot = interview.tree.spots[reason]
    return option(ground_of(interview).at(spot), spot, chosen).missing


def give_reason(interview: Interview, path: str, chosen: str) -> Outcome:
    """Say why a number is blank, in one act: the number is cleared, its reason answered; `chosen` '' takes it back."""
    reason = reason_of(interview, path)
    if not reason:
        return Outcome(interview, problems=(problem("interview.not-asked", question=path),))
    cleared = engine.answer(interview, path, "") if chosen else Outcome(interview)
    if not cleared.accepted:
        return cleared
    given = engine.answer(cleared.interview, reason, chosen)
    if not given.accepted:
        return Outcome(interview, problems=given.problems)
    return replace(
        given,
        changes=_together(cleared.changes, given.changes),
        problems=(*cleared.problems, *given.problems),
        rows=(*cleared.rows, *given.rows),
        overrides=(*cleared.overrides, *given.overrides),
    )


def _together(first: tuple[Change, ...], then: tuple[Change, ...]) -> tuple[Change, ...]:
    """One change for each path: from what it was before both to what it is after both."""
    changes = {change.path: change for change in first}
    for change in then:
        before = changes.get(change.path)
        changes[change.path] = replace(change, old=before.old) if before is not None else change
    return tuple(change for change in changes.values() if change.old != change.new)
