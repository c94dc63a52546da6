"""Levels: what the rubric suggests from an interview's answers, kept beside what people give."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kume_desktop.interview.state import Interview
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import InterviewRecord
    from kume_desktop.store.unit_of_work import Act

RUBRIC = "rubric"
SUGGESTION = "suggestion"


def keep_suggestions(act: Act, study: Study, record: InterviewRecord, interview: Interview) -> dict[str, int | None]:
    """Keep the rubric's suggestion for every indicator of a completed interview, with the answers it rests on."""
    from kume_desktop.interview import suggestion

    levels = dict(suggestion.suggest(interview))
    _write(act, study, record, interview, levels)
    return levels


def withdraw_suggestions(act: Act, study: Study, record: InterviewRecord, interview: Interview) -> None:
    """Take the rubric's suggestions back: the interview is open again, its answers may change.

    They go on naming the interview, so that the levels which people gave of it are known to wait.
    """
    levels = dict.fromkeys((indicator.code for indicator in interview.form.instrument.indicators), None)
    _write(act, study, record, interview, levels)


def _write(
    act: Act, study: Study, record: InterviewRecord, interview: Interview, levels: Mapping[str, int | None]
) -> None:
    from kume_desktop.interview import suggestion
    from kume_desktop.store import writing

    for indicator, level in levels.items():
        writing.rate(
            act,
            writing.RatingGiven(
                wave_id=study.wave.wave_id,
                target_kind="unit",
                target_id=record.unit_id,
                indicator=indicator,
                level=level,
                rater=RUBRIC,
                round=0,
                scale="1-5",
                basis=SUGGESTION,
                suggestion=level,
                evidence=[(record.interview_id, fact.path) for fact in suggestion.facts(interview, indicator)],
            ),
        )
