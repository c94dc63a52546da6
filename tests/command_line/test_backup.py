"""The verbs for backups: make, list, look, restore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kume_desktop.services import fieldwork, studies
from kume_desktop.services.views import NewFirm
from tests.command_line.test_field import called
from tests.studies import PASSPHRASE, copied

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def file(empty_template: Path, tmp_path: Path) -> Path:
    return copied(empty_template, tmp_path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    return lambda *arguments: called(capsys, "backup", *arguments)


def test_that_a_backup_is_made_listed_looked_into_and_restored(file: Path, run: Callable[..., tuple[int, str, str]]):
    code, said, _ = run("make", file)
    assert code == 0
    archive = said.split(".kume-backup")[0] + ".kume-backup"
    assert Path(archive).is_file()
    assert archive in run("list", file)[1]
    with studies.open_study(file, PASSPHRASE) as study:
        fieldwork.add_firm(study, NewFirm("Sonradan Gelen", "kimya", "Bornova"))
    code, said, _ = run("look", file, archive)
    assert (code, said.splitlines()[0]) == (0, "2 firma · 0 görüşme")
    file.write_bytes(b"bozuk" * 5000)
    code, said, _ = run("restore", file, archive)
    assert code == 0
    assert "Eski dosya saklandı" in said
    with studies.open_study(file, PASSPHRASE) as study:
        assert len(fieldwork.firms(study)) == 2


def test_that_what_is_no_backup_is_refused_and_the_study_stays(file: Path, run: Callable[..., tuple[int, str, str]]):
    before = file.read_bytes()
    code, _, wrong = run("restore", file, file)
    assert code == 3
    assert "yedeği bozuk" in wrong or "yedeği değil" in wrong
    code, _, wrong = run("look", file, file.with_name("yok.kume-backup"))
    assert code == 3
    assert "okunamıyor" in wrong
    assert file.read_bytes() == before
