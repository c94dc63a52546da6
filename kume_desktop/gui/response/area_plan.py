"""The plan of one area: strata, what to issue, what it gives, and the draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.figures.section_head import SectionHead
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kume_desktop.scoring.response.plan import PlannedStratum, SamplePlan
    from kume_desktop.services.sample_plan import AreaPlan, SampledFirm

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_HEADS = (
    N_("Stratum"),
    N_("on the list"),
    N_("to issue"),
    N_("expected interviews"),
    N_("chance of selection"),
    N_("reserve"),
)


class AreaPlanPart(QWidget):
    """`draw_wanted` and `release_wanted` name the area."""

    draw_wanted = Signal(str)
    release_wanted = Signal(str)

    def __init__(self, name: str, plan: AreaPlan, drawn: Sequence[SampledFirm]) -> None:
        super().__init__()
        self._area, self._name = plan.area, name
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(6)
        column.addWidget(SectionHead(name, _base(plan)))
        if plan.plan is None:
            missing = N_("Enter how many firms are on the list of this area; the plan follows from that.")
            column.addWidget(Label(_(missing), Role.BODY, Tone.TEXT2, wrap=True))
            return
        column.addWidget(Label(_sentence(plan.plan), Role.BODY, wrap=True))
        if not plan.plan.reaches:
            short = N_("The list is too short for that: even if all are asked, {count} interviews are expected.")
            told = tr(short, count=texts.number(plan.plan.completes, 0))
            column.addWidget(Label(told, Role.BODY, Tone.WARN, wrap=True))
        column.addWidget(_StrataGrid(plan.plan.strata))
        column.addLayout(self._acts(plan, drawn))

    def _acts(self, plan: AreaPlan, drawn: Sequence[SampledFirm]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if drawn:
            issued = sum(one.is_issued for one in drawn)
            waiting = len(drawn) - issued
            told = tr(N_("Drawn: {issued} firms issued, {waiting} in the reserve."), issued=issued, waiting=waiting)
            row.addWidget(Label(told, Role.BODY, Tone.TEXT2))
            if waiting:
                release = Button(_(N_("Release the next batch")))
                release.setAccessibleName(tr(N_("Release the next batch of {area}"), area=self._name))
                release.clicked.connect(self._release)
                row.addWidget(release)
        if plan.can_be_drawn:
            draw = Button(_(N_("Draw again")) if drawn else _(N_("Draw the sample")))
            draw.setAccessibleName(tr(N_("Draw the sample of {area}"), area=self._name))
            draw.clicked.connect(self._draw)
            row.addWidget(draw)
        elif not drawn:
            said = N_("The sample can be drawn once the whole list is in the study ({listed} of {whole} firms are).")
            if plan.listed > (plan.frame_n or 0):
                said = N_(
                    "The study holds {listed} firms of this area, its list has {whole}: correct the totals (Ctrl+L)."
                )
            told = tr(said, listed=texts.number(plan.listed, 0), whole=texts.number(plan.frame_n or 0, 0))
            row.addWidget(Label(told, Role.SECOND, Tone.TEXT2, wrap=True), 1)
        row.addStretch(1)
        return row

    def _draw(self) -> None:
        self.draw_wanted.emit(self._area)

    def _release(self) -> None:
        self.release_wanted.emit(self._area)


class _StrataGrid(QWidget):
    def __init__(self, strata: Sequence[PlannedStratum]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for place, head in enumerate(_HEADS):
            where = _RIGHT if place else Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(Label(_(head), Role.CAPTION, Tone.TEXT2), 0, place, where)
        grid.addWidget(Rule(), 1, 0, 1, len(_HEADS))
        for row, stratum in enumerate(strata, start=2):
            for place, text in enumerate(_cells(stratum)):
                weight = fonts.MEDIUM if place == 0 else fonts.REGULAR
                where = _RIGHT if place else Qt.AlignmentFlag.AlignVCenter
                grid.addWidget(Label(text, Role.BODY, weight=weight, tabular=place > 0), row, place, where)


def _cells(stratum: PlannedStratum) -> tuple[str, ...]:
    unnamed = _(N_("whole list")) if len(stratum.members) == 1 else _(N_("size not known"))
    name = " + ".join(member or unnamed for member in stratum.members)
    named = tr(N_("{stratum} (all of them)"), stratum=name) if stratum.is_certain else name
    batches = " + ".join(map(str, stratum.batches)) or "–"
    return (
        named,
        str(stratum.frame_n),
        str(stratum.issue),
        texts.number(stratum.completes, 1),
        texts.percent(stratum.probability),
        batches,
    )


def _base(plan: AreaPlan) -> str:
    return "" if plan.frame_n is None else tr(N_("{count} firms on the list"), count=plan.frame_n)


def _sentence(plan: SamplePlan) -> str:
    width = plan.expected_half_width
    reached = "–" if width is None else texts.number(width, 1)
    if plan.takes_all:
        said = N_("The list is short: all {issue} firms are asked. Expected: ±{reached} points.")
        return tr(said, issue=plan.issue, reached=reached)
    said = N_("{needed} interviews are needed for ±{wished} points. {issue} firms are issued. Expected: ±{reached}.")
    return tr(said, needed=plan.needed, wished=texts.number(plan.half_width, 1), issue=plan.issue, reached=reached)
