"""What is wrong with a workbook: by sheet and row, errors and warnings apart, with the cell and the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.table import Column
from kume_desktop.gui.forms.reading_list import EVERY, ReadingList, Sieve, paint_word
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem
from kume_desktop.services import form_words
from kume_desktop.texts import N_, _, tr

ERRORS, WARNINGS = "errors", "warnings"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with the cell it is in (`F48`, '' where it has none)."""

    problem: Problem
    cell: str

    @property
    def sentence(self) -> str:
        """The sentence without its place."""
        return form_words.sentence(self.problem)

    @property
    def weight(self) -> str:
        """Error or warning, as a word."""
        return _(N_("Error")) if self.problem.is_error else _(N_("Warning"))

    @property
    def place(self) -> str:
        """Sheet, row, column, cell and question in one line."""
        where = self.problem.where
        parts = (
            tr(N_("sheet {sheet}"), sheet=where.sheet) if where.sheet else where.file or "",
            tr(N_("row {row}"), row=where.row) if where.row else "",
            tr(N_("column “{column}”"), column=where.column) if where.column else "",
            tr(N_("cell {cell}"), cell=self.cell) if self.cell else "",
            tr(N_("question {name}"), name=where.question) if where.question else "",
        )
        return ", ".join(part for part in parts if part)


def findings(problems: Sequence[Problem], cells: Sequence[str]) -> tuple[Finding, ...]:
    """The problems with their cells, in the order of the workbook."""
    found = [Finding(one, cell) for one, cell in zip(problems, cells, strict=True)]
    return tuple(sorted(found, key=lambda one: form_words.place_of(one.problem)))


class ReportList(ReadingList):
    """The findings of a check; the tabs show all of them, errors, or warnings."""

    def __init__(self) -> None:
        nothing = EmptyState(
            _(N_("Nothing was found.")), _(N_("The workbook has no errors and no warnings of this kind."))
        )
        sieves = (
            Sieve(EVERY, _(N_("All")), lambda _one: True),
            Sieve(ERRORS, _(N_("Errors")), lambda one: one.problem.is_error),
            Sieve(WARNINGS, _(N_("Warnings")), lambda one: not one.problem.is_error),
        )
        super().__init__(_columns(), _(N_("Check report")), sieves, _detail, nothing)


def _columns() -> tuple[Column[Finding], ...]:
    return (
        Column("weight", _(N_("Finding")), lambda one: one.weight, _order, width=100, paint=_paint_weight),
        Column("sheet", _(N_("Sheet")), lambda one: one.problem.where.sheet or "–", _order, width=92),
        Column("row", _(N_("Row")), _row, _order, width=52, right=True),
        Column("cell", _(N_("Cell")), lambda one: one.cell or "–", width=64),
        Column("column", _(N_("Column")), lambda one: one.problem.where.column or "–", width=128),
        Column("question", _(N_("Question")), lambda one: one.problem.where.question or "–", width=152),
        Column("sentence", _(N_("What to mend")), lambda one: one.sentence, first=True),
    )


def _order(one: Finding) -> tuple[int, str, int, bool]:
    return form_words.place_of(one.problem)


def _row(one: Finding) -> str:
    return str(one.problem.where.row or "–")


def _detail(one: Finding) -> tuple[str, ...]:
    return (one.sentence, f"{one.weight} · {one.place}" if one.place else one.weight)


def _paint_weight(painter: QPainter, box: QRect, one: Finding) -> None:
    is_error = one.problem.is_error
    icon, tone = ("circle-alert", Tone.ERR) if is_error else ("triangle-alert", Tone.WARN)
    paint_word(icon, tone, one.weight)(painter, box)
