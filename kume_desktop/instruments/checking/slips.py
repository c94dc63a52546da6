"""What an expression borrows from Excel or from other languages, and what it is called here."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kume_desktop.problems import Param
from kume_desktop.turkish import fold
from kume_desktop.xpath.registry import FUNCTIONS

_OPERATORS: Mapping[str, str] = {
    "&&": "and", "&": "and", "||": "or", "==": "=", "<>": "!=", "=>": ">=", "=<": "<=", "≥": ">=", "≤": "<=", "≠": "!=",
    "×": "*", "÷": "div", "%": "mod", ";": ",",
}  # fmt: skip
_WORDS: Mapping[str, str] = {"and": "and", "ve": "and", "or": "or", "veya": "or", "div": "div", "mod": "mod"}
_SIGNS = sorted(_OPERATORS, key=len, reverse=True)
_FUNCTIONS: Mapping[str, str] = {
    "topla": "sum", "eger": "if", "say": "count", "maks": "max", "mak": "max", "yuvarla": "round", "bugun": "today",
    "simdi": "now", "birlestir": "concat", "degil": "not", "uzunluk": "string-length", "secili": "selected",
    "len": "string-length",
}  # fmt: skip
_NUMBER = re.compile(r"\d+(?:[.,]\d+)+")
_WORD = re.compile(r"[^\W\d_]+")
_COMPARISON, _JOINED = re.compile("[<>!]=|[<>=]"), re.compile(r"\b(?:and|or)\s+$")


def slip(code: str, position: int, text: str) -> tuple[str, dict[str, Param]] | None:
    """The code and values of a better sentence about an error at a character, None if there is none.

    >>> slip("strange-character", 8, "${a} > && 1")
    ('form.expression-other-operator', {'position': 8, 'found': '&&', 'write': 'and'})
    >>> slip("unexpected", 9, ". <= 100,5")
    ('form.expression-decimal-comma', {'position': 6, 'found': '100,5'})
    """
    if code not in {"unexpected", "strange-character", "missing-symbol"}:
        return None
    at = position - 1
    return _number(at, text) or _operator(at, text) or _lonely(at, text)


def _number(at: int, text: str) -> tuple[str, dict[str, Param]] | None:
    if text[at : at + 1] not in {".", ","}:
        return None
    for found in _NUMBER.finditer(text):
        if found.start() < at < found.end():
            written = found.group()
            is_decimal = written.count(",") == 1 and "." not in written
            known = "form.expression-decimal-comma" if is_decimal else "form.expression-grouped-number"
            return known, {"position": found.start() + 1, "found": written}
    return None


def _operator(at: int, text: str) -> tuple[str, dict[str, Param]] | None:
    for sign in _SIGNS:
        for start in range(max(0, at - len(sign) + 1), at + 1):
            if text.startswith(sign, start):
                return _said(start, sign, _OPERATORS[sign])
    word = _WORD.match(text, at)
    meant = _WORDS.get(fold(word.group())) if word else None
    return _said(at, word.group(), meant) if word and meant else None


def _lonely(at: int, text: str) -> tuple[str, dict[str, Param]] | None:
    """A comparison after `and` or `or` that does not say what it compares."""
    sign = _COMPARISON.match(text, at)
    if sign and _JOINED.search(text[:at]):
        return "form.expression-missing-side", {"position": at + 1, "found": sign.group()}
    return None


def _said(start: int, found: str, write: str) -> tuple[str, dict[str, Param]]:
    return "form.expression-other-operator", {"position": start + 1, "found": found, "write": write}


def function_meant(name: str) -> str:
    """The function of XLSForm behind a name from Turkish Excel, '' if it is none.

    >>> function_meant("TOPLA"), function_meant("eğer"), function_meant("sayi")
    ('sum', 'if', '')
    """
    return _FUNCTIONS.get(fold(name), "")


def is_function(name: str) -> bool:
    """Whether a bare word is the name of a function whose brackets are missing."""
    return name in FUNCTIONS
