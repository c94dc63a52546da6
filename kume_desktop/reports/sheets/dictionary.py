"""What the columns and levels mean: data dictionary, choices, rubrics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kume_desktop.instruments.model import Indicator
from kume_desktop.reports.content import Column, InstrumentFacts
from kume_desktop.reports.sheets.answers import FIRST as FIRST_ANSWER
from kume_desktop.reports.sheets.answers import AnswerPlace
from kume_desktop.reports.sheets.method import MethodPlace
from kume_desktop.reports.writing.cells import Content, Jump, Live, near
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.table import TableFacts

FIRST = HEAD_ROW + 1
HEADS = FIRST_ANSWER - 1
_DICTIONARY_STYLES = (
    "text",
    "text",
    "link",
    "text",
    "text",
    "wrap",
    "wrap",
    "count",
    "centre",
    "text",
    "text",
    "centre",
    "grey",
)
_RUBRIC_WIDTHS = (6, 34, 22, 7, 9, 44, 44, 30, 30, 70, 8)
_RUBRIC_STYLES = ("text", "text", "text", "level", "scaled", "wrap", "wrap", "wrap", "wrap", "grey", "centre")


def write_dictionary(job: Job, sheet: Sheet, places: Mapping[tuple[str, str], AnswerPlace]) -> None:
    """Write one row for each column of each form, those left out included."""
    note = job.tr("Every column of the forms. A name leads to its column; personal data are left out unless asked for.")
    job.begin(sheet, job.tr("Data dictionary"), (18, 12, 24, 16, 12, 50, 50, 9, 9, 22, 14, 9, 44), note)
    heads = (
        job.tr("Instrument"), job.tr("Version"), job.tr("Column"), job.tr("Type"), job.tr("Data type"),
        job.tr("Question, Turkish"), job.tr("Question, English"), job.tr("Choices"), job.tr("Personal data"),
        job.tr("On its sheet"), job.tr("Purpose"), job.tr("Origin"), job.tr("Path"),
    )  # fmt: skip
    job.heads(sheet, heads, _DICTIONARY_STYLES)
    row = FIRST
    for instrument, column, place in _columns(job, places):
        col = place.at.get(column.path)
        target = "" if col is None else place.sheet.ref(HEADS, col)
        name: Content = Jump(target, column.name) if target else column.name
        shown = job.tr("yes") if target else job.withheld
        cells: list[Content] = [
            instrument.id, instrument.version, name, column.kind, column.datatype, column.label.tr, column.label.en,
            len(column.options) or None, column.personal, shown, column.purpose, column.origin, column.path,
        ]  # fmt: skip
        styles = list(_DICTIONARY_STYLES)
        styles[2] = "link" if target else "text"
        styles[9] = "text" if target else "withheld"
        sheet.row(row, cells, styles)
        sheet.grow(row, (column.label.tr, 50), (column.label.en, 50))
        row += 1
    job.table(sheet, row - 1, len(heads), 3)
    keys = (
        "instrument", "version", "column", "kind", "datatype", "question_tr", "question_en", "choices", "personal",
        "shown", "purpose", "origin", "path",
    )  # fmt: skip
    job.register(TableFacts("dictionary", sheet, FIRST, row - 1, keys, heads))


def write_choices(job: Job, sheet: Sheet, places: Mapping[tuple[str, str], AnswerPlace]) -> None:
    """Write one row for each choice of each question."""
    note = job.tr("Reserve answers (na, dk, nr) never enter a mean.")
    job.begin(sheet, job.tr("Choices"), (18, 26, 16, 60, 60, 10), note)
    heads = (
        job.tr("Instrument"), job.tr("Column"), job.tr("Code"), job.tr("Label, Turkish"), job.tr("Label, English"),
        job.tr("Reserve"),
    )  # fmt: skip
    styles = ("text", "text", "text", "text", "text", "centre")
    job.heads(sheet, heads, styles)
    row = FIRST
    for instrument, column, _place in _columns(job, places):
        for option in column.options:
            cells = (instrument.id, column.name, option.name, option.label.tr, option.label.en, option.missing)
            sheet.row(row, cells, styles)
            row += 1
    sheet.raw.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    job.table(sheet, row - 1, len(heads), 2)
    keys = ("instrument", "column", "code", "label_tr", "label_en", "reserve")
    job.register(TableFacts("choices", sheet, FIRST, row - 1, keys, heads))


def _columns(
    job: Job, places: Mapping[tuple[str, str], AnswerPlace]
) -> Iterator[tuple[InstrumentFacts, Column, AnswerPlace]]:
    for instrument in job.content.instruments:
        for table in instrument.tables:
            for column in table.columns:
                yield instrument, column, places[instrument.id, table.repeat]


def write_rubrics(job: Job, sheet: Sheet, method: MethodPlace) -> None:
    """Write one row for each level of each indicator, with evidence and the expression that suggests a level."""
    note = job.tr("What each level means. The suggestion is the form's own expression over the answers.")
    job.begin(sheet, job.tr("Rubrics"), _RUBRIC_WIDTHS, note)
    heads = (
        job.tr("Code"), job.tr("Indicator"), job.tr("Heading"), job.tr("Level"), job.tr("Collapsed"),
        job.tr("Anchor, Turkish"), job.tr("Anchor, English"), job.tr("Evidence, Turkish"), job.tr("Evidence, English"),
        job.tr("Suggestion"), job.tr("Origin"),
    )  # fmt: skip
    job.heads(sheet, heads, _RUBRIC_STYLES)
    row = FIRST
    for indicator in job.content.indicators:
        for place in range(len(indicator.anchors)):
            cells = _anchor(job, indicator, place, row, method)
            sheet.row(row, cells, _RUBRIC_STYLES)
            widths = zip(cells[5:9], _RUBRIC_WIDTHS[5:9], strict=True)
            sheet.grow(row, *((cell, width) for cell, width in widths if isinstance(cell, str)))
            row += 1
    job.table(sheet, row - 1, len(heads), 4)
    keys = (
        "indicator", "indicator_name", "heading", "level", "collapsed", "anchor_tr", "anchor_en", "evidence_tr",
        "evidence_en", "suggestion", "origin",
    )  # fmt: skip
    job.register(TableFacts("rubrics", sheet, FIRST, row - 1, keys, heads))


def _anchor(job: Job, indicator: Indicator, place: int, row: int, method: MethodPlace) -> list[Content]:
    anchor, first = indicator.anchors[place], place == 0
    scaled = Live(f"VLOOKUP({near(row, 3)},{method.collapse},2,0)", job.method.collapse[anchor.level])
    return [
        indicator.code,
        indicator.text.get(job.lang, ""),
        indicator.heading_text.get(job.lang, ""),
        anchor.level,
        scaled,
        anchor.text.get("tr", ""),
        anchor.text.get("en", ""),
        indicator.evidence.get("tr", "") if first else "",
        indicator.evidence.get("en", "") if first else "",
        indicator.suggest if first else "",
        str(indicator.origin),
    ]
