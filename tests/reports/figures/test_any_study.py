"""Whatever a study holds, every figure can be drawn, is neat, and gives nothing away."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kume_desktop.reports.figures import catalogue
from kume_desktop.reports.figures.content import Name
from kume_desktop.scoring.method import Method
from tests.reports.figures.scenes import content_of, figure_of, said, scored
from tests.reports.figures.test_layout import require_neat

pytestmark = pytest.mark.change

LEVEL = st.one_of(st.none(), st.integers(1, 5).map(float))
FIRM = st.lists(LEVEL, min_size=10, max_size=10)
ANSWER = st.lists(st.integers(0, 5), min_size=10, max_size=10)
NAME = st.text("abcçdefgğhıijklmnoöprsştuüvyz ABCÇĞIİÖŞÜ.,-&<>$%'\"/()123", min_size=1, max_size=90).filter(str.strip)
AREAS = st.dictionaries(
    NAME,
    st.tuples(st.lists(FIRM, max_size=14), st.lists(ANSWER, max_size=14)),
    min_size=1,
    max_size=4,
)
ONE = st.sampled_from([*catalogue.OF_ALL, *catalogue.OF_AN_AREA, Name.DIFFERENCE])


@given(AREAS, ONE, st.sampled_from(["tr", "en"]), st.data())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_that_every_figure_of_any_study_is_neat(
    method: Method, areas: dict[str, tuple[Sequence, Sequence]], name: Name, lang: str, data: st.DataObject
):
    results = scored(
        method, {key: rows for key, (rows, _own) in areas.items()}, {k: own for k, (_r, own) in areas.items()}
    )
    codes = [one.code for one in results.areas]
    area = "" if name in catalogue.OF_ALL else data.draw(st.sampled_from(codes))
    against = data.draw(st.sampled_from(codes)) if name is Name.DIFFERENCE else ""
    figure = figure_of(content_of(method, results), str(name), area, lang, against=against)
    require_neat(figure)
    assert str(figure.get_label())


@given(st.lists(FIRM, min_size=1, max_size=2), st.lists(ANSWER, min_size=1, max_size=2))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_that_one_or_two_firms_never_show_a_number_of_theirs(method: Method, levels: list, needs: list):
    content = content_of(method, scored(method, {"Saklı": levels}, {"Saklı": needs}))
    area = content.results.areas[0]
    for name in catalogue.OF_AN_AREA:
        told = said(figure_of(content, str(name), "a0")).replace(content.study, "")
        numbers = [f"{value:.2f}".replace(".", ",") for value in (need.mean for need in content.results.needs) if value]
        assert not any(f"| {number} |" in told for number in numbers)
        assert area.score is None or f"{area.score:.1f}".replace(".", ",") not in told
