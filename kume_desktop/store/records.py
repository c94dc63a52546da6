"""What reading the store returns: frozen, with identifiers as text and moments with the machine's zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class StudyRecord:
    """The study itself; `people` is everybody with a part in it."""

    study_id: str
    name: str
    demonstration: bool
    agency: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class WaveRecord:
    """A survey round."""

    wave_id: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class AreaRecord:
    """An activity area; `ordinal` is its place in study order, `frame_n` None where nobody entered it."""

    area_id: str
    code: str
    name_tr: str
    name_en: str
    nace: str
    nace_revision: str
    frame_n: int | None
    ordinal: int


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A firm (or institution) with what is now held about it; '' where nothing is, or where it was erased or contested.

    `nace` is the frame's, `field_nace` what the field found. `interviewer` comes from the assignment of the wave.
    """

    unit_id: str
    kind: str
    code: str
    name: str
    area: str
    district: str
    nace: str
    nace_revision: str
    field_nace: str
    size_class: str
    tax_number: str
    natural_person: bool
    interviewer: str
    erased: bool


@dataclass(frozen=True, slots=True)
class FrameRow:
    """What a list said about a unit, as imported: header -> cell."""

    frame_id: str
    unit_id: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class InstrumentRecord:
    """An instrument version without its bulk. `version_id` is what interviews refer to."""

    version_id: str
    instrument_id: str
    version: str
    title_tr: str
    title_en: str
    content_hash: str
    file_hash: str
    installed_at: datetime


@dataclass(frozen=True, slots=True)
class InstrumentContent:
    """An instrument version with the workbook's bytes and `FormSource.to_json()`."""

    record: InstrumentRecord
    workbook: bytes
    source: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What an interview's row in a list shows, as the interview engine counted it last."""

    answered: int = 0
    asked: int = 0
    warnings: int = 0
    errors: int = 0
    last_question: str = ""
    last_section: str = ""
    instrument_hash: str = ""
    engine_version: str = ""


@dataclass(frozen=True, slots=True)
class InterviewRecord:
    """One interview. `state` is 'open' or 'completed'; `counts` False where another of the same kind counts instead.

    `last_at` is the moment of the last save (answer or position); `position` the path where it was left. `review` is
    the state that its review reached ('' for none), with the code of the reason, who said so and when.
    """

    interview_id: str
    unit_id: str
    wave_id: str
    version_id: str
    instrument_id: str
    interviewer: str
    state: str
    counts: bool
    opened_at: datetime
    completed_at: datetime | None
    summary: Summary
    position: str
    last_at: datetime | None
    review: str = ""
    review_reason: str = ""
    reviewed_by: str = ""
    reviewed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HeadRow:
    """One head of a path; several rows of one path with different values are a conflict.

    `kind` tells an `answer` from a `recorded` value; `value` is None where it was erased or its key is not here.
    `personal`: it is sealed in its event.
    """

    path: str
    value: str | None
    event_id: str
    kind: str
    at: datetime
    author: str
    personal: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Several values of one path, none written with knowledge of the others. `path` may carry a register (#comment)."""

    subject_kind: str
    subject_id: str
    path: str
    heads: tuple[HeadRow, ...]


@dataclass(frozen=True, slots=True)
class StateRow:
    """What the interview engine holds about one path: relevance, a calculated value, an open problem ('' = none)."""

    path: str
    relevant: bool = True
    value: str | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """Text that was typed and not yet an answer."""

    interview_id: str
    path: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """One contact attempt: outcome code, note, next appointment, who made it.

    `mode` 'face', 'phone', 'online', 'letter' or ''; `is_hard`: a refusal for good.
    """

    visit_id: str
    unit_id: str
    wave_id: str
    at: datetime
    outcome: str
    next_at: datetime | None
    note: str
    by: str
    mode: str = ""
    is_hard: bool = False


@dataclass(frozen=True, slots=True)
class RatingRecord:
    """A level given for one target and indicator. `target_kind` is 'unit' or 'area'.

    `level` None: not scored (`missing` 'na' or 'dk', with its reason), contested, or only a `draft`: what was pressed
    while a required reason or kind of evidence is still open ('1'..'5', 'na', 'dk'). `basis` is 'rating' (a person),
    'suggestion' (the rubric) or 'expert' (a need cell). `suggestion` is what the rubric proposed beside it, `seen`
    whether it was in sight 'before' the level was given or 'after'. `evidence` names (interview id, path) pairs,
    `evidence_kind` is a code of the list `kanit`. `settles`: the ratings that an agreed level names. `facts_hash`:
    of the answers as they were. `held_on` (ISO date) and `members` (one a line) belong to a panel's level.
    """

    rating_id: str
    wave_id: str
    target_kind: str
    target_id: str
    indicator: str
    rater: str
    round: int
    scale: str
    level: int | None
    basis: str
    suggestion: int | None
    reason: str
    evidence: tuple[tuple[str, str], ...]
    contested: bool
    at: datetime
    evidence_kind: str = ""
    settles: tuple[str, ...] = ()
    seen: str = ""
    missing: str = ""
    draft: str = ""
    rubric_version: str = ""
    facts_hash: str = ""
    held_on: str = ""
    members: str = ""


@dataclass(frozen=True, slots=True)
class SheetRecord:
    """Where a rater stands with a target: `state` is 'drawn' (to be rated blind a second time), 'open' or 'final'.

    '' where two computers said different things.
    """

    sheet_id: str
    wave_id: str
    target_kind: str
    target_id: str
    rater: str
    round: int
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MethodRecord:
    """A version of the wave's method; `payload` is `Method.to_json()`."""

    method_id: str
    wave_id: str
    number: int
    name: str
    version: str
    method_hash: str
    payload: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ResultRecord:
    """A stored result; `payload` is `results_to_json`."""

    result_id: str
    wave_id: str
    route: str
    method_id: str
    method_hash: str
    instrument_hashes: tuple[str, ...]
    inputs_hash: str
    engine_version: str
    seed: int
    payload: str
    computed_at: datetime


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """One act of consent (or refusal) of an interview, with its proof."""

    interview_id: str
    purpose: str
    given: bool
    how: str
    text_hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An entry of the log as it can be shown; `value` None where it is sealed and its key is gone."""

    event_id: str
    stream_id: str
    seq: int
    kind: str
    subject_kind: str
    subject_id: str
    path: str
    value: str | None
    author: str
    role: str
    at: datetime
    program: str
    supersedes: tuple[str, ...]
    line: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Row counts for the report's reconciliation. `answers`: heads with a text; `contested`: paths in conflict."""

    events: int
    answers: int
    cleared: int
    contested: int
    interviews: int
    completed: int
    units: int
    areas: int
    visits: int
    ratings: int


class AnswerRow(NamedTuple):
    """One answer for the report, as held: `relevant` False where the form does not ask it now.

    A tuple: a large study has a million of them, and a frozen dataclass takes three times as long to make.
    """

    interview_id: str
    unit_id: str
    path: str
    value: str
    relevant: bool
    contested: bool
