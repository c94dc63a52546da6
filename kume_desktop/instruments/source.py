"""A converted workbook as the store keeps it beside the workbook's bytes: opening an interview needs no converter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class FormSource:
    """XForm text, what our columns and sheets add, and the two hashes (SHA-256, hex).

    `content_hash` names the instrument version (canonical cells without `indices`), `file_hash` is only a cache key.
    `extras` is plain JSON: `rows` (path -> our columns and the row number), `choices` (list -> name -> row number and
    reserve flag), `title` (language -> text) and the sheets `indicators`, `indices`, `tests` as lists of cells.
    """

    xform: str
    extras: Mapping[str, Any]
    content_hash: str
    file_hash: str

    def to_json(self) -> str:
        """As JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Back from `to_json`; KeyError or ValueError when it is not that."""
        data = json.loads(text)
        return cls(data["xform"], data["extras"], data["content_hash"], data["file_hash"])
