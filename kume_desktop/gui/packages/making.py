"""The choice in the side panel: for which computer, and what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.packages.listing import other_name
from kume_desktop.gui.theme import Tone
from kume_desktop.services.packages import work
from kume_desktop.services.packages.overview import Other
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.companion import Companion
    from kume_desktop.gui.packages.report import Report
    from kume_desktop.problems import Problem

_LAPTOP = "laptop"


class Making(QObject):
    """`wanted` carries the kind and the computer; `looked_at` the computer of which one would like advice.

    `computers_asked`: there is none yet that one could write to.
    """

    wanted = Signal(str, str)
    looked_at = Signal(str)
    computers_asked = Signal()

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self._report = report
        self._others: tuple[Other, ...] = ()
        self._device = ""
        self.is_open = False
        self.kinds: Segments | None = None
        self.picker: Picker | None = None

    def open(self, others: Sequence[Other], *, may_enrol: bool = True) -> None:
        """Ask in the panel; where there is nobody to write to, say what to do."""
        self._others = tuple(others)
        self.is_open = True
        self._report.begin(_(N_("Prepare package")), _(N_("One file, readable by its recipient alone")))
        if not others:
            self._report.say(_(N_("No other computer is enrolled yet. Enrol one under Computers.")))
            if may_enrol:
                self._report.end(_(N_("Computers")), self.computers_asked.emit).setFocus()
            else:
                self._report.end(_(N_("Close")), self._report.given_up.emit, primary=False)
            return
        self._show(self._device if any(one.device_id == self._device for one in others) else others[0].device_id)

    def close(self) -> None:
        """The choice is over."""
        self.is_open = False
        self.kinds = self.picker = None

    def ask_advice(self, companion: Companion, owner: QObject) -> Callable[[str], None]:
        """What asks beside the window what to think of before a computer gets a package."""

        def ask(device_id: str) -> None:
            question = companion.ask(owner, work.ADVICE, device=device_id)
            question.answered.connect(lambda answer: self.advise(device_id, work.advice_in(answer)))

        return ask

    def advise(self, device_id: str, advice: Sequence[Problem]) -> None:
        """Show what to think of, if the computer is still the one."""
        if self.is_open and device_id == self._device:
            self._report.show_advice(advice)

    def _show(self, device_id: str) -> None:
        self._device = device_id
        other = next(one for one in self._others if one.device_id == device_id)
        self._report.begin(_(N_("Prepare package")), _(N_("One file, readable by its recipient alone")))
        self.picker = Picker(_(N_("Recipient")))
        self.picker.set_items([(one.device_id, other_name(one)) for one in self._others])
        self.picker.set_current(device_id)
        self.picker.picked.connect(self._show)
        self._report.add(self.picker)
        self._report.add(Label(_(N_("Content")), Role.SECOND, Tone.TEXT2))
        self.kinds = Segments(_(N_("Content")), _kinds(other), work.ASSIGNMENT, in_row=1)
        self.kinds.picked.connect(lambda _kind: self._focus_primary())
        self._report.add(self.kinds)
        self._report.end(_(N_("Prepare package")), self._ask)
        self.kinds.focus_choice()
        self.looked_at.emit(device_id)

    def _focus_primary(self) -> None:
        if self._report.primary is not None:
            self._report.primary.setFocus()

    def _ask(self) -> None:
        if self.kinds is not None:
            self.wanted.emit(self.kinds.current or work.ASSIGNMENT, self._device)


def _kinds(other: Other) -> list[tuple[str, str]]:
    """What one can write to a computer."""
    if other.role != _LAPTOP:
        return [(work.ASSIGNMENT, _(N_("Everything in the study")))]
    found = [(work.ASSIGNMENT, _(N_("Firms, questionnaires and what was decided")))]
    if other.returned:
        found.append((work.RETURN, tr(N_("{count} returned interviews"), count=other.returned)))
    return [*found, (work.RECEIPT, _(N_("Receipt alone")))]
