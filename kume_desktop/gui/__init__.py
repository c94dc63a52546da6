"""The window: everything that knows Qt."""

from __future__ import annotations

from kume_desktop.gui import overrides

overrides.begin()
