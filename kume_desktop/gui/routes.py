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
    """The report workbook; what was typed and chosen there is kept while the page is built anew.

    `edition` is `publication` or `audit`; `order` and `off` are keys of sheets, `shown` the one in the preview, `at`
    the area that the preview shows of it. `area` is the only area of the report ('' for all). `personal` and `persons`:
    whether person fields are shown, and why.
    """

    reason: str = ""
    target: str = ""
    lang: str = ""
    edition: str = "publication"
    area: str = ""
    shown: str = ""
    at: str = ""
    order: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    personal: bool = False
    persons: str = ""


@dataclass(frozen=True, slots=True)
class RatingRoute:
    """Levels are given here: a firm ('' for the first that waits), an indicator, and the list (`mine`, `blind`, ...).

    `area` narrows the list to an area ('' for all). `typed` is what waits for a level to be stored with: the reason,
    the day and the members of a panel.
    """

    unit_id: str = ""
    indicator: str = ""
    tab: str = "mine"
    area: str = ""
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RatersRoute:
    """How far the raters agree, and how each one drifts."""


@dataclass(frozen=True, slots=True)
class AreaRoute:
    """One activity area on one page; '' is the first."""

    area: str = ""


@dataclass(frozen=True, slots=True)
class CompareRoute:
    """Two areas side by side; '' are the first two."""

    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class DecisionRoute:
    """The committee's own category of an area; `typed` is what was typed there and not stored yet."""

    area: str
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResponseRoute:
    """Who answered: rates by stratum, weighted beside unweighted, frame totals; '' is the first area.

    `begun` are totals (`AreaTotals`) that were typed and do not add up yet.
    """

    area: str = ""
    begun: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class SamplePlanRoute:
    """How many firms to ask, per area and stratum."""


@dataclass(frozen=True, slots=True)
class MethodRoute:
    """The method: the published version, the draft, its effect, the versions; `part` is the place to open at.

    `note` is the reason that was typed and is not published yet.
    """

    part: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormsRoute:
    """The questionnaires of the study; `instrument_id` is the one to select ('' for the first)."""

    instrument_id: str = ""


@dataclass(frozen=True, slots=True)
class FormRoute:
    """One questionnaire; `part` is `drafts`, `compare` or `tests`, '' for what everybody may see.

    `old` and `new` are the versions that are compared ('' for the two newest), `file` a workbook in the place of `new`,
    `accepted` the renames that a person has said are right.
    """

    instrument_id: str
    part: str = ""
    old: str = ""
    new: str = ""
    file: str = ""
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormCheckRoute:
    """A workbook is checked and can be installed; `part` is `report`, `differences` or `tests`, '' for what matters."""

    file: Path
    part: str = ""


@dataclass(frozen=True, slots=True)
class SubmissionsRoute:
    """Interviews as ODK submissions, out and in; `reason` is what was typed for personal data."""

    instrument_id: str = ""
    personal: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WavesRoute:
    """The waves of the study: which one is worked in."""


@dataclass(frozen=True, slots=True)
class NextWaveRoute:
    """The page that opens the next wave; `typed` is what was typed there: name, day, reference year."""

    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingsRoute:
    """The settings; `person` and `areas` are what is typed for another person and for new areas."""

    person: str = ""
    areas: str = ""


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
    | RatingRoute
    | RatersRoute
    | AreaRoute
    | CompareRoute
    | DecisionRoute
    | ResponseRoute
    | SamplePlanRoute
    | MethodRoute
    | FormsRoute
    | FormRoute
    | FormCheckRoute
    | SubmissionsRoute
    | WavesRoute
    | NextWaveRoute
    | SettingsRoute
)


def anew(route: Route) -> Route | None:
    """The page of a route with nothing of what was typed or chosen there but its area; None for what is no such page.

    >>> anew(RatingRoute("firma", typed=("neden",)))
    RatingRoute(unit_id='', indicator='', tab='mine', area='', typed=())
    """
    match route:
        case ResultsRoute() | ScorecardRoute() | AreaRoute() | CompareRoute():
            return route
        case ResponseRoute():
            return ResponseRoute(route.area)
        case FormRoute():
            return FormRoute(route.instrument_id)
        case FormsRoute() | SubmissionsRoute():
            return type(route)()
        case FieldRoute() | RatingRoute() | RatersRoute() | ReportRoute() | SamplePlanRoute() | MethodRoute():
            return type(route)()
        case _:
            return None
