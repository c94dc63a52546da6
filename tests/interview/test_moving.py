# ruff: noqa: E501 - forms are wide tables
"""A draft in another version of its form: kept, converted, not shown, asked again; and back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kume_desktop.instruments.differences import Sureness, compare, with_retired
from kume_desktop.interview import engine, page
from kume_desktop.interview.moving import Fate, Move, preview, undo
from kume_desktop.interview.record import Record
from tests.interview.scenario import Scenario, compiled, snapshot

OLD = """
| type              | name  | label               | relevant  | constraint | required | calculation | default | repeat_count |
| text              | ad    | Adınız nedir?       |           |            |          |             |         |              |
| integer           | kisi  | Kaç kişi?           |           |            |          |             |         |              |
| select_one k      | yon   | Yön?                |           |            |          |             |         |              |
| select_multiple k | hepsi | Hepsi?              |           |            |          |             |         |              |
| decimal           | pay   | Pay?                | ${kisi} > 1 |          |          |             |         |              |
| text              | eski  | Artık sorulmuyor mu? |          |            |          |             |         |              |
| calculate         | iki   |                     |           |            |          | ${kisi} * 2 |         |              |
| begin repeat      | urun  | Ürün                |           |            |          |             |         |              |
| text              | urun_ad | Ürünün adı?       |           |            |          |             |         |              |
| end repeat        |       |                     |           |            |          |             |         |              |
| begin repeat      | sube  | Şube                |           |            |          |             |         | ${kisi}      |
| text              | il    | Hangi il?           |           |            |          |             |         |              |
| end repeat        |       |                     |           |            |          |             |         |              |
"""
CHOICES = "| list_name | name | label |\n| k | 1 | Arttı |\n| k | 2 | Azaldı |\n| k | 3 | Aynı |"
NEW = """
| type              | name  | label               | relevant  | constraint | required | calculation | default | repeat_count |
| text              | ad    | Adınız nedir?       |           | string-length(.) < 4 |  |          |         |              |
| begin group       | g     | Grup                |           |            |          |             |         |              |
| decimal           | kisi  | Kaç kişi?           |           |            |          |             |         |              |
| select_multiple k | yon   | Yön?                |           |            |          |             |         |              |
| select_one k      | hepsi | Hepsi?              |           |            |          |             |         |              |
| integer           | pay   | Pay?                |           |            | yes      |             |         |              |
| text              | yeni  | Yeni soru nedir?    | ${kisi} > 2 |          | yes      |             |         |              |
| text              | hazir | Hazır gelen?        |           |            |          |             | evet    |              |
| end group         |       |                     |           |            |          |             |         |              |
| begin group       | h     | Ürünler             |           |            |          |             |         |              |
| begin repeat      | urun  | Ürün                |           |            |          |             |         |              |
| text              | isim  | Ürünün adı?         |           |            |          |             |         |              |
| end repeat        |       |                     |           |            |          |             |         |              |
| begin repeat      | sube  | Şube                |           |            |          |             |         | ${kisi}      |
| text              | il    | Hangi il?           |           |            |          |             |         |              |
| end repeat        |       |                     |           |            |          |             |         |              |
| end group         |       |                     |           |            |          |             |         |              |
"""
FEWER = "| list_name | name | label |\n| k | 1 | Arttı |\n| k | 3 | Aynı |"
OLD_FORM = compiled(survey=OLD, choices=CHOICES)
NEW_FORM = engine.compile_form(with_retired(compiled(survey=NEW, choices=FEWER).instrument, [OLD_FORM.instrument]))


def pairs(old: engine.Form = OLD_FORM, new: engine.Form = NEW_FORM) -> dict[str, str]:
    """Which node became which."""
    found = compare(old.instrument, new.instrument).pairs
    return {pair.old.path: pair.new.path for pair in found if pair.sureness is not Sureness.SIMILAR}


def moved(talk: Scenario, new: engine.Form = NEW_FORM) -> Move:
    """The move of a scenario's draft."""
    return preview(talk.interview, talk.record, new, talk.setting, pairs(talk.form, new))


def stored_after(move: Move, before: Record) -> Record:
    """What the store holds once a move is written."""
    record = Record(dict(before.answers), dict(before.recorded), dict(before.overrides), dict(before.rows))
    record.keep(engine.Outcome(move.after, move.changes, (), move.rows, move.overrides))
    return record


def seen(interview: engine.Interview) -> dict[str, object]:
    """What can be seen of an interview; values of paths that its form does not have left out."""
    found = dict(snapshot(interview))
    found["values"] = {
        path: value for path, value in interview.values.items() if value and path in interview.tree.spots
    }
    return found


@pytest.fixture
def talk() -> Scenario:
    talk = Scenario.begin(OLD_FORM).answer("ad", "Ayşe").answer("kisi", "3").answer("yon", "2")
    talk.answer("hepsi", "1 3").answer("pay", "2.5").answer("eski", "bir şey").answer("urun_ad", "çivi")
    return talk.add_row("/data/urun").answer("urun_ad[2]", "vida").answer("il[2]", "Manisa")


def test_that_answers_go_along_into_groups_renamed_questions_and_rows(talk: Scenario):
    after = moved(talk).after
    values = {
        spot.item.name: after.values.get(path) for path, spot in after.tree.spots.items() if not spot.item.repeats
    }
    assert (values["ad"], values["kisi"], values["yon"]) == ("Ayşe", "3", "2")
    assert [after.values.get(spot.path) for spot in after.tree.all(after.form.by_name["isim"])] == ["çivi", "vida"]
    assert [after.values.get(spot.path, "") for spot in after.tree.all(after.form.by_name["il"])] == ["", "Manisa", ""]


def test_that_the_preview_says_what_becomes_of_each_answer(talk: Scenario):
    move = moved(talk)
    fates = {each.question: each.fate for each in move.carried}
    assert fates["ad"] is Fate.KEPT
    assert fates["kisi"] is fates["yon"] is Fate.MOVED
    assert fates["hepsi"] is fates["pay"] is Fate.UNFIT
    assert fates["eski"] is Fate.NOT_SHOWN
    assert move.failing == ("/data/ad",)
    assert move.retired == ("/data/g/yon",)
    assert set(move.asked) == {"/data/g/pay", "/data/g/yeni"}


def test_that_a_retired_choice_stays_readable_is_open_and_can_be_chosen_no_more(talk: Scenario):
    after = moved(talk).after
    row = page.row(after, "/data/g/yon")
    assert (row.display, row.problem.problem.code) == ("Azaldı", "interview.choice-retired")
    assert "/data/g/yon" in {each.path for each in page.open_problems(after)}
    assert not engine.answer(after, "/data/g/yon", "2 3").accepted
    assert page.row(engine.answer(after, "/data/g/yon", "3").interview, "/data/g/yon").problem is None


def test_that_the_default_of_a_new_question_is_recorded(talk: Scenario):
    (change,) = [each for each in moved(talk).changes if each.path == "/data/g/hazir"]
    assert (change.new, change.recorded) == ("evet", True)


def test_that_what_is_stored_restores_to_what_the_preview_showed(talk: Scenario):
    move = moved(talk)
    assert seen(stored_after(move, talk.record).restored(NEW_FORM, talk.setting)) == seen(move.after)


def test_that_undo_brings_back_every_answer(talk: Scenario):
    before, move = seen(talk.interview), moved(talk)
    record = stored_after(move, talk.record)
    back = undo(move.after, record, OLD_FORM, talk.setting, pairs(), move.kept)
    assert seen(back.after) == before


def test_that_answers_given_in_the_newer_version_go_along_when_it_is_undone(talk: Scenario):
    move = moved(talk)
    record = stored_after(move, talk.record)
    now = move.after
    for path, raw in (("/data/g/kisi", "5"), ("/data/g/pay", "7"), ("/data/g/hepsi", "1")):
        now = record.keep(engine.answer(now, path, raw))
    back = undo(now, record, OLD_FORM, talk.setting, pairs(), move.kept).after
    assert [back.value(f"/data/{name}") for name in ("kisi", "pay", "hepsi", "yon")] == ["5", "7", "1", "2"]


def test_that_a_value_cleared_in_the_newer_version_is_cleared_when_it_is_undone(talk: Scenario):
    move = moved(talk)
    record = stored_after(move, talk.record)
    now = record.keep(engine.answer(move.after, "/data/g/kisi", ""))
    assert undo(now, record, OLD_FORM, talk.setting, pairs(), move.kept).after.value("/data/kisi") == ""


TYPES = [
    ("integer", "12", "text", "12"),
    ("integer", "12", "decimal", "12"),
    ("decimal", "12", "integer", "12"),
    ("decimal", "12.5", "integer", None),
    ("text", "12,5", "decimal", "12.5"),
    ("text", "on iki", "integer", None),
    ("text", "Azaldı", "select_one k", "2"),
    ("text", "2", "select_one k", "2"),
    ("text", "azalmadı", "select_one k", None),
    ("select_one k", "2", "text", "Azaldı"),
    ("select_one k", "2", "select_multiple k", "2"),
    ("select_multiple k", "1 2", "select_one k", None),
    ("select_multiple k", "2", "select_one k", "2"),
    ("select_one k", "2", "integer", None),
    ("date", "2026-11-22", "text", "2026-11-22"),
    ("text", "22.11.2026", "date", "2026-11-22"),
    ("integer", "2", "date", None),
]


@pytest.mark.parametrize(("old", "value", "new", "expected"), TYPES)
def test_that_a_value_is_converted_where_it_fits(old: str, value: str, new: str, expected: str | None):
    before, after = (
        compiled(survey=f"| type | name | label |\n| {kind} | a | A? |\n| text | b | B? |", choices=CHOICES)
        for kind in (old, new)
    )
    talk = Scenario.begin(before).answer("a", value)
    move = moved(talk, after)
    (carried,) = move.carried
    assert (carried.new if carried.fate is not Fate.UNFIT else None) == expected
    assert move.after.value("/data/a") == (expected or "")
    record = stored_after(move, talk.record)
    assert (
        undo(move.after, record, before, talk.setting, pairs(before, after), move.kept).after.value("/data/a") == value
    )


acts = st.tuples(
    st.sampled_from(["ad", "kisi", "yon", "hepsi", "pay", "eski", "urun_ad", "il", "+", "-"]),
    st.integers(0, 3),
    st.sampled_from(["", "1", "2", "3", "1 2", "2 3", "x", "2.5"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(acts, max_size=12))
def test_that_after_any_answers_undo_gives_the_state_before_and_nothing_stored_is_lost(
    done: list[tuple[str, int, str]],
):
    talk = Scenario.begin(OLD_FORM)
    for name, place, raw in done:
        rows = talk.interview.rows("/data/urun")
        if name == "+":
            talk.add_row("/data/urun")
        elif name == "-" and rows:
            talk.interview = talk.record.keep(
                engine.remove_row(talk.interview, f"/data/urun[{rows[place % len(rows)]}]")
            )
        elif name not in "+-":
            spots = talk.interview.tree.all(OLD_FORM.by_name[name])
            if spots:
                talk.interview = talk.record.keep(engine.answer(talk.interview, spots[place % len(spots)].path, raw))
    move = moved(talk)
    record = stored_after(move, talk.record)
    held = {*record.answers.values(), *record.recorded.values(), *move.kept.values()}
    assert {value for value in talk.record.answers.values() if value} <= held
    assert seen(undo(move.after, record, OLD_FORM, talk.setting, pairs(), move.kept).after) == seen(talk.interview)
