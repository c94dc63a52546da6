"""Functions on places of the earth: points are `latitude longitude [altitude [accuracy]]`, lines `point;point;…`.

A sphere of the equator's radius; areas and distances are rounded to centimetres, as the other programs do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from kume_desktop.xpath import values
from kume_desktop.xpath.code import Kind
from kume_desktop.xpath.functions_text import texts
from kume_desktop.xpath.registry import Arity, Use, function
from kume_desktop.xpath.source import Value
from kume_desktop.xpath.values import NAN, Scope

_RADIUS = 6_378_100.0
Point = tuple[float, float]


def points(written: Sequence[str]) -> list[Point] | None:
    """Latitude and longitude in degrees of each point in the texts; None if one is no point of the earth."""
    found = []
    for text in (part for line in written for part in line.split(";") if part.strip()):
        numbers = [values.numeral(part) for part in text.split()]
        if len(numbers) < 2 or not (abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180):
            return None
        found.append((numbers[0], numbers[1]))
    return found


def _to_cents(value: float) -> float:
    return abs(math.floor(value * 100 + 0.5) / 100)


@function("area enclosed-area", "v", Kind.NUMBER, Use.SCOPE)
def area(scope: Scope, value: Value) -> float:
    """Square metres inside a line, which is closed where it is not; 0 for fewer than three points."""
    corners = points(texts(scope, value)) or []
    if len(corners) < 3:
        return 0.0
    ring = corners if corners[0] == corners[-1] else [*corners, corners[0]]
    total = 0.0
    for (lat, lon), (next_lat, next_lon) in pairwise(ring):
        total += math.radians(next_lon - lon) * (2 + math.sin(math.radians(next_lat)) + math.sin(math.radians(lat)))
    return _to_cents(total * _RADIUS * _RADIUS / 2)


@function("distance", "v*", Kind.NUMBER, Use.SCOPE, arity=Arity(1, math.inf))
def distance(scope: Scope, *parts: Value) -> float:
    """Metres along the points; NaN if there are none."""
    way = points([text for part in parts for text in texts(scope, part)])
    if not way:
        return NAN
    return _to_cents(sum(_between(start, end) for start, end in pairwise(way)))


def _between(start: Point, end: Point) -> float:
    first, second = math.radians(start[0]), math.radians(end[0])
    turn = math.radians(start[1] - end[1])
    cosine = math.sin(first) * math.sin(second) + math.cos(first) * math.cos(second) * math.cos(turn)
    return math.acos(max(-1.0, min(1.0, cosine))) * _RADIUS


@function("geofence", "tt", Kind.TEST)
def geofence(place: str, fence: str) -> bool:
    """Whether a point lies inside a closed line; False if one of them is missing or the line is open."""
    spots, corners = points([place]), points([fence])
    if not spots or not corners or len(corners) < 3 or corners[0] != corners[-1]:
        return False
    latitude, longitude = spots[0]
    inside = False
    for (lat, lon), (next_lat, next_lon) in pairwise(corners):
        crosses = (next_lat > latitude) != (lat > latitude)
        if crosses and longitude < (lon - next_lon) * (latitude - next_lat) / (lat - next_lat) + next_lon:
            inside = not inside
    return inside
