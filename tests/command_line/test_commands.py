"""The command line as a person calls it: a real process, its exit code, its lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kume_desktop.services.studies import Study
from tests.studies import PASSPHRASE

pytestmark = pytest.mark.change


def kume(
    *words: str | Path, env: Mapping[str, str] | None = None, typed: str = "", pass_fds: tuple[int, ...] = ()
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kume_desktop", *map(str, words)],
        env={**os.environ, **(env or {})},
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        pass_fds=pass_fds,
    )


def test_that_the_scorecard_of_2010_is_written_and_scored(tmp_path: Path) -> None:
    made = kume("demo", "--scorecard-2010", "--no-window", "--out", tmp_path)
    assert made.returncode == 0, made.stderr
    assert made.stdout.split() == [str(tmp_path / "karne2010.kume"), str(tmp_path / "karne2010.xlsx")]
    scored = kume("score", tmp_path / "karne2010.kume", "--json")
    areas = json.loads(scored.stdout)["areas"]
    assert [area["published_index"] for area in areas] == [97, 83, 73, 60, 50, 47]
    assert {"code", "name_tr", "name_en", "route", "n", "scored", "score", "category", "published_category"} <= {
        *areas[0]
    }


def test_that_a_demonstration_can_be_made_again_in_the_same_folder(tmp_path: Path) -> None:
    for _ in range(2):
        assert kume("demo", "--scorecard-2010", "--no-window", "--out", tmp_path).returncode == 0


def test_that_scores_and_needs_come_with_their_base(study: Study) -> None:
    study.close()
    scored = kume("score", study.path, "--json", env={"KUME_PASSPHRASE": PASSPHRASE})
    assert scored.returncode == 0, scored.stderr
    record = json.loads(scored.stdout)
    assert [(area["n"], area["scored"], area["score"]) for area in record["areas"]] == [(0, 0, None), (0, 0, None)]
    assert len(record["needs"]) == 20
    assert {"area", "function", "resource", "n", "mean", "inadequate_share"} <= {*record["needs"][0]}


def test_that_the_score_says_each_figure_with_its_base_and_what_was_not_computed(scorecard: Study) -> None:
    scorecard.close()
    told = kume("--lang", "tr", "score", scorecard.path)
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert "İşlenmiş Meyve - Sebze: endeks 83,3, 1. kategori; yayın biçimi 83; n 1; yol panel" in lines
    assert "hesaplanmadı: yalnız beyana dayalı düzeyler: panel yolunda uygulanmaz" in lines
    assert "hesaplanmadı: dalgalar arası değişim: daha önceki bir dalga yok" in lines
    record = json.loads(kume("score", scorecard.path, "--json").stdout)
    analysis = record["analysis"]
    assert analysis["run"]["seed"] and len(analysis["differences"]) == 15 and len(analysis["next_steps"]) > 6
    assert {"part": "uncertainty", "reason": "panel"} in analysis["skipped"]
    assert record["areas"][0]["decision"] is None and record["areas"][0]["interval"]["reason"] == "panel"


def test_that_figures_are_listed_drawn_and_refused_by_name(scorecard: Study, tmp_path: Path) -> None:
    scorecard.close()
    study = scorecard.path
    listed = kume("figure", study, "--lang", "en")
    assert listed.returncode == 0, listed.stderr
    name, *words = listed.stdout.splitlines()[0].split(" – ")[0].split()
    for file, magic in (("resim.png", b"\x89PNG"), ("resim.svg", b"<?xml")):
        drawn = kume("figure", study, name, *words, "--out", tmp_path / file)
        assert drawn.returncode == 0, drawn.stderr
        assert drawn.stdout.strip() == str(tmp_path / file)
        assert (tmp_path / file).read_bytes().startswith(magic)
    unknown = kume("figure", study, "yok", "--out", tmp_path / "yok.png")
    assert unknown.returncode == 3 and not (tmp_path / "yok.png").exists()
    assert len(unknown.stderr.strip().splitlines()) == 1


def test_that_a_report_is_written_with_a_passphrase_from_a_file_descriptor(study: Study, tmp_path: Path) -> None:
    study.close()
    reading_end, writing_end = os.pipe()
    os.write(writing_end, PASSPHRASE.encode() + b"\n")
    os.close(writing_end)
    target = tmp_path / "rapor.xlsx"
    written = kume(
        "--passphrase-fd",
        str(reading_end),
        "report",
        study.path,
        "--out",
        target,
        "--lang",
        "en",
        pass_fds=(reading_end,),
    )
    os.close(reading_end)
    assert written.returncode == 0, written.stderr
    assert written.stdout.strip() == str(target) and target.stat().st_size > 5000
    checked = kume("report", "check", target)
    assert checked.returncode == 0 and "rapor.xlsx" in checked.stdout, checked.stderr


def test_that_a_publication_edition_and_csv_files_are_written(scorecard: Study, tmp_path: Path) -> None:
    scorecard.close()
    target = tmp_path / "yayin.xlsx"
    written = kume("report", scorecard.path, "--out", target, "--edition", "publication", "--lang", "en")
    assert written.returncode == 0, written.stderr
    assert target.stat().st_size > 5000
    exported = kume("export", scorecard.path, "--out", tmp_path / "csv", "--excel", "--reason", "deneme")
    assert exported.returncode == 0, exported.stderr
    files = [Path(line) for line in exported.stdout.splitlines()]
    assert len(files) > 3 and all(file.read_bytes().startswith(b"\xef\xbb\xbf") for file in files)
    assert any(b";" in file.read_bytes() for file in files)
    unknown = kume("report", scorecard.path, "--out", tmp_path / "f.xlsx", "--firm", "YOK")
    assert unknown.returncode == 3 and len(unknown.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["score", "yok.kume"], 3),
        (["report", "yok.kume", "--out", "x.xlsx"], 3),
        (["bilinmeyen"], 2),
        (["report"], 2),
        (["--lang", "de", "demo"], 2),
        (["form", "check", "yok.xlsx"], 1),
        (["report", "check", "yok.xlsx", "--out", "x.xlsx"], 2),
        (["report", "a.kume", "b.xlsx"], 2),
        (["report", "check", "yok.xlsx"], 3),
        (["figure", "yok.kume", "profile"], 2),
        (["figure", "yok.kume", "profile", "--out", "x.gif"], 2),
        (["figure", "yok.kume"], 3),
        (["export", "yok.kume"], 2),
        ([""], 2),
    ],
)
def test_that_a_wrong_call_ends_with_its_code_and_without_a_traceback(words: list[str], code: int) -> None:
    ended = kume(*words)
    assert ended.returncode == code, ended.stderr
    told = (ended.stderr + ended.stdout).strip()
    assert told and "Traceback" not in told


def test_that_a_wrong_passphrase_is_one_line(study: Study) -> None:
    study.close()
    ended = kume("score", study.path, env={"KUME_PASSPHRASE": "yanlış"})
    assert ended.returncode == 3
    assert len(ended.stderr.strip().splitlines()) == 1 and "Traceback" not in ended.stderr


def test_that_a_missing_passphrase_is_asked_for_and_refused_where_nobody_can_answer(study: Study) -> None:
    study.close()
    ended = kume("score", study.path)
    assert ended.returncode == 3
    assert len(ended.stderr.strip().splitlines()) == 1 and "Traceback" not in ended.stderr


def test_that_without_a_display_the_program_says_so_and_offers_the_run_without_a_window(tmp_path: Path) -> None:
    blind = {"QT_QPA_PLATFORM": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    for words in ([], ["demo", "--out", str(tmp_path)]):
        ended = kume(*words, env=blind)
        assert ended.returncode == 3
        assert "--no-window" in ended.stderr and "Traceback" not in ended.stderr
    dead = kume("demo", "--out", tmp_path, env={**blind, "DISPLAY": ":4711"})
    assert dead.returncode == 3 and "--no-window" in dead.stderr
    assert "There is no display here" in kume("--lang", "en", env=blind).stderr
    assert "Burada ekran yok" in kume("--lang", "tr", env=blind).stderr
    assert not list(tmp_path.iterdir())


def test_that_the_bundled_forms_pass_check_and_test(root: Path) -> None:
    forms = [root / "forms" / "is_ihtiyac.xlsx", root / "forms" / "kumelenme_duzeyi.xlsx"]
    checked = kume("form", "check", *forms, "--json")
    assert checked.returncode == 0, checked.stdout
    assert not [one for one in json.loads(checked.stdout) if one["severity"] == "error"]
    tested = kume("form", "test", *forms, "--json")
    assert tested.returncode == 0, tested.stdout
    assert all(report["failed"] == 0 and report["passed"] > 3 for report in json.loads(tested.stdout))


def test_that_the_selftest_tries_database_workbook_turkish_and_drawing() -> None:
    for env in ({}, {"QT_QPA_PLATFORM": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}):
        ended = kume("--selftest", env=env)
        assert ended.returncode == 0, ended.stderr
        assert len(ended.stdout.strip().splitlines()) >= 4


def test_that_the_worker_answers_in_lines_and_reports_refusals(study: Study, tmp_path: Path) -> None:
    from kume_desktop.services import worker

    asked = worker.request(study, "report", target=str(tmp_path / "yok" / "r.xlsx"), lang="tr")
    study.close()
    ended = kume("--worker", typed=json.dumps(asked) + "\n")
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert ended.returncode == 1 and "progress" in lines[0]
    assert lines[-1]["problems"][0]["code"].startswith("report.")
    again = kume("--worker", typed=json.dumps({**asked, "target": str(tmp_path / "r.xlsx")}) + "\n")
    assert again.returncode == 0 and json.loads(again.stdout.splitlines()[-1])["result"]["formulas"] > 0


def test_that_the_language_of_a_call_goes_to_the_window_and_is_not_kept(monkeypatch, own_profile: Path) -> None:
    from kume_desktop import __main__ as entry
    from kume_desktop import application, settings, texts
    from kume_desktop.gui import app

    begun: list[tuple[object, ...]] = []
    monkeypatch.setattr(app, "run", lambda *given: begun.append(given) or 0)
    monkeypatch.setattr(application, "display_problem", lambda: "")
    assert own_profile.is_dir()
    assert entry.main(["--lang", "en", "open", "a.kume"]) == 0
    assert entry.main(["open", "a.kume"]) == 0
    assert entry.main(["--lang", "en"]) == 0
    assert begun == [(Path("a.kume"), "", "en"), (Path("a.kume"), "", None), (None, "", "en")]
    assert application.begin("en").language == "en"
    assert texts.language() == "en"
    assert settings.load().language == "tr"
