"""The verbs for versions of a form and for submissions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kume_desktop import cli
from tests.interview.scenario import workbook
from tests.studies import copied

SURVEY = "| type | name | label |\n| text | firma_kodu | Firma |\n| text | ad | Adınız nedir? |"


def book(folder: Path, survey: str, version: str) -> Path:
    file = folder / f"kisa_{version}.xlsx"
    settings = f"| form_title | form_id | version | name |\n| Kısa | kisa | {version} | data |"
    file.write_bytes(workbook(survey=survey, settings=settings))
    return file


@pytest.fixture
def books(tmp_path: Path) -> tuple[Path, Path]:
    return book(tmp_path, SURVEY, "1"), book(tmp_path, SURVEY + "\n| integer | n | Kaç? |", "2")


def called(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = cli.run(cli.parse([str(one) for one in arguments]))
    return code, capsys.readouterr().out


def test_that_the_differences_are_said_in_sentences_and_as_json(books, capsys):
    code, said = called(capsys, "form", "diff", *books)
    assert (code, "n sorusu (“Kaç?”) yeni." in said) == (0, True)
    assert said.rstrip().endswith("1 sürümü ile 2 sürümü arasında 2 fark")
    code, said = called(capsys, "form", "diff", *books, "--json")
    assert [(one["code"], one["question"]) for one in json.loads(said)] == [
        ("question-added", "n"),
        ("setting-changed", ""),
    ]


def test_that_a_version_is_installed_and_submissions_go_in_and_out(
    demonstration_template: Path, tmp_path: Path, books, capsys
):
    study = copied(demonstration_template, tmp_path)
    assert called(capsys, "form", "install", study, books[0])[0] == 0
    code, said = called(capsys, "form", "install", study, books[1], "--move-drafts")
    assert (code, said) == (0, "kisa, sürüm 2 kuruldu\n")
    file = tmp_path / "submission.xml"
    file.write_text(
        "<data id='kisa' version='2'><firma_kodu>yok</firma_kodu><meta><instanceID>uuid:x</instanceID></meta></data>"
    )
    code, said = called(capsys, "submissions", "import", study, file)
    assert code == 1
    assert "“yok” bu çalışmada bir firmanın kodu değil." in said
    code, said = called(
        capsys, "submissions", "export", study, "--out", tmp_path / "out", "--instrument", "kumelenme_duzeyi"
    )
    assert code == 0
    assert len(said.splitlines()) > 3
    assert all(Path(line).is_file() for line in said.splitlines())
