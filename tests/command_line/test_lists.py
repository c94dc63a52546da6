"""Lists of firms on the command line: checked, taken, told, taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kume_desktop import cli
from tests.exchange.lists import FIRMS, HEADS, a_list
from tests.studies import PASSPHRASE, copied

Said = tuple[int, str, str]


@pytest.fixture
def kume(
    empty_template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Said]:
    """Carry out a call on a study of its own."""
    path = copied(empty_template, tmp_path)
    monkeypatch.setenv("KUME_PASSPHRASE", PASSPHRASE)

    def run(*words: str, study: bool = True) -> Said:
        code = cli.run(cli.parse(["firms", *words, *(("--study", str(path)) if study else ())]))
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def test_that_a_list_is_checked_without_a_study(kume: Callable[..., Said], tmp_path: Path):
    right = a_list(tmp_path / "liste.xlsx")
    code, out, _err = kume("check", str(right), study=False)
    assert (code, "Vergi No = tax_number" in out, "3 satır" in out) == (0, True, True)
    wrong = a_list(tmp_path / "yanlis.xlsx", [(1, "Ad", "12", "20.30", "", "", "", "", "", "")])
    code, out, _err = kume("check", str(wrong), "--json", study=False)
    (found,) = json.loads(out)["problems"]
    assert (code, found["code"], found["where"]["row"]) == (1, "list.tax-length", 2)


def test_that_a_list_is_taken_told_and_taken_back(kume: Callable[..., Said], tmp_path: Path):
    file = str(a_list(tmp_path / "liste.xlsx"))
    assert kume("import", file, "--source", "Oda")[:2] == (0, "3 satır okundu: 3 yeni firma.\n")
    code, out, _err = kume("lists", "--json")
    (card,) = json.loads(out)
    assert (code, card["name"], card["rows"]) == (0, "Oda", 3)
    assert kume("take-back", card["frame_id"])[1] == "Liste geri alındı: 3 firma geri çekildi.\n"


def test_that_errors_stop_the_import_until_somebody_decides(kume: Callable[..., Said], tmp_path: Path):
    rows = [*FIRMS, (4, "Beşinci Kimya", "12", "20.30", "İzmir", "Buca", "", "", "", "")]
    file = str(a_list(tmp_path / "liste.xlsx", rows))
    code, out, err = kume("import", file)
    assert (code, out, "list.tax-length" in err) == (3, "", True)
    assert kume("import", file, "--blank", "all")[1].startswith("4 satır okundu: 4 yeni firma")


def test_that_columns_can_be_said(kume: Callable[..., Said], tmp_path: Path):
    heads = ("Bir", "İki", *HEADS[2:])
    file = str(a_list(tmp_path / "liste.xlsx", FIRMS, heads))
    assert "Unvanların" in kume("import", file)[2] or "sütun" in kume("import", file)[2]
    assert kume("import", file, "--map", "Yok=name")[0] == 3
    assert kume("import", file, "--map", "İki=nothing")[0] == 3
    assert kume("import", file, "--sheet", "Yok")[0] == 3
    assert kume("import", file, "--map", "İki=name")[1] == "3 satır okundu: 3 yeni firma.\n"
