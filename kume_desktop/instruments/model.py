"""What can be asked: the parts of an instrument version, without any answer and without any library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kume_desktop.xpath.source import Datatype


class Kind(StrEnum):
    """What a node is, in the words of XLSForm."""

    GROUP = "group"
    REPEAT = "repeat"
    NOTE = "note"
    CALCULATE = "calculate"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"
    RANGE = "range"
    ACKNOWLEDGE = "acknowledge"
    BARCODE = "barcode"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"
    GEOPOINT = "geopoint"
    GEOTRACE = "geotrace"
    GEOSHAPE = "geoshape"
    START = "start"
    END = "end"
    TODAY = "today"
    DEVICE = "deviceid"
    USERNAME = "username"
    PROPERTY = "property"


SELECTS = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK})
"""Questions that are answered from a list of choices."""
ATTACHMENTS = frozenset({Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.FILE})
"""Questions whose answer is a file; what is stored is its name, the bytes lie beside the answers."""
PLACES = frozenset({Kind.GEOPOINT, Kind.GEOTRACE, Kind.GEOSHAPE})
"""Questions whose answer is typed coordinates."""


UNNAMED = "default"
"""The language code of a form that names none."""
LAST_SAVED = "__last-saved"
"""The instance id under which a form reads the interview of it that was finished last."""


class Personal(StrEnum):
    """The personal-data flag of a question (column `personal`)."""

    NONE = "-"
    IDENTIFYING = "K1"
    INDIRECT = "K2"
    FREE_TEXT = "K3"
    SOLE_TRADER = "S"


class Origin(StrEnum):
    """Whose rule this is: the source's, inferred from it, or ours."""

    SOURCE = "S"
    INFERRED = "I"
    OWN = "Own"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a label: plain text, or the expression of an `${output}`."""

    text: str = ""
    expression: str = ""


Label = Mapping[str, tuple[Part, ...]]
"""Language code (`tr`, `en`) -> the pieces of the text; empty where the form gives none."""


Media = Mapping[str, Mapping[str, str]]
"""`image`, `big-image`, `audio` or `video` -> language code -> file name, for what a label shows or plays."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list; `missing` is '', 'na', 'dk' or 'nr' (reserve answers never enter arithmetic)."""

    name: str
    label: Label
    missing: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    media: Media = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands in its workbook."""

    sheet: str = "survey"
    row: int = 0


@dataclass(frozen=True, slots=True)
class Itemset:
    """Where a select takes its choices from: an XPath over an instance, and the elements that hold name and label.

    `nodeset` is complete (filter in a predicate, `randomize(...)` around it); `instance` is the list's or file's id,
    '' where the choices are rows of a repeat.
    """

    nodeset: str
    instance: str
    value: str = "name"
    label: str = "label"


class Event(StrEnum):
    """When an action sets a value."""

    LOAD = "odk-instance-load"
    FIRST_LOAD = "odk-instance-first-load"
    NEW_REPEAT = "odk-new-repeat"
    VALUE_CHANGED = "xforms-value-changed"


@dataclass(frozen=True, slots=True)
class Action:
    """A `setvalue`: on `events`, `target` gets the value of the expression; `trigger` is the path that was answered."""

    target: str
    events: frozenset[Event]
    value: str
    trigger: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Begun:
    """A row that a form brings along: values by their path inside the row, and rows of the repeats in it."""

    values: Mapping[str, str]
    rows: Mapping[str, tuple[Begun, ...]]


@dataclass(frozen=True, slots=True, repr=False)
class Branch:
    """An element of an instance whose rows hold rows of their own, or are not all called `item`."""

    name: str
    text: str
    children: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Node:
    """A question, a calculated value, a group or a repeat. Expressions are XPath, as pyxform wrote them.

    A name with `@` before it is an attribute of the element above it (the parts of an entity); it is never asked.
    `earlier` lets the interviewer see what the firm answered in an earlier wave.
    `begun` are the rows that a repeat begins with; None, as in every converted workbook, is one row of defaults. With
    `fixed_rows` nobody adds or removes any. `attributes` are what the form writes at the element itself: expressions
    read them, and they go out with it. `attached` are attributes of a question that are worked out.
    """

    path: str
    name: str
    kind: Kind
    datatype: Datatype = Datatype.STRING
    label: Label = field(default_factory=dict)
    hint: Label = field(default_factory=dict)
    guidance: Label = field(default_factory=dict)
    appearance: frozenset[str] = frozenset()
    parameters: Mapping[str, str] = field(default_factory=dict)
    choices: str = ""
    choice_filter: str = ""
    relevant: str = ""
    required: str = ""
    required_message: Label = field(default_factory=dict)
    constraint: str = ""
    constraint_message: Label = field(default_factory=dict)
    warn: str = ""
    warn_message: Label = field(default_factory=dict)
    calculation: str = ""
    default: str = ""
    dynamic_default: str = ""
    trigger: str = ""
    repeat_count: str = ""
    read_only: str = ""
    personal: Personal = Personal.NONE
    purpose: str = ""
    origin: Origin = Origin.OWN
    children: tuple[Node, ...] = ()
    place: Place = Place()
    itemset: Itemset | None = None
    preload: str = ""
    media: Media = field(default_factory=dict)
    begun: tuple[Begun, ...] | None = None
    fixed_rows: bool = False
    earlier: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)
    attached: tuple[Node, ...] = ()

    def below(self) -> Iterator[Node]:
        """The node itself and everything in it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend((*reversed(node.children), *node.attached))

    @property
    def is_asked(self) -> bool:
        """Whether a person answers it (or reads it, for a note).

        A select with appearance `label` is not asked: it only brings the column heads of the questions below it.
        """
        return self.kind not in _UNASKED and not (self.kind in SELECTS and "label" in self.appearance)


_UNASKED = frozenset(
    {
        Kind.GROUP,
        Kind.REPEAT,
        Kind.CALCULATE,
        Kind.START,
        Kind.END,
        Kind.TODAY,
        Kind.DEVICE,
        Kind.USERNAME,
        Kind.PROPERTY,
    }
)


@dataclass(frozen=True, slots=True)
class SavedTo:
    """An answer that an entity keeps: the question's generic path and the entity's property."""

    path: str
    property: str


@dataclass(frozen=True, slots=True)
class EntityDeclaration:
    """What a finished interview adds to or changes in the list `list_name`.

    `path` is the generic path of the `entity` element, below the root or a repeat (then every row makes one). Its parts
    are nodes of the form that the engine works out: `@id`, `@create`, `@update` (absent ones never hold) and `label`.
    """

    list_name: str
    path: str
    saves: tuple[SavedTo, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a level of an indicator means."""

    level: int
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the sheet `indicators`: one of the ten, with its rubric and the expression that suggests a level."""

    code: str
    number: int
    heading: str
    heading_text: Mapping[str, str]
    text: Mapping[str, str]
    anchors: tuple[Anchor, ...]
    evidence: Mapping[str, str]
    suggest: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A row of the sheet `indices`, kept as written; `scoring.method` reads the rows as a method."""

    kind: str
    code: str
    parent: str
    key: str
    value: str
    text: Mapping[str, str]
    origin: Origin
    place: Place


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the sheet `tests`: a verb applied to a question (or indicator) with a value."""

    case: str
    verb: str
    target: str
    value: str
    place: Place


@dataclass(frozen=True, slots=True, repr=False)
class Instrument:
    """One version of one questionnaire.

    `files` are the instance ids of CSV lists, `external` maps those of XML and GeoJSON lists to their file names.
    `last_saved` tells whether an expression reads the interview of this form that was finished last. `style` is the
    setting of that name, which asks clients for pages or a grid. `retired` holds the choices that other versions
    offered (path of the select -> name -> choice): answers that have them stay readable, and are open. `texts` are the
    translated texts by their ids, `trees` the instances that are no plain lists.
    """

    id: str
    version: str
    title: Mapping[str, str]
    languages: tuple[str, ...]
    default_language: str
    root: Node
    lists: Mapping[str, tuple[Choice, ...]]
    files: frozenset[str]
    indicators: tuple[Indicator, ...]
    indices: tuple[IndexRow, ...]
    tests: tuple[Step, ...]
    content_hash: str
    actions: tuple[Action, ...] = ()
    external: Mapping[str, str] = field(default_factory=dict)
    last_saved: bool = False
    entities: tuple[EntityDeclaration, ...] = ()
    style: str = ""
    retired: Mapping[str, Mapping[str, Choice]] = field(default_factory=dict)
    texts: Mapping[str, Label] = field(default_factory=dict)
    trees: Mapping[str, Branch] = field(default_factory=dict)

    def nodes(self) -> Iterator[Node]:
        """Every node below the root in document order, groups and repeats before their content."""
        stack = list(reversed(self.root.children))
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def named(self, name: str) -> Node | None:
        """The first node called `name`."""
        return next((node for node in self.nodes() if node.name == name), None)
