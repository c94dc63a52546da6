"""An interview as an ODK submission."""

from __future__ import annotations

from xml.etree import ElementTree

from kume_desktop.interview.state import Interview
from kume_desktop.interview.tree import Spot, children


def instance_xml(interview: Interview, instance_id: str) -> str:
    """The instance as XML text; irrelevant nodes are left out, blank ones are empty elements.

    `instance_id` becomes `meta/instanceID` (with `uuid:` in front where it has no scheme).
    """
    instrument = interview.form.instrument
    root = ElementTree.Element(interview.form.root.name, {"id": instrument.id, "version": instrument.version})
    _fill(interview, interview.tree.root, root)
    meta = root.find("meta")
    meta = ElementTree.SubElement(root, "meta") if meta is None else meta
    identity = meta.find("instanceID")
    identity = ElementTree.SubElement(meta, "instanceID") if identity is None else identity
    identity.text = instance_id if ":" in instance_id else f"uuid:{instance_id}"
    return ElementTree.tostring(root, encoding="unicode")


def _fill(interview: Interview, spot: Spot, element: ElementTree.Element) -> None:
    for child in children(interview.tree, spot, None):
        if child.path in interview.hidden:
            continue
        below = ElementTree.SubElement(element, child.item.name)
        if child.item.children:
            _fill(interview, child, below)
        else:
            below.text = interview.values.get(child.path) or None
