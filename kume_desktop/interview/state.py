"""The values of the interview core: the immutable interview, what an act changes, and what comes from outside."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kume_desktop.interview.form import Form
    from kume_desktop.interview.lists import Lists
    from kume_desktop.interview.tree import Spot, Tree
    from kume_desktop.problems import Problem

Tables = Mapping[str, Sequence[Mapping[str, str]]]
"""CSV name without `.csv` -> its rows (header -> text)."""


def _new_id() -> str:
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Setting:
    """Everything an interview takes from outside.

    `now` gives an aware moment; `seed` is the interview's own identity (counted rows and random orders derive from
    it, so it must be the same at every restore); `new_id` names the rows that a person adds. `last_saved` maps generic
    paths outside repeats to the values of the last finished interview of the same form on this device.
    """

    tables: Tables
    username: str
    device: str
    language: str
    now: Callable[[], datetime]
    seed: str
    new_id: Callable[[], str] = _new_id
    last_saved: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """A value that must be stored: `recorded` tells what the program noted from what a person answered.

    Recorded are defaults, start, today, user and device, actions, and values that depend on clock or chance.
    Recomputed calculates are no changes. `new == ''` is a cleared answer and must be stored too.
    """

    path: str
    old: str
    new: str
    recorded: bool


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that a person added to or removed from a repeat (counted rows are derived and never stored).

    An added row stands last; a row that is there already and is told as added goes to the end.
    """

    repeat: str
    row: str
    added: bool


@dataclass(frozen=True, slots=True)
class OverrideChange:
    """The reason why a warning is right as it is; `reason == ''` withdraws it (the answer has changed since)."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act gave. With problems of severity error, `interview` is the one before and nothing may be stored."""

    interview: Interview
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    rows: tuple[RowChange, ...] = ()
    overrides: tuple[OverrideChange, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the act took place."""
        return not any(problem.is_error for problem in self.problems)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Interview:
    """The state after some answers; never changed, every act makes a new one.

    `values` maps concrete paths to stored texts, also of irrelevant nodes. A concrete path is the XForm path with
    repeat rows as `name[row id]`, e.g. `/data/ilis/siklik_grup[6f..]/siklik`.
    `hidden`: irrelevant nodes; `own_false`: those by their own rule; `required_now`: relevant required questions;
    `failing`: answers that break their constraint since another answer changed; `unlisted`: answers that dropped out of
    their filtered list (kept, and open); `unlikely`: answers with a soft warning, overridden or not; `unchecked`:
    answers whose constraint has a pattern that could not be tried. `noted`: paths whose value the program noted.
    `asleep`: the rows that stood in counted rows which are gone at present, by repeat; they come back with those.
    `told`: what went wrong in expressions while this state was worked out from the one before.
    """

    form: Form
    setting: Setting
    language: str
    lists: Lists
    tree: Tree
    values: Mapping[str, str]
    hidden: AbstractSet[str]
    own_false: AbstractSet[str]
    required_now: AbstractSet[str]
    locked: AbstractSet[str]
    failing: AbstractSet[str]
    unlisted: AbstractSet[str]
    unlikely: AbstractSet[str]
    overrides: Mapping[str, str] = field(default_factory=dict)
    noted: AbstractSet[str] = frozenset()
    unchecked: AbstractSet[str] = frozenset()
    asleep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    told: tuple[Problem, ...] = ()

    @property
    def warned(self) -> AbstractSet[str]:
        """The relevant answers with a soft warning, overridden or not: unlikely ones, and those nobody could check."""
        return self.unlikely | self.unchecked if self.unchecked else self.unlikely

    def is_relevant(self, path: str) -> bool:
        """Whether the node exists and is asked at present."""
        return path in self.tree.spots and path not in self.hidden

    def is_required(self, path: str) -> bool:
        """Whether a relevant question must be answered."""
        return path in self.required_now

    def is_read_only(self, path: str) -> bool:
        """Whether a person may not change the value: it is worked out, or locked by its own rule or one above it."""
        spot: Spot | None = self.tree.spots[path]
        if spot is not None and spot.item.node.calculation:
            return True
        while spot is not None and spot.path not in self.locked:
            spot = spot.parent
        return spot is not None

    def value(self, path: str) -> str:
        """The value as the form sees it: '' when irrelevant."""
        return self.values.get(path, "") if self.is_relevant(path) else ""

    @property
    def warnings(self) -> Mapping[str, str]:
        """Relevant answers with a soft warning -> the reason why they stand ('' = still open)."""
        return {path: self.overrides.get(path, "") for path in self.warned}

    def rows(self, repeat_path: str) -> tuple[str, ...]:
        """The row ids of a repeat; `repeat_path` is concrete up to the repeat's own name."""
        return tuple(spot.row for spot in self.tree.rows.get(repeat_path, ()))

    @property
    def kept_rows(self) -> Mapping[str, tuple[str, ...]]:
        """The row ids of every repeat by its concrete path, also of repeats whose rows sleep."""
        return {**self.asleep, **{repeat: self.rows(repeat) for repeat in self.tree.rows}}

    def path_of(self, name: str) -> str:
        """The concrete path of a node by its name (outside repeats, or in the first row); KeyError if there is none."""
        return self.tree.first(self.form.by_name[name]).path
