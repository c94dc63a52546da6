"""What stands around levels and answers, as arrays: the firms and what became of them, the whole list, every rating."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import literal, or_, select

from kume_desktop.scoring.inputs import Disposition, Firms, Frame, Needs, Ratings
from kume_desktop.scoring.size_classes import size_order
from kume_desktop.store import field_rows, reading, records, sealing, wave_facts
from kume_desktop.store.area_rows import areas_of
from kume_desktop.store.events import EventKind
from kume_desktop.store.frames import evidence_of, given_ratings
from kume_desktop.store.log import box_context, parse
from kume_desktop.store.reading import Source
from kume_desktop.store.tables import Flag, event, frame_row, frame_version, head, path, stream, subject, subject_key

OUTCOME, STAFF = "sonuc", "calisan_sayisi"
"""The questions that hold the outcome of an interview and the head-count of the firm."""
PROBABILITY, STRATUM, BATCH, RELEASED = "sample_probability", "sample_stratum", "sample_batch", "sample_released"
SIZE_FACT, DISTRICT_FACT, ORIGIN_FACT = "frame_size:", "frame_district:", "frame_origin"
DISPOSITIONS: Mapping[str, Disposition] = {
    "1": Disposition.COMPLETED,
    "2": Disposition.PARTIAL,
    "3": Disposition.PENDING,
    "4": Disposition.REFUSED,
    "5": Disposition.REFUSED,
    "6": Disposition.INELIGIBLE,
    "7": Disposition.INELIGIBLE,
    "8": Disposition.INELIGIBLE,
    "9": Disposition.DUPLICATE,
    "10": Disposition.NOT_REACHED,
    "11": Disposition.NOT_REACHED,
}
"""The codes of the choice list `sonuc`; where nobody was competent to answer (11), nobody was reached who could."""


@dataclass(frozen=True, slots=True)
class Said:
    """One value that a fact had, as it was written; `text` None where its key is gone."""

    event_id: str
    text: str | None
    author: str
    at: datetime
    in_force: bool


def firms(source: Source, wave_id: str, instruments: Sequence[str] = ()) -> Firms:
    """Every firm that was issued, in the order of the codes.

    A firm counts as issued unless its area was drawn and the firm stands in a batch that was not released (a reserve
    where somebody was nevertheless is issued). A completed interview decides the disposition, else the last visit; one
    that was completed with another outcome than "completed" counts as that. A firm counts as not reached once it was
    closed; until then it is pending, however often nobody was there. The head-count is that of the first of
    `instruments` that has it. The activity found in the field goes before that of the list.
    """
    found = _Field(source, wave_id, instruments)
    place_of = {each.code: place for place, each in enumerate(reading.areas(source))}
    known = [each for each in reading.units(source, wave_id) if each.area in place_of]
    units = sorted((each for each in known if found.is_issued(each)), key=lambda each: (each.code, each.unit_id))
    return Firms(
        ids=tuple(each.unit_id for each in units),
        codes=tuple(each.code for each in units),
        area=np.array([place_of[each.area] for each in units], dtype=np.int64),
        size_class=tuple(each.size_class for each in units),
        district=tuple(each.district for each in units),
        nace=tuple(each.field_nace or each.nace for each in units),
        sources=tuple(found.lists.get(each.unit_id, ()) for each in units),
        interviewer=tuple(each.interviewer or found.interviewer.get(each.unit_id, "") for each in units),
        disposition=tuple(found.disposition(each.unit_id) for each in units),
        staff=np.array([found.staff.get(each.unit_id, np.nan) for each in units], dtype=np.float64),
        probability=np.array([found.probability(each.unit_id) for each in units], dtype=np.float64),
    )


class _Field:
    """What the field says of each unit, by unit id."""

    def __init__(self, source: Source, wave_id: str, instruments: Sequence[str]) -> None:
        self.lists = _lists(source)
        self._facts = unit_facts(source, (PROBABILITY, STRATUM, BATCH), wave_id)
        areas = reading.areas(source)
        drawn = ((each.code, wave_facts.own(source, each.area_id, wave_id)) for each in areas)
        self._released = {code: _whole(said.get(RELEASED, "")) for code, said in drawn}
        held = [each for each in reading.interviews(source, wave_id=wave_id) if each.counts]
        self.interviewer = {each.unit_id: each.interviewer for each in held}
        completed = {each.interview_id: each for each in held if each.state == "completed"}
        self._begun = {each.unit_id for each in held if each.state != "completed"}
        self._closed = {unit_id for unit_id, case in field_rows.cases(source, wave_id).items() if case.is_closed}
        said = _answers(source, completed, (OUTCOME, STAFF))
        self._completed = {
            interview.unit_id: DISPOSITIONS.get(said.get((interview_id, OUTCOME), "1"), Disposition.COMPLETED)
            for interview_id, interview in sorted(
                completed.items(), key=lambda each: said.get((each[0], OUTCOME), "1") == "1"
            )
        }
        self.staff = _staff(completed.values(), said, instruments)
        self._visits = {each.unit_id: each.outcome for each in reading.visits(source) if each.wave_id == wave_id}

    def disposition(self, unit_id: str) -> Disposition:
        """The final outcome of a unit, PENDING where there is none yet: not reached is one that an act closed."""
        found = self._completed.get(unit_id, Disposition.PENDING)
        if found in {Disposition.PENDING, Disposition.NOT_REACHED}:
            found = self._by_visit(unit_id)
        if found not in {Disposition.PENDING, Disposition.PARTIAL, Disposition.NOT_REACHED}:
            return found
        is_closed = unit_id in self._closed and unit_id not in self._begun
        if is_closed and not (found is Disposition.PARTIAL and unit_id in self._completed):
            return Disposition.NOT_REACHED
        return Disposition.PENDING if found is Disposition.NOT_REACHED else found

    def _by_visit(self, unit_id: str) -> Disposition:
        last = self._visits.get(unit_id, "")
        return Disposition.PENDING if last == "1" else DISPOSITIONS.get(last, Disposition.PENDING)

    def probability(self, unit_id: str) -> float:
        """The chance of selection, NaN where unknown."""
        return _number(self._facts.get(unit_id, {}).get(PROBABILITY, ""))

    def is_issued(self, unit: records.UnitRecord) -> bool:
        """Whether the unit was sent into the field."""
        batch = _whole(self._facts.get(unit.unit_id, {}).get(BATCH, ""))
        released = self._released.get(unit.area)
        if released is None or unit.unit_id in self._visits or unit.unit_id in self.interviewer:
            return True
        return batch is not None and batch <= released


def _lists(source: Source) -> dict[str, tuple[str, ...]]:
    """The names of the lists on which each unit stands."""
    statement = (
        select(frame_row.c.unit, frame_version.c.name)
        .join(frame_version, frame_version.c.id == frame_row.c.frame_version)
        .order_by(frame_row.c.unit, frame_version.c.name)
    )
    found: dict[str, dict[str, None]] = {}
    for row in source.rows(statement):
        found.setdefault(row.unit, {})[row.name] = None
    return {unit: tuple(names) for unit, names in found.items()}


def unit_facts(source: Source, names: Sequence[str], wave_id: str | None = None) -> Mapping[str, Mapping[str, str]]:
    """Unit id -> name -> value, of the facts with those names in a wave (the first one where none is named).

    Contested ones are left out.
    """
    return _facts_of("unit", source, names, wave_id)


def area_facts(source: Source, names: Sequence[str], wave_id: str | None = None) -> Mapping[str, Mapping[str, str]]:
    """Area id -> name -> value, of the facts with those names in a wave itself; contested ones are left out."""
    return _facts_of("area", source, names, wave_id)


def _facts_of(kind: str, source: Source, names: Sequence[str], wave_id: str | None) -> Mapping[str, Mapping[str, str]]:
    first = wave_id is None or wave_facts.is_first(source, wave_id)
    plain = {wave_facts.marked(name, wave_id or "", first=first): name for name in names}
    statement = (
        select(subject.c.id, path.c.text, head.c.value)
        .select_from(head)
        .join(path, path.c.no == head.c.path)
        .join(subject, subject.c.no == head.c.subject)
        .where(path.c.text.in_(tuple(plain)), subject.c.kind == kind, head.c.contested == literal(False, Flag()))
    )
    found: dict[str, dict[str, str]] = {}
    for row in source.rows(statement):
        if row.value:
            found.setdefault(row.id, {})[plain[row.text]] = row.value
    return found


def _answers(source: Source, interviews: Iterable[str], names: Sequence[str]) -> dict[tuple[str, str], str]:
    """(interview id, name of the question) -> answer, of those interviews; contested ones are left out."""
    wanted = set(interviews)
    statement = (
        select(subject.c.id, path.c.text, head.c.value)
        .select_from(head)
        .join(path, path.c.no == head.c.path)
        .join(subject, subject.c.no == head.c.subject)
        .join(event, event.c.no == head.c.event)
        .where(
            or_(*(path.c.text.like(f"%/{name}") for name in names)),
            event.c.kind.in_((EventKind.ANSWER, EventKind.RECORDED, EventKind.CONFLICT_RESOLVED)),
            head.c.contested == literal(False, Flag()),
        )
    )
    found = [(row.id, row.text.rpartition("/")[2], row.value) for row in source.rows(statement)]
    return {(held, name): value for held, name, value in found if held in wanted and name in names and value}


def _staff(
    completed: Iterable[records.InterviewRecord], said: Mapping[tuple[str, str], str], instruments: Sequence[str]
) -> dict[str, float]:
    order = {instrument: place for place, instrument in enumerate(instruments)}
    found: dict[str, float] = {}
    for each in sorted(completed, key=lambda one: order.get(one.instrument_id, len(order)), reverse=True):
        number = _number(said.get((each.interview_id, STAFF), ""))
        if not np.isnan(number):
            found[each.unit_id] = number
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() else None


def frame(source: Source, wave_id: str | None = None) -> Frame:
    """What staff entered, or took from a list, of all firms of each area, as it holds in a wave (or in the first one).

    An area that has any size class (or district) has 0 in those that it does not name; without any it has -1.
    """
    areas = areas_of(source, wave_id)
    facts = [
        reading.facts(source, each.area_id) if wave_id is None else wave_facts.carried(source, each.area_id, wave_id)
        for each in areas
    ]
    sizes = sorted({name for said in facts for name in _named(said, SIZE_FACT)}, key=size_order)
    districts = sorted({name for said in facts for name in _named(said, DISTRICT_FACT)})
    known = [
        each.frame_n is not None or any(_is_frame(name) for name in said)
        for each, said in zip(areas, facts, strict=True)
    ]
    return Frame(
        size_classes=tuple(sizes),
        size_n=_grid([_named(said, SIZE_FACT) for said in facts], sizes),
        districts=tuple(districts),
        district_n=_grid([_named(said, DISTRICT_FACT) for said in facts], districts),
        eligible_n=np.array([_or(_whole(said.get("eligible_n", "")), -1) for said in facts], dtype=np.int64),
        employment=np.array([_number(said.get("employment", "")) for said in facts], dtype=np.float64),
        origin=tuple(
            said.get(ORIGIN_FACT, "entered") if any_known else "" for said, any_known in zip(facts, known, strict=True)
        ),
    )


def _is_frame(name: str) -> bool:
    return name.startswith((SIZE_FACT, DISTRICT_FACT)) or name in {"eligible_n", "employment"}


def _named(facts: Mapping[str, str], prefix: str) -> dict[str, int]:
    found = {name.removeprefix(prefix): _whole(value) for name, value in facts.items() if name.startswith(prefix)}
    return {name: number for name, number in found.items() if number is not None}


def _grid(rows: Sequence[Mapping[str, int]], columns: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    filled = [[row.get(column, 0 if row else -1) for column in columns] for row in rows]
    return np.array(filled, dtype=np.int64).reshape(len(rows), len(columns))


def _or(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else number


def ratings(
    source: Source,
    wave_id: str,
    indicators: Sequence[str],
    route: str = "firma",
    given: Iterable[records.RatingRecord] | None = None,
) -> Ratings:
    """Every level that a person gave to a target of the route, in time order; contested ones have no level.

    A round after the first was agreed, though it may not name what it settles (older studies did not keep that).
    `given`: what `frames.given_ratings` has read already.
    """
    column = {indicator: place for place, indicator in enumerate(indicators)}
    kind = "area" if route == "panel" else "unit"
    found = [
        each
        for each in (given_ratings(source, wave_id) if given is None else given)
        if each.target_kind == kind and each.basis == "rating" and each.indicator in column
    ]
    found.sort(key=lambda each: (each.at, each.rating_id))
    targets = {target: place for place, target in enumerate(sorted({each.target_id for each in found}))}
    raters = {rater: place for place, rater in enumerate(sorted({each.rater for each in found}))}
    asked = {(each.unit_id, each.interviewer) for each in reading.interviews(source, wave_id=wave_id)}
    return Ratings(
        targets=tuple(targets),
        indicators=tuple(indicators),
        raters=tuple(raters),
        target=np.array([targets[each.target_id] for each in found], dtype=np.int64),
        indicator=np.array([column[each.indicator] for each in found], dtype=np.int64),
        rater=np.array([raters[each.rater] for each in found], dtype=np.int64),
        round=np.array([each.round for each in found], dtype=np.int64),
        is_agreed=np.array([each.round > 1 or bool(each.settles) for each in found], dtype=np.bool_),
        level=np.array([_level(None if each.contested else each.level) for each in found], dtype=np.float64),
        suggestion=np.array([_level(each.suggestion) for each in found], dtype=np.float64),
        evidence=np.array([evidence_of(each) for each in found], dtype=np.int64),
        interviewed=np.array([(each.target_id, each.rater) in asked for each in found], dtype=np.bool_),
    )


def _level(level: int | None) -> float:
    return float("nan") if level is None else float(level)


def expert_needs(
    source: Source, wave_id: str, cells: Sequence[str], given: Iterable[records.RatingRecord] | None = None
) -> Needs:
    """What experts said of the need cells, one row for each expert and target (an area or a firm of it).

    Rows are named by rater and target. Ratings that an agreed one names give way to it; of one expert the last round
    counts. A level in conflict is 0 with reserve 4. `given`: what `frames.given_ratings` has read already.
    """
    areas = reading.areas(source)
    place_of = {each.area_id: place for place, each in enumerate(areas)}
    by_code = {each.code: place for place, each in enumerate(areas)}
    place_of |= {each.unit_id: by_code[each.area] for each in reading.units(source) if each.area in by_code}
    column = {cell: place for place, cell in enumerate(cells)}
    read = given_ratings(source, wave_id) if given is None else given
    said = [each for each in read if each.indicator in column and each.basis != "suggestion"]
    settled = {rating_id for each in said for rating_id in each.settles}
    counted = [each for each in said if each.rating_id not in settled and each.target_id in place_of]
    names = sorted({(place_of[each.target_id], each.rater, each.target_id) for each in counted})
    row_of = {(rater, target): row for row, (_place, rater, target) in enumerate(names)}
    answers = np.zeros((len(names), len(cells)), dtype=np.int64)
    reserve = np.zeros_like(answers)
    for each in sorted(counted, key=lambda one: one.round):
        where = row_of[each.rater, each.target_id], column[each.indicator]
        answers[where] = 0 if each.contested else each.level or 0
        reserve[where] = 4 if each.contested else 0
    return Needs(
        firms=tuple(f"{rater}@{target}" for _place, rater, target in names),
        area=np.array([place for place, _rater, _target in names], dtype=np.int64),
        cells=tuple(cells),
        answers=answers,
        reserve=reserve,
    )


def history(source: Source, subject_id: str, name: str) -> tuple[Said, ...]:
    """Every value that an attribute of a subject had, the oldest first; sealed ones are opened where their key is."""
    statement = (
        select(event.c.id, event.c.line, event.c.at, event.c.author, subject_key.c.key, head.c.event.label("head"))
        .join(subject, subject.c.no == event.c.subject)
        .join(path, path.c.no == event.c.path)
        .join(stream, stream.c.no == event.c.stream)
        .outerjoin(subject_key, subject_key.c.id == event.c.subject_key)
        .outerjoin(head, (head.c.event == event.c.no) & (head.c.subject == event.c.subject))
        .where(subject.c.id == subject_id, path.c.text == name)
        .order_by(event.c.at, event.c.id)
    )
    return tuple(
        Said(row.id, _opened(row.line, row.key), row.author, row.at, row.head is not None)
        for row in source.rows(statement)
    )


def _opened(line: str, key: bytes | None) -> str | None:
    said = parse(line)
    if said.sealed is None:
        return said.value if isinstance(said.value, str) else None
    if key is None:
        return None
    return sealing.unseal(said.sealed.box, bytes(key), box_context(said.id, said.subject, said.path))
