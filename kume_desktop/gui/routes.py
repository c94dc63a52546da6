"""The places of the window; a route says where to go and what to show there, and can be gone back to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WelcomeRoute:
    """Recent studies, demonstration, new study; shown while no study is open."""


@dataclass(frozen=True, slots=True)
class UnlockRoute:
    """The passphrase page of a study file."""

    path: Path


@dataclass(frozen=True, slots=True)
class NewStudyRoute:
    """The page that makes a study."""


@dataclass(frozen=True, slots=True)
class StartRoute:
    """The start page of the open study."""


@dataclass(frozen=True, slots=True)
class FieldRoute:
    """The firms of the study; `unit_id` is the firm to select ('' for the first), `state` the tab ('' for all)."""

    unit_id: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class AddFirmRoute:
    """The page that adds a firm."""


@dataclass(frozen=True, slots=True)
class VisitRoute:
    """The page that writes down a contact attempt; `appointment` opens it for a new appointment."""

    unit_id: str
    appointment: bool = False


@dataclass(frozen=True, slots=True)
class InterviewRoute:
    """An interview of a firm; `question` is the path to open at, '' for the place that was left."""

    unit_id: str
    instrument_id: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class ResultsRoute:
    """Needs matrix and profile of an area; '' is the first area."""

    area: str = ""


@dataclass(frozen=True, slots=True)
class ScorecardRoute:
    """The scorecard with an area selected; '' is the first."""

    area: str = ""


@dataclass(frozen=True, slots=True)
class ReportRoute:
    """The report workbook; what was typed there is kept while the page is built anew."""

    reason: str = ""
    target: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class SettingsRoute:
    """The settings."""


Route = (
    WelcomeRoute
    | UnlockRoute
    | NewStudyRoute
    | StartRoute
    | FieldRoute
    | AddFirmRoute
    | VisitRoute
    | InterviewRoute
    | ResultsRoute
    | ScorecardRoute
    | ReportRoute
    | SettingsRoute
)
