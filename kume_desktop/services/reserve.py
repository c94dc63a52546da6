"""The reserve: firms that were drawn beside those issued, and wait until the supervisor releases their batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services import field_rates, firm_rows, sample_plan
from kume_desktop.services.studies import STAFF, only_staff

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.services.views import FirmRow


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch of an area's sample; 0 was issued at once. Reason and person are those of the release."""

    number: int
    firms: int
    is_released: bool
    reason: str = ""
    released_by: str = ""
    released_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AreaReserve:
    """The reserve of an area that was drawn, beside what was lost of the firms issued.

    `issued` includes released batches. Lost are those that are `ineligible`, `refused` or `not_reached` (closed by an
    act); `open` are tried or wait still. `released`: firms that came out of the reserve; `waiting`: firms still in it.
    """

    area: str
    batches: tuple[Batch, ...]
    issued: int
    completed: int
    ineligible: int
    refused: int
    not_reached: int
    open: int
    released: int
    waiting: int

    @property
    def lost(self) -> int:
        """Issued firms that will give no interview."""
        return self.ineligible + self.refused + self.not_reached

    @property
    def next_batch(self) -> int | None:
        """The batch that `release` would release; None where the reserve is used up."""
        return next((one.number for one in self.batches if not one.is_released), None)


def may_open(study: Study, unit_id: str) -> Problem | None:
    """Why nobody may go to a firm or interview it: it waits in the reserve, or was not drawn; None where one may.

    A firm that stands outside the sample of its area is opened by staff alone; one in the reserve by nobody.
    """
    from kume_desktop.store import field_rows, reading

    source, wave_id = study.database, study.wave.wave_id
    released = field_rows.released(source, wave_id)
    if not released:
        return None
    area = reading.unit_record(source, unit_id, wave_id).area
    batch = field_rows.batches(source, wave_id, unit_id).get(unit_id)
    if firm_rows.is_issued(area, batch, released, was_there=_was_there(study, unit_id)):
        return None
    if batch is None:
        return None if study.role == STAFF else problem("reserve.not-drawn")
    return problem("reserve.waiting", batch=batch)


def not_issued(study: Study, units: Mapping[str, str]) -> frozenset[str]:
    """Those of some firms (id -> area) that wait in the reserve or were not drawn; asked once for all of them."""
    from kume_desktop.store import field_rows, reading

    source, wave_id = study.database, study.wave.wave_id
    released = field_rows.released(source, wave_id)
    if not {*units.values()} & released.keys():
        return frozenset()
    batches, tried = field_rows.batches(source, wave_id), field_rows.tried(source, wave_id)
    there = {one.unit_id for one in reading.interviews(source, wave_id=wave_id)} | tried.keys()
    return frozenset(
        unit_id
        for unit_id, area in units.items()
        if not firm_rows.is_issued(area, batches.get(unit_id), released, was_there=unit_id in there)
    )


def check(study: Study, unit_id: str) -> None:
    """Refuse a firm to which nobody may go.

    Raises:
        Refused: what `may_open` says.
    """
    waiting = may_open(study, unit_id)
    if waiting is not None:
        raise Refused(waiting)


def _was_there(study: Study, unit_id: str) -> bool:
    from kume_desktop.store import field_rows, reading

    wave_id = study.wave.wave_id
    if unit_id in field_rows.tried(study.database, wave_id, unit_id):
        return True
    return bool(reading.interviews(study.database, unit_id=unit_id, wave_id=wave_id))


def state(study: Study) -> tuple[AreaReserve, ...]:
    """The reserve of every area that was drawn, in study order; empty where none was.

    Raises:
        Refused: the person is not staff.
    """
    from kume_desktop.store import field_rows, reading

    only_staff(study)
    source, wave_id = study.database, study.wave.wave_id
    released = field_rows.released(source, wave_id)
    if not released:
        return ()
    drawn = field_rows.batches(source, wave_id)
    rows: dict[str, list[FirmRow]] = {code: [] for code in released}
    for row in firm_rows.all_firms(study):
        rows.get(row.area, []).append(row)
    return tuple(
        _area(study, area.code, area.area_id, rows[area.code], drawn, released[area.code])
        for area in reading.areas(source)
        if area.code in released
    )


def _area(
    study: Study, area: str, area_id: str, rows: list[FirmRow], drawn: Mapping[str, int], released: int
) -> AreaReserve:
    size: dict[int, int] = {}
    for row in rows:
        if row.unit_id in drawn:
            size[drawn[row.unit_id]] = size.get(drawn[row.unit_id], 0) + 1
    told = _releases(study, area_id)
    became = field_rates.tally(row for row in rows if row.is_issued)
    return AreaReserve(
        area=area,
        batches=tuple(Batch(one, size[one], one <= released, *told.get(one, ("", "", None))) for one in sorted(size)),
        issued=became.issued,
        completed=became.completed,
        ineligible=became.ineligible + became.duplicate,
        refused=became.refused,
        not_reached=became.not_reached,
        open=became.open,
        released=sum(count for number, count in size.items() if 0 < number <= released),
        waiting=sum(count for number, count in size.items() if number > released),
    )


def _releases(study: Study, area_id: str) -> Mapping[int, tuple[str, str, datetime | None]]:
    """Batch -> why, by whom and when it was released, as the log tells."""
    from kume_desktop.store import field_rows, frames_study, wave_facts

    names = [
        wave_facts.name_in(study.database, study.wave.wave_id, name)
        for name in (field_rows.RELEASED, sample_plan.REASON_FACT)
    ]
    released, reasons = (frames_study.history(study.database, area_id, name) for name in names)
    why: dict[int, str] = {}
    for told in reasons:
        batch, _, reason = (told.text or "").partition(" ")
        if batch.isdecimal():
            why[int(batch)] = reason
    return {
        int(one.text): (why.get(int(one.text), ""), one.author, one.at)
        for one in released
        if one.text and one.text.isdecimal() and one.text != "0"
    }


def release(study: Study, area: str, reason: str) -> int:
    """Release the next batch of an area's reserve: its firms are issued from now on. Returns the batch.

    Raises:
        Refused: the person is not staff, there is no reason, nothing was drawn, the whole reserve is released.
    """
    only_staff(study)
    if not reason.strip():
        raise Refused(problem("reserve.no-reason"))
    return sample_plan.release(study, area, " ".join(reason.split()))
