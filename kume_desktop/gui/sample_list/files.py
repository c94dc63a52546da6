"""The file of a list: asked for, or dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from kume_desktop.texts import N_, _, tr

_LISTS = "*.xlsx *.xlsm *.xls *.csv *.tsv *.txt"


def ask_list(page: QWidget, near: Path) -> Path | None:
    """Ask for the file of a list; None where a person thought better of it."""
    kinds = f"{tr(N_('Lists ({pattern})'), pattern=_LISTS)};;{_(N_('All files (*)'))}"
    chosen, _kind = QFileDialog.getOpenFileName(page, _(N_("Choose the list")), str(near), kinds)
    return Path(chosen) if chosen else None


def dropped(event: QDropEvent) -> Path | None:
    """The one file that is dropped, None where it is none or several."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 else None
