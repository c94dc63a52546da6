"""Instruments into a study: the workbook's bytes, its converted form and its lists are kept with the study."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, Where, errors, problem
from kume_desktop.services import form_media, forms

if TYPE_CHECKING:
    from kume_desktop.instruments.model import Instrument
    from kume_desktop.instruments.source import FormSource
    from kume_desktop.store.unit_of_work import Act

_LIVE_TABLES = frozenset({"firmalar", "calisma"})
"""Lists that the study itself gives; the others are kept as they came with the workbook."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A workbook that was read and converted, ready to be installed; `media` are the files that its labels name."""

    workbook: bytes
    source: FormSource
    instrument: Instrument
    kept: str
    media: Mapping[str, bytes] = field(default_factory=dict)


def prepare(file: Path, lists: Collection[str] = ()) -> Prepared:
    """Read and convert a workbook; Refused with every error of it. `lists`: those that the study's other forms fill."""
    from kume_desktop.instruments.check import check
    from kume_desktop.instruments.compile import convert_cached
    from kume_desktop.instruments.load import load

    workbook, attached = forms.read_file(file), forms.attached(file)
    tables = forms.tables_beside(file, attached, lists)
    source = convert_cached(file.name, workbook, attached)
    instrument = load(source)
    stopping = errors(check(file.name, workbook, tables, attached))
    if stopping:
        raise Refused(*stopping)
    read = (instrument.files | instrument.external.keys()) - _LIVE_TABLES
    lists = {name: rows for name, rows in tables.items() if name in read}
    media = form_media.beside(file, instrument)
    parts = {"form": source.to_json(), "tables": lists, **({"media": form_media.digests(media)} if media else {})}
    return Prepared(workbook, source, instrument, json.dumps(parts, ensure_ascii=False, sort_keys=True), media)


def from_kept(file: Path, kept: str) -> Prepared:
    """What another process prepared, in this one; Refused where the workbook was changed since."""
    from kume_desktop.instruments.load import load
    from kume_desktop.instruments.source import FormSource

    workbook = forms.read_file(file)
    source = FormSource.from_json(json.loads(kept)["form"])
    if hashlib.sha256(workbook).hexdigest() != source.file_hash:
        raise Refused(problem("form.changed-meanwhile", Where(file=file.name)))
    instrument = load(source)
    media, told = form_media.beside(file, instrument), json.loads(kept).get("media", {})
    if form_media.digests(media) != told:
        raise Refused(problem("form.changed-meanwhile", Where(file=file.name)))
    return Prepared(workbook, source, instrument, kept, media)


def check_unchanged(file: Path, prepared: Prepared) -> None:
    """Refuse a workbook that is gone, or is not the one any more that was prepared."""
    if forms.read_file(file) != prepared.workbook:
        raise Refused(problem("form.changed-meanwhile", Where(file=file.name)))


def install(act: Act, prepared: Prepared) -> str:
    """Append an instrument version within an act; returns the id of the version."""
    from kume_desktop.store import writing

    instrument = prepared.instrument
    form_media.keep(act, prepared.media)
    installed = writing.VersionInstalled(
        instrument_id=instrument.id,
        version=instrument.version,
        title_tr=_title(instrument, "tr"),
        title_en=_title(instrument, "en"),
        content_hash=prepared.source.content_hash,
        file_hash=prepared.source.file_hash,
        workbook=prepared.workbook,
        source=prepared.kept,
    )
    return writing.install_instrument(act, installed)


def _title(instrument: Instrument, language: str) -> str:
    """The title in a language, else as the form has it, else the name of the form."""
    return instrument.title.get(language) or next(iter(instrument.title.values()), "") or instrument.id


def seed_method(act: Act, wave_id: str, instruments: Sequence[Instrument]) -> None:
    """Make version 1 of a wave's method from the method sheets of its instruments, where one brings indicators."""
    from kume_desktop.scoring.method import Method
    from kume_desktop.store import writing

    rows = [row for instrument in instruments for row in instrument.indices]
    indicators = [indicator for instrument in instruments for indicator in instrument.indicators]
    if indicators:
        method = Method.from_rows(rows, indicators)
        writing.save_method(act, wave_id, 1, method.name.tr, method.version, method.hash, method.to_json())
