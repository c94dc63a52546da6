"""Expressions and labels as their author wrote them: `${name}` instead of paths."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kume_desktop.instruments.model import Instrument, Label

_PIECE = re.compile(
    r"\"[^\"]*\"|'[^']*'"
    r"|(?<![\w.)\]/])(?:current\(\)/)?(?:/[A-Za-z_][\w.-]*(?:/[A-Za-z_][\w.-]*)*|(?:\.\./)+[A-Za-z_][\w.-]*"
    r"(?:/[A-Za-z_][\w.-]*)*)"
)
_SPACES = re.compile(r"\s+")
_AROUND = re.compile(r"(?<=[(\[])\s+|\s+(?=[),\]])")


class Written:
    """The expressions of an instrument in its author's words; `renamed` maps older names to newer ones."""

    def __init__(self, instrument: Instrument, renamed: Mapping[str, str] | None = None) -> None:
        names = renamed or {}
        self._names = {node.path: names.get(node.name, node.name) for node in instrument.nodes()}

    def expression(self, text: str, base: str = "") -> str:
        """An expression of the node at the generic path `base`, spaces outside quotation marks made one."""
        pieces: list[str] = []
        end = 0
        for found in _PIECE.finditer(text):
            pieces.extend((_SPACES.sub(" ", text[end : found.start()]), self._piece(found.group(), base)))
            end = found.end()
        pieces.append(_SPACES.sub(" ", text[end:]))
        return _AROUND.sub("", "".join(pieces)).strip()

    def label(self, label: Label, language: str, base: str = "") -> str:
        """A text in one language; '' where the form has none in it."""
        parts = label.get(language, ())
        return "".join(self.expression(part.expression, base) if part.expression else part.text for part in parts)

    def _piece(self, piece: str, base: str) -> str:
        quote = piece[0] if piece[0] in "\"'" else ""
        path = piece.strip("\"' ").removeprefix("current()/")
        name = self._names.get(_absolute(path, base))
        if name is None or (quote and not path.startswith(("/", "../"))):
            return piece
        return f"{quote}${{{name}}}{quote}"


def _absolute(path: str, base: str) -> str:
    while path.startswith("../"):
        path, base = path[3:], base.rpartition("/")[0]
        if not path.startswith("../"):
            return f"{base}/{path}"
    return path


def words(label: Label, language: str) -> str:
    """The plain text of a label in a language, else in any, without its outputs."""
    parts = label.get(language) or next(iter(label.values()), ())
    return _SPACES.sub(" ", "".join(part.text for part in parts)).strip()
