"""What the services hand to the window and the command line: frozen, plain, in no language but codes and names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kume_desktop.problems import Problem
from kume_desktop.services.firm_state import FirmState


@dataclass(frozen=True, slots=True)
class StudyHead:
    """The facts that stand in the rail and on every page; `own_areas` and `own_firms` only for an interviewer."""

    study_id: str
    name: str
    demonstration: bool
    agency: str
    wave: str
    areas: int
    firms: int
    person: str
    role: str
    is_newest_wave: bool = True
    practice: bool = False
    own_areas: int = 0
    own_firms: int = 0


@dataclass(frozen=True, slots=True)
class Area:
    """An activity area; `frame_n` is None where nobody entered it."""

    code: str
    name_tr: str
    name_en: str
    nace: str
    nace_revision: str
    frame_n: int | None


@dataclass(frozen=True, slots=True)
class InterviewCard:
    """One interview of a firm, in a list; it was left at question `last_question` ("3.4") of `last_section` ("3").

    `paper`: the day on which it was asked on paper (ISO), '' for one that was asked at the computer. `joined`: the
    positions of those who joined after it began. `questions`: what a reviewer asked of an interview that was returned
    and nobody has answered yet.
    """

    interview_id: str
    instrument_id: str
    instrument_title_tr: str
    instrument_title_en: str
    instrument_version: str
    state: str
    answered: int
    asked: int
    warnings: int
    last_at: datetime | None
    last_question: str
    last_section: str
    paper: str = ""
    joined: tuple[str, ...] = ()
    questions: int = 0


@dataclass(frozen=True, slots=True)
class FirmRow:
    """A firm of the study, as the table of the page Saha shows it.

    `visits` counts everything, `attempts` what the fieldwork rules count (no letters, no completed interview).
    `is_issued` False: it waits in the reserve or was not drawn, and nobody goes there. `replaces`: the batch of the
    reserve it came with, '' for those issued first. `season`: 'avoid' or 'prefer' as today's month is for its area.
    `conversion`: who was asked to talk to it after a refusal. `is_closed`: nobody goes there any more, by an act.
    """

    unit_id: str
    code: str
    name: str
    area: str
    area_name_tr: str
    area_name_en: str
    district: str
    size_class: str
    frame_nace: str
    field_nace: str
    interviewer: str
    state: FirmState
    answered: int
    asked: int
    visits: int
    attempts: int = 0
    last_outcome: str = ""
    next_at: datetime | None = None
    is_issued: bool = True
    replaces: str = ""
    season: str = ""
    waves_before: int = 0
    conversion: str = ""
    is_closed: bool = False
    plan_day: str = ""
    plan_slot: str = ""
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One contact attempt: outcome code of the choice list `sonuc`, note, next appointment, who made it and how.

    `mode`: 'face', 'phone', 'online', 'letter' or ''. `is_hard`: the firm said never again.
    """

    at: datetime
    outcome: str
    note: str
    next_at: datetime | None
    by: str
    visit_id: str = ""
    mode: str = ""
    is_hard: bool = False


@dataclass(frozen=True, slots=True)
class FrameSource:
    """What one list said about a firm: head -> cell, as it was imported; `fields`: what its heads mean."""

    frame_id: str
    name: str
    source: str
    imported_at: datetime | None
    cells: Mapping[str, str]
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FirmDetail:
    """The side panel of a firm.

    `advice`: what the fieldwork rules say to do next, where its lists disagree, what the season says. `closing`: what
    still forbids to close it as not reached; empty where it may be closed.
    """

    row: FirmRow
    interviews: tuple[InterviewCard, ...]
    visits: tuple[Visit, ...]
    sources: tuple[FrameSource, ...] = ()
    advice: tuple[Problem, ...] = ()
    closing: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class InstrumentCard:
    """An instrument version of the study."""

    instrument_id: str
    version: str
    title_tr: str
    title_en: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Resume:
    """The interview that was left last, with the place to go on."""

    unit_id: str
    firm: str
    card: InterviewCard


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment of today or later."""

    at: datetime
    unit_id: str
    firm: str
    district: str


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """Completed firms of those in the study, per area."""

    area: str
    name_tr: str
    name_en: str
    completed: int
    firms: int


@dataclass(frozen=True, slots=True)
class StartView:
    """Everything the start page of an open study shows."""

    head: StudyHead
    resume: Resume | None
    appointments: tuple[Appointment, ...]
    progress: tuple[AreaProgress, ...]
    unclean_exit: bool


@dataclass(frozen=True, slots=True)
class NewFirm:
    """What staff type to add a firm."""

    name: str
    area: str
    district: str
    nace: str = ""
    size_class: str = ""
    tax_number: str = ""


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """The values of `calisma.csv`: what the notice says and the reference year. Staff can edit them."""

    agency: str
    reference_year: int
    legal_ground: str
    recipients: str
    retention: str
    contact: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an act: `at` is the moment of the commit, None where nothing was stored (see `problems`)."""

    at: datetime | None
    problems: tuple[Problem, ...] = ()
    path: str = ""
