"""What is done for a person: looked for, printed, corrected, taken back, erased."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from kume_desktop.problems import problem
from kume_desktop.services.personal_data import consent, correcting, erasing, finding
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.personal_data.parts import FindPart
    from kume_desktop.gui.personal_data.working import WorkingPage


GOES = N_(
    "Names, numbers, personal answers, notes and files of this firm go for good, on every computer. "
    "Other answers stay. "
    "Backups made before hold them until they are thinned out (30 days), or deleted under Due."
)
STAYS = N_("This firm is a legal person: its own name and tax number are no personal data, and stay.")


class PersonDeeds(QObject):
    """The acts of the part that finds a person; the firm is the one the bar is on."""

    def __init__(self, page: WorkingPage, part: FindPart) -> None:
        super().__init__(page)
        self._page, self._part = page, part
        panel = part.panel
        part.search.committed.connect(lambda _text: self.search())
        panel.print_asked.connect(self.print_person)
        panel.correct_asked.connect(self.correct)
        panel.withdraw_asked.connect(self.withdraw)
        panel.erase_asked.connect(self.erase)

    def search(self) -> None:
        """Look for what was typed, in everything that is held."""
        wanted = self._part.search.text()
        if not wanted.strip():
            return
        asked = self._page.desk.companion.ask(self._page, finding.FIND, wanted=wanted)
        asked.answered.connect(self._show_found)
        asked.refused.connect(self._page.refuse)

    def _show_found(self, answer: Mapping[str, Any]) -> None:
        found = finding.found(answer)
        self._page.refuse(())
        self._part.show_found(found)
        self._page.attempt(lambda: finding.remember(self._page.desk.study, found))

    def print_person(self) -> None:
        """Everything that is held about the firm the bar is on, into a PDF file."""
        panel, firm = self._part.panel, self._part.panel.firm
        if firm is None or not firm.unit_id:
            return
        if not panel.why.text().strip():
            panel.refuse((problem("personal.why"),))
            panel.why.setFocus()
            return
        self._page.print_pdf("person", firm.unit_id, panel.why.text())

    def correct(self) -> None:
        """Keep what is right of a fact."""
        panel, firm = self._part.panel, self._part.panel.firm
        if firm is None or not firm.unit_id:
            return
        given = (panel.fact.current, panel.value.text(), panel.why.text())
        if self._page.attempt(lambda: correcting.correct(self._page.desk.study, firm.unit_id, *given)):
            panel.value.show_text("")
            self._changed(_(N_("The fact is corrected")))

    def withdraw(self) -> None:
        """Blank the contact data of every interview of the firm."""
        panel, firm = self._part.panel, self._part.panel.firm
        if firm is None or not firm.unit_id:
            return
        channel = panel.channel.current
        if self._page.attempt(lambda: consent.withdraw_all(self._page.desk.study, firm.unit_id, channel)):
            self._changed(_(N_("The contact data are blanked for good")))
            self._page.clean()

    def erase(self) -> None:
        """Ask once, then erase the firm the bar is on, for good."""
        panel, firm = self._part.panel, self._part.panel.firm
        if firm is None or not firm.unit_id:
            return
        if not panel.is_asked_again:
            is_legal = erasing.is_legal_person(self._page.desk.study, firm.unit_id)
            panel.ask_again(" ".join((_(GOES), _(STAYS))) if is_legal else _(GOES))
            panel.erase.setFocus()
            return
        done: list[erasing.Erased] = []
        ground = panel.ground.current
        if self._page.attempt(lambda: done.append(erasing.erase(self._page.desk.study, firm.unit_id, ground))):
            panel.show_firm(None)
            said = N_("Erased: {interviews} interviews, {files} files. {backups} backups still hold it.")
            told = done[0]
            self._changed(tr(said, interviews=told.interviews, files=told.files, backups=len(told.backups)))
            self._page.clean()

    def _changed(self, words: str) -> None:
        self._page.tell_changed(words)
        self.search()
