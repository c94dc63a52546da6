# ruff: noqa: E501 - forms are wide tables
"""Repeats: rows that people add, rows that follow a count, and values that look across rows."""

from __future__ import annotations

import pytest

from kume_desktop.interview import engine, page
from kume_desktop.problems import Refused
from tests.interview.scenario import Scenario

PEOPLE = """
| type         | name   | label        | calculation              | default    | relevant      | required | constraint |
| begin repeat | kisi   | Kişi         |                          |            |               |          |            |
| text         | ad     | Ad           |                          |            |               | yes      |            |
| integer      | yas    | ${ad} yaşı   |                          |            |               |          | . < 120    |
| text         | okul   | Okul         |                          | concat('s', position(..)) | ${yas} > 6 |  |      |
| calculate    | sira   |              | position(..)             |            |               |          |            |
| calculate    | iki    |              | ${yas} * 2               |            |               |          |            |
| calculate    | pay    |              | ${yas} div sum(../../kisi/yas) |      |               |          |            |
| end repeat   |        |              |                          |            |               |          |            |
| calculate    | kac    |              | count(${kisi})           |            |               |          |            |
| calculate    | toplam |              | sum(${yas})              |            |               |          |            |
| text         | son    | Son          |                          |            | ${kac} > 1    |          |            |
"""
KISI = "/data/kisi"


def test_that_a_repeat_begins_with_one_row_that_is_stored():
    talk = Scenario.of(PEOPLE)
    assert talk.started is not None
    assert [(row.repeat, row.added) for row in talk.started.rows] == [(KISI, True)]
    talk.expect(kac="1", toplam="0", okul="")
    assert not talk.asks("son")


def test_that_rows_are_added_removed_and_counted():
    talk = Scenario.of(PEOPLE).answer("ad", "Ali").answer("yas", "30").add_row(KISI).answer("yas[2]", "10")
    talk.expect(**{"kac": "2", "toplam": "40", "sira[2]": "2", "iki[2]": "20", "pay[1]": "0.75", "pay[2]": "0.25"})
    assert talk.asks("son")
    talk.remove_row("kisi[1]").expect(**{"kac": "1", "toplam": "10", "sira[1]": "1", "pay[1]": "1"})
    talk.reload().expect(kac="1", toplam="10")
    assert not talk.asks("son")


def test_that_defaults_of_a_new_row_run_once_and_rules_stay_within_the_row():
    talk = Scenario.of(PEOPLE).answer("yas", "30").add_row(KISI)
    talk.expect(**{"okul[1]": "s1"})
    assert talk.asks("okul[1]")
    assert not talk.asks("okul[2]")
    talk.answer("yas[2]", "8").expect(**{"okul[2]": "s2"}).answer("okul[2]", "").reload().expect(**{"okul[2]": ""})


def test_that_a_removed_row_takes_its_values_with_it():
    talk = Scenario.of(PEOPLE).answer("ad", "Ali").add_row(KISI)
    gone = talk.spot("ad[1]").path
    talk.remove_row("kisi[1]")
    assert gone not in talk.interview.values
    assert not any(path.startswith(gone.rpartition("/")[0]) for path in talk.record.answers)


def test_that_all_rows_may_go_and_the_page_still_offers_to_add_one():
    talk = Scenario.of(PEOPLE).remove_row("kisi[1]").expect(kac="0", toplam="0")
    empty = [screen for screen in page.screens(talk.interview) if not screen.rows]
    assert [(screen.repeat.count, screen.repeat.can_change) for screen in empty] == [(0, True)]
    assert page.sections(talk.interview)[0].title == "Kişi"
    talk.reload().expect(kac="0")
    talk.add_row(empty[0].repeat.repeat).expect(kac="1")


def test_that_rows_are_screens_of_their_own():
    talk = Scenario.of(PEOPLE).answer("ad", "Ali").add_row(KISI).answer("ad[2]", "Veli").answer("yas[2]", "9")
    shown = [screen for screen in page.screens(talk.interview) if screen.repeat]
    assert [(screen.repeat.position, screen.repeat.count) for screen in shown] == [(1, 2), (2, 2)]
    assert [[row.title for row in screen.rows] for screen in shown] == [
        ["Ad", "Ali yaşı"],
        ["Ad", "Veli yaşı", "Okul"],
    ]
    assert [row.number for row in shown[1].rows] == ["1.1", "1.2", "1.3"]


def test_that_an_open_question_in_a_row_is_found():
    talk = Scenario.of(PEOPLE).add_row(KISI).answer("ad[1]", "Ali")
    (found,) = page.open_problems(talk.interview)
    assert found.path == talk.spot("ad[2]").path
    assert page.screen_of(talk.interview, found.path).repeat.position == 2


COUNTED = """
| type            | name  | label    | repeat_count               | calculation                              | required | choice_filter |
| select_multiple k | kurum | Kurumlar |                          |                                          |          |               |
| begin repeat    | r     | ${ad}    | count-selected(${kurum})   |                                          |          |               |
| calculate       | kod   |          |                            | selected-at(${kurum}, position(..) - 1)  |          |               |
| calculate       | ad    |          |                            | jr:choice-name(${kod}, '${kurum}')       |          |               |
| integer         | sik   | ${ad} kaç kez? |                      |                                          | yes      |               |
| end repeat      |       |          |                            |                                          |          |               |
| calculate       | top   |          |                            | sum(${sik})                              |          |               |
"""
BODIES = """
| list_name | name | label |
| k         | a    | Oda   |
| k         | b    | Birlik |
| k         | c    | Vakıf |
"""


def test_that_rows_follow_their_count_and_keep_their_values():
    talk = Scenario.of(COUNTED, BODIES).answer("kurum", "a b").expect(**{"kod[2]": "b", "ad[2]": "Birlik"})
    assert talk.row("sik[2]").title == "Birlik kaç kez?"
    talk.answer("sik[1]", "3").answer("sik[2]", "4").expect(top="7")
    talk.answer("kurum", "a").expect(top="3").reload().expect(top="3")
    talk.answer("kurum", "a c").expect(**{"top": "7", "sik[2]": "4", "kod[2]": "c"})


def test_that_counted_rows_have_the_same_ids_on_every_computer():
    one, other = (Scenario.of(COUNTED, BODIES).answer("kurum", "a b").interview for _ in range(2))
    assert one.rows("/data/r") == other.rows("/data/r")
    assert len(set(one.rows("/data/r"))) == 2


def test_that_counted_rows_are_nobodys_to_add_or_remove():
    talk = Scenario.of(COUNTED, BODIES).answer("kurum", "a")
    added = engine.add_row(talk.interview, "/data/r")
    removed = engine.remove_row(talk.interview, talk.spot("r").path)
    assert [out.problems[0].code for out in (added, removed)] == ["interview.rows-fixed"] * 2
    assert not any(screen.repeat.can_change for screen in page.screens(talk.interview) if screen.repeat)


NESTED = """
| type         | name | label | repeat_count | calculation            |
| begin repeat | dis  | Dış   |              |                        |
| integer      | n    | Kaç?  |              |                        |
| begin repeat | ic   | İç    | ${n}         |                        |
| integer      | v    | Değer |              |                        |
| calculate    | s    |       |              | concat(${n}, '-', ${v}) |
| end repeat   |      |       |              |                        |
| calculate    | t    |       |              | sum(${v})              |
| end repeat   |      |       |              |                        |
| calculate    | hepsi |      |              | sum(/data/dis/ic/v)    |
"""


def test_that_repeats_nest():
    talk = Scenario.of(NESTED).answer("n", "2").answer("v[1]", "1").answer("v[2]", "2").add_row("/data/dis")
    talk.answer("n[2]", "1").answer("v[3]", "5")
    talk.expect(**{"t[1]": "3", "t[2]": "5", "hepsi": "8", "s[2]": "2-2", "s[3]": "1-5"})
    talk.answer("n[1]", "1").expect(**{"t[1]": "1", "hepsi": "6"}).reload().expect(hepsi="6")
    assert len({spot.path for spot in talk.interview.tree.all(talk.form.by_name["v"])}) == 2
    talk.remove_row("dis[1]").expect(**{"hepsi": "5", "s[1]": "1-5"})


INSIDE = """
| type         | name | label | repeat_count | calculation   |
| integer      | n    | Kaç?  |              |               |
| begin repeat | dis  | Dış   | ${n}         |               |
| begin repeat | ic   | İç    |              |               |
| integer      | v    | Değer |              |               |
| end repeat   |      |       |              |               |
| end repeat   |      |       |              |               |
| calculate    | t    |       |              | sum(${v})     |
"""


def test_that_rows_in_a_counted_row_come_back_with_it_as_its_answers_do():
    talk = Scenario.of(INSIDE).answer("n", "1").answer("v", "5")
    inner = f"{talk.interview.tree.rows['/data/dis'][0].path}/ic"
    talk.add_row(inner).answer("v[2]", "7").expect(t="12")
    talk.answer("n", "0").expect(t="0").answer("n", "1").expect(t="12", **{"v[1]": "5", "v[2]": "7"})
    talk.answer("n", "0").reload().answer("n", "2").expect(t="12", **{"v[2]": "7"})
    assert next(len(talk.interview.rows(key)) for key in talk.interview.tree.rows if key.endswith("/ic")) == 2


def test_that_rows_in_a_counted_row_that_is_gone_are_undone_with_everything():
    talk = Scenario.of(INSIDE)
    before = talk.interview
    talk.answer("n", "1").answer("v", "5").add_row(f"{talk.interview.tree.rows['/data/dis'][0].path}/ic")
    talk.answer("n", "").keep(engine.undo(talk.interview, before))
    assert not any(talk.record.rows.values())
    talk.reload().answer("n", "1").expect(**{"v[1]": ""})
    assert len(talk.interview.tree.all(talk.form.by_name["v"])) == 1


def test_that_what_was_cleared_in_a_removed_row_is_blank_again_after_undo():
    survey = """
    | type         | name | label | default |
    | begin repeat | r    | R     |         |
    | integer      | v    | V     | 1       |
    | end repeat   |      |       |         |
    """
    talk = Scenario.of(survey).expect(v="1").answer("v", "")
    before = talk.interview
    talk.remove_row("r[1]").keep(engine.undo(talk.interview, before)).expect(v="").reload().expect(v="")


def test_that_a_removed_row_takes_what_stood_in_its_counted_rows_with_it():
    _, head, *rows, _total, _ = INSIDE.split("\n")
    talk = Scenario.of("\n".join((head, "| begin repeat | ev | Ev | | |", *rows, "| end repeat | | | | |")))
    talk.answer("n", "1")
    (inner,) = [key for key in talk.interview.tree.rows if key.endswith("/ic")]
    talk.add_row(inner).answer("v", "5").answer("n", "0")
    assert talk.interview.asleep
    talk.remove_row("ev[1]")
    assert not any(talk.record.rows.values()) and not any(talk.record.answers.values()) and not talk.interview.asleep


def test_that_a_count_that_feeds_itself_is_an_error_and_changes_nothing():
    survey = """
    | type         | name | label | repeat_count   |
    | text         | x    | X     |                |
    | begin repeat | r    | R     | if(${x} = '', 0, count(${r}) + 1) |
    | text         | v    | V     |                |
    | end repeat   |      |       |                |
    """
    talk = Scenario.of(survey)
    talk.refuse("x", "a", "interview.counts-never-rest")


def test_that_far_too_many_rows_are_refused():
    talk = Scenario.of(NESTED).refuse("n", "1001", "interview.too-many-rows")
    talk.refuse("n", "100000", "interview.too-many-rows").answer("n", "-3").answer("n", "0")


def test_that_a_count_that_cannot_rest_at_the_beginning_is_refused():
    survey = """
    | type         | name | label | repeat_count  |
    | begin repeat | r    | R     | count(${r}) + 1 |
    | text         | v    | V     |               |
    | end repeat   |      |       |               |
    """
    with pytest.raises(Refused) as refused:
        Scenario.of(survey)
    assert refused.value.problems[0].code == "interview.counts-never-rest"


def test_that_a_repeat_in_an_irrelevant_group_is_unseen_but_keeps_its_rows():
    survey = """
    | type         | name | label | relevant      | calculation    |
    | text         | x    | X     |               |                |
    | begin group  | g    | G     | ${x} = 'a'    |                |
    | begin repeat | r    | R     |               |                |
    | integer      | v    | V     |               |                |
    | end repeat   |      |       |               |                |
    | end group    |      |       |               |                |
    | calculate    | t    |       |               | sum(${v}) + count(${r}) |
    """
    talk = Scenario.of(survey).answer("x", "a").answer("v", "5").add_row("/data/g/r").answer("v[2]", "6")
    talk.expect(t="13").answer("x", "b").expect(t="0").reload().expect(t="0")
    talk.answer("x", "a").expect(t="13")
    outcome = engine.add_row(talk.answer("x", "").interview, "/data/g/r")
    assert outcome.problems[0].code == "interview.not-asked"


def test_that_choices_can_come_from_the_rows_of_a_repeat():
    survey = """
    | type           | name | label |
    | begin repeat   | r    | R     |
    | text           | ad   | Ad    |
    | end repeat     |      |       |
    | select_one ${ad} | sec | Hangisi? |
    """
    talk = Scenario.of(survey).answer("ad", "Ali").add_row("/data/r").answer("ad[2]", "Veli")
    assert [(choice.name, choice.label) for choice in talk.row("sec").choices] == [("Ali", "Ali"), ("Veli", "Veli")]
    talk.refuse("sec", "Can", "interview.no-such-choice").answer("sec", "Veli")
    assert talk.answer("ad[2]", "Can").open() == [("sec", "constraint")]


def test_that_without_stored_rows_the_answers_show_which_rows_there_are():
    talk = Scenario.of(PEOPLE).add_row(KISI).answer("ad[2]", "Veli").add_row(KISI).answer("yas[3]", "9")
    record = talk.record
    restored = engine.restore(talk.form, talk.setting, record.answers, record.recorded, {})
    assert restored.rows(KISI) == talk.interview.rows(KISI)
    assert engine.restore(talk.form, talk.setting, {}, {}, {}).rows(KISI) == talk.interview.rows(KISI)[:1]
    assert engine.restore(talk.form, talk.setting, {}, {}, {}, {}).rows(KISI) == ()
