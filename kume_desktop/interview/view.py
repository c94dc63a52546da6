"""The state of an interview as the expressions see it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import count

from kume_desktop.interview.form import Form, Item, Rule
from kume_desktop.interview.labels import fill, plain
from kume_desktop.interview.lists import Entry, Lists
from kume_desktop.interview.state import Interview, Setting
from kume_desktop.interview.tree import Spot, Tree, children, ghost
from kume_desktop.problems import Problem, Where, warning
from kume_desktop.xpath.source import Datatype, Node, Trouble
from kume_desktop.xpath.values import Frame


class View:
    """A `Source` over a tree, its values and what is hidden; irrelevant nodes are not there."""

    __slots__ = ("_places", "form", "hidden", "lists", "tree", "values")

    def __init__(
        self, form: Form, tree: Tree, values: Mapping[str, str], hidden: AbstractSet[str], lists: Lists
    ) -> None:
        self.form = form
        self.tree = tree
        self.values = values
        self.hidden = hidden
        self.lists = lists
        self._places: dict[str, dict[Spot, int]] = {}

    def rows_changed(self, tree: Tree) -> None:
        """Go on with a tree of other rows."""
        self.tree = tree
        self._places.clear()

    def root(self, instance: str | None) -> Node | None:
        """The root element of the main instance (None) or of a list."""
        return self.tree.root if instance is None else self.lists.root(instance)

    def parent(self, node: Node) -> Node | None:
        """The parent; None above a root element."""
        return node.parent if isinstance(node, Spot | Entry) else None

    def children(self, node: Node, name: str | None) -> Sequence[Node]:
        """Visible children in document order, those called `name` or all of them."""
        if not isinstance(node, Spot):
            return node.children(name) if isinstance(node, Entry) else ()
        found: Sequence[Spot]
        if name is None:
            found = list(children(self.tree, node, None))
        else:
            kid = node.kids.get(name)
            if kid is None and name.startswith("@"):
                return _attributes(node, name)
            found = (kid,) if kid is not None else self.tree.rows.get(f"{node.path}/{name}", ())
        return found if not self.hidden else [spot for spot in found if spot.path not in self.hidden]

    def name(self, node: Node) -> str:
        """The element name."""
        if isinstance(node, Spot):
            return node.item.node.name
        return node.name if isinstance(node, Entry) else ""

    def text(self, node: Node) -> str:
        """The value as stored, '' when blank or hidden; for an inner node the joined text of its leaves."""
        if isinstance(node, Spot):
            path = node.path
            if path in self.hidden:
                return ""
            if node.item.children:
                return "".join(self.text(child) for child in self.children(node, None))
            return self.values.get(path, "")
        if isinstance(node, Entry):
            return node.text or "".join(self.text(child) for child in node.children(None))
        return ""

    def datatype(self, node: Node) -> Datatype:
        """The bind type."""
        return node.item.datatype if isinstance(node, Spot) else Datatype.STRING

    def position(self, node: Node) -> int:
        """1-based among the siblings of the same name, hidden ones too: no row moves because another is irrelevant."""
        if isinstance(node, Spot) and node.row:
            key = node.path[: node.path.rindex("[")]
            places = self._places.get(key)
            if places is None:
                places = self._places[key] = {row: place for place, row in enumerate(self.tree.rows[key], 1)}
            return places[node]
        return node.place if isinstance(node, Entry) else 1

    def select(self, steps: tuple[str, ...]) -> Sequence[Node]:
        """All visible nodes of an absolute path of plain names of the main instance, in document order."""
        item = self.form.by_steps.get(steps)
        if item is None:
            return ()
        if not item.around:
            path = item.path
            return () if path in self.hidden else (self.tree.spots[path],)
        found = self.tree.all(item)
        if not self.hidden:
            return found
        return [spot for spot in found if spot.path not in self.hidden]

    def lookup(self, instance: str, column: str, value: str) -> Sequence[Node]:
        """The items of a list whose field is exactly `value`, by a hash index."""
        return self.lists.lookup(instance, column, value)


def _attributes(node: Spot, name: str) -> Sequence[Entry]:
    """The attributes that the form gives to a node, by a name with `@` before it or `@*`."""
    own = node.item.node.attributes
    if not own:
        return ()
    return [Entry(f"@{key}", None, 1, text) for key, text in own.items() if name in {f"@{key}", "@*"}]


class Troubles(list[Trouble]):
    """What goes wrong while expressions run: kept once each, as a warning at the question that is worked out.

    `unmatched` are the concrete paths of questions at which a pattern could not be tried.
    """

    __slots__ = ("_ground", "told", "unmatched")

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self._ground = ground
        self.told: dict[tuple[str, str, tuple[tuple[str, str | int], ...]], Problem] = {}
        self.unmatched: set[str] = set()

    def append(self, trouble: Trouble) -> None:
        """Keep what went wrong."""
        node = self._ground.node
        name = node.item.name if isinstance(node, Spot) else ""
        if isinstance(node, Spot) and trouble.code in _UNMATCHED:
            self.unmatched.add(node.path)
        key = (trouble.code, name, tuple(trouble.params.items()))
        if key not in self.told:
            self.told[key] = warning(f"form.expression-{trouble.code}", Where(question=name), **trouble.params)


_UNMATCHED = frozenset({"pattern-too-slow", "pattern-wrong"})


class Ground(Frame):
    """What expressions are worked out on; `node` is set anew for each one, so that none has to be built."""

    __slots__ = ("failures", "view")

    def __init__(self, view: View, setting: Setting, language: str) -> None:
        self.view = view
        self.failures = Troubles(self)
        self.troubles = self.failures
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
        self.itext = self._translated
        self.session = setting.seed

    def at(self, node: Node) -> Ground:
        """The same ground with another context node."""
        self.node = node
        return self

    def _choice_label(self, path: str, value: str) -> str:
        item = self.view.form.items.get(path)
        return "" if item is None else label_of(self.view, item, value, self.language, "")

    def _translated(self, key: str) -> str:
        """A text by its id, its outputs worked out; a text within it is left out, lest one holds itself."""
        instrument = self.view.form.instrument
        self.itext = None
        try:
            return fill(instrument.texts.get(key, {}), self, instrument.default_language)
        finally:
            self.itext = self._translated

    def _chance(self, setting: Setting) -> Callable[[], float]:
        """Random numbers that follow from the interview, the moment and the node; recorded once drawn."""
        drawn = count()

        def draw() -> float:
            place = self.node.path if isinstance(self.node, Spot) else ""
            key = f"{setting.seed}|{place}|{setting.now().isoformat()}|{next(drawn)}"
            return random.Random(key).random()  # noqa: S311 - no secret depends on it

        return draw


def label_of(view: View, item: Item, value: str, language: str, unknown: str | None = None) -> str:
    """The label of a choice of a select by its name, outputs left out.

    Where the list lacks it, the result is `unknown` (None: the name itself).
    """
    itemset = item.node.itemset
    if itemset is None or not itemset.instance:
        return value
    found = view.lists.lookup(itemset.instance, itemset.value, value)
    if not found:
        gone = view.form.instrument.retired.get(item.path, {}).get(value)
        if gone is None:
            return value if unknown is None else unknown
        return plain(gone.label, language, view.form.instrument.default_language) or value
    entry = found[0]
    if entry.choice is not None:
        return plain(entry.choice.label, language, view.form.instrument.default_language) or value
    return entry.fields.get(itemset.label) or value


def ground_of(interview: Interview) -> Ground:
    """The ground on which labels and choices of an interview are worked out."""
    view = View(interview.form, interview.tree, interview.values, interview.hidden, interview.lists)
    return Ground(view, interview.setting, interview.language)


def takes_rows(interview: Interview, repeat: Item, parent: Spot) -> bool:
    """Whether a person may add a row to a repeat below `parent`: they are not fixed, and it is relevant."""
    if not repeat.is_open or parent.path in interview.hidden:
        return False
    rule = repeat.rules.get(Rule.RELEVANT)
    rows = interview.tree.rows.get(f"{parent.path}/{repeat.name}", ())
    if rule is None or any(row.path not in interview.hidden for row in rows):
        return True
    return rule.compiled.test(ground_of(interview).at(ghost(repeat, parent)))
