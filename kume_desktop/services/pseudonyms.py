"""Firms under other names: what leaves the agency names a firm by a code that only the agency can lead back.

The code is a keyed hash of the firm's identity. Its key follows from the study's data key and never leaves it, so the
same firm has the same code in every export of the study, and nobody without the study can work one out.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kume_desktop.services import notices

if TYPE_CHECKING:
    from kume_desktop.reports.content import AnswerRow, AnswerTable, Column, FirmFacts, InstrumentFacts, ReportContent
    from kume_desktop.services.studies import Study

_PURPOSE, _BYTES = b"kume.pseudonym", 5
SMALL = 3
"""A cell (area, size class, district) with fewer firms lets tell one from the other."""
MARK = "*"
"""Behind the code of a firm in a small cell."""
_FIRM, _TEXT, _SHORTEST = "firma_kodu", "text", 3
_TELLING = frozenset(
    {"image", "audio", "video", "file", "geopoint", "geotrace", "geoshape", "username", "deviceid", "email",
     "phonenumber", "property"}
)  # fmt: skip
"""Kinds of questions whose answers tell who, or where."""


def code_of(study: Study, unit_id: str) -> str:
    """The code of a firm outside the agency: P and eight signs."""
    key = hashlib.blake2b(study.key.key, digest_size=32, person=_PURPOSE).digest()
    digest = hashlib.blake2b(unit_id.encode(), key=key, digest_size=_BYTES).digest()
    return f"P{base64.b32encode(digest).decode('ascii')}"


def without_names(study: Study, content: ReportContent) -> ReportContent:
    """The content with codes of its own for firms, and without names, free text and what was worked out from it.

    What is counted stays as it is, so that every formula holds. A code ends with `*` where fewer than three firms have
    the same area, size class and district.
    """
    crowd = Counter(_cell(firm) for firm in content.firms)
    codes = {
        firm.code: code_of(study, firm.unit_id or firm.code) + (MARK if crowd[_cell(firm)] < SMALL else "")
        for firm in content.firms
    }
    return replace(
        content,
        firms=tuple(replace(firm, code=codes[firm.code], name="", interviewer="") for firm in content.firms),
        instruments=tuple(_instrument(one, codes) for one in content.instruments),
        ratings=tuple(replace(row, firm=codes.get(row.firm, ""), reason="") for row in content.ratings),
        left_out=tuple(replace(row, who=codes.get(row.who, row.who)) for row in content.left_out),
        respondents=(),
        include_personal=False,
    )


def _cell(firm: FirmFacts) -> tuple[str, str, str]:
    return firm.area, firm.size_class, firm.district


def _instrument(one: InstrumentFacts, codes: Mapping[str, str]) -> InstrumentFacts:
    return replace(one, tables=tuple(_table(table, codes) for table in one.tables))


def _table(table: AnswerTable, codes: Mapping[str, str]) -> AnswerTable:
    left = tuple(column for column in table.columns if not _tells(column))
    kept = {column.path for column in left}
    texts = {column.path for column in table.columns if column.kind == _TEXT and column.path not in kept}
    rows = tuple(_row(row, kept, texts, codes) for row in table.rows)
    return replace(table, columns=left, rows=rows)


def _tells(column: Column) -> bool:
    """Whether a column says who it is: free text, files, places, the firm's own code and name."""
    is_name = column.personal == "S" and column.purpose == notices.CONTACT
    return is_name or column.name == _FIRM or (tells(column.kind) and not (column.kind == _TEXT and column.options))


def tells(kind: str) -> bool:
    """Whether answers of a kind of question tell who, or where: free text, files, places, who typed and on what."""
    return kind == _TEXT or kind in _TELLING


def _row(row: AnswerRow, kept: set[str], texts: set[str], codes: Mapping[str, str]) -> AnswerRow:
    telling = [text for path in texts for text in row.values.get(path, ()) if len(text) >= _SHORTEST]
    telling.append(row.firm)
    shortest = min(map(len, telling))
    values = {
        path: values
        for path, values in row.values.items()
        if path in kept and not any(_says(value, telling) for value in values if len(value) >= shortest)
    }
    return replace(row, firm=codes[row.firm], values=values)


def _says(value: str, telling: Sequence[str]) -> bool:
    return any(text in value for text in telling)
