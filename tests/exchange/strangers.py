"""The process that reads what strangers wrote as the program's worker does: within limits, one file after the other.

Run as a program: it takes one path a line (`form:` or `list:` in front of it) and answers each with a line of JSON: the
codes of what is wrong and the files they name, or how the reader failed where that is no refusal.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kume_desktop.problems import Problem, Refused
from kume_desktop.services import form_work, forms
from kume_desktop.services.sample_lists import outline, work


def read(kind: str, file: Path) -> tuple[Problem, ...]:
    """What the program's importer finds wrong with a file."""
    try:
        if kind == "form":
            with form_work.within_limits(file, end):
                return forms.check(file)
        outline.outline(work.read_within_limits(file, end))
    except Refused as refused:
        return refused.problems
    return ()


def end(found: Problem) -> None:
    """Tell why this process ends itself."""
    tell([found])


def tell(found: object) -> None:
    """Answer one file."""
    if isinstance(found, str):
        record: object = {"failed": found}
    else:
        places = [[one.code, one.where.file, one.where.sheet, one.where.row] for one in found]  # type: ignore[attr-defined]
        record = {"found": places}
    sys.stdout.write(json.dumps(record) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Read until there is nothing more to read."""
    for line in sys.stdin:
        kind, _colon, path = line.rstrip("\n").partition(":")
        try:
            found: object = read(kind, Path(path))
        except BaseException as error:  # noqa: BLE001 - whatever else comes out is what the test looks for
            found = type(error).__name__
        tell(found)


if __name__ == "__main__":
    main()
