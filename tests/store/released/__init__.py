"""A study file of each revision of the schema, as the program wrote it that had this revision; none is ever changed.

Their passphrase is `demo`. A new revision needs a file of its own: the small study of `tests/store/worlds.py` with
twenty answers, a name, a comment, an answer that was changed, a draft, a visit, a level and an erased firm.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from kume_desktop.store import keyfile

HERE = Path(__file__).parent
PASSPHRASE = "demo"


def revisions() -> list[int]:
    """The revisions of which there is a file."""
    return sorted(int(file.stem.removeprefix("revision")) for file in HERE.glob("*.study"))


def copied(revision: int, folder: Path) -> tuple[Path, keyfile.DataKey]:
    """A copy of the study of a revision, with its key."""
    path = folder / "old.kume"
    shutil.copyfile(HERE / f"revision{revision}.study", path)
    shutil.copyfile(HERE / f"revision{revision}.study-key", keyfile.path_of(path))
    return path, keyfile.unlock(path, PASSPHRASE)
