"""Problems: what a user can mend, as values.

A mistake that a person can put right is a `Problem`; many can be reported at once. A bug is an exception.
The text is made at the edge (`texts.say`), so a Problem carries only a code and what fills its sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Param = str | int | float | bool | None


def N_(text: str) -> str:
    """Mark a text for translation that is looked up later, where the language is known."""
    return text


class Severity(StrEnum):
    """How much a problem weighs: an error stops, a warning can be passed with a reason."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a problem: a cell of a workbook, a question of an interview, or both."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, told by its code; the sentence stands in `problem_texts`."""

    code: str
    params: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))
    where: Where = Where()
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """Whether this problem stops the act that met it."""
        return self.severity is Severity.ERROR


class Refused(Exception):  # noqa: N818 - it is an answer, not an accident
    """An act was refused; nothing that was stored has been harmed. Carries at least one Problem."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(p.code for p in problems))
        self.problems: tuple[Problem, ...] = problems


def problem(code: str, /, where: Where | None = None, **params: Param) -> Problem:
    """Make an error with `params` for its sentence."""
    return Problem(code, MappingProxyType(params), where or Where())


def warning(code: str, /, where: Where | None = None, **params: Param) -> Problem:
    """Make a warning with `params` for its sentence."""
    return Problem(code, MappingProxyType(params), where or Where(), Severity.WARNING)


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those of `problems` that stop the act."""
    return tuple(p for p in problems if p.is_error)
