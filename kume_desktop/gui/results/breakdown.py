"""Need cells and indicators of an area by size class, district or NACE division, with what must not be shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.grid import FactGrid, GridRow
from kume_desktop.gui.figures.groups import group_figure, group_name, group_order, suppression_notes
from kume_desktop.gui.figures.reasons import reason
from kume_desktop.gui.figures.section_head import SectionHead
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.analysis import GroupScore
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore, Results

KINDS = {
    "": N_("none"),
    "size_class": N_("size class"),
    "district": N_("district"),
    "nace": N_("NACE division"),
}
IN_A_ROW = 6
"""So many groups stand beside each other."""


class Breakdown(QWidget):
    """The figures of `area` by `kind`, six groups beside each other."""

    def __init__(self, area: AreaScore, results: Results, method: Method, kind: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        title = tr(N_("By {kind}"), kind=_(KINDS[kind]))
        column.addWidget(SectionHead(title, _(N_("means, need cells with the share of inadequate; index in points"))))
        every = results.analysis.groups if results.analysis is not None else ()
        found = [one for one in every if one.area == area.code and one.by == kind]
        groups = sorted({one.group for one in found}, key=group_order)
        self.grids = [
            FactGrid(title, _heads(groups[start : start + IN_A_ROW], found), rows)
            for start in range(0, len(groups), IN_A_ROW)
            if (rows := _rows(found, groups[start : start + IN_A_ROW], method))
        ]
        if not self.grids:
            column.addWidget(Label(_missing(results), Role.SECOND, Tone.TEXT2, wrap=True))
        for grid in self.grids:
            column.addWidget(grid)
        for note in filter(None, suppression_notes(found)):
            column.addWidget(Label(note, Role.CAPTION, Tone.TEXT2, wrap=True))


def _missing(results: Results) -> str:
    skipped = dict(results.analysis.skipped) if results.analysis is not None else {"groups": "not-computed"}
    return reason(skipped.get("groups", "one-group"))


def _heads(groups: Sequence[str], found: Sequence[GroupScore]) -> tuple[str, ...]:
    """Each group over its n: that of the index, else the largest of its cells."""
    told = []
    for group in groups:
        known = {one.what: one.n for one in found if one.group == group and one.n is not None}
        n = known.get("", max(known.values(), default=None))
        told.append(group_name(group) if n is None else f"{group_name(group)}\nn {n}")
    return "", *told


def _rows(found: Sequence[GroupScore], groups: Sequence[str], method: Method) -> list[GridRow]:
    cells = {(one.what, one.group): one for one in found}
    places, rows = words.places(method), []
    for what in (*(cell.code for cell in method.needs.cells), "", *method.indicator_codes):
        if not any((what, group) in cells for group in groups):
            continue
        name = places.get(what, what) if what else _(N_("Index"))
        shown = (_figure(cells.get((what, group)), digits=2 if what else 1) for group in groups)
        rows.append(GridRow(what, (name, *shown), strong=not what))
    return rows


def _figure(one: GroupScore | None, digits: int) -> str:
    shown = group_figure(one, digits)
    if one is None or one.suppressed or one.inadequate_share is None:
        return shown
    return f"{shown} {texts.percent(one.inadequate_share)}"
