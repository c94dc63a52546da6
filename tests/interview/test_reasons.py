"""A number or the reason why there is none: one question in two nodes."""

from __future__ import annotations

import pytest

from kume_desktop.instruments.check import check
from kume_desktop.instruments.reasons import reason_pairs
from kume_desktop.interview import page
from kume_desktop.interview.reasons import give_reason, missing, reason_of
from tests.interview.scenario import Scenario, compiled, workbook

SURVEY = """
| type             | name       | label      | relevant     | required |
| integer          | kisi       | Kaç kişi?  |              |          |
| select_one neden | kisi_neden | Neden boş? | ${kisi} = '' | yes      |
| begin repeat     | r          | R          |              |          |
| decimal          | pay        | Pay?       |              |          |
| select_one neden | pay_neden  | Neden boş? | ${pay} = ''  | yes      |
| end repeat       |            |            |              |          |
"""
CHOICES = "| list_name | name | label | missing |\n| neden | dk | Bilmiyor | dk |\n| neden | nr | Yanıt yok | nr |"


def begun() -> Scenario:
    return Scenario.begin(compiled(survey=SURVEY, choices=CHOICES))


def test_that_the_pair_is_found_also_in_a_repeat():
    talk = begun()
    assert reason_pairs(talk.form.instrument) == {"/data/kisi": "/data/kisi_neden", "/data/r/pay": "/data/r/pay_neden"}
    row = talk.spot("pay").path
    assert reason_of(talk.interview, row) == f"{row}_neden"
    assert reason_of(talk.interview, "/data/kisi_neden") == ""


def test_that_either_half_settles_the_question():
    talk = begun()
    assert ("kisi_neden", "required") in talk.open()
    talk.answer("kisi", "3")
    assert not any(name.startswith("kisi") for name, _ in talk.open())
    talk.answer("kisi", "").answer("kisi_neden", "dk")
    assert not any(name.startswith("kisi") for name, _ in talk.open())
    assert page.progress(talk.interview) == (1, 2)


def test_that_a_reason_clears_the_number_in_one_act_and_reads_as_missing():
    talk = begun().answer("kisi", "3")
    talk.keep(give_reason(talk.interview, "/data/kisi", "nr"))
    assert (talk.value("kisi"), talk.value("kisi_neden"), missing(talk.interview, "/data/kisi")) == ("", "nr", "nr")
    talk.keep(give_reason(talk.interview, "/data/kisi", ""))
    assert missing(talk.interview, "/data/kisi") == ""


def test_that_a_number_takes_its_reason_out_of_sight():
    talk = begun()
    talk.keep(give_reason(talk.interview, "/data/kisi", "dk")).answer("kisi", "4")
    assert (talk.asks("kisi_neden"), missing(talk.interview, "/data/kisi")) == (False, "")


def test_that_no_reason_is_taken_for_a_question_without_one():
    outcome = give_reason(begun().interview, "/data/kisi_neden", "dk")
    assert [one.code for one in outcome.problems] == ["interview.not-asked"]
    assert [one.code for one in give_reason(begun().interview, "/data/kisi", "x").problems] == [
        "interview.no-such-choice"
    ]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("integer          | kisi       | Kaç kişi?  ", "text | kisi | Kaç kişi? ", "form.reason-without-number"),
        (
            "| Kaç kişi?  |              |          |",
            "| Kaç kişi?  |              | yes      |",
            "form.reason-number-required",
        ),
        ("${pay} = ''  | yes      |", "${pay} = ''  |          |", "form.reason-not-required"),
        ("${pay} = ''  ", "${kisi} = ''  ", "form.reason-not-tied"),
        (
            "| select_one neden | kisi_neden | Neden boş? | ${kisi} = '' | yes      |\n",
            "",
            "form.number-without-reason",
        ),
    ],
)
def test_that_half_a_pair_is_told(before: str, after: str, code: str):
    assert before in SURVEY
    found = check("a.xlsx", workbook(survey=SURVEY.replace(before, after), choices=CHOICES), {})
    assert code in {one.code for one in found}
    assert not {one.code for one in check("a.xlsx", workbook(survey=SURVEY, choices=CHOICES), {})} & {code}
