"""A member of staff who takes packages in, again and again, each time when told to.

Run as a program: a line of JSON names the study and the files; it is opened and "ready" told; at the next line the
files are taken one after the other, and what became of each is told as JSON: how many entries were new, or why it was
refused.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from kume_desktop.problems import Refused
from kume_desktop.services import studies
from kume_desktop.services.packages import merging, reading
from tests.studies import PASSPHRASE


def main() -> None:
    """Take what each line says until there is no further line."""
    for line in sys.stdin:
        asked = json.loads(line)
        os.environ["KUME_PROFILE"] = asked["profile"]
        with studies.open_study(Path(asked["study"]), PASSPHRASE) as study:
            print("ready", flush=True)
            sys.stdin.readline()
            told = [take(study, Path(file)) for file in asked["files"]]
        print(json.dumps(told), flush=True)


def take(study: studies.Study, file: Path) -> int | str:
    """The number of new entries, or the code of the refusal."""
    try:
        return merging.take(study, reading.examine(study, file)).new
    except Refused as refusal:
        return refusal.problems[0].code


if __name__ == "__main__":
    main()
