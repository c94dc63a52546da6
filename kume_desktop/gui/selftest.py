"""The part of `kume --selftest` that needs Qt: load the fonts, draw an icon and a widget."""

from __future__ import annotations

from PySide6.QtGui import QFontInfo

from kume_desktop.gui import app, dressing, fonts, icons, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, tr


def run() -> tuple[str, ...]:
    """Draw, and say what was drawn; raises RuntimeError where a part is missing."""
    running = app.make_application()
    dressing.put_on(running, theme.Look())
    family = QFontInfo(fonts.font(fonts.Role.BODY)).family()
    if family != "Inter":
        raise RuntimeError(f"Inter is not loaded, {family} is used")
    icons.pixmap("house", icons.RAIL, Tone.ACCENT)
    button = Button("Çöz İğdeli", Kind.PRIMARY)
    button.resize(120, 36)
    picture = button.grab().toImage()
    if picture.pixelColor(picture.width() // 8, picture.height() // 2) != theme.colour(Tone.ACCENT):
        raise RuntimeError("the style sheet does not colour the primary button")
    return (tr(N_("window: font {family}, icons and buttons drawn"), family=family),)
