"""Lists of firms become firms of a study: once, whole or not at all, and never over what somebody corrected."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import fieldwork, worker
from kume_desktop.services.sample_lists import alone, checked, importing, outline, plan, undoing, words, work
from kume_desktop.services.sample_lists.asked import Asked
from kume_desktop.services.sample_lists.importing import Imported
from kume_desktop.services.studies import Study, no_progress
from kume_desktop.store import bulk, reading, rebuild, tables
from kume_desktop.store.events import SubjectKind
from kume_desktop.store.records import UnitRecord
from kume_desktop.store.writing import set_fact
from tests.exchange.lists import FIRMS, HEADS, a_list, company_number
from tests.studies import AREAS

Rows = Sequence[Sequence[object]]
BEFORE = 2
"""Firms of the study before any list."""


@pytest.fixture
def take(study: Study, tmp_path: Path) -> Callable[..., Imported]:
    """Import rows as they are guessed, with decisions."""

    def import_rows(rows: Rows = FIRMS, heads: Sequence[str] = HEADS, **said: object) -> Imported:
        loaded = outline.load(a_list(tmp_path / "liste.xlsx", rows, heads))
        asked = importing.proposed(study, outline.outline(loaded))
        return importing.take(study, loaded, replace(asked, **said))  # type: ignore[arg-type]

    return import_rows


def units(study: Study) -> dict[str, UnitRecord]:
    return {unit.name: unit for unit in reading.units(study.database)}


def changed(row: int = 0, **cells: object) -> list[tuple[object, ...]]:
    """The firms with other cells in a row; names of cells are the heads."""
    rows = [list(one) for one in FIRMS]
    for head, value in cells.items():
        rows[row][HEADS.index(head.replace("_", " "))] = value
    return [tuple(one) for one in rows]


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.code for one in refused.value.problems}


def test_that_rows_become_firms_with_codes_of_the_study(study: Study, take: Callable[..., Imported]):
    done = take()
    assert (done.read, done.added, done.changed, done.unchanged) == (3, 3, 0, 0)
    ege = units(study)["Ege Kimya San. ve Tic. Ltd. Şti."]
    assert (ege.code, ege.area, ege.district, ege.nace, ege.nace_revision) == (
        "F0003",
        "kimya",
        "Kemalpaşa",
        "20.30.11",
        "2",
    )
    assert (ege.size_class, ege.tax_number, ege.natural_person) == ("10-24", "1234567890", False)
    assert units(study)["Şirin Lojistik A.Ş."].tax_number == "0123456789"
    assert [row.code for row in fieldwork.firms(study)] != []


def test_that_the_list_itself_is_kept_with_its_source_and_day(study: Study, take: Callable[..., Imported]):
    done = take(source="İzmir Ticaret Odası", listed_on="2026-11-02")
    (imported,) = bulk.imports(study.database)
    assert (imported.frame_id, imported.value["name"], imported.value["listed_on"]) == (
        done.frame_id, "İzmir Ticaret Odası", "2026-11-02",
    )  # fmt: skip
    ege = units(study)["Ege Kimya San. ve Tic. Ltd. Şti."]
    (row,) = reading.frame_rows(study.database, ege.unit_id)
    assert row.cells["Telefon"] == "0232 877 00 00"
    assert row.cells["Sıra"] == "1"


def test_that_persons_are_sealed_in_the_log(study: Study, take: Callable[..., Imported]):
    take()
    lines = "\n".join(reading.lines(study.database))
    for secret in ("Çınar Boya", "10000000146", "Ayşe Yılmaz", "0232 877 00 00", "Çınar Öz", "4. Sanayi 12"):
        assert secret not in lines
    assert "Ege Kimya San. ve Tic. Ltd. Şti." in lines
    assert units(study)["Çınar Boya"].natural_person


def test_that_a_firm_of_a_list_is_two_events(study: Study, take: Callable[..., Imported]):
    take([FIRMS[2]])
    before = reading.counts(study.database).events
    take([FIRMS[0], FIRMS[1]])
    assert reading.counts(study.database).events - before == 1 + 2 * 2


def test_that_taking_the_same_list_twice_is_taking_it_once(study: Study, take: Callable[..., Imported]):
    take()
    before, events = units(study), reading.counts(study.database).events
    again = take()
    assert (again.frame_id, again.added, again.unchanged) == ("", 0, 3)
    assert units(study) == before
    assert reading.counts(study.database).events == events


@pytest.mark.parametrize("seed", range(4))
def test_that_any_order_of_columns_and_rows_gives_the_same_firms(
    study: Study, take: Callable[..., Imported], seed: int
):
    take()
    before = units(study)
    chance = random.Random(seed)
    order = list(range(len(HEADS)))
    chance.shuffle(order)
    rows = [[row[place] for place in order] for row in chance.sample(FIRMS, len(FIRMS))]
    done = take(rows, [HEADS[place] for place in order])
    assert (done.added, done.changed) == (0, 0)
    assert units(study) == before


def test_that_many_rows_are_taken_twice_as_once(study: Study, take: Callable[..., Imported]):
    chance = random.Random(8)
    names = ["Ege", "Şirin", "Çınar", "Iğdır", "İnci", "Öz", "Ülker", "Doğa"]
    rows = []
    for place in range(120):
        name = f"{chance.choice(names)} {chance.choice(names)} {place // 2}"
        tax, district = company_number(chance) if place % 3 else "", chance.choice(["Konak", "Buca", ""])
        rows.append((place, name, tax, "20.30", "İzmir", district, f"{place} Sk.", "", "", place))
    first = take(rows, pairs={"*": "other"})
    before = units(study)
    again = take(rows, pairs={"*": "other"})
    assert first.added + first.merged == 120
    assert (again.added, again.changed, again.frame_id) == (0, 0, "")
    assert units(study) == before


def test_that_a_changed_list_updates_its_firms(study: Study, take: Callable[..., Imported]):
    take()
    done = take(changed(Çalışan_Sayısı=260, İlçe="Bornova"), pairs={"*": "same"})
    assert (done.added, done.changed, done.unchanged) == (0, 1, 2)
    ege = units(study)["Ege Kimya San. ve Tic. Ltd. Şti."]
    assert (ege.size_class, ege.district) == ("250+", "Bornova")
    assert len(reading.frame_rows(study.database, ege.unit_id)) == 2


def correct(study: Study, name: str, value: str) -> str:
    ege = units(study)["Ege Kimya San. ve Tic. Ltd. Şti."]
    with study.act() as act:
        set_fact(act, SubjectKind.UNIT, ege.unit_id, name, value)
    return ege.unit_id


def test_that_what_somebody_corrected_stays_while_the_list_says_the_same(study: Study, take: Callable[..., Imported]):
    take()
    unit_id = correct(study, "size_class", "50-249")
    assert take().frame_id == ""
    assert reading.unit_record(study.database, unit_id).size_class == "50-249"


@pytest.mark.parametrize(("side", "held", "kept"), [("study", "50-249", 1), ("list", "250+", 0)])
def test_that_a_new_value_over_a_correction_waits_for_a_person(
    study: Study, take: Callable[..., Imported], side: str, held: str, kept: int
):
    take()
    unit_id = correct(study, "size_class", "50-249")
    rows = changed(Çalışan_Sayısı=300)
    with pytest.raises(Refused) as refused:
        take(rows)
    assert codes(refused) == {"list.differences-open"}
    assert reading.unit_record(study.database, unit_id).size_class == "50-249"
    done = take(rows, sides={f"{unit_id}|size_class": side})
    assert done.kept == kept
    assert reading.unit_record(study.database, unit_id).size_class == held
    assert take(rows).frame_id == ""


def test_that_a_firm_added_by_hand_is_recognised_and_only_its_blanks_are_filled(
    study: Study, take: Callable[..., Imported]
):
    row = (1, "ŞİŞLİ KİMYA LTD. ŞTİ.", "1234567890", "20.30", "İzmir", "Kemalpaşa", "", "", "", 12)
    done = take([row])
    assert (done.added, done.changed) == (0, 1)
    firm = units(study)["Şişli Kimya"]
    assert firm.tax_number == "1234567890"


def test_that_rows_with_errors_wait_for_a_decision_and_nothing_is_written(study: Study, take: Callable[..., Imported]):
    rows = [*changed(Vergi_No="1234567891"), (4, "", "", "20.30", "İzmir", "Konak", "", "", "", 5)]
    events = reading.counts(study.database).events
    with pytest.raises(Refused) as refused:
        take(rows)
    told = {one.params["kind"]: one.params["count"] for one in refused.value.problems}
    assert told == {"list.tax-check": 1, "list.no-name": 1}
    assert reading.counts(study.database).events == events
    done = take(rows, choices={"list.tax-check": "blank", "list.no-name": "leave"})
    assert (done.read, done.added, done.left_out) == (4, 3, 1)
    assert units(study)["Ege Kimya San. ve Tic. Ltd. Şti."].tax_number == ""


def test_that_a_row_without_a_name_cannot_be_taken_without_it(take: Callable[..., Imported]):
    with pytest.raises(Refused) as refused:
        take([(1, "", "", "20.30", "İzmir", "Konak", "", "", "", 5)], choices={"list.no-name": "blank"})
    assert codes(refused) == {"list.undecided"}


def test_that_findings_name_sheet_row_column_and_value(study: Study, tmp_path: Path):
    loaded = outline.load(a_list(tmp_path / "liste.xlsx", changed(1, İlçe="Atlantis")))
    made = plan.make(study, loaded, importing.proposed(study, outline.outline(loaded)), no_progress)
    (found,) = checked.listing(made)
    assert (found.code, found.where.file, found.where.sheet, found.where.row, found.where.column) == (
        "list.district-unknown", "liste.xlsx", "Üyeler", 3, "F İlçe",
    )  # fmt: skip
    assert found.params["value"] == "Atlantis"


def test_that_a_nace_class_that_the_forms_do_not_list_is_told_and_taken(study: Study, tmp_path: Path):
    loaded = outline.load(a_list(tmp_path / "liste.xlsx", changed(NACE_Kodu="20.99")))
    made = plan.make(study, loaded, importing.proposed(study, outline.outline(loaded)), no_progress)
    told = [one for one in checked.listing(made) if one.where.row == 2]
    assert [(one.code, one.is_error, one.params["code"]) for one in told] == [("list.nace-unlisted", False, "20.99")]
    assert len(made.new) == 3


def test_that_rows_of_one_firm_become_one_and_blanks_are_filled(study: Study, take: Callable[..., Imported]):
    second = (4, "EGE KİMYA LTD.", "1234567890", "20.30.11", "", "", "", "0232 877 00 01", "", "")
    done = take([*FIRMS, second])
    assert (done.added, done.merged) == (3, 1)
    ege = units(study)["Ege Kimya San. ve Tic. Ltd. Şti."]
    assert reading.frame_rows(study.database, ege.unit_id)[0].cells["Telefon"] == "0232 877 00 00 | 0232 877 00 01"


@pytest.mark.parametrize(
    ("verdict", "added", "merged", "later"), [("same", 3, 1, 0), ("other", 4, 0, 0), ("later", 3, 0, 1)]
)
def test_that_pairs_that_may_be_one_firm_wait_for_a_person(
    study: Study, take: Callable[..., Imported], verdict: str, added: int, merged: int, later: int
):
    rows = [*FIRMS, (4, "Ege Kimyaa Ltd. Şti.", "", "20.30", "İzmir", "Kemalpaşa", "", "", "", 5)]
    with pytest.raises(Refused) as refused:
        take(rows)
    assert codes(refused) == {"list.pairs-open"}
    done = take(rows, pairs={"*": verdict})
    assert (done.added, done.merged, done.later) == (added, merged, later)


def test_that_pairs_answered_as_other_firms_are_not_asked_about_again(study: Study, take: Callable[..., Imported]):
    rows = [*FIRMS, (4, "Ege Kimyaa Ltd. Şti.", "", "20.30", "İzmir", "Kemalpaşa", "", "", "", 5)]
    take(rows, pairs={"*": "other"})
    assert take(rows).frame_id == ""


def test_that_columns_are_remembered_for_the_same_heads(study: Study, take: Callable[..., Imported], tmp_path: Path):
    heads = ("Firma", "Kod", "Kasaba")
    rows = [("Ege Kimya", "20.30", "Konak")]
    said = {"Firma": "name", "Kod": "nace", "Kasaba": "district"}
    take(rows, heads, fields=said, source="Borsa")
    loaded = outline.load(a_list(tmp_path / "yeni.xlsx", [("Konak", "20.30", "Yeni Firma")], heads[::-1]))
    asked = importing.proposed(study, outline.outline(loaded))
    assert (dict(asked.fields), asked.source) == (said, "Borsa")


def test_that_a_file_changed_since_it_was_looked_at_is_refused(study: Study, tmp_path: Path):
    file = a_list(tmp_path / "liste.xlsx")
    asked = importing.proposed(study, outline.outline(outline.load(file)))
    a_list(file, FIRMS[:1])
    with pytest.raises(Refused) as refused:
        importing.take(study, outline.load(file), asked)
    assert codes(refused) == {"list.changed-meanwhile"}


def test_that_only_staff_take_lists(study: Study, take: Callable[..., Imported]):
    study.role = "interviewer"
    with pytest.raises(Refused) as refused:
        take()
    assert codes(refused) == {"study.only-staff"}


def test_that_taking_a_list_back_withdraws_firms_nobody_worked_on(study: Study, take: Callable[..., Imported]):
    done = take()
    worked_on = units(study)["Şirin Lojistik A.Ş."]
    fieldwork.record_visit(study, worked_on.unit_id, "10")
    back = undoing.take_back(study, done.frame_id)
    assert (back.withdrawn, back.kept) == (2, 1)
    assert set(units(study)) == {"Şişli Kimya", "Iğdır Nakliyat", "Şirin Lojistik A.Ş."}
    assert study.head().firms == BEFORE + 1
    (card,) = undoing.imports(study)
    assert card.is_withdrawn
    with pytest.raises(Refused):
        undoing.take_back(study, done.frame_id)


def test_that_a_withdrawn_firm_comes_back_with_the_next_list_under_its_own_code(
    study: Study, take: Callable[..., Imported]
):
    done = take()
    before = units(study)
    undoing.take_back(study, done.frame_id)
    again = take()
    assert (again.added, again.changed) == (0, 3)
    assert units(study) == before


def test_that_taking_back_restores_what_the_list_changed(study: Study, take: Callable[..., Imported]):
    take()
    before = units(study)
    done = take(changed(Çalışan_Sayısı=260, NACE_Kodu="20.14"))
    assert units(study) != before
    back = undoing.take_back(study, done.frame_id)
    assert (back.withdrawn, back.restored) == (0, 2)
    assert units(study) == before


def test_that_rebuilt_rows_equal_the_stored_ones(study: Study, take: Callable[..., Imported]):
    take()
    done = take(changed(Çalışan_Sayısı=260))
    undoing.take_back(study, done.frame_id)
    kept = [study.database.rows(table.select()) for table in (tables.unit, tables.frame_version, tables.frame_row)]
    rebuild.rebuild(study.database)
    again = [study.database.rows(table.select()) for table in (tables.unit, tables.frame_version, tables.frame_row)]
    assert [sorted(map(repr, rows)) for rows in kept] == [sorted(map(repr, rows)) for rows in again]


def test_that_an_erased_person_is_gone_from_the_list_as_well(study: Study, take: Callable[..., Imported]):
    take()
    unit = units(study)["Çınar Boya"]
    with study.act() as act:
        act.erase(SubjectKind.UNIT, unit.unit_id, "request")
    (row,) = reading.frame_rows(study.database, unit.unit_id)
    assert row.cells == {}


def test_that_the_area_is_found_by_its_own_column_or_chosen_for_all(study: Study, take: Callable[..., Imported]):
    heads = ("Ünvan", "Faaliyet Alanı", "İlçe")
    take([("Bir", "KİMYA", "Konak"), ("İki", "Lojistk", "Buca")], heads)
    assert (units(study)["Bir"].area, units(study)["İki"].area) == ("kimya", "lojistik")
    take([("Üç", "Buca")], ("Ünvan", "İlçe"), area="kimya")
    assert units(study)["Üç"].area == "kimya"
    assert AREAS[0].code == "kimya"


def test_that_the_sentence_of_an_import_counts_every_row(study: Study, take: Callable[..., Imported]):
    assert words.told(take()) == "3 satır okundu: 3 yeni firma."
    assert words.told(take()) == "3 satır okundu: liste yeni bir şey söylemiyor. Hiçbir şey değişmedi."
    assert study.head().firms == BEFORE + 3


def test_that_a_list_is_checked_without_a_study(tmp_path: Path):
    loaded = outline.load(a_list(tmp_path / "liste.xlsx", changed(Vergi_No="12")))
    said = alone.asked(loaded, Asked())
    count, found = alone.findings(loaded, said)
    assert (count, [one.code for one in found]) == (3, ["list.tax-length"])


@pytest.fixture
def asked_worker(study: Study) -> Callable[..., dict[str, object]]:
    """The worker's verbs as the window asks them, in this process."""

    def ask(verb: str, **params: str) -> dict[str, object]:
        answer = worker._VERBS[verb](worker.request(study, verb, **params), no_progress)
        return json.loads(json.dumps(answer))

    return ask


def test_that_the_worker_tells_everything_the_window_needs(
    study: Study, asked_worker: Callable[..., dict[str, object]], tmp_path: Path
):
    rows = [*changed(İlçe="Kemalpşa"), (4, "Ege Kimyaa", "", "99.99", "İzmir", "Kemalpaşa", "", "12", "", 5)]
    file = a_list(tmp_path / "liste.xlsx", rows)
    found, asked = work.looked(asked_worker(work.LOOK, file=str(file)))
    assert found == outline.outline(outline.load(file))
    result = work.result(asked_worker(work.CHECK, file=str(file), asked=asked.to_json()))
    made = plan.make(study, outline.load(file), asked, no_progress)
    assert result == checked.summed(made)
    decided = replace(asked, choices={kind.code: "leave" for kind in result.kinds}, pairs={"*": "other"})
    done = work.taken(asked_worker(work.TAKE, file=str(file), asked=decided.to_json()))
    assert done.added == 3
    back = work.taken_back(asked_worker(work.TAKE_BACK, frame=done.frame_id))
    assert asdict(back)["withdrawn"] == 3


def test_that_a_list_taken_in_an_earlier_schema_of_frames_is_left_alone(study: Study):
    from kume_desktop.store import writing

    unit = reading.units(study.database)[0]
    with study.act() as act:
        writing.add_frame(act, study.wave.wave_id, "Eski", "el", {unit.unit_id: {"a": "b"}})
    assert undoing.imports(study) == ()
    assert bulk.said(study.database)[unit.unit_id].cells == {"a": "b"}


@pytest.mark.change
def test_that_an_import_killed_while_it_writes_leaves_nothing_and_can_be_repeated(study: Study, tmp_path: Path):
    chance = random.Random(4)
    rows = [
        (place, f"Firma {place} Kimya", company_number(chance), "20.30", "İzmir", "Konak", "", "", "", 5)
        for place in range(1500)
    ]
    file = a_list(tmp_path / "liste.xlsx", rows)
    asked = importing.proposed(study, outline.outline(outline.load(file)))
    request = json.dumps(worker.request(study, work.TAKE, file=str(file), asked=asked.to_json()))
    command = [sys.executable, "-m", "kume_desktop", "--worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{request}\n")
        process.stdin.close()
        for line in process.stdout:
            if json.loads(line).get("progress", ["", "", ""])[2] == "Firmalar yazılıyor":
                break
        process.kill()
    assert len(units(study)) == BEFORE
    assert bulk.imports(study.database) == ()
    assert importing.take(study, outline.load(file), asked).added == 1500


def test_that_a_list_of_which_nothing_can_be_taken_yet_says_that_decisions_are_missing():
    from kume_desktop.services.sample_lists import checked, words

    nothing = dict.fromkeys(
        ("new", "known", "changed", "merged", "left_out", "later", "restored", "pair_count", "difference_count"), 0
    )
    made = checked.Checked(
        read=20_000, undecided={"area": 20_000}, kinds=(), pairs=(), differences=(), firms=(), **nothing
    )
    assert words.foreseen(made) == "20.000 satır okundu; siz karar vermeden hiçbiri alınamaz."
