"""A number or the reason why there is none: one question in two nodes."""

from __future__ import annotations

import pytest

from kume_desktop.instruments.check import check
from kume_desktop.instruments.reasons import reason_pairs
from kume_desktop.interview import page
from kume_desktop.interview.reasons import answer, give_reason, missing, reason_of
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
    assert ("kisi", "required") in talk.open()
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


def test_that_an_answer_to_either_takes_the_other_back_in_one_act():
    talk = begun().answer("kisi", "3")
    told = answer(talk.interview, "/data/kisi_neden", "dk")
    assert {change.path: change.new for change in told.changes} == {"/data/kisi": "", "/data/kisi_neden": "dk"}
    talk.keep(told)
    back = answer(talk.interview, "/data/kisi", "4")
    assert {change.path: change.new for change in back.changes} == {"/data/kisi": "4", "/data/kisi_neden": ""}
    refused = answer(talk.interview, "/data/kisi", "dört")
    assert not refused.accepted and refused.interview is talk.interview
    assert talk.value("kisi_neden") == "dk", "a number that is refused takes nothing back"


def test_that_a_pair_is_one_row_with_one_number_found_by_either_path():
    talk = begun()
    shown = [row.name for screen in page.screens(talk.interview) for row in screen.rows]
    assert "kisi" in shown and "kisi_neden" not in shown
    numbers = talk.form.outline.numbers
    assert numbers["/data/kisi"] == numbers["/data/kisi_neden"]
    row = page.row(talk.interview, "/data/kisi")
    assert row.required and row.reason is not None
    assert [choice.key for choice in row.reason.choices] == ["9", "0"]
    screen = page.screen_of(talk.interview, "/data/kisi_neden")
    assert screen is not None and screen.rows[0].name == "kisi"
    assert [found.path for found in page.find(talk.interview, "kaç kişi")] == ["/data/kisi"]


def test_that_a_reason_is_a_row_of_its_own_where_its_number_is_not_asked():
    survey = SURVEY.replace(
        "| integer          | kisi       | Kaç kişi?  |              |", "| integer | kisi | Kaç kişi? | false() |"
    )
    talk = Scenario.begin(compiled(survey=survey, choices=CHOICES))
    shown = [row.name for screen in page.screens(talk.interview) for row in screen.rows]
    assert "kisi_neden" in shown and "kisi" not in shown
    talk.keep(answer(talk.interview, "/data/kisi_neden", "nr"))
    assert talk.value("kisi_neden") == "nr"


def test_that_ten_rows_hold_ten_pairs():
    rows = "".join(
        f"| integer | n{at} | N | | |\n| select_one neden | n{at}_neden | W | ${{n{at}}} = '' | yes |\n"
        for at in range(12)
    )
    form = compiled(survey="| type | name | label | relevant | required |\n" + rows, choices=CHOICES)
    screens = page.screens(Scenario.begin(form).interview)
    assert [len(screen.rows) for screen in screens] == [10, 2]


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
