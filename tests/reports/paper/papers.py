"""Forms made for a test, and their papers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from kume_desktop.instruments.compile import convert
from kume_desktop.instruments.load import load
from kume_desktop.interview import engine
from kume_desktop.interview.form import Form
from kume_desktop.interview.state import Interview, Setting, Tables
from kume_desktop.reports.paper.compose import paper_form
from kume_desktop.reports.paper.content import PaperForm, Part, Question
from kume_desktop.services import forms

Rows = Sequence[Sequence[str]]
HEAD = (
    "type", "name", "label", "hint", "relevant", "constraint", "required", "appearance", "calculation",
    "choice_filter", "parameters", "repeat_count",
)  # fmt: skip
SETTINGS = (("form_id", "form_title", "version", "default_language"), ("deneme", "Deneme formu", "7", "tr"))


def workbook(survey: Rows, choices: Rows = (), head: Sequence[str] = HEAD) -> bytes:
    """A workbook; rows of the survey are filled up with blanks."""
    book = Workbook()
    book.remove(book.active)
    sheets = (
        ("survey", (head, *survey)),
        ("choices", (("list_name", "name", "label"), *choices)),
        ("settings", SETTINGS),
    )
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def form_of(survey: Rows, choices: Rows = (), head: Sequence[str] = HEAD) -> Form:
    """A form of rows."""
    return engine.compile_form(load(convert("deneme.xlsx", workbook(survey, choices, head), {})))


@cache
def bundled(instrument_id: str) -> tuple[Form, Tables]:
    """A form that comes with the program, with its lists."""
    file = forms.bundled(instrument_id)
    files = forms.attached(file)
    return engine.compile_form(load(convert(file.name, forms.read_file(file), files))), forms.tables_of(files)


def blank(
    form: Form, lang: str = "tr", tables: Tables | None = None, given: Mapping[str, str] | None = None
) -> Interview:
    """An interview in which nothing is answered but what is given."""
    setting = Setting(tables or {}, "", "", lang, lambda: datetime(2026, 11, 22, tzinfo=UTC), "paper", lambda: "r")
    return engine.begin(form, setting, given or {}).interview


def paper(form: Form, lang: str = "tr", tables: Tables | None = None, given: Collection[str] = ()) -> PaperForm:
    """The paper of a form."""
    return paper_form(blank(form, lang, tables), lang, given=given, study="Çalışma", agency="Ajans")


def paper_of(survey: Rows, choices: Rows = (), lang: str = "tr") -> PaperForm:
    """The paper of a form of rows."""
    return paper(form_of(survey, choices), lang)


def parts_of(made: PaperForm) -> list[Part]:
    """All parts of all sections."""
    return [part for section in made.sections for part in section.parts]


def question(made: PaperForm, name: str) -> Question:
    """The question of that name, wherever it stands."""
    return next(one for one in questions(made) if one.path.endswith(f"/{name}"))


def questions(made: PaperForm) -> list[Question]:
    """Every question of a paper, in order."""
    found: list[Question] = []
    waiting = parts_of(made)
    while waiting:
        part = waiting.pop(0)
        if isinstance(part, Question):
            found.append(part)
        else:
            found += getattr(part, "rows", ()) if not isinstance(getattr(part, "rows", ()), int) else part.questions
            waiting = [*getattr(part, "inner", ()), *waiting]
    return found


def row(*cells: str, **named: str) -> tuple[str, ...]:
    """A row of the survey: type, name, label, then columns by their names."""
    filled = dict(zip(HEAD, cells, strict=False)) | named
    return tuple(filled.get(column, "") for column in HEAD)


def out(folder: Path, name: str = "form.pdf") -> Path:
    """Where a test writes its file."""
    return folder / name
