"""The arrays for scoring: what is in them, and what is left out and counted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
import pytest

from kume_desktop.store import frames, writing
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.records import StateRow
from tests.store.laptops import Laptop, Said

if TYPE_CHECKING:
    from tests.store.worlds import World

CELLS = ("uretim_insan", "uretim_bilgi")


def rate(world: World, target: str, level: int | None, **more: object) -> None:
    with world.database.act("Ayşe", "staff") as act:
        kind = "area" if target in world.areas else "unit"
        rater = str(more.pop("rater", "Ayşe"))
        given = writing.RatingGiven(world.wave, kind, target, "g1", level, rater, **more)  # type: ignore[arg-type]
        writing.rate(act, given)


def level(world: World, route: str = "firma") -> float:
    found = frames.levels(world.database, world.wave, route, ["g1"])
    return float(found.levels[0, 0]) if found.targets else np.nan


def answer(world: World, interview: str, name: str, value: str) -> None:
    with world.database.act("Ayşe", "interviewer") as act:
        act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, interview, f"/data/g/{name}", value, world.version)


def complete(world: World, interview: str) -> None:
    with world.database.act("Ayşe", "interviewer") as act:
        writing.complete_interview(act, interview, world.version)


def test_that_areas_stand_in_study_order_with_their_frame(world: World):
    found = frames.areas(world.database)
    assert (found.codes, found.names_tr, found.frame_n.tolist()) == (("A1", "A2"), ("Kimya", "Lojistik"), [40, -1])


def test_that_firm_levels_are_a_grid_of_firms_by_indicators(world: World):
    for unit, value in zip(world.units, (1, 3, 5), strict=True):
        rate(world, unit, value)
    found = frames.levels(world.database, world.wave, "firma", ["g1", "g2"])
    assert found.targets == tuple(world.units)
    assert found.area.tolist() == [0, 0, 1]
    assert found.levels[:, 0].tolist() == [1, 3, 5]
    assert np.isnan(found.levels[:, 1]).all()


def test_that_panel_levels_are_of_areas(world: World):
    rate(world, world.areas[1], 2)
    rate(world, world.units[0], 5)
    found = frames.levels(world.database, world.wave, "panel", ["g1"])
    assert (found.targets, found.area.tolist(), found.levels.tolist()) == ((world.areas[1],), [1], [[2.0]])


def test_that_a_person_goes_before_the_rubric_and_the_rubric_holds_alone(world: World):
    rate(world, world.units[0], 2, basis="suggestion", rater="")
    assert level(world) == 2
    rate(world, world.units[0], 4)
    assert level(world) == 4
    assert frames.levels(world.database, world.wave, "firma", ["g1"], ("suggestion",)).levels[0, 0] == 2


def test_that_a_person_who_gave_no_level_leaves_the_rubric_s(world: World):
    rate(world, world.units[0], 2, basis="suggestion", rater="")
    rate(world, world.units[0], None, reason="kanıt yok")
    assert level(world) == 2


def test_that_two_blind_raters_who_differ_are_left_out_and_named_until_a_further_round(world: World):
    rate(world, world.units[0], 2)
    rate(world, world.units[0], 4, rater="Mehmet")
    assert np.isnan(level(world))
    assert [e.reason for e in frames.excluded_levels(world.database, world.wave, "firma")] == ["raters-differ"]
    rate(world, world.units[0], 3, round=2, rater="Ayşe + Mehmet")
    assert level(world) == 3
    assert frames.excluded_levels(world.database, world.wave, "firma") == ()


def test_that_a_level_in_conflict_is_left_out_and_named(world: World):
    rate(world, world.units[0], 2)
    subject = next(iter(frames.reading.ratings(world.database, world.wave))).rating_id
    value = {"wave": world.wave, "target_kind": "unit", "target": world.units[0], "indicator": "g1", "rater": "Ayşe"}
    other = Laptop(timedelta())
    other.say(Said("rating", "rating", UUID(subject), "", {**value, "round": 1, "level": 5, "basis": "rating"}))
    world.database.import_events([event.line for event in other.seen.values()])
    assert np.isnan(level(world))
    assert [e.reason for e in frames.excluded_levels(world.database, world.wave, "firma")] == ["conflict"]


@pytest.mark.parametrize(("raw", "value", "reserve"), [("4", 4, 0), ("na", 0, 1), ("dk", 0, 2), ("nr", 0, 3)])
def test_that_an_answer_or_reserve_answer_goes_into_its_cell(world: World, raw: str, value: int, reserve: int):
    answer(world, world.interview, "uretim_bilgi", raw)
    complete(world, world.interview)
    found = frames.needs(world.database, world.wave, "is_ihtiyac", CELLS)
    assert found.firms == (world.units[0],)
    assert found.answers.tolist() == [[0, value]]
    assert found.reserve.tolist() == [[0, reserve]]


def test_that_open_interviews_wait_and_irrelevant_answers_are_not_counted(world: World):
    answer(world, world.interview, "uretim_bilgi", "4")
    assert frames.needs(world.database, world.wave, "is_ihtiyac", CELLS).firms == ()
    complete(world, world.interview)
    with world.database.act("Ayşe", "interviewer") as act:
        act.save_state(world.interview, [StateRow("/data/g/uretim_bilgi", False)])
    assert frames.needs(world.database, world.wave, "is_ihtiyac", CELLS).answers.tolist() == [[0, 0]]


def test_that_an_answer_in_conflict_is_never_a_number(world: World):
    answer(world, world.interview, "uretim_bilgi", "4")
    complete(world, world.interview)
    other = Laptop(timedelta())
    other.say(Said("answer", "interview", UUID(world.interview), "/data/g/uretim_bilgi", "1"))
    world.database.import_events([event.line for event in other.seen.values()])
    found = frames.needs(world.database, world.wave, "is_ihtiyac", CELLS)
    assert (found.answers.tolist(), found.reserve.tolist()) == ([[0, 0]], [[0, 4]])
    rows = tuple(frames.answer_rows(world.database, world.wave, "is_ihtiyac"))
    assert sorted(row.value for row in rows if row.contested) == ["1", "4"]
    assert frames.by_interview(rows) == {}


def test_that_two_completed_interviews_of_a_firm_wait_for_a_person(world: World):
    with world.database.act("Ayşe", "interviewer") as act:
        second = writing.open_interview(act, world.wave, world.units[0], world.version, "Mehmet")
    for interview in (world.interview, second):
        answer(world, interview, "uretim_bilgi", "4")
        complete(world, interview)
    single, doubled = frames.counted(world.database, world.wave, "is_ihtiyac")
    assert single == {}
    assert set(doubled[0].interview_ids) == {world.interview, second}
    with world.database.act("Ayşe", "staff") as act:
        writing.set_fact(act, SubjectKind.INTERVIEW, second, "counts", "no")
    assert frames.counted(world.database, world.wave, "is_ihtiyac") == ({world.units[0]: world.interview}, ())


def test_that_answers_of_another_instrument_or_registers_are_not_mixed_in(world: World):
    answer(world, world.interview, "uretim_bilgi", "4")
    with world.database.act("Ayşe", "interviewer") as act:
        act.append(EventKind.COMMENT, SubjectKind.INTERVIEW, world.interview, "/data/g/uretim_bilgi", "3")
        act.append(EventKind.FLAG, SubjectKind.INTERVIEW, world.interview, "/data/g/uretim_bilgi", "5")
    rows = tuple(frames.answer_rows(world.database, world.wave, "is_ihtiyac"))
    assert [(row.path, row.value) for row in rows] == [("/data/g/uretim_bilgi", "4")]
    assert tuple(frames.answer_rows(world.database, world.wave, "kumelenme")) == ()
    assert tuple(frames.answer_rows(world.database, world.wave, "is_ihtiyac", [])) == ()


def as_told_one_by_one(world: World) -> list[tuple[str, str, str, bool, bool]]:
    """The answers of every interview read by itself, head after head: what reading all of them at once must give."""
    found = []
    for one in frames.reading.interviews(world.database, wave_id=world.wave):
        state = {row.path: row.relevant for row in frames.reading.state_of(world.database, one.interview_id).values()}
        for place, rows in frames.reading.heads(world.database, one.interview_id).items():
            is_contested = len({row.value for row in rows}) > 1
            if place.startswith("/") and "#" not in place:
                found += [
                    (one.interview_id, place, row.value, state.get(place, True), is_contested)
                    for row in rows
                    if row.value
                ]
    return found


@pytest.mark.parametrize("at_a_time", [1, 3])
def test_that_reading_all_answers_gives_what_each_interview_holds(
    world: World, monkeypatch: pytest.MonkeyPatch, at_a_time: int
):
    monkeypatch.setattr(frames, "_AT_A_TIME", at_a_time)
    monkeypatch.setattr(frames, "_PATHS_AT_A_TIME", 2)
    with world.database.act("Ayşe", "interviewer") as act:
        more = [writing.open_interview(act, world.wave, unit, world.version, "Mehmet") for unit in world.units]
        for number, interview in enumerate([world.interview, *more]):
            for place in ("/data/z", "/data/a", "/data/urun[1f]/ad", f"/data/urun[{number}]/ad"):
                act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, interview, place, f"{number}{place[-1]}")
            act.append(EventKind.RECORDED, SubjectKind.INTERVIEW, interview, "/data/start", "2026-11-23")
            act.append(EventKind.COMMENT, SubjectKind.INTERVIEW, interview, "/data/a", "not")
            act.append(EventKind.ROW_ADDED, SubjectKind.INTERVIEW, interview, "/data/urun[1f]", "1")
            act.append(EventKind.FACT, SubjectKind.INTERVIEW, interview, "counts", "yes")
        act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, more[0], "/data/z", "")
        act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, more[1], "/data/ad", "Ahmet", personal=True)
        act.save_state(more[2], [
            StateRow("/data/z", False), StateRow("/data/a", True, "3"), StateRow("/data/leer", True, ""),
            StateRow("/data/toplam", True, "long enough to be no code"), StateRow("/data/aus", False, "1"),
        ])  # fmt: skip
    others = [Laptop(timedelta(days=day)) for day in (3, -3)]
    for laptop, value in zip(others, ("9", "0a"), strict=True):
        laptop.say(Said("answer", "interview", UUID(world.interview), "/data/a", value), blind=True)
        laptop.say(Said("answer", "interview", UUID(more[0]), "/data/a", "1a"), blind=True)
        world.database.import_events([event.line for event in laptop.seen.values()])
    rows = tuple(frames.answer_rows(world.database, world.wave, "is_ihtiyac"))
    assert [(r.interview_id, r.path, r.value, r.relevant, r.contested) for r in rows] == as_told_one_by_one(world)
    expected: dict[str, dict[str, list[str]]] = {one: {} for one in (world.interview, *more)}
    for row in rows:
        if row.relevant:
            expected[row.interview_id].setdefault(row.path, []).append(row.value)
    expected[more[2]]["/data/toplam"] = ["long enough to be no code"]
    held = dict(frames.held_values(world.database, world.wave, "is_ihtiyac"))
    assert {one: {place: list(told) for place, told in own.items()} for one, own in held.items()} == expected
    assert {r.contested for r in rows} == {r.relevant for r in rows} == {True, False}
    assert all(type(flag) is bool for r in rows for flag in (r.relevant, r.contested))


def test_that_what_stands_in_the_place_of_an_answer_and_is_none_is_kept_and_changes_nothing(world: World):
    answer(world, world.interview, "uretim_bilgi", "4")
    other = Laptop(timedelta())
    for kind in ("comment", "flag", "fact"):
        other.say(Said(kind, "interview", UUID(world.interview), "/data/g/uretim_bilgi", "1"), blind=True)
    lines = {event.line for event in other.seen.values()}
    world.database.import_events(lines)
    (row,) = frames.answer_rows(world.database, world.wave, "is_ihtiyac")
    assert (row.value, row.contested) == ("4", False)
    assert lines <= set(frames.reading.lines(world.database))
