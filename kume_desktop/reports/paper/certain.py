"""What is known of an interview before it begins, and texts with what is known filled in and blanks for the rest."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property

from kume_desktop.instruments.model import Kind, Label, Part
from kume_desktop.interview.form import Item, Rule
from kume_desktop.interview.labels import bare, parts
from kume_desktop.interview.state import Interview
from kume_desktop.interview.view import Ground, View
from kume_desktop.xpath.compiler import compile_expression
from kume_desktop.xpath.expression import Call, ExpressionError, Text, parse, walk

BLANK = "………"
_AT_WORK = frozenset({Kind.START, Kind.END, Kind.TODAY, Kind.DEVICE, Kind.USERNAME, Kind.PROPERTY})


class Certain:
    """A blank interview of which only `given` questions (names) count as answered; `say` words a missing answer."""

    def __init__(self, interview: Interview, given: Collection[str], say: Callable[[str], str]) -> None:
        self.interview = interview
        self.form = interview.form
        self.lang = interview.language
        self._given = frozenset(given)
        self._say = say
        self._found: dict[str, str | None] = {}
        self._values = dict(interview.values)

    @cached_property
    def ground(self) -> Ground:
        """The ground on which texts are worked out: nothing is hidden on paper."""
        interview = self.interview
        view = View(interview.form, interview.tree, self._values, frozenset(), interview.lists)
        return Ground(view, interview.setting, interview.language)

    @property
    def default(self) -> str:
        """The form's own language."""
        return self.form.instrument.default_language

    def value(self, path: str) -> str | None:
        """The value at a generic path if no answer can change it, else None."""
        if path not in self._found:
            self._found[path] = None
            self._found[path] = self._value(path)
        return self._found[path]

    def _value(self, path: str) -> str | None:
        item = self.form.items.get(path)
        if item is None or item.repeats or item.children or item.node.kind in _AT_WORK:
            return None
        vertex = item.rules.get(Rule.CALCULATE)
        if vertex is None:
            return self._values.get(path) or None if item.name in self._given else None
        references = vertex.references
        if vertex.volatile or references.subtrees or any(self.value(each) is None for each in references.paths):
            return None
        # Values below a group that no answer opened yet are not worked out by the interview itself.
        value = vertex.compiled.text(self.ground.at(self.interview.tree.spots[path]))
        self._values[path] = value
        return value

    def calculation(self, path: str) -> str:
        """The expression of the calculated value at a path, '' where it is none or asked."""
        item = self.form.items.get(path)
        return item.node.calculation if item is not None and not item.node.is_asked else ""

    def name(self, path: str) -> str:
        """What a value is called: its label, else its name in words."""
        item = self.form.items.get(path)
        node = item.node if item is not None else None
        told = self.plain(node.label) if node is not None and node.label else ""
        return told or path.rpartition("/")[2].replace("_", " ")

    def plain(self, label: Label) -> str:
        """A label without marks and outputs."""
        return bare("".join(part.text for part in parts(label, self.lang, self.default))).strip()

    def text(self, item: Item, label: Label) -> str:
        """A text with its outputs, Markdown kept: values that are certain, alternatives, or a named blank."""
        return "".join(self._part(item, part) for part in parts(label, self.lang, self.default)) if label else ""

    def _part(self, item: Item, part: Part) -> str:
        if not part.expression:
            return part.text
        compiled = compile_expression(part.expression)
        references = compiled.references(item.path)
        paths = sorted(references.paths)
        if not (references.clock or references.chance or references.subtrees) and all(
            self.value(path) is not None for path in paths
        ):
            known = compiled.text(self.ground.at(self.interview.tree.root))
            if known:
                return known
        return self._alternatives(paths) or self._blank(paths)

    def _alternatives(self, paths: list[str]) -> str:
        """The texts between which a calculated value chooses: `üretim / hizmet sunumu`."""
        inner = self.calculation(paths[0]) if len(paths) == 1 else ""
        if not inner:
            return ""
        try:
            tree = parse(inner)
        except ExpressionError:
            return ""
        chosen = [node for node in walk(tree) if isinstance(node, Call) and node.name == "if"]
        if not chosen or tree is not chosen[0]:
            return ""
        ends = [end for node in chosen for end in node.arguments[1:] if end not in chosen]
        told = [end.value for end in ends if isinstance(end, Text)]
        return " / ".join(dict.fromkeys(reversed(told))) if len(told) == len(ends) and all(told) else ""

    def _blank(self, paths: list[str]) -> str:
        numbers = self.form.outline.numbers
        named = [self._say(numbers[path]) if path in numbers else self.name(path) for path in paths]
        return f"{BLANK} ({', '.join(named)})" if named else BLANK
