"""A number and the reason why it is blank as one question: see `instruments.reasons`."""

from __future__ import annotations

from dataclasses import replace

from kume_desktop.instruments.reasons import NUMBERS, SUFFIX
from kume_desktop.interview import engine
from kume_desktop.interview.choices import option
from kume_desktop.interview.state import Change, Interview, Outcome
from kume_desktop.interview.tree import Spot
from kume_desktop.interview.view import ground_of
from kume_desktop.problems import problem


def reason_of(interview: Interview, path: str) -> str:
    """The concrete path of the reason of a number, '' where it has none."""
    spot = interview.tree.spots.get(path)
    if spot is None or spot.item.node.kind not in NUMBERS:
        return ""
    return path + SUFFIX if spot.item.path + SUFFIX in interview.form.outline.reasons else ""


def missing(interview: Interview, path: str) -> str:
    """Why a number is blank: `dk`, `nr`, `na`, or '' where it is answered, open, or has no reason beside it."""
    reason = reason_of(interview, path)
    chosen = interview.value(reason) if reason and not interview.value(path) else ""
    if not chosen:
        return ""
    spot = interview.tree.spots[reason]
    return option(ground_of(interview).at(spot), spot, chosen).missing


def number_of(interview: Interview, path: str) -> str:
    """The concrete path of the number whose reason stands at `path`, '' where it is no reason."""
    spot = interview.tree.spots.get(path)
    is_reason_path = spot is not None and spot.item.path in interview.form.outline.reasons
    return path.removesuffix(SUFFIX) if is_reason_path else ""


def is_folded(interview: Interview, spot: Spot) -> bool:
    """Whether a question is the reason of a number that is asked: it is answered in the number's row."""
    if spot.item.path not in interview.form.outline.reasons:
        return False
    return interview.is_relevant(spot.path.removesuffix(SUFFIX))


def row_of(interview: Interview, path: str) -> str:
    """The question whose row shows the one at `path`: the number for a reason, else the question itself."""
    spot = interview.tree.spots.get(path)
    return path.removesuffix(SUFFIX) if spot is not None and is_folded(interview, spot) else path


def answer(interview: Interview, path: str, raw: str) -> Outcome:
    """Give one answer as `engine.answer` does; a number takes its reason back, a reason its number, in one act."""
    number = number_of(interview, path)
    if number and interview.is_relevant(number):
        return give_reason(interview, number, raw)
    reason = reason_of(interview, path) if raw.strip() else ""
    if reason and interview.values.get(reason):
        return give_number(interview, path, raw)
    return engine.answer(interview, path, raw)


def give_reason(interview: Interview, path: str, chosen: str) -> Outcome:
    """Say why a number is blank, in one act: the number is cleared, its reason answered; `chosen` '' takes it back."""
    reason = reason_of(interview, path)
    if not reason:
        return Outcome(interview, problems=(problem("interview.not-asked", question=path),))
    cleared = [(path, "")] if chosen else []
    return _one_act(interview, *cleared, (reason, chosen))


def give_number(interview: Interview, path: str, raw: str) -> Outcome:
    """Give a number in one act with taking back the reason why it was blank; nothing changes where it is refused."""
    reason = reason_of(interview, path)
    if not reason or reason in interview.hidden:
        return engine.answer(interview, path, raw)
    return _one_act(interview, (reason, ""), (path, raw))


def _one_act(interview: Interview, *given: tuple[str, str]) -> Outcome:
    """Several answers, one after the other, as one outcome; where one is refused, nothing takes place."""
    done = Outcome(interview)
    for path, raw in given:
        then = engine.answer(done.interview, path, raw)
        if not then.accepted:
            return Outcome(interview, problems=then.problems)
        done = replace(
            then,
            changes=_together(done.changes, then.changes),
            problems=(*done.problems, *then.problems),
            rows=(*done.rows, *then.rows),
            overrides=(*done.overrides, *then.overrides),
        )
    return done


def _together(first: tuple[Change, ...], then: tuple[Change, ...]) -> tuple[Change, ...]:
    """One change for each path: from what it was before both to what it is after both."""
    changes = {change.path: change for change in first}
    for change in then:
        before = changes.get(change.path)
        changes[change.path] = replace(change, old=before.old) if before is not None else change
    return tuple(change for change in changes.values() if change.old != change.new)
