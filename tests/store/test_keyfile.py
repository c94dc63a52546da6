"""The key file: what opens a study, and every way in which it can be wrong, each told by its own name."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from kume_desktop.problems import Refused
from kume_desktop.store import keyfile

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "a.kume"
    path.touch()
    return path


def make(study: Path, passphrase: str = "uzun bir söz") -> keyfile.DataKey:
    return keyfile.create(study, passphrase, "Ayşe", keyfile.CHEAP)


def refusal(study: Path, passphrase: str = "uzun bir söz") -> str:
    with pytest.raises(Refused) as refused:
        keyfile.unlock(study, passphrase)
    return refused.value.problems[0].code


def test_that_the_passphrase_opens_the_key_that_was_made(study: Path):
    made = make(study)
    assert keyfile.unlock(study, "uzun bir söz") == made
    assert len(made.hex) == 96


def test_that_a_wrong_or_empty_passphrase_is_said_to_be_wrong(study: Path):
    make(study)
    assert refusal(study, "Uzun bir söz") == "study.wrong-passphrase"
    assert refusal(study, "") == "study.wrong-passphrase"


def test_that_an_empty_passphrase_cannot_be_set(study: Path):
    with pytest.raises(Refused) as refused:
        make(study, "")
    assert refused.value.problems[0].code == "study.passphrase-empty"


def test_that_the_same_letters_typed_in_another_way_open_it(study: Path):
    make(study, "\u015fifre\u0307")
    assert keyfile.unlock(study, "s\u0327ifre\u0307").key


def test_that_neither_passphrase_nor_key_stands_in_the_file_or_in_what_is_printed(study: Path):
    made = make(study)
    raw = keyfile.path_of(study).read_bytes()
    assert made.key.hex().encode() not in raw
    assert "söz" not in raw.decode()
    assert made.key.hex() not in repr(made)


def test_that_the_file_is_small_and_holds_its_document_twice(study: Path):
    make(study)
    lines = keyfile.path_of(study).read_bytes().splitlines()
    assert len(lines) == 2
    assert lines[0] == lines[1]
    assert len(lines[0]) <= keyfile.LONGEST
    assert json.loads(lines[0])["format"] == "kume-key"


def test_that_a_missing_study_and_a_missing_key_are_told_apart(study: Path):
    make(study)
    keyfile.path_of(study).unlink()
    assert refusal(study) == "study.key-missing"
    study.unlink()
    assert refusal(study) == "study.not-found"


def test_that_damage_to_one_copy_does_no_harm_and_to_both_is_named(study: Path):
    made = make(study)
    file, raw = keyfile.path_of(study), keyfile.path_of(study).read_bytes()
    chance = random.Random(7)
    for _ in range(60):
        place = chance.randrange(len(raw) // 2 - 2)
        broken = bytearray(raw)
        broken[place] ^= 1 << chance.randrange(7)
        file.write_bytes(broken)
        assert keyfile.unlock(study, "uzun bir söz") == made
        broken[place + len(raw) // 2] ^= 1
        file.write_bytes(broken)
        assert refusal(study) == "study.key-damaged"


@pytest.mark.parametrize("content", [b"", b"{}\n{}\n", b"[1]\n", b"PK\x03\x04", b"\xff\xfe", b"[" * 5000])
def test_that_a_foreign_key_file_is_said_to_be_damaged(study: Path, content: bytes):
    make(study)
    keyfile.path_of(study).write_bytes(content)
    assert refusal(study) == "study.key-damaged"


def test_that_a_salt_that_was_exchanged_is_found_by_the_check_value(study: Path):
    make(study)
    document = dict(keyfile.read(keyfile.path_of(study)))
    document["salt"] = "00" * 16
    keyfile._write(document, keyfile.path_of(study))
    assert refusal(study) == "study.key-damaged"


def test_that_a_newer_key_file_is_said_to_be_newer(study: Path):
    make(study)
    document = {**keyfile.read(keyfile.path_of(study)), "version": 2}
    keyfile._write(document, keyfile.path_of(study))
    assert refusal(study) == "study.key-newer"


def test_that_an_existing_key_file_is_never_overwritten(study: Path):
    made = make(study)
    with pytest.raises(Refused) as refused:
        make(study)
    assert refused.value.problems[0].code == "study.key-exists"
    assert keyfile.unlock(study, "uzun bir söz") == made


def test_that_two_people_open_it_each_with_their_own_passphrase(study: Path):
    made = make(study)
    keyfile.add_passphrase(study, made, "ikinci", "Mehmet", keyfile.CHEAP)
    keyfile.add_passphrase(study, made, "yenisi", "Ayşe", keyfile.CHEAP)
    assert keyfile.unlock(study, "ikinci") == keyfile.unlock(study, "yenisi") == made
    assert refusal(study) == "study.wrong-passphrase"
    assert set(keyfile.people(study)) == {"Ayşe", "Mehmet"}


def test_that_too_many_slots_are_refused_and_the_file_stays(study: Path):
    made = make(study)

    def fill() -> None:
        for number in range(40):
            keyfile.add_passphrase(study, made, "x", f"Kişi {number}", keyfile.CHEAP)

    with pytest.raises(Refused) as refused:
        fill()
    assert refused.value.problems[0].code == "study.key-full"
    assert keyfile.unlock(study, "uzun bir söz") == made


def test_that_the_copy_in_the_profile_brings_a_lost_key_file_back(study: Path):
    made = make(study)
    keyfile.path_of(study).unlink()
    keyfile.restore_copy(study, keyfile.copy_of(made.study_id))
    assert keyfile.unlock(study, "uzun bir söz") == made


def test_that_the_key_reaches_the_worker_unchanged(study: Path):
    made = make(study)
    assert keyfile.DataKey.from_json(made.to_json()) == made


def test_that_the_ordinary_cost_is_not_cheap():
    assert keyfile.Cost().memory_kib >= 64 * 1024
    assert keyfile.Cost().passes >= 3
