"""The workbooks are XLSForms of everybody's: pyxform converts them, ODK's own validator accepts them."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from pyxform.xls2xform import ConvertResult, convert

from tests.forms.books import BOTH, CLUSTERING, NEEDS, content, table, workbook

JAVA = shutil.which("java")


@cache
def converted(name: str) -> ConvertResult:
    return convert(content(name), file_type=".xlsx", validate=False)


@pytest.mark.parametrize("name", BOTH)
def test_that_pyxform_converts_without_a_warning(name: str) -> None:
    assert converted(name).warnings == []


@pytest.mark.parametrize("name", BOTH)
def test_that_turkish_is_the_default_and_english_is_complete(name: str) -> None:
    xform = converted(name).xform
    assert re.findall(r'<translation lang="([^"]+)"', xform) == ["Türkçe (tr)", "English (en)"]
    assert '<translation lang="Türkçe (tr)" default="true()">' in xform
    assert "<value>-</value>" not in xform


@pytest.mark.parametrize("name", BOTH)
def test_that_every_file_the_form_asks_for_lies_beside_it(name: str) -> None:
    asked = set(re.findall(r"jr://file-csv/(\w+)\.csv", converted(name).xform))
    assert {"calisma", "firmalar", "nace"} <= asked
    assert all(table(file) for file in asked)


@pytest.mark.parametrize("name", BOTH)
def test_that_our_own_columns_do_not_reach_the_form(name: str) -> None:
    xform = converted(name).xform
    assert not [word for word in ("warn", "purpose", "personal") if f"<{word}" in xform or f'{word}="' in xform]


@pytest.mark.parametrize("name", BOTH)
def test_that_looked_up_columns_exist(name: str) -> None:
    calls = re.findall(r"pulldata\('(\w+)', '(\w+)', '(\w+)'", " ".join(map(str, workbook(name).survey)))
    assert len(calls) > 7
    for file, column, key in calls:
        assert {column, key} <= table(file)[0].keys(), (file, column, key)


def test_that_the_forms_share_what_is_carried_over() -> None:
    first, second = (workbook(name).named for name in (NEEDS, CLUSTERING))
    carried = "firma_kodu gorusme_bicimi aydinlatma_okundu katilim gorev unvan_dogru unvan_saha hukuki_yapi ana_urun"
    carried += " alan_uygun nace_saha ilce kurulus_yili calisan_sayisi acik_riza yan_ad yan_tel yan_eposta sonuc_gonder"
    for name in carried.split():
        assert first[name]["type"] == second[name]["type"], name
        assert first[name].get("constraint") == second[name].get("constraint"), name


@pytest.mark.change
@pytest.mark.skipif(JAVA is None, reason="no Java here")
@pytest.mark.parametrize("name", BOTH)
def test_that_the_validator_of_odk_accepts_the_form(name: str, tmp_path: Path) -> None:
    form = tmp_path / f"{name}.xml"
    form.write_text(converted(name).xform, encoding="utf-8")
    jar = files("pyxform") / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
    run = subprocess.run(  # the exit code alone says nothing where the jar cannot start
        [str(JAVA), "-Dfile.encoding=UTF-8", "-jar", str(jar), str(form)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Xform is valid" in run.stdout + run.stderr
