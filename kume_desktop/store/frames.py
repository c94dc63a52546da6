"""Answers and levels as the arrays that scoring takes; what is in conflict is counted, never among the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import and_, select

from kume_desktop.scoring.inputs import Areas, Levels, Needs
from kume_desktop.store import reading, records
from kume_desktop.store.events import EventKind
from kume_desktop.store.reading import Source
from kume_desktop.store.tables import event, head, instrument_version, interview, path, state, subject

_RESERVE = {"na": 1, "dk": 2, "nr": 3}
_CONFLICT = 4


@dataclass(frozen=True, slots=True)
class Excluded:
    """What was left out of the levels: per (target, indicator), and why (`conflict`, `raters-differ`)."""

    target: str
    indicator: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubled:
    """Several completed interviews of one unit with one instrument, none said to count: all are left out."""

    unit_id: str
    interview_ids: tuple[str, ...]


def areas(source: Source) -> Areas:
    """The activity areas in study order."""
    found = reading.areas(source)
    return Areas(
        codes=tuple(each.code for each in found),
        names_tr=tuple(each.name_tr for each in found),
        names_en=tuple(each.name_en for each in found),
        frame_n=np.array([-1 if each.frame_n is None else each.frame_n for each in found], dtype=np.int64),
    )


def levels(
    source: Source,
    wave_id: str,
    route: str,
    indicators: Sequence[str],
    bases: Sequence[str] = ("rating", "suggestion"),
) -> Levels:
    """The level of each target on each indicator, shape (F, K); NaN where nobody scored or raters differ.

    Of each (target, indicator) the first of `bases` that gave a level counts, of that the highest round. On the route
    `firma` the targets are the units with any level, in the order of their codes; on `panel` the areas with any level.
    """
    chosen, _ = _chosen(source, wave_id, route, bases)
    order, area_of = _targets(source, route)
    targets = [target for target in order if any((target, indicator) in chosen for indicator in indicators)]
    grid = np.full((len(targets), len(indicators)), np.nan)
    for row, target in enumerate(targets):
        for column, indicator in enumerate(indicators):
            level = chosen.get((target, indicator))
            if level is not None:
                grid[row, column] = level
    index = np.array([area_of[target] for target in targets], dtype=np.int64)
    return Levels(route, tuple(targets), index, tuple(indicators), grid)


def excluded_levels(
    source: Source, wave_id: str, route: str, bases: Sequence[str] = ("rating", "suggestion")
) -> tuple[Excluded, ...]:
    """What `levels` left out although somebody scored it."""
    return _chosen(source, wave_id, route, bases)[1]


def used_ratings(
    ratings: Iterable[records.RatingRecord], route: str, bases: Sequence[str] = ("rating", "suggestion")
) -> frozenset[str]:
    """The ids of those of `ratings` whose levels `levels` gives: one of each (target, indicator) that has a level."""
    given = list(ratings)
    chosen, _ = _choose(given, route, bases)
    used: dict[tuple[str, str], records.RatingRecord] = {}
    for each in given:
        where = (each.target_id, each.indicator)
        if each.basis in bases and each.level is not None and chosen.get(where) == each.level:
            used[where] = min(used.get(where, each), each, key=lambda one: (bases.index(one.basis), -one.round))
    return frozenset(each.rating_id for each in used.values())


def _chosen(
    source: Source, wave_id: str, route: str, bases: Sequence[str]
) -> tuple[dict[tuple[str, str], int | None], tuple[Excluded, ...]]:
    return _choose(reading.ratings(source, wave_id), route, bases)


def _choose(
    ratings: Iterable[records.RatingRecord], route: str, bases: Sequence[str]
) -> tuple[dict[tuple[str, str], int | None], tuple[Excluded, ...]]:
    grouped: dict[tuple[str, str], list[records.RatingRecord]] = {}
    for each in ratings:
        if each.target_kind == ("area" if route == "panel" else "unit") and each.basis in bases:
            grouped.setdefault((each.target_id, each.indicator), []).append(each)
    chosen: dict[tuple[str, str], int | None] = {}
    out: list[Excluded] = []
    for where, found in grouped.items():
        level, reason = _settled(found, bases)
        chosen[where] = level
        if reason:
            out.append(Excluded(*where, reason))
    return {where: level for where, level in chosen.items() if level is not None}, tuple(out)


def _settled(found: Iterable[records.RatingRecord], bases: Sequence[str]) -> tuple[int | None, str]:
    """The level that holds and, where none does, why."""
    known = sorted(found, key=lambda each: (bases.index(each.basis), -each.round))
    spoken = [each for each in known if each.level is not None or each.contested]
    if not spoken:
        return None, ""
    last = [each for each in spoken if (each.basis, each.round) == (spoken[0].basis, spoken[0].round)]
    if any(each.contested for each in last):
        return None, "conflict"
    given = {each.level for each in last}
    return (last[0].level, "") if len(given) == 1 else (None, "raters-differ")


def _targets(source: Source, route: str) -> tuple[list[str], dict[str, int]]:
    found = reading.areas(source)
    if route == "panel":
        return [each.area_id for each in found], {each.area_id: place for place, each in enumerate(found)}
    place_of = {each.code: place for place, each in enumerate(found)}
    units = sorted(reading.units(source), key=lambda each: (each.code, each.unit_id))
    area_of = {each.unit_id: place_of[each.area] for each in units if each.area in place_of}
    return [each.unit_id for each in units if each.unit_id in area_of], area_of


def counted(
    source: Source, wave_id: str, instrument_id: str, states: Sequence[str] = ("completed",)
) -> tuple[dict[str, str], tuple[Doubled, ...]]:
    """The interview that counts of each unit (unit id -> interview id), and the units where a person must decide."""
    by_unit: dict[str, list[str]] = {}
    for each in reading.interviews(source, wave_id=wave_id):
        if each.instrument_id == instrument_id and each.state in states and each.counts:
            by_unit.setdefault(each.unit_id, []).append(each.interview_id)
    single = {unit: found[0] for unit, found in by_unit.items() if len(found) == 1}
    return single, tuple(Doubled(unit, tuple(found)) for unit, found in by_unit.items() if len(found) > 1)


def needs(
    source: Source,
    wave_id: str,
    instrument_id: str,
    cells: Sequence[str],
    states: Sequence[str] = ("completed",),
) -> Needs:
    """Answers 1..5 of the counted interviews on the need cells (node names), shape (F, C).

    Firms stand in the order of their codes. An answer that the form does not ask now counts as not asked; one in
    conflict is 0 with reserve 4.
    """
    single, _ = counted(source, wave_id, instrument_id, states)
    order, area_of = _targets(source, "firma")
    firms = [unit for unit in order if unit in single]
    row_of = {single[unit]: row for row, unit in enumerate(firms)}
    column_of = {cell: column for column, cell in enumerate(cells)}
    grid = np.zeros((len(firms), len(cells)), dtype=np.int64)
    reserve = np.zeros_like(grid)
    for answer in answer_rows(source, wave_id, instrument_id):
        row, column = row_of.get(answer.interview_id), column_of.get(answer.path.rpartition("/")[2])
        if row is None or column is None or not answer.relevant:
            continue
        if answer.contested:
            reserve[row, column] = _CONFLICT
        elif answer.value in _RESERVE:
            reserve[row, column] = _RESERVE[answer.value]
        elif answer.value in {"1", "2", "3", "4", "5"}:
            grid[row, column] = int(answer.value)
    index = np.array([area_of[unit] for unit in firms], dtype=np.int64)
    return Needs(tuple(firms), index, tuple(cells), grid, reserve)


def answer_rows(
    source: Source, wave_id: str, instrument_id: str, interview_ids: Iterable[str] | None = None
) -> tuple[records.AnswerRow, ...]:
    """Every answer of the interviews of an instrument, by interview and path; each value in conflict is a row."""
    kinds = (EventKind.ANSWER, EventKind.RECORDED, EventKind.CONFLICT_RESOLVED)
    statement = (
        select(interview.c.id, interview.c.unit, path.c.text, head.c.value, state.c.relevant, head.c.contested)
        .select_from(interview)
        .join(instrument_version, instrument_version.c.id == interview.c.instrument_version)
        .join(subject, subject.c.id == interview.c.id)
        .join(head, head.c.subject == subject.c.no)
        .join(path, path.c.no == head.c.path)
        .join(event, event.c.no == head.c.event)
        .outerjoin(state, and_(state.c.subject == head.c.subject, state.c.path == head.c.path))
        .where(
            interview.c.wave == wave_id,
            instrument_version.c.instrument == instrument_id,
            event.c.kind.in_(kinds),
            head.c.value != "",
            path.c.text.like("/%"),
            path.c.text.not_like("%#%"),
        )
        .order_by(interview.c.opened_at, interview.c.id, path.c.text, event.c.id)
    )
    only = None if interview_ids is None else set(interview_ids)
    return tuple(
        records.AnswerRow(row.id, row.unit, row.text, row.value, row.relevant is not False, row.contested)
        for row in source.rows(statement)
        if only is None or row.id in only
    )


def calculated(source: Source, wave_id: str, instrument_id: str) -> Mapping[str, Mapping[str, str]]:
    """Interview id -> path -> value, of everything the interview engine holds as asked now, calculated values too."""
    statement = (
        select(interview.c.id.label("interview_id"), path.c.text, state.c.value)
        .select_from(interview)
        .join(instrument_version, instrument_version.c.id == interview.c.instrument_version)
        .join(subject, subject.c.id == interview.c.id)
        .join(state, state.c.subject == subject.c.no)
        .join(path, path.c.no == state.c.path)
        .where(
            interview.c.wave == wave_id,
            instrument_version.c.instrument == instrument_id,
            state.c.relevant.is_(True),
            state.c.value.is_not(None),
        )
    )
    found: dict[str, dict[str, str]] = {}
    for row in source.rows(statement):
        found.setdefault(row.interview_id, {})[row.text] = row.value
    return found


def by_interview(rows: Iterable[records.AnswerRow]) -> Mapping[str, Mapping[str, str]]:
    """Interview id -> path -> value, of what is asked now and not in conflict."""
    grouped: dict[str, dict[str, str]] = {}
    for row in rows:
        if row.relevant and not row.contested:
            grouped.setdefault(row.interview_id, {})[row.path] = row.value
    return grouped
