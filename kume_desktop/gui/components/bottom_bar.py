"""The bar at the bottom of the window: save state, what waits, and the keys that work here now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.keycap import KeyCap, cap_width, paint_cap, shown
from kume_desktop.gui.components.labels import IconLabel, Label, Rule, announce
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import KeyHint, OpenWork, Progress, SaveKind, SaveState
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem
from kume_desktop.texts import N_, _, tr

HEIGHT = 32


@dataclass(frozen=True, slots=True)
class _Face:
    icon: str
    tone: Tone
    sentence: str
    act: str = ""


_FACES: dict[SaveKind, _Face] = {
    SaveKind.NONE: _Face("", Tone.TEXT2, ""),
    SaveKind.SAVED: _Face("check", Tone.OK, N_("Saved {time}")),
    SaveKind.DRAFTED: _Face("pencil", Tone.TEXT2, N_("Draft kept {time}")),
    SaveKind.SAVING: _Face("clock", Tone.TEXT2, N_("Saving…")),
    SaveKind.FAILED: _Face("circle-alert", Tone.ERR, "{text}", N_("Try again")),
    SaveKind.COMPUTED: _Face("check", Tone.OK, N_("Computed {time}")),
    SaveKind.CHECKING: _Face("clock", Tone.TEXT2, N_("Computed {time}; whether it still holds is being looked at")),
    SaveKind.STALE: _Face("history", Tone.WARN, N_("The data changed, the results are of {time}"), N_("Compute again")),
}


_ALARMS = {
    "study.space-low": N_("Disk nearly full"),
    "backup.space-low": N_("Backup drive nearly full"),
    "study.gone": N_("Study file is gone"),
}


def state_sentence(state: SaveState) -> str:
    """The words of a save state in the language in force."""
    face = _FACES[state.kind]
    if state.kind is SaveKind.FAILED:
        return state.text
    if state.kind is SaveKind.STALE and state.at is None:
        return _(N_("The data changed"))
    time = texts.clock(state.at, seconds=state.kind is not SaveKind.STALE) if state.at else ""
    if state.at is not None and state.at.astimezone().date() != datetime.now().astimezone().date():
        time = f"{texts.short_date(state.at.astimezone().date())} {time}"
    return tr(face.sentence, time=time) if face.sentence else ""


class HintStrip(QWidget):
    """Key caps with their words, right-aligned; they drop from the right when it is narrow, F1 stays."""

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[KeyHint, ...] = ()
        self._widths: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(80)

    def set_hints(self, hints: Sequence[KeyHint]) -> None:
        """Show other hints; the last one is F1."""
        self._hints = tuple(hints)
        self._widths = tuple(_width(hint) for hint in hints)
        self.setAccessibleName("; ".join(f"{shown(hint.key)} {hint.word}" for hint in hints))
        self.update()

    def in_sight(self) -> tuple[KeyHint, ...]:
        """The hints that fit now."""
        return self._hints[: self._first_ones()] + self._hints[-1:]

    def _first_ones(self) -> int:
        """How many hints fit before the last one."""
        count = max(0, len(self._widths) - 1)
        while count and sum(self._widths[:count]) + self._widths[-1] > self.width():
            count -= 1
        return count

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the hints that fit."""
        painter = QPainter(self)
        count = self._first_ones()
        widths = self._widths[:count] + self._widths[-1:]
        left = self.width() - sum(widths)
        middle = self.height() // 2
        for hint, width in zip(self.in_sight(), widths, strict=True):
            after = paint_cap(painter, left, middle, shown(hint.key)) + 6
            painter.setFont(fonts.font(Role.SECOND))
            painter.setPen(theme.colour(Tone.TEXT2))
            painter.drawText(after, 0, width, self.height(), int(Qt.AlignmentFlag.AlignVCenter), hint.word)
            left += width

    def sizeHint(self) -> QSize:
        """Room for all hints."""
        return QSize(sum(self._widths), HEIGHT)


def _width(hint: KeyHint) -> int:
    word = QFontMetrics(fonts.font(Role.SECOND)).horizontalAdvance(hint.word)
    return cap_width(shown(hint.key)) + 6 + word + 20


class SaveLabel(QWidget):
    """The save state in words; it has no fixed accessible name, changes are announced."""

    act_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("check", icons.ROW, Tone.OK)
        self._words = Label("", Role.SECOND, weight=fonts.MEDIUM, tabular=True)
        self._act = Button("", Kind.LINK)
        self._act.clicked.connect(self.act_clicked)
        self._key = KeyCap("F5")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (self._icon, self._words, self._act, self._key):
            row.addWidget(part, 1 if part is self._words else 0)
        self.show_state(SaveState())

    def show_state(self, state: SaveState) -> None:
        """Say another state."""
        face, sentence = _FACES[state.kind], state_sentence(state)
        self.setVisible(state.kind is not SaveKind.NONE)
        self._icon.show_icon(face.icon, face.tone)
        self._icon.setVisible(bool(face.icon))
        changed = sentence != self._words.text()
        self._words.setWordWrap(state.kind is SaveKind.FAILED)
        self._words.setToolTip(sentence if state.kind is SaveKind.FAILED else "")
        self._words.setText(sentence)
        self._act.setText(_(face.act) if face.act else "")
        self._act.setVisible(bool(face.act))
        self._key.setVisible(bool(face.act))
        if changed and state.kind not in {SaveKind.SAVING, SaveKind.DRAFTED}:
            announce(self._words, sentence)

    @property
    def words(self) -> str:
        """What it says now."""
        return self._words.text()


class BottomBar(QFrame):
    """32 high, always there."""

    problem_clicked = Signal()
    retry_clicked = Signal()
    cancel_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bottomBar")
        self._tell_height(lines=1)
        self.state = SaveLabel()
        self.state.act_clicked.connect(self.retry_clicked)
        self._split = Rule(upright=True)
        self._work_icon = IconLabel("triangle-alert", icons.ROW, Tone.WARN)
        self._split.setFixedHeight(16)
        self._work = Button("", Kind.BAR)
        self._work.setFont(fonts.font(Role.SECOND, fonts.MEDIUM))
        self._work.setFixedHeight(24)
        self._work.setToolTip("F8")
        self._work.clicked.connect(self.problem_clicked)
        self._mark, self._wave = _mark(_(N_("Demonstration data"))), _mark("")
        self._alarm = _mark("")
        self._long = Label("", Role.SECOND, weight=fonts.MEDIUM, tabular=True)
        self._stop = Button(_(N_("Stop")), Kind.LINK)
        self._stop.clicked.connect(self.cancel_clicked)
        self._stop_key = KeyCap("Esc")
        self._hints = HintStrip()
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(20, 1, 0, 0)
        row.setSpacing(8)
        told: tuple[QWidget, ...] = (self.state, self._split, self._work_icon, self._work, self._alarm)
        for part in (*told, self._mark, self._wave, self._long, self._stop, self._stop_key):
            row.addWidget(part)
        row.addWidget(self._hints, 1)
        self.show_work(None)
        self.show_progress(None)
        for mark in (self._mark, self._wave, self._alarm):
            mark.hide()

    def show_state(self, state: SaveState) -> None:
        """Say whether what was typed is stored; a failure colours the bar and stays."""
        self.state.show_state(state)
        failed = state.kind is SaveKind.FAILED
        if self.property("failed") != failed:
            self._tell_height(lines=2 if failed else 1)
            self._row.setStretch(0, 3 if failed else 0)
            self.setProperty("failed", failed)
            self.style().unpolish(self)
            self.style().polish(self)

    def _tell_height(self, *, lines: int) -> None:
        """A failure gets two lines: its sentence is read to the end also in the smallest window."""
        self.setFixedHeight(max(HEIGHT, lines * fonts.line_height(Role.SECOND) + 10))

    def show_work(self, work: OpenWork | None) -> None:
        """Say what waits on the page, or nothing."""
        for part in (self._split, self._work_icon, self._work):
            part.setVisible(work is not None)
        if work is not None:
            self._work_icon.show_icon(work.icon, Tone.WARN)
            self._work.setText(work.text)

    def show_progress(self, progress: Progress | None) -> None:
        """Say what long work does: "Hesaplanıyor: 3/6"."""
        for part in (self._long, self._stop, self._stop_key):
            part.setVisible(progress is not None)
        if progress is not None:
            figures = f": {progress.done} / {progress.total}" if progress.total else ""
            self._long.setText(f"{progress.text}{figures}")

    def show_mark(self, demonstration: bool, *, practice: bool = False) -> None:
        """Say on every page that the data are invented, or that one practises."""
        self._mark.setText(_(N_("PRACTICE")) if practice else _(N_("Demonstration data")))
        self._mark.setVisible(demonstration or practice)

    def show_wave(self, earlier: str) -> None:
        """Say on every page that the wave is an earlier one; '' where it is the newest."""
        self._wave.setText(tr(N_("Earlier wave: {wave}"), wave=earlier))
        self._wave.setVisible(bool(earlier))

    def show_alarms(self, alarms: Sequence[Problem]) -> None:
        """Say on every page what is wrong with the drives, in few words; the sentences stand in the tooltip."""
        sentences = "\n".join(texts.say(one) for one in alarms)
        changed = sentences != self._alarm.toolTip()
        self._alarm.setToolTip(sentences)
        self._alarm.setAccessibleDescription(sentences)
        self._alarm.setText(_(_ALARMS[alarms[0].code]) if alarms else "")
        self._alarm.setVisible(bool(alarms))
        if alarms and changed:
            announce(self._alarm, sentences)

    def show_hints(self, hints: Sequence[KeyHint]) -> None:
        """Name the keys that work now; F1 is put at the end."""
        self._hints.set_hints((*hints, KeyHint("F1", _(N_("Keys")))))

    def paintEvent(self, event: object) -> None:
        """Draw the bar and its upper line."""
        super().paintEvent(event)  # type: ignore[arg-type]
        QPainter(self).fillRect(0, 0, self.width(), 1, theme.colour(Tone.LINE))


def _mark(words: str) -> QLabel:
    mark = QLabel(words)
    mark.setObjectName("mark")
    mark.setFont(fonts.font(Role.CAPTION, fonts.SEMIBOLD))
    mark.setFixedHeight(max(20, fonts.line_height(Role.CAPTION) + 4))
    return mark
