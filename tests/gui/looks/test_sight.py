"""The looks are able to fail: each finding on a widget that has it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.looks import sight
from tests.gui.shell.stage import bring


@pytest.fixture
def stage(qtbot: QtBot) -> QWidget:
    """A window with a label, a field and a button that are as they should be."""
    window = QWidget()
    column = QVBoxLayout(window)
    label, field, button = QLabel("Firma"), QLineEdit(), QPushButton("Kaydet")
    field.setAccessibleName("Firma")
    for widget in (label, field, button):
        widget.setFixedSize(200, 40)
        column.addWidget(widget)
    bring(qtbot, window)
    field.setFocus()
    return window


def found(stage: QWidget) -> list[str]:
    """The kinds of what is wrong."""
    told = [*sight.cut_texts(stage), *sight.nameless(stage), *sight.small(stage, 40), *sight.tab_walk(stage, stage)]
    return [each.partition(":")[0].split(" ")[0] for each in told]


def test_that_nothing_is_said_of_a_page_that_is_right(stage: QWidget):
    assert found(stage) == []


def test_that_a_short_label_and_a_short_button_are_cut(stage: QWidget, qtbot: QtBot):
    stage.findChild(QLabel).setFixedSize(20, 40)
    stage.findChild(QPushButton).setFixedSize(20, 40)
    qtbot.waitUntil(lambda: found(stage).count("cut") == 2)


def test_that_a_label_that_lacks_lines_is_cut(stage: QWidget, qtbot: QtBot):
    label = stage.findChild(QLabel)
    label.setWordWrap(True)
    label.setText("Firmanın ticaret sicilinde yazan adı, kısaltmadan ve bütün unvanıyla")
    label.setFixedSize(120, 20)
    qtbot.waitUntil(lambda: "cut" in found(stage))


def test_that_a_nameless_field_is_found(stage: QWidget):
    stage.findChild(QLineEdit).setAccessibleName("")
    assert found(stage) == ["nameless"]


def test_that_a_small_button_is_found(stage: QWidget, qtbot: QtBot):
    stage.findChild(QPushButton).setFixedHeight(24)
    qtbot.waitUntil(lambda: found(stage) == ["small"])


def test_that_a_focus_that_nobody_sees_is_found(stage: QWidget):
    stage.findChild(QPushButton).move(-500, -500)
    assert "focus" in found(stage)
