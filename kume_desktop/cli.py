"""The command line: the same services as the window, one clear line where something is wrong.

Exit codes: 0 done, 1 the answer is "no" (a form has errors, a test fails), 2 the call is wrong, 3 it cannot be done.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop import (
    __version__,
    application,
    cli_backup,
    cli_devices,
    cli_field,
    cli_lists,
    cli_packages,
    cli_person,
    cli_print,
    cli_versions,
    texts,
)
from kume_desktop.problem_texts.left_out import LEFT_OUT
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.texts import N_, tr

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

DONE, NO, WRONG_CALL, CANNOT = 0, 1, 2, 3
CHECK = "check"


_ARGPARSE = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("invalid %(type)s value: %(value)r"),
)
"""The sentences of the library that reads the call; it looks them up through `argparse._`."""


class _Parser(argparse.ArgumentParser):
    """Tells a wrong call in one line."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """End with the usage code and one line."""
        self.exit(
            WRONG_CALL, tr(N_("{program}: {message} (see {program} --help)\n"), program=self.prog, message=message)
        )


def parser() -> argparse.ArgumentParser:
    """Everything the command line understands."""
    vars(argparse)["_"] = texts._
    top = _Parser(prog="kume", description=tr(N_("Küme Desktop: interviews, scores and reports of regional clusters.")))
    top.add_argument("--version", action="version", version=f"kume {__version__}")
    top.add_argument("--lang", choices=texts.LANGUAGES, help=tr(N_("language of the texts")))
    top.add_argument(
        "--passphrase-fd", type=int, metavar="N", help=tr(N_("read the passphrase from this file descriptor"))
    )
    top.add_argument("--selftest", action="store_true", help=tr(N_("try the parts of the program and end")))
    top.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    verbs = top.add_subparsers(dest="verb", metavar="VERB", parser_class=_Parser)
    _add_demo(verbs)
    _add_form(verbs)
    _add_report(verbs)
    _add_score(verbs)
    _add_rate(verbs)
    _add_figure(verbs)
    _add_export(verbs)
    cli_versions.add_submissions(verbs, _add_opening)
    cli_field.add_field(verbs, _add_opening)
    cli_lists.add_firms(verbs, _add_opening)
    cli_print.add_print(verbs, _add_opening)
    cli_backup.add_backup(verbs, _add_opening)
    cli_packages.add_package(verbs, _add_opening)
    cli_devices.add_device(verbs, _add_opening)
    cli_person.add_person(verbs, _add_opening)
    opened = verbs.add_parser("open", help=tr(N_("open a study in the window")))
    opened.add_argument("study", type=Path, metavar="STUDY")
    return top


def _add_opening(verb: argparse.ArgumentParser) -> None:
    """How a study is opened: with which passphrase, in which wave."""
    verb.add_argument("--passphrase-fd", type=int, metavar="N", default=argparse.SUPPRESS)
    verb.add_argument("--wave", default="", metavar="NAME", help=tr(N_("the wave of the study (default: the newest)")))


def _add_demo(verbs: argparse._SubParsersAction[_Parser]) -> None:
    demo = verbs.add_parser("demo", help=tr(N_("create the demonstration study and open it")))
    demo.add_argument(
        "--no-window", action="store_true", help=tr(N_("write the study and its workbook, open no window"))
    )
    demo.add_argument("--scorecard-2010", action="store_true", help=tr(N_("the published scorecard of 2010 instead")))
    demo.add_argument(
        "--out", type=Path, metavar="DIR", help=tr(N_("folder for the files (default: the profile folder)"))
    )
    demo.add_argument("--lang", choices=texts.LANGUAGES, default=argparse.SUPPRESS)


def _add_form(verbs: argparse._SubParsersAction[_Parser]) -> None:
    form = verbs.add_parser("form", help=tr(N_("check or test instrument workbooks")))
    acts = form.add_subparsers(dest="act", metavar="ACT", required=True, parser_class=_Parser)
    for name, text in (("check", N_("report every problem of the workbooks")), ("test", N_("run the sheet “tests”"))):
        act = acts.add_parser(name, help=tr(text))
        act.add_argument("files", nargs="+", type=Path, metavar="FILE")
        act.add_argument("--json", action="store_true", help=tr(N_("machine-readable output")))
        act.add_argument("--lang", choices=texts.LANGUAGES, default=argparse.SUPPRESS)
        if name == "check":
            act.add_argument("--strict", action="store_true", help=tr(N_("warnings count as errors")))
            told = tr(N_("write a copy of the workbook with every problem as a comment on its cell"))
            act.add_argument("--mark", type=Path, metavar="COPY", help=told)
        else:
            act.add_argument("--coverage", action="store_true", help=tr(N_("name what no case has tried")))
    cli_versions.add_form_acts(acts, _add_opening)


def _add_report(verbs: argparse._SubParsersAction[_Parser]) -> None:
    """Both forms in one: `report STUDY --out FILE` and `report check FILE`."""
    report = verbs.add_parser(
        "report",
        help=tr(N_("write the report workbook of a study, or check a written one")),
        usage=tr(N_("kume report STUDY --out FILE [--edition EDITION] | kume report check FILE")),
    )
    report.add_argument("study", type=Path, metavar="STUDY")
    report.add_argument("file", type=Path, nargs="?", metavar="FILE", help=tr(N_("the workbook to check")))
    report.add_argument("--out", type=Path, metavar="FILE")
    report.add_argument("--edition", choices=("audit", "publication"), default="audit")
    _add_knowingly(report)
    report.add_argument("--firm", default="", metavar="CODE", help=tr(N_("one page for this firm instead")))
    report.add_argument("--lang", choices=texts.LANGUAGES, default=argparse.SUPPRESS)
    _add_opening(report)


def _add_knowingly(verb: _Parser) -> None:
    told = tr(N_("staff only: write levels of others before one's own ratings are finished; the log keeps the reason"))
    verb.add_argument("--knowingly", default="", metavar="REASON", help=told)


def _add_figure(verbs: argparse._SubParsersAction[_Parser]) -> None:
    figure = verbs.add_parser(
        "figure", help=tr(N_("draw a figure of a study; without a name: all of them into a folder, or a list"))
    )
    figure.add_argument("study", type=Path, metavar="STUDY")
    figure.add_argument("name", nargs="?", default="", metavar="NAME")
    figure.add_argument(
        "--out", type=Path, metavar="FILE", help=tr(N_("a .png or .svg file; for all figures a folder"))
    )
    figure.add_argument("--area", default="", metavar="CODE", help=tr(N_("the activity area that the figure is of")))
    figure.add_argument("--against", default="", metavar="CODE", help=tr(N_("the activity area to compare it with")))
    figure.add_argument("--svg", action="store_true", help=tr(N_("all figures as SVG instead of PNG")))
    figure.add_argument("--lang", choices=texts.LANGUAGES, default=argparse.SUPPRESS)
    _add_opening(figure)


def _add_export(verbs: argparse._SubParsersAction[_Parser]) -> None:
    export = verbs.add_parser("export", help=tr(N_("write answers, levels and results as CSV files")))
    export.add_argument("study", type=Path, metavar="STUDY")
    export.add_argument("--out", type=Path, required=True, metavar="DIR")
    export.add_argument("--reason", default="", metavar="TEXT", help=tr(N_("what the files are for; the log keeps it")))
    _add_knowingly(export)
    export.add_argument("--excel", action="store_true", help=tr(N_("semicolons, as the Turkish Excel expects them")))
    export.add_argument("--lang", choices=texts.LANGUAGES, default=argparse.SUPPRESS)
    _add_opening(export)


def _add_score(verbs: argparse._SubParsersAction[_Parser]) -> None:
    score = verbs.add_parser("score", help=tr(N_("compute the scorecard and the needs of a study")))
    score.add_argument("study", type=Path, metavar="STUDY")
    score.add_argument("--json", action="store_true", help=tr(N_("machine-readable output")))
    _add_opening(score)


def _add_rate(verbs: argparse._SubParsersAction[_Parser]) -> None:
    rate = verbs.add_parser("rate", help=tr(N_("take the levels of a panel or of raters from a CSV file")))
    rate.add_argument("study", type=Path, metavar="STUDY")
    rate.add_argument("file", type=Path, metavar="FILE")
    _add_opening(rate)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read a call; ends the program with one line where it is wrong. Without a verb `--lang` alone opens the window."""
    application.begin(_asked_language(arguments))
    call = parser().parse_args(arguments)
    if not (call.verb or call.worker or call.selftest or call.lang):
        parser().error(tr(N_("say what to do, for example: kume demo")))
    wrong = _wrong(call)
    if wrong:
        parser().error(wrong)
    return call


def _wrong(call: argparse.Namespace) -> str:
    """What argparse cannot see: which parts belong together; '' where the call is right."""
    if call.verb == "form":
        several = call.act == "check" and call.mark is not None and len(call.files) > 1
        return tr(N_("--mark takes one workbook at a time")) if several else ""
    if call.verb == "report":
        checks = call.study == Path(CHECK) and call.file is not None
        if checks and call.out is not None:
            return tr(N_("--out does not belong to a check"))
        if call.file is not None and not checks:
            return str(texts._("unrecognized arguments: %s") % call.file)
        needs_target = not checks
    else:
        needs_target = call.verb == "figure" and bool(call.name)
    if needs_target and call.out is None:
        return str(texts._("the following arguments are required: %s") % "--out")
    if needs_target and call.verb == "figure" and call.out.suffix.lower() not in {".png", ".svg"}:
        return tr(N_("a figure is a PNG or SVG file: give it a name that ends in .png or .svg"))
    return ""


def _asked_language(arguments: Sequence[str]) -> str | None:
    """The language of `--lang`, known before the first text is made."""
    for word, after in zip(arguments, [*arguments[1:], ""], strict=True):
        if word == "--lang" and after in texts.LANGUAGES:
            return after
    return next((code for code in texts.LANGUAGES if f"--lang={code}" in arguments), None)


def run(call: argparse.Namespace) -> int:
    """Carry out one call and return its exit code; problems become lines on standard error."""
    try:
        return _act(call)
    except Refused as refusal:
        _complain(refusal.problems)
        return CANNOT
    except KeyboardInterrupt:
        print(tr(N_("Stopped.")), file=sys.stderr)
        return CANNOT


def _act(call: argparse.Namespace) -> int:
    if call.worker:
        # Matrices are small here: threads of linear algebra wait for each other longer than they help, and the window
        # needs a processor. It must be said before NumPy is imported.
        for library in ("OPENBLAS", "OMP", "MKL"):
            os.environ.setdefault(f"{library}_NUM_THREADS", "1")
        from kume_desktop.services import worker

        return worker.serve(sys.stdin, sys.stdout)
    acts: dict[str, Callable[[argparse.Namespace], int]] = {
        "demo": _demo,
        "form": _form,
        "report": _report,
        "score": _score,
        "rate": _rate,
        "figure": _figure,
        "export": _export,
        "submissions": lambda call: _print(*cli_versions.submissions(call, _opened)),
        "field": lambda call: _print(*cli_field.field(call, _opened)),
        "firms": lambda call: _print(*cli_lists.firms(call, _opened)),
        "print": lambda call: _print(*cli_print.carry_out(call, _opened)),
        "backup": lambda call: _print(*cli_backup.carry_out(call, _opened, _passphrase)),
        "package": lambda call: _print(*cli_packages.carry_out(call, _opened)),
        "person": lambda call: _print(*cli_person.carry_out(call, _opened)),
        "device": lambda call: _print(*cli_devices.carry_out(call, _opened, _passphrase)),
    }
    return acts[call.verb](call)


def _complain(problems: Sequence[Problem]) -> None:
    for one in problems:
        print(texts.say(one), file=sys.stderr)


def _demo(call: argparse.Namespace) -> int:
    """Make a demonstration study anew and write its workbook."""
    from kume_desktop.services import reporting
    from kume_desktop.services.demonstration import create

    name, workbook = ("karne2010", "karne2010.xlsx") if call.scorecard_2010 else ("demo", "rapor.xlsx")
    folder = demonstration_folder(call)
    path = folder / f"{name}.kume"
    create.clear(path)
    make = create.scorecard_2010 if call.scorecard_2010 else create.demonstration
    with make(path, _say_progress) as study:
        written = reporting.write_report(study, folder / workbook, texts.language(), reason=tr(N_("demonstration")))
    print(path)
    print(written.path)
    return DONE


def demonstration_folder(call: argparse.Namespace) -> Path:
    """Where the demonstration studies of a call lie."""
    from kume_desktop.services.demonstration import create

    return call.out or create.home()


def prepared_demonstration(call: argparse.Namespace) -> Path | None:
    """The demonstration study for the window, made where it is not there yet; None after saying what is wrong."""
    from kume_desktop.services.demonstration import create

    try:
        return create.ensure(demonstration_folder(call), "karne2010" if call.scorecard_2010 else "demo", _say_progress)
    except Refused as refusal:
        _complain(refusal.problems)
        return None


def _say_progress(done: int, total: int, text: str) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r\x1b[K{text} {done}/{total}", end=end, file=sys.stderr, flush=True)


def _print(code: int, lines: Sequence[str]) -> int:
    for line in lines:
        print(line)
    return code


def _form(call: argparse.Namespace) -> int:
    if call.act in cli_versions.FORM_ACTS:
        return _print(*cli_versions.form(call, _opened))
    return _form_check(call) if call.act == "check" else _form_test(call)


def _form_check(call: argparse.Namespace) -> int:
    from kume_desktop.services import form_words, forms

    found = [(file, forms.check(file)) for file in call.files]
    if call.json:
        records = [form_words.problem_record(file, one) for file, problems in found for one in problems]
        print(json.dumps(records, ensure_ascii=False, indent=2))
    else:
        for file, problems in found:
            print(*form_words.check_lines(file, problems), sep="\n")
    if call.mark is not None:
        forms.mark(call.files[0], call.mark, found[0][1])
    return NO if any(one.is_error or call.strict for _file, problems in found for one in problems) else DONE


def _form_test(call: argparse.Namespace) -> int:
    from kume_desktop.services import form_words, forms

    outcomes = [(file, forms.test(file)) for file in call.files]
    if call.json:
        records = [form_words.test_record(file, outcome) for file, outcome in outcomes]
        print(json.dumps(records, ensure_ascii=False, indent=2))
    else:
        for file, outcome in outcomes:
            print(*form_words.test_lines(file, outcome, call.coverage), sep="\n")
    return NO if any(outcome.failed or not outcome.cases for _file, outcome in outcomes) else DONE


def _opened(call: argparse.Namespace) -> Study:
    """Open the study of the call, in its newest wave or the one that is named; what the role may not do is refused."""
    from kume_desktop.services import verb_rights, waves

    study = _unlocked(call)
    try:
        verb_rights.check_command(study, call.verb)
        if call.wave:
            waves.switch_to_named(study, call.wave)
    except Refused:
        study.close()
        raise
    return study


def _passphrase(call: argparse.Namespace) -> str:
    """The passphrase that was given, or is asked for now."""
    source = application.PassphraseSource(call.passphrase_fd)
    given = source.given()
    return given if given is not None else source.asked()


def _unlocked(call: argparse.Namespace) -> Study:
    """Open the study of the call; the two demonstration studies open without a passphrase."""
    from kume_desktop.services import studies

    source = application.PassphraseSource(call.passphrase_fd)
    given = source.given()
    if given is not None:
        return studies.open_study(call.study, given)
    try:
        return studies.open_study(call.study, application.DEMONSTRATION_PASSPHRASE, is_typed=False)
    except Refused as refusal:
        if refusal.problems[0].code != "study.wrong-passphrase":
            raise
    return studies.open_study(call.study, source.asked())


def _report(call: argparse.Namespace) -> int:
    from kume_desktop.services import reporting

    if call.file is not None:
        return _report_check(call)
    lang = texts.language()
    with _opened(call) as study:
        if call.firm:
            print(reporting.write_firm_report(study, _firm_named(study, call.firm), call.out, lang))
            return DONE
        why, knowingly = call.knowingly or tr(N_("command line")), bool(call.knowingly)
        written = reporting.write_report(study, call.out, lang, edition=call.edition, reason=why, knowingly=knowingly)
    print(written.path)
    return DONE


def _firm_named(study: Study, code: str) -> str:
    """The firm with a code.

    Raises:
        Refused: `study.unit-missing`.
    """
    from kume_desktop.services import fieldwork

    found = next((row.unit_id for row in fieldwork.firms(study) if row.code == code), None)
    if found is None:
        raise Refused(problem("study.unit-missing"))
    return found


def _report_check(call: argparse.Namespace) -> int:
    """Recompute a finished workbook; 0 where every figure follows from its own answers."""
    from kume_desktop.services import reporting

    found = reporting.check_report(call.file)
    for one in found:
        print(texts.say(one))
    if not found:
        print(tr(N_("{file}: every figure follows from its own answers"), file=call.file.name))
    return NO if found else DONE


def _figure(call: argparse.Namespace) -> int:
    """Draw one figure, draw all of them into a folder, or list them."""
    from kume_desktop.services import figures

    lang = texts.language()
    with _opened(call) as study:
        if call.name:
            print(figures.export_one(study, call.out, call.name, call.area, lang, call.against))
        elif call.out is not None:
            for written in figures.export(study, call.out, lang, figures.SVG if call.svg else figures.PNG):
                print(written)
        else:
            for one in figures.catalogue(study, lang):
                places = (("--area", one.area), ("--against", one.against))
                words = [one.name, *(f"{option} {code}" for option, code in places if code), f"– {one.title}"]
                print(" ".join(words))
    return DONE


def _export(call: argparse.Namespace) -> int:
    from kume_desktop.services import exports

    with _opened(call) as study:
        knowingly, lang, why = bool(call.knowingly), texts.language(), call.reason or call.knowingly
        for written in exports.export_csv(study, call.out, lang, call.excel, reason=why, knowingly=knowingly):
            print(written)
    return DONE


def _rate(call: argparse.Namespace) -> int:
    from kume_desktop.services import level_import

    with _opened(call) as study:
        taken = level_import.import_levels(study, call.file)
    print(tr(N_("{count} levels taken"), count=taken))
    return DONE


def _score(call: argparse.Namespace) -> int:
    from kume_desktop.services import committee, results, score_record, score_words

    with _opened(call) as study:
        computed, left_out = results.current(study), results.left_out(study)
        verdicts, method = committee.verdicts(study, computed), results.method(study)
    if call.json:
        record = {"wave": study.wave.name, **score_record.as_record(computed, verdicts), "left_out": left_out}
        print(json.dumps(record, ensure_ascii=False, indent=2))
        return DONE
    for line in score_words.lines(computed, method, verdicts):
        print(line)
    for entry in left_out:
        reason = texts.tr(LEFT_OUT[entry["reason"]])
        print(tr(N_("left out: {firm}, {what}: {reason}"), firm=entry["firm"], what=entry["what"], reason=reason))
    return DONE
