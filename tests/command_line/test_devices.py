"""Computers on the command line: introduced, looked at, enrolled, revoked; the first package makes the study."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kume_desktop import paths
from kume_desktop.services import devices, people, studies
from kume_desktop.services.packages import making, outbox
from tests.command_line.test_field import called
from tests.studies import PASSPHRASE, copied

CAN = "Can Aydın"


@pytest.fixture
def file(empty_template: Path, tmp_path: Path) -> Path:
    """A closed study on a computer of the agency, with an interviewer."""
    path = copied(empty_template, tmp_path)
    with studies.open_study(path, PASSPHRASE) as study:
        devices.adopt(study)
        people.add(study, CAN, people.INTERVIEWER, "canın parolası")
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    return lambda *arguments: called(capsys, "device", *arguments)


def test_that_a_laptop_is_introduced_enrolled_given_its_study_and_revoked(file, run, tmp_path, monkeypatch):
    home, away, stick = str(paths.profile()), tmp_path / "laptop", tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setenv("KUME_PROFILE", str(away))
    code, said, _ = run("introduce", "--name", "Dizüstü 07", "--person", CAN, "--out", stick)
    assert code == 0
    introduction, words = said.splitlines()
    monkeypatch.setenv("KUME_PROFILE", home)
    assert run("look", file, introduction)[1].splitlines() == [f"Dizüstü 07  {CAN}", words]
    enrol = ("enrol", file, introduction, "--compared-with", CAN, "--words")
    code, _, told = run(*enrol, *reversed(words.split()))
    assert code != 0 and "altı sözcüğü değil" in told
    assert "Dizüstü 07" not in run("list", file)[1]
    assert run(*enrol, *words.split())[:2] == (0, "Dizüstü 07 kaydedildi.\n")
    assert words in run("list", file)[1]
    # The agency's own computer was never named: it is called by its words, and answers to them.
    own_words = run("list", file)[1].splitlines()[0].split("  ")[-1].split()
    assert run("list", file)[1].startswith(f"adsız ({' '.join(own_words[:2])})  ") and len(own_words) == 6
    with studies.open_study(file, PASSPHRASE) as study:
        own = devices.this_computer(study)
        made = making.assignment(study, devices.find(study, "Dizüstü 07").device_id)
        (package,) = outbox.copy_to(study, made.package_id, stick)
    monkeypatch.setenv("KUME_PROFILE", str(away))
    target = tmp_path / "saha.kume"
    code, said, _ = run("begin", package, "--out", target)
    assert code == 0 and "--words" in said and not target.exists()
    code, said, _ = run("begin", package, "--out", target, "--words", " ".join(own.words))
    assert (code, said.splitlines()[-1]) == (0, str(target))
    with studies.open_study(target, PASSPHRASE) as study:
        assert devices.this_computer(study).role == "laptop"
    monkeypatch.setenv("KUME_PROFILE", home)
    assert (
        run("revoke", file, " ".join(words.split()[:2]).title(), "--reason", "lost")[1]
        == "Dizüstü 07 artık güvenilir değil.\n"
    )
    assert "iptal edildi" in run("list", file)[1]
    assert run("revoke", file, "Dizüstü 99", "--reason", "lost")[0] != 0
