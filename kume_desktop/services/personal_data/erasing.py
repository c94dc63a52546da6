"""Erasing a firm or an interview for good: keys destroyed, files deleted, nothing left in the file's pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop.problems import Refused, problem
from kume_desktop.services import access_log, backups, roles
from kume_desktop.services.access_log import Deed
from kume_desktop.services.studies import Progress
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.unit_of_work import Act

COMPACT = "personal-compact"
CLEANING = N_("Taking what was erased out of the file")
REASONS: Mapping[str, str] = {
    "request": N_("The person asked for it"),
    "retention": N_("The time for keeping it is over"),
    "consent": N_("Consent was withdrawn"),
    "mistake": N_("It was taken by mistake"),
}
"""Codes of the reasons; a text could name the person again."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did: interviews, attached files deleted, and the backups that still hold what was erased.

    `is_legal_person`: the firm is none of a single person, so its name and tax number are no personal data and stay.
    """

    firm: str
    interviews: int
    files: int
    backups: tuple[Path, ...]
    is_legal_person: bool


def erase(study: Study, subject_id: str, reason: str) -> Erased:
    """Erase everything personal of a firm (with its interviews) or of an interview; the other answers stay.

    Call `compact` afterwards: it takes the old pages out of the file.

    Raises:
        Refused: `role.may-not`, `personal.no-reason`, `study.unit-missing`.
    """
    from kume_desktop.store import erasing, reading
    from kume_desktop.store.events import SubjectKind

    roles.require(study, roles.Right.ERASE)
    if reason not in REASONS:
        raise Refused(problem("personal.no-reason"))
    of_firm = reading.interviews(study.database, unit_id=subject_id)
    interviews = of_firm or reading.interviews(study.database, interview_id=subject_id)
    is_interview = any(one.interview_id == subject_id for one in interviews)
    unit = reading.unit_record(study.database, interviews[0].unit_id if is_interview else subject_id)
    before = erasing.files(study.database)
    with study.act(corrects=False) as act:
        _forget(act, (one.interview_id for one in interviews))
        act.erase(SubjectKind.INTERVIEW if is_interview else SubjectKind.UNIT, subject_id, reason)
    gone = before - erasing.files(study.database)
    return Erased(unit.code, len(interviews), gone, holding(study), not unit.natural_person)


def _forget(act: Act, interview_ids: Iterable[str]) -> None:
    """What is no event, also where nothing personal was answered yet and so no key is there to be destroyed."""
    from kume_desktop.store import erasing

    for interview_id in interview_ids:
        erasing.forget_typed(act, interview_id)
        # What was worked out of answers that stay is worked out again before anybody reads it.
        act.mark_stale(interview_id)


def compact(study: Study) -> None:
    """Take everything that was erased out of the pages of the file and out of its write-ahead log.

    Raises:
        Refused: `personal.no-space`, `personal.still-read`.
    """
    from kume_desktop.store import erasing

    erasing.compact(study.path, study.key)


def holding(study: Study) -> tuple[Path, ...]:
    """The backups of both places; those made before an erasure hold it until they are thinned out (30 days)."""
    return tuple(card.path for card in backups.overview(study).backups)


def delete_backups(study: Study, wanted: Iterable[Path], before: datetime | None = None) -> int:
    """Delete backups of this study, and make a new one first, so that there always is one; how many were deleted.

    Raises:
        Refused: `role.may-not`, `backup.no-space`… where the new one cannot be made: nothing is deleted then.
    """
    roles.require(study, roles.Right.ERASE)
    known = {card.path for card in backups.overview(study).backups}
    made = backups.make(study)
    chosen = [path for path in wanted if path in known and path not in {made.path, made.second}]
    gone = 0
    for path in chosen:
        if before is None or datetime.fromtimestamp(path.stat().st_mtime).astimezone() < before:
            path.unlink(missing_ok=True)
            gone += 1
    access_log.note(study, Deed.ERASED, f"{gone} backup files")
    return gone


def _compact(study: Study, _asked: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    progress(0, 0, CLEANING)
    compact(study)
    return {}


VERBS = {COMPACT: _compact}
"""What the worker does."""
