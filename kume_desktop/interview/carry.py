"""What the second form of a visit takes over from the first."""

from __future__ import annotations

from collections.abc import Mapping

from kume_desktop.instruments.model import Kind
from kume_desktop.interview.form import ONCE, Form, Item
from kume_desktop.interview.state import Interview

OUTCOME = "sonuc"


def carry_over(from_interview: Interview, to_form: Form) -> Mapping[str, str]:
    """Node name -> stored value, to hand to `engine.begin(to_form, setting, prefilled=...)`.

    Taken are answered, relevant questions (outside repeats) whose name and kind are the same in both forms, and moments
    that both note once (of notice and consent). Not taken is the section that holds the outcome (`sonuc`): that belongs
    to each interview.
    """
    outcome = to_form.by_name.get(OUTCOME)
    left_out = to_form.outline.sections_of.get(outcome.path) if outcome is not None else None
    carried: dict[str, str] = {}
    for item in to_form.items.values():
        source = from_interview.form.by_name.get(item.name)
        if source is None or _section(to_form, item) == left_out or not _same(source, item):
            continue
        value = from_interview.value(source.path)
        if value:
            carried[item.name] = value
    return carried


def _section(form: Form, item: Item) -> int | None:
    """The place of the section that an item stands in."""
    sections = form.outline.sections
    return next((at for at, s in enumerate(sections) if s.item is not None and _inside(item, s.item)), None)


def _inside(item: Item, block: Item) -> bool:
    return item.path.startswith(f"{block.path}/")


def _same(source: Item, target: Item) -> bool:
    """Whether both are the same question outside repeats, or the same moment noted once."""
    if source.repeats or target.repeats or source.node.kind is not target.node.kind:
        return False
    if source.node.kind is Kind.CALCULATE:
        return all(ONCE.search(item.node.calculation) for item in (source, target))
    return target.node.is_asked and target.node.kind is not Kind.NOTE and not target.node.calculation
