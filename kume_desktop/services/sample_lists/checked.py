"""What the worker tells of a plan: counts, and of everything that is listed the first of each kind.

A list of twenty thousand rows has thousands of findings; the window gets those that a person can look at, and how many
there are. All of them are in `listing`, for the command line and for a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from kume_desktop.exchange.sample_lists.rows import NEEDED, Firm
from kume_desktop.problems import Problem
from kume_desktop.services import form_work
from kume_desktop.services.sample_lists.plan import Difference, Pair, Plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kume_desktop.exchange.sample_lists.rows import Reading

SHOWN_EACH, SHOWN_PAIRS, SHOWN_FIRMS = 200, 500, 200


@dataclass(frozen=True, slots=True)
class Kind:
    """Everything of one kind that was found in rows: its code, how often, the first of it.

    `can_blank`: the rows can also be taken without the value.
    """

    code: str
    count: int
    is_error: bool
    can_blank: bool
    first: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Became:
    """A row and what it becomes."""

    row: int
    firm: Firm
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan as a person sees it; `pairs` and `differences` are the first of `pair_count` and `difference_count`."""

    read: int
    new: int
    known: int
    changed: int
    merged: int
    left_out: int
    later: int
    restored: int
    undecided: Mapping[str, int]
    kinds: tuple[Kind, ...]
    pairs: tuple[Pair, ...]
    pair_count: int
    differences: tuple[Difference, ...]
    difference_count: int
    firms: tuple[Became, ...]


def summed(plan: Plan) -> Checked:
    """What is told of a plan."""
    return Checked(
        read=len(plan.readings),
        new=len(plan.new),
        known=len(plan.updates),
        changed=sum(bool(one.changes) or one.is_back for one in plan.updates),
        merged=plan.merged,
        left_out=len(plan.left_out),
        later=len(plan.later),
        restored=sum(one.restored for one in plan.readings),
        undecided=plan.undecided,
        kinds=_kinds(plan),
        pairs=plan.pairs[:SHOWN_PAIRS],
        pair_count=len(plan.pairs),
        differences=plan.differences[:SHOWN_PAIRS],
        difference_count=len(plan.differences),
        firms=tuple(became(one) for one in plan.readings[:SHOWN_FIRMS]),
    )


def became(reading: Reading) -> Became:
    """A row and what it becomes."""
    return Became(reading.row, reading.firm, tuple(found.code for found in reading.findings))


def listing(plan: Plan) -> Iterator[Problem]:
    """Everything that was found in rows, in their order."""
    for reading in plan.readings:
        yield from reading.findings


def _kinds(plan: Plan) -> tuple[Kind, ...]:
    found: dict[str, list[Problem]] = {}
    counts: dict[str, int] = {}
    for one in listing(plan):
        counts[one.code] = counts.get(one.code, 0) + 1
        kept = found.setdefault(one.code, [])
        if len(kept) < SHOWN_EACH:
            kept.append(one)
    kinds = [
        Kind(code, counts[code], first[0].is_error, first[0].is_error and code not in NEEDED, tuple(first))
        for code, first in found.items()
    ]
    return tuple(sorted(kinds, key=lambda kind: (not kind.is_error, -kind.count, kind.code)))


def to_record(checked: Checked) -> dict[str, Any]:
    """As JSON carries it."""
    kinds = [
        {
            "code": kind.code,
            "count": kind.count,
            "is_error": kind.is_error,
            "can_blank": kind.can_blank,
            "first": [form_work.problem_record(one) for one in kind.first],
        }
        for kind in checked.kinds
    ]
    return {**asdict(replace(checked, kinds=())), "kinds": kinds}


def from_record(record: Mapping[str, Any]) -> Checked:
    """What `to_record` wrote."""
    from kume_desktop.exchange.sample_lists.matching import Why

    kinds = tuple(
        Kind(**{**kind, "first": tuple(form_work.read_problem(one) for one in kind["first"])})
        for kind in record["kinds"]
    )
    return Checked(
        **{
            **record,
            "kinds": kinds,
            "pairs": tuple(Pair(**{**pair, "why": Why(pair["why"])}) for pair in record["pairs"]),
            "differences": tuple(Difference(**one) for one in record["differences"]),
            "firms": tuple(Became(one["row"], Firm(**one["firm"]), tuple(one["codes"])) for one in record["firms"]),
        }
    )
