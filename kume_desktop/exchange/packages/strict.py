"""JSON from a stranger: what is too long, too deep, too wide, twice or not storable is refused, all as one error."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn
from uuid import UUID

from kume_desktop.exchange.packages.format import DEEPEST, LONGEST_TEXT, MOST_KEYS

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Marks that turn the direction of writing: in a name they let one computer pass for another."""
_BIGGEST = 2**53


class Malformed(Exception):  # noqa: N818 - an answer about a file, turned into a refusal at the edge of the room
    """The bytes are not what a package holds; `args[0]` says where, for the log and the tests."""


def decode(raw: bytes) -> dict[str, Any]:
    """A JSON object from UTF-8, strictly.

    Raises:
        Malformed: not UTF-8, not JSON, no object; a key twice, NaN, too many keys, too deep, not storable.
    """
    try:
        found = _decoder.decode(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Malformed(type(error).__name__) from error
    if not isinstance(found, dict):
        raise Malformed("object")
    _check(found)
    return found


def encode(fields: Mapping[str, Any]) -> bytes:
    """An object in canonical form."""
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def keys_are(fields: Any, names: frozenset[str]) -> dict[str, Any]:
    """The object, if it has exactly these keys."""
    if not isinstance(fields, dict) or fields.keys() != names:
        raise Malformed("keys")
    return fields


def text_of(value: Any, longest: int = LONGEST_TEXT) -> str:
    """A short text without marks that steer its reader."""
    if type(value) is not str or len(value) > longest or _STEERING.search(value):
        raise Malformed("text")
    return value


def whole_of(value: Any, least: int = 0, most: int = _BIGGEST) -> int:
    """A whole number within limits; True is none."""
    if type(value) is not int or not least <= value <= most:
        raise Malformed("number")
    return value


def uuid_of(value: Any) -> str:
    """A UUID in its one way of writing."""
    text = text_of(value, 36)
    try:
        known = str(UUID(text))
    except ValueError as error:
        raise Malformed("uuid") from error
    if known != text:
        raise Malformed("uuid")
    return text


def hex_of(value: Any, size: int) -> str:
    """`size` bytes in hexadecimal, lower case."""
    text = text_of(value, 2 * size)
    if not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", text):
        raise Malformed("hex")
    return text


def bytes_of(value: Any, size: int | None = None) -> bytes:
    """Bytes from base64, of a given size where one is known."""
    if type(value) is not str:
        raise Malformed("base64")
    try:
        found = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("base64") from error
    if size is not None and len(found) != size:
        raise Malformed("size")
    return found


def list_of(value: Any, most: int) -> list[Any]:
    """A list with at most so many entries."""
    if not isinstance(value, list) or len(value) > most:
        raise Malformed("list")
    return value


def _check(value: Any, depth: int = 1) -> None:
    """Everything inside: how deep it goes, and texts that no store can hold."""
    if depth > DEEPEST:
        raise Malformed("depth")
    match value:
        case str():
            if _CONTROL.search(value):
                raise Malformed("control")
        case dict():
            for key, inner in value.items():
                _check(key, depth)
                _check(inner, depth + 1)
        case list():
            for inner in value:
                _check(inner, depth + 1)
        case _:
            return


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_KEYS:
        raise Malformed("keys")
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise Malformed(name)


_decoder = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant)
