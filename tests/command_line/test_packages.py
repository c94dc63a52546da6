"""The verbs for packages: make, verify, read, list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.command_line.test_field import called
from tests.merging.conftest import pair, pair_template
from tests.merging.offices import Office
from tests.services.interviewed import interview

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["pair", "pair_template"]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    return lambda *arguments: called(capsys, "package", *arguments)


def test_that_a_package_is_made_verified_read_and_listed(
    pair: tuple[Office, Office], run: Callable[..., tuple[int, str, str]], tmp_path: Path
):
    office, field = pair
    stick = tmp_path / "stick"
    stick.mkdir()
    with field.open() as study:
        from kume_desktop.store import reading

        interview(study, reading.units(study.database)[0].unit_id)
    with field.at_work():
        code, said, _ = run("make", field.file, "--out", stick, "--json")
        assert code == 0
        (file,) = json.loads(said)["files"]
    with office.at_work():
        code, said, _ = run("verify", office.file, file)
        assert (code, "1 yeni" in said) == (0, True)
        assert json.loads(run("list", office.file, "--json")[1])["came"] == []
        code, said, _ = run("read", office.file, file)
        assert (code, "kayıt alındı" in said) == (0, True)
        assert "1 görüşme  Alındı" in run("list", office.file)[1]
        assert run("verify", office.file, stick)[0] == 3
        assert run("verify", office.file, stick / "yok.kume-package")[0] == 3
        assert "Ret" not in run("list", office.file)[1], "what could not be read is no package that came"
        code, _said, wrong = run("make", office.file, "--kind", "receipt")
        assert (code, "--for" in wrong, "Dizüstü Elif" in wrong) == (3, True, True)
        code, _said, wrong = run("make", office.file)
        assert (code, "ajansın bilgisayarı" in wrong) == (3, True), "interviews come to it"
        code, _said, wrong = run("make", office.file, "--kind", "receipt", "--for", "kimse")
        assert (code, "kayıtlı olmadığı" in wrong) == (3, True)
        code, said, _ = run("make", office.file, "--kind", "receipt", "--for", "Dizüstü Elif", "--out", stick)
        assert code == 0
        (back,) = stick.glob("*-alindi-*")
        (stick / "bozuk.kume-package").write_bytes(b"KUMEPKG1\nxxxx")
        assert run("verify", office.file, stick / "bozuk.kume-package")[0] == 3
    with field.at_work():
        said = run("verify", field.file, back)[1]
        assert "ajansın alındısı: 1" in said and "Henüz hiçbir şey alınmadı" in said
        assert "=  " not in run("list", field.file)[1]
        assert run("read", field.file, back)[1].endswith("Ajansın alındısı kaydedildi.\n")
        assert run("read", field.file, back)[1].endswith("Tamamı daha önce alınmıştı.\n")
        (held,) = [line for line in run("list", field.file)[1].splitlines() if line.startswith("=  ")]
        assert "1 görüşme" in held
