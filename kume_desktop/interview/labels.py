"""Texts of a form in one language: outputs filled, Markdown taken off or turned into a few safe tags."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kume_desktop.instruments.model import Label, Media, Part
from kume_desktop.interview.page_model import MediaView
from kume_desktop.xpath.compiler import compile_expression

if TYPE_CHECKING:
    from kume_desktop.interview.view import Ground

_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_ITALIC = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*\n]+?)(?<=\S)\1(?![\w*])")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_LINK = re.compile(r"\[([^\[\]\n]+)\]\(([^()\s]+)\)")
_TAG = re.compile(r"</?(?:span|font|div|p|b|i|u|em|strong|small|big|center|h[1-6])(?:\s[^<>]*)?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SAME = {"b": "b", "strong": "b", "i": "i", "em": "i", "u": "u"}
_TAGS = ("b", "i", "u")
_DRAWN = re.compile(r"<(/?)(b|strong|i|em|u)(?:\s[^<>]*)?>", re.IGNORECASE)
_FIRST_TAG = 0xE100
_WRITTEN = frozenset({"<b>", "</b>", "<i>", "</i>"})
_PIECE = re.compile(f"(</?[bi]>|[{chr(_FIRST_TAG)}-{chr(_FIRST_TAG + 2 * len(_TAGS) - 1)}])")
_ESCAPED = re.compile(r"\\([\\*_#\[\]])")
_MARK = re.compile(r"[*_#\[<\\]")
_KEPT_TEXTS = 4096
"""So many texts are remembered without their marks: a screen is worked out anew at every answer, its words are not."""


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


def media_of(media: Media, language: str, default: str) -> tuple[MediaView, ...]:
    """The files that a label shows or plays in a language, pictures first; the large picture stands for the small."""
    found = {}
    for kind in ("big-image", "image", "audio", "video"):
        files = media.get(kind, {})
        file = files.get(language) or files.get(default) or next(iter(files.values()), "")
        if file and not (kind == "image" and "big-image" in found):
            found[kind] = MediaView(kind, file)
    return tuple(found.values())


def said(label: Label, ground: Ground, default: str) -> str:
    """The text with its outputs and without marks; quick where it has neither, as in long lists of choices."""
    found = label.get(ground.language)
    if found is not None and len(found) == 1 and not found[0].expression:
        return bare(found[0].text)
    return bare(fill(label, ground, default))


@lru_cache(maxsize=_KEPT_TEXTS)
def bare(text: str) -> str:
    r"""The text without Markdown marks and without the tags that labels may hold; a link is its words.

    >>> bare("Üretim için **insan kaynağınız** ne düzeyde?")
    'Üretim için insan kaynağınız ne düzeyde?'
    >>> bare("# Başlık\n[Ajans](https://ajans.example) <span style='color:red'>önemli</span>")
    'Başlık\nAjans önemli'
    """
    if _MARK.search(text) is None:
        return text
    plain_text = _LINK.sub(r"\1", _HEADING.sub(r"\1", _untagged(text)))
    return _shown(_ITALIC.sub(r"\2", _BOLD.sub(r"\2", plain_text)))


@lru_cache(maxsize=_KEPT_TEXTS)
def rich(text: str) -> str:
    """The text as safe rich text: bold (headings too), italic, underlined, line breaks, links as words.

    Everything else is escaped. Tags become tags without attributes, each closed in its order.

    >>> rich("a < **b**"), rich("## Bölüm"), rich("<b onclick='x'>çok")
    ('a &lt; <b>b</b>', '<b>Bölüm</b>', '<b>çok</b>')
    """
    safe = html.escape(_untagged(_tags_hidden(text)), quote=False)
    marked = _BOLD.sub(r"<b>\2</b>", _LINK.sub(r"\1", _HEADING.sub(r"<b>\1</b>", safe)))
    marked = _ITALIC.sub(r"<i>\2</i>", marked)
    return _nested(_shown(marked)).replace("\n", "<br>")


def _tags_hidden(text: str) -> str:
    """The text with one private character for each tag that is drawn, so that no other tag can come of it."""
    return _DRAWN.sub(_hidden_tag, text) if "<" in text else text


def _hidden_tag(found: re.Match[str]) -> str:
    return chr(_FIRST_TAG + 2 * _TAGS.index(_SAME[found.group(2).lower()]) + bool(found.group(1)))


def _nested(marked: str) -> str:
    """Tags in their order: one that was never opened is dropped, one that is left open is closed."""
    if not any(_FIRST_TAG <= ord(sign) < _FIRST_TAG + 2 * len(_TAGS) for sign in marked):
        return marked
    open_tags: list[str] = []
    pieces = [_piece(piece, open_tags) for piece in _PIECE.split(marked)]
    return "".join(pieces) + _closed(open_tags, "")


def _piece(piece: str, open_tags: list[str]) -> str:
    """A tag, hidden or made from a mark, as it may stand behind those that are open; a text as it is."""
    at = ord(piece) - _FIRST_TAG if len(piece) == 1 else -1
    if piece in _WRITTEN:
        tag, closes = piece.strip("</>"), piece[1] == "/"
    elif 0 <= at < 2 * len(_TAGS):
        tag, closes = _TAGS[at // 2], bool(at % 2)
    else:
        return piece
    if not closes:
        open_tags.append(tag)
        return f"<{tag}>"
    return _closed(open_tags, tag) if tag in open_tags else ""


def _closed(open_tags: list[str], tag: str) -> str:
    """The ends of the open tags, down to the one called `tag`, or all of them."""
    ends: list[str] = []
    while open_tags:
        ends.append(f"</{open_tags[-1]}>")
        if open_tags.pop() == tag:
            break
    return "".join(ends)


def _untagged(text: str) -> str:
    """The text without tags; a mark behind a backslash is hidden until all others are read."""
    if "\\" in text:
        text = _ESCAPED.sub(lambda found: _HIDDEN[found.group(1)], text)
    return _TAG.sub("", _BREAK.sub("\n", text)) if "<" in text else text


_HIDDEN = {mark: chr(0xE000 + place) for place, mark in enumerate("\\*_#[]")}
_BACK = str.maketrans({hidden: mark for mark, hidden in _HIDDEN.items()})


def _shown(text: str) -> str:
    return text.translate(_BACK) if any(sign in text for sign in _HIDDEN.values()) else text
