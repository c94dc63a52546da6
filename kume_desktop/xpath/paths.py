"""Location paths as closures, with short cuts for the forms that nearly all of them have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from kume_desktop.xpath import values
from kume_desktop.xpath.code import Code, Kind, NodesRun, TestRun, test_run
from kume_desktop.xpath.expression import Axis, Step
from kume_desktop.xpath.source import Node, RichSource, Source
from kume_desktop.xpath.values import Frame, Scope


@dataclass(frozen=True, slots=True)
class Document:
    """What stands above a root element; `instance` None is the form's own data."""

    instance: str | None


MAIN = Document(None)
Walk = Callable[[Source, Node], Sequence[Node]]
Keep = Callable[[Scope, Sequence[Node]], Sequence[Node]]


def children(source: Source, node: Node, name: str | None) -> Sequence[Node]:
    """The children called `name` (or all); a document has its root element."""
    if not isinstance(node, Document) or rich(source) is not None:
        return source.children(node, name)
    root = source.root(node.instance)
    return () if root is None or (name is not None and source.name(root) != name) else (root,)


def rich(source: Source) -> RichSource | None:
    """The source if it knows more than elements."""
    return cast("RichSource", source) if hasattr(source, "contents") else None


def is_called(source: Source, node: Node, name: str) -> bool:
    """Whether a name without wildcard means the node."""
    found = source.name(node)
    if found == name:
        return True
    whole = rich(source)
    return whole is not None and whole.is_called(node, name)


def _contents(source: Source, node: Node) -> Sequence[Node]:
    """All nodes directly inside; of a form's data those are elements."""
    whole = rich(source)
    return children(source, node, None) if whole is None else whole.contents(node)


def plain_name(step: Step) -> str | None:
    """The name of a step that goes to children of one name without predicates; None for any other step."""
    if step.axis is not Axis.CHILD or step.predicates or step.test.endswith(("*", ")")):
        return None
    return step.test


def is_self(step: Step) -> bool:
    """Whether the step is a bare `.`."""
    return step.axis is Axis.SELF and step.test == "node()" and not step.predicates


def is_parent(step: Step) -> bool:
    """Whether the step is a bare `..`."""
    return step.axis is Axis.PARENT and step.test == "node()" and not step.predicates


# ------------------------------------------------------------------------------------------------ short cuts


def absolute(names: tuple[str, ...]) -> NodesRun:
    """A plain absolute path of the main instance."""
    return lambda scope: scope.source.select(names)


def relative(steps: tuple[Step, ...]) -> NodesRun | None:
    """`.`, `..`, `../name`, `name` and the like; None for anything longer."""
    kept = [step for step in steps if not is_self(step)]
    ups = sum(1 for step in kept if is_parent(step))
    names = [plain_name(step) for step in kept[ups:]]
    if ups > 2 or len(names) > 1 or None in names or not all(is_parent(step) for step in kept[:ups]):
        return None
    name = names[0] if names else None
    if ups == 0:
        return _here if name is None else lambda scope: children(scope.source, scope.node, name)
    return _above(ups, name)


def _here(scope: Scope) -> Sequence[Node]:
    return (scope.node,)


def _above(ups: int, name: str | None) -> NodesRun:
    def run(scope: Scope) -> Sequence[Node]:
        source = scope.source
        node = source.parent(scope.node)
        if ups == 2 and node is not None:
            node = source.parent(node)
        if node is None:
            return ()
        return (node,) if name is None else source.children(node, name)

    return run


# ------------------------------------------------------------------------------------------------ any steps


def along(start: NodesRun, steps: Sequence[tuple[Step, tuple[Code, ...]]], nested: bool = False) -> NodesRun:
    """The nodes that `steps`, each with its compiled predicates, reach from those of `start`.

    `nested` says that some start nodes may lie inside others, so that their children are not in document order.
    """
    moves = []
    for step, codes in _merged(steps):
        moves.append(_move(step, codes, nested))
        nested = nested or step.axis not in _FLAT

    def run(scope: Scope) -> Sequence[Node]:
        nodes = start(scope)
        for move in moves:
            nodes = move(scope, nodes)
            if not nodes:
                return ()
        return nodes

    return run


def _merged(steps: Sequence[tuple[Step, tuple[Code, ...]]]) -> list[tuple[Step, tuple[Code, ...]]]:
    """Turn `//name` into one step where no predicate counts positions among siblings."""
    merged: list[tuple[Step, tuple[Code, ...]]] = []
    for step, codes in steps:
        above = merged[-1] if merged else None
        if (
            above is not None
            and not codes
            and not above[1]
            and step.axis is Axis.CHILD
            and (above[0].axis, above[0].test) == (Axis.DESCENDANT_OR_SELF, "node()")
        ):
            merged[-1] = (Step(Axis.DESCENDANT, step.test), codes)
        else:
            merged.append((step, codes))
    return merged


def _move(step: Step, codes: tuple[Code, ...], nested: bool) -> Keep:
    walk = _WALKS[step.axis](step.test)
    keep = keeping(codes)
    ordered = step.axis is Axis.SELF or (step.axis in _FLAT and step.axis is not Axis.PARENT and not nested)
    backwards = step.axis in _BACKWARDS

    def move(scope: Scope, nodes: Sequence[Node]) -> Sequence[Node]:
        source = scope.source
        if len(nodes) == 1:
            found = walk(source, nodes[0])
            found = keep(scope, found) if keep else found
            return found[::-1] if backwards else found
        gathered: list[Node] = []
        for node in nodes:
            found = walk(source, node)
            gathered.extend(keep(scope, found) if keep else found)
        return gathered if ordered else in_order(source, gathered)

    return move


def keeping(codes: tuple[Code, ...]) -> Keep | None:
    """A filter by predicates, one after the other; None if there are none."""
    filters = [_filter(code) for code in codes]
    if not filters:
        return None
    if len(filters) == 1:
        return filters[0]

    def keep(scope: Scope, nodes: Sequence[Node]) -> Sequence[Node]:
        for each in filters:
            nodes = each(scope, nodes)
        return nodes

    return keep


def _filter(code: Code) -> Keep:
    if isinstance(code.constant, float) and not isinstance(code.constant, bool):
        return _nth(code.constant)
    test = _position_test(code) if code.kind in {Kind.NUMBER, Kind.ANY} else test_run(code)

    def keep(scope: Scope, nodes: Sequence[Node]) -> Sequence[Node]:
        frame = Frame(scope, len(nodes))
        kept = []
        for place, node in enumerate(nodes, 1):
            frame.node = node
            frame.position = place
            if test(frame):
                kept.append(node)
        return kept

    return keep


def _nth(place: float) -> Keep:
    index = int(place) - 1 if place >= 1 and place.is_integer() else None
    if index is None:
        return lambda _scope, _nodes: ()
    return lambda _scope, nodes: nodes[index : index + 1]


def _position_test(code: Code) -> TestRun:
    run = code.run

    def test(scope: Scope) -> bool:
        value = run(scope)
        if isinstance(value, float) and not isinstance(value, bool):
            return value == scope.position
        return values.as_test(value, scope)

    return test


# ------------------------------------------------------------------------------------------------ axes


def _matching(test: str) -> Callable[[Source, Node], bool]:
    if test == "node()":
        return lambda _source, _node: True
    if test == "*":
        return _is_element
    if test.endswith("()"):
        return lambda source, node: _is_of_type(source, node, f"#{test[:-2]}")
    if test.endswith(":*"):
        return lambda source, node: _is_in_namespace(source, node, test[:-2])
    return lambda source, node: not isinstance(node, Document) and is_called(source, node, test)


def _is_element(source: Source, node: Node) -> bool:
    return not isinstance(node, Document) and not source.name(node).startswith(("#", "@"))


def _is_of_type(source: Source, node: Node, kind: str) -> bool:
    """Whether a node is a text, a comment or an instruction; of data without such nodes a filled-in leaf is a text."""
    if isinstance(node, Document):
        return False
    if rich(source) is None:
        return kind == "#text" and source.text(node) != ""
    return source.name(node).partition(" ")[0] == kind


def _is_in_namespace(source: Source, node: Node, prefix: str) -> bool:
    if isinstance(node, Document):
        return False
    name = source.name(node)
    return name.startswith(f"{prefix}:") or is_called(source, node, f"{prefix}:{name.rpartition(':')[2]}")


def _child(test: str) -> Walk:
    if test == "text()":
        return _texts
    if test == "*":
        return lambda source, node: children(source, node, None)
    if test.endswith((":*", "()")):
        return _tested(test, lambda source, node: iter(_contents(source, node)))
    return lambda source, node: children(source, node, test)


def _texts(source: Source, node: Node) -> Sequence[Node]:
    """The texts directly inside; a filled-in leaf of a form's data is its own text."""
    whole = rich(source)
    if whole is not None:
        return [found for found in whole.contents(node) if source.name(found) == "#text"]
    is_leaf = not isinstance(node, Document) and not children(source, node, None)
    return (node,) if is_leaf and source.text(node) else ()


def _attribute(test: str) -> Walk:
    if test in {"*", "node()"}:
        test = "*"
    elif test.endswith("()"):
        return lambda _source, _node: ()
    return lambda source, node: children(source, node, f"@{test}")


def _tested(test: str, nodes: Callable[[Source, Node], Iterator[Node]]) -> Walk:
    matches = _matching(test)
    return lambda source, node: [found for found in nodes(source, node) if matches(source, found)]


def above(source: Source, node: Node) -> Iterator[Node]:
    """The ancestors, nearest first."""
    parent = None if isinstance(node, Document) else source.parent(node)
    while parent is not None:
        yield parent
        parent = source.parent(parent)


def below(source: Source, node: Node) -> Iterator[Node]:
    """The nodes inside, in document order."""
    stack = list(reversed(_contents(source, node)))
    while stack:
        found = stack.pop()
        yield found
        stack.extend(reversed(_contents(source, found)))


def _beside(source: Source, node: Node) -> tuple[Sequence[Node], int]:
    parent = None if isinstance(node, Document) else source.parent(node)
    if parent is None:
        return (node,), 0
    siblings = _contents(source, parent)
    return (siblings, siblings.index(node)) if node in siblings else ((node,), 0)


def _after(source: Source, node: Node) -> Iterator[Node]:
    siblings, place = _beside(source, node)
    yield from siblings[place + 1 :]


def _before(source: Source, node: Node) -> Iterator[Node]:
    siblings, place = _beside(source, node)
    yield from reversed(siblings[:place])


def _parent(source: Source, node: Node) -> Iterator[Node]:
    for found in above(source, node):
        yield found
        return


def _following(source: Source, node: Node) -> Iterator[Node]:
    for base in (node, *above(source, node)):
        for found in _after(source, base):
            yield found
            yield from below(source, found)


def _preceding(source: Source, node: Node) -> Iterator[Node]:
    for base in (node, *above(source, node)):
        for found in _before(source, base):
            yield from reversed(list(below(source, found)))
            yield found


def _with_self(nodes: Callable[[Source, Node], Iterator[Node]]) -> Callable[[Source, Node], Iterator[Node]]:
    def found(source: Source, node: Node) -> Iterator[Node]:
        yield node
        yield from nodes(source, node)

    return found


def _nothing(_source: Source, _node: Node) -> Iterator[Node]:
    return iter(())


_WALKS: dict[Axis, Callable[[str], Walk]] = {
    Axis.CHILD: _child,
    Axis.ATTRIBUTE: _attribute,
    Axis.SELF: lambda test: _tested(test, _with_self(_nothing)),
    Axis.PARENT: lambda test: _tested(test, _parent),
    Axis.ANCESTOR: lambda test: _tested(test, above),
    Axis.ANCESTOR_OR_SELF: lambda test: _tested(test, _with_self(above)),
    Axis.DESCENDANT: lambda test: _tested(test, below),
    Axis.DESCENDANT_OR_SELF: lambda test: _tested(test, _with_self(below)),
    Axis.FOLLOWING: lambda test: _tested(test, _following),
    Axis.FOLLOWING_SIBLING: lambda test: _tested(test, _after),
    Axis.PRECEDING: lambda test: _tested(test, _preceding),
    Axis.PRECEDING_SIBLING: lambda test: _tested(test, _before),
    Axis.NAMESPACE: lambda test: _tested(test, _nothing),
}
_FLAT = frozenset({Axis.SELF, Axis.CHILD, Axis.ATTRIBUTE, Axis.PARENT})
"""Axes that never lead from nodes beside each other to a node inside another one."""
_BACKWARDS = frozenset({Axis.ANCESTOR, Axis.ANCESTOR_OR_SELF, Axis.PRECEDING, Axis.PRECEDING_SIBLING})


def in_order(source: Source, nodes: Sequence[Node]) -> Sequence[Node]:
    """The nodes once each, in document order."""
    single = list(dict.fromkeys(nodes))
    return single if len(single) < 2 else sorted(single, key=lambda node: _place(source, node))


def _place(source: Source, node: Node) -> tuple[int, ...]:
    if isinstance(node, Document):
        return ()
    chain = [node, *above(source, node)]
    places = [_beside(source, each)[1] for each in reversed(chain)]
    if source.name(node).startswith("@"):
        owner = source.parent(node)
        inside = [] if owner is None else list(source.children(owner, "@*"))
        return (*places[:-1], inside.index(node) - len(inside) if node in inside else -1)
    return tuple(places)
