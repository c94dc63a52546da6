"""The pages of the rail, in their groups, as a person of a role sees them."""

from __future__ import annotations

from dataclasses import dataclass

from kume_desktop.gui.routes import (
    FieldRoute,
    ReportRoute,
    ResultsRoute,
    Route,
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
SETTINGS = Place("settings", N_("Settings"), SettingsRoute(), 9)
_FIELD = (
    Place("house", N_("Start"), StartRoute(), 0),
    Place("clipboard-list", N_("Fieldwork"), FieldRoute(), 1),
)
_STAFF = (
    Place("chart-no-axes-column", N_("Results"), ResultsRoute(), 2),
    Place("layout-list", N_("Cluster scorecard"), ScorecardRoute(), 2),
    Place("file-text", N_("Report"), ReportRoute(), 2),
)


def places(role: str | None) -> tuple[Place, ...]:
    """The pages of a role without the settings; `None` is "no study open". What one may not use is absent."""
    if role is None:
        return (WELCOME,)
    return _FIELD if role == INTERVIEWER else (*_FIELD, *_STAFF)


def belongs(route: Route, place: Place) -> bool:
    """Whether the rail shows `place` as the current one while `route` is in front."""
    kind = type(route).__name__
    if isinstance(place.route, FieldRoute):
        return kind in {"FieldRoute", "AddFirmRoute", "VisitRoute", "InterviewRoute"}
    if isinstance(place.route, WelcomeRoute):
        return kind in {"WelcomeRoute", "UnlockRoute", "NewStudyRoute"}
    return isinstance(route, type(place.route))
