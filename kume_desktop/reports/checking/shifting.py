"""Formulas as text: the same formula some rows and columns on, and the one way to write a formula."""

from __future__ import annotations

import re

from kume_desktop.reports.writing.cells import letter

_TOKENS = re.compile(
    r"""("(?:[^"]|"")*")"""  # a text
    r"""|((?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)"""  # a sheet
    r"""|(\$?[A-Z]{1,3}\$?\d{1,7})(?![\w(])"""  # a cell
    r"""|([^\W\d][\w.]*)"""  # a function or a name
    r"""|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"""  # a number
    r"""|(\s+)"""
)
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})")


def shifted(formula: str, rows: int, columns: int) -> str:
    r"""A formula as it stands so many rows below and columns to the right: what is not fixed by `$` moves along.

    >>> print(shifted("SUM(A1:$B$2)+'A1'!C3&\"A1\"", 1, 1))
    SUM(B2:$B$2)+'A1'!D4&"A1"
    """
    return _TOKENS.sub(lambda found: _moved(found[3], rows, columns) if found[3] else found[0], formula)


def _moved(cell: str, rows: int, columns: int) -> str:
    found = _CELL.fullmatch(cell)
    if found is None:
        return cell
    fixed_col, letters, fixed_row, number = found.groups()
    if not fixed_col:
        place = 0
        for sign in letters:
            place = place * 26 + ord(sign) - 64
        letters = letter(place - 1 + columns)
    return f"{fixed_col}{letters}{fixed_row}{int(number) if fixed_row else int(number) + rows}"


def plain(formula: str) -> str:
    r"""A formula as our writer writes it: sheets always quoted, no blanks; programs that save it again differ there.

    >>> print(plain("SUM( Endeks!A1, 'İki söz'!B2 ) & \"a  b\""))
    SUM('Endeks'!A1,'İki söz'!B2)&"a  b"
    """

    def written(found: re.Match[str]) -> str:
        if found[2] and not found[2].startswith("'"):
            return f"'{found[2][:-1]}'!"
        return "" if found[6] else found[0]

    return _TOKENS.sub(written, formula)
