"""The process that is recorded: it answers an interview, and notes each answer once it was told that it is stored."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from kume_desktop.problems import Refused
from kume_desktop.store import backups, connecting, engine, keyfile, reading
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.records import StateRow

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def weaken(how: str) -> None:
    """Take one of the safeguards away; a test that sees no loss then sees nothing at all."""
    if how == "not-synced":
        connecting._PRAGMAS = tuple(  # type: ignore[misc]
            one.replace("synchronous = FULL", "synchronous = NORMAL") for one in connecting._PRAGMAS
        )
    if how == "salt-in-file":
        keyfile.DataKey.hex = property(lambda key: key.key.hex())  # type: ignore[method-assign,assignment]


def main() -> None:
    """Answer from `first` to `last`; in between a backup, at the end the study is closed.

    What is stored is acknowledged in a file beside the study, or with `piped` as a fifth argument on stdout.
    """
    path, first, last, how = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    weaken(how)
    key = keyfile.DataKey.from_json(sys.stdin.readline())
    database = engine.open_database(path, key)
    interview = reading.interviews(database)[0].interview_id
    piped = sys.argv[5:] == ["piped"]
    acks = sys.stdout.fileno() if piped else os.open(path.with_name("acks"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    refused = 0
    for number in range(first, last):
        while not answer(database, interview, number):
            refused += 1
        os.write(acks, f"{number} ".encode())
        if number == (first + last) // 2 and how == "sound":
            backups.make(path, key, path.with_name("yedek"), backups.Reason.INTERVIEW, NOW)
    database.close()
    print(refused)


def answer(database: engine.Database, interview: str, number: int) -> bool:
    """Give an answer; False where the disk refused it: whoever types it keeps it in the field and tries again."""
    place = f"/data/q{number % 40}"
    try:
        with database.act("A", "interviewer", wait=False) as act:
            act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, interview, place, f"<{number}>" + "x" * 300)
            act.save_state(interview, [StateRow(place)])
            act.save_draft(interview, place, "yarım")
    except Refused as refusal:
        if refusal.problems[0].code not in {"study.disk-full", "study.disk-error", "study.read-only"}:
            raise
        return False
    return True


if __name__ == "__main__":
    main()
