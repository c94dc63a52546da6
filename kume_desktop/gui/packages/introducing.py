"""A laptop whose profile was lost introduces itself again: the file for the agency, and the six words to read out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from kume_desktop.gui import fonts
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.problems import Refused
from kume_desktop.services import devices
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.packages.page import PackagesPage


class IntroducingAgain(QObject):
    """Asks for a folder, writes the file, shows the words."""

    def __init__(self, page: PackagesPage) -> None:
        super().__init__(page)
        self._page = page

    def write(self) -> None:
        """Write the introduction into a folder that one chooses."""
        page = self._page
        folder = QFileDialog.getExistingDirectory(page, _(N_("Introduce this computer again")), str(Path.home()))
        if not folder:
            return
        try:
            made = devices.introduce_again(page.desk.study, Path(folder))
        except Refused as refused:
            page.report.show_problems(refused.problems)
            return
        report = page.report
        report.begin(_(N_("Introduced again")), str(made.path))
        report.say(_(N_("Send this file to the agency. When the agency calls, read these six words out:")))
        words = "   ".join(f"{place} {word}" for place, word in enumerate(made.words, start=1))
        told = Label(words, Role.SECTION, weight=fonts.SEMIBOLD, wrap=True)
        told.setAccessibleName(" ".join(made.words))
        report.add(told)
        report.say(_(N_("Once the agency has enrolled it, prepare a package as before.")))
        report.end(_(N_("Close")), page.give_up, primary=False)
        if report.primary is not None:
            report.primary.setFocus()
