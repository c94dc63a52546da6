"""What each role may see and do: one table, which the services ask and a page shows. Roles are screens, not ciphers.

A right that nobody asks about has no place here; who lacks one is told so, and the page of it is absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

INTERVIEWER, SCORER, STAFF, DATA_OFFICER = "interviewer", "scorer", "staff", "data_officer"
ROLES = (STAFF, SCORER, INTERVIEWER, DATA_OFFICER)
"""Staff manage the study, scorers supervise and rate, interviewers ask, the data officer guards personal data."""


class Right(StrEnum):
    """Something that not everybody may see or do, in the order of the page that shows the table."""

    INTERVIEW = "interview"
    RATE = "rate"
    RESULTS = "results"
    REVIEW = "review"
    APPROVE = "approve"
    DECIDE = "decide"
    EXCLUDE = "exclude"
    PROGRESS = "progress"
    SEND = "send"
    TAKE = "take"
    CONDUCT = "conduct"
    MANAGE = "manage"
    PEOPLE = "people"
    DEVICES = "devices"
    PERSONAL = "personal"
    ERASE = "erase"
    ACCESS_LOG = "access-log"


WORDS: Mapping[Right, str] = {
    Right.INTERVIEW: N_("Interview firms, write visits and appointments"),
    Right.RATE: N_("Rate firms and areas"),
    Right.RESULTS: N_("See results, scorecard and report"),
    Right.REVIEW: N_("Review interviews, ask about answers, return them"),
    Right.APPROVE: N_("Approve interviews of others"),
    Right.DECIDE: N_("Decide conflicts and double interviews"),
    Right.EXCLUDE: N_("Exclude an interview, and take it back in"),
    Right.PROGRESS: N_("See what every computer has sent"),
    Right.SEND: N_("Make packages of one's own work"),
    Right.TAKE: N_("Take packages in, make assignments and receipts"),
    Right.CONDUCT: N_("See how interviews were conducted"),
    Right.MANAGE: N_("Change study, method, questionnaires and rules; take lists"),
    Right.PEOPLE: N_("Let people in and give roles"),
    Right.DEVICES: N_("Let computers in and shut them out"),
    Right.PERSONAL: N_("Find personal data and write them to a file"),
    Right.ERASE: N_("Erase personal data"),
    Right.ACCESS_LOG: N_("Read and check the access log"),
}

_EVERYBODY = frozenset({Right.SEND})
_FIELD = frozenset({Right.INTERVIEW})
_SUPERVISION = frozenset(
    {Right.RATE, Right.RESULTS, Right.REVIEW, Right.APPROVE, Right.DECIDE, Right.PROGRESS}
)  # fmt: skip
_OFFICE = frozenset({Right.PERSONAL, Right.ERASE, Right.ACCESS_LOG})

MAY: Mapping[str, frozenset[Right]] = {
    INTERVIEWER: _EVERYBODY | _FIELD,
    SCORER: _EVERYBODY | _FIELD | _SUPERVISION,
    STAFF: frozenset(Right),
    DATA_OFFICER: _OFFICE,
}
"""Role -> what it may. An unknown role, of a newer program, may nothing of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A right with the roles that have it, as the page shows it; `word` in English."""

    right: Right
    word: str
    roles: tuple[str, ...]


def may(study: Study, right: Right) -> bool:
    """Whether the person who opened the study may do this."""
    return role_may(study.role, right)


def role_may(role: str | None, right: Right) -> bool:
    """Whether a role may do this."""
    return right in MAY.get(role or "", frozenset())


def require(study: Study, *rights: Right) -> None:
    """Refuse what the person's role may not do: it needs one of these rights.

    Raises:
        Refused: `study.only-staff` where staff alone may, else `role.may-not`.
    """
    if any(may(study, right) for right in rights):
        return
    if roles_with(*rights) == (STAFF,):
        raise Refused(problem("study.only-staff"))
    raise Refused(problem("role.may-not", right=rights[0].value))


def roles_with(*rights: Right) -> tuple[str, ...]:
    """The roles that have one of these rights."""
    return tuple(role for role in ROLES if not MAY[role].isdisjoint(rights))


def table() -> tuple[Line, ...]:
    """The whole table, one line for each right."""
    return tuple(Line(right, WORDS[right], tuple(role for role in ROLES if right in MAY[role])) for right in Right)
