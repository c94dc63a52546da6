"""The figures of one area under each other: needs matrix with its sentence, level profile with the index it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.section_head import SectionHead, empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.results.breakdown import Breakdown
from kume_desktop.gui.results.expert_needs import ExpertNeeds
from kume_desktop.gui.results.matrix import NeedsMatrix
from kume_desktop.gui.results.profile import LevelProfile, lines_of, scale_of
from kume_desktop.gui.theme import Tone
from kume_desktop.scoring.method import FIRM_ROUTE
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore, NeedScore, Results


class AreaFigures:
    """Fills `body` with the figures of `area`; a part that has nothing to show says what is missing."""

    def __init__(
        self, body: QVBoxLayout, area: AreaScore, results: Results, method: Method, breakdown: str = ""
    ) -> None:
        self._body, self._area, self._results, self._method = body, area, results, method
        self.matrix: NeedsMatrix | None = None
        self.profile: LevelProfile | None = None
        self.sentence = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        empty(body)
        self._fill_needs()
        self.breakdown: Breakdown | None = None
        if breakdown and not words.is_suppressed(area):
            self.breakdown = Breakdown(area, results, method, breakdown)
            body.addWidget(Rule())
            body.addWidget(self.breakdown)
        body.addWidget(Rule())
        self._fill_profile()
        if any(one.area == area.code and one.n for one in results.expert_needs):
            body.addWidget(Rule())
            body.addWidget(ExpertNeeds(area, results, method))

    @property
    def critical(self) -> tuple[NeedScore, ...]:
        """The critical needs that may be shown."""
        cells = self.matrix.cells if self.matrix is not None else ()
        return tuple(need for need in cells if need.is_critical and not words.too_few(need))

    @property
    def place(self) -> tuple[str, str] | None:
        """Function and resource of the cell that the arrows stand on."""
        need = self.matrix.current if self.matrix is not None else None
        return (need.function, need.resource) if need is not None else None

    @property
    def has_focus(self) -> bool:
        """Whether one of the figures has the focus."""
        figures = (self.matrix, self.profile)
        return any(one is not None and one.hasFocus() for one in figures)

    @property
    def profile_has_focus(self) -> bool:
        """Whether the level profile has the focus."""
        return self.profile is not None and self.profile.hasFocus()

    def take_focus(self) -> None:
        """Put the focus on the first figure."""
        first = self.matrix or self.profile
        if first is not None:
            first.show()
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def stand_on(self, function: str, resource: str) -> None:
        """Move the arrows to a cell."""
        if self.matrix is not None:
            self.matrix.select(function, resource)

    def next_critical(self) -> bool:
        """Move to the critical need after the current cell, round again at the end."""
        if self.matrix is None or not self.critical:
            return False
        cells, current = list(self.matrix.cells), self.matrix.current
        start = cells.index(current) + 1 if current in cells else 0
        need = next(need for need in (*cells[start:], *cells[:start]) if need in self.critical)
        self.matrix.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.matrix.select(need.function, need.resource)
        return True

    def _fill_needs(self) -> None:
        needs = [one for one in self._results.needs if one.area == self._area.code]
        rules, limit = self._method.needs, ""
        if not rules.cells:
            self._missing(_(N_("Needs matrix")), _(N_("No form of this study asks for needs.")))
            return
        limit = tr(
            N_("critical: mean ≤ {mean} or inadequate ≥ {share}"),
            mean=texts.number(rules.critical_mean, 2),
            share=texts.percent(rules.critical_share),
        )
        marks = _(
            N_("1 definitely inadequate – 5 definitely adequate; mean, 95% interval, share of “inadequate”, spread")
        )
        self._body.addWidget(SectionHead(_(N_("Needs matrix")), marks, limit, "flag"))
        if not any(one.n for one in needs):
            self._body.addWidget(Label(_(N_("No firm of this area has answered on needs.")), Role.BODY, Tone.TEXT2))
            return
        self.matrix = NeedsMatrix(self._method)
        self.matrix.cell_changed.connect(self._say)
        margins = next((one for one in self._results.margins if one.area == self._area.code), None)
        self.matrix.show_area(needs, margins)
        self._body.addWidget(self.matrix)
        self._body.addWidget(self.sentence)

    def _say(self, need: NeedScore | None) -> None:
        if need is None or self.matrix is None:
            self.sentence.setText("")
            return
        self.sentence.setText(f"{self.matrix.place_name(need)}: {words.need_sentence(need, self._method)}")

    def _fill_profile(self) -> None:
        title = _(N_("Level profile"))
        if not self._area.n or self._area.score is None:
            self._missing(title, _(N_("This area has no scored firm.")))
            return
        if words.is_suppressed(self._area):
            self._missing(title, words.suppression())
            return
        scale = scale_of(self._area.route, self._method)
        areas = sum(1 for one in self._results.areas if one.n and not words.is_suppressed(one))
        marks = tr(
            N_("{indicators} indicators, {low}–{high}; dot: mean, line: 95% interval, ring: mean of {areas} areas"),
            indicators=len(self._method.indicators),
            low=scale[0],
            high=scale[1],
            areas=areas,
        )
        self._body.addWidget(SectionHead(title, marks))
        self.profile = LevelProfile(scale, self._method.scale_max)
        self.profile.show_lines(lines_of(self._area, self._results, self._method))
        self._body.addWidget(self.profile)
        self._body.addWidget(self._foot())

    def _foot(self) -> QWidget:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(16)
        few = words.few_indicators(self._area, len(self._method.indicators))
        row.addWidget(Label(few or self._explained(), Role.CAPTION, Tone.WARN if few else Tone.TEXT2, wrap=True), 1)
        index = tr(N_("Index {index}"), index=words.figure(self._area.score, 1))
        span = words.span(self._area.interval)
        row.addWidget(Label(f"{index}  {span}".strip(), Role.BODY, weight=fonts.SEMIBOLD, tabular=True))
        tone = Tone.WARN if self._area.rounding_decides else Tone.TEXT2
        row.addWidget(Label(words.published_sum(self._area), Role.BODY, tone, tabular=True))
        return held

    def _explained(self) -> str:
        if self._area.route != FIRM_ROUTE:
            return _(N_("Panel route: a panel has scored the area itself, on the scale of the method."))
        return _(N_("Published: the rounded mean of firm levels brought to 1–3; not the mean on 1–5"))

    def _missing(self, title: str, why: str) -> None:
        self._body.addWidget(SectionHead(title))
        self._body.addWidget(Label(why, Role.BODY, Tone.TEXT2, wrap=True))
