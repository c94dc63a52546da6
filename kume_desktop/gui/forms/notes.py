"""Problems as notes above what they concern: a few of them, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.problems import Problem
from kume_desktop.texts import N_, tr

MOST, LONGEST = 3, 60


def show_notes(column: QVBoxLayout, problems: Sequence[Problem]) -> None:
    """Show a note for each of the first problems in the place of those that stood there before."""
    empty(column)
    shown = [(texts.say(one), one.is_error) for one in problems[:MOST]]
    if len(problems) > MOST:
        more = N_("{count} more problems; “Add or renew a questionnaire” lists them all.")
        shown.append((tr(more, count=len(problems) - MOST), False))
    for text, is_error in shown:
        note = ProblemNote(text, hard=is_error)
        column.addWidget(note)
        note.say()


def shortened(name: str) -> str:
    """A name that fits into the head of a page: a longer one loses its middle.

    >>> shortened("a" * 70 + ".xlsx")
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…aaaaaaaaaaaaaaa.xlsx'
    """
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 21]}…{name[-20:]}"
