"""The sentence of every problem code, in English; Turkish stands in `resources/locale/tr/problems_*.po`.

A sentence says what is wrong, what is safe where that matters, and what to do, in this order.
"""

from __future__ import annotations

from kume_desktop.problem_texts.forms import FORM
from kume_desktop.problem_texts.interviews import INTERVIEW
from kume_desktop.problem_texts.program import COMMAND, WINDOW
from kume_desktop.problem_texts.reports import FIGURE, REPORT
from kume_desktop.problem_texts.scores import RATING, SCORING
from kume_desktop.problem_texts.studies import STAFF, STUDY

__all__ = (
    "COMMAND",
    "FIGURE",
    "FORM",
    "INTERVIEW",
    "RATING",
    "REPORT",
    "SCORING",
    "SENTENCES",
    "STAFF",
    "STUDY",
    "WINDOW",
)

SENTENCES: dict[str, str] = {
    **FORM,
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
