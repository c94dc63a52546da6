"""A form that is wrong, as a person meets it: `kume form check --json` names sheet, row, column and the way out."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from kume_desktop import __main__ as program

HEAD = ("type", "name", "label", "calculation", "relevant", "constraint")
CHOICES = (("list_name", "name", "label"), ("yn", "1", "Evet"), ("yn", "0", "Hayır"))
SETTINGS = (("form_title", "form_id", "version"), ("Deneme", "deneme", "1"))
Cells = tuple[str | None, ...]


def text(name: str, relevant: str | None = None) -> Cells:
    return ("text", name, name, None, relevant)


def calculate(name: str, how: str) -> Cells:
    return ("calculate", name, None, how)


def workbook(file: Path, *rows: Cells, survey: str = "survey") -> Path:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = survey
    sheets = (
        (first, (HEAD, *rows)),
        (book.create_sheet("choices"), CHOICES),
        (book.create_sheet("settings"), SETTINGS),
    )
    for sheet, lines in sheets:
        for line in lines:
            sheet.append(line)
    book.save(file)
    return file


def check(capsys: pytest.CaptureFixture[str], *files: Path) -> tuple[int, list[dict[str, object]]]:
    code = program.main(["form", "check", "--json", *map(str, files)])
    out, err = capsys.readouterr()
    assert err == ""
    return code, json.loads(out)


CASES: dict[str, tuple[tuple[Cells, ...], tuple[int, str, str, str]]] = {
    "unknown function": (
        (text("a"), calculate("b", "cuont(${a})")),
        (3, "calculation", "form.expression-unknown-function-near", "count"),
    ),
    "too few arguments": (
        (text("a"), calculate("b", "if(${a}, 1)")),
        (3, "calculation", "form.expression-wrong-arity", "if"),
    ),
    "too many arguments": (
        (text("a"), calculate("b", "not(1, 2)")),
        (3, "calculation", "form.expression-wrong-arity", "not"),
    ),
    "cycle of three": (
        (text("z"), calculate("a", "${b} + 1"), calculate("b", "${c} + 1"), calculate("c", "${a} + 1")),
        (3, "calculation", "form.cycle", "a → c → b → a"),
    ),
    "cycle through relevance": (
        (calculate("a", "${b} + 1"), text("b", "${a} = 1")),
        (2, "calculation", "form.cycle", "a → b → a"),
    ),
    "value that waits for itself": ((text("z"), calculate("a", "${a} + 1")), (3, "calculation", "form.cycle", "a → a")),
    "name twice": ((text("a"), text("b"), text("a")), (4, "name", "form.name-twice", "2")),
    "misspelt reference": (
        (text("calisan"), text("b", "${calisna} > 3")),
        (3, "relevant", "form.unknown-name-near", "calisan"),
    ),
    "list that is not there": ((("select_one yok", "a", "A"),), (2, "type", "form.list-missing", "yok")),
    "group never ended": ((("begin_group", "g", "G"), text("a")), (2, "type", "form.begin-without-end", "g")),
    "group never begun": ((text("a"), ("end_group",)), (3, "type", "form.end-without-begin", "group")),
    "repeat ends a group": (
        (("begin_group", "g", "G"), text("a"), ("end_repeat",)),
        (4, "type", "form.end-of-other-block", "repeat"),
    ),
    "half an expression": ((text("a"), text("b", "${a} =")), (3, "relevant", "form.expression-unexpected-end", "")),
}


@pytest.mark.parametrize("name", CASES)
def test_that_a_mistake_is_told_with_sheet_row_and_column(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, (row, column, code, said) = CASES[name]
    ended, found = check(capsys, workbook(tmp_path / "form.xlsx", *rows))
    assert ended == 1
    assert [(one["sheet"], one["row"], one["column"], one["code"]) for one in found if one["severity"] == "error"] == [
        ("survey", row, column, code)
    ]
    assert said in str(found[0]["message"]) and "form.xlsx" in str(found[0]["message"])


def test_that_the_same_form_without_its_mistake_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = (
        ("begin_group", "g", "G"),
        ("select_one yn", "a", "A"),
        ("end_group",),
        calculate("b", "if(${a} = 1, 2, 3)"),
    )
    assert check(capsys, workbook(tmp_path / "form.xlsx", *rows)) == (0, [])


def _zip(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("belge.txt", "merhaba")


def _half(file: Path) -> None:
    whole = workbook(file, text("a")).read_bytes()
    file.write_bytes(whole[: len(whole) // 2])


FOREIGN: dict[str, tuple[Callable[[Path], object], str]] = {
    "text renamed": (lambda file: file.write_text("merhaba dünya\n", encoding="utf-8"), "form.not-a-workbook"),
    "nothing in it": (lambda file: file.write_bytes(b""), "form.not-a-workbook"),
    "picture": (lambda file: file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500)), "form.not-a-workbook"),
    "other archive": (_zip, "form.not-a-workbook"),
    "old Excel": (
        lambda file: file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
        "form.not-a-workbook",
    ),
    "cut off": (_half, "form.not-a-workbook"),
    "no sheet survey": (lambda file: workbook(file, text("a"), survey="Sayfa1"), "form.no-survey"),
    "folder": (lambda file: file.mkdir(), "form.unreadable"),
    "not there": (lambda _file: None, "form.unreadable"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_that_what_is_no_form_is_one_problem_that_names_the_file(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, code = FOREIGN[name]
    file = tmp_path / "anket.xlsx"
    make(file)
    ended, found = check(capsys, file)
    assert ended == 1
    assert [one["code"] for one in found] == [code]
    assert str(found[0]["message"]).startswith("anket.xlsx") and len(str(found[0]["message"])) > 40


def test_that_a_broken_file_does_not_hide_the_mistakes_of_the_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, wrong = tmp_path / "bozuk.xlsx", workbook(tmp_path / "yanlis.xlsx", text("a"), text("a"))
    broken.write_text("x", encoding="utf-8")
    ended, found = check(capsys, broken, wrong)
    assert ended == 1
    assert [(Path(str(one["file"])).name, one["code"]) for one in found] == [
        ("bozuk.xlsx", "form.not-a-workbook"),
        ("yanlis.xlsx", "form.name-twice"),
    ]


def test_that_the_tests_of_a_broken_form_are_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = workbook(tmp_path / "yanlis.xlsx", text("a"), text("a"))
    assert program.main(["form", "test", str(wrong)]) == 3
    out, err = capsys.readouterr()
    assert out == "" and len(err.strip().splitlines()) == 1 and "satır 3" in err
