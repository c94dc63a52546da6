"""What the command palette offers, and the language of Qt's own dialogs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from kume_desktop.gui.components.state_chip import FACES
from kume_desktop.gui.page import Action, Group
from kume_desktop.gui.preferences import choices, ways
from kume_desktop.gui.route_rights import may_open
from kume_desktop.gui.routes import FieldRoute, NewStudyRoute, NextWaveRoute, WavesRoute, WelcomeRoute
from kume_desktop.gui.shell.places import LOCK_KEY, WAVES_KEY, further, key_of
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.window import Window

_translators: list[QTranslator] = []
_FIRMS = 40


def speak(language: str) -> None:
    """Let Qt's own dialogs and number fields speak the language of the window."""
    QLocale.setDefault(QLocale(QLocale.Language.Turkish if language == "tr" else QLocale.Language.English))
    for old in _translators:
        QCoreApplication.removeTranslator(old)
    _translators.clear()
    made = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if language != "en" and made.load(f"qtbase_{language}", folder):
        QCoreApplication.installTranslator(made)
        _translators.append(made)


def offered(window: Window, typed: str) -> tuple[Action, ...]:
    """Pages, firms, actions and questions; without a text only pages and actions."""
    here = window.page.actions_here()
    labels = {action.label for action in here}
    actions = (*_pages(window), *here, *(action for action in _always(window) if action.label not in labels))
    if not typed.strip():
        return actions
    return (*actions, *window.page.find_here(typed), *_firms(window, typed))


def _pages(window: Window) -> tuple[Action, ...]:
    return (*_pages_of_rail(window), *_pages_besides(window))


def _pages_besides(window: Window) -> tuple[Action, ...]:
    head = window.desk.head
    return tuple(
        Action(place.word, place.name, partial(window.go, place.route), group=Group.PAGES, icon=place.icon)
        for place in further(head.role if head is not None else None, practice=bool(head and head.practice))
    )


def _pages_of_rail(window: Window) -> tuple[Action, ...]:
    places = [item.place for item in window.frame.rail.items]
    return tuple(
        Action(
            f"page.{place.icon}",
            place.name,
            partial(window.go, place.route),
            key_of(place, number),
            group=Group.PAGES,
            icon=place.icon,
        )
        for number, place in enumerate(places, start=1)
    )


def _always(window: Window) -> tuple[Action, ...]:
    return (
        *_waves(window),
        *_lock(window),
        Action("studies", _(N_("Recent studies")), partial(window.go, WelcomeRoute())),
        Action("new-study", _(N_("New study")), partial(window.go, NewStudyRoute())),
        Action("keys", _(N_("List all keys")), window.keys.key_list, "F1"),
        *choices.actions(window.desk.settings, partial(_change, window)),
        *_parts_of_settings(window),
    )


def _parts_of_settings(window: Window) -> tuple[Action, ...]:
    head = window.desk.head
    return ways.actions(head.role, window.go) if head is not None and not window.desk.is_practising else ()


def _lock(window: Window) -> tuple[Action, ...]:
    """Locking, where there is a passphrase to ask for."""
    if not window.can_lock:
        return ()
    return (Action("lock", _(N_("Lock")), window.lock, LOCK_KEY, icon="lock"),)


def _waves(window: Window) -> tuple[Action, ...]:
    head = window.desk.head
    if head is None:
        return ()
    chosen = Action("waves", _(N_("Waves of the study")), partial(window.go, WavesRoute()), WAVES_KEY, icon="calendar")
    opened = Action("next-wave", _(N_("Open the next wave")), partial(window.go, NextWaveRoute()))
    return (chosen, opened) if may_open(head.role, NextWaveRoute()) else (chosen,)


def _change(window: Window, choice: choices.Choice, key: str) -> None:
    choices.change_setting(window.desk, choice, key, window.tell_toast)


def _firms(window: Window, typed: str) -> tuple[Action, ...]:
    head = window.desk.head
    if head is None or not may_open(head.role, FieldRoute()):
        return ()
    window.desk.held.want()
    return tuple(
        Action(
            f"firm.{firm.unit_id}",
            firm.name,
            partial(window.go, FieldRoute(firm.unit_id)),
            group=Group.FIRMS,
            detail=firm.district,
            icon=FACES[firm.state].icon,
        )
        for firm in window.desk.held.index.named(typed, _FIRMS)
    )
