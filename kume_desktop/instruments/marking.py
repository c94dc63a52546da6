"""A copy of a workbook in which every cell with a problem is coloured and says why."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from typing import Any

from kume_desktop.instruments.convert import read_book
from kume_desktop.instruments.sheets import Book
from kume_desktop.problems import Problem, Refused, Where
from kume_desktop.problems import problem as problem_of

_ERROR, _WARNING = "F8C9C4", "FFF0B8"
_AUTHOR = "Küme"
_WIDTH, _LINE = 360, 18


def mark(name: str, workbook: bytes, found: Sequence[tuple[Problem, str]]) -> bytes:
    """The workbook with each problem (and its sentence) as a comment on its cell: red an error, yellow a warning.

    Problems of the file as a whole stand on the first cell. Comments that were there are kept in front. Refused where
    the workbook cannot be read.
    """
    from openpyxl import load_workbook

    if not workbook.startswith(b"PK"):
        raise Refused(problem_of("form.mark-old-excel", Where(file=name)))
    book = read_book(name, workbook)
    with warnings.catch_warnings():
        # openpyxl tells on stderr what it leaves out; the original keeps it.
        warnings.simplefilter("ignore")
        copy: Any = load_workbook(io.BytesIO(workbook), keep_links=False)
        cells: dict[tuple[str, int, int], list[tuple[Problem, str]]] = {}
        for problem, sentence in found:
            cells.setdefault(_cell(book, copy, problem), []).append((problem, sentence))
        for (title, row, column), problems in cells.items():
            _write(copy[title].cell(row, column), problems)
        stream = io.BytesIO()
        copy.save(stream)
    return stream.getvalue()


def _cell(book: Book, copy: Any, problem: Problem) -> tuple[str, int, int]:
    """Title, row and column (from 1) of a problem's cell: the first of its row or sheet where it names none."""
    titles = {title.lower(): title for title in copy.sheetnames}
    alone = len(titles) == 1
    title = copy.sheetnames[0] if alone else titles.get((problem.where.sheet or "").lower(), "")
    if not title:
        return copy.sheetnames[0], 1, 1
    row = problem.where.row or 1
    heads = [str(cell.value or "").strip() for cell in copy[title][1]]
    wanted = problem.where.column or ""
    plain = next((c.header for c in book.sheet(problem.where.sheet or "").columns if c.name == wanted), "")
    column = next((place for place, head in enumerate(heads, 1) if head and head in {wanted, plain}), 1)
    return title, row, column


def _write(cell: Any, problems: Sequence[tuple[Problem, str]]) -> None:
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    if isinstance(cell, MergedCell):
        # Only the first cell of a merged range can carry anything.
        sheet: Any = cell.parent
        cell = next(sheet.cell(r.min_row, r.min_col) for r in sheet.merged_cells.ranges if cell.coordinate in r)
    said = [cell.comment.text] if cell.comment else []
    said.extend(sentence for _problem, sentence in problems)
    text = "\n\n".join(said)
    lines = sum(1 + len(part) // 50 for part in text.split("\n"))
    cell.comment = Comment(text, _AUTHOR, height=_LINE * (lines + 1), width=_WIDTH)
    is_error = any(problem.is_error for problem, _sentence in problems)
    cell.fill = PatternFill("solid", fgColor=_ERROR if is_error else _WARNING)
