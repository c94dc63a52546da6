"""What stands under the table of the scorecard: probabilities, headings, policy texts, what more interviews bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from kume_desktop import texts
from kume_desktop.gui.results.area_detail import AreaDetail, Shown, other_category
from kume_desktop.gui.results.heading_line import HeadingLine
from kume_desktop.gui.results.more_interviews import reaches_of
from kume_desktop.gui.results.policies import said
from kume_desktop.gui.results.policy_editor import PolicyEditor
from kume_desktop.gui.results.probabilities import ProbabilityBar
from kume_desktop.gui.results.scorecard import ScorecardPage
from kume_desktop.gui.routes import ScorecardRoute
from kume_desktop.problems import problem
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.results import Results
from kume_desktop.services import policies, results
from kume_desktop.services.policies import PolicyText
from kume_desktop.services.studies import Study
from tests.gui.results.conftest import Show
from tests.gui.results.example import example
from tests.gui.results.figures import ROUNDED_UP, area, kept, scored
from tests.gui.results.sight import words_on
from tests.gui.shell.stage import bring, press, type_text


def words_in(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def buttons_in(widget: QWidget) -> list[str]:
    return [button.text() for button in widget.findChildren(QPushButton) if not button.isHidden()]


def texts_of(method: Method, origin: str = "I") -> dict[int, Sequence[PolicyText]]:
    return {
        number: tuple(
            PolicyText(str(number), order, text.tr, text.en, origin)
            for order, text in enumerate(method.policies(number), start=1)
        )
        for number in (1, 2, 3)
    }


def shown(made: Results, code: str, method: Method) -> Shown:
    return Shown(area(made, code), made, method, texts_of(method))


@pytest.fixture
def detail(qtbot) -> AreaDetail:
    made = AreaDetail()
    made.resize(1094, 400)
    bring(qtbot, made)
    return made


def test_that_the_detail_lists_headings_with_points_and_policies_to_the_letter(detail: AreaDetail, method: Method):
    made = scored(method, {"kimya": ROUNDED_UP})
    detail.show_area(shown(made, "kimya", method))
    assert [line.accessibleName() for line in detail.findChildren(HeadingLine)] == [
        "Pazarlama Etkinliği: 4,33 / 6", "Yönetim Etkinliği: 5,33 / 6", "Üretim Etkinliği: 6,33 / 9",
        "Kümelenme Kapasitesi: 6,67 / 9",
    ]  # fmt: skip
    assert all(text.tr in words_in(detail) for text in method.policies(2))
    assert not any(text.tr in words_in(detail) for text in method.policies(3)[:1])


def test_that_the_texts_of_the_other_category_come_and_go_by_one_press(detail: AreaDetail, method: Method):
    made = scored(method, {"kimya": ROUNDED_UP})
    detail.show_area(shown(made, "kimya", method))
    assert "1. Kategori sayılırsa" in buttons_in(detail)
    detail.turn()
    assert all(text.tr in words_in(detail) for text in method.policies(1))
    assert "2. Kategori metinlerine dön" in buttons_in(detail)
    detail.turn()
    assert detail.category == 2


def test_that_a_certain_area_offers_no_other_category(detail: AreaDetail, method: Method):
    made = scored(method, {"kimya": [[1] * 10] * 3})
    detail.show_area(shown(made, "kimya", method))
    assert "Politika önerileri · 3. Kategori" in words_in(detail)
    assert not any("sayılırsa" in one for one in buttons_in(detail))
    detail.turn()
    assert detail.category == 3


def test_that_the_other_category_is_the_published_one_or_the_next_likely(method: Method):
    made = example(method)
    found = {one.code: other_category(shown(made, one.code, method)) for one in made.areas}
    assert found == {"hava": None, "meyve": 1, "kimya": None, "arac": None, "lojistik": 3, "gelinlik": None}


def test_that_probabilities_stand_with_their_sentences_and_caveat(detail: AreaDetail, method: Method):
    detail.show_area(shown(example(method), "meyve", method))
    bar = detail.findChildren(ProbabilityBar)[0]
    assert bar.accessibleName() == "Kategori olasılığı: 2. Kategori %77, 1. Kategori %23"
    told = " ".join(words_in(detail))
    assert "yaklaşık 100 seçimin 77'sinde 2. Kategori, 23'ünde 1. Kategori çıkardı." in told
    assert "puanlayıcı farkını ve görüşmeyi kabul etmeyen firmaları kapsamaz." in told
    assert "100 sonucun" in told


def test_that_few_firms_have_no_probability_and_say_so(detail: AreaDetail, method: Method):
    detail.show_area(shown(example(method), "gelinlik", method))
    assert detail.findChildren(ProbabilityBar) == []
    told = words_in(detail)
    assert "Yalnız 7 firma: tek tek yanıtlar gösterilir, aralık hesaplanmaz." in told
    assert "Aralık 10 firmadan sonra hesaplanır." in told


def test_that_more_interviews_make_the_interval_narrower_down_to_nothing(method: Method):
    made = example(method)
    reaches = reaches_of(area(made, "meyve"), made, method)
    assert [one.n for one in reaches] == [37, 38, 39, 40, 41]
    widths = [one.half_width for one in reaches]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == 0.0


def test_that_ideas_are_marked_as_ours(detail: AreaDetail, method: Method):
    detail.show_area(shown(example(method), "meyve", method))
    told = words_in(detail)
    assert any("bizim önerimiz" in one for one in told)
    assert "Üretim, Finansman Kaynağı: Ortak makine yatırımına kredi garantisi" in told


def test_that_a_text_of_the_study_is_told_from_one_of_the_source():
    text = PolicyText("2", 1, "Yeni metin", "", "Own")
    assert said(text) == "Yeni metin (bu çalışmanın metni)"
    assert said(replace(text, origin="I")) == "Yeni metin"
    texts.set_language("en")
    assert said(replace(text, origin="I")) == "Yeni metin"


def test_that_few_indicators_are_told_in_the_detail(detail: AreaDetail, method: Method):
    made = scored(method, {"kimya": [[5] * 7 + [None] * 3] * 3})
    detail.show_area(shown(made, "kimya", method))
    assert "10 göstergenin 7'si puanlandı; endeks bu 7 göstergeyle hesaplandı." in words_in(detail)


@pytest.mark.parametrize("width", [130, 400])
def test_that_a_small_part_keeps_its_name_under_the_bar(qtbot, width: int):
    bar = ProbabilityBar((0.03, 0.97, 0.0))
    qtbot.addWidget(bar)
    bar.resize(width, bar.height())
    wide = ProbabilityBar((0.5, 0.5, 0.0))
    qtbot.addWidget(wide)
    wide.resize(400, wide.height())
    assert bar.height() > wide.height()


def test_that_the_editor_hands_over_what_is_not_empty(qtbot):
    editor = PolicyEditor("2", "all", [PolicyText("2", 1, "Bir", "One", "I"), PolicyText("2", 2, "İki", "", "I")])
    bring(qtbot, editor)
    editor.take_focus()
    editor.rows[1][0].setPlainText("")
    type_text(editor.rows[2][0], "Üç  programı")
    with qtbot.waitSignal(editor.saved) as saved:
        press(editor, "Ctrl+Return")
    assert saved.args == ["2", (("Bir", "One"), ("Üç programı", ""))]
    editor.refuse([problem("method.unchanged")])
    assert editor.pairs == (("Bir", "One"), ("Üç programı", ""))
    with qtbot.waitSignal(editor.left):
        press(editor, "Escape")


def test_that_edited_texts_make_a_version_and_are_shown_as_the_study_s(qtbot, show: Show, study: Study):
    method = results.method(study)
    kept(study, scored(method, {"kimya": ROUNDED_UP}))
    with show(study, ScorecardRoute("kimya")) as window:
        page = window.page
        assert isinstance(page, ScorecardPage)
        press(page, "Ctrl+P")
        assert page.editor is not None
        assert [hint.key for hint in page.key_hints()] == ["Ctrl+Return", "Esc"]
        page.editor.rows[0][0].setPlainText("Ortak laboratuvar kurulmalı")
        press(page, "Ctrl+Return")
        assert page.editor is None
        own = "Ortak laboratuvar kurulmalı (bu çalışmanın metni)"
        qtbot.waitUntil(lambda: own in words_on(page), timeout=30_000)
        assert policies.texts(study, "2")[0].tr == "Ortak laboratuvar kurulmalı"
        assert results.method(study).version != method.version


def test_that_nothing_changed_is_refused_and_esc_leaves_the_texts(show: Show, study: Study):
    kept(study, scored(results.method(study), {"kimya": ROUNDED_UP}))
    with show(study, ScorecardRoute("kimya")) as window:
        page = window.page
        assert isinstance(page, ScorecardPage)
        before = policies.texts(study, "2")
        press(page, "Ctrl+P")
        press(page, "Ctrl+Return")
        assert page.editor is not None
        press(page, "Escape")
        assert page.editor is None
        assert page.detail.isVisible()
        assert policies.texts(study, "2") == before
