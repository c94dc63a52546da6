"""From a route to its page; each page's module is loaded when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop.gui import route_rights
from kume_desktop.gui.device_routes import (
    ComputerRoute,
    DevicesRoute,
    EnrolRoute,
    FirstPackageRoute,
    IntroduceRoute,
    KnowAgencyRoute,
)
from kume_desktop.gui.routes import (
    AddFirmRoute,
    AreaRoute,
    BackChecksRoute,
    BackupsRoute,
    CompareRoute,
    ConductRoute,
    ConflictsRoute,
    DayPlanRoute,
    DecisionRoute,
    FailuresRoute,
    FieldRoute,
    FieldRulesRoute,
    FormCheckRoute,
    FormRoute,
    FormsRoute,
    HelpRoute,
    InterviewRoute,
    KeysRoute,
    MethodRoute,
    NewStudyRoute,
    NextWaveRoute,
    PackagesRoute,
    PaperEntryRoute,
    PersonalDataRoute,
    PlanVisitRoute,
    PracticeRoute,
    PrintRoute,
    ProgressRoute,
    RatersRoute,
    RatingRoute,
    RecoverRoute,
    ReportRoute,
    RescueRoute,
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
    SubmissionsRoute,
    UnlockRoute,
    VisitRoute,
    WavesRoute,
    WelcomeRoute,
)

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.page import Page


def needs_study(route: Route) -> bool:
    """Whether a study must be open for this route."""
    outside = WelcomeRoute | UnlockRoute | NewStudyRoute | RecoverRoute | RescueRoute | SettingsRoute | HelpRoute
    return not isinstance(route, outside | FailuresRoute | IntroduceRoute | FirstPackageRoute)


def while_practising(route: Route) -> bool:
    """Whether a page has a meaning while one practises; those of the real study have none."""
    return isinstance(route, InterviewRoute | PracticeRoute) or not needs_study(route)


def build(desk: Desk, route: Route) -> Page:
    """The page of a route, or why the person's role does not see it."""
    if desk.has_study and not route_rights.may_open(desk.study.role, route):
        from kume_desktop.gui.shell.barred import BarredPage

        return BarredPage(desk, route)
    return _built(desk, route)


def _built(desk: Desk, route: Route) -> Page:
    match route:
        case WelcomeRoute() | UnlockRoute() | NewStudyRoute() | RecoverRoute():
            return _outside(desk, route)
        case StartRoute() | FieldRoute() | AddFirmRoute() | VisitRoute():
            return _field(desk, route)
        case PlanVisitRoute() | DayPlanRoute() | FieldRulesRoute() | PrintRoute() | SampleListRoute():
            return _planning(desk, route)
        case InterviewRoute() | PaperEntryRoute() | WavesRoute() | NextWaveRoute():
            return _interview(desk, route)
        case ResultsRoute() | ScorecardRoute() | ReportRoute() | AreaRoute() | CompareRoute() | DecisionRoute():
            return _results(desk, route)
        case RatingRoute() | RatersRoute() | ResponseRoute() | SamplePlanRoute() | MethodRoute():
            return _staff(desk, route)
        case FormsRoute() | FormRoute() | FormCheckRoute() | SubmissionsRoute():
            return _forms(desk, route)
        case _:
            return _around(desk, route)


def _devices(desk: Desk, route: ComputerRoute) -> Page:
    match route:
        case DevicesRoute():
            from kume_desktop.gui.devices.page import DevicesPage

            return DevicesPage(desk, route)
        case EnrolRoute():
            from kume_desktop.gui.devices.enrol import EnrolPage

            return EnrolPage(desk, route)
        case KnowAgencyRoute():
            from kume_desktop.gui.devices.know_agency import KnowAgencyPage

            return KnowAgencyPage(desk, route)
        case IntroduceRoute():
            from kume_desktop.gui.devices.introduce import IntroducePage

            return IntroducePage(desk, route)
        case FirstPackageRoute():
            from kume_desktop.gui.devices.first_package import FirstPackagePage

            return FirstPackagePage(desk, route)


def _around(
    desk: Desk,
    route: BackupsRoute
    | RescueRoute
    | KeysRoute
    | PersonalDataRoute
    | ConductRoute
    | PracticeRoute
    | HelpRoute
    | FailuresRoute
    | PackagesRoute
    | SettingsRoute
    | ReviewRoute
    | BackChecksRoute
    | ConflictsRoute
    | ProgressRoute
    | RolesRoute
    | ComputerRoute,
) -> Page:
    match route:
        case ReviewRoute() | BackChecksRoute() | ConflictsRoute() | ProgressRoute() | RolesRoute():
            return _review(desk, route)
        case DevicesRoute() | EnrolRoute() | KnowAgencyRoute() | IntroduceRoute() | FirstPackageRoute():
            return _devices(desk, route)
        case PackagesRoute():
            from kume_desktop.gui.packages.page import PackagesPage

            return PackagesPage(desk, route)
        case FailuresRoute():
            from kume_desktop.gui.failures.page import FailuresPage

            return FailuresPage(desk, route)
        case BackupsRoute() | RescueRoute() | KeysRoute() | PersonalDataRoute():
            return _safety(desk, route)
        case ConductRoute() | PracticeRoute() | HelpRoute():
            return _conduct(desk, route)
        case SettingsRoute():
            from kume_desktop.gui.preferences.page import SettingsPage

            return SettingsPage(desk, route)


def _review(desk: Desk, route: ReviewRoute | BackChecksRoute | ConflictsRoute | ProgressRoute | RolesRoute) -> Page:
    match route:
        case ReviewRoute():
            from kume_desktop.gui.review.page import ReviewPage

            return ReviewPage(desk, route)
        case BackChecksRoute():
            from kume_desktop.gui.review.back_checks import BackChecksPage

            return BackChecksPage(desk, route)
        case ConflictsRoute():
            from kume_desktop.gui.conflicts.page import ConflictsPage

            return ConflictsPage(desk, route)
        case ProgressRoute():
            from kume_desktop.gui.progress.page import ProgressPage

            return ProgressPage(desk, route)
        case RolesRoute():
            from kume_desktop.gui.review.roles_page import RolesPage

            return RolesPage(desk, route)


def _interview(desk: Desk, route: InterviewRoute | PaperEntryRoute | WavesRoute | NextWaveRoute) -> Page:
    match route:
        case WavesRoute() | NextWaveRoute():
            return _waves(desk, route)
        case InterviewRoute():
            from kume_desktop.gui.interview.page import InterviewPage

            return InterviewPage(desk, route)
        case PaperEntryRoute():
            from kume_desktop.gui.interview.paper_entry import PaperEntryPage

            return PaperEntryPage(desk, route)


def _outside(desk: Desk, route: WelcomeRoute | UnlockRoute | NewStudyRoute | RecoverRoute) -> Page:
    match route:
        case WelcomeRoute():
            from kume_desktop.gui.start.welcome import WelcomePage

            return WelcomePage(desk, route)
        case UnlockRoute():
            from kume_desktop.gui.start.unlock import UnlockPage

            return UnlockPage(desk, route)
        case NewStudyRoute():
            from kume_desktop.gui.start.new_study import NewStudyPage

            return NewStudyPage(desk, route)
        case RecoverRoute():
            from kume_desktop.gui.start.recover import RecoverPage

            return RecoverPage(desk, route)


def _field(desk: Desk, route: StartRoute | FieldRoute | AddFirmRoute | VisitRoute) -> Page:
    match route:
        case StartRoute():
            from kume_desktop.gui.start.page import StartPage

            return StartPage(desk, route)
        case FieldRoute():
            from kume_desktop.gui.fieldwork.page import FieldPage

            return FieldPage(desk, route)
        case AddFirmRoute():
            from kume_desktop.gui.fieldwork.add_firm import AddFirmPage

            return AddFirmPage(desk, route)
        case VisitRoute():
            from kume_desktop.gui.fieldwork.visit import VisitPage

            return VisitPage(desk, route)


def _conduct(desk: Desk, route: ConductRoute | PracticeRoute | HelpRoute) -> Page:
    match route:
        case ConductRoute():
            from kume_desktop.gui.conduct.page import ConductPage

            return ConductPage(desk, route)
        case PracticeRoute():
            from kume_desktop.gui.practice.page import PracticePage

            return PracticePage(desk, route)
        case HelpRoute():
            from kume_desktop.gui.help.page import HelpPage

            return HelpPage(desk, route)


def _safety(desk: Desk, route: BackupsRoute | RescueRoute | KeysRoute | PersonalDataRoute) -> Page:
    match route:
        case BackupsRoute():
            from kume_desktop.gui.backups.page import BackupsPage

            return BackupsPage(desk, route)
        case RescueRoute():
            from kume_desktop.gui.backups.rescue import RescuePage

            return RescuePage(desk, route)
        case KeysRoute():
            from kume_desktop.gui.keys.page import KeysPage

            return KeysPage(desk, route)
        case PersonalDataRoute():
            from kume_desktop.gui.personal_data.page import PersonalDataPage

            return PersonalDataPage(desk, route)


def _planning(
    desk: Desk, route: PlanVisitRoute | DayPlanRoute | FieldRulesRoute | PrintRoute | SampleListRoute
) -> Page:
    match route:
        case SampleListRoute():
            from kume_desktop.gui.sample_list.page import SampleListPage

            return SampleListPage(desk, route)
        case PrintRoute():
            from kume_desktop.gui.printing.page import PrintPage

            return PrintPage(desk, route)
        case PlanVisitRoute():
            from kume_desktop.gui.fieldwork.plan_visit import PlanVisitPage

            return PlanVisitPage(desk, route)
        case DayPlanRoute():
            from kume_desktop.gui.fieldwork.day_plan import DayPlanPage

            return DayPlanPage(desk, route)
        case FieldRulesRoute():
            from kume_desktop.gui.field_rules.page import FieldRulesPage

            return FieldRulesPage(desk, route)


def _waves(desk: Desk, route: WavesRoute | NextWaveRoute) -> Page:
    match route:
        case WavesRoute():
            from kume_desktop.gui.start.waves import WavesPage

            return WavesPage(desk, route)
        case NextWaveRoute():
            from kume_desktop.gui.start.next_wave import NextWavePage

            return NextWavePage(desk, route)


def _results(
    desk: Desk, route: ResultsRoute | ScorecardRoute | ReportRoute | AreaRoute | CompareRoute | DecisionRoute
) -> Page:
    match route:
        case ResultsRoute():
            from kume_desktop.gui.results.page import ResultsPage

            return ResultsPage(desk, route)
        case ScorecardRoute():
            from kume_desktop.gui.results.scorecard import ScorecardPage

            return ScorecardPage(desk, route)
        case ReportRoute():
            from kume_desktop.gui.reporting.page import ReportPage

            return ReportPage(desk, route)
        case AreaRoute():
            from kume_desktop.gui.areas.page import AreaPage

            return AreaPage(desk, route)
        case CompareRoute():
            from kume_desktop.gui.areas.compare import ComparePage

            return ComparePage(desk, route)
        case DecisionRoute():
            from kume_desktop.gui.areas.decision import DecisionPage

            return DecisionPage(desk, route)


def _staff(desk: Desk, route: RatingRoute | RatersRoute | ResponseRoute | SamplePlanRoute | MethodRoute) -> Page:
    match route:
        case RatingRoute():
            from kume_desktop.gui.rating.page import RatingPage

            return RatingPage(desk, route)
        case RatersRoute():
            from kume_desktop.gui.rating.raters import RatersPage

            return RatersPage(desk, route)
        case ResponseRoute():
            from kume_desktop.gui.response.page import ResponsePage

            return ResponsePage(desk, route)
        case SamplePlanRoute():
            from kume_desktop.gui.response.sample_plan import SamplePlanPage

            return SamplePlanPage(desk, route)
        case MethodRoute():
            from kume_desktop.gui.method.page import MethodPage

            return MethodPage(desk, route)


def _forms(desk: Desk, route: FormsRoute | FormRoute | FormCheckRoute | SubmissionsRoute) -> Page:
    match route:
        case FormsRoute():
            from kume_desktop.gui.forms.page import FormsPage

            return FormsPage(desk, route)
        case FormRoute():
            from kume_desktop.gui.forms.form_page import FormPage

            return FormPage(desk, route)
        case FormCheckRoute():
            from kume_desktop.gui.forms.check_page import CheckPage

            return CheckPage(desk, route)
        case SubmissionsRoute():
            from kume_desktop.gui.forms.submissions_page import SubmissionsPage

            return SubmissionsPage(desk, route)
