"""What is asked of many interviews at once, on every kind of database: lists, last values, files, identities, news."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kume_desktop.problems import Refused
from kume_desktop.store import attachments, device, finished, news, reading, submissions, wave_facts, writing
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.records import StateRow

if TYPE_CHECKING:
    from tests.store.worlds import World


def act(world: World):
    return world.database.act("Ayşe", "staff")


def complete(world: World, interview: str, **values: str) -> None:
    with act(world) as one:
        for name, value in values.items():
            one.append(EventKind.ANSWER, SubjectKind.INTERVIEW, interview, f"/d/{name}", value, world.version)
        one.save_state(interview, [StateRow(f"/d/{name}", True, value) for name, value in values.items()])
        one.append(EventKind.INTERVIEW_COMPLETED, SubjectKind.INTERVIEW, interview, "", "completed", world.version)


def another(world: World, unit: int) -> str:
    with act(world) as one:
        return writing.open_interview(one, world.wave, world.units[unit], world.version, "Ayşe")


def test_that_the_values_of_finished_interviews_come_in_the_order_of_their_ends(world: World):
    later, draft = another(world, 1), another(world, 2)
    complete(world, world.interview, ad="bir", a_d="x", kisi="3")
    complete(world, later, ad="iki", kisi="")
    values = finished.values_of(world.database, world.version, ("ad", "kisi"))
    assert [one["/d/ad"] for one in values] == ["bir", "iki"]
    assert set(values[0]) == {"/d/ad", "/d/kisi"}
    assert [one["/d/ad"] for one in finished.values_of(world.database, world.version, ("ad",), later)] == ["bir"]
    here = device.this_device().device_id
    assert finished.last_finished(world.database, "is_ihtiyac", here) == later
    assert finished.last_finished(world.database, "is_ihtiyac", here, later) == world.interview
    assert finished.last_finished(world.database, "is_ihtiyac", draft) == ""


def test_that_units_are_found_by_an_answer_to_a_question_of_that_very_name(world: World):
    complete(world, world.interview, hukuki_yapi="1", hukukixyapi="2")
    complete(world, another(world, 1), hukuki_yapi="2", **{"g/hukukixyapi": "1"})
    assert finished.units_that_answered(world.database, "hukuki_yapi", "1") == {world.units[0]}


def test_that_a_file_is_found_by_the_name_that_its_answer_stores(world: World):
    with act(world) as one:
        name = attachments.put(one, b"picture", "jpg", "image/jpeg")
    assert (attachments.content(world.database, name), attachments.size(world.database, name)) == (b"picture", 7)
    for wrong in ("", "0" * 16 + ".jpg", name[:15] + ".jpg"):
        assert attachments.size(world.database, wrong) is None
        with pytest.raises(Refused, match=r"interview\.file-missing"):
            attachments.content(world.database, wrong)


def test_that_submissions_are_known_by_their_identities(world: World):
    complete(world, world.interview, ad="bir")
    with act(world) as one:
        submissions.remember(one, world.interview, "uuid:a", "", 1)
        submissions.remember(one, world.interview, "uuid:b", "uuid:a", 2)
    assert submissions.interview_of(world.database, "uuid:a") == world.interview
    assert submissions.interview_of(world.database, "uuid:A") == ""
    assert [identity for identity, _said in submissions.taken(world.database, world.interview)] == ["uuid:a", "uuid:b"]
    assert submissions.completions(world.database, world.interview) == 1


def test_that_news_tell_kinds_and_facts_since_an_entry(world: World):
    before = news.newest(world.database)
    assert news.kinds_since(world.database, before) == frozenset()
    with act(world) as one:
        writing.set_fact(one, SubjectKind.WAVE, world.wave, "begins", "2026-03-01")
    assert news.newest(world.database) == before + 1 == news.entry_of(world.database, world.wave)
    assert news.kinds_since(world.database, before) == {"fact"}
    assert news.facts_since(world.database, before) == {"begins"}
    assert news.size(world.database) == (2, 3)


def test_that_what_a_later_wave_does_not_say_holds_from_the_one_before(world: World):
    with act(world) as one:
        later = writing.open_wave(one, "2027", "2027 dalgası")
        writing.set_fact(one, SubjectKind.STUDY, world.study_id, "reference_year", "2025")
    assert wave_facts.carried(world.database, world.study_id, later)["reference_year"] == "2025"
    name = wave_facts.name_in(world.database, later, "reference_year")
    with act(world) as one:
        writing.set_fact(one, SubjectKind.STUDY, world.study_id, name, "2026")
    found = [wave_facts.carried(world.database, world.study_id, wave)["reference_year"] for wave in (world.wave, later)]
    assert found == ["2025", "2026"]
    assert wave_facts.own(world.database, world.study_id, later) == {"reference_year": "2026"}


def test_that_a_head_says_whether_it_is_sealed(world: World):
    with act(world) as one:
        for name, is_personal in (("ad", True), ("is", False)):
            one.append(
                EventKind.ANSWER, SubjectKind.INTERVIEW, world.interview, f"/d/{name}", "x", personal=is_personal
            )
    heads = reading.heads(world.database, world.interview)
    assert (heads["/d/ad"][0].personal, heads["/d/is"][0].personal) == (True, False)
