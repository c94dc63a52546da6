"""Everything that is wrong with a workbook, at once, each with sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kume_desktop.instruments.checking.cells import Cell, expression_cells
from kume_desktop.instruments.checking.converted import converted_problems
from kume_desktop.instruments.checking.headers import header_problems
from kume_desktop.instruments.checking.ignored import ignored_problems
from kume_desktop.instruments.checking.lists import list_problems, relevance_circles, unused_lists
from kume_desktop.instruments.checking.meaning import meaning_problems
from kume_desktop.instruments.checking.outline import Outline
from kume_desktop.instruments.checking.patterns import pattern_problems
from kume_desktop.instruments.checking.portability import portability_problems
from kume_desktop.instruments.checking.questions import question_problems
from kume_desktop.instruments.checking.tables import Shelf, missing_files, table_problems
from kume_desktop.instruments.convert import convert_book, read_book
from kume_desktop.instruments.load import load
from kume_desktop.instruments.method_sheets import method_problems
from kume_desktop.instruments.reasons import reason_problems
from kume_desktop.instruments.sheets import Book
from kume_desktop.instruments.structure import structure_problems
from kume_desktop.instruments.tables import column_problems
from kume_desktop.interview.state import Tables
from kume_desktop.problems import Problem, Refused

_OF_HEADERS = frozenset({"form.column-near", "form.column-twice"})
_THEIRS, _NO_LABEL = "form.not-an-xlsform", "form.question-without-label"


def check(
    name: str, workbook: bytes, tables: Tables | None = None, attached: Mapping[str, bytes] | None = None
) -> tuple[Problem, ...]:
    """All problems of a form: errors first stop it from being installed, warnings are advice. Never raises Refused.

    With `tables` it also checks that the files the form reads are there, with the columns it reads.
    """
    try:
        book = read_book(name, workbook)
    except Refused as refused:
        return refused.problems
    found = list(structure_problems(book))
    is_sound = not any(each.is_error for each in found)
    if book.sheet("survey").header("type") and not any(each.code == "form.blocks-too-deep" for each in found):
        found.extend(_of_cells(book, tables, is_sound))
    if is_sound:
        found.extend(_of_form(book, workbook, attached or {}, tables or {}))
    return _sorted(found)


def _sorted(found: list[Problem]) -> tuple[Problem, ...]:
    found = _without_echoes(found)
    unique = {(each.code, tuple(sorted(each.params.items(), key=str)), each.where): each for each in found}
    return tuple(sorted(unique.values(), key=_order))


def _without_echoes(found: list[Problem]) -> list[Problem]:
    """Where pyxform refuses what advice was given on, the advice is the error: it says what to write instead."""
    theirs = [each for each in found if each.code == _THEIRS]
    ours = [each for each in found if each.code != _THEIRS]
    raised = [Problem(each.code, each.params, each.where) if _is_echoed(each, theirs) else each for each in ours]
    return [*raised, *(each for each in theirs if not any(_says_same(each, own) for own in ours))]


def _is_echoed(own: Problem, theirs: list[Problem]) -> bool:
    return any(_says_same(each, own) for each in theirs)


def _says_same(theirs: Problem, own: Problem) -> bool:
    """Whether pyxform speaks of the same cell, or without a cell of the same question and its label."""
    here, there = own.where, theirs.where
    if there.row == 1 == here.row and here.sheet == there.sheet:
        return own.code in _OF_HEADERS
    if there.row is not None:
        return there.column is not None and (here.sheet, here.row, here.column) == (
            there.sheet,
            there.row,
            there.column,
        )
    message = str(theirs.params.get("message", ""))
    return own.code == _NO_LABEL and "label" in message and f"'{here.question}'" in message


def _order(found: Problem) -> tuple[bool, str, int]:
    return (not found.is_error, found.where.sheet or "", found.where.row or 0)


def _of_cells(book: Book, tables: Tables | None, is_sound: bool) -> Iterator[Problem]:
    """What the sheets alone show."""
    outline = Outline.of(book)
    cells = tuple(expression_cells(outline))
    shelf = Shelf.of(outline, tables)
    yield from header_problems(book)
    yield from question_problems(outline)
    yield from ignored_problems(outline)
    yield from list_problems(outline, cells)
    yield from relevance_circles(outline, cells)
    if is_sound:
        # A list whose name is misspelt elsewhere is not unused.
        yield from unused_lists(outline, cells)
    if tables is not None:
        yield from missing_files(outline, cells, tables)
    for cell in cells:
        yield from _of_cell(cell, outline, shelf)


def _of_cell(cell: Cell, outline: Outline, shelf: Shelf) -> Iterator[Problem]:
    yield from cell.problems()
    yield from portability_problems(cell, outline)
    yield from meaning_problems(cell, outline)
    yield from pattern_problems(cell)
    yield from table_problems(cell, shelf)


def _of_form(book: Book, workbook: bytes, attached: Mapping[str, bytes], tables: Tables) -> Iterator[Problem]:
    """What only the converted form shows."""
    try:
        instrument = load(convert_book(book, workbook, attached))
    except Refused as refused:
        yield from (
            replace(one, where=replace(one.where, file=one.where.file or book.name)) for one in refused.problems
        )
        return
    yield from converted_problems(book, instrument)
    yield from column_problems(instrument, tables)
    yield from method_problems(book, instrument)
    yield from reason_problems(instrument, book.name)
