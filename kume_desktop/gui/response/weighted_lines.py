"""The index with weights for non-response beside the one without, and what it would be if the silent ones differed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.figures import sentences, words
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.analysis import AreaResponse, WeightedScore
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_HOW = {
    "post-stratified": N_("Weighted to the size classes of the list (post-stratification)."),
    "raked": N_("Weighted to the size classes and districts of the list (raking)."),
}
_REASONS = {
    "no-size-totals": N_("No weights: nobody has entered how many firms of each size class are on the list."),
    "size-unknown": N_("No weights: the size class of more than one firm in ten is not known."),
    "one-stratum": N_("No weights: too few firms answered in the size classes, they had to be merged into one."),
    "nobody": N_("No weights: nobody has answered."),
    "panel": N_("No weights: a panel has scored the areas."),
    "not-raked": N_("The districts could not be met together with the size classes; only the sizes are."),
}


class WeightedLines(QWidget):
    """Both figures, always: weights can cost more precision than the bias they take away."""

    def __init__(self, area: AreaScore, response: AreaResponse, method: Method) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        weighted = response.weighted
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(3, 1)
        heads = (_(N_("without weights")), _(N_("with weights")))
        for place, head in enumerate(heads, start=1):
            grid.addWidget(Label(head, Role.CAPTION, Tone.TEXT2), 0, place, _RIGHT)
        for row, (name, before, after) in enumerate(_figures(area, weighted, method), start=1):
            grid.addWidget(Label(name, Role.BODY), row, 0)
            grid.addWidget(Label(before, Role.BODY, tabular=True), row, 1, _RIGHT)
            grid.addWidget(Label(after, Role.BODY, weight=fonts.SEMIBOLD, tabular=True), row, 2, _RIGHT)
        column.addLayout(grid)
        for told in (*_told(weighted), sentences.non_response(response), sentences.one_higher(response)):
            if told:
                column.addWidget(Label(told, Role.SECOND, Tone.TEXT2, wrap=True))


def _figures(area: AreaScore, weighted: WeightedScore, method: Method) -> tuple[tuple[str, str, str], ...]:
    return (
        (_(N_("Index")), words.figure(area.score, 1), words.figure(weighted.score, 1)),
        (_(N_("Interval")), words.span(area.interval) or words.NOTHING, words.span(weighted.interval) or words.NOTHING),
        (_(N_("Category")), words.category(method, area.category), words.category(method, weighted.category)),
        (
            _(N_("Published form")),
            words.figure(area.published_index, 0),
            words.figure(weighted.published_index, 0),
        ),
    )


def _told(weighted: WeightedScore) -> tuple[str, ...]:
    """How the weights came about and what they cost."""
    if not weighted.how:
        reason = _REASONS.get(weighted.reason)
        return (_(reason),) if reason else (tr(N_("No weights: {reason}"), reason=weighted.reason),)
    found = [_(_HOW[weighted.how])]
    if weighted.reason in _REASONS:
        found.append(_(_REASONS[weighted.reason]))
    if weighted.deff is not None and weighted.n_eff is not None:
        said = N_("Design effect {deff}: the interviews count like {n} without weights.")
        found.append(tr(said, deff=texts.number(weighted.deff, 2), n=texts.number(weighted.n_eff, 1)))
    if weighted.collapsed:
        said = N_("Merged because fewer than 5 firms answered: {strata}.")
        found.append(tr(said, strata=", ".join(weighted.collapsed)))
    if weighted.trimmed:
        found.append(tr(N_("{count} weights were cut to the upper limit."), count=weighted.trimmed))
    return tuple(found)
