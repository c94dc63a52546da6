"""Letters, scripts, cards, lists and copies as they are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Paragraph, Spacer, Table

from kume_desktop import texts
from kume_desktop.problems import Param
from kume_desktop.reports.paper.document import WIDTH, Entry, Printed, save, signs_told
from kume_desktop.reports.paper.letters import LIGHT, LINE, REGULAR, plain, style
from kume_desktop.reports.paper.marks import Lines
from kume_desktop.reports.paper.matters import (
    BackCheck,
    Batch,
    CallScript,
    Card,
    CourtesyCopy,
    Day,
    DayRow,
    Letter,
)
from kume_desktop.texts import N_

_LONG_CELL, _LONG_LINE = 700, 320
_ROOM_TO_BEGIN = 130.0
"""A table begins on a page only where its head and a firm have room, in points."""
_DAY_WIDTHS = (52.0, 128.0, 108.0, 60.0, 44.0, 119.0)


def write_batch(batch: Batch, target: Path) -> Printed:
    """Write matters into one file; cards are A5 and lie on their side. As `document.save`."""
    drawing = _Drawing(batch.front.lang)
    story: list[Flowable] = []
    for matter in batch.matters:
        if story:
            story.append(PageBreak())
        story.extend(drawing.matter(matter))
    is_card = any(isinstance(matter, Card) for matter in batch.matters)
    return signs_told(save(story, batch.front, target, landscape(A5) if is_card else A4), batch)


class _Drawing:
    def __init__(self, lang: str) -> None:
        self.lang = lang

    def tr(self, text: str, **params: Param) -> str:
        return texts.tr(text, self.lang, **params)

    def matter(self, matter: Letter | CallScript | Card | BackCheck | Day | CourtesyCopy) -> Iterator[Flowable]:
        match matter:
            case Letter():
                return self._letter(matter)
            case CallScript():
                return self._call(matter)
            case Card():
                return self._card(matter)
            case BackCheck():
                return self._back_check(matter)
            case Day():
                return self._day(matter)
            case CourtesyCopy():
                return self._courtesy(matter)

    def _letter(self, letter: Letter) -> Iterator[Flowable]:
        yield Entry(letter.firm or letter.subject)
        yield Paragraph(plain(letter.sender), style("strong"))
        yield Paragraph(plain(letter.day), style("body"))
        yield Spacer(1, 18)
        yield Paragraph(plain(letter.subject), style("title"))
        yield Spacer(1, 10)
        yield from _paragraphs(letter.body)
        yield Spacer(1, 24)
        yield Paragraph(plain(letter.sender), style("strong"))
        yield Paragraph(plain(letter.signed), style("body"))
        yield Lines(0, [self.tr(N_("Signature"))], indent=0)

    def _call(self, script: CallScript) -> Iterator[Flowable]:
        title = self.tr(N_("Call script"))
        yield Entry(f"{title}: {script.firm}" if script.firm else title)
        yield Paragraph(plain(title), style("title"))
        if script.firm:
            yield Paragraph(plain(script.firm), style("strong"))
        for head, text in script.parts:
            said = list(_paragraphs(text))
            yield KeepTogether([Paragraph(plain(head), style("section")), *said[:1]])
            yield from said[1:]
        yield Paragraph(plain(self.tr(N_("If the firm hesitates"))), style("section"))
        for one in script.objections:
            told = [Paragraph(plain(one.said), style("strong")), Paragraph(plain(one.answer), style("body"))]
            yield KeepTogether(told)
        yield from self._outcomes(script.outcomes)

    def _outcomes(self, outcomes: Sequence[tuple[str, str]]) -> Iterator[Flowable]:
        if not outcomes:
            return
        rows = [[Paragraph(f"<b>{plain(code)}</b>", style("table")), Paragraph(plain(word), style("table"))]
                for code, word in outcomes]  # fmt: skip
        head = Paragraph(plain(self.tr(N_("Outcome of the call"))), style("section"))
        yield KeepTogether([head, Table(rows, [30.0, WIDTH - 30.0], style=_LINED)])

    def _card(self, card: Card) -> Iterator[Flowable]:
        yield Entry(card.title)
        yield Paragraph(plain(card.title), style("card-title"))
        is_many = len(card.options) > 7 or any(len(word) > 60 for _, word in card.options)
        big = style("strong") if is_many else style("card")
        width, _height = landscape(A5)
        room = width - 84.0
        rows = [[Paragraph(plain(code), big), Paragraph(plain(word), big)] for code, word in card.options]
        coded = any(code for code, _ in card.options)
        first = 44.0 if coded else 8.0
        yield Table(rows, [first, room - first], style=[*_LINED, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
        yield Spacer(1, 8)
        yield Paragraph(plain(card.note), style("small"))
        yield Paragraph(plain(card.questions), style("small"))

    def _back_check(self, script: BackCheck) -> Iterator[Flowable]:
        title = self.tr(N_("Back-check"))
        yield Entry(f"{title}: {script.firm}")
        yield Paragraph(plain(title), style("title"))
        yield Paragraph(plain(script.firm), style("strong"))
        words = [self.tr(word) for word in (N_("Checked by"), N_("Day and hour"), N_("Spoken to (position)"))]
        yield Lines(0, words, indent=0)
        yield Spacer(1, 8)
        yield from _paragraphs(script.opening)
        for number, check in enumerate(script.checks, start=1):
            told: list[Flowable] = [Paragraph(plain(f"{number}. {check.question}"), style("strong"))]
            if check.choices:
                told.append(Paragraph(plain(" · ".join(check.choices)), style("small")))
            yield KeepTogether([*told, Lines(1, indent=0), Spacer(1, 6)])
        yield from _paragraphs(script.closing)
        yield PageBreak()
        yield from self._stored(script)

    def _stored(self, script: BackCheck) -> Iterator[Flowable]:
        """The answers that are stored, apart from the questions: they are not to be told."""
        yield Paragraph(plain(self.tr(N_("For the checker: what is stored"))), style("title"))
        yield Paragraph(plain(script.firm), style("strong"))
        yield Paragraph(plain(self.tr(N_("Compare after the call; do not read these answers out."))), style("body"))
        heads = (N_("No."), N_("Question"), N_("Stored answer"), N_("Same?"))
        rows = [[Paragraph(plain(self.tr(head)), style("table-head")) for head in heads]]
        for number, check in enumerate(script.checks, start=1):
            same = self.tr(N_("yes / no"))
            cells = (str(number), _fitting(check.question), _fitting(check.stored) or "–", same)
            rows.append([Paragraph(plain(cell), style("table")) for cell in cells])
        yield Table(rows, [28.0, 230.0, WIDTH - 318.0, 60.0], repeatRows=1, style=_HEADED, splitInRow=1)
        yield Spacer(1, 8)
        yield Paragraph(plain(self.tr(N_("Drawn by the seed {seed}."), seed=script.seed)), style("small"))

    def _day(self, day: Day) -> Iterator[Flowable]:
        yield Entry(day.title)
        yield Paragraph(plain(day.title), style("title"))
        if not day.visits:
            yield Paragraph(plain(self.tr(N_("No visit is planned for this day."))), style("body"))
        for head, rows in ((N_("Visits of the day"), day.visits), (N_("If there is time"), day.besides)):
            if rows:
                yield CondPageBreak(_ROOM_TO_BEGIN)
                yield Paragraph(plain(self.tr(head)), style("section"))
                yield self._day_table(rows)
        if day.unfinished:
            yield CondPageBreak(_ROOM_TO_BEGIN)
            yield Paragraph(plain(self.tr(N_("Interviews to be finished"))), style("section"))
            for one in day.unfinished:
                yield Paragraph(plain(one), style("body"))

    def _day_table(self, found: Sequence[DayRow]) -> Table:
        heads = (N_("When"), N_("Firm"), N_("Where"), N_("Why"), N_("Tries"), N_("Last note / outcome today"))
        rows = [[Paragraph(plain(self.tr(head)), style("table-head")) for head in heads]]
        for row in found:
            cells = (row.when, row.firm, row.where, row.why, row.attempts, row.note)
            told = [plain(_line(cell)) for cell in cells]
            told[-1] += "<br/><br/>"
            rows.append([Paragraph(cell, style("table")) for cell in told])
        return Table(rows, list(_DAY_WIDTHS), repeatRows=1, style=_HEADED)

    def _courtesy(self, copy: CourtesyCopy) -> Iterator[Flowable]:
        yield Entry(copy.firm)
        yield Paragraph(plain(self.tr(N_("Copy of your answers"))), style("title"))
        yield Paragraph(plain(f"{copy.firm} · {copy.form} · {copy.day}"), style("strong"))
        yield from _paragraphs(copy.opening)
        if copy.personal:
            yield Paragraph(plain(copy.personal), style("strong"))
        for title, answers in copy.sections:
            head: list[Flowable] = [Paragraph(plain(title), style("section"))]
            for given in answers:
                told = Paragraph(plain(f"{given.number} {given.question}"), style("table"))
                yield KeepTogether([*head, told, Paragraph(plain(given.answer), style("strong"))])
                head = []
        yield Spacer(1, 10)
        yield from _paragraphs(copy.closing)


def _paragraphs(text: str) -> Iterator[Flowable]:
    return (Paragraph(plain(part.strip()), style("body")) for part in text.split("\n\n") if part.strip())


def _line(text: str) -> str:
    """A text for a row that stays on one page: without line ends, and no longer than a page has room for."""
    told = " ".join(text.split())
    return told if len(told) <= _LONG_LINE else told[: _LONG_LINE - 1].rstrip() + "…"


def _fitting(text: str) -> str:
    """A text that a cell can hold on one page; the whole stands in the study."""
    return text if len(text) <= _LONG_CELL else text[: _LONG_CELL - 1].rstrip() + "…"


_LINED = [
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(LINE)),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 2),
]
_HEADED = [*_LINED, ("BACKGROUND", (0, 0), (-1, 0), HexColor(LIGHT))]
