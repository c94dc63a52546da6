"""Ayarlar: effects at once, each undoable; no "Uygula"."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts, turkish
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.fields import LongText, SearchField, TextField
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.device_routes import DevicesRoute
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page, SaveKind, SaveState, Toast
from kume_desktop.gui.preferences import ways
from kume_desktop.gui.preferences.choices import CHOICES, Choice, change_setting
from kume_desktop.gui.preferences.evidence import EvidenceForm
from kume_desktop.gui.preferences.people import NewPerson, PeopleForm
from kume_desktop.gui.preferences.signature_form import SignatureForm
from kume_desktop.gui.preferences.study_facts import AreaAdder, FactsForm
from kume_desktop.gui.routes import (
    BackupsRoute,
    FormsRoute,
    KeysRoute,
    MethodRoute,
    PersonalDataRoute,
    RolesRoute,
    Route,
    SettingsRoute,
)
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Refused
from kume_desktop.services import roles
from kume_desktop.services.roles import Right
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.views import Area, StudyFacts

_WIDTH = 720
_METHOD = (
    N_("Weights, cuts and what a missing indicator does, in versions that are never changed."),
    N_("Open the method"),
    MethodRoute(),
)
_FORMS = (
    N_("The forms of the study in their versions: check and install a workbook, move drafts, compare."),
    N_("Open the questionnaires"),
    FormsRoute(),
)
_KEYS = (
    N_("Another passphrase, what this computer remembers, and the agency's recovery key."),
    N_("Open the keys"),
    KeysRoute(),
)
_BACKUPS = (
    N_("When the last whole backup was made, a second place for copies, and bringing one back."),
    N_("Open the backups"),
    BackupsRoute(),
)
_PERSONAL = (
    N_("Find a person, print or erase what is held, consent withdrawn, the access log, a lost computer."),
    N_("Open personal data"),
    PersonalDataRoute(),
)
_ROLES = (N_("What each role may see and do."), N_("Show the roles"), RolesRoute())
_COMPUTERS = (
    N_("Which computers work in this study: let one in, shut one out."), N_("Open the computers"), DevicesRoute(),
)  # fmt: skip


class SettingsPage(Page):
    """One column of sections with a search field on top."""

    def __init__(self, desk: Desk, route: SettingsRoute) -> None:
        super().__init__(desk)
        self._route = route
        self._heads: list[tuple[QWidget, list[QWidget]]] = []
        self._people: PeopleForm | None = None
        self._signature: SignatureForm | None = None
        self._adder: AreaAdder | None = None
        self._rows: list[tuple[str, QWidget]] = []
        self._segments: dict[str, Segments] = {}
        self._parts: dict[str, QWidget] = {}
        self._in_field = False
        self._undone: Callable[[], object] | None = None
        self._search = SearchField(_(N_("Search settings")), _(N_("Search settings")))
        self._search.textChanged.connect(self._sift)
        margin = theme.metrics().margin - RING_ROOM
        self._scroll = ScrollColumn(theme.px(_WIDTH), margins=(margin, 0, margin, 24))
        self._scroll.column.setSpacing(12)
        self._scroll.column.addWidget(self._search)
        self._notes = QVBoxLayout()
        self._scroll.column.addLayout(self._notes)
        clear = partial(self._search.setText, "")
        told = _(N_("Search for another word, or show all settings again."))
        self._nothing = EmptyState(_(N_("No setting is called that.")), told, _(N_("Show all settings")), clear)
        self._nothing.hide()
        self._scroll.column.addWidget(self._nothing)
        self._build()
        self._scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(_(N_("Settings")), _(N_("Everything takes effect at once and can be undone."))))
        column.addWidget(self._scroll, 1)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isAncestorOf(now):
            return
        in_field = isinstance(now, TextField | LongText) and now is not self._search
        if in_field != self._in_field:
            self._in_field = in_field
            self.hints_changed.emit()

    def _build(self) -> None:
        last = ""
        for choice in CHOICES:
            if choice.section != last:
                self._head(_(choice.section))
                last = choice.section
            self._add(_(choice.word), self._row(choice))
        if self.desk.has_study:
            self._build_study()

    def _build_study(self) -> None:
        if self._may(Right.MANAGE):
            self._head(_(N_("Study and notice")))
            facts = FactsForm(self.desk.study.facts())
            facts.changed.connect(self._save_facts)
            self._add(_(N_("Study and notice")), facts, ways.FACTS)
        if self._may(Right.RESULTS):
            self._head(_(N_("Method")))
            self._add(_(N_("Method")), self._way(_METHOD))
        if self._may(Right.INTERVIEW):
            self._head(_(N_("Interviewer")))
            self._signature = SignatureForm(self.desk.study)
            self._signature.stored.connect(self._signed)
            self._add(_(N_("Your interviewer code")) + " " + _(N_("Interviewer")), self._signature, ways.INTERVIEWER)
            self._head(_(N_("Questionnaires")))
            self._add(_(N_("Questionnaires")), self._way(_FORMS))
        self._head(_(N_("People")))
        if self._may(Right.PEOPLE):
            self._add(_(N_("People")), self._people_form(), ways.PEOPLE)
        self._add(_(N_("People")) + " " + _(N_("Roles")), self._way(_ROLES))
        if self._may(Right.DEVICES):
            self._add(_(N_("Computers")), self._way(_COMPUTERS))
        if self._may(Right.RATE):
            self._head(_(N_("Evidence")))
            words = _(N_("Evidence")) + " " + _(N_("Evidence: photographs and files"))
            self._add(words, EvidenceForm(self.desk.study, self._try), ways.EVIDENCE)
        self._head(_(N_("Keys and backups")))
        self._add(_(N_("Passphrase and keys")), self._way(_KEYS))
        self._add(_(N_("Backups")), self._way(_BACKUPS))
        if self._may(Right.PERSONAL):
            self._add(_(N_("Personal data")), self._way(_PERSONAL))
        if not self._may(Right.MANAGE):
            return
        self._head(_(N_("Activity areas")))
        self._adder = AreaAdder(self.desk.study.areas(), self._route.areas)
        self._adder.wanted.connect(self._add_areas)
        self._add(_(N_("Activity areas")), self._adder, ways.AREAS)

    def _signed(self, toast: Toast | None) -> None:
        """The person at the computer interviews under another code or name from now on."""
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        if toast is not None:
            self.toast.emit(toast)

    def _people_form(self) -> PeopleForm:
        from kume_desktop.services import people

        self._people = PeopleForm(people.people(self.desk.study), self._route.person)
        self._people.wanted.connect(self._add_person)
        return self._people

    def _add_person(self, wanted: NewPerson) -> None:
        from kume_desktop.services import people

        study, form = self.desk.study, self._people
        if form is None:
            return
        try:
            people.add(study, wanted.name, wanted.role, wanted.passphrase)
        except Refused as refused:
            form.show_problems(refused.problems)
            return
        form.show_people(people.people(study))
        self.desk.tell_changed()
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        said = N_("{name} opens this study with a passphrase of their own from now on.")
        self.toast.emit(Toast(tr(said, name=wanted.name)))

    def _may(self, right: Right) -> bool:
        return roles.may(self.desk.study, right)

    def _way(self, way: tuple[str, str, Route]) -> QWidget:
        """A sentence and the button that leads to a page of its own."""
        said, words, route = way
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 4)
        row.addWidget(Label(_(said), Role.SECOND, Tone.TEXT2, wrap=True), 1)
        open_it = Button(_(words))
        open_it.clicked.connect(lambda: self.navigate.emit(route))
        row.addWidget(open_it)
        return held

    def _head(self, words: str) -> None:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(words, Role.SECTION))
        column.addWidget(Rule())
        self._scroll.column.addWidget(held)
        self._heads.append((held, []))

    def _add(self, words: str, row: QWidget, part: str = "") -> None:
        if part:
            self._parts[part] = row
        self._rows.append((words, row))
        self._heads[-1][1].append(row)
        self._scroll.column.addWidget(row)

    def _row(self, choice: Choice) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(6)
        column.addWidget(Label(_(choice.word), Role.BODY, weight=fonts.MEDIUM))
        if choice.explanation:
            column.addWidget(Label(_(choice.explanation), Role.SECOND, Tone.TEXT2, wrap=True))
        entries = [(key, choice.label(key)) for key, _word in choice.entries]
        segments = Segments(_(choice.word), entries, choice.current(self.desk.settings))
        segments.picked.connect(partial(self.change, choice))
        self._segments[choice.name] = segments
        column.addWidget(segments)
        return held

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Settings"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Choose, move, search; in a field what keeps its text."""
        choosing = (KeyHint("Space", _(N_("Choose"))), KeyHint("Left Right", _(N_("Move"))))
        return (
            *(() if self._in_field else choosing),
            KeyHint("Tab", _(N_("Keep it, next field")) if self._in_field else _(N_("Next setting"))),
            KeyHint("Ctrl+F", _(N_("Search settings"))),
            KeyHint("Ctrl+Z", _(N_("Undo"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Search; the choices themselves are offered on every page."""
        search = Action("search-settings", _(N_("Search settings")), self._search.setFocus, "Ctrl+F")
        if self._signature is None:
            return (search,)
        return (search, Action("code", _(N_("Your interviewer code")), self._signature.take_focus, "Alt+K"))

    def on_shown(self) -> None:
        """Begin with the part that was asked for, else with the setting changed last, else with the first."""
        part = self._parts.get(self._route.part)
        first = first_field(part) if part is not None else None
        if part is not None and first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, lambda: self._scroll.reveal(part))
            return
        last = self.desk.last_setting
        segments = self._segments.get(last) or next(iter(self._segments.values()))
        segments.focus_choice()
        # A page just built has no height yet; without this the focus would be below the fold.
        QTimer.singleShot(0, self, lambda: self._scroll.reveal(segments))

    def here(self, route: Route) -> Route:
        """This page with what is typed for another person and for new areas."""
        if not isinstance(route, SettingsRoute):
            return route
        person = self._people.typed if self._people is not None else ""
        return SettingsRoute(person, self._adder.typed if self._adder is not None else "")

    def undo(self) -> None:
        """Take the last change of the study's facts back."""
        undone, self._undone = self._undone, None
        if undone is not None:
            undone()

    def change(self, choice: Choice, key: str) -> None:
        """Put a setting in force; the toast takes it back."""
        change_setting(self.desk, choice, key, self.toast.emit)

    def _save_facts(self, facts: StudyFacts) -> None:
        before = self.desk.study.facts()
        if facts == before:
            return
        if self._try(lambda: self.desk.study.save_facts(facts)):
            self._undone = lambda: self._try(lambda: self.desk.study.save_facts(before))

    def _add_areas(self, areas: tuple[Area, ...]) -> None:
        if self._try(lambda: self.desk.study.add_areas(areas)) and self._adder is not None:
            self._adder.show_areas(self.desk.study.areas())

    def _try(self, act: Callable[[], object]) -> bool:
        while (item := self._notes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        try:
            act()
        except Refused as refused:
            for problem in refused.problems:
                self._notes.addWidget(ProblemNote(texts.say(problem), hard=problem.is_error))
            return False
        self.desk.tell_changed()
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        return True

    def _sift(self, typed: str) -> None:
        wanted = turkish.fold(typed.strip())
        for words, row in self._rows:
            row.setVisible(wanted in turkish.fold(words))
        for head, rows in self._heads:
            head.setHidden(all(row.isHidden() for row in rows))
        self._nothing.setHidden(any(not row.isHidden() for _words, row in self._rows))


def first_field(part: QWidget) -> QWidget | None:
    """The first control of a part that Tab comes to."""
    return next((one for one in part.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
