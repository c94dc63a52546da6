"""From a workbook's bytes to what the store keeps: slow, run once per version and never on the window's thread."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from importlib import metadata

from kume_desktop import __version__, paths
from kume_desktop.instruments.convert import convert_book, read_book
from kume_desktop.instruments.source import FormSource

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
    try:
        return FormSource.from_json(file.read_text(encoding="utf-8"))
    except (OSError, KeyError, ValueError, json.JSONDecodeError):
        source = convert(name, workbook, attached)
    fresh = file.with_suffix(f".{os.getpid()}")
    try:
        fresh.write_text(source.to_json(), encoding="utf-8")
        fresh.replace(file)
    except OSError:
        # A cache that cannot be written costs time, nothing else.
        fresh.unlink(missing_ok=True)
    return source
