"""Which right a verb asks for: those of the window's worker and of the command line, before anything is read for them.

What the services ask by themselves they still ask; here stands what would only read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kume_desktop.services import roles
from kume_desktop.services.roles import Right

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

Rights = tuple[Right, ...]
"""One of them is enough; none: whoever can open the study."""
ANYBODY: Rights = ()
_FIELD, _RESULTS, _REVIEW, _MANAGE = (Right.INTERVIEW,), (Right.RESULTS,), (Right.REVIEW,), (Right.MANAGE,)
_PERSONS: Rights = (Right.PERSONAL, Right.ERASE, Right.ACCESS_LOG)
_PACKAGES: Rights = (Right.SEND, Right.TAKE)

VERBS: Mapping[str, Rights] = {
    "hashes": _RESULTS,
    "left-out": _RESULTS,
    "answers": _RESULTS,
    "levels": _RESULTS,
    "firms": _RESULTS,
    "policies": _RESULTS,
    "presets": _RESULTS,
    "preview": _RESULTS,
    "so-far": _FIELD,
    "firm-table": (Right.INTERVIEW, Right.PERSONAL),
    "day-list": _FIELD,
    "reserve": _MANAGE,
    "field-rates": _MANAGE,
    "questionnaires": _FIELD,
    "form-differences": _FIELD,
    "form-drafts": _FIELD,
    "form-tests": _FIELD,
    "conduct": (Right.CONDUCT,),
    "conduct-times": (Right.CONDUCT,),
    "conflicts": (Right.DECIDE,),
    "conflict": (Right.DECIDE,),
    "progress": (Right.PROGRESS,),
    "back-checks": _REVIEW,
    "review-inbox": _REVIEW,
    "review-case": _REVIEW,
    "work-waiting": ANYBODY,
    "practice-overview": _FIELD,
    "look-inside": ANYBODY,
    "access-log": _PERSONS,
    "access-verify": _PERSONS,
    "person-find": _PERSONS,
    "personal-due": _PERSONS,
    "personal-inventory": (*_PERSONS, Right.MANAGE),
    "personal-devices": _PERSONS,
    "packages-overview": _PACKAGES,
    "packages-advice": _PACKAGES,
    "assign": _MANAGE,
    "compute": _RESULTS,
    "report": _RESULTS,
    "firm-report": _RESULTS,
    "csv": _RESULTS,
    "figure": _RESULTS,
    "figures": _RESULTS,
    "pictures": _RESULTS,
    "submissions": _RESULTS,
    "backup": ANYBODY,
    "print": _FIELD,
    "practice": _FIELD,
    "list-look": _MANAGE,
    "list-check": _MANAGE,
    "list-take": _MANAGE,
    "list-take-back": _MANAGE,
    "package-examine": _PACKAGES,
    "package-take": _PACKAGES,
    "package-make": _PACKAGES,
    "package-copy": _PACKAGES,
    "package-delete": _PACKAGES,
    "personal-compact": _PERSONS,
    "personal-print": _PERSONS,
    "personal-do": _PERSONS,
}
"""Verbs of the worker that open a study."""

COMMANDS: Mapping[str, Rights] = {
    "report": _RESULTS,
    "score": _RESULTS,
    "figure": _RESULTS,
    "export": _RESULTS,
    "rate": (Right.RATE,),
    "form": _FIELD,
    "submissions": _RESULTS,
    "field": _FIELD,
    "firms": _MANAGE,
    "print": _FIELD,
    "backup": ANYBODY,
    "package": _PACKAGES,
    "device": (Right.DEVICES, Right.SEND),
    "person": _PERSONS,
}
"""Verbs of the command line that open a study."""


def check(study: Study, verb: str) -> None:
    """Refuse a verb of the worker that the person's role may not ask.

    Raises:
        Refused: `study.only-staff`, `role.may-not`.
    """
    _check(study, VERBS.get(verb, ANYBODY))


def check_command(study: Study, verb: str) -> None:
    """Refuse a verb of the command line that the person's role may not use.

    Raises:
        Refused: `study.only-staff`, `role.may-not`.
    """
    _check(study, COMMANDS.get(verb, ANYBODY))


def _check(study: Study, rights: Rights) -> None:
    if rights:
        roles.require(study, *rights)
