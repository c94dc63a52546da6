"""Every icon that the window names lies in resources/icons: a name that is wrong would only fail when it is drawn."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from kume_desktop import paths
from kume_desktop.gui import icons

DRAWING = {
    "icon": 0, "pixmap": 0, "paint": 2, "IconLabel": 0, "IconButton": 0, "show_icon": 0, "Band": 0, "_fact": 0,
    "Place": 0, "OpenWork": 1,
}  # fmt: skip
"""What draws an icon, and the place of its name among the arguments."""
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def there() -> set[str]:
    return {file.stem for file in (paths.resources() / "icons").glob("*.svg")}


def words(node: ast.AST) -> Iterator[str]:
    """The texts an argument may be: a text, or the branches of a choice between texts."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp(body=first, orelse=second):
            yield from words(first)
            yield from words(second)


def before_tone(parts: list[ast.expr]) -> Iterator[tuple[int, str]]:
    """A name right before the tone it is drawn in, as the tables of faces and marks have it."""
    for name, tone in pairwise(parts):
        match name, tone:
            case ast.Constant(value=str() as text), ast.Attribute(value=ast.Name(id="Tone")) if NAME.fullmatch(text):
                yield name.lineno, text


def named(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The names in calls that draw, in arguments called `icon`, and in tables whose name tells of icons."""
    for node in ast.walk(tree):
        match node:
            case ast.Call():
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                given = [one.value for one in node.keywords if one.arg == "icon"]
                if called in DRAWING and len(node.args) > DRAWING[called]:
                    given.append(node.args[DRAWING[called]])
                yield from ((node.lineno, text) for each in given for text in words(each) if text)
                yield from before_tone(node.args)
            case ast.Tuple():
                yield from before_tone(node.elts)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict(values=values)) if "ICON" in name.upper():
                yield from ((node.lineno, text) for each in values for text in words(each))


def used(root: Path) -> dict[str, str]:
    """Icon -> the first place that names it."""
    found: dict[str, str] = {}
    for file in sorted((root / "kume_desktop" / "gui").rglob("*.py")):
        for line, name in named(ast.parse(file.read_text(encoding="utf-8"))):
            found.setdefault(name, f"{file.name}:{line}")
    return found


def test_that_every_icon_that_the_window_names_is_there(root: Path):
    found = used(root)
    assert len(found) > 40, "the search finds what it looks for"
    missing = {name: where for name, where in found.items() if name not in there()}
    assert missing == {}


def test_that_a_wrong_name_would_be_found():
    tree = ast.parse("Button('x', icon='kaplumbağa')\nIconLabel('a' if x else 'b')\nicons.paint(p, q, 'c')")
    assert [name for _line, name in named(tree)] == ["kaplumbağa", "a", "b", "c"]


@pytest.mark.parametrize("name", sorted(there()))
def test_that_every_icon_can_be_drawn(qapp, name: str):
    drawn = icons.pixmap(name, 24).toImage()
    assert any(drawn.pixelColor(x, y).alpha() for x in range(drawn.width()) for y in range(drawn.height()))
