"""A notice whose words were changed says at its question why it is asked again."""

from __future__ import annotations

from types import SimpleNamespace

from PySide6.QtWidgets import QLabel

from kume_desktop.gui.interview.course import Shown
from kume_desktop.gui.interview.notes import notes


def said(shown: Shown) -> str:
    """The words of the notes under a row without a problem."""
    row = SimpleNamespace(problem=None, path="/data/aydinlatma_okundu")
    made = notes(row, shown, lambda _act, _path: None)
    return "\n".join(label.text() for note in made for label in note.findChildren(QLabel))


def test_that_a_notice_that_is_read_out_again_says_why(qapp):
    assert "lütfen yeniden okuyun" in said(Shown("", read_again=True))
    assert said(Shown("")) == ""
