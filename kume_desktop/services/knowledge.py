"""What was read or computed of a study and still holds: kept until an event that could change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from kume_desktop.scoring.results import Results
    from kume_desktop.services.results import Inputs
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import RatingRecord, ResultRecord

RESULT, FACT = "result", "fact"
HARMLESS = frozenset(
    {
        RESULT,
        "stream_opened",
        "device_enrolled",
        "person_added",
        "role_given",
        "comment",
        "override",
        "gap_reason",
        "note",
        "notice",
        "notice_version",
        "consent",
        "trace",
        "respondent",
        "visit_planned",
        "conversion_asked",
        "evidence",
        "question_asked",
        "query_answered",
        "back_check",
    }
)
"""Kinds of events that no input of a computation reads. Whatever is not named here, also what a newer program wrote,
may have changed the inputs."""
HARMLESS_FACTS = frozenset({"method_draft", "conduct_rules", "practice_pass_mark", "review_rules"})
"""Facts that are no input either: a draft of the method is none before it is published."""


@dataclass(slots=True)
class Known:
    """What is known of a wave of a study as of the newest event.

    `hashes`: of inputs and method. `record` and `kept`: the results stored last, if `was_read`. `fresh`: computed to
    be looked at and not stored.
    """

    wave_id: str
    newest: int
    ratings: tuple[RatingRecord, ...] | None = None
    given: Inputs | None = None
    was_read: bool = False
    record: ResultRecord | None = None
    kept: Results | None = None
    hashes: tuple[str, str] = ("", "")
    fresh: Results | None = None


_known: WeakKeyDictionary[Study, Known] = WeakKeyDictionary()


def knowing(study: Study) -> Known:
    """What is known of a study; what an event since may have changed is forgotten first."""
    from kume_desktop.store import news

    newest = news.newest(study.database)
    found = _known.get(study)
    if found is None or found.wave_id != study.wave.wave_id:
        found = _known[study] = Known(study.wave.wave_id, newest)
    elif found.newest != newest:
        kinds = news.kinds_since(study.database, found.newest)
        if _touch(study, kinds, found.newest):
            found.ratings, found.given, found.hashes, found.fresh = None, None, ("", ""), None
        if RESULT in kinds:
            found.was_read, found.record, found.kept = False, None, None
        found.newest = newest
    return found


def kept_payload(study: Study) -> str:
    """The results stored last as they are kept, '' where there are none."""
    from kume_desktop.store import reading

    found = reading.latest_result(study.database, study.wave.wave_id)
    return found.payload if found is not None else ""


def is_untouched(study: Study, since: int) -> bool:
    """Whether no event after the entry `since` of the log can have changed the inputs of a computation."""
    from kume_desktop.store import news

    return not _touch(study, news.kinds_since(study.database, since), since)


def _touch(study: Study, kinds: frozenset[str], since: int) -> bool:
    from kume_desktop.store import news

    rest = kinds - HARMLESS
    if rest == {FACT}:
        return not news.facts_since(study.database, since) <= HARMLESS_FACTS
    return bool(rest)
