"""The dialog that asks for the file by which a computer introduces itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kume_desktop.exchange.packages.format import SUFFIX
from kume_desktop.texts import N_, _, tr


def ask_introduction(above: QWidget, folder: Path | None = None) -> Path | None:
    """The file that was chosen, None for none; the dialog begins in `folder`."""
    kinds = tr(N_("Package of Küme ({pattern})"), pattern=f"*{SUFFIX}")
    begin = str(folder or Path.home())
    chosen, _kind = QFileDialog.getOpenFileName(above, _(N_("Open an introduction")), begin, kinds)
    return Path(chosen) if chosen else None
