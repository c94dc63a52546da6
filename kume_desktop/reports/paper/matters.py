"""What the other printed matters show: letters, scripts, cards, lists; plain texts, filled by the services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kume_desktop.reports.paper.document import Frontmatter


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one firm. `body` holds paragraphs, with blank lines between them."""

    sender: str
    day: str
    firm: str
    subject: str
    body: str
    signed: str


@dataclass(frozen=True, slots=True)
class Objection:
    """What a firm may say, and what to answer."""

    said: str
    answer: str


@dataclass(frozen=True, slots=True)
class CallScript:
    """What to say on the phone: parts (head, text), objections, outcome codes (code, words)."""

    firm: str
    parts: tuple[tuple[str, str], ...]
    objections: tuple[Objection, ...]
    outcomes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One scale in big print: the questions it belongs to, and its options (code, words)."""

    title: str
    questions: str
    options: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Check:
    """A question of a back-check: what is asked again, its choices, and what is stored."""

    question: str
    choices: tuple[str, ...]
    stored: str


@dataclass(frozen=True, slots=True)
class BackCheck:
    """The script for one firm that was interviewed; `stored` answers stand on a page of their own for the checker."""

    firm: str
    opening: str
    checks: tuple[Check, ...]
    closing: str
    seed: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """A firm to go to: when, who, where, why, how often before, and what was noted last."""

    when: str
    firm: str
    where: str
    why: str
    attempts: str
    note: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day's list: visits, what could be done besides, interviews that wait to be finished."""

    title: str
    visits: tuple[DayRow, ...]
    besides: tuple[DayRow, ...]
    unfinished: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as the firm gave it."""

    number: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class CourtesyCopy:
    """A firm's own answers by section; `personal` says that the copy holds personal data, '' where it does not."""

    firm: str
    form: str
    day: str
    opening: str
    personal: str
    sections: tuple[tuple[str, tuple[Given, ...]], ...]
    closing: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Matters of one kind that go into one file, each beginning on a page of its own."""

    front: Frontmatter
    matters: Sequence[Letter | CallScript | Card | BackCheck | Day | CourtesyCopy]
