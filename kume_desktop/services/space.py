"""The drives that a study lives on while somebody works: how full they are, and whether its file is still there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop import settings
from kume_desktop.problems import Problem, problem, warning

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study


def look(study: Study) -> tuple[Problem, ...]:
    """What is wrong with the drives of the study and of its backups; a drive that does not answer may take a while."""
    from kume_desktop.store import backups

    second = settings.load().backup_folder
    return tuple(_look(study.path, (backups.folder_of(study.key.study_id), *([Path(second)] if second else []))))


def _look(path: Path, others: tuple[Path, ...]) -> Iterator[Problem]:
    from kume_desktop.store import drives

    if not path.exists():
        # What is written now goes into a file without a name, and is gone when it is closed.
        yield problem("study.gone", file=str(path))
        return
    low = drives.space_warning(path.parent)
    if low is None:
        # It was given back when the disk was full; there is room for it again.
        drives.take_reserve(path)
    else:
        yield low
    seen = {path.parent.stat().st_dev}
    for folder in others:
        place = next((one for one in (folder, *folder.parents) if one.exists()), None)
        if place is None or place.stat().st_dev in seen:
            continue
        seen.add(place.stat().st_dev)
        if (found := drives.space_warning(place)) is not None:
            yield warning("backup.space-low", folder=str(folder), megabytes=found.params["megabytes"])
