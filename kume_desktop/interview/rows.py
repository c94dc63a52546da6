"""The rows of repeats during one act: begun, added, removed, and counted until the counts come to rest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kume_desktop.instruments.model import Action, Begun, Event
from kume_desktop.interview.form import Item, Vertex
from kume_desktop.interview.state import RowChange
from kume_desktop.interview.tree import Spot, below, counted_row, ghost, with_rows
from kume_desktop.interview.work import Work
from kume_desktop.problems import Refused, problem

_ROW = re.compile(r"\[[^\]]+\]")
MAX_ROUNDS = 100
MAX_ACTIONS = 1000
MAX_ROWS = 1000
MAX_SPOTS = 100_000


def generic(path: str) -> str:
    """A concrete path without its rows."""
    return _ROW.sub("", path)


def settle(work: Work) -> None:
    """Work out everything queued and bring repeats to their counts; raise Refused when they never come to rest."""
    for _ in range(MAX_ROUNDS):
        work.drain()
        if not work.count_again or not _recount(work):
            work.drain_leaves()
            return
    raise Refused(problem("interview.counts-never-rest"))


def answered(work: Work, spot: Spot) -> None:
    """Work everything out after a value was given, then run the actions that wait for it, and those that wait for them.

    Raise Refused when actions set each other off without end.
    """
    settle(work)
    changed = [spot]
    fired = 0
    while changed:
        origin = changed.pop(0)
        for action in work.form.on_answer.get(origin.item.path, ()):
            fired += 1
            if fired > MAX_ACTIONS:
                raise Refused(problem("interview.actions-never-rest"))
            changed.extend(work.fire(action, origin))
            settle(work)


_USUAL = (Begun({}, {}),)


def enter(work: Work, base: Spot, begun: Begun | None = None) -> None:
    """Furnish new spots: static values, rules queued, first rows of repeats; hidden where the parent is.

    `begun` holds what the form says of this very row.
    """
    own = begun.values if begun is not None else {}
    repeats: list[tuple[Item, Spot]] = []
    for spot in below(work.tree, base):
        if work.hidden and spot.parent is not None and spot.parent.path in work.hidden:
            work.hidden.add(spot.path)
        work.queue_own(spot)
        if spot.path not in work.values:
            default = spot.item.node.default
            _default(work, spot, own.get(spot.path[len(base.path) + 1 :], default) if own else default)
        repeats.extend((child, spot) for child in spot.item.children if child.is_repeat)
    for repeat, parent in repeats:
        if repeat.is_counted:
            work.count_again = True
        else:
            inner = begun.rows if begun is not None else {}
            relative = f"{parent.path}/{repeat.name}"[len(base.path) + 1 :]
            _first_rows(work, repeat, parent, inner.get(relative, repeat.node.begun))


def _default(work: Work, spot: Spot, text: str) -> None:
    if spot.item.is_unique and not work.restoring:
        text = f"uuid:{work.before.setting.new_id()}"
    if work.restoring and text:
        work.values[spot.path] = text
    elif text:
        work.put(spot, text, recorded=True)
    elif spot.item.node.default:
        work.clear(spot)


def _first_rows(work: Work, repeat: Item, parent: Spot, begun: Sequence[Begun] | None) -> None:
    key = f"{parent.path}/{repeat.name}"
    first = _USUAL if begun is None else begun
    ids = tuple(counted_row(work.before.setting.seed, key, number) for number in range(1, len(first) + 1))
    if work.restoring:
        set_rows(work, repeat, parent, tuple(work.known_rows.get(key, () if work.all_rows else ids)))
        return
    if key in work.asleep:
        set_rows(work, repeat, parent, work.asleep.pop(key))
        return
    work.row_changes.extend(RowChange(key, name, added=True) for name in ids)
    set_rows(work, repeat, parent, ids, first)


def set_rows(work: Work, repeat: Item, parent: Spot, ids: Sequence[str], begun: Sequence[Begun] = ()) -> None:
    """Give a repeat exactly these rows; what looked at them is queued. `begun` says how the first ones begin."""
    key = f"{parent.path}/{repeat.name}"
    old = work.tree.rows.get(key, ())
    stay = set(ids)
    gone = [spot for row in old if row.row not in stay for spot in below(work.tree, row)]
    work.tree = with_rows(work.tree, repeat, parent, ids)
    work.view.rows_changed(work.tree)
    for spot in gone:
        _forget(work, spot)
    had = {row.row for row in old}
    for place, row in enumerate(work.tree.rows[key]):
        if row.row not in had:
            enter(work, row, begun[place] if place < len(begun) else None)
            _run_new_row(work, row)
    _queue_around(work, repeat, parent)


def _forget(work: Work, spot: Spot) -> None:
    for flagged in (work.hidden, work.own_false, work.unchecked, *work.flags.values()):
        flagged.discard(spot.path)
    if spot.item.is_derived:
        work.values.pop(spot.path, None)


def _run_new_row(work: Work, row: Spot) -> None:
    if work.restoring or work.beginning:
        return
    for action in work.form.actions(Event.NEW_REPEAT):
        item = work.form.items.get(action.target)
        if item is not None and row.item in item.repeats:
            _run_once(work, action, work.tree.under(row, item))


def _run_once(work: Work, action: Action, spots: Sequence[Spot]) -> None:
    for spot in spots:
        if spot.path not in work.values:
            work.set_by(action, spot)


def _queue_around(work: Work, repeat: Item, parent: Spot) -> None:
    """Queue what looks at the rows from outside or from one row at another; the new rows' own rules are queued."""
    for item in repeat.below():
        for vertex in work.form.dependants.get(item.path, ()):
            if vertex.sees_other_rows(repeat):
                work.queue_near(vertex, parent)


def _recount(work: Work) -> bool:
    """Bring counted repeats to their counts; whether any changed."""
    work.count_again = False
    changed = False
    for vertex in work.form.counts:
        for parent in work.tree.all(vertex.item.parent or work.form.root):
            changed |= _recount_one(work, vertex, parent)
    return changed


def _recount_one(work: Work, vertex: Vertex, parent: Spot) -> bool:
    key = f"{parent.path}/{vertex.item.name}"
    old = tuple(row.row for row in work.tree.rows.get(key, ()))
    wanted = vertex.compiled.number(work.ground.at(ghost(vertex.item, parent)))
    count = _bounded(work, vertex.item, len(old), wanted)
    ids = tuple(counted_row(work.before.setting.seed, key, number) for number in range(1, count + 1))
    if ids == old:
        return False
    _lay_to_sleep(work, work.tree.rows.get(key, ())[len(ids) :])
    set_rows(work, vertex.item, parent, ids, vertex.item.node.begun or ())
    return True


def _lay_to_sleep(work: Work, gone: Sequence[Spot]) -> None:
    """Remember which rows stood in counted rows that go: like the answers in them they are stored, and come back."""
    within = tuple(f"{row.path}/" for row in gone)
    for key, inner in work.tree.rows.items() if within else ():
        if inner and key.startswith(within) and not inner[0].item.is_counted:
            work.asleep[key] = tuple(spot.row for spot in inner)


def _bounded(work: Work, repeat: Item, present: int, wanted: float) -> int:
    """How many rows a count means; a blank one means none.

    Too many are refused. An interview that comes back keeps as many as there may be: it must open.
    """
    if not wanted >= 1:
        return 0
    size = sum(1 for item in repeat.below() if item.around == repeat.around)
    most = min(MAX_ROWS, present + max(0, MAX_SPOTS - len(work.tree.spots)) // size)
    if wanted < most + 1:
        return int(wanted)
    if work.restoring:
        return most
    raise Refused(problem("interview.too-many-rows", count=int(min(wanted, 1e15)), most=most))
