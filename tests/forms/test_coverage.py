"""`form test`: the verbs of the sheet, and what no case has tried."""

# ruff: noqa: E501 - a table of questions

from __future__ import annotations

import pytest

from kume_desktop.instruments.compile import convert
from kume_desktop.instruments.load import load
from kume_desktop.interview.coverage import Coverage, Part, Unchosen, Untried, Way
from kume_desktop.interview.testing import VERBS, TestReport, run_tests
from tests.interview.scenario import workbook

SURVEY = """
| type | name | label::Türkçe (tr) | label::English (en) | hint::Türkçe (tr) | relevant | required | constraint | warn | choice_filter | read_only | calculation |
| select_one evet | var | Var mı? | Any? | | | yes | | | | | |
| integer | sayi | Kaç? | How many? | adet | ${var} = 1 | ${var} = 1 | . > 0 | . > 100 | | | |
| select_one renk | renk | Renk | Colour | | | | | | grup = ${var} | | |
| begin repeat | kisi | Kişi | Person | | | | | | | | |
| text | ad | Ad | Name | | | | | | | | |
| begin repeat | cocuk | Çocuk | Child | | | | | | | | |
| text | cocuk_ad | Ad | Name | | | | | | | | |
| end repeat | | | | | | | | | | | |
| end repeat | | | | | | | | | | | |
| calculate | toplam | | | | | | | | | | count(${kisi}) |
| text | sabit | Sabit | Fixed | | | | | | | yes | 'x' |
| note | son | Bitti ${toplam} | Done ${toplam} | | | | | | | | |
"""
CHOICES = """
| list_name | name | label::Türkçe (tr) | label::English (en) | grup |
| evet | 1 | Evet | Yes | |
| evet | 2 | Hayır | No | |
| renk | ak | Ak | White | 1 |
| renk | al | Al | Red | 1 |
| renk | mor | Mor | Purple | 2 |
"""


def ran(steps: str) -> TestReport:
    """The report of one case, its steps written as `verb target value`."""
    rows = [["case", "verb", "target", "value"]]
    for step in steps.strip().splitlines():
        verb, target, value = [*step.strip().split(" ", 2), "", ""][:3]
        rows.append(["1", verb, target.replace("-", ""), value])
    book = workbook(survey=SURVEY, choices=CHOICES, tests=rows)
    return run_tests(load(convert("form.xlsx", book)), {})


HOLDS = {
    "screens follow the answers": """
        expect_screen var
        answer var 1
        expect_screen sayi
        next
        expect_screen ad
        back
        expect_screen renk
        show son
        expect_screen son
    """,
    "rows": """
        expect_rows kisi 1
        add_row kisi
        expect_rows kisi 2
        answer ad[2] Ali
        expect_value ad[2] Ali
        expect_value toplam 2
        add_row cocuk[2]
        expect_rows cocuk[2] 1
        expect_rows cocuk[1] 1
        answer cocuk_ad[2] Can
        remove_row kisi[1]
        expect_value ad[1] Ali
        expect_value cocuk_ad[1] Can
        reload
        expect_rows kisi 1
    """,
    "languages": """
        expect_label var Var mı?
        language - en
        expect_label var Any?
        expect_label son Done 1
    """,
    "choices": """
        answer var 1
        expect_choices renk ak al
        answer var 2
        expect_choices renk mor
        expect_not_required sayi
        answer var 1
        expect_required sayi
        expect_hint sayi adet
        expect_read_only sabit
    """,
    "undo": """
        answer var 1
        answer sayi 5
        answer sayi 7
        undo
        expect_value sayi 5
        undo
        undo
        expect_value var
        expect_not_relevant sayi
    """,
    "warnings": """
        answer var 1
        expect_refused sayi 0
        answer sayi 200
        expect_warning sayi
        override sayi doğru
        expect_no_warning sayi
        clear sayi
        expect_open sayi
        expect_not_complete
        answer sayi 5
        expect_complete
    """,
}  # fmt: skip


@pytest.mark.parametrize("name", HOLDS)
def test_that_a_script_runs(name: str) -> None:
    report = ran(HOLDS[name])
    assert report.cases[0].problems == ()
    assert report.passed


FAILS = {
    "expect_screen sayi": "form.test-not-so",
    "back": "form.test-no-screen",
    "show sayi": "form.test-no-screen",
    "undo": "form.test-nothing-to-undo",
    "language - de": "form.test-language",
    "add_row var": "form.test-no-row",
    "add_row cocuk[9]": "form.test-no-row",
    "remove_row kisi[4]": "form.test-no-row",
    "expect_rows kisi 3": "form.test-not-so",
    "expect_choices renk ak": "form.test-not-so",
    "expect_required sayi": "form.test-not-so",
    "expect_not_required var": "form.test-not-so",
    "expect_read_only var": "form.test-not-so",
    "expect_hint var x": "form.test-not-so",
    "answer sayi 3": "form.test-refused",
    "answer yok 3": "form.test-unknown-target",
    "dance var": "form.test-unknown-verb",
}


def test_that_a_step_that_does_not_hold_is_told_with_its_row() -> None:
    report = ran("begin\n" + "\n".join(FAILS))
    found = [(problem.code, problem.where.row) for problem in report.cases[0].problems]
    assert found == [(code, row) for row, code in enumerate(FAILS.values(), start=3)]
    assert not report.passed


def test_that_every_verb_is_tried_here() -> None:
    tried = " ".join([*HOLDS.values(), *FAILS, "set expect_relevant expect_suggestion begin"]).split()
    assert set(VERBS) <= set(tried)


def covered(steps: str) -> Coverage:
    return ran(steps).coverage


def test_that_a_case_that_does_nothing_covers_only_what_is_shown() -> None:
    nothing = covered("begin")
    assert nothing.never_reached == ("sayi",)
    assert nothing.never_answered == ("var", "sayi", "renk", "ad", "cocuk_ad")
    assert nothing.reached == Part(6, 7) and nothing.answered == Part(0, 5)
    assert nothing.never_chosen == (Unchosen("var", "evet", ("1", "2")), Unchosen("renk", "renk", ("ak", "al", "mor")))
    assert nothing.choices == Part(0, 5)


def test_that_a_check_counts_only_when_it_came_out_both_ways() -> None:
    checks = {
        (name, check)
        for name, check in (("sayi", "relevant"), ("sayi", "required"), ("sayi", "constraint"), ("sayi", "warn"))
    }
    nothing = covered("begin")
    assert {(each.name, each.check) for each in nothing.never_tried} == checks
    half = covered("answer var 1\nanswer sayi 5")
    assert set(half.never_tried) == {
        Untried("sayi", "required", Way.HELD),
        Untried("sayi", "constraint", Way.FIRED),
        Untried("sayi", "warn", Way.FIRED),
    }
    more = covered("answer var 1\nexpect_refused sayi 0\nanswer sayi 500\nanswer sayi 5")
    assert {(each.check, each.way) for each in more.never_tried} == {("required", Way.HELD)}


def test_that_percent_is_of_everything_that_counts() -> None:
    nothing, one = covered("begin"), covered("answer var 1")
    parts = (nothing.reached, nothing.answered, nothing.checks, nothing.choices)
    assert nothing.percent == pytest.approx(100 * sum(p.covered for p in parts) / sum(p.total for p in parts))
    assert 0 < nothing.percent < one.percent < 100


def test_that_cases_cover_together() -> None:
    rows = [["case", "verb", "target", "value"], ["1", "answer", "var", "1"], ["2", "answer", "var", "2"]]
    report = run_tests(load(convert("form.xlsx", workbook(survey=SURVEY, choices=CHOICES, tests=rows))), {})
    assert [each.choices for each in report.coverage.never_chosen if each.name == "var"] == []
    assert not [each for each in report.coverage.never_tried if each.check == "relevant"]
