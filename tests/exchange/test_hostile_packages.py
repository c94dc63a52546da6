"""Packages from hostile hands: mutated ones, and bombs that somebody enrolled signed. None is taken, none crashes."""

from __future__ import annotations

import json
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from kume_desktop.exchange.packages.format import LARGEST_FILE, LONGEST_LINE, MAGIC, MOST_BYTES, Range
from kume_desktop.exchange.packages.opening import peek
from kume_desktop.problem_texts import SENTENCES
from kume_desktop.problems import Refused
from tests.exchange import sealed
from tests.exchange.mutations import changed
from tests.exchange.sealed import STUDY, World, opened, sent, world, written

QUICK, LONG = 1_000, 20_000


def _mutate(tmp_path: Path, cases: int, counted: Callable[[str], None]) -> dict[str, int]:
    here, chance = world(), random.Random(7)
    content = sent(here, here.laptop)
    whole = written(tmp_path, content)
    assert len(opened(here, whole).events) == 5, "the untouched package is taken"
    codes: dict[str, int] = {}
    path = tmp_path / "mutated"
    for number in range(cases):
        mutated = changed(chance, content, here, number)
        if mutated == content:
            continue
        path.write_bytes(mutated)
        with pytest.raises(Refused) as refused:
            opened(here, path, owners=here.owners)
        code = refused.value.problems[0].code
        codes[code] = codes.get(code, 0) + 1
    counted(f"R12 packages: {sum(codes.values())} mutated, 0 taken, {len(codes)} reasons, one kind of error")
    return codes


def test_that_no_mutated_package_is_taken_and_none_ends_in_another_error(tmp_path, counted):
    codes = _mutate(tmp_path, QUICK, counted)
    assert sum(codes.values()) >= QUICK * 0.99
    assert codes.keys() <= SENTENCES.keys() and all(code.startswith("package.") for code in codes)
    assert {
        "package.damaged",
        "package.unknown-sender",
        "package.not-ours",
        "package.newer",
        "package.not-for-us",
    } <= set(codes)


@pytest.mark.long
def test_that_of_twenty_thousand_mutated_packages_none_is_taken(tmp_path, counted):
    assert sum(_mutate(tmp_path, LONG, counted).values()) >= LONG * 0.99


# --- bombs inside validly signed packages ---


def _event(value: str = '"3"', **other: str) -> bytes:
    fields = {
        "format": "1", "id": f'"{uuid4()}"', "stream": f'"{STREAM}"', "seq": "1", "prev": '""', "kind": '"answer"',
        "subject_kind": '"interview"', "subject": f'"{uuid4()}"', "path": '"/data/q"', "value": value,
        "supersedes": "[]", "author": '"A"', "role": '"staff"', "at": '"2026-11-20T10:00:00+00:00"', "program": '"1"',
    } | other  # fmt: skip
    return ("{" + ",".join(f'"{name}":{text}' for name, text in fields.items()) + "}").encode("utf-8", "surrogatepass")


def _line(event: bytes) -> bytes:
    return b'{"t":"event","line":' + event + b"}"


STREAM = "00000000-0000-7000-8000-0000000000aa"
_KEY = {"t": "key", "id": str(uuid4()), "subject": str(uuid4()), "key": "A" * 43 + "="}


def _told(**change: object) -> bytes:
    return json.dumps(_KEY | change).encode()


EVENTS = {
    "a line longer than a line may be": _line(_event('"' + "x" * (LONGEST_LINE + 10) + '"')),
    "a million keys": _line(_event("{" + ",".join(f'"{n}":1' for n in range(400_000)) + "}")),
    "too many keys in a short line": _line(_event("{" + ",".join(f'"{n}":1' for n in range(30_000)) + "}")),
    "nesting of a hundred thousand lists": _line(_event('{"a":' + "[" * 100_000 + "]" * 100_000 + "}")),
    "nesting of a hundred thousand objects": _line(_event('{"a":' * 100_000 + "1" + "}" * 100_000)),
    "nesting that a parser would still take": _line(_event('{"a":' + "[" * 60 + "]" * 60 + "}")),
    "NaN": _line(_event('{"a":NaN}')),
    "Infinity": _line(_event('{"a":-Infinity}')),
    "a number of a million digits": _line(_event('{"a":' + "9" * 1_000_000 + "}")),
    "a lone surrogate": _line(_event('"\ud800"')),
    "an escaped lone surrogate": _line(_event('"\\udc00"')),
    "NUL": _line(_event('"a\x00b"')),
    "an escaped NUL": _line(_event('"\\u0000"')),
    "an escaped NUL in a key": _line(_event('{"\\u0000":1}')),
    "a bell": _line(_event('"\x07"')),
    "a mark that turns the writing in a path": _line(_event(path='"/data/\u202eq"')),
    "a mark that turns the writing in a role": _line(_event(role='"\u2066staff"')),
    "a mark that turns the writing in a kind": _line(_event(kind='"answer\u200f"')),
    "a key twice": _line(_event(author='"A","author":"B"')),
    "no object": _line(b"[1,2,3]"),
    "not JSON": _line(b"}{"),
    "not UTF-8": _line(_event('"\ud800"').replace(b"\xed\xa0\x80", b"\xff\xfe")),
    "a value that is a list": _line(_event("[1]")),
    "a number as a value": _line(_event("1e999")),
    "a sequence below one": _line(_event(seq="0")),
    "a sequence beyond every store": _line(_event(seq=str(2**70))),
    "a sequence that is true": _line(_event(seq="true")),
    "a moment without a zone": _line(_event(at='"2026-11-20T10:00:00"')),
    "a moment of no calendar": _line(_event(at='"9999-99-99"')),
    "supersedes that is no list": _line(_event(supersedes='{"a":1}')),
    "supersedes of no identifiers": _line(_event(supersedes='["x"]')),
    "a subject that is a number": _line(_event(subject="5")),
    "an identity that is a list": _line(_event(id="[]")),
    "supersedes of numbers": _line(_event(supersedes="[5]")),
    "a subject that is no identifier": _line(_event(subject='"1; DROP TABLE event"')),
    "a sealed value without its box": _line(_event("null", sealed='{"key":"x"}')),
    "a higher format of the event": _line(_event(format="2")),
    "an event cut off": b'{"t":"event","line":{"a":1}',
    "an event in an unknown wrapping": b'{"t":"event", "line":{}}',
}
OTHERS = {
    "an unknown field in a key": _told(more=1),
    "a key of the wrong size": _told(key="AAAA"),
    "a key that is no base64": _told(key="§§§"),
    "a key that is a number": _told(key=7),
    "a key whose subject is none": _told(subject="x"),
    "a second manifest": b'{"t":"manifest"}',
    "no kind": b'{"a":1}',
    "a kind that is a list": b'{"t":[]}',
    "a kind of a thousand letters": json.dumps({"t": "x" * 1000}).encode(),
    "an empty line": b"",
    "a tombstone of a study": json.dumps({"t": "tombstone", "subject": STUDY, "kind": "study", "reason": "a"}).encode(),
    "a tombstone with a mark": json.dumps(
        {"t": "tombstone", "subject": STUDY, "kind": "unit", "reason": "a\u202eb"}, ensure_ascii=False
    ).encode(),
    "a blob with another hash": json.dumps({"t": "blob", "hash": "0" * 64, "media_type": "a", "content": ""}).encode(),
    "a receipt with marks of two": json.dumps(
        {"t": "receipt", "id": STUDY, "device": STUDY, "at": "x", "marks": [[STUDY, 1]], "signature": "A" * 86 + "=="}
    ).encode(),
    "a line of a million brackets": b"[" * 1_000_000,
    "a million keys beside the events": json.dumps({"t": "key"} | {str(n): 1 for n in range(100_000)}).encode(),
}


def test_that_a_harmless_line_in_the_same_wrapping_comes_as_far_as_the_question_who_may_send_it(tmp_path):
    here = world()
    header = sealed.manifest_header(here, 1)
    first = sealed.first_line(header, [Range(STREAM, here.laptop.id, 1, 1, 1, None)], {"event": 1})
    plain = b"\n".join((first, _line(_event()), b""))
    assert _refused(here, tmp_path, sealed.bomb(here, plain, manifest=header)) == "package.not-entitled"


def _refused(here: World, tmp_path: Path, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        opened(here, written(tmp_path, content))
    code = refused.value.problems[0].code
    assert code in SENTENCES and code.startswith("package.")
    return code


@pytest.mark.parametrize("name", [*EVENTS, *OTHERS])
@pytest.mark.cases("R13 signed packages that do harm")
def test_that_a_hostile_line_in_a_validly_signed_package_is_refused(tmp_path, name):
    here = world()
    line = EVENTS.get(name) or OTHERS.get(name, b"")
    is_event = name in EVENTS
    header = sealed.manifest_header(here, int(is_event))
    ranges = [Range(STREAM, here.laptop.id, 1, 1, 1, None)] if is_event else []
    first = sealed.first_line(header, ranges, {"event": 1} if is_event else {"key": 1})
    code = _refused(here, tmp_path, sealed.bomb(here, b"\n".join((first, line, b"")), manifest=header))
    assert code == ("package.newer" if "higher" in name else "package.damaged")


@pytest.mark.cases("R13 signed packages that do harm")
def test_that_bodies_that_unpack_without_end_are_stopped_at_the_limit(tmp_path):
    here = world()
    assert _refused(here, tmp_path, sealed.bomb(here, b"\0" * (MOST_BYTES + 1))) == "package.too-large"
    endless, chunk = zlib.compressobj(1), b"x" * 10_000_000
    packed = b"".join(endless.compress(chunk) for _ in range(100)) + endless.flush()
    assert _refused(here, tmp_path, sealed.bomb(here, b"", raw=packed)) == "package.too-large"
    lines = b"{}\n" * 600_000
    assert _refused(here, tmp_path, sealed.bomb(here, lines)) == "package.too-large"


@pytest.mark.parametrize(
    "packed",
    [
        b"", b"no zlib", zlib.compress(b""), zlib.compress(b"no newline"), zlib.compress(b"{}\n")[:-1],
        zlib.compress(b"{}\n") + b"more", zlib.compress(b"\n"), zlib.compress(b"\xff\n"),
    ],
)  # fmt: skip
@pytest.mark.cases("R13 signed packages that do harm")
def test_that_a_body_that_is_no_list_of_lines_is_damaged(tmp_path, packed):
    here = world()
    assert _refused(here, tmp_path, sealed.bomb(here, b"", raw=packed)) == "package.damaged"


@pytest.mark.cases("R13 signed packages that do harm")
def test_that_a_manifest_that_tells_other_numbers_than_follow_is_damaged(tmp_path):
    here = world()
    header = sealed.manifest_header(here)
    for ranges, counts in (
        ([Range(STREAM, here.laptop.id, 1, 9, 9, None)], {}),
        ([], {"key": 3}),
        ([], {"event": 3}),
        ([], {"never heard of": 1}),
    ):
        plain = sealed.first_line(header, ranges, counts) + b"\n"
        assert _refused(here, tmp_path, sealed.bomb(here, plain, manifest=header)) == "package.damaged"


def test_that_a_file_larger_than_any_package_is_not_even_read_through(tmp_path):
    here, path = world(), tmp_path / "large"
    with path.open("wb") as file:
        file.write(MAGIC)
        file.truncate(LARGEST_FILE + 10)
    assert _refused_path(lambda: opened(here, path)) == "package.too-large"


@pytest.mark.parametrize(
    "content",
    [
        MAGIC, MAGIC + b"\xff\xff\xff\xff", MAGIC + struct.pack(">I", 5), MAGIC + struct.pack(">I", 2) + b"{}",
        MAGIC + struct.pack(">I", 4) + b"NaN ", MAGIC + struct.pack(">I", 2) + b"\xff\xfe",
        MAGIC + struct.pack(">I", 0),
        MAGIC + struct.pack(">I", 4000) + b"[" * 4000, MAGIC + struct.pack(">I", 12) + b'{"format":1}',
    ],
)  # fmt: skip
@pytest.mark.cases("R13 signed packages that do harm")
def test_that_a_header_that_is_none_is_one_kind_of_error(tmp_path, content):
    path = written(tmp_path, content)
    assert _refused_path(lambda: peek(path)) == "package.damaged"
    assert _refused_path(lambda: opened(world(), path)) == "package.damaged"


def _refused_path(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.problems[0].code
