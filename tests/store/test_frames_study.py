"""What stands around levels and answers: dispositions, the whole list, ratings in time order, the experts' needs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
import pytest

from kume_desktop.scoring.inputs import Disposition, Evidence
from kume_desktop.store import frames, frames_study, rating_rows, reading, writing
from kume_desktop.store.events import EventKind, SubjectKind
from tests.store.laptops import Laptop, Said

if TYPE_CHECKING:
    from kume_desktop.store.unit_of_work import Act
    from tests.store.worlds import World

CELLS = ("uretim_insan", "uretim_bilgi")


def act(world: World):
    return world.database.act("Ayşe", "staff")


def firms(world: World):
    return frames_study.firms(world.database, world.wave)


def answer(act: Act, world: World, name: str, value: str) -> None:
    act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, world.interview, f"/data/g/{name}", value, world.version)


def rate(
    world: World, target: str, level: int | None, indicator: str = "g1", rater: str = "Ayşe", **more: object
) -> str:
    kind = "area" if target in world.areas else "unit"
    with act(world) as one:
        given = writing.RatingGiven(world.wave, kind, target, indicator, level, rater, **more)  # type: ignore[arg-type]
        return writing.rate(one, given)


def disposition(world: World) -> list[Disposition]:
    return list(firms(world).disposition)


def test_that_every_firm_of_an_area_is_there_in_the_order_of_the_codes(world: World):
    with act(world) as one:
        stray = writing.add_unit(one, {"code": "F0", "name": "Hiçbir yerde", "area": "yok"})
    found = firms(world)
    assert found.ids == tuple(world.units) and stray not in found.ids
    assert (found.codes, found.area.tolist()) == (("F1", "F2", "F3"), [0, 0, 1])
    assert found.district == ("Bornova",) * 3
    assert np.isnan(found.staff).all() and np.isnan(found.probability).all()


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ((), Disposition.PENDING),
        (("10",), Disposition.PENDING),
        (("10", "3"), Disposition.PENDING),
        (("3", "4"), Disposition.REFUSED),
        (("5",), Disposition.REFUSED),
        (("2",), Disposition.PARTIAL),
        (("6",), Disposition.INELIGIBLE),
        (("4", "7"), Disposition.INELIGIBLE),
        (("9",), Disposition.DUPLICATE),
        (("11",), Disposition.PENDING),
        (("1",), Disposition.PENDING),
    ],
)
def test_that_the_last_visit_decides_where_nothing_was_completed(
    world: World, outcomes: tuple[str, ...], expected: Disposition
):
    with act(world) as one:
        for day, outcome in enumerate(outcomes):
            writing.record_visit(one, world.wave, world.units[0], outcome, at=one.at + timedelta(days=day))
    assert disposition(world)[0] is expected


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        (("10",), Disposition.NOT_REACHED),
        (("10", "3"), Disposition.NOT_REACHED),
        (("11",), Disposition.NOT_REACHED),
        (("10", "4"), Disposition.REFUSED),
    ],
)
def test_that_a_firm_is_not_reached_once_an_act_closed_it_and_no_sooner(
    world: World, outcomes: tuple[str, ...], expected: Disposition
):
    with act(world) as one:
        for day, outcome in enumerate(outcomes):
            writing.record_visit(one, world.wave, world.units[1], outcome, at=one.at + timedelta(days=day))
        writing.close_firm(one, world.wave, world.units[1])
    assert disposition(world)[1] is expected
    with act(world) as one:
        writing.close_firm(one, world.wave, world.units[1], closed=False)
    assert disposition(world)[1] is not Disposition.NOT_REACHED


def test_that_an_interview_that_was_begun_is_stronger_than_the_closing_before_it(world: World):
    with act(world) as one:
        writing.close_firm(one, world.wave, world.units[0])
    assert disposition(world)[0] is Disposition.PENDING


def test_that_a_completed_interview_beats_every_visit(world: World):
    with act(world) as one:
        answer(one, world, "sonuc", "1")
        writing.complete_interview(one, world.interview, world.version)
        writing.record_visit(one, world.wave, world.units[0], "4")
    assert disposition(world) == [Disposition.COMPLETED, Disposition.PENDING, Disposition.PENDING]


def test_that_an_interview_completed_as_a_refusal_is_a_refusal(world: World):
    with act(world) as one:
        answer(one, world, "sonuc", "4")
        writing.complete_interview(one, world.interview, world.version)
    assert disposition(world)[0] is Disposition.REFUSED


def test_that_the_other_interview_of_a_firm_decides_where_one_was_carried_out(world: World):
    with act(world) as one:
        answer(one, world, "sonuc", "4")
        writing.complete_interview(one, world.interview, world.version)
        second = writing.open_interview(one, world.wave, world.units[0], world.version, "Mehmet")
        one.append(EventKind.ANSWER, SubjectKind.INTERVIEW, second, "/data/g/sonuc", "1", world.version)
        writing.complete_interview(one, second, world.version)
    assert disposition(world)[0] is Disposition.COMPLETED


def test_that_the_head_count_is_that_of_a_completed_interview_and_never_a_contested_one(world: World):
    with act(world) as one:
        answer(one, world, "calisan_sayisi", "42")
    assert np.isnan(firms(world).staff[0])
    with act(world) as one:
        writing.complete_interview(one, world.interview, world.version)
    assert firms(world).staff[0] == 42
    other = Laptop(timedelta())
    other.say(Said("answer", "interview", UUID(world.interview), "/data/g/calisan_sayisi", "50"))
    world.database.import_events([event.line for event in other.seen.values()])
    assert np.isnan(firms(world).staff[0])


def test_that_the_field_s_activity_goes_before_the_list_s_and_lists_are_named(world: World):
    with act(world) as one:
        writing.set_fact(one, SubjectKind.UNIT, world.units[0], "nace", "20.30")
        writing.set_fact(one, SubjectKind.UNIT, world.units[1], "nace", "20.30")
        writing.set_fact(one, SubjectKind.UNIT, world.units[1], "field_nace", "46.75")
        for name in ("SGK", "Oda"):
            writing.add_frame(one, world.wave, name, "liste", {world.units[0]: {"Unvan": "Zümrüt"}})
    found = firms(world)
    assert found.nace == ("20.30", "46.75", "")
    assert found.sources == (("Oda", "SGK"), (), ())


def test_that_a_reserve_waits_until_it_is_released_or_somebody_was_there(world: World):
    with act(world) as one:
        writing.set_fact(one, SubjectKind.AREA, world.areas[0], frames_study.RELEASED, "0")
        for unit, batch in zip(world.units[:2], ("0", "1"), strict=True):
            writing.set_fact(one, SubjectKind.UNIT, unit, frames_study.BATCH, batch)
            writing.set_fact(one, SubjectKind.UNIT, unit, frames_study.PROBABILITY, "0.5")
    assert firms(world).codes == ("F1", "F3")
    assert firms(world).probability.tolist()[:1] == [0.5]
    with act(world) as one:
        writing.record_visit(one, world.wave, world.units[1], "10")
    assert firms(world).codes == ("F1", "F2", "F3")


def test_that_the_frame_holds_what_was_entered_and_says_where_nothing_was(world: World):
    facts = {
        "frame_size:10-24": "12", "frame_size:1-9": "20", "frame_size:250+": "8", "frame_district:Konak": "40",
        "eligible_n": "36", "employment": "1200",
    }  # fmt: skip
    with act(world) as one:
        for name, value in facts.items():
            writing.set_fact(one, SubjectKind.AREA, world.areas[0], name, value)
    found = frames_study.frame(world.database)
    assert found.size_classes == ("1-9", "10-24", "250+")
    assert found.size_n.tolist() == [[20, 12, 8], [-1, -1, -1]]
    assert (found.districts, found.district_n.tolist()) == (("Konak",), [[40], [-1]])
    assert found.eligible_n.tolist() == [36, -1]
    assert found.employment[0] == 1200 and np.isnan(found.employment[1])
    assert found.origin == ("entered", "")


def test_that_ratings_stand_in_time_order_with_what_is_known_of_each(world: World):
    first = rate(world, world.units[0], 2, evidence_kind="1", suggestion=3)
    second = rate(world, world.units[0], 4, rater="Mehmet", evidence_kind="2")
    rate(world, world.units[0], 3, rater="Ayşe+Mehmet", round=2, settles=(first, second))
    rate(world, world.units[1], None, rater="Mehmet", missing="na", reason="ihracatçı")
    rate(world, world.units[1], 3, basis="suggestion", rater="rubric")
    rate(world, world.areas[0], 2)
    found = frames_study.ratings(world.database, world.wave, ["g1"])
    assert found.level[:3].tolist() == [2, 4, 3] and np.isnan(found.level[3])
    assert [found.raters[place] for place in found.rater] == ["Ayşe", "Mehmet", "Ayşe+Mehmet", "Mehmet"]
    assert found.is_agreed.tolist() == [False, False, True, False]
    assert found.evidence.tolist() == [Evidence.DOCUMENT, Evidence.STATEMENT, Evidence.UNSAID, Evidence.UNSAID]
    assert found.suggestion[0] == 3
    assert found.interviewed.tolist() == [True, False, False, False]
    assert frames_study.ratings(world.database, world.wave, ["g1"], "panel").level.tolist() == [2]


def test_that_an_agreed_level_rests_on_the_strongest_evidence_of_those_it_names(world: World):
    first = rate(world, world.units[0], 2, evidence_kind="2")
    second = rate(world, world.units[0], 4, rater="Mehmet", evidence_kind="1")
    rate(world, world.units[0], 3, rater="Ayşe+Mehmet", round=2, settles=(first, second))
    rate(world, world.units[1], 5, evidence_kind="3")
    found = frames.levels(world.database, world.wave, "firma", ["g1", "g2"])
    assert found.evidence is not None
    assert found.evidence.tolist() == [[Evidence.DOCUMENT, 0], [Evidence.OBSERVATION, 0]]


def test_that_a_person_who_says_that_no_level_can_be_given_goes_before_the_rubric(world: World):
    rate(world, world.units[0], 2, basis="suggestion", rater="rubric")
    rate(world, world.units[0], None, missing="na", reason="yalnız ihracat")
    assert frames.levels(world.database, world.wave, "firma", ["g1"]).targets == ()
    assert [one.reason for one in frames.excluded_levels(world.database, world.wave, "firma")] == ["not-scorable"]


def test_that_a_second_rater_s_open_sheet_stands_against_nothing(world: World):
    def mark(state: str) -> None:
        with act(world) as one:
            writing.mark_sheet(one, writing.SheetMarked(world.wave, "unit", world.units[0], "Mehmet", state))

    rate(world, world.units[0], 2)
    mark("open")
    rate(world, world.units[0], 4, rater="Mehmet")
    assert frames.levels(world.database, world.wave, "firma", ["g1"]).levels.tolist() == [[2]]
    assert len(frames_study.ratings(world.database, world.wave, ["g1"]).level) == 1
    mark("final")
    assert [one.reason for one in frames.excluded_levels(world.database, world.wave, "firma")] == ["raters-differ"]


def test_that_a_drawn_rater_waits_while_the_first_has_not_finished_either(world: World):
    with act(world) as one:
        for rater, state, turn in (("Ayşe", "open", 1), ("Mehmet", "drawn", 0), ("Mehmet", "open", 1)):
            writing.mark_sheet(one, writing.SheetMarked(world.wave, "unit", world.units[0], rater, state, turn))
    rate(world, world.units[0], 2)
    rate(world, world.units[0], 4, rater="Mehmet")
    assert frames.levels(world.database, world.wave, "firma", ["g1"]).levels.tolist() == [[2]]
    assert frames.excluded_levels(world.database, world.wave, "firma") == ()
    assert rating_rows.still_blind(world.database, world.wave, "Mehmet") == {world.units[0]}
    with act(world) as one:
        writing.mark_sheet(one, writing.SheetMarked(world.wave, "unit", world.units[0], "Mehmet", "final"))
    assert rating_rows.still_blind(world.database, world.wave, "Mehmet") == frozenset()
    assert frames.levels(world.database, world.wave, "firma", ["g1"]).levels.tolist() == [[4]]


def test_that_a_later_round_that_names_nothing_is_no_blind_rating(world: World):
    rate(world, world.units[0], 2)
    rate(world, world.units[0], 4, rater="Mehmet")
    rate(world, world.units[0], 3, rater="Ayşe+Mehmet", round=2)
    assert frames_study.ratings(world.database, world.wave, ["g1"]).is_agreed.tolist() == [False, False, True]


def test_that_an_open_sheet_of_the_only_rater_counts_at_once(world: World):
    with act(world) as one:
        writing.mark_sheet(one, writing.SheetMarked(world.wave, "unit", world.units[0], "Ayşe", "open"))
    rate(world, world.units[0], 2)
    assert frames.levels(world.database, world.wave, "firma", ["g1"]).levels.tolist() == [[2]]


def test_that_what_experts_say_of_needs_never_becomes_a_level(world: World):
    rate(world, world.areas[0], 2, "uretim_insan", "u1", basis="expert")
    rate(world, world.areas[0], 4, "uretim_insan", "u2", basis="expert")
    rate(world, world.units[2], 1, "uretim_bilgi", "u1", basis="expert")
    found = frames_study.expert_needs(world.database, world.wave, CELLS)
    assert found.firms == (f"u1@{world.areas[0]}", f"u2@{world.areas[0]}", f"u1@{world.units[2]}")
    assert (found.area.tolist(), found.answers.tolist()) == ([0, 0, 1], [[2, 0], [4, 0], [0, 1]])
    for route in ("firma", "panel"):
        assert frames.levels(world.database, world.wave, route, ["g1", *CELLS]).targets == ()
        assert frames.excluded_levels(world.database, world.wave, route) == ()
    assert frames.in_force(reading.ratings(world.database, world.wave), "panel") == {}


def test_that_an_agreed_need_takes_the_place_of_those_it_names(world: World):
    one = rate(world, world.areas[0], 2, "uretim_insan", "u1", basis="expert")
    two = rate(world, world.areas[0], 4, "uretim_insan", "u2", basis="expert")
    rate(world, world.areas[0], 3, "uretim_insan", "u1+u2", basis="expert", round=2, settles=(one, two))
    found = frames_study.expert_needs(world.database, world.wave, CELLS)
    assert (found.firms, found.answers.tolist()) == ((f"u1+u2@{world.areas[0]}",), [[3, 0]])


def test_that_the_history_of_an_attribute_is_kept_and_opened_where_it_is_sealed(world: World):
    for value in ("ilk", "ikinci", ""):
        with act(world) as one:
            writing.set_fact(one, SubjectKind.AREA, world.areas[0], "decision", value, personal=True)
    found = frames_study.history(world.database, world.areas[0], "decision")
    assert [(one.text, one.author, one.in_force) for one in found] == [
        ("ilk", "Ayşe", False), ("ikinci", "Ayşe", False), ("", "Ayşe", True),
    ]  # fmt: skip
    assert not any("ilk" in line or "ikinci" in line for line in reading.lines(world.database))
