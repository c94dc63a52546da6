"""What the interview page asks of an interview: screens, progress, what is open, where is which question.

All functions are pure and answer in the interview's language (`interview.language`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kume_desktop import turkish
from kume_desktop.instruments.model import Kind
from kume_desktop.interview.form import Block, Item, RowBlocks, Rule, Section
from kume_desktop.interview.labels import bare, rich
from kume_desktop.interview.offer import offered
from kume_desktop.interview.page_model import (
    ChoiceView,
    Found,
    LikertHead,
    OpenKind,
    OpenProblem,
    RepeatView,
    Row,
    RowProblem,
    Screen,
    SectionRef,
    SectionView,
)
from kume_desktop.interview.page_rows import Sheet
from kume_desktop.interview.reasons import is_folded, number_of, reason_of, row_of
from kume_desktop.interview.state import Interview
from kume_desktop.interview.tree import Spot, repeat_path
from kume_desktop.interview.view import takes_rows

__all__ = [
    "ChoiceView", "Found", "LikertHead", "OpenKind", "OpenProblem", "RepeatView", "Row", "RowProblem", "Screen",
    "SectionRef", "SectionView", "choices", "find", "first_open", "open_problems", "progress", "row", "screen_of",
    "screens", "sections",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a screen is: its block at a base spot, what is relevant of it, and the repeat row it stands in.

    Without a block it is a repeat that has no row yet.
    """

    path: str
    base: Spot
    block: Block | None = None
    shown: tuple[Spot, ...] = ()
    repeat: Item | None = None
    position: int = 0
    count: int = 0


def _places(interview: Interview, section: Section) -> Iterator[_Place]:
    """The screens of a section that have something to show."""
    return _within(interview, section.blocks, _Place(section.path, interview.tree.root))


def _within(interview: Interview, blocks: Sequence[Block | RowBlocks], around: _Place) -> Iterator[_Place]:
    for block in blocks:
        if isinstance(block, RowBlocks):
            yield from _in_rows(interview, block, around.base)
            continue
        spots = [interview.tree.under(around.base, item)[0] for item in block.items]
        shown = tuple(spot for spot in spots if spot.path not in interview.hidden and not is_folded(interview, spot))
        if shown:
            yield replace(around, path=spots[0].path, block=block, shown=shown)


def _in_rows(interview: Interview, blocks: RowBlocks, base: Spot) -> Iterator[_Place]:
    repeat, parent = blocks.repeat, base
    if repeat.parent is not None and repeat.parent is not base.item:
        parent = interview.tree.under(base, repeat.parent)[0]
    key = f"{parent.path}/{repeat.name}"
    rows = [spot for spot in interview.tree.rows.get(key, ()) if spot.path not in interview.hidden]
    for position, row_spot in enumerate(rows, start=1):
        around = _Place(key, row_spot, repeat=repeat, position=position, count=len(rows))
        yield from _within(interview, blocks.blocks, around)
    if not rows and takes_rows(interview, repeat, parent):
        yield _Place(key, parent, repeat=repeat)


def screens(interview: Interview) -> tuple[Screen, ...]:
    """The relevant screens in order; each has between one and ten rows (none for an empty repeat).

    Which questions share a screen is fixed by the form: a screen gets shorter by what is irrelevant, but questions do
    not wander from screen to screen while one answers.
    """
    sheet = Sheet(interview)
    return tuple(
        _screen(sheet, _ref(sheet, section), place)
        for section in interview.form.outline.sections
        for place in _places(interview, section)
    )


def screen_of(interview: Interview, path: str) -> Screen | None:
    """The screen that shows the question at `path`; None if it is irrelevant or unknown."""
    spot = interview.tree.spots.get(row_of(interview, path))
    at = interview.form.outline.sections_of.get(spot.item.path) if spot is not None else None
    if at is None:
        return None
    section, sheet = interview.form.outline.sections[at], Sheet(interview)
    found = next((place for place in _places(interview, section) if spot in place.shown), None)
    return _screen(sheet, _ref(sheet, section), found) if found is not None else None


def _ref(sheet: Sheet, section: Section) -> SectionRef:
    title = ""
    if section.item is not None:
        # A repeat may have no row at present; its title is then worked out at the root.
        spots = sheet.interview.tree.all(section.item) or (sheet.interview.tree.root,)
        title = bare(sheet.text(spots[0], section.item.node.label))
    titles = sheet.interview.form.instrument.title
    title = title or titles.get(sheet.interview.language) or titles.get(sheet.default, "")
    return SectionRef(section.path, section.number, title)


def _screen(sheet: Sheet, ref: SectionRef, place: _Place) -> Screen:
    block, shown = place.block, place.shown
    if block is None:
        return Screen(ref, place.path, "", "", "", None, (), _repeat(sheet, place))
    is_stem = bool(block.battery) and shown[0].item.node.kind is Kind.NOTE and len(shown) > 1
    stem = sheet.text(shown[0], shown[0].item.node.label) if is_stem else ""
    rows = tuple(sheet.row(spot, block.battery) for spot in shown[is_stem:])
    head = sheet.likert(rows) if block.battery else None
    title = _title(sheet, block, place.base, ref)
    return Screen(ref, place.path, title, bare(stem), rich(stem), head, rows, _repeat(sheet, place))


def _repeat(sheet: Sheet, place: _Place) -> RepeatView | None:
    if place.repeat is None:
        return None
    row_path = place.base.path if place.count else ""
    key = repeat_path(row_path) if row_path else place.path
    title = bare(sheet.text(place.base, place.repeat.node.label))
    can_change = place.repeat.is_open
    return RepeatView(key, row_path, place.position, place.count, title, can_change)


def _title(sheet: Sheet, block: Block, base: Spot, ref: SectionRef) -> str:
    if block.group is None or block.group.is_repeat:
        return ""
    label = bare(sheet.text(sheet.interview.tree.under(base, block.group)[0], block.group.node.label))
    return "" if label == ref.title else label


def row(interview: Interview, path: str) -> Row:
    """One row; KeyError for an unknown path."""
    return Sheet(interview).row(interview.tree.spots[path], "")


def choices(interview: Interview, path: str, typed: str = "", limit: int = 200) -> tuple[ChoiceView, ...]:
    """The choices of a select at present (filtered, in shown order); with `typed`, those whose name or label holds it.

    The search is Turkish-folded; labels that begin with the text come first. A code is found with or without its dots
    and blanks: "2030" finds 20.30.
    """
    sheet, spot = Sheet(interview), interview.tree.spots[path]
    found = offered(sheet.ground, spot)
    if found is None:
        return ()
    ground = sheet.at(spot)
    views = found.holding(ground, typed, limit) if typed.strip() else found.first(ground, limit)
    return sheet.with_media(spot.item.node, views)


def _questions(interview: Interview, items: Sequence[Item]) -> Iterator[Spot]:
    """The relevant spots of questions (no notes, nothing that is worked out), in order; a pair is its number."""
    reasons = interview.form.outline.reasons
    for item in items:
        if item.node.kind is not Kind.NOTE and not item.node.calculation:
            for spot in interview.tree.all(item):
                if spot.path not in interview.hidden and not (item.path in reasons and is_folded(interview, spot)):
                    yield spot


def _is_answered(interview: Interview, spot: Spot) -> bool:
    """Whether a question has an answer, or the reason why it has none."""
    if interview.values.get(spot.path):
        return True
    beside = reason_of(interview, spot.path)
    return bool(beside and interview.value(beside))


def _gap(interview: Interview, spot: Spot) -> str:
    """The path of what is required and blank in the row of a question, '' where nothing is."""
    if _is_answered(interview, spot):
        return ""
    beside = reason_of(interview, spot.path)
    return next((path for path in (spot.path, beside) if path in interview.required_now), "")


def _counts(interview: Interview, items: Sequence[Item]) -> tuple[int, int]:
    answered = asked = 0
    for spot in _questions(interview, items):
        if _is_answered(interview, spot):
            answered, asked = answered + 1, asked + 1
        elif _gap(interview, spot):
            asked += 1
    return answered, asked


def sections(interview: Interview) -> tuple[SectionView, ...]:
    """All sections that can ask something, also irrelevant ones, in order."""
    sheet = Sheet(interview)
    return tuple(_section(sheet, section) for section in interview.form.outline.sections)


def _section(sheet: Sheet, section: Section) -> SectionView:
    interview = sheet.interview
    ref = _ref(sheet, section)
    answered, asked = _counts(interview, section.questions)
    paths = [spot.path for spot in _questions(interview, section.questions)]
    warned = sum(1 for path in paths if path in interview.warned and not interview.overrides.get(path))
    broken = sum(1 for path in paths if path in interview.failing or path in interview.unlisted)
    screens_of = tuple(place.path for place in _places(interview, section))
    spots = (spot for question in section.questions for spot in interview.tree.all(question))
    relevant = bool(screens_of) or any(spot.path not in interview.hidden for spot in spots)
    because = () if relevant or section.item is None else _reasons(interview, section.item)
    return SectionView(
        section.path, section.number, ref.title, answered, asked, warned, broken, screens_of, relevant, because
    )


def _reasons(interview: Interview, item: Item) -> tuple[str, ...]:
    rule = item.rules.get(Rule.RELEVANT)
    paths = rule.references.paths if rule is not None else frozenset()
    numbers = interview.form.outline.numbers
    return tuple(dict.fromkeys(number for path, number in numbers.items() if path in paths))


def progress(interview: Interview) -> tuple[int, int]:
    """(answered, asked): required questions, and optional ones that have an answer.

    Every answer asks for it: it goes over the paths themselves, not over the questions of each section.
    """
    values, hidden, required = interview.values, interview.hidden, interview.required_now
    answered = asked = 0
    for path, number, beside in _countable(interview):
        if path in hidden or (number and number not in hidden):
            continue
        if values.get(path) or (beside and values.get(beside) and beside not in hidden):
            answered += 1
        elif path in required or beside in required:
            asked += 1
    return answered, answered + asked


def _countable(interview: Interview) -> tuple[tuple[str, str, str], ...]:
    """Path, number that it is the reason of, and reason beside it ('' where there is none), of every question."""
    tree, reasons = interview.tree, interview.form.outline.reasons
    found: tuple[tuple[str, str, str], ...] | None = tree.kept.get(_countable)
    if found is None:
        items = [item for section in interview.form.outline.sections for item in section.questions]
        counted = [item for item in items if item.node.kind is not Kind.NOTE and not item.node.calculation]
        spots = [spot for item in counted for spot in tree.all(item)]
        numbers = [number_of(interview, spot.path) if spot.item.path in reasons else "" for spot in spots]
        found = tree.kept[_countable] = tuple(
            (spot.path, number if number in tree.spots else "", reason_of(interview, spot.path))
            for spot, number in zip(spots, numbers, strict=True)
        )
    return found


def open_problems(interview: Interview) -> tuple[OpenProblem, ...]:
    """Required gaps, broken constraints and warnings without a reason, in the order of the form."""
    sheet = Sheet(interview)
    concerned = interview.failing | interview.unlisted | interview.warned
    found: list[OpenProblem] = []
    for section in interview.form.outline.sections:
        for spot in _questions(interview, section.questions):
            gap, beside = _gap(interview, spot), reason_of(interview, spot.path)
            if gap:
                found.append(_open(sheet, section, spot, sheet.gap(interview.tree.spots[gap])))
            elif spot.path in concerned or beside in concerned:
                note = sheet.problem(spot) or (sheet.problem(interview.tree.spots[beside]) if beside else None)
                if note is not None and not note.overridden:
                    found.append(_open(sheet, section, spot, note))
    return tuple(found)


def _open(sheet: Sheet, section: Section, spot: Spot, note: RowProblem) -> OpenProblem:
    number = sheet.interview.form.outline.numbers.get(spot.item.path, "")
    title = bare(sheet.text(spot, spot.item.node.label))
    return OpenProblem(spot.path, section.number, number, title, note.kind, note.problem)


def first_open(interview: Interview) -> str:
    """The path of the first required question without an answer, else the first question, '' if there is none."""
    first = ""
    for section in interview.form.outline.sections:
        for spot in _questions(interview, section.questions):
            first = first or spot.path
            if _gap(interview, spot):
                return spot.path
    return first


def find(interview: Interview, text: str) -> tuple[Found, ...]:
    """Relevant questions whose number begins with `text` or whose text holds it (Turkish-folded)."""
    wanted = turkish.fold(text.strip())
    sheet = Sheet(interview)
    found = []
    for section in interview.form.outline.sections:
        for spot in _questions(interview, section.questions):
            number = interview.form.outline.numbers.get(spot.item.path, "")
            title = bare(sheet.text(spot, spot.item.node.label))
            if number.startswith(wanted) or wanted in turkish.fold(title):
                answered = _is_answered(interview, spot)
                found.append(Found(spot.path, section.number, number, title, answered))
    return tuple(found)
