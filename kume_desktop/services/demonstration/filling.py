"""Interviews of the demonstration study: planned facts go through the form engine and the log like anyone's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zlib import crc32

from kume_desktop.instruments.model import Kind
from kume_desktop.services import interviewing, recording

if TYPE_CHECKING:
    from kume_desktop.interview.state import Interview
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import InterviewRecord
    from kume_desktop.store.unit_of_work import Act

CONFIRMED = "Gösterim verisi: doğrulandı / demonstration data: confirmed"
_PASSES = 2


class BrokenPlanError(Exception):
    """The invented facts do not fit the form: a mistake of the program, not of its user."""


def fill(
    study: Study,
    unit_id: str,
    instrument_id: str,
    interviewer: str,
    facts: Mapping[str, str],
    begun: datetime,
    minutes: float,
    *,
    share: float = 1.0,
) -> Interview:
    """Carry out one interview in one act. With `share` below 1 it breaks off there and stays open."""
    version = next(one for one in study.instruments() if one.instrument_id == instrument_id)
    with study.act(author=interviewer, at=begun) as act:
        record, interview = interviewing.begin(study, act, unit_id, version.version_id, interviewer, begun)
        paths = list(_planned(interview, facts))
        seen = _seen(act, record)
        last = round(len(paths) * share)
        step = timedelta(minutes=minutes / max(1, len(paths)))
        position, asked = "", []
        for _turn in range(_PASSES):
            for path in paths[:last]:
                name = interview.tree.spots[path].item.name
                if interview.is_relevant(path) and not interview.is_read_only(path) and not interview.value(path):
                    act.at += step
                    interview = _answer(act, record, interview, path, facts[name], seen)
                    position = path
                    asked.append(path)
        _trace(act, record, asked, minutes * share)
        if share < 1:
            act.save_position(record.interview_id, position)
        else:
            interview = _complete(act, record, interview, seen)
        recording.write_state(act, record, interview, position)
    return interview


def _trace(act: Act, record: InterviewRecord, asked: Sequence[str], minutes: float) -> None:
    """Keep how long the questions took: shares of the duration that differ by question and firm."""
    from kume_desktop.store.events import EventKind, SubjectKind

    weights = [1 + crc32(f"{record.unit_id}{path.rpartition('/')[2]}".encode()) % 300 / 100 for path in asked]
    unit, begun, spells = minutes * 60_000 / max(1.0, sum(weights)), 0, []
    for path, weight in zip(asked, weights, strict=True):
        spells.append([path, begun, round(unit * weight), 1, 0, 0])
        begun += round(unit * weight)
    kind, subject = EventKind.TRACE, SubjectKind.INTERVIEW
    act.append(kind, subject, record.interview_id, "demonstration:1", {"spells": spells}, record.version_id, ())


def _seen(act: Act, record: InterviewRecord) -> recording.Seen:
    from kume_desktop.store import reading

    heads = reading.heads(act, record.interview_id)
    return {path: tuple(row.event_id for row in rows) for path, rows in heads.items()}


def _planned(interview: Interview, facts: Mapping[str, str]) -> Iterator[str]:
    """The paths of the questions that the plan answers, in the order of the form."""
    for path, spot in interview.tree.spots.items():
        node = spot.item.node
        if node.is_asked and node.kind is not Kind.NOTE and facts.get(node.name):
            yield path


def _answer(
    act: Act, record: InterviewRecord, interview: Interview, path: str, value: str, seen: recording.Seen
) -> Interview:
    from kume_desktop.interview import engine

    outcome = engine.answer(interview, path, value)
    if not outcome.accepted:
        raise BrokenPlanError(path, value, outcome.problems)
    recording.write_outcome(act, record, outcome, seen)
    return outcome.interview


def _complete(act: Act, record: InterviewRecord, interview: Interview, seen: recording.Seen) -> Interview:
    from kume_desktop.interview import engine, page
    from kume_desktop.store.events import EventKind, SubjectKind

    for path, reason in interview.warnings.items():
        if not reason:
            outcome = engine.override(interview, path, CONFIRMED)
            recording.write_outcome(act, record, outcome, seen)
            interview = outcome.interview
    gaps = page.open_problems(interview)
    if gaps:
        raise BrokenPlanError(record.interview_id, [gap.path for gap in gaps])
    outcome = engine.finish(interview)
    recording.write_outcome(act, record, outcome, seen)
    act.append(
        EventKind.INTERVIEW_COMPLETED,
        SubjectKind.INTERVIEW,
        record.interview_id,
        "",
        "completed",
        record.version_id,
    )
    return outcome.interview
