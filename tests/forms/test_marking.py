"""`form check --mark`: a copy of the workbook in which every cell with a problem says why."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from kume_desktop import __main__ as program
from kume_desktop.services import forms
from tests.interview.scenario import workbook

SURVEY = (
    "| type | name | label | calculation | relevant |\n"
    "| text | a | A | | |\n"
    "| text | b | B | | ${a} + foo( |\n"
    "| text | c | C | 1 | ${a} |\n"
    "| select_one yok | d | D | | |"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(workbook(survey=SURVEY)))
    book["survey"]["E4"].comment = Comment("Bunu Ayşe’ye sor", "Ali")
    book.save(tmp_path / "form.xlsx")
    return tmp_path / "form.xlsx"


def test_that_cells_are_coloured_and_say_why(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy, before = file.with_name("kopya.xlsx"), file.read_bytes()
    assert program.main(["form", "check", str(file), "--mark", str(copy)]) == 1
    capsys.readouterr()
    sheet = openpyxl.load_workbook(copy)["survey"]
    marked = {cell.coordinate: cell for row in sheet.iter_rows() for cell in row if cell.comment}
    assert set(marked) == {"E3", "D4", "E4", "A5"}
    assert {marked[place].fill.fgColor.rgb for place in ("E3", "A5")} == {"00F8C9C4"}
    assert {marked[place].fill.fgColor.rgb for place in ("D4", "E4")} == {"00FFF0B8"}
    assert marked["E4"].comment.text.startswith("Bunu Ayşe’ye sor\n\n") and len(marked["E4"].comment.text) > 60
    assert "yok" in marked["A5"].comment.text and "satır" not in marked["A5"].comment.text
    assert file.read_bytes() == before


def test_that_the_marked_copy_is_still_the_same_form(file: Path) -> None:
    copy = file.with_name("kopya.xlsx")
    forms.mark(file, copy, forms.check(file))
    assert [(one.code, one.where.row) for one in forms.check(copy)] == [
        (one.code, one.where.row) for one in forms.check(file)
    ]


def test_that_a_copy_that_cannot_be_written_is_one_line(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["form", "check", str(file), "--mark", str(file.parent / "yok" / "kopya.xlsx")]) == 3
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_that_one_copy_belongs_to_one_workbook(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        program.main(["form", "check", str(file), str(file), "--mark", "kopya.xlsx"])
    assert ended.value.code == 2
    assert "--mark" in capsys.readouterr().err


def test_that_what_is_no_xlsx_is_not_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "eski.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))
    assert program.main(["form", "check", str(old), "--mark", str(tmp_path / "kopya.xlsx")]) == 3
    assert "xlsx" in capsys.readouterr().err
    assert not (tmp_path / "kopya.xlsx").exists()
