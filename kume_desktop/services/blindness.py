"""Who may not read yet what others gave: raters work blind until their own sheet of a firm is final.

Every file that shows levels firm by firm asks here first. A level cannot be taken out of such a file without making its
formulas wrong, so the file is refused and the reason said; staff may pass knowingly, which the log remembers.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.services.people import STAFF

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

EXPORT = "export"
"""The register of the study's log that holds why files with levels or persons were written."""


def hidden_firms(study: Study) -> frozenset[str]:
    """The firms (unit ids) that somebody else has rated, and that the person has to rate and has not finished."""
    from kume_desktop.services import results
    from kume_desktop.store import rating_rows

    blind = rating_rows.still_blind(study.database, study.wave.wave_id, study.person)
    if not blind:
        return frozenset()
    given = (one for one in results.given_ratings(study) if one.basis == "rating" and one.rater != study.person)
    return blind & {one.target_id for one in given}


def check_levels(study: Study, areas: Collection[str] = (), *, knowingly: bool = False, reason: str = "") -> None:
    """Refuse a file with the levels of the firms of `areas` (none named: all) to a rater who still works blind.

    Raises:
        Refused: `report.blind` (with the number of firms), `report.blind-not-staff`, `report.blind-no-reason`.
    """
    from kume_desktop.store import reading

    hidden = hidden_firms(study)
    if not hidden:
        return
    units = [one for one in reading.units(study.database) if one.unit_id in hidden]
    count = sum(not areas or one.area in areas for one in units)
    if not count:
        return
    if not knowingly:
        raise Refused(problem("report.blind", count=count))
    if study.role != STAFF:
        raise Refused(problem("report.blind-not-staff", count=count))
    if not reason.strip():
        raise Refused(problem("report.blind-no-reason"))


def check_firm(study: Study, unit_id: str) -> None:
    """Refuse the page of a firm that the person has not finished rating.

    Raises:
        Refused: `report.firm-blind`.
    """
    from kume_desktop.store import reading

    if unit_id in hidden_firms(study):
        raise Refused(problem("report.firm-blind", firm=reading.unit_record(study.database, unit_id).code))


def remember(study: Study, what: str, reason: str) -> None:
    """Write into the log that a file with persons or levels was written, and why; also in a wave that is only read."""
    from kume_desktop.store.events import EventKind, SubjectKind

    told = f"{what}: {reason.strip()}" if reason.strip() else what
    with study.database.act(study.person, study.role) as act:
        act.append(EventKind.NOTE, SubjectKind.STUDY, study.record.study_id, EXPORT, told)
