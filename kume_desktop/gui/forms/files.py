"""Files that the pages of questionnaires ask for, and files that are dropped on them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from kume_desktop.texts import N_, _, tr

_FORMS = "*.xlsx *.xlsm *.xls"


def ask_form(page: QWidget, near: Path) -> Path | None:
    """Ask for the workbook of a questionnaire; None where a person thought better of it."""
    kinds = f"{tr(N_('Questionnaires ({pattern})'), pattern=_FORMS)};;{_(N_('All files (*)'))}"
    chosen, _kind = QFileDialog.getOpenFileName(page, _(N_("Choose the workbook")), str(near), kinds)
    return Path(chosen) if chosen else None


def ask_submissions(page: QWidget, near: Path) -> list[Path]:
    """Ask for submissions; empty where a person thought better of it."""
    kinds = tr(N_("Submissions ({pattern})"), pattern="*.xml")
    chosen, _kind = QFileDialog.getOpenFileNames(page, _(N_("Choose the submissions")), str(near), kinds)
    return [Path(one) for one in chosen]


def ask_folder(page: QWidget, near: Path) -> Path | None:
    """Ask for a folder; None where a person thought better of it."""
    chosen = QFileDialog.getExistingDirectory(page, _(N_("Choose the folder")), str(near))
    return Path(chosen) if chosen else None


def ask_place(page: QWidget, near: Path, words: str, pattern: str) -> Path | None:
    """Ask where a file shall be written; None where a person thought better of it."""
    chosen, _kind = QFileDialog.getSaveFileName(page, words, str(near), pattern)
    return Path(chosen) if chosen else None


def submissions_of(paths: Iterable[Path]) -> list[Path]:
    """The submissions among files, and all XML files below folders, in their order."""
    found = (sorted(one.rglob("*.xml")) if one.is_dir() else [one] for one in paths)
    return [file for several in found for file in several]


def dropped(event: QDropEvent) -> Path | None:
    """The one file that is dropped, None where it is none or several."""
    paths = all_dropped(event)
    return paths[0] if len(paths) == 1 else None


def all_dropped(event: QDropEvent) -> list[Path]:
    """The files and folders that are dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
