"""What the figures are drawn from, and which figures there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kume_desktop.scoring.method import Method
from kume_desktop.scoring.results import Results


class Name(StrEnum):
    """The figures; the value is what files, the worker and the command line call them."""

    SCORECARD = "scorecard"
    PROBABILITIES = "probabilities"
    RANKS = "ranks"
    PROFILE = "profile"
    NEEDS = "needs"
    NEED_ANSWERS = "need-answers"
    LEVELS = "levels"
    WATERFALL = "waterfall"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class FigureContent:
    """The results with the method that they were computed by; `areas` narrows what is shown (empty: all)."""

    study: str
    wave: str
    method: Method
    results: Results
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureName:
    """A figure that can be made: `area` is '' for those that show all areas side by side.

    `against` is the other area of a difference. `title` is in the language that was asked for.
    """

    name: str
    area: str
    title: str
    against: str = ""
