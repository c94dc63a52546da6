"""Opening what is no sound study: one line that names the thing and the way out, exit code 3, not a byte changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kume_desktop import __main__ as program
from kume_desktop.services import fieldwork, studies
from kume_desktop.services.views import NewFirm
from kume_desktop.store import connecting, keyfile
from kume_desktop.store.tables import SCHEMA_NUMBER
from tests.studies import AREAS, FACTS, PASSPHRASE, copied

PAGE = 4096
NEWER = 7


@pytest.fixture(scope="module")
def other_key(tmp_path_factory: pytest.TempPathFactory, empty_template: Path) -> Path:
    """The key file of another study, opened by the same passphrase."""
    del empty_template  # made first, so that this one has a profile of its own
    folder = tmp_path_factory.mktemp("other")
    keyfile.create(folder / "other.kume", PASSPHRASE, "Elif", keyfile.CHEAP)
    return folder / "other.kume-key"


@pytest.fixture
def path(empty_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A closed study of two firms, and the passphrase in the environment."""
    monkeypatch.setenv("KUME_PASSPHRASE", PASSPHRASE)
    return copied(empty_template, tmp_path)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def refusal(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that `kume score` says about a study; nothing in its folder may change."""
    before = contents(path.parent)
    assert program.main(["score", str(path)]) == 3
    out, err = capsys.readouterr()
    assert out == "" and len(err.strip().splitlines()) == 1 and "Traceback" not in err
    assert contents(path.parent) == before
    return err.strip()


def flip(file: Path, place: int, bit: int = 0) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1 << bit
    file.write_bytes(content)


def test_that_the_study_of_these_tests_opens(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["score", str(path), "--json"]) == 0
    assert [area["code"] for area in json.loads(capsys.readouterr().out)["areas"]] == ["kimya", "lojistik"]


@pytest.mark.parametrize("given", ["yanlış parola", "UZUN BİR PAROLA", PASSPHRASE + " ", "\x00", ""])
def test_that_a_wrong_passphrase_is_called_so(
    given: str, path: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    typed = tmp_path.parent / f"{tmp_path.name}-typed"
    typed.write_text(given + "\n", encoding="utf-8")
    before = contents(path.parent)
    with typed.open(encoding="utf-8") as stream:
        assert program.main(["--passphrase-fd", str(stream.fileno()), "score", str(path)]) == 3
    assert "Parola yanlış" in capsys.readouterr().err
    assert contents(path.parent) == before


def test_that_a_study_that_is_not_there_is_named(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "yok.kume" in refusal(path.with_name("yok.kume"), capsys)


def test_that_a_missing_key_file_is_named(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keyfile.path_of(path).unlink()
    said = refusal(path, capsys)
    assert "deneme.kume-key" in said and "yedek" in said


def test_that_a_key_file_of_another_study_is_told_apart(
    path: Path, other_key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(other_key, keyfile.path_of(path))
    assert "Anahtar dosyası" in refusal(path, capsys)


SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _content: b"",
    "text": lambda _content: b"anahtar\n",
    "cut off in the first copy": lambda content: content[: len(content) // 3],
    "a byte lost in both copies": lambda content: b"\n".join(line[:200] + line[201:] for line in content.splitlines()),
    "other JSON": lambda _content: b'{"format": "kume-key"}\n{"format": "kume-key"}\n',
    "a list": lambda _content: b"[1, 2]\n[1, 2]\n",
    "nested without end": lambda _content: b"[" * 8000,
}


@pytest.mark.parametrize("name", SPOILED)
def test_that_a_damaged_key_file_is_named(name: str, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = keyfile.path_of(path)
    key.write_bytes(SPOILED[name](key.read_bytes()))
    said = refusal(path, capsys)
    assert "deneme.kume-key" in said and "bozuk" in said


def test_that_one_whole_copy_in_the_key_file_is_enough(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = keyfile.path_of(path)
    content = key.read_bytes()
    for spoiled in (b"x" * 100 + content[100:], content[: len(content) * 3 // 4]):
        key.write_bytes(spoiled)
        assert program.main(["score", str(path)]) == 0
    assert capsys.readouterr().err == ""


FOREIGN = {
    "text": "merhaba dünya\n".encode() * 1000,
    "short text": b"merhaba",
    "empty": b"",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 64,
    "plain database": b"SQLite format 3\0" + bytes(PAGE * 4),
    "zeros": bytes(PAGE * 8),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_that_a_file_that_is_no_study_is_called_so(name: str, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_bytes(FOREIGN[name])
    said = refusal(path, capsys)
    assert "deneme.kume" in said and "çalışması değil" in said


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
def test_that_a_truncated_study_is_called_damaged(kept: float, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert "bozulmuş" in refusal(path, capsys)


def test_that_flipped_bits_anywhere_are_called_damage(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = path.read_bytes()
    pages = len(whole) // PAGE
    for number in range(12):
        place = (number * pages // 12) * PAGE + 16 + (number * 397) % (PAGE - 16)  # the salt of page 1 is in the key
        flip(path, place, number % 8)
        assert "bozulmuş" in refusal(path, capsys), f"byte {place}"
        path.write_bytes(whole)
    assert program.main(["score", str(path)]) == 0


def test_that_a_study_of_a_newer_program_is_refused_with_both_numbers(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    connection = connecting.connect_file(path, keyfile.unlock(path, PASSPHRASE))
    connection.execute(f"PRAGMA user_version = {SCHEMA_NUMBER + NEWER}")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    said = refusal(path, capsys)
    assert str(SCHEMA_NUMBER + NEWER) in said and str(SCHEMA_NUMBER) in said


def test_that_a_key_of_a_newer_program_is_refused(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = keyfile.path_of(path)
    document = json.loads(key.read_bytes().splitlines()[0])
    document.pop("sum")
    document["version"] += 1
    keyfile._write(document, key)
    assert "yeni" in refusal(path, capsys)


def test_that_a_foreign_write_ahead_log_costs_no_answer(path: Path) -> None:
    path.with_name(path.name + "-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(range(256)) * 200)
    with studies.open_study(path, PASSPHRASE) as study:
        assert len(fieldwork.firms(study)) == 2
        fieldwork.add_firm(study, NewFirm("Üçüncü", "kimya", "Bornova"))
    with studies.open_study(path, PASSPHRASE) as study:
        assert len(fieldwork.firms(study)) == 3


def test_that_a_new_study_never_takes_the_place_of_a_file(path: Path) -> None:
    before = contents(path.parent)
    with pytest.raises(studies.Refused) as caught:
        studies.create_study(path, "Yeni", FACTS, PASSPHRASE, "Elif", AREAS)
    assert caught.value.problems[0].code == "study.exists"
    assert contents(path.parent) == before
