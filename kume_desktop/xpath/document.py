"""Any XML text as a source of nodes: elements, attributes, texts, comments and instructions, read without a DTD."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import cast
from xml.parsers import expat

from kume_desktop.xpath.paths import MAIN, Document
from kume_desktop.xpath.source import Datatype, Node

KNOWN_PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "xml": "http://www.w3.org/XML/1998/namespace",
        "h": "http://www.w3.org/1999/xhtml",
        "xhtml": "http://www.w3.org/1999/xhtml",
        "html": "http://www.w3.org/1999/xhtml",
        "mathml": "http://www.w3.org/1998/Math/MathML",
        "xf": "http://www.w3.org/2002/xforms",
        "jr": "http://openrosa.org/javarosa",
        "orx": "http://openrosa.org/xforms",
        "odk": "http://www.opendatakit.org/xforms",
    }
)
"""What prefixes mean in an expression where the XML itself does not say so."""
TEXT, COMMENT, INSTRUCTION = "#text", "#comment", "#processing-instruction"
_DEEPEST = 1_000


class XmlError(ValueError):
    """The text is no XML that may be read: broken, with entities of its own, or nested too deeply."""


@dataclass(eq=False, slots=True)
class Knot:
    """One node of the XML; an attribute's name starts with `@`, that of a text or comment with `#`."""

    name: str
    parent: Knot | None
    text: str = ""
    namespace: str = ""
    local: str = ""
    prefixes: Mapping[str, str] = field(default_factory=dict)
    contents: list[Knot] = field(default_factory=list)
    attributes: list[Knot] = field(default_factory=list)
    datatype: Datatype = Datatype.STRING

    @property
    def is_element(self) -> bool:
        """Whether it is an element."""
        return self.name[0] not in "@#"

    def elements(self) -> list[Knot]:
        """The elements directly inside."""
        return [knot for knot in self.contents if knot.is_element]

    def attribute(self, name: str) -> str:
        """The value of an attribute by its local name; '' if there is none."""
        return next((knot.text for knot in self.attributes if knot.local == name), "")

    def below(self) -> Iterator[Knot]:
        """All elements inside, in document order."""
        stack = self.elements()[::-1]
        while stack:
            knot = stack.pop()
            yield knot
            stack.extend(knot.elements()[::-1])

    def value(self) -> str:
        """The text of the node: its own, or that of all texts inside."""
        if not self.is_element:
            return self.text
        pieces, stack = [], self.contents[::-1]
        while stack:
            knot = stack.pop()
            if knot.name == TEXT:
                pieces.append(knot.text)
            stack.extend(knot.contents[::-1])
        return "".join(pieces)


class _Reader:
    """Builds knots while expat reads."""

    def __init__(self) -> None:
        self.top: list[Knot] = []
        self.open: list[Knot] = []

    def add(self, knot: Knot) -> None:
        (self.open[-1].contents if self.open else self.top).append(knot)

    def start(self, name: str, pairs: list[str]) -> None:
        if len(self.open) >= _DEEPEST:
            raise XmlError("elements are nested too deeply")
        above = self.open[-1] if self.open else None
        given = list(zip(pairs[::2], pairs[1::2], strict=True))
        named = {key[6:]: value for key, value in given if _declares(key)}
        prefixes: Mapping[str, str] = above.prefixes if above else {}
        if named:
            prefixes = {**prefixes, **named}
        knot = _named(name, above, prefixes, prefixes.get("", ""))
        knot.attributes = [_attribute(key, value, knot) for key, value in given if not _declares(key)]
        self.add(knot)
        self.open.append(knot)

    def end(self, _name: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        siblings = self.open[-1].contents
        if siblings and siblings[-1].name == TEXT:
            siblings[-1].text += text
        else:
            self.add(Knot(TEXT, self.open[-1], text))

    def comment(self, text: str) -> None:
        self.add(Knot(COMMENT, self.open[-1] if self.open else None, text))

    def instruction(self, target: str, text: str) -> None:
        self.add(Knot(f"{INSTRUCTION} {target}", self.open[-1] if self.open else None, text))


def _declares(key: str) -> bool:
    """Whether the attribute says what a prefix means."""
    return key == "xmlns" or key.startswith("xmlns:")


def _named(name: str, parent: Knot | None, prefixes: Mapping[str, str], default: str) -> Knot:
    prefix, _, local = name.rpartition(":")
    namespace = prefixes.get(prefix, KNOWN_PREFIXES.get(prefix, "")) if prefix else default
    return Knot(name, parent, "", namespace, local, prefixes)


def _attribute(key: str, value: str, owner: Knot) -> Knot:
    knot = _named(key, owner, owner.prefixes, "")
    knot.name, knot.text = f"@{key}", value
    return knot


def _refuse(*_declared: object) -> None:
    raise XmlError("entities are not read")


def read_xml(text: str) -> list[Knot]:
    """The nodes on the highest level, one of them the root element; raises `XmlError`."""
    # The text is one already, whatever encoding its first line names.
    reader, parser = _Reader(), expat.ParserCreate("utf-8")
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.CommentHandler = reader.comment
    parser.ProcessingInstructionHandler = reader.instruction
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        raise XmlError(str(error)) from error
    return reader.top


class XmlSource:
    """A `Source` over XML; `main` is what absolute paths see, `lists` are the roots of further instances by name."""

    def __init__(self, top: Sequence[Knot], lists: Mapping[str, Knot] | None = None) -> None:
        self.top = top
        self.main = next(knot for knot in top if knot.is_element)
        self.lists = dict(lists or {})
        self._roots = {id(root): Document(name) for name, root in self.lists.items()}

    def root(self, instance: str | None) -> Node | None:
        """The root element of the main instance (None) or of a list."""
        return self.main if instance is None else self.lists.get(instance)

    def parent(self, node: Node) -> Node | None:
        """The parent; a document above a root element."""
        if isinstance(node, Document):
            return None
        knot = _knot(node)
        if knot is self.main or (knot.parent is None and self.main in self.top):
            return MAIN
        return self._roots.get(id(knot)) or knot.parent

    def contents(self, node: Node) -> Sequence[Node]:
        """All nodes directly inside, texts and comments too."""
        if not isinstance(node, Document):
            return _knot(node).contents
        if node.instance is None and self.main in self.top:
            return self.top
        root = self.root(node.instance)
        return () if root is None else (root,)

    def children(self, node: Node, name: str | None) -> Sequence[Node]:
        """The elements directly inside, those called `name`; or attributes by `@name`, `@*` for all of them."""
        if name is not None and name.startswith("@"):
            inside = self._attributes(node)
            return inside if name == "@*" else [knot for knot in inside if self.is_called(knot, name[1:])]
        elements = [knot for knot in self.contents(node) if _knot(knot).is_element]
        if name is None:
            return elements
        found = [knot for knot in elements if self.is_called(knot, name)]
        return found if found or node != MAIN else self._whole(name)

    def _whole(self, name: str) -> Sequence[Node]:
        """The root of the whole XML by its name, so that `/model/instance/…` works beside the main instance."""
        return [knot for knot in self.top if knot.is_element and self.is_called(knot, name)]

    def _attributes(self, node: Node) -> Sequence[Knot]:
        """The attributes of an element; of a further instance those of its `instance` element."""
        if not isinstance(node, Document):
            return _knot(node).attributes
        root = None if node.instance is None else self.lists.get(node.instance)
        return () if root is None or root.parent is None else root.parent.attributes

    def is_called(self, node: Node, name: str) -> bool:
        """Whether a name means the node: by its full name, its namespace and local name, or the local name alone."""
        if isinstance(node, Document):
            return False
        knot = _knot(node)
        prefix, _, local = name.rpartition(":")
        if knot.name.removeprefix("@") == name:
            return True
        if knot.name.startswith("#"):
            return False
        if not prefix:
            return knot.local == local and knot.is_element
        meant = knot.prefixes.get(prefix) or self.main.prefixes.get(prefix) or KNOWN_PREFIXES.get(prefix)
        return knot.local == local and bool(meant) and knot.namespace == meant

    def name(self, node: Node) -> str:
        """The full name; '' of a document, `#text` or `#processing-instruction target` and the like of other nodes."""
        return "" if isinstance(node, Document) else _knot(node).name

    def namespace(self, node: Node) -> str:
        """The address of the namespace; '' if there is none."""
        return "" if isinstance(node, Document) else _knot(node).namespace

    def text(self, node: Node) -> str:
        """The text inside."""
        if isinstance(node, Document):
            root = self.root(node.instance)
            return "" if root is None else _knot(root).value()
        return _knot(node).value()

    def datatype(self, node: Node) -> Datatype:
        """The bind type; text where none was given."""
        return Datatype.STRING if isinstance(node, Document) else _knot(node).datatype

    def position(self, node: Node) -> int:
        """1-based among the siblings of the same name."""
        parent = self.parent(node)
        return 1 if parent is None else list(self.children(parent, self.name(node))).index(node) + 1

    def select(self, steps: tuple[str, ...]) -> Sequence[Node]:
        """All nodes of an absolute path of plain names, in document order."""
        nodes: list[Node] = [MAIN]
        for step in steps:
            nodes = [child for node in nodes for child in self.children(node, step)]
        return nodes

    def lookup(self, instance: str, column: str, value: str) -> Sequence[Node]:
        """The items of a list whose column is exactly `value`; '' also finds those without the column."""
        root = self.lists.get(instance)
        items = () if root is None else self.children(root, "item")
        return [item for item in items if value in ({self.text(cell) for cell in self.children(item, column)} or {""})]


def _knot(node: Node) -> Knot:
    return cast("Knot", node)
