"""What the scorecard says about the selected area: probabilities, headings, policy texts, how to read its index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.figures import sentences, words
from kume_desktop.gui.figures.parts import Part, side_by_side
from kume_desktop.gui.figures.section_head import SectionHead, empty
from kume_desktop.gui.figures.verdict import CERTAIN_FROM, verdict_of
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.results.heading_line import HeadingLine
from kume_desktop.gui.results.more_interviews import more_part
from kume_desktop.gui.results.policies import PolicyPart
from kume_desktop.gui.results.probabilities import ProbabilityBar
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.analysis import AreaUncertainty
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore, Results
    from kume_desktop.services.policies import PolicyText

Policies = Mapping[int, Sequence["PolicyText"]]


@dataclass(frozen=True, slots=True)
class Shown:
    """An area with everything that its detail is made of."""

    area: AreaScore
    results: Results
    method: Method
    policies: Policies

    @property
    def uncertainty(self) -> AreaUncertainty | None:
        """What the replicates say of the area."""
        analysis = self.results.analysis
        return analysis.uncertainty_of(self.area.code) if analysis is not None else None

    @property
    def is_shown(self) -> bool:
        """Whether the area has figures that may be shown."""
        return self.area.score is not None and not words.is_suppressed(self.area)


class AreaDetail(QWidget):
    """`basis_asked`: what the figures rest on; `edit_asked` carries the category whose texts are to be edited."""

    basis_asked = Signal()
    edit_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 0)
        self._column.setSpacing(4)
        self._shown: Shown | None = None
        self._policies: PolicyPart | None = None
        self._turned = False

    @property
    def category(self) -> int | None:
        """The category whose policy texts are in sight."""
        return self._policies.category if self._policies is not None else None

    def show_area(self, shown: Shown) -> None:
        """Show another area."""
        same = self._shown is not None and self._shown.area.code == shown.area.code
        self._shown, self._turned = shown, self._turned and same
        self._fill(shown)

    def turn(self) -> None:
        """Show the policy texts of the other likely category, or those of the computed one again."""
        if self._shown is not None and other_category(self._shown) is not None:
            self._turned = not self._turned
            self._fill(self._shown)

    def edit(self) -> None:
        """Ask for the editor of the texts in sight."""
        if self.category is not None:
            self.edit_asked.emit(str(self.category))

    def _fill(self, shown: Shown) -> None:
        empty(self._column)
        self._policies = None
        self._column.addWidget(SectionHead(words.area_name(shown.area), _facts(shown)))
        if not shown.is_shown:
            why = words.suppression() if shown.area.n else _(N_("This area has no scored firm."))
            self._column.addWidget(Label(why, Role.BODY, Tone.TEXT2, wrap=True))
            return
        self._policies = self._policy_part(shown)
        first = side_by_side(
            (_probabilities(shown), 27), (_headings(shown), 27), (self._policies, 46), gap=theme.px(32)
        )
        second = side_by_side(
            (self._reading(shown), 27), (more_part(shown.area, shown.results, shown.method), 27),
            (_suggestions(shown), 46), gap=theme.px(32),
        )  # fmt: skip
        self._column.addWidget(first)
        self._column.addSpacing(12)
        self._column.addWidget(second)

    def _policy_part(self, shown: Shown) -> PolicyPart:
        computed, other = shown.area.category or 0, other_category(shown)
        category = other if self._turned and other is not None else computed
        part = PolicyPart(category, computed, other, shown.policies.get(category, ()))
        part.turned.connect(self.turn)
        part.edit_asked.connect(self.edit)
        return part

    def _reading(self, shown: Shown) -> QWidget:
        part = Part(_(N_("How to read it")))
        part.say((sentences.estimate(shown.area), *words.sentences(shown.area, shown.method)))
        basis = Button(_(N_("Show the basis")), Kind.LINK)
        basis.clicked.connect(self.basis_asked)
        part.column.addWidget(side_by_side((basis, 0), (QWidget(), 1)))
        part.end()
        return part


def other_category(shown: Shown) -> int | None:
    """The other category the area may be counted as: of the published form, or the next likely one."""
    area, found = shown.area, shown.uncertainty
    if area.rounding_decides:
        return area.published_category
    if found is None or area.category is None or not found.sampling:
        return None
    if found.sampling[area.category - 1] >= CERTAIN_FROM:
        return None
    others = [(share, number) for number, share in enumerate(found.sampling, start=1) if number != area.category]
    return max(others)[1] if others else None


def _facts(shown: Shown) -> str:
    area, route = shown.area, words.route(shown.results)
    if not shown.is_shown:
        return route
    span = words.span(area.interval)
    parts = (
        tr(N_("index {index}"), index=words.figure(area.score, 1)),
        tr(N_("interval {span}"), span=span) if span else "",
        words.cut_distance(area, shown.method),
        words.published_sum(area),
        route,
    )
    return " · ".join(part for part in parts if part)


def _probabilities(shown: Shown) -> QWidget:
    part, found = Part(_(N_("Probability of the category"))), shown.uncertainty
    if found is None or not found.sampling:
        part.say((sentences.estimate(shown.area),))
    else:
        part.column.addWidget(ProbabilityBar(found.sampling))
    verdict = verdict_of(shown.area, shown.results, shown.method)
    part.say((words.published_side(shown.area), verdict.doubt if not shown.area.rounding_decides else ""), Tone.WARN)
    part.say((*sentences.sampling(found), sentences.joint(found)))
    if found is not None and found.joint:
        part.say((sentences.joint_range(found.joint_interval),))
    part.end()
    return part


def _headings(shown: Shown) -> QWidget:
    part = Part(_(N_("Headings, points from unrounded means")))
    scores = {score.code: score for score in shown.area.headings}
    for heading in shown.method.headings:
        if heading.code in scores:
            part.column.addWidget(HeadingLine(words.said(heading.text), scores[heading.code]))
    part.end()
    return part


def _suggestions(shown: Shown) -> QWidget:
    """Ideas for the weakest cells and indicators; ours, and marked so."""
    part = Part(_(N_("Ideas for the weakest cells and indicators · our own proposals, not of the source")))
    analysis = shown.results.analysis
    found = [one for one in analysis.suggestions if one.area == shown.area.code] if analysis is not None else []
    names = words.places(shown.method)
    for one in found:
        text = (one.text_en or one.text_tr) if texts.language() == "en" else one.text_tr
        part.points((f"{names.get(one.what, one.what)}: {text}",))
    if not found:
        part.say((_(N_("No cell and no indicator of this area stands out as weak.")),))
    part.end()
    return part
