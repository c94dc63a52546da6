"""The places of the window; a route says where to go and what to show there, and can be gone back to."""

from __future__ import annotations

from pathlib import Path

from kume_desktop.gui.device_routes import ComputerRoute, DevicesRoute
from kume_desktop.gui.place import place


@place
class WelcomeRoute:
    """Recent studies, demonstration, new study; shown while no study is open."""


@place
class UnlockRoute:
    """The passphrase page of a study file."""

    path: Path


@place
class NewStudyRoute:
    """The page that makes a study."""


@place
class StartRoute:
    """The start page of the open study."""


@place
class FieldRoute:
    """The firms of the study; `unit_id` is the firm to select ('' for the first), `state` the tab ('' for all)."""

    unit_id: str = ""
    state: str = ""


@place
class AddFirmRoute:
    """The page that adds a firm."""


@place
class SampleListRoute:
    """A list of firms is taken: `file` is the one chosen ('' for none yet), `part` what is in front of it.

    `asked` is what was said about it so far (`Asked.to_json`).
    """

    file: str = ""
    part: str = ""
    asked: str = ""


@place
class VisitRoute:
    """The page that writes down a contact attempt; `appointment` opens it for a new appointment.

    `visit_id` is an attempt that is corrected ('' for a new one); `typed` is what was typed there and not stored yet.
    `day` is the plan of the day one came from ('' for the list of firms).
    """

    unit_id: str
    appointment: bool = False
    visit_id: str = ""
    typed: tuple[str, ...] = ()
    day: str = ""


@place
class PlanVisitRoute:
    """The page that plans a visit; `typed` is what was typed there: the day, the part of the day.

    `day` is the plan of the day one came from ('' for the list of firms).
    """

    unit_id: str
    typed: tuple[str, ...] = ()
    day: str = ""


@place
class DayPlanRoute:
    """What is planned for a day ('' for today), of a person ('' for the one at the computer, `all` for everybody)."""

    day: str = ""
    whose: str = ""


@place
class FieldRulesRoute:
    """The rules of the fieldwork; `part` is `seasons`, `reserve` or `rates`, '' for the rules.

    `typed` is what was typed there and not stored yet.
    """

    part: str = ""
    typed: tuple[str, ...] = ()


@place
class InterviewRoute:
    """An interview of a firm; `question` is the path to open at, '' for the place that was left."""

    unit_id: str
    instrument_id: str
    question: str = ""


@place
class PaperEntryRoute:
    """The page that begins the interview of a firm from a paper form; `typed` is what was typed there."""

    unit_id: str
    instrument_id: str
    typed: tuple[str, ...] = ()


@place
class ResultsRoute:
    """Needs matrix and profile of an area; '' is the first area."""

    area: str = ""


@place
class ScorecardRoute:
    """The scorecard with an area selected; '' is the first."""

    area: str = ""


@place
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


@place
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


@place
class RatersRoute:
    """How far the raters agree, and how each one drifts."""


@place
class AreaRoute:
    """One activity area on one page; '' is the first."""

    area: str = ""


@place
class CompareRoute:
    """Two areas side by side; '' are the first two."""

    first: str = ""
    second: str = ""


@place
class DecisionRoute:
    """The committee's own category of an area; `typed` is what was typed there and not stored yet."""

    area: str
    typed: tuple[str, ...] = ()


@place
class ResponseRoute:
    """Who answered: rates by stratum, weighted beside unweighted, frame totals; '' is the first area.

    `begun` are totals (`AreaTotals`) that were typed and do not add up yet.
    """

    area: str = ""
    begun: tuple[object, ...] = ()


@place
class SamplePlanRoute:
    """How many firms to ask, per area and stratum."""


@place
class MethodRoute:
    """The method: the published version, the draft, its effect, the versions; `part` is the place to open at.

    `note` is the reason that was typed and is not published yet.
    """

    part: str = ""
    note: str = ""


@place
class BackupsRoute:
    """The backups of the study, the bar on the one of `archive`."""

    archive: str = ""


@place
class KeysRoute:
    """The ways into the open study: passphrase, keyring, recovery key."""


@place
class PersonalDataRoute:
    """What is held of persons: `part` is `find`, `due`, `log`, `inventory` or `lost`; `wanted` was looked for."""

    part: str = ""
    wanted: str = ""


@place
class RecoverRoute:
    """A forgotten passphrase of a study that is not open."""

    path: Path


@place
class RescueRoute:
    """Bringing a backup (`archive`, or one to be chosen) back in the place of a study; it needs no open study."""

    path: Path
    archive: str = ""


@place
class PrintRoute:
    """What is printed for the field: a value of `services.printing.PrintedMatter` ('' for the first), for which firm.

    `firms` are codes that were typed (then `unit_id` is ''), `day`, `lang` and `target` what else was chosen.
    """

    matter: str = ""
    unit_id: str = ""
    instrument_id: str = ""
    firms: str = ""
    day: str = ""
    lang: str = ""
    target: str = ""


@place
class FormsRoute:
    """The questionnaires of the study; `instrument_id` is the one to select ('' for the first)."""

    instrument_id: str = ""


@place
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


@place
class FormCheckRoute:
    """A workbook is checked and can be installed; `part` is `report`, `differences` or `tests`, '' for what matters."""

    file: Path
    part: str = ""


@place
class SubmissionsRoute:
    """Interviews as ODK submissions, out and in; `reason` is what was typed for personal data."""

    instrument_id: str = ""
    personal: bool = False
    reason: str = ""


@place
class WavesRoute:
    """The waves of the study: which one is worked in."""


@place
class NextWaveRoute:
    """The page that opens the next wave; `typed` is what was typed there: name, day, reference year."""

    typed: tuple[str, ...] = ()


@place
class ConductRoute:
    """How interviews were conducted: those of an interviewer, the questions of one of them, or the thresholds.

    `area` narrows everything ('' for all); `part` is `rules` for the thresholds.
    """

    interviewer: str = ""
    interview_id: str = ""
    area: str = ""
    part: str = ""


@place
class ReviewRoute:
    """The interviews to review: `tab` is a value of `services.review.inbox.Tab` ('' for the new ones).

    `interview_id` is the one to show ('' for the first); `typed` a question that was begun: its path, its words.
    """

    tab: str = ""
    interview_id: str = ""
    typed: tuple[str, ...] = ()


@place
class BackChecksRoute:
    """The interviews of which a few questions are asked again; `interview_id` is the one to show ('' for the first)."""

    interview_id: str = ""


@place
class ConflictsRoute:
    """What waits for a decision: `key` names the conflict to show ('' for the first), `typed` its reason so far."""

    key: str = ""
    typed: str = ""


@place
class ProgressRoute:
    """What every computer has sent; `part` is `areas`, `interviewers`, `days` or `firms`, '' for the computers."""

    part: str = ""


@place
class RolesRoute:
    """What each role may see and do."""


@place
class PackagesRoute:
    """What came from other computers and what goes to them; `file` is a package to look at ('' for none)."""

    file: str = ""


@place
class PracticeRoute:
    """Practice interviews with a made-up firm; `result` is the one to look at ('' for the newest)."""

    result: str = ""


@place
class HelpRoute:
    """The quick guide, all keys, about the program; `part` is the place to open at, `find` what is looked for."""

    part: str = ""
    find: str = ""


@place
class SettingsRoute:
    """The settings; `person` and `areas` are what is typed for another person and for new areas.

    `part` is where to begin: one of `preferences.ways`.
    """

    person: str = ""
    areas: str = ""
    part: str = ""


@place
class FailuresRoute:
    """The reports of failures of the program; it needs no open study."""


Route = (
    WelcomeRoute
    | UnlockRoute
    | NewStudyRoute
    | StartRoute
    | FieldRoute
    | AddFirmRoute
    | SampleListRoute
    | VisitRoute
    | PlanVisitRoute
    | DayPlanRoute
    | FieldRulesRoute
    | InterviewRoute
    | PaperEntryRoute
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
    | ConductRoute
    | ReviewRoute
    | BackChecksRoute
    | ConflictsRoute
    | ProgressRoute
    | RolesRoute
    | PackagesRoute
    | PracticeRoute
    | PrintRoute
    | HelpRoute
    | BackupsRoute
    | RescueRoute
    | KeysRoute
    | PersonalDataRoute
    | RecoverRoute
    | ComputerRoute
    | FailuresRoute
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
        case FormsRoute() | SubmissionsRoute() | PrintRoute() | BackupsRoute() | KeysRoute() | PersonalDataRoute():
            return type(route)()
        case DayPlanRoute() | FieldRulesRoute() | ConductRoute() | PracticeRoute() | HelpRoute() | DevicesRoute():
            return type(route)()
        case ReviewRoute() | BackChecksRoute() | ConflictsRoute() | ProgressRoute() | RolesRoute() | PackagesRoute():
            return type(route)()
        case FieldRoute() | RatingRoute() | RatersRoute() | ReportRoute() | SamplePlanRoute() | MethodRoute():
            return type(route)()
        case _:
            return None
