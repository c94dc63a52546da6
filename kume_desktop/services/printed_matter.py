"""What stands on each kind of printed matter, gathered from the study."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from kume_desktop import texts, turkish
from kume_desktop.instruments.model import SELECTS, Kind, Personal
from kume_desktop.interview.labels import bare, plain
from kume_desktop.problems import Param, Refused, problem
from kume_desktop.reports.paper.document import Frontmatter
from kume_desktop.reports.paper.matters import (
    BackCheck,
    Batch,
    CallScript,
    Card,
    Check,
    CourtesyCopy,
    Day,
    DayRow,
    Given,
    Letter,
    Objection,
)
from kume_desktop.services import field_texts, interviewing, tables
from kume_desktop.services.interviewing import OUTCOME
from kume_desktop.services.studies import STAFF
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.interview.form import Form
    from kume_desktop.interview.page_model import Row, Screen
    from kume_desktop.interview.state import Interview
    from kume_desktop.reports.paper.content import PaperForm
    from kume_desktop.services.day_list import DayList
    from kume_desktop.services.planned import PlannedVisit
    from kume_desktop.services.studies import Study
    from kume_desktop.services.views import FirmRow
    from kume_desktop.store.records import InterviewRecord

POSITION, CONSENT = "gorev", "katilim"
FIRM_CODE, INTERVIEWER_CODE = "firma_kodu", "gorusmeci_kodu"
CHECKED_FACTS = 3
"""So many answers are asked again in a back-check."""
_FEWEST_OPTIONS = 3
_FACTS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.SELECT_ONE, Kind.DATE})
_REASONS: Mapping[str, str] = {
    "appointment": N_("appointment"),
    "retry": N_("once more"),
    "first": N_("first visit"),
    "conversion": N_("after a refusal"),
}
_CARD_WORDS = ("kart", "card")


@dataclass(frozen=True)
class Wanted:
    """What is printed: for these firms, with this form ('' for the first), on this day, in this language.

    `serial`: the number of this printing, by which a page found somewhere leads to its line of the access log; '' for
    what names nobody.
    """

    study: Study
    rows: tuple[FirmRow, ...]
    instrument_id: str
    day: date
    lang: str
    serial: str = ""

    def tr(self, text: str, **params: Param) -> str:
        """A text of the program in the language of the paper."""
        return texts.tr(text, self.lang, **params)

    @cached_property
    def version_id(self) -> str:
        """The newest version of the form."""
        found = [one for one in self.study.instruments() if self.instrument_id in {"", one.instrument_id}]
        if not found:
            raise Refused(problem("print.no-form", form=self.instrument_id))
        return found[0].version_id

    @property
    def form(self) -> Form:
        """The form itself."""
        return self.study.form(self.version_id)

    def front(self, title: str, code: str | None = None) -> Frontmatter:
        """What every page says of itself."""
        head = self.study.head()
        left = " · ".join(part for part in (head.name, title) if part)
        mark = self.tr(N_("Demonstration: all data are invented")) if head.demonstration else ""
        parts = (self.serial, head.agency, texts.long_date(self.day, self.lang), mark)
        foot = " · ".join(part for part in parts if part)
        return Frontmatter(title, self.lang, left, foot, head.agency, code)

    def text(self, key: str, row: FirmRow | None = None) -> str:
        """A text of the study with its places filled for a firm."""
        return field_texts.filled(field_texts.text(self.study, key, self.lang), self.values(row))

    def values(self, row: FirmRow | None) -> dict[str, str]:
        """What fills the places of the texts."""
        facts = self.study.facts()
        return {
            "kurum": facts.agency,
            "calisma": self.study.record.name,
            "firma": row.name if row else "",
            "alan": _area(row, self.lang) if row else "",
            "gorusmeci": row.interviewer if row else "",
            "basvuru": facts.contact,
            "hukuki_sebep": facts.legal_ground,
            "alicilar": facts.recipients,
            "saklama_suresi": facts.retention,
            "gun": texts.long_date(self.day, self.lang),
        }


def _area(row: FirmRow, lang: str) -> str:
    return (row.area_name_en if lang == "en" else row.area_name_tr) or row.area_name_tr


def _named(row: FirmRow) -> str:
    return f"{row.code} · {row.name}"


def blank(wanted: Wanted, row: FirmRow | None) -> Interview:
    """An interview of the form in which nothing is answered but, where a firm is given, which firm it is."""
    from kume_desktop.interview import engine
    from kume_desktop.interview.state import Setting

    study = wanted.study
    if row is not None:
        given = tables.for_interview(study, wanted.version_id, row.unit_id)
    else:
        facts = tables.facts_table(study.facts())
        given = {**study.attached_tables(wanted.version_id), "calisma": facts, tables.FIRMS: ()}
    now = datetime(wanted.day.year, wanted.day.month, wanted.day.day).astimezone()
    setting = Setting(given, "", "", wanted.lang, lambda: now, seed=PRINT_SEED)
    has_code = row is not None and FIRM_CODE in wanted.form.by_name
    return engine.begin(wanted.form, setting, {FIRM_CODE: row.code} if row is not None and has_code else {}).interview


PRINT_SEED = "paper"


def paper(wanted: Wanted) -> PaperForm:
    """The paper version of the form, blank or for one firm."""
    from kume_desktop.reports.paper.compose import paper_form

    row = wanted.rows[0] if wanted.rows else None
    head = wanted.study.head()
    made = paper_form(
        blank(wanted, row),
        wanted.lang,
        given=(FIRM_CODE,),
        study=head.name,
        agency=head.agency,
        firm=_named(row) if row else "",
        code=row.code if row else "",
        notes=(wanted.text("paper_note", row),),
    )
    return replace(made, serial=wanted.serial)


def letters(wanted: Wanted) -> Batch:
    """A letter to each firm, or one with blanks."""
    agency = wanted.study.facts().agency
    day = texts.long_date(wanted.day, wanted.lang)
    made = [
        Letter(
            agency,
            day,
            row.name if row else "",
            wanted.text("letter_subject", row),
            wanted.text("letter_body", row),
            "",
        )
        for row in wanted.rows or (None,)
    ]
    return Batch(wanted.front(wanted.tr(N_("Introduction letter"))), made)


def calls(wanted: Wanted) -> Batch:
    """A call script for each firm, or one with blanks."""
    parts = (
        (N_("Opening"), "call_opening"),
        (N_("Why, and how long"), "call_why"),
        (N_("Data protection"), "call_data"),
        (N_("Making an appointment"), "call_appointment"),
        (N_("Closing"), "call_closing"),
    )
    outcomes = tuple(_outcomes(wanted))
    made = [
        CallScript(
            _named(row) if row else "",
            tuple((wanted.tr(head), wanted.text(key, row)) for head, key in parts),
            tuple(_objections(wanted.text("call_objections", row))),
            outcomes,
        )
        for row in wanted.rows or (None,)
    ]
    return Batch(wanted.front(wanted.tr(N_("Call script"))), made)


def _objections(text: str) -> Iterator[Objection]:
    """One a line: what is said, a bar, what to answer."""
    for line in text.splitlines():
        said, _bar, answer = line.partition("|")
        if said.strip():
            yield Objection(said.strip(), answer.strip())


def _outcomes(wanted: Wanted) -> Iterator[tuple[str, str]]:
    """The outcome codes of the form, in its words."""
    instrument = wanted.form.instrument
    node = instrument.named(OUTCOME)
    for choice in instrument.lists.get(node.choices, ()) if node is not None else ():
        label = bare(plain(choice.label, wanted.form.language(wanted.lang), instrument.default_language))
        yield choice.name, label


def cards(wanted: Wanted) -> Batch:
    """A card for each scale that a battery uses, or for which a hint asks to hand a card over.

    Raises:
        Refused: `print.no-scale`.
    """
    from kume_desktop.reports.paper.compose import Composer, code_of

    composer = Composer(blank(wanted, None), wanted.lang)
    note = wanted.text("card_note")
    made: list[Card] = []
    for paths in _scales(wanted.form).values():
        first = wanted.form.items[paths[0]]
        options = tuple((code_of(one), one.label) for one in composer.choices(first) or () if not one.missing)
        if not options:
            continue
        numbers = ", ".join(wanted.form.outline.numbers[path] for path in paths)
        title = wanted.tr(N_("Card {number}"), number=len(made) + 1)
        made.append(Card(title, wanted.tr(N_("For: {questions}"), questions=numbers), options, note))
    if not made:
        raise Refused(problem("print.no-scale"))
    return Batch(wanted.front(wanted.tr(N_("Answer cards"))), made)


def _scales(form: Form) -> dict[str, list[str]]:
    """List -> the questions (generic paths) for which its card is handed over, in the form's order."""
    batteries = _batteries(form)
    found: dict[str, list[str]] = {}
    for path in form.outline.numbers:
        node = form.items[path].node
        listed = form.instrument.lists.get(node.choices, ())
        if node.kind not in SELECTS or sum(not one.missing for one in listed) < _FEWEST_OPTIONS:
            continue
        if node.choices in batteries or _asks_for_card(form, path):
            found.setdefault(node.choices, []).append(path)
    return found


def _batteries(form: Form) -> frozenset[str]:
    from kume_desktop.interview.form import Block

    blocks = [block for section in form.outline.sections for block in section.blocks]
    return frozenset(block.battery for block in blocks if isinstance(block, Block) and block.battery)


def _asks_for_card(form: Form, path: str) -> bool:
    node = form.items[path].node
    told = [plain(label, lang, lang) for label in (node.hint, node.guidance) for lang in label]
    return any(word in text.lower() for word in _CARD_WORDS for text in told)


def day(wanted: Wanted) -> Batch:
    """The day's list: of the interviewer; for staff one for each interviewer with visits, else one for everybody."""
    made = [_day(wanted, found) for found in _lists(wanted)]
    return Batch(wanted.front(wanted.tr(N_("Day list"))), made)


def _lists(wanted: Wanted) -> Iterator[DayList]:
    from kume_desktop.services.day_list import day_list

    study = wanted.study
    if study.role != STAFF:
        yield day_list(study, wanted.day, study.person)
        return
    whole = day_list(study, wanted.day)
    names = sorted({one.interviewer for one in whole.visits}, key=turkish.sort_key)
    if not any(names):
        yield whole
        return
    for name in filter(None, names):
        yield day_list(study, wanted.day, name)
    unassigned = tuple(one for one in whole.visits if not one.interviewer)
    if unassigned:
        yield replace(whole, visits=unassigned, open_interviews=(), suggestions=())


def _day(wanted: Wanted, found: DayList) -> Day:
    weekday = texts.weekday(wanted.day, wanted.lang)
    who = found.interviewer or wanted.tr(N_("all interviewers"))
    told = f"{wanted.tr(N_('Day list'))}: {texts.long_date(wanted.day, wanted.lang)}, {weekday} · {who}"
    begun = tuple(
        wanted.tr(N_("{firm}: {answered} of {asked} answered"), firm=one.firm, answered=one.answered, asked=one.asked)
        for one in found.open_interviews
    )
    visits = tuple(_day_row(wanted, one) for one in found.visits)
    return Day(told, visits, tuple(_day_row(wanted, one) for one in found.suggestions), begun)


def _day_row(wanted: Wanted, visit: PlannedVisit) -> DayRow:
    when = texts.clock(visit.at.astimezone()) if visit.at is not None else ""
    if visit.at is not None and visit.at.astimezone().date() != wanted.day:
        when = f"{texts.short_date(visit.at.astimezone().date(), wanted.lang)} {when}"
    where = "\n".join(part for part in (visit.district, visit.address, visit.phone) if part)
    why = wanted.tr(_REASONS[visit.reason]) if visit.reason in _REASONS else visit.reason
    return DayRow(when, f"{visit.code}\n{visit.name}", where, why, str(visit.attempts), visit.last_note)


def _completed(wanted: Wanted, row: FirmRow) -> tuple[InterviewRecord, Interview]:
    """The completed interview of a firm with the form, restored in the language of the paper."""
    from kume_desktop.interview import engine
    from kume_desktop.store import reading

    study = wanted.study
    held = reading.interviews(study.database, unit_id=row.unit_id, wave_id=study.wave.wave_id)
    found = [
        one
        for one in held
        if one.counts and one.state == "completed" and wanted.instrument_id in {"", one.instrument_id}
    ]
    if not found:
        raise Refused(problem("print.not-completed", firm=row.code))
    interview = interviewing.restore(study, found[0])
    return found[0], engine.set_language(interview, wanted.lang)


def _asked(interview: Interview) -> Iterator[tuple[Screen, Row]]:
    """What the firm was asked, without what the interviewer alone filled in."""
    from kume_desktop.interview import page

    form = interview.form
    places = form.outline.sections_of
    outcome = form.by_name.get(OUTCOME)
    alone = places.get(outcome.path) if outcome is not None else None
    for screen in page.screens(interview):
        for row in screen.rows:
            if row.kind is Kind.NOTE or row.read_only or row.name in (FIRM_CODE, INTERVIEWER_CODE):
                continue
            if row.title.startswith("("):  # forms begin so what the interviewer decides alone
                continue
            if alone is None or screen.section.number != form.outline.sections[alone].number:
                yield screen, row


def copies(wanted: Wanted) -> Batch:
    """What each firm answered, in words: no scores, no notes, nothing that was not asked.

    Raises:
        Refused: `print.not-completed`.
    """
    made = [_copy(wanted, row) for row in wanted.rows]
    code = wanted.rows[0].code if len(wanted.rows) == 1 else None
    return Batch(wanted.front(wanted.tr(N_("Copy for the firm")), code), made)


def _copy(wanted: Wanted, row: FirmRow) -> CourtesyCopy:
    record, interview = _completed(wanted, row)
    sections: dict[str, list[Given]] = {}
    is_personal = False
    for screen, asked in _asked(interview):
        answer = asked.display or (asked.reason.display if asked.reason is not None else "")
        if answer:
            sections.setdefault(screen.section.title, []).append(Given(asked.number, asked.title, answer))
            is_personal |= interview.tree.spots[asked.path].item.node.personal is not Personal.NONE
    told = wanted.tr(N_("This copy holds personal data. Hand it only to the person who answered."))
    instrument = interview.form.instrument
    return CourtesyCopy(
        _named(row),
        instrument.title.get(interview.language) or next(iter(instrument.title.values()), ""),
        texts.long_date(record.opened_at.astimezone().date(), wanted.lang),
        wanted.text("courtesy_opening", row),
        told if is_personal else "",
        tuple((title, tuple(answers)) for title, answers in sections.items()),
        wanted.text("courtesy_closing", row),
    )


def back_checks(wanted: Wanted) -> Batch:
    """A short script to ask a firm again: day, duration, position, and a few answers drawn by the interview's id.

    Raises:
        Refused: `print.not-completed`.
    """
    made = [_back_check(wanted, row) for row in wanted.rows]
    return Batch(wanted.front(wanted.tr(N_("Back-check"))), made)


def _back_check(wanted: Wanted, row: FirmRow) -> BackCheck:
    record, interview = _completed(wanted, row)
    asked = [one for _screen, one in _asked(interview)]
    checks = [*_about(wanted, record), *_position(asked)]
    facts = [one for one in asked if _is_fact(interview, one)]
    drawn = random.Random(record.interview_id).sample(facts, min(CHECKED_FACTS, len(facts)))  # noqa: S311
    order = {one.path: place for place, one in enumerate(facts)}
    checks += [_again(one) for one in sorted(drawn, key=lambda one: order[one.path])]
    return BackCheck(
        _named(row),
        wanted.text("back_check_opening", row),
        tuple(checks),
        wanted.text("back_check_closing", row),
        record.interview_id,
    )


def _about(wanted: Wanted, record: InterviewRecord) -> Iterator[Check]:
    begun, ended = record.opened_at.astimezone(), (record.completed_at or record.opened_at).astimezone()
    on = f"{texts.long_date(begun.date(), wanted.lang)}, {record.interviewer}"
    yield Check(wanted.tr(N_("Was somebody of your firm interviewed by us? On which day, and by whom?")), (), on)
    minutes = round((ended - begun).total_seconds() / 60)
    told = wanted.tr(N_("{begun} to {ended}, {minutes} min from opening to completing"),
                     begun=texts.clock(begun), ended=texts.clock(ended), minutes=minutes)  # fmt: skip
    yield Check(wanted.tr(N_("About how long did the interview take?")), (), told)


def _position(asked: Sequence[Row]) -> Iterator[Check]:
    yield from (_again(one) for one in asked if one.name == POSITION and one.value)


def _again(row: Row) -> Check:
    choices = tuple(choice.label for choice in row.choices if not choice.missing)
    return Check(row.title, choices, row.display)


def _is_fact(interview: Interview, row: Row) -> bool:
    """Whether an answer states a fact that can be asked again: no rating, no reserve answer, nothing about a person."""
    node = interview.tree.spots[row.path].item.node
    if row.kind not in _FACTS or row.likert or not row.value or row.name == POSITION:
        return False
    if node.personal in (Personal.IDENTIFYING, Personal.FREE_TEXT) or row.path in _before_consent(interview):
        return False
    return not any(choice.missing and choice.name == row.value for choice in row.choices)


def _before_consent(interview: Interview) -> frozenset[str]:
    """The questions up to the one that asks to begin: about the interview, not about the firm."""
    consent = interview.form.by_name.get(CONSENT)
    at = interview.form.outline.sections_of.get(consent.path) if consent is not None else None
    if at is None:
        return frozenset()
    sections = interview.form.outline.sections[: at + 1]
    return frozenset(item.path for section in sections for item in section.questions)
