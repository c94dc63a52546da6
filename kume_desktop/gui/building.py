"""From a route to its page; each page's module is loaded when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop.gui.routes import (
    AddFirmRoute,
    AreaRoute,
    CompareRoute,
    DecisionRoute,
    FieldRoute,
    FormCheckRoute,
    FormRoute,
    FormsRoute,
    InterviewRoute,
    MethodRoute,
    NewStudyRoute,
    NextWaveRoute,
    RatersRoute,
    RatingRoute,
    ReportRoute,
    ResponseRoute,
    ResultsRoute,
    Route,
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
    return not isinstance(route, WelcomeRoute | UnlockRoute | NewStudyRoute | SettingsRoute)


def build(desk: Desk, route: Route) -> Page:
    """The page of a route."""
    match route:
        case WelcomeRoute() | UnlockRoute() | NewStudyRoute():
            return _outside(desk, route)
        case StartRoute() | FieldRoute() | AddFirmRoute() | VisitRoute():
            return _field(desk, route)
        case WavesRoute() | NextWaveRoute():
            return _waves(desk, route)
        case InterviewRoute():
            from kume_desktop.gui.interview.page import InterviewPage

            return InterviewPage(desk, route)
        case ResultsRoute() | ScorecardRoute() | ReportRoute() | AreaRoute() | CompareRoute() | DecisionRoute():
            return _results(desk, route)
        case RatingRoute() | RatersRoute() | ResponseRoute() | SamplePlanRoute() | MethodRoute():
            return _staff(desk, route)
        case FormsRoute() | FormRoute() | FormCheckRoute() | SubmissionsRoute():
            return _forms(desk, route)
        case SettingsRoute():
            from kume_desktop.gui.preferences.page import SettingsPage

            return SettingsPage(desk, route)


def _outside(desk: Desk, route: WelcomeRoute | UnlockRoute | NewStudyRoute) -> Page:
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
