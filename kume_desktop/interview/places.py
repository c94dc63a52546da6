"""Typed coordinates as ODK stores them: `lat lon altitude accuracy`, the points of a line or an area joined by `;`."""

from __future__ import annotations

import re

from kume_desktop.instruments.model import Kind
from kume_desktop.problems import Problem, problem

_NUMBER = re.compile(r"[+-]?(?:\d{1,9}(?:[.,]\d{0,12})?|[.,]\d{1,12})\Z", re.ASCII)
_POINTS = re.compile(r"\s*[;\n]\s*")
_LEAST = {Kind.GEOTRACE: 2, Kind.GEOSHAPE: 3}
_LIMITS = ("interview.latitude", 90), ("interview.longitude", 180)
MAX_POINTS = 10_000


def place(kind: Kind, text: str) -> str | Problem:
    """The stored form of typed coordinates in decimal degrees.

    A point is `38.42 27.14`, `38.42, 27.14` or `38,42 27,14`, with altitude and accuracy in metres after it if known. A
    line has at least two points, an area at least three; it is closed if it was not.
    """
    if kind is Kind.GEOPOINT:
        return _point(text)
    pieces = [piece for piece in _POINTS.split(text.strip(" ;\n")) if piece]
    if len(pieces) > MAX_POINTS:
        return problem("interview.too-many-points", most=MAX_POINTS)
    points: list[str] = []
    for piece in pieces:
        point = _point(piece)
        if isinstance(point, Problem):
            return point
        points.append(point)
    if kind is Kind.GEOSHAPE and points and not _same(points[0], points[-1]):
        points.append(points[0])
    least = _LEAST[kind]
    if len(points) < (least + 1 if kind is Kind.GEOSHAPE else least):
        return problem("interview.too-few-points", least=least)
    return ";".join(points)


def _same(one: str, other: str) -> bool:
    return one.split()[:2] == other.split()[:2]


def _point(text: str) -> str | Problem:
    words = [word.strip(",;°") for word in text.replace("°", " ").split()]
    if len(words) == 1 and "." in words[0]:
        # Without a point nobody can tell a decimal comma from one that separates.
        words = words[0].split(",")
    words = [word for word in words if word]
    if not 2 <= len(words) <= 4 or not all(_NUMBER.match(word) for word in words):
        return problem("interview.not-a-place", value=text)
    numbers = [float(word.replace(",", ".")) for word in words]
    for (code, most), number in zip(_LIMITS, numbers, strict=False):
        if abs(number) > most:
            return problem(code, value=text, most=most)
    if len(numbers) == 4 and numbers[3] < 0:
        return problem("interview.not-a-place", value=text)
    return " ".join(_plain(number) for number in [*numbers, 0.0, 0.0][:4])


def _plain(number: float) -> str:
    text = f"{number:.9f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
