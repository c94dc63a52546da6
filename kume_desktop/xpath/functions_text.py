"""Functions on texts. Lengths and places count UTF-16 units, as the other programs that run these forms do."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import re
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from kume_desktop.xpath import values
from kume_desktop.xpath.code import Code, Kind, of_test, of_text, text_run
from kume_desktop.xpath.registry import Use, add, function, here, special
from kume_desktop.xpath.source import Value
from kume_desktop.xpath.values import Scope

if TYPE_CHECKING:
    import regex

PATTERN_SECONDS = 0.1
LONGEST = 1_000_000
_SHOWN = 60
_SPACES = re.compile(r"[ \t\r\n]+")
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_DIGESTS = {"MD5": "md5", "SHA1": "sha1", "SHA256": "sha256", "SHA384": "sha384", "SHA512": "sha512"}


def _string(codes: tuple[Code, ...]) -> Code:
    return of_text(text_run(codes[0]))


add("string", "v?", here(_string), Use.NODE)


def texts(scope: Scope, value: Value) -> list[str]:
    """The texts of a value: one of each node, or the one of a single value."""
    if isinstance(value, str | float | bool):
        return [values.as_text(value, scope)]
    return [scope.source.text(node) for node in value]


@function("concat", "v*", Kind.TEXT, Use.SCOPE)
def concat(scope: Scope, *parts: Value) -> str:
    """All texts one after the other; of a node set all its nodes."""
    return _joined(scope, "", parts)


@function("join", "tv*", Kind.TEXT, Use.SCOPE)
def join(scope: Scope, separator: str, *parts: Value) -> str:
    """All texts with a separator between them, blank ones too."""
    return _joined(scope, separator, parts)


def _joined(scope: Scope, separator: str, parts: Sequence[Value]) -> str:
    """The texts in one; '' if they are together longer than any answer may be."""
    found = [text for part in parts for text in texts(scope, part)]
    if sum(map(len, found)) + len(separator) * (len(found) - 1) > LONGEST:
        values.note(scope, "result-too-long", limit=LONGEST)
        return ""
    return separator.join(found)


def _is_wide(text: str) -> bool:
    return not text.isascii() and max(text) > "\uffff"


def utf16_length(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2 if _is_wide(text) else len(text)


def _cut(text: str, start: int, end: int) -> str:
    if not _is_wide(text):
        return text[start:end]
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "ignore")


@function("substr", "tnn?", Kind.TEXT)
def substr(text: str, start: float, end: float | None = None) -> str:
    """From a 0-based start to before the end; negative places count from the end."""
    length = utf16_length(text)
    first, last = _place(start, length), length if end is None else _place(end, length)
    return _cut(text, first, last) if first < last else ""


def _place(value: float, length: int) -> int:
    if math.isnan(value):
        return 0
    whole = int(max(-1e9, min(1e9, value)))
    return min(max(0, whole + length if whole < 0 else whole), length)


@function("substring", "tnn?", Kind.TEXT)
def substring(text: str, start: float, length: float | None = None) -> str:
    """As in XPath 1.0: 1-based, with rounded start and length."""
    first = _rounded(start)
    last = math.inf if length is None else first + _rounded(length)
    return "".join([letter for place, letter in enumerate(text, 1) if first <= place < last])


def _rounded(value: float) -> float:
    return float(math.floor(value + 0.5)) if math.isfinite(value) else value


@function("substring-before", "tt", Kind.TEXT)
def substring_before(text: str, part: str) -> str:
    """What stands before the first occurrence; '' if there is none."""
    return text.partition(part)[0] if part and part in text else ""


@function("substring-after", "tt", Kind.TEXT)
def substring_after(text: str, part: str) -> str:
    """What stands behind the first occurrence; '' if there is none."""
    return text.partition(part)[2] if part else text


@function("translate", "ttt", Kind.TEXT)
def translate(text: str, old: str, new: str) -> str:
    """Each letter of `old` becomes the one at its place in `new`, or vanishes."""
    table: dict[int, str | None] = {}
    for place, letter in enumerate(old):
        table.setdefault(ord(letter), new[place] if place < len(new) else None)
    return text.translate(table)


@function("contains", "tt", Kind.TEST)
def contains(text: str, part: str) -> bool:
    """Whether the text contains the part."""
    return part in text


@function("starts-with", "tt", Kind.TEST)
def starts_with(text: str, part: str) -> bool:
    """Whether the text starts so."""
    return text.startswith(part)


@function("ends-with", "tt", Kind.TEST)
def ends_with(text: str, part: str) -> bool:
    """Whether the text ends so."""
    return text.endswith(part)


def _normalize_space(codes: tuple[Code, ...]) -> Code:
    run = text_run(codes[0])
    return of_text(lambda scope: _SPACES.sub(" ", run(scope)).strip(" "))


def _string_length(codes: tuple[Code, ...]) -> Code:
    run = text_run(codes[0])
    return Code(Kind.NUMBER, lambda scope: float(utf16_length(run(scope))))


add("normalize-space", "t?", here(_normalize_space), Use.NODE)
add("string-length", "t?", here(_string_length), Use.NODE)


@lru_cache(maxsize=512)
def compiled_pattern(pattern: str) -> regex.Pattern[str]:
    r"""A form's pattern, compiled; raises `regex.error`.

    `\d` and `\w` are ASCII as in Java and JavaScript, unless the pattern itself speaks of Unicode classes.
    """
    import regex

    return regex.compile(pattern, 0 if "\\p" in pattern.lower() else regex.ASCII)


@special("regex", "tt")
def regex_test(codes: tuple[Code, ...]) -> Code:
    """Whether the whole text matches; False for a pattern that is wrong or takes longer than a tenth of a second."""
    text_of, pattern_of = text_run(codes[0]), text_run(codes[1])
    return of_test(lambda scope: matches(scope, text_of(scope), pattern_of(scope)))


_SLOW: OrderedDict[tuple[str, str], None] = OrderedDict()
"""Pairs of pattern and text that once took too long, lest every redraw waits for them again."""


def matches(scope: Scope, text: str, pattern: str) -> bool:
    """Whether the whole text matches the pattern; what goes wrong is told."""
    import regex

    if (pattern, text) not in _SLOW:
        try:
            return compiled_pattern(pattern).fullmatch(text, timeout=PATTERN_SECONDS) is not None
        except regex.error as error:
            values.note(scope, "pattern-wrong", pattern=pattern[:_SHOWN], reason=str(error))
            return False
        except TimeoutError:
            _SLOW[pattern, text] = None
            if len(_SLOW) > _MOST_SLOW:
                _SLOW.popitem(last=False)
    values.note(scope, "pattern-too-slow", pattern=pattern[:_SHOWN])
    return False


_MOST_SLOW = 256


@special("uuid", "n?", Use.CHANCE)
def uuid(codes: tuple[Code, ...]) -> Code:
    """A random UUID (version 4), or as many random letters as asked for."""
    if not codes:
        return of_text(_uuid)
    run = text_run(codes[0])

    def letters(scope: Scope) -> str:
        wanted = values.text_number(run(scope), scope)
        count = int(wanted) if 0 < wanted <= 10_000 else 0
        return "".join([_ALPHABET[int(scope.random() * len(_ALPHABET))] for _ in range(count)])

    return of_text(letters)


def _uuid(scope: Scope) -> str:
    import uuid as library

    words = [int(scope.random() * 0x1_0000_0000) for _ in range(4)]
    number = words[0] << 96 | words[1] << 64 | words[2] << 32 | words[3]
    return str(library.UUID(int=number, version=4))


@function("digest", "ttt?", Kind.TEXT)
def digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    """The digest of the text in UTF-8, as base64 or hex; '' for an algorithm or encoding that forms do not know."""
    name = _DIGESTS.get(algorithm.upper().replace("-", ""))
    if name is None or encoding.lower() not in {"base64", "hex"}:
        return ""
    raw = hashlib.new(name, text.encode(), usedforsecurity=False).digest()
    return raw.hex() if encoding.lower() == "hex" else base64.b64encode(raw).decode("ascii")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text.strip() + "=" * (-len(text.strip()) % 4))
    except (binascii.Error, ValueError):
        return b""


@function("base64-decode", "t", Kind.TEXT)
def base64_decode(text: str) -> str:
    """The UTF-8 text in a base64 text; '' if there is none."""
    return _decoded(text).decode("utf-8", "replace")


@function("extract-signed", "tt", Kind.TEXT)
def extract_signed(contents: str, public_key: str) -> str:
    """The message behind its 64-byte Ed25519 signature, both in base64; '' unless the key's owner signed it."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    raw = _decoded(contents)
    try:
        Ed25519PublicKey.from_public_bytes(_decoded(public_key)).verify(raw[:64], raw[64:])
    except (InvalidSignature, ValueError):
        return ""
    return raw[64:].decode("utf-8", "replace")


@function("property", "t", Kind.TEXT, Use.SCOPE)
def property_of(scope: Scope, name: str) -> str:
    """A property of the device or the person: `deviceid`, `username` and the like."""
    return scope.properties.get(name, "")


@function("version", "", Kind.TEXT, Use.SCOPE)
def version(scope: Scope) -> str:
    """The version of the form."""
    return scope.properties.get("version", "")


@function("jr:itext", "t", Kind.TEXT, Use.LANGUAGE)
def itext(scope: Scope, key: str) -> str:
    """A translated text of the form in the language in force; '' if there is none."""
    return scope.itext(key) if scope.itext else ""
