"""The sheets around the scores: every figure of the analysis stands where it belongs, live where it is arithmetic."""

from __future__ import annotations

import pytest


def near(value):
    return None if value is None else pytest.approx(value, abs=1e-9)


def is_live(book, key: str, column: str) -> bool:
    """Whether the cells of a column are formulas."""
    cells = [book.cell(key, row, column) for row in range(min(3, len(book.rows(key))))]
    return bool(cells) and all(cell.data_type == "f" for cell in cells)


@pytest.fixture
def analysis(full):
    return full.results.analysis


@pytest.fixture
def scores(full):
    return {area.code: area for area in full.results.areas}


def test_that_uncertainty_has_every_figure_of_the_replicates(full_book, analysis, scores):
    rows = {row["area"]: row for row in full_book.rows("uncertainty")}
    for found in analysis.uncertainty:
        row, area = rows[found.area], scores[found.area]
        assert row["standard_error"] == near(found.standard_error)
        assert (row["low"], row["high"]) == (near(area.interval.low), near(area.interval.high))
        for place in range(3):
            assert row[f"sampling:{place + 1}"] == (near(found.sampling[place]) if found.sampling else None)
            assert row[f"joint:{place + 1}"] == (near(found.joint[place]) if found.joint else None)
        bands = {"by_method": found.by_method, "by_sampling": found.by_sampling, "by_both": found.by_both}
        assert {key: row[key] for key in bands} == {
            key: None if band is None else f"{band.low}–{band.high}" for key, band in bands.items()
        }
    assert is_live(full_book, "uncertainty", "score")


def test_that_an_area_without_replicates_says_why(full_book):
    rows = {row["area"]: row for row in full_book.rows("uncertainty")}
    assert (rows["gida"]["reason"], rows["tekstil"]["reason"]) == ("10’dan az firma", "kimse puanlanmadı")
    index = {row["area"]: row["how"] for row in full_book.rows("index")}
    assert (index["gida"], index["kimya"]) == ("10’dan az firma", "logit-t, sonlu liste düzeltmesiyle")


def test_that_seed_and_number_of_replicates_can_be_read(full_book):
    sheet = full_book.values["Belirsizlik"]
    facts = {sheet.cell(row, 1).value: sheet.cell(row, 3).value for row in range(1, sheet.max_row + 1)}
    assert (facts["Tohum"], facts["Yineleme sayısı"]) == ("2013", "400")
    codes = {row["code"]: row["value"] for row in full_book.rows("method")}
    assert (codes["run.seed"], codes["run.replicates"]) == (2013, 400)


def test_that_the_badge_is_uncertain_below_four_fifths(full_book, analysis):
    rows = {row["area"]: row["sure"] for row in full_book.rows("uncertainty")}
    for found in analysis.uncertainty:
        close = bool(found.sampling) and max(found.sampling) < 0.8
        assert rows[found.area] == ("Sınıra yakın – kategori kesin değil" if close else None)


def test_that_contributions_are_formulas_that_sum_to_the_index(full_book, full):
    for row, area in zip(full_book.rows("contributions"), full.results.areas, strict=True):
        assert [row[f"points:{one.code}"] for one in area.indicators] == [
            near(one.contribution) for one in area.indicators
        ]
        assert row["sum"] == near(area.score)
        assert row["difference"] in {0, None}
    assert is_live(full_book, "contributions", "points:g1")


def test_that_differences_are_formulas_with_their_interval(full_book, analysis, scores):
    rows = {(row["first"], row["second"]): row for row in full_book.rows("differences")}
    assert len(rows) == len(analysis.differences) > 3
    for one in analysis.differences:
        row = rows[scores[one.first].name_tr, scores[one.second].name_tr]
        assert (row["points"], row["sum"], row["low"]) == (near(one.points), near(one.points), near(one.interval.low))
        assert [row[f"points:{part.indicator}"] for part in one.parts] == [near(part.points) for part in one.parts]
    assert is_live(full_book, "differences", "points")


def test_that_sensitivity_and_choices_are_complete(full_book, analysis, scores):
    scored = [one for one in analysis.sensitivity if scores[one.area].score is not None]
    told = [(row["area"], row["first_order"], row["total"]) for row in full_book.rows("sensitivity")]
    wanted = [(one.area, near(s.first_order), near(s.total)) for one in scored for s in one.shares]
    assert [row for row in told if row[1] is not None] == wanted
    assert len(full_book.rows("outcomes")) == sum(len(one.choices) for one in scored)
    assert is_live(full_book, "outcomes", "difference")


def test_that_leaving_out_names_indicators_firms_and_raters_with_the_extremes_first(full_book, analysis):
    rows = full_book.rows("left_out")
    assert len(rows) == len(analysis.left_out)
    assert {row["kind"] for row in rows} == {"gösterge", "firma", "puanlayıcı"}
    for area in {row["area"] for row in rows}:
        changes = [abs(row["change"] or 0) for row in rows if row["area"] == area]
        assert changes == sorted(changes, reverse=True)


def test_that_rates_are_live_and_those_of_the_analysis(full_book, analysis):
    rows = {row["area"]: row for row in full_book.rows("strata") if row["stratum"] == "bütün alan"}
    for one in analysis.response:
        row = rows[one.area]
        assert (row["completed"], row["issued"]) == (one.total.completed, one.total.issued)
        rates = (one.response_rate, one.contact_rate, one.cooperation_rate, one.refusal_rate)
        told = [row[key] for key in ("response", "contact", "cooperation", "refusal")]
        assert told == [near(rate) for rate in rates]
    assert is_live(full_book, "strata", "response")
    assert len(full_book.rows("strata")) == sum(1 + len(one.strata) for one in analysis.response)


def test_that_weighted_and_unweighted_index_and_both_what_ifs_stand_side_by_side(full_book, analysis, scores):
    rows = {row["area"]: row for row in full_book.rows("coverage")}
    for one in analysis.response:
        row = rows[one.area]
        assert (row["score"], row["weighted"]) == (near(scores[one.area].score), near(one.weighted.score))
        assert (row["one_lower"], row["one_higher"]) == (near(one.one_lower), near(one.one_higher))
        assert (row["eligible_n"], row["deff"]) == (one.eligible_n, near(one.weighted.deff))
    assert is_live(full_book, "coverage", "one_lower")
    assert is_live(full_book, "coverage", "covered")


def test_that_raters_and_reliability_are_told_with_reasons(full_book, analysis):
    agreement = full_book.rows("agreement")
    assert [row["indicator"] for row in agreement] == [one.indicator or None for one in analysis.agreement]
    assert [row["alpha"] for row in agreement] == [near(one.alpha.value) for one in analysis.agreement]
    assert all(row["alpha"] is not None or row["alpha_reason"] for row in agreement)
    drift = {row["rater"]: row["severity"] for row in full_book.rows("drift")}
    assert drift == {one.rater: near(one.severity) for one in analysis.drift}
    scales = [(row["n"], row["alpha"], row["omega"]) for row in full_book.rows("reliability")]
    assert scales == [(one.n, near(one.alpha.value), near(one.omega.value)) for one in analysis.reliability]


def test_that_claims_are_counted_live_on_the_rating_record(full_book, analysis):
    keys = ("area", "high", "documented", "stated", "unsaid")
    told = [tuple(row[key] for key in keys) for row in full_book.rows("claims")]
    assert told == [(one.area, one.high, one.documented, one.stated, one.unsaid) for one in analysis.claims]
    assert is_live(full_book, "claims", "documented")


def test_that_break_downs_of_the_audit_edition_hide_nothing(full_book, analysis):
    rows = full_book.rows("groups")
    told = {(row["area"], row["by"], row["group"], row["what"]): row for row in rows}
    words = {"size_class": "Büyüklük sınıfı", "district": "İlçe", "nace": "NACE bölümü"}
    shown = [one for one in analysis.groups if not one.suppressed]
    assert len(shown) > 100
    for one in shown:
        row = told[one.area, words[one.by], one.group or "bilinmiyor", one.what or None]
        assert (row["n"], row["mean"]) == (one.n, near(one.mean))
        assert row["inadequate_share"] == near(one.inadequate_share)
    assert any(0 < row["n"] < 3 for row in rows)
    assert is_live(full_book, "groups", "n")
    assert is_live(full_book, "groups", "mean")


def test_that_next_steps_strengths_and_changes_are_there(full_book, analysis):
    steps = [(row["area"], row["indicator"], row["missing"]) for row in full_book.rows("next_steps")]
    assert steps == [(one.area, one.indicator, near(one.missing)) for one in analysis.next_steps]
    strong = [(row["distance"], row["widths"]) for row in full_book.rows("strengths")]
    assert strong == [(near(one.distance), near(one.widths)) for one in analysis.strengths]
    changes = [(row["area"], row["change"], row["paired"]) for row in full_book.rows("changes")]
    assert changes == [(one.area, near(one.change), one.paired) for one in analysis.changes]


def test_that_policy_texts_and_ideas_say_whose_they_are(full_book, analysis):
    texts = full_book.rows("policies")
    assert {row["origin"] for row in texts} == {"bizim önerimiz"}
    assert texts[0]["areas"] == "Alan kimya"
    ideas = [(row["text"], row["origin"]) for row in full_book.rows("ideas")]
    words = {"Own": "bizim önerimiz", "S": "kaynak belirliyor"}
    assert [origin for _text, origin in ideas] == [words.get(one.origin, one.origin) for one in analysis.suggestions]


def test_that_decisions_stand_beside_the_computed_categories(full_book, scores):
    rows = full_book.rows("decisions")
    assert [row["in_force"] for row in rows] == ["evet", "hayır"]
    assert rows[0]["computed"].startswith(f"{scores['kimya'].category}. Kategori")
    assert (rows[0]["members"], rows[0]["reason"]) == ("Ayşe Yılmaz, Mehmet Demir", "=gerekçe")
    assert is_live(full_book, "decisions", "computed")
    card = {row["area_name"]: row["decision"] for row in full_book.rows("scorecard")}
    assert card["Alan kimya"] == "1. Kategori – Olgun yoğunlaşma (30 Ağustos 2026)"


def test_that_the_log_tells_versions_decisions_and_what_was_not_counted(full_book):
    told = "\n".join(str(row["text"]) for row in full_book.rows("log"))
    for part in ("g1 ağırlığı 2,5", "weight.g1: 1 → 2,5", "Komite kararı: 2. Kategori", "yıllık denetim"):
        assert part in told
    left_out = [(row["at"], row["reason"]) for row in full_book.rows("not_counted")]
    assert [who for who, _reason in left_out] == ["MA002", "Alan kimya"]
    assert all(reason for _who, reason in left_out)


def test_that_a_part_that_was_skipped_says_so_on_the_cover(book, panel):
    cover = {row[0]: row[1] for row in book.values["Kapak"].iter_rows(values_only=True)}
    assert cover["Çözümleme"] == "sonuçlarda çözümleme yok; yeniden hesaplayın"
    assert "Belirsizlik" not in book.values.sheetnames
    assert "Kırılımlar" not in panel.values.sheetnames


def test_that_experts_needs_are_a_second_route_of_their_own(full_book, full):
    rows = full_book.rows("expert_needs")
    assert [row["mean"] for row in rows] == [need.mean for need in full.results.expert_needs]
    firms = {(need.area, need.cell): need.mean for need in full.results.needs}
    assert [row["firms_mean"] for row in rows] == [firms[row["area"], row["cell"]] for row in rows]


def test_that_settled_ratings_name_what_they_settle(full_book):
    rows = full_book.rows("ratings")
    settled = [row for row in rows if row["agreed"]]
    assert settled
    assert {row["settles"] for row in settled} == {"Selin Kaya 1, Ozan Er 1"}
    assert {row["counts"] for row in settled} == {1}
    blind = [row for row in rows if row["rater"] == "Ozan Er"]
    assert {row["counts"] for row in blind} == {0}
    assert {row["basis"] for row in rows} <= {0, 1, 2, 3, 4}


def test_that_every_rating_leads_to_its_evidence_and_back(full_book):
    name, first, last, columns = full_book.place("ratings")
    page, levels = full_book.formulas[name], full_book.formulas[full_book.place("levels")[0]]
    for row in range(first, last + 1):
        evidence = page[f"{columns['answers']}{row}"].hyperlink.location
        sheet, _mark, place = evidence.rpartition("!")
        firm = full_book.values[sheet.strip("'")].cell(int("".join(filter(str.isdigit, place))), 1).value
        assert firm == page[f"{columns['firm']}{row}"].value
        home = page[f"{columns['firm']}{row}"].hyperlink.location.rpartition("!")[2]
        assert levels.cell(int("".join(filter(str.isdigit, home))), 1).value == firm
