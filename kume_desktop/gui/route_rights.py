"""Which right each place of the window asks for: one table for the guard of the window, the rail and the palette.

Who has a right stands in `services.roles` alone. A page that a role may not see is refused in words before anything of
it is read (`building.build`); it stands neither in the rail nor in the palette.
"""

from __future__ import annotations

from collections.abc import Mapping

from kume_desktop.gui import device_routes, routes
from kume_desktop.gui.routes import Route
from kume_desktop.services import roles
from kume_desktop.services.roles import Right

Rights = tuple[Right, ...]
"""One of them is enough; none: everybody."""
ANYBODY: Rights = ()
_FIELD, _RESULTS, _MANAGE, _REVIEW = (Right.INTERVIEW,), (Right.RESULTS,), (Right.MANAGE,), (Right.REVIEW,)

NEEDS: Mapping[type[Route], Rights] = {
    routes.WelcomeRoute: ANYBODY,
    routes.UnlockRoute: ANYBODY,
    routes.NewStudyRoute: ANYBODY,
    routes.RecoverRoute: ANYBODY,
    routes.RescueRoute: ANYBODY,
    routes.FailuresRoute: ANYBODY,
    routes.SettingsRoute: ANYBODY,
    routes.HelpRoute: ANYBODY,
    routes.StartRoute: ANYBODY,
    routes.WavesRoute: ANYBODY,
    routes.RolesRoute: ANYBODY,
    routes.BackupsRoute: ANYBODY,
    routes.KeysRoute: ANYBODY,
    routes.FieldRoute: _FIELD,
    routes.AddFirmRoute: _FIELD,
    routes.VisitRoute: _FIELD,
    routes.PlanVisitRoute: _FIELD,
    routes.DayPlanRoute: _FIELD,
    routes.InterviewRoute: _FIELD,
    routes.PaperEntryRoute: _FIELD,
    routes.PracticeRoute: _FIELD,
    routes.PrintRoute: _FIELD,
    routes.FormsRoute: _FIELD,
    routes.FormRoute: _FIELD,
    routes.FormCheckRoute: _FIELD,
    routes.SubmissionsRoute: _RESULTS,
    routes.ResultsRoute: _RESULTS,
    routes.ScorecardRoute: _RESULTS,
    routes.ReportRoute: _RESULTS,
    routes.AreaRoute: _RESULTS,
    routes.CompareRoute: _RESULTS,
    routes.DecisionRoute: _RESULTS,
    routes.ResponseRoute: _RESULTS,
    routes.MethodRoute: _RESULTS,
    routes.RatingRoute: (Right.RATE,),
    routes.RatersRoute: (Right.RATE,),
    routes.SampleListRoute: _MANAGE,
    routes.SamplePlanRoute: _MANAGE,
    routes.FieldRulesRoute: _MANAGE,
    routes.NextWaveRoute: _MANAGE,
    routes.ConductRoute: (Right.CONDUCT,),
    routes.ReviewRoute: _REVIEW,
    routes.BackChecksRoute: _REVIEW,
    routes.ConflictsRoute: (Right.DECIDE,),
    routes.ProgressRoute: (Right.PROGRESS,),
    routes.PackagesRoute: (Right.SEND, Right.TAKE),
    routes.PersonalDataRoute: (Right.PERSONAL, Right.ERASE, Right.ACCESS_LOG),
    device_routes.DevicesRoute: (Right.DEVICES,),
    device_routes.EnrolRoute: (Right.DEVICES,),
    device_routes.KnowAgencyRoute: (Right.SEND,),
    device_routes.IntroduceRoute: ANYBODY,
    device_routes.FirstPackageRoute: ANYBODY,
}


def may_open(role: str | None, route: Route) -> bool:
    """Whether a role may see the page of a route; None: no study is open, and nothing of one is shown."""
    rights = NEEDS[type(route)]
    return role is None or not rights or any(roles.role_may(role, right) for right in rights)


def who_may(route: Route) -> tuple[str, ...]:
    """The roles that may see the page of a route."""
    rights = NEEDS[type(route)]
    return roles.roles_with(*rights) if rights else roles.ROLES
