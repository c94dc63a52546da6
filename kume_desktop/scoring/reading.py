"""The rows of the `indices` sheets read as the parts of a method; every row that does not hold is one Problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kume_desktop.instruments.model import IndexRow, Indicator
from kume_desktop.problems import Problem, Where, problem
from kume_desktop.scoring.parts import Cell, Heading, Idea, Named, NeedsMethod, Policy, Words

LEVELS = range(1, 6)
LEAVE_OUT, LOWEST = "leave_out", "lowest"
MISSING_RULES = (LEAVE_OUT, LOWEST)


@dataclass(slots=True)
class Rows:
    """The rows of one preset (and those of no preset), with the problems met while reading them."""

    rows: Sequence[IndexRow]
    preset: str
    problems: list[Problem] = field(default_factory=list)

    def of(self, kind: str) -> Iterator[IndexRow]:
        """The rows of `kind`, whatever their parent."""
        return (row for row in self.rows if row.kind == kind)

    def ours(self, kind: str) -> list[IndexRow]:
        """The rows of `kind` that belong to this preset or to all of them."""
        return [row for row in self.of(kind) if row.parent in ("", self.preset)]

    def number(self, row: IndexRow) -> float:
        """The value of `row` as a number; a fraction such as 2/3 may be written as one."""
        top, _, below = row.value.partition("/")
        try:
            return float(top) / float(below or 1)
        except (ValueError, ZeroDivisionError):
            self.problems.append(problem("scoring.value-not-a-number", _where(row), value=row.value, kind=row.kind))
            return 0.0

    def values(self, kind: str, needed: Iterable[str] = ()) -> dict[str, float]:
        """Key -> number of the rows of `kind`; a `needed` key that is missing is a problem."""
        found = {row.key: self.number(row) for row in self.ours(kind)}
        for key in needed:
            if key not in found:
                self.problems.append(problem("scoring.row-missing", SHEET, kind=kind, key=key, preset=self.preset))
                found[key] = 0.0
        return found

    def named(self, kind: str) -> tuple[Named, ...]:
        """The rows of `kind` as codes with their texts."""
        return tuple(Named(row.code, words(row.text)) for row in self.of(kind))


SHEET = Where(sheet="indices")


def words(text: Mapping[str, str]) -> Words:
    """The texts of a row as words."""
    return Words(text.get("tr", ""), text.get("en", ""))


def _where(row: IndexRow) -> Where:
    return Where(sheet=row.place.sheet, row=row.place.row)


def collapse(book: Rows, highest: int) -> dict[int, int]:
    """The table level -> collapsed level; a preset on the scale 1-5 needs none (each level stays)."""
    rows = book.ours("collapse")
    if not rows and highest == LEVELS[-1]:
        return {level: level for level in LEVELS}
    found = book.values("collapse", map(str, LEVELS))
    return {level: int(found[str(level)]) for level in LEVELS}


def headings(book: Rows, indicators: Sequence[Indicator]) -> tuple[Heading, ...]:
    """The headings in order, each with its indicators."""
    texts = {row.code: words(row.text) for row in book.of("heading")}
    members: dict[str, list[str]] = {code: [] for code in texts}
    for indicator in sorted(indicators, key=lambda i: i.number):
        texts.setdefault(indicator.heading, words(indicator.heading_text))
        members.setdefault(indicator.heading, []).append(indicator.code)
    return tuple(Heading(code, texts[code], tuple(codes)) for code, codes in members.items() if codes)


def weights(book: Rows, indicators: Sequence[Indicator]) -> dict[str, float]:
    """The weight of every indicator, above 0."""
    codes = [indicator.code for indicator in indicators]
    found = book.values("weight", codes)
    for row in book.ours("weight"):
        if row.key not in codes:
            book.problems.append(problem("scoring.indicator-unknown", _where(row), indicator=row.key))
        elif found[row.key] <= 0:
            book.problems.append(problem("scoring.weight-not-positive", _where(row), indicator=row.key))
    return {code: found[code] for code in codes}


def heading_weights(book: Rows, headings: Sequence[Heading]) -> dict[str, float]:
    """The weights of the headings, all or none; none: headings are not averaged."""
    codes = [heading.code for heading in headings]
    if not book.ours("heading_weight"):
        return {}
    found = book.values("heading_weight", codes)
    for row in book.ours("heading_weight"):
        if row.key not in codes or found[row.key] <= 0:
            book.problems.append(problem("scoring.heading-weight", _where(row), heading=row.key))
    return {code: found[code] for code in codes}


def missing_rule(book: Rows) -> str:
    """What happens to an indicator that nobody scored; left out unless a row says otherwise."""
    rule = LEAVE_OUT
    for row in book.ours("missing_rule"):
        rule = row.key
        if rule not in MISSING_RULES:
            book.problems.append(problem("scoring.missing-rule", _where(row), rule=rule))
    return rule


def ideas(book: Rows) -> tuple[Idea, ...]:
    """The policy ideas for weak indicators and cells, in their order."""
    return tuple(Idea(row.code, words(row.text), str(row.origin)) for row in book.of("idea"))


def cuts(book: Rows) -> tuple[float, ...]:
    """The cuts as fractions of the attainable range, falling."""
    found = book.values("cut", ("1", "2"))
    cuts = tuple(found[key] for key in sorted(found))
    if not book.problems and any(not 0 < low < high < 1 for high, low in pairwise(cuts)):
        book.problems.append(problem("scoring.cuts-not-falling", SHEET, preset=book.preset))
    return cuts


def policies(book: Rows) -> tuple[Policy, ...]:
    """The policy texts with category and place."""
    return tuple(
        Policy(row.parent, int(row.code) if row.code.isdigit() else place, words(row.text))
        for place, row in enumerate(book.of("policy"), start=1)
    )


def needs(book: Rows) -> NeedsMethod:
    """The rules of the needs matrix; empty where no form asks its cells."""
    cells = tuple(Cell(row.code, row.parent, row.key) for row in book.of("cell"))
    if not cells:
        return NeedsMethod()
    bands = [f"band_{place}" for place in range(1, 5)]
    rules = book.values("need", ("need_below", "critical_mean", "critical_share", *bands))
    functions, resources = book.named("function"), book.named("resource")
    known = {entry.code for entry in (*functions, *resources)}
    for row in book.of("cell"):
        for code in (row.parent, row.key):
            if code not in known:
                book.problems.append(problem("scoring.cell-unknown-part", _where(row), cell=row.code, part=code))
    return NeedsMethod(
        functions=functions,
        resources=resources,
        cells=cells,
        likert=book.named("likert"),
        need_below=rules["need_below"],
        critical_mean=rules["critical_mean"],
        critical_share=rules["critical_share"],
        bands=tuple(rules[key] for key in bands),
    )


def level_source(book: Rows) -> tuple[str, ...]:
    """`rating` before `suggestion` unless the rows give another order (`value` is the place)."""
    rows = sorted(book.ours("level_source"), key=lambda row: row.value)
    found = tuple(row.key or row.code for row in rows)
    return tuple(code for entry in found for code in entry.split()) or ("rating", "suggestion")


def origins(book: Rows) -> dict[str, str]:
    """Kind (with its code where rows of one kind differ in origin) -> S, I or Own."""
    found: dict[str, str] = {}
    for row in book.rows:
        found.setdefault(row.kind, str(row.origin))
        if row.kind == "policy":
            found[f"policy:{row.parent}"] = str(row.origin)
    return found
