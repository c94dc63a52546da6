"""From a converted workbook to the Instrument: plain XML reading, quick, without any converter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from kume_desktop.instruments.model import (
    Anchor,
    Choice,
    Event,
    IndexRow,
    Indicator,
    Instrument,
    Kind,
    Node,
    Origin,
    Personal,
    Place,
    Step,
)
from kume_desktop.instruments.references import Names, as_label, as_path
from kume_desktop.instruments.source import FormSource
from kume_desktop.instruments.xform import Control, Element, XForm, attributes, merge_actions, read_xform, structure
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
    "decimal": (Kind.DECIMAL, Datatype.DECIMAL),
    "date": (Kind.DATE, Datatype.DATE),
    "time": (Kind.TIME, Datatype.TIME),
    "dateTime": (Kind.DATETIME, Datatype.DATETIME),
    "boolean": (Kind.TEXT, Datatype.BOOLEAN),
}
_PERSONAL = {str(flag): flag for flag in Personal}
_ORIGINS = {str(origin): origin for origin in Origin}
_UNTYPED = frozenset({"", "string", "xsd:string", "select1", "select"})


def load(source: FormSource) -> Instrument:
    """Read the XForm and the extras; raise Refused (`form.…`) where the form needs what Küme does not have."""
    form = read_xform(source.xform)
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

    def read_root(self) -> Node:
        """The root with everything below it."""
        path = "/" + self.form.root.tag.rsplit("}", 1)[-1]
        return Node(path, path[1:], Kind.GROUP, children=self._children(self.form.root, path))

    def _children(self, element: Element, path: str) -> tuple[Node, ...]:
        return tuple(self._node(child, below) for below, child in structure(element, path))

    def _node(self, element: Element, path: str) -> Node:
        bind = self.form.binds.get(path, {})
        control = self.form.controls.get(path)
        row = self.rows.get(path, {})
        is_block = len(element) > 0 or path in self.form.repeats or (control is not None and control.tag == "group")
        kind, datatype = self._block(path) if is_block else self._kind(path, bind, control, row)
        return Node(
            path,
            path.rsplit("/", 1)[-1],
            kind,
            datatype,
            place=Place("survey", row.get("row", 0)),
            children=self._children(element, path) if is_block else (),
            default="" if is_block else (element.text or "").strip(),
            **self._shown(control),
            **self._bound(path, bind),
            **self._own(path, row),
        )

    def _block(self, path: str) -> tuple[Kind, Datatype]:
        return (Kind.REPEAT if path in self.form.repeats else Kind.GROUP), Datatype.STRING

    def _kind(
        self, path: str, bind: Mapping[str, str], control: Control | None, row: Mapping[str, Any]
    ) -> tuple[Kind, Datatype]:
        bound = bind.get("type", "")
        typed = _TYPES.get(bound, (Kind.TEXT, Datatype.STRING))
        preload = _PRELOADS.get((bind.get("jr:preload", ""), bind.get("jr:preloadParams", "")))
        if preload is not None:
            return preload, typed[1]
        if control is None:
            return Kind.CALCULATE, typed[1]
        if control.tag in {"select1", "select"}:
            return (Kind.SELECT_ONE if control.tag == "select1" else Kind.SELECT_MULTIPLE), Datatype.STRING
        if control.tag != "input" or (bound not in _TYPES and bound not in _UNTYPED):
            where = Where(sheet="survey", row=row.get("row"), column="type", question=path.rsplit("/", 1)[-1])
            self.problems.append(problem("form.type-unsupported", where, type=row.get("type") or bound or control.tag))
        if _is_note(bind, row):
            return Kind.NOTE, Datatype.STRING
        return typed

    def _shown(self, control: Control | None) -> dict[str, Any]:
        if control is None:
            return {}
        itemset = control.itemset
        return {
            "label": control.label,
            "hint": control.hint,
            "guidance": control.guidance,
            "appearance": control.appearance,
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
            "repeat_count": self.form.repeats.get(path, ""),
            "read_only": _rule(bind, "readonly", "false()"),
            "preload": bind.get("jr:preload", ""),
        }

    def _own(self, path: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """What pyxform never saw: our columns, with their `${names}` written out."""
        messages = row.get("warn_message", {})
        return {
            "warn": as_path(row.get("warn", ""), path, self.names),
            "warn_message": {code: as_label(text, path, self.names) for code, text in messages.items()},
            "parameters": _parameters(row.get("parameters", "")),
            "personal": _PERSONAL.get(row.get("personal", ""), Personal.NONE),
            "purpose": row.get("purpose", ""),
            "origin": _ORIGINS.get(row.get("origin", ""), Origin.OWN),
        }


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
    return tuple(replace(c, missing=marks.get(c.name, {}).get("missing", c.missing)) for c in choices)


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
