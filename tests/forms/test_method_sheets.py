"""The sheets `indicators` and `indices`, and the texts the source fixes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.forms.books import CLUSTERING, EN, NEEDS, TR, resource, workbook
from tests.forms.wanted import CELLS, REFERRED, RESOURCES

FIXED = {(row["kind"], row["no"]): row for row in resource("fixed_texts")}
LEVELS = range(1, 6)


def fixed(kind: str) -> list[tuple[str, str]]:
    """The fixed texts of one kind in order, Turkish and English."""
    return [(row["text_tr"], row["text_en"]) for (found, _), row in FIXED.items() if found == kind]


def texts(form: str, kind: str) -> list[tuple[str, str]]:
    return [(row["text_tr"], row["text_en"]) for row in workbook(form).index_rows(kind)]


@pytest.mark.parametrize(
    ("form", "kind"),
    [(NEEDS, "likert"), (NEEDS, "function"), (NEEDS, "resource"), (CLUSTERING, "heading"), (CLUSTERING, "category")],
)
def test_that_fixed_texts_stand_in_the_method_sheet_to_the_letter(form: str, kind: str) -> None:
    assert texts(form, kind) == fixed(kind)
    assert {row["origin"] for row in workbook(form).index_rows(kind)} == {"S"}


def test_that_the_five_labels_of_the_scale_are_the_sources() -> None:
    scale = [row for row in workbook(NEEDS).choices if row["list_name"] == "yeterlik"][:5]
    assert [(row[f"label::{TR}"], row[f"label::{EN}"]) for row in scale] == fixed("likert")
    assert {row["origin"] for row in scale} == {"S"}


def test_that_functions_headings_and_cells_carry_the_sources_names() -> None:
    needs, clustering = workbook(NEEDS).named, workbook(CLUSTERING).named
    for form, names, kind in (
        (needs, ("d_uretim", "e_pazarlama"), "function"),
        (clustering, ("d_pazarlama", "e_yonetim", "f_uretim", "g_kapasite"), "heading"),
    ):
        assert [(form[name][f"label::{TR}"], form[name][f"label::{EN}"]) for name in names] == fixed(kind)
        assert {form[name]["origin"] for name in names} == {"S"}
    labels = {row["name"]: row[f"label::{TR}"] for row in workbook(NEEDS).choices if row["list_name"] == "hucre"}
    wanted = [f"{function} – {name}" for function, _ in fixed("function") for name, _ in fixed("resource")]
    assert [labels[cell] for cell in CELLS] == wanted


def test_that_the_ten_indicators_have_the_sources_names_and_order() -> None:
    rows = workbook(CLUSTERING).indicators
    assert [row["code"] for row in rows] == [f"g{number}" for number in range(1, 11)]
    assert [row["number"] for row in rows] == [str(number) for number in range(1, 11)]
    assert [(row["label_tr"], row["label_en"]) for row in rows] == fixed("indicator")
    assert {(row["origin"], row["heading_origin"], row["rubric_origin"]) for row in rows} == {("S", "I", "Own")}


def test_that_the_headings_hold_two_two_three_and_three_indicators() -> None:
    rows = workbook(CLUSTERING).indicators
    assert "".join(row["heading_code"] for row in rows) == "h1h1h2h2h3h3h3h4h4h4"
    names = dict(zip(("h1", "h2", "h3", "h4"), fixed("heading"), strict=True))
    assert all((row["heading_tr"], row["heading_en"]) == names[row["heading_code"]] for row in rows)


def test_that_every_level_and_evidence_is_described_in_both_languages() -> None:
    for row in workbook(CLUSTERING).indicators:
        for language in ("tr", "en"):
            anchors = [row[f"level_{level}_{language}"] for level in LEVELS]
            assert len(set(anchors)) == 5, row["code"]
            assert row[f"evidence_{language}"]


@pytest.mark.parametrize(("code", "names"), REFERRED.items())
def test_that_a_suggestion_looks_at_the_facts_of_its_indicator(code: str, names: str) -> None:
    rule = next(row["suggest"] for row in workbook(CLUSTERING).indicators if row["code"] == code)
    assert {piece.partition("}")[0] for piece in rule.split("${")[1:]} == set(names.split())
    assert rule.count("(") == rule.count(")")
    assert "R(" not in rule
    assert not {"'97'", "'98'", "'99'"} & set(rule.replace(",", " ").split())


def test_that_policy_texts_are_the_sources_and_their_category_is_ours() -> None:
    rows = workbook(CLUSTERING).index_rows("policy")
    found = [(f"policy_{row['parent']}", row["code"], row["text_tr"]) for row in rows]
    assert found == [(kind, no, row["text_tr"]) for (kind, no), row in FIXED.items() if kind.startswith("policy_")]
    assert {row["origin"] for row in rows} == {"I"}
    assert all(row["text_en"] for row in rows)


def test_that_the_preset_of_2010_has_three_levels_equal_weights_and_thirds() -> None:
    book = workbook(CLUSTERING)
    rows = {
        kind: {row["key"]: row["value"] for row in book.index_rows(kind) if row["parent"] == "izka2010"}
        for kind in ("scale", "collapse", "weight", "cut", "missing", "rounding")
    }
    assert rows["scale"] == {"min": "1", "max": "3", "step": "1"}
    assert rows["collapse"] == {"1": "1", "2": "1", "3": "2", "4": "3", "5": "3"}
    assert rows["weight"] == {f"g{number}": "1" for number in range(1, 11)}
    assert [float(rows["cut"][key]) for key in "12"] == [2 / 3, 1 / 3]
    assert (rows["missing"], rows["rounding"]) == ({"min_scored": "8"}, {"half_up_decimals": "9"})
    assert [row["code"] for row in book.index_rows("preset")] == ["izka2010", "bes_duzey"]


def test_that_the_needs_matrix_has_ten_cells_and_the_documented_rules() -> None:
    book = workbook(NEEDS)
    cells = [(row["code"], row["parent"], row["key"]) for row in book.index_rows("cell")]
    assert cells == [(cell, *cell.split("_", 1)) for cell in CELLS]
    assert [row["code"] for row in book.index_rows("resource")] == list(RESOURCES)
    rules = {row["key"]: float(row["value"]) for row in book.index_rows("need")}
    assert rules == {
        "need_below": 3,
        "critical_mean": 2.6,
        "critical_share": 0.5,
        "band_1": 1.8,
        "band_2": 2.6,
        "band_3": 3.4,
        "band_4": 4.2,
    }
    assert {row["origin"] for row in book.index_rows("need")} == {"Own"}


@pytest.mark.parametrize(("form", "codes"), [(CLUSTERING, [f"g{number}" for number in range(1, 11)]), (NEEDS, CELLS)])
def test_that_every_indicator_and_cell_has_an_idea_of_our_own(form: str, codes: Sequence[str]) -> None:
    rows = workbook(form).index_rows("idea")
    assert [row["code"] for row in rows] == list(codes)
    assert {row["origin"] for row in rows} == {"Own"}
    for language in ("text_tr", "text_en"):
        assert all(len(row[language]) > 20 for row in rows)
        assert len({row[language] for row in rows}) == len(rows)


def test_that_every_row_says_whose_rule_it_is() -> None:
    for form in (NEEDS, CLUSTERING):
        assert {row["origin"] for row in workbook(form).indices} <= {"S", "I", "Own"}
        assert all("origin" in row for row in workbook(form).indices)
