"""A small real tree to evaluate expressions against: nested XML-like text in, a `Source` out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from xml.etree import ElementTree

from kume_desktop.xpath.source import Context, Datatype

PHOENIX = timezone(timedelta(hours=-7))
MOMENT = datetime(2026, 11, 22, 10, 0, tzinfo=PHOENIX)


@dataclass(eq=False)
class Element:
    """One node; identity is its hash."""

    name: str
    parent: Element | None
    datatype: Datatype = Datatype.STRING
    text: str = ""
    hidden: bool = False
    children: list[Element] = field(default_factory=list)

    def leaves(self) -> Iterator[Element]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


class Tree:
    """A source over elements; lists are instances whose rows are `root/item`."""

    def __init__(self, main: str, **lists: str) -> None:
        self.roots = {None: read(main)} | {name: read(text) for name, text in lists.items()}
        self.lookups = 0

    def at(self, path: str) -> Element:
        """The first node at `/data/...`, where `name[2]` is the second of its name."""
        node = self.roots[None]
        for part in path.strip("/").split("/")[1:]:
            name, _, place = part.partition("[")
            node = self.children(node, name)[int(place.rstrip("]") or 1) - 1 if place else 0]
        return node

    def root(self, instance: str | None) -> Element | None:
        return self.roots.get(instance)

    def parent(self, node: Element) -> Element | None:
        return node.parent

    def children(self, node: Element, name: str | None) -> Sequence[Element]:
        return tuple(c for c in node.children if not c.hidden and (name is None or c.name == name))

    def name(self, node: Element) -> str:
        return node.name

    def text(self, node: Element) -> str:
        return "".join(leaf.text for leaf in node.leaves())

    def datatype(self, node: Element) -> Datatype:
        return node.datatype

    def position(self, node: Element) -> int:
        return 1 if node.parent is None else self.children(node.parent, node.name).index(node) + 1

    def select(self, steps: tuple[str, ...]) -> Sequence[Element]:
        nodes = [self.roots[None]] if self.roots[None].name == steps[0] else []
        for step in steps[1:]:
            nodes = [child for node in nodes for child in self.children(node, step)]
        return nodes

    def lookup(self, instance: str, column: str, value: str) -> Sequence[Element]:
        self.lookups += 1
        root = self.roots.get(instance)
        rows = self.children(root, "item") if root else ()
        return [row for row in rows if value in ({self.text(cell) for cell in self.children(row, column)} or {""})]


def read(text: str) -> Element:
    """Elements from XML; the attribute `type` is the datatype, `hidden` makes a node irrelevant."""

    def grown(xml: ElementTree.Element, parent: Element | None) -> Element:
        node = Element(xml.tag, parent, Datatype(xml.get("type", "string")), xml.text or "", xml.get("hidden") == "1")
        node.children = [grown(child, node) for child in xml]
        if node.children:
            node.text = ""
        return node

    return grown(ElementTree.fromstring(text), None)


def context(tree: Tree, at: str = "/data", **more: object) -> Context:
    """A context at a path of the tree; Phoenix, 22 November 2026, 10 o'clock."""
    settings: dict[str, object] = {"now": lambda: MOMENT} | more
    return Context(source=tree, node=tree.at(at), **settings)
