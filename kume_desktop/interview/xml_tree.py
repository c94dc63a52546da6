"""A submission as a small tree, read safely: no document types, no entities, bounded in size, depth and number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from kume_desktop.problems import Refused, problem

MAX_BYTES = 8_000_000
MAX_DEPTH = 40
MAX_ELEMENTS = 200_000
META, OWN = "meta", "urn:kume:submission"


@dataclass(slots=True, eq=False, repr=False)
class Element:
    """An element by its local name; text is that of a leaf."""

    name: str
    namespace: str
    attributes: Mapping[str, str]
    children: list[Element] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly in it."""
        return "".join(self.parts)

    def first(self, name: str) -> Element | None:
        """The first child called `name`."""
        return next((child for child in self.children if child.name == name), None)

    def within(self, name: str) -> Iterator[Element]:
        """Everything in it that is called `name`, at whatever depth."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.within(name)


@dataclass(frozen=True, slots=True)
class Document:
    """A submission before its form is known."""

    root: Element

    @property
    def form_id(self) -> str:
        """The id of the form."""
        return self.root.attributes.get("id", "")

    @property
    def version(self) -> str:
        """The version of the form, '' where it says none."""
        return self.root.attributes.get("version", "")

    @property
    def instance_id(self) -> str:
        """Its own identity, '' where it says none."""
        return self._meta("instanceID")

    @property
    def deprecated_id(self) -> str:
        """The identity of the submission that it edits."""
        return self._meta("deprecatedID")

    @property
    def withheld(self) -> frozenset[str]:
        """Generic paths whose values its writer left out."""
        return frozenset(self.root.attributes.get(f"{OWN} withheld", "").split())

    def _meta(self, name: str) -> str:
        meta = self.root.first(META)
        found = meta.first(name) if meta is not None else None
        return found.text.strip() if found is not None else ""


def parse(content: bytes) -> Document:
    """Read a submission.

    Raises:
        Refused: it is no XML, has a document type or entities, or is larger or deeper than any submission.
    """
    if len(content) > MAX_BYTES:
        raise Refused(problem("submission.too-big", most=MAX_BYTES // 1_000_000))
    return Document(_Reader().read(content))


class _Reader:
    """Builds the tree from the events of expat."""

    def __init__(self) -> None:
        self._open: list[Element] = []
        self._root: Element | None = None
        self._count = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._doctype

    def read(self, content: bytes) -> Element:
        """The root."""
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            raise Refused(problem("submission.broken", line=error.lineno, column=error.offset + 1)) from error
        except (LookupError, ValueError) as error:
            # The first line names an encoding that nobody knows, or one that expat cannot read.
            raise Refused(problem("submission.broken", line=1, column=1)) from error
        if self._root is None:
            raise Refused(problem("submission.broken", line=1, column=1))
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS or len(self._open) >= MAX_DEPTH:
            raise Refused(problem("submission.too-deep", depth=MAX_DEPTH, elements=MAX_ELEMENTS))
        namespace, _, local = name.rpartition(" ")
        element = Element(local, namespace, attributes)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].parts.append(text)

    def _doctype(self, *_about: object) -> None:
        raise Refused(problem("submission.document-type"))
