"""What the interview page shows: frozen, in the interview's language, free of any toolkit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kume_desktop.instruments.model import Kind
from kume_desktop.problems import Problem
from kume_desktop.xpath.source import Datatype


class OpenKind(StrEnum):
    """Why a question is open."""

    REQUIRED = "required"
    CONSTRAINT = "constraint"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class SectionRef:
    """A section: `number` counts from 1 over the sections that ask something; `title` is plain text."""

    path: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class MediaView:
    """A file that a label shows or plays: `image`, `big-image`, `audio` or `video`, and its name beside the form."""

    kind: str
    file: str


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One choice as shown; `key` is the digit that enters it ('' if none); `missing` is '', 'na', 'dk' or 'nr'.

    The reserve answers na, dk, nr have 8, 9, 0. Ordinary choices whose codes are single digits have that digit as key,
    or a free one where a reserve answer of the list holds it, unless the list has more than ten ordinary choices; so
    has, as far as digits go, a code like 96. Where no code is a digit, the digits count the places. `media` is what the
    label shows or plays besides its words.
    """

    name: str
    label: str
    key: str
    missing: str
    media: tuple[MediaView, ...] = ()


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Why a number may be blank: the question beside it, its reserve answers, and the one that was chosen ('' if none).

    A number and its reason are one row: answered by either, never by both.
    """

    path: str
    choices: tuple[ChoiceView, ...]
    value: str
    display: str


@dataclass(frozen=True, slots=True)
class RubricView:
    """An indicator that an answer counts for: its name, what its levels mean, and the evidence that is asked for it.

    It never says which level an answer would give: that would steer the interview.
    """

    code: str
    heading: str
    text: str
    levels: tuple[tuple[int, str], ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class LikertHead:
    """The column heads of a Likert battery: ordinary choices, then the reserve answers that any of its rows offers."""

    options: tuple[ChoiceView, ...]
    reserves: tuple[ChoiceView, ...]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A problem to show under a row. `problem` is the sentence for `texts.say`; soft ones can be overridden (F4).

    `overridden` with `reason`: the note shrinks to a flag. `related` are the (path, number) of the other questions that
    the rule looks at, for "go to 2.6".
    """

    kind: OpenKind
    problem: Problem
    overridden: bool = False
    reason: str = ""
    related: tuple[tuple[str, str], ...] = ()

    @property
    def soft(self) -> bool:
        """Whether a reason lets it stand."""
        return self.kind is OpenKind.WARNING


@dataclass(frozen=True, slots=True)
class Row:
    """One question or note. `number` is like '3.4' or '3.4a' ('' for a note); `value` the stored text.

    `title` is plain, `title_rich` the same with `<b>`, `<i>` and `<br>`, everything else escaped; so is `second_rich`.
    `second` is the hint, `guidance` the explanation on request (F2). `display` is the value as people read it (labels
    joined by ', ', comma or point and dates by language). `choices` is empty for lists longer than 200: use
    `page.choices(interview, path, typed)` to search them (`long_list` is then True).
    `likert`: shown as a row of the screen's LikertHead. `reserves`: the reserve answers of a select, also of a long
    one. `reason`: the reserve answers of a number. `media`: what the
    label shows or plays. `earlier`: the form lets see what the firm answered in an earlier wave.
    """

    path: str
    name: str
    number: str
    kind: Kind
    datatype: Datatype
    title: str
    title_rich: str
    second: str
    second_rich: str
    guidance: str
    required: bool
    read_only: bool
    value: str
    display: str
    choices: tuple[ChoiceView, ...]
    long_list: bool
    appearance: frozenset[str]
    likert: bool
    problem: RowProblem | None
    reserves: tuple[ChoiceView, ...] = ()
    reason: ReasonView | None = None
    media: tuple[MediaView, ...] = ()
    earlier: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether an answer is stored: a value, or the reason why there is none."""
        return bool(self.value or (self.reason is not None and self.reason.value))


@dataclass(frozen=True, slots=True)
class RepeatView:
    """The repeat row that a screen belongs to. A person may add or remove rows unless the repeat is counted."""

    repeat: str
    row: str
    position: int
    count: int
    title: str
    can_change: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """At most ten rows: a field-list group (or part of a longer one), or consecutive questions of a section.

    `path` is stable and names the screen: that of its first question, relevant or not (of the repeat for an empty
    one). `stem` is the text of the note that
    opens a Likert battery (that note is then not among the rows). `title` is the group's label, '' where it repeats the
    section's. `rows` is empty only for a repeat without rows (`repeat.count == 0`).
    """

    section: SectionRef
    path: str
    title: str
    stem: str
    stem_rich: str
    likert: LikertHead | None
    rows: tuple[Row, ...]
    repeat: RepeatView | None = None


@dataclass(frozen=True, slots=True)
class SectionView:
    """An entry of the progress list. Counted are required questions and optional ones that have an answer.

    An irrelevant section has no screens; `because` then names the question numbers that its rule looks at.
    """

    path: str
    number: int
    title: str
    answered: int
    asked: int
    open_warnings: int
    open_errors: int
    screens: tuple[str, ...]
    relevant: bool
    because: tuple[str, ...]

    @property
    def done(self) -> bool:
        """Whether nothing is open in it."""
        return self.relevant and self.answered == self.asked and not self.open_warnings and not self.open_errors


@dataclass(frozen=True, slots=True)
class OpenProblem:
    """Something to settle before completing; `problem` is for `texts.say`, `title` the question's short text."""

    path: str
    section_number: int
    number: str
    title: str
    kind: OpenKind
    problem: Problem


@dataclass(frozen=True, slots=True)
class Found:
    """A question found by type-to-find."""

    path: str
    section_number: int
    number: str
    title: str
    answered: bool
