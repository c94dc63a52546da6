"""The verbs of the sheet `tests` that look: each must hold, or the case fails with what was found instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kume_desktop.instruments.model import Step
from kume_desktop.interview import engine
from kume_desktop.interview.page import choices, open_problems, row, screens
from kume_desktop.interview.page_model import Row
from kume_desktop.interview.reasons import row_of
from kume_desktop.interview.script import Case, Failed, failed
from kume_desktop.interview.suggestion import suggest

_MANY = 10_000
_YES, _NO = "+", "–"


def _hold(step: Step, holds: bool, found: str) -> None:
    if not holds:
        raise failed(step, "form.test-not-so", found=found)


def _refused(case: Case, step: Step) -> None:
    """The form must not take this answer."""
    spot = case.spot(step)
    outcome = engine.answer(case.interview, spot.path, step.value)
    case.watch.refused(spot, tuple(each.code for each in outcome.problems))
    _hold(step, not outcome.accepted, _YES)


def _value(case: Case, step: Step) -> None:
    """The value as the form sees it."""
    found = case.interview.value(case.spot(step).path)
    _hold(step, found == step.value, found)


def _relevant(case: Case, step: Step) -> None:
    """The question must be asked."""
    _hold(step, case.interview.is_relevant(case.spot(step).path), _NO)


def _not_relevant(case: Case, step: Step) -> None:
    """The question must not be asked (a repeat row that is not there is not asked either)."""
    try:
        spot = case.spot(step)
    except Failed as without:
        if without.problem.code == "form.test-no-row":
            return
        raise
    _hold(step, not case.interview.is_relevant(spot.path), _YES)


def _warning(case: Case, step: Step) -> None:
    """An open soft warning must stand."""
    _hold(step, case.interview.warnings.get(case.spot(step).path) == "", _NO)


def _no_warning(case: Case, step: Step) -> None:
    """No soft warning, or one with a reason."""
    _hold(step, case.interview.warnings.get(case.spot(step).path) != "", _YES)


def _label(case: Case, step: Step) -> None:
    """The question's text holds the words."""
    title = row(case.interview, case.spot(step).path).title
    _hold(step, step.value in title, title)


def _hint(case: Case, step: Step) -> None:
    """The question's hint holds the words."""
    second = row(case.interview, case.spot(step).path).second
    _hold(step, step.value in second, second)


def _required(case: Case, step: Step) -> None:
    """The question must be answered."""
    _hold(step, case.interview.is_required(case.spot(step).path), _NO)


def _not_required(case: Case, step: Step) -> None:
    """The question may be left blank."""
    _hold(step, not case.interview.is_required(case.spot(step).path), _YES)


def _read_only(case: Case, step: Step) -> None:
    """Nobody may change the answer."""
    _hold(step, case.interview.is_read_only(case.spot(step).path), _NO)


def _choices(case: Case, step: Step) -> None:
    """Exactly these choices are offered, in this order (names with spaces between them)."""
    found = [choice.name for choice in choices(case.interview, case.spot(step).path, limit=_MANY)]
    _hold(step, found == step.value.split(), " ".join(found))


def _rows(case: Case, step: Step) -> None:
    """The repeat has so many rows."""
    found = str(len(case.interview.rows(case.repeat(step))))
    _hold(step, found == step.value, found)


def _screen(case: Case, step: Step) -> None:
    """The question stands on the screen that is shown."""
    shown = next((screen for screen in screens(case.interview) if screen.path == case.screen), None)
    names = [name for each in shown.rows for name in _names_in(each)] if shown else []
    _hold(step, case.item(step)[0].name in names, ", ".join(names))


def _names_in(shown: Row) -> tuple[str, ...]:
    """The question of a row, and with a number why it may be blank."""
    return (shown.name,) if shown.reason is None else (shown.name, shown.reason.path.rpartition("/")[2])


def _open(case: Case, step: Step) -> None:
    """The question must be among the open problems; why a number is blank is open with the number."""
    path = row_of(case.interview, case.spot(step).path)
    _hold(step, any(each.path == path for each in open_problems(case.interview)), _NO)


def _complete(case: Case, step: Step) -> None:
    """Nothing may be open."""
    found = [each.path.rpartition("/")[2] for each in open_problems(case.interview)]
    _hold(step, not found, ", ".join(found))


def _not_complete(case: Case, step: Step) -> None:
    """Something must be open."""
    _hold(step, bool(open_problems(case.interview)), _NO)


def _suggestion(case: Case, step: Step) -> None:
    """The level suggested for an indicator; blank means none."""
    levels = suggest(case.interview)
    if step.target not in levels:
        raise failed(step, "form.test-unknown-target")
    level = levels[step.target]
    found = "" if level is None else str(level)
    _hold(step, found == step.value, found)


EXPECTATIONS: Mapping[str, Callable[[Case, Step], None]] = {
    "expect_value": _value,
    "expect_relevant": _relevant,
    "expect_not_relevant": _not_relevant,
    "expect_refused": _refused,
    "expect_warning": _warning,
    "expect_no_warning": _no_warning,
    "expect_required": _required,
    "expect_not_required": _not_required,
    "expect_read_only": _read_only,
    "expect_label": _label,
    "expect_hint": _hint,
    "expect_choices": _choices,
    "expect_rows": _rows,
    "expect_screen": _screen,
    "expect_open": _open,
    "expect_complete": _complete,
    "expect_not_complete": _not_complete,
    "expect_suggestion": _suggestion,
}
"""The verbs that look."""
