"""What the sheets say about each question: enough to judge a cell without converting the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kume_desktop.instruments.sheets import Book, Row, Sheet, block
from kume_desktop.instruments.structure import list_name, type_word
from kume_desktop.problems import Where

UNASKED = frozenset(
    {
        "calculate", "hidden", "start", "end", "today", "deviceid", "username", "email", "phonenumber", "simserial",
        "subscriberid", "start-geopoint", "audit", "csv-external", "xml-external", "background-audio",
        "background-geopoint",
    }
)  # fmt: skip
SELECTS = frozenset(
    {
        "select_one", "select_multiple", "rank", "select_one_from_file", "select_multiple_from_file",
        "select_one_external",
    }
)  # fmt: skip
GROUP, REPEAT = "group", "repeat"


@dataclass(frozen=True, slots=True)
class Question:
    """A named row of the sheet `survey`: its type in its usual spelling, and the blocks around it.

    `repeats` are the paths of the repeats around it, outermost first; `screen` is the path of the field-list group that
    it shares a screen with, '' if it has its own.
    """

    name: str
    path: str
    kind: str
    listed: str
    row: Row
    place: int
    repeats: tuple[str, ...]
    screen: str

    @property
    def is_block(self) -> bool:
        """Whether it is a group or a repeat."""
        return self.kind in {GROUP, REPEAT}

    @property
    def is_asked(self) -> bool:
        """Whether a person sees it."""
        return not self.is_block and self.kind not in UNASKED

    @property
    def is_select(self) -> bool:
        """Whether it is answered from a list."""
        return self.kind in SELECTS

    @property
    def around(self) -> tuple[str, ...]:
        """The repeats around what stands in it: with itself if it is a repeat."""
        return (*self.repeats, self.path) if self.kind == REPEAT else self.repeats


@dataclass(frozen=True, slots=True)
class Outline:
    """The questions in order, the first of each name, and the rows of each choice list."""

    book: Book
    questions: tuple[Question, ...]
    by_name: Mapping[str, Question]
    lists: Mapping[str, tuple[Row, ...]]

    @classmethod
    def of(cls, book: Book) -> Outline:
        """Read the sheets `survey` and `choices`."""
        questions = tuple(_questions(book))
        by_name: dict[str, Question] = {}
        for question in questions:
            by_name.setdefault(question.name, question)
        lists: dict[str, list[Row]] = {}
        choices = book.sheet("choices")
        for row in choices.rows:
            lists.setdefault(choices.cell(row, "list_name"), []).append(row)
        return cls(book, questions, by_name, {name: tuple(rows) for name, rows in lists.items()})

    @property
    def survey(self) -> Sheet:
        """The sheet `survey`."""
        return self.book.sheet("survey")

    def cell(self, question: Question, column: str) -> str:
        """The cell of a question."""
        return self.survey.cell(question.row, column)

    def where(self, question: Question, column: str) -> Where:
        """The place of a question's cell."""
        header = self.survey.header(column) or column
        return Where(self.book.name, "survey", question.row.number, header, question.name)

    def codes(self, question: Question) -> frozenset[str]:
        """The names of the choices of a select from the sheet `choices`; none where they stand elsewhere."""
        choices = self.book.sheet("choices")
        return frozenset(choices.cell(row, "name") for row in self.lists.get(question.listed, ()))


def _questions(book: Book) -> Iterator[Question]:
    survey = book.sheet("survey")
    blocks: list[Question] = []
    for place, row in enumerate(survey.rows):
        kind, name = survey.cell(row, "type"), survey.cell(row, "name")
        found = block(kind)
        if found and found[0] == "end":
            if blocks:
                blocks.pop()
            continue
        parent = blocks[-1] if blocks else None
        question = _question(book, row, place, parent, found[1] if found else type_word(kind))
        if name and kind:
            yield question
        if found:
            blocks.append(question)


def _question(book: Book, row: Row, place: int, parent: Question | None, kind: str) -> Question:
    survey = book.sheet("survey")
    name, written = survey.cell(row, "name"), survey.cell(row, "type")
    path = f"{parent.path if parent else f'/{book.root}'}/{name}"
    together = {"field-list", "table-list"} & set(survey.cell(row, "appearance").split())
    screen = parent.screen if parent else ""
    return Question(
        name,
        path,
        kind,
        "" if kind in {GROUP, REPEAT} else list_name(written),
        row,
        place,
        parent.around if parent else (),
        screen or (path if together and kind == GROUP else ""),
    )
