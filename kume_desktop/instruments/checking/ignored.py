"""What is right in a form and does nothing here: settings for a server, what only a telephone does, media in labels."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kume_desktop.instruments.checking.outline import Outline
from kume_desktop.instruments.sheets import Book
from kume_desktop.problems import Problem, Where, warning

_SERVER = ("public_key", "submission_url", "auto_send", "auto_delete")
_IGNORED_PARAMETERS = re.compile(r"\b(max-pixels|quality|app)\s*=")
_MEDIA = frozenset({"image", "big-image", "audio", "video"})


def ignored_problems(outline: Outline) -> Iterator[Problem]:
    """One warning for each of them, media once for a sheet."""
    book = outline.book
    for name in _SERVER:
        if book.setting(name):
            yield warning("form.setting-ignored", Where(book.name, "settings", 2, name), setting=name)
    for question in outline.questions:
        for found in _IGNORED_PARAMETERS.findall(outline.cell(question, "parameters")):
            yield warning("form.parameter-ignored", outline.where(question, "parameters"), parameter=found)
    for sheet in ("survey", "choices"):
        yield from _media(book, sheet)


def _media(book: Book, name: str) -> Iterator[Problem]:
    sheet = book.sheet(name)
    headers = {column.header for column in sheet.columns if _shows_media(column.header)}
    first = next((row for row in sheet.rows if headers & row.cells.keys()), None)
    if first is not None:
        header = next(header for header in first.cells if header in headers)
        yield warning("form.media-ignored", Where(book.name, name, first.number, header))


def _shows_media(header: str) -> bool:
    """Whether a column names files for labels.

    >>> _shows_media("media::image::English (en)"), _shows_media("image"), _shows_media("label")
    (True, True, False)
    """
    words = [word.strip().lower() for word in re.split(r":+", header)]
    return words[0] == "media" or words[0] in _MEDIA
