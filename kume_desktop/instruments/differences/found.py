"""The records of a comparison: differences with their weight and what they mean for answers already given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kume_desktop.instruments.differences.matching import Pair
from kume_desktop.instruments.model import Place
from kume_desktop.problems import Param, Problem, Severity, Where


class Gravity(StrEnum):
    """What a difference touches, the gravest first."""

    ANSWERS = "answers"
    ASKED = "asked"
    RULES = "rules"
    WORDS = "words"
    LAYOUT = "layout"


class Means(StrEnum):
    """What a difference means for answers already given; the sentence is `diff.means-…`."""

    STAY = "stay"
    NOT_SHOWN = "not-shown"
    CONVERTED = "converted"
    ASKED_AGAIN = "asked-again"
    ASKED_NEW = "asked-new"
    MUST_ANSWER = "must-answer"
    MAY_OPEN = "may-open"
    SHOWN_MARKED = "shown-marked"
    MAY_HIDE = "may-hide"
    COMPUTED_ANEW = "computed-anew"
    METHOD_STAYS = "method-stays"


NOWHERE = Place("", 0)
_ORDER = {gravity: place for place, gravity in enumerate(Gravity)}


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; `code` and `params` make its sentence (`diff.is-<code>`), `question` is the name it concerns."""

    code: str
    gravity: Gravity
    means: Means
    question: str = ""
    params: Mapping[str, Param] = field(default_factory=dict)
    place: Place = NOWHERE

    @property
    def sentence(self) -> Problem:
        """What is different, to be said by `texts.say`."""
        where = Where(sheet=self.place.sheet or None, row=self.place.row or None)
        return Problem(f"diff.is-{self.code}", self.params, where, Severity.WARNING)

    @property
    def meaning(self) -> Problem:
        """What that means for answers already given, to be said by `texts.say`."""
        return Problem(f"diff.means-{self.means}", severity=Severity.WARNING)

    @property
    def weight(self) -> int:
        """0 for the gravest."""
        return _ORDER[self.gravity]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences, the gravest first, and the questions of both versions that are the same one."""

    old_version: str
    new_version: str
    differences: tuple[Difference, ...]
    pairs: tuple[Pair, ...]
