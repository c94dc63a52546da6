"""What the rating services hand to the window: frozen; texts of forms in the language in force, states as codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

NOT_APPLICABLE, NOT_ENOUGH = "na", "dk"
"""Answers that are no level: the indicator does not apply; the evidence does not suffice."""

DOCUMENT, STATEMENT, OBSERVATION, EXTERNAL = "1", "2", "3", "4"
"""The codes of the list `kanit`."""


class Tab(StrEnum):
    """The lists of the rating page."""

    MINE = "mine"
    BLIND = "blind"
    DIFFERING = "differing"
    PANEL = "panel"
    NEEDS = "needs"


class SheetState(StrEnum):
    """Where a person stands with a target."""

    WAITING = "waiting"
    OPEN = "open"
    FINAL = "final"


class Mark(StrEnum):
    """Where a person stands with one indicator; a DRAFT waits for a reason or a kind of evidence."""

    WAITING = "waiting"
    DRAFT = "draft"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class RatingSettings:
    """How a study rates: `blind` hides the suggestion until a level was given; `share` of firms is rated twice."""

    blind: bool = True
    share: float = 0.2
    seed: int = 2013


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A line of a list. `kind` is 'unit' or 'area'; `done` of `total` indicators (or differences) are settled.

    `own_interview`: the person interviewed this firm. `reopened`: its interview is open again. `changed`: it was
    completed again after levels were given. `needs_third`: two raters differ by two levels or more.
    """

    target_id: str
    kind: str
    code: str
    name: str
    area: str
    place: str
    done: int
    total: int
    state: SheetState
    own_interview: bool = False
    reopened: bool = False
    changed: bool = False
    needs_third: bool = False


@dataclass(frozen=True, slots=True)
class FactView:
    """An answer of the firm: the question's number, its text, and what was answered, in words."""

    number: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """What the interviewer wrote at a question: a comment, or (`is_reason`) why a warning stands."""

    number: str
    text: str
    is_reason: bool = False


@dataclass(frozen=True, slots=True)
class AnchorView:
    """A level with its anchor; `band` is the level on the method's scale of `bands`."""

    level: int
    text: str
    band: int
    bands: int


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one person gave. `answer`: '1'..'5', 'na', 'dk' or ''; `seen`: see `records.RatingRecord`."""

    rating_id: str = ""
    rater: str = ""
    round: int = 1
    answer: str = ""
    mark: Mark = Mark.WAITING
    evidence_kind: str = ""
    reason: str = ""
    suggestion: int | None = None
    seen: str = ""
    held_on: str = ""
    members: str = ""
    at: datetime | None = None

    @property
    def level(self) -> int | None:
        """The level that was given, also while it is a draft."""
        return int(self.answer) if self.answer.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Subject:
    """An indicator as it is put to a rater: question, anchors, the facts and notes of the firm behind it."""

    code: str
    number: int
    title: str
    heading: str
    evidence_asked: str
    anchors: tuple[AnchorView, ...]
    facts: tuple[FactView, ...] = ()
    notes: tuple[NoteView, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator on a rater's sheet.

    `suggestion` is None where the rubric suggests nothing or (`is_hidden`) where the level must be given first.
    `differs`: the answer is not what the rubric suggests. `is_stale`: the answers behind it have changed since.
    """

    subject: Subject
    given: Opinion
    suggestion: int | None
    is_hidden: bool
    differs: bool
    needs_reason: bool
    needs_evidence: bool
    is_stale: bool

    @property
    def rests_on_statement(self) -> bool:
        """Whether nothing but the firm's word supports a level of 4 or 5 ("beyana dayalı")."""
        return (self.given.level or 0) >= 4 and self.given.evidence_kind == STATEMENT


@dataclass(frozen=True, slots=True)
class LiveScore:
    """The score of what is rated so far, and between which values it can end."""

    so_far: float | None
    low: float
    high: float
    rated: int
    total: int


@dataclass(frozen=True, slots=True)
class FirmHead:
    """The firm on a sheet, and what holds for its whole interview.

    `contested` answers have several values and stand among no facts. `is_open`: the interview was opened again.
    """

    target_id: str
    name: str
    district: str
    area: str
    instrument_id: str
    version: str
    documents_seen: str
    closing_note: str
    contested: int
    own_interview: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class SheetView:
    """A rater's sheet of one firm."""

    firm: FirmHead
    state: SheetState
    is_second: bool
    indicators: tuple[IndicatorView, ...]
    score: LiveScore | None

    @property
    def done(self) -> int:
        """How many indicators have a level or a reason why they have none."""
        return sum(one.given.mark is Mark.DONE for one in self.indicators)


@dataclass(frozen=True, slots=True)
class Difference:
    """An indicator on which raters differ: both levels stay; `agreed` is a further round that names them.

    `distance` in levels, None where one of them is no level. `may_settle`: whether this person can agree a level.
    """

    subject: Subject
    opinions: tuple[Opinion, ...]
    agreed: Opinion
    suggestion: int | None
    distance: int | None
    needs_third: bool
    may_settle: bool


@dataclass(frozen=True, slots=True)
class DifferenceSheet:
    """Everything on which the raters of one firm differ."""

    firm: FirmHead
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class PanelItem:
    """An indicator of an area as a panel scores it, on the method's scale."""

    subject: Subject
    given: Opinion


@dataclass(frozen=True, slots=True)
class PanelSheet:
    """A panel's levels of one area; `held_on` and `members` as the last level of the area has them."""

    target_id: str
    code: str
    name: str
    items: tuple[PanelItem, ...]
    held_on: str
    members: str
    score: LiveScore | None


@dataclass(frozen=True, slots=True)
class NeedItem:
    """A cell of the needs matrix as an expert rates it; `function` and `resource` in words."""

    code: str
    function: str
    resource: str
    answers: tuple[AnchorView, ...]
    given: Opinion


@dataclass(frozen=True, slots=True)
class NeedSheet:
    """An expert's rating of the needs of an area or a firm."""

    target_id: str
    kind: str
    name: str
    items: tuple[NeedItem, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A firm that is to be rated a second time, and by whom; `own_interview` where staffing left no other."""

    target_id: str
    rater: str
    own_interview: bool
