"""The content of the area page, from the three verdicts down to the firms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.areas import change, explanations, robustness, scales
from kume_desktop.gui.areas.axis import IndexAxis
from kume_desktop.gui.areas.firms import FirmsPart
from kume_desktop.gui.areas.indicators import IndicatorTable
from kume_desktop.gui.areas.needs_strip import NeedsStrip
from kume_desktop.gui.areas.respondents import Respondents, response_section
from kume_desktop.gui.areas.section import Section
from kume_desktop.gui.areas.verdicts import Verdicts
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import IconLabel, Label, Rule
from kume_desktop.gui.figures import sentences, words
from kume_desktop.gui.figures.parts import Beside
from kume_desktop.gui.figures.refilling import in_order
from kume_desktop.gui.figures.section_head import SectionHead
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.areas.portrait import Portrait

WIDE = 860
"""Below so many logical pixels the two columns stand under each other."""


@dataclass(frozen=True, slots=True)
class _Row:
    """How a section is made, or two that stand beside each other with their shares of the width."""

    first: Callable[[], Section | FirmsPart]
    second: Callable[[], Section | FirmsPart] | None = None
    shares: tuple[int, int] = (1, 1)


class Reading(QWidget):
    """Built for one area; its signals say what a person asked for.

    What lies below the fold is built a row at a time at the next turns of the loop; `whole` tells when it is there.
    """

    decision_asked = Signal()
    response_asked = Signal()
    levels_asked = Signal(str)
    rating_asked = Signal(str)
    firm_asked = Signal(str)
    report_asked = Signal(object)
    jumped = Signal(object)
    whole = Signal()

    def __init__(self, portrait: Portrait, names: Mapping[str, str]) -> None:
        super().__init__()
        self._portrait, self._names = portrait, names
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.indicators: IndicatorTable | None = None
        self.firms: FirmsPart | None = None
        self.needs = self._needs()
        self._sections: list[Section | FirmsPart] = []
        self._to_come: Iterator[None] = iter(())
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._go_on)
        self.is_whole = not portrait.is_shown
        if portrait.is_shown:
            self._fill()
            self._to_come = self._below()
            self._turn.start()
        else:
            self._fill_hidden()

    @property
    def sections(self) -> tuple[Section | FirmsPart, ...]:
        """The parts below the fold; what is not there yet is built now."""
        while not self.is_whole:
            self._go_on()
        return tuple(self._sections)

    def take_focus(self) -> None:
        """Put the focus on the indicators, or on the needs where there are none."""
        first = self.indicators or self.needs
        if first is not None:
            first.show()
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        portrait = self._portrait
        verdicts = Verdicts(portrait)
        verdicts.decision_asked.connect(self.decision_asked)
        self._column.addWidget(verdicts)
        self._column.addWidget(Rule())
        self._column.addWidget(Beside(IndexAxis(portrait), _doubts(portrait), (66, 34), least=WIDE))
        self._column.addWidget(Rule())
        self._column.addWidget(Beside(self._indicator_part(), self._side(), (66, 34), least=WIDE))
        self._column.addWidget(Rule())

    def _go_on(self) -> None:
        if next(self._to_come, self) is not self:
            return
        self._turn.stop()
        if not self.is_whole:
            self.is_whole = True
            self.whole.emit()

    def _below(self) -> Iterator[None]:
        """Build the sections row by row, narrow ones in pairs; last the links to them, above."""
        place = self._column.count()
        for row in self._rows():
            first = row.first()
            self._sections.append(first)
            second = row.second() if row.second is not None else None
            if second is not None:
                self._sections.append(second)
            self._column.addWidget(first if second is None else Beside(first, second, row.shares, least=WIDE))
            yield
        self._column.insertWidget(place, self._links())
        in_order(self)

    def _fill_hidden(self) -> None:
        area = self._portrait.area
        why = words.suppression() if area.n else _(N_("This area has no scored firm."))
        self._column.addWidget(Label(why, Role.SECTION, wrap=True))
        if not area.n:
            way = Button(_(N_("Rate the firms")), Kind.LINK)
            way.clicked.connect(lambda: self.rating_asked.emit(""))
            row = QHBoxLayout()
            row.setContentsMargins(4, 2, 4, 4)
            row.addWidget(way)
            row.addStretch(1)
            self._column.addLayout(row)
        self._column.addWidget(Rule())
        self._column.addWidget(self._side())

    def _indicator_part(self) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        areas = sum(1 for one in self._portrait.results.areas if one.n and not words.is_suppressed(one))
        method = self._portrait.method
        marks = tr(
            N_("{low}–{high}; rounding changes at the dotted lines; ring: mean of {areas} areas"),
            low=method.scale_min,
            high=method.scale_max,
            areas=areas,
        )
        column.addWidget(SectionHead(_(N_("Indicators")), marks))
        self.indicators = IndicatorTable(self._portrait)
        self.indicators.line_opened.connect(lambda line: self.levels_asked.emit(line.code))
        column.addWidget(self.indicators)
        column.addStretch(1)
        return held

    def _needs(self) -> NeedsStrip | None:
        needs = self._portrait.needs
        if not any(one.n for one in needs):
            return None
        strip = NeedsStrip(self._portrait.method)
        strip.set_cells(needs)
        return strip

    def _side(self) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Respondents(self._portrait))
        column.addWidget(Rule())
        same = self.needs.same_n if self.needs is not None else None
        marks = tr(N_("n = {n} · flag: critical"), n=same) if same is not None else _(N_("flag: critical"))
        column.addWidget(SectionHead(_(N_("Needs")), marks))
        if self.needs is None:
            missing = _(N_("No firm of this area has answered on needs."))
            column.addWidget(Label(missing, Role.SECOND, Tone.TEXT2, wrap=True))
        else:
            told = Label("", Role.CAPTION, Tone.TEXT2, wrap=True)
            self.needs.cell_changed.connect(lambda need: told.setText(self._need_sentence(need)))
            column.addWidget(self.needs)
            column.addWidget(told)
            told.setText(self._need_sentence(self.needs.current))
        column.addStretch(1)
        return held

    def _need_sentence(self, need: object) -> str:
        current = self.needs.current if self.needs is not None else None
        if need is None or current is None or self.needs is None:
            return ""
        return f"{self.needs.place_name(current)}: {words.need_sentence(current, self._portrait.method)}"

    def _rows(self) -> tuple[_Row, ...]:
        portrait, levels = self._portrait, self.levels_asked.emit
        return (
            _Row(
                partial(explanations.strengths, portrait, levels), partial(robustness.places, portrait), shares=(66, 34)
            ),
            _Row(partial(explanations.next_steps, portrait, levels)),
            _Row(partial(robustness.leaving_out, portrait, self._names, self._open_left_out)),
            _Row(
                partial(explanations.claims, portrait, levels),
                partial(robustness.sensitivity, portrait),
                shares=(56, 44),
            ),
            _Row(partial(robustness.covering, portrait)),
            _Row(partial(explanations.by_size, portrait, levels)),
            _Row(partial(response_section, portrait, self.response_asked.emit)),
            _Row(partial(scales.reliability, portrait)),
            _Row(
                partial(scales.careless, portrait, self._names, self.firm_asked.emit),
                partial(change.changes, portrait),
                shares=(56, 44),
            ),
            _Row(self._firms),
        )

    def _firms(self) -> FirmsPart:
        self.firms = part = FirmsPart(len(self._portrait.method.indicators))
        part.opened.connect(lambda firm: self.rating_asked.emit(firm.unit_id))
        part.report_asked.connect(self.report_asked)
        return part

    def _open_left_out(self, what: str) -> None:
        """A firm that was left out opens its rating, an indicator the levels behind it."""
        if what in self._portrait.method.indicator_codes:
            self.levels_asked.emit(what)
        elif what in self._names:
            self.rating_asked.emit(what)

    def _links(self) -> QWidget:
        """Where the rest of the page is; wraps into several lines."""
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(4, 2, 4, 2)
        column.setSpacing(2)
        per_line = 6 if not theme.is_compact() else 4
        for start in range(0, len(self._sections), per_line):
            row = QHBoxLayout()
            row.setSpacing(8)
            for section in self._sections[start : start + per_line]:
                link = Button(section.title, Kind.LINK)
                link.clicked.connect(lambda _checked=False, wanted=section: self.jumped.emit(wanted))
                row.addWidget(link)
            row.addStretch(1)
            column.addLayout(row)
        return held


def _doubts(portrait: Portrait) -> QWidget:
    """Why the badge is not certain, and what other firms would have given."""
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(2)
    doubt = portrait.verdict.doubt
    if doubt:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel("triangle-alert", tone=Tone.WARN), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(doubt, Role.SECOND, Tone.WARN, weight=fonts.SEMIBOLD, wrap=True), 1)
        column.addLayout(row)
    for sentence in sentences.sampling(portrait.uncertainty) or (sentences.estimate(portrait.area),):
        column.addWidget(Label(sentence, Role.CAPTION, Tone.TEXT2, weight=fonts.REGULAR, wrap=True))
    column.addStretch(1)
    return held
