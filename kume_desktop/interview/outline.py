"""How a form is laid out on pages: sections, screens of at most ten questions, and their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kume_desktop.instruments.model import Kind
from kume_desktop.interview.form import Block, Item, Outline, RowBlocks, Section

MAX_ROWS = 10
_IN_TABLE = frozenset({"likert", "list-nolabel"})
_BATTERY_CHOICES = range(2, 8)


def outline(root: Item, pairs: Mapping[str, str]) -> Outline:
    """Lay out the children of the root: each group or repeat is a section, loose questions between them form one.

    `pairs` are the numbers with a reason beside them (number -> reason, generic paths): each pair is one row.
    """
    sections: list[Section] = []
    reasons = {reason: number for number, reason in pairs.items()}
    for item, inside in _top_level(root):
        questions = tuple(q for each in inside for q in each.below() if q.node.is_asked)
        if questions:
            blocks = tuple(_Packing(reasons).blocks(inside))
            path = item.path if item is not None else questions[0].path
            sections.append(Section(path, len(sections) + 1, item, blocks, questions))
    numbers = {path: number for section in sections for path, number in _numbers(section, reasons)}
    places = {q.path: at for at, section in enumerate(sections) for q in section.questions}
    return Outline(tuple(sections), numbers, places, reasons)


def _top_level(root: Item) -> Iterator[tuple[Item | None, Sequence[Item]]]:
    """Each block alone with itself as content, runs of loose nodes together."""
    for is_block, run in groupby(root.children, key=lambda item: bool(item.children)):
        if is_block:
            yield from ((item, [item]) for item in run)
        else:
            yield None, list(run)


def _numbers(section: Section, reasons: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Whole numbers; a follow-up right after its question, named after it (`x_diger` after `x`), gets a letter.

    The reason why a number is blank has the number's own.
    """
    number, letter, base = 0, 0, ""
    given: dict[str, str] = {}
    for item in section.questions:
        if item.node.kind is Kind.NOTE:
            continue
        beside = given.get(reasons.get(item.path, ""))
        if beside:
            yield item.path, beside
            continue
        if base and item.name.startswith(f"{base}_"):
            letter += 1
        else:
            number, letter, base = number + 1, 0, item.name
        given[item.path] = f"{section.number}.{number}{_letter(letter)}"
        yield item.path, given[item.path]


def _letter(place: int) -> str:
    return chr(ord("a") + place - 1) if 0 < place <= 26 else ""


@dataclass(frozen=True, slots=True)
class _Packing:
    """Puts questions on screens of at most ten rows; a number and its reason take one row."""

    reasons: Mapping[str, str]

    def blocks(self, items: Iterable[Item]) -> Iterator[Block | RowBlocks]:
        """The screens of a section, or of the rows of a repeat."""
        loose: list[Item] = []
        for item in _flat(items):
            if not item.children:
                loose.append(item)
                continue
            yield from self._packed(loose)
            loose = []
            if item.is_repeat:
                yield RowBlocks(item, tuple(self._row(item)))
            else:
                yield from self._field_list(item)
        yield from self._packed(loose)

    def _row(self, repeat: Item) -> Iterator[Block | RowBlocks]:
        if "field-list" in repeat.node.appearance:
            yield from self._field_list(repeat)
        else:
            yield from self.blocks(repeat.children)

    def _field_list(self, group: Item) -> Iterator[Block]:
        questions = [item for item in group.below() if item.node.is_asked and not _in_inner_repeat(item, group)]
        battery = _battery(questions, "likert" in group.node.appearance)
        for part in self._chunks(questions):
            yield Block(tuple(part), group, battery)

    def _packed(self, questions: list[Item]) -> Iterator[Block]:
        """Loose questions: runs with appearance likert and one list are batteries, the rest fills screens in order."""
        for key, run in groupby(questions, key=_run_key):
            items = list(run)
            battery = _battery(items, wanted=True) if key else ""
            for part in self._chunks(items):
                yield Block(tuple(part), None, battery)

    def _chunks(self, questions: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """Parts of at most ten rows; a follow-up stays with its question where it fits."""
        part: list[Item] = []
        for family in _families(questions):
            if part and self._rows(part) + self._rows(family) > MAX_ROWS:
                yield part
                part = []
            part = [*part, *family]
            while self._rows(part) > MAX_ROWS:
                fits = next(at for at in range(len(part) - 1, 0, -1) if self._rows(part[:at]) <= MAX_ROWS)
                yield part[:fits]
                part = part[fits:]
        if part:
            yield part

    def _rows(self, questions: Sequence[Item]) -> int:
        return sum(item.path not in self.reasons for item in questions)


def _flat(items: Iterable[Item]) -> Iterator[Item]:
    """Questions, field-lists and repeats in order; plain groups are opened."""
    for item in items:
        if item.is_repeat or (item.children and "field-list" in item.node.appearance):
            yield item
        elif item.children:
            yield from _flat(item.children)
        elif item.node.is_asked:
            yield item


def _in_inner_repeat(item: Item, group: Item) -> bool:
    return len(item.repeats) > len(group.repeats) + group.is_repeat


def _battery(questions: Sequence[Item], wanted: bool) -> str:
    """The list that makes a battery of these questions: two or more select_one share it, as in a `table-list`."""
    lists = [q.node.choices for q in questions if q.node.kind is Kind.SELECT_ONE]
    if len(lists) < 2 or len(set(lists)) > 1:
        return ""
    likert = wanted or any(q.node.appearance & _IN_TABLE for q in questions)
    return lists[0] if likert else ""


def _run_key(item: Item) -> str:
    is_likert = item.node.kind is Kind.SELECT_ONE and "likert" in item.node.appearance
    return item.node.choices if is_likert else ""


def _families(questions: Sequence[Item]) -> Iterator[list[Item]]:
    family: list[Item] = []
    for item in questions:
        if family and not item.name.startswith(f"{family[0].name}_"):
            yield family
            family = []
        family.append(item)
    if family:
        yield family
