"""The sentence of every problem code, in English; Turkish stands in `resources/locale/tr/problems_*.po`.

A sentence says what is wrong, what is safe where that matters, and what to do, in this order.
"""

from __future__ import annotations

from kume_desktop.problem_texts.differences import DIFFERENCE, REASONS, VERSIONS
from kume_desktop.problem_texts.expressions import EXPRESSION
from kume_desktop.problem_texts.forms import FORM
from kume_desktop.problem_texts.interviews import INTERVIEW
from kume_desktop.problem_texts.program import COMMAND, WINDOW
from kume_desktop.problem_texts.reports import FIGURE, REPORT
from kume_desktop.problem_texts.scores import RATING, SCORING
from kume_desktop.problem_texts.studies import STAFF, STUDY
from kume_desktop.problem_texts.submissions import SUBMISSION

__all__ = (
    "COMMAND",
    "DIFFERENCE",
    "EXPRESSION",
    "FIGURE",
    "FORM",
    "INTERVIEW",
    "RATING",
    "REASONS",
    "REPORT",
    "SCORING",
    "SENTENCES",
    "STAFF",
    "STUDY",
    "SUBMISSION",
    "VERSIONS",
    "WINDOW",
)

SENTENCES: dict[str, str] = {
    **FORM,
    **EXPRESSION,
    **DIFFERENCE,
    **REASONS,
    **SUBMISSION,
    **VERSIONS,
    **STUDY,
    **STAFF,
    **INTERVIEW,
    **SCORING,
    **RATING,
    **REPORT,
    **FIGURE,
    **COMMAND,
    **WINDOW,
}
