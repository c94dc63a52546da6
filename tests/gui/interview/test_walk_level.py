"""The other whole instrument, the level of clustering, by keyboard from the first question to the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.routes import FieldRoute
from kume_desktop.services import forms
from kume_desktop.services.interviewing import open_interview
from tests.gui.interview.conftest import Desktop, at_desk, with_workbook

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
FORM = "kumelenme_duzeyi"
KEYS = {
    "gorusme_bicimi": "1", "aydinlatma_okundu": "1", "katilim": "1", "gorev": "3", "unvan_dogru": "1",
    "hukuki_yapi": "2", "ana_urun": "Soğutma grupları ve ısı eşanjörü", "alan_uygun": "1", "nace_saha": "2825",
    "kurulus_yili": "1998", "calisan_sayisi": "42", "ihracat_yol": "1", "ihracat_pay": "38", "ihracat_ulke": "^9",
    "ihracat_yil": "2", "yurtdisi_varlik": "12", "il_sayisi": "12", "musteri_pay": "2", "marka_pay": "3",
    "yurtici_yon": "1", "pazar_sira": "1", "belge": "1213", "dis_denetim": "2", "birim": "123", "sema": "1",
    "gorev_tanimi": "1", "yillik_butce": "1", "profesyonel": "2", "arge_kisi": "3", "yeni_urun": "^0", "arge_pay": "2",
    "arge_destek": "1", "tescil": "1", "arge_merkez": "1", "calisan_once": "35", "nitelikli": "9", "ayrilan": "4",
    "ciro_band": "2", "uni_iliski": "12", "uni_sozlesme": "2", "uyelik": "1", "etkinlik": "3", "orgut_gorev": "1",
    "isbirligi_bugun": "1", "isbirligi_konu": "2", "isbirligi_taahhut": "1", "isbirligi_engel": "1",
    "belge_gorulen": "1", "acik_riza": "2", "sonuc": "tamam", "baskasi": "2", "anlama": "1", "sonuc_notu": "İyi geçti.",
}  # fmt: skip
"""What is typed at each question; `^9` is Ctrl with the digit: why there is no number."""
MOST_KEYS = 400


@pytest.fixture(scope="module")
def with_form(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study with the second instrument in it."""
    folder = tmp_path_factory.mktemp("level")
    return with_workbook(template, folder, forms.bundled(FORM))


@pytest.fixture
def level(qtbot, with_form: Path, tmp_path: Path):
    """The interview on the second instrument, just opened."""
    with at_desk(qtbot, with_form, tmp_path, FORM) as desktop:
        yield desktop


def walk(level: Desktop) -> list[str]:
    """Type what `KEYS` says at each question and go on with Enter until completing is offered; the questions met."""
    met: list[str] = []
    for _step in range(MOST_KEYS):
        view = level.body.view
        if not level.body.content.shows_screen:
            return met
        if view.in_foot:
            if view.forward.text() and level.body.guide.map.beside(view.screen_path, 1) is None:
                return met
            level.press(Key.Key_Return)
            continue
        name = level.current
        if met and met[-1] == name:  # the answer stays in its row until Enter
            level.press(Key.Key_Return)
            assert level.current != name or view.in_foot, name
            continue
        met.append(name)
        keys = KEYS.get(name, "")
        if keys.startswith("^"):
            level.press(Key(ord(keys[1])), CTRL)
        else:
            level.type(keys)
    raise AssertionError(met[-5:])


def test_that_the_whole_level_interview_is_walked_without_the_mouse(level, qtbot):
    met = walk(level)
    stored = open_interview(level.study, level.unit_id, FORM).interview
    asked = {path.rpartition("/")[2]: value for path, value in stored.values.items()}
    assert len(met) == len(set(met)), "no question is met twice"
    assert not any(name.endswith("_neden") for name in met), "a number and its reason are one row"
    assert [problem.number for problem in level.body.guide.open_problems()] == []
    level.press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: isinstance(level.window.route, FieldRoute))
    assert open_interview(level.study, level.unit_id, FORM).is_completed
    assert asked["ana_urun"] == "Soğutma grupları ve ısı eşanjörü"
    assert (asked["kurulus_yili"], asked["ihracat_pay"], asked["il_sayisi"]) == ("1998", "38", "12")
    assert (asked["ihracat_ulke_neden"], asked["yeni_urun_neden"]) == ("dk", "nr")
    assert not asked.get("ihracat_ulke") and not asked.get("yeni_urun")
    assert asked["birim"] == "1 2 3"
    assert asked["nace_saha"]
    assert asked["sonuc"]
    assert QApplication.focusWidget() is not None


def test_that_the_explanation_names_anchors_and_evidence_of_an_indicator(level, qtbot):
    for name in ("gorusme_bicimi", "aydinlatma_okundu", "katilim", "alan_uygun"):
        assert level.session.answer(level.path(name), "1").at is not None
    level.body.refresh_list()
    level.go_to("ihracat_yol")
    level.press(Key.Key_F2)
    said = [label.text() for label in level.body.explanation.findChildren(Label)]
    assert "İstenecek kanıt" in said
    assert any(text.startswith("5   ") for text in said)
    level.press(Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert level.value("ihracat_yol") == ""
