"""The few columns that a queue of firms reads, on both databases."""

from __future__ import annotations

from kume_desktop.store import rating_rows, reading, writing


def test_that_what_people_gave_comes_in_few_columns_and_the_rubric_stays_out(world):
    unit = world.units[0]
    with world.database.act("Ayşe", "staff") as act:
        common = (world.wave, "unit", unit)
        writing.rate(act, writing.RatingGiven(*common, "g1", 3, "Ayşe"))
        writing.rate(act, writing.RatingGiven(*common, "g2", None, "Ayşe", draft="4"))
        writing.rate(act, writing.RatingGiven(*common, "g3", None, "Ayşe", missing="na"))
        writing.rate(act, writing.RatingGiven(*common, "g4", None, "Ayşe"))
        writing.rate(act, writing.RatingGiven(*common, "g1", 2, "rubric", 0, basis="suggestion"))
        writing.rate(act, writing.RatingGiven(*common, "uretim_insan", 5, "Can", basis="expert"))
    found = {
        (one.indicator, one.rater): (one.answer, one.is_draft, one.basis)
        for one in rating_rows.marks(world.database, world.wave)
    }
    assert found == {
        ("g1", "Ayşe"): ("3", False, "rating"),
        ("g2", "Ayşe"): ("4", True, "rating"),
        ("g3", "Ayşe"): ("na", False, "rating"),
        ("g4", "Ayşe"): ("", False, "rating"),
        ("uretim_insan", "Can"): ("5", False, "expert"),
    }
    assert rating_rows.marks(world.database, world.wave, world.units[1]) == ()
    since = rating_rows.rated_since(world.database, world.wave, "Ayşe")
    assert since == {unit: min(one.at for one in reading.ratings(world.database) if one.rater == "Ayşe")}
    assert rating_rows.rated_since(world.database, world.wave, "Can") == {}


def test_that_everybody_with_a_role_in_the_wave_is_known_in_turkish_order(world):
    with world.database.act("Ayşe", "staff") as act:
        for name, role in (("Şule", "staff"), ("Çağla", "scorer"), ("Ziya", "interviewer"), ("Cem", "staff")):
            writing.add_person(act, name, world.wave, role)
    known = rating_rows.people(world.database, world.wave)
    assert [one.name for one in known if one.name in {"Cem", "Çağla", "Şule", "Ziya"}] == [
        "Cem", "Çağla", "Şule", "Ziya",
    ]  # fmt: skip
    assert {one.role for one in known if one.name == "Çağla"} == {"scorer"}


def test_that_two_people_who_agreed_are_no_third_one(world):
    with world.database.act("Ayşe", "staff") as act:
        for name in ("r1", "r2", "r1+r2", "Ar+Ge"):
            writing.add_person(act, name, world.wave, "scorer")
    known = {one.name for one in rating_rows.people(world.database, world.wave)}
    assert {"r1", "r2", "Ar+Ge"} <= known and "r1+r2" not in known


def test_that_two_computers_that_say_different_things_of_a_sheet_leave_it_open_to_a_person(world):
    given = writing.SheetMarked(world.wave, "unit", world.units[0], "Ayşe", "final")
    with world.database.act("Ayşe", "staff") as act:
        sheet_id = writing.mark_sheet(act, given)
        value = {"wave": world.wave, "target_kind": "unit", "target": world.units[0], "rater": "Ayşe", "round": 1,
                 "state": "open"}  # fmt: skip
        act.append(writing.EventKind.RATING_SHEET, writing.SubjectKind.RATING, sheet_id, "sheet", value, supersedes=())
    (found,) = reading.sheets(world.database, world.wave)
    assert found.state == ""
