"""The three tables of the page: interviewers, interviews, questions."""

from __future__ import annotations

from collections.abc import Mapping

from kume_desktop import texts
from kume_desktop.gui.components.table import Column
from kume_desktop.gui.conduct import words
from kume_desktop.services.conduct import InterviewConduct, InterviewerConduct, QuestionTime
from kume_desktop.texts import N_, _, tr


def interviewer_columns() -> tuple[Column[InterviewerConduct], ...]:
    """Name, interviews, how many were noticed, median duration, what was noticed most."""
    return (
        Column("name", _(N_("Interviewer")), lambda one: one.name or _(N_("nobody")), width=220, first=True),
        Column(
            "interviews", _(N_("Interviews")), lambda one: str(one.interviews), lambda one: one.interviews, 110, True
        ),
        Column(
            "noticed",
            _(N_("Noticed")),
            lambda one: tr(N_("{count} of {total}"), count=one.noticed, total=one.interviews),
            lambda one: (one.noticed / one.interviews, one.noticed),
            120,
            True,
        ),
        Column("minutes", _(N_("Median duration")), _median, lambda one: one.minutes or 0.0, 170, True),
        Column("signals", _(N_("Most often")), words.frequent),
    )


def _median(one: InterviewerConduct) -> str:
    if one.minutes is None:
        return "–"
    return tr(N_("{minutes} (n {n})"), minutes=words.minutes(one.minutes), n=one.timed)


def interview_columns(areas: Mapping[str, str], forms: Mapping[str, str]) -> tuple[Column[InterviewConduct], ...]:
    """Firm, form, area, when, duration with its range, signals."""
    return (
        Column("firm", _(N_("Firm")), lambda one: one.firm, width=190, first=True),
        Column("form", _(N_("Questionnaire")), lambda one: forms.get(one.instrument_id, one.instrument_id), width=150),
        Column("area", _(N_("Area")), lambda one: areas.get(one.area, one.area), width=130),
        Column("begun", _(N_("Begun on")), _when, lambda one: one.begun, 110),
        Column("minutes", _(N_("Duration")), words.duration, lambda one: one.minutes or 0.0, 180),
        Column("signals", _(N_("Noticed")), words.signals, lambda one: -len(one.signals)),
    )


def _when(one: InterviewConduct) -> str:
    here = one.begun.astimezone()
    return f"{texts.short_date(here.date())} {texts.clock(here)}"


def _in_form(one: QuestionTime) -> tuple[int, int, str]:
    """The order of the form: 3.9 stands before 3.10, and 3.10 before 3.10a; questions without a number come last."""
    section, _dot, rest = one.number.partition(".")
    digits = rest.rstrip("abcdefghijklmnopqrstuvwxyz")
    if not (section.isdecimal() and digits.isdecimal()):
        return (10_000, 0, one.path)
    return (int(section), int(digits), rest[len(digits) :])


def question_columns() -> tuple[Column[QuestionTime], ...]:
    """Number, question, time, what is usual, time away, how often it came to the front."""
    return (
        Column("number", _(N_("No.")), lambda one: one.number, _in_form, 72),
        Column("title", _(N_("Question")), lambda one: one.title, first=True),
        Column("time", _(N_("Took")), lambda one: words.seconds(one.seconds), lambda one: one.seconds, 90, True),
        Column("usual", _(N_("Usual")), words.usual_time, width=150, right=True),
        Column(
            "away", _(N_("Pauses")), lambda one: words.seconds(one.away) if one.away else "–", lambda one: one.away, 90,
            True,
        ),
        Column(
            "visits", _(N_("Times in front")), lambda one: str(max(one.visits, 1)), lambda one: one.visits, 130, True
        ),
    )  # fmt: skip
