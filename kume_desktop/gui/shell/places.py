"""The pages of the rail, in their groups, as a person of a role sees them."""

from __future__ import annotations

from dataclasses import dataclass

from kume_desktop.gui.device_routes import DevicesRoute
from kume_desktop.gui.route_rights import may_open
from kume_desktop.gui.routes import (
    AreaRoute,
    BackChecksRoute,
    BackupsRoute,
    CompareRoute,
    ConductRoute,
    ConflictsRoute,
    DayPlanRoute,
    FieldRoute,
    FieldRulesRoute,
    FormsRoute,
    HelpRoute,
    KeysRoute,
    MethodRoute,
    PackagesRoute,
    PersonalDataRoute,
    PracticeRoute,
    PrintRoute,
    ProgressRoute,
    RatersRoute,
    RatingRoute,
    ReportRoute,
    ResponseRoute,
    ResultsRoute,
    ReviewRoute,
    RolesRoute,
    Route,
    SampleListRoute,
    SamplePlanRoute,
    ScorecardRoute,
    SettingsRoute,
    StartRoute,
    WelcomeRoute,
)
from kume_desktop.texts import N_, _

INTERVIEWER = "interviewer"


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the rail: icon, word, where it leads, and its group (groups stand apart)."""

    icon: str
    word: str
    route: Route
    group: int

    @property
    def name(self) -> str:
        """The word in the language in force."""
        return _(self.word)


WELCOME = Place("house", N_("Studies"), WelcomeRoute(), 0)
WAVES_KEY, LOCK_KEY, HELP_KEY, SETTINGS_KEY = "Alt+D", "Ctrl+Alt+L", "Alt+0", "Ctrl+,"
SETTINGS = Place("settings", N_("Settings"), SettingsRoute(), 9)
HELP = Place("circle-question-mark", N_("Help"), HelpRoute(), 9)
PRACTICE = Place("play", N_("Practice"), PracticeRoute(), 1)
_FIELD = (
    Place("house", N_("Start"), StartRoute(), 0),
    Place("clipboard-list", N_("Fieldwork"), FieldRoute(), 1),
    Place("package", N_("Packages"), PackagesRoute(), 1),
)
"""What everybody has who asks firms: the same keys for every role."""
_STAFF = (
    Place("inbox", N_("Review"), ReviewRoute(), 2),
    Place("git-compare", N_("Conflicts"), ConflictsRoute(), 2),
    Place("scale", N_("Rating"), RatingRoute(), 2),
    Place("chart-no-axes-column", N_("Results"), ResultsRoute(), 3),
    Place("layout-list", N_("Cluster scorecard"), ScorecardRoute(), 3),
    Place("file-text", N_("Report"), ReportRoute(), 3),
    Place("layers", N_("Activity areas"), AreaRoute(), 3),
)
"""The first nine of all have a digit: what is opened least stands last."""
_FORMS = Place("file-plus", N_("Questionnaires"), FormsRoute(), 2)
_DAY = Place("calendar", N_("Plan of the day"), DayPlanRoute(), 1)
_CONDUCT = Place("history", N_("Conduct of interviews"), ConductRoute(), 1)
_PROGRESS = Place("arrow-left-right", N_("Progress of the computers"), ProgressRoute(), 1)
_BACK_CHECKS = Place("history", N_("Back-checks"), BackChecksRoute(), 1)
_ROLES = Place("info", N_("Roles"), RolesRoute(), 9)
_BACKUPS = Place("shield-check", N_("Backups"), BackupsRoute(), 9)
_PRINT = Place("file-text", N_("Printing"), PrintRoute(), 1)
_LIST = Place("inbox", N_("Take a list of firms"), SampleListRoute(), 1)
_DEVICES = Place("shield-check", N_("Computers"), DevicesRoute(), 3)
_KEYS = Place("lock", N_("Passphrase and keys"), KeysRoute(), 9)
_PERSONAL = Place("search", N_("Personal data"), PersonalDataRoute(), 9)
_RULES = Place("flag", N_("Fieldwork rules"), FieldRulesRoute(), 1)
_PLAN = Place("clipboard-list", N_("Sample plan"), SamplePlanRoute(), 2)
_FURTHER = (
    _DAY,
    _PROGRESS,
    _BACK_CHECKS,
    _ROLES,
    _PRINT,
    Place("scale", N_("Agreement of raters"), RatersRoute(), 2),
    Place("git-compare", N_("Compare two areas"), CompareRoute(), 2),
    Place("inbox", N_("Response and weights"), ResponseRoute(), 2),
    Place("settings", N_("Method"), MethodRoute(), 2),
    _FORMS,
    _BACKUPS,
    _KEYS,
    PRACTICE,
    _PLAN,
    _LIST,
    _RULES,
    _CONDUCT,
    _PERSONAL,
    _DEVICES,
)
_DIGITS = 9


def further(role: str | None, *, practice: bool = False) -> tuple[Place, ...]:
    """The pages of a role that have no entry in the rail: reached from other pages and from the palette."""
    if role is None or practice:
        return ()
    shown = places(role)
    return tuple(place for place in _FURTHER if place not in shown and may_open(role, place.route))


def places(role: str | None, *, practice: bool = False) -> tuple[Place, ...]:
    """The pages of a role without the settings; `None` is "no study open". What one may not use is absent."""
    if role is None:
        return (WELCOME,)
    if practice:
        return (PRACTICE,)
    found = tuple(place for place in (*_FIELD, *_STAFF) if may_open(role, place.route))
    # Whoever works with no firm, the data officer, has personal data in the rail.
    is_office = not may_open(role, FieldRoute()) and may_open(role, _PERSONAL.route)
    return (*found, _PERSONAL) if is_office else found


def key_of(place: Place, number: int) -> str:
    """The key of the entry that stands at `number` (from 1); help and settings have the same one for every role."""
    fixed = {HELP: HELP_KEY, SETTINGS: SETTINGS_KEY}.get(place)
    if fixed is not None:
        return fixed
    return f"Alt+{number}" if number <= _DIGITS else ""


def belongs(route: Route, place: Place) -> bool:
    """Whether the rail shows `place` as the current one while `route` is in front."""
    kind = type(route).__name__
    family = _FAMILIES.get(type(place.route).__name__)
    return kind in family if family is not None else isinstance(route, type(place.route))


_FAMILIES = {
    "FieldRoute": {
        "FieldRoute", "AddFirmRoute", "VisitRoute", "InterviewRoute", "PaperEntryRoute", "SamplePlanRoute",
        "PlanVisitRoute", "DayPlanRoute", "FieldRulesRoute", "ConductRoute", "SampleListRoute", "PrintRoute",
    },
    "WelcomeRoute": {
        "WelcomeRoute",
        "UnlockRoute",
        "NewStudyRoute",
        "RescueRoute",
        "RecoverRoute",
        "FailuresRoute",
        "IntroduceRoute",
        "FirstPackageRoute",
    },
    "ReviewRoute": {"ReviewRoute", "BackChecksRoute", "ProgressRoute"},
    "PackagesRoute": {"PackagesRoute", "DevicesRoute", "EnrolRoute", "KnowAgencyRoute"},
    "RatingRoute": {"RatingRoute", "RatersRoute"},
    "AreaRoute": {"AreaRoute", "CompareRoute", "DecisionRoute", "ResponseRoute"},
    "HelpRoute": {"HelpRoute", "PracticeRoute"},
    "SettingsRoute": {
        "SettingsRoute", "MethodRoute", "FormsRoute", "FormRoute", "FormCheckRoute", "SubmissionsRoute", "BackupsRoute",
        "KeysRoute", "RolesRoute",
    },
    "StartRoute": {"StartRoute", "WavesRoute", "NextWaveRoute"},
}  # fmt: skip
"""Pages without an entry of their own belong to the entry that leads to them."""
