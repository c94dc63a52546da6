"""Before drafts of a real study move, a backup of them is made; where it cannot be made, nothing moves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kume_desktop import paths
from kume_desktop.gui.routes import FormRoute
from kume_desktop.services import backups
from tests.gui.forms.conftest import FORM, Hands, Opened
from tests.gui.forms.test_versions import drafts, versions_of_drafts


def as_real(hands: Hands) -> None:
    """The made-up study counts as a real one from now on."""
    desk = hands.window.desk
    assert desk.head is not None
    desk._head = replace(desk.head, demonstration=False)


def test_that_drafts_of_a_real_study_move_after_a_backup(opened: Opened, second):
    hands = opened(FormRoute(FORM, "drafts"), second)
    drafts(hands)
    as_real(hands)
    assert backups.is_due(hands.study)
    hands.press("Ctrl+Return")
    hands.wait(lambda: versions_of_drafts(hands) == ["2", "2"])
    (made,) = backups.overview(hands.study).backups
    assert made.reason == backups.IMPORT
    look = backups.look(hands.study, made.path)
    assert look.missing > 0, "it holds the drafts as they were before"


def test_that_nothing_moves_where_no_backup_can_be_made(opened: Opened, second, monkeypatch: pytest.MonkeyPatch):
    hands = opened(FormRoute(FORM, "drafts"), second)
    part = drafts(hands)
    as_real(hands)
    told: list[object] = []
    part.refused.connect(told.append)
    (paths.profile() / "backups").write_text("a file where the folder should be")
    hands.press("Ctrl+Return")
    hands.wait(lambda: any(told))
    assert versions_of_drafts(hands) == ["1", "1"]
