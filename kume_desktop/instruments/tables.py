"""Lists that lie beside a workbook, read safely: CSV, XML (`root/item`) and GeoJSON, as rows of texts."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from kume_desktop.instruments.model import Instrument
from kume_desktop.instruments.sheets import language_code
from kume_desktop.problems import Problem, Refused, Where, problem

ENDINGS = (".csv", ".xml", ".geojson")
MAX_BYTES = 30_000_000
MAX_ROWS = 250_000
MAX_CELLS = 5_000_000
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

Row = Mapping[str, str]


def read_table(name: str, content: bytes) -> tuple[Row, ...]:
    """The rows of a list by the ending of its file name; all rows have the same columns in a CSV file.

    CSV: UTF-8 with or without mark (or UTF-16 with one), comma, semicolon or tab. `label::English (en)` becomes the
    column `label_en`.

    Raises:
        Refused: `form.table-…`: too large, not readable, not of the shape that a form can read, a column twice.
    """
    if len(content) > MAX_BYTES:
        raise Refused(problem("form.table-too-large", Where(file=name), megabytes=MAX_BYTES // 1_000_000))
    ending = name.lower().rpartition(".")[2]
    rows = {"xml": _xml, "geojson": _geojson}.get(ending, _csv)(name, content)
    return tuple(_bounded(name, rows))


def _bounded(name: str, rows: Iterator[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise Refused(problem("form.table-too-many-rows", Where(file=name), rows=MAX_ROWS))
        yield row


def _csv(name: str, content: bytes) -> Iterator[Row]:
    lines = csv.reader(io.StringIO(_text(name, content), newline=""), delimiter=_delimiter(name, content))
    try:
        header = [_column(cell) for cell in next(lines, ())]
        columns = [(place, cell) for place, cell in enumerate(header) if cell]
        twice = next((cell for cell, held in Counter(cell for _place, cell in columns).items() if held > 1), "")
        if twice:
            raise Refused(problem("form.table-column-twice", Where(file=name, column=twice), column=twice))
        most = max(1, MAX_CELLS // max(1, len(columns)))
        for number, line in enumerate(filter(any, lines), start=1):
            if number > most:
                raise Refused(problem("form.table-too-many-rows", Where(file=name), rows=most))
            yield {cell: line[place].strip() if place < len(line) else "" for place, cell in columns}
    except csv.Error as error:
        raise Refused(problem("form.table-unreadable", Where(file=name, row=lines.line_num))) from error


def _text(name: str, content: bytes) -> str:
    encoding = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "utf-8-sig")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(problem("form.table-unreadable", Where(file=name))) from error


def _delimiter(name: str, content: bytes) -> str:
    head = _text(name, content[:65_536] if content[:2] not in dict(_MARKS) else content).partition("\n")[0]
    return max(",;\t", key=head.count)


def _column(header: str) -> str:
    """A header as expressions name it.

    >>> _column(" label::English (en)"), _column("nace")
    ('label_en', 'nace')
    """
    base, _, language = header.strip().partition("::")
    return f"{base.strip()}_{language_code(language)}" if language else base


def _xml(name: str, content: bytes) -> Iterator[Row]:
    plain = content.replace(b"\x00", b"").upper()
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Refused(problem("form.file-harmful", Where(file=name)))
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - no document type gets this far
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise Refused(problem("form.table-not-xml", Where(file=name))) from error
    if _tag(root) != "root" or any(_tag(item) != "item" for item in root):
        raise Refused(problem("form.table-shape", Where(file=name)))
    for item in root:
        yield {_tag(cell): "".join(cell.itertext()).strip() for cell in item}


def _tag(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _geojson(name: str, content: bytes) -> Iterator[Row]:
    try:
        found = json.loads(_text(name, content))
    except (ValueError, RecursionError) as error:
        raise Refused(problem("form.table-not-geojson", Where(file=name))) from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or found.get("type") != "FeatureCollection":
        raise Refused(problem("form.table-not-geojson", Where(file=name)))
    for feature in features:
        if not isinstance(feature, dict):
            raise Refused(problem("form.table-not-geojson", Where(file=name)))
        yield _feature(feature)


def _feature(feature: Mapping[str, Any]) -> Row:
    """A place with its properties and its geometry as ODK writes it (latitude first)."""
    own = {"id": _cell(feature["id"])} if "id" in feature else {}
    properties = feature.get("properties") or {}
    geometry = feature.get("geometry") or {}
    told = {str(key): _cell(value) for key, value in properties.items()} if isinstance(properties, dict) else {}
    return {**told, **own, "geometry": _geometry(geometry) if isinstance(geometry, dict) else ""}


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case int() | float():
            return str(value)
        case _:
            return json.dumps(value, ensure_ascii=False)


def _geometry(geometry: Mapping[str, Any]) -> str:
    coordinates = geometry.get("coordinates")
    points: Sequence[Any]
    match geometry.get("type"), coordinates:
        case "Point", [*_]:
            points = [coordinates]
        case "LineString", [*points]:
            pass
        case "Polygon", [[*points], *_]:
            pass
        case _:
            return ""
    return ";".join(filter(None, map(_point, points)))


def _point(point: object) -> str:
    match point:
        case [int() | float() as east, int() | float() as north, int() | float() as height, *_]:
            return f"{north} {east} {height} 0"
        case [int() | float() as east, int() | float() as north]:
            return f"{north} {east} 0 0"
        case _:
            return ""


def column_problems(instrument: Instrument, tables: Mapping[str, Sequence[Row]]) -> Iterator[Problem]:
    """The selects from files whose file lacks the column of names or of labels."""
    for node in instrument.nodes():
        itemset = node.itemset
        rows = tables.get(itemset.instance, ()) if itemset is not None else ()
        if itemset is None or not rows:
            continue
        where = Where(sheet=node.place.sheet, row=node.place.row or None, column="type", question=node.name)
        labels = {itemset.label, *(f"{itemset.label}_{language}" for language in instrument.languages)}
        for wanted, known in ((itemset.value, {itemset.value}), (itemset.label, labels)):
            if not known & rows[0].keys():
                yield problem("form.file-column", where, table=file_of(instrument, itemset.instance), column=wanted)


def file_of(instrument: Instrument, instance: str) -> str:
    """The name of the file behind an instance id."""
    return instrument.external.get(instance, f"{instance}.csv")
