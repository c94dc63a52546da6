"""Limits of suppression that no source gives: rules of our own, named as such in the workbook and in the window."""

from __future__ import annotations

WIDTH = 0.25
"""What one firm of a hidden group said stays open over at least this share of the scale (one level of five), what a
larger group said over as much as for two firms ..."""
PART = 0.5
"""... or over this part of what would be open if no group was shown, where answers lie too near together for that."""
PROGRAMS = 60
"""So many linear programs at most are solved for one figure of one area ..."""
STEPS = 20_000
"""... of so many steps at most each. What is not proven open by then counts as closed, so that more is hidden: what is
published does not depend on how quick a computer is, and nothing is published unproven."""
