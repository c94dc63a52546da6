"""`form check` advises: each finding at its cell with the way out, and silence where nothing is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kume_desktop import texts
from kume_desktop.instruments.check import check
from kume_desktop.instruments.compile import convert
from kume_desktop.instruments.load import load
from kume_desktop.interview.testing import VERBS
from kume_desktop.problem_texts import SENTENCES
from kume_desktop.problems import Problem
from tests.forms.lint_rows import CHOICES, HEAD, LINES, Line
from tests.interview.scenario import workbook

ROOT = Path(__file__).resolve().parents[2]
SMALL = "| type | name | label |\n| text | a | A |"


@pytest.fixture(scope="module")
def found() -> tuple[Problem, ...]:
    rows = [HEAD, *([line.cells.get(column, "") for column in HEAD] for line in LINES)]
    return check("form.xlsx", workbook(survey=rows, choices="\n".join(CHOICES)))


@pytest.mark.parametrize(
    ("row", "line"),
    list(enumerate(LINES, start=2)),
    ids=[f"{line.cells['type']} {line.cells['name']}" for line in LINES],
)
def test_that_a_row_is_advised_about_its_own_mistake_and_no_other(
    row: int, line: Line, found: tuple[Problem, ...]
) -> None:
    here = [one for one in found if one.where.sheet == "survey" and one.where.row == row]
    assert sorted({(one.code, one.where.column) for one in here}) == sorted(
        {(f"form.{code}", column) for code, column, _ in line.found}
    )
    for code, _column, said in line.found:
        one = next(one for one in here if one.code == f"form.{code}")
        for language in texts.LANGUAGES:
            sentence = texts.say(one, language)
            assert not re.search(r"(?<!\$)\{|\bq:", sentence), sentence
        assert said in texts.say(one, "en") or said in str(one.params)


def test_that_nothing_else_is_said_about_the_workbook(found: tuple[Problem, ...]) -> None:
    assert [texts.say(one, "en") for one in found if one.where.sheet != "survey" or one.where.row == 1] == []


def test_that_a_place_is_counted_in_the_cell_as_it_is_written(found: tuple[Problem, ...]) -> None:
    told = {line.cells["name"]: line.cells for line in LINES}
    places = {
        "bos_mu": "${t}, 1",
        "tirnak": "'${t}'",
        "ustel": "'1e3'",
        "buyuk": "${s} > 1",
        "kod2": "'7'",
        "suz3": "mahalle",
        "sutun": "bolg",
    }
    for one in found:
        if one.where.question in places:
            cell = told[one.where.question][str(one.where.column)]
            assert cell[int(str(one.params["position"])) - 1 :].startswith(places[one.where.question])


RESERVES = {
    "usual codes": ("1 2 3 98 99", ["98", "99"]),
    "three of them": ("1 2 97 98 99", ["97", "98", "99"]),
    "negative": ("1 2 -99", ["-99"]),
    "economic activities": ("94 95 96 97 98 99", []),
    "names": ("1 2 dk nr", []),
}


@pytest.mark.parametrize("name", RESERVES)
def test_that_numbers_for_no_answer_are_found_in_a_list(name: str) -> None:
    codes, expected = RESERVES[name]
    choices = "\n".join(["| list_name | name | label |", *(f"| k | {code} | L{code} |" for code in codes.split())])
    found = check("form.xlsx", workbook(survey="| type | name | label |\n| select_one k | a | A |", choices=choices))
    assert [one.params["name"] for one in found if one.code == "form.reserve-code"] == expected


def test_that_a_number_that_says_do_not_know_is_a_reserve_answer() -> None:
    choices = "| list_name | name | label |\n| k | 1 | Evet |\n| k | 3 | Bilmiyor |"
    found = check("form.xlsx", workbook(survey="| type | name | label |\n| select_one k | a | A |", choices=choices))
    assert [(one.code, one.where.row, one.params["reserve"]) for one in found] == [("form.reserve-code", 3, "dk")]


SHEETS: dict[str, tuple[dict[str, str], tuple[str, str, int | None, str | None]]] = {
    "column misspelt": (
        {"survey": "| type | name | label | relevent |\n| text | a | A | 1 = 1 |"},
        ("form.column-near", "survey", 1, "relevent"),
    ),
    "sheet misspelt": (
        {"survey": SMALL, "choises": "| list_name | name | label |\n| k | 1 | A |"},
        ("form.sheet-near", "choises", None, None),
    ),
    "setting misspelt": (
        {"survey": SMALL, "settings": "| form_title | form_id | version | defualt_language |\n| X | x | 1 | tr |"},
        ("form.column-near", "settings", 1, "defualt_language"),
    ),
    "one column without language": (
        {"survey": "| type | name | label | label::Türkçe (tr) |\n| text | a | A | A |"},
        ("form.language-mixed", "survey", 1, "label"),
    ),
    "hint in one language": (
        {
            "survey": "| type | name | label::Türkçe (tr) | label::English (en) | hint::Türkçe (tr) |\n"
            "| text | a | A | A | ipucu |"
        },
        ("form.translation-column", "survey", 1, "hint::Türkçe (tr)"),
    ),
    "list without question": (
        {"survey": SMALL, "choices": "| list_name | name | label |\n| k | 1 | A |"},
        ("form.list-unused", "choices", 2, "list_name"),
    ),
    "long list": (
        {
            "survey": "| type | name | label |\n| select_one k | a | A |",
            "choices": "| list_name | name | label |\n" + "\n".join(f"| k | c{n} | C{n} |" for n in range(31)),
        },
        ("form.list-long", "survey", 2, "type"),
    ),
    "name not closed": (
        {"survey": "| type | name | label |\n| note | a | ${b |"},
        ("form.reference-open", "survey", 2, "label"),
    ),
    "calculate without calculation": (
        {"survey": "| type | name | label |\n| text | a | A |\n| calculate | b | |"},
        ("form.calculation-missing", "survey", 3, "calculation"),
    ),
    "trigger without name": (
        {
            "survey": "| type | name | label | calculation | trigger |\n"
            "| calculate | b | | 1 | a |\n| text | a | A | | |"
        },
        ("form.trigger-no-name", "survey", 2, "trigger"),
    ),
    "parameter misspelt": (
        {"survey": "| type | name | label | parameters |\n| text | a | A | rowss=3 |"},
        ("form.parameter-unknown-near", "survey", 2, "parameters"),
    ),
    "parameter without value": (
        {"survey": "| type | name | label | parameters |\n| text | a | A | rows |"},
        ("form.parameter-malformed", "survey", 2, "parameters"),
    ),
    "range without steps": (
        {"survey": "| type | name | label | parameters |\n| range | a | A | start=0 end=5 step=0 |"},
        ("form.range-without-steps", "survey", 2, "parameters"),
    ),
    "question without label": (
        {"survey": "| type | name | label |\n| text | a | A |\n| text | b | |"},
        ("form.question-without-label", "survey", 3, "label"),
    ),
    "huge count": (
        {
            "survey": "| type | name | label | repeat_count |\n| begin repeat | r | R | 1000000000 |\n"
            "| text | a | A | |\n| end repeat | | | |"
        },
        ("form.count-huge", "survey", 2, "repeat_count"),
    ),
    "instance name of nothing": (
        {"survey": SMALL, "settings": "| form_title | form_id | version | instance_name |\n| X | x | 1 | ${b} |"},
        ("form.unknown-name", "settings", 2, "instance_name"),
    ),
}


@pytest.mark.parametrize("name", SHEETS)
def test_that_sheets_columns_and_lists_are_advised(name: str) -> None:
    sheets, expected = SHEETS[name]
    found = check("form.xlsx", workbook(**sheets))
    assert [(one.code, one.where.sheet, one.where.row, one.where.column) for one in found] == [expected]


SILENT = {
    "comment rows": "| type | name | label | note |\n| | | | Bölüm 1 |\n| text | a | A | |",
    "note without name": "| type | name | label |\n| text | a | A |\n| note | | Merhaba |",
    "choice with a space in a single select": (
        "| type | name | label |\n| select_one k | a | A |",
        "| list_name | name | label |\n| k | bir iki | L |",
    ),
}


def test_that_what_pyxform_allows_is_no_error() -> None:
    for case in SILENT.values():
        survey, choices = case if isinstance(case, tuple) else (case, "")
        found = check("form.xlsx", workbook(survey=survey, **({"choices": choices} if choices else {})))
        assert [one.code for one in found if one.is_error] == []


def test_that_mistakes_in_rows_and_in_expressions_come_at_once() -> None:
    survey = "| type | name | label | relevant | calculation |\n| texte | a | A | foo( | |\n| text | a | B | ${zz} | |"
    found = check("form.xlsx", workbook(survey=survey))
    assert [(one.where.row, one.code) for one in found if one.is_error] == [
        (2, "form.type-unknown-near"),
        (2, "form.expression-unexpected-end"),
        (3, "form.name-twice"),
        (3, "form.unknown-name"),
    ]


def test_that_questions_that_hide_each_other_are_told_because_collect_refuses_them() -> None:
    survey = "| type | name | label | relevant |\n| text | a | A | ${b} = '' |\n| text | b | B | ${a} = '' |"
    found = [one for one in check("form.xlsx", workbook(survey=survey)) if one.code != "form.condition-later"]
    assert [(one.code, one.where.row, one.params["chain"]) for one in found] == [
        ("form.relevance-circle", 2, "a → b → a")
    ]


def test_that_a_long_circle_is_told_without_its_middle() -> None:
    rows = "\n".join(f"| calculate | q{n} | ${{q{(n + 1) % 50}}} + 1 |" for n in range(50))
    found = check("form.xlsx", workbook(survey=f"| type | name | calculation |\n{rows}"))
    (cycle,) = [one for one in found if one.is_error]
    assert cycle.code == "form.cycle" and "…" in str(cycle.params["chain"]) and len(str(cycle.params["chain"])) < 150


def test_that_files_columns_and_filters_of_files_are_looked_for() -> None:
    survey = (
        "| type | name | label | choice_filter | calculation |\n"
        "| select_one_from_file firma.csv | f | F | ilçe = 'x' | |\n"
        "| select_one_from_file yok.csv | y | Y | | |\n"
        "| calculate | c | | | pulldata('firma', 'adres', 'name', ${f}) |\n"
        "| calculate | d | | | instance('firma')/root/item[name = ${f}]/unvn |"
    )
    found = check("form.xlsx", workbook(survey=survey), {"firma": ({"name": "1", "label": "A", "unvan": "B"},)})
    assert [(one.code, one.where.row, one.params.get("column")) for one in found if one.is_error] == [
        ("form.file-column", 2, "ilçe"),
        ("form.file-missing", 3, None),
        ("form.file-column", 4, "adres"),
        ("form.file-column-near", 5, "unvn"),
    ]


def test_that_the_manual_says_what_to_write_instead_of_each_mistake() -> None:
    manual = "".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("forms.md", "versions.md"))
    told = set(re.findall(r"`form\.[a-z-]+`", manual))
    elsewhere = ("form.test-", "form.expression-", "form.indicator-", "form.index-")
    codes = [code for code in SENTENCES if code.startswith("form.") and not code.startswith(elsewhere)]
    assert [code for code in codes if not {f"`{code}`", f"`{code.removesuffix('-near')}`"} & told] == []
    assert [code for code in re.findall(r"`(form\.[a-z-]+[a-z])`", manual) if code not in SENTENCES] == []


def test_that_the_manual_knows_every_verb() -> None:
    manual = (ROOT / "docs" / "forms.md").read_text(encoding="utf-8")
    assert [verb for verb in VERBS if f"`{verb}`" not in manual] == []


@pytest.mark.parametrize(("flag", "kept", "told"), [
    ("K2", "K2", []), ("s", "S", []), ("-", "-", []), ("", "-", []),
    ("K9", "K1", ["form.personal-unknown"]), ("evet", "K1", ["form.personal-unknown"]),
])  # fmt: skip
def test_that_a_flag_of_personal_data_that_nobody_knows_is_told_and_hides_the_answer(
    flag: str, kept: str, told: list[str]
):
    book = workbook(survey=f"| type | name | label | personal |\n| text | a | A? | {flag} |")
    assert load(convert("form.xlsx", book)).root.children[0].personal == kept
    found = [one for one in check("form.xlsx", book) if one.where.column == "personal"]
    assert [one.code for one in found] == told
