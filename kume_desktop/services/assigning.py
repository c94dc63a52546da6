"""Which firm is whose: given to interviewers, taken back, and asked of somebody else after a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.services import field_rules, reserve
from kume_desktop.services.studies import only_staff

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study


def assign(study: Study, unit_ids: Iterable[str], interviewer: str) -> Mapping[str, str]:
    """Give firms to an interviewer ('' to nobody); returns who had them, so that `assign_each` can undo it.

    Raises:
        Refused: the person is not staff, nobody of that name works in the wave, a firm that waits in the reserve.
    """
    return assign_each(study, dict.fromkeys(unit_ids, interviewer.strip()))


def assign_each(study: Study, wanted: Mapping[str, str]) -> Mapping[str, str]:
    """Give firms each to an interviewer, in one act; returns who had those that changed hands. See `assign`."""
    from kume_desktop.store import reading, writing

    only_staff(study)
    wave_id = study.wave.wave_id
    units = {one.unit_id: one for one in reading.units(study.database, wave_id)}
    known = {*interviewers(study), ""}
    wrong = [problem("field.unknown-person", person=name) for name in sorted({*wanted.values()} - known)]
    wrong += [problem("study.unit-missing") for unit_id in wanted if unit_id not in units][:1]
    given = {each: units[each].area for each, name in wanted.items() if name and each in units}
    held = reserve.not_issued(study, given)
    waiting = [units[unit_id].code for unit_id in wanted if unit_id in held]
    if waiting:
        wrong.append(problem("reserve.not-assigned", firms=", ".join(waiting[:5]), count=len(waiting)))
    if wrong:
        raise Refused(*wrong)
    before = {
        unit_id: units[unit_id].interviewer for unit_id, name in wanted.items() if units[unit_id].interviewer != name
    }
    with study.act() as act:
        for unit_id in before:
            writing.assign(act, wave_id, unit_id, wanted[unit_id])
    return before


def interviewers(study: Study) -> tuple[str, ...]:
    """Whom firms can be given to: everybody with a part in the wave, and who has firms already."""
    from kume_desktop.services import people
    from kume_desktop.store import reading

    named = [one.name for one in people.people(study)]
    holding = {one.interviewer for one in reading.units(study.database, study.wave.wave_id)} - {"", *named}
    return (*named, *sorted(holding))


def ask_conversion(study: Study, unit_id: str, person: str) -> None:
    """Ask somebody to talk to a firm that refused; '' asks nobody any more.

    Raises:
        Refused: the person is not staff, no such firm, nobody of that name, nothing to convert, or it is who was
            refused already.
    """
    from kume_desktop.store import field_rows, reading, writing

    only_staff(study)
    reading.unit_record(study.database, unit_id, study.wave.wave_id)
    wanted, rules = person.strip(), field_rules.rules(study)
    if wanted:
        visits = field_rows.visits_of(study.database, study.wave.wave_id, [unit_id]).get(unit_id, ())
        found = field_rules.conversion(rules, unit_id, "", visits)
        if found is None:
            raise Refused(problem("field.no-conversion"))
        if wanted not in interviewers(study):
            raise Refused(problem("field.unknown-person", person=wanted))
        if rules.conversion_by_other and wanted in found.refused:
            raise Refused(problem("field.same-person", person=wanted))
    with study.act() as act:
        writing.ask_conversion(act, study.wave.wave_id, unit_id, wanted)
