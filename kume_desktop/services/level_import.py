"""Levels from a file: the scores of a panel (on areas) and of raters (on firms), both ways into the index.

A CSV with the columns target, indicator, level, rater, reason, and where wanted evidence and round. A target is the
code of an area or of a firm; an area's level is on the scale of the method, a firm's from 1 to 5. The reason is needed
for an area, and for a firm where the level differs from what the rubric suggests. Evidence is a code of the list
`kanit`; round 1 (also where nothing stands) is a blind rating, round 2 and more was agreed and settles those before it.
Everything is taken or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.problems import Problem, Refused, Where, problem
from kume_desktop.services import forms, results
from kume_desktop.services.rating_views import DOCUMENT, EXTERNAL, OBSERVATION, STATEMENT

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import RatingRecord
    from kume_desktop.store.writing import RatingGiven

COLUMNS = ("target", "indicator", "level", "rater", "reason")
OPTIONAL = ("evidence", "round")
HIGHEST_OF_FIRMS = 5
AREA, FIRM = "area", "unit"
EVIDENCE = (DOCUMENT, STATEMENT, OBSERVATION, EXTERNAL)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a row may speak of."""

    wave_id: str
    method: Method
    targets: Mapping[str, tuple[str, str]]
    suggested: Mapping[tuple[str, str], int | None]
    given: Mapping[str, RatingRecord]


def import_levels(study: Study, file: Path) -> int:
    """Take every level of a file into the study; returns how many there are.

    Raises:
        Refused: every row that cannot be right, with its number; nothing was taken then.
    """
    from kume_desktop.store import writing

    rows = forms.read_table(file.name, forms.read_file(file))
    missing = [column for column in COLUMNS if not rows or column not in rows[0]]
    if missing:
        raise Refused(problem("rating.columns", Where(file=file.name), columns=", ".join(missing)))
    known = _known(study)
    found = [_read(known, row, Where(file=file.name, row=number)) for number, row in enumerate(rows, start=2)]
    wrong = [one for one in found if isinstance(one, Problem)] or _twice(found, file.name)
    if wrong:
        raise Refused(*wrong)
    given = _settling(known, _only_levels(found))
    with study.act() as act:
        for one in given:
            writing.rate(act, one, replaces=known.given.get(one.rating_id))
    return len(given)


def _twice(found: Sequence[RatingGiven | Problem], file: str) -> list[Problem]:
    """The rows that say again what a row above them says already, or otherwise: neither may win in silence."""
    first: dict[str, int] = {}
    wrong = []
    for number, one in enumerate(found, start=2):
        if not isinstance(one, Problem) and first.setdefault(one.rating_id, number) != number:
            wrong.append(problem("rating.row-twice", Where(file=file, row=number), first=first[one.rating_id]))
    return wrong


def _settling(known: _Known, given: Sequence[RatingGiven]) -> list[RatingGiven]:
    """Let what was agreed name the ratings of earlier rounds, those of this file and those that were here before."""
    rounds: dict[tuple[str, str], dict[str, int]] = {}
    for kept in known.given.values():
        rounds.setdefault((kept.target_id, kept.indicator), {})[kept.rating_id] = kept.round
    for one in given:
        rounds.setdefault((one.target_id, one.indicator), {})[one.rating_id] = one.round
    return [
        replace(one, settles=tuple(i for i, n in sorted(rounds[one.target_id, one.indicator].items()) if n < one.round))
        if one.round > 1
        else one
        for one in given
    ]


def _only_levels(found: Iterable[RatingGiven | Problem]) -> list[RatingGiven]:
    return [one for one in found if not isinstance(one, Problem)]


def _known(study: Study) -> _Known:
    from kume_desktop.store import reading

    areas = {area.code: (AREA, area.area_id) for area in reading.areas(study.database)}
    firms = {unit.code: (FIRM, unit.unit_id) for unit in reading.units(study.database)}
    ratings = reading.ratings(study.database, study.wave.wave_id)
    suggested = {(one.target_id, one.indicator): one.level for one in ratings if one.basis == "suggestion"}
    given = {one.rating_id: one for one in ratings if one.basis == "rating"}
    return _Known(study.wave.wave_id, results.method(study), firms | areas, suggested, given)


def _read(known: _Known, row: Mapping[str, str], where: Where) -> RatingGiven | Problem:
    from kume_desktop.store.writing import RatingGiven

    text = {column: row.get(column, "").strip() for column in (*COLUMNS, *OPTIONAL)}
    kind, target = known.targets.get(text["target"], ("", ""))
    if not kind:
        return problem("rating.unknown-target", where, target=text["target"])
    if text["indicator"] not in known.method.indicator_codes:
        return problem("rating.unknown-indicator", where, indicator=text["indicator"])
    low, high = (known.method.scale_min, known.method.scale_max) if kind == AREA else (1, HIGHEST_OF_FIRMS)
    level = int(text["level"]) if text["level"].isascii() and text["level"].isdecimal() else 0
    if not low <= level <= high:
        return problem("rating.level-out-of-range", where, level=text["level"], low=low, high=high)
    if wrong := _wrong_words(text, where):
        return wrong
    suggestion = known.suggested.get((target, text["indicator"]))
    if not text["reason"] and level != suggestion:
        return problem("rating.no-reason", where)
    return RatingGiven(
        wave_id=known.wave_id,
        target_kind=kind,
        target_id=target,
        indicator=text["indicator"],
        level=level,
        rater=text["rater"],
        scale=f"{low}-{high}",
        suggestion=suggestion,
        reason=text["reason"],
        evidence_kind=text["evidence"],
        round=int(text["round"] or 1),
    )


def _wrong_words(text: Mapping[str, str], where: Where) -> Problem | None:
    if not text["rater"]:
        return problem("rating.no-rater", where)
    if text["evidence"] and text["evidence"] not in EVIDENCE:
        return problem("rating.bad-evidence", where, evidence=text["evidence"])
    if text["round"] and not (text["round"].isascii() and text["round"].isdecimal() and int(text["round"]) > 0):
        return problem("rating.bad-round", where, round=text["round"])
    return None
