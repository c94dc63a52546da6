"""The paper version of a form: every question as paper has it, its skips in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from kume_desktop import texts
from kume_desktop.instruments.model import Kind
from kume_desktop.interview.page_model import ChoiceView
from kume_desktop.problems import Param
from kume_desktop.reports.paper.compose import code_of
from kume_desktop.reports.paper.content import (
    Answer,
    Battery,
    Heading,
    PaperChoice,
    PaperForm,
    PaperSection,
    Question,
    Roster,
)
from kume_desktop.reports.paper.document import WIDTH, Entry, Frontmatter, Printed, cut, save, signs_told
from kume_desktop.reports.paper.letters import (
    LIGHT,
    LINE,
    MEDIUM,
    NUMBER_WIDTH,
    REGULAR,
    bare_signs,
    markup,
    plain,
    style,
)
from kume_desktop.reports.paper.marks import BoxRow, Grid, Lines, LongChoice, Mark, Scale, is_long
from kume_desktop.texts import N_

_RESERVES_APART = 3
_OUTER = 90.0
"""The column that says to which row of the repeat around it a row belongs."""
_HEAD_FONT = (MEDIUM, 7.5)
_OPTIONS_SHARE, _RESERVES_SHARE = 0.42, 0.24
_TABLE_COLUMNS, _POINTS = 7, 5


def front_of(form: PaperForm) -> Frontmatter:
    """What every page of the form says of itself."""
    told = texts.tr(N_("version {version} · {hash}"), form.lang, version=form.version, hash=form.content_hash[:12])
    left = " · ".join(part for part in (form.study, form.title) if part)
    foot = " · ".join(part for part in (form.serial, form.title, told) if part)
    return Frontmatter(form.title, form.lang, left, foot, form.agency, form.code)


def write_form(form: PaperForm, target: Path) -> Printed:
    """Write the paper version of a form; as `document.save`."""
    return signs_told(save(list(FormStory(form).story()), front_of(form), target), form)


class FormStory:
    """Turns the parts of a form into what is drawn."""

    def __init__(self, form: PaperForm) -> None:
        self.form = form

    def tr(self, text: str, **params: Param) -> str:
        """A text of the program in the language of the paper."""
        return texts.tr(text, self.form.lang, **params)

    def story(self) -> Iterator[Flowable]:
        """Everything, in the order of the screen."""
        yield from self._cover()
        for section in self.form.sections:
            yield from self._section(section)

    def _cover(self) -> Iterator[Flowable]:
        form = self.form
        yield Paragraph(plain(form.title), style("title"))
        told = [form.study, form.agency, self.tr(N_("version {version}"), version=form.version)]
        yield Paragraph(plain(" · ".join(part for part in told if part)), style("small"))
        yield Spacer(1, 8)
        if form.firm:
            yield Paragraph(plain(f"{self.tr(N_('Firm'))}: {form.firm}"), style("strong"))
        yield Lines(0, [] if form.firm else [self.tr(N_("Firm"))], indent=0)
        yield Lines(0, [self.tr(N_("Asked by"))], indent=0)
        day = [self.tr(word) for word in (N_("Day"), N_("Begun at"), N_("Ended at"))]
        yield _side_by_side([Lines(0, [word], indent=0) for word in day])
        yield Spacer(1, 8)
        for note in (*self._how(), *form.notes):
            yield Paragraph(plain(note), style("small"))

    def _how(self) -> tuple[str, ...]:
        return (
            self.tr(N_("A circle takes one answer, a square several. An asterisk marks what must be answered.")),
            self.tr(N_("Read the bold sentence above a question before you ask it; follow an arrow behind an answer.")),
            self.tr(N_("Type the answers into the program on the same day, with the codes that stand here.")),
        )

    def _section(self, section: PaperSection) -> Iterator[Flowable]:
        title = f"{section.number}. {section.title}" if section.title else f"{section.number}."
        head: list[Flowable] = [Entry(title), Paragraph(plain(title), style("section"))]
        if section.rule:
            head.append(Paragraph(plain(section.rule), style("section-rule")))
        for part in section.parts:
            made = self._part(part)
            if not made:
                continue
            whole = [*head, *made]
            head = whole if isinstance(part, Heading) else []
            if not head:
                yield KeepTogether(whole)
        yield from head

    def _part(self, part: Heading | Question | Battery | Roster) -> list[Flowable]:
        match part:
            case Heading():
                return self._heading(part)
            case Question():
                return [*self._question(part), Spacer(1, 8)]
            case Battery():
                return [*self._battery(part), Spacer(1, 8)]
            case Roster():
                return [*self._roster(part), Spacer(1, 8)]

    def _heading(self, heading: Heading) -> list[Flowable]:
        told = [Paragraph(plain(heading.title), style("group"))] if heading.title else []
        return [*told, *([Paragraph(plain(heading.rule), style("section-rule"))] if heading.rule else [])]

    def _question(self, question: Question, *, answers: bool = True) -> list[Flowable]:
        made: list[Flowable] = []
        if question.skip:
            made.append(Paragraph(plain(question.skip), style("rule")))
        made.append(self._title(question))
        made.extend(Paragraph(markup(text), style("hint")) for text in (question.hint, question.guidance) if text)
        notes = [*question.rules, *([question.note] if question.note else [])]
        made.extend(Paragraph(plain(note), style("hint")) for note in notes)
        if question.unasked or not answers:
            return made
        return [*made, Spacer(1, 3), *self._answer(question)]

    def _title(self, question: Question) -> Paragraph:
        if question.is_note:
            return Paragraph(markup(question.title), style("note"))
        star = " <b>*</b>" if question.required else ""
        return Paragraph(markup(question.title) + star, style("question"), bulletText=question.number)

    def _answer(self, question: Question) -> list[Flowable]:
        match question.answer:
            case Answer.ONE | Answer.SEVERAL | Answer.ORDER:
                return self._choices(question)
            case Answer.SCALE:
                return [Scale([choice.code or choice.label for choice in question.choices])]
            case Answer.NUMBER | Answer.DATE:
                return [BoxRow(question.boxes), *self._reasons(question)]
            case Answer.LINES | Answer.CODE:
                return [Lines(max(question.lines, 1))]
            case Answer.TICK:
                choice = PaperChoice("", self.tr(N_("Confirmed")))
                return [Grid([choice], is_round=False, indent=NUMBER_WIDTH)]
            case Answer.FILE:
                return [Lines(0, [self.tr(N_("Name of the file"))])]
            case Answer.PLACE:
                return [Lines(0, self._place_words(question))]
            case Answer.NONE:
                return []

    def _place_words(self, question: Question) -> list[str]:
        """One point by its parts, a line of points by their order."""
        if question.kind is Kind.GEOPOINT:
            return [self.tr(word) for word in (N_("Latitude"), N_("Longitude"), N_("Altitude"))]
        return [self.tr(N_("{number}. latitude, longitude"), number=number) for number in range(1, _POINTS + 1)]

    def _choices(self, question: Question) -> list[Flowable]:
        is_round = question.answer is Answer.ONE
        ordinary = [choice for choice in question.choices if not choice.is_reserve]
        reserves = [choice for choice in question.choices if choice.is_reserve]
        if question.answer is Answer.ORDER:
            ordinary = [PaperChoice("", choice.label) for choice in ordinary]
        if any(is_long(choice) for choice in ordinary):
            made: list[Flowable] = [
                LongChoice(markup(choice.label), bulletText=bare_signs(choice.code)) for choice in ordinary
            ]
        else:
            made = [Grid(ordinary, is_round=is_round, indent=NUMBER_WIDTH)] if ordinary else []
        return [*made, *self._reserves(reserves, is_round=is_round)]

    def _reserves(self, reserves: Sequence[PaperChoice], *, is_round: bool) -> list[Flowable]:
        if not reserves:
            return []
        return [Spacer(1, 2), Grid(reserves, is_round=is_round, columns=_RESERVES_APART, indent=NUMBER_WIDTH)]

    def _reasons(self, question: Question) -> list[Flowable]:
        """The answers that stand for a number that is blank."""
        if not question.choices:
            return []
        told = Paragraph(plain(self.tr(N_("If there is no number, mark why:"))), style("hint"))
        return [told, *self._reserves(question.choices, is_round=True)]

    def _battery(self, battery: Battery) -> list[Flowable]:
        heads = (*battery.options, *battery.reserves)
        widths = [*_head_widths(battery.options, _OPTIONS_SHARE), *_head_widths(battery.reserves, _RESERVES_SHARE)]
        head = ["", *(Paragraph(plain(choice.label), style("head")) for choice in heads)]
        rows = [[self._row_title(row), *(self._mark(row, choice) for choice in heads)] for row in battery.rows]
        table = Table([head, *rows], [WIDTH - sum(widths), *widths], repeatRows=1, style=_battery_style(battery))
        stem = [Paragraph(markup(battery.stem), style("note")), Spacer(1, 4)] if battery.stem else []
        return [*stem, table]

    def _row_title(self, row: Question) -> list[Flowable]:
        made: list[Flowable] = [Paragraph(plain(row.skip), style("table-head"))] if row.skip else []
        star = " <b>*</b>" if row.required else ""
        number = f"<b>{row.number}</b>&nbsp;&nbsp;" if row.number else ""
        made.append(Paragraph(f"{number}{markup(row.title)}{star}", style("cell")))
        told = [markup(text) for text in (row.hint, row.guidance) if text] + [plain(rule) for rule in row.rules]
        return [*made, *(Paragraph(text, style("cell-hint")) for text in told)]

    def _mark(self, row: Question, choice: ChoiceView) -> Flowable | str:
        codes = {one.code for one in row.choices}
        return Mark(code_of(choice)) if code_of(choice) in codes and not row.unasked else ""

    def _roster(self, roster: Roster, above: str = "") -> list[Flowable]:
        """The questions of a repeat, its table, then the repeats in it; `above` is the title of the one around it."""
        made: list[Flowable] = [Paragraph(plain(roster.title), style("group"))]
        if roster.note:
            made.append(Paragraph(plain(roster.note), style("section-rule")))
        for question in roster.questions:
            made += [*self._question(question, answers=question.is_note), *self._codes(question), Spacer(1, 5)]
        asked = [question for question in roster.questions if not question.is_note]
        for at in range(0, len(asked), _TABLE_COLUMNS):
            made += [self._rows_table(roster, asked[at : at + _TABLE_COLUMNS], above), Spacer(1, 6)]
        for inner in roster.inner:
            made += self._roster(inner, roster.title)
        return made

    def _codes(self, question: Question) -> list[Flowable]:
        """The codes to write into the table, in one paragraph."""
        if not question.choices:
            return []
        told = " · ".join(f"<b>{choice.code}</b> {choice.label}".strip() for choice in question.choices)
        return [Paragraph(markup(told), style("hint"))]

    def _rows_table(self, roster: Roster, asked: Sequence[Question], above: str) -> Table:
        outer = [cut(self.tr(N_("{repeat}: row"), repeat=above), *_HEAD_FONT, _OUTER - 12)] if above else []
        told = [*outer, *(question.number for question in asked)]
        heads = ["", *(Paragraph(plain(head), style("head")) for head in told)]
        rows = [[str(number), *([""] * len(told))] for number in range(1, roster.rows + 1)]
        first = [24.0, *([_OUTER] if above else [])]
        width = (WIDTH - sum(first)) / len(asked)
        heights = [16.0, *([24.0] * roster.rows)]
        return Table([heads, *rows], [*first, *([width] * len(asked))], heights, repeatRows=1, style=_ROWS_STYLE)


def _head_widths(heads: Sequence[ChoiceView], share: float) -> list[float]:
    """Columns of one width, wide enough for the longest word of their heads where the share of the page allows it."""
    if not heads:
        return []
    words = [word for head in heads for word in bare_signs(head.label).split()]
    longest = max((stringWidth(word, style("head").fontName, style("head").fontSize) for word in words), default=0.0)
    return [min(max(longest + 6, 24.0), WIDTH * share / len(heads))] * len(heads)


def _side_by_side(cells: Sequence[Flowable]) -> Table:
    apart = ("RIGHTPADDING", (0, 0), (-2, -1), 12)
    return Table([list(cells)], [WIDTH / len(cells)] * len(cells), style=[*_TIGHT, apart])


_TIGHT = [
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]
_ROWS_STYLE = [
    ("GRID", (0, 0), (-1, -1), 0.5, HexColor(LINE)),
    ("BACKGROUND", (0, 0), (-1, 0), HexColor(LIGHT)),
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("FONTSIZE", (0, 0), (-1, -1), 8),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
]


def _battery_style(battery: Battery) -> list[tuple[object, ...]]:
    made: list[tuple[object, ...]] = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(LINE)),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(LIGHT)),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ]
    if battery.reserves:
        at = 1 + len(battery.options)
        made.append(("LINEBEFORE", (at, 0), (at, -1), 0.8, HexColor(LINE)))
    return made
