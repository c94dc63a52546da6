"""Files made to do harm, by name: each is small and asks a careless reader for gigabytes, hours or the network."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Mapping

from openpyxl import Workbook

SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
BOOK, RELS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHEET_ENTRY = b'<sheet name="s" sheetId="9" r:id="rId1"/>'
CELL = '<row r="{row}"><c r="{name}" t="inlineStr"><is><t>{text}</t></is></c></row>'
ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "ha">{ENTITIES}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
NETWORK = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
SLOW = frozenset({"half a million styles", "a million small merges", "200,000 levels of elements", "200,000 rows"})
"""They are read to a limit, which takes a while."""
Change = Callable[[bytes], bytes]


def plain() -> bytes:
    """A small sound workbook that is a form and a list at once."""
    book = Workbook()
    book.remove(book.active)
    sheets = {
        "survey": [("type", "name", "label"), ("text", "unvan", "Ünvanı"), ("integer", "sayi", "Çalışan sayısı")],
        "choices": [("list_name", "name", "label"), ("k", "1", "Evet")],
        "settings": [("form_id", "form_title", "version"), ("x", "X", "1")],
    }
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def with_members(changes: Mapping[str, Change | bytes], more: Mapping[str, bytes] | None = None) -> bytes:
    """The sound workbook with other bytes in some members, and members more."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain())) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, 9) as new:
        for name in old.namelist():
            change, data = changes.get(name), old.read(name)
            new.writestr(name, change if isinstance(change, bytes) else change(data) if change else data)
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return kept.getvalue()


def sheet(inner: str, head: str = "", tail: str = "") -> bytes:
    """The sound workbook with a first sheet of this content."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return with_members(
        {SHEET: f'{head}<worksheet xmlns="{space}"><sheetData>{inner}</sheetData>{tail}</worksheet>'.encode()}
    )


def cell(name: str, text: str = "x") -> str:
    return CELL.format(row="".join(filter(str.isdigit, name)), name=name, text=text)


def strings(count: int, text: str = "a") -> bytes:
    one = f"<si><t>{text}</t></si>"
    return with_members({}, {STRINGS: f"<sst>{one * count}</sst>".encode()})


def before(text: str) -> Change:
    return lambda data: text.encode() + data[data.index(b"?>") + 2 :] if b"?>" in data else text.encode() + data


def nested_zip() -> bytes:
    data = b"\0" * 10_000_000
    for _ in range(4):
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, 9) as archive:
            for number in range(16):
                archive.writestr(f"{number}.zip", data)
        data = kept.getvalue()
    return data


def same_name_twice() -> bytes:
    kept = io.BytesIO(plain())
    with zipfile.ZipFile(kept, "a") as archive, zipfile.ZipFile(io.BytesIO(plain())) as old, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        archive.writestr(SHEET, old.read(SHEET))
    return kept.getvalue()


def lying_size() -> bytes:
    """A member whose size in the directory is smaller than what comes out of it."""
    raw = bytearray(with_members({STYLES: b"\0" * 3_000_000}))
    place = raw.rindex(STYLES.encode()) - 46 + 24
    raw[place : place + 4] = (100).to_bytes(4, "little")
    return bytes(raw)


def encrypted_flag() -> bytes:
    raw = bytearray(plain())
    at = 0
    while (at := raw.find(b"PK\x03\x04", at)) >= 0:
        raw[at + 6] |= 1
        at += 4
    return bytes(raw)


BOMBS: dict[str, Callable[[], bytes]] = {
    "1.5 GB of zeros in the styles": lambda: with_members({STYLES: b"\0" * 300_000_000}),
    "300 MB of blanks in a sheet": lambda: sheet(" " * 310_000_000),
    "100 MB of one shared text": lambda: strings(1, "a" * 100_000_000),
    "three million shared texts": lambda: strings(3_000_000),
    "half a million styles": lambda: with_members(
        {STYLES: lambda data: data.replace(b"</cellXfs>", b'<xf numFmtId="0"/>' * 1_500_000 + b"</cellXfs>")}
    ),
    "merge of the whole sheet": lambda: sheet(
        cell("A1"), tail='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ),
    "merges of whole columns": lambda: sheet(
        cell("A1"), tail="<mergeCells>" + '<mergeCell ref="A1:Z1048576"/>' * 50 + "</mergeCells>"
    ),
    "a million small merges": lambda: sheet(
        cell("A1"),
        tail="<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 400_000)) + "</mergeCells>",
    ),
    "a cell in the last row": lambda: sheet(cell("A1") + cell("A1048576")),
    "a cell in the last column": lambda: sheet(cell("XFD1")),
    "a row number beyond all": lambda: sheet(cell("A99999999999")),
    "a column of twenty letters": lambda: sheet(cell("ABCDEFGHIJKLMNOPQRST1")),
    "a billion laughs in a sheet": lambda: sheet(cell("A1", "&l9;"), head=LAUGHS),
    "a billion laughs in the texts": lambda: with_members(
        {}, {STRINGS: f"{LAUGHS}<sst><si><t>&l9;</t></si></sst>".encode()}
    ),
    "a billion laughs in the workbook": lambda: with_members({BOOK: before(LAUGHS)}),
    "a file of the computer as entity": lambda: sheet(cell("A1", "&e;"), head=OUTSIDE),
    "a document type on the network": lambda: with_members({RELS: before(NETWORK)}),
    "laughs in UTF-16": lambda: with_members({SHEET: (LAUGHS + "<worksheet/>").encode("utf-16")}),
    "200,000 levels of elements": lambda: sheet("<a>" * 200_000 + "</a>" * 200_000),
    "an encoding that nobody knows": lambda: with_members(
        {BOOK: lambda data: b'<?xml version="1.0" encoding="UTI-8"?>' + data.rpartition(b"?>")[2]}
    ),
    "a tag of 20 MB": lambda: sheet(f"<c {'a' * 20_000_000}/>"),
    "200,000 attributes": lambda: sheet("<c " + " ".join(f'a{n}="1"' for n in range(200_000)) + "/>"),
    "100,000 sheets": lambda: with_members(
        {BOOK: lambda data: data.replace(b"</sheets>", SHEET_ENTRY * 100_000 + b"</sheets>")}
    ),
    "70,000 members": lambda: with_members({}, {f"xl/media/{n}.png": b"" for n in range(70_000)}),
    "members that leave the folder": lambda: with_members({}, {"../../../../etc/cron.d/x": b"* * * * * root x"}),
    "archives in archives": nested_zip,
    "the same sheet twice": same_name_twice,
    "a directory that lies about sizes": lying_size,
    "flags of encryption": encrypted_flag,
    "a dimension of the whole sheet": lambda: with_members(
        {SHEET: lambda data: data.replace(b'ref="A1:C3"', b'ref="A1:XFD1048576"')}
    ),
    "200,000 rows": lambda: sheet("".join(cell(f"A{n}") for n in range(1, 200_010))),
    "16,000 columns": lambda: sheet('<row r="1">' + "<c><v>1</v></c>" * 16_384 + "</row>"),
    "formulas in a circle": lambda: sheet('<row r="1"><c r="A1"><f>A1+1</f></c></row>'),
    "a shared text that is not there": lambda: sheet('<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>'),
    "a number of 10,000 digits": lambda: sheet(f'<row r="1"><c r="A1"><v>{"9" * 10_000}</v></c></row>'),
    "an old workbook of zeros": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000_000,
}
