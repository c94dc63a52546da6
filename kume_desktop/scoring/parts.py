"""The parts of a method: texts, headings, policies, the rules of the needs matrix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages; where one is missing the other stands in (policy texts are quoted in Turkish)."""

    tr: str
    en: str = ""

    def say(self, lang: str) -> str:
        """The text in `lang`."""
        return (self.en or self.tr) if lang == "en" else (self.tr or self.en)


@dataclass(frozen=True, slots=True)
class Named:
    """A code with its text: a category, a function, a resource, a label of the scale."""

    code: str
    text: Words


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with the codes of its indicators, in order."""

    code: str
    text: Words
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy text; `category` is the number of its category, or `all`."""

    category: str
    order: int
    text: Words


@dataclass(frozen=True, slots=True)
class Idea:
    """A policy idea for a weak indicator or need cell (`what` is its code); `origin` says whose idea it is."""

    what: str
    text: Words
    origin: str


@dataclass(frozen=True, slots=True)
class Change:
    """One rule that differs between two methods: `kind` and `code` name it, None where a side has no such rule.

    Kinds: `weight`, `heading_weight`, `weight_source`, `cut`, `min_scored`, `missing_rule`, `aggregation`, `collapse`,
    `scale`, `decimals`, `heading`, `indicator`, `category`, `policy` (code `category.order`), `idea`, `need`,
    `level_source`, `name`, `basis` (how weights came about). `before` and `after` are numbers, codes or texts.
    """

    kind: str
    code: str
    before: str | float | None
    after: str | float | None


Basis = Mapping[str, object]
"""How weights came about, only what JSON can hold; empty where they are equal or typed in.

`budget`: expert -> indicator -> points of 100. `ahp`: `headings` or a heading's code -> matrix of pairwise comparisons
(rows), in the order of the headings or of the heading's indicators; `ratios` -> the consistency ratio of each.
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the needs matrix; `code` is the name of its question."""

    code: str
    function: str
    resource: str


@dataclass(frozen=True, slots=True)
class NeedsMethod:
    """The rules of the needs matrix; no cells where no instrument asks them.

    A cell is a need below `need_below`; critical at a mean of at most `critical_mean` or a share inadequate of at
    least `critical_share`. `bands` are the upper limits (inclusive) of the bands that carry the labels of the scale.
    """

    functions: tuple[Named, ...] = ()
    resources: tuple[Named, ...] = ()
    cells: tuple[Cell, ...] = ()
    likert: tuple[Named, ...] = ()
    need_below: float = 3.0
    critical_mean: float = 2.6
    critical_share: float = 0.5
    bands: tuple[float, ...] = (1.8, 2.6, 3.4, 4.2)
