"""Where a firm stands when questionnaires come later than its answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kume_desktop.services.fieldwork import firm_state
from kume_desktop.services.firm_state import FirmState
from kume_desktop.store.records import InterviewRecord, Summary

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
FIRST = {"ihtiyac": BEGIN, "duzey": BEGIN}


def days(count: int) -> datetime:
    return BEGIN + timedelta(days=count)


def done(instrument: str, at: datetime) -> InterviewRecord:
    summary = Summary(3, 3, 0, 0, "", "", "", "")
    return InterviewRecord(
        f"i-{instrument}", "u", "w", f"v-{instrument}", instrument, "E", "completed", True, at, at, summary, "", at
    )  # fmt: skip


def state(*interviews: InterviewRecord, **later: datetime) -> FirmState:
    return firm_state(interviews, (), {**FIRST, **later}, assigned=True)


def test_that_a_firm_is_done_when_the_studys_instruments_are_done():
    assert state(done("ihtiyac", days(5))) is FirmState.IN_PROGRESS
    assert state(done("ihtiyac", days(5)), done("duzey", days(6))) is FirmState.COMPLETED


def test_that_an_instrument_that_is_added_afterwards_does_not_reopen_a_firm_that_was_done():
    both = done("ihtiyac", days(5)), done("duzey", days(6))
    assert state(*both, ek=days(9)) is FirmState.COMPLETED
    assert state(*both, ek=days(5)) is FirmState.IN_PROGRESS, "it was there before the firm was done"
    assert state(*both, done("ek", days(12)), ek=days(9)) is FirmState.COMPLETED


@pytest.mark.parametrize("missing", ["ihtiyac", "duzey"])
def test_that_the_first_instruments_are_asked_even_of_answers_from_paper_with_an_earlier_date(missing: str):
    other = next(name for name in FIRST if name != missing)
    assert state(done(other, days(-30))) is FirmState.IN_PROGRESS
