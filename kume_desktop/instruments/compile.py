"""From a workbook's bytes to what the store keeps: slow, run once per version and never on the window's thread."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from kume_desktop import __version__, paths
from kume_desktop.instruments.convert import convert_book, read_book
from kume_desktop.instruments.source import FormSource

MOST_KEPT = 60
"""Converted forms in the cache."""

__all__ = ["FormSource", "convert", "convert_cached"]


def convert(name: str, workbook: bytes, attached: Mapping[str, bytes] | None = None) -> FormSource:
    """Convert a workbook (file name and bytes) and hash it with its attached CSVs (file name -> bytes).

    Raise Refused with all problems found, each with sheet, row and column.
    """
    return convert_book(read_book(name, workbook), workbook, attached or {})


def convert_cached(name: str, workbook: bytes, attached: Mapping[str, bytes] | None = None) -> FormSource:
    """Like `convert`, from `paths.cache()` when these very bytes were converted by this version before."""
    digest = hashlib.sha256(f"{__version__}|{metadata.version('pyxform')}".encode())
    for key, content in sorted({name: workbook, **(attached or {})}.items()):
        digest.update(hashlib.sha256(key.encode()).digest() + hashlib.sha256(content).digest())
    file = paths.cache() / f"form-{digest.hexdigest()}.json"
    kept = _kept(file)
    if kept is not None:
        return kept
    source = convert(name, workbook, attached)
    _keep(file, source)
    return source


def _kept(file: Path) -> FormSource | None:
    """What the cache holds; nothing where the file is torn or was changed."""
    try:
        digest, _, text = file.read_text(encoding="utf-8").partition("\n")
        if digest != hashlib.sha256(text.encode()).hexdigest():
            return None
        source = FormSource.from_json(text)
        os.utime(file)
    except (OSError, KeyError, TypeError, ValueError):
        return None
    return source


def _keep(file: Path, source: FormSource) -> None:
    """Put a form into the cache; those that were not used for longest make room."""
    text = source.to_json()
    fresh = file.with_suffix(f".{os.getpid()}")
    try:
        fresh.write_text(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}", encoding="utf-8")
        fresh.replace(file)
        oldest_first = sorted(file.parent.glob("form-*"), key=lambda each: each.stat().st_mtime_ns)
        for old in oldest_first[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        # A cache that cannot be written costs time, nothing else.
        fresh.unlink(missing_ok=True)
