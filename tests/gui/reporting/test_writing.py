"""What the report page writes, by a real worker: workbooks in both editions, CSV; cancelled, refused, told."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QPushButton

from kume_desktop.gui.desk import Desk
from kume_desktop.gui.page import Toast
from kume_desktop.gui.reporting import files
from kume_desktop.gui.reporting.page import ReportPage
from kume_desktop.gui.reporting.save_bar import PLAIN
from kume_desktop.gui.routes import ReportRoute
from kume_desktop.services.studies import Study
from kume_desktop.store import reading
from tests.gui.reporting.conftest import Show
from tests.gui.shell.stage import press, type_text

SOON = 120_000
pytest_plugins = ["tests.services.rating_studies"]
pytestmark = [pytest.mark.change]


def wait_for(qtbot, page: ReportPage) -> None:
    qtbot.waitUntil(lambda: page.saving.written is not None or bool(page.form.notes), timeout=SOON)
    assert [note.text for note in page.form.notes] == []


def test_that_the_edition_for_publication_is_written_and_its_rows_are_told(qtbot, show: Show, computed: Study):
    with show(computed) as page:
        told: list[Toast] = []
        page.toast.connect(told.append)
        target = Path(page.form.target)
        press(page, "Ctrl+Shift+E")
        wait_for(qtbot, page)
        written = page.saving.written
        assert written is not None
        assert written.path == target
        assert target.read_bytes()[:2] == b"PK"
        assert written.rows_in == written.rows_out
        assert "satırlar tutuyor" in page.preview.foot.words
        assert [(toast.text, toast.action) for toast in told] == [(f"{target.name} yazıldı.", "Aç")]
        book = openpyxl.load_workbook(target)
        assert tuple(book.sheetnames) == written.sheets
        assert not any(
            isinstance(cell.value, str) and cell.value.startswith("=")
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
        )


def test_that_the_audit_edition_is_written_with_its_reason(qtbot, show: Show, computed: Study):
    with show(computed, ReportRoute(edition="audit")) as page:
        type_text(page.form.edition.reason, "Denetleme kurulu istedi")
        press(page, "Ctrl+Shift+E")
        wait_for(qtbot, page)
        written = page.saving.written
        assert written is not None
        assert written.formulas > 0
        book = openpyxl.load_workbook(written.path)
        cover = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
        assert any("Denetleme kurulu istedi" in value for value in cover)


def test_that_a_sheet_that_is_off_is_not_written(qtbot, show: Show, computed: Study):
    with show(computed, ReportRoute(shown="executive")) as page:
        press(page, "Space")
        off = {line.key for line in page.form.sheets.lines if not line.on}
        assert off == {"executive"}
        page.write_report()
        wait_for(qtbot, page)
        assert page.saving.written is not None
        assert not any("Yönetici" in name for name in page.saving.written.sheets)


def test_that_a_place_that_cannot_be_written_is_told_and_what_was_typed_stays(
    qtbot, show: Show, computed: Study, tmp_path: Path
):
    nowhere = tmp_path / "yok" / "rapor.xlsx"
    with show(computed, ReportRoute(target=str(nowhere))) as page:
        page.write_report()
        qtbot.waitUntil(lambda: bool(page.form.notes), timeout=SOON)
        assert "yok" in page.form.notes[0].text
        assert (page.saving.written, page.form.target) == (None, str(nowhere))


def test_that_the_file_of_the_study_itself_is_refused(qtbot, show: Show, computed: Study):
    target = computed.path.with_name(f"{computed.path.name}.xlsx")
    with show(computed, ReportRoute(target=str(target))) as page:
        page.write_report()
        qtbot.waitUntil(lambda: bool(page.form.notes), timeout=SOON)
        assert "çalışmanın" in page.form.notes[0].text.lower()
        assert not target.exists()


def test_that_esc_stops_writing_and_leaves_no_file(qtbot, show: Show, computed: Study):
    with show(computed) as page:
        window = page.window()
        target = Path(page.form.target)
        page.write_report()
        assert page.writing.is_running
        press(page, "Escape")
        qtbot.waitUntil(lambda: not page.writing.is_running, timeout=SOON)
        assert not target.exists()
        assert page.saving.written is None
        assert window.page is page  # type: ignore[attr-defined]


def test_that_tables_are_written_as_csv_for_the_program_that_was_chosen(
    qtbot, show: Show, computed: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "csv"
    folder.mkdir()
    monkeypatch.setattr(files, "ask_folder", lambda _page, _near: str(folder))
    with show(computed) as page:
        press(page, "Ctrl+Shift+C")
        assert page.preview.csv.isVisible()
        page.preview.csv.act.click()
        assert ["ne için" in note.text for note in page.form.notes] == [True]
        page.preview.csv.why.setText("Üniversite araştırması")
        page.form.show_notes([])
        page.preview.csv.act.click()
        qtbot.waitUntil(lambda: bool(page.saving.files) or bool(page.form.notes), timeout=SOON)
        assert [note.text for note in page.form.notes] == []
        assert sorted(folder.iterdir()) == sorted(page.saving.files)
        head = page.saving.files[0].read_bytes()
        assert head[:3] == b"\xef\xbb\xbf"
        assert b";" in head.splitlines()[0]
        page.saving.files = ()
        page.saving.write_tables()
        page.preview.csv.kind.choose(PLAIN)
        page.preview.csv.act.click()
        qtbot.waitUntil(lambda: bool(page.saving.files) or bool(page.form.notes), timeout=SOON)
        assert b";" not in page.saving.files[0].read_bytes().splitlines()[0]


def test_that_a_name_without_an_ending_becomes_a_workbook(qtbot, show: Show, computed: Study, tmp_path: Path):
    with show(computed, ReportRoute(target=str(tmp_path / "sonuç"))) as page:
        page.write_report()
        wait_for(qtbot, page)
        assert (tmp_path / "sonuç.xlsx").is_file()
        assert "Bu dosya var" not in page.preview.foot.words


def test_that_a_page_that_is_left_while_writing_leaves_no_file(qtbot, show: Show, computed: Study):
    with show(computed) as page:
        target = Path(page.form.target)
        page.write_report()
        task = page.writing.findChildren(type(page.writing._task))[0]
        window = page.window()
        with qtbot.waitSignal(task.destroyed, timeout=SOON):
            window.go(ReportRoute(shown="method"))  # type: ignore[attr-defined]
        assert not target.exists()
        assert isinstance(window.desk, Desk)  # type: ignore[attr-defined]


def test_that_staff_write_the_levels_of_others_knowingly_and_the_log_remembers_why(
    qtbot, show: Show, half_rated: Study
):
    with show(half_rated, ReportRoute(edition="audit")) as page:
        qtbot.waitUntil(lambda: page.computing.results is not None and not page.computing.is_running, timeout=SOON)
        target = Path(page.form.target)
        type_text(page.form.edition.reason, "Kurul toplanıyor")
        press(page, "Ctrl+Shift+E")
        qtbot.waitUntil(lambda: bool(page.form.notes), timeout=SOON)
        (note,) = page.form.notes
        assert "1 firma" in note.text
        assert not target.exists()
        (knowingly,) = (button for button in note.findChildren(QPushButton) if button.text().startswith("Bilerek"))
        knowingly.click()
        wait_for(qtbot, page)
        assert target.exists()
        study = half_rated
        (told,) = (one.value for one in reading.heads(study.database, study.record.study_id)["export#note"])
        assert told is not None
        assert told.endswith(": Kurul toplanıyor")
