"""Places for files: what a person typed or chose."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kume_desktop.texts import N_, _, tr


def place_of(typed: str, folder: Path) -> Path:
    """The file that was asked for, in `folder` where no other is named, with the ending that Excel wants."""
    wanted = folder / Path(typed).expanduser()
    return wanted if wanted.suffix.lower() == ".xlsx" else wanted.with_name(f"{wanted.name}.xlsx")


def proposed(study: Path) -> Path:
    """A place beside the study, under a name that is free."""
    stem = f"{study.stem}-{_(N_('report'))}"
    names = (f"{stem}.xlsx", *(f"{stem}-{number}.xlsx" for number in range(2, 100)))
    free = (name for name in names if not study.with_name(name).exists())
    return study.with_name(next(free, names[0]))


def ask_workbook(page: QWidget, near: Path) -> str:
    """Ask for the place of a workbook; '' where a person thought better of it."""
    chosen, _kind = QFileDialog.getSaveFileName(
        page,
        _(N_("Write to Excel")),
        str(near),
        tr(N_("Excel workbook ({pattern})"), pattern="*.xlsx"),
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    return chosen


def ask_folder(page: QWidget, near: Path) -> str:
    """Ask for a folder; '' where a person thought better of it."""
    return QFileDialog.getExistingDirectory(page, _(N_("Choose the folder")), str(near))
