"""No study is open: recent studies, the demonstration, a new study, a file."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from kume_desktop import application, paths
from kume_desktop.gui import fonts
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.failure_note import failure_note
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.list_row import Cell, ListRow, RowList
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.device_routes import IntroduceRoute
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page, Progress
from kume_desktop.gui.routes import NewStudyRoute, UnlockRoute, WelcomeRoute
from kume_desktop.gui.start.parts import Band, TwoColumns, clear, notes, section, when
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.tasks import Task
    from kume_desktop.services.recent import StudyCard

_SHOWN = 6


class WelcomePage(Page):
    """Enter opens the study that was open last; without one, the demonstration is in front."""

    def __init__(self, desk: Desk, route: WelcomeRoute) -> None:  # noqa: ARG002 - every page takes its route
        super().__init__(desk)
        self._task: Task | None = None
        self._cards = _recent()
        self._header = PageHeader(_(N_("Studies")), _(N_("Everything stays on this computer, encrypted.")))
        self._body = TwoColumns()
        self._notes = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._body, 1)
        self._body.left.addLayout(self._notes)
        if (failed := failure_note(self.navigate.emit)) is not None:
            self._notes.addWidget(failed)
            self._notes.setContentsMargins(0, 0, 0, 16)
        self._front = self._build_left()
        self._build_right()

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Studies"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Open, choose, the other ways in."""
        first = _(N_("Open")) if self._cards else _(N_("Try with sample data"))
        return (
            KeyHint("Return", first),
            KeyHint("Up Down", _(N_("Choose"))),
            KeyHint("Ctrl+N", _(N_("New study"))),
            KeyHint("Ctrl+O", _(N_("Open a file"))),
            KeyHint("Ctrl+K", _(N_("Find or do"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """The ways into a study."""
        return (
            Action("demo", _(N_("Try with sample data")), self.try_demonstration, "Ctrl+D"),
            Action("new", _(N_("New study")), partial(self.navigate.emit, NewStudyRoute()), "Ctrl+N"),
            Action("open", _(N_("Open a file")), self.choose_file, "Ctrl+O"),
            Action("introduce", _(N_("Introduce this computer")), self._introduce, "Ctrl+I"),
        )

    def on_shown(self) -> None:
        """The primary has the focus: Enter is enough."""
        self._front.setFocus()

    def cancel(self) -> bool:
        """Stop making the demonstration study."""
        if self._task is not None and self._task.is_running:
            self._task.cancel()
            return True
        return False

    def open_card(self, card: StudyCard) -> None:
        """Open a recent study; the demonstration needs no passphrase."""
        if card.demonstration:
            self._open_demonstration(card.path)
        else:
            self.navigate.emit(UnlockRoute(card.path))

    def choose_file(self) -> None:
        """Ask for a study file."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _(N_("Open a study")), str(Path.home()), tr(N_("Küme study ({pattern})"), pattern="*.kume")
        )
        if chosen:
            self.navigate.emit(UnlockRoute(Path(chosen)))

    def try_demonstration(self) -> None:
        """Open the demonstration study; it is made first where it is missing."""
        target = paths.profile() / "demo" / "demo.kume"
        if target.exists():
            self._open_demonstration(target)
            return
        from kume_desktop.gui.tasks import Task

        if self._task is not None and self._task.is_running:
            return
        from kume_desktop.services import worker

        self._task = Task(worker.demonstration_request(target.parent), self)
        self._task.progressed.connect(self._tell)
        self._task.finished.connect(lambda _result: self._made(target))
        self._task.refused.connect(self._refuse)
        self._task.cancelled.connect(lambda: self._tell(None))
        self._tell(Progress(0, 0, _(N_("Making the demonstration study"))))
        self._task.start()

    def _made(self, target: Path) -> None:
        self._tell(None)
        self._open_demonstration(target)

    def _tell(self, progress: Progress | None) -> None:
        self._header.set_busy(progress)
        self.busy.emit(progress)

    def _open_demonstration(self, path: Path) -> None:
        from kume_desktop.services import studies

        try:
            study = studies.open_study(path, application.DEMONSTRATION_PASSPHRASE)
        except Refused as refused:
            self._refuse(refused.problems)
            return
        self.desk.open(study)

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self._tell(None)
        clear(self._notes)
        for note in notes(problems):
            self._notes.addWidget(note)
            note.say()

    def _build_left(self) -> Button:
        left = self._body.left
        if not self._cards:
            band = Band(
                "play",
                _(N_("Try with sample data")),
                _(N_("Six activity areas, interviews and results; in a file of its own, marked on every page.")),
                _(N_("Try it")),
            )
            band.button.clicked.connect(self.try_demonstration)
            left.addWidget(band)
            left.addStretch(1)
            return band.button
        first = self._cards[0]
        band = Band("play", first.name, _second(first), _(N_("Open")))
        band.button.clicked.connect(partial(self.open_card, first))
        left.addWidget(band)
        if self._cards[1:]:
            left.addWidget(section(_(N_("Recent studies"))))
            left.addWidget(RowList([self._row(card) for card in self._cards[1:_SHOWN]]))
        left.addStretch(1)
        return band.button

    def _row(self, card: StudyCard) -> ListRow:
        mark = _(N_("Demonstration data")) if card.demonstration else ""
        row = ListRow(
            [
                Cell(card.name, 5, Tone.TEXT, fonts.MEDIUM),
                Cell(mark, 3, Tone.WARN),
                Cell(when(card.opened_at, datetime.now(card.opened_at.tzinfo)), 3, right=True),
            ],
            icon="file-text",
            second=str(card.path) if card.exists else tr(N_("{path} is not there now"), path=str(card.path)),
        )
        row.clicked.connect(partial(self.open_card, card))
        return row

    def _build_right(self) -> None:
        right = self._body.right
        others = (
            (
                _(N_("Try with sample data")),
                _(N_("A marked study of its own with invented firms.")),
                self.try_demonstration,
            ),
            (_(N_("New study")), _(N_("Name, passphrase and activity areas.")), self._new),
            (_(N_("Open a file")), _(N_("A .kume file and the key file beside it.")), self.choose_file),
            (
                _(N_("Introduce this computer")),
                _(N_("For a laptop of the field: the agency sends it the study.")),
                self._introduce,
            ),
        )
        first = True
        for words, explanation, run in others[0 if self._cards else 1 :]:
            if not first:
                right.addSpacing(16)
                right.addWidget(Rule())
                right.addSpacing(16)
            first = False
            self._offer(words, explanation, run)
        right.addStretch(1)

    def _new(self) -> None:
        self.navigate.emit(NewStudyRoute())

    def _introduce(self) -> None:
        self.navigate.emit(IntroduceRoute())

    def _offer(self, words: str, explanation: str, run: Callable[[], object]) -> None:
        right = self._body.right
        button = Button(words, Kind.PLAIN)
        button.clicked.connect(lambda _checked=False: run())
        right.addWidget(button)
        right.addSpacing(6)
        right.addWidget(Label(explanation, Role.SECOND, Tone.TEXT2, wrap=True))


def _recent() -> tuple[StudyCard, ...]:
    from kume_desktop.services import recent

    return recent.recent_studies()


def _second(card: StudyCard) -> str:
    opened = when(card.opened_at, datetime.now(card.opened_at.tzinfo))
    parts = [tr(N_("opened {when}"), when=opened), card.path.name]
    if card.demonstration:
        parts.append(_(N_("Demonstration data")))
    return " · ".join(parts)
