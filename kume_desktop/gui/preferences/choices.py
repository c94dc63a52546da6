"""The settings as choices: word, what it is for, entries; the page and the palette offer the same ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kume_desktop.gui.page import Action, Toast
from kume_desktop.settings import Density, Language, LikertKeys, Settings, TextScale, Theme
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk

LOOK, INTERVIEW, LANGUAGE = N_("Appearance"), N_("Interview"), N_("Language")
SECURITY = N_("Security")
ON, OFF = "on", "off"


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting: section and word (English source), entries of (key, word), and how a key changes the settings."""

    name: str
    section: str
    word: str
    entries: tuple[tuple[str, str], ...]
    current: Callable[[Settings], str]
    change: Callable[[Settings, str], Settings]
    explanation: str = ""

    def label(self, key: str) -> str:
        """The words of an entry in the language in force."""
        return _(dict(self.entries)[key])


_YES_NO = ((ON, N_("On")), (OFF, N_("Off")))


def _flag(value: bool) -> str:
    return ON if value else OFF


CHOICES: tuple[Choice, ...] = (
    Choice(
        "theme",
        LOOK,
        N_("Theme"),
        ((Theme.SYSTEM, N_("As the system")), (Theme.LIGHT, N_("Light")), (Theme.DARK, N_("Dark"))),
        lambda settings: settings.theme,
        lambda settings, key: replace(settings, theme=Theme(key)),
    ),
    Choice(
        "density",
        LOOK,
        N_("Density"),
        (
            (Density.AUTO, N_("By the window")),
            (Density.COMFORTABLE, N_("Comfortable")),
            (Density.COMPACT, N_("Compact")),
        ),
        lambda settings: settings.density,
        lambda settings, key: replace(settings, density=Density(key)),
    ),
    Choice(
        "text_scale",
        LOOK,
        N_("Text size"),
        (("100", N_("100 %")), ("115", N_("115 %")), ("130", N_("130 %"))),
        lambda settings: str(int(settings.text_scale)),
        lambda settings, key: replace(settings, text_scale=TextScale(int(key))),
    ),
    Choice(
        "motion",
        LOOK,
        N_("Movement"),
        _YES_NO,
        lambda settings: _flag(settings.motion),
        lambda settings, key: replace(settings, motion=key == ON),
        N_("Panels and notes open softly; nothing else moves."),
    ),
    Choice(
        "wait_for_enter",
        INTERVIEW,
        N_("Wait for Enter after an answer"),
        _YES_NO,
        lambda settings: _flag(settings.wait_for_enter),
        lambda settings, key: replace(settings, wait_for_enter=key == ON),
        N_("Off: a digit answers and goes to the next row of the page."),
    ),
    Choice(
        "likert_keys",
        INTERVIEW,
        N_("Keys of the scale"),
        ((LikertKeys.DIGITS, N_("Digits 1–5")), (LikertKeys.LETTERS, N_("Letters A S D F G"))),
        lambda settings: settings.likert_keys,
        lambda settings, key: replace(settings, likert_keys=LikertKeys(key)),
        N_("For laptops without comfortable digits; U, B and Y stand for 8, 9 and 0. Digits always work too."),
    ),
    Choice(
        "hide_rail",
        INTERVIEW,
        N_("Hide the rail in the interview"),
        _YES_NO,
        lambda settings: _flag(settings.hide_rail),
        lambda settings, key: replace(settings, hide_rail=key == ON),
        N_("Esc brings it."),
    ),
    Choice(
        "lock_minutes",
        SECURITY,
        N_("Lock when nobody works"),
        (("0", N_("Never")), ("5", N_("5 min")), ("15", N_("15 min")), ("30", N_("30 min"))),
        lambda settings: str(settings.lock_minutes),
        lambda settings, key: replace(settings, lock_minutes=int(key)),
        N_("The study is closed and asks for the passphrase; what was typed is kept, and you come back to it."),
    ),
    Choice(
        "language",
        LANGUAGE,
        N_("Language of the window"),
        ((Language.TURKISH, N_("Türkçe")), (Language.ENGLISH, N_("English"))),
        lambda settings: settings.language,
        lambda settings, key: replace(settings, language=Language(key)),
    ),
)


def actions(settings: Settings, change: Callable[[Choice, str], object]) -> tuple[Action, ...]:
    """Every setting that could be another one now, for the palette."""
    return tuple(
        Action(
            f"setting.{choice.name}.{key}",
            f"{_(choice.word)}: {choice.label(key)}",
            lambda choice=choice, key=key: change(choice, key),  # type: ignore[misc]
        )
        for choice in CHOICES
        for key, _word in choice.entries
        if key != choice.current(settings)
    )


def change_setting(desk: Desk, choice: Choice, key: str, tell: Callable[[Toast], object]) -> None:
    """Change a setting and tell it with the way back; used by the page and by the palette."""
    before = desk.settings
    wanted = choice.change(before, key)
    if wanted == before:
        return
    kept = choice.current(before)
    desk.last_setting = choice.name
    desk.change_settings(wanted)
    words = f"{_(choice.word)}: {choice.label(key)}"
    tell(Toast(words, lambda: desk.change_settings(choice.change(desk.settings, kept))))
