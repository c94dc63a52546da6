"""The verbs of the command line for lists of firms: check one, import one, list the imports, take one back."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop import texts
from kume_desktop.problems import Problem, Refused, Where, errors, problem
from kume_desktop.texts import N_, tr

if TYPE_CHECKING:
    from kume_desktop.services.sample_lists.asked import Asked
    from kume_desktop.services.sample_lists.outline import Loaded, Outline
    from kume_desktop.services.studies import Study

    Opened = Callable[[argparse.Namespace], Study]

DONE, NO = 0, 1
ALL = "all"
Told = tuple[int, list[str]]
"""Exit code and the lines to print."""
AddOpening = Callable[[argparse.ArgumentParser], None]


def add_firms(verbs: argparse._SubParsersAction[Any], add_opening: AddOpening) -> None:
    """Add `firms check`, `firms import`, `firms lists` and `firms take-back`."""
    verb = verbs.add_parser("firms", help=tr(N_("check or take a list of firms (.xlsx, .xls, .csv)")))
    acts = verb.add_subparsers(dest="act", metavar="ACT", required=True, parser_class=type(verb))
    check = acts.add_parser("check", help=tr(N_("say what is wrong with the rows of a list; stores nothing")))
    taking = acts.add_parser("import", help=tr(N_("take a list into a study: all of it, or nothing")))
    for act in (check, taking):
        act.add_argument("file", type=Path, metavar="FILE")
        act.add_argument("--study", type=Path, required=act is taking, metavar="STUDY")
        _add_reading(act)
    _add_decisions(taking)
    lists = acts.add_parser("lists", help=tr(N_("the lists that a study has taken")))
    back = acts.add_parser("take-back", help=tr(N_("withdraw the firms of a list that nobody has worked on")))
    for act in (lists, back):
        act.add_argument("--study", type=Path, required=True, metavar="STUDY")
    back.add_argument("list", metavar="LIST", help=tr(N_("its id, as “lists” tells it")))
    for act in (check, taking, lists, back):
        act.add_argument("--json", action="store_true", help=tr(N_("machine-readable output")))
        act.add_argument("--lang", choices=texts.LANGUAGES, default=argparse.SUPPRESS)
        add_opening(act)


def _add_reading(act: argparse.ArgumentParser) -> None:
    act.add_argument("--sheet", default="", metavar="NAME", help=tr(N_("the sheet (default: the most likely one)")))
    act.add_argument("--head-row", type=int, default=0, metavar="N", help=tr(N_("the row of the heads")))
    told = tr(N_("a column and what it says, for example “ÜNVAN=name”; may stand several times"))
    act.add_argument("--map", action="append", default=[], metavar="HEAD=FIELD", help=told)
    act.add_argument("--area", default="", metavar="CODE", help=tr(N_("the activity area of firms without one")))
    act.add_argument("--nace-revision", choices=("2", "2.1", "1.1"), default="")


def _add_decisions(act: argparse.ArgumentParser) -> None:
    act.add_argument("--source", default="", metavar="NAME", help=tr(N_("who handed the list out")))
    act.add_argument("--date", default="", metavar="DAY", help=tr(N_("the day of the list, as 2026-11-22")))
    told = tr(N_("leave out rows with this kind of error, or “all”; may stand several times"))
    act.add_argument("--leave-out", action="append", default=[], metavar="KIND", help=told)
    told = tr(N_("take rows with this kind of error without the value, or “all”; may stand several times"))
    act.add_argument("--blank", action="append", default=[], metavar="KIND", help=told)
    act.add_argument(
        "--pairs", choices=("same", "other", "later"), help=tr(N_("what holds for pairs that may be one firm"))
    )
    told = tr(N_("whose value holds where somebody corrected by hand"))
    act.add_argument("--differences", choices=("study", "list"), help=told)


def firms(call: argparse.Namespace, opened: Opened) -> Told:
    """Carry out a verb on lists of firms."""
    match call.act:
        case "check":
            return _check(call, opened) if call.study is not None else _check_alone(call)
        case "import":
            return _import(call, opened)
        case "lists":
            return _lists(call, opened)
        case _:
            return _take_back(call, opened)


def _load(file: Path) -> Loaded:
    """Read the file under limits: this process may end itself where it takes too long."""
    from kume_desktop.services.sample_lists import work

    return work.read_within_limits(file, _say)


def _say(found: Problem) -> None:
    sys.stderr.write(f"{texts.say(found)}\n")
    sys.stderr.flush()


def _asked(call: argparse.Namespace, loaded: Loaded, base: Asked) -> Asked:
    """What the call says about the list, over what was said about such heads before."""
    from kume_desktop.exchange.sample_lists.fields import ListField
    from kume_desktop.services.sample_lists import outline

    sheet = outline.outline(loaded, base.sheet, base.head_row).sheet(base.sheet)
    fields = dict(base.fields)
    for said in call.map:
        head, _sign, field = said.rpartition("=")
        if head not in sheet.heads:
            raise Refused(problem("list.unknown-head", head=head or said))
        if field and field not in set(ListField):
            raise Refused(problem("list.unknown-field", field=field, fields=", ".join(ListField)))
        fields = {name: each for name, each in fields.items() if each != field} | {head: field}
    return replace(
        base,
        fields=fields,
        area=call.area or base.area,
        revision=call.nace_revision or base.revision,
    )


def _proposed(call: argparse.Namespace, study: Study, loaded: Loaded) -> Asked:
    from kume_desktop.services.sample_lists import importing

    asked = _asked(call, loaded, importing.proposed(study, _outline(call, loaded), call.sheet))
    if asked.area and asked.area not in {area.code for area in study.areas()}:
        raise Refused(problem("list.unknown-area", area=asked.area))
    return asked


def _outline(call: argparse.Namespace, loaded: Loaded) -> Outline:
    """The file with its heads where the call says that they are.

    Raises:
        Refused: `list.no-sheet`.
    """
    from kume_desktop.services.sample_lists import outline

    looked = outline.outline(loaded)
    if call.sheet and call.sheet not in {one.title for one in looked.sheets}:
        raise Refused(problem("list.no-sheet", Where(file=loaded.name, sheet=call.sheet)))
    return outline.outline(loaded, looked.sheet(call.sheet).title, call.head_row) if call.head_row else looked


def _check_alone(call: argparse.Namespace) -> Told:
    from kume_desktop.services.sample_lists import alone
    from kume_desktop.services.sample_lists.asked import Asked

    loaded = _load(call.file)
    sheet = _outline(call, loaded).sheet(call.sheet)
    base = alone.asked(loaded, Asked(sheet=sheet.title, head_row=sheet.head_row))
    asked = _asked(call, loaded, base)
    count, found = alone.findings(loaded, asked)
    return _told(call, asked, {"rows": count}, found)


def _check(call: argparse.Namespace, opened: Opened) -> Told:
    from kume_desktop.services.sample_lists import checked, plan, words
    from kume_desktop.services.studies import no_progress

    loaded = _load(call.file)
    with opened(call) as study:
        asked = _proposed(call, study, loaded)
        made = plan.make(study, loaded, asked, no_progress)
    summed = checked.summed(made)
    counts = {"rows": summed.read, "new": summed.new, "known": summed.known, "changed": summed.changed,
              "merged": summed.merged, "pairs": summed.pair_count, "differences": summed.difference_count}  # fmt: skip
    code, lines = _told(call, asked, counts, tuple(checked.listing(made)))
    return code, lines if call.json else [*lines, words.foreseen(summed)]


def _told(call: argparse.Namespace, asked: Asked, counts: dict[str, int], found: Iterable[Problem]) -> Told:
    from kume_desktop.services import form_work

    problems = tuple(found)
    code = NO if errors(problems) else DONE
    if call.json:
        told = [{**form_work.problem_record(one), "message": texts.say(one)} for one in problems]
        record = {"columns": dict(asked.fields), **counts, "problems": told}
        return code, [json.dumps(record, ensure_ascii=False, indent=2)]
    columns = ", ".join(f"{head} = {field}" for head, field in asked.fields.items() if field)
    rows = tr(N_("{count} rows"), count=texts.number(counts["rows"], 0))
    return code, [tr(N_("columns: {columns}"), columns=columns), rows, *(texts.say(one) for one in problems)]


def _import(call: argparse.Namespace, opened: Opened) -> Told:
    from kume_desktop.services.sample_lists import importing, words

    loaded = _load(call.file)
    with opened(call) as study:
        asked = _proposed(call, study, loaded)
        choices = dict(_choices(study, loaded, asked, call))
        asked = replace(
            asked,
            choices=choices,
            pairs={"*": call.pairs} if call.pairs else {},
            sides={"*": call.differences} if call.differences else {},
            source=call.source or asked.source,
            listed_on=call.date or asked.listed_on,
        )
        done = importing.take(study, loaded, asked)
    return DONE, [json.dumps(asdict(done), ensure_ascii=False, indent=2) if call.json else words.told(done)]


def _choices(study: Study, loaded: Loaded, asked: Asked, call: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """What happens with each kind of error, `all` spelled out; what is named itself weighs more than `all`."""
    from kume_desktop.exchange.sample_lists.rows import NEEDED
    from kume_desktop.services.sample_lists import plan
    from kume_desktop.services.studies import no_progress

    if ALL in (*call.blank, *call.leave_out):
        for code in plan.make(study, loaded, asked, no_progress).undecided:
            if ALL in call.blank and code not in NEEDED:
                yield code, "blank"
            elif ALL in call.leave_out:
                yield code, "leave"
    yield from ((code, "blank") for code in call.blank if code != ALL)
    yield from ((code, "leave") for code in call.leave_out if code != ALL)


def _lists(call: argparse.Namespace, opened: Opened) -> Told:
    from kume_desktop.services.sample_lists import undoing

    with opened(call) as study:
        cards = undoing.imports(study)
    if call.json:
        return DONE, [json.dumps([asdict(one) for one in cards], ensure_ascii=False, indent=2, default=str)]
    back = tr(N_("taken back"))
    return DONE, [
        f"{one.frame_id}  {texts.long_date(one.at.date())}  {one.name}  {texts.number(one.rows, 0)}"
        + (f"  ({back})" if one.is_withdrawn else "")
        for one in cards
    ]


def _take_back(call: argparse.Namespace, opened: Opened) -> Told:
    from kume_desktop.services.sample_lists import undoing, words

    with opened(call) as study:
        done = undoing.take_back(study, call.list)
    return DONE, [json.dumps(asdict(done)) if call.json else words.taken_back(done)]
