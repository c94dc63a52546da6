"""Forms made to do harm: each is refused or bounded, in a process that may use little memory and little time."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from kume_desktop import paths
from kume_desktop.instruments.check import check
from kume_desktop.instruments.compile import convert
from kume_desktop.instruments.load import load
from kume_desktop.interview import engine
from kume_desktop.problems import Refused
from tests.interview.scenario import MORNING, workbook

HEAD = ("type", "name", "label", "calculation", "relevant", "constraint", "constraint_message", "repeat_count")
MEMORY, SECONDS = 1_500_000_000, 120
MEASURED = """
import json, resource, sys
from pathlib import Path
memory, seconds = int(sys.argv[2]), int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
from kume_desktop.instruments.check import check
found = check("form.xlsx", Path(sys.argv[1]).read_bytes())
print(json.dumps([[one.code, one.where.sheet, one.where.row] for one in found[:5]]))
"""
Rows = list[tuple[str, ...]]


def form(rows: Rows, choices: Rows | None = None) -> bytes:
    """A workbook of these rows, written quickly."""
    book = openpyxl.Workbook(write_only=True)
    sheets = {"survey": [HEAD, *rows], "choices": [("list_name", "name", "label"), *(choices or [])]}
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    settings = book.create_sheet("settings")
    settings.append(("form_title", "form_id", "version"))
    settings.append(("X", "x", "1"))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def long(rows: int) -> bytes:
    """A survey of so many rows."""
    row = '<row r="%d"><c t="inlineStr"><is><t>text</t></is></c></row>'
    sheet = f"<worksheet><sheetData>{''.join(row % n for n in range(1, rows))}</sheetData></worksheet>"
    return repacked(form([]), "xl/worksheets/sheet1.xml", sheet.encode())


def calculate(how: str) -> Rows:
    return [("integer", "a", "A"), ("calculate", "c", "", how)]


def nested(levels: int) -> Rows:
    begins = [("begin_group", f"g{level}", "G") for level in range(levels)]
    return [*begins, ("text", "q", "Q"), *([("end_group",)] * levels)]


def repacked(content: bytes, member: str, new: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as fresh:
        for name in old.namelist():
            if name != member:
                fresh.writestr(name, old.read(name))
        fresh.writestr(member, new)
    return stream.getvalue()


def changed(content: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


DEEP: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "10,000 groups in each other": (lambda: form(nested(10_000)), "form.blocks-too-deep"),
    "100,000 brackets": (lambda: form(calculate("(" * 100_000 + "1" + ")" * 100_000)), "form.expression-too-deep"),
    "3,000 times if": (lambda: form(calculate("if(1=1," * 3_000 + "1" + ",2)" * 3_000)), "form.expression-too-deep"),
    "5,000 conditions in each other": (
        lambda: form(calculate("a[" * 5_000 + "1" + "]" * 5_000)),
        "form.expression-too-deep",
    ),
    "15,000 names that never end": (lambda: form(calculate("${" * 15_000)), "form.reference-open"),
    "16,000 names in a label": (lambda: form([("note", "n", "${" * 16_000)]), "form.reference-open"),
    "120,000 rows": (lambda: long(120_000), None),
    "circle of 2,000": (
        lambda: form([("calculate", f"q{n}", "", f"${{q{(n + 1) % 2_000}}} + 1") for n in range(2_000)]),
        "form.cycle",
    ),
    "2,000 misspelt names": (
        lambda: form([("text", f"soru_{n}", "Q", "", f"${{sorru_{n}}} = 1") for n in range(2_000)]),
        "form.unknown-name-near",
    ),
    "1,600 doubled choices": (
        lambda: form([("select_one k", "s", "S")], [("k", "c", "C")] * 1_600),
        "form.choice-twice",
    ),
}


@pytest.mark.change
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of this kind")
@pytest.mark.parametrize("name", DEEP)
def test_that_a_form_without_measure_is_refused_within_bounds(name: str, tmp_path: Path) -> None:
    make, code = DEEP[name]
    file = tmp_path / "form.xlsx"
    file.write_bytes(make())
    words = [sys.executable, "-c", MEASURED, str(file), str(MEMORY), str(SECONDS)]
    ended = subprocess.run(words, capture_output=True, text=True, check=False, cwd=paths.forms().parent)
    assert ended.returncode == 0, ended.stderr[-2000:]
    found = json.loads(ended.stdout)
    assert found and (code is None or found[0][0] == code)


def test_that_a_bomb_of_choices_is_refused() -> None:
    bomb = long(1_500_000)
    assert len(bomb) < 20_000_000
    (found,) = check("form.xlsx", bomb)
    assert found.is_error and found.where.file == "form.xlsx"


def test_that_a_pattern_that_never_ends_is_advised_against_and_bounded() -> None:
    survey = [HEAD, ("text", "a", "A", "", "", "regex(., '^(a|aa)+$')", "!", "")]
    content = workbook(survey=survey)
    assert [one.code for one in check("form.xlsx", content)] == ["form.pattern-slow"]
    begun = engine.begin(engine.compile_form(load(convert("form.xlsx", content))), _world()).interview
    outcome = engine.answer(begun, "/data/a", "a" * 80 + "!")
    assert [one.code for one in outcome.problems] == ["form.expression-pattern-too-slow"]
    assert outcome.interview.warnings == {"/data/a": ""}, "nobody could check it"
    assert not engine.answer(begun, "/data/a", "aaa").interview.warnings


@pytest.mark.parametrize("count", ["1000000000", "${n}", "${n} * 1000000"])
def test_that_a_repeat_without_end_is_bounded(count: str) -> None:
    survey = [
        HEAD,
        ("integer", "n", "N"),
        ("begin_repeat", "r", "R", "", "", "", "", count),
        ("text", "q", "Q"),
        ("end_repeat",),
    ]
    compiled = engine.compile_form(load(convert("form.xlsx", workbook(survey=survey))))
    try:
        begun = engine.begin(compiled, _world()).interview
        outcome = engine.answer(begun, "/data/n", "1000000000")
    except Refused as refused:
        codes = [one.code for one in refused.problems]
    else:
        codes = [one.code for one in outcome.problems]
        assert len(outcome.interview.tree.spots) < 100
    assert codes == ["interview.too-many-rows"]


def _world() -> engine.Setting:
    return engine.Setting({}, "u", "d", "tr", lambda: MORNING, "s")


PLAIN = workbook(survey="| type | name | label |\n| text | a | A |")


def _formula(book: openpyxl.Workbook) -> None:
    book["survey"]["C2"] = '=HYPERLINK("http://localhost","A")'


def _merged(book: openpyxl.Workbook) -> None:
    book["survey"].merge_cells("A3:C4")


def _hidden(book: openpyxl.Workbook) -> None:
    book.create_sheet("notlar")
    book["survey"].sheet_state = "hidden"
    book["settings"].sheet_state = "veryHidden"


def _wide(book: openpyxl.Workbook) -> None:
    for column in range(5, 400):
        book["survey"].cell(1, column, f"x{column}")


def _doubled(book: openpyxl.Workbook) -> None:
    book["survey"]["D1"] = "label"


def _control(book: openpyxl.Workbook) -> None:
    book["survey"]["C2"] = "A\u202e\u200b\u0085\ufeffB"


STRANGE: dict[str, tuple[bytes, set[str]]] = {
    "formula instead of a label": (changed(PLAIN, _formula), {"form.question-without-label"}),
    "merged cells": (changed(PLAIN, _merged), set()),
    "hidden sheets": (changed(PLAIN, _hidden), set()),
    "400 columns": (changed(PLAIN, _wide), set()),
    "column twice": (changed(PLAIN, _doubled), {"form.column-twice"}),
    "signs nobody sees": (changed(PLAIN, _control), set()),
    "macros": (repacked(PLAIN, "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(4_000)), set()),
    "entity of another file": (
        repacked(
            PLAIN, "xl/sharedStrings.xml", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst>&a;</sst>'
        ),
        {"form.file-harmful"},
    ),
}


@pytest.mark.parametrize("name", STRANGE)
def test_that_a_strange_workbook_gives_what_is_wrong_and_nothing_else(name: str) -> None:
    content, codes = STRANGE[name]
    assert {one.code for one in check("form.xlsx", content)} == codes


def test_that_selects_that_wait_for_each_other_are_told_once() -> None:
    survey = (
        "| type | name | label | choice_filter |\n| select_one k | a | A | g = ${b} |\n"
        "| select_one k | b | B | g = ${c} |\n| select_one k | c | C | g = ${a} |"
    )
    found = check("form.xlsx", workbook(survey=survey, choices="| list_name | name | label | g |\n| k | x | X | x |"))
    assert [(one.code, one.params["chain"]) for one in found] == [("form.filter-circle", "a → b → c → a")]
