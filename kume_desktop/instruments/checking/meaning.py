"""Expressions that are legal but probably not meant: unknown codes, choices in order of size, questions to come."""

from __future__ import annotations

from collections.abc import Iterator

from kume_desktop.instruments.checking.cells import Cell, is_reference, reference
from kume_desktop.instruments.checking.outline import Outline, Question
from kume_desktop.instruments.checking.portability import advice, spots
from kume_desktop.instruments.structure import RESERVES, near
from kume_desktop.problems import Problem
from kume_desktop.xpath.expression import Axis, Call, Chain, Expression, Number, Path, Start, Text, parts, walk
from kume_desktop.xpath.values import number_text

_ORDER = frozenset({"<", "<=", ">", ">="})
_OTHER, _SEVERAL = "other", "select_multiple"


def meaning_problems(cell: Cell, outline: Outline) -> Iterator[Problem]:
    """What a cell probably does not mean, each a warning."""
    if cell.compiled is None:
        return
    for spot in spots(cell.compiled.tree):
        node = spot.node
        if isinstance(node, Chain) and node.rest[0][0] in _ORDER:
            yield from _ordered(node, cell, outline)
        elif isinstance(node, Chain) and node.rest[0][0] in {"=", "!="}:
            yield from _compared(node, cell, outline)
        elif isinstance(node, Call) and node.name == "selected" and len(node.arguments) == 2:
            yield from _code(node.arguments[0], node.arguments[1], cell, outline)
    if cell.column == "relevant":
        yield from _later(cell, outline)


def _select(node: Expression, cell: Cell, outline: Outline) -> Question | None:
    """The select that an expression names: by `${name}`, or by `.` in its own cell."""
    if is_reference(node):
        found = outline.by_name.get(reference(node))
    else:
        found = cell.owner if _is_self(node) and cell.column in {"constraint", "warn"} else None
    return found if found is not None and found.is_select else None


def _is_self(node: Expression) -> bool:
    return (
        isinstance(node, Path)
        and node.start is Start.HERE
        and [(step.axis, step.test, step.predicates) for step in node.steps] == [(Axis.SELF, "node()", ())]
    )


def _ordered(node: Chain, cell: Cell, outline: Outline) -> Iterator[Problem]:
    for operand in parts(node):
        question = _select(operand, cell, outline)
        if question is not None and not _is_scale(question, outline):
            yield advice("form.ordered-select", cell, getattr(operand, "at", 1), name=question.name)


def _is_scale(question: Question, outline: Outline) -> bool:
    """Whether the list holds numbers and marked reserve answers only: then its order is meant."""
    sheet = outline.book.sheet("choices")
    rows = outline.lists.get(question.listed, ())
    numbers = [row for row in rows if sheet.cell(row, "name").lstrip("-").isdigit()]
    marked = [row for row in rows if sheet.cell(row, "missing") in RESERVES]
    return bool(marked) and len(numbers) + len(marked) == len(rows) and not any(row in marked for row in numbers)


def _compared(node: Chain, cell: Cell, outline: Outline) -> Iterator[Problem]:
    if len(node.rest) != 1:
        return
    left, right = node.first, node.rest[0][1]
    yield from _one_of_several(left, right, cell, outline)
    yield from _one_of_several(right, left, cell, outline)
    yield from _code(left, right, cell, outline)
    yield from _code(right, left, cell, outline)


def _one_of_several(asked: Expression, code: Expression, cell: Cell, outline: Outline) -> Iterator[Problem]:
    """A question with several answers, compared with one: met only if it is the only one."""
    question = _select(asked, cell, outline)
    if (
        question is not None
        and question.kind == _SEVERAL
        and isinstance(code, Text)
        and code.value in outline.codes(question)
    ):
        yield advice("form.several-as-one", cell, code.at, name=question.name, code=code.value)


def _code(asked: Expression, code: Expression, cell: Cell, outline: Outline) -> Iterator[Problem]:
    """A code that the question's list does not have."""
    question = _select(asked, cell, outline)
    if question is None or not isinstance(code, Text | Number):
        return
    known = outline.codes(question)
    if "or_other" in outline.cell(question, "type") or "specify other" in outline.cell(question, "type"):
        known |= {_OTHER}
    if known:
        known |= set(RESERVES)
    written = code.value if isinstance(code, Text) else number_text(code.value)
    if known and written and written not in known and not _same_number(written, known):
        guess = near(written, known)
        params = {"code": written, "name": question.name, "list": question.listed, "near": guess}
        yield advice("form.code-unknown-near" if guess else "form.code-unknown", cell, code.at, **params)


def _same_number(written: str, known: frozenset[str]) -> bool:
    """Whether a code differs from one of the list only in how the number is written."""
    try:
        number = float(written)
    except ValueError:
        return False
    return any(each.replace(".", "", 1).isdigit() and float(each) == number for each in known)


def _later(cell: Cell, outline: Outline) -> Iterator[Problem]:
    """A condition on a question that is asked afterwards: what it governs would appear behind the interviewer."""
    owner, tree = cell.owner, cell.compiled.tree if cell.compiled else None
    if owner is None or tree is None:
        return
    for node in walk(tree):
        question = outline.by_name.get(reference(node))
        if question is None or not question.is_asked or question.place <= owner.place:
            continue
        together = owner.screen and owner.screen == question.screen
        inside = question.path.startswith(f"{owner.path}/")
        if not together and not inside:
            row = question.row.number
            yield advice("form.condition-later", cell, getattr(node, "at", 1), name=question.name, other=row)
