"""Functions on node sets, on places in them, and on rows of repeats."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence

from kume_desktop.xpath import values
from kume_desktop.xpath.code import Code, Kind, nodes_run, number_run, of_nodes, of_number, of_test, of_text, text_run
from kume_desktop.xpath.functions_text import texts
from kume_desktop.xpath.paths import MAIN, Document, above, below, children, rich
from kume_desktop.xpath.registry import Arity, Use, function, here, special
from kume_desktop.xpath.source import Node, Source, Value
from kume_desktop.xpath.values import NAN, Scope

_MODULUS = 2_147_483_647
_MULTIPLIER = 16_807


@function("count", "s", Kind.NUMBER)
def count(nodes: Sequence[Node]) -> float:
    """How many nodes there are."""
    return float(len(nodes))


@function("count-non-empty", "s", Kind.NUMBER, Use.SCOPE)
def count_non_empty(scope: Scope, nodes: Sequence[Node]) -> float:
    """How many nodes are filled in."""
    return float(sum(1 for node in nodes if scope.source.text(node)))


@special("position", "s?", Use.NODE)
def position(codes: tuple[Code, ...]) -> Code:
    """The place in the predicate, or of the given node among its siblings of the same name; both from 1."""
    if not codes:
        return of_number(lambda scope: float(scope.position))
    run = nodes_run(codes[0])

    def place(scope: Scope) -> float:
        nodes = run(scope)
        return float(scope.source.position(nodes[0])) if nodes else NAN

    return of_number(place)


@special("last", "", Use.NODE)
def last(_codes: tuple[Code, ...]) -> Code:
    """How many nodes the predicate looks at."""
    return of_number(lambda scope: float(scope.size))


@special("current", "")
def current(_codes: tuple[Code, ...]) -> Code:
    """The node that owns the expression, also inside predicates."""
    return of_nodes(lambda scope: (scope.node if scope.current is None else scope.current,))


@special("instance", "t")
def instance(codes: tuple[Code, ...]) -> Code:
    """The document of a secondary instance; its root element is the first step."""
    run = text_run(codes[0])

    def document(scope: Scope) -> Sequence[Node]:
        name = run(scope)
        return () if scope.source.root(name) is None else (Document(name),)

    return of_nodes(document)


def _named(codes: tuple[Code, ...], of: Callable[[Source, Node], str]) -> Code:
    run = nodes_run(codes[0])

    def name(scope: Scope) -> str:
        nodes = run(scope)
        return of(scope.source, nodes[0]) if nodes else ""

    return of_text(name)


def _name_of(source: Source, node: Node) -> str:
    """The full name; of an instruction its target, of texts and comments ''."""
    name = "" if isinstance(node, Document) else source.name(node)
    return name.partition(" ")[2] if name.startswith("#") else name.removeprefix("@")


def _namespace_of(source: Source, node: Node) -> str:
    whole = rich(source)
    return "" if whole is None else whole.namespace(node)


special("name", "s?", Use.NODE)(here(lambda codes: _named(codes, _name_of)))
special("local-name", "s?", Use.NODE)(
    here(lambda codes: _named(codes, lambda source, node: _name_of(source, node).rpartition(":")[2]))
)
special("namespace-uri", "s?", Use.NODE)(here(lambda codes: _named(codes, _namespace_of)))


@special("id", "v")
def identified(codes: tuple[Code, ...]) -> Code:
    """The elements whose attribute `id` is among the names that spaces separate."""
    run = codes[0].run

    def elements(scope: Scope) -> Sequence[Node]:
        wanted = {name for text in texts(scope, run(scope)) for name in text.split()}
        found = below(scope.source, MAIN) if wanted else iter(())
        return [node for node in found if wanted.intersection(_attribute(scope.source, node, ("id", "xml:id")))]

    return of_nodes(elements)


def _attribute(source: Source, node: Node, names: tuple[str, ...]) -> list[str]:
    return [source.text(found) for name in names for found in children(source, node, f"@{name}")]


@special("lang", "t", Use.NODE)
def is_in_language(codes: tuple[Code, ...]) -> Code:
    """Whether the nearest `xml:lang` around the context node names this language or one of its variants."""
    run = text_run(codes[0])

    def test(scope: Scope) -> bool:
        source, wanted = scope.source, run(scope).lower()
        for node in (scope.node, *above(source, scope.node)):
            for language in () if isinstance(node, Document) else _attribute(source, node, ("xml:lang",)):
                return language.lower() == wanted or language.lower().startswith(f"{wanted}-")
        return False

    return of_test(test)


# ------------------------------------------------------------------------------------------------ randomize


def seed_of(text: str) -> int:
    """The seed in a text: its number without the fraction, otherwise the first 8 bytes of its SHA-256; blank is 0."""
    value = values.numeral(text)
    if math.isfinite(value):
        return max(-(2**63), min(2**63 - 1, int(value)))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True) if text else 0


def shuffled(nodes: Sequence[Node], seed: int) -> list[Node]:
    """The inside-out Fisher-Yates shuffle with the Park-Miller generator, as the other programs do it."""
    state = math.fmod(seed, _MODULUS)
    state = state if state > 0 else state + _MODULUS - 1
    result: list[Node] = []
    for place, node in enumerate(nodes):
        state = int(state) * _MULTIPLIER % _MODULUS
        chosen = int((state - 1) / (_MODULUS - 1) * (place + 1))
        if chosen == place:
            result.append(node)
        else:
            result.append(result[chosen])
            result[chosen] = node
    return result


@special("randomize", "sv?", Use.CHANCE)
def randomize(codes: tuple[Code, ...]) -> Code:
    """The nodes in an order that depends only on the seed; without one, on the interview."""
    run = nodes_run(codes[0])
    seed = _session_seed if len(codes) == 1 else codes[1].run
    return of_nodes(lambda scope: shuffled(run(scope), seed_of(values.as_text(seed(scope), scope))))


def _session_seed(scope: Scope) -> Value:
    return scope.session or str(int(scope.random() * _MODULUS))


# ------------------------------------------------------------------------------------------------ rows of repeats


@special("indexed-repeat", "ssn*", arity=Arity(3, 11, 2))
def indexed_repeat(codes: tuple[Code, ...]) -> Code:
    """The nodes of the first argument in the rows at the given places; none if a place is blank or has no row."""
    target, pairs = codes[0], list(zip(codes[1::2], codes[2::2], strict=True))
    if len(pairs) == 1 and (quick := _row_of_plain_path(target, *pairs[0])):
        return quick
    find = nodes_run(target)
    rows = [(nodes_run(repeat), number_run(place)) for repeat, place in pairs]

    def run(scope: Scope) -> Sequence[Node]:
        within: list[Node] = []
        for repeats, place in sorted(
            ((repeats(scope), place(scope)) for repeats, place in rows), key=lambda pair: _depth(scope.source, pair[0])
        ):
            row = _row(scope, repeats, place, within)
            if row is None:
                return ()
            within = [row]
        return [node for node in find(scope) if within[0] in (node, *above(scope.source, node))]

    return of_nodes(run)


def _depth(source: Source, nodes: Sequence[Node]) -> int:
    return sum(1 for _ in above(source, nodes[0])) if nodes else 0


def _row(scope: Scope, repeats: Sequence[Node], place: float, within: list[Node]) -> Node | None:
    """The row at `place` among its siblings: inside the row found so far, else the one nearest to the context."""
    source = scope.source
    rows = [node for node in repeats if source.position(node) == place]
    if within:
        rows = [node for node in rows if within[0] in above(source, node)]
    elif len(rows) > 1:
        around = set(above(source, scope.node))
        rows = [node for node in rows if source.parent(node) in around] or rows
    return rows[0] if rows else None


def _row_of_plain_path(target: Code, repeat: Code, place: Code) -> Code | None:
    """The short cut for `indexed-repeat(/data/r/v, /data/r, place)` where the repeat has one parent."""
    depth = len(repeat.names)
    if depth < 2 or target.names[:depth] != repeat.names or len(target.names) == depth:
        return None
    outer, name, below = repeat.names[:-1], repeat.names[-1], target.names[depth:]
    place_of = number_run(place)

    def run(scope: Scope) -> Sequence[Node]:
        source = scope.source
        index = place_of(scope)
        parents = source.select(outer)
        if len(parents) > 1:
            around = set(above(source, scope.node))
            parents = [node for node in parents if node in around] or parents
        rows = [row for parent in parents for row in _at(source, children(source, parent, name), index)]
        nodes: Sequence[Node] = rows[:1]
        for step in below:
            nodes = [found for node in nodes for found in source.children(node, step)]
        return nodes

    return of_nodes(run)


def _at(source: Source, rows: Sequence[Node], index: float) -> Sequence[Node]:
    """The row at a place; hidden rows count, so it may stand before its place among those given."""
    if not index >= 1 or math.isinf(index):
        return ()
    place = int(index) - 1
    if place < len(rows) and source.position(rows[place]) == index:
        return (rows[place],)
    return [row for row in rows[:place] if source.position(row) == index]
