"""Where the program's own data files and the person's files are; the only module that knows."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def _bundled(name: str) -> Path:
    """A data folder: inside the package (wheel, frozen program) or beside it (checkout)."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def forms() -> Path:
    """The folder of the instruments that come with the program."""
    return _bundled("forms")


def resources() -> Path:
    """The folder of fonts, icons, texts and demonstration parameters."""
    return _bundled("resources")


def profile() -> Path:
    """The person's own folder (settings, key copies, logs, caches); KUME_PROFILE overrides it."""
    given = os.environ.get("KUME_PROFILE")
    folder = Path(given) if given else Path(platformdirs.user_data_dir("KumeDesktop", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def cache() -> Path:
    """A folder whose content can be made again at any time."""
    folder = profile() / "cache"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
