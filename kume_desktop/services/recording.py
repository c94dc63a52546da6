"""What an act of an interview writes: events for what changed, and what the engine computed from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from typing import TYPE_CHECKING

from kume_desktop.services import notices

if TYPE_CHECKING:
    from kume_desktop.interview.state import Interview, Outcome, RowChange
    from kume_desktop.services.studies import Study
    from kume_desktop.store.events import EventKind
    from kume_desktop.store.log import Value
    from kume_desktop.store.records import InterviewRecord, StateRow, Summary
    from kume_desktop.store.unit_of_work import Act

ENGINE_VERSION = "2"
"""Goes up when the same answers give other states: `services.recomputing` then works the kept ones out anew."""
LEGAL_FORM, SOLE_TRADER = "hukuki_yapi", "1"
"""The question that every instrument uses for the firm's legal form, and the code of a single person's firm."""

Seen = MutableMapping[str, tuple[str, ...]]
"""Head path -> the ids of the heads that the writer has seen; an act replaces those and no others."""


def write_outcome(act: Act, record: InterviewRecord, outcome: Outcome, seen: Seen) -> None:
    """Append what an outcome changed; personal answers are sealed inside their events."""
    from kume_desktop.store.events import EventKind

    for change in outcome.changes:
        kind = EventKind.RECORDED if change.recorded else EventKind.ANSWER
        personal = is_personal(outcome.interview, change.path)
        append(act, record, kind, change.path, change.new, seen, personal=personal)
        notices.write_proof(act, record, outcome.interview, change.path)
    write_rows(act, record, outcome.rows, seen)
    for override in outcome.overrides:
        append(act, record, EventKind.OVERRIDE, override.path, override.reason, seen)


def write_rows(act: Act, record: InterviewRecord, rows: Iterable[RowChange], seen: Seen) -> None:
    """Append rows that came and went; one that comes stands after all others of its repeat."""
    from kume_desktop.store import reading
    from kume_desktop.store.events import EventKind

    told = tuple(rows)
    last: dict[str, int] = {}
    for path, place in reading.repeat_rows(act, record.interview_id).items() if told else ():
        repeat = path.rpartition("[")[0]
        last[repeat] = max(last.get(repeat, 0), int(place))
    for row in told:
        path = f"{row.repeat}[{row.row}]"
        if row.added:
            last[row.repeat] = last.get(row.repeat, 0) + 1
            append(act, record, EventKind.ROW_ADDED, path, str(last[row.repeat]), seen)
        else:
            append(act, record, EventKind.ROW_REMOVED, path, "", seen)


def append(
    act: Act, record: InterviewRecord, kind: EventKind, path: str, value: str, seen: Seen, *, personal: bool = False
) -> None:
    """Append one event of an interview; it names the heads that its writer has seen."""
    append_value(act, record, kind, path, value, seen, personal=personal)


def append_value(
    act: Act, record: InterviewRecord, kind: EventKind, path: str, value: Value, seen: Seen, *, personal: bool = False
) -> None:
    """Like `append`, of a structured value."""
    from kume_desktop.store.events import SubjectKind, head_path

    where = head_path(kind, path)
    written = act.append(
        kind,
        SubjectKind.INTERVIEW,
        record.interview_id,
        path,
        value,
        record.version_id,
        seen.get(where, ()),
        personal=personal,
    )
    seen[where] = (written,)


def _value(interview: Interview, name: str) -> str:
    return interview.value(interview.path_of(name)) if name in interview.form.by_name else ""


def is_personal(interview: Interview, path: str) -> bool:
    """Whether the answer at a path is personal data: by its flag; a picture or recording always may be.

    What names the firm is personal for a sole trader, and as long as nobody has said that the firm is none.
    """
    from kume_desktop.instruments.model import ATTACHMENTS, Personal

    flag = interview.tree.spots[path].item.node.personal if path in interview.tree.spots else Personal.NONE
    if path in interview.tree.spots and interview.tree.spots[path].item.node.kind in ATTACHMENTS:
        return True
    if flag is Personal.SOLE_TRADER:
        return _value(interview, LEGAL_FORM) in {"", SOLE_TRADER, "dk", "nr"}
    return flag is not Personal.NONE


def summary(interview: Interview, path: str) -> Summary:
    """What the lists show of an interview."""
    from kume_desktop.interview import page
    from kume_desktop.store.records import Summary

    answered, asked = page.progress(interview)
    spot = interview.tree.spots.get(path) if interview.is_relevant(path) else None
    number = interview.form.outline.numbers.get(spot.item.node.path, "") if spot is not None else ""
    return Summary(
        answered=answered,
        asked=asked,
        warnings=sum(not reason for reason in interview.warnings.values()),
        errors=len(interview.failing),
        last_question=number,
        last_section=number.partition(".")[0],
        instrument_hash=interview.form.instrument.content_hash,
        engine_version=ENGINE_VERSION,
    )


def write_state(act: Act, record: InterviewRecord, interview: Interview, position: str = "") -> None:
    """Keep everything the engine computed anew: relevance, calculated values, open problems, the place."""
    act.clear_state(record.interview_id)
    act.save_state(record.interview_id, _state_rows(interview, interview.tree.spots))
    act.save_state(record.interview_id, _left_behind(interview.values.keys() - interview.tree.spots.keys()))
    act.save_summary(record.interview_id, summary(interview, position or record.position))


def write_changed_state(
    act: Act, record: InterviewRecord, before: Interview, interview: Interview, position: str
) -> None:
    """Keep what an answer changed of it, in the answer's own unit of work: lists and results never lag behind."""
    changed = set(before.hidden ^ interview.hidden) | set(before.failing ^ interview.failing)
    changed |= set(before.warned ^ interview.warned)
    changed |= {path for path, value in interview.values.items() if before.values.get(path) != value}
    here, there = interview.tree.spots.keys(), before.tree.spots.keys()
    if before.tree is not interview.tree:
        changed |= here - there  # a row that comes back has the values that it had
        act.save_state(record.interview_id, _left_behind(there - here))
    act.save_state(record.interview_id, _state_rows(interview, changed & here))
    act.save_summary(record.interview_id, summary(interview, position))


def is_old(record: InterviewRecord) -> bool:
    """Whether another engine worked out what is kept of an interview."""
    return record.summary.engine_version not in {"", ENGINE_VERSION}


def refresh(study: Study, record: InterviewRecord, interview: Interview) -> None:
    """Keep the state of an interview that was restored just now, where the kept one is of another engine.

    Nothing that a person gave changes. Where the study is busy, the next opening does it.
    """
    from kume_desktop.problems import Refused

    if not is_old(record):
        return
    try:
        with study.act(wait=False, corrects=False) as act:
            write_state(act, record, interview)
    except Refused:
        return


def _left_behind(paths: Iterable[str]) -> Iterator[StateRow]:
    """Paths that hold stored values and are asked no more: of removed rows, of another version of the form."""
    from kume_desktop.store.records import StateRow

    return (StateRow(path, relevant=False) for path in paths)


def _state_rows(interview: Interview, paths: Iterable[str]) -> Iterator[StateRow]:
    from kume_desktop.store.records import StateRow

    for path in paths:
        if not interview.tree.spots[path].item.children:
            flaw = "constraint" if path in interview.failing else "warning" if path in interview.warned else ""
            yield StateRow(path, interview.is_relevant(path), interview.values.get(path) or None, flaw)
