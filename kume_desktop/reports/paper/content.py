"""What a paper form shows, before it is drawn: sections, questions with their rules in words, batteries, rosters."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kume_desktop.instruments.model import Kind
from kume_desktop.interview.page_model import ChoiceView


class Answer(StrEnum):
    """How a question is answered on paper."""

    NONE = "none"
    ONE = "one"
    SEVERAL = "several"
    ORDER = "order"
    SCALE = "scale"
    NUMBER = "number"
    DATE = "date"
    LINES = "lines"
    CODE = "code"
    TICK = "tick"
    FILE = "file"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """A choice with the code that stands for it, its label as safe rich text, and where to go on after it."""

    code: str
    label: str
    go_to: str = ""
    is_reserve: bool = False


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes to write into, in groups with a sign between them; `words` stand below the groups."""

    groups: tuple[int, ...]
    between: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question or note. Texts are safe rich text; `rules` are sentences, the first says who is asked.

    `lines` is how many lines to write on; `unasked` tells why nothing is to be answered.
    """

    path: str
    number: str
    title: str
    kind: Kind
    answer: Answer
    hint: str = ""
    guidance: str = ""
    skip: str = ""
    rules: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[PaperChoice, ...] = ()
    boxes: tuple[Boxes, ...] = ()
    lines: int = 0
    note: str = ""
    unasked: str = ""

    @property
    def is_note(self) -> bool:
        """Whether there is nothing to answer."""
        return self.kind is Kind.NOTE


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a group inside a section; `rule` says who is asked the questions in it."""

    title: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Battery:
    """Questions on one scale: the heads stand once above the rows."""

    stem: str
    options: tuple[ChoiceView, ...]
    reserves: tuple[ChoiceView, ...]
    rows: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """A repeat: its questions once, then a table with `rows` blank rows; rosters in it follow it."""

    title: str
    note: str
    rows: int
    questions: tuple[Question, ...]
    inner: tuple[Roster, ...] = ()


Part = Heading | Question | Battery | Roster


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A section as on the screen."""

    number: int
    title: str
    rule: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A form ready to be drawn; `firm` and `code` are '' for a blank form, `serial` where it is not numbered."""

    title: str
    version: str
    content_hash: str
    lang: str
    sections: tuple[PaperSection, ...]
    study: str = ""
    agency: str = ""
    firm: str = ""
    code: str = ""
    notes: tuple[str, ...] = field(default=())
    serial: str = ""
