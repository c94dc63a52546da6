"""What a package brings while the window is open is there at once: a new wave, firms, areas, what was returned."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog

from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.fieldwork.page import FieldPage
from kume_desktop.gui.packages.page import PackagesPage
from kume_desktop.gui.routes import FieldRoute, PackagesRoute, StartRoute
from kume_desktop.services import devices, fieldwork, visits, waves
from kume_desktop.services.packages import making
from kume_desktop.services.views import Area, NewFirm
from kume_desktop.store import reading
from tests.gui.shell.stage import press
from tests.merging.offices import ELIF, send, take
from tests.merging.test_windows import WAIT_MS, at
from tests.services.interviewed import interview

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.change
GIDA = Area("gida", "Gıda", "Food", "10", "2", 12)


def test_that_a_wave_firms_and_areas_that_come_are_there_without_opening_the_study_again(
    pair, qtbot: QtBot, tmp_path: Path
):
    office, field = pair
    with field.open() as study:
        interview(study, reading.units(study.database)[0].unit_id)
        sent = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        take(study, sent)
        study.add_areas([GIDA])
        firm = fieldwork.add_firm(study, NewFirm("Ödemiş Süt", "gida", "Ödemiş", "10.51", "10-24"))
        waves.open_next(study, waves.NextWave("2027", date(2027, 3, 1), 2026))
        visits.assign_each(study, {firm: ELIF})
        back = send(study, making.assignment(study, field.device_id), tmp_path)
    with at(field, qtbot, "tr") as (window, page):
        desk = page.desk
        assert desk.head is not None
        before = desk.head
        page.look(back)
        qtbot.waitUntil(lambda: page.report.primary is not None and page.report.primary.hasFocus(), timeout=WAIT_MS)
        press(window, "Return")
        qtbot.waitUntil(lambda: page._examined is None and bool(page.came.rows), timeout=WAIT_MS)
        assert isinstance(window.page, PackagesPage), "one stays where one is"
        assert (desk.head.wave, desk.head.own_firms, desk.head.is_newest_wave) == ("2027", before.own_firms + 1, True)
        window.back()
        assert window.route == StartRoute(), "the way back led into the wave before"
        window.go(FieldRoute())
        shown = window.page
        assert isinstance(shown, FieldPage)
        assert {row.name for row in desk.firms()} >= {"Ödemiş Süt", "Şişli Kimya"}
        assert "gida" in {row.area for row in desk.firms()}
        window.go(PackagesRoute())


def test_that_a_laptop_without_its_profile_is_told_what_to_do_and_introduces_itself_by_a_key(
    pair, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    office, field = pair
    shutil.rmtree(field.folder / "profile")
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    with at(field, qtbot, "en") as (window, page):

        def told() -> str:
            return "\n".join(note.text for note in page.findChildren(ProblemNote) if note.isVisible())

        qtbot.waitUntil(lambda: "profile of this computer was lost" in told(), timeout=WAIT_MS)
        press(window, "Ctrl+J")
        (file,) = stick.iterdir()
        words = " ".join(devices.this_computer(page.desk.study).words)
        assert words in [label.accessibleName() for label in page.report.findChildren(Label)]
    with office.open() as study:
        assert " ".join(devices.look_at(study, file).words) == words
