"""The verbs of the command line for personal data: find, print, correct, withdraw, erase.

Names, facts and what confirms an erasure come on standard input: a call stays in the history of the shell.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop import texts, turkish
from kume_desktop.problems import Refused, problem
from kume_desktop.texts import N_, tr

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

    Opened = Callable[[argparse.Namespace], Study]

Told = tuple[int, list[str]]
"""Exit code and the lines to print."""
DONE, NO = 0, 1
_HELP = {
    "find": N_("find a person in everything that is held; the name is read from standard input"),
    "print": N_("write everything that is held about a firm and its persons as a PDF file"),
    "correct": N_("correct a fact of a firm; what is right is read from standard input"),
    "withdraw": N_("consent is withdrawn: blank the contact data of a firm"),
    "erase": N_("erase everything personal of a firm for good; its code is asked for once more"),
}
FACTS = ("name", "tax_number", "district", "address", "contact", "phone", "email", "size_class", "nace")
REASONS = ("request", "retention", "consent", "mistake")
CHANNELS = ("letter", "email", "phone", "person")


def add_person(verbs: argparse._SubParsersAction[Any], add_opening: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add `person find`, `print`, `correct`, `withdraw` and `erase`."""
    verb = verbs.add_parser("person", help=tr(N_("find, print, correct and erase personal data")))
    acts = verb.add_subparsers(dest="act", metavar="ACT", required=True, parser_class=type(verb))
    for name, words in _HELP.items():
        act = acts.add_parser(name, help=tr(words))
        act.add_argument("study", type=Path, metavar="STUDY")
        if name != "find":
            act.add_argument("firm", metavar="CODE", help=tr(N_("code of the firm")))
        act.add_argument("--lang", choices=texts.LANGUAGES, default=argparse.SUPPRESS)
        add_opening(act)
        _ARGUMENTS[name](act)


def _of_find(act: argparse.ArgumentParser) -> None:
    act.add_argument("--json", action="store_true", help=tr(N_("machine-readable output")))


def _of_print(act: argparse.ArgumentParser) -> None:
    act.add_argument("--out", type=Path, required=True, metavar="FILE")
    _why(act)


def _of_correct(act: argparse.ArgumentParser) -> None:
    act.add_argument("fact", choices=FACTS, metavar="FACT", help=", ".join(FACTS))
    _why(act)


def _why(act: argparse.ArgumentParser) -> None:
    act.add_argument("--reason", required=True, metavar="TEXT", help=tr(N_("why; the log keeps it")))


_ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser], object]] = {
    "find": _of_find,
    "print": _of_print,
    "correct": _of_correct,
    "withdraw": lambda act: act.add_argument("--how", required=True, choices=CHANNELS),
    "erase": lambda act: act.add_argument("--reason", required=True, choices=REASONS),
}


def carry_out(call: argparse.Namespace, opened: Opened) -> Told:
    """Carry out one of the acts; what the person's role may not do is refused."""
    with opened(call) as study:
        if call.act == "find":
            return _find(call, study)
        return DONE, list(_ACTS[call.act](call, study))


def _typed(words: str) -> str:
    """A line of standard input.

    Raises:
        Refused: `personal.nothing-typed`.
    """
    if sys.stdin.isatty():
        sys.stderr.write(f"{words} ")
        sys.stderr.flush()
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        line = ""
    if not line:
        raise Refused(problem("personal.nothing-typed"))
    return line.rstrip("\r\n")


def _unit(study: Study, code: str) -> str:
    from kume_desktop.services import printing

    (unit_id,) = printing.units_of(study, [code])
    return unit_id


def _find(call: argparse.Namespace, study: Study) -> Told:
    from kume_desktop.services.personal_data import finding

    found = finding.find(study, _typed(tr(N_("Name, telephone, e-mail or tax number:"))))
    finding.remember(study, found)
    code = DONE if found else NO
    if call.json:
        return code, [json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2)]
    if not found:
        return code, [tr(N_("Nothing that is held names this person."))]
    return code, list(_lines(found))


def _lines(found: tuple[Any, ...]) -> Iterator[str]:
    from kume_desktop.services.personal_data.finding import WORDS

    for one in found:
        yield f"{one.code}\t{one.name}".strip()
        yield from (f"    {tr(WORDS[hit.place])}: {hit.what}: {' '.join(hit.value.split())}" for hit in one.hits)


def _print(call: argparse.Namespace, study: Study) -> Iterator[str]:
    from kume_desktop.services.personal_data import held

    written = held.print_all(study, _unit(study, call.firm), call.out, call.reason, texts.language())
    yield tr(N_("{file}: {pages} pages"), file=str(written.path), pages=written.pages)


def _correct(call: argparse.Namespace, study: Study) -> Iterator[str]:
    from kume_desktop.services.personal_data import correcting

    unit_id = _unit(study, call.firm)
    correcting.correct(study, unit_id, call.fact, _typed(tr(N_("What is right:"))), call.reason)
    yield tr(N_("The fact is corrected"))


def _withdraw(call: argparse.Namespace, study: Study) -> Iterator[str]:
    from kume_desktop.services.personal_data import consent, erasing

    consent.withdraw_all(study, _unit(study, call.firm), call.how)
    yield tr(N_("The contact data are blanked for good"))
    erasing.compact(study)
    yield tr(N_("The file is clean"))


def _erase(call: argparse.Namespace, study: Study) -> Iterator[str]:
    from kume_desktop.services.personal_data import erasing

    unit_id = _unit(study, call.firm)
    again = _typed(tr(N_("Nothing brings it back. Type the code of the firm once more:")))
    if turkish.fold(again.strip()) != turkish.fold(call.firm):
        raise Refused(problem("personal.not-confirmed", firm=call.firm))
    done = erasing.erase(study, unit_id, call.reason)
    said = N_("Erased: {interviews} interviews, {files} files. {backups} backups still hold it.")
    yield tr(said, interviews=done.interviews, files=done.files, backups=len(done.backups))
    if done.is_legal_person:
        yield tr(N_("This firm is a legal person: its own name and tax number are no personal data, and stay."))
    erasing.compact(study)
    yield tr(N_("The file is clean"))


_ACTS: dict[str, Callable[[argparse.Namespace, Study], Iterator[str]]] = {
    "print": _print,
    "correct": _correct,
    "withdraw": _withdraw,
    "erase": _erase,
}
