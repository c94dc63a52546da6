"""The side panel: what a package would change before anything is stored, and what one can do with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import IconLabel, Label, Rule
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import ScrollColumn
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.packages.listing import came_state, held_name, sent_state, size, when
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem
from kume_desktop.services.packages.outbox import Sent
from kume_desktop.services.packages.overview import Came, Held
from kume_desktop.services.packages.reading import Examined
from kume_desktop.services.packages.wording import content, covers, kind_word, refusal, sent_content
from kume_desktop.texts import N_, _, tr

_WIDE, _MOST = 404, 12


class Report(QFrame):
    """What the bar is on, or the report of a package that is looked at; its buttons ask the page to act."""

    taken = Signal()
    given_up = Signal()
    copy_asked = Signal()
    folder_asked = Signal()
    delete_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        wide = theme.metrics().side_panel if theme.is_compact() else _WIDE
        self.setFixedWidth(theme.px(wide))
        self.setObjectName("sidePanel")
        self._scroll = ScrollColumn(margins=(14, 10, 14, 0))
        self._scroll.column.setSpacing(8)
        self._acts = QHBoxLayout()
        self._acts.setContentsMargins(20, 8, 20, 16)
        self._acts.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._acts)
        self.primary: Button | None = None
        self.sent: Sent | None = None
        """The package of the outbox that is told of now."""
        self.can_close = False
        """Whether something stands here that is put away again: a question, or why a file was refused."""
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say how to begin."""
        self._empty()
        self._say(_(N_("Open a package")), weight=fonts.SEMIBOLD)
        self._say(
            _(N_("Drag a file here or press Ctrl O. What it would change is told first; looking stores nothing.")),
            Role.SECOND,
        )
        self._scroll.column.addStretch(1)

    def show_problems(self, problems: Sequence[Problem], way: tuple[str, Callable[[], object]] | None = None) -> None:
        """Say why nothing was done; `way` is what one can do about it: the words of a button and its act."""
        self._empty()
        self.can_close = True
        for one in problems:
            note = ProblemNote(texts.say(one), hard=one.is_error, detail=one.code)
            self._scroll.column.addWidget(note)
            note.say()
        self._scroll.column.addStretch(1)
        if way is not None:
            words, run = way
            self.primary = self._act(words, run, Kind.PRIMARY)
            self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        self._act(_(N_("Close")), self.given_up.emit, Kind.PLAIN if way is None else Kind.QUIET)

    def show_came(self, one: Came) -> None:
        """A package that was taken or refused."""
        self._empty()
        self._title(one.computer or _(N_("unknown")), f"{one.person} · {when(one.at)}" if one.person else when(one.at))
        word, icon, tone = came_state(one)
        self._mark(icon, tone, word, content(one))
        if one.code:
            self._say(texts.say(refusal(one)), Role.SECOND)
        else:
            self._mark("package", Tone.TEXT2, kind_word(one.kind), size(one.size))
            self._say(
                tr(N_("{count} entries, all of them kept as they came."), count=texts.number(one.events, 0)),
                Role.SECOND,
            )
        self._scroll.column.addStretch(1)

    def show_sent(self, one: Sent) -> None:
        """A package of the outbox, with the ways to carry it away."""
        self._empty()
        self.sent = one
        self._title(", ".join(one.to), f"{when(one.at)} · {size(one.size)}")
        word, icon, tone = sent_state(one)
        self._mark(icon, tone, word, sent_content(one))
        for file in one.files:
            self._say(file.name, Role.SECOND)
        if not one.files:
            self._say(_(N_("The file lies in the outbox no more.")), Role.SECOND)
        self._scroll.column.addStretch(1)
        if one.files:
            self._act(_(N_("Copy to USB…")), self.copy_asked.emit)
            self._act(_(N_("Show in folder")), self.folder_asked.emit, Kind.QUIET)

    def show_held(self, one: Held, deletable: int) -> None:
        """A receipt, what it covers, and the way to make room where interviews of it are on this laptop still."""
        self._empty()
        self._title(held_name(one), when(one.at))
        self._mark("check-check", Tone.OK, _(N_("Held safely")), covers(one))
        if one.deleted:
            self._say(_(N_("What was deleted here stays at the agency.")), Role.SECOND)
        self._scroll.column.addStretch(1)
        if deletable:
            self._act(_(N_("Delete what the agency holds…")), self.delete_asked.emit)

    def show_report(self, found: Examined) -> None:
        """What taking the package in would change."""
        self._empty()
        self._title(_heading(found), f"{found.person or found.sender} · {size(found.size)}")
        words = (
            N_("All of it was taken in before.")
            if not found.new and found.is_known
            else N_("Trial reading. Nothing has been taken in yet.")
        )
        self._mark("info", Tone.TEXT2, _(words), bold=True)
        self._scroll.column.addWidget(Rule())
        self._mark("shield-check", Tone.OK, _(N_("Signature verified")), found.person or found.sender)
        self._mark("check", Tone.OK, _(N_("It belongs to this study")), kind_word(found.kind.value))
        for lack in found.lacks:
            missing = tr(
                N_("{computer}: {count} entries have not arrived"),
                computer=lack.computer,
                count=texts.number(lack.missing, 0),
            )
            self._mark("triangle-alert", Tone.WARN, missing, _(N_("added when they come")))
        self._scroll.column.addWidget(Rule())
        self._say(_(N_("If it is taken in")), weight=fonts.SEMIBOLD)
        for number, word, beside, tone in _figures(found):
            self._figure(number, word, beside, tone)
        self._show_conflicts(found)
        self._scroll.column.addStretch(1)
        self.primary = self._act(_take_words(found), self.taken.emit, Kind.PRIMARY)
        self._act(_(N_("Cancel")), self.given_up.emit, Kind.QUIET)

    def show_advice(self, advice: Sequence[Problem]) -> None:
        """What to think of, under what stands there."""
        place = max(0, self._scroll.column.count() - 1)
        for one in advice:
            self._scroll.column.insertWidget(place, ProblemNote(texts.say(one)))

    def add(self, widget: QWidget) -> None:
        """Put a control of the page into the panel."""
        self._scroll.column.addWidget(widget)

    def begin(self, title: str, facts: str) -> None:
        """An empty panel with a title, for the page to fill."""
        self._empty()
        self.can_close = True
        self._title(title, facts)

    def end(self, words: str, act: Callable[[], None], *, primary: bool = True) -> Button:
        """Close what the page filled with its button, and a way out where that is another one."""
        self._scroll.column.addStretch(1)
        self.primary = self._act(words, act, Kind.PRIMARY if primary else Kind.PLAIN)
        if primary:
            self._act(_(N_("Cancel")), self.given_up.emit, Kind.QUIET)
        return self.primary

    def some(self, names: Sequence[str]) -> None:
        """The first of some names, and how many more there are."""
        for name in names[:_MOST]:
            self._say(name)
        if len(names) > _MOST:
            self._say(tr(N_("and {count} more"), count=len(names) - _MOST), Role.SECOND)

    def say(self, words: str) -> None:
        """A line of text."""
        self._say(words, Role.SECOND)

    def _show_conflicts(self, found: Examined) -> None:
        if found.conflicts:
            self._scroll.column.addWidget(Rule())
            self._say(_(N_("Conflicts")), weight=fonts.SEMIBOLD)
        for one in found.conflicts[:_MOST]:
            values = " ↔ ".join(value or _(N_("blank")) for value in one.values)
            self._line(f"{one.firm} · {_short(one.path)}", values)
        for double in found.doubles[:_MOST]:
            who = tr(N_("two interviews: {people}"), people=", ".join(double.interviewers))
            self._line(f"{double.firm} · {double.instrument_id}", who)

    def _title(self, title: str, facts: str) -> None:
        self._scroll.column.addWidget(Label(title, Role.SECTION, weight=fonts.SEMIBOLD, wrap=True))
        self._say(facts, Role.SECOND)

    def _say(self, words: str, role: Role = Role.BODY, *, weight: object = None) -> None:
        tone = Tone.TEXT if role is Role.BODY else Tone.TEXT2
        self._scroll.column.addWidget(Label(words, role, tone, weight=weight, wrap=True))  # type: ignore[arg-type]

    def _mark(self, icon: str, tone: Tone, word: str, beside: str = "", *, bold: bool = False) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, tone=tone), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(word, weight=fonts.SEMIBOLD if bold else None, wrap=True), 1)
        if beside:
            row.addWidget(_beside(beside))
        self._scroll.column.addWidget(_held(row))

    def _figure(self, number: int, word: str, beside: str, tone: Tone) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        figure = Label(texts.number(number, 0), Role.FIGURE_CELL, tone, weight=fonts.SEMIBOLD, tabular=True)
        figure.setFixedWidth(theme.px(48))
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(figure)
        row.addWidget(Label(word, tone=tone, wrap=True), 1)
        if beside:
            row.addWidget(_beside(beside))
        self._scroll.column.addWidget(_held(row))

    def _line(self, left: str, right: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(left, Role.SECOND, Tone.TEXT2, wrap=True), 1)
        row.addWidget(Label(right, Role.SECOND, weight=fonts.MEDIUM, wrap=True), 1)
        self._scroll.column.addWidget(_held(row))

    def _act(self, words: str, act: Callable[[], object], kind: Kind = Kind.PLAIN) -> Button:
        button = Button(words, kind, tall=kind is Kind.PRIMARY)
        button.clicked.connect(lambda _checked=False: act())
        self._acts.addWidget(button, 1 if kind is Kind.PRIMARY else 0)
        return button

    def _empty(self) -> None:
        self.primary = self.sent = None
        self.can_close = False
        for layout in (self._scroll.column, self._acts):
            while (item := layout.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()


def _held(row: QHBoxLayout) -> QWidget:
    row.setContentsMargins(0, 0, 0, 0)
    holder = QWidget()
    holder.setLayout(row)
    return holder


def _beside(words: str) -> Label:
    label = Label(words, Role.SECOND, Tone.TEXT2)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label


def _heading(found: Examined) -> str:
    if found.parts > 1:
        return tr(N_("{computer}: part {part} of {parts}"), computer=found.sender, part=found.part, parts=found.parts)
    return found.sender


def _figures(found: Examined) -> Iterator[tuple[int, str, str, Tone]]:
    """The counts that are not zero; the first one always."""
    yield found.interviews_new, _(N_("new interviews")), tr(N_("{count} firms"), count=len(found.firms)), Tone.TEXT
    rest = (
        (found.interviews_changed, N_("interviews go on"), "", Tone.TEXT),
        (found.interviews_known, N_("were there already"), "", Tone.TEXT),
        (found.visits, N_("visits and appointments"), "", Tone.TEXT),
        (found.receipts, N_("receipt of the agency"), "", Tone.TEXT),
        (found.erased, N_("erasures of personal data"), "", Tone.TEXT),
        (len(found.doubles), N_("firms with two interviews"), N_("wait for your decision"), Tone.WARN),
        (len(found.conflicts), N_("conflicts will arise"), N_("wait for your decision"), Tone.WARN),
    )
    for number, word, beside, tone in rest:
        if number:
            yield number, _(word), _(beside) if beside else "", tone


def _take_words(found: Examined) -> str:
    if not found.brings_something:
        return _(N_("Close"))
    if found.interviews_new + found.interviews_changed:
        taken = found.interviews_new + found.interviews_changed
        return tr(N_("Take in {count} of {all} interviews"), count=taken, all=found.interviews)
    return _(N_("Take in"))


def _short(path: str) -> str:
    return path.rpartition("/")[2]
