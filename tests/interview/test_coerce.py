# ruff: noqa: E501 - tables of cases
"""What people type, as it is stored or refused."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop.instruments.model import Kind
from kume_desktop.interview.coerce import coerce
from kume_desktop.problems import Problem

IZMIR = timezone(timedelta(hours=3))


@pytest.mark.parametrize(
    ("kind", "raw", "stored"),
    [
        (Kind.INTEGER, " 38 ", "38"), (Kind.INTEGER, "007", "7"), (Kind.INTEGER, "+5", "5"), (Kind.INTEGER, "−3", "-3"),
        (Kind.INTEGER, "", ""), (Kind.INTEGER, "   ", ""), (Kind.INTEGER, "0", "0"),
        (Kind.DECIMAL, "12,5", "12.5"), (Kind.DECIMAL, "12.50", "12.5"), (Kind.DECIMAL, ",5", "0.5"), (Kind.DECIMAL, "3", "3"),
        (Kind.DECIMAL, "-0,0", "0"), (Kind.DECIMAL, "100", "100"), (Kind.DECIMAL, "1,", "1"), (Kind.DECIMAL, "0.000001", "0.000001"),
        (Kind.DATE, "22.11.2026", "2026-11-22"), (Kind.DATE, "2026-11-22", "2026-11-22"), (Kind.DATE, "2/3/2026", "2026-03-02"),
        (Kind.DATE, "1 12 2026", "2026-12-01"), (Kind.DATE, "29.02.2024", "2024-02-29"),
        (Kind.TIME, "9:05", "09:05:00.000+03:00"), (Kind.TIME, "14.30", "14:30:00.000+03:00"),
        (Kind.TIME, "14:30:00.000+03:00", "14:30:00.000+03:00"),
        (Kind.DATETIME, "22.11.2026 14:30", "2026-11-22T14:30:00.000+03:00"),
        (Kind.DATETIME, "2026-11-22T14:30:00.000+03:00", "2026-11-22T14:30:00.000+03:00"),
        (Kind.TEXT, "  İğne\u00a0ve iplik ", "İğne ve iplik"), (Kind.TEXT, "I\u0307", "İ"), (Kind.TEXT, "a\r\nb", "a\nb"),
        (Kind.TEXT, "=1+1", "=1+1"),
    ],
)  # fmt: skip
def test_that_typed_text_is_stored_in_one_form(kind: Kind, raw: str, stored: str):
    assert coerce(kind, raw, IZMIR) == stored


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        (Kind.INTEGER, "otuz", "not-a-number"), (Kind.INTEGER, "1,5", "not-whole"), (Kind.INTEGER, "1.234", "thousands"),
        (Kind.INTEGER, "1,234,567", "thousands"), (Kind.INTEGER, "1 234", "thousands"), (Kind.INTEGER, "1e3", "not-a-number"),
        (Kind.INTEGER, "1.250,75", "not-whole"), (Kind.INTEGER, "1,250,75", "not-whole"),
        (Kind.INTEGER, "9" * 16, "number-too-long"), (Kind.INTEGER, "٣", "not-a-number"),
        (Kind.DECIMAL, "1.234,5", "thousands"), (Kind.DECIMAL, "1,234.5", "thousands"), (Kind.DECIMAL, "1.234.567", "thousands"),
        (Kind.DECIMAL, "12,5 TL", "not-a-number"), (Kind.DECIMAL, "1,2,3", "not-a-number"), (Kind.DECIMAL, "nan", "not-a-number"),
        (Kind.DATE, "30.02.2026", "no-such-date"), (Kind.DATE, "22.11.26", "not-a-date"), (Kind.DATE, "bugün", "not-a-date"),
        (Kind.DATE, "2026-13-01", "no-such-date"), (Kind.TIME, "25:00", "not-a-time"), (Kind.TIME, "9", "not-a-time"),
        (Kind.DATETIME, "22.11.2026", "not-a-moment"), (Kind.DATETIME, "14:30", "not-a-moment"),
        (Kind.TEXT, "a\x00b", "control-character"), (Kind.TEXT, "\ud800", "control-character"), (Kind.TEXT, "\x1b", "control-character"),
    ],
)  # fmt: skip
def test_that_what_cannot_be_stored_is_refused_by_name(kind: Kind, raw: str, code: str):
    found = coerce(kind, raw, IZMIR)
    assert isinstance(found, Problem)
    assert found.code == f"interview.{code}"


@pytest.mark.parametrize(
    ("kind", "raw", "plain"),
    [(Kind.INTEGER, "1.234", "1234"), (Kind.DECIMAL, "1.234,5", "1234,5"), (Kind.DECIMAL, "1,234.5", "1234,5"),
     (Kind.DECIMAL, "1.234.567", "1234567"), (Kind.INTEGER, "12 345 678", "12345678"),
     (Kind.DECIMAL, "1,250,75", "1250,75"), (Kind.DECIMAL, "1.250.7", "1250,7")],
)  # fmt: skip
def test_that_thousand_marks_are_refused_with_what_to_write(kind: Kind, raw: str, plain: str):
    found = coerce(kind, raw, None)
    assert isinstance(found, Problem)
    assert found.params["plain"] == plain


@given(
    st.sampled_from([Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.TIME, Kind.DATETIME]), st.text(max_size=20)
)
def test_that_any_text_is_stored_or_refused_and_storing_again_changes_nothing(kind: Kind, raw: str):
    stored = coerce(kind, raw, IZMIR)
    if isinstance(stored, str):
        assert coerce(kind, stored, IZMIR) == stored


@given(st.integers(-(10**14), 10**14))
def test_that_every_whole_number_is_stored_as_it_is(number: int):
    assert coerce(Kind.INTEGER, str(number), None) == str(number)
