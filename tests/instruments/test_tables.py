"""Lists beside a workbook: read as people save them, refused where they could do harm or say nothing."""

from __future__ import annotations

import json

import pytest

from kume_desktop.instruments import tables
from kume_desktop.instruments.check import check
from kume_desktop.instruments.tables import read_table
from kume_desktop.problems import Refused
from tests.interview.scenario import workbook

ROWS = ({"name": "1", "label": "Çiğli, İzmir"}, {"name": "2", "label": 'Adı "A"'})
WRITTEN = 'name,label\r\n1,"Çiğli, İzmir"\r\n2,"Adı ""A"""\r\n'


def code_of(name: str, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_table(name, content)
    return refused.value.problems[0].code


@pytest.mark.parametrize(
    "content",
    [
        WRITTEN.encode(),
        WRITTEN.encode("utf-8-sig"),
        WRITTEN.encode("utf-16"),
        WRITTEN.replace("name,label", "name;label").replace('1,"', '1;"').replace('2,"', '2;"').encode(),
        WRITTEN.replace("name,label", "name\tlabel").replace('1,"', '1\t"').replace('2,"', '2\t"').encode(),
        b"\n".join(WRITTEN.encode().split(b"\r\n")),
        WRITTEN.replace("\r\n2", "\r\n\r\n2").encode(),
        WRITTEN.replace("name,label", " name , label ,").encode(),
    ],
    ids=["plain", "mark", "utf-16", "semicolon", "tab", "unix", "blank line", "loose header"],
)
def test_that_a_csv_file_is_read_as_people_save_it(content: bytes):
    assert read_table("f.csv", content) == ROWS


def test_that_labels_in_languages_have_columns_of_their_own():
    assert read_table("f.csv", "name,label::Türkçe (tr),label::English (en)\n1,Bir,One\n".encode()) == (
        {"name": "1", "label_tr": "Bir", "label_en": "One"},
    )


def test_that_short_lines_are_filled_and_long_ones_cut():
    assert read_table("f.csv", b"a,b\n1\n1,2,3\n") == ({"a": "1", "b": ""}, {"a": "1", "b": "2"})
    assert read_table("f.csv", b"") == ()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("f.csv", "a;ş\n1;2".encode("cp1254"), "form.table-unreadable"),
        ("f.csv", b"a,a\n1,2", "form.table-column-twice"),
        ("f.csv", b"a,b\n" + b"x" * 200_000, "form.table-unreadable"),
        ("f.xml", b"<root><item>", "form.table-not-xml"),
        ("f.xml", b"<!DOCTYPE r [<!ENTITY a 'b'>]><root><item><n>&a;</n></item></root>", "form.file-harmful"),
        ("f.xml", '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE r><root/>'.encode("utf-16"), "form.file-harmful"),
        ("f.xml", b"<houses><house/></houses>", "form.table-shape"),
        ("f.xml", b'<?xml version="1.0" encoding="no-such"?><root/>', "form.table-not-xml"),
        ("f.geojson", b"{", "form.table-not-geojson"),
        ("f.geojson", b"[" * 100_000, "form.table-not-geojson"),
        ("f.geojson", b'{"type": "Feature"}', "form.table-not-geojson"),
        ("f.geojson", b'{"type": "FeatureCollection", "features": [1]}', "form.table-not-geojson"),
    ],
)
def test_that_what_is_no_list_is_refused(name: str, content: bytes, code: str):
    assert code_of(name, content) == code


def test_that_a_list_has_limits(monkeypatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 3)
    assert code_of("f.csv", b"a\n1\n2\n3\n4\n") == "form.table-too-many-rows"
    monkeypatch.setattr(tables, "MAX_BYTES", 10)
    assert code_of("f.csv", b"a\n" + b"1\n" * 9) == "form.table-too-large"


def test_that_the_items_of_an_xml_file_are_rows():
    content = "<root><item><name>1</name><label> Çiğli </label></item><item><name>2</name><x/></item></root>"
    assert read_table("f.xml", content.encode()) == ({"name": "1", "label": "Çiğli"}, {"name": "2", "x": ""})


def test_that_the_places_of_a_geojson_file_are_rows_with_latitude_first():
    def feature(kind: str, coordinates: object, **more: object) -> dict[str, object]:
        return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, **more}

    content = {
        "type": "FeatureCollection",
        "features": [
            feature(
                "Point", [27.1, 38.4], id="p1", properties={"title": "Liman", "kat": 2.0, "acik": True, "yok": None}
            ),
            feature("Point", [27.1, 38.4, 12], properties={"id": "p2", "title": "Gar"}),
            feature("LineString", [[1, 2], [3, 4]], properties={"id": "l"}),
            feature("Polygon", [[[1, 2], [3, 4], [5, 6], [1, 2]]], properties={"id": "a"}),
            feature("MultiPoint", [[1, 2]], properties={"id": "m"}),
        ],
    }
    rows = read_table("f.geojson", json.dumps(content).encode())
    assert rows[0] == {
        "title": "Liman", "kat": "2", "acik": "true", "yok": "", "id": "p1", "geometry": "38.4 27.1 0 0",
    }  # fmt: skip
    assert [row["geometry"] for row in rows[1:]] == [
        "38.4 27.1 12 0", "2 1 0 0;4 3 0 0", "2 1 0 0;4 3 0 0;6 5 0 0;2 1 0 0", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("parameters", "row", "missing"),
    [
        ("", {"name": "1", "label": "Bir"}, None),
        ("", {"name": "1", "label_tr": "Bir"}, None),
        ("", {"kod": "1", "label": "Bir"}, "name"),
        ("", {"name": "1", "ad": "Bir"}, "label"),
        ("value=kod label=ad", {"kod": "1", "ad": "Bir"}, None),
        ("value=kod label=ad", {"name": "1", "ad": "Bir"}, "kod"),
    ],
)
def test_that_a_file_without_the_columns_of_its_select_is_told(
    parameters: str, row: dict[str, str], missing: str | None
):
    survey = (
        "| type | name | label::Türkçe (tr) | parameters |\n| text | t | T | |\n"
        f"| select_one_from_file f.csv | a | A | {parameters} |"
    )
    found = [one for one in check("a.xlsx", workbook(survey=survey), {"f": (row,)}) if one.code == "form.file-column"]
    assert [(one.where.row, one.params["column"]) for one in found] == ([(3, missing)] if missing else [])


def test_that_a_list_with_very_many_columns_is_bounded_too(monkeypatch):
    header = ",".join(f"c{place}" for place in range(60_000)).encode()
    assert len(read_table("f.csv", header + b"\n1\n")[0]) == 60_000
    assert code_of("f.csv", header + b",c7\n1\n") == "form.table-column-twice"
    monkeypatch.setattr(tables, "MAX_CELLS", 120_000)
    assert code_of("f.csv", header + b"\n" + b"1\n" * 3) == "form.table-too-many-rows"
