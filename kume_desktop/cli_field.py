"""The verbs of the command line for the field: list, visit, assign, release, rates."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop import texts
from kume_desktop.problems import Refused, problem
from kume_desktop.services.firm_state import FirmState
from kume_desktop.texts import N_, tr

if TYPE_CHECKING:
    from kume_desktop.services.field_rates import AreaRates
    from kume_desktop.services.studies import Study
    from kume_desktop.services.views import FirmRow

    Opened = Callable[[argparse.Namespace], Study]

Told = tuple[int, list[str]]
"""Exit code and the lines to print."""
AddOpening = Callable[[argparse.ArgumentParser], None]
DONE = 0


def add_field(verbs: argparse._SubParsersAction[Any], add_opening: AddOpening) -> None:
    """Add `field list`, `visit`, `assign`, `release` and `rates`."""
    verb = verbs.add_parser(
        "field", help=tr(N_("work with the firms of a study: visits, interviewers, reserve, rates"))
    )
    acts = verb.add_subparsers(dest="act", metavar="ACT", required=True, parser_class=type(verb))
    made = {name: acts.add_parser(name, help=tr(text)) for name, text in _HELP.items()}
    for act in made.values():
        act.add_argument("study", type=Path, metavar="STUDY")
        act.add_argument("--lang", choices=texts.LANGUAGES, default=argparse.SUPPRESS)
        add_opening(act)
    for name in ("list", "rates"):
        made[name].add_argument("--json", action="store_true", help=tr(N_("machine-readable output")))
    _add_list(made["list"])
    _add_visit(made["visit"])
    made["assign"].add_argument("interviewer", metavar="NAME", help=tr(N_("who gets the firms; “” for nobody")))
    made["assign"].add_argument("firms", nargs="+", metavar="CODE", help=tr(N_("codes of the firms")))
    made["release"].add_argument("area", metavar="AREA", help=tr(N_("code of the activity area")))
    made["release"].add_argument("--reason", required=True, metavar="TEXT", help=tr(N_("why; the log keeps it")))


_HELP = {
    "list": N_("list the firms with state, attempts and interviewer"),
    "visit": N_("write a contact attempt down"),
    "assign": N_("give firms to an interviewer"),
    "release": N_("release the next batch of an area's reserve"),
    "rates": N_("say what became of the firms, by area and size class"),
}


def _add_list(act: argparse.ArgumentParser) -> None:
    act.add_argument("--interviewer", default="", metavar="NAME", help=tr(N_("only the firms of this person")))
    act.add_argument("--area", default="", metavar="AREA", help=tr(N_("only the firms of this activity area")))
    states = [state.value for state in FirmState]
    told = tr(N_("only the firms in this state: {states}"), states=", ".join(states))
    act.add_argument("--state", default="", choices=("", *states), metavar="STATE", help=told)


def _add_visit(act: argparse.ArgumentParser) -> None:
    act.add_argument("firm", metavar="CODE", help=tr(N_("code of the firm")))
    act.add_argument("outcome", metavar="OUTCOME", help=tr(N_("code of the outcome, 1 to 11")))
    act.add_argument("--note", default="", metavar="TEXT", help=tr(N_("a note")))
    act.add_argument("--at", default="", metavar="TIME", help=tr(N_("when it was, if not now: 2026-11-20T14:30")))
    act.add_argument("--next", default="", metavar="TIME", help=tr(N_("the appointment: 2026-11-27T10:00")))
    modes = ("face", "phone", "online", "letter")
    act.add_argument("--mode", default="", choices=("", *modes), metavar="MODE", help=", ".join(modes))
    act.add_argument("--hard", action="store_true", help=tr(N_("the firm said never again")))


def field(call: argparse.Namespace, opened: Opened) -> Told:
    """Carry out a verb of the field."""
    acts: Mapping[str, Callable[[argparse.Namespace, Study], list[str]]] = {
        "list": _list,
        "visit": _visit,
        "assign": _assign,
        "release": _release,
        "rates": _rates,
    }
    with opened(call) as study:
        return DONE, acts[call.act](call, study)


def _list(call: argparse.Namespace, study: Study) -> list[str]:
    from kume_desktop.services import fieldwork

    wanted = {"interviewer": call.interviewer, "area": call.area, "state": call.state}
    rows = [
        row
        for row in fieldwork.firms(study)
        if all(getattr(row, name) == value for name, value in wanted.items() if value)
    ]
    if call.json:
        return [json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2, default=datetime.isoformat)]
    return [_line(row) for row in rows]


def _line(row: FirmRow) -> str:
    """One firm: code, name, area, district, state, attempts, interviewer, what is next."""
    told = tr(N_("{attempts} attempts"), attempts=row.attempts)
    parts = [row.code, row.name, row.area, row.district, row.state.value, told, row.interviewer or "–"]
    if row.next_at is not None:
        parts.append(row.next_at.strftime("%Y-%m-%d %H:%M"))
    if not row.is_issued:
        parts.append(tr(N_("not issued")))
    return "\t".join(parts)


def _visit(call: argparse.Namespace, study: Study) -> list[str]:
    from kume_desktop.services import fieldwork, visits

    (unit_id,) = _units(study, [call.firm])
    made = visits.record(
        study, unit_id, call.outcome, call.note, _moment(call.next), _moment(call.at), call.mode, is_hard=call.hard
    )
    row = fieldwork.firm_row(study, unit_id)
    stored = tr(N_("{firm}: visit {number} stored"), firm=row.code, number=row.visits)
    return [stored, *(texts.say(one) for one in made.told)]


def _moment(text: str) -> datetime | None:
    """A day or moment as it is typed, None for ''.

    Raises:
        Refused: `field.bad-moment`.
    """
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        # Also years that no calendar of this computer reaches.
        raise Refused(problem("field.bad-moment", text=text)) from None


def _assign(call: argparse.Namespace, study: Study) -> list[str]:
    from kume_desktop.services import visits

    before = visits.assign(study, _units(study, call.firms), call.interviewer)
    return [tr(N_("{count} firms changed hands"), count=len(before))]


def _units(study: Study, codes: Sequence[str]) -> list[str]:
    """The firms with these codes.

    Raises:
        Refused: `field.unknown-firm` for each that is not there.
    """
    from kume_desktop.services import fieldwork

    known = {row.code: row.unit_id for row in fieldwork.firms(study)}
    wrong = [problem("field.unknown-firm", code=code) for code in codes if code not in known]
    if wrong:
        raise Refused(*wrong)
    return [known[code] for code in codes]


def _release(call: argparse.Namespace, study: Study) -> list[str]:
    from kume_desktop.services import reserve

    batch = reserve.release(study, call.area, call.reason)
    return [tr(N_("{area}: batch {batch} of the reserve is released"), area=call.area, batch=batch)]


def _rates(call: argparse.Namespace, study: Study) -> list[str]:
    from kume_desktop.services import field_rates

    found = field_rates.field_rates(study)
    if call.json:
        return [json.dumps([_record(one) for one in found], ensure_ascii=False, indent=2)]
    return [line for one in found for line in _rate_lines(one)]


def _record(one: AreaRates) -> dict[str, object]:
    rates = {name: {"value": value, "formula": formula} for name, value, formula in one.rates.named()}
    counts = {**asdict(one.tally), "open": one.tally.open}
    return {"area": one.area or None, "size_class": one.size_class or None, "counts": counts, "rates": rates}


def _rate_lines(one: AreaRates) -> Iterator[str]:
    counts = one.tally
    place = " ".join(part for part in (one.area, one.size_class) if part) or tr(N_("All areas"))
    told = N_(
        "{place}: {issued} firms issued, {completed} completed, {ineligible} ineligible, {refused} refused,"
        " {not_reached} not reached, {open} open"
    )
    yield tr(
        told,
        place=place,
        issued=counts.issued,
        completed=counts.completed,
        ineligible=counts.ineligible + counts.duplicate,
        refused=counts.refused,
        not_reached=counts.not_reached,
        open=counts.open,
    )
    shown = [f"{name} {value:.3f} = {formula}" for name, value, formula in one.rates.named() if value is not None]
    yield from (f"    {line}" for line in shown)
