# ruff: noqa: E501 - tables of forms
"""Every type of XLSForm from its row in the workbook to a node of the instrument, through the real converter."""

from __future__ import annotations

from datetime import date

import pytest

from kume_desktop.instruments.check import check
from kume_desktop.instruments.compile import convert
from kume_desktop.instruments.load import load
from kume_desktop.instruments.model import (
    ATTACHMENTS,
    EntityDeclaration,
    Event,
    Instrument,
    Kind,
    Node,
    Part,
    SavedTo,
)
from kume_desktop.problems import Refused
from kume_desktop.xpath.source import Datatype
from tests.instruments import old_excel
from tests.interview.scenario import workbook

CHOICES = """
| list_name | name | label::Türkçe (tr) | label::English (en) | media::image::Türkçe (tr) | x |
| k | a | Elma | Apple | elma.png | 1 |
| k | b | Armut | Pear | | 2 |
"""
TYPES = {
    "text": Kind.TEXT, "string": Kind.TEXT, "integer": Kind.INTEGER, "int": Kind.INTEGER, "decimal": Kind.DECIMAL,
    "range": Kind.RANGE, "select_one k": Kind.SELECT_ONE, "select_multiple k": Kind.SELECT_MULTIPLE, "rank k": Kind.RANK,
    "note": Kind.NOTE, "geopoint": Kind.GEOPOINT, "geotrace": Kind.GEOTRACE, "geoshape": Kind.GEOSHAPE,
    "date": Kind.DATE, "time": Kind.TIME, "dateTime": Kind.DATETIME, "image": Kind.IMAGE, "photo": Kind.IMAGE,
    "audio": Kind.AUDIO, "video": Kind.VIDEO, "file": Kind.FILE, "barcode": Kind.BARCODE, "hidden": Kind.CALCULATE,
    "acknowledge": Kind.ACKNOWLEDGE, "trigger": Kind.ACKNOWLEDGE, "start": Kind.START, "end": Kind.END,
    "today": Kind.TODAY, "deviceid": Kind.DEVICE, "username": Kind.USERNAME, "email": Kind.PROPERTY,
    "phonenumber": Kind.PROPERTY, "subscriberid": Kind.PROPERTY, "simserial": Kind.PROPERTY,
    "start-geopoint": Kind.PROPERTY, "background-audio": Kind.PROPERTY,
    "select_one_from_file f.csv": Kind.SELECT_ONE, "select_multiple_from_file f.csv": Kind.SELECT_MULTIPLE,
}  # fmt: skip
UNLABELLED = frozenset(
    {"hidden", "start", "end", "today", "deviceid", "username", "email", "phonenumber", "subscriberid", "simserial"}
)


def instrument(survey: str, choices: str = CHOICES, **more: str) -> Instrument:
    return load(convert("deneme.xlsx", workbook(survey=survey, choices=choices, **more)))


def node(given: Instrument, name: str) -> Node:
    found = given.named(name)
    assert found is not None, name
    return found


@pytest.fixture(scope="module")
def all_types() -> Instrument:
    """Every type once, in one form."""
    rows = [f"| {kind} | q{n} | Q |" for n, kind in enumerate(TYPES)]
    more = ["| audit | audit | |", "| csv-external | firms | |", "| xml-external | houses | |"]
    return instrument("\n".join(["| type | name | label::Türkçe (tr) |", *rows, *more]))


@pytest.mark.parametrize("kind", TYPES)
def test_that_a_type_becomes_its_kind(all_types: Instrument, kind: str):
    found = node(all_types, f"q{list(TYPES).index(kind)}")
    assert found.kind is TYPES[kind]
    assert found.is_asked is (kind not in UNLABELLED | {"start-geopoint", "background-audio"})


def test_that_lists_beside_the_form_are_known_by_their_files(all_types: Instrument):
    assert all_types.files == {"f", "firms"}
    assert all_types.external == {"houses": "houses.xml"}
    assert all_types.named("firms") is None


@pytest.mark.parametrize("kind", ["osm k", "include other", "sms"])
def test_that_what_cannot_be_asked_is_refused_in_its_row(kind: str):
    found = check("a.xlsx", workbook(survey=f"| type | name | label |\n| text | a | A |\n| {kind} | b | B |"))
    assert [(one.where.row, one.where.column) for one in found if one.is_error] == [(3, "type")]


def test_that_the_grid_of_a_range_is_kept():
    form = instrument(
        "| type | name | label | parameters |\n| range | a | A | start=0 end=10 step=0.5 |\n| range | b | B | start=1 end=5 step=1 |"
    )
    assert dict(node(form, "a").parameters) == {"start": "0", "end": "10", "step": "0.5"}
    assert (node(form, "a").datatype, node(form, "b").datatype) == (Datatype.DECIMAL, Datatype.INT)


def test_that_pictures_of_labels_and_choices_are_kept_by_name_and_language():
    form = instrument(
        "| type | name | label::Türkçe (tr) | label::English (en) | media::image::Türkçe (tr) | media::audio::English (en) |\n"
        "| select_one k | a | A | A | a.png | a.mp3 |"
    )
    assert node(form, "a").media == {"image": {"tr": "a.png"}, "audio": {"en": "a.mp3"}}
    assert form.lists["k"][0].media == {"image": {"tr": "elma.png"}}
    assert not form.lists["k"][1].media


def test_that_several_triggers_each_set_the_value():
    form = instrument(
        "| type | name | label | trigger | calculation |\n| text | a | A | | |\n| text | b | B | | |\n"
        "| calculate | c | | ${a}, ${b} | concat(${a}, ${b}) |"
    )
    assert {(each.trigger, each.target) for each in form.actions} == {("/data/a", "/data/c"), ("/data/b", "/data/c")}
    assert all(each.events == {Event.VALUE_CHANGED} for each in form.actions)


def test_that_a_text_with_quotation_marks_survives_as_the_value_of_an_action():
    xform = convert(
        "a.xlsx", workbook(survey="| type | name | label | trigger | calculation |\n| text | a | A | | |\n| calculate | c | | ${a} | 1 |")
    )  # fmt: skip
    said = 'it\'s "so"'
    changed = xform.xform.replace(
        'event="xforms-value-changed" value="1"/>', f'event="xforms-value-changed">{said}</setvalue>'
    )
    assert changed != xform.xform
    form = load(type(xform)(changed, xform.extras, "", ""))
    from kume_desktop.interview import engine
    from kume_desktop.interview.state import Setting
    from tests.interview.scenario import MORNING

    begun = engine.begin(engine.compile_form(form), Setting({}, "u", "d", "tr", lambda: MORNING, "s")).interview
    assert engine.answer(begun, "/data/a", "x").interview.value("/data/c") == said


def test_that_selects_from_files_name_the_columns_they_read():
    form = instrument(
        "| type | name | label | parameters | choice_filter |\n"
        "| select_one_from_file f.csv | a | A | value=kod label=ad | il = 'x' |\n"
        "| select_one_from_file g.xml | b | B | randomize=true seed=7 | |\n"
        "| select_multiple_from_file h.geojson | c | C | | |"
    )
    one, other, third = (node(form, name).itemset for name in "abc")
    assert (one.value, one.label, one.instance) == ("kod", "ad", "f")
    assert other.nodeset == "randomize(instance('g')/root/item, 7)"
    assert (third.value, third.label) == ("id", "title")
    assert form.external == {"g": "g.xml", "h": "h.geojson"}


def test_that_a_select_from_a_repeat_reads_its_rows():
    form = instrument(
        "| type | name | label | choice_filter |\n| begin repeat | r | R | |\n| text | ad | Ad | |\n| end repeat | | | |\n"
        "| select_one ${ad} | s | S | ${ad} != '' |"
    )
    found = node(form, "s").itemset
    assert (found.instance, found.value, found.label) == ("", "ad", "ad")
    assert found.nodeset.startswith("/data/r[")


def test_that_the_older_external_choices_become_a_list():
    form = instrument(
        "| type | name | label | choice_filter |\n| text | il | İl | |\n| select_one_external ilce | s | S | il=${il} |",
        external_choices="| list_name | name | label::Türkçe (tr) | il |\n| ilce | konak | Konak | izmir |\n| ilce | izmit | İzmit | kocaeli |",
    )
    found = node(form, "s")
    assert found.kind is Kind.SELECT_ONE
    listed = form.lists[found.itemset.instance]
    assert [(each.name, each.label["tr"], each.fields["il"]) for each in listed] == [
        ("konak", (Part("Konak"),), "izmir"),
        ("izmit", (Part("İzmit"),), "kocaeli"),
    ]


def test_that_the_appearance_search_is_refused_with_what_to_write():
    found = check(
        "a.xlsx",
        workbook(
            survey="| type | name | label | appearance |\n| select_one f | a | A | search('firmalar') |",
            choices="| list_name | name | label |\n| f | kod | ad |",
        ),
    )
    (one,) = [each for each in found if each.is_error]
    assert (one.code, one.where.row, one.where.column, one.params["table"]) == (
        "form.search-appearance", 2, "appearance", "firmalar",
    )  # fmt: skip


def test_that_last_saved_is_known():
    survey = "| type | name | label | default |\n| text | a | A | ${last-saved#a} |"
    assert instrument(survey).last_saved
    assert not instrument("| type | name | label |\n| text | a | A |").last_saved


def test_that_entities_are_declared_with_their_parts():
    form = instrument(
        "| type | name | label | save_to |\n| text | unvan | Ünvan | |\n| integer | kisi | Kişi | calisan |\n"
        "| begin repeat | ortak | Ortak | |\n| text | adi | Ad | kisi_adi |\n| end repeat | | | |".replace(
            "| kisi_adi |", "| ortaklar#kisi_adi |"
        ).replace("| calisan |", "| firms#calisan |"),
        entities="| list_name | label | create_if |\n| firms | ${unvan} | ${kisi} > 1 |\n| ortaklar | ${adi} | |",
    )
    assert set(form.entities) == {
        EntityDeclaration("firms", "/data/meta/entity", (SavedTo("/data/kisi", "calisan"),)),
        EntityDeclaration("ortaklar", "/data/ortak/meta/entity", (SavedTo("/data/ortak/adi", "kisi_adi"),)),
    }
    parts = {each.path: each for each in form.nodes() if "/meta/entity/" in each.path}
    assert parts["/data/meta/entity/@create"].calculation
    assert parts["/data/meta/entity/@dataset"].default == "firms"
    assert not any(each.is_asked for each in parts.values())


def test_that_settings_that_ask_for_a_server_do_no_harm():
    form = instrument(
        "| type | name | label |\n| text | a | A |",
        settings="| form_title | form_id | version | style | instance_name | public_key | submission_url | allow_choice_duplicates |\n"
        "| T | t | 3 | pages theme-grid | concat('Firma ', ${a}) | abc | https://x.example/ | yes |",
    )
    assert (form.id, form.version, form.style) == ("t", "3", "pages theme-grid")
    assert "concat('Firma '" in node(form, "instanceName").calculation


def test_that_a_default_picture_is_no_answer():
    form = instrument("| type | name | label | default |\n| image | a | A | plan.png |\n| text | b | B | x |")
    assert (node(form, "a").default, node(form, "b").default) == ("", "x")
    assert node(form, "a").kind in ATTACHMENTS


def test_that_comments_and_switched_off_rows_are_no_questions_and_notes_get_a_name():
    form = instrument(
        "| type | name | label | disabled | hint |\n| | | | | a comment |\n| text | a | A | | |\n| text | b | B | yes | |\n| note | | Merhaba | | |"
    )
    assert [each.path for each in form.nodes() if each.is_asked] == ["/data/a", "/data/generated_note_name_5"]


def test_that_settings_may_stand_in_the_survey_as_they_did_once():
    survey = "| type | name | label |\n| set form title | Eski anket | |\n| set form id | eski | |\n| text | a | A |"
    form = instrument(survey, settings=None)
    assert (form.id, form.title) == ("eski", {"tr": "Eski anket", "en": "Eski anket"})
    assert [each.name for each in form.nodes() if each.is_asked] == ["a"]
    other = instrument(survey, settings="| form_title | form_id | version |\n| Yeni | yeni | 1 |")
    assert other.id == "yeni"


def test_that_a_default_language_may_be_named_without_its_code():
    survey = "| type | name | label::Türkçe (tr) | label::English (en) |\n| text | a | A | B |"
    settings = "| form_title | form_id | version | default_language |\n| T | t | 3 | English |"
    assert instrument(survey, settings=settings).default_language == "en"


OLD = {
    "survey": [
        ["type", "name", "label", "default", "required"],
        ["date", "gun", "Gün: Iğdır", date(2020, 1, 31), True],
        ["integer", "sayi", "Sayı", 5, False],
        ["select_one k", "s", "S", None, None],
    ],
    "choices": [["list_name", "name", "label"], ["k", 1, "Bir"], ["k", 2.5, "İki buçuk"]],
    "settings": [["form_id", "version", "form_title"], ["eski", 7, "Eski"]],
}


def test_that_a_workbook_of_old_excel_is_read():
    form = load(convert("eski.xls", old_excel.workbook(OLD)))
    assert (form.id, form.version) == ("eski", "7")
    assert (node(form, "gun").default, node(form, "gun").required) == ("2020-01-31", "true()")
    assert node(form, "sayi").default == "5"
    assert [each.name for each in form.lists["k"]] == ["1", "2.5"]


@pytest.mark.parametrize("cut", [8, 100, 512, 700, 3000])
def test_that_a_torn_workbook_of_old_excel_is_refused(cut: int):
    with pytest.raises(Refused) as refused:
        convert("eski.xls", old_excel.workbook(OLD)[:cut])
    assert {one.code for one in refused.value.problems} <= {"form.not-a-workbook", "form.no-survey", "form.no-column"}


def test_that_what_does_nothing_here_is_said_once():
    found = check(
        "a.xlsx",
        workbook(
            survey="| type | name | label | parameters | media::image |\n| image | a | A | max-pixels=1000 | a.png |\n| text | b | B | | b.png |",
            settings="| form_title | form_id | version | submission_url |\n| T | t | 1 | https://x.example/ |",
        ),
    )
    assert not any(one.is_error for one in found)
    assert [(one.code, one.where.sheet, one.where.row) for one in found if one.code.endswith("-ignored")] == [
        ("form.setting-ignored", "settings", 2),
        ("form.parameter-ignored", "survey", 2),
    ]


def test_that_a_column_opens_a_question_to_the_answers_of_earlier_waves():
    survey = "| type | name | label | earlier |\n| text | a | A | yes |\n| text | b | B | |\n| integer | c | C | Evet |"
    form = load(convert("a.xlsx", workbook(survey=survey)))
    assert [node(form, name).earlier for name in ("a", "b", "c")] == [True, False, True]
    assert not [one for one in check("a.xlsx", workbook(survey=survey)) if one.code.startswith("form.column")]
