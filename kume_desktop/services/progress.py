"""How far the field is and what every computer has sent: expected against received, from numbers and receipts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from kume_desktop.services import firm_rows, roles
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.review import acts
from kume_desktop.services.review.states import Stand
from kume_desktop.services.roles import Right

if TYPE_CHECKING:
    from kume_desktop.services.review.acts import Standing
    from kume_desktop.services.studies import Study
    from kume_desktop.services.views import FirmRow
    from kume_desktop.store.records import InterviewRecord

PROGRESS = "progress"
_REACHED = frozenset({FirmState.NOT_REACHED, FirmState.NOT_INTERVIEWED})


@dataclass(frozen=True, slots=True)
class ComputerLine:
    """A computer. `held` entries of it are here, `missing` are known to exist and are not; `confirmed` has a receipt.

    `state` is 'enrolled', 'revoked' or '' (it wrote, nobody let it in). `opened`, `completed`, `approved`: its
    interviews. `last` is when its newest entry was written, `package` when the last package of it came.
    """

    device_id: str
    name: str
    people: tuple[str, ...]
    role: str
    state: str
    is_this: bool
    held: int
    missing: int
    confirmed: int
    opened: int
    completed: int
    approved: int
    last: datetime | None
    package: datetime | None
    receipt: datetime | None

    @property
    def never_sent(self) -> bool:
        """Whether a computer that was let in has not sent anything yet."""
        return self.state == "enrolled" and not self.is_this and not self.held


@dataclass(frozen=True, slots=True)
class Slice:
    """The firms of an area or of an interviewer: `expected` assigned, `received` complete, `running` begun.

    `refused`: not reached or not interviewed; `approved` and `excluded` count interviews.
    """

    key: str
    name: str
    expected: int
    received: int
    running: int
    refused: int
    approved: int
    excluded: int

    @property
    def share(self) -> float:
        """Received of expected, 0 where nothing is expected."""
        return self.received / self.expected if self.expected else 0.0


@dataclass(frozen=True, slots=True)
class Day:
    """Interviews that were completed on a day, and on all days up to it; `by`: by interviewer."""

    day: date
    completed: int
    total: int
    by: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FirmLine:
    """A firm that somebody has: where it stands, on which computers its interviews were opened."""

    unit_id: str
    name: str
    area: str
    interviewer: str
    state: FirmState
    computers: tuple[str, ...]
    interviews: int
    completed: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything of the page; `expected` and `received` count firms."""

    computers: tuple[ComputerLine, ...]
    areas: tuple[Slice, ...]
    interviewers: tuple[Slice, ...]
    days: tuple[Day, ...]
    firms: tuple[FirmLine, ...]

    @property
    def expected(self) -> int:
        """Firms that somebody has."""
        return sum(one.expected for one in self.areas)

    @property
    def received(self) -> int:
        """Firms whose interviews are complete here."""
        return sum(one.received for one in self.areas)

    @property
    def missing(self) -> int:
        """Entries that are known to exist and are not here."""
        return sum(one.missing for one in self.computers)


def progress(study: Study) -> Progress:
    """Read how far the wave is.

    Raises:
        Refused: this person may not see it.
    """
    from kume_desktop.store import progress_rows

    roles.require(study, Right.PROGRESS)
    standings = acts.standings(study)
    on = progress_rows.interview_devices(study.database, study.wave.wave_id)
    firms = [row for row in firm_rows.all_firms(study) if row.interviewer or row.state is not FirmState.UNASSIGNED]
    areas = {area.code: area.name_tr for area in study.areas()}
    known = {one.device_id: one.name for one in progress_rows.devices(study.database)}
    of_unit: dict[str, list[InterviewRecord]] = {}
    for one in standings:
        of_unit.setdefault(one.record.unit_id, []).append(one.record)
    return Progress(
        computers=tuple(_computers(study, standings, on)),
        areas=_slices(firms, standings, lambda row: row.area, {code: areas[code] for code in areas}),
        interviewers=_slices(firms, standings, lambda row: row.interviewer, {}),
        days=_days(standings),
        firms=tuple(_firm(row, of_unit.get(row.unit_id, ()), on, known) for row in firms),
    )


def _computers(study: Study, standings: Sequence[Standing], on: Mapping[str, str]) -> Iterable[ComputerLine]:
    from kume_desktop.store import device, package_rows, progress_rows

    source, own = study.database, device.this_device().device_id
    streams = package_rows.streams(source)
    last, people = progress_rows.last_written(source), progress_rows.authors(source)
    packages: dict[str, datetime] = {}
    for package in package_rows.packages(source, package_rows.IN):
        packages.setdefault(package.sender, package.at)
    for row in progress_rows.devices(source):
        mine = [one for one in streams if one.device_id == row.device_id]
        marks = package_rows.marks(source, row.device_id)
        receipts = package_rows.receipts(source, row.device_id)
        held = [one for one in standings if on.get(one.record.interview_id) == row.device_id]
        yield ComputerLine(
            device_id=row.device_id,
            name=row.name,
            people=(row.person,) if row.person else people.get(row.device_id, ())[:3],
            role=row.role,
            state=row.state,
            is_this=row.device_id == own,
            held=sum(one.held for one in mine),
            missing=sum(one.missing for one in mine),
            confirmed=sum(min(one.held, marks[one.stream].seq) for one in mine if one.stream in marks),
            opened=len(held),
            completed=sum(one.record.state == "completed" for one in held),
            approved=sum(one.stand is Stand.APPROVED for one in held),
            last=last.get(row.device_id),
            package=packages.get(row.device_id),
            receipt=next((one.at for one in receipts if one.marks), None),
        )


def _slices(
    firms: Sequence[FirmRow], standings: Sequence[Standing], key_of: Callable[[FirmRow], str], names: Mapping[str, str]
) -> tuple[Slice, ...]:
    keys = list(names) or sorted({key_of(row) for row in firms})
    of_unit = {row.unit_id: key_of(row) for row in firms}
    stands: dict[str, list[Stand]] = {}
    for one in standings:
        stands.setdefault(of_unit.get(one.record.unit_id, ""), []).append(one.stand)
    found = []
    for key in keys:
        mine = [row.state for row in firms if key_of(row) == key]
        found.append(
            Slice(
                key,
                names.get(key, key),
                len(mine),
                mine.count(FirmState.COMPLETED),
                mine.count(FirmState.IN_PROGRESS),
                sum(state in _REACHED for state in mine),
                stands.get(key, []).count(Stand.APPROVED),
                stands.get(key, []).count(Stand.EXCLUDED),
            )
        )
    return tuple(found)


def _days(standings: Iterable[Standing]) -> tuple[Day, ...]:
    """Every day from the first completion to the last one, those without any among them."""
    by_day: dict[date, dict[str, int]] = {}
    for one in standings:
        if one.record.completed_at is not None:
            counts = by_day.setdefault(one.record.completed_at.astimezone().date(), {})
            counts[one.record.interviewer] = counts.get(one.record.interviewer, 0) + 1
    if not by_day:
        return ()
    first, last = min(by_day), max(by_day)
    found, total = [], 0
    for place in range((last - first).days + 1):
        day = first + timedelta(days=place)
        by = by_day.get(day, {})
        total += sum(by.values())
        found.append(Day(day, sum(by.values()), total, tuple(sorted(by.items()))))
    return tuple(found)


def _firm(row: FirmRow, held: Sequence[InterviewRecord], on: Mapping[str, str], known: Mapping[str, str]) -> FirmLine:
    computers = dict.fromkeys(known.get(on.get(one.interview_id, ""), "") for one in held)
    return FirmLine(
        row.unit_id, row.name, row.area, row.interviewer, row.state, tuple(name for name in computers if name),
        len(held), sum(one.state == "completed" for one in held),
    )  # fmt: skip


def _answer(study: Study, _asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"progress": json.loads(json.dumps(asdict(progress(study)), default=str))}


def progress_of(answer: Mapping[str, Any]) -> Progress:
    """Read the answer to `PROGRESS`."""
    told = answer["progress"]
    return Progress(
        tuple(_computer_of(one) for one in told["computers"]),
        tuple(Slice(**one) for one in told["areas"]),
        tuple(Slice(**one) for one in told["interviewers"]),
        tuple(
            Day(date.fromisoformat(one["day"]), one["completed"], one["total"], tuple((n, c) for n, c in one["by"]))
            for one in told["days"]
        ),
        tuple(
            FirmLine(**{**one, "state": FirmState(one["state"]), "computers": tuple(one["computers"])})
            for one in told["firms"]
        ),
    )


def _computer_of(told: Mapping[str, Any]) -> ComputerLine:
    moments = {
        name: datetime.fromisoformat(told[name]) if told[name] else None for name in ("last", "package", "receipt")
    }
    return ComputerLine(**{**told, **moments, "people": tuple(told["people"])})


VERBS = {PROGRESS: _answer}
"""What the companion answers."""
