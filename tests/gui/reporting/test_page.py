"""The report page in the window: a real study, keys, and a real worker."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from kume_desktop import settings
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.page import SaveKind
from kume_desktop.gui.reporting import files
from kume_desktop.gui.reporting.page import ReportPage
from kume_desktop.gui.reporting.save_bar import ALL, SVG
from kume_desktop.gui.routes import ReportRoute
from kume_desktop.services import studies
from kume_desktop.services.studies import Study
from tests.gui.reporting.conftest import Show
from tests.gui.shell.stage import LAPTOP_125, WIDE, press, type_text
from tests.studies import AREAS, FACTS, PASSPHRASE

SOON = 60_000


def words_on(page: QWidget) -> str:
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def wait_for_pictures(qtbot, page: ReportPage, count: int) -> None:
    qtbot.waitUntil(lambda: len(page.preview.paper.content.pictures) == count, timeout=SOON)


def keys_of(page: ReportPage) -> list[str]:
    return [line.key for line in page.form.sheets.lines]


def test_that_the_edition_for_publication_holds_no_row_of_a_firm(show: Show, made: Study):
    with show(made) as page:
        assert page.form.edition.current == "publication"
        assert not {"levels", "ratings", "answers", "dictionary", "log"} & set(keys_of(page))
        assert {"cover", "scorecard", "needs", "uncertainty", "method"} <= set(keys_of(page))
        assert QApplication.focusWidget() is page.form.sheets
        page.form.edition.focus_box()
        press(page, "Down")
        press(page, "Tab")
        assert page.form.edition.is_audit
        assert {"levels", "answers", "log"} <= set(keys_of(page))
        assert QApplication.focusWidget() is page.form.edition.reason


def test_that_the_named_edition_and_the_number_stand_above_the_preview(show: Show, made: Study):
    with show(made, ReportRoute(shown="index")) as page:
        number = page.form.sheets.number_of("index")
        assert f"Önizleme · {number} Endeks ve aralıklar" in words_on(page)
        assert "Yayımlanacak baskı, A4 yatay" in words_on(page)
        assert page.preview.paper.content.number == number
        press(page, "Space")
        assert "Önizleme · Endeks ve aralıklar" in words_on(page)
        assert page.preview.paper.content.number == ""


def test_that_walking_the_contents_shows_the_sheets(show: Show, made: Study):
    with show(made, ReportRoute(shown="index")) as page:
        shown = " ".join(page.preview.paper.texts)
        assert "66,7" in shown
        assert "12 / 96" in shown
        assert "n < 3, gösterilmez" in shown
        press(page, "Down")
        assert page.preview.paper.content.title == "Başlıklar"
        press(page, "Down")
        texts = page.preview.paper.texts
        assert "İç pazarda etkinlik düzeyi" in texts
        assert "Lojistik" not in texts


@pytest.mark.change
def test_that_every_sheet_of_both_editions_has_a_preview(show: Show, made: Study):
    for edition in ("publication", "audit"):
        with show(made, ReportRoute(edition=edition)) as page:
            sheets = page.form.sheets
            sheets.setFocus()
            press(page, "Home")
            for line in sheets.lines:
                content = page.preview.paper.content
                assert sheets.current == line
                assert page.preview.paper.accessibleName() == content.title != ""
                assert content.waiting or content.table is not None, line.key
                if content.table is not None:
                    assert content.table.rows or content.table.note, line.key
                press(page, "Down")


@pytest.mark.change
def test_that_the_figure_in_the_preview_is_the_one_of_the_worker_in_light_colours(qtbot, show: Show, made: Study):
    with show(made, ReportRoute(shown="scorecard"), scheme=settings.Theme.DARK) as page:
        assert page.preview.paper.content.waiting == "Resim çiziliyor…"
        wait_for_pictures(qtbot, page, 1)
        assert page.preview.paper.content.waiting == ""
        pixmap = page.preview.paper.content.pictures[0]
        assert pixmap.width() == 8 * 192
        image = pixmap.toImage()
        assert image.pixelColor(2, 2) == QColor("#FFFFFF")
        spoken = page.preview.paper.accessibleDescription()
        assert "Kimya: endeks 66,7" in spoken
        assert "Lojistik: n < 3, gösterilmez" in spoken
        assert page.preview.paper.grab().toImage().pixelColor(5, 5) == QColor("#FFFFFF")


def test_that_sheets_of_one_area_step_through_the_areas(qtbot, show: Show, made: Study):
    with show(made, ReportRoute(shown="cells")) as page:
        assert "Kimya" in page.preview.paper.content.facts
        assert "1 / 2" in words_on(page)
        press(page, "Ctrl+PgDown")
        assert "Lojistik" in page.preview.paper.content.facts
        assert page.preview.paper.texts.count("n < 3") == 10
        press(page, "Ctrl+PgDown")
        assert "Kimya" in page.preview.paper.content.facts
        page.preview.pane.setFocus()
        press(page, "Left")
        assert "Lojistik" in page.preview.paper.content.facts


def test_that_the_area_picker_narrows_the_report(show: Show, made: Study):
    with show(made, ReportRoute(shown="index")) as page:
        assert "Lojistik" in page.preview.paper.texts
        page.area.set_current("kimya")
        page.area.picked.emit("kimya")
        assert "Lojistik" not in page.preview.paper.texts
        assert page.here(ReportRoute()).area == "kimya"  # type: ignore[union-attr]


def test_that_the_language_of_the_file_is_that_of_the_preview_not_of_the_window(show: Show, made: Study):
    with show(made, ReportRoute(shown="index")) as page:
        page.language.set_current("en")
        page.language.picked.emit("en")
        texts = page.preview.paper.texts
        assert "Index and intervals" in texts
        assert "66.7" in texts
        assert "Endeks ve aralıklar" in [line.title for line in page.form.sheets.lines]


def test_that_nothing_is_written_without_a_reason_for_all_answers(show: Show, made: Study):
    with show(made, ReportRoute(edition="audit")) as page:
        press(page, "Ctrl+Shift+E")
        assert [note.text for note in page.form.notes] == [
            "Neden boş. Denetim baskısı bütün yanıtları içerir; neden yazıldığını yazın."
        ]
        assert QApplication.focusWidget() is page.form.edition.reason
        type_text(page.form.edition.reason, "Komite")
        page.form.persons.switch.click()
        press(page, "Ctrl+Shift+E")
        assert [note.text.startswith("Kişilerin ve firmaların neden adıyla") for note in page.form.notes] == [True]
        assert QApplication.focusWidget() is page.form.edition.why_persons
        assert not list(made.path.parent.glob("*.xlsx"))


def test_that_what_was_chosen_survives_another_language_of_the_window(show: Show, made: Study):
    with show(made, ReportRoute(edition="audit", shown="needs")) as page:
        type_text(page.form.edition.reason, "Neden")
        page.form.sheets.setFocus()
        press(page, "Space")
        press(page, "Alt+Up")
        before = page.here(ReportRoute())
        window = page.window()
        page.desk.change_settings(
            settings.Settings(motion=False, theme=settings.Theme.LIGHT, language=settings.Language.ENGLISH)
        )
        again = window.page  # type: ignore[attr-defined]
        assert again is not page
        assert again.here(ReportRoute()) == before
        assert again.title == "Report"
        assert "needs" not in again.form.sheets.written


def test_that_a_required_sheet_says_why_it_stays(show: Show, made: Study):
    with show(made, ReportRoute(shown="cover")) as page:
        press(page, "Space")
        assert [note.text for note in page.form.notes] == [
            "“Kapak ve kaynak bilgisi” her zaman yazılır: öteki sayfalar ona dayanıyor."
        ]


@pytest.mark.change
def test_that_the_pictures_of_the_shown_sheet_are_saved(
    qtbot, show: Show, made: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "resimler"
    folder.mkdir()
    monkeypatch.setattr(files, "ask_folder", lambda _page, _near: str(folder))
    with show(made, ReportRoute(shown="uncertainty")) as page:
        press(page, "Ctrl+Shift+S")
        assert page.preview.pictures.isVisible()
        page.preview.pictures.act.click()
        qtbot.waitUntil(lambda: len(page.saving.files) == 2, timeout=SOON)
        assert sorted(file.name for file in folder.iterdir()) == ["probabilities.png", "ranks.png"]
        assert all(file.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n" for file in page.saving.files)
        assert not page.preview.pictures.isVisible()


@pytest.mark.change
def test_that_all_pictures_are_saved_as_svg_with_their_text(
    qtbot, show: Show, made: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(files, "ask_folder", lambda _page, _near: str(tmp_path))
    with show(made, ReportRoute(shown="cover")) as page:
        page.saving.save_pictures()
        page.preview.pictures.kind.choose(SVG)
        assert page.preview.pictures.which.current == ALL
        page.preview.pictures.act.click()
        qtbot.waitUntil(lambda: bool(page.saving.files) or bool(page.form.notes), timeout=SOON)
        assert len(page.saving.files) == 3 + 2 * 5
        profile = (tmp_path / "profile-kimya.svg").read_text(encoding="utf-8")
        assert "İç pazarda etkinlik düzeyi" in profile


@pytest.mark.change
def test_that_a_folder_that_cannot_be_is_told(
    qtbot, show: Show, made: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(files, "ask_folder", lambda _page, _near: str(tmp_path / "yok" / "resimler"))
    (tmp_path / "yok").touch()
    with show(made, ReportRoute(shown="scorecard")) as page:
        page.saving.save_pictures()
        page.preview.pictures.act.click()
        qtbot.waitUntil(lambda: bool(page.form.notes), timeout=SOON)
        assert "yok" in page.form.notes[0].text


def test_that_esc_closes_the_bar_before_it_leaves_the_page(show: Show, made: Study):
    with show(made) as page:
        window = page.window()
        press(page, "Ctrl+Shift+S")
        press(page, "Escape")
        assert not page.preview.pictures.isVisible()
        assert window.page is page  # type: ignore[attr-defined]


@pytest.mark.change
def test_that_missing_results_are_computed_by_themselves(qtbot, show: Show, study: Study):
    with show(study) as page:
        assert page.preview.paper.content.waiting == "Henüz hesap yapılmadı."
        qtbot.waitUntil(lambda: page.computing.results is not None, timeout=SOON)
        assert "scorecard" in keys_of(page)
        assert page.computing.state.kind is SaveKind.COMPUTED


@pytest.fixture(params=[(), ("is_ihtiyac",)])
def without_method(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Study]:
    made = studies.create_study(
        tmp_path / "eksik.kume", "Eksik", FACTS, PASSPHRASE, "Elif", AREAS, instruments=request.param
    )
    with made as opened:
        yield opened


def test_that_a_study_without_a_method_says_what_to_install(show: Show, without_method: Study):
    with show(without_method) as page:
        notes = [note.text for note in page.findChildren(ProblemNote)]
        assert len(notes) == 1
        assert "yöntem" in notes[0]
        page.write_report()
        assert not page.writing.is_running


@pytest.mark.parametrize("size", [WIDE, LAPTOP_125])
@pytest.mark.parametrize("edition", ["publication", "audit"])
def test_that_no_label_is_cut_at_both_sizes(show: Show, made: Study, size, edition: str):
    with show(made, ReportRoute(edition=edition, shown="index"), size) as page:
        for label in page.findChildren(QLabel):
            if label.isVisible() and label.text():
                needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
                assert label.height() >= needed - 1, label.text()
                assert label.wordWrap() or label.width() >= label.sizeHint().width() - 1, label.text()


def test_that_every_key_of_the_page_means_one_thing(show: Show, made: Study):
    with show(made) as page:
        keys = [action.key for action in page.actions_here() if action.key]
        assert len(keys) == len(set(keys))
        bound = {action.key for action in page.actions_here() if action.bound}
        assert not {"Ctrl+K", "F1", "F6", "F8", "Ctrl+Z"} & bound
        assert all(hint.word for hint in page.key_hints())
        assert all(action.label for action in page.actions_here())


def test_that_every_control_has_a_name(show: Show, made: Study):
    with show(made, ReportRoute(edition="audit")) as page:
        page.saving.save_pictures()
        nameless = [
            type(widget).__name__
            for widget in page.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() is not widget.focusPolicy().NoFocus
            and not (widget.accessibleName() or getattr(widget, "text", lambda: "")())
        ]
        assert nameless == []


@pytest.mark.change
def test_that_the_window_never_loads_what_draws_or_writes(root: Path):
    code = (
        "import sys, kume_desktop.gui.reporting.page, kume_desktop.services.figures;"
        "import kume_desktop.services.report_preview;"
        "print(*({'matplotlib', 'xlsxwriter', 'openpyxl', 'scipy'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert (told.stdout.split(), told.stderr) == ([], "")
