"""A question that folded away while it had an answer: what was answered stays in grey, with the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.interview.page_model import Row
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.interview.rows import QuestionRow


@dataclass(frozen=True, slots=True)
class Cause:
    """The answer that another one replaced: giving it again brings back what folded away."""

    path: str
    number: str
    raw: str


class FoldedRow(QWidget):
    """Number, title and kept answer in grey, and "bring back". It is never the current row and counts nowhere."""

    brought_back = Signal(str, str)

    def __init__(self, row: Row, cause: Cause, above: str, bleed: int, number_width: int) -> None:
        super().__init__()
        self.path, self.above = row.path, above
        number = Label(row.number, Role.SECOND, Tone.TEXT3, tabular=True)
        number.setFixedWidth(number_width)
        shown = row.display or (row.reason.display if row.reason is not None else "")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(row.title, Role.SECOND, Tone.TEXT3, wrap=True))
        number_of_cause = cause.number or "–"
        kept = N_("“{answer}” is kept; the question is not asked since {number} was changed.")
        words.addWidget(Label(tr(kept, answer=shown, number=number_of_cause), Role.SECOND, Tone.TEXT3, wrap=True))
        self.button = Button(_(N_("Bring back")), Kind.LINK)
        self.button.setAccessibleName(tr(N_("Bring back question {number} and its answer"), number=row.number))
        self.button.setToolTip(tr(N_("Answers {number} as before; Ctrl+Z takes that back."), number=number_of_cause))
        self.button.clicked.connect(lambda _checked=False: self.brought_back.emit(cause.path, cause.raw))
        line = QHBoxLayout(self)
        pad = 4 if theme.is_compact() else 8
        line.setContentsMargins(bleed, pad, bleed, pad)
        line.setSpacing(0)
        line.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addSpacing(12)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)


class Folds:
    """The grey rows of one screen, and the answer whose change made questions fold away."""

    def __init__(
        self, kept: Callable[[str], bool], give: Callable[[str, str], object], bleed: int, number_width: int
    ) -> None:
        self._kept, self._give = kept, give
        self._bleed, self._number_width = bleed, number_width
        self.rows: dict[str, FoldedRow] = {}
        self.cause: Cause | None = None

    def note(self, path: str, row: Row) -> None:
        """Before an answer changes, keep what it was: giving it again brings back what folds away now."""
        beside = row.reason
        raw = beside.value if beside is not None and beside.path == path else row.value
        self.cause = Cause(path, row.number, raw)

    def unwanted(self, wanted: set[str]) -> list[FoldedRow]:
        """Let go of the grey rows whose question is asked again, or keeps no answer any more."""
        return [self.rows.pop(path) for path in list(self.rows) if path in wanted or not self._kept(path)]

    def fold_away(self, rows: dict[str, QuestionRow], wanted: set[str]) -> list[QWidget]:
        """Take the rows that are not asked any more out of `rows`; what has to leave the screen is returned."""
        gone: list[QWidget] = [*self.unwanted(wanted)]
        above = ""
        for path in list(rows):
            if path not in wanted:
                row = rows.pop(path)
                gone.append(row)
                self.fold(row.row, above)
            above = path
        return gone

    def fold(self, row: Row, above: str) -> None:
        """Keep an answered row in grey below the question `above`; an empty one just goes."""
        if self.cause is None or not row.is_answered or not self._kept(row.path):
            return
        made = FoldedRow(row, self.cause, above, self._bleed, self._number_width)
        made.brought_back.connect(self._give)
        self.rows[row.path] = made

    def among(self, paths: list[str]) -> list[str]:
        """The paths of a screen with those that folded away where they stood."""
        order = list(paths)
        for path, folded in self.rows.items():
            order.insert(order.index(folded.above) + 1 if folded.above in order else 0, path)
        return order

    @property
    def focused(self) -> str:
        """The path of the grey row whose button has the focus, '' where none has."""
        return next((path for path, folded in self.rows.items() if folded.button.hasFocus()), "")
