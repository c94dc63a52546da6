"""What the middle, the left and the right of the rating page show: plain records, made anew after every act."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kume_desktop.services.rating_views import Opinion


class Goes(StrEnum):
    """Where the focus goes after an act: on, to a field that is still missing, or nowhere."""

    ON = "on"
    REASON = "reason"
    EVIDENCE = "evidence"
    MEETING = "meeting"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Choice:
    """A level one can give: its answer is also its key. `band` is a word at the end of the row."""

    answer: str
    text: str
    band: str = ""
    is_suggested: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What a rater gave, as it stands beside another rater's: name, level in words, evidence, reason."""

    rater: str
    level: str
    evidence: str
    reason: str
    is_agreed: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """The day (as people write it) and the members (one a line) of a panel."""

    held_on: str
    members: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to be rated.

    `kinds` are the kinds of evidence to choose from (code, word), empty where none is asked; `about_evidence` says what
    to look for and what the interviewer saw. `required` says why a reason must be written, '' where it may stay empty.
    `notices` are lines that warn; `lock` says why nothing can be given now. `skips` are the flat answers (answer, word)
    beside the primary button.
    """

    code: str
    caption: str
    place: str
    title: str
    choices: tuple[Choice, ...]
    given: Opinion
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    about_evidence: str = ""
    evidence_missing: bool = False
    reason_word: str = ""
    required: str = ""
    meeting: Meeting | None = None
    notices: tuple[str, ...] = ()
    lock: str = ""
    skips: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the list at the right: an indicator (or cell) and where one stands with it.

    `mark` is the level, '–' where there is none yet; a `draft` waits for something. `under` is a second line.
    """

    code: str
    number: str
    title: str
    heading: str
    mark: str
    done: bool = False
    draft: bool = False
    flagged: bool = False
    under: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The head and foot of the list at the right."""

    title: str
    facts: str
    score: str = ""
    bounds: str = ""
    legend: str = ""
