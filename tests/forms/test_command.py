"""`form check` and `form test` as a person reads them and as a program does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kume_desktop import __main__ as program
from tests.interview.scenario import workbook

ROOT = Path(__file__).resolve().parents[2]
WARNED = "| type | name | label | relevant |\n| text | a | A | |\n| text | b | B | ${a} |\n| integer | c | C | |"
WRONG = f"{WARNED}\n| text | d | D | foo(1) |\n| texte | e | E | |"
TESTS = "| case | verb | target | value |\n| ilk | answer | a | x |\n| ilk | expect_relevant | b | |"


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    def run(act: str, *options: str, **sheets: str) -> tuple[int, str]:
        file = tmp_path / "anket.xlsx"
        file.write_bytes(workbook(**sheets))
        code = program.main(["--lang", "en", "form", act, str(file), *options])
        out, err = capsys.readouterr()
        assert err == ""
        return code, out

    return run


def test_that_problems_are_listed_by_sheet_and_row_with_a_summary(told) -> None:
    code, out = told("check", survey=WRONG, choices="| list_name | name | label |\n| k | 1 | |")
    lines = out.splitlines()
    assert code == 1
    assert [line for line in lines if not line.startswith("  ")] == ["sheet survey", "sheet choices", lines[-1]]
    assert lines[1].startswith("  warning, row 3, relevant, b: ")
    assert lines[2].startswith("  error, row 5, relevant, d: There is no function foo()")
    assert lines[3].startswith("  error, row 6, type, e: “texte”")
    assert lines[-1] == "anket.xlsx: 2 errors, 2 warnings"


@pytest.mark.parametrize(
    ("survey", "options", "code"),
    [
        (WARNED, (), 0),
        (WARNED, ("--strict",), 1),
        (WRONG, (), 1),
        ("| type | name | label |\n| text | a | A |", ("--strict",), 0),
    ],
)
def test_that_warnings_stop_only_who_asks_for_it(survey: str, options: tuple[str, ...], code: int, told) -> None:
    assert told("check", *options, survey=survey)[0] == code


def test_that_json_carries_place_and_position(told) -> None:
    _code, out = told("check", "--json", survey=WRONG)
    found = next(one for one in json.loads(out) if one["row"] == 5)
    assert (found["sheet"], found["column"], found["question"], found["severity"]) == (
        "survey",
        "relevant",
        "d",
        "error",
    )
    assert found["params"]["position"] == 1 and found["code"] == "form.expression-unknown-function-near"


def test_that_coverage_is_summed_up_and_named_on_request(told) -> None:
    code, out = told("test", survey=WARNED, tests=TESTS)
    assert code == 0
    assert out.splitlines()[-1] == "covered: 75 % (questions reached 3/3, answered 1/3, checks 2/2, choices 0/0)"
    _code, detailed = told("test", "--coverage", survey=WARNED, tests=TESTS)
    assert "  never answered: b, c" in detailed.splitlines()
    record = json.loads(told("test", "--json", survey=WARNED, tests=TESTS)[1])[0]
    assert record["coverage"]["never_answered"] == ["b", "c"]
    assert record["coverage"]["reached"] == {"covered": 3, "total": 3}


def test_that_a_case_that_does_not_hold_fails_the_command(told) -> None:
    failing = TESTS.replace("expect_relevant", "expect_not_relevant")
    code, out = told("test", survey=WARNED, tests=failing)
    assert code == 1 and "FAILED: ilk" in out


def test_that_a_reader_who_leaves_early_gets_no_traceback(tmp_path: Path) -> None:
    file = tmp_path / "anket.xlsx"
    file.write_bytes(workbook(survey=WRONG))
    reading, writing = os.pipe()
    os.close(reading)
    call = [sys.executable, "-m", "kume_desktop", "form", "check", str(file), "--json"]
    ended = subprocess.run(call, stdout=writing, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    os.close(writing)
    assert ended.stderr == "" and ended.returncode == 3
