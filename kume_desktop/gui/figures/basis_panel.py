"""The basis of an index: the formula with its numbers, the rules, and the hashes that tell which data it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import IconButton
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.scroll import ScrollColumn
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.scoring.method import FIRM_ROUTE
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore, Results


class BasisPanel(QFrame):
    """Lies over the page at its right edge; Esc or D closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setAutoFillBackground(True)
        self.setFixedWidth(theme.px(theme.metrics().side_panel + 40))
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(17, 18, 8, 12)
        self.facts: tuple[tuple[str, str], ...] = ()
        self.hide()

    def show_area(self, area: AreaScore, results: Results, method: Method) -> None:
        """Show the basis of an area's index."""
        empty(self._whole)
        scroll = ScrollColumn()
        scroll.column.setSpacing(2)
        scroll.column.setContentsMargins(0, 0, 8, 0)
        scroll.column.addWidget(self._head(words.area_name(area)))
        self.facts = basis_of(area, results, method)
        for place, (word, value) in enumerate(self.facts):
            if place:
                scroll.column.addSpacing(8)
            scroll.column.addWidget(Label(word, Role.CAPTION, Tone.TEXT2))
            told = Label(_breakable(value), Role.SECOND, wrap=True, tabular=True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            told.setAccessibleName(f"{word}: {value}")
            scroll.column.addWidget(told)
        scroll.column.addStretch(1)
        self._whole.addWidget(scroll)
        self.show()

    def shut(self) -> None:
        """Close the panel."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: object) -> None:
        """Draw the panel and its left line."""
        super().paintEvent(event)  # type: ignore[arg-type]
        QPainter(self).fillRect(0, 0, 1, self.height(), theme.colour(Tone.MID))

    def _head(self, name: str) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(Label(tr(N_("Basis: {area}"), area=name), Role.SECTION, wrap=True), 1)
        close = IconButton("x", _(N_("Close (Esc)")))
        close.clicked.connect(self.shut)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(Rule())
        return held


def basis_of(area: AreaScore, results: Results, method: Method) -> tuple[tuple[str, str], ...]:
    """What the index of an area rests on: (word, value) in order."""
    return (
        *_formulas(area, method), *_uncertainty(area, results), *_rules(results, method), *_provenance(results, method),
    )  # fmt: skip


_HOW = {
    "logit-t": N_("logit-t on the attainable range"),
    "dirichlet": N_("all firms agree: Dirichlet(1/5)"),
    "census": N_("full count, width 0"),
}


def _uncertainty(area: AreaScore, results: Results) -> tuple[tuple[str, str], ...]:
    """How the interval and the probabilities came about, with the seed that makes them again."""
    run, limits = results.analysis.run if results.analysis is not None else None, area.interval
    if run is None or limits.low is None or words.is_suppressed(area):
        return ()
    how = _(_HOW[limits.how]) if limits.how in _HOW else limits.how
    corrected = _(N_("corrected for the finite list")) if limits.corrected else _(N_("without N, so not corrected"))
    replicates = tr(
        N_("{count} replicates, seed {seed}; Bayesian bootstrap with a pseudo-firm of weight {weight}"),
        count=texts.number(run.replicates, 0),
        seed=run.seed,
        weight=texts.number(run.pseudo_firm, 2),
    )
    told = f"{how}, {texts.percent(limits.confidence)}, {corrected}"
    return (_(N_("Interval of the index")), told), (_(N_("Probabilities")), replicates)


def _formulas(area: AreaScore, method: Method) -> tuple[tuple[str, str], ...]:
    if area.score is None or words.is_suppressed(area):
        return ()
    points = sum(heading.points or 0.0 for heading in area.headings)
    highest = sum(heading.maximum for heading in area.headings)
    index = tr(
        N_("100 × sum of the means / {max} = 100 × {points} / {max} = {score}"),
        max=texts.number(highest, 0 if highest == int(highest) else 2),
        points=texts.number(points, 4),
        score=texts.number(area.score, 4),
    )
    published = tr(
        N_("100 × sum of the rounded means / {max} = 100 × {sum} / {max} = {index}, rounded half up"),
        sum=area.published_sum,
        max=area.published_max,
        index=area.published_index,
    )
    return (
        (_(N_("Index (unrounded)")), index),
        (_(N_("Published form")), published),
        (_(N_("Indicators scored")), f"{area.scored} / {len(method.indicators)}"),
    )


def _rules(results: Results, method: Method) -> tuple[tuple[str, str], ...]:
    collapse = ", ".join(f"{level} → {value}" for level, value in sorted(method.collapse.items()))
    cuts = " · ".join(
        tr(N_("category {number} from {cut}"), number=number, cut=texts.number(cut, 1))
        for number, cut in enumerate(method.cut_points, start=1)
    )
    of_firms = _(N_("Each firm's level is brought to the scale ({collapse}), then averaged over the area's firms."))
    of_panel = _(N_("A panel's levels of the area, on the scale of the method."))
    on_firms = results.route == FIRM_ROUTE
    return (
        (words.capital(words.route(results)), of_firms.format(collapse=collapse) if on_firms else of_panel),
        (_(N_("Cuts")), cuts),
    )


def _provenance(results: Results, method: Method) -> tuple[tuple[str, str], ...]:
    at = words.moment(results)
    return (
        (_(N_("Method")), words.method_name(method)),
        (_(N_("Method hash")), results.method_hash),
        (_(N_("Inputs hash")), results.inputs_hash),
        (_(N_("Instrument hashes")), "\n".join(results.instrument_hashes)),
        (_(N_("Computed")), f"{texts.long_date(at.date())} {texts.clock(at, seconds=True)}"),
        (_(N_("Scoring engine")), results.engine_version),
    )


def _breakable(text: str) -> str:
    """Hashes in groups of 16 signs, so that they wrap instead of being cut."""
    return "\n".join(
        " ".join(line[at : at + 16] for at in range(0, len(line), 16)) if len(line) == 64 else line
        for line in text.split("\n")
    )
