"""How a form is laid out on pages: sections, screens of at most ten questions, and their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kume_desktop.instruments.model import Kind
from kume_desktop.interview.form import Block, Item, Outline, RowBlocks, Section

MAX_ROWS = 10
_IN_TABLE = frozenset({"likert", "list-nolabel"})
_BATTERY_CHOICES = range(2, 8)


def outline(root: Item) -> Outline:
    """Lay out the children of the root: each group or repeat is a section, loose questions between them form one."""
    sections: list[Section] = []
    for item, inside in _top_level(root):
        questions = tuple(q for each in inside for q in each.below() if q.node.is_asked)
        if questions:
            blocks = tuple(_blocks(inside))
            path = item.path if item is not None else questions[0].path
            sections.append(Section(path, len(sections) + 1, item, blocks, questions))
    numbers = {path: number for section in sections for path, number in _numbers(section)}
    places = {q.path: at for at, section in enumerate(sections) for q in section.questions}
    return Outline(tuple(sections), numbers, places)


def _top_level(root: Item) -> Iterator[tuple[Item | None, Sequence[Item]]]:
    """Each block alone with itself as content, runs of loose nodes together."""
    for is_block, run in groupby(root.children, key=lambda item: bool(item.children)):
        if is_block:
            yield from ((item, [item]) for item in run)
        else:
            yield None, list(run)


def _numbers(section: Section) -> Iterator[tuple[str, str]]:
    """Whole numbers; a follow-up right after its question, named after it (`x_neden` after `x`), gets a letter."""
    number, letter, base = 0, 0, ""
    for item in section.questions:
        if item.node.kind is Kind.NOTE:
            continue
        if base and item.name.startswith(f"{base}_"):
            letter += 1
        else:
            number, letter, base = number + 1, 0, item.name
        yield item.path, f"{section.number}.{number}{_letter(letter)}"


def _letter(place: int) -> str:
    return chr(ord("a") + place - 1) if 0 < place <= 26 else ""


def _blocks(items: Iterable[Item]) -> Iterator[Block | RowBlocks]:
    loose: list[Item] = []
    for item in _flat(items):
        if not item.children:
            loose.append(item)
            continue
        yield from _packed(loose)
        loose = []
        if item.is_repeat:
            inner = _flat_row(item)
            yield RowBlocks(item, tuple(inner))
        else:
            yield from _field_list(item)
    yield from _packed(loose)


def _flat_row(repeat: Item) -> Iterator[Block | RowBlocks]:
    if "field-list" in repeat.node.appearance:
        yield from _field_list(repeat)
    else:
        yield from _blocks(repeat.children)


def _flat(items: Iterable[Item]) -> Iterator[Item]:
    """Questions, field-lists and repeats in order; plain groups are opened."""
    for item in items:
        if item.is_repeat or (item.children and "field-list" in item.node.appearance):
            yield item
        elif item.children:
            yield from _flat(item.children)
        elif item.node.is_asked:
            yield item


def _field_list(group: Item) -> Iterator[Block]:
    questions = [item for item in group.below() if item.node.is_asked and not _in_inner_repeat(item, group)]
    battery = _battery(questions, "likert" in group.node.appearance)
    for part in _chunks(questions):
        yield Block(tuple(part), group, battery)


def _in_inner_repeat(item: Item, group: Item) -> bool:
    return len(item.repeats) > len(group.repeats) + group.is_repeat


def _battery(questions: Sequence[Item], wanted: bool) -> str:
    """The list that makes a battery of these questions: two or more select_one share it, as in a `table-list`."""
    lists = [q.node.choices for q in questions if q.node.kind is Kind.SELECT_ONE]
    if len(lists) < 2 or len(set(lists)) > 1:
        return ""
    likert = wanted or any(q.node.appearance & _IN_TABLE for q in questions)
    return lists[0] if likert else ""


def _packed(questions: list[Item]) -> Iterator[Block]:
    """Loose questions: runs with appearance likert and one list are batteries, the rest fills screens in order."""
    for key, run in groupby(questions, key=_run_key):
        items = list(run)
        battery = _battery(items, wanted=True) if key else ""
        for part in _chunks(items):
            yield Block(tuple(part), None, battery)


def _run_key(item: Item) -> str:
    is_likert = item.node.kind is Kind.SELECT_ONE and "likert" in item.node.appearance
    return item.node.choices if is_likert else ""


def _chunks(questions: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Parts of at most ten; a follow-up stays with its question where it fits."""
    part: list[Item] = []
    for family in _families(questions):
        if part and len(part) + len(family) > MAX_ROWS:
            yield part
            part = []
        part = [*part, *family]
        while len(part) > MAX_ROWS:
            yield part[:MAX_ROWS]
            part = part[MAX_ROWS:]
    if part:
        yield part


def _families(questions: Sequence[Item]) -> Iterator[list[Item]]:
    family: list[Item] = []
    for item in questions:
        if family and not item.name.startswith(f"{family[0].name}_"):
            yield family
            family = []
        family.append(item)
    if family:
        yield family
