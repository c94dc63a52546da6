"""What an expression reads: known from its form, without running it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kume_desktop.xpath.expression import Axis, Call, Chain, Expression, Filter, Path, Start, Step, Text, parts
from kume_desktop.xpath.functions_select import resolved
from kume_desktop.xpath.functions_time import names_words
from kume_desktop.xpath.library import FUNCTIONS
from kume_desktop.xpath.registry import Use

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """A generic path that is read, and the highest node the way to it touches.

    An expression reads the `path` nodes below the one `anchor` that it stands in (all of them for `/`). So a reference
    stays within a row of a repeat if its anchor is the repeat or lies inside it.
    """

    path: str
    anchor: str


@dataclass(frozen=True, slots=True)
class References:
    """What an expression reads: generic paths, whole subtrees, lists by name, and things outside the form.

    `reaches` says for each path (and subtree) from how far up it is read.
    """

    paths: frozenset[str]
    subtrees: frozenset[str]
    instances: frozenset[str]
    clock: bool
    chance: bool
    language: bool
    reaches: frozenset[Reach]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a walk over a path stands: the names so far and the highest node touched; `is_whole`: anywhere below."""

    names: Names
    anchor: Names
    is_whole: bool = False

    def beside(self) -> _Place:
        """The same place where its siblings count too."""
        return _Place(self.names, self._higher(self.names[:-1]), self.is_whole)

    def up(self) -> _Place:
        """The parent's place."""
        return _Place(self.names[:-1], self._higher(self.names[:-1]), self.is_whole)

    def _higher(self, names: Names) -> Names:
        return names if len(names) < len(self.anchor) else self.anchor


_ROOT = _Place((), ())
_ANYWHERE = _Place((), (), True)
_Places = tuple[_Place, ...]
"""The places that an expression may stand at; none inside a list, whose columns are no questions."""


@dataclass(slots=True)
class _Collector:
    base: Names
    reaches: set[Reach] = field(default_factory=set)
    subtrees: set[str] = field(default_factory=set)
    instances: set[str] = field(default_factory=set)
    uses: set[Use] = field(default_factory=set)

    def visit(self, node: Expression, here: _Places) -> _Places:
        """Collect what `node` reads; the result is where its nodes are, if it gives nodes."""
        match node:
            case Path():
                places = self.path(node, here)
                self.end(places)
                return places
            case Filter():
                places = self.visit(node.primary, here)
                self.predicates(node.predicates, places)
                return tuple(place.beside() for place in places)
            case Call():
                return self.call(node, here)
            case Chain() if node.rest[0][0] == "|":
                return tuple(place for part in parts(node) for place in self.visit(part, here))
            case _:
                for part in parts(node):
                    self.visit(part, here)
                return ()

    def path(self, path: Path, here: _Places) -> _Places:
        if path.start is Start.ROOT:
            places: _Places = (_ROOT,)
        elif path.start is Start.HERE:
            places = here
        elif isinstance(path.start, Call) and path.start.name == "current":
            places = self.owner()
        else:
            places = self.visit(path.start, here)
        for step in path.steps:
            places = tuple(_stepped(place, step) for place in places)
            if step.predicates:
                places = tuple(place.beside() for place in places)
                self.predicates(step.predicates, places)
        return places

    def predicates(self, predicates: tuple[Expression, ...], places: _Places) -> None:
        for predicate in predicates:
            self.visit(predicate, places)

    def owner(self) -> _Places:
        return (_Place(self.base, self.base),)

    def call(self, node: Call, here: _Places) -> _Places:
        known = FUNCTIONS.get(node.name)
        uses = known.uses if known else frozenset()
        self.uses |= _needed(node) & uses
        if Use.NODE in uses and not node.arguments and node.name not in {"position", "last"}:
            self.end(here)
        self.named(node)
        found = [self.visit(argument, here) for argument in node.arguments]
        if node.name == "position" and found:
            self.end(place.beside() for place in found[0])
        if node.name == "current":
            self.end(self.owner())
            return self.owner()
        if node.name == "id":
            self.end((_ANYWHERE,))
            return (_ANYWHERE,)
        kept = _GIVEN.get(node.name, slice(0, 0))
        return tuple(place for places in found[kept] for place in places)

    def named(self, node: Call) -> None:
        """What a call refers to by a text."""
        texts = [argument.value if isinstance(argument, Text) else None for argument in node.arguments]
        if node.name in {"instance", "pulldata"} and texts and texts[0] is not None:
            self.instances.add(texts[0])
        if node.name == "jr:choice-name" and len(texts) == 2 and texts[1] is not None:
            path = texts[1].strip()
            self.reaches.add(Reach(path if path.startswith("/") else resolved(self.base, path), "/"))

    def end(self, places: Iterable[_Place]) -> None:
        for place in places:
            path = "/" + "/".join(place.names)
            if place.is_whole:
                self.subtrees.add(path)
            self.reaches.add(Reach(path, "/" + "/".join(place.anchor)))


_GIVEN = {
    "randomize": slice(0, 1),
    "indexed-repeat": slice(0, 1),
    "depend": slice(0, 1),
    "if": slice(1, 3),
    "coalesce": slice(0, 2),
    "once": slice(0, 1),
}
"""Which arguments of a function are what it gives."""


def _needed(node: Call) -> set[Use]:
    """The uses of a call that count, by its arguments."""
    uses = {Use.CHANCE, Use.CLOCK, Use.LANGUAGE}
    if node.name == "randomize" and len(node.arguments) > 1:
        uses.discard(Use.CHANCE)
    if node.name in {"format-date", "format-date-time"} and len(node.arguments) == 2:
        form = node.arguments[1]
        if isinstance(form, Text) and not names_words(form.value):
            uses.discard(Use.LANGUAGE)
    return uses


def _stepped(place: _Place, step: Step) -> _Place:
    named = not step.test.endswith(("*", ")"))
    match step.axis:
        case Axis.SELF:
            return place
        case Axis.PARENT:
            return place.up()
        case Axis.ATTRIBUTE:
            return place if place.is_whole else _Place((*place.names, f"@{step.test}"), place.anchor)
        case Axis.CHILD if named and not place.is_whole:
            return _Place((*place.names, step.test), place.anchor)
        case Axis.FOLLOWING_SIBLING | Axis.PRECEDING_SIBLING:
            parent = place.up()
            sibling = _Place((*parent.names, step.test), parent.anchor)
            return sibling if named and not place.is_whole else _Place(parent.names, parent.anchor, True)
        case Axis.CHILD | Axis.DESCENDANT | Axis.DESCENDANT_OR_SELF:
            return _Place(place.names, place.anchor, True)
        case _:
            return _ANYWHERE


def find_references(tree: Expression, base: str) -> References:
    """What `tree` reads when the node at the generic absolute path `base` owns it, except its own value in `once`."""
    names = tuple(part for part in base.split("/") if part)
    found = _Collector(names)
    found.visit(tree, (_Place(names, names),))
    return References(
        paths=frozenset(reach.path for reach in found.reaches) - found.subtrees,
        subtrees=frozenset(found.subtrees),
        instances=frozenset(found.instances),
        clock=Use.CLOCK in found.uses,
        chance=Use.CHANCE in found.uses,
        language=Use.LANGUAGE in found.uses,
        reaches=frozenset(found.reaches),
    )
