"""Who rated what, in the few columns that a queue of firms needs: read often, while a person waits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from kume_desktop.store.reading import Source
from kume_desktop.store.tables import interview, person, person_role, rating, rating_sheet, unit


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Somebody with a part in a wave."""

    name: str
    role: str
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class InterviewedFirm:
    """A firm with an interview in a wave, as a queue of raters names it."""

    unit_id: str
    code: str
    name: str
    area: str
    district: str


@dataclass(frozen=True, slots=True)
class RatedMark:
    """That a person gave something to a target's indicator. `answer`: '1'..'5', 'na', 'dk', '' (nothing or contested).

    `is_draft`: the answer waits for a reason or a kind of evidence.
    """

    target_kind: str
    target_id: str
    indicator: str
    rater: str
    round: int
    basis: str
    answer: str
    is_draft: bool


def firms(source: Source, wave_id: str) -> tuple[InterviewedFirm, ...]:
    """The firms with an interview in a wave, in the Turkish order of their names: a list has many more."""
    held = select(interview.c.unit).where(interview.c.wave == wave_id)
    statement = (
        select(unit.c.id, unit.c.code, unit.c.name, unit.c.area, unit.c.district)
        .where(unit.c.kind != "withdrawn", unit.c.id.in_(held))
        .order_by(unit.c.sort_name, unit.c.id)
    )
    return tuple(
        InterviewedFirm(row.id, row.code, row.name, row.area or "", row.district) for row in source.rows(statement)
    )


def people(source: Source, wave_id: str) -> tuple[PersonRecord, ...]:
    """Everybody with a role in a wave, in Turkish order.

    Older studies kept two people who agreed on levels as a person of their own, named after both: that is nobody.
    """
    statement = (
        select(person.c.name, person_role.c.role, person.c.id)
        .join(person_role, person_role.c.person == person.c.id)
        .where(person_role.c.wave == wave_id)
        .order_by(person.c.sort_name, person.c.id)
    )
    found = [PersonRecord(row.name, row.role, row.id) for row in source.rows(statement)]
    names = {one.name for one in found}
    return tuple(one for one in found if not is_several(one.name, names))


def is_several(name: str, names: Collection[str]) -> bool:
    """Whether a name is made of the names of several others.

    >>> is_several("r1+r2", {"r1", "r2", "r1+r2"}), is_several("Ar+Ge", {"Ar+Ge", "Elif"})
    (True, False)
    """
    parts = [part.strip() for part in name.split("+")]
    return len(parts) > 1 and all(part in names for part in parts)


def marks(source: Source, wave_id: str, target_id: str | None = None) -> tuple[RatedMark, ...]:
    """What people (not the rubric) gave in a wave, of one target or of all."""
    statement = (
        select(
            rating.c.target_kind, rating.c.target, rating.c.indicator, rating.c.rater, rating.c.round, rating.c.basis,
            rating.c.level, rating.c.missing, rating.c.draft,
        )
        .where(rating.c.wave == wave_id, rating.c.basis != "suggestion")
        .order_by(rating.c.target, rating.c.indicator, rating.c.round, rating.c.rater)
    )  # fmt: skip
    if target_id is not None:
        statement = statement.where(rating.c.target == target_id)
    return tuple(
        RatedMark(
            row.target_kind, row.target, row.indicator, row.rater, row.round, row.basis,
            row.draft or row.missing or ("" if row.level is None else str(row.level)), bool(row.draft),
        )
        for row in source.rows(statement)
    )  # fmt: skip


def any_suggested(source: Source, wave_id: str, indicators: Sequence[str]) -> bool:
    """Whether the rubric suggested any firm a level of one of `indicators`."""
    statement = (
        select(rating.c.target)
        .where(
            rating.c.wave == wave_id,
            rating.c.target_kind == "unit",
            rating.c.basis == "suggestion",
            rating.c.level.is_not(None),
            rating.c.indicator.in_(tuple(indicators)),
        )
        .limit(1)
    )
    return bool(source.rows(statement))


def rated_since(source: Source, wave_id: str, rater: str) -> Mapping[str, datetime]:
    """Target -> when the oldest of a rater's levels that hold now was given."""
    statement = (
        select(rating.c.target, func.min(rating.c.at).label("since"))
        .where(rating.c.wave == wave_id, rating.c.rater == rater, rating.c.basis == "rating")
        .group_by(rating.c.target)
    )
    return {row.target: row.since for row in source.rows(statement)}


def still_blind(source: Source, wave_id: str, rater: str) -> frozenset[str]:
    """The targets that a rater began, or was drawn for, and has not finished: others' levels stay out of sight."""
    statement = select(rating_sheet.c.target, rating_sheet.c.state).where(
        rating_sheet.c.wave == wave_id, rating_sheet.c.rater == rater
    )
    rows = source.rows(statement)
    begun = {row.target for row in rows if row.state in {"open", "drawn"}}
    return frozenset(begun - {row.target for row in rows if row.state == "final"})
