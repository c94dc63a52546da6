"""The small entry for single expressions: expression, XML, context node, language, time zone; out comes a value.

It knows data as plain XML and whole XForms (their instances, binds' types, translations and choices), but runs no
form: relevance, calculations and checks belong to the interview.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from random import Random
from types import MappingProxyType
from zoneinfo import ZoneInfo

from kume_desktop.xpath.compiler import Compiled, compile_expression
from kume_desktop.xpath.document import Knot, XmlError, XmlSource, read_xml
from kume_desktop.xpath.expression import ExpressionError
from kume_desktop.xpath.paths import MAIN, Document, above
from kume_desktop.xpath.source import Context, Datatype, Node, Source

__all__ = ["Answer", "ExpressionError", "Result", "Xml", "XmlError", "evaluate"]
Answer = str | float | bool | list[str]
_NO_PROPERTIES: Mapping[str, str] = MappingProxyType({})


class Result(StrEnum):
    """What is wanted: the value as it is, or as a text, number, condition, or the texts or places of its nodes."""

    ANY = "any"
    TEXT = "text"
    NUMBER = "number"
    TEST = "test"
    NODES = "nodes"
    PATHS = "paths"


def evaluate(
    expression: str,
    xml: str,
    node: str = "/",
    *,
    language: str = "en",
    zone: tzinfo | str = UTC,
    now: datetime | None = None,
    result: Result | str = Result.ANY,
    properties: Mapping[str, str] = _NO_PROPERTIES,
    session: str = "",
) -> Answer:
    """Evaluate an expression in the context of the node that the path `node` selects in `xml`.

    `xml` is data or a whole XForm; of an XForm, absolute paths (also `node`) mean the main instance. `zone` is a time
    zone or its IANA name, `now` an aware moment (the clock, where none is given), `session` what seeds `randomize()`
    without a seed. Gives a text, number, boolean, or the texts of the nodes; NaN is the number that is none.
    Raises `ExpressionError`, `XmlError`, and `KeyError` for a time zone that is none.

    >>> evaluate("../size * 2", "<data><size>21</size><twice/></data>", "/data/twice")
    42.0
    """
    moment = datetime.now(UTC) if now is None else now
    here = moment.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
    data, place = Xml.read(xml).find(node)
    context = data.context(place, lambda: here, language, properties, session)
    return _given(compile_expression(expression), context, Result(result))


def _given(compiled: Compiled, context: Context, wanted: Result) -> Answer:
    match wanted:
        case Result.TEXT:
            return compiled.text(context)
        case Result.NUMBER:
            return compiled.number(context)
        case Result.TEST:
            return compiled.test(context)
        case Result.NODES:
            return [context.source.text(node) for node in compiled.nodes(context)]
        case Result.PATHS:
            return [path_of(context.source, node) for node in compiled.nodes(context)]
        case Result.ANY:
            value = compiled.evaluate(context)
            return value if isinstance(value, str | float | bool) else [context.source.text(node) for node in value]


def path_of(source: Source, node: Node) -> str:
    """The place of a node, as a path with positions: `/data/r[2]/v[1]`."""
    assert isinstance(source, XmlSource)  # noqa: S101 - only this module makes the context
    if isinstance(node, Document):
        return "/"
    steps = [_step_of(source, each) for each in (node, *above(source, node)) if not isinstance(each, Document)]
    return "/" + "/".join(reversed(steps))


def _step_of(source: XmlSource, node: Node) -> str:
    name = source.name(node)
    if name.startswith("@"):
        return name
    if not name.startswith("#"):
        return f"{name}[{source.position(node)}]"
    parent = source.parent(node)
    alike = [] if parent is None else [each for each in source.contents(parent) if source.name(each) == name]
    return f"{name[1:]}()[{alike.index(node) + 1 if alike else 1}]"


@dataclass(frozen=True, slots=True)
class Xml:
    """XML that expressions are evaluated in: its source, and the whole form where it is one."""

    source: XmlSource
    top: Sequence[Knot]
    form: _Form | None

    @staticmethod
    def read(xml: str) -> Xml:
        """The XML of a text; raises `XmlError`."""
        top = read_xml(xml.strip())
        root = next(knot for knot in top if knot.is_element)
        model = next((knot for knot in (root, *root.below()) if knot.local == "model"), None)
        form = None if model is None else _Form.of(root, model)
        if form is None or form.main is None:
            return Xml(XmlSource(top, form.lists if form else None), top, form)
        source = XmlSource(top, form.lists)
        source.main = form.main
        return Xml(source, top, form)

    def find(self, path: str) -> tuple[Xml, Node]:
        """The first node that a path selects, the document for `/`; raises `ExpressionError` where there is none.

        What is not in the main instance of a form is looked for in the whole XML, which absolute paths then mean.
        """
        compiled = compile_expression(path)
        whole = Xml(XmlSource(self.top, self.source.lists), self.top, self.form)
        for data in (self, whole):
            found = compiled.nodes(data.context(MAIN, lambda: datetime.now(UTC), "", _NO_PROPERTIES, ""))
            if found:
                return (data if MAIN in (found[0], *above(data.source, found[0])) else whole), found[0]
        raise ExpressionError("no-such-node", 1, {"found": path})

    def context(
        self, node: Node, now: Callable[[], datetime], language: str, properties: Mapping[str, str], session: str
    ) -> Context:
        """The context at a node."""
        labels = _Labels(self.source, self.form, now, language)
        return Context(
            source=self.source,
            node=node,
            language=language,
            now=now,
            random=Random(session or None).random,
            choice_label=labels.choice,
            properties=properties,
            itext=labels.translated,
            session=session,
        )


@dataclass(frozen=True, slots=True)
class _Form:
    """The parts of an XForm that expressions see."""

    main: Knot | None
    lists: Mapping[str, Knot]
    translations: Sequence[Knot]
    controls: Mapping[str, Knot]

    @staticmethod
    def of(root: Knot, model: Knot) -> _Form:
        instances = [knot for knot in model.elements() if knot.local == "instance"]
        roots = [(knot.attribute("id"), next(iter(knot.elements()), None)) for knot in instances]
        main = roots[0][1] if roots else None
        for bind in (knot for knot in model.elements() if knot.local == "bind"):
            _give_type(main, bind)
        return _Form(
            main,
            {name: top for name, top in roots if name and top is not None},
            [knot for knot in model.below() if knot.local == "translation"],
            {knot.attribute("ref"): knot for knot in root.below() if knot.attribute("ref") and knot.local != "bind"},
        )


_TYPES = {str(each): each for each in Datatype} | {"integer": Datatype.INT}


def _give_type(main: Knot | None, bind: Knot) -> None:
    datatype = _TYPES.get(bind.attribute("type").rpartition(":")[2])
    names = [name for name in bind.attribute("nodeset").split("/") if name]
    if main is None or datatype is None or not names or names[0] != main.name:
        return
    found = [main]
    for name in names[1:]:
        found = [knot for each in found for knot in each.elements() if knot.name == name]
    for knot in found:
        knot.datatype = datatype


@dataclass(frozen=True, slots=True)
class _Labels:
    """Translated texts and the labels of choices."""

    source: XmlSource
    form: _Form | None
    now: Callable[[], datetime]
    language: str

    def translated(self, key: str) -> str:
        """A text in the language in force, else in the default one; '' if there is none."""
        for translation in self._translations():
            for text in translation.elements():
                if text.attribute("id") == key:
                    return next((value.value() for value in text.elements() if not value.attribute("form")), "")
        return ""

    def _translations(self) -> Iterator[Knot]:
        known = self.form.translations if self.form else ()
        yield from (knot for knot in known if knot.attribute("lang") == self.language)
        yield from sorted(known, key=lambda knot: not any(each.local == "default" for each in knot.attributes))[:1]

    def choice(self, path: str, name: str) -> str:
        """The label of a choice of the question at `path`; the name where it has none."""
        control = self.form.controls.get(path) if self.form else None
        for part in control.elements() if control else ():
            if part.local == "item" and _part(part, "value").value() == name:
                return self._label(part, MAIN)
            if part.local == "itemset" and (row := self._row(part, path, name)) is not None:
                return self._label(part, row)
        return name

    def _row(self, itemset: Knot, path: str, name: str) -> Node | None:
        here = self.source.select(tuple(path.strip("/").split("/")))
        rows = self._nodes(itemset.attribute("nodeset"), here[0] if here else MAIN)
        column = _part(itemset, "value").attribute("ref")
        return next((row for row in rows if self._text(column, row) == name), None)

    def _label(self, part: Knot, row: Node) -> str:
        label = _part(part, "label")
        return self._text(label.attribute("ref"), row) if label.attribute("ref") else label.value()

    def _nodes(self, expression: str, node: Node) -> Sequence[Node]:
        return compile_expression(expression).nodes(self._context(node))

    def _text(self, expression: str, node: Node) -> str:
        return compile_expression(expression).text(self._context(node))

    def _context(self, node: Node) -> Context:
        return Context(self.source, node, language=self.language, now=self.now, itext=self.translated)


def _part(knot: Knot, local: str) -> Knot:
    return next((each for each in knot.elements() if each.local == local), Knot(local, None, local=local))
