"""A list of firms is chosen, its columns said, its rows looked at and taken, by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kume_desktop import settings
from kume_desktop.gui import fonts
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.routes import FieldRoute, Route, SampleListRoute
from kume_desktop.gui.sample_list import files
from kume_desktop.gui.sample_list.body import COLUMNS, DIFFERENCES, FIRMS, PAIRS, ROWS, START
from kume_desktop.gui.sample_list.page import SampleListPage
from kume_desktop.gui.window import Window
from kume_desktop.services import studies
from kume_desktop.services.sample_lists import undoing
from kume_desktop.services.sample_lists.asked import Asked
from kume_desktop.store import reading
from tests.exchange.lists import FIRMS as ROWS_OF_LIST
from tests.exchange.lists import HEADS, a_list
from tests.gui.shell.stage import WIDE, press, shown_window
from tests.studies import PASSPHRASE, copied

LONG_MS = 60_000
pytestmark = pytest.mark.change  # each test starts workers
WRONG = (
    *ROWS_OF_LIST,
    (4, "Ege Kimyaa Ltd. Şti.", "", "20.30", "İzmir", "Kemalpaşa", "", "", "", 5),
    (5, "Yanlış Numara Ltd.", "1234567891", "20.30", "İzmir", "Konak", "", "", "", 5),
    (6, "", "", "20.30", "İzmir", "Konak", "", "", "", 5),
)


class Hands:
    """A window with the page, and keys."""

    def __init__(self, qtbot: QtBot, window: Window, desk: Desk) -> None:
        self.qtbot, self.window, self.desk = qtbot, window, desk

    @property
    def page(self) -> SampleListPage:
        """The page in front."""
        found = self.window.page
        assert isinstance(found, SampleListPage)
        return found

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            press(self.window, key)

    def wait(self, until: Callable[[], object]) -> None:
        """Wait for the worker."""
        self.qtbot.waitUntil(lambda: bool(until()), timeout=LONG_MS)

    def idle(self) -> None:
        """Wait until the worker has answered."""
        self.wait(lambda: not self.page.course.is_running)

    def names(self) -> list[str]:
        """The firms of the study."""
        return [unit.name for unit in reading.units(self.desk.study.database)]

    def notes(self) -> list[str]:
        """What the page says is wrong."""
        return [note.text for note in self.page.findChildren(ProblemNote) if not note.isHidden()]


Opened = Callable[..., Hands]


def visible(page: SampleListPage, kind: type[QLabel]) -> list[QLabel]:
    """The labels in sight."""
    return [label for label in page.findChildren(kind) if label.isVisible()]


@pytest.fixture
def opened(qtbot: QtBot, empty_template: Path, tmp_path: Path) -> Iterator[Opened]:
    fonts.load()
    made: list[object] = []

    def open_page(route: Route | None = None, size: QSize = WIDE, role: str = "staff") -> Hands:
        desk = Desk(settings.Settings(motion=False))
        study = studies.open_study(copied(empty_template, tmp_path), PASSPHRASE)
        study.role = role
        desk.open(study)
        held = shown_window(desk, route or SampleListRoute(), size)
        window = held.__enter__()
        made.append((held, desk))
        return Hands(qtbot, window, desk)

    yield open_page
    for held, desk in made:  # type: ignore[misc]
        held.__exit__(None, None, None)
        desk.close()


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Sequence[Sequence[object]]], Path]:
    """What the dialog for files answers."""

    def answer(rows: Sequence[Sequence[object]], heads: Sequence[str] = HEADS) -> Path:
        file = a_list(tmp_path / "liste.xlsx", rows, heads)
        monkeypatch.setattr(files, "ask_list", lambda _page, _near: file)
        return file

    return answer


Choose = Callable[..., Path]


def looked(hands: Hands) -> SampleListPage:
    hands.press("Ctrl+O")
    hands.wait(lambda: hands.page.body.part == COLUMNS)
    return hands.page


def test_that_a_list_is_taken_by_keys_alone_and_the_toast_takes_it_back(opened: Opened, choose: Choose):
    hands = opened()
    choose(ROWS_OF_LIST)
    page = looked(hands)
    assert [one.firm.area for one in page.body.columns.firms.became.rows] == ["kimya", "lojistik", "kimya"]
    hands.press("Ctrl+Return")
    hands.wait(lambda: page.body.part == FIRMS)
    assert page.body.primary.text() == "3 firmayı al"
    hands.press("Ctrl+Return")
    hands.wait(lambda: page.body.part == START and len(hands.names()) == 5)
    hands.wait(lambda: hands.notes() == ["3 satır okundu: 3 yeni firma."])
    assert page.body.start.model.rows[0].rows == 3
    hands.press("Ctrl+Z")
    hands.wait(lambda: len(hands.names()) == 2)
    hands.wait(lambda: hands.notes() == ["Liste geri alındı: 3 firma geri çekildi."])
    assert page.body.start.model.rows[0].is_withdrawn


def test_that_open_questions_are_answered_one_after_the_other(opened: Opened, choose: Choose):
    hands = opened()
    choose(WRONG)
    page = looked(hands)
    hands.press("Ctrl+Return")
    hands.wait(lambda: page.body.part == ROWS)
    assert page.course.open_questions == 3
    assert {kind.code for kind in page.body.rows.kinds.rows} == {"list.no-name", "list.tax-check"}
    hands.press("B" if page.body.rows.table.selected().code == "list.tax-check" else "L")
    hands.press("B" if page.body.rows.table.selected().code == "list.tax-check" else "L")
    assert page.course.open_kinds == 0
    assert page.body.rows.table.currentIndex().row() == 1
    hands.press("F8")
    assert page.body.part == PAIRS
    hands.press("2")
    assert page.course.open_questions == 0
    hands.press("Ctrl+4")
    assert page.body.part == DIFFERENCES
    assert any("elle düzeltilenlerden" in label.text() for label in visible(page, QLabel))
    assert page.focusWidget() is page.body.primary
    hands.press("Ctrl+Return")
    hands.wait(lambda: page.body.part == FIRMS and page.course.is_settled)
    assert page.body.primary.text() == "5 firmayı al"
    hands.press("Ctrl+Return")
    hands.wait(lambda: len(hands.names()) == 7)


def test_that_nothing_is_written_while_a_question_is_open(opened: Opened, choose: Choose):
    hands = opened()
    choose(WRONG)
    page = looked(hands)
    hands.press("Ctrl+Return")
    hands.wait(lambda: page.body.part == ROWS)
    hands.press("Ctrl+Return", "Ctrl+Return", "Ctrl+Return")
    hands.idle()
    assert (len(hands.names()), page.body.part) == (2, ROWS)


def test_that_another_column_is_said_with_keys_and_only_one_column_says_a_field(opened: Opened, choose: Choose):
    hands = opened()
    choose([("Ege Kimya", "Kemal Boya", "20.30", "Konak")], ("Firma", "Eski", "Kod", "Kasaba"))
    page = looked(hands)
    assert page.course.asked.fields == {"Firma": "name"}
    page.body.columns.fields["Eski"].setFocus()
    page.body.columns.fields["Eski"]._choose("name")
    assert page.course.asked.fields == {"Eski": "name"}
    assert page.body.columns.firms.became.rows[0].firm.name == "Kemal Boya"


def test_that_the_head_can_be_said_to_be_in_another_row(opened: Opened, choose: Choose):
    hands = opened()
    choose([("Ünvan", "İlçe"), ("Ege Kimya", "Konak")], ("Firma Adı", "Telefon"))
    page = looked(hands)
    page.body.columns.head_row.setFocus()
    page.body.columns.head_row.setText("0")
    hands.press("Return")
    assert hands.notes() == ["“0” sayfada bir satır değil. 1 ya da daha büyük bir sayı yazın."]
    page.body.columns.head_row.setText("2")
    hands.press("Return")
    hands.wait(lambda: page.course.asked.head_row == 2)
    assert list(page.body.columns.fields) == ["Ünvan", "İlçe"]


def test_that_what_is_asked_about_the_list_is_whole_in_a_small_window(opened: Opened, choose: Choose):
    hands = opened(size=QSize(1024, 540))
    choose(("Ünvan", "İlçe"), ("Ege Kimya", "Konak"))
    part = looked(hands).body.columns
    asked = (part.sheet, part.head_row, part.revision, part.area, part.source, part.listed_on)
    hands.wait(lambda: all(one.width() >= one.minimumSizeHint().width() for one in asked))
    hands.wait(lambda: all(part.rect().contains(one.mapTo(part, one.rect().bottomRight())) for one in asked))
    assert part.listed_on.mapTo(part, part.listed_on.rect().topLeft()).y() > part.sheet.y()


def test_that_a_broken_file_is_told_and_the_page_goes_on(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    broken = tmp_path / "bozuk.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing of a workbook")
    monkeypatch.setattr(files, "ask_list", lambda _page, _near: broken)
    hands = opened()
    hands.press("Ctrl+O")
    hands.wait(hands.notes)
    assert hands.notes()[0].startswith("bozuk.xlsx: Bu dosya okunabilen bir çalışma kitabı değil")
    assert hands.page.body.part == START


def test_that_a_file_is_dropped_on_the_page(opened: Opened, tmp_path: Path):
    hands = opened()
    file = a_list(tmp_path / "birakilan.xlsx")
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(file))])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, none)
    hands.page.body.dropEvent(event)
    hands.wait(lambda: hands.page.body.part == COLUMNS)


def test_that_escape_stops_the_worker_and_stores_nothing(opened: Opened, choose: Choose):
    hands = opened()
    choose(ROWS_OF_LIST)
    page = looked(hands)
    hands.press("Ctrl+Return")
    hands.wait(lambda: page.course.is_settled)
    hands.press("Ctrl+Return", "Esc")
    hands.wait(lambda: not page.course.is_running)
    assert len(hands.names()) in {2, 5}
    assert hands.page is page


def test_that_a_check_that_was_stopped_has_checked_nothing(opened: Opened, choose: Choose):
    hands = opened()
    choose([[*ROWS_OF_LIST[0][:2], "123", *ROWS_OF_LIST[0][3:]]])
    page = looked(hands)
    hands.press("Ctrl+Return")
    hands.wait(lambda: page.body.part == ROWS)
    hands.press("B")
    hands.press("Ctrl+Return", "Esc")
    hands.idle()
    assert page.body.primary.text() == "Satırları denetle"
    assert not page.course.is_settled
    hands.press("Ctrl+Return")
    hands.wait(lambda: page.course.is_settled)
    assert len(hands.names()) == 2, "the same key has checked again, not taken what nobody has seen"


def test_that_escape_goes_back_part_by_part(opened: Opened, choose: Choose):
    hands = opened()
    choose(ROWS_OF_LIST)
    page = looked(hands)
    hands.press("Ctrl+Return")
    hands.wait(lambda: page.body.part == FIRMS)
    hands.press("Esc")
    assert page.body.part == COLUMNS
    hands.press("Ctrl+5")
    assert page.body.part == FIRMS


def test_that_what_was_said_is_kept_where_the_page_is_built_anew(opened: Opened, choose: Choose):
    hands = opened()
    file = choose(WRONG)
    page = looked(hands)
    hands.press("Ctrl+Return")
    hands.wait(lambda: page.body.part == ROWS)
    page.body.rows.decide("leave")
    route = page.here(SampleListRoute())
    assert isinstance(route, SampleListRoute)
    assert (route.file, route.part) == (str(file), ROWS)
    assert len(Asked.from_json(route.asked).choices) == 1
    hands.window.go(route) if hasattr(hands.window, "go") else page.navigate.emit(route)
    hands.wait(lambda: hands.page is not page and hands.page.body.part == ROWS)
    assert len(hands.page.course.asked.choices) == 1


def test_that_what_the_list_says_otherwise_waits_for_an_answer(opened: Opened, choose: Choose):
    hands = opened()
    choose([(1, "Şişli Kimya", "", "20.14", "İzmir", "Kemalpaşa", "", "", "", 12)])
    page = looked(hands)
    hands.press("Ctrl+Return")
    hands.wait(lambda: page.body.part == DIFFERENCES)
    assert (page.body.differences.model.rows[0].held, page.body.differences.model.rows[0].listed) == ("20.30", "20.14")
    hands.press("1")
    assert list(page.course.asked.sides.values()) == ["study"]


def test_that_every_control_has_a_name(opened: Opened, choose: Choose):
    hands = opened()
    choose(WRONG)
    page = looked(hands)
    hands.press("Ctrl+Return")
    hands.wait(lambda: page.body.part == ROWS)
    nameless = [
        type(one).__name__
        for one in page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (one.accessibleName() or getattr(one, "text", str)())
        and type(one).__name__ != "ScrollColumn"
    ]
    assert nameless == []


def test_that_the_page_of_the_firms_leads_here(opened: Opened):
    hands = opened(FieldRoute())
    hands.press("Ctrl+I")
    hands.wait(lambda: isinstance(hands.window.page, SampleListPage))
    assert undoing.imports(hands.desk.study) == ()


def test_that_areas_stand_with_their_names_and_a_day_as_people_write_it(opened: Opened, choose: Choose):
    hands = opened()
    choose(ROWS_OF_LIST)
    page = looked(hands)
    columns = page.body.columns
    area = next(column for column in columns.firms.became.columns if column.key == "area")
    names = {area.text(one) for one in columns.firms.became.rows}
    assert "Kimya" in names
    assert "kimya" not in names
    columns.listed_on.setText("22.11.2026")
    columns.listed_on.editingFinished.emit()
    assert (page.course.asked.listed_on, columns.listed_on.text()) == ("2026-11-22", "22.11.2026")
    columns.listed_on.setText("31.02.2026")
    columns.listed_on.editingFinished.emit()
    assert page.course.asked.listed_on == ""
    hands.wait(lambda: any("31.02.2026" in note for note in hands.notes()))
    columns.listed_on.setText("1.2.2026")
    columns.listed_on.editingFinished.emit()
    assert (page.course.asked.listed_on, hands.notes()) == ("2026-02-01", [])
