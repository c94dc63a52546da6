"""What a person has chosen for this computer, kept as one JSON file in the profile; never study data."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

from kume_desktop import paths

if TYPE_CHECKING:
    from pathlib import Path


class Theme(StrEnum):
    """Which column of the colour table is drawn."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Density(StrEnum):
    """How much air stands around a row; `auto` decides by the height of the window."""

    AUTO = "auto"
    COMFORTABLE = "comfortable"
    COMPACT = "compact"


class TextScale(IntEnum):
    """Size of text in per cent."""

    NORMAL = 100
    LARGE = 115
    LARGER = 130


class Language(StrEnum):
    """Language of the window; reports and interviews choose their own."""

    TURKISH = "tr"
    ENGLISH = "en"


class LikertKeys(StrEnum):
    """Which keys answer a row of a battery; digits, also those of the number block, always do."""

    DIGITS = "digits"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; change one with `dataclasses.replace` and keep it with `save`."""

    theme: Theme = Theme.SYSTEM
    density: Density = Density.AUTO
    text_scale: TextScale = TextScale.NORMAL
    motion: bool = True
    language: Language = Language.TURKISH
    wait_for_enter: bool = False
    hide_rail: bool = False
    likert_keys: LikertKeys = LikertKeys.DIGITS
    backup_folder: str = ""
    lock_minutes: int = 15


def load() -> Settings:
    """The settings of this computer; what is missing, unknown or unreadable takes its default."""
    try:
        given = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    return _settings(given) if isinstance(given, dict) else Settings()


def save(settings: Settings) -> None:
    """Keep `settings`; the file is replaced in one step, so a power cut leaves the old or the new one.

    Raises:
        OSError: the profile cannot be written.
    """
    target = _file()
    fresh = target.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as out:
        json.dump(asdict(settings), out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(target)


def _file() -> Path:
    return paths.profile() / "settings.json"


def _settings(given: dict[str, Any]) -> Settings:
    settings = Settings()
    for entry in fields(Settings):
        default = getattr(settings, entry.name)
        value = given.get(entry.name)
        if value is None or isinstance(value, bool) != isinstance(default, bool):
            continue
        try:
            settings = replace(settings, **{entry.name: type(default)(value)})
        except (ValueError, TypeError):
            continue
    return settings
