"""What the window relies on in its places: they compare by what they hold, and can be told with something else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kume_desktop.gui.routes import (
    AreaRoute,
    FieldRoute,
    InterviewRoute,
    RescueRoute,
    ResultsRoute,
    StartRoute,
    UnlockRoute,
)


def test_that_places_are_the_same_when_they_lead_to_the_same():
    assert InterviewRoute("f", "form") == InterviewRoute("f", "form", question="")
    assert InterviewRoute("f", "form") != InterviewRoute("f", "form", "/data/q")
    assert StartRoute() == StartRoute()
    assert AreaRoute("a") != ResultsRoute("a"), "another page with the same area"
    assert len({FieldRoute(), FieldRoute(""), FieldRoute("x"), AreaRoute("x"), ResultsRoute("x")}) == 4
    assert UnlockRoute(Path("a.kume")) != RescueRoute(Path("a.kume"))


def test_that_a_place_can_be_told_with_something_else_and_names_what_it_holds():
    there = replace(InterviewRoute("f", "form"), question="/data/q")
    assert (there.unit_id, there.instrument_id, there.question) == ("f", "form", "/data/q")
    assert repr(there) == "InterviewRoute(unit_id='f', instrument_id='form', question='/data/q')"
    match there:
        case InterviewRoute(unit, form):
            assert (unit, form) == ("f", "form")
