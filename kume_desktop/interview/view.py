"""The state of an interview as the expressions see it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import count

from kume_desktop.interview.form import Form, Item
from kume_desktop.interview.labels import plain
from kume_desktop.interview.lists import Entry, Lists
from kume_desktop.interview.state import Interview, Setting
from kume_desktop.interview.tree import Spot, Tree, children
from kume_desktop.xpath.source import Datatype, Node
from kume_desktop.xpath.values import Frame


class View:
    """A `Source` over a tree, its values and what is hidden; irrelevant nodes are not there."""

    __slots__ = ("form", "hidden", "lists", "tree", "values")

    def __init__(
        self, form: Form, tree: Tree, values: Mapping[str, str], hidden: AbstractSet[str], lists: Lists
    ) -> None:
        self.form = form
        self.tree = tree
        self.values = values
        self.hidden = hidden
        self.lists = lists

    def root(self, instance: str | None) -> Node | None:
        """The root element of the main instance (None) or of a list."""
        return self.tree.root if instance is None else self.lists.root(instance)

    def parent(self, node: Node) -> Node | None:
        """The parent; None above a root element."""
        return node.parent if isinstance(node, Spot | Entry) else None

    def children(self, node: Node, name: str | None) -> Sequence[Node]:
        """Visible children in document order, those called `name` or all of them."""
        if isinstance(node, Spot):
            kid = node.kids.get(name) if name is not None else None
            if kid is not None:
                return () if kid.path in self.hidden else (kid,)
            return [spot for spot in children(self.tree, node, name) if spot.path not in self.hidden]
        return node.children(name) if isinstance(node, Entry) else ()

    def name(self, node: Node) -> str:
        """The element name."""
        if isinstance(node, Spot):
            return node.item.node.name
        return node.name if isinstance(node, Entry) else ""

    def text(self, node: Node) -> str:
        """The value as stored, '' when blank or hidden; for an inner node the joined text of its leaves."""
        if isinstance(node, Spot):
            if node.path in self.hidden:
                return ""
            if node.item.children:
                return "".join(self.text(child) for child in self.children(node, None))
            return self.values.get(node.path, "")
        if isinstance(node, Entry):
            return node.text or "".join(self.text(child) for child in node.children(None))
        return ""

    def datatype(self, node: Node) -> Datatype:
        """The bind type."""
        return node.item.node.datatype if isinstance(node, Spot) else Datatype.STRING

    def position(self, node: Node) -> int:
        """1-based among the visible siblings of the same name."""
        if isinstance(node, Spot) and node.row and node.parent is not None:
            return list(self.children(node.parent, node.item.name)).index(node) + 1
        return node.place if isinstance(node, Entry) else 1

    def select(self, steps: tuple[str, ...]) -> Sequence[Node]:
        """All visible nodes of an absolute path of plain names of the main instance, in document order."""
        item = self.form.items.get("/" + "/".join(steps))
        if item is None:
            return ()
        return [spot for spot in self.tree.all(item) if spot.path not in self.hidden]

    def lookup(self, instance: str, column: str, value: str) -> Sequence[Node]:
        """The items of a list whose field is exactly `value`, by a hash index."""
        return self.lists.lookup(instance, column, value)


class Ground(Frame):
    """What expressions are worked out on; `node` is set anew for each one, so that none has to be built."""

    __slots__ = ("view",)

    def __init__(self, view: View, setting: Setting, language: str) -> None:
        self.view = view
        self.source = view
        self.node = view.tree.root
        self.position = 1
        self.size = 1
        self.current = None
        self.language = language
        self.now = setting.now
        self.random = self._chance(setting)
        self.choice_label = self._choice_label
        self.properties = {"deviceid": setting.device, "username": setting.username}
        self.itext = None
        self.session = setting.seed

    def at(self, node: Node) -> Ground:
        """The same ground with another context node."""
        self.node = node
        return self

    def _choice_label(self, path: str, value: str) -> str:
        item = self.view.form.items.get(path)
        return "" if item is None else label_of(self.view, item, value, self.language)

    def _chance(self, setting: Setting) -> Callable[[], float]:
        """Random numbers that follow from the interview, the moment and the node; recorded once drawn."""
        drawn = count()

        def draw() -> float:
            place = self.node.path if isinstance(self.node, Spot) else ""
            key = f"{setting.seed}|{place}|{setting.now().isoformat()}|{next(drawn)}"
            return random.Random(key).random()  # noqa: S311 - no secret depends on it

        return draw


def label_of(view: View, item: Item, value: str, language: str) -> str:
    """The label of a choice of a select by its name, outputs left out; the name itself where the list lacks it."""
    itemset = item.node.itemset
    if itemset is None or not itemset.instance:
        return value
    found = view.lists.lookup(itemset.instance, itemset.value, value)
    if not found:
        return value
    entry = found[0]
    if entry.choice is not None:
        return plain(entry.choice.label, language, view.form.instrument.default_language) or value
    return entry.fields.get(itemset.label) or value


def ground_of(interview: Interview) -> Ground:
    """The ground on which labels and choices of an interview are worked out."""
    view = View(interview.form, interview.tree, interview.values, interview.hidden, interview.lists)
    return Ground(view, interview.setting, interview.language)
