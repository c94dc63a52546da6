"""`${names}` of the columns that pyxform does not read, written out as paths the way pyxform does it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from kume_desktop.instruments.model import LAST_SAVED, Part
from kume_desktop.instruments.xform import Element, structure

_BEFORE = "last-saved#"
_REFERENCE = re.compile(r"\$\{\s*([^}]*?)\s*\}")


@dataclass(frozen=True, slots=True)
class Names:
    """Where the nodes of a form are: root path, name -> path, and the paths of its repeats."""

    root: str
    paths: Mapping[str, str]
    repeats: frozenset[str]

    @classmethod
    def of(cls, root: Element, repeats: frozenset[str]) -> Self:
        """Collect the names below an instance root; of nodes with one name the first counts."""
        paths: dict[str, str] = {}
        top = "/" + root.tag.rsplit("}", 1)[-1]
        stack = [(top, root)]
        while stack:
            path, element = stack.pop()
            if path != top:
                paths.setdefault(path.rsplit("/", 1)[-1], path)
            stack.extend(reversed(list(structure(element, path))))
        return cls(top, paths, repeats)


def as_path(text: str, base: str, names: Names) -> str:
    """The expression with every `${name}` as a path: relative inside a shared repeat, else absolute.

    `base` is the generic path of the node that owns the expression. An unknown name becomes a path that no form has, so
    that the expression still parses; `check` reports it.
    """
    return _REFERENCE.sub(lambda found: f" {_path(found.group(1), base, names)} ", text).strip() if text else ""


def _path(name: str, base: str, names: Names) -> str:
    if name.startswith(_BEFORE):
        last = names.paths.get(name.removeprefix(_BEFORE), f"{names.root}/{name.removeprefix(_BEFORE)}")
        return f"instance('{LAST_SAVED}'){last}"
    target = names.paths.get(name, f"{names.root}/{name}")
    shared = [r for r in names.repeats if target.startswith(f"{r}/") and base.startswith(f"{r}/")]
    if not shared:
        return target
    anchor = max(shared, key=len)
    up = base.removeprefix(f"{anchor}/").count("/") + 1
    return "../" * up + target.removeprefix(f"{anchor}/")


def as_label(text: str, base: str, names: Names) -> tuple[Part, ...]:
    """The pieces of a text with `${names}` in it."""
    pieces: list[Part] = []
    end = 0
    for found in _REFERENCE.finditer(text):
        pieces.extend((Part(text[end : found.start()]), Part(expression=_path(found.group(1), base, names))))
        end = found.end()
    pieces.append(Part(text[end:]))
    return tuple(piece for piece in pieces if piece.text or piece.expression)
