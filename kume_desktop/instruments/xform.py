"""The parts of an XForm document, read once: binds, texts in all languages, controls, lists, actions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree

from kume_desktop.instruments.model import UNNAMED, Action, Begun, Branch, Choice, Event, Itemset, Label, Media, Part
from kume_desktop.instruments.sheets import language_code
from kume_desktop.problems import Refused, problem

XFORMS = "{http://www.w3.org/2002/xforms}"
XHTML = "{http://www.w3.org/1999/xhtml}"
JR = "{http://openrosa.org/javarosa}"
ENTITIES = "{http://www.opendatakit.org/xforms/entities}"
_ITEXT = re.compile(r"^\s*jr:itext\(\s*'(.*)'\s*\)\s*$")
_INSTANCE = re.compile(r"instance\(\s*['\"]([^'\"]*)['\"]\s*\)")
_CONTROLS = frozenset({"input", "select1", "select", "upload", "trigger", "range", "rank"})
_WORKED_OUT = "{urn:kume}attributes"
EXTERNAL = ":external"
"""Behind the name of a list that stands in the sheet `external_choices`."""
_GUIDANCE = "guidance"
_MEDIA = ("image", "big-image", "audio", "video")
_DEEPEST = 240
_OLD_EVENTS = {"xforms-ready": Event.FIRST_LOAD, "jr-insert": Event.NEW_REPEAT}
"""Names that older forms give to events, as JavaRosa understands them."""
_EVENTS = frozenset(Event) | {"xforms-revalidate"}
_CSV, _LAST = "jr://file-csv/", "jr://instance/last-saved"

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
    media: Media = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)


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
    external: dict[str, str] = field(default_factory=dict)
    trees: dict[str, Branch] = field(default_factory=dict)
    fixed: set[str] = field(default_factory=set)
    ids: dict[str, str] = field(default_factory=dict)
    last_saved: bool = False
    style: str = ""
    actions: list[Action] = field(default_factory=list)
    events: dict[str, str] = field(default_factory=dict)
    """Words that name no event -> the question whose action waits for it."""

    @property
    def worked_out(self) -> set[str]:
        """The paths of attributes that a calculation or an action sets."""
        set_by = [action.target for action in self.actions]
        set_by += [path for path, bind in self.binds.items() if "calculate" in bind]
        return {path for path in set_by if "/@" in path}

    def text(self, reference: str, form: str = "") -> Label:
        """The label behind `jr:itext('id')`, or the text itself in the default language; a computed id is an output."""
        found = _ITEXT.match(reference)
        if found:
            return self.texts.get(found.group(1), {}).get(form, {})
        if reference.strip().startswith("jr:itext("):
            return {self.default_language: (Part(expression=reference.strip()),)}
        return {self.default_language: (Part(reference),)} if reference else {}

    def media(self, text_id: str) -> Media:
        """The files that a text names besides its words."""
        found = self.texts.get(text_id, {})
        return {
            form: {language: parts[0].text.rsplit("/", 1)[-1] for language, parts in found[form].items()}
            for form in _MEDIA
            if form in found
        }


def read_xform(text: str) -> XForm:
    """Take an XForm apart; raise Refused when it is none."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Refused(problem("form.not-an-xform"))
    try:
        document = ElementTree.fromstring(text)  # noqa: S314 - no document type gets this far
    except ElementTree.ParseError as error:
        raise Refused(problem("form.not-an-xform")) from error
    if f'xmlns="{XFORMS[1:-1]}"' not in text or 'xmlns=""' in text:
        _name_all(document)
    model = document.find(f"{XHTML}head/{XFORMS}model")
    body = document.find(f"{XHTML}body")
    primary = model.find(f"{XFORMS}instance") if model is not None else None
    if model is None or body is None or primary is None or len(primary) == 0:
        raise Refused(problem("form.not-an-xform"))
    _refuse_depth(document)
    languages, default = _languages(model)
    title = document.findtext(f"{XHTML}head/{XHTML}title") or ""
    form = XForm(title, languages, default, primary[0])
    _read_model(form, model)
    _read_body(form, body)
    _mark_attributes(form)
    return form


def _mark_attributes(form: XForm) -> None:
    """Note at elements which of their attributes are worked out: these become nodes."""
    worked_out = form.worked_out
    stack = [(f"/{_local(form.root)}", form.root)] if worked_out else []
    while stack:
        path, element = stack.pop()
        names = [name for name in element.attrib if f"{path}/@{name}" in worked_out]
        if names and not element.get("dataset"):
            element.set(_WORKED_OUT, " ".join(names))
        stack.extend((f"{path}/{_local(child)}", child) for child in element)


def _refuse_depth(document: Element) -> None:
    """Raise Refused for elements within elements that no form has: paths grow with their depth."""
    level = [document]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
    if level:
        raise Refused(problem("form.blocks-too-deep", levels=_DEEPEST // 2))


def _name_all(document: Element) -> None:
    """Put elements without a namespace into that of XForms, where hand-written forms mean them to be."""
    for element in document.iter():
        if not element.tag.startswith("{"):
            element.tag = XFORMS + element.tag


def _languages(model: Element) -> tuple[tuple[str, ...], str]:
    found = model.findall(f"{XFORMS}itext/{XFORMS}translation")
    codes = [language_code(entry.get("lang", UNNAMED)) for entry in found] or [UNNAMED]
    default = next((language_code(e.get("lang", UNNAMED)) for e in found if "default" in e.attrib), codes[0])
    return tuple(dict.fromkeys([default, *codes])), default


def _read_model(form: XForm, model: Element) -> None:
    for translation in model.iterfind(f"{XFORMS}itext/{XFORMS}translation"):
        _read_translation(form, translation)
    for bind in model.iterfind(f"{XFORMS}bind"):
        form.ids[bind.get("id", "")] = bind.get("nodeset", "").strip()
        form.binds[bind.get("nodeset", "").strip()] = {_plain(key): value for key, value in bind.attrib.items()}
    for instance in model.findall(f"{XFORMS}instance")[1:]:
        _read_instance(form, instance)
    for action in model.iterfind(f"{XFORMS}setvalue"):
        _add_action(form, action, "", form.ids)


def _plain(key: str) -> str:
    return "jr:" + key[len(JR) :] if key.startswith(JR) else key


def _read_translation(form: XForm, translation: Element) -> None:
    language = language_code(translation.get("lang", UNNAMED))
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
    if source.startswith(_LAST):
        form.last_saved = True
    elif source.startswith(_CSV):
        form.files.add(name)
    elif source:
        form.external[name] = source.rsplit("/", 1)[-1]
    else:
        root = instance.find(f"{XFORMS}root")
        form.lists[name] = tuple(_choice(form, item) for item in (root if root is not None else ()))
        if root is not None and any(item.tag != f"{XFORMS}item" or any(map(len, item)) for item in root):
            form.trees[name] = _branch(root)


def _local(element: Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _branch(element: Element) -> Branch:
    return Branch(_local(element), (element.text or "").strip(), tuple(_branch(child) for child in element))


def _choice(form: XForm, item: Element) -> Choice:
    fields = {child.tag.removeprefix(XFORMS): (child.text or "").strip() for child in item}
    fields |= {f"@{name}": text for name, text in item.attrib.items()}
    name, label, itext = fields.pop("name", ""), fields.get("label", ""), fields.get("itextId", "")
    shown: Label = form.texts.get(itext, {}).get("", {}) if itext else {}
    if not shown and label:
        shown = {form.default_language: (Part(label),)}
    return Choice(name, shown, fields.get("missing", ""), fields, form.media(itext) if itext else {})


def _add_action(form: XForm, element: Element, trigger: str, ids: Mapping[str, str] | None = None) -> None:
    words = [_OLD_EVENTS.get(word, word) for word in element.get("event", "").split()]
    events = frozenset(Event(word) for word in words if word in set(Event))
    value = element.get("value")
    expression = value or _literal(element.text or "")
    target = element.get("ref", "").strip() or (ids or {}).get(element.get("bind", ""), "")
    form.events |= {word: target for word in words if word not in _EVENTS}
    form.actions.append(Action(target, events, expression.strip(), trigger))


def _literal(text: str) -> str:
    """A text as an expression; where it holds both kinds of quotation marks it is put together from pieces."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    pieces = [f"'{piece}'" for piece in text.split("'")]
    return "concat(" + ', "\'", '.join(pieces) + ")"


def _read_body(form: XForm, body: Element) -> None:
    form.style = body.get("class", "")
    stack = [(body, f"/{_local(form.root)}")]
    while stack:
        element, above = stack.pop()
        path = _placed(element, above)
        stack.extend((child, path) for child in reversed(element))
        tag = str(element.tag).rsplit("}", 1)[-1]
        if tag in _CONTROLS:
            _read_control(form, tag, element, path)
        elif tag == "group":
            _add_actions(form, element, "")
            if element.get("ref"):
                form.controls[path] = _control(form, tag, element)
        elif tag == "repeat":
            form.repeats[path] = element.get(f"{JR}count", "").strip()
            if element.get(f"{JR}noAddRemove", "").strip() == "true()":
                form.fixed.add(path)
            _add_actions(form, element, "")


def _placed(element: Element, above: str) -> str:
    """The path that an element of the body stands for; a relative one begins at the block around it."""
    own = (element.get("ref") or element.get("nodeset") or element.get("bind") or "").strip()
    own = own.removeprefix("current()/").removeprefix("./")
    return own if own.startswith("/") else f"{above}/{own}" if own else above


def _read_control(form: XForm, tag: str, element: Element, path: str) -> None:
    control = _control(form, tag, element)
    items = element.findall(f"{XFORMS}item")
    if items and control.itemset is None:
        form.lists[path] = tuple(_item(form, item) for item in items)
        control = replace(control, itemset=Itemset(f"instance('{path}')/root/item", path))
    elif control.attributes.get("query"):
        control = replace(control, tag="select1", itemset=_external(control.attributes["query"]))
    form.controls[path] = control
    _add_actions(form, element, path)


def _add_actions(form: XForm, element: Element, trigger: str) -> None:
    for child in element.findall(f"{XFORMS}setvalue"):
        _add_action(form, child, trigger)


def _external(query: str) -> Itemset:
    """The choices of the older `select_one_external`; its lists have names of their own."""
    found = _INSTANCE.search(query)
    name = f"{found.group(1)}{EXTERNAL}" if found else ""
    return Itemset(_INSTANCE.sub(f"instance('{name}')", query, count=1).strip(), name)


def _item(form: XForm, item: Element) -> Choice:
    """A choice that stands in the question itself, without a list."""
    return Choice((item.findtext(f"{XFORMS}value") or "").strip(), _label(form, item.find(f"{XFORMS}label")))


def _control(form: XForm, tag: str, element: Element) -> Control:
    hint = element.find(f"{XFORMS}hint")
    return Control(
        tag,
        _label(form, element.find(f"{XFORMS}label")),
        _label(form, hint),
        form.text(hint.get("ref", ""), _GUIDANCE) if hint is not None else {},
        frozenset(element.get("appearance", "").split()),
        _itemset(element.find(f"{XFORMS}itemset")),
        _label_media(form, element.find(f"{XFORMS}label")),
        {_plain(key): value for key, value in element.attrib.items()},
    )


def _label_media(form: XForm, element: Element | None) -> Media:
    found = _ITEXT.match(element.get("ref", "")) if element is not None else None
    return form.media(found.group(1)) if found else {}


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
    worked_out = root.attrib if root.get("dataset") else root.get(_WORKED_OUT, "").split()
    yield from ((f"{path}/@{key}", _attribute(root.attrib[key])) for key in worked_out)
    seen: set[str] = set()
    for child in root:
        tag = child.tag.rsplit("}", 1)[-1]
        if tag not in seen:
            seen.add(tag)
            yield f"{path}/{tag}", child


def begun_rows(parent: Element, name: str, path: str, repeats: Collection[str]) -> tuple[Begun, ...]:
    """The rows of a repeat that stand in the instance itself; its template is none of them."""
    rows = [child for child in parent if child.tag.rsplit("}", 1)[-1] == name and not is_template(child)]
    return tuple(_begun(row, path, repeats) for row in rows)


def _begun(row: Element, path: str, repeats: Collection[str]) -> Begun:
    values: dict[str, str] = {}
    rows: dict[str, tuple[Begun, ...]] = {}
    stack = [(row, path)]
    while stack:
        element, here = stack.pop()
        for below, child in structure(element, here):
            if below in repeats:
                rows[below[len(path) + 1 :]] = begun_rows(element, below.rpartition("/")[2], below, repeats)
            elif len(child):
                stack.append((child, below))
            else:
                values[below[len(path) + 1 :]] = (child.text or "").strip()
    return Begun(values, rows)


def _attribute(value: str) -> Element:
    """An attribute of an entity as an element, so that it can be worked out and stored like any value."""
    element = ElementTree.Element("attribute")
    element.text = value
    return element


def own_attributes(element: Element) -> dict[str, str]:
    """The attributes that a form gives to a node of its own accord: those of no other vocabulary."""
    return {key: value for key, value in element.attrib.items() if not key.startswith(("{", "xmlns"))}


def is_template(element: Element) -> bool:
    """Whether an element only shows how a new row begins."""
    return f"{JR}template" in element.attrib


def attributes(root: Element) -> Mapping[str, str]:
    """Form id and version of the instance root."""
    return {"id": root.get("id", ""), "version": root.get("version", "") or root.get(f"{XFORMS}version", "")}
