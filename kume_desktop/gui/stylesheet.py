"""The one style sheet, made from the colour table; fonts are set by role on the widgets, not here."""

from __future__ import annotations

from string import Template

from kume_desktop.gui import theme
from kume_desktop.gui.theme import Tone

_SHEET = Template("""
QWidget { outline: none; }
QMainWindow, #content { background: $surface; }
Rule { background: $line; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QToolTip { background: $surface; color: $text; border: 1px solid $mid; padding: 4px 8px; }

QPushButton { border: 1px solid $mid; border-radius: 6px; background: $surface; color: $text; padding: 0 16px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $sunken; }
QPushButton:disabled { background: $sunken; color: $text3; border-color: $sunken; }
QPushButton[kind="primary"] { background: $accent; color: $accent_fg; border: none; padding: 0 20px; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; }
QPushButton[kind="primary"]:disabled { background: $sunken; color: $text3; }
QPushButton[kind="quiet"] { background: transparent; color: $text2; border: none; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[tight="true"] { padding: 0 8px; }
QPushButton[kind="bar"] { background: transparent; color: $text; border: none; padding: 0 2px; }
QPushButton[kind="bar"]:hover { background: $hover; }
QPushButton[kind="link"] { background: transparent; color: $accent; border: none; padding: 0 4px; }
QPushButton[kind="link"]:hover { background: $hover; }
QPushButton[kind="warn_link"] { background: transparent; color: $warn; border: none; padding: 0 4px; }
QPushButton[choice="likert"], QPushButton[choice="row"] { border: 1px solid $line_strong; color: $text; padding: 0; }
QPushButton[choice="row"] { text-align: left; padding: 0 12px; border-radius: 8px; }
QPushButton[choice="reserve"] { border: 1px solid $line; background: $sunken; color: $text2; padding: 0; }
QPushButton[choice]:hover { background: $hover; }
QPushButton[choice]:checked { background: $accent; color: $accent_fg; border-color: $accent; }
QPushButton[picker="true"] { border-color: $mid; text-align: left; padding: 0 12px; }
QPushButton[tab="true"] { border: none; background: transparent; color: $text2; padding: 0; }
QPushButton[tab="true"]:checked { color: $text; }
QPushButton[box="true"] { border: 1px solid $mid; border-radius: 8px; text-align: left; }
QToolButton { border: none; border-radius: 6px; background: transparent; color: $text2; }
QToolButton:hover { background: $hover; }

QLineEdit, QPlainTextEdit {
  border: 1px solid $line_strong; border-radius: 6px; background: $surface; color: $text; padding: 0 11px;
  selection-background-color: $accent; selection-color: $accent_fg; placeholder-text-color: $text3;
}
QPlainTextEdit { padding: 6px 8px; }
QLineEdit[refused="true"], QPlainTextEdit[refused="true"] { border: 2px solid $err; padding: 0 10px; }
QLineEdit:read-only { background: $sunken; color: $text2; border-color: $line; }
QLineEdit[bare="true"] { border: none; background: transparent; padding: 0; }

#rail, #bottomBar, #sidePanel { background: $window; }
#band { background: $accent_soft; border-radius: 8px; }
#mark { background: $warn_soft; color: $warn; border-radius: 4px; padding: 0 8px; }
#bottomBar[failed="true"] { background: $err_soft; }
#noteSoft { background: $warn_soft; border-radius: 6px; }
#noteHard { background: $err_soft; border-radius: 6px; }
#toast { background: $text; border-radius: 8px; }
#toast QPushButton { background: transparent; border: none; color: $opposite_accent; padding: 0 8px; }
#popup { background: $surface; border: 1px solid $mid; border-radius: 8px; }

QListView { background: transparent; border: none; color: $text; }
QListView::item { padding: 0 12px; border-radius: 6px; color: $text; }
QListView::item:hover { background: $hover; }
QListView::item:selected { background: $accent_soft; color: $text; }
QTableView { background: $surface; border: none; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $text2; border: none; border-bottom: 1px solid $line; padding: 0; }
QTableCornerButton::section { background: $surface; border: none; }

QMenu { background: $surface; border: 1px solid $mid; border-radius: 6px; padding: 4px; color: $text; }
QMenu::item { padding: 6px 16px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; }

QCheckBox, QRadioButton { color: $text; spacing: 8px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $mid; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $line_strong; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def stylesheet() -> str:
    """The style sheet of the look in force."""
    colours = {tone.value: theme.code(tone) for tone in Tone}
    return _SHEET.substitute(colours, opposite_accent=theme.code(Tone.ACCENT, theme.opposite()))
