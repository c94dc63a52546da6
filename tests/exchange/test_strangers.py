"""R14: whatever a stranger's workbook holds, the importer says what is wrong with it in one way, within its limits."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from kume_desktop.exchange import limits
from tests.exchange.bombs import BOMBS, SLOW, plain
from tests.exchange.lists import FIRMS, rows_of, shared_workbook, workbook

pytestmark = pytest.mark.change
PARTS = 6
SEEN_AT_ONCE = ("a row number beyond all", "a tag of 20 MB", "200,000 attributes")
WORDS = (
    "text", "integer", "select_one k", "select_one yok", "begin_group", "end_group", "begin_repeat", "end_repeat",
    "calculate", "${unvan}", "${yok}", "${", "}", "if(", "1 div 0", "../..", "concat('a',", "=1+1", "jr:choice-name(",
    "", "\u202e", "ünvan", "a" * 40_000, "select_multiple_from_file x.csv", "0" * 400, "xlsx", "type", "name",
    "label::tr",
)  # fmt: skip


class Readers:
    """Reading processes: one at a time, another one where it was ended."""

    def __init__(self) -> None:
        self.ended = 0

    def read(self, files: Iterable[tuple[str, Path]]) -> Iterator[dict]:
        """The answer to each file; one that ended its reader without a word has `failed`."""
        waiting = list(files)
        while waiting:
            answers, code = self._run(waiting)
            yield from answers
            waiting = waiting[len(answers) :]
            if not waiting:
                return
            if code == limits.TOO_LONG:
                self.ended += 1
                continue
            yield {"failed": f"the reader ended with {code}"}
            waiting = waiting[1:]

    def _run(self, files: list[tuple[str, Path]]) -> tuple[list[dict], int]:
        command = [sys.executable, "-m", "tests.exchange.strangers"]
        asked = "".join(f"{kind}:{file}\n" for kind, file in files)
        done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False)
        return [json.loads(line) for line in done.stdout.splitlines()], done.returncode


def check(kind: str, file: Path, answer: dict, *, must_refuse: bool = False) -> None:
    assert "failed" not in answer, (kind, file.name, answer)
    assert not must_refuse or answer["found"], file.name
    for code, named, _sheet, _row in answer["found"]:
        assert code.partition(".")[0] in {"form", "list"}, (file.name, code)
        assert named == file.name, (file.name, code)


def flipped(content: bytes, chance: random.Random) -> bytes:
    wrong = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        wrong[chance.randrange(len(wrong))] = chance.randrange(256)
    return bytes(wrong)


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def member_spoiled(content: bytes, chance: random.Random) -> bytes:
    """Other characters, or a piece twice, or a piece gone, in one member of a sound archive."""
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = chance.choice(old.namelist())
        for name in old.namelist():
            data = bytearray(old.read(name))
            if name == chosen and data:
                at, length = chance.randrange(len(data)), chance.randint(1, 40)
                match chance.randrange(4):
                    case 0:
                        data[at] = chance.randrange(32, 127)
                    case 1:
                        data[at:at] = data[at : at + length] * chance.randint(1, 30)
                    case 2:
                        del data[at : at + length]
                    case _:
                        data[at : at + 1] = chance.choice((b"<", b">", b"&", b'"', b"]]>", b"<!--", b"&#0;", b"\xff"))
            new.writestr(name, bytes(data))
    return kept.getvalue()


def member_gone(content: bytes, chance: random.Random) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        gone = chance.choice(names)
        for name in names:
            if name != gone:
                new.writestr(name, old.read(name))
            elif chance.random() < 0.5:
                new.writestr(name, old.read(chance.choice(names)))
    return kept.getvalue()


def cells_changed(content: bytes, chance: random.Random) -> bytes:
    book = openpyxl.load_workbook(BytesIO(content))
    sheets = book.worksheets
    for _ in range(chance.randint(1, 6)):
        sheet = chance.choice(sheets)
        sheet.cell(chance.randint(1, 8), chance.randint(1, 9)).value = chance.choice(WORDS)
    if chance.random() < 0.1:
        chance.choice(sheets).title = chance.choice(("survey ", "Choices", "sheet", "settings2"))
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flipped, member_spoiled, cells_changed, member_spoiled, member_gone, cells_changed, cut, flipped,
)  # fmt: skip


def mutated(count: int, seed: int, folder: Path) -> Iterator[tuple[str, Path]]:
    chance = random.Random(seed)
    sources = (plain(), workbook(rows_of(FIRMS)), shared_workbook([("Ünvanı", "Vergi No"), ("Ege", "1234567890")]))
    for number in range(count):
        content = MUTATIONS[number % len(MUTATIONS)](chance.choice(sources), chance)
        file = folder / f"{number}.xlsx"
        file.write_bytes(content)
        yield ("form", "list")[number // len(MUTATIONS) % 2], file


def counts(count: int, seed: int, folder: Path) -> str:
    readers, told = Readers(), Counter[str]()
    files = list(mutated(count, seed, folder))
    for (kind, file), answer in zip(files, readers.read(files), strict=True):
        check(kind, file, answer)
        told["refused" if any(code for code, *_place in answer["found"]) else "taken"] += 1
    assert told["refused"] > count // 3
    assert told["taken"] > count // 50
    how = f"{told['refused']} refused, {told['taken']} taken, {readers.ended} too long"
    return f"{count} files, {how}, 0 unhandled, 0 hangs"


def test_that_500_mutated_workbooks_give_one_kind_of_error(tmp_path: Path, counted: Callable[[str], None]):
    counted(f"R14 mutated workbooks: {counts(500, 14, tmp_path)}")


@pytest.mark.long
@pytest.mark.parametrize("part", range(10))
def test_that_ten_thousand_mutated_workbooks_give_one_kind_of_error(
    tmp_path: Path, part: int, counted: Callable[[str], None]
):
    counted(f"R14 mutated workbooks, long {part + 1} of 10: {counts(1_000, 100 + part, tmp_path)}")


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no limit of memory")
@pytest.mark.parametrize("part", [*range(PARTS), pytest.param(PARTS, marks=pytest.mark.long)])
def test_that_every_named_bomb_ends_within_the_limits(tmp_path: Path, part: int, counted: Callable[[str], None]):
    files, bombs = [], SLOW if part == PARTS else [name for name in BOMBS if name not in SLOW][part::PARTS]
    for number, (name, make) in enumerate((name, BOMBS[name]) for name in bombs):
        file = tmp_path / f"{number} {name}.xlsx"
        file.write_bytes(make())
        assert file.stat().st_size < 25_000_000
        files += [("list", file), ("form", file)]
    readers, refused = Readers(), 0
    for (kind, file), answer in zip(files, readers.read(files), strict=True):
        check(kind, file, answer)
        if file.stem.partition(" ")[2] in SEEN_AT_ONCE:
            assert [code.partition(".")[2].removeprefix("file-") for code, *_place in answer["found"]] == ["harmful"]
        refused += bool(answer["found"])
    told = f"{len(bombs)} named, read as form and as list, {refused} of {len(files)} refused, 0 unhandled"
    counted(f"R14 bombs, {'long' if part == PARTS else f'part {part + 1} of {PARTS}'}: {told}")
