"""From the settings, the size of the window and the system's scheme to the look in force."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication

from kume_desktop.gui.theme import Density, Look, Scheme
from kume_desktop.settings import Density as WantedDensity
from kume_desktop.settings import Settings, Theme

NARROW, LOW = 1200, 620


def scheme_of(settings: Settings) -> Scheme:
    """The forced column, or the system's."""
    match settings.theme:
        case Theme.LIGHT:
            return Scheme.LIGHT
        case Theme.DARK:
            return Scheme.DARK
        case Theme.SYSTEM:
            dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return Scheme.DARK if dark else Scheme.LIGHT


def density_of(settings: Settings, window: QSize) -> Density:
    """The forced density, or the tight one in a window under 1200 x 620 (more when the text is larger)."""
    scale = settings.text_scale / 100
    match settings.density:
        case WantedDensity.COMFORTABLE:
            return Density.COMFORTABLE
        case WantedDensity.COMPACT:
            return Density.COMPACT
        case WantedDensity.AUTO:
            tight = window.width() < NARROW * scale or window.height() < LOW * scale
            return Density.COMPACT if tight else Density.COMFORTABLE


def look_for(settings: Settings, window: QSize) -> Look:
    """Everything together."""
    return Look(scheme_of(settings), density_of(settings, window), settings.text_scale / 100, settings.motion)
