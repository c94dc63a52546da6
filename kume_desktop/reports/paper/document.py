"""A PDF document: A4, what stands on every page, contents, the same bytes for the same input."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from kume_desktop import texts
from kume_desktop.problems import Refused
from kume_desktop.reports.paper.letters import (
    GREY,
    LINE,
    MEDIUM,
    REGULAR,
    bare_signs,
    is_unshaped,
    lost_signs,
    register,
)
from kume_desktop.reports.writing.disk import refusal, to_disk
from kume_desktop.texts import N_

_MARGIN, _TOP, _FOOT = 42.0, 58.0, 48.0
WIDTH = A4[0] - 2 * _MARGIN
"""The width of the text, in points."""
_BOXES = 10


@dataclass(frozen=True, slots=True)
class Frontmatter:
    """What a document says of itself: on every page above (`left`, `right`) and below (`foot`), and in its metadata.

    `code`: the firm's code at the head of each page; None where the document is about no firm, '' for boxes to write
    it into.
    """

    title: str
    lang: str
    left: str = ""
    foot: str = ""
    author: str = ""
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """A head in the document and the page it stands on."""

    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A written document. `lost`: the signs in whose place a box stands, because no font has them.

    `unshaped`: there are letters of a script that runs from the right; they stand one by one, from the left.
    """

    path: Path
    pages: int
    contents: tuple[Contents, ...] = ()
    lost: str = ""
    unshaped: bool = False


@dataclass(slots=True)
class _Seen:
    contents: list[Contents] = field(default_factory=list)


class Entry(Flowable):  # type: ignore[misc]
    """Takes no place: tells that a head of the contents begins here."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.width = self.height = 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002 - a call of the library
        """No place at all."""
        return 0.0, 0.0

    def draw(self) -> None:
        """Remember the page, for the contents and for the outline of the file."""
        canvas = self.canv
        key = f"entry-{len(canvas.seen.contents)}"
        canvas.seen.contents.append(Contents(self.title, canvas.getPageNumber()))
        canvas.bookmarkHorizontal(key, 0, self.height)
        canvas.addOutlineEntry(bare_signs(self.title), key, 0)


class _Canvas(Canvas):  # type: ignore[misc]
    """Writes head and foot of a page when all pages are known."""

    def __init__(self, *given: Any, front: Frontmatter, seen: _Seen, **more: Any) -> None:
        super().__init__(*given, **(more | {"initialFontName": REGULAR}))
        self._front, self.seen = front, seen
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - a name of the library
        """Keep the page until the number of pages is known."""
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write all pages."""
        for state in self._kept:
            self.__dict__.update(state)
            self._furnish(len(self._kept))
            super().showPage()
        super().save()

    def _furnish(self, pages: int) -> None:
        front = self._front
        width, height = self._pagesize
        self.setFillColor(HexColor(GREY))
        self.setStrokeColor(HexColor(LINE))
        self.setLineWidth(0.5)
        self.line(_MARGIN, height - _TOP + 14, width - _MARGIN, height - _TOP + 14)
        right = self._firm_code(width, height) if front.code is not None else width - _MARGIN
        self.setFillColor(HexColor(GREY))
        self.setFont(MEDIUM, 8)
        self.drawString(_MARGIN, height - _TOP + 20, cut(front.left, MEDIUM, 8, right - _MARGIN - 12))
        told = texts.tr(N_("page {page} of {pages}"), front.lang, page=self._pageNumber, pages=pages)
        self.setFont(REGULAR, 8)
        self.drawRightString(width - _MARGIN, _FOOT - 22, told)
        self.drawString(_MARGIN, _FOOT - 22, cut(front.foot, REGULAR, 8, WIDTH - 110))

    def _firm_code(self, width: float, height: float) -> float:
        """The firm's code, or boxes for it; returns where it begins."""
        front, y = self._front, height - _TOP + 20
        word = texts.tr(N_("Firm code"), front.lang)
        self.setFont(REGULAR, 8)
        if front.code:
            told = f"{word}: {front.code}"
            self.drawRightString(width - _MARGIN, y, told)
            return float(width - _MARGIN - stringWidth(told, REGULAR, 8))
        x = width - _MARGIN - _BOXES * 12
        for place in range(_BOXES):
            self.rect(x + place * 12, y - 3, 12, 14, stroke=1, fill=0)
        self.drawRightString(x - 5, y, word)
        return float(x - 5 - stringWidth(word, REGULAR, 8))


def cut(text: str, font: str, size: float, width: float) -> str:
    """A line of a page's head that fits; the whole text stands in the document and its metadata."""
    text = bare_signs(text)
    if stringWidth(text, font, size) <= width:
        return text
    while text and stringWidth(text + "…", font, size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def written(
    story: Sequence[Flowable], front: Frontmatter, page_size: tuple[float, float] = A4
) -> tuple[bytes, Printed]:
    """The bytes of a document, and its pages and contents."""
    register()
    seen, out = _Seen(), BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=page_size,
        title=bare_signs(front.title),
        author=bare_signs(front.author),
        creator="Küme Desktop",
        subject=bare_signs(front.left),
        lang="tr-TR" if front.lang == "tr" else "en-GB",
        invariant=1,
        pageCompression=1,
    )
    width, height = page_size
    frame = Frame(_MARGIN, _FOOT, width - 2 * _MARGIN, height - _TOP - _FOOT, 0, 0, 0, 0, id="text")
    document.addPageTemplates([PageTemplate("page", [frame])])

    def canvas(*given: Any, **more: Any) -> _Canvas:
        return _Canvas(*given, front=front, seen=seen, **more)

    document.build(list(story), canvasmaker=canvas)
    return out.getvalue(), Printed(Path(), document.page, tuple(seen.contents))


def signs_told(printed: Printed, source: object) -> Printed:
    """The document with what no font could show of the texts of `source`, records and sequences of texts."""
    texts_of = list(_texts_of(source))
    lost = sorted(frozenset[str]().union(*(lost_signs(text) for text in texts_of)))
    return replace(printed, lost="".join(lost), unshaped=any(is_unshaped(text) for text in texts_of))


def _texts_of(source: object) -> Iterator[str]:
    if isinstance(source, str):
        yield source
    elif isinstance(source, list | tuple):
        for part in source:
            yield from _texts_of(part)
    elif is_dataclass(source):
        for one in fields(source):
            yield from _texts_of(getattr(source, one.name))


def save(story: Sequence[Flowable], front: Frontmatter, target: Path, page_size: tuple[float, float] = A4) -> Printed:
    """Write a document to its place; a file that stood there before is replaced only by a whole one.

    Raises:
        Refused: `report.*`: the folder is missing or cannot be written, the file is open elsewhere, the disk is full.
    """
    data, printed = written(story, front, page_size)
    making = target.with_name(f".{target.name}.part")
    try:
        making.write_bytes(data)
        to_disk(making)
        os.replace(making, target)  # noqa: PTH105 - replaces on every system
    except OSError as error:
        making.unlink(missing_ok=True)
        raise Refused(refusal(error, target)) from error
    return replace(printed, path=target)
