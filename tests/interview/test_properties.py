"""Random forms under random acts: the state is what a full evaluation gives, the store restores it, undo undoes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from kume_desktop.interview import engine
from kume_desktop.interview.form import Form
from kume_desktop.interview.page import progress, screens, sections
from kume_desktop.interview.record import Record
from kume_desktop.interview.state import Outcome
from tests.interview.random_forms import CHOICES, FITTING, acts, surveys
from tests.interview.scenario import Scenario, compiled, differing

SOME = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def outcome_of(talk: Scenario, verb: str, place: int, chosen: int) -> Outcome | None:
    """Try one act at some node; None where there is none to act on."""
    seen = (spot for path, spot in talk.interview.tree.spots.items() if path not in talk.interview.hidden)
    spots = [spot for spot in seen if spot.item.node.is_asked]
    repeats = list(talk.interview.tree.rows)
    rows = [row for found in talk.interview.tree.rows.values() for row in found]
    if verb == "answer" and spots:
        spot = spots[place % len(spots)]
        fitting = FITTING.get(spot.item.node.kind, ["söz", ""])
        return engine.answer(talk.interview, spot.path, fitting[chosen % len(fitting)])
    if verb == "add" and repeats:
        return engine.add_row(talk.interview, repeats[place % len(repeats)])
    if verb == "remove" and rows:
        return engine.remove_row(talk.interview, rows[place % len(rows)].path)
    return None


def perform(talk: Scenario, verb: str, place: int, chosen: int) -> None:
    """Do one act; after each one the scenario compares the state with what its store restores by a full evaluation."""
    if verb == "language":
        talk.speak("en" if place % 2 else "tr")
        talk.keep(Outcome(talk.interview))
    elif verb == "later":
        talk.later(minutes=place)
    else:
        outcome = outcome_of(talk, verb, place, chosen)
        if outcome is not None and outcome.accepted:
            talk.keep(outcome)
        elif outcome is not None:
            assert outcome.interview is talk.interview


def begun(survey: str) -> Scenario:
    """An interview on a random form."""
    form: Form = compiled.__wrapped__(survey=survey, choices=CHOICES)
    return Scenario.begin(form)


@SOME
@given(surveys(), acts)
def test_that_the_state_is_what_a_full_evaluation_gives_and_what_is_stored_restores_it(survey, done):
    talk = begun(survey)
    for verb, place, chosen in done:
        perform(talk, verb, place, chosen)
    assert all(screen.rows or screen.repeat for screen in screens(talk.interview))


@SOME
@given(surveys(), acts)
def test_that_undo_gives_the_state_before_also_in_the_store(survey, done):
    talk = begun(survey)
    for verb, place, chosen in done:
        before = talk.interview
        perform(talk, verb, place, chosen)
        if verb != "language":
            kept = talk.record.copy()
            talk.keep(engine.undo(talk.interview, before))
            assert differing(talk.interview, before) == []
            talk.record, talk.interview = kept, kept.restored(talk.form, talk.setting)


@SOME
@given(surveys())
def test_that_a_row_that_is_removed_before_others_comes_back_to_its_place(survey):
    talk = begun(survey)
    for repeat in list(talk.interview.tree.rows):
        for _ in range(2):
            outcome = engine.add_row(talk.interview, repeat)
            if outcome.accepted:
                talk.keep(outcome)
        before = talk.interview
        outcome = engine.remove_row(before, f"{repeat}[{before.rows(repeat)[0]}]") if before.rows(repeat) else None
        if outcome is not None and outcome.accepted:
            talk.keep(outcome)
            talk.keep(engine.undo(talk.interview, before))
            assert differing(talk.interview, before) == []


@SOME
@given(surveys(), acts)
def test_that_many_acts_are_undone_at_once(survey, done):
    talk = begun(survey)
    first = talk.interview
    values = stored(talk.record)
    for verb, place, chosen in done:
        perform(talk, verb, place, chosen)
    talk.keep(engine.undo(talk.interview, first))
    assert stored(talk.record) == values


def stored(record: Record) -> object:
    """What is stored, blanks left out: a cleared answer and one never given are the same."""
    kept = ({path: text for path, text in each.items() if text} for each in (record.answers, record.overrides))
    return [*kept, {k: v for k, v in record.recorded.items() if v}, {k: v for k, v in record.rows.items() if v}]


@SOME
@given(surveys(), acts)
def test_that_a_page_that_keeps_rows_between_answers_shows_what_one_that_makes_them_all_anew_shows(survey, done):
    talk = begun(survey)
    for verb, place, chosen in done:
        screens(talk.interview)
        perform(talk, verb, place, chosen)
        shown, counted = screens(talk.interview), progress(talk.interview)
        anew = replace(talk.interview, tree=replace(talk.interview.tree, kept={}))
        assert shown == screens(anew)
        assert counted == progress(anew)
        counts = [(one.answered, one.asked) for one in sections(anew)]
        assert counted == (sum(answered for answered, _ in counts), sum(asked for _, asked in counts))
