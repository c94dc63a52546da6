"""The studies that were open last on this computer; reads no study and needs no database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kume_desktop import paths

_MOST = 8


@dataclass(frozen=True, slots=True)
class StudyCard:
    """An entry of the list of recent studies."""

    path: Path
    name: str
    demonstration: bool
    opened_at: datetime
    exists: bool


def recent_studies() -> tuple[StudyCard, ...]:
    """The list, newest first; entries that cannot be read are left out."""
    try:
        found = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    return tuple(card for entry in found if (card := _card(entry))) if isinstance(found, list) else ()


def remember(path: Path, name: str, *, demonstration: bool) -> None:
    """Put a study on top of the list."""
    whole = path.resolve()
    card = StudyCard(whole, name, demonstration, datetime.now().astimezone(), exists=True)
    _write([card, *(one for one in recent_studies() if one.path != whole)][:_MOST])


def forget(path: Path) -> None:
    """Take a study off the list; the file stays."""
    _write([one for one in recent_studies() if one.path != path])


def _file() -> Path:
    return paths.profile() / "recent.json"


def _card(entry: Any) -> StudyCard | None:
    try:
        path, opened = Path(entry["path"]), datetime.fromisoformat(entry["opened_at"])
        return StudyCard(path, str(entry["name"]), bool(entry["demonstration"]), opened, path.exists())
    except (TypeError, KeyError, ValueError):
        return None


def _write(cards: list[StudyCard]) -> None:
    entries = [
        {
            "path": str(card.path),
            "name": card.name,
            "demonstration": card.demonstration,
            "opened_at": card.opened_at.isoformat(timespec="seconds"),
        }
        for card in cards
    ]
    fresh = _file().with_suffix(".new")
    fresh.write_text(json.dumps(entries, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(_file())
