"""The parts of a firm's panel: head, advice, facts, interviews, attempts, and the lists the firm stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import IconLabel, Label, Rule
from kume_desktop.gui.components.progress import ProgressBar
from kume_desktop.gui.fieldwork import modes, outcomes
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.views import FirmRow, FrameSource, InterviewCard, Visit


def head(column: QVBoxLayout, row: FirmRow) -> None:
    """Name, area and district; whether nobody goes there any more."""
    area = row.area_name_tr if texts.language() == "tr" else row.area_name_en
    column.addWidget(Label(row.name, Role.SECTION, wrap=True))
    belongs = " · ".join(part for part in (area, row.district) if part)
    column.addWidget(Label(belongs, Role.SECOND, Tone.TEXT2, wrap=True))
    if row.is_closed:
        column.addSpacing(6)
        column.addWidget(_marked("lock", _(N_("Closed: nobody goes there any more.")), Tone.TEXT2))


def advice(column: QVBoxLayout, problems: Iterable[Problem]) -> None:
    """What the rules say to do next; what warns of the season or of lists that disagree has a triangle."""
    for problem in problems:
        column.addSpacing(6)
        is_advice = problem.code.startswith("advice.")
        icon, tone = ("info", Tone.TEXT2) if is_advice else ("triangle-alert", Tone.WARN)
        column.addWidget(_marked(icon, texts.say(problem), tone))


def facts(row: FirmRow, held: Mapping[str, QWidget]) -> QWidget:
    """The facts of a firm; a widget in `held` stands in the place of the value of that name."""
    same = _(N_("same")) if row.field_nace == row.frame_nace else ""
    field = f"{row.field_nace} · {same}" if row.field_nace and same else row.field_nace
    told = [
        ("", _(N_("Frame NACE")), row.frame_nace),
        ("", _(N_("NACE found")), field),
        ("", _(N_("Employees")), row.size_class),
        ("", _(N_("Code")), row.code),
        ("interviewer", _(N_("Interviewer")), row.interviewer),
        ("plan", _(N_("Planned for")), _planned(row)),
        ("conversion", _(N_("Asked after the refusal")), row.conversion),
        ("waves", _(N_("Waves before")), str(row.waves_before) if row.waves_before else ""),
        ("replaces", _(N_("From the reserve")), row.replaces and tr(N_("batch {batch}"), batch=row.replaces)),
    ]
    seldom = ("plan", "conversion", "waves", "replaces")
    shown = [one for one in told if one[0] not in seldom or one[2] or one[0] in held]
    whole = QWidget()
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, theme.px(96))
    for place, (name, word, value) in enumerate(shown):
        grid.addWidget(Label(word, Role.SECOND, Tone.TEXT2, wrap=True), place, 0)
        grid.addWidget(held.get(name) or Label(value or "–", Role.SECOND, wrap=True), place, 1)
    grid.setColumnStretch(1, 1)
    return whole


def _planned(row: FirmRow) -> str:
    if not row.plan_day:
        return ""
    return " ".join(part for part in (texts.short_date(date.fromisoformat(row.plan_day)), row.plan_slot) if part)


def interviews(column: QVBoxLayout, cards: Iterable[InterviewCard]) -> None:
    """How far each interview is."""
    for card in cards:
        divide(column)
        title = card.instrument_title_tr if texts.language() == "tr" else card.instrument_title_en
        column.addWidget(_between(title, f"{card.answered} / {card.asked}"))
        column.addSpacing(8)
        column.addWidget(ProgressBar(card.answered, card.asked, name=title))
        column.addSpacing(8)
        if card.paper:
            words = tr(N_("Typed from paper, asked {day}"), day=texts.short_date(date.fromisoformat(card.paper)))
            column.addWidget(_marked("file-text", words, Tone.TEXT2))
        if card.joined:
            words = tr(N_("Also present: {positions}"), positions=", ".join(card.joined))
            column.addWidget(_marked("info", words, Tone.TEXT2))
        if card.questions:
            words = tr(N_("Returned with {count} questions"), count=card.questions)
            column.addWidget(_marked("message-square", words, Tone.ACCENT))
        place = _place_of(card)
        if place:
            column.addWidget(Label(place, Role.SECOND, Tone.TEXT2, wrap=True))
        if card.warnings:
            one, many = N_("{count} warning"), N_("{count} warnings")
            words = tr(one if card.warnings == 1 else many, count=card.warnings)
            column.addWidget(_marked("triangle-alert", words, Tone.WARN))


def attempts(column: QVBoxLayout, visits: Sequence[Visit], correct: Callable[[str], object]) -> None:
    """The contact attempts, newest first, each with a way to correct it."""
    divide(column)
    count = str(len(visits)) if visits else ""
    column.addWidget(_between(_(N_("Contact attempts")), count))
    column.addSpacing(6)
    if not visits:
        column.addWidget(Label(_(N_("Nobody has been there yet.")), Role.SECOND, Tone.TEXT2))
    for visit in visits:
        column.addWidget(_attempt(visit, correct))
        column.addSpacing(6)


def _attempt(visit: Visit, correct: Callable[[str], object]) -> QWidget:
    at = visit.at.astimezone()
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(0)
    grid.setColumnMinimumWidth(0, theme.px(80))
    moment = f"{texts.short_date(at.date())} {texts.clock(at)}"
    when = Label(moment, Role.CAPTION, Tone.TEXT2, weight=fonts.REGULAR, tabular=True)
    grid.addWidget(when, 0, 0, Qt.AlignmentFlag.AlignTop)
    what = Label(outcomes.word(visit.outcome), Role.SECOND, weight=fonts.MEDIUM, wrap=True)
    grid.addWidget(what, 0, 1, Qt.AlignmentFlag.AlignTop)
    link = Button(_(N_("Correct")), Kind.LINK)
    link.setAccessibleName(tr(N_("Correct the attempt of {when}"), when=moment))
    link.clicked.connect(lambda: correct(visit.visit_id))
    grid.addWidget(link, 0, 2, Qt.AlignmentFlag.AlignTop)
    lines = [modes.word(visit.mode), visit.by, visit.note]
    if visit.next_at is not None:
        next_at = visit.next_at.astimezone()
        lines.insert(0, f"{texts.short_date(next_at.date())} {texts.clock(next_at)}")
    if visit.is_hard:
        lines.insert(0, _(N_("refused for good")))
    told = " · ".join(line for line in lines if line)
    if told:
        grid.addWidget(Label(told, Role.SECOND, Tone.TEXT2, wrap=True), 1, 1, 1, 2)
    grid.setColumnStretch(1, 1)
    return held


def sources(column: QVBoxLayout, found: Sequence[FrameSource], differences: Iterable[Problem]) -> None:
    """The lists a firm stands in, and what they say differently."""
    if not found:
        return
    divide(column)
    column.addWidget(_between(_(N_("Lists")), str(len(found))))
    column.addSpacing(6)
    for source in found:
        day = texts.short_date(source.imported_at.astimezone().date()) if source.imported_at is not None else ""
        words = " · ".join(part for part in (source.name, source.source, day) if part)
        column.addWidget(Label(words, Role.SECOND, Tone.TEXT2, wrap=True))
    for problem in differences:
        column.addSpacing(6)
        column.addWidget(_marked("triangle-alert", texts.say(problem), Tone.WARN))


def divide(column: QVBoxLayout) -> None:
    """A line between two parts."""
    column.addSpacing(14)
    column.addWidget(Rule())
    column.addSpacing(12)


def _place_of(card: InterviewCard) -> str:
    if card.last_at is None:
        return ""
    at = card.last_at.astimezone()
    moment = f"{texts.short_date(at.date())} {texts.clock(at)}"
    if card.state == "completed":
        return tr(N_("completed {when}"), when=moment)
    if not card.last_question:
        return moment
    pattern = N_("Section {section}, question {question} · {when}")
    return tr(pattern, section=card.last_section, question=card.last_question, when=moment)


def _between(left: str, right: str) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(Label(left, Role.SECOND, weight=fonts.SEMIBOLD, wrap=True), 1)
    row.addWidget(Label(right, Role.SECOND, weight=fonts.SEMIBOLD, tabular=True))
    return held


def _marked(icon: str, text: str, tone: Tone) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 2, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconLabel(icon, tone=tone), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(text, Role.SECOND, wrap=True), 1)
    return held
