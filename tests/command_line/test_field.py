"""The verbs for the field: list, visit, assign, release, rates."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from kume_desktop import cli
from kume_desktop.services import fieldwork, frame_totals, sample_plan, studies, visits
from kume_desktop.services.sample_plan import PlanSettings
from kume_desktop.store import writing
from tests.studies import PASSPHRASE, copied


@pytest.fixture
def file(empty_template: Path, tmp_path: Path) -> Path:
    return copied(empty_template, tmp_path)


def called(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    read, write = os.pipe()
    os.write(write, PASSPHRASE.encode() + b"\n")
    os.close(write)
    code = cli.run(cli.parse(["--passphrase-fd", str(read), *(str(one) for one in arguments)]))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_that_the_firms_are_listed_and_filtered(file: Path, capsys):
    code, said, _ = called(capsys, "field", "list", file)
    assert code == 0
    assert said.splitlines() == [
        "F0002\tIğdır Nakliyat\tlojistik\tKonak\tunassigned\t0 deneme\t–",
        "F0001\tŞişli Kimya\tkimya\tKemalpaşa\tunassigned\t0 deneme\t–",
    ]
    (only,) = json.loads(called(capsys, "field", "list", file, "--area", "kimya", "--json")[1])
    assert (only["code"], only["state"], only["is_issued"], only["next_at"]) == ("F0001", "unassigned", True, None)
    assert called(capsys, "field", "list", file, "--state", "completed")[1] == ""


def test_that_a_visit_is_written_with_its_own_time_and_a_wrong_one_refused(file: Path, capsys):
    code, said, _ = called(
        capsys, "field", "visit", file, "F0001", "5", "--at", "2026-03-02T09:30", "--mode", "phone", "--hard",
        "--note", "santral",
    )  # fmt: skip
    assert (code, said) == (0, "F0001: 1. ziyaret kaydedildi\n")
    code, _, wrong = called(
        capsys, "field", "visit", file, "F0001", "3", "--at", f"{datetime.now().astimezone().year + 1}-12-31"
    )
    assert code == 3
    assert "Randevunun saati yok" in wrong or "randevu" in wrong.lower()
    assert f"31.12.{datetime.now().astimezone().year + 1} 00:00 henüz gelmedi" in wrong
    assert called(capsys, "field", "visit", file, "yok", "10")[2].startswith("Çalışmada “yok” kodlu firma yok")
    assert called(capsys, "field", "visit", file, "F0001", "10", "--at", "dün")[2].startswith("“dün” gün ya da zaman")
    with studies.open_study(file, PASSPHRASE) as study:
        (row,) = (row for row in fieldwork.firms(study) if row.code == "F0001")
        (visit,) = visits.of_unit(study, row.unit_id)
    assert (visit.outcome, visit.mode, visit.note, visit.is_hard) == ("5", "phone", "santral", True)
    assert visit.at.strftime("%Y-%m-%dT%H:%M") == "2026-03-02T09:30"


def test_that_firms_are_given_to_a_person_of_the_wave(file: Path, capsys):
    assert called(capsys, "field", "assign", file, "Elif", "F0001", "F0002")[1] == "2 firma el değiştirdi\n"
    assert called(capsys, "field", "assign", file, "Elif", "F0001")[1] == "0 firma el değiştirdi\n"
    code, _, wrong = called(capsys, "field", "assign", file, "Kimse", "F0001")
    assert code == 3 and "Kimse adında kimse çalışmıyor" in wrong
    found = json.loads(called(capsys, "field", "list", file, "--interviewer", "Elif", "--json")[1])
    assert {one["state"] for one in found} == {"waiting"}


def test_that_a_batch_is_released_with_its_reason(file: Path, capsys):
    with studies.open_study(file, PASSPHRASE) as study:
        with study.act() as act:
            for number in range(59):
                writing.add_unit(act, {"code": f"L{number}", "name": f"Firma {number}", "area": "lojistik"})
        frame_totals.enter(study, "lojistik", frame_totals.from_list(study, "lojistik"))
        sample_plan.draw(study, "lojistik", PlanSettings(half_width=12, response=0.9, reserve=1, batches=1))
    with pytest.raises(SystemExit):
        called(capsys, "field", "release", file, "lojistik")
    code, said, _ = called(capsys, "field", "release", file, "lojistik", "--reason", "az yanıt")
    assert (code, said) == (0, "lojistik: yedeğin 1. partisi açıldı\n")
    code, _, wrong = called(capsys, "field", "release", file, "lojistik", "--reason", "yine")
    assert code == 3 and wrong


def test_that_the_rates_say_their_formula(file: Path, capsys):
    called(capsys, "field", "visit", file, "F0001", "4")
    code, said, _ = called(capsys, "field", "rates", file)
    assert code == 0
    assert "kimya: 1 firma verildi, 0 tamamlandı, 0 uygun değil, 1 ret, 0 ulaşılamadı, 0 açık" in said
    assert "REF1 1.000 = R / (I + P + R + NC + O + U)" in said
    assert said.splitlines()[-1].startswith("    ") and "Bütün alanlar: 2 firma" in said
    found = json.loads(called(capsys, "field", "rates", file, "--json")[1])
    assert found[-1]["area"] is None and found[-1]["counts"]["refused"] == 1
    assert found[-1]["rates"]["RR1"] == {"value": 0.0, "formula": "I / (I + P + R + NC + O + U)"}
