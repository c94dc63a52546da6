"""The cases of the sheet `tests`: which held, and what of the form no case has gone through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from kume_desktop import texts
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.table import Column
from kume_desktop.gui.forms.reading_list import EVERY, ReadingList, Sieve, paint_word
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.interview.coverage import Coverage
    from kume_desktop.services.forms import TestOutcome

PASSED, FAILED, GAP = "passed", "failed", "gap"
_FACES = {
    FAILED: ("circle-alert", Tone.ERR, N_("Failed")),
    PASSED: ("circle-check", Tone.OK, N_("Passed")),
    GAP: ("circle-dashed", Tone.TEXT2, N_("Not covered")),
}
_ORDER = tuple(_FACES)


@dataclass(frozen=True, slots=True)
class TestLine:
    """A case, or something that no case has gone through."""

    __test__ = False

    state: str
    name: str
    sentences: tuple[str, ...]

    @property
    def said(self) -> str:
        """Passed, failed or not covered, as a word."""
        return _(_FACES[self.state][2])


def lines(outcome: TestOutcome) -> tuple[TestLine, ...]:
    """Cases that failed and that held, and what none of them covers."""
    cases = (
        TestLine(PASSED if case.passed else FAILED, case.name, tuple(map(texts.say, case.problems)))
        for case in outcome.cases
    )
    return (*cases, *_gaps(outcome.coverage))


def summary(outcome: TestOutcome) -> str:
    """Cases and coverage in one line."""
    coverage = outcome.coverage
    return tr(
        N_("{passed} passed, {failed} failed · {percent} of questions, checks and choices covered"),
        passed=outcome.passed,
        failed=outcome.failed,
        percent=texts.percent(coverage.percent / 100),
    )


def _gaps(coverage: Coverage) -> Iterator[TestLine]:
    for name in coverage.never_reached:
        yield TestLine(GAP, name, (_(N_("No case reaches this question.")),))
    for name in coverage.never_answered:
        if name not in coverage.never_reached:
            yield TestLine(GAP, name, (_(N_("No case answers this question.")),))
    for one in coverage.never_tried:
        never, always = N_("The check in “{column}” never fires."), N_("The check in “{column}” always fires.")
        yield TestLine(GAP, one.name, (tr(never if one.way == "fired" else always, column=one.check),))
    for each in coverage.never_chosen:
        yield TestLine(GAP, each.name, (tr(N_("Never chosen: {names}"), names=", ".join(each.choices)),))


class TestsList(ReadingList):
    """Cases that failed come first."""

    __test__ = False

    def __init__(self, how: str = "") -> None:
        none = _(N_("The workbook has no sheet “tests”, or nothing of this kind was found."))
        nothing = EmptyState(_(N_("No tests.")), how or none)
        sieves = (
            Sieve(EVERY, _(N_("All")), lambda _one: True),
            Sieve(FAILED, _(N_("Failed")), lambda one: one.state == FAILED),
            Sieve(PASSED, _(N_("Passed")), lambda one: one.state == PASSED),
            Sieve(GAP, _(N_("Not covered")), lambda one: one.state == GAP),
        )
        super().__init__(_columns(), _(N_("Tests of the form")), sieves, _detail, nothing)


def _columns() -> tuple[Column[TestLine], ...]:
    return (
        Column("state", _(N_("State")), lambda one: one.said, lambda one: _ORDER.index(one.state), 128, paint=_paint),
        Column("name", _(N_("Case or question")), lambda one: one.name, first=True),
        Column("said", _(N_("What happened")), lambda one: " ".join(one.sentences) or "–"),
    )


def _detail(one: TestLine) -> tuple[str, ...]:
    return (f"{one.said}: {one.name}", *one.sentences)


def _paint(painter: QPainter, box: QRect, one: TestLine) -> None:
    icon, tone, word = _FACES[one.state]
    paint_word(icon, tone, _(word))(painter, box)
