"""What exists and was not counted: levels and interviews, each with its firm and the reason in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.grid import FactGrid, GridRow
from kume_desktop.gui.figures.section_head import SectionHead
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method

MOST = 30
REASONS = {
    "conflict": N_("two computers hold different levels"),
    "raters-differ": N_("raters differ and have not agreed yet"),
    "not-scorable": N_("a person said that no level can be given"),
    "interview-open": N_("its levels wait: the interview was opened again"),
    "other-route": N_("a panel's levels; here the firms decide"),
    "unknown-indicator": N_("the method does not know this indicator"),
    "unknown-area": N_("the firm's area is none of the study"),
    "several-interviews": N_("several completed interviews, none chosen"),
}


class LeftOutPart(QWidget):
    """`found` as `services.results.left_out` gives it; `names` says firms by their code."""

    def __init__(self, found: Sequence[Mapping[str, str]], method: Method, names: Mapping[str, str]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        title = _(N_("Not counted"))
        column.addWidget(SectionHead(title, _(N_("over the whole study; nothing is left out without being named"))))
        self.grid: FactGrid | None = None
        if not found:
            column.addWidget(Label(_(N_("Everything that was completed is counted.")), Role.SECOND, Tone.TEXT2))
            return
        places = words.places(method)
        rows = [
            GridRow(
                one["firm"],
                (names.get(one["firm"], one["firm"]), places.get(one["what"], one["what"]), why(one["reason"])),
            )
            for one in found[:MOST]
        ]
        self.grid = FactGrid(title, (_(N_("Firm or area")), _(N_("what")), _(N_("why"))), rows, left=(1, 2))
        column.addWidget(self.grid)
        if len(found) > MOST:
            rest = tr(N_("and {count} more; the audit edition lists all of them"), count=len(found) - MOST)
            column.addWidget(Label(rest, Role.SECOND, Tone.TEXT2))


def why(code: str) -> str:
    """A reason in words; a code without words is named."""
    known = REASONS.get(code)
    return _(known) if known is not None else code
