"""Texts of a form in one language: outputs filled, Markdown taken off or turned into a few safe tags."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from kume_desktop.instruments.model import Label, Part
from kume_desktop.xpath.compiler import compile_expression

if TYPE_CHECKING:
    from kume_desktop.interview.view import Ground

_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])")


def parts(label: Label, language: str, default: str) -> tuple[Part, ...]:
    """The pieces in the language, else in the form's default one, else in any."""
    return label.get(language) or label.get(default) or next(iter(label.values()), ())


def plain(label: Label, language: str, default: str) -> str:
    """The text without its outputs."""
    return "".join(part.text for part in parts(label, language, default))


def fill(label: Label, ground: Ground, default: str) -> str:
    """The text with its outputs worked out at the ground's node; Markdown is left as it is."""
    found = parts(label, ground.language, default)
    if len(found) == 1 and not found[0].expression:
        return found[0].text
    return "".join(compile_expression(part.expression).text(ground) if part.expression else part.text for part in found)


def bare(text: str) -> str:
    """The text without Markdown marks.

    >>> bare("Üretim için **insan kaynağınız** ne düzeyde?")
    'Üretim için insan kaynağınız ne düzeyde?'
    """
    return _ITALIC.sub(r"\1", _BOLD.sub(r"\2", text))


def rich(text: str) -> str:
    """The text as safe rich text: bold, italic and line breaks, everything else escaped.

    >>> rich("a < **b**")
    'a &lt; <b>b</b>'
    """
    safe = html.escape(text, quote=False)
    return _ITALIC.sub(r"<i>\1</i>", _BOLD.sub(r"<b>\2</b>", safe)).replace("\n", "<br>")
