"""The parts of an XForm document, read once: binds, texts in all languages, controls, lists, actions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from kume_desktop.instruments.model import Action, Choice, Event, Itemset, Label, Part
from kume_desktop.instruments.sheets import language_code
from kume_desktop.problems import Refused, problem

XFORMS = "{http://www.w3.org/2002/xforms}"
XHTML = "{http://www.w3.org/1999/xhtml}"
JR = "{http://openrosa.org/javarosa}"
PLAIN = "default"
_ITEXT = re.compile(r"^\s*jr:itext\(\s*'(.*)'\s*\)\s*$")
_INSTANCE = re.compile(r"instance\(\s*['\"]([^'\"]*)['\"]\s*\)")
_CONTROLS = frozenset({"input", "select1", "select", "upload", "trigger", "range", "rank"})
_NO_GUIDANCE = "guidance"

Element = ElementTree.Element


@dataclass(frozen=True, slots=True)
class Control:
    """How a node stands in the body."""

    tag: str
    label: Label
    hint: Label
    guidance: Label
    appearance: frozenset[str]
    itemset: Itemset | None = None
    count: str = ""


@dataclass(slots=True)
class XForm:
    """The document taken apart. Paths are generic (no predicates)."""

    title: str
    languages: tuple[str, ...]
    default_language: str
    root: Element
    binds: dict[str, dict[str, str]] = field(default_factory=dict)
    texts: dict[str, dict[str, Label]] = field(default_factory=dict)
    controls: dict[str, Control] = field(default_factory=dict)
    repeats: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    actions: list[Action] = field(default_factory=list)

    def text(self, reference: str, form: str = "") -> Label:
        """The label behind `jr:itext('id')`, or the text itself in the default language."""
        found = _ITEXT.match(reference)
        if found:
            return self.texts.get(found.group(1), {}).get(form, {})
        return {self.default_language: (Part(reference),)} if reference else {}


def read_xform(text: str) -> XForm:
    """Take an XForm apart; raise Refused when it is none."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Refused(problem("form.not-an-xform"))
    try:
        document = ElementTree.fromstring(text)  # noqa: S314 - no document type gets this far
    except ElementTree.ParseError as error:
        raise Refused(problem("form.not-an-xform")) from error
    model = document.find(f"{XHTML}head/{XFORMS}model")
    body = document.find(f"{XHTML}body")
    primary = model.find(f"{XFORMS}instance") if model is not None else None
    if model is None or body is None or primary is None or len(primary) == 0:
        raise Refused(problem("form.not-an-xform"))
    languages, default = _languages(model)
    title = document.findtext(f"{XHTML}head/{XHTML}title") or ""
    form = XForm(title, languages, default, primary[0])
    _read_model(form, model)
    _read_body(form, body)
    return form


def _languages(model: Element) -> tuple[tuple[str, ...], str]:
    found = model.findall(f"{XFORMS}itext/{XFORMS}translation")
    codes = [language_code(entry.get("lang", PLAIN)) for entry in found] or [PLAIN]
    default = next((language_code(e.get("lang", PLAIN)) for e in found if e.get("default")), codes[0])
    return tuple(dict.fromkeys([default, *codes])), default


def _read_model(form: XForm, model: Element) -> None:
    for translation in model.iterfind(f"{XFORMS}itext/{XFORMS}translation"):
        _read_translation(form, translation)
    for bind in model.iterfind(f"{XFORMS}bind"):
        form.binds[bind.get("nodeset", "").strip()] = {_plain(key): value for key, value in bind.attrib.items()}
    for instance in model.findall(f"{XFORMS}instance")[1:]:
        _read_instance(form, instance)
    for action in model.iterfind(f"{XFORMS}setvalue"):
        form.actions.append(_action(action, ""))


def _plain(key: str) -> str:
    return "jr:" + key[len(JR) :] if key.startswith(JR) else key


def _read_translation(form: XForm, translation: Element) -> None:
    language = language_code(translation.get("lang", PLAIN))
    for text in translation:
        entry = form.texts.setdefault(text.get("id", ""), {})
        for value in text:
            parts = _parts(value)
            if parts:
                label = entry.setdefault(value.get("form", ""), {})
                form.texts[text.get("id", "")][value.get("form", "")] = {**label, language: parts}


def _parts(element: Element) -> tuple[Part, ...]:
    """The pieces of a text; pyxform's filler '-' for a missing translation is none."""
    pieces = [Part(element.text or "")]
    for output in element:
        pieces.append(Part(expression=output.get("value", "").strip()))
        pieces.append(Part(output.tail or ""))
    if len(element):
        pieces[0] = Part(pieces[0].text.lstrip())
        pieces[-1] = Part(pieces[-1].text.rstrip())
    elif pieces[0].text.strip() == "-":
        return ()
    return tuple(part for part in pieces if part.text or part.expression)


def _read_instance(form: XForm, instance: Element) -> None:
    name, source = instance.get("id", ""), instance.get("src", "")
    if source:
        if source.startswith("jr://file-csv/"):
            form.files.add(name)
        return
    root = instance.find(f"{XFORMS}root")
    form.lists[name] = tuple(_choice(form, item) for item in (root if root is not None else ()))


def _choice(form: XForm, item: Element) -> Choice:
    fields = {child.tag.removeprefix(XFORMS): (child.text or "").strip() for child in item}
    name, label, itext = fields.pop("name", ""), fields.get("label", ""), fields.get("itextId", "")
    shown: Label = form.texts.get(itext, {}).get("", {}) if itext else {}
    if not shown and label:
        shown = {form.default_language: (Part(label),)}
    return Choice(name, shown, fields.get("missing", ""), fields)


def _action(element: Element, trigger: str) -> Action:
    events = frozenset(Event(word) for word in element.get("event", "").split() if word in set(Event))
    value = element.get("value")
    expression = value if value is not None else "'" + (element.text or "").replace("'", "") + "'"
    return Action(element.get("ref", "").strip(), events, expression.strip(), trigger)


def _read_body(form: XForm, body: Element) -> None:
    for element in body.iter():
        tag = str(element.tag).removeprefix(XFORMS)
        if tag in _CONTROLS:
            _read_control(form, tag, element)
        elif tag == "group" and element.get("ref"):
            form.controls[element.get("ref", "").strip()] = _control(form, tag, element)
        elif tag == "repeat":
            path = element.get("nodeset", "").strip()
            form.repeats[path] = element.get(f"{JR}count", "").strip()
            form.actions.extend(_action(child, "") for child in element.findall(f"{XFORMS}setvalue"))


def _read_control(form: XForm, tag: str, element: Element) -> None:
    path = (element.get("ref") or element.get("bind") or "").strip()
    form.controls[path] = _control(form, tag, element)
    form.actions.extend(_action(child, path) for child in element.findall(f"{XFORMS}setvalue"))


def _control(form: XForm, tag: str, element: Element) -> Control:
    hint = element.find(f"{XFORMS}hint")
    return Control(
        tag,
        _label(form, element.find(f"{XFORMS}label")),
        _label(form, hint),
        form.text(hint.get("ref", ""), _NO_GUIDANCE) if hint is not None else {},
        frozenset(element.get("appearance", "").split()),
        _itemset(element.find(f"{XFORMS}itemset")),
    )


def _label(form: XForm, element: Element | None) -> Label:
    if element is None:
        return {}
    if element.get("ref"):
        return form.text(element.get("ref", ""))
    parts = _parts(element)
    return {form.default_language: parts} if parts else {}


def _itemset(element: Element | None) -> Itemset | None:
    if element is None:
        return None
    nodeset = element.get("nodeset", "").strip()
    found = _INSTANCE.search(nodeset)
    value, label = element.find(f"{XFORMS}value"), element.find(f"{XFORMS}label")
    return Itemset(
        nodeset,
        found.group(1) if found else "",
        value.get("ref", "name") if value is not None else "name",
        label.get("ref", "label") if label is not None else "label",
    )


def merge_actions(actions: list[Action]) -> tuple[Action, ...]:
    """Actions that set the same node to the same value are one: pyxform writes first-load and new-repeat apart."""
    merged: dict[tuple[str, str, str], Action] = {}
    for action in actions:
        key = (action.target, action.value, action.trigger)
        events = action.events | merged[key].events if key in merged else action.events
        merged[key] = Action(action.target, events, action.value, action.trigger)
    return tuple(merged.values())


def structure(root: Element, path: str = "") -> Iterator[tuple[str, Element]]:
    """The child elements of an instance node with their paths, repeated siblings once."""
    seen: set[str] = set()
    for child in root:
        tag = child.tag.rsplit("}", 1)[-1]
        if tag not in seen:
            seen.add(tag)
            yield f"{path}/{tag}", child


def attributes(root: Element) -> Mapping[str, str]:
    """Form id and version of the instance root."""
    return {"id": root.get("id", ""), "version": root.get("version", "") or root.get(f"{XFORMS}version", "")}
