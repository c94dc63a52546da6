"""What is out of measure is refused before anything is built of it; what is damaged comes out as one kind of error."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable

import pytest

from kume_desktop.exchange import cells, guard, limits
from kume_desktop.problems import Refused
from tests.exchange.lists import FIRMS, changed, rows_of, shared_workbook, workbook

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(scope="module")
def good() -> bytes:
    return workbook(rows_of(FIRMS))


def replacing(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return change


def code_of(content: bytes, name: str = "liste.xlsx") -> str:
    with pytest.raises(Refused) as refused:
        cells.read_sheets(name, content)
    (found,) = refused.value.problems
    assert found.where.file == name
    return found.code


def rooms_of_errors(content: bytes) -> list[str]:
    """The first part of the codes of what is wrong; anything but Refused is a bug and comes out."""
    try:
        cells.read_sheets("liste.xlsx", content)
    except Refused as refused:
        return [one.code.partition(".")[0] for one in refused.problems]
    return []


def test_that_a_good_workbook_passes(good: bytes):
    (sheet,) = cells.read_sheets("liste.xlsx", good)
    assert len(sheet.rows) == 1 + len(FIRMS)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<sheetData>", b'<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        (b"<sheetData>", b'<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row>'),
        (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        (b"<sheetData>", b"<sheetData><!DOCTYPE x>"),
        (b"<sheetData>", b"<sheetData><!ENTITY x>"),
    ],
)
def test_that_far_cells_giant_merges_and_document_types_are_refused(good: bytes, old: bytes, new: bytes):
    assert code_of(changed(good, {SHEET: replacing(old, new)})) == "list.harmful"


def test_that_a_document_type_between_two_pieces_is_seen(good: bytes, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(guard, "_PIECE", 7)
    bomb = changed(good, {SHEET: replacing(b"<sheetData>", b"<sheetData><!DOCTYPE x>")})
    assert code_of(bomb) == "list.harmful"


def test_that_merges_between_two_pieces_are_counted_once(good: bytes, monkeypatch: pytest.MonkeyPatch):
    merges = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (row, row) for row in range(1, 40))
    filled = changed(good, {SHEET: replacing(b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>")})
    for piece in (11, 64, 1 << 17):
        monkeypatch.setattr(guard, "_PIECE", piece)
        assert [merged.top for merged in guard.look("a", filled).merges[SHEET]] == list(range(1, 40))


def test_that_a_member_of_zeros_is_refused_before_it_is_whole(good: bytes):
    assert code_of(changed(good, {"xl/styles.xml": lambda _data: b"\0" * (guard.MAX_OTHER + 1)})) == "list.harmful"


def test_that_all_members_together_are_bounded(good: bytes, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(guard, "MAX_TOTAL", 2_000)
    assert code_of(good) == "list.harmful"


def test_that_too_many_texts_and_sheets_are_refused(good: bytes, monkeypatch: pytest.MonkeyPatch):
    shared = shared_workbook([("a", "b"), ("c", "d")])
    assert len(cells.read_sheets("a.xlsx", shared)[0].rows) == 2
    monkeypatch.setattr(guard, "MAX_TEXTS", 3)
    assert code_of(shared) == "list.harmful"
    monkeypatch.setattr(guard, "MAX_SHEETS", 0)
    assert code_of(good) == "list.harmful"


def test_that_a_large_file_is_refused_unread(monkeypatch: pytest.MonkeyPatch, good: bytes):
    monkeypatch.setattr(guard, "MAX_FILE", 100)
    assert code_of(good) == "list.too-large"


def test_that_too_many_rows_are_refused_and_none_is_lost(good: bytes, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(guard, "MAX_ROWS", 2)
    assert code_of(good) == "list.too-many-rows"
    assert code_of(b"a;b\nc;d\ne;f\n", "a.csv") == "list.too-many-rows"


def test_that_other_archives_and_protected_files_are_told_apart(good: bytes):
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "b")
    assert code_of(other.getvalue()) == "list.not-a-workbook"
    assert code_of(good[: len(good) // 2]) == "list.not-a-workbook"
    assert code_of(b"not a workbook at all") == "list.not-a-workbook"
    assert code_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == "list.not-a-workbook"


def test_that_300_mutated_workbooks_give_one_kind_of_error_or_rows(good: bytes):
    chance, refused = random.Random(11), 0
    for _ in range(300):
        wrong = bytearray(good)
        for _ in range(chance.randint(1, 12)):
            wrong[chance.randrange(len(wrong))] = chance.randrange(256)
        refused += bool(rooms_of_errors(bytes(wrong)))
    assert refused > 100


def test_that_mutated_sheets_inside_a_sound_archive_give_one_kind_of_error(good: bytes):
    chance = random.Random(12)

    def spoil(data: bytes) -> bytes:
        wrong = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            wrong[chance.randrange(len(wrong))] = chance.randrange(32, 127)
        return bytes(wrong)

    members = [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"]
    for _ in range(120):
        assert rooms_of_errors(changed(good, {chance.choice(members): spoil})) in ([], ["list"])


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limit")
def test_that_memory_beyond_the_limit_is_an_error_and_the_limit_ends_with_the_body():
    with pytest.raises(MemoryError), limits.within(lambda: None, megabytes=50):
        bytearray(200_000_000)
    assert len(bytearray(200_000_000)) == 200_000_000


@pytest.mark.change
def test_that_a_process_that_takes_too_long_says_so_and_ends_itself():
    code = (
        "import sys, threading\nfrom kume_desktop.exchange import limits\n"
        "def told():\n    print('too long', flush=True)\n"
        "with limits.within(told, seconds=0.2):\n    threading.Event().wait(60)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout) == (limits.TOO_LONG, "too long\n")
