# ruff: noqa: E501 - forms are wide tables
"""Around the engine: suggested levels and their facts, the second form of a visit, the submission, the tests sheet."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from kume_desktop.instruments.compile import convert
from kume_desktop.instruments.load import load
from kume_desktop.interview import engine
from kume_desktop.interview.carry import carry_over
from kume_desktop.interview.suggestion import facts, suggest
from kume_desktop.interview.testing import run_tests
from kume_desktop.interview.xml import submission
from tests.interview.scenario import Scenario, compiled, workbook

RATED = {
    "survey": """
| type | name | label | calculation | relevant |
| integer | kisi | Kaç kişi? | | |
| select_one k | yon | Yön? | | ${kisi} > 1 |
| calculate | iki | | ${kisi} * 2 | |
| calculate | dort | | ${iki} * 2 | |
| text | ilgisiz | İlgisiz | | |
""",
    "choices": "| list_name | name | label | missing |\n| k | 1 | Arttı | |\n| k | dk | Bilmiyor | dk |",
    "indicators": """
| code | level_1_tr | level_5_tr | suggest |
| g1 | az | çok | if(${kisi} = '', '', if(${dort} > 20 and ${yon} >= 1, 5, 1)) |
| g2 | az | çok | if(${kisi} > 3, 9, 2.5) |
| g3 | az | çok | |
""",
}


def test_that_a_level_is_suggested_once_the_facts_suffice():
    talk = Scenario.begin(compiled(**RATED))
    assert suggest(talk.interview) == {"g1": None, "g2": None}
    assert suggest(talk.answer("kisi", "2").interview)["g1"] == 1
    assert suggest(talk.answer("kisi", "6").answer("yon", "1").interview)["g1"] == 5
    assert suggest(talk.answer("yon", "dk").interview)["g1"] == 1


def test_that_a_level_that_the_rubric_does_not_have_is_no_suggestion():
    talk = Scenario.begin(compiled(**RATED)).answer("kisi", "6")
    assert suggest(talk.interview)["g2"] is None


def test_that_the_facts_behind_a_level_are_the_answers_its_rule_reaches():
    talk = Scenario.begin(compiled(**RATED)).answer("kisi", "6").answer("yon", "1").answer("ilgisiz", "x")
    assert [(fact.number, fact.label, fact.display) for fact in facts(talk.interview, "g1")] == [
        ("1.1", "Kaç kişi?", "6"),
        ("1.2", "Yön?", "Arttı"),
    ]
    assert [fact.value for fact in facts(talk.answer("kisi", "1").interview, "g1")] == ["1"]
    assert facts(talk.interview, "g3") == facts(talk.interview, "g9") == ()


FIRST = """
| type | name | label | calculation | relevant |
| begin group | kim | Kim | | |
| text | ad | Ad | | |
| select_one k | yon | Yön | | |
| calculate | zaman | | if(${ad} != '', once(now()), '') | |
| calculate | saat | | now() | |
| text | gizli | Gizli | | ${ad} = 'x' |
| integer | sayi | Sayı | | |
| end group | | | | |
| begin group | son | Son | | |
| select_one k | sonuc | Sonuç | | |
| text | notu | Not | | |
| end group | | | | |
"""
SECOND = FIRST.replace("| integer | sayi |", "| text | sayi |").replace("| Ad |", "| Adınız |")
LIST = "| list_name | name | label |\n| k | 1 | Bir |\n| k | 2 | İki |"


def test_that_the_second_form_takes_over_what_is_the_same_question():
    first = Scenario.of(FIRST, LIST).answer("ad", "Ali").answer("yon", "1").answer("sayi", "3")
    first.answer("sonuc", "1").answer("notu", "bitti")
    carried = carry_over(first.interview, compiled(survey=SECOND, choices=LIST))
    assert carried == {"ad": "Ali", "yon": "1", "zaman": "2026-11-24T10:00:00.000+03:00"}
    second = Scenario.begin(compiled(survey=SECOND, choices=LIST), None, **carried)
    second.expect(ad="Ali", yon="1", zaman="2026-11-24T10:00:00.000+03:00", sonuc="", notu="")
    assert {change.path for change in second.started.changes if not change.recorded} == {
        "/data/kim/ad",
        "/data/kim/yon",
    }


def test_that_an_irrelevant_value_is_not_taken_over():
    first = Scenario.of(FIRST, LIST).answer("ad", "x").answer("gizli", "sır").answer("ad", "y")
    assert "gizli" not in carry_over(first.interview, compiled(survey=SECOND, choices=LIST))


def test_that_the_submission_holds_what_is_relevant_in_its_order():
    survey = """
    | type | name | label | relevant |
    | text | a | A | |
    | begin group | g | G | ${a} = 'x' |
    | text | b | B | |
    | end group | | | |
    | begin repeat | r | R | |
    | text | v | V | |
    | end repeat | | | |
    """
    talk = Scenario.of(survey).answer("a", "x").answer("b", "<&>").add_row("/data/r").answer("v[2]", "iki")
    root = ElementTree.fromstring(submission(talk.interview, "1234"))
    assert (root.tag, root.attrib) == ("data", {"id": "deneme", "version": "1"})
    assert [child.tag for child in root] == ["a", "g", "r", "r", "meta"]
    assert root.findtext("g/b") == "<&>"
    assert [row.findtext("v") for row in root.findall("r")] == ["", "iki"]
    assert root.findtext("meta/instanceID") == "uuid:1234"
    shorter = ElementTree.fromstring(submission(talk.answer("a", "y").interview, "urn:x"))
    assert shorter.find("g") is None
    assert shorter.findtext("meta/instanceID") == "urn:x"


TESTED = {
    "survey": """
| type | name | label | relevant | constraint | warn | required | calculation |
| select_one_from_file firmalar.csv | firma_kodu | Firma | | | | | |
| calculate | alan | | | | | | pulldata('firmalar', 'alan', 'name', ${firma_kodu}) |
| calculate | yil | | | | | | pulldata('calisma', 'deger', 'ad', 'yil') |
| integer | n | ${alan} için kaç? | | . < 5 | . = 4 | yes | |
| begin repeat | r | R | ${n} > 1 | | | | |
| integer | v | V | | | | | |
| end repeat | | | | | | | |
""",
    "indicators": "| code | suggest |\n| g1 | if(${n} = '', '', ${n}) |",
}
HEAD = "| case | verb | target | value |\n"


def report(*rows: str):
    """The report of a tests sheet with these rows."""
    sheets = {**TESTED, "tests": HEAD + "\n".join(rows)}
    return run_tests(load(convert("t.xlsx", workbook(**sheets))), {})


def test_that_every_verb_that_holds_passes():
    found = report(
        "| 1 | set | firma.alan | kimya |", "| 1 | set | calisma.yil | 2025 |", "| 1 | begin | | |",
        "| 1 | expect_value | alan | kimya |", "| 1 | expect_value | yil | 2025 |", "| 1 | expect_label | n | kimya için |",
        "| 1 | expect_open | n | |", "| 1 | expect_not_complete | | |", "| 1 | expect_suggestion | g1 | |",
        "| 1 | expect_not_relevant | v | |", "| 1 | expect_refused | n | 7 |", "| 1 | answer | n | 4 |",
        "| 1 | expect_warning | n | |", "| 1 | override | n | öyle |", "| 1 | expect_no_warning | n | |",
        "| 1 | expect_relevant | v[1] | |", "| 1 | answer | v[1] | 8 |", "| 1 | reload | | |",
        "| 1 | expect_value | v | 8 |", "| 1 | expect_complete | | |", "| 1 | expect_suggestion | g1 | 4 |",
        "| 1 | clear | n | |", "| 1 | expect_value | v | |", "| 2 | expect_value | n | |",
    )  # fmt: skip
    assert [problem for case in found.cases for problem in case.problems] == []
    assert found.passed
    assert [(case.case, case.steps) for case in found.cases] == [("1", 23), ("2", 1)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("| 1 | expect_value | n | 3 |", "form.test-not-so"),
        ("| 1 | expect_relevant | v | |", "form.test-not-so"),
        ("| 1 | expect_not_relevant | n | |", "form.test-not-so"),
        ("| 1 | expect_refused | n | 3 |", "form.test-not-so"),
        ("| 1 | expect_warning | n | |", "form.test-not-so"),
        ("| 1 | expect_complete | | |", "form.test-not-so"),
        ("| 1 | expect_open | firma_kodu | |", "form.test-not-so"),
        ("| 1 | expect_label | n | yok |", "form.test-not-so"),
        ("| 1 | expect_suggestion | g1 | 3 |", "form.test-not-so"),
        ("| 1 | expect_suggestion | g7 | 3 |", "form.test-unknown-target"),
        ("| 1 | answer | n | 9 |", "form.test-refused"),
        ("| 1 | override | n | x |", "form.test-refused"),
        ("| 1 | answer | zz | 9 |", "form.test-unknown-target"),
        ("| 1 | answer | v[3] | 9 |", "form.test-no-row"),
        ("| 1 | sing | n | 9 |", "form.test-unknown-verb"),
        ("| 1 | set | calisma | 9 |", "form.test-set"),
    ],
)
def test_that_a_step_that_does_not_hold_fails_with_its_row(row: str, code: str):
    (case,) = report("| 1 | begin | | |", row).cases
    assert not case.passed
    assert [(problem.code, problem.where.sheet, problem.where.row) for problem in case.problems] == [(code, "tests", 3)]


def test_that_no_case_is_no_pass():
    assert not report().passed


def test_that_languages_of_a_file_are_read_from_their_columns():
    survey = "| type | name | label::Türkçe (tr) | label::English (en) |\n| select_one_from_file f.csv | a | A | A |"
    talk = Scenario.begin(compiled(survey=survey), {"f": [{"name": "1", "label": "Bir", "label_en": "One"}]}).answer(
        "a", "1"
    )
    assert talk.row("a").display == "Bir"
    assert talk.speak("en").row("a").display == "One"
    assert engine.set_language(talk.interview, "tr").language == "tr"
