"""An interview as an ODK submission (ODK XForms specification, OpenRosa metadata), always in the same bytes.

What Collect writes: the instance in document order, rows of a repeat as siblings, irrelevant nodes left out, blank ones
empty. Files are named in their questions and lie beside the submission.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet

from kume_desktop.instruments.model import ATTACHMENTS
from kume_desktop.interview.form import Form, Rule
from kume_desktop.interview.state import Interview
from kume_desktop.interview.tree import Spot, children
from kume_desktop.interview.xml_reading import Submission, read_submission
from kume_desktop.interview.xml_tree import META, OWN, Document, parse
from kume_desktop.xpath.compiler import compile_expression

__all__ = ["Document", "Submission", "attachments", "parse", "read_submission", "submission", "withheld"]

_NAMESPACES = (("jr", "http://openrosa.org/javarosa"), ("orx", "http://openrosa.org/xforms"))
_FLAGS = frozenset({"@create", "@update"})
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", "\ufffe": "\ufffd", "\uffff": "\ufffd"})
_QUOTED = _TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def submission(
    interview: Interview,
    instance_id: str,
    deprecated_id: str = "",
    *,
    without: Collection[str] = (),
    instead: Mapping[str, str] | None = None,
) -> str:
    """The interview as XML text.

    `instance_id` becomes `meta/instanceID` (with `uuid:` in front where it has no scheme), `deprecated_id` the one of
    the submission that this one edits. `without`: concrete paths whose values are left out; the root then says which.
    `instead`: what is written in the place of a value, by its concrete path.
    """
    return "".join(_Writer(interview, instance_id, deprecated_id, frozenset(without), instead or {}).pieces())


def attachments(interview: Interview) -> tuple[str, ...]:
    """The names of the files that relevant answers refer to, each once, in the order of the form."""
    named = (interview.value(path) for path, spot in interview.tree.spots.items() if spot.item.node.kind in ATTACHMENTS)
    return tuple(dict.fromkeys(name for name in named if name))


def withheld(interview: Interview, paths: Collection[str]) -> frozenset[str]:
    """Concrete paths whose values must be left out if these are: they themselves and what is worked out from them."""
    named = {interview.tree.spots[path].item.path for path in paths if path in interview.tree.spots}
    told = {path for path in paths if path in interview.tree.spots}
    computed = _worked_out_from(interview.form, named)
    told |= {path for path, spot in interview.tree.spots.items() if spot.item.path in computed}
    return frozenset(path for path in told if interview.value(path))


def _worked_out_from(form: Form, named: AbstractSet[str]) -> set[str]:
    """Generic paths of what calculations and actions make of these values, and of what they made of them."""
    actions = [
        (each.target, compile_expression(each.value).references(each.target))
        for each in form.instrument.actions
        if each.value
    ]
    found: set[str] = set()
    waiting = list(named)
    while waiting:
        path = waiting.pop()
        made = {vertex.item.path for vertex in form.dependants.get(path, ()) if vertex.rule is Rule.CALCULATE}
        made |= {target for target, read in actions if path in read.paths or _is_within(path, read.subtrees)}
        waiting.extend(made - found)
        found |= made
    return found


def _is_within(path: str, subtrees: AbstractSet[str]) -> bool:
    return any(path.startswith(f"{above}/") for above in subtrees)


def _identified(text: str) -> str:
    return text if ":" in text else f"uuid:{text}"


class _Writer:
    """Writes one interview."""

    def __init__(
        self,
        interview: Interview,
        instance_id: str,
        deprecated_id: str,
        without: AbstractSet[str],
        instead: Mapping[str, str],
    ) -> None:
        self._interview = interview
        self._without, self._instead = without, instead
        self._about = {"instanceID": _identified(instance_id)}
        if deprecated_id:
            self._about["deprecatedID"] = _identified(deprecated_id)

    def pieces(self) -> Iterator[str]:
        """The text in parts."""
        interview = self._interview
        root, instrument = interview.tree.root, interview.form.instrument
        said = {"id": instrument.id, "version": instrument.version, **self._said(root)}
        said |= {f"xmlns:{prefix}": uri for prefix, uri in _NAMESPACES}
        if self._without:
            generic = sorted({interview.tree.spots[path].item.path for path in self._without})
            said |= {"xmlns:kume": OWN, "kume:withheld": " ".join(generic)}
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        yield f"<{root.item.name}{_attributes(said)}>"
        for child in self._shown(root):
            if not child.item.name.startswith("@"):
                yield from self._element(child)
        if not any(item.name == META for item in root.item.children):
            yield f"<{META}>{''.join(self._meta(()))}</{META}>"
        yield f"</{root.item.name}>\n"

    def _element(self, spot: Spot) -> Iterator[str]:
        name = spot.item.name
        if not spot.item.children:
            text, said = self._value(spot), _attributes(self._said(spot))
            yield f"<{name}{said}>{text.translate(_TEXT)}</{name}>" if text else f"<{name}{said}/>"
            return
        inner = [child for child in self._shown(spot) if not child.item.name.startswith("@")]
        yield f"<{name}{_attributes(self._said(spot))}>"
        if spot.path == f"{self._interview.tree.root.path}/{META}":
            yield from self._meta(inner)
        else:
            for child in inner:
                yield from self._element(child)
        yield f"</{name}>"

    def _meta(self, inner: Collection[Spot]) -> Iterator[str]:
        """The block of metadata in the order of the form, with the identity that the caller gives."""
        identity = "".join(f"<{name}>{text.translate(_TEXT)}</{name}>" for name, text in self._about.items())
        if not any(child.item.name == "instanceID" for child in inner):
            yield identity
        for child in inner:
            if child.item.name == "instanceID":
                yield identity
            elif child.item.name != "deprecatedID":
                yield from self._element(child)

    def _shown(self, spot: Spot) -> list[Spot]:
        hidden = self._interview.hidden
        return [child for child in children(self._interview.tree, spot, None) if child.path not in hidden]

    def _said(self, spot: Spot) -> dict[str, str]:
        """The attributes of an element, of those nodes in it that are attributes."""
        found = {each.item.name: self._value(each) for each in self._shown(spot) if each.item.name.startswith("@")}
        marks = {"true": "1", "false": "0"}
        made = {name[1:]: marks.get(text, text) if name in _FLAGS else text for name, text in found.items()}
        return {**spot.item.node.attributes, **made}

    def _value(self, spot: Spot) -> str:
        if spot.path in self._instead:
            return self._instead[spot.path]
        return "" if spot.path in self._without else self._interview.values.get(spot.path, "")


def _attributes(values: dict[str, str]) -> str:
    return "".join(f' {name}="{text.translate(_QUOTED)}"' for name, text in values.items())
