"""The sentence of every problem code, in English; Turkish stands in `resources/locale/tr/problems_*.po`.

A sentence says what is wrong, what is safe where that matters, and what to do, in this order.
"""

from __future__ import annotations

from kume_desktop.problem_texts.conducts import CONDUCT
from kume_desktop.problem_texts.differences import DIFFERENCE, REASONS, VERSIONS
from kume_desktop.problem_texts.expressions import EXPRESSION
from kume_desktop.problem_texts.field import FIELD
from kume_desktop.problem_texts.forms import FORM
from kume_desktop.problem_texts.interviews import INTERVIEW
from kume_desktop.problem_texts.packages import DEVICE, PACKAGE
from kume_desktop.problem_texts.personal import PERSONAL
from kume_desktop.problem_texts.printing import PRINTING
from kume_desktop.problem_texts.program import COMMAND, WINDOW
from kume_desktop.problem_texts.reports import FIGURE, REPORT
from kume_desktop.problem_texts.review import REVIEW
from kume_desktop.problem_texts.safety import BACKUP, CRASH, FOREIGN, KEY
from kume_desktop.problem_texts.sample_lists import SAMPLE_LIST
from kume_desktop.problem_texts.scores import RATING, SCORING
from kume_desktop.problem_texts.sitting import SITTING
from kume_desktop.problem_texts.studies import STAFF, STUDY
from kume_desktop.problem_texts.submissions import SUBMISSION

__all__ = (
    "BACKUP",
    "COMMAND",
    "CONDUCT",
    "CRASH",
    "DEVICE",
    "DIFFERENCE",
    "EXPRESSION",
    "FIELD",
    "FIGURE",
    "FOREIGN",
    "FORM",
    "INTERVIEW",
    "KEY",
    "PACKAGE",
    "PERSONAL",
    "PRINTING",
    "RATING",
    "REASONS",
    "REPORT",
    "REVIEW",
    "SAMPLE_LIST",
    "SCORING",
    "SENTENCES",
    "SITTING",
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
    **SAMPLE_LIST,
    **VERSIONS,
    **STUDY,
    **REVIEW,
    **STAFF,
    **FIELD,
    **BACKUP,
    **CRASH,
    **FOREIGN,
    **KEY,
    **INTERVIEW,
    **SITTING,
    **SCORING,
    **RATING,
    **REPORT,
    **PACKAGE,
    **DEVICE,
    **PERSONAL,
    **PRINTING,
    **FIGURE,
    **COMMAND,
    **CONDUCT,
    **WINDOW,
}
