"""The heads of one subject, as the rows that are made of them need them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Head:
    """A head as the projections need it."""

    value: str | None
    at: datetime
    author: str
    kind: str


class Heads:
    """The heads of one subject by path; those of one path in the order of their values, then of their events."""

    def __init__(self, subject: UUID, by_path: Mapping[str, list[Head]]) -> None:
        self.subject = str(subject)
        self.by_path = by_path
        self.base = self.record("")

    def first(self, path: str) -> Head | None:
        """The head of a path; of several the one that sorts first."""
        found = self.by_path.get(path)
        return found[0] if found else None

    def contested(self, path: str) -> bool:
        """Whether the heads of a path differ."""
        return len({head.value for head in self.by_path.get(path, ())}) > 1

    def is_said(self, path: str, name: str, value: str) -> bool:
        """Whether any of the heads of a path says this in its structured value."""
        values = (head.value or "" for head in self.by_path.get(path, ()))
        return any(json.loads(each).get(name) == value for each in values if each.startswith("{"))

    def record(self, path: str) -> Mapping[str, Any]:
        """The structured value of a path; empty where there is none."""
        head = self.first(path)
        return json.loads(head.value) if head and head.value and head.value.startswith("{") else {}

    def text(self, name: str, default: str = "") -> str:
        """An attribute: its own fact, else the record's; '' where the facts differ or were erased."""
        head = self.first(name)
        if head is None:
            return str(self.base.get(name) or default)
        return "" if self.contested(name) or head.value is None else head.value

    def number(self, name: str) -> int | None:
        """An attribute as a whole number, None where it is none."""
        text = self.text(name)
        return int(text) if text.lstrip("-").isdecimal() else None
