"""The entry: chooses between the window and the command line, and is the only one that does."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop import application, texts
from kume_desktop.problems import Refused, problem

if TYPE_CHECKING:
    import argparse

_CANNOT = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `kume ARGUMENTS` and return the exit code; what is refused becomes lines on standard error."""
    if arguments is None:
        _watch()
    try:
        return _run(arguments)
    except Refused as refusal:
        for one in refusal.problems:
            print(texts.say(one), file=sys.stderr)
        return _CANNOT
    except BrokenPipeError:
        # Whoever read along (`| head`) has enough; Python would complain once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _CANNOT


def _watch() -> None:
    """Keep a report of what nobody catches, and print no text of an exception: it may hold an answer."""
    from kume_desktop.services import crash_reports
    from kume_desktop.services.crash_reports import Where

    crash_reports.watch(Where.WORKER if "--worker" in sys.argv else Where.COMMAND)


def _run(arguments: Sequence[str] | None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    if len(given) == 1 and given[0].endswith(".kume"):
        given = ["open", *given]
    if not given:
        return _window(None)
    from kume_desktop import cli

    call = cli.parse(given)
    if call.verb == "open":
        return _window(call.study, language=call.lang)
    if call.verb == "demo" and not call.no_window:
        return _demonstration(call)
    if call.selftest:
        return _selftest()
    if not (call.verb or call.worker):
        return _window(None, language=call.lang)
    return cli.run(call)


def _window(study: Path | None, passphrase: str = "", language: str | None = None) -> int:
    """Open the window, or say why there is none and how to do without."""
    code = application.display_problem()
    if code:
        return _without_display(code, language)
    # Nothing that is loaded now goes away again before the window stands: looking for garbage would only delay it.
    gc.disable()
    from kume_desktop.gui import app

    return app.run(study, passphrase, language)


def _demonstration(call: argparse.Namespace) -> int:
    code = application.display_problem()
    if code:
        return _without_display(code, call.lang)
    from kume_desktop import cli

    study = cli.prepared_demonstration(call)
    return cli.CANNOT if study is None else _window(study, application.DEMONSTRATION_PASSPHRASE, call.lang)


def _without_display(code: str, language: str | None) -> int:
    application.begin(language)
    print(texts.say(problem(code)), file=sys.stderr)
    return _CANNOT


def _selftest() -> int:
    """Try the parts of the program; the drawing part needs Qt, which only the window's room knows."""
    application.begin()
    if application.display_problem():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from kume_desktop.gui import selftest as drawing
    from kume_desktop.services import selftest

    for line in (*selftest.run(), *drawing.run()):
        print(line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
