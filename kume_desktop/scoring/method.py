"""The method as data: what a result was computed with, seeded by the `indices` sheets and stored with every result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.scoring import method_rules, reading
from kume_desktop.scoring.parts import Basis, Cell, Change, Heading, Idea, Named, NeedsMethod, Policy, Words
from kume_desktop.scoring.reading import LEAVE_OUT, LOWEST, SHEET, Rows, words

if TYPE_CHECKING:
    from kume_desktop.instruments.model import IndexRow, Indicator

__all__ = (
    "ARITHMETIC", "DEFAULT_PRESET", "FIRM_ROUTE", "GEOMETRIC", "LEAVE_OUT", "LOWEST", "PANEL_ROUTE", "Cell", "Change",
    "Heading", "Idea", "Method", "Named", "NeedsMethod", "Policy", "Words",
)  # fmt: skip

DEFAULT_PRESET = "izka2010"
FIRM_ROUTE = "firma"
PANEL_ROUTE = "panel"
ARITHMETIC, GEOMETRIC = "arithmetic", "geometric"


@dataclass(frozen=True, slots=True)
class Method:
    """One version of the method of a wave: a tree of headings and indicators, and the rules around it.

    `collapse` maps a level 1-5 of a firm to the scale `scale_min`..`scale_max`. `cuts` are fractions of the attainable
    range, highest first. `min_scored`: fewer scored indicators are flagged. `decimals`: see `scoring.rounding`.
    `level_source`: which level counts first, `rating` or `suggestion`. `origins`: whose rule it is (S, I, Own), by the
    kind of rule (`cut`, `collapse`, `policy`, ...). `evidence`: what a rating can rest on (codes of `kanit`).

    `aggregation`: always arithmetic; the geometric mean is a what-if (`index.geometric`). `missing_rule`: an indicator
    that nobody scored in an area is left out of numerator and denominator (`leave_out`) or counts as the lowest level
    (`lowest`). `weight_source` (`equal`, `entered`, `budget`, `ahp`) and `weight_basis` say where weights come from.
    `heading_weights`: empty where headings are not averaged; else the index is their weighted mean. `ideas`: policy
    ideas for weak indicators and cells. `published`: read-only, a draft has it off; it is no rule, so the hash leaves
    it out.
    """

    preset: str
    name: Words
    version: str
    scale_min: int
    scale_max: int
    collapse: Mapping[int, int]
    decimals: int
    headings: tuple[Heading, ...]
    indicators: tuple[Named, ...]
    weights: Mapping[str, float]
    cuts: tuple[float, ...]
    min_scored: int
    categories: tuple[Named, ...]
    policy_texts: tuple[Policy, ...]
    needs: NeedsMethod
    level_source: tuple[str, ...]
    origins: Mapping[str, str]
    evidence: tuple[Named, ...] = ()
    aggregation: str = ARITHMETIC
    missing_rule: str = LEAVE_OUT
    weight_source: str = "equal"
    weight_basis: Basis = field(default_factory=dict)
    heading_weights: Mapping[str, float] = field(default_factory=dict)
    ideas: tuple[Idea, ...] = ()
    published: bool = True

    @staticmethod
    def from_rows(
        rows: Sequence[IndexRow], indicators: Sequence[Indicator], preset: str = DEFAULT_PRESET, version: str = "1"
    ) -> Method:
        """Read the rows of the `indices` sheets of all instruments of a study; Refused with all that is wrong."""
        book = Rows(rows, preset)
        name = next((words(row.text) for row in book.of("preset") if row.code == preset), None)
        if name is None and indicators:
            raise Refused(problem("scoring.preset-unknown", SHEET, preset=preset))
        scale = book.values("scale", ("min", "max") if indicators else ())
        highest = int(scale.get("max", 1))
        missing = book.values("missing", ("min_scored",) if indicators else ())
        headings = reading.headings(book, indicators)
        weights = reading.weights(book, indicators)
        method = Method(
            preset=preset,
            name=name or Words(preset),
            version=version,
            scale_min=int(scale.get("min", 1)),
            scale_max=highest,
            collapse=reading.collapse(book, highest) if indicators else {},
            decimals=int(book.values("rounding").get("half_up_decimals", 9)),
            headings=headings,
            indicators=tuple(Named(i.code, words(i.text)) for i in sorted(indicators, key=lambda i: i.number)),
            weights=weights,
            cuts=reading.cuts(book) if indicators else (),
            min_scored=int(missing.get("min_scored", 0)),
            categories=book.named("category"),
            policy_texts=reading.policies(book),
            needs=reading.needs(book),
            level_source=reading.level_source(book),
            origins=reading.origins(book),
            evidence=book.named("evidence"),
            missing_rule=reading.missing_rule(book),
            weight_source=_usual_source(weights),
            heading_weights=reading.heading_weights(book, headings),
            ideas=reading.ideas(book),
        )
        if book.problems:
            raise Refused(*book.problems)
        return method

    @staticmethod
    def presets(rows: Sequence[IndexRow]) -> tuple[Named, ...]:
        """The presets that the rows offer, in their order."""
        found = (row for row in rows if row.kind == "preset")
        return tuple(Named(row.code, Words(row.text.get("tr", ""), row.text.get("en", ""))) for row in found)

    @property
    def lowest(self) -> float:
        """The lowest attainable index.

        >>> round(100 * 1 / 3, 1)
        33.3
        """
        return 100 * self.scale_min / self.scale_max

    @property
    def cut_points(self) -> tuple[float, ...]:
        """The cuts on the scale of the index: `lowest + cut x (100 - lowest)`; 77.8 and 55.6 on the 3-level scale."""
        return tuple(self.lowest + cut * (100 - self.lowest) for cut in self.cuts)

    @property
    def indicator_codes(self) -> tuple[str, ...]:
        """The codes of the indicators in order."""
        return tuple(indicator.code for indicator in self.indicators)

    @property
    def effective_weights(self) -> Mapping[str, float]:
        """The share of every indicator in the index (sum 1) where all are scored: what the weights come to."""
        return self.shares(self.indicator_codes)

    def shares(self, scored: Collection[str]) -> dict[str, float]:
        """The share of every indicator in the index (sum 1) where only `scored` have a level; {} where none has.

        Flat tree: `w_k / sum(w)` over the scored. With heading weights: `W_h / sum(W) x w_k / sum(w in h)` over the
        scored indicators of the headings that have one.
        """
        own = {code: self.weights[code] for code in self.indicator_codes if code in scored}
        groups = [[c for c in h.indicators if c in own] for h in self.headings] if self.heading_weights else [list(own)]
        totals = [sum(own[code] for code in group) for group in groups]
        outer = [self.heading_weights[h.code] for h in self.headings] if self.heading_weights else [1.0]
        reached = sum(weight for weight, group in zip(outer, groups, strict=True) if group)
        return {
            code: outer[place] / reached * own[code] / totals[place]
            for place, group in enumerate(groups)
            for code in group
        }

    def heading_of(self, indicator: str) -> Heading:
        """The heading that holds `indicator`."""
        return next(heading for heading in self.headings if indicator in heading.indicators)

    def category_text(self, number: int) -> Words:
        """The word of a category: olgun, gelişmekte olan, potansiyel."""
        return next(c.text for c in self.categories if c.code == str(number))

    def policies(self, category: int) -> tuple[Words, ...]:
        """The policy texts of a category in order, those that hold for every category last."""
        own = [p for p in self.policy_texts if p.category == str(category)]
        common = [p for p in self.policy_texts if p.category == "all"]
        return tuple(p.text for group in (own, common) for p in sorted(group, key=lambda p: p.order))

    def ideas_for(self, what: str) -> tuple[Idea, ...]:
        """The policy ideas for an indicator or a need cell, in order."""
        return tuple(idea for idea in self.ideas if idea.what == what)

    def with_changes(self, **changes: Any) -> Method:
        """A draft of this method with some of its fields replaced; `problems` says whether it holds."""
        return replace(self, **{"published": False, **changes})

    def problems(self) -> tuple[Problem, ...]:
        """What keeps the method from being used, all at once; warnings among them do not."""
        return tuple(method_rules.problems_of(self))

    def describe_changes(self, other: Method) -> tuple[Change, ...]:
        """What differs in `other`, in a fixed order; empty where both compute the same and say the same."""
        return method_rules.changes_between(self, other)

    @property
    def hash(self) -> str:
        """SHA-256 over the canonical JSON without the version: equal methods have equal hashes."""
        return hashlib.sha256(replace(self, version="", published=True).to_json().encode()).hexdigest()

    def to_json(self) -> str:
        """The method as JSON with sorted keys; `from_json` gives it back unchanged.

        Fields that came later are left out while they hold their default, so that a method that does not use them has
        the JSON and the hash it had before.
        """
        data = asdict(self)
        for name in ("weights", "heading_weights"):
            data[name] = {code: float(weight) for code, weight in data[name].items()}
        for name, usual in {**_LATER, "weight_source": _usual_source(self.weights)}.items():
            if data[name] == usual:
                del data[name]
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @staticmethod
    def from_json(text: str) -> Method:
        """Read what `to_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        data["name"] = Words(**data["name"])
        data["collapse"] = {int(level): value for level, value in data["collapse"].items()}
        data["headings"] = tuple(
            Heading(h["code"], Words(**h["text"]), tuple(h["indicators"])) for h in data["headings"]
        )
        data["indicators"] = _named(data["indicators"])
        data["categories"] = _named(data["categories"])
        data["evidence"] = _named(data["evidence"])
        data["policy_texts"] = tuple(
            Policy(p["category"], p["order"], Words(**p["text"])) for p in data["policy_texts"]
        )
        data["needs"] = _needs(data["needs"])
        data["cuts"] = tuple(data["cuts"])
        data["level_source"] = tuple(data["level_source"])
        data.setdefault("weight_source", _usual_source(data["weights"]))
        data["ideas"] = tuple(Idea(i["what"], Words(**i["text"]), i["origin"]) for i in data.get("ideas", ()))
        return Method(**data)


_LATER: Mapping[str, object] = {
    "aggregation": ARITHMETIC,
    "missing_rule": LEAVE_OUT,
    "weight_basis": {},
    "heading_weights": {},
    "ideas": (),
    "published": True,
}


def _usual_source(weights: Mapping[str, float]) -> str:
    return "equal" if len(set(weights.values())) <= 1 else "entered"


def _named(entries: Sequence[Mapping[str, Any]]) -> tuple[Named, ...]:
    return tuple(Named(entry["code"], Words(**entry["text"])) for entry in entries)


def _needs(data: dict[str, Any]) -> NeedsMethod:
    lists = {key: _named(data[key]) for key in ("functions", "resources", "likert")}
    cells = tuple(Cell(**cell) for cell in data["cells"])
    return NeedsMethod(**{**data, **lists, "cells": cells, "bands": tuple(data["bands"])})
