"""Pictures, sounds and films that labels of a form show or play: kept with the study when the form is installed."""

from __future__ import annotations

import hashlib
import mimetypes
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem

if TYPE_CHECKING:
    from kume_desktop.instruments.model import Instrument, Media
    from kume_desktop.services.studies import Study
    from kume_desktop.store.unit_of_work import Act

MAX_BYTES = 20_000_000


def names(instrument: Instrument) -> Iterator[str]:
    """The files that labels of questions and choices name, each once."""
    labelled = [node.media for node in instrument.nodes() if node.media]
    labelled += [choice.media for choices in instrument.lists.values() for choice in choices if choice.media]
    yield from dict.fromkeys(file for media in labelled for file in files_of(media))


def files_of(media: Media) -> Iterator[str]:
    """The files that one label names, in any language."""
    return (file for files in media.values() for file in files.values())


def beside(workbook: Path, instrument: Instrument) -> Mapping[str, bytes]:
    """The files that lie beside a workbook, or in its folder `media`; those over `MAX_BYTES` are left out."""
    found = {}
    for name in names(instrument):
        content = _read(workbook.resolve().parent, name)
        if content is not None:
            found[name] = content
    return found


def _read(folder: Path, name: str) -> bytes | None:
    if Path(name).name != name:
        return None
    for file in (folder / name, folder / "media" / name):
        try:
            if file.is_file() and file.stat().st_size <= MAX_BYTES:
                return file.read_bytes()
        except OSError:
            continue
    return None


def keep(act: Act, files: Mapping[str, bytes]) -> Mapping[str, str]:
    """Keep the files within an act: name -> digest of its bytes."""
    return {name: act.put_blob(content, _type_of(name)) for name, content in files.items()}


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Name -> digest of its bytes, as `keep` will give it."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}


class Shelf:
    """The files that came with one instrument version; a version that is installed never changes."""

    def __init__(self, study: Study, version_id: str) -> None:
        self._study, self._version_id = study, version_id
        self._digests: Mapping[str, str] | None = None

    def content(self, name: str) -> bytes:
        """The bytes of a file that a label names; Refused (`interview.media-missing`) where it is not with the form."""
        from kume_desktop.store import reading

        if self._digests is None:
            self._digests = self._read()
        digest = self._digests.get(name, "")
        try:
            if digest:
                return reading.blob_content(self._study.database, digest)
        except Refused as refusal:
            raise Refused(problem("interview.media-missing", file=name)) from refusal
        raise Refused(problem("interview.media-missing", file=name))

    def _read(self) -> Mapping[str, str]:
        import json

        from kume_desktop.store import reading

        found = json.loads(reading.instrument_content(self._study.database, self._version_id).source)
        return {str(name): str(digest) for name, digest in found.get("media", {}).items()}


def unpacked(name: str, content_of: bytes) -> Path:
    """The file as one of its own, for the system's player."""
    folder = Path(tempfile.gettempdir()) / "kume-media"
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"{hashlib.sha256(content_of).hexdigest()[:12]}-{Path(name).name}"
    if not target.is_file() or target.stat().st_size != len(content_of):
        target.write_bytes(content_of)
    return target


def _type_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
