"""From a converted workbook to the Instrument: plain XML reading, quick, without any converter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from kume_desktop.instruments.model import (
    ATTACHMENTS,
    Anchor,
    Choice,
    EntityDeclaration,
    Event,
    IndexRow,
    Indicator,
    Instrument,
    Kind,
    Node,
    Origin,
    Part,
    Personal,
    Place,
    SavedTo,
    Step,
)
from kume_desktop.instruments.references import Names, as_label, as_path
from kume_desktop.instruments.source import FormSource
from kume_desktop.instruments.xform import (
    ENTITIES,
    EXTERNAL,
    Control,
    Element,
    XForm,
    attributes,
    begun_rows,
    is_template,
    merge_actions,
    own_attributes,
    read_xform,
    structure,
)
from kume_desktop.problems import Problem, Refused, Where, problem
from kume_desktop.xpath.source import Datatype

_PRELOADS = {
    ("timestamp", "start"): Kind.START,
    ("timestamp", "end"): Kind.END,
    ("date", "today"): Kind.TODAY,
    ("property", "deviceid"): Kind.DEVICE,
    ("property", "username"): Kind.USERNAME,
}
_TYPES = {
    "int": (Kind.INTEGER, Datatype.INT),
    "integer": (Kind.INTEGER, Datatype.INT),
    "decimal": (Kind.DECIMAL, Datatype.DECIMAL),
    "date": (Kind.DATE, Datatype.DATE),
    "time": (Kind.TIME, Datatype.TIME),
    "datetime": (Kind.DATETIME, Datatype.DATETIME),
    "boolean": (Kind.TEXT, Datatype.BOOLEAN),
}
_CONTROLS = {
    "select1": Kind.SELECT_ONE,
    "select": Kind.SELECT_MULTIPLE,
    "rank": Kind.RANK,
    "range": Kind.RANGE,
    "trigger": Kind.ACKNOWLEDGE,
}
_UPLOADS = {"image": Kind.IMAGE, "audio": Kind.AUDIO, "video": Kind.VIDEO}
_UNKNOWN = frozenset({"osm"})
"""Kinds of files that a question cannot ask for here."""
_INPUTS = {
    "barcode": Kind.BARCODE,
    "geopoint": Kind.GEOPOINT,
    "geotrace": Kind.GEOTRACE,
    "geoshape": Kind.GEOSHAPE,
}
_SEARCH = re.compile(r"\bsearch\(\s*['\"]?([^'\",)]*)")
_SENSED = frozenset({"geopoint", "geotrace", "geoshape", "binary"})
"""Values that a telephone would take by itself; there is no such sensor here."""
_BESIDE = re.compile(r"[^\W\d][\w.-]*(?:/[^\W\d][\w.-]*)*\Z")
_PERSONAL = {str(flag): flag for flag in Personal}
_ORIGINS = {str(origin): origin for origin in Origin}
_YES = frozenset({"yes", "evet", "true", "true()", "1"})
_PLACED = frozenset({"ref", "bind", "appearance", "mediatype", "nodeset", "query"})
"""Attributes of a control that are read into fields of their own."""


def load(source: FormSource) -> Instrument:
    """Read the XForm and the extras; raise Refused (`form.…`) where the form needs what Küme does not have."""
    form = read_xform(source.xform)
    for name, rows in source.extras.get("external", {}).items():
        form.lists[f"{name}{EXTERNAL}"] = tuple(_external_choice(row, form.default_language) for row in rows)
    reader = _Reader(form, source.extras)
    root = reader.read_root()
    if reader.problems:
        raise Refused(*reader.problems)
    names = reader.names
    about = attributes(form.root)
    languages = form.languages
    return Instrument(
        id=about["id"],
        version=about["version"],
        title={language: source.extras.get("title", {}).get(language, form.title) for language in languages},
        languages=languages,
        default_language=form.default_language,
        root=root,
        lists={name: _marked(choices, source.extras, name) for name, choices in form.lists.items()},
        files=frozenset(form.files),
        indicators=tuple(_indicators(source.extras, names)),
        indices=tuple(_indices(source.extras)),
        tests=tuple(_steps(source.extras)),
        content_hash=source.content_hash,
        actions=merge_actions(form.actions),
        external=dict(form.external),
        last_saved=form.last_saved or reader.reads_last_saved,
        entities=tuple(_entities(form, root)),
        style=form.style,
        texts={key: forms[""] for key, forms in form.texts.items() if "" in forms},
        trees=dict(form.trees),
    )


class _Reader:
    """Builds the nodes; collects what the form needs and Küme does not have."""

    def __init__(self, form: XForm, extras: Mapping[str, Any]) -> None:
        self.form = form
        self.rows: Mapping[str, Any] = extras.get("rows", {})
        self.problems: list[Problem] = []
        self.names = Names.of(form.root, frozenset(form.repeats))
        self.dynamic = {a.target: a.value for a in form.actions if Event.FIRST_LOAD in a.events}
        self.triggers = {a.target: a.trigger for a in form.actions if a.trigger}
        self.bare: set[str] = set()

    @property
    def reads_last_saved(self) -> bool:
        """Whether one of our own columns reads the interview before."""
        return any("last-saved#" in row.get("warn", "") for row in self.rows.values())

    def read_root(self) -> Node:
        """The root with everything below it."""
        path = "/" + self.form.root.tag.rsplit("}", 1)[-1]
        own = own_attributes(self.form.root)
        root = Node(path, path[1:], Kind.GROUP, children=self._children(self.form.root, path), attributes=own)
        self._refuse_unknown(root)
        return root

    def _refuse_unknown(self, root: Node) -> None:
        """What an XForm may ask for and no node here can give: other events, attributes that are worked out."""
        for word, target in self.form.events.items():
            where = Where(question=target.rsplit("/", 1)[-1])
            self.problems.append(problem("form.event-unknown", where, event=word))
        worked_out = self.form.worked_out
        known = {node.path for node in root.below()} if worked_out else set()
        for path in sorted(worked_out - known):
            where = Where(question=path.rsplit("/", 2)[-2])
            self.problems.append(problem("form.attribute-bound", where, attribute=path.rsplit("/@", 1)[-1]))

    def _children(self, element: Element, path: str) -> tuple[Node, ...]:
        nodes = (self._node(child, below) for below, child in structure(element, path))
        return tuple(self._with_rows(node, element) if node.kind is Kind.REPEAT else node for node in nodes)

    def _with_rows(self, repeat: Node, parent: Element) -> Node:
        """The repeat with the rows that the form brings along, unless they are the usual single one.

        As in Collect, a repeat in a new row of another has none where the outer template holds nothing but a template,
        or where the outer has none and its first row stands for it.
        """
        if not repeat.fixed_rows and any(repeat.path.startswith(f"{outer}/") for outer in self.bare):
            return replace(repeat, begun=())
        rows = begun_rows(parent, repeat.name, repeat.path, self.form.repeats)
        is_usual = (len(rows) == 1 and not rows[0].rows) or (repeat.fixed_rows and not rows)
        return repeat if is_usual else replace(repeat, begun=rows)

    def _node(self, element: Element, path: str) -> Node:
        bind = self.form.binds.get(path, {})
        control = self.form.controls.get(path)
        row = self.rows.get(path, {})
        if path in self.form.repeats and not is_template(element):
            self.bare.add(path)
        is_block = _has_parts(element) or path in self.form.repeats or (control is not None and control.tag == "group")
        kind, datatype = self._block(path) if is_block else self._kind(path, bind, control, row)
        return Node(
            path,
            path.rsplit("/", 1)[-1],
            kind,
            datatype,
            place=Place("survey", row.get("row", 0)),
            children=self._children(element, path) if is_block else (),
            attached=() if is_block else self._children(element, path),
            default="" if is_block or kind in ATTACHMENTS else (element.text or "").strip(),
            attributes={} if element.get("dataset") else own_attributes(element),
            **{**self._shown(control), **self._bound(path, bind), **self._own(path, row, control)},
        )

    def _block(self, path: str) -> tuple[Kind, Datatype]:
        return (Kind.REPEAT if path in self.form.repeats else Kind.GROUP), Datatype.STRING

    def _kind(
        self, path: str, bind: Mapping[str, str], control: Control | None, row: Mapping[str, Any]
    ) -> tuple[Kind, Datatype]:
        bound = bind.get("type", "").removeprefix("xsd:").lower()
        kind, datatype = _TYPES.get(bound, (Kind.TEXT, Datatype.STRING))
        preload = _PRELOADS.get((bind.get("jr:preload", ""), bind.get("jr:preloadParams", "")))
        if preload is not None:
            return preload, datatype
        if bind.get("jr:preload") == "property" or (control is None and bound in _SENSED and not _is_meta(path)):
            return Kind.PROPERTY, datatype
        if control is None:
            return Kind.CALCULATE, datatype
        if searched := _SEARCH.search(control.attributes.get("appearance", "")):
            where = Where(sheet="survey", row=row.get("row"), column="appearance", question=path.rsplit("/", 1)[-1])
            self.problems.append(problem("form.search-appearance", where, table=searched.group(1)))
        if control.tag in _CONTROLS:
            return _CONTROLS[control.tag], datatype if control.tag == "range" else Datatype.STRING
        media = control.attributes.get("mediatype", "").partition("/")[0]
        if control.tag not in {"input", "upload"} or media in _UNKNOWN:
            # A type of value that nobody knows is a text, as in Collect; a control that nobody knows cannot be shown.
            where = Where(sheet="survey", row=row.get("row"), column="type", question=path.rsplit("/", 1)[-1])
            self.problems.append(problem("form.type-unsupported", where, type=row.get("type") or media or control.tag))
        if control.tag == "upload":
            return _UPLOADS.get(media, Kind.FILE), Datatype.STRING
        if _is_note(bind, row):
            return Kind.NOTE, Datatype.STRING
        return _INPUTS.get(bound, kind), datatype

    def _shown(self, control: Control | None) -> dict[str, Any]:
        if control is None:
            return {}
        itemset = control.itemset
        return {
            "label": control.label,
            "hint": control.hint,
            "guidance": control.guidance,
            "appearance": control.appearance,
            "media": control.media,
            "itemset": itemset,
            "choices": itemset.instance if itemset else "",
            "choice_filter": itemset.nodeset if itemset and "[" in itemset.nodeset else "",
        }

    def _bound(self, path: str, bind: Mapping[str, str]) -> dict[str, Any]:
        return {
            "relevant": _rule(bind, "relevant", "true()"),
            "required": _rule(bind, "required", "false()"),
            "required_message": self.form.text(bind.get("jr:requiredMsg", "")),
            "constraint": bind.get("constraint", "").strip(),
            "constraint_message": self.form.text(bind.get("jr:constraintMsg", "")),
            "calculation": bind.get("calculate", "").strip(),
            "dynamic_default": self.dynamic.get(path, ""),
            "trigger": self.triggers.get(path, ""),
            "repeat_count": _count(self.form.repeats.get(path, "")),
            "read_only": _rule(bind, "readonly", "false()"),
            "preload": bind.get("jr:preload", ""),
            "fixed_rows": path in self.form.fixed,
        }

    def _own(self, path: str, row: Mapping[str, Any], control: Control | None) -> dict[str, Any]:
        """What pyxform never saw: our columns, with their `${names}` written out."""
        messages = row.get("warn_message", {})
        return {
            "warn": as_path(row.get("warn", ""), path, self.names),
            "warn_message": {code: as_label(text, path, self.names) for code, text in messages.items()},
            "parameters": {**_attributes(control), **_parameters(row.get("parameters", ""))},
            "personal": _personal(row.get("personal", "")),
            "purpose": row.get("purpose", ""),
            "origin": _ORIGINS.get(row.get("origin", ""), Origin.OWN),
            "earlier": row.get("earlier", "").strip().lower() in _YES,
        }


def _count(text: str) -> str:
    """The count of a repeat; a plain name stands beside the repeat, not in its rows, as in Collect."""
    return f"../{text}" if _BESIDE.match(text) else text


def _personal(flag: str) -> Personal:
    """The flag of a question; one that nobody knows hides rather than shows."""
    return _PERSONAL.get(flag.strip().upper(), Personal.IDENTIFYING) if flag.strip() else Personal.NONE


def _attributes(control: Control | None) -> dict[str, str]:
    """What a control says about itself: start, end and step of a range, the accuracy that a place should have."""
    given = control.attributes if control is not None else {}
    return {key: value for key, value in given.items() if key not in _PLACED}


def _has_parts(element: Element) -> bool:
    """Whether other nodes stand in it; an entity has its attributes."""
    return len(element) > 0 or "dataset" in element.attrib


def _is_meta(path: str) -> bool:
    return path.rsplit("/", 2)[-2] == "meta"


def _entities(form: XForm, root: Node) -> Iterator[EntityDeclaration]:
    """The declarations in the meta blocks, each with the answers nearest to it that its list keeps."""
    found = {path.rpartition("/meta/entity")[0]: name for path, name in _datasets(form.root, root.path)}
    saved: dict[str, list[SavedTo]] = {}
    for path, bind in form.binds.items():
        owner = max((each for each in found if path.startswith(f"{each}/")), key=len, default="")
        if owner and bind.get(f"{ENTITIES}saveto"):
            saved.setdefault(owner, []).append(SavedTo(path, bind[f"{ENTITIES}saveto"]))
    return (EntityDeclaration(name, f"{o}/meta/entity", tuple(saved.get(o, ()))) for o, name in found.items())


def _datasets(element: Element, path: str) -> Iterator[tuple[str, str]]:
    for below, child in structure(element, path):
        if child.get("dataset"):
            yield below, child.get("dataset", "")
        elif len(child):
            yield from _datasets(child, below)


def _rule(bind: Mapping[str, str], name: str, idle: str) -> str:
    """A rule of a bind, '' where it always has its usual value."""
    text = bind.get(name, "").strip()
    return "" if text == idle else text


def _is_note(bind: Mapping[str, str], row: Mapping[str, Any]) -> bool:
    if row.get("type"):
        return str(row["type"]).strip().lower() == "note"
    return bind.get("readonly") == "true()" and "calculate" not in bind


def _parameters(text: str) -> dict[str, str]:
    pairs = (word.partition("=") for word in text.replace(",", " ").replace(";", " ").split())
    return {key.strip(): value.strip() for key, _, value in pairs if value}


def _marked(choices: tuple[Choice, ...], extras: Mapping[str, Any], name: str) -> tuple[Choice, ...]:
    marks = extras.get("choices", {}).get(name, {})
    reserves = {c.name: marks.get(c.name, {}).get("missing", c.missing) for c in choices}
    if all(c.missing == reserves[c.name] for c in choices):
        return choices
    return tuple(replace(c, missing=reserves[c.name]) for c in choices)


def _external_choice(row: Mapping[str, str], default: str) -> Choice:
    fields = {name: text for name, text in row.items() if name not in {"name", "list_name"}}
    label = {default: fields["label"], **_texts(fields, "label")} if "label" in fields else _texts(fields, "label")
    parts = {language: (Part(text),) for language, text in label.items()}
    return Choice(row.get("name", ""), parts, row.get("missing", ""), fields)


def _texts(cells: Mapping[str, str], prefix: str) -> dict[str, str]:
    head = prefix + "_"
    return {name.removeprefix(head): text for name, text in cells.items() if _is_language_of(name, head)}


def _is_language_of(name: str, head: str) -> bool:
    return name.startswith(head) and len(name) - len(head) in {2, 3}


def _indicators(extras: Mapping[str, Any], names: Names) -> Iterator[Indicator]:
    for place, row in enumerate(extras.get("indicators", ()), start=1):
        cells: Mapping[str, str] = row["cells"]
        number = cells.get("number", "")
        yield Indicator(
            code=cells.get("code", ""),
            number=int(number) if number.isdigit() else place,
            heading=cells.get("heading_code", ""),
            heading_text=_texts(cells, "heading"),
            text=_texts(cells, "label"),
            anchors=tuple(_anchors(cells)),
            evidence=_texts(cells, "evidence"),
            suggest=as_path(cells.get("suggest", ""), names.root, names),
            origin=_ORIGINS.get(cells.get("origin", ""), Origin.OWN),
        )


def _anchors(cells: Mapping[str, str]) -> Iterator[Anchor]:
    counted = Counter(name.split("_")[1] for name in cells if name.startswith("level_") and name.count("_") == 2)
    for level in sorted(int(word) for word in counted if word.isdigit()):
        yield Anchor(level, _texts(cells, f"level_{level}"))


def _indices(extras: Mapping[str, Any]) -> Iterator[IndexRow]:
    for row in extras.get("indices", ()):
        cells: Mapping[str, str] = row["cells"]
        kind, code, parent, key, value = (cells.get(name, "") for name in ("kind", "code", "parent", "key", "value"))
        origin = _ORIGINS.get(cells.get("origin", ""), Origin.OWN)
        yield IndexRow(kind, code, parent, key, value, _texts(cells, "text"), origin, Place("indices", row["row"]))


def _steps(extras: Mapping[str, Any]) -> Iterator[Step]:
    for row in extras.get("tests", ()):
        cells: Mapping[str, str] = row["cells"]
        case, verb, target, value = (cells.get(name, "") for name in ("case", "verb", "target", "value"))
        yield Step(case, verb, target, value, Place("tests", row["row"]))
