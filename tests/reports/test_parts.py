"""Workbooks and tables on their way to the disk: piece by piece, what a whole would have been; stopped, nothing."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop.problems import Refused
from kume_desktop.reports.csv_files import PLAIN, write_csv
from kume_desktop.reports.workbook import write_workbook
from kume_desktop.reports.writing import digests
from kume_desktop.reports.writing.book import Book
from kume_desktop.reports.writing.cells import letter
from kume_desktop.reports.writing.disk import aside
from kume_desktop.reports.writing.parts import PartedWorkbook

MADE = datetime(2026, 11, 23, tzinfo=UTC)
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="limits and signals are a matter of POSIX")


def fill(book: xlsxwriter.Workbook) -> None:
    """Sheets with texts, numbers, formulas, a chart and a picture."""
    book.set_properties({"title": "deneme", "created": MADE})
    for number in range(3):
        sheet = book.add_worksheet(f"Sayfa {number}")
        for row in range(2_000):
            sheet.write_row(row, 0, [f"İğdeli {row % 7}", row, row / 3])
        sheet.write_formula(2_000, 1, "=SUM(B1:B2000)", None, 1_999_000)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"='Sayfa {number}'!$B$1:$B$9"})
        sheet.insert_chart("E2", chart)
        sheet.insert_image("M2", "nokta.png", {"image_data": io.BytesIO(_dot())})


def _dot() -> bytes:
    from matplotlib.image import imsave
    from numpy import zeros

    made = io.BytesIO()
    imsave(made, zeros((2, 2, 3)), format="png")
    return made.getvalue()


def test_that_a_workbook_written_in_parts_is_the_one_that_is_written_whole(tmp_path: Path):
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole, {"in_memory": True}) as book:
        fill(book)
    parted = PartedWorkbook()
    fill(parted)
    target = tmp_path / "a.xlsx"
    with target.open("wb") as file:
        parted.write_to(file)
    with ZipFile(whole) as expected, ZipFile(target) as found:
        assert sorted(found.namelist()) == sorted(expected.namelist())
        assert found.namelist()[0] == "[Content_Types].xml"
        assert any(name.startswith("xl/media/") for name in found.namelist())
        assert [name for name in found.namelist() if found.read(name) != expected.read(name)] == []


VALUES = st.one_of(st.text(max_size=5), st.floats(allow_nan=False, allow_infinity=False), st.dates(date(1900, 3, 1)))
FACTS = st.dictionaries(st.integers(0, 40), st.dictionaries(st.integers(0, 4), VALUES, min_size=1), max_size=30)


@given(FACTS)
def test_that_digests_of_columns_do_not_depend_on_how_many_rows_were_taken_at_a_time(facts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(digests, "_AT_ONCE", 3)
        by_row, by_column = digests.constants(digests.in_order(facts))
    columns = sorted({col for row in facts.values() for col in row})
    for col in columns:
        text = digests.BETWEEN.join(digests.told(facts[row][col]) for row in sorted(facts) if col in facts[row])
        assert by_column[col] == hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    for row, found in facts.items():
        text = digests.BETWEEN.join(letter(col) + digests.told(found[col]) for col in sorted(found))
        assert by_row[row] == digests.digest(text)


def test_that_a_finished_row_tells_what_was_written_into_it():
    sheet = Book.unwritten("tr").sheet("a")
    for row in (2, 1):
        sheet.text(row, 3, f"d{row}")
        sheet.number(row, 1, row)
    sheet.line(5, [], {0: "a", 2: date(2026, 11, 23)})
    before = list(sheet.told())
    sheet.seal(1)
    sheet.seal(2)
    assert list(sheet.told()) == before == [
        (1, [(1, 1), (3, "d1")]), (2, [(1, 2), (3, "d2")]), (5, [(0, "a"), (2, date(2026, 11, 23))])
    ]  # fmt: skip
    assert sheet.values(2, 1, 4) == [2, "", "d2", ""]
    assert sheet.values(9, 0, 2) == ["", ""]


@posix
@pytest.mark.parametrize("share", [0.02, 0.4, 0.97])
def test_that_a_disk_that_is_full_at_any_moment_leaves_the_old_workbook(small, tmp_path: Path, share: float):
    import resource

    target = tmp_path / "rapor.xlsx"
    write_workbook(small, target, "tr")
    old = target.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(len(old) * share), hard))
    try:
        with pytest.raises(Refused) as caught:
            write_workbook(small, target, "en")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [one.code for one in caught.value.problems] == ["report.disk-full"]
    assert target.read_bytes() == old
    assert list(tmp_path.iterdir()) == [target]


@posix
def test_that_a_disk_that_is_full_after_some_tables_leaves_the_folder_as_it_was(full, tmp_path: Path):
    import resource

    whole = tmp_path / "bütün"
    whole.mkdir()
    sizes = [file.stat().st_size for file in write_csv(full, whole, "tr", PLAIN, personal=False)]
    largest = sizes.index(max(sizes))
    assert largest > 0
    folder = tmp_path / "csv"
    folder.mkdir()
    (folder / "index.csv").write_text("old", encoding="utf-8")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (max(sizes) - 1, hard))
    try:
        with pytest.raises(Refused) as caught:
            write_csv(full, folder, "tr", PLAIN, personal=False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [one.code for one in caught.value.problems] == ["report.disk-full"]
    assert [file.name for file in folder.iterdir()] == ["index.csv"]
    assert (folder / "index.csv").read_text(encoding="utf-8") == "old"


def test_that_what_a_killed_writing_left_goes_with_the_next_one_and_what_is_being_written_stays(tmp_path: Path):
    target = tmp_path / "rapor [2].xlsx"
    left, young, other = (tmp_path / f".{name}.tmp" for name in (f"{target.name}.1", f"{target.name}.2", "b.xlsx.1"))
    for file in (left, young, other):
        file.write_bytes(b"PK")
    for file in (left, other):
        os.utime(file, (0, 0))
    with aside(target) as temporary:
        temporary.write_bytes(b"PK")
        assert not left.exists()
    assert sorted(tmp_path.iterdir()) == sorted([young, other])


_WRITING = """
import sys, time
from pathlib import Path
from kume_desktop.reports.writing.disk import aside
from kume_desktop.services.worker import leaving_in_order
with leaving_in_order(), aside(Path(sys.argv[1])) as temporary:
    temporary.write_bytes(b"PK")
    print("written", flush=True)
    while True:
        time.sleep(1)
"""


@posix
def test_that_a_worker_that_is_cancelled_while_it_writes_takes_away_what_it_wrote(tmp_path: Path):
    command = [sys.executable, "-c", _WRITING, str(tmp_path / "rapor.xlsx")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        assert len(list(tmp_path.iterdir())) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []
