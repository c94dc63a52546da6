"""Answers and levels as the arrays that scoring takes; what is in conflict is counted, never among the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np
from sqlalchemy import and_, bindparam, case, literal, select, type_coerce
from sqlalchemy.types import NullType

from kume_desktop.scoring.inputs import Areas, Evidence, Levels, Needs
from kume_desktop.store import reading, records, review_rows
from kume_desktop.store.area_rows import areas_of
from kume_desktop.store.collector import at_rest
from kume_desktop.store.events import is_answer_path
from kume_desktop.store.reading import Source
from kume_desktop.store.standings import standings
from kume_desktop.store.tables import Flag, event, head, instrument_version, interview, path, state, subject

_RESERVE = {"na": 1, "dk": 2, "nr": 3}
_CONFLICT = 4
_PERSON = "rating"
_AT_A_TIME = 100
_PATHS_AT_A_TIME = 10_000
_CODE = 8
_PLACE_AND_EVENT = itemgetter(0, 1)
_PATHS = select(path.c.no, path.c.text).where(path.c.no.in_(bindparam("numbers", expanding=True)))
# One statement, one moment. Only the events of heads in conflict are read, for their order: the log is the large part
# of a study, and each of its pages must be decrypted. Values stay as the driver gives them: a million rows come.
_HEADS = (
    select(
        head.c.subject,
        head.c.path,
        head.c.value,
        type_coerce(head.c.contested, NullType()),
        type_coerce(state.c.relevant, NullType()),
        type_coerce(event.c.id, NullType()),
    )
    .select_from(head)
    .outerjoin(state, and_(state.c.subject == head.c.subject, state.c.path == head.c.path))
    .outerjoin(event, event.c.no == case((head.c.contested == literal(True, Flag()), head.c.event)))
    .where(head.c.subject.in_(bindparam("subjects", expanding=True)), head.c.value != "")
)
_KEPT = select(state.c.subject, state.c.path, state.c.value).where(
    state.c.subject.in_(bindparam("subjects", expanding=True)),
    state.c.relevant == literal(True, Flag()),
    state.c.value != "",
)


@dataclass(frozen=True, slots=True)
class Excluded:
    """What was left out of the levels: per (target, indicator), and why.

    `conflict`, `raters-differ`, or `not-scorable`: the rubric suggests a level, a person said that there is none.
    """

    target: str
    indicator: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubled:
    """Several completed interviews of one unit with one instrument, none said to count: all are left out."""

    unit_id: str
    interview_ids: tuple[str, ...]


def areas(source: Source, wave_id: str | None = None) -> Areas:
    """The activity areas in study order, with the totals that hold in a wave (in the first one where none is named)."""
    found = areas_of(source, wave_id)
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
    given: Iterable[records.RatingRecord] | None = None,
) -> Levels:
    """The level of each target on each indicator, shape (F, K); NaN where nobody scored or raters differ.

    Of each (target, indicator) the first of `bases` that gave a level counts, of that the highest round; a person who
    said that no level can be given goes before the rubric too. `evidence` is what the level in force rests on, where
    several ratings agree the strongest of them. On the route `firma` the targets are the units with any level, in the
    order of their codes; on `panel` the areas with any level. `given`: what `given_ratings` has read already.
    """
    held = _held(given_ratings(source, wave_id) if given is None else given, route, bases, indicators)
    order, area_of = _targets(source, route)
    rated = {target for (target, _), one in held.items() if one.level is not None}
    targets = [target for target in order if target in rated]
    grid = np.full((len(targets), len(indicators)), np.nan)
    evidence = np.zeros((len(targets), len(indicators)), dtype=np.int64)
    row_of, column_of = ({name: place for place, name in enumerate(names)} for names in (targets, indicators))
    for (target, indicator), one in held.items():
        if one.level is not None and target in row_of:
            where = row_of[target], column_of[indicator]
            grid[where], evidence[where] = one.level, one.evidence
    index = np.array([area_of[target] for target in targets], dtype=np.int64)
    return Levels(route, tuple(targets), index, tuple(indicators), grid, evidence)


def given_ratings(source: Source, wave_id: str) -> tuple[records.RatingRecord, ...]:
    """The ratings of a wave that are given: none of those that wait.

    People's levels of a firm wait while the interview that they rest on is open again: its answers may change. A
    second rater's blind ones wait until that sheet is final; until then the first rater's level holds as if the second
    had not begun. Nothing counts of a firm whose interview was excluded or stands beside another one undecided.
    """
    read = reading.ratings(source, wave_id)
    without = set(review_withheld(source, wave_id, read))
    found = [each for each in read if each.target_id not in without]
    waiting = opened_again(source, wave_id, found)
    held = [each for each in found if each.basis != _PERSON or each.target_id not in waiting]
    sheets = reading.sheets(source, wave_id)
    final = {(each.target_id, each.rater) for each in sheets if each.state == "final"}
    begun = {(each.target_id, each.rater) for each in sheets if each.state in {"open", "drawn"}} - final
    drawn = {(each.target_id, each.rater) for each in sheets if each.state == "drawn"}

    def turn(each: records.RatingRecord) -> int:
        who = (each.target_id, each.rater)
        return 0 if who not in begun else 2 if who in drawn else 1

    first: dict[tuple[str, str], int] = {}
    for each in held:
        if each.basis == _PERSON:
            where = (each.target_id, each.indicator)
            first[where] = min(first.get(where, 2), turn(each))
    return tuple(
        each
        for each in held
        if each.basis != _PERSON or each.round > 1 or turn(each) == first[each.target_id, each.indicator]
    )


def opened_again(source: Source, wave_id: str, ratings: Iterable[records.RatingRecord]) -> Mapping[str, str]:
    """Unit id -> instrument of the interview that its ratings rest on, where that is open again."""
    held = standings(source, wave_id)
    open_now = {each.interview_id: each.instrument_id for each in held if each.counts and each.state != "completed"}
    return {
        each.target_id: open_now[interview_id]
        for each in ratings
        for interview_id, _path in each.evidence
        if interview_id in open_now
    }


def review_withheld(
    source: Source, wave_id: str, ratings: Iterable[records.RatingRecord]
) -> Mapping[str, review_rows.Withheld]:
    """The firms without levels because of the review: of the forms that any rating of the wave rests on."""
    withheld = review_rows.withheld(source, wave_id)
    if not withheld:
        return {}
    form_of = {each.interview_id: each.instrument_id for each in standings(source, wave_id)}
    rested = {form_of.get(interview_id, "") for each in ratings for interview_id, _path in each.evidence}
    return {one.unit_id: one for one in withheld if one.instrument_id in rested}


def excluded_levels(
    source: Source,
    wave_id: str,
    route: str,
    bases: Sequence[str] = ("rating", "suggestion"),
    indicators: Sequence[str] | None = None,
    given: Iterable[records.RatingRecord] | None = None,
) -> tuple[Excluded, ...]:
    """What `levels` left out although somebody scored it (of all indicators, or of `indicators`)."""
    held = _held(given_ratings(source, wave_id) if given is None else given, route, bases, indicators)
    return tuple(Excluded(*where, one.reason) for where, one in held.items() if one.reason)


def in_force(
    ratings: Iterable[records.RatingRecord], route: str, bases: Sequence[str] = ("rating", "suggestion")
) -> Mapping[tuple[str, str], tuple[records.RatingRecord, int]]:
    """(target, indicator) -> the rating whose level `levels` gives, with its `Evidence` number."""
    held = _held(ratings, route, bases, None)
    return {where: (one.used, one.evidence) for where, one in held.items() if one.used is not None}


def evidence_of(rating: records.RatingRecord) -> int:
    """What a rating rests on, as an `Evidence` number."""
    return int(rating.evidence_kind) if rating.evidence_kind in {"1", "2", "3", "4"} else Evidence.UNSAID


@dataclass(frozen=True, slots=True)
class _Held:
    """What holds of one (target, indicator): a level with its rating and evidence, or the reason why there is none."""

    level: int | None
    reason: str = ""
    used: records.RatingRecord | None = None
    evidence: int = Evidence.UNSAID


def _held(
    ratings: Iterable[records.RatingRecord], route: str, bases: Sequence[str], indicators: Sequence[str] | None
) -> dict[tuple[str, str], _Held]:
    grouped: dict[tuple[str, str], list[records.RatingRecord]] = {}
    for each in ratings:
        known = indicators is None or each.indicator in indicators
        if known and each.target_kind == ("area" if route == "panel" else "unit") and each.basis in bases:
            grouped.setdefault((each.target_id, each.indicator), []).append(each)
    return {where: _settled(found, bases) for where, found in grouped.items()}


def _settled(found: Iterable[records.RatingRecord], bases: Sequence[str]) -> _Held:
    """What holds, and where no level does, why."""
    known = sorted(found, key=lambda each: (bases.index(each.basis), -each.round))
    spoken = [each for each in known if each.level is not None or each.contested or each.missing]
    if not spoken:
        return _Held(None)
    last = [each for each in spoken if (each.basis, each.round) == (spoken[0].basis, spoken[0].round)]
    if any(each.contested for each in last):
        return _Held(None, "conflict")
    if len({each.level for each in last}) > 1:
        return _Held(None, "raters-differ")
    if last[0].level is None:
        suggested = any(each.basis == "suggestion" and each.level is not None for each in known)
        return _Held(None, "not-scorable" if suggested else "")
    return _Held(last[0].level, "", last[0], _strongest(last, known))


def _strongest(last: Sequence[records.RatingRecord], known: Sequence[records.RatingRecord]) -> int:
    """The evidence of the ratings in force; where an agreed level says none, that of the ratings it names."""
    named = {rating_id for each in last for rating_id in each.settles}
    for group in (last, [each for each in known if each.rating_id in named]):
        said = [evidence_of(each) for each in group if evidence_of(each)]
        if said:
            return min(said)
    return Evidence.UNSAID


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
    """The interview that counts of each unit (unit id -> interview id), and the units where a person must decide.

    Excluded interviews are as if they were not there.
    """
    by_unit: dict[str, list[str]] = {}
    out = review_rows.excluded(source, wave_id)
    for each in standings(source, wave_id):
        is_candidate = each.counts and each.interview_id not in out
        if each.instrument_id == instrument_id and each.state in states and is_candidate:
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
) -> Iterator[records.AnswerRow]:
    """Every answer of the interviews of an instrument, by interview and path; each value in conflict is a row.

    Some interviews are read at a time, so that memory does not grow with the study; each is read as it stands at one
    moment.
    """
    only = None if interview_ids is None else set(interview_ids)
    places = _Places(source)
    for found in _some_at_a_time(source, wave_id, instrument_id, only):
        for number, answers in _answers_of(source, found, places).items():
            interview_id, unit_id = found[number]
            for place, _event, value, asked_now, is_contested in answers:
                yield records.AnswerRow(interview_id, unit_id, place, value, asked_now, is_contested)


def held_values(source: Source, wave_id: str, instrument_id: str) -> Iterator[tuple[str, dict[str, tuple[str, ...]]]]:
    """Interview id and path -> values of each interview of an instrument: what is asked now, calculated values too.

    Several values of one path are in conflict. Interviews come in the order in which they were opened, some at a time.
    """
    places = _Places(source)
    once: dict[str, tuple[str]] = {}
    for found in _some_at_a_time(source, wave_id, instrument_id):
        held: dict[int, dict[str, tuple[str, ...]]] = {}
        for number, answers in _answers_of(source, found, places).items():
            own = held[number] = {}
            for place, _event, value, asked_now, _contested in answers:
                if asked_now:
                    own[place] = (*own[place], value) if place in own else once.get(value) or _alone(value, once)
        kept: list[Any] = source.rows(_KEPT.params(subjects=list(found)))
        texts = places.texts({row[1] for row in kept})
        for number, path_no, value in kept:
            own, place = held[number], texts[path_no]
            if place not in own:
                own[place] = once.get(value) or _alone(value, once)
        for number, values in held.items():
            yield found[number][0], values


def _alone(value: str, once: dict[str, tuple[str]]) -> tuple[str]:
    """A value by itself: most are codes, and a million answers need not be a million tuples."""
    return (value,) if len(value) > _CODE else once.setdefault(value, (value,))


_Answer = tuple[str, Any, str, bool, bool]
"""Path, event where it is in conflict, value, asked now, contested."""


@at_rest()
def _answers_of(source: Source, found: Iterable[int], places: _Places) -> dict[int, list[_Answer]]:
    """Subject number -> answers in the order of their paths, those in conflict in the order of their events."""
    rows: list[Any] = source.rows(_HEADS.params(subjects=list(found)))
    texts = places.texts({row[1] for row in rows})
    is_answer = {number: is_answer_path(text) for number, text in texts.items()}
    read: dict[int, list[_Answer]] = {number: [] for number in found}
    for number, path_no, value, contested, relevant, event_id in rows:
        if is_answer[path_no]:
            asked_now = relevant is None or bool(relevant)
            read[number].append((texts[path_no], event_id, value, asked_now, bool(contested)))
    for answers in read.values():
        answers.sort(key=_PLACE_AND_EVENT)
    return read


class _Places:
    """The texts of paths by their numbers; those inside repeats are another in every interview and are not kept."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._kept: dict[int, str] = {}

    def texts(self, numbers: AbstractSet[int]) -> dict[int, str]:
        """Number -> text of these paths; the text of a path that comes again is the same one."""
        wanted = sorted(numbers - self._kept.keys())
        read: dict[int, str] = {}
        for first in range(0, len(wanted), _PATHS_AT_A_TIME):
            part = wanted[first : first + _PATHS_AT_A_TIME]
            read |= {row.no: row.text for row in self._source.rows(_PATHS.params(numbers=part))}
        self._kept |= {number: text for number, text in read.items() if "[" not in text}
        return {number: read.get(number) or self._kept[number] for number in numbers}


def _some_at_a_time(
    source: Source, wave_id: str, instrument_id: str, only: AbstractSet[str] | None = None
) -> Iterator[dict[int, tuple[str, str]]]:
    """Interviews of an instrument in the order they were opened: subject number -> (interview id, unit id)."""
    statement = (
        select(subject.c.no, interview.c.id, interview.c.unit)
        .select_from(interview)
        .join(instrument_version, instrument_version.c.id == interview.c.instrument_version)
        .join(subject, subject.c.id == interview.c.id)
        .where(interview.c.wave == wave_id, instrument_version.c.instrument == instrument_id)
        .order_by(interview.c.opened_at, interview.c.id)
    )
    wanted = [row for row in source.rows(statement) if only is None or row.id in only]
    for first in range(0, len(wanted), _AT_A_TIME):
        yield {row.no: (row.id, row.unit) for row in wanted[first : first + _AT_A_TIME]}


def by_interview(rows: Iterable[records.AnswerRow]) -> Mapping[str, Mapping[str, str]]:
    """Interview id -> path -> value, of what is asked now and not in conflict."""
    grouped: dict[str, dict[str, str]] = {}
    for row in rows:
        if row.relevant and not row.contested:
            grouped.setdefault(row.interview_id, {})[row.path] = row.value
    return grouped
