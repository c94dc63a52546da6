"""Interviews that were asked on paper and typed later: when they were asked, who asked, who typed.

For such an interview the day on the paper is today: `today`, `start`, `end`, `now()` and the day of the visit take it
(at noon, since paper tells no time). The log keeps when each answer was typed, as always.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services import field_rules
from kume_desktop.services.paper_facts import ASKED_BY, ASKED_ON, TYPED_BY, PaperFacts

if TYPE_CHECKING:
    from kume_desktop.services.interviewing import Session
    from kume_desktop.services.studies import Study


def check(asked_on: date | None, asked_by: str, typed_by: str) -> tuple[Problem, ...]:
    """What is wrong with the facts of a paper form; nothing where they can be kept."""
    found = []
    if asked_on is None:
        found.append(problem("paper.no-day"))
    elif asked_on > datetime.now().astimezone().date():
        found.append(problem("paper.day-to-come", day=asked_on.strftime("%d.%m.%Y")))
    else:
        found.extend(field_rules.far_days(asked_on))
    if not asked_by.strip():
        found.append(problem("paper.no-asker"))
    if not typed_by.strip():
        found.append(problem("paper.no-typist"))
    return tuple(found)


def forms_left(study: Study, unit_id: str, asked: str) -> tuple[tuple[str, str], ...]:
    """The forms in which no interview of the firm was begun in this wave, and the one that was asked for: id, title."""
    from kume_desktop.services import interviewing

    english = texts.language() == "en"
    return tuple(
        (one.instrument_id, one.title_en if english else one.title_tr)
        for one in study.instruments()
        if one.instrument_id == asked or interviewing.begun(study, study.database, unit_id, one.instrument_id) is None
    )


def begin(
    study: Study, unit_id: str, instrument_id: str, asked_on: date | None, asked_by: str, typed_by: str
) -> Session:
    """Begin the interview of a firm from a paper form; the one that asked is its interviewer.

    Raises:
        Refused: `paper.…`: no day, one to come, nobody who asked or typed, an interview that was begun already.
    """
    from kume_desktop.services import interviewing, recording, reserve
    from kume_desktop.store import writing
    from kume_desktop.store.events import SubjectKind

    if wrong := check(asked_on, asked_by, typed_by):
        raise Refused(*wrong)
    reserve.check(study, unit_id)
    kept = PaperFacts(asked_on or date.min, asked_by.strip(), typed_by.strip())
    version = interviewing.newest(study, instrument_id)
    with study.act() as act:
        if interviewing.begun(study, act, unit_id, instrument_id) is not None:
            raise Refused(problem("paper.already-begun"))
        record, interview = interviewing.begin(study, act, unit_id, version, kept.asked_by, kept.moment)
        for name, value in (
            (ASKED_ON, kept.asked_on.isoformat()),
            (ASKED_BY, kept.asked_by),
            (TYPED_BY, kept.typed_by),
        ):
            writing.set_fact(act, SubjectKind.INTERVIEW, record.interview_id, name, value)
        recording.write_state(act, record, interview)
    return interviewing.open_interview(study, unit_id, instrument_id)
