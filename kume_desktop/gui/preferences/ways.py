"""The parts of the settings that the palette leads to: who may open them, and what they are called there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kume_desktop.gui.page import Action
from kume_desktop.gui.routes import SettingsRoute
from kume_desktop.services import roles
from kume_desktop.services.roles import Right
from kume_desktop.texts import N_, _, tr

EVIDENCE, INTERVIEWER, FACTS, AREAS, PEOPLE = "evidence", "interviewer", "facts", "areas", "people"


@dataclass(frozen=True, slots=True)
class Way:
    """A part of the settings; `part` is how its route calls it."""

    part: str
    word: str
    right: Right


WAYS = (
    Way(INTERVIEWER, N_("Your interviewer code"), Right.INTERVIEW),
    Way(EVIDENCE, N_("Evidence: photographs and files"), Right.RATE),
    Way(FACTS, N_("Study and notice"), Right.MANAGE),
    Way(PEOPLE, N_("People"), Right.PEOPLE),
    Way(AREAS, N_("Activity areas"), Right.MANAGE),
)


def actions(role: str, go: Callable[[SettingsRoute], object]) -> tuple[Action, ...]:
    """The parts that a role may open, for the palette."""
    return tuple(
        Action(
            f"settings.{way.part}",
            tr(N_("Settings: {part}"), part=_(way.word)),
            lambda part=way.part: go(SettingsRoute(part=part)),  # type: ignore[misc]
            icon="settings",
        )
        for way in WAYS
        if way.right in roles.MAY.get(role, frozenset())
    )
