"""Interviews that the agency received and that were deleted on this computer: they were held, and are not held again.

What tells of them are facts of this computer itself, so that nobody else's list of firms rests on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.services import roles

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import InterviewRecord
    from kume_desktop.store.unit_of_work import Act

_HANDED = "handed-over:"


def note(act: Act, device_id: str, interviews: Iterable[InterviewRecord]) -> None:
    """Keep of interviews that are deleted now that they were held."""
    from kume_desktop.store import writing
    from kume_desktop.store.events import SubjectKind

    for one in interviews:
        where = f"{_HANDED}{one.wave_id}:{one.unit_id}:{one.instrument_id}"
        writing.set_fact(act, SubjectKind.DEVICE, device_id, where, one.interview_id)


def handed_over(study: Study) -> Mapping[str, frozenset[str]]:
    """Unit -> the instruments on which it was interviewed here in this wave, by interviews that are not here."""
    from kume_desktop.store import device, reading

    begin = f"{_HANDED}{study.wave.wave_id}:"
    found: dict[str, set[str]] = {}
    for where in reading.facts(study.database, device.this_device().device_id):
        if where.startswith(begin):
            unit_id, _, instrument_id = where.removeprefix(begin).partition(":")
            found.setdefault(unit_id, set()).add(instrument_id)
    return {unit_id: frozenset(held) for unit_id, held in found.items()}


def deleted(study: Study) -> frozenset[str]:
    """The interviews that were deleted on this computer, in whatever wave; some may have come back since."""
    from kume_desktop.store import device, reading

    told = reading.facts(study.database, device.this_device().device_id)
    return frozenset(value for where, value in told.items() if where.startswith(_HANDED))


def check(study: Study, unit_id: str, instrument_id: str) -> None:
    """Refuse to begin an interview for the second time, or by somebody who holds none.

    Raises:
        Refused: `interview.handed-over`, `role.may-not`.
    """
    roles.require(study, roles.Right.INTERVIEW)
    if instrument_id in handed_over(study).get(unit_id, ()):
        raise Refused(problem("interview.handed-over"))
