"""The second route of the needs matrix: what experts said of the cells, beside what the firms said, never mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.grid import FactGrid, GridRow
from kume_desktop.gui.figures.section_head import SectionHead
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore, NeedScore, Results


class ExpertNeeds(QWidget):
    """Both means of each cell with their n and the difference; one or two firms are not shown."""

    def __init__(self, area: AreaScore, results: Results, method: Method) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        title = _(N_("Needs as experts see them"))
        column.addWidget(SectionHead(title, _(N_("a second route; it never enters the figures of the firms"))))
        firms = {one.cell: one for one in results.needs if one.area == area.code}
        experts = {one.cell: one for one in results.expert_needs if one.area == area.code}
        places = words.places(method)
        heads = ("", _(N_("Firms")), "n", _(N_("Experts")), "n", _(N_("difference")))
        rows = [
            GridRow(cell.code, (places[cell.code], *_figures(firms.get(cell.code), experts.get(cell.code))))
            for cell in method.needs.cells
        ]
        self.grid = FactGrid(title, heads, rows)
        column.addWidget(self.grid)


def _figures(own: NeedScore | None, expert: NeedScore | None) -> tuple[str, str, str, str, str]:
    mean = None if own is None or words.too_few(own) else own.mean
    other = None if expert is None else expert.mean
    apart = words.NOTHING if mean is None or other is None else words.signed(other - mean, 2)
    shown = words.figure(mean, 2) if own is None or not words.too_few(own) else "n < 3"
    counts = [str(one.n) if one is not None else words.NOTHING for one in (own, expert)]
    return shown, counts[0], words.figure(other, 2), counts[1], apart
