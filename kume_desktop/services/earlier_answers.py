"""What a firm answered in an earlier wave, for the questions whose form lets the interviewer see it.

It is shown, never taken over by itself: an answer of this wave is given in this wave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kume_desktop.instruments.model import Personal

if TYPE_CHECKING:
    from kume_desktop.interview.state import Interview
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import InterviewRecord, WaveRecord


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """An answer of the nearest earlier wave: the wave's name, the answer as people read it, and as it was stored."""

    wave: str
    shown: str
    raw: str


def earlier(study: Study, record: InterviewRecord) -> Mapping[str, EarlierAnswer]:
    """Path in this interview -> what was answered there, from the nearest earlier wave in which the firm was asked.

    Only questions that the form opens to this; personal ones only where that wave's consent still holds; none of a
    question in conflict or of an erased firm.
    """
    form = study.form(record.version_id)
    if not any(item.node.earlier for item in form.items.values()):
        return {}
    found = _nearest(study, record)
    if found is None:
        return {}
    wave, before = found
    return dict(_answers(study, record, before, wave.name))


def _nearest(study: Study, record: InterviewRecord) -> tuple[WaveRecord, InterviewRecord] | None:
    from kume_desktop.store import reading

    waves = reading.waves(study.database)
    place = next((at for at, wave in enumerate(waves) if wave.wave_id == record.wave_id), 0)
    held = reading.interviews(study.database, unit_id=record.unit_id)
    for wave in reversed(waves[:place]):
        for other in held:
            if other.wave_id == wave.wave_id and other.instrument_id == record.instrument_id and other.counts:
                return wave, other
    return None


def _answers(
    study: Study, record: InterviewRecord, before: InterviewRecord, wave: str
) -> Iterator[tuple[str, EarlierAnswer]]:
    from kume_desktop.interview import page
    from kume_desktop.services import interviewing

    form, interview = study.form(record.version_id), interviewing.restore(study, before)
    may_personal, place = _has_consent(study, before), _places(study, record, before)
    for path in interview.values:
        raw = interview.value(path)
        there = place(path)
        item = form.items.get(_generic(there))
        if not raw or item is None or not item.node.earlier or not interview.tree.spots[path].item.node.is_asked:
            continue
        if may_personal or not _is_personal(interview, path, item.node.personal):
            yield there, EarlierAnswer(wave, page.row(interview, path).display or raw, raw)


def may_leave(study: Study, before: InterviewRecord, shown: Mapping[str, Personal]) -> frozenset[str]:
    """Of the questions that a form shows, with what it says of each, those whose earlier answers a laptop may get.

    A laptop gets an interview of an earlier wave in part: whether an answer is personal there is told here alone.
    """
    from kume_desktop.services import interviewing

    if _has_consent(study, before):
        return frozenset(shown)
    interview = interviewing.restore(study, before)
    return frozenset(
        path for path, now in shown.items() if path in interview.values and not _is_personal(interview, path, now)
    )


def _places(study: Study, record: InterviewRecord, before: InterviewRecord) -> Callable[[str], str]:
    """Where questions of the earlier interview stand in the version of this one; elsewhere only where the path is."""
    from kume_desktop.services.version_paths import Newest

    versions = [one.version_id for one in study.all_instruments() if one.instrument_id == record.instrument_id]
    if before.version_id == record.version_id or record.version_id != versions[-1]:
        return lambda path: path
    newest = Newest(study, record.instrument_id)
    return lambda path: newest.path(before.version_id, path)


def _generic(path: str) -> str:
    """The path without the rows of repeats."""
    return "/".join(part.partition("[")[0] for part in path.split("/"))


def _is_personal(interview: Interview, path: str, now: Personal) -> bool:
    """Whether an answer is personal in its own form or in the one of now."""
    from kume_desktop.services import recording

    return now is not Personal.NONE or recording.is_personal(interview, path)


def _has_consent(study: Study, before: InterviewRecord) -> bool:
    from kume_desktop.services import notices
    from kume_desktop.store import reading

    acts = reading.consents(study.database, before.interview_id)
    return any(act.given for act in acts if act.purpose == notices.CONTACT)
