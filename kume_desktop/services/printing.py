"""Everything that is printed for the field, as PDF files: who may print what, for whom, and what the log keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop import texts, turkish
from kume_desktop.problems import Problem, Refused, problem, warning
from kume_desktop.services import blindness, fieldwork, releases
from kume_desktop.services.studies import STAFF, Progress, no_progress, only_staff
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.reports.paper.document import Printed
    from kume_desktop.reports.paper.matters import Batch
    from kume_desktop.services.printed_matter import Wanted
    from kume_desktop.services.studies import Study
    from kume_desktop.services.views import FirmRow

PRINT = "print"
WRITING = N_("Writing the pages")
_MOST_NAMED, _MOST_SIGNS = 50, 30


class PrintedMatter(StrEnum):
    """What can be printed."""

    DAY_LIST = "day-list"
    LETTER = "letter"
    CALL_SCRIPT = "call-script"
    ANSWER_CARDS = "answer-cards"
    BACK_CHECK = "back-check"
    PAPER_FORM = "paper-form"
    COURTESY_COPY = "courtesy-copy"


NAMES: Mapping[PrintedMatter, str] = {
    PrintedMatter.DAY_LIST: N_("Day list"),
    PrintedMatter.LETTER: N_("Introduction letter"),
    PrintedMatter.CALL_SCRIPT: N_("Call script"),
    PrintedMatter.ANSWER_CARDS: N_("Answer cards"),
    PrintedMatter.BACK_CHECK: N_("Back-check script"),
    PrintedMatter.PAPER_FORM: N_("Paper form"),
    PrintedMatter.COURTESY_COPY: N_("Copy for the firm"),
}
ABOUT: Mapping[PrintedMatter, str] = {
    PrintedMatter.DAY_LIST: N_("Where to go on a day: appointments, planned visits, interviews to be finished."),
    PrintedMatter.LETTER: N_("One page for a firm: who asks, why, the legal ground, how long data are kept."),
    PrintedMatter.CALL_SCRIPT: N_("What to say on the phone, answers to objections, outcome codes."),
    PrintedMatter.ANSWER_CARDS: N_("One card in big print for each scale that is handed over."),
    PrintedMatter.BACK_CHECK: N_("A few questions to ask a firm again; the stored answers stand on their own page."),
    PrintedMatter.PAPER_FORM: N_("The whole questionnaire with its skips in words, to be typed in afterwards."),
    PrintedMatter.COURTESY_COPY: N_("The firm's own answers in words, without scores and notes, once it is completed."),
}
NEEDS_FIRM = frozenset({PrintedMatter.BACK_CHECK, PrintedMatter.COURTESY_COPY})
"""What cannot be printed without a firm."""
TAKES_FIRM = NEEDS_FIRM | {PrintedMatter.LETTER, PrintedMatter.CALL_SCRIPT, PrintedMatter.PAPER_FORM}
TAKES_FORM = frozenset(
    {
        PrintedMatter.ANSWER_CARDS,
        PrintedMatter.BACK_CHECK,
        PrintedMatter.PAPER_FORM,
        PrintedMatter.COURTESY_COPY,
        PrintedMatter.CALL_SCRIPT,
    }
)
TEXTS: Mapping[PrintedMatter, tuple[str, ...]] = {
    PrintedMatter.LETTER: ("letter_subject", "letter_body"),
    PrintedMatter.CALL_SCRIPT: (
        "call_opening", "call_why", "call_data", "call_appointment", "call_objections", "call_closing",
    ),
    PrintedMatter.ANSWER_CARDS: ("card_note",),
    PrintedMatter.BACK_CHECK: ("back_check_opening", "back_check_closing"),
    PrintedMatter.PAPER_FORM: ("paper_note",),
    PrintedMatter.COURTESY_COPY: ("courtesy_opening", "courtesy_closing"),
}  # fmt: skip
"""The texts of `field_texts` that each of them uses."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be printed; `unit_ids` none: for no firm in particular."""

    matter: PrintedMatter
    unit_ids: tuple[str, ...] = ()
    instrument_id: str = ""
    day: date | None = None
    lang: str = "tr"


def offered(role: str) -> tuple[PrintedMatter, ...]:
    """What a person of a role may print; a back-check is the agency's own."""
    return tuple(one for one in PrintedMatter if one is not PrintedMatter.BACK_CHECK or role == STAFF)


def print_to(
    study: Study,
    matter: PrintedMatter,
    target: Path,
    *,
    unit_ids: Sequence[str] = (),
    instrument_id: str = "",
    day: date | None = None,
    lang: str = "tr",
    progress: Progress = no_progress,
) -> Printed:
    """Write one kind of printed matter into a PDF file; what names firms or persons is numbered and noted in the log.

    Raises:
        Refused: `study.only-staff`, `print.*`; `report.*` where the file cannot be written.
    """
    day = day or datetime.now().astimezone().date()
    wanted = Request(matter, tuple(unit_ids), instrument_id, day, lang)
    _check_target(study, target)
    rows = _checked(study, wanted)
    progress(0, 1, WRITING)
    from kume_desktop.services.printed_matter import Wanted

    serial = releases.number(datetime.now().astimezone()) if _names_somebody(wanted, rows) else ""
    found = Wanted(study, rows, instrument_id, day, lang, serial)
    written = _written(found, matter, target, before=lambda: _remember(study, wanted, rows, serial))
    progress(1, 1, WRITING)
    return written


def _written(found: Wanted, matter: PrintedMatter, target: Path, before: Callable[[], None]) -> Printed:
    """Gather, note in the log, write: nothing is noted of what could not be gathered."""
    from kume_desktop.services import printed_matter

    if matter is PrintedMatter.PAPER_FORM:
        from kume_desktop.reports.paper.form import write_form

        form = printed_matter.paper(found)
        before()
        return write_form(form, target)
    from kume_desktop.reports.paper.drawing import write_batch

    batch = _batches()[matter](found)
    before()
    return write_batch(batch, target)


def _batches() -> Mapping[PrintedMatter, Callable[[Wanted], Batch]]:
    from kume_desktop.services import printed_matter as made

    return {
        PrintedMatter.DAY_LIST: made.day,
        PrintedMatter.LETTER: made.letters,
        PrintedMatter.CALL_SCRIPT: made.calls,
        PrintedMatter.ANSWER_CARDS: made.cards,
        PrintedMatter.BACK_CHECK: made.back_checks,
        PrintedMatter.COURTESY_COPY: made.copies,
    }


def _check_target(study: Study, target: Path) -> None:
    if target.suffix.lower() != ".pdf":
        raise Refused(problem("print.not-pdf", file=target.name))
    if target.name.startswith(study.path.name) and target.resolve().parent == study.path.resolve().parent:
        raise Refused(problem("print.target-is-the-study", file=target.name))


def _checked(study: Study, wanted: Request) -> tuple[FirmRow, ...]:
    """The firms that are asked for, if the person may print for them."""
    if wanted.matter is PrintedMatter.BACK_CHECK:
        only_staff(study)
    if wanted.matter in NEEDS_FIRM and not wanted.unit_ids:
        raise Refused(problem("print.no-firm"))
    if wanted.matter is PrintedMatter.PAPER_FORM and len(wanted.unit_ids) > 1:
        raise Refused(problem("print.one-firm"))
    rows = tuple(fieldwork.firm_row(study, unit_id) for unit_id in wanted.unit_ids)
    for row in rows:
        if not row.is_issued or not (study.role == STAFF or row.interviewer == study.person):
            raise Refused(problem("print.not-yours", firm=row.code))
    return rows


def _names_somebody(wanted: Request, rows: Sequence[FirmRow]) -> bool:
    return bool(rows) or wanted.matter is PrintedMatter.DAY_LIST


def _remember(study: Study, wanted: Request, rows: Sequence[FirmRow], serial: str) -> None:
    """Note in the log that pages with firms or persons were printed, under which number, and for whom."""
    if not serial:
        return
    if wanted.matter is PrintedMatter.DAY_LIST:
        about = wanted.day.isoformat() if wanted.day else ""
    else:
        more = [f"+{len(rows) - _MOST_NAMED}"] if len(rows) > _MOST_NAMED else []
        about = ", ".join((*(row.code for row in rows[:_MOST_NAMED]), *more))
    blindness.remember(study, f"printed {wanted.matter} {serial}", about)


def units_of(study: Study, codes: Sequence[str]) -> tuple[str, ...]:
    """The ids of firms by their codes, in their order, each once.

    Raises:
        Refused: `print.unknown-firm`.
    """
    from kume_desktop.store import reading

    known = {turkish.fold(unit.code): unit.unit_id for unit in reading.units(study.database)} if codes else {}
    unknown = [code for code in codes if turkish.fold(code) not in known]
    if unknown:
        raise Refused(*(problem("print.unknown-firm", firm=code) for code in unknown))
    return tuple(dict.fromkeys(known[turkish.fold(code)] for code in codes))


def proposed(study: Study, matter: str, codes: str = "", instrument_id: str = "") -> Path:
    """A free place beside the study, named after what is printed, the first firm and the form."""
    firm = "".join(sign for sign in codes.partition(" ")[0] if sign.isalnum())
    form = instrument_id if PrintedMatter(matter) in TAKES_FORM else ""
    told = turkish.fold(texts._(NAMES[PrintedMatter(matter)])).replace(" ", "-")
    stem = "-".join(part for part in (study.path.stem, told, form, firm) if part)
    names = (f"{stem}.pdf", *(f"{stem}-{number}.pdf" for number in range(2, 100)))
    free = (name for name in names if not study.path.with_name(name).exists())
    return study.path.with_name(next(free, f"{stem}.pdf"))


def params_of(wanted: Request, target: Path, codes: Sequence[str] = ()) -> dict[str, Any]:
    """What the window hands to its worker (verb `PRINT`); `codes` of firms stand for their ids."""
    return {
        "matter": wanted.matter.value,
        "target": str(target),
        "unit_ids": list(wanted.unit_ids),
        "codes": list(codes),
        "instrument": wanted.instrument_id,
        "day": wanted.day.isoformat() if wanted.day else "",
        "lang": wanted.lang,
    }


def carry_out(study: Study, asked: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Print what the window asked its worker for."""
    day = str(asked.get("day", ""))
    written = print_to(
        study,
        PrintedMatter(asked["matter"]),
        Path(asked["target"]),
        unit_ids=(*asked["unit_ids"], *units_of(study, asked.get("codes", ()))),
        instrument_id=str(asked["instrument"]),
        day=date.fromisoformat(day) if day else None,
        lang=str(asked["lang"]),
        progress=progress,
    )
    contents = [[entry.title, entry.page] for entry in written.contents]
    told = {"lost": written.lost, "unshaped": written.unshaped}
    return {"path": str(written.path), "pages": written.pages, "contents": contents, **told}


def unshown(lost: str, unshaped: bool) -> tuple[Problem, ...]:
    """What a reader of the pages has to know of letters that could not be printed as they are written."""
    found = []
    if lost:
        signs = " ".join(lost[:_MOST_SIGNS]) + (" …" if len(lost) > _MOST_SIGNS else "")
        found.append(warning("print.signs-lost", signs=signs, count=len(lost)))
    if unshaped:
        found.append(warning("print.signs-unshaped"))
    return tuple(found)
