"""Killed at each statement of a migration in turn: a process that forks one child for each and looks what it left.

Run as a program: STUDY FIRST-NUMBER; the key comes on standard input. One line of JSON at the end: how many were
killed, and what was found that must not be.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections import Counter
from pathlib import Path

from sqlalchemy import Engine, event

from kume_desktop.problems import Refused
from kume_desktop.store import connecting, keyfile, upgrade

LEFT = "SELECT count(*) FROM sqlite_master WHERE name LIKE '\\_alembic\\_tmp%' ESCAPE '\\'"
ROWS = "SELECT count(*) FROM {}"
TABLES = ("event", "head", "subject", "visit", "assignment", "interview", "unit")


def main() -> None:
    """Kill at the first statement, at the second, until a migration comes to its end."""
    path, old = Path(sys.argv[1]), int(sys.argv[2])
    key = keyfile.DataKey.from_json(sys.stdin.readline())
    wanted, place, wrong = rows(path, key), path.parent / "tried", Counter[str]()
    kills, was_killed = 0, True
    while was_killed:
        place.mkdir()
        copy = place / path.name
        shutil.copy(path, copy)
        was_killed = killed_at(copy, key, kills + 1)
        kills += was_killed
        wrong.update(faults(copy, key, old, wanted))
        shutil.rmtree(place)
    print(json.dumps({"kills": kills, "wrong": wrong}))


def killed_at(path: Path, key: keyfile.DataKey, statement: int) -> bool:
    """Migrate in a child that is killed before its n-th statement; False where it came to its end before."""
    child = os.fork()
    if child:
        _, how = os.waitpid(child, 0)
        return os.WIFSIGNALED(how) and os.WTERMSIG(how) == signal.SIGKILL
    seen = 0

    def count(*_what: object) -> None:
        nonlocal seen
        seen += 1
        if seen == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    upgrade.upgrade_file(path, key)
    os._exit(0)


def faults(path: Path, key: keyfile.DataKey, old: int, wanted: dict[str, int]) -> list[str]:
    """What is wrong with a study after its migration was killed, and after it was done again."""
    found = []
    number, left = ask(path, key, "PRAGMA user_version"), ask(path, key, LEFT)
    if number not in {old, upgrade.SCHEMA_NUMBER} or left:
        found.append("neither old nor new")
    if rows(path, key) != wanted:
        found.append("rows lost")
    try:
        upgrade.upgrade_file(path, key)
    except Refused:
        found.append("not migrated afterwards")
    if rows(path, key) != wanted or ask(path, key, "SELECT count(*) FROM pragma_foreign_key_check"):
        found.append("rows lost afterwards")
    if sorted(one.name for one in path.parent.iterdir()) != [path.name]:
        found.append("something left beside it")
    return found


def rows(path: Path, key: keyfile.DataKey) -> dict[str, int]:
    """The rows of the tables that hold what people said."""
    return {name: ask(path, key, ROWS.format(name)) for name in TABLES}


def ask(path: Path, key: keyfile.DataKey, question: str) -> int:
    """One number from a study file."""
    connection = connecting.connect_file(path, key)
    try:
        return int(connection.execute(question).fetchone()[0])
    finally:
        connection.close()


if __name__ == "__main__":
    main()
