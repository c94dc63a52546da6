"""What the computers of interviewers cannot say in a package, whoever wrote the program that runs on them.

A laptop signs for its person alone. What that person may not do in the window does not come in by a package either: an
approval, a decision, a role, an erasure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kume_desktop.exchange.packages.parties import LAPTOP
from kume_desktop.problems import Refused, problem
from kume_desktop.services import devices, people, roles
from kume_desktop.services.roles import Right
from kume_desktop.store.events import EventKind

if TYPE_CHECKING:
    from pathlib import Path

    from kume_desktop.exchange.packages.opening import Opened
    from kume_desktop.services.studies import Study
    from kume_desktop.store.log import Event

NEEDS: Mapping[str, Right] = {
    EventKind.INTERVIEW_REVIEWED: Right.REVIEW,
    EventKind.BACK_CHECK: Right.REVIEW,
    EventKind.INTERVIEW_CHOSEN: Right.DECIDE,
    EventKind.PERSON_ADDED: Right.PEOPLE,
    EventKind.ROLE_GIVEN: Right.PEOPLE,
    EventKind.METHOD_VERSION: Right.MANAGE,
    EventKind.WAVE_OPENED: Right.MANAGE,
    EventKind.ERASED: Right.ERASE,
}
"""Kind of an event -> the right of the person whose laptop says it."""


def check(study: Study, opened: Opened[Event], path: Path) -> None:
    """Refuse a package in which a laptop says what its person may not say.

    Raises:
        Refused: `package.not-entitled`.
    """
    said = [event for event in opened.events if event.kind in NEEDS]
    if not said:
        return
    person_of = {device: one.person for device, one in devices.trusted(study).items() if one.role == LAPTOP}
    writes = {one.stream: one.device for one in opened.manifest.ranges}
    erased = _erased(study)
    for event in said:
        device = writes[str(event.stream)]
        is_carried_out_again = event.kind == EventKind.ERASED and str(event.subject) in erased
        if device in person_of and not is_carried_out_again and not _may(study, person_of[device], NEEDS[event.kind]):
            raise Refused(problem("package.not-entitled", file=path.name, what="role"))


def may_erase(study: Study, device_id: str) -> bool:
    """Whether the erasures that a package lists are carried out: those of an interviewer's laptop came from here."""
    sender = devices.trusted(study).get(device_id)
    return sender is None or sender.role != LAPTOP or _may(study, sender.person, Right.ERASE)


def _may(study: Study, person: str, right: Right) -> bool:
    return roles.role_may(people.role_of(study, person), right)


def _erased(study: Study) -> frozenset[str]:
    from kume_desktop.store import tombstones

    return frozenset(one.subject_id for one in tombstones.of_database(study.database))
