"""The verb of the command line that prints for the field."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop import texts
from kume_desktop.problems import Refused, problem
from kume_desktop.texts import N_, tr

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

MATTERS = ("day-list", "letter", "call-script", "answer-cards", "back-check", "paper-form", "courtesy-copy")


def add_print(verbs: argparse._SubParsersAction[Any], add_opening: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add `print MATTER STUDY --out FILE`."""
    verb = verbs.add_parser("print", help=tr(N_("write what is printed for the field as a PDF file")))
    verb.add_argument("matter", choices=MATTERS, metavar="MATTER", help=", ".join(MATTERS))
    verb.add_argument("study", type=Path, metavar="STUDY")
    verb.add_argument("--out", type=Path, required=True, metavar="FILE")
    told = tr(N_("for this firm; may be given several times"))
    verb.add_argument("--firm", action="append", default=[], metavar="CODE", help=told)
    verb.add_argument("--form", default="", metavar="ID", help=tr(N_("with this questionnaire (default: the first)")))
    verb.add_argument("--day", default="", metavar="DAY", help=tr(N_("the day as year-month-day (default: today)")))
    verb.add_argument("--lang", choices=texts.LANGUAGES, default=argparse.SUPPRESS)
    add_opening(verb)


def carry_out(call: argparse.Namespace, opened: Callable[[argparse.Namespace], Study]) -> tuple[int, list[str]]:
    """Print; the line names the file and its pages."""
    from kume_desktop.services import printing

    day = _day(call.day)
    with opened(call) as study:
        written = printing.print_to(
            study,
            printing.PrintedMatter(call.matter),
            call.out,
            unit_ids=printing.units_of(study, call.firm),
            instrument_id=call.form,
            day=day,
            lang=texts.language(),
        )
    told = tr(N_("{file}: {pages} pages"), file=str(written.path), pages=written.pages)
    return 0, [told, *(texts.say(one) for one in printing.unshown(written.lost, written.unshaped))]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(problem("print.bad-day", day=text)) from None
