"""What the workbook is made of; services fill it, nothing here reads a database.

Values are as stored (text). Only answers that are relevant belong in `AnswerRow.values`: what the engine holds back
as irrelevant is no answer. Ratings and answers must be those that `ReportContent.results` was computed from; the
writer computes again and refuses results that are out of date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kume_desktop.instruments.model import Indicator
from kume_desktop.reports.contents import AUDIT, PUBLICATION
from kume_desktop.scoring.method import Change, Method, Words
from kume_desktop.scoring.results import Results


@dataclass(frozen=True, slots=True)
class Edition:
    """Who made this edition, in which role, for what reason, when, with which program; `kind` is one of two.

    The publication edition shows values, nothing that rests on fewer than three firms, no firm and no person. `serial`
    is the number under which the study remembers that it was written.
    """

    person: str
    role: str
    reason: str
    made_at: datetime
    program_version: str
    kind: str = AUDIT
    serial: str = ""

    @property
    def is_public(self) -> bool:
        """Whether this is the publication edition."""
        return self.kind == PUBLICATION


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """An activity area; `frame_n` is N, None where nobody entered it."""

    code: str
    name: Words
    frame_n: int | None
    nace: str = ""


@dataclass(frozen=True, slots=True)
class FirmFacts:
    """A firm of the study; `code` is what every row of the workbook names it by. `area` is the code of its area.

    `unit_id` is how the results name it (in what was left out, in careless answers); it is nowhere in the workbook.
    """

    code: str
    name: str
    area: str
    district: str = ""
    size_class: str = ""
    interviewer: str = ""
    sole_trader: bool = False
    nace: str = ""
    unit_id: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a question; `missing` is '', 'na', 'dk' or 'nr'."""

    name: str
    label: Words
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A question or a calculated value, as the form has it.

    `path` is generic (no repeat rows); `kind` is a value of `instruments.model.Kind`, `datatype` of
    `xpath.source.Datatype`, `personal` of `instruments.model.Personal`.
    """

    path: str
    name: str
    label: Words
    kind: str
    datatype: str = "string"
    options: tuple[Option, ...] = ()
    personal: str = "-"
    purpose: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """The answers of one interview (or of one repeat row of it).

    `values`: generic path -> the heads; one is the value, several are a conflict. `counts`: whether this interview is
    the one of its firm that the results rest on. `row` is the UUID of the repeat row, '' in the main table.
    """

    firm: str
    interview: str
    state: str
    counts: bool
    values: Mapping[str, tuple[str, ...]]
    row: str = ""


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """The main table of an instrument (`repeat` is '') or one of its repeats (`repeat` is its generic path)."""

    repeat: str
    title: Words
    columns: tuple[Column, ...]
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class InstrumentFacts:
    """An instrument version with everything answered on it; the first table is the main one.

    `interviews_in`: how many interviews the study holds for it, counted apart from `tables`, so that rows reconcile.
    `rates`: whether the indicators are its own (ratings rest on it). `unknown`: paths of answers that this version of
    the form does not have; the cover names them.
    """

    id: str
    version: str
    title: Words
    content_hash: str
    tables: tuple[AnswerTable, ...]
    interviews_in: int
    rates: bool = False
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RatingRow:
    """A level of a firm on an indicator as somebody gave it, or as the rubric suggested it.

    `used`: whether it is the level that the results rest on; at most one row per firm and indicator is. `source` is
    `rating` or `suggestion`. `level` is None where it could not be rated; several `conflict` levels are no level.
    `basis` is a code of `Method.evidence` or a text; `interview` is the interview it rests on ('' if none), `evidence`
    the generic paths of the answers in it that it rests on. `agreed`: the level was settled after blind rounds, between
    the raters `settles`. `missing`: why a rater gave none (`na`, `dk`).
    """

    firm: str
    indicator: str
    level: int | None
    used: bool
    source: str = "rating"
    rater: str = ""
    round: str = ""
    basis: str = ""
    reason: str = ""
    suggestion: int | None = None
    interview: str = ""
    at: datetime | None = None
    conflict: tuple[int, ...] = ()
    evidence: tuple[str, ...] = ()
    agreed: bool = False
    settles: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A level that a panel gave an area on an indicator, on the scale of the preset."""

    area: str
    indicator: str
    level: int | None
    panel: str = ""
    reason: str = ""
    members: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What the committee decided of an area; `in_force` is off for what was decided before and replaced."""

    area: str
    category: int
    day: date
    members: tuple[str, ...] = ()
    votes: str = ""
    minutes: str = ""
    reason: str = ""
    in_force: bool = True
    author: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of the method: `state` is draft, published or archived; `changes` against the version before."""

    number: int
    state: str
    summary: Words
    author: str
    at: datetime
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class RespondentRow:
    """Somebody who joined an interview after it began: position, how the notice was given (code).

    `since`, `until`: the first and the last question they heard (generic paths; `until` '' to the end).
    """

    firm: str
    interview: str
    instrument: str
    number: int
    who: str
    how: str
    since: str = ""
    until: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """What exists and was not counted: a firm (or area), on what (an indicator, a form), and the code of the reason."""

    who: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReportContent:
    """Everything that a workbook shows.

    `parts`: the keys of `contents.SHEETS` to write, in their order (all of the edition where empty).
    `areas_in_study`: how many areas the study has, where `areas` are not all of them. `respondents` are there only
    where `include_personal` is.
    """

    study: str
    agency: str
    wave: str
    demonstration: bool
    edition: Edition
    method: Method
    indicators: tuple[Indicator, ...]
    areas: tuple[AreaFacts, ...]
    firms: tuple[FirmFacts, ...]
    instruments: tuple[InstrumentFacts, ...]
    ratings: tuple[RatingRow, ...]
    panel: tuple[PanelRow, ...]
    results: Results
    include_personal: bool = False
    decisions: tuple[DecisionRow, ...] = ()
    versions: tuple[VersionRow, ...] = ()
    left_out: tuple[LeftOutRow, ...] = ()
    parts: tuple[str, ...] = ()
    areas_in_study: int | None = None
    respondents: tuple[RespondentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """What was written: data rows that went in and came out, sheets, formulas, links, figures that were not shown."""

    path: Path
    rows_in: int
    rows_out: int
    sheets: tuple[str, ...]
    formulas: int
    links: int = 0
    hidden: int = 0
