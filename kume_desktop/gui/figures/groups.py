"""How a figure of a group of firms is printed: the mean, or the mark of the reason why it is not shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kume_desktop import turkish
from kume_desktop.gui.figures import words
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.analysis import GroupScore

_MARKS = {"few": "¹", "secondary": "²"}


def group_name(group: str) -> str:
    """10–24, Konak, or that nobody knows it."""
    return group.replace("-", "–") or _(N_("not known"))


def group_order(group: str) -> tuple[bool, int, str]:
    """Size classes by their first number, names in Turkish order, what nobody knows last."""
    digits = "".join(sign if sign.isdigit() else " " for sign in group).split()
    return not group, int(digits[0]) if digits else 0, turkish.sort_key(group)


def group_figure(one: GroupScore | None, digits: int) -> str:
    """The mean of a group; "hidden" with its mark where it is suppressed."""
    if one is None:
        return words.NOTHING
    if one.suppressed:
        return tr(N_("hidden{mark}"), mark=_MARKS.get(one.suppressed, ""))
    return words.figure(one.mean, digits)


def suppression_notes(found: Sequence[GroupScore]) -> tuple[str, ...]:
    """What the marks in the cells mean."""
    kinds = {one.suppressed for one in found}
    return (
        f"{_MARKS['few']} {words.suppression()}" if "few" in kinds else "",
        f"{_MARKS['secondary']} {words.secondary_suppression()}" if "secondary" in kinds else "",
        _(N_("Groups of fewer than 10 firms are indicative.")) if any(one.indicative for one in found) else "",
    )
