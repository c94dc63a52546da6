"""What a person has said about a list: its sheet, its columns, and every decision about its rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Choice(StrEnum):
    """What happens with the rows of one kind of error."""

    LEAVE = "leave"
    BLANK = "blank"


class Verdict(StrEnum):
    """What a person says about two that may be one firm."""

    SAME = "same"
    OTHER = "other"
    LATER = "later"


class Side(StrEnum):
    """Whose value holds where the list says something else than somebody corrected by hand."""

    LIST = "list"
    STUDY = "study"


@dataclass(frozen=True, slots=True)
class Asked:
    """How a list is to be taken.

    `fields`: head -> name of a field. `area`: the area of firms that the list gives none (code, '' for none).
    `choices`: code of an error -> `Choice`; `pairs`: key of a pair -> `Verdict`; `sides`: key of a difference ->
    `Side` (the key `*` speaks for all others). `digest`: of the file as it was looked at; another file is refused.
    """

    sheet: str = ""
    head_row: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    revision: str = "2"
    area: str = ""
    source: str = ""
    listed_on: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    pairs: Mapping[str, str] = field(default_factory=dict)
    sides: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""

    def to_json(self) -> str:
        """As text, for a request or a route."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Asked:
        """What `to_json` wrote; nothing asked for ''."""
        return cls(**json.loads(text)) if text else cls()


def record_of(value: Any) -> dict[str, Any]:
    """A dataclass as JSON carries it."""
    return asdict(value)
