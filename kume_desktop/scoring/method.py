"""The method as data: what a result was computed with, seeded by the `indices` sheets and stored with every result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from kume_desktop.problems import Refused, problem
from kume_desktop.scoring import reading
from kume_desktop.scoring.parts import Cell, Heading, Named, NeedsMethod, Policy, Words
from kume_desktop.scoring.reading import SHEET, Rows, words

if TYPE_CHECKING:
    from kume_desktop.instruments.model import IndexRow, Indicator

__all__ = (
    "DEFAULT_PRESET", "FIRM_ROUTE", "PANEL_ROUTE", "Cell", "Heading", "Method", "Named", "NeedsMethod", "Policy",
    "Words",
)  # fmt: skip

DEFAULT_PRESET = "izka2010"
FIRM_ROUTE = "firma"
PANEL_ROUTE = "panel"


@dataclass(frozen=True, slots=True)
class Method:
    """One version of the method of a wave.

    `collapse` maps a level 1-5 of a firm to the scale `scale_min`..`scale_max`. `cuts` are fractions of the attainable
    range, highest first. `min_scored`: fewer scored indicators are flagged. `decimals`: see `scoring.rounding`.
    `level_source`: which level counts first, `rating` or `suggestion`. `origins`: whose rule it is (S, I, Own), by the
    kind of rule (`cut`, `collapse`, `policy`, ...). `evidence`: what a rating can rest on (codes of `kanit`).
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
        method = Method(
            preset=preset,
            name=name or Words(preset),
            version=version,
            scale_min=int(scale.get("min", 1)),
            scale_max=highest,
            collapse=reading.collapse(book, highest) if indicators else {},
            decimals=int(book.values("rounding").get("half_up_decimals", 9)),
            headings=reading.headings(book, indicators),
            indicators=tuple(Named(i.code, words(i.text)) for i in sorted(indicators, key=lambda i: i.number)),
            weights=reading.weights(book, indicators),
            cuts=reading.cuts(book) if indicators else (),
            min_scored=int(missing.get("min_scored", 0)),
            categories=book.named("category"),
            policy_texts=reading.policies(book),
            needs=reading.needs(book),
            level_source=reading.level_source(book),
            origins=reading.origins(book),
            evidence=book.named("evidence"),
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

    @property
    def hash(self) -> str:
        """SHA-256 over the canonical JSON without the version: equal methods have equal hashes."""
        return hashlib.sha256(replace(self, version="").to_json().encode()).hexdigest()

    def to_json(self) -> str:
        """The method as JSON with sorted keys; `from_json` gives it back unchanged."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

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
        return Method(**data)


def _named(entries: Sequence[Mapping[str, Any]]) -> tuple[Named, ...]:
    return tuple(Named(entry["code"], Words(**entry["text"])) for entry in entries)


def _needs(data: dict[str, Any]) -> NeedsMethod:
    lists = {key: _named(data[key]) for key in ("functions", "resources", "likert")}
    cells = tuple(Cell(**cell) for cell in data["cells"])
    return NeedsMethod(**{**data, **lists, "cells": cells, "bands": tuple(data["bands"])})
