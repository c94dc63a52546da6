"""What is done for a person: looked for, printed, corrected, taken back, erased."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from kume_desktop.problems import problem
from kume_desktop.services.personal_data import acts, finding
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
        panel, unit = self._part.panel, self._unit()
        if not unit:
            return
        asked = {"fact": panel.fact.current, "value": panel.value.text(), "reason": panel.why.text()}

        def done(_told: Mapping[str, object]) -> None:
            panel.value.show_text("")
            self._changed(_(N_("The fact is corrected")))

        self._page.do(acts.CORRECT, done, unit=unit, **asked)

    def withdraw(self) -> None:
        """Blank the contact data of the firm and of every interview of it."""
        unit = self._unit()
        if unit:
            said = _(N_("The contact data are blanked for good"))
            channel = self._part.panel.channel.current
            self._page.do(acts.WITHDRAW, lambda _told: self._cleaned(said), unit=unit, channel=channel)

    def erase(self) -> None:
        """Ask once, then erase the firm the bar is on, for good."""
        panel, firm = self._part.panel, self._part.panel.firm
        if firm is None or not self._unit():
            return
        if not panel.is_asked_again:
            panel.ask_again(" ".join((_(GOES), _(STAYS))) if firm.is_legal_person else _(GOES))
            panel.erase.setFocus()
            return

        def done(told: Mapping[str, object]) -> None:
            panel.show_firm(None)
            said = N_("Erased: {interviews} interviews, {files} files. {backups} backups still hold it.")
            interviews, files, held = (int(str(told[name])) for name in ("interviews", "files", "backups"))
            self._cleaned(tr(said, interviews=interviews, files=files, backups=held))

        panel.ask_again(None)
        self._page.do(acts.ERASE, done, unit=firm.unit_id, reason=panel.ground.current)

    def _unit(self) -> str:
        """The firm the bar is on; '' where there is none, or something is under way."""
        firm = self._part.panel.firm
        return firm.unit_id if firm is not None and not self._page.is_working else ""

    def _cleaned(self, words: str) -> None:
        self._changed(words)
        self._page.clean()

    def _changed(self, words: str) -> None:
        self._page.tell_changed(words)
        self.search()
