"""A submission read against its form: the stored side of an interview, and what in it does not fit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain, count, islice

from kume_desktop.instruments.model import ATTACHMENTS, SELECTS, Kind, Node
from kume_desktop.interview.coerce import coerce, coerce_answer
from kume_desktop.interview.form import Form, Item, Rule
from kume_desktop.interview.record import Record
from kume_desktop.interview.rows import MAX_ROWS
from kume_desktop.interview.tree import counted_row
from kume_desktop.interview.xml_tree import META, Document, Element, parse
from kume_desktop.problems import Problem, Where, problem, warning

MOST_NAMED = 20
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?\Z", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?\Z", re.ASCII)
_MOMENTS = frozenset({Kind.DATETIME, Kind.START, Kind.END})
_AS_THEY_ARE = frozenset({Kind.CALCULATE, Kind.DEVICE, Kind.USERNAME, Kind.PROPERTY, Kind.NOTE})
_IDENTITY = frozenset({"instanceID", "deprecatedID"})


@dataclass(frozen=True, slots=True, repr=False)
class Submission:
    """What a submission says. With problems of severity error nothing of it may be stored.

    `record` is the stored side of the interview, rows named by `seed` and their place. `calculated` holds the values
    that its writer computed and this program computes anew; `files` the names of attached files as they stand in it.
    """

    document: Document
    record: Record
    calculated: Mapping[str, str]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def accepted(self) -> bool:
        """Whether it may be stored."""
        return not any(one.is_error for one in self.problems)


def read_submission(
    form: Form,
    content: bytes | str | Document,
    seed: str = "",
    files: Mapping[str, str] | None = None,
    rows: Mapping[str, Sequence[str]] | None = None,
) -> Submission:
    """Read a submission of a form; Refused (by `parse`) where it is no submission at all.

    `seed` is the identity of the interview it becomes; `files` maps names of attached files to those they are kept
    under; `rows` the rows that the interview has already (repeat path -> ids), which keep their places.
    """
    document = content if isinstance(content, Document) else parse(_bytes(content))
    reading = _Reading(form, seed, files, rows or {})
    reading.group(form.root, document.root, form.root.path, "")
    return Submission(
        document,
        reading.record,
        reading.calculated,
        tuple(dict.fromkeys(reading.files)),
        (*reading.problems, *reading.summed()),
    )


def _bytes(content: bytes | str) -> bytes:
    return content.encode() if isinstance(content, str) else content


@dataclass(slots=True)
class _Reading:
    """One submission while it is read."""

    form: Form
    seed: str
    names: Mapping[str, str] | None
    rows: Mapping[str, Sequence[str]]
    record: Record = field(default_factory=Record)
    calculated: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    known: dict[str, AbstractSet[str] | None] = field(default_factory=dict)

    def group(self, item: Item, element: Element, path: str, shown: str) -> None:
        """Read what stands in a group or row; `shown` is its path as people read it."""
        known = {child.name: child for child in item.children}
        by_name: dict[str, list[Element]] = {}
        for child in element.children:
            by_name.setdefault(child.name, []).append(child)
        for name, elements in by_name.items():
            child_item = known.get(name)
            if child_item is None:
                if item.name != META or name not in _IDENTITY:
                    self.unknown.append(f"{shown}/{name}")
            elif not child_item.is_repeat:
                self._single(child_item, elements, f"{path}/{name}", f"{shown}/{name}")
        for below in item.children:
            if below.is_repeat:
                self._rows(below, by_name.get(below.name, []), f"{path}/{below.name}", f"{shown}/{below.name}")
            elif below.name.startswith("@"):
                self._leaf(below, element.attributes.get(below.name[1:], ""), f"{path}/{below.name}", shown)

    def _single(self, item: Item, elements: list[Element], path: str, shown: str) -> None:
        if len(elements) > 1:
            self.problems.append(problem("submission.stands-twice", Where(question=shown)))
        element = elements[0]
        if item.children:
            self.group(item, element, path, shown)
            return
        self.unknown.extend(f"{shown}/{child.name}" for child in element.children)
        if item.name not in _IDENTITY:
            self._leaf(item, element.text, path, shown)
        for each in item.attached:
            self._leaf(each, element.attributes.get(each.name[1:], ""), f"{path}/{each.name}", shown)

    def _rows(self, item: Item, elements: list[Element], key: str, shown: str) -> None:
        if len(elements) > MAX_ROWS:
            where = Where(question=shown)
            self.problems.append(problem("interview.too-many-rows", where, count=len(elements), most=MAX_ROWS))
            return
        counted = Rule.COUNT in item.rules
        known = () if counted else tuple(self.rows.get(key, ()))
        fresh = (name for number in count(1) if (name := counted_row(self.seed, key, number)) not in known)
        names = tuple(islice(chain(known, fresh), len(elements)))
        if not counted:
            self.record.rows[key] = names
        for number, (name, element) in enumerate(zip(names, elements, strict=True), start=1):
            self.group(item, element, f"{key}[{name}]", f"{shown}[{number}]")

    def _leaf(self, item: Item, text: str, path: str, shown: str) -> None:
        if item.is_derived:
            self.calculated[path] = text
            return
        asked = item.node.is_asked and item.node.kind is not Kind.NOTE
        if not text.strip():
            if item.node.default:
                (self.record.answers if asked else self.record.recorded)[path] = ""
            return
        stored = self._stored(item.node, text)
        if isinstance(stored, Problem):
            self.problems.append(Problem(stored.code, {**stored.params, "question": item.name}, Where(question=shown)))
        elif stored:
            (self.record.answers if asked else self.record.recorded)[path] = stored

    def _stored(self, node: Node, text: str) -> str | Problem:
        """The text as it is stored, or what is wrong with it."""
        if node.kind in _AS_THEY_ARE:
            return text
        if node.kind in _MOMENTS or node.kind is Kind.TIME:
            pattern = _TIME if node.kind is Kind.TIME else _MOMENT
            return text.strip() if pattern.match(text.strip()) else problem("submission.not-a-moment", value=text)
        if node.kind is Kind.TODAY:
            return coerce(Kind.DATE, text, None)
        if node.kind in ATTACHMENTS:
            return self._file(text.strip())
        if node.kind in SELECTS:
            return self._chosen(node, text)
        return coerce_answer(node, text, None)

    def _file(self, name: str) -> str | Problem:
        self.files.append(name)
        if self.names is None:
            return name
        return self.names.get(name) or problem("submission.file-missing", file=name)

    def _chosen(self, node: Node, text: str) -> str | Problem:
        """Names of choices; those that another version offered are kept, those that no version knows are refused."""
        names = [text.strip()] if node.kind is Kind.SELECT_ONE else text.split()
        if node.path not in self.known:
            # Once for all rows of a repeat: lists are long.
            self.known[node.path] = self._offered(node)
        known = self.known[node.path]
        strange = [name for name in names if name not in known] if known is not None else []
        if strange:
            return problem("interview.no-such-choice", value=", ".join(strange))
        return " ".join(names)

    def _offered(self, node: Node) -> AbstractSet[str] | None:
        """The names of choices that any version offers; None where they do not stand in the form."""
        instrument = self.form.instrument
        listed = instrument.lists.get(node.choices) if node.itemset is None or node.itemset.instance else None
        if listed is None:
            return None
        return {choice.name for choice in listed} | instrument.retired.get(node.path, {}).keys()

    def summed(self) -> list[Problem]:
        """What the form does not know, as one warning."""
        if not self.unknown:
            return []
        named = list(dict.fromkeys(self.unknown))
        more = " …" if len(named) > MOST_NAMED else ""
        return [warning("submission.unknown", count=len(named), names=", ".join(named[:MOST_NAMED]) + more)]
