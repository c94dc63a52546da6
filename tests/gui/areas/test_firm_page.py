"""The page of a firm: written by the worker beside the study, refused in words, never in the way."""

from __future__ import annotations

from pathlib import Path

from kume_desktop import texts
from kume_desktop.gui.areas.firm_page import FirmPageWriter, free_name
from kume_desktop.gui.desk import Desk
from kume_desktop.services.firm_scores import FirmScore
from kume_desktop.services.studies import Study
from kume_desktop.settings import Settings

SOON = 60_000


def test_that_the_proposed_name_is_free(tmp_path: Path):
    assert free_name(tmp_path, "F-012").name == "F-012-sayfa.xlsx"
    (tmp_path / "F-012-sayfa.xlsx").touch()
    assert free_name(tmp_path, "F-012").name == "F-012-sayfa-2.xlsx"
    texts.set_language("en")
    assert free_name(tmp_path, "F-012").name == "F-012-page.xlsx"


def test_that_a_firm_without_levels_is_refused_and_no_file_is_left(qtbot, study: Study):
    desk = Desk(Settings(motion=False))
    desk.open(study)
    writer = FirmPageWriter(desk, desk)
    firm = desk.firms()[0]
    with qtbot.waitSignal(writer.refused, timeout=SOON) as refused:
        writer.write(FirmScore(firm.unit_id, firm.code, firm.name, "", "", 0, 0.0))
        assert writer.is_running
    assert len(refused.args[0]) >= 1
    assert not writer.is_running
    assert not list(study.path.parent.glob("*.xlsx"))


def test_that_writing_can_be_stopped(qtbot, study: Study):
    desk = Desk(Settings(motion=False))
    desk.open(study)
    writer = FirmPageWriter(desk, desk)
    assert writer.cancel() is False
    firm = desk.firms()[0]
    writer.write(FirmScore(firm.unit_id, firm.code, firm.name, "", "", 0, 0.0))
    assert writer.cancel() is True
    qtbot.waitUntil(lambda: not writer.is_running, timeout=SOON)
