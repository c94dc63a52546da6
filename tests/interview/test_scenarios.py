# ruff: noqa: E501 - forms are wide tables
"""What happens to an interview when answers are given: forms as tables, verbs answer, expect, next, reload."""

from __future__ import annotations

import pytest

from kume_desktop.interview import engine
from kume_desktop.problems import Refused
from tests.interview.scenario import Scenario, compiled

YES_NO = """
| list_name | name | label | missing |
| evet      | 1    | Evet  |         |
| evet      | 2    | Hayır |         |
| evet      | dk   | Bilmiyor | dk   |
"""
SKIP = """
| type            | name  | label      | relevant       | required | calculation   |
| select_one evet | var   | Var mı?    |                | yes      |               |
| begin group     | g     | Ayrıntı    | ${var} = '1'   |          |               |
| integer         | kac   | Kaç?       |                | yes      |               |
| calculate       | cift  |            |                |          | ${kac} * 2    |
| end group       |       |            |                |          |               |
| text            | yorum | Yorum      | ${kac} > 5     |          |               |
| calculate       | ozet  |            |                |          | concat(${cift}, '/', ${kac}) |
"""


def test_that_a_question_is_asked_as_soon_as_its_rule_holds():
    talk = Scenario.of(SKIP, YES_NO)
    assert talk.next() == "var"
    assert not talk.asks("kac")
    talk.answer("var", "1")
    assert talk.next() == "kac"
    talk.answer("kac", "6").expect(cift="12", ozet="12/6")
    assert talk.next() == "yorum"


def test_that_an_irrelevant_value_is_unseen_and_comes_back():
    talk = Scenario.of(SKIP, YES_NO).answer("var", "1").answer("kac", "6").answer("yorum", "çok")
    talk.answer("var", "2").expect(kac="", cift="", yorum="", ozet="/")
    assert talk.interview.values["/data/g/kac"] == "6"
    talk.answer("var", "1").expect(kac="6", cift="12", yorum="çok", ozet="12/6")


def test_that_a_reload_in_the_middle_changes_nothing():
    talk = Scenario.of(SKIP, YES_NO).answer("var", "1").reload().answer("kac", "7").reload().expect(ozet="14/7")
    talk.answer("var", "2").reload().answer("var", "1").expect(kac="7", ozet="14/7")


def test_that_only_the_answer_is_a_change_and_no_calculate():
    talk = Scenario.of(SKIP, YES_NO).answer("var", "1")
    outcome = engine.answer(talk.interview, "/data/g/kac", "3")
    assert [(change.path, change.new, change.recorded) for change in outcome.changes] == [("/data/g/kac", "3", False)]


def test_that_the_same_answer_again_changes_nothing():
    talk = Scenario.of(SKIP, YES_NO).answer("var", "1")
    outcome = engine.answer(talk.interview, "/data/var", "1")
    assert outcome.interview is talk.interview
    assert outcome.accepted
    assert not outcome.changes


def test_that_an_irrelevant_or_unknown_question_takes_no_answer():
    talk = Scenario.of(SKIP, YES_NO).refuse("kac", "3", "interview.not-asked")
    outcome = engine.answer(talk.interview, "/data/yok", "3")
    assert [problem.code for problem in outcome.problems] == ["interview.not-asked"]
    talk.refuse("cift", "3", "interview.not-asked")


CHECKS = """
| type    | name | label | required | constraint | constraint_message | warn | warn_message | read_only |
| integer | once | Önce  |          |            |                    |      |              |           |
| integer | yil  | Yıl   | yes      | . >= 1850 and (${once} = '' or . >= ${once}) | En az **${once}** olmalı | . > 2020 | ${yil} çok yeni | |
| text    | sabit | Sabit |         |            |                    |      |              | yes       |
| integer | tek  | Tek   |          | . mod 2 = 1 |                   |      |              |           |
"""


def test_that_a_broken_constraint_is_refused_with_the_forms_own_message():
    talk = Scenario.of(CHECKS).answer("once", "1990")
    outcome = engine.answer(talk.interview, "/data/yil", "1980")
    assert [(problem.code, problem.params["message"]) for problem in outcome.problems] == [
        ("interview.refused", "En az 1990 olmalı")
    ]
    talk.refuse("yil", "1980", "interview.refused").answer("yil", "1990")


def test_that_a_constraint_without_message_has_one_of_ours():
    Scenario.of(CHECKS).refuse("tek", "2", "interview.constraint").answer("tek", "3").answer("tek", "")


def test_that_an_answer_broken_by_a_later_one_is_kept_and_open():
    talk = Scenario.of(CHECKS).answer("yil", "1990").answer("once", "2000")
    assert talk.open() == [("yil", "constraint")]
    assert talk.value("yil") == "1990"
    note = talk.row("yil").problem
    assert note is not None
    assert not note.soft
    assert note.related == (("/data/once", "1.1"),)
    assert talk.answer("once", "1900").open() == []


def test_that_a_warning_is_open_until_it_has_a_reason_for_that_value():
    talk = Scenario.of(CHECKS).answer("yil", "2024")
    assert talk.open() == [("yil", "warning")]
    note = talk.row("yil").problem
    assert note is not None
    assert note.problem.params["message"] == "2024 çok yeni"
    assert talk.override("yil", "geçen yıl kuruldu").open() == []
    assert talk.reload().row("yil").problem.overridden
    assert talk.answer("yil", "2023").open() == [("yil", "warning")]
    assert talk.answer("yil", "2024").open() == [("yil", "warning")]
    assert talk.answer("yil", "2000").open() == []


def test_that_a_reason_without_a_warning_is_refused_and_a_blank_one_withdraws_it():
    talk = Scenario.of(CHECKS).answer("yil", "2000")
    outcome = engine.override(talk.interview, "/data/yil", "neden")
    assert [problem.code for problem in outcome.problems] == ["interview.no-warning"]
    talk.answer("yil", "2024").override("yil", "öyle").override("yil", "")
    assert talk.open() == [("yil", "warning")]


def test_that_a_read_only_question_takes_no_answer():
    Scenario.of(CHECKS).refuse("sabit", "x", "interview.read-only")


def test_that_a_required_question_is_open_while_blank():
    talk = Scenario.of(CHECKS)
    assert talk.open() == [("yil", "required")]
    assert talk.answer("yil", "1999").answer("yil", "").open() == [("yil", "required")]


FILTER = """
| type            | name | label  | choice_filter  | required |
| select_one il   | il   | İl     |                | yes      |
| select_one ilce | ilce | İlçe   | il = ${il}     |          |
| select_multiple ilce | cok | Çok | il = ${il}     |          |
"""
PLACES = """
| list_name | name    | label   | il    |
| il        | izmir   | İzmir   |       |
| il        | manisa  | Manisa  |       |
| ilce      | konak   | Konak   | izmir |
| ilce      | urla    | Urla    | izmir |
| ilce      | salihli | Salihli | manisa |
"""


def test_that_choices_follow_the_filter():
    talk = Scenario.of(FILTER, PLACES).answer("il", "izmir")
    assert [choice.name for choice in talk.row("ilce").choices] == ["konak", "urla"]
    talk.refuse("ilce", "salihli", "interview.no-such-choice").answer("ilce", "urla")


def test_that_an_answer_that_drops_out_of_its_list_is_kept_and_open():
    talk = Scenario.of(FILTER, PLACES).answer("il", "izmir").answer("ilce", "urla").answer("cok", "urla konak")
    talk.answer("il", "manisa").expect(ilce="urla", cok="konak urla")
    assert talk.open() == [("ilce", "constraint"), ("cok", "constraint")]
    note = talk.row("ilce").problem
    assert note is not None
    assert (note.problem.code, note.problem.params["value"]) == ("interview.choice-gone", "Urla")
    assert talk.reload().open() == [("ilce", "constraint"), ("cok", "constraint")]
    assert talk.answer("il", "izmir").open() == []


def test_that_a_select_multiple_is_stored_once_each_in_the_order_of_the_list():
    talk = Scenario.of(FILTER, PLACES).answer("il", "izmir").answer("cok", "urla  konak urla")
    talk.expect(cok="konak urla")
    assert engine.answer(talk.interview, "/data/cok", "urla konak").changes == ()


DEFAULTS = """
| type      | name   | label | default          | calculation              | trigger   | bind::type |
| start     | basla  |       |                  |                          |           |            |
| today     | gun    |       |                  |                          |           |            |
| username  | kim    |       |                  |                          |           |            |
| deviceid  | cihaz  |       |                  |                          |           |            |
| end       | bitis  |       |                  |                          |           |            |
| text      | sabit  | Sabit | üç               |                          |           |            |
| text      | canli  | Canlı | concat(${sabit}, '!') |                     |           |            |
| text      | soru   | Soru  |                  |                          |           |            |
| calculate | zaman  |       |                  | if(${soru} != '', once(now()), '') | | dateTime   |
| calculate | yas    |       |                  | concat(${soru}, ' ', format-date(today(), '%Y-%m-%d')) | | |
| text      | kopya  | Kopya |                  | concat(${soru}, '?')     | ${soru}   |            |
| calculate | sans   |       |                  | once(random())           |           |            |
"""


def test_that_what_comes_from_outside_is_recorded_once_at_the_beginning():
    talk = Scenario.of(DEFAULTS)
    talk.expect(kim="g01", cihaz="laptop-7", gun="2026-11-24", basla="2026-11-24T10:00:00.000+03:00", bitis="")
    talk.expect(sabit="üç", canli="üç!")
    assert talk.started is not None
    assert all(change.recorded for change in talk.started.changes)
    assert {change.path for change in talk.started.changes} >= {"/data/sabit", "/data/canli", "/data/gun", "/data/sans"}


def test_that_defaults_never_run_again_on_a_restored_interview():
    talk = Scenario.of(DEFAULTS).answer("sabit", "").answer("canli", "").later(days=3).reload()
    talk.expect(sabit="", canli="", gun="2026-11-24")


def test_that_a_moment_noted_once_stays_whatever_happens():
    talk = Scenario.of(DEFAULTS).answer("soru", "bir").expect(zaman="2026-11-24T10:00:00.000+03:00")
    talk.later(hours=1).answer("soru", "iki").reload().expect(zaman="2026-11-24T10:00:00.000+03:00")


def test_that_a_clock_value_is_noted_again_when_an_answer_in_it_changes_but_never_on_restore():
    talk = Scenario.of(DEFAULTS).answer("soru", "bir").expect(yas="bir 2026-11-24")
    talk.later(days=1).reload().expect(yas="bir 2026-11-24")
    talk.answer("soru", "iki").expect(yas="iki 2026-11-25")


def test_that_chance_is_drawn_once():
    talk = Scenario.of(DEFAULTS)
    drawn = talk.value("sans")
    assert 0 <= float(drawn) < 1
    talk.later(hours=1).answer("soru", "bir").reload().expect(sans=drawn)


def test_that_an_action_runs_when_its_trigger_is_answered_and_can_be_overwritten():
    talk = Scenario.of(DEFAULTS).answer("soru", "bir").expect(kopya="bir?")
    talk.answer("kopya", "elle").reload().expect(kopya="elle").answer("soru", "iki").expect(kopya="iki?")
    talk.reload().expect(kopya="iki?")


def test_that_finishing_notes_the_end():
    talk = Scenario.of(DEFAULTS).later(minutes=20)
    talk.keep(engine.finish(talk.interview)).expect(bitis="2026-11-24T10:20:00.000+03:00")


def test_that_prefilled_values_come_before_dynamic_defaults_and_fire_triggers():
    talk = Scenario.of(DEFAULTS, "", None, sabit="dört", soru="hazır")
    talk.expect(sabit="dört", canli="dört!", kopya="hazır?")
    assert talk.started is not None
    given = {change.path for change in talk.started.changes if not change.recorded}
    assert given == {"/data/sabit", "/data/soru"}


def test_that_prefilled_values_that_do_not_fit_are_told_and_left_out():
    talk = Scenario.of(SKIP, YES_NO, None, var="7", yok="1", cift="3")
    assert talk.started is not None
    assert [(each.code, each.params["question"], each.is_error) for each in talk.started.problems] == [
        ("interview.prefill-refused", "var", False),
        ("interview.prefill-unknown", "yok", False),
        ("interview.prefill-unknown", "cift", False),
    ]
    talk.expect(var="")


LANGUAGES = """
| type            | name | label::Türkçe (tr) | label::English (en) | calculation |
| select_one evet | var  | Var mı?            | Is there?           |             |
| calculate       | ad   |                    |                     | jr:choice-name(${var}, '${var}') |
| note            | n    | Dediniz: ${ad}     | You said: ${ad}     |             |
"""
BOTH = """
| list_name | name | label::Türkçe (tr) | label::English (en) |
| evet      | 1    | Evet               | Yes                 |
| evet      | 2    | Hayır              | No                  |
"""


def test_that_the_language_changes_in_the_middle():
    talk = Scenario.of(LANGUAGES, BOTH).answer("var", "1")
    assert talk.row("n").title == "Dediniz: Evet"
    talk.speak("en").expect(ad="Yes")
    assert talk.row("n").title == "You said: Yes"
    assert [choice.label for choice in talk.row("var").choices] == ["Yes", "No"]
    assert talk.row("var").display == "Yes"
    assert talk.speak("tr").row("var").display == "Evet"
    assert talk.speak("de").interview.language == "tr"


def test_that_a_recorded_value_does_not_change_with_the_language():
    survey = """
    | type | name | label::Türkçe (tr) | label::English (en) | calculation |
    | calculate | gun | | | format-date(today(), '%a') |
    | note | n | ${gun} | ${gun} | |
    """
    talk = Scenario.of(survey)
    assert talk.value("gun") == talk.speak("en").value("gun") == talk.later(days=1).reload().value("gun")


FRAME = """
| type                              | name  | label | calculation |
| select_one_from_file firmalar.csv | firma | Firma |             |
| calculate | alan |                | pulldata('firmalar', 'alan', 'name', ${firma}) |
"""


def test_that_the_frame_is_read_from_the_tables():
    firms = {"firmalar": [{"name": "f1", "label": "Bir", "label_en": "One", "alan": "kimya"}]}
    talk = Scenario.begin(compiled(survey=FRAME), firms).answer("firma", "f1").expect(alan="kimya")
    assert talk.row("firma").display == "Bir"
    talk.refuse("firma", "f2", "interview.no-such-choice")


def test_that_an_answer_whose_row_left_the_file_is_open_after_a_restore():
    firms = {"firmalar": [{"name": "f1", "label": "Bir", "alan": "kimya"}]}
    talk = Scenario.begin(compiled(survey=FRAME), firms).answer("firma", "f1")
    firms["firmalar"] = [{"name": "f2", "label": "İki", "alan": "gida"}]
    talk.reload()
    assert talk.open() == [("firma", "constraint")]
    talk.expect(firma="f1", alan="")


def test_that_a_cycle_is_refused_with_its_chain():
    survey = """
    | type      | name | label | calculation | relevant   |
    | calculate | a    |       | ${b} + 1    |            |
    | calculate | b    |       | ${c} + 1    |            |
    | text      | x    | X     |             |            |
    | calculate | c    |       | ${x} + ${a} |            |
    """
    with pytest.raises(Refused) as refused:
        compiled(survey=survey)
    (found,) = refused.value.problems
    assert found.code == "form.cycle"
    assert found.params["chain"] == "a → c → b → a"
    assert found.where.row in {2, 3, 5}


def test_that_a_group_whose_rule_looks_inside_itself_is_a_cycle():
    survey = """
    | type        | name | label | relevant   |
    | begin group | g    | G     | ${x} != '' |
    | text        | x    | X     |            |
    | end group   |      |       |            |
    """
    with pytest.raises(Refused) as refused:
        compiled(survey=survey)
    assert refused.value.problems[0].params["chain"] == "g → g"


def test_that_a_long_chain_of_calculates_is_worked_out_in_one_answer():
    lines = ["| type | name | label | calculation |", "| integer | c0 | C | |"]
    lines += [f"| calculate | c{n} | | ${{c{n - 1}}} + 1 |" for n in range(1, 120)]
    Scenario.of("\n".join(lines)).answer("c0", "1").expect(c119="120").answer("c0", "5").expect(c119="124")


def test_that_an_unknown_function_hurts_only_where_it_is_called():
    survey = """
    | type      | name | label | calculation |
    | text      | x    | X     |             |
    | calculate | c    |       | if(${x} = 'boz', yok(1), 'iyi') |
    """
    talk = Scenario.of(survey).expect(c="iyi").answer("x", "tamam").expect(c="iyi")
    outcome = engine.answer(talk.interview, "/data/x", "boz")
    assert outcome.interview is talk.interview
    (found,) = outcome.problems
    assert (found.code, found.where.row, found.where.column) == ("form.expression-unknown-function", 3, "calculation")
