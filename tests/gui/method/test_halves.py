"""The two halves of the method page: side by side where there is room, else under each other."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from kume_desktop.gui.components.fields import TextField
from kume_desktop.gui.method.halves import Halves
from tests.gui.shell.stage import bring


@pytest.fixture
def halves(qtbot) -> Halves:
    made = Halves()
    made.left.addWidget(TextField("sol"))
    made.right.addWidget(TextField("sağ"))
    made.resize(QSize(1158, 600))
    bring(qtbot, made)
    return made


def fields(halves: Halves) -> dict[str, TextField]:
    return {one.accessibleName(): one for one in halves.findChildren(TextField)}


def test_that_the_halves_stand_beside_each_other_and_stack_where_there_is_no_room(qtbot, halves):
    left, right = fields(halves).values()
    assert not halves.are_stacked and right.mapTo(halves, right.pos()).x() > halves.width() // 2 - 40
    halves.resize(QSize(900, 600))
    assert halves.are_stacked
    qtbot.waitUntil(lambda: right.isVisible() and right.mapToGlobal(right.rect().topLeft()).y() > left.height())
    halves.resize(QSize(1158, 600))
    assert not halves.are_stacked


def test_that_the_focus_stays_in_the_half_that_is_moved(qtbot, halves):
    right = fields(halves)["sağ"]
    right.setFocus()
    halves.resize(QSize(900, 600))
    assert QApplication.focusWidget() is right
    halves.resize(QSize(1158, 600))
    assert QApplication.focusWidget() is right
