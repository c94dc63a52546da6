"""Putting a look on: the table's palette, the one style sheet, and the font of plain text."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from kume_desktop.gui import fonts, stylesheet, theme


def put_on(app: QApplication, wanted: theme.Look) -> None:
    """Put a look in force; pages that were built under another one are rebuilt by the window."""
    theme.wear(wanted)
    app.setFont(fonts.font(fonts.Role.BODY))
    app.setPalette(theme.palette())
    app.setStyleSheet(stylesheet.stylesheet())
