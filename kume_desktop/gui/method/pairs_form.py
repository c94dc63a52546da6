"""Weights by comparing pairs (AHP): the headings first, then the indicators of each heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.figures import words
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.method.pair_scale import PairScale
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method

Matrix = Sequence[Sequence[float]]


class PairsForm(QWidget):
    """`changed` carries the draft with the weights that the comparisons give."""

    changed = Signal(object)

    def __init__(self, draft: Method) -> None:
        super().__init__()
        from kume_desktop.scoring.weights import sources

        self._draft = draft
        self._matrices: dict[str, Matrix] = {**sources.unit_matrices(draft), **sources.kept_matrices(draft)}
        self._ratios: dict[str, Label] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        explained = N_("Move each mark towards what matters more: Left and Right move it, 0 makes both equal.")
        self._column.addWidget(Label(_(explained), Role.SECOND, Tone.TEXT2, wrap=True))
        for name, items in sources.pairs_needed(draft).items():
            self._group(name, items)
        self._tell(sources.from_pairs(draft, self._matrices).ratios)

    def _group(self, name: str, items: Sequence[str]) -> None:
        if len(items) < 2:
            return
        labels = self._labels()
        title = labels[name] if name in labels else _(N_("Headings"))
        self._column.addWidget(Label(title, Role.BODY, weight=fonts.MEDIUM))
        for first in range(len(items)):
            for second in range(first + 1, len(items)):
                scale = PairScale(labels[items[first]], labels[items[second]], self._matrices[name][first][second])
                scale.picked.connect(partial(self._compare, name, first, second))
                self._column.addWidget(scale)
        self._ratios[name] = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self._column.addWidget(self._ratios[name])

    def _labels(self) -> dict[str, str]:
        texts_of = {one.code: one.text for one in self._draft.headings}
        texts_of |= {one.code: one.text for one in self._draft.indicators}
        return {code: words.capital(words.said(text)) for code, text in texts_of.items()}

    def _compare(self, name: str, first: int, second: int, ratio: float) -> None:
        from kume_desktop.scoring.weights import sources

        self._matrices[name] = sources.with_pair(self._matrices[name], first, second, ratio)
        found = sources.from_pairs(self._draft, self._matrices)
        self._tell(found.ratios)
        self.changed.emit(found.method)

    def _tell(self, ratios: Mapping[str, float]) -> None:
        from kume_desktop.scoring.method_rules import HIGHEST_RATIO

        for name, label in self._ratios.items():
            ratio = texts.number(ratios[name], 2)
            if ratios[name] <= HIGHEST_RATIO:
                label.set_tone(Tone.TEXT2)
                label.setText(tr(N_("Consistency ratio {ratio} (0.10 or less is consistent)"), ratio=ratio))
            else:
                label.set_tone(Tone.WARN)
                said = N_("Consistency ratio {ratio}: the comparisons contradict each other. Look at them again.")
                label.setText(tr(said, ratio=ratio))
