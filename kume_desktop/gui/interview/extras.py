"""What stands beside the answers: texts left from earlier sittings, and files kept as evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kume_desktop.services.evidence import Evidence
    from kume_desktop.services.interviewing import Session

COMMENT, REASON, GAP, REPLY = "#comment", "#override", "#gap", "#reply"
"""Behind the path of a question: its note, its reason for a warning or for staying blank, its answer to a reviewer."""


@dataclass(frozen=True, slots=True)
class Left:
    """A text that was typed in an earlier sitting and never stored; `register` is '' for an answer."""

    question: str
    register: str
    text: str
    at: datetime

    @property
    def key(self) -> str:
        """What the draft is kept under."""
        return self.question + self.register


class Extras:
    """Read when the interview is opened; `forget` and `read_files` keep it right afterwards."""

    def __init__(self, session: Session) -> None:
        self._session = session
        values = session.interview.values
        self._left = {
            key: Left(*_parts(key), text, session.draft_times[key])
            for key, text in session.drafts.items()
            if text and text != values.get(key)
        }
        self.files: Mapping[str, tuple[Evidence, ...]] = {}
        self.evidence_purpose = ""
        self.read_files()

    @property
    def left(self) -> tuple[Left, ...]:
        """The texts that wait for a person, the oldest first."""
        return tuple(sorted(self._left.values(), key=lambda one: (one.at, one.key)))

    def draft(self, key: str) -> Left | None:
        """The text that waits at a question (or, with a register, beside it)."""
        return self._left.get(key)

    def typed(self, key: str) -> str:
        """What was typed there last and not stored, in this sitting or an earlier one."""
        return self._session.drafts.get(key, "")

    def forget(self, key: str) -> None:
        """The text was brought back, given up, or overtaken by an answer."""
        self._left.pop(key, None)

    def read_files(self) -> None:
        """Look again which files stand at which question."""
        from kume_desktop.services import evidence

        study = self._session.study
        self.evidence_purpose = evidence.purpose(study)
        self.files = evidence.evidence(study.database, self._session.interview_id)


def _parts(key: str) -> tuple[str, str]:
    """The question and the register of a draft's key."""
    path, mark, register = key.partition("#")
    return path, mark + register
